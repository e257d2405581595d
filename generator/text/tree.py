"""What a text says, as nodes: the one form between an author's Markdown and all that is shown.

A text has blocks: paragraphs and lists. In a paragraph stand runs of words, which are plain strings, and the records
that `Inline` names.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias, assert_never

Inline: TypeAlias = "str | Code | Break | Emphasis | Strong | Link"
Block: TypeAlias = "Paragraph | List"


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
    """A list, each item with its blocks. `start` is the number of the first item; None in a list without numbers."""

    items: tuple[tuple[Block, ...], ...]
    start: int | None = None


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
class Link:
    """Words that lead to an address. A browser shows `title` when the pointer rests on it."""

    children: tuple[Inline, ...]
    address: str
    title: str = ""


def plain(tree: Tree) -> str:
    """The words alone, with single spaces between them."""
    return " ".join("".join(_said(tree.blocks)).split())


def _said(nodes: "Iterable[Block | Inline]") -> Iterator[str]:
    for node in nodes:
        match node:
            case str():
                yield node
            case Code():
                yield node.words
            case Break():
                yield " "
            case Emphasis() | Strong() | Link():
                yield from _said(node.children)
            case Paragraph():
                yield from _said(node.children)
                yield " "
            case List():
                for item in node.items:
                    yield from _said(item)
            case _:
                assert_never(node)
