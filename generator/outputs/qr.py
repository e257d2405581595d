"""An address as a QR code. The only import of segno."""

import io


def drawn(address: str) -> str:
    """The code as SVG, as small as can be, without the white edge around it, which the page has."""
    import segno  # few courses have an address

    made = io.BytesIO()
    code = segno.make_qr(address, error="l")
    code.save(made, kind="svg", border=0, xmldecl=False, dark="#000", svgclass=None, lineclass=None)
    return made.getvalue().decode("ascii").strip()
