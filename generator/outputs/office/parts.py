"""What a document for a word processor holds, whatever its bytes are."""

from collections.abc import Iterator
from typing import TypeAlias

from ...frozen import dataclass
from ...text import Tree
from ...text.tree import Block, Formula, Image, Inline, inlines

WIDE = 170  # millimetres between the margins of A4
LETTERS = 11  # points, of a text
SMALL = 9  # points, in tables of the outline


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a level from 1 to 4."""

    level: int
    words: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Label:
    """Words in bold above what they name."""

    words: str


@dataclass(frozen=True, slots=True)
class Said:
    """What is said word for word, on a ground of its own."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Fine:
    """What is looked up and not read through, in small letters."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """Answers to choose from, each with a box to tick."""

    answers: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Fill:
    """Lines to write on; the first has some words before it."""

    words: str = ""
    lines: int = 1


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: a head, and rows whose cells may be empty to be written in, at least `high` millimetres each. `wide` has the shares
    of the columns. A `cut` one is to be cut up along broken lines, a `whole` one is never split over pages. Its letters have `size`
    points, where that is said.
    """

    wide: tuple[float, ...]
    head: tuple[Tree, ...]
    rows: tuple[tuple[Tree, ...], ...]
    high: float = 0
    cut: bool = False
    whole: bool = False
    size: float = 0


@dataclass(frozen=True, slots=True)
class Poster:
    """A text in large letters, on a page of its own but for what stands above the `first`."""

    blocks: tuple[Block, ...]
    first: bool


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture in a line of its own, by its name among those of the document."""

    name: str


Part: TypeAlias = "Block | Heading | Label | Said | Fine | Choice | Fill | Sheet | Poster | Figure"


@dataclass(frozen=True, slots=True)
class Document:
    """A document: its title, who wrote it, its language by its tag, its day as 2026-11-24, the words at its foot, its parts."""

    title: str
    authors: str
    language: str
    day: str
    foot: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: its PNG, its width in millimetres, and in words what it shows. In a line, `depth` millimetres of it are below the
    letters' feet.
    """

    data: bytes
    width: float
    told: str
    depth: float = 0


def drawn(document: Document) -> Iterator[Image | Formula]:
    """The pictures and formulas that the texts of a document show, in order."""
    for part in document.parts:
        for node in inlines(_blocks(part)):
            if isinstance(node, Image | Formula):
                yield node


def _blocks(part: "Part") -> "Iterator[Block | Inline]":
    match part:
        case Heading():
            yield from part.words
        case Said() | Fine() | Poster():
            yield from part.blocks
        case Choice():
            for answer in part.answers:
                yield from answer.blocks
        case Sheet():
            for row in (part.head, *part.rows):
                for cell in row:
                    yield from cell.blocks
        case Label() | Fill() | Figure():
            pass
        case _:
            yield part
