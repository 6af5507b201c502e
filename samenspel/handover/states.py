"""The states of a question and every step between them, in one table.

Who may take a step: the `resident` (with the card and a second thing), the `holder` (who works for what holds it), the
`system` (a term that passed). A step of a resident may be done by the holder on the resident's spoken word, which is
then recorded (`Word.SPOKEN`).
"""

from dataclasses import dataclass

from django.db import models


class State(models.TextChoices):
    """Where a question is, in words for the resident."""

    WAITING = "waiting", "wacht op het eerste gesprek"
    ACTIVE = "active", "wij zijn ermee bezig"
    HELPED = "helped", "geholpen"
    OWN_CIRCLE = "own_circle", "opgelost in eigen kring"
    UNREACHABLE = "unreachable", "wij konden u niet bereiken"
    WITHDRAWN = "withdrawn", "ingetrokken"
    MOVED = "moved", "verhuisd"
    DECEASED = "deceased", "overleden"
    TRANSFERRED = "transferred", "overgedragen als melding"


class Word(models.TextChoices):
    """On whose word a question was closed or a text was shared."""

    CARD = "card", "de inwoner zelf, met de kaart"
    SPOKEN = "spoken", "de inwoner, gezegd tegen wie de vraag heeft"


OPEN = (State.WAITING, State.ACTIVE)
ENDED = tuple(state for state in State if state not in OPEN)
REOPENS = (State.HELPED, State.OWN_CIRCLE, State.UNREACHABLE)
"""The resident can say that it did not help after all: the text is kept until the end date."""
WITHOUT_TEXT = tuple(state for state in ENDED if state not in REOPENS)
"""Ends after which nobody needs the text: it goes at once, with its key."""


@dataclass(frozen=True, slots=True)
class Step:
    """One way from some states to another; `to` is None where the state stays."""

    verb: str
    whose: frozenset[str]
    since: tuple[State, ...]
    to: State | None
    reason: str


def _step(verb: str, whose: str, since: tuple[State, ...], to: State | None, reason: str) -> Step:
    return Step(verb, frozenset(whose.split()), since, to, reason)


STEPS: dict[str, Step] = {
    step.verb: step
    for step in (
        _step("take_up", "holder", OPEN, None, "Iemand van het team pakt de vraag op."),
        _step("note_try", "holder", OPEN, None, "Contact is geprobeerd; niemand gaf antwoord."),
        _step("note_contact", "holder", OPEN, State.ACTIVE, "Er is met de inwoner gesproken."),
        _step("propose", "holder", OPEN, None, "Een ander wordt gevraagd; de houder blijft houder."),
        _step("pass_on", "receiver", OPEN, None, "De ander neemt het stokje aan."),
        _step("give_back", "receiver", OPEN, None, "Het stokje gaat terug naar het team."),
        _step("succeed", "holder", OPEN, None, "Een opvolger neemt het over."),
        _step("wake_deputy", "system", (State.WAITING,), None, "Er was te lang geen contact: de vervanger neemt over."),
        _step("say_helped", "resident", OPEN, State.HELPED, "De inwoner zegt dat het geholpen heeft."),
        _step("say_own_circle", "resident", OPEN, State.OWN_CIRCLE, "De inwoner lost het op met eigen mensen."),
        _step("say_not_helped", "resident", (*OPEN, *REOPENS), State.ACTIVE, "De inwoner zegt dat het niet hielp."),
        _step("withdraw", "resident", (*OPEN, *REOPENS), State.WITHDRAWN, "De inwoner neemt de vraag terug."),
        _step("close_unreachable", "holder", OPEN, State.UNREACHABLE, "Drie keer geprobeerd, op drie dagen."),
        _step("close_moved", "holder", OPEN, State.MOVED, "De inwoner woont hier niet meer."),
        _step("close_deceased", "holder", OPEN, State.DECEASED, "De inwoner is overleden."),
        _step("transfer", "holder", (*OPEN, *REOPENS), State.TRANSFERRED, "De vraag is als melding overgedragen."),
    )
}


class StepRefused(Exception):
    """This step does not start from the state the question is in; the message (Dutch) says so."""

    def __init__(self, verb: str, state: str) -> None:
        super().__init__(f"Dit kan niet meer: de vraag is {State(state).label}.")
        self.verb, self.state = verb, state


def after(verb: str, state: str) -> State:
    """The state after a step; raises StepRefused."""
    step, now = STEPS[verb], State(state)
    if now not in step.since:
        raise StepRefused(verb, state)
    return now if step.to is None else step.to
