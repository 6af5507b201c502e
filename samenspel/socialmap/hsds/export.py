"""The document of all open data as text, and as the CSV files of the data package."""

import csv
import json
from pathlib import Path

from samenspel.socialmap.hsds.profile import HSDS_VERSION, PROFILE, Record
from samenspel.socialmap.hsds.tables import FILES, cell_of, flat

_FIRST = ("id",)


def as_json(document: Record) -> str:
    """Always the same text for the same data."""
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True)


def write_folder(document: Record, folder: Path) -> None:
    """Write a CSV file per table and `datapackage.json`; a table without rows gets no file."""
    tables = flat(document)
    resources = []
    for table, rows in tables.items():
        columns = sorted({name for row in rows for name in row}, key=lambda name: (name not in _FIRST, name))
        with (folder / FILES[table]).open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(columns)
            writer.writerows([cell_of(row.get(name)) for name in columns] for row in rows)
        fields = [{"name": name, "type": "string"} for name in columns]
        resources.append({"name": table, "path": FILES[table], "schema": {"primaryKey": "id", "fields": fields}})
    about = {"name": "hsds", "version": HSDS_VERSION, "profile": PROFILE, "resources": resources}
    (folder / "datapackage.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
