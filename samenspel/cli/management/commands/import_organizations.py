"""`samenspel import organizations FILE…`: organizations from csv or Excel."""

from samenspel.cli.map_imports import MapImportCommand


class Command(MapImportCommand):
    help = "leest organisaties (csv of xlsx): vereniging, stichting, kerk, groep bewoners"
    kind = "organizations"
