"""Addresses of the organizers' door, in Dutch because people see them."""

from django.urls import URLPattern

app_name = "organizers"
urlpatterns: list[URLPattern] = []
