"""Put the A4 pages that Typst made on each paper, say how they are to be printed, and make the files small (`packing.py`).

A template keeps everything within the part that all papers share (`print/parts/style.typ`). On Letter it is the same page,
moved so that its middle stays the middle. All that has no place on a page is packed once for all papers.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from ..frozen import dataclass
from ..late import late
from . import packing
from .packing import Objects

PAPERS = ("a4", "letter")
PAGE = b"<</Type/Page/"
CATALOG = b"<</Type/Catalog/"
BOX = late(rb"/MediaBox\[([^\]]*)\]")
CONTENTS = late(rb"/Contents (\d+ 0 R)")
LARGE = 18 / 10.5  # large print: a page that is laid out on a smaller paper, so many times larger
# A4, Letter and how far, to the right and up, Letter's middle lies from A4's: upright and lying, in points (1/72 inch).
NEAR = 0.05  # so many points of difference are the same size
SIZES = (
    (595.2756, 841.8898, 612.0, 792.0, 8.36, -25.0),
    (841.8898, 595.2756, 792.0, 612.0, -25.0, 8.36),
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page goes: on a paper of this size, so many times larger and moved to the right and up, all in points."""

    width: float
    height: float
    zoom: float
    right: float
    up: float


REFERENCE = late(rb"(\d+) 0 R")
# The numbers that are a place, between what stands before and after them, where no text of an author can stand: of links, of what
# bookmarks lead to, of the boxes of tables and figures, and of patterns.
NUMBERS = rb"([-.\d]+(?: [-.\d]+)*)"
LINK = late(rb"(<</Type/Annot/Subtype/Link/Rect\[)" + NUMBERS)
POINT = late(rb"(\[\d+ 0 R/XYZ )" + NUMBERS.replace(b")*", b")"))
ELEMENT = late(rb"(<</Type/StructElem/.*/BBox\[)" + NUMBERS + rb"(?=\])", re.DOTALL)
PATTERN = late(rb"(<<[^>]*?/Type/Pattern/.*?/Matrix\[)" + NUMBERS, re.DOTALL)
EDGES = {
    "long-edge": b"DuplexFlipLongEdge",
    "short-edge": b"DuplexFlipShortEdge",
    "simplex": b"Simplex",
}


def on_papers(pdf: bytes, papers: Sequence[str], duplex: str = "") -> tuple[bytes, ...]:
    """A PDF of A4 pages, as Typst writes it, as one PDF for each of the papers. The same bytes give the same bytes. A viewer
    prints them at their size and, where `duplex` says so, on both sides: `long-edge`, `short-edge` or `simplex`. Pages that
    are `LARGE` times smaller than A4 are made as large as A4.

    Raises ValueError for a page of another size, and for a PDF that is not written as Typst does.
    """
    objects, trailer = packing.opened(pdf)
    objects = {n: _to_print(held, duplex) for n, held in objects.items()}
    pages = {number: held for number, held in objects.items() if held.startswith(PAGE)}
    places = {
        number: dict(zip(PAPERS, _places(held), strict=True)) for number, held in pages.items()
    }
    standing = dict(_standing(objects, pages))
    own = {*pages, *standing}
    shared = packing.Packed(len(objects))
    shared.add({n: held for n, held in objects.items() if n not in own})
    made = []
    for paper in papers:
        whole = shared.copy()
        here = {number: each[paper] for number, each in places.items()}
        before: dict[Place, int] = {}
        for place in dict.fromkeys(here.values()):
            if (place.zoom, place.right, place.up) != (1, 0, 0):
                matrix = _numbers((place.zoom, 0, 0, place.zoom, place.right, place.up)) + b" cm"
                stream = b"<</Length %d>>stream\n%b\nendstream" % (len(matrix), matrix)
                before[place] = whole.new(stream)
        added = {n: _placed(pages[n], place, before.get(place)) for n, place in here.items()}
        added |= {
            n: _moved(objects[n], here[page]) if here[page] in before else objects[n]
            for n, page in standing.items()
        }
        whole.add(dict(sorted(added.items())))
        made.append(whole.ended(trailer))
    return tuple(made)


def _to_print(held: bytes, duplex: str) -> bytes:
    """The catalogue with how a viewer is to print; any other object as it is."""
    if not held.startswith(CATALOG):
        return held
    said = b"/PrintScaling/None" + (b"/Duplex/" + EDGES[duplex] if duplex else b"")
    return held.replace(b"/ViewerPreferences<<", b"/ViewerPreferences<<" + said, 1)


def _places(page: bytes) -> tuple[Place, Place]:
    """Where a page goes on A4 and on Letter."""
    found = BOX.search(page)
    left, bottom, width, height = map(float, found[1].split()) if found else (0.0,) * 4
    for wide, high, letter_wide, letter_high, right, up in SIZES:
        for zoom in (1.0, LARGE):
            near = max(abs(width * zoom - wide), abs(height * zoom - high), abs(left), abs(bottom))
            if near < NEAR:
                return Place(wide, high, zoom, 0, 0), Place(
                    letter_wide, letter_high, zoom, right, up
                )
    raise ValueError(f"a page is not A4: {found[1] if found else page!r}")


def _placed(page: bytes, place: Place, before: int | None) -> bytes:
    """A page in its box; the stream `before` its own moves what stands on it."""
    if before is None:
        return page
    page = BOX.sub(b"/MediaBox[%b]" % _numbers((0, 0, place.width, place.height)), page, count=1)
    return CONTENTS.sub(rb"/Contents[%d 0 R \1]" % before, page, count=1)


def _standing(objects: Objects, pages: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The objects that stand at a place, each with the number of the page on which it stands."""
    for number in pages:
        page = objects[number]
        resources = objects[_reference(page, b"/Resources ")]
        for each in (*_all(page, b"/Annots[", b"]"), *_all(resources, b"/Pattern<<", b">>")):
            yield each, number
    for number, held in objects.items():
        if POINT.match(held):
            yield number, _reference(held, b"[")
        elif ELEMENT.match(held) and (page_of := _page_of(number, objects)) is not None:
            yield number, page_of


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


def _page_of(number: int, objects: Objects) -> int | None:
    """The page on which an element of the structure begins: its own, or that of the first element in it that has one."""
    held = objects[number]
    kids = held[held.rindex(b"/K[") :]
    if b"/Pg " in kids:
        return _reference(kids, b"/Pg ")
    found = (_page_of(each, objects) for each in map(int, REFERENCE.findall(kids)))
    return next((page for page in found if page is not None), None)


def _moved(held: bytes, place: Place) -> bytes:
    """An object with its places moved."""
    for pattern in (LINK, POINT, ELEMENT, PATTERN):
        if found := pattern.match(held):
            given = list(map(float, found[2].split()))
            scaled = [value * place.zoom for value in given]
            shift = (place.right, place.up)
            first = len(given) - 2 if pattern is PATTERN else 0
            moved = [v + shift[at % 2] if at >= first else v for at, v in enumerate(scaled)]
            return found[1] + _numbers(moved) + held[found.end() :]
    raise ValueError(f"an object of a PDF is not written as Typst does: {held[:80]!r}")


def _numbers(given: Sequence[float]) -> bytes:
    return b" ".join(f"{each:.5f}".rstrip("0").rstrip(".").encode() for each in given)
