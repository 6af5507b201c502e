"""Small files and areas for the tests of places, all in Markerwaard (GM9901), east of Marken."""

import json
from pathlib import Path
from typing import Any

WEST, SOUTH, SIDE = 5.20, 52.50, 0.01
"""Squares of 0.01 degree from this corner; the square of column 0, row 0 is the south-west one."""


def square(column: int, row: int = 0) -> list[list[list[float]]]:
    """The coordinates of one square as a Polygon."""
    west, south = round(WEST + column * SIDE, 5), round(SOUTH + row * SIDE, 5)
    east, north = round(west + SIDE, 5), round(south + SIDE, 5)
    return [[[west, south], [east, south], [east, north], [west, north], [west, south]]]


def middle(column: int, row: int = 0) -> dict[str, float]:
    return {"latitude": SOUTH + (row + 0.5) * SIDE, "longitude": WEST + (column + 0.5) * SIDE}


def feature(coordinates: Any, **properties: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": "Polygon", "coordinates": coordinates},
    }


def neighborhood(column: int, row: int = 0, **properties: Any) -> dict[str, Any]:
    """Buurt BU9901<row+1 in two digits><column in two digits>."""
    number = f"9901{row + 1:02}{column:02}"
    known = {
        "buurtcode": f"BU{number}",
        "buurtnaam": f"Buurt {number}",
        "wijkcode": f"WK{number[:6]}",
        "gemeentecode": "GM9901",
    }
    return feature(square(column, row), **{**known, **properties})


def district(row: int = 0) -> dict[str, Any]:
    return feature(
        square(0, row), wijkcode=f"WK9901{row + 1:02}", wijknaam=f"Wijk {row:02} Dorp {row}", gemeentecode="GM9901"
    )


def municipality() -> dict[str, Any]:
    return feature(square(0), gemeentecode="GM9901", gemeentenaam="Markerwaard", provincie="Flevoland")


def geojson(file: Path, *features: Any) -> Path:
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return file


def table(file: Path, *lines: str) -> Path:
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file
