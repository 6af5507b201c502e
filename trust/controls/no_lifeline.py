"""Control of R0: children do not watch their parent."""

from samenspel.cli import lifeline
from samenspel.config.settings import *  # noqa: F403

lifeline.bind_to_parent = lambda: None
