"""Every document of a selection."""

from collections.abc import Iterator

from ...print.pages.base import Selection
from . import exam, handouts, outline, scripts
from .base import Page, shared


def pages(selection: Selection) -> Iterator[Page]:
    """Every document of a selection."""
    own = shared(selection.course)
    for room in (outline, handouts, scripts, exam):
        yield from room.pages(own, selection)
