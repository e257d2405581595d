"""Put the A4 pages that Typst made on each paper, and make the files small (`packing.py`).

A template keeps everything within the part that all papers share (`print/parts/style.typ`). A page's box is the one
thing that differs between papers: on Letter it is another box around the same middle. So all but the pages' own objects
is packed once for all papers.
"""

import re
from collections.abc import Sequence

from . import packing

PAPERS = ("a4", "letter")
PAGE = b"<</Type/Page/"
BOX = re.compile(rb"/MediaBox\[([^\]]*)\]")
# Left, bottom, right and top in points (1/72 inch), upright and lying. Letter is 612 by 792; its middle is A4's to
# within 0.06 points, a fiftieth of a millimetre.
LETTER = {
    b"0 0 595.2756 841.8898": b"-8.36 25 603.64 817",
    b"0 0 841.8898 595.2756": b"25 -8.36 817 603.64",
}


def on_papers(pdf: bytes, papers: Sequence[str]) -> tuple[bytes, ...]:
    """A PDF of A4 pages, as Typst writes it, as one PDF for each of the papers. The same bytes give the same bytes.

    Raises ValueError for a page of another size, and for a PDF that is not written as Typst does.
    """
    objects, trailer = packing.opened(pdf)
    pages = {number: held for number, held in objects.items() if held.startswith(PAGE)}
    shared = packing.Packed(len(objects))
    shared.add({number: held for number, held in objects.items() if number not in pages})
    made = []
    for paper in papers:
        whole = shared.copy()
        whole.add({number: _boxed(held, paper) for number, held in pages.items()})
        made.append(whole.ended(trailer))
    return tuple(made)


def _boxed(page: bytes, paper: str) -> bytes:
    """A page's object with the paper's box."""
    box = BOX.search(page)
    if not box or box[1] not in LETTER:
        raise ValueError(f"a page is not A4: {box[1] if box else page!r}")
    return page if paper == "a4" else page.replace(box[0], b"/MediaBox[%b]" % LETTER[box[1]], 1)
