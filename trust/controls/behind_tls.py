"""Settings of O1, no control: a site behind a proxy that speaks TLS."""

import os

os.environ["SAMENSPEL_HTTPS"] = "1"

from samenspel.config.settings import *  # noqa: F403
