"""The layers of pyproject.toml, read by the tests of what import-linter cannot see."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "samenspel"


def level_of_apps() -> dict[str, int]:
    """App name to its height in the contract; 0 is the bottom."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(c["layers"] for c in contracts if c["type"] == "layers")
    return {name.strip("() "): height for height, layer in enumerate(reversed(layers)) for name in layer.split("|")}
