"""Which framework a municipality judges by: its own published one, or the denkkader as it ships."""

from datetime import date
from typing import Any

from samenspel.engine.frameworks import Framework, framework_of
from samenspel.engine.roles.shipped import find, shipped, with_roles
from samenspel.engine.toml_lines import Written
from samenspel.policy.models import FrameworkVersion


def published(municipality: str) -> FrameworkVersion | None:
    """The newest version that was published."""
    versions = FrameworkVersion.objects.filter(municipality=municipality, published_at__isnull=False)
    newest: FrameworkVersion | None = versions.order_by("-number").first()
    return newest


def framework_in_force(municipality: str) -> Framework:
    """What the municipality judges by today."""
    version = published(municipality)
    return framework_of_version(version) if version else shipped(with_roles())


def framework_of_version(version: FrameworkVersion) -> Framework:
    """A version with all that it builds on; raises Refused for content that is no framework."""
    content = {key: value for key, value in version.content.items() if key != "cases"}
    return framework_of(Written(f"kader, versie {version.number}", _with_days(content)), find)


def _with_days(value: Any, key: str = "") -> Any:
    """JSON has no days: `from` becomes one again; what is none stays, and is refused by its reader."""
    if isinstance(value, dict):
        return {name: _with_days(each, name) for name, each in value.items()}
    if isinstance(value, list):
        return [_with_days(each) for each in value]
    if key in ("from", "on") and isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    return value
