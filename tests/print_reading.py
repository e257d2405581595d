"""How the tests of the printed side read a PDF."""

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


def text(data):
    """All the text, on one line, without soft hyphens at the ends of lines."""
    whole = " ".join(page.get_text() for page in opened(data))
    return " ".join(whole.replace("\u00ad\n", "").replace("\u200b", "").split())


def squeezed(words):
    """Without blanks: a reader sees some where letters stand apart, as in “3 5”."""
    return "".join(words.split())
