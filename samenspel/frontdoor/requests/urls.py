"""Addresses for leaving a question; `frontdoor.urls` takes them in. None of them names what a question is about."""

from django.urls import path

from samenspel.frontdoor.requests import desk, views

urlpatterns = [
    path("vraag/", views.start, name="request"),
    path("vraag/versturen", views.send, name="request-send"),
    path("vraag/volgen", views.follow, name="request-status"),
    path("vraag/kaart", views.mail, name="request-card"),
    path("vraag/intrekken", views.withdraw, name="request-withdraw"),
    path("balie", desk.desk, name="desk"),
]
