"""Addresses that council and residents may have, under /raad."""

from django.urls import URLPattern

app_name = "overview"
urlpatterns: list[URLPattern] = []
