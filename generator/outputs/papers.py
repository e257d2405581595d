"""Put the A4 pages that Typst made on each paper, and make the files small. The only import of pikepdf.

A template keeps everything within the part that all papers share (`print/parts/style.typ`). Papers differ in the
page's box alone: on Letter it is another box around the same middle. Most of a tagged PDF is its structure, in
thousands of small objects; packed into compressed streams of objects, they take about half the room.
"""

import io
from collections.abc import Sequence
from decimal import Decimal

PAPERS = ("a4", "letter")
# Left, bottom, right and top in points (1/72 inch), upright and lying. Letter is 612 by 792; its middle is A4's to
# within 0.06 points, a fiftieth of a millimetre.
LETTER = {
    ("0", "0", "595.2756", "841.8898"): ("-8.36", "25", "603.64", "817"),
    ("0", "0", "841.8898", "595.2756"): ("25", "-8.36", "817", "603.64"),
}


def on_papers(pdf: bytes, papers: Sequence[str]) -> tuple[bytes, ...]:
    """A PDF of A4 pages as one PDF for each of the papers. The same bytes give the same bytes.

    Raises ValueError for a page of another size.
    """
    import pikepdf  # here, since only the processes that make PDFs need it

    made = []
    with pikepdf.open(io.BytesIO(pdf)) as document:
        boxes = [tuple(map(str, page.mediabox.as_list())) for page in document.pages]
        for paper in papers:
            for page, box in zip(document.pages, boxes, strict=True):
                page.mediabox = pikepdf.Array([Decimal(side) for side in _box(paper, box)])
            small = io.BytesIO()
            packed = pikepdf.ObjectStreamMode.generate
            document.save(small, object_stream_mode=packed, deterministic_id=True)
            made.append(small.getvalue())
    return tuple(made)


def _box(paper: str, a4: tuple[str, ...]) -> tuple[str, ...]:
    if a4 not in LETTER:
        raise ValueError(f"a page is not A4: {a4}")
    return a4 if paper == "a4" else LETTER[a4]
