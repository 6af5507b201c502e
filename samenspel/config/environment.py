"""Small typed readers of environment variables; a secret may also stand in the file that NAME_FILE names."""

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit


def text(name: str, default: str = "") -> str:
    file = os.environ.get(f"{name}_FILE")
    return Path(file).read_text(encoding="utf-8").strip() if file else os.environ.get(name, default)


def flag(name: str, *, default: bool = False) -> bool:
    return text(name, "1" if default else "0").lower() in ("1", "true", "yes", "ja")


def listing(name: str, default: str) -> list[str]:
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def origins(address: str) -> list[str]:
    """The site of an address as a content policy names it; none for none."""
    site = urlsplit(address)
    return [f"{site.scheme}://{site.netloc}"] if site.netloc else []


def kept(file: Path) -> str:
    """What an earlier command kept in `file`, or ""."""
    return file.read_text(encoding="utf-8").strip() if file.exists() else ""


def secret(name: str, keep_in: Path) -> str:
    """The secret from the environment, else one made once and kept in the file `keep_in` (mode 0600)."""
    if given := text(name):
        return given
    try:
        return keep_in.read_text(encoding="ascii")
    except FileNotFoundError:
        pass
    keep_in.parent.mkdir(parents=True, exist_ok=True)
    draft = keep_in.with_name(f".{keep_in.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(secrets.token_urlsafe(50), encoding="ascii")
    try:
        os.link(draft, keep_in)  # fails when another process was first: then its secret holds
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return keep_in.read_text(encoding="ascii")
