"""A page that names the modules."""

from collections.abc import Iterator

from ....frozen import dataclass
from ....text import Tree, to_tree
from ...pagedata import Shown
from ...typeset import Document
from .base import Selection


@dataclass(frozen=True, slots=True)
class Roll(Shown):
    """The titles of the modules."""

    modules: tuple[Tree, ...]


def data(selection: Selection) -> Roll:
    """The titles, in order."""
    return Roll(tuple(to_tree(module.title) for module in selection.modules))


def documents(_: Selection) -> Iterator[Document]:
    """One page."""
    yield Document("roll.pdf")
