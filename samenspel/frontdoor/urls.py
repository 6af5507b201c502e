"""Public addresses of the front door, in Dutch because people see them."""

from django.urls import include, path

from samenspel.frontdoor import own_circle, print, views, worries

app_name = "frontdoor"
urlpatterns = [
    path("", views.home, name="home"),
    path("zoeken", views.search, name="search"),
    path("onderwerpen", views.all_themes, name="themes"),
    path("aanbod/<slug:slug>", views.offering, name="offering"),
    path("aanbod/<slug:slug>.ics", views.offering_agenda, name="offering-agenda"),
    path("plek/<slug:slug>", views.place, name="place"),
    path("wijken", views.all_wijken, name="wijken"),
    path("wijk/<slug:municipality>/<slug:slug>", views.wijk, name="wijk"),
    path("wijk/<slug:municipality>/<slug:slug>/agenda.ics", views.wijk_agenda, name="wijk-agenda"),
    path("wijk/<slug:municipality>/<slug:slug>/gids", print.guide, name="guide"),
    path("wijk/<slug:municipality>/<slug:slug>/poster", print.poster, name="poster"),
    path("", include("samenspel.frontdoor.requests.urls")),
    path("eigen-kring", own_circle.guide, name="own-circle"),
    path("eigen-kring/papier", own_circle.paper, name="own-circle-paper"),
    path("eigen-kring/gelukt", own_circle.worked, name="own-circle-worked"),
    path("zorgen", worries.worries, name="worries"),
    path("zorgen/gelezen", worries.follow, name="worry-read"),
    path("hulp-en-recht", views.help_and_rights, name="help-and-rights"),
    path("privacy", views.privacy, name="privacy"),
    path("toegankelijkheid", views.accessibility, name="accessibility"),
]
