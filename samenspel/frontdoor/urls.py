"""Public addresses of the front door, in Dutch because people see them."""

from django.urls import path

from samenspel.frontdoor import views

app_name = "frontdoor"
urlpatterns = [
    path("", views.home, name="home"),
    path("zoeken", views.search, name="search"),
    path("aanbod/<slug:slug>", views.offering, name="offering"),
    path("plek/<slug:slug>", views.place, name="place"),
    path("privacy", views.privacy, name="privacy"),
    path("toegankelijkheid", views.accessibility, name="accessibility"),
]
