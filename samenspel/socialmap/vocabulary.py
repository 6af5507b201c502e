"""The vocabulary of needs of this installation: the files in `vocabulary/`, read once per process."""

import hashlib
import tomllib
from functools import lru_cache
from pathlib import Path

from samenspel.engine.matching import Vocabulary, parse_vocabulary

_FOLDER = Path(__file__).with_name("vocabulary")
_FILES = ("needs.toml", "situations.toml", "safety.toml")


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """Read and check the files; raises VocabularyInvalid or TOMLDecodeError naming the entry or line."""
    return parse_vocabulary(*(tomllib.loads((_FOLDER / name).read_text(encoding="utf-8")) for name in _FILES))


@lru_cache(maxsize=1)
def digest() -> str:
    """A short mark of the files' content: an index made with other words is made anew."""
    content = b"\0".join((_FOLDER / name).read_bytes() for name in _FILES)
    return hashlib.blake2b(content, digest_size=8).hexdigest()
