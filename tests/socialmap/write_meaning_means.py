"""Write `samenspel/socialmap/data/meaning_means.json` from the demo and the plain questions, with the real encoder.

With SAMENSPEL_DATA set to an empty folder:
samenspel demo --load-only && python -m tests.socialmap.write_meaning_means 2026-11-22
"""

import json
import os
import sys
import tomllib
from datetime import date
from pathlib import Path

import django
import numpy as np

from samenspel.engine.meaning import Encoder, Numbers

DATA = Path(__file__).parents[2] / "samenspel" / "socialmap" / "data"
RECIPE = (
    "questions: mean vector of the questions in meaning_questions.toml; offerings: mean vector of the public texts of "
    "the demo municipality; written by tests/socialmap/write_meaning_means.py"
)


def mean_of_questions(encoder: Encoder) -> Numbers:
    questions = tomllib.loads((DATA / "meaning_questions.toml").read_text(encoding="utf-8"))["questions"]
    mean: Numbers = encoder.questions(questions).mean(axis=0)
    return mean


def main(day: date) -> None:
    from samenspel.socialmap.meaning.encoder import encoder
    from samenspel.socialmap.meaning.texts import public_texts

    coder = encoder()
    if coder is None:
        raise SystemExit("install the extra first: make install-meaning")
    texts = [one.text for one in public_texts("GM9901", day=day)]
    sides = {"questions": mean_of_questions(coder), "offerings": coder.offerings(texts).mean(axis=0)}
    numbers = {side: [round(float(one), 5) for one in np.asarray(mean)] for side, mean in sides.items()}
    content = json.dumps({"encoder": coder.name, "recipe": RECIPE, **numbers})
    (DATA / "meaning_means.json").write_text(content + "\n", encoding="utf-8")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samenspel.config.settings")
    django.setup()
    main(date.fromisoformat(sys.argv[1]))
