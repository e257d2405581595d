"""What a text says, as nodes: the one form between an author's Markdown and all that is shown.

A text has blocks: paragraphs, lists, tables, quotations, code and formulas. In a paragraph stand runs of words, which are
plain strings, and the records that `Inline` names.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Literal, TypeAlias, assert_never

from ..frozen import dataclass
from ..late import late

# What a link may lead to.
ADDRESS = late(r"(?:https?://[^\s/]|mailto:[^\s@]+@)\S{0,2000}", re.IGNORECASE)
# A letter of the phonetic alphabet, to mark what is a word of code or of a formula, and the signs that it marks in one.
MARK = "\u0277"
ODD = late("[^a-z0-9]")

Holder: TypeAlias = "Emphasis | Strong | Struck | Raised | Lowered | Link | Foreign"
Inline: TypeAlias = "str | Code | Ruby | Break | Holder | Formula | Image | Audio"
Block: TypeAlias = "Paragraph | List | Table | Quote | Listing | Formula"
Row: TypeAlias = "tuple[tuple[Inline, ...], ...]"  # the cells of one


@dataclass(frozen=True, slots=True)
class Tree:
    """A whole text. An empty one has no blocks."""

    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. A `tight` one is shown without tags and space of its own: it is all of its text, or it stands in a
    list that has no blank lines.
    """

    children: tuple[Inline, ...]
    tight: bool = False


@dataclass(frozen=True, slots=True)
class List:
    """A list, each item with its blocks. `start` is the number of the first item; None in a list without numbers. `form` says how
    it is written: `1`, `A`, `a`, `I` or `i`, and only where an author has written it into the items, `(a)`.
    """

    items: tuple[tuple[Block, ...], ...]
    start: int | None = None
    form: Literal["1", "A", "a", "I", "i", "(a)"] = "1"

    def mark(self, place: int) -> str:
        """What stands before the item at this place, counted from 0; empty in a list without numbers."""
        if self.start is None:
            return ""
        number = self.start + place
        if self.form == "(a)":
            return f"({letters(number)})"
        made = letters(number) if self.form in "Aa" else _roman(number) if self.form in "Ii" else ""
        return f"{made.upper() if self.form.isupper() else made}." if made else f"{number}."


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its head, which may be empty, and rows of as many cells. `sides` says for each column where its words stand; "" is
    the default.
    """

    head: Row
    rows: tuple[Row, ...]
    sides: tuple[Literal["", "left", "center", "right"], ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation that stands by itself."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A block of code, its lines kept as they are. `language` is what the author named, or empty."""

    code: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula in TeX. A `display` one stands on a line of its own; of a `kept` one, which came from Anki, nobody knows whether it
    can be drawn, or fits a line.
    """

    tex: str
    display: bool = False
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Code:
    """Words in a monospaced font."""

    words: str


@dataclass(frozen=True, slots=True)
class Break:
    """A line break that the author asked for."""


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Words in italics."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Strong:
    """Words in bold."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Struck:
    """Words that are struck through."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Raised:
    """Words above the line, in small letters."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Lowered:
    """Words below the line, in small letters."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to an address. A browser shows `title` when the pointer rests on it."""

    children: tuple[Inline, ...]
    address: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Ruby:
    """Words with their reading above them in small letters."""

    words: str
    reading: str


@dataclass(frozen=True, slots=True)
class Foreign:
    """Words in another language, by its tag; `spoken` ones are also read out by the voice of the learner's device."""

    children: tuple[Inline, ...]
    language: str
    spoken: bool = False


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of the course, by its file's name. `alternative` says in words what it shows."""

    alternative: str
    file: str


@dataclass(frozen=True, slots=True)
class Audio:
    """A sound of the course, by its file's name. `alternative` says in words what is heard. Words of a note from Anki that a device
    speaks have a `voice`, and stand in place of the file.
    """

    alternative: str
    file: str
    voice: str = ""


def plain(
    tree: Tree,
    source: Callable[[str], str] = str,
    without: tuple[type, ...] = (),
    tex: Callable[[str], str] | None = None,
) -> str:
    """The words alone, with single spaces between them, without readings. A formula is its TeX, a picture or sound its
    alternative text. `source` says how TeX and code are written, and `tex`, if given, how TeX is; nodes of the types `without`
    are left out.
    """
    return " ".join("".join(_said(tree.blocks, source, without, tex or source)).split())


