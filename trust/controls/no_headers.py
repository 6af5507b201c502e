"""Control of S9: the policy headers are left off."""

from samenspel.config.settings import *  # noqa: F403
from samenspel.config.settings import MIDDLEWARE

MIDDLEWARE = [name for name in MIDDLEWARE if "csp" not in name]
