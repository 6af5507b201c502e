"""How a question stands, for who has its card: in words that name no theme, no text and no person."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from samenspel.frontdoor import words
from samenspel.frontdoor.frame import frame, switched
from samenspel.handover.holding import KEPT_AFTER_END
from samenspel.handover.melding import confirmation
from samenspel.handover.models import HelpRequest, Melding
from samenspel.handover.states import REOPENS, WITHOUT_TEXT, State

SAYS = {"geholpen": "say_helped", "eigen-kring": "say_own_circle", "niet-geholpen": "say_not_helped"}


@dataclass(frozen=True, slots=True)
class MeldingWords:
    """A melding as its maker must be able to prove it.

    With the card alone `ends` and `plan` are empty: each law has its own terms, so a term tells what it is about.
    """

    reference: str
    made: str
    ends: str
    may_move: bool
    plan: str
    transferred: str
    helper: str
    phone: str
    phone_link: str


@dataclass(frozen=True, slots=True)
class Sure:
    """A step that is asked once more: what happens, and where the yes goes."""

    title: str
    text: str
    yes: str
    href: str
    fields: tuple[tuple[str, str], ...]


def known(request: HelpRequest, code: str) -> dict[str, Any]:
    """What a card and a status page share."""
    return in_other_language(code) | {
        "code": code,
        "is_open": request.is_open,
        "team": request.team,
        "team_link": words.dialled(request.team.phone),
        "next_day": _weekday(request.next_on),
        "end_day": words.day(request.ends_on),
        "errors": (),
    }


def status(request: HelpRequest, code: str, *, is_mailed: bool = False) -> dict[str, Any]:
    """How it stands: state, dates, who has it, whom to call, and what can be said of it."""
    context = known(request, code)
    has_text = request.state not in WITHOUT_TEXT
    heading, lead, after = _state(request, context["next_day"], context["end_day"])
    open_meldingen = request.meldingen.filter(closed_on=None).select_related("team").order_by("melded_on", "pk")
    return context | {
        "heading": heading,
        "lead": lead,
        "after": after,
        "is_mailed": is_mailed,
        "holder": gettext("Een andere organisatie") if request.organization_id else request.team.name,
        "hands": request.hands,
        "has_text": has_text,
        "can_reopen": request.state in REOPENS,
        "meldingen": [on_card(melding_words(one)) for one in open_meldingen],
    }


def holder_of(request: HelpRequest) -> str:
    """The organization that accepted it, else the team; never a person."""
    return request.organization.name if request.organization else request.team.name


def melding_words(melding: Melding) -> MeldingWords:
    told = confirmation(melding)
    helper = told.client_support
    return MeldingWords(
        reference=melding.reference,
        made=words.day(melding.melded_on),
        ends=words.day(melding.term_ends_on),
        may_move=not told.term_is_certain,
        plan=words.day(told.personal_plan_until) if told.personal_plan_until else "",
        transferred=words.day(melding.transferred_at.astimezone(words.LOCAL).date()) if melding.transferred_at else "",
        helper=helper.name if helper else "",
        phone=helper.phone if helper else "",
        phone_link=words.dialled(helper.phone) if helper else "",
    )


def on_card(said: MeldingWords) -> MeldingWords:
    """What of a melding who found a card may know: that there is one, its day and its number."""
    return replace(said, ends="", plan="", may_move=False)


def sure_to_say(request: HelpRequest, said: str, code: str) -> dict[str, Any]:
    """Ask once more whether it helped, was solved, or did not help."""
    kept = gettext(
        "Dan sluiten wij uw vraag. Wie meehielp, ziet uw tekst niet meer. Wij bewaren uw vraag nog %(days)d dagen. "
        "Zo kunt u nog zeggen dat het toch niet hielp. Daarna wissen wij alles."
    ) % {"days": KEPT_AFTER_END.days}
    title, text, yes = {
        "geholpen": (gettext("Heeft het geholpen?"), kept, gettext("Ja, het heeft geholpen")),
        "eigen-kring": (gettext("Is het opgelost met eigen mensen?"), kept, gettext("Ja, het is opgelost")),
        "niet-geholpen": (
            gettext("Hielp het niet?"),
            gettext("Dan gaat uw vraag weer open. Het team neemt opnieuw contact met u op."),
            gettext("Ja, ik wil weer hulp"),
        ),
    }[said]
    fields = (("code", code), ("zeg", said), ("zeker", "1"))
    return known(request, code) | {"sure": Sure(title, text, yes, reverse("frontdoor:request-say"), fields)}


def sure_to_withdraw(request: HelpRequest, code: str) -> dict[str, Any]:
    """Ask once more before everything is gone."""
    text = gettext("Wij wissen dan uw vraag. Niemand kan hem daarna nog lezen. Het team neemt geen contact met u op.")
    if request.meldingen.filter(closed_on=None, transferred_at=None).exists():
        text += " " + gettext("Uw melding stopt dan ook. De gemeente onderzoekt dit dan niet.")
    fields = (("code", code), ("zeker", "1"))
    href = reverse("frontdoor:request-withdraw")
    sure = Sure(gettext("Weet u het zeker?"), text, gettext("Ja, wis alles"), href, fields)
    return known(request, code) | {"sure": sure}


def in_other_language(code: str = "", second: str = "") -> dict[str, Any]:
    """Switching language leads to the page that the codes open, never back to what was typed."""
    other = frame(timezone.now()).other_language
    again = [(name, value) for name, value in (("code", code), ("tweede", second)) if value]
    return {
        "switch": switched(reverse("frontdoor:request-own" if second else "frontdoor:request-status"), other),
        "again": again,
    }


def today() -> date:
    return timezone.now().astimezone(words.LOCAL).date()


def _weekday(on: date) -> str:
    return f"{words.weekday(on.weekday())} {words.day(on)}"


def _state(request: HelpRequest, next_day: str, end_day: str) -> tuple[str, str, str]:
    """Heading, what it means, and what happens to the text."""
    kept = gettext("Tot en met %(day)s blijft uw vraag hier staan. Dan wissen wij alles.") % {"day": end_day}
    if request.is_open:
        return (*_while_open(request, next_day), kept)
    still = gettext("Wij bewaren uw vraag nog tot en met %(day)s. Daarna wissen wij alles.") % {"day": end_day}
    heading, lead = {
        State.HELPED: (
            gettext("Uw vraag is klaar"),
            gettext("U zei dat het geholpen heeft. Fijn. Hielp het toch niet? Zeg dat dan hieronder."),
        ),
        State.OWN_CIRCLE: (
            gettext("Uw vraag is klaar"),
            gettext("U loste het op met uw eigen mensen. Fijn. Wilt u toch hulp? Zeg dat dan hieronder."),
        ),
        State.UNREACHABLE: (
            gettext("Wij konden u niet bereiken"),
            gettext("Wij probeerden het op drie dagen. Wilt u nog hulp? Zeg dat dan hieronder, of bel."),
        ),
        State.WITHDRAWN: (
            gettext("Alles is gewist"),
            gettext("U trok uw vraag in. Niemand kan hem nog lezen. Wilt u later toch hulp? Dat mag altijd."),
        ),
        State.MOVED: (
            gettext("Uw vraag is gesloten"),
            gettext("U woont hier niet meer. Daarom is uw vraag gesloten. Uw tekst is gewist."),
        ),
        State.DECEASED: (gettext("De vraag is gesloten"), gettext("De tekst is gewist.")),
        State.TRANSFERRED: (
            gettext("Uw melding is overgedragen"),
            gettext("De gemeente gaat ermee verder. Wat u ons schreef, is hier gewist."),
        ),
    }[State(request.state)]
    return heading, lead, still if request.state in REOPENS else ""


def _while_open(request: HelpRequest, next_day: str) -> tuple[str, str]:
    spoken = request.state == State.ACTIVE
    heading = gettext("Wij zijn met uw vraag bezig") if spoken else gettext("Uw vraag ligt bij het team")
    if request.next_on < today():
        late = gettext("Wij zouden al gereageerd hebben. Is dat niet zo? Bel dan. Dat mag u van ons vragen.")
        return heading, late
    if spoken:
        return heading, gettext("U hoort weer van ons op %(day)s, of al eerder. U mag ook zelf bellen.") % {
            "day": next_day
        }
    return heading, gettext("U hoort van ons op %(day)s, of al eerder. U mag ook zelf bellen.") % {"day": next_day}
