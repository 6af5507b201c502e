"""Entry point of a web process."""

import os

from django.core.wsgi import get_wsgi_application

from samenspel.cli.lifeline import bind_to_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samenspel.config.settings")
bind_to_parent()
application = get_wsgi_application()
