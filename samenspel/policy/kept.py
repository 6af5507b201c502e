"""Published frameworks, read once a process: they never change, and reading one with its bases takes a tenth of a
second, which is more than a page of the conversation may."""

from functools import lru_cache
from uuid import UUID

from samenspel.engine.frameworks import Framework
from samenspel.engine.roles.shipped import shipped, with_roles
from samenspel.policy.frameworks import framework_of_version, published
from samenspel.policy.models import FrameworkVersion


def framework_today(municipality: str) -> Framework:
    """What the municipality judges by today, as `framework_in_force`; one query."""
    version = published(municipality)
    return framework_as_published(version) if version else shipped(with_roles())


def framework_as_published(version: FrameworkVersion) -> Framework:
    """A version with all that it builds on; raises ValueError for a draft, which may change."""
    if version.published_at is None:
        raise ValueError(f"{version} is a draft")
    return _read(version.pk)


@lru_cache(maxsize=16)
def _read(pk: UUID) -> Framework:
    return framework_of_version(FrameworkVersion.objects.get(pk=pk))
