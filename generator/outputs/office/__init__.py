"""Documents for a word processor, which teachers adapt: outline, sheets, scripts, tests with their keys, as `.docx`.

What stands in them is the data of the printed pages (`pages/`). Those that are not there already are made by `word.py`, which
takes a moment to be imported.
"""

import functools
import hashlib
import importlib.metadata
from collections.abc import Mapping, Sequence

from ...cache import Kept
from ...model import Course
from ...notes import Note
from ...text.tree import Formula
from .. import breaks, pdf, typeset
from ..pagedata import base
from .pages.all import pages
from .pages.base import Page
from .parts import Picture

NAME = "docx"  # what asks for them by name


def documents(
    course: Course,
    notes: Sequence[Note],
    choice: pdf.Choice = pdf.Choice(),  # noqa: B008 - it is frozen
    cache: Kept | None = None,
) -> dict[str, bytes]:
    """Every document of a selection by its path, such as `print/docx/test-a.docx`. What `cache` has by path and key is not made
    again, and what is made is put there.
    """
    kept: Kept = {} if cache is None else cache
    made = {}
    for page in pages(pdf.selected(course, notes, choice)):
        drawn = _drawn(course, page)
        place = f"print/docx/{page.path}", _key(page, drawn)
        if place not in kept:
            kept[place] = _written(page, drawn)
        made[place[0]] = kept[place]
    return made


FINE = 600  # dots an inch, for formulas, whose letters may be made larger
USUAL = 200


def asked(course: Course, notes: Sequence[Note], choice: pdf.Choice) -> list[Page]:
    """What stands in the documents, where a choice names them."""
    return [*pages(pdf.selected(course, notes, choice))] if NAME in choice.only else []


def _drawn(course: Course, page: Page) -> dict[str | Formula, str]:
    """What Typst draws each picture of a document from, by its name there."""
    if not page.drawn:
        return {}
    shared = base(course)
    usual = breaks.page(shared, direction=shared.direction)
    return {
        name: typeset.as_json(
            usual
            | {
                "pictures": breaks.for_typst({drawn.shown.name: drawn.drawing}),
                "shown": breaks.for_typst(drawn.shown),
                "width": drawn.width,
            }
        )
        for name, drawn in page.drawn.items()
    }


def _key(page: Page, drawn: Mapping[str | Formula, str]) -> str:
    """A digest of everything that a document is made from."""
    parts = (repr(page.document), repr(drawn), typeset.tools(), _library())
    return hashlib.sha256("\0".join(parts).encode(errors="surrogatepass")).hexdigest()


@functools.cache
def _library() -> str:
    return importlib.metadata.version("python-docx")


def _written(page: Page, drawn: Mapping[str | Formula, str]) -> bytes:
    from ..typesetter import png
    from .word import written

    pictures = {}
    for name, data in drawn.items():
        own = page.drawn[name]
        made = png(data, FINE if isinstance(name, Formula) else USUAL)
        pictures[name] = Picture(made, own.width, own.told, own.depth)
    return written(page.document, pictures)
