"""A page that shows how far a printer feeds askew."""

from collections.abc import Iterator

from ...pagedata import Data
from ...typeset import Document
from .base import Selection


def data(_: Selection) -> Data:
    """Nothing but what every page needs."""
    return {}


def documents(_: Selection) -> Iterator[Document]:
    """It goes with the cards to cut out."""
    yield Document("cards-calibration.pdf")
