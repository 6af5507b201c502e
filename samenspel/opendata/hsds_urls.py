"""Addresses under /hsds/v3, those of the specification and `events` of our profile; no slash at the end."""

from django.urls import path

from samenspel.opendata import hsds

app_name = "hsds"

urlpatterns = [
    path("", hsds.about, name="about"),
    path("openapi.json", hsds.openapi, name="openapi"),
    path("services", hsds.services, name="services"),
    path("services/<str:key>", hsds.service, name="service"),
    path("events", hsds.events, name="events"),
    path("events/<str:key>", hsds.event, name="event"),
    path("organizations", hsds.organizations, name="organizations"),
    path("organizations/<str:key>", hsds.organization, name="organization"),
    path("service_at_locations", hsds.service_at_locations, name="service-at-locations"),
    path("service_at_locations/<str:key>", hsds.service_at_location, name="service-at-location"),
    path("taxonomies", hsds.taxonomies, name="taxonomies"),
    path("taxonomies/<str:key>", hsds.taxonomy, name="taxonomy"),
    path("taxonomy_terms", hsds.taxonomy_terms, name="taxonomy-terms"),
    path("taxonomy_terms/<str:key>", hsds.taxonomy_term, name="taxonomy-term"),
    path("<path:rest>", hsds.unknown, name="unknown"),
]
