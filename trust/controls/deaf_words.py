"""Control of R-words: `samenspel work` never looks for published phrases."""

from django.apps import AppConfig

from samenspel.config.settings import *  # noqa: F403
from samenspel.config.settings import INSTALLED_APPS


class Deaf(AppConfig):
    name = "trust.controls"
    label = "deaf_words"

    def ready(self) -> None:
        from samenspel.socialmap import wording

        wording.keep_published = lambda: False


INSTALLED_APPS = [*INSTALLED_APPS, "trust.controls.deaf_words.Deaf"]
