"""The data of pages as the texts and rows that it is, and texts put together."""

from collections.abc import Iterable, Sequence
from typing import cast

from ....text import Tree, formula
from ....text.tree import Block, Formula, Inline, List, Paragraph, plain
from ...pagedata import Data


def tree(value: object) -> Tree:
    """A text."""
    return cast("Tree", value)


def trees(value: object) -> Sequence[Tree]:
    """Several texts."""
    return cast("Sequence[Tree]", value)


def rows(value: object) -> Sequence[Data]:
    """Several records."""
    return cast("Sequence[Data]", value)


def title(data: Data) -> str:
    """The title of a record in plain words."""
    return plain(tree(data["title"]), tex=formula.in_line)


def inline(given: Tree) -> tuple[Inline, ...]:
    """A text in the line of another."""
    found: list[Inline] = []
    for block in given.blocks:
        match block:
            case Paragraph():
                own = block.children
            case Formula():
                own = (block,)
            case _:
                own = (plain(Tree((block,))),)
        found += [*([" "] if found else []), *own]
    return tuple(found)


def joined(given: Iterable[Tree], between: str) -> tuple[Inline, ...]:
    """Texts in one line."""
    found: list[Inline] = []
    for each in given:
        found += [*([between] if found else []), *inline(each)]
    return tuple(found)


def text(*nodes: Inline) -> Tree:
    """A text of one paragraph."""
    return Tree((Paragraph(nodes),))


def listed(given: Sequence[Tree]) -> Block:
    """Texts as a list with bullets."""
    return List(tuple(each.blocks for each in given))
