"""From which network a request came."""

from django.conf import settings
from django.http import HttpRequest


def network(request: HttpRequest) -> str:
    """The IP address a request came from; behind our own proxy the last one that it noted."""
    if settings.SECURE_PROXY_SSL_HEADER:
        return str(request.META.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2].strip()
    return str(request.META.get("REMOTE_ADDR", ""))
