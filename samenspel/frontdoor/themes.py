"""The themes to look around by, without a question."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from samenspel.frontdoor import words
from samenspel.frontdoor.frame import language
from samenspel.socialmap.ask import Language
from samenspel.socialmap.themes import theme_counts
from samenspel.sources.vocabulary import Theme
from samenspel.ui.pictograms import pictogram


@dataclass(frozen=True, slots=True)
class ThemeLink:
    key: str
    label: str
    href: str
    pictogram: SafeString


def themes() -> tuple[ThemeLink, ...]:
    """Give the eleven themes with their addresses."""
    return _themes(language())


@lru_cache(maxsize=4)
def _themes(_language: Language) -> tuple[ThemeLink, ...]:
    search = reverse("frontdoor:search")
    return tuple(
        ThemeLink(
            theme.value, words.sentence(str(theme.label)), f"{search}?thema={theme.value}", pictogram(theme.value)
        )
        for theme in Theme
    )


def themes_context(*, municipality: str, now: datetime) -> dict[str, Any]:
    """Show every theme with what it is about and how much there is; read at most once a minute."""
    counts = _counts(municipality, int(now.timestamp() // 60))
    return {"rows": [(link, about(Theme(link.key)), _amount(counts[link.key])) for link in themes()]}


@lru_cache(maxsize=2)
def _counts(municipality: str, minute: int) -> Counter[str]:
    return theme_counts(municipality=municipality, at=datetime.fromtimestamp(minute * 60, words.LOCAL))


def forget() -> None:
    """Read the store again at the next page (for tests)."""
    _counts.cache_clear()


def _amount(number: int) -> str:
    if not number:
        return gettext("Hier kennen wij nog niets.")
    return gettext("Wij kennen er nu %(number)d.") % {"number": number}


def about(theme: Theme) -> str:
    """Say in one or two short sentences what a theme is about."""
    return {
        Theme.MEET: gettext("Koffie, spelletjes, een praatje. Ook als u alleen komt."),
        Theme.EAT: gettext("Samen koken en samen aan tafel. Of een maaltijd die komt."),
        Theme.MOVE: gettext("Wandelen, fietsen, gym en sport. Rustig aan mag ook."),
        Theme.CREATE: gettext("Zingen, muziek maken, verven of tuinieren."),
        Theme.CARE: gettext("Hulp voor wie ziek is. En voor wie voor een ander zorgt."),
        Theme.GRIEF: gettext("Iemand verloren, somber of bang? Hier luistert iemand."),
        Theme.MONEY: gettext("Hulp met brieven en met geld. Ook als u schulden heeft."),
        Theme.LEARN: gettext("Nederlands leren, lezen, de computer en de telefoon."),
        Theme.WORK: gettext("Werk zoeken, of zelf een ander helpen."),
        Theme.GROW_UP: gettext("Voor kinderen, jongeren en hun ouders."),
        Theme.HOME: gettext("Klussen, wonen, buren en vervoer."),
    }[theme]
