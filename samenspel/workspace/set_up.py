"""Setting up the municipality: teams, an ingang per wijk, contacts per area, independent help and complaint."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from samenspel.people.actions import remove_area_contact, set_area_contact, set_recourse, set_team
from samenspel.people.facts import ContactFacts, RecourseFacts, TeamFacts, stated
from samenspel.people.models import AreaContact, Recourse, Team
from samenspel.people.permissions import may_set_up
from samenspel.places.models import Area
from samenspel.socialmap.entrances import EntranceFacts, set_entrance
from samenspel.socialmap.models import Entrance
from samenspel.staff.access import actor, page, say, show, who
from samenspel.staff.forms import WorkForm, carried_out, sent, summary
from samenspel.workspace.manning import keep_manned
from samenspel.workspace.set_up_forms import ContactForm, EntranceForm, RecourseForm, TeamForm, areas_of


@page(may_set_up)
def overview(request: HttpRequest) -> HttpResponse:
    """What has been set, per area, and what is still to do."""
    home, now = who(request).municipality, timezone.now()
    entrances = {one.area.code: one for one in _with_area(Entrance.objects.filter(municipality=home), "place")}
    contacts: dict[str, list[AreaContact]] = {}
    for contact in _with_area(AreaContact.objects.filter(municipality=home)).order_by("job_title"):
        contacts.setdefault(contact.area.code, []).append(contact)
    recourse = {one.kind: one for one in Recourse.objects.filter(municipality=home)}
    context = {
        "teams": _teams(home).order_by("name"),
        "areas": [
            {
                "area": area,
                "entrance": (found := entrances.get(area.code)),
                "is_closed": found is not None and found.place.is_closed(now),
                "contacts": contacts.get(area.code, []),
            }
            for area in areas_of(home)
        ],
        "recourse": [(kind, label, recourse.get(kind)) for kind, label in Recourse.Kind.choices],
    }
    return show(request, "workspace/set_up.html", context)


@page(may_set_up, "GET", "POST")
def team(request: HttpRequest, team_id: UUID | None = None) -> HttpResponse:
    """Add a team, or change one; its name stays, for that is what it is known by."""
    home = who(request).municipality
    row = get_object_or_404(_teams(home), pk=team_id) if team_id else None
    initial = {**stated(TeamFacts, row), "areas": row.areas.all(), "members": row.members.all()} if row else {}
    form = TeamForm(sent(request), initial=initial, municipality=home)
    if row:
        form.fields["name"].disabled = True

    def act() -> None:
        facts = form.facts()
        if row:
            keep_manned(row, facts.members)
        set_team(municipality=home, facts=facts, by=actor(request), at=timezone.now())

    return _edited(request, form, act, heading=row.name if row else "Een team toevoegen")


@page(may_set_up, "GET", "POST")
def entrance(request: HttpRequest, code: str) -> HttpResponse:
    """Set the ingang of an area."""
    area = _area(request, code)
    row = Entrance.objects.filter(municipality=area.municipality, area__code=code).first()
    form = EntranceForm(
        sent(request), initial=stated(EntranceFacts, row) if row else {}, municipality=area.municipality
    )

    def act() -> None:
        set_entrance(area=area, facts=form.facts(), by=actor(request), at=timezone.now())

    return _edited(request, form, act, heading=f"Ingang van {area.name}")


@page(may_set_up, "GET", "POST")
def contact(request: HttpRequest, code: str, job_title: str = "") -> HttpResponse:
    """Set the contact of an area, or change the one with this job title."""
    area = _area(request, code)
    row = get_object_or_404(_contacts(request, code), job_title=job_title) if job_title else None
    form = ContactForm(sent(request), initial=stated(ContactFacts, row) if row else {}, municipality=area.municipality)
    if row:
        form.fields["job_title"].disabled = True

    def act() -> None:
        set_area_contact(area=area, facts=form.facts(), by=actor(request), at=timezone.now())

    return _edited(request, form, act, heading=f"Contactpersoon van {area.name}", removable=row)


@page(may_set_up, "POST")
def no_contact(request: HttpRequest, code: str, job_title: str) -> HttpResponse:
    """Take away the contact of an area."""
    row = get_object_or_404(_contacts(request, code), job_title=job_title)
    remove_area_contact(contact=row, by=actor(request), at=timezone.now())
    say(request, f"{row.name} is geen contactpersoon meer van {row.area.name}.")
    return redirect("workspace:set-up")


@page(may_set_up, "GET", "POST")
def recourse(request: HttpRequest, kind: str) -> HttpResponse:
    """State one way to independent help, complaint or objection."""
    labels = dict(Recourse.Kind.choices)
    if kind not in labels:
        raise Http404
    home = who(request).municipality
    row = Recourse.objects.filter(municipality=home, kind=kind).first()
    form = RecourseForm(sent(request), initial=stated(RecourseFacts, row) if row else {})

    def act() -> None:
        set_recourse(municipality=home, facts=form.facts(kind), by=actor(request), at=timezone.now())

    return _edited(request, form, act, heading=str(labels[kind]).capitalize())


def _edited(
    request: HttpRequest,
    form: WorkForm,
    act: Callable[[], None],
    *,
    heading: str,
    removable: AreaContact | None = None,
) -> HttpResponse:
    """The form, with what is wrong when it was sent, or back to the overview when it was done."""
    if request.method == "POST" and form.is_valid() and carried_out(form, act):
        say(request, f"Opgeslagen: {heading}.")
        return redirect("workspace:set-up")
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    context = {"form": form, "errors": summary(form), "heading": heading, "removable": removable}
    return show(request, "workspace/edit.html", context, status=status)


def _area(request: HttpRequest, code: str) -> Area:
    return get_object_or_404(areas_of(who(request).municipality), code=code)


def _contacts(request: HttpRequest, code: str) -> Any:
    return _with_area(AreaContact.objects.filter(municipality=who(request).municipality, area__code=code))


def _with_area(rows: Any, *more: str) -> Any:
    return rows.select_related("area", *more).defer("area__boundary")


def _teams(municipality: str) -> Any:
    areas = Prefetch("areas", Area.objects.defer("boundary"))
    return Team.objects.filter(municipality=municipality).prefetch_related(areas, "members")
