"""Control of O1: the API answers as Django does, without the conventions of the API Design Rules."""

from trust.controls.behind_tls import *  # noqa: F403
from trust.controls.behind_tls import MIDDLEWARE

MIDDLEWARE = [name for name in MIDDLEWARE if not name.endswith("api_conventions")]
