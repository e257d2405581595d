"""Backslashes in double quotes of which YAML makes signs that nobody wrote: `"$\\times$"` becomes a tab and “imes”."""

import re
from collections.abc import Sequence

from ..problems import Problem, Span
from ..text.late import late

# What YAML makes of a letter behind a backslash, apart from ends of lines, which JSON writes so, and from tabs.
MADE = {
    "0": "\0",
    "a": "\a",
    "b": "\b",
    "e": "\x1b",
    "f": "\f",
    "r": "\r",
    "t": "\t",
    "v": "\v",
    "N": "\x85",
    "_": "\xa0",
    "L": "\u2028",
    "P": "\u2029",
}
# A tab or the end of a line may be meant, in code or in JSON: so a tab is told in place of a command of TeX, in a formula and where
# a text begins, an end of a line behind the letter of a drive.
TEX = (
    r"t(?:imes|ext(?:bf|it|rm|sf|tt|style|color)?|au|o|h(?:eta|erefore)|anh?|ilde|frac|op|riangle\w*)(?![a-z])"
    r"|t(?=[a-zA-Z][^$\n]{0,80}\$)"
)
ESCAPED = late(rf"\\(?:({TEX}|[0abefvN_LP]|r(?!\\n)|(?<=\b[A-Z]:\\)n(?=\w))|.)", re.DOTALL)
FIRST = late(r"(?:[ \n]|\\[nt ])*\\(t)(?=\S)")
HINT = "write the text in single quotes or as a block (“>-”), where a backslash stays one; or double it"
NAMES = {"t": "a tab", "r": "an end of a line", "n": "an end of a line", "_": "a no-break space"}


def misread(
    path: str, lines: Sequence[str], begin: tuple[int, int], end: tuple[int, int]
) -> Problem | None:
    """What is wrong with the first such backslash in a text in double quotes, which stands between two places: each the line and
    the column, counted from 0.
    """
    inner = [*lines[begin[0] : end[0] + 1]]
    inner[-1] = inner[-1][: end[1] - 1]
    inner[0] = " " * (begin[1] + 1) + inner[0][begin[1] + 1 :]
    raw = "\n".join(inner)
    place = FIRST.match(raw) or next((each for each in ESCAPED.finditer(raw) if each[1]), None)
    if place is None:
        return None
    at, letter = place.start(1) - 1, place[1][0]
    before = raw[:at]
    line, column = before.count("\n"), at - (before.rfind("\n") + 1)
    made = NAMES.get(letter, "a sign that nobody can see")
    message = f"in double quotes, YAML makes {made} of “\\{letter}”"
    span = Span(path, begin[0] + line + 1, column + 1, column + 3)
    return Problem(span, "yaml-escape", message, HINT)


def meant(value: str) -> str:
    """What was read of such a text with letters in place of what YAML made of them, so that nothing else is told of that."""
    for letter, made in MADE.items():
        value = value.replace(made, letter)
    return value
