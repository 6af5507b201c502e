"""Addresses of the role conversation that anyone may have, under /rolgesprek."""

from django.urls import URLPattern

app_name = "conversation"
urlpatterns: list[URLPattern] = []
