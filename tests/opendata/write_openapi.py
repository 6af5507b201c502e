"""Write the OpenAPI document of the API without a server: `python -m tests.opendata.write_openapi FILE`."""

import json
import os
import sys
from pathlib import Path

import django

ADDRESS = "https://example.org/api/v1"


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samenspel.config.settings_test")
    django.setup()
    from samenspel.opendata import openapi

    Path(sys.argv[1]).write_text(json.dumps(openapi.at(ADDRESS), ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
