"""Addresses that council and residents may have, under /raad."""

from django.urls import URLPattern, path

from samenspel.cockpit.overview import (
    cell,
    challenges,
    cohesion,
    figures,
    home,
    letter,
    money,
    profile,
    questions,
    shift,
)

app_name = "overview"
urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("wijk/<slug:slug>/<int:block>", cell.cell, name="cell"),
    path("wijk/<slug:slug>", profile.page, name="profile"),
    path("wijk/<slug:slug>/profiel.pdf", letter.profile_paper, name="profile-paper"),
    path("raadsbrief.pdf", letter.council_letter, name="letter"),
    path("cijfers.csv", figures.as_table, name="figures-csv"),
    path("cijfers.json", figures.as_json, name="figures-json"),
    path("verschuiving", shift.shift, name="shift"),
    path("verschuiving.csv", shift.file, name="shift-file"),
    path("geld", money.money, name="money"),
    path("geld.csv", money.file, name="money-file"),
    path("samenhang", cohesion.cohesion, name="cohesion"),
    path("samenhang.csv", cohesion.file, name="cohesion-file"),
    path("wijkopgaven", challenges.challenges, name="challenges"),
    path("wijkopgaven.csv", challenges.challenges_file, name="challenges-file"),
    path("vragen", questions.questions, name="questions"),
    path("vragen.csv", questions.as_csv, name="questions-file"),
    path("vragen.json", questions.as_json, name="questions-data"),
    path("vragen/<uuid:question_id>", questions.question, name="question"),
]
