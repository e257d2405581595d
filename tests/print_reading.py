"""How the tests of the printed side read a PDF."""

from typing import NamedTuple

import pymupdf
from conftest import THOROUGH

MM = 72 / 25.4


def of_each_form(made):
    """All PDFs with THOROUGH=1, and without it one of each form, on A4: where Letter has its words, a test says of itself."""
    if THOROUGH:
        return made
    here = [path for path in made if "/a4/" in path]
    return {path: made[path] for path in {_form(path): path for path in reversed(here)}.values()}


def _form(path):
    """The folder of a form that has a PDF for each module, or the path of the one that it has."""
    return path.rpartition("/")[0] if path.count("/") > 2 else path


def opened(data):
    """A PDF to look into."""
    return pymupdf.open("pdf", data)


def spans(page):
    """Every piece of text of one style on a page: words, box (down to the base line), size, direction."""
    for block in page.get_text("dict")["blocks"]:
        for line in block.get("lines", ()):
            for span in line["spans"]:
                x0, y0, x1, _ = span["bbox"]
                yield (
                    " ".join(span["text"].split()),
                    (x0, y0, x1, span["origin"][1]),
                    span["size"],
                    line["dir"],
                )


class Letter(NamedTuple):
    """A character on a page: its font, the left and right of its box, and the line it stands on."""

    sign: str
    font: str
    x: float
    right: float
    y: float


def characters(page):
    """Every character of a page, in the order of its text."""
    for block in page.get_text("rawdict")["blocks"]:
        for line in block.get("lines", ()):
            for span in line["spans"]:
                for each in span["chars"]:
                    x0, _, x1, _ = each["bbox"]
                    yield Letter(each["c"], span["font"], x0, x1, each["origin"][1])


def text(data):
    """All the text, on one line, without soft hyphens at the ends of lines."""
    whole = " ".join(page.get_text() for page in opened(data))
    return " ".join(whole.replace("\u00ad\n", "").replace("\u200b", "").split())


def squeezed(words):
    """Without blanks, which a reader sees where letters stand apart, as in “3 5”, and without marks where code was broken."""
    return "".join(words.replace("↪", "").split())
