"""Which characters the shipped fonts can print. Any other is a problem that names the card: no page has an empty box.

`fonts/coverage.txt` lists the code points of all fonts together, the ones in typst's wheel included; a test asks
typst for every one of them.
"""

import functools
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from .. import walk
from ..media.names import ending
from ..model import Course
from ..problems import Problem, Span

FONTS = Path(__file__).parent.parent / "fonts"
# Characters without a shape of their own: joiners, marks of direction, variation selectors, the soft hyphen.
INVISIBLE = {
    0x09,  # code may have it, and shows blanks
    0x0A,
    0xAD,
    0x200B,
    0x200C,
    0x200D,
    0x200E,
    0x200F,
    0x2060,
    0xFEFF,
    *range(0x202A, 0x202F),
}
INVISIBLE |= {*range(0x2066, 0x206A), *range(0xFE00, 0xFE10)}


@functools.cache
def covered() -> frozenset[str]:
    """Every character that can be printed."""
    points = set(INVISIBLE)
    for line in (FONTS / "coverage.txt").read_text("ascii").split():
        first, _, last = line.partition("-")
        points.update(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(map(chr, points))


def missing(text: str) -> list[str]:
    """The characters of a text that cannot be printed, in order, once each."""
    lost = set(text) - covered()
    return list(dict.fromkeys(character for character in text if character in lost))


def problems(course: Course) -> Iterator[Problem]:
    """A problem for every text that holds a character without a glyph."""
    owner_of: dict[int, str] = {}
    for card in walk.cards(course):
        for text in walk.texts(card):
            owner_of[id(text)] = f"card “{card.id}”"
    for text in walk.texts(course):
        if lost := missing(text):
            yield problem(text.span, lost, owner_of.get(id(text), "a text"))
    for work in course.works:
        if lost := missing("".join((work.title, work.date, work.url, work.note, *work.author))):
            yield problem(work.span, lost, f"the source “{work.id}”")
    for picture in course.pictures:
        if ending(picture.name) != "svg":
            continue
        if lost := missing(
            picture.data.decode("utf-8", errors="replace").replace("\t", " ").replace("\r", " ")
        ):
            yield problem(Span(f"media/{picture.name}"), lost, "the picture")


def problem(span: Span, lost: Iterable[str], where: str) -> Problem:
    """What to say about characters that cannot be printed."""
    named = ", ".join(f"“{c}” ({unicodedata.name(c, f'U+{ord(c):04X}').lower()})" for c in lost)
    return Problem(
        span,
        "no-glyph",
        f"{where} holds {named}, which no shipped font can print",
        "put it in other words",
    )
