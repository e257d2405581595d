"""Blanks that never break a line, in what comes from Anki. Its editor puts one wherever somebody types two blanks, or one at an
end; so only those are somebody's own that stand where typography has them.
"""

import re

NBSP = re.compile("\u00a0|&nbsp;|&#160;|&#xa0;", re.IGNORECASE)
# Alone before ? ! : ; » and signs of units, behind « and §, between a number and its unit, and behind “p.” and the like.
BOUND = re.compile(
    "(?:(?<=\\S)\u00a0(?=[?!:;»%‰€£$¥°])|(?<=[«§])\u00a0(?=\\S)|(?<=\\d)\u00a0(?=\\w)"
    "|(?<=\\b[^\\W\\d_]\\.)\u00a0(?=\\d)|(?<=\\b[^\\W\\d_]{2}\\.)\u00a0(?=\\d))|(\u00a0)"
)


def as_typed(html: str) -> str:
    """HTML in which such blanks are plain ones but where typography binds what stands around them."""
    return BOUND.sub(lambda found: " " if found[1] else "\u00a0", NBSP.sub("\u00a0", html))
