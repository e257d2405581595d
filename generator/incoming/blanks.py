"""Blanks that never break a line, in what comes from Anki. Its editor puts one wherever somebody types two blanks, or one at an
end; so only those are somebody's own that stand where typography has them.
"""

import re

from ..late import late
from ..text.html import UNIT

NBSP = late("\u00a0|&nbsp;|&#160;|&#xa0;", re.IGNORECASE)
# Alone before ? ! : ; » and signs of units, behind « and §, between a number and its unit or its next digits, and behind “p.”
# and the like.
BOUND = late(
    "(?:(?<=[^\\s>])\u00a0(?=[?!:;»%‰€£$¥°])|(?<=[«§])\u00a0(?=\\S)"
    f"|(?<=\\d)\u00a0(?=\\d|{UNIT}|(?:[A-Z]{{3}}|Uhr|Mio|Mrd)\\b)"
    "|(?<=\\b[^\\W\\d_]\\.)\u00a0(?=\\d)|(?<=\\b[^\\W\\d_]{2}\\.)\u00a0(?=\\d))|(\u00a0)"
)
# A tag around some of the words of a line, which stand beside what is around it.
AROUND = late(
    r"(<(?!/?(?:br|div|p|h[1-6]|hr|img|[uo]l|li|table|tbody|t[rhd]|blockquote|pre)\b)/?[A-Za-z][^<>]*>)"
)


def as_typed(html: str) -> str:
    """HTML in which such blanks are plain ones but where typography binds what stands around them."""
    pieces = AROUND.split(NBSP.sub("\u00a0", html))  # words and tags in turn
    words = BOUND.sub(lambda found: " " if found[1] else "\u00a0", "".join(pieces[::2]))
    at = 0
    for number, piece in enumerate(pieces):
        if number % 2:
            pieces[number] = piece.replace("\u00a0", " ")
        else:
            pieces[number] = words[at : at + len(piece)]
            at += len(piece)
    return "".join(pieces)
