"""Every test has a folder of keys of its own."""

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def own_keys(tmp_path: Path, settings: Any) -> Path:
    settings.KEYS = tmp_path / "keys"
    return settings.KEYS
