"""The map of addresses; every door keeps its own.

Which of them are public is reviewed in tests/architecture/permissions.toml.
"""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

urlpatterns = [
    path("api/v1/", include("samenspel.opendata.urls")),
    path("hsds/v3/", include("samenspel.opendata.hsds_urls")),
    path("werk/beleid/", include("samenspel.cockpit.urls")),
    path("werk/wijken/", include("samenspel.cockpit.areas.urls")),
    path("werk/", include("samenspel.workspace.urls")),
    *i18n_patterns(
        path("overdracht/", include("samenspel.organizers.asked_urls")),
        path("klopt-dit/", include("samenspel.organizers.urls")),
        path("rolgesprek/", include("samenspel.cockpit.public_urls")),
        path("raad/", include("samenspel.cockpit.overview.urls")),
        path("", include("samenspel.frontdoor.urls")),
        prefix_default_language=False,
    ),
]

handler400 = "samenspel.frontdoor.errors.bad_request"
handler403 = "samenspel.frontdoor.errors.forbidden"
handler404 = "samenspel.frontdoor.errors.not_found"
handler500 = "samenspel.frontdoor.errors.server_error"
