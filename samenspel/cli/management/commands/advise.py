"""`samenspel advise CASUS.toml`: advice about the role of the municipality on the command line."""

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from samenspel.cli.base import SamenspelCommand
from samenspel.engine.days import iso_day
from samenspel.engine.frameworks import Framework, read_framework
from samenspel.engine.roles import shipped
from samenspel.engine.roles.advice import as_data
from samenspel.engine.roles.cases import checked_case
from samenspel.engine.roles.facts import Answer
from samenspel.engine.roles.schema import case_schema, outcome_words
from samenspel.engine.toml_lines import LARGEST, Refused, read
from samenspel.policy.advice import advice_on
from samenspel.policy.frameworks import framework_in_force

BAD_INPUT = 2
STDIN = "-"
_ANSWERS = {Answer.NO.word: "nee", Answer.UNKNOWN.word: "onbekend", Answer.YES.word: "ja"}
_OWNERS = {
    "community": "de gemeenschap",
    "party": "een maatschappelijke partij",
    "municipality": "de gemeente",
    "unknown": "nog niet bekend",
}
_VERDICTS = {
    "holds": "in orde",
    "fails": "niet in orde",
    "unknown": "nog niet bekend",
    "not_in_play": "speelt hier niet",
}


class Command(SamenspelCommand):
    help = "geeft advies over de rol van de gemeente bij een casus"
    answers_with_data = True

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", metavar="CASUS.toml", help="de casus; - leest van standaardinvoer")
        parser.add_argument("--schema", action="store_true", help="wat een casus kan zeggen, als JSON Schema")
        parser.add_argument(
            "--framework", default="", metavar="KADER", help="naam of bestand; anders het kader van de gemeente"
        )
        parser.add_argument("--on", default="", metavar="JJJJ-MM-DD", help="de dag waarvan de drempels gelden")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._framework = _with_roles(_framework(options["framework"]))
            if options["schema"]:
                self.stdout.write(json.dumps(case_schema(self._framework), ensure_ascii=False, indent=2))
            else:
                super().handle(*args, **options)
        except Refused as refused:
            raise CommandError(str(refused), returncode=BAD_INPUT) from refused

    def run(self, *, file: str | None, on: str, **options: Any) -> dict[str, Any]:
        if file is None:
            raise CommandError("noem het bestand van de casus, of vraag --schema", returncode=BAD_INPUT)
        asked = _day(on) if on else None
        written = read(_content(file), "standaardinvoer" if file == STDIN else file)
        written.data.setdefault("on", timezone.localdate())
        case = checked_case(written, self._framework, asked)
        day = asked or case.on or timezone.localdate()
        self._title = case.title
        return as_data(advice_on(case, municipality=settings.MUNICIPALITY, on=day, framework=self._framework))

    def show(self, answer: dict[str, Any]) -> None:
        for line in _lines(self._title, answer, self._framework):
            self.stdout.write(line)


def _content(file: str) -> bytes:
    try:
        if file == STDIN:
            return sys.stdin.buffer.read(LARGEST + 1)
        with open(file, "rb") as opened:
            return opened.read(LARGEST + 1)
    except FileNotFoundError as error:
        raise CommandError(f"{file}: dit bestand bestaat niet", returncode=BAD_INPUT) from error
    except (OSError, ValueError) as error:
        raise CommandError(f"{file}: kan niet gelezen worden ({error})", returncode=BAD_INPUT) from error


def _day(text: str) -> date:
    try:
        return iso_day(text)
    except ValueError as error:
        raise CommandError(f"--on {text}: schrijf een datum als JJJJ-MM-DD", returncode=BAD_INPUT) from error


