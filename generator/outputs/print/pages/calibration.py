"""A page that shows how far a printer sets the back of a sheet beside its front."""

from collections.abc import Iterator

from ...pagedata import Shown
from ...typesetter import Document
from .base import Selection


def data(_: Selection) -> Shown:
    """Nothing but what every page needs."""
    return Shown()


def documents(_: Selection) -> Iterator[Document]:
    """One, which stands beside the cards to cut out."""
    yield Document("cards-calibration.pdf")