def one_word(source: str) -> str:
    """TeX or code as one word of letters and digits: the same for the same source, whatever its blanks, and unlike every word of
    prose. A number, and a name of several letters, is the word that it is in prose.
    """
    signs = "".join(source.split())
    if signs.isdigit() or (len(signs) > 1 and signs.isalpha()):
        return signs
    return f"{MARK}{ODD.sub(_numbered, signs)}{MARK}" if signs else ""


def _numbered(found: re.Match[str]) -> str:
    return f"{MARK}{ord(found[0]):x}{MARK}"


def _said(  # noqa: C901, PLR0912 - a case for each
    nodes: "Iterable[Block | Inline]",
    source: Callable[[str], str],
    without: tuple[type, ...],
    tex: Callable[[str], str],
) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, without):
            yield " "
            continue
        match node:
            case str():
                yield node
            case Code():
                yield source(node.words)
            case Ruby():
                yield node.words
            case Image() | Audio():
                yield node.alternative
            case Break():
                yield " "
            case Emphasis() | Strong() | Struck() | Raised() | Lowered() | Link() | Foreign():
                yield from _said(node.children, source, without, tex)
            case Formula():
                yield f" {tex(node.tex)} " if node.display else tex(node.tex)
            case Paragraph():
                yield from _said(node.children, source, without, tex)
                yield " "
            case List():
                for item in node.items:
                    yield from _said(item, source, without, tex)
            case Table():
                for row in (node.head, *node.rows):
                    for cell in row:
                        yield from _said(cell, source, without, tex)
                        yield " "
            case Quote():
                yield from _said(node.blocks, source, without, tex)
            case Listing():
                yield f"{source(node.code)} "
            case _:
                assert_never(node)


def letters(number: int) -> str:
    """A number as lists count with letters: a to z, then aa; empty below 1."""
    made = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        made = chr(ord("a") + rest) + made
    return made


FORMS: tuple[Literal["A", "a", "(a)"], ...] = ("A", "a", "(a)")


def lettered(given: List) -> List:
    """A list whose items the author has lettered, A., B. or (a), (b), as one with these letters: else each item had two signs."""
    for form in FORMS if given.start is None and len(given.items) > 1 else ():
        made = replace(given, start=1, form=form)
        items = [_without(item, f"{made.mark(at)} ") for at, item in enumerate(given.items)]
        if all(items):
            return replace(made, items=tuple(items))
    return given


def _without(item: tuple[Block, ...], sign: str) -> tuple[Block, ...]:
    """An item without the sign that it begins with; empty where it begins with another one."""
    match item:
        case (Paragraph(children=(str(words), *others)) as first, *rest) if words.startswith(sign):
            return (replace(first, children=(words[len(sign) :], *others)), *rest)
    return ()


ROMAN = [(1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")]
ROMAN += [(40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")]


def _roman(number: int) -> str:
    """A number in Roman letters; empty where there are none for it."""
    made = ""
    for value, letters in ROMAN if 0 < number < 4000 else ():
        made += letters * (number // value)
        number %= value
    return made


def paragraphs_of(blocks: "Iterable[Block]") -> Iterator[Paragraph]:
    """Every paragraph of some blocks, in order; each cell of a table is one."""
    for block in blocks:
        match block:
            case Paragraph():
                yield block
            case List():
                for item in block.items:
                    yield from paragraphs_of(item)
            case Quote():
                yield from paragraphs_of(block.blocks)
            case Table():
                yield from (Paragraph(cell) for row in (block.head, *block.rows) for cell in row)
            case _:
                pass


def inlines(nodes: "Iterable[Block | Inline]") -> Iterator[Inline]:
    """Every inline node of some blocks, in order; those that hold others before them."""
    for node in nodes:
        match node:
            case str() | Code() | Ruby() | Break() | Formula() | Image() | Audio():
                yield node
            case Emphasis() | Strong() | Struck() | Raised() | Lowered() | Link() | Foreign():
                yield node
                yield from inlines(node.children)
            case Paragraph():
                yield from inlines(node.children)
            case List():
                for item in node.items:
                    yield from inlines(item)
            case Table():
                for row in (node.head, *node.rows):
                    for cell in row:
                        yield from inlines(cell)
            case Quote():
                yield from inlines(node.blocks)
            case Listing():
                pass
            case _:
                assert_never(node)
