"""Only the HSDS addresses, where the site puts them."""

from django.urls import include, path

urlpatterns = [path("hsds/v3/", include("samenspel.opendata.hsds_urls"))]
