"""Addresses of the organizers' door, in Dutch because people see them; the secret in them is the key."""

from django.urls import path

from samenspel.organizers import counts, views

app_name = "organizers"
urlpatterns = [
    path("<str:secret>", views.confirm, name="confirm"),
    path("<str:secret>/aanpassen/<uuid:offering>", views.mend, name="mend"),
    path("<str:secret>/gestopt/<uuid:offering>", views.stop, name="stop"),
    path("<str:secret>/even-niet/<uuid:offering>", views.pause, name="pause"),
    path("<str:secret>/tellen/<uuid:offering>", counts.counts, name="counts"),
]
