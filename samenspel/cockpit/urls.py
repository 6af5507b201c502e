"""Addresses of policy at work, under /beleid, in Dutch because people see them."""

from django.urls import path

from samenspel.cockpit import start

app_name = "cockpit"
urlpatterns = [
    path("", start.start, name="start"),
]
