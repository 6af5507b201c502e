"""Settings of the test suite: the same, but undefined template variables fail and static files need no build."""

import tempfile
from pathlib import Path

from samenspel.config.settings import *  # noqa: F403
from samenspel.config.settings import TEMPLATES

DATA = Path(tempfile.mkdtemp(prefix="samenspel-test-"))
KEYS = DATA / "keys"
MUNICIPALITY = "GM9901"
MEANING = False
SECOND_FACTOR = False
SECRET_KEY = "only-for-tests"  # noqa: S105
STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
STATICFILES_DIRS = []
WHITENOISE_AUTOREFRESH = True  # looks for a file when asked: reading all of them took every new client 60 ms
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


class _Undefined(str):
    """Makes a template fail on a name that its view did not give."""

    def __contains__(self, key: object) -> bool:
        return key == "%s"

    def __mod__(self, name: object) -> str:
        raise LookupError(f"undefined template variable: {name}")


TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = _Undefined("%s")  # type: ignore[index]
