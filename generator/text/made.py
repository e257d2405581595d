"""Texts made of other texts, such as the question of a pair. Each is read by itself and their trees are put together, so that no
sign of one means anything beside another: `- 5 °C` is no list in a list, and stars need no letter to make `C++` strong.
"""

import functools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Self

from ..problems import Span
from ..texts import NOWHERE, Line, Text
from .tree import Block, Inline, List, Paragraph, Strong, Tree


class Made(Text):
    """A text made of its `parts`, whose trees `joined` makes one. As a string it is about what an author would write for it,
    which says how much room it takes, and no more.
    """

    __slots__ = ("joined", "parts")
    parts: tuple[Text, ...]
    joined: Callable[[Sequence[Tree]], Tree]

    @classmethod
    def of(
        cls, value: str, span: Span, parts: Sequence[Text], joined: Callable[[Sequence[Tree]], Tree]
    ) -> Self:
        """Make one."""
        text = cls(value, span)
        text.parts, text.joined = tuple(parts), joined
        return text


def strong(line: Line) -> Made:
    """A line in bold."""
    return Made.of(f"**{line}**" if line else "", line.span, (line,), _strong)


def beside(span: Span, *lines: Text) -> Made:
    """Lines as one, with a blank between them; empty ones are left out."""
    there = tuple(filter(None, lines))
    return Made.of(" ".join(there), span, there, _beside)


def under(span: Span, *texts: Text) -> Made:
    """Texts under each other; empty ones are left out."""
    there = tuple(filter(None, texts))
    return Made.of("\n\n".join(there), span, there, _under)


def listed(lines: Sequence[Text], start: int | None = None) -> Made:
    """Lines as the items of a list, numbered from `start` where there is one."""
    marks = ("-" if start is None else f"{start + n}." for n in range(len(lines)))
    value = "\n".join(f"{mark} {line}" for mark, line in zip(marks, lines, strict=True))
    return Made.of(value, NOWHERE, lines, functools.partial(_listed, start))


def pieces(text: Text) -> Iterator[Text]:
    """What a text is made of in the end: texts that an author wrote."""
    if not isinstance(text, Made):
        yield text
        return
    for part in text.parts:
        yield from pieces(part)


def _strong(trees: Sequence[Tree]) -> Tree:
    return Tree((Paragraph((Strong(_children(trees[0])),), tight=True),))


def _beside(trees: Sequence[Tree]) -> Tree:
    children: tuple[Inline, ...] = ()
    for tree in trees:
        children += ((" ",) if children else ()) + _children(tree)
    return Tree((Paragraph(children, tight=True),))


def _under(trees: Sequence[Tree]) -> Tree:
    if len(trees) == 1:
        return trees[0]
    return Tree(tuple(_loose(block) for tree in trees for block in tree.blocks))


def _loose(block: Block) -> Block:
    return replace(block, tight=False) if isinstance(block, Paragraph) else block


def _listed(start: int | None, trees: Sequence[Tree]) -> Tree:
    return Tree((List(tuple(tree.blocks for tree in trees), start),))


def _children(tree: Tree) -> tuple[Inline, ...]:
    """What a line holds: one paragraph, or nothing."""
    return tuple(
        node for block in tree.blocks if isinstance(block, Paragraph) for node in block.children
    )
