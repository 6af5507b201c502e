"""`samenspel audit head`: the newest place in the chain of events, to be kept outside this installation."""

from typing import Any

from samenspel.audit.chain import head_of_chain, not_sealed
from samenspel.cli.base import SamenspelCommand


class Command(SamenspelCommand):
    help = "toont het nieuwste zegel van het logboek; bewaar het buiten deze installatie"
    answers_with_data = True

    def run(self, **options: Any) -> dict[str, Any]:
        head = head_of_chain()
        return {"head": str(head), "number": head.number, "digest": head.digest, "not_sealed": not_sealed()[0]}

    def show(self, answer: dict[str, Any]) -> None:
        self.stdout.write(answer["head"])
