"""Entry point of a web process."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from samenspel.cli.lifeline import bind_to_parent

RARELY = (50_000, 20, 100)
"""When the collector of cycles looks: a page makes few, and a look at everything takes as long as a page."""

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samenspel.config.settings")
bind_to_parent()
application = get_wsgi_application()

from samenspel.engine.roles import table  # noqa: E402  models can be imported only when Django is ready
from samenspel.socialmap import ask  # noqa: E402
from samenspel.ui.charts import chart  # noqa: E402

table.warm()  # else the first role conversation waits a second
ask.warm()  # else the first resident waits a second for the dictionary
chart.warm()  # else the first picture waits half a second
gc.freeze()  # what is loaded now stays; collecting need not look at it again
gc.set_threshold(*RARELY)
