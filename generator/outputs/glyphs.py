"""Which characters a course can print, with the shipped fonts and its own. Any other is a problem that names the card: no page
has an empty box.

`fonts/coverage.txt` lists the code points of all fonts together, the ones in typst's wheel included; a test asks
typst for every one of them.
"""

import functools
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from .. import walk
from ..kinds.kept import Kept
from ..media.names import ending
from ..model import Course
from ..problems import Problem, Sign, Span, sign
from ..text import ruby
from ..texts import Exact, Text

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
BOX = "□"
INVISIBLE |= {*range(0x2066, 0x206A), *range(0xFE00, 0xFE10)}


# Scripts that no shipped font can print, by the word with which Unicode's names of their letters begin. One message is enough
# for each. Of some, a font for formulas or for code has letters, but not all of them, or not how they join.
SCRIPTS = {
    "DEVANAGARI": "Devanagari (Hindi, Marathi, Sanskrit …)",
    "LAO": "Lao",
    "CJK": "Chinese characters",
    "HIRAGANA": "Japanese",
    "KATAKANA": "Japanese",
    "HANGUL": "Korean",
    "THAI": "Thai",
}


@functools.cache
def covered() -> frozenset[str]:
    """Every character that the shipped fonts can print, as its script is read."""
    points = set(INVISIBLE)
    for line in (FONTS / "coverage.txt").read_text("ascii").split():
        first, _, last = line.partition("-")
        points.update(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(c for c in map(chr, points) if _script(c) not in SCRIPTS)


def _script(character: str) -> str:
    return unicodedata.name(character, "").partition(" ")[0]


def missing(text: str, course: Course) -> list[str]:
    """The characters of a text that a course cannot print, in order, once each."""
    lost = set(text) - covered()
    for font in course.fonts:
        lost -= font.covered
    return list(dict.fromkeys(character for character in text if character in lost)) if lost else []


def problems(course: Course, *, every: bool = False) -> Iterator[Problem]:
    """A problem for every text that holds a character without a glyph; of one script only for the first, but for `every` text."""
    told: set[str] = set()
    for span, text, where in _texts(course):
        if lost := missing(ruby.without_marks(text), course):
            scripts = scripts_of(lost)
            if every or not scripts or not told.issuperset(scripts):
                yield replace(problem(span, lost, where), sign=_sign(text, lost[0]))
            told.update(scripts)


def _sign(text: str, lost: str) -> Sign | None:
    """Where a character stands in a text of the author's."""
    at = text.find(lost)
    return sign(text, at, at + len(lost)) if isinstance(text, Text) and at >= 0 else None


def scripts_of(lost: Iterable[str]) -> list[str]:
    """The scripts of characters, where they are of those that no shipped font has."""
    found = map(_script, lost)
    return list(dict.fromkeys(SCRIPTS[word] for word in found if word in SCRIPTS))


def _texts(course: Course) -> Iterator[tuple[Span, str, str]]:
    """Each text that is printed: where it stands, the text, and what holds it."""
    # Names of decks are not printed; what notes from Anki say is told of when it is (`unprinted.py`).
    unseen = {id(course.about.deck), *(id(module.deck) for module in course.modules)}
    for card in walk.cards(course):
        if isinstance(card, Kept):
            unseen.update(map(id, walk.texts(card)))
    every = [t for t in walk.texts(course) if not isinstance(t, Exact) and id(t) not in unseen]
    if missing("".join(every), course):  # seldom, and then it matters where
        owner_of = {
            id(text): f"card “{card.id}”"
            for card in walk.cards(course)
            for text in walk.texts(card)
        }
        for text in every:
            yield text.span, text, owner_of.get(id(text), "a text")
    for work in course.works:
        said = "".join((work.title, work.date, work.url, work.note, *work.author))
        yield work.span, said, f"the source “{work.id}”"
    for picture in course.pictures:
        if ending(picture.name) == "svg":
            drawn = picture.data.decode("utf-8", errors="replace").translate({9: " ", 13: " "})
            yield Span(f"media/{picture.name}"), drawn, "the picture"


def problem(span: Span, lost: Collection[str], where: str) -> Problem:
    """What to say about characters that cannot be printed: which scripts they are of, or each by its name."""
    scripts = scripts_of(lost)
    named = [f"“{c}” ({unicodedata.name(c, f'U+{ord(c):04X}').lower()})" for c in lost]
    said = ", ".join(scripts or named)
    hint = "put a font that has it into fonts/, and name it under “fonts” in course.yaml"
    if not scripts:
        hint = f"leave it out, write another sign, build with --only anki, or {hint}"
    return Problem(span, "no-glyph", f"{where} holds {said}, which no font here can print", hint)
