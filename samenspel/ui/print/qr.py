"""QR codes as pictures that stay sharp on paper."""

from io import BytesIO

import segno


def qr_svg(text: str) -> str:
    """Draw a text (mostly an address) as a stand-alone SVG; a quarter of it may get lost (error correction Q)."""
    drawn = BytesIO()
    segno.make(text, error="q", micro=False).save(drawn, kind="svg", border=4, xmldecl=False, nl=False)
    return drawn.getvalue().decode()
