"""Run every trust check and its control, and write docs/trust.md: `python -m trust [NAME …]`.

A check must pass and its control must fail; anything else ends with exit code 1.
"""

import datetime
import platform
import subprocess
import sys
from pathlib import Path

from trust.harness import PYTHON, ROOT

FOLDER = Path(__file__).parent
PAGE = ROOT / "docs" / "trust.md"


def run(file: Path, *arguments: str) -> tuple[bool, str]:
    done = subprocess.run([PYTHON, str(file), *arguments], capture_output=True, text=True, cwd=ROOT, check=False)
    lines = done.stdout.strip().splitlines() or [done.stderr.strip()[-300:] or "no answer"]
    print(lines[-1], "(control)" if arguments else "", flush=True)
    return done.returncode == 0 and lines[-1].endswith("PASS"), lines[-1]


def main() -> int:
    files = sorted(file for file in FOLDER.glob("*.py") if file.stem not in ("__init__", "__main__", "harness"))
    wanted = sys.argv[1:]
    rows, all_well = [], True
    for file in files:
        if wanted and file.stem not in wanted:
            continue
        claim = file.read_text().split('"""')[1].strip().splitlines()[0]
        passed, line = run(file)
        control_passed, control_line = run(file, "--control")
        control_failed = not control_passed and control_line.endswith("FAIL")
        all_well = all_well and passed and control_failed
        figure = line.partition("figure=")[2].partition(" ")[0]
        verdict = "holds" if passed else "DOES NOT HOLD"
        control = "seen to fail" if control_failed else "NOT SEEN TO FAIL"
        rows.append(f"| {claim} | `trust/{file.name}` | {figure} | {verdict} | {control} |")
    if not wanted:
        PAGE.write_text(_page(rows), encoding="utf-8")
    return 0 if all_well else 1


def _page(rows: list[str]) -> str:
    today = datetime.datetime.now(datetime.UTC).date()
    return "\n".join(
        [
            "# Trust: what we promise and how it was checked",
            "",
            f"Written by `make trust` on {today} (Python {platform.python_version()}, {platform.system()}).",
            "Every check has a control that breaks the product on purpose and must be seen to fail.",
            "",
            "| promise | check | figure | verdict | control |",
            "|---|---|---|---|---|",
            *rows,
            "",
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
