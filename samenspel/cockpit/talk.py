"""What a form of the public conversation carries along: the answers so far. It lives in the page and nowhere else."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext

from samenspel.cockpit.conversation import WORDS
from samenspel.cockpit.numbers import as_typed, number_of
from samenspel.engine.frameworks import Framework
from samenspel.engine.roles.cases import NOT_NEW, Case, case_of, worked_out_of
from samenspel.engine.roles.facts import DECIDING, FACTS, MEASURES, SHARES, TRIGGERS, Answer, Said

ROUNDS = ("vorm", "cijfers")
"""The two short rounds after the deciding questions."""
MOST_TITLE = 120


@dataclass(frozen=True)
class Talk:
    """`facts` are words by fact, `measures` numbers by name; `typed` is what stood in a field that is no number."""

    title: str
    facts: dict[str, str]
    measures: dict[str, float]
    typed: dict[str, str]
    role: str
    rounds: tuple[str, ...]

    @classmethod
    def of(cls, sent: QueryDict) -> "Talk":
        """What was sent; names and words that mean nothing are left out."""
        answers = {fact: sent.get(f"f-{fact}", "") for fact in FACTS}
        asked, answer = sent.get("vraag", ""), sent.get("antwoord", "")
        if asked in DECIDING and answer:
            answers[asked] = answer
        typed = {name: sent.get(f"m-{name}", "").strip()[:20] for name in MEASURES}
        numbers = {name: number_of(text) for name, text in typed.items() if text}
        return cls(
            title=sent.get("naam", "").replace("\x00", "").strip()[:MOST_TITLE],
            facts={fact: word for fact, word in answers.items() if word in WORDS},
            measures={name: number for name, number in numbers.items() if number is not None},
            typed={name: typed[name] for name, number in numbers.items() if number is None},
            role=role if (role := sent.get("rol", "")) in ("1", "2", "3", "4") else "",
            rounds=tuple(one for one in ROUNDS if one in sent.getlist("rond")),
        )

    @property
    def given(self) -> dict[str, Answer]:
        return {fact: WORDS[word] for fact, word in self.facts.items()}

    @property
    def kept(self) -> dict[str, dict[str, str]]:
        return {fact: {"answer": word} for fact, word in self.facts.items()}

    def case(self) -> Case:
        now = {"role": int(self.role)} if self.role else {}
        title = self.title or gettext("Zonder naam")
        return case_of({"title": title, "facts": dict(self.facts), "measures": dict(self.measures), "now": now}, "")

    def carried(self, *, without: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
        """Names and values of the hidden fields, but for the facts that the page itself asks."""
        yield "naam", self.title
        yield from ((f"f-{fact}", word) for fact, word in self.facts.items() if fact not in without)
        if "cijfers" not in without:
            yield from ((f"m-{name}", as_typed(number)) for name, number in self.measures.items())
            yield "rol", self.role
        yield from (("rond", one) for one in self.rounds)

    def faults(self, framework: Framework, on: date) -> list[dict[str, str]]:
        """What cannot be, each with the field to go to: no number, more people than there are, or a contradiction."""
        found = [
            {"field": f"m-{name}", "text": gettext("“%(typed)s” is geen getal van nul of meer.") % {"typed": text}}
            for name, text in self.typed.items()
        ]
        if self.measures.get("participants", 0) > self.measures.get("target_group", float("inf")):
            text = gettext("Er zijn meer deelnemers dan mensen in de doelgroep.")
            found.append({"field": "m-participants", "text": text})
        case = self.case()
        found += _too_old_to_be_new(case)
        for fact, (answer, threshold) in worked_out_of(case, framework.in_force(on)).items():
            told = case.facts.get(fact, Said(Answer.UNKNOWN)).answer
            if told == Answer.NO and answer == Answer.YES:
                text = gettext("Uw cijfers spreken uw antwoord tegen bij “%(fact)s”. De drempel is: %(threshold)s")
                words = {"fact": framework.part("fact", fact).question, "threshold": threshold.text or threshold.id}
                number = SHARES.get(threshold.measure, (threshold.measure,))[0]
                field = f"f-{fact}" if fact in TRIGGERS else f"m-{number}"
                found.append({"field": field, "text": text % words})
        return found


def _too_old_to_be_new(case: Case) -> list[dict[str, str]]:
    new, years = case.facts.get("new_initiative"), case.measures.get("years_running", 0)
    if new is None or new.answer != Answer.YES or years < NOT_NEW:
        return []
    text = gettext("U zei dat het nieuw is, maar het is al %(years)s jaar bezig.") % {"years": f"{years:g}"}
    return [{"field": "m-years_running", "text": text}]
