"""Write docs/privacy.md from the registry: `python -m tests.architecture.write_privacy`."""

from tests.architecture.layers import ROOT

FILE = ROOT / "docs" / "privacy.md"
HEAD = """\
<!-- What is kept, why and for how long. Generated from the models (`make docs`); do not edit. A model that is missing
fails the tests. Only "openbaar" (public) fields can leave by the open API. In Dutch, for it is the municipality's own
register of processing (AVG art. 30); `samenspel folder` writes it with the DPIA, the points of the processing agreement
and the table of BIO2. -->

"""


def privacy_page() -> str:
    from samenspel.accountability.papers import register_page

    return HEAD + register_page()


if __name__ == "__main__":
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samenspel.config.settings_test")
    django.setup()
    FILE.write_text(privacy_page(), encoding="utf-8")
