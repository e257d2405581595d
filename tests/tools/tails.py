"""How much of a PDF's pages is left empty at their ends: `tails.py PDF [PDF …]`.

A page's tail is what is empty between the last thing on it and the end of the text area, which is as high as Letter's less
the margins of the forms: foot and head do not count. Prints the pages with a tail of a tenth or more, and of all pages the
share that is empty; exits with 1 where that is over 8 %, or a page but the last is two thirds empty.
"""

import sys
from pathlib import Path

import pymupdf

MM = 72 / 25.4
LETTER = 279.4 * MM  # all pages are laid out so that they fit it
ABOVE, BELOW = 22 * MM, 21 * MM
MOST, MOST_OF_A_PAGE = 0.08, 2 / 3


def tails(pdf: bytes) -> list[float]:
    """The empty end of each page, as a share of the height of its text area."""
    return [_tail(page) for page in pymupdf.open("pdf", pdf)]


def _tail(page: pymupdf.Page) -> float:
    spare = (page.rect.height - LETTER) / 2
    top, bottom = spare + ABOVE, page.rect.height - spare - BELOW
    boxes = [pymupdf.Rect(block[:4]) for block in page.get_text("blocks")]
    boxes += [pymupdf.Rect(drawing["rect"]) for drawing in page.get_drawings()]
    boxes += [pymupdf.Rect(image["bbox"]) for image in page.get_image_info()]
    ends = [box.y1 for box in boxes if box.y1 > top and box.y0 < bottom]
    return max(0.0, bottom - max(ends, default=top)) / (bottom - top)


def main(paths: list[str]) -> int:
    """Say it of each PDF."""
    wrong = False
    for path in paths:
        found = tails(Path(path).read_bytes())
        share = sum(found) / len(found)
        wrong |= share > MOST or max(found[:-1], default=0) > MOST_OF_A_PAGE
        print(f"{path}: {len(found)} pages, {100 * share:.1f} % empty")
        long = [f"{at} {100 * tail:.0f} %" for at, tail in enumerate(found, 1) if tail >= 0.1]
        print("  " + (", ".join(long) or "no tail of a tenth"))
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
