"""How the tests of the printed side read a PDF."""

from typing import NamedTuple

import pymupdf

MM = 72 / 25.4


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
