"""Addresses for leaving a question; `frontdoor.urls` takes them in. None of them names what a question is about."""

from django.urls import path

from samenspel.frontdoor.requests import desk, own, referring, saying, views

urlpatterns = [
    path("vraag/", views.start, name="request"),
    path("vraag/versturen", views.send, name="request-send"),
    path("vraag/volgen", views.follow, name="request-status"),
    path("vraag/kaart", views.mail, name="request-card"),
    path("vraag/intrekken", views.withdraw, name="request-withdraw"),
    path("vraag/zeggen", saying.say, name="request-say"),
    path("vraag/onderzoek", saying.melding, name="request-melding"),
    path("vraag/tweede-code", own.second_code, name="request-second"),
    path("vraag/openen", own.own, name="request-own"),
    path("vraag/kring", own.circle, name="request-circle"),
    path("vraag/langer", own.longer, name="request-longer"),
    path("vraag/afspraken", own.sheet, name="request-sheet"),
    path("vraag/bevestiging", own.letter, name="request-letter"),
    path("vraag/klaar", own.done, name="request-done"),
    path("balie", desk.desk, name="desk"),
    path("verwijzen", referring.refer, name="refer"),
]
