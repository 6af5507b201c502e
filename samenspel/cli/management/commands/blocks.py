"""`samenspel blocks`: the five building blocks of every wijk, with what is known, why, and what could fill a gap."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from samenspel.cli.base import SamenspelCommand
from samenspel.policy.models import BlockState
from samenspel.strength.blocks import blocks_data

BAD_INPUT = 2
_LEND = {
    "call": "bel of dit nog klopt:",
    "room": "ruimte",
    "host": "gastheer",
    "connector": "verbinder van",
    "offering": "aanbod",
    "initiative": "initiatief",
}


class Command(SamenspelCommand):
    help = "laat de vijf bouwstenen van elke wijk zien: wat er is, wat niet, en wat zou kunnen helpen"
    answers_with_data = True

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--area", default="", metavar="CODE", help="alleen deze wijk, zoals WK185900")

    def run(self, *, area: str, **options: Any) -> dict[str, Any]:
        if not settings.MUNICIPALITY:
            raise CommandError("zeg eerst welke gemeente dit is: SAMENSPEL_MUNICIPALITY=GM…")
        at = timezone.now()
        wijken = blocks_data(settings.MUNICIPALITY, at=at)
        if area:
            chosen = [one for one in wijken if one["area"] == area]
            if not chosen:
                known = ", ".join(one["area"] for one in wijken) or "geen; lees eerst de gebieden in"
                raise CommandError(f"--area {area}: deze wijk kennen wij niet. Wel: {known}", returncode=BAD_INPUT)
            wijken = chosen
        return {"municipality": settings.MUNICIPALITY, "on": timezone.localdate(at).isoformat(), "areas": wijken}

    def show(self, answer: dict[str, Any]) -> None:
        for wijk in answer["areas"]:
            self.stdout.write(f"{wijk['name']} ({wijk['area']})")
            for block in wijk["blocks"]:
                state = BlockState.State(block["state"]).label
                count = f"{block['fresh']} bevestigd" + (f", {block['old']} te oud" if block["old"] else "")
                self.stdout.write(f"  {block['block']}. {block['name']}: {state} ({count})\n     {block['reason']}")
                for one in block["remedies"] if block["is_gap"] else ():
                    whose = f", {one['organization']}" if one["organization"] else ""
                    lent = f"{_LEND[one['kind']]} {one['name']}{whose}, {one['metres']} meter"
                    self.stdout.write(f"     Zou kunnen helpen: {lent}")
        if not answer["areas"]:
            self.stdout.write("er zijn geen wijken; lees eerst de gebieden in: samenspel import areas")
