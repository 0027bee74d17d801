"""QR codes of an address, as drawings for print and for the screen."""

import io

import segno

QUIET_ZONE = 4  # modules of white around it, as the standard asks
PIXELS = 12  # a module; about 45 mm in print


def qr_svg(address: str) -> bytes:
    return _drawn(address, "svg", 8)


def qr_png(address: str) -> bytes:
    return _drawn(address, "png", PIXELS)


def _drawn(address: str, kind: str, scale: int) -> bytes:
    file = io.BytesIO()
    # Level Q: a quarter may be smudged or covered, as happens on a counter.
    code = segno.make(address, error="q", micro=False)
    code.save(file, kind=kind, scale=scale, border=QUIET_ZONE)
    return file.getvalue()
