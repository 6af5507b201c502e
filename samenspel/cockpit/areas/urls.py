"""Addresses of areas at work, under /werk/wijken, in Dutch because people see them."""

from django.urls import URLPattern

app_name = "areas"
urlpatterns: list[URLPattern] = []