def _framework(asked: str) -> Framework:
    """The framework of this name or in this file; of nothing asked, the one that the municipality judges by."""
    if not asked:
        return framework_in_force(settings.MUNICIPALITY)
    if asked in shipped.names():
        return shipped.shipped(asked)
    if not Path(asked).is_file():
        raise CommandError(
            f"--framework {asked}: kies uit {', '.join(shipped.names())}, of noem een bestand", returncode=BAD_INPUT
        )
    beside = Path(asked).resolve().parent

    def find(name: str) -> tuple[bytes, str] | None:
        """What it builds on: beside the file, in a folder beside it, or with Samenspel."""
        for near in (beside / f"{name}.toml", *(each / name / "framework.toml" for each in (beside, beside.parent))):
            if near.is_file():
                return _content(str(near)), str(near)
        return shipped.find(name)

    return read_framework(_content(asked), asked, find)


def _with_roles(framework: Framework) -> Framework:
    if not framework.of_kind("rule"):
        reason = f"kader {framework.name} heeft geen regels voor rollen; laat het bouwen op een kader dat ze heeft"
        raise CommandError(reason, returncode=BAD_INPUT)
    return framework


def _lines(title: str, answer: dict[str, Any], framework: Framework) -> list[str]:
    """The answer as people read it."""
    name, text = outcome_words(answer["advice"], framework)
    sphere = framework.part("sphere", answer["sphere"]["value"]).name
    lines = [
        title,
        "",
        f"Advies: {name}.",
        f"  {text}",
        "  Dit is een advies. Een mens beslist.",
        f"Eigenaar: {_OWNERS[answer['owner']]}",
        f"Leefsfeer: {'nog niet bekend' if sphere == 'unknown' else sphere}",
    ]
    if answer["sphere"]["doubt"]:
        lines.append(f"  Twijfel: {answer['sphere']['doubt']}")
    return lines + _weighing(answer, framework) + _around(answer, framework)


def _weighing(answer: dict[str, Any], framework: Framework) -> list[str]:
    decides, *others = answer["rules"]
    lines = ["", "Dit beslist:", f"  {decides['text']} ({decides['source']})"]
    if others:
        lines += ["", "Ook genoemd, maar dit weegt minder:"]
        lines += [f"  Voor {_short(rule['speaks_for'])}: {rule['text']} ({rule['source']})" for rule in others]
    lines += ["", "Leidende principes:"]
    for principle in answer["principles"]:
        title = framework.part("principle", str(principle["number"])).name
        lines.append(f"  {principle['number']}. {title}: {_VERDICTS[principle['verdict']]}")
    return lines


def _around(answer: dict[str, Any], framework: Framework) -> list[str]:
    parts = {
        "Nog niet bekend, en het kan het advies veranderen:": [
            framework.part("fact", fact).question for fact in answer["missing"]
        ],
        "De kleinste verandering naar een ander advies:": [
            f"Naar {_short(change['to'])}: {_facts(change['facts'], framework)}" for change in answer["would_change"]
        ],
        "Voorwaarden:": [f"{each['text']} ({each['source']})" for each in answer["conditions"]],
        "Redenen om opnieuw te kijken:": [f"{each['text']} ({each['source']})" for each in answer["review"]],
        "Gelijke gevallen (dezelfde feiten):": [_earlier(each) for each in answer["equal_cases"]],
        "Vergelijkbare gevallen:": [
            _earlier(each) for each in answer["precedents"] if each not in answer["equal_cases"]
        ],
    }
    return [line for head, items in parts.items() if items for line in ("", head, *(f"  - {each}" for each in items))]


def _facts(facts: dict[str, str], framework: Framework) -> str:
    return "; ".join(f"{framework.part('fact', fact).name} wordt {_ANSWERS[word]}" for fact, word in facts.items())


def _earlier(case: dict[str, Any]) -> str:
    decided = f", besloten: {_short(case['decided'])}" if case["decided"] is not None else ""
    return f"{case['title']} ({case['where']}): {_short(case['advice'])}{decided}"


def _short(key: int | str) -> str:
    words = {"no_involvement": "geen bemoeienis", "not_done": "niet doen", "not_enough_known": "nog niet genoeg bekend"}
    return words[key] if isinstance(key, str) else f"rol {key}"
