"""Addresses of the workspace, under /werk, in Dutch because people see them."""

from django.urls import path

from samenspel.workspace import (
    confirmations,
    imports,
    privacy,
    requests,
    set_up,
    sign_in,
    start,
    unmet,
    words,
    words_trial,
)

app_name = "workspace"
urlpatterns = [
    path("", start.start, name="start"),
    path("inloggen", sign_in.sign_in, name="sign-in"),
    path("uitloggen", sign_in.sign_out, name="sign-out"),
    path("gemist", unmet.unmet, name="unmet"),
    path("gemist/<slug:key>.csv", unmet.unmet_file, name="unmet-file"),
    path("inlezen", imports.imports, name="imports"),
    path("inlezen/sjabloon/<slug:kind>.<slug:form>", imports.import_template, name="import-template"),
    path("inlezen/<uuid:run_id>", imports.one_import, name="import"),
    path("inlezen/<uuid:run_id>/bezig", imports.import_busy, name="import-busy"),
    path("inlezen/<uuid:run_id>/fouten.csv", imports.import_problems, name="import-problems"),
    path("inrichten", set_up.overview, name="set-up"),
    path("inrichten/team", set_up.team, name="new-team"),
    path("inrichten/team/<uuid:team_id>", set_up.team, name="team"),
    path("inrichten/ingang/<str:code>", set_up.entrance, name="entrance"),
    path("inrichten/contact/<str:code>", set_up.contact, name="new-contact"),
    path("inrichten/contact/<str:code>/<slug:job_title>", set_up.contact, name="contact"),
    path("inrichten/contact/<str:code>/<slug:job_title>/weg", set_up.no_contact, name="no-contact"),
    path("inrichten/hulp/<slug:kind>", set_up.recourse, name="recourse"),
    path("klopt-dit", confirmations.confirmations, name="confirmations"),
    path("klopt-dit/brieven", confirmations.letters, name="letters"),
    path("klopt-dit/<uuid:request_id>", confirmations.answer, name="answer"),
    path("privacy", privacy.privacy, name="privacy"),
    path("privacy/<str:name>", privacy.privacy_file, name="privacy-file"),
    path("vragen", requests.requests, name="requests"),
    path("vragen/<uuid:request_id>", requests.help_request, name="request"),
    path("woorden", words.overview, name="words"),
    path("woorden/over/<slug:key>", words.about, name="words-about"),
    path("woorden/nieuw", words.add, name="new-phrase"),
    path("woorden/zin/<uuid:phrase_id>", words.one_phrase, name="phrase"),
    path("woorden/proberen", words_trial.attempt, name="words-attempt"),
    path("woorden/publiceren", words_trial.publication, name="words-publication"),
]
