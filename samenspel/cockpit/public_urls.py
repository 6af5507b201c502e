"""Addresses of the role conversation that anyone may have, under /rolgesprek."""

from django.urls import URLPattern, path

from samenspel.cockpit import agenda_public, framework_public, public

app_name = "conversation"
urlpatterns: list[URLPattern] = [
    path("", public.talk, name="talk"),
    path("papier", public.paper, name="paper"),
    path("kader", framework_public.framework, name="framework"),
    path("algoritme", framework_public.algorithm, name="algorithm"),
    path("agenda", agenda_public.agenda, name="agenda"),
]
