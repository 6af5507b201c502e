"""`samenspel import offerings FILE…`: offerings from csv or Excel."""

from samenspel.cli.map_imports import MapImportCommand


class Command(MapImportCommand):
    help = "leest aanbod (csv of xlsx): wat er te doen en te krijgen is"
    kind = "offerings"
