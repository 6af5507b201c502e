"""Run every trust check and its control, and write docs/trust.md: `python -m trust [NAME …]`.

With names only those are run, and only their lines of the page change. A check must pass and its control must fail;
anything else ends with exit code 1.
"""

import datetime
import platform
import re
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
    wanted = set(sys.argv[1:])
    rows, all_well = _known(), True
    for file in sorted(FOLDER.glob("*.py")):
        if file.stem in ("__init__", "__main__", "harness", "stores") or (wanted and file.stem not in wanted):
            continue
        rows[file.name], is_well = _judged(file)
        all_well = all_well and is_well
        PAGE.write_text(_page(rows), encoding="utf-8")
    return 0 if all_well else 1


def _known() -> dict[str, str]:
    """The lines of the page as it is, by the name of their file."""
    lines = PAGE.read_text(encoding="utf-8").splitlines() if PAGE.exists() else []
    found = {name[1]: line for line in lines if (name := re.search(r"`trust/(\w+\.py)`", line))}
    return {name: line for name, line in found.items() if (FOLDER / name).exists()}


def _judged(file: Path) -> tuple[str, bool]:
    """Run a check and its control: its line of the page, and whether both ended as they must."""
    claim = file.read_text(encoding="utf-8").split('"""')[1].strip().splitlines()[0]
    passed, line = run(file)
    control_passed, control_line = run(file, "--control")
    control_failed = not control_passed and control_line.endswith("FAIL")
    figure = line.partition("figure=")[2].partition(" ")[0]
    verdict = "holds" if passed else "DOES NOT HOLD"
    control = "seen to fail" if control_failed else "NOT SEEN TO FAIL"
    today = datetime.datetime.now(datetime.UTC).date()
    return f"| {claim} | `trust/{file.name}` | {figure} | {verdict} | {control} | {today} |", passed and control_failed


def _page(rows: dict[str, str]) -> str:
    return "\n".join(
        [
            "# Trust: what we promise and how it was checked",
            "",
            f"Written by `make trust` (Python {platform.python_version()}, {platform.system()}).",
            "Every check has a control that breaks the product on purpose and must be seen to fail.",
            "",
            "| promise | check | figure | verdict | control | date |",
            "|---|---|---|---|---|---|",
            *(rows[name] for name in sorted(rows)),
            "",
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
