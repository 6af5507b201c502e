"""Run every benchmark and print the tables of docs/benchmarks.md: `python -m bench [NAME …]`."""

import subprocess
import sys
from pathlib import Path

from bench.harness import machine

FOLDER = Path(__file__).parent


def main() -> int:
    print(f"Measured: {machine()}")
    wanted = sys.argv[1:]
    files = [
        file for file in sorted(FOLDER.glob("bench_*.py")) if not wanted or file.stem.removeprefix("bench_") in wanted
    ]
    return max(subprocess.run([sys.executable, "-m", f"bench.{file.stem}"], check=False).returncode for file in files)


if __name__ == "__main__":
    sys.exit(main())
