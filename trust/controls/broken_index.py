"""Control of R-index: readers are pointed at builds that are not complete, positions are written before commits."""

import time
from datetime import date
from typing import Any

from django.apps import AppConfig

from samenspel.config.settings import *  # noqa: F403
from samenspel.config.settings import INSTALLED_APPS


class Broken(AppConfig):
    name = "trust.controls"
    label = "broken_index"

    def ready(self) -> None:
        from samenspel.socialmap.index import folder, writer
        from samenspel.socialmap.index.pending import last_settled

        def commit(build: Any, state: folder.BuildState) -> None:
            build._write_down(state)
            time.sleep(0.1)
            build._writer.commit()

        def read_everything(self: Any, day: date) -> Any:
            state = folder.BuildState(last_settled(), day)
            path = self._folder.new_build(self._fingerprint)
            build = writer._Build.create(path, state)
            build.commit(state)
            self._folder.point_at(path)
            for document in writer.documents(day=day):
                build.add(document)
                build.commit(state)
            return build

        writer._Build.commit = commit  # type: ignore[method-assign]
        writer.Writer._read_everything = read_everything  # type: ignore[method-assign]


INSTALLED_APPS = [*INSTALLED_APPS, "trust.controls.broken_index.Broken"]
