"""Turn an A4 PDF into a Letter PDF: the same pages, with the page's box made Letter around the same middle.

A template keeps everything within the part that all papers share (`print/base.typ`). A page's box is the one thing
that differs between papers, so its numbers are put in the place of the others, padded to their length: the file
keeps every offset, and no other byte of it changes.
"""

import re

PAPERS = ("a4", "letter")
BOX = re.compile(rb"/MediaBox\[([^\]]*)\]")
# Left, bottom, right and top in points (1/72 inch), upright and lying. Letter is 612 by 792; its middle is A4's to
# within 0.06 points, a fiftieth of a millimetre.
LETTER = {
    b"0 0 595.2756 841.8898": b"-8.36 25 603.64 817",
    b"0 0 841.8898 595.2756": b"25 -8.36 817 603.64",
}


def on_paper(paper: str, pdf: bytes) -> bytes:
    """A PDF of A4 pages on a paper. Raises ValueError for a page of another size."""
    return pdf if paper == "a4" else BOX.sub(_letter, pdf)


def _letter(box: re.Match[bytes]) -> bytes:
    if box[1] not in LETTER:
        raise ValueError(f"a page is not A4: {box[1]!r}")
    return b"/MediaBox[" + LETTER[box[1]].ljust(len(box[1])) + b"]"
