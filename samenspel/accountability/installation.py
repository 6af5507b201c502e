"""What this installation was told to do, as far as FG and CISO need it; never a secret."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection


@dataclass(frozen=True, slots=True)
class Setting:
    """One choice, and what to do about it; `advice` is "" when it is good for a service with residents' questions."""

    name: str
    value: str
    advice: str = ""


def installation() -> tuple[Setting, ...]:
    return (_store(), _keys(), _https(), _mail(), _tiles(), _second_factor())


def _store() -> Setting:
    if connection.vendor == "postgresql":
        return Setting("Database", "PostgreSQL")
    return Setting("Database", "SQLite", "Kies PostgreSQL voor een dienst met echte vragen.")


def _keys() -> Setting:
    if Path(settings.KEYS).is_relative_to(settings.DATA):
        advice = "Zet SAMENSPEL_KEYS op een eigen schijf, buiten elke back-up."
        return Setting("Sleutels van vragen", "in de map met gegevens", advice)
    return Setting("Sleutels van vragen", "in een eigen map")


def _https() -> Setting:
    if getattr(settings, "SECURE_SSL_REDIRECT", False):
        return Setting("Versleutelde verbinding (https)", "verplicht")
    return Setting("Versleutelde verbinding (https)", "niet verplicht", "Zet SAMENSPEL_HTTPS=1, achter een webserver.")


def _mail() -> Setting:
    if not settings.EMAIL_HOST:
        return Setting("Mail", "gaat als bestand naar een map", "Stel een mailserver in met SAMENSPEL_MAIL_HOST.")
    secure = settings.EMAIL_USE_TLS
    said = f"via {settings.EMAIL_HOST}, {'versleuteld' if secure else 'niet versleuteld'}"
    return Setting("Mail", said, "" if secure else "Zet SAMENSPEL_MAIL_TLS=1.")


def _tiles() -> Setting:
    host = urlsplit(settings.TILES).hostname
    if host is None:
        return Setting("Kaarten", "alleen eigen grenzen; niets gaat naar een ander")
    advice = "Deze dienst ziet het netwerkadres van bezoekers. Noem hem als ontvanger."
    return Setting("Kaarten", f"tegels van {host}", advice)


def _second_factor() -> Setting:
    if getattr(settings, "SECOND_FACTOR", False):
        return Setting("Tweede stap bij inloggen", "verplicht")
    return Setting("Tweede stap bij inloggen", "niet verplicht", "Eis een tweede stap (BIO2 5.17.01).")
