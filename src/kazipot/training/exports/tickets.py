"""The code with which somebody signs in at the door: for the trainer's phone."""

import io

import segno

QUIET = 2
SCALE = 6


def qr_svg(text: str) -> str:
    """A QR code (ISO/IEC 18004, error correction M) as an SVG for a page, black on white in every colour scheme."""
    drawing = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        drawing, kind="svg", border=QUIET, scale=SCALE, light="#fff", xmldecl=False, svgns=True, nl=False, omitsize=True
    )
    return drawing.getvalue().decode()
