"""A page that shows how far a printer sets the back of a sheet beside its front."""

from collections.abc import Iterator

from ...pagedata import Shown
from ...typesetter import Document
from .base import Selection

KINDS = ("cards", "cards-calibration")


def data(_: Selection) -> Shown:
    """Nothing but what every page needs."""
    return Shown()


def documents(selection: Selection) -> Iterator[Document]:
    """One, which stands beside the cards to cut out; its back is moved like theirs."""
    across, down = selection.offset
    yield Document("cards-calibration.pdf", f"page.make(dx: {across:f}mm, dy: {down:f}mm)")
