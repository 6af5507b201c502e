"""The address by which someone without an account answers a handover."""

from django.urls import path

from samenspel.organizers import asked

app_name = "asked"
urlpatterns = [path("<str:secret>", asked.asked, name="asked")]
