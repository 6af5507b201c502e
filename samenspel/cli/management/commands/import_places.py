"""`samenspel import places FILE…`: places from csv or Excel."""

from samenspel.cli.map_imports import MapImportCommand


class Command(MapImportCommand):
    help = "leest plekken (csv of xlsx): waar mensen elkaar ontmoeten; ook de landelijke lijst van stemlokalen"
    kind = "places"
