"""Put the A4 pages that Typst made on each paper, say how they are to be printed, and make the files small (`packing.py`).

A template keeps everything within the part that all papers share (`print/parts/style.typ`). On Letter it is the same page,
moved so that its middle stays the middle. All that has no place on a page is packed once for all papers.
"""

import re
from collections.abc import Iterator, Sequence

from . import packing
from .packing import Objects

PAPERS = ("a4", "letter")
PAGE = b"<</Type/Page/"
CATALOG = b"<</Type/Catalog/"
BOX = re.compile(rb"/MediaBox\[([^\]]*)\]")
CONTENTS = re.compile(rb"/Contents (\d+ 0 R)")
# A4 and Letter in points (1/72 inch), upright and lying; and how far, to the right and up, Letter's middle lies from A4's.
LETTER = {
    b"0 0 595.2756 841.8898": (b"0 0 612 792", (8.36, -25.0)),
    b"0 0 841.8898 595.2756": (b"0 0 792 612", (-25.0, 8.36)),
}
Move = tuple[float, float]  # to the right and up, in points
REFERENCE = re.compile(rb"(\d+) 0 R")
# The numbers that are a place, between what stands before and after them, where no text of an author can stand: of links, of what
# bookmarks lead to, of the boxes of tables and figures, and of patterns.
NUMBERS = rb"([-.\d]+(?: [-.\d]+)*)"
LINK = re.compile(rb"(<</Type/Annot/Subtype/Link/Rect\[)" + NUMBERS)
POINT = re.compile(rb"(\[\d+ 0 R/XYZ )" + NUMBERS.replace(b")*", b")"))
ELEMENT = re.compile(rb"(<</Type/StructElem/.*/BBox\[)" + NUMBERS + rb"(?=\])", re.DOTALL)
PATTERN = re.compile(rb"(<<[^>]*?/Type/Pattern/.*?/Matrix\[\S+ \S+ \S+ \S+ )" + NUMBERS, re.DOTALL)
EDGES = {
    "long-edge": b"DuplexFlipLongEdge",
    "short-edge": b"DuplexFlipShortEdge",
    "simplex": b"Simplex",
}


def on_papers(pdf: bytes, papers: Sequence[str], duplex: str = "") -> tuple[bytes, ...]:
    """A PDF of A4 pages, as Typst writes it, as one PDF for each of the papers. The same bytes give the same bytes. A viewer
    prints them at their size and, where `duplex` says so, on both sides: `long-edge`, `short-edge` or `simplex`.

    Raises ValueError for a page of another size, and for a PDF that is not written as Typst does.
    """
    objects, trailer = packing.opened(pdf)
    objects = {n: _to_print(held, duplex) for n, held in objects.items()}
    pages = {number: held for number, held in objects.items() if held.startswith(PAGE)}
    boxes = {number: _box(held) for number, held in pages.items()}
    moves = dict(_moves(objects, {n: LETTER[box][1] for n, box in boxes.items()}))
    shared = packing.Packed(len(objects))
    shared.add({n: held for n, held in objects.items() if n not in pages and n not in moves})
    made = []
    for paper in papers:
        whole = shared.copy()
        if paper == "a4":
            whole.add({n: held for n, held in objects.items() if n in pages or n in moves})
        else:
            _add_moved(whole, objects, boxes, moves)
        made.append(whole.ended(trailer))
    return tuple(made)


def _to_print(held: bytes, duplex: str) -> bytes:
    """The catalogue with how a viewer is to print; any other object as it is."""
    if not held.startswith(CATALOG):
        return held
    said = b"/PrintScaling/None" + (b"/Duplex/" + EDGES[duplex] if duplex else b"")
    return held.replace(b"/ViewerPreferences<<", b"/ViewerPreferences<<" + said, 1)


def _box(page: bytes) -> bytes:
    """The box of a page."""
    box = BOX.search(page)
    if not box or box[1] not in LETTER:
        raise ValueError(f"a page is not A4: {box[1] if box else page!r}")
    return box[1]


def _add_moved(
    whole: packing.Packed, objects: Objects, boxes: dict[int, bytes], moves: dict[int, Move]
) -> None:
    """Add the pages in their new boxes, moved by a stream before their own, and what stands at a place on them."""
    before = {}
    for box in dict.fromkeys(boxes.values()):
        matrix = b"1 0 0 1 %b cm" % _numbers(LETTER[box][1])
        before[box] = whole.new(b"<</Length %d>>stream\n%b\nendstream" % (len(matrix), matrix))
    added = {}
    for number, box in boxes.items():
        page = BOX.sub(b"/MediaBox[%b]" % LETTER[box][0], objects[number], count=1)
        added[number] = CONTENTS.sub(rb"/Contents[%d 0 R \1]" % before[box], page, count=1)
    added |= {number: _moved(objects[number], move) for number, move in moves.items()}
    whole.add(dict(sorted(added.items())))


def _moves(objects: Objects, pages: dict[int, Move]) -> Iterator[tuple[int, Move]]:
    """How far each object that stands at a place has to be moved, by the page on which it stands."""
    for number, move in pages.items():
        page = objects[number]
        resources = objects[_reference(page, b"/Resources ")]
        for each in (*_all(page, b"/Annots[", b"]"), *_all(resources, b"/Pattern<<", b">>")):
            yield each, move
    only = next(iter(pages.values())) if len(set(pages.values())) == 1 else None
    for number, held in objects.items():
        if POINT.match(held):
            yield number, pages[_reference(held, b"[")]
        elif ELEMENT.match(held):
            yield number, only or pages[_page_of(number, objects)]


def _all(held: bytes, before: bytes, after: bytes) -> list[int]:
    """The numbers of the objects that an object names between two signs."""
    _, _, rest = held.partition(before)
    return [int(each) for each in REFERENCE.findall(rest.partition(after)[0])]


def _reference(held: bytes, before: bytes) -> int:
    """The number of the object that an object names after the last of such signs."""
    found = REFERENCE.match(held, held.rindex(before) + len(before))
    if not found:
        raise ValueError(f"an object of a PDF is not written as Typst does: {held[:80]!r}")
    return int(found[1])


def _page_of(number: int, objects: Objects) -> int:
    """The page on which an element of the structure begins: its own, or that of the first element in it."""
    held = objects[number]
    while b"/Pg " not in held[held.rindex(b"/K[") :]:
        held = objects[_reference(held, b"/K[")]
    return _reference(held, b"/Pg ")


def _moved(held: bytes, move: Move) -> bytes:
    """An object with its places moved."""
    for pattern in (LINK, POINT, ELEMENT, PATTERN):
        if found := pattern.match(held):
            given = map(float, found[2].split())
            moved = [value + move[at % 2] for at, value in enumerate(given)]
            return found[1] + _numbers(moved) + held[found.end() :]
    raise ValueError(f"an object of a PDF is not written as Typst does: {held[:80]!r}")


def _numbers(given: Sequence[float]) -> bytes:
    return b" ".join(f"{each:.5f}".rstrip("0").rstrip(".").encode() for each in given)
