"""QR codes as SVG: for papers, cards and posters."""

import io

import segno


def square(text: str, *, border: int = 0) -> str:
    """The QR code of a text, as SVG without styles of its own."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", xmldecl=False, border=border, omitsize=True
    )
    return out.getvalue().decode()
