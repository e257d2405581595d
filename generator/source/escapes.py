"""Backslashes in double quotes of which YAML makes signs that nobody wrote: `"$a \\times b$"` becomes a tab and “imes”."""

import re

from ..late import late
from ..problems import Problem, Span

# What YAML makes of a letter behind a backslash, apart from ends of lines, which JSON writes so.
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
ESCAPE = late(r"\\(.)", re.DOTALL)
DRIVE = late(r"(?:^|\W)[A-Za-z]:$")  # before the first backslash of a path on Windows
TEX = late(
    r"t(?:imes|ext(?:bf|it|rm|sf|tt|style|color)?|au|o|h(?:eta|erefore)|anh?|ilde|frac|op|riangle\w*)(?![a-z])"
)
HINT = "write the text in single quotes or as a block (“>-”), where a backslash stays one; or double it"
NAMES = {"t": "a tab", "r": "an end of a line", "n": "an end of a line", "_": "a no-break space"}


def misread(path: str, quoted: str, line: int, column: int) -> Problem | None:
    """What is wrong with the first such backslash in a text with its double quotes, as it stands in its file from this line and
    column on, counted from 0.
    """
    raw = quoted[1:-1]
    found = next((each for each in ESCAPE.finditer(raw) if _astray(raw, each)), None)
    if found is None:
        return None
    at, letter = found.start(), found[1]
    above, begins = raw.count("\n", 0, at), raw.rfind("\n", 0, at) + 1
    here = at - begins + (0 if above else column + 1)
    made = NAMES.get(letter, "a sign that nobody can see")
    message = f"in double quotes, YAML makes {made} of “\\{letter}”"
    span = Span(path, line + above + 1, here + 1, here + 3)
    return Problem(span, "yaml-escape", message, HINT)


def _astray(raw: str, found: re.Match[str]) -> bool:
    """Whether YAML makes of this backslash what nobody can have meant. The end of a line may be meant, and in code a tab."""
    letter, at, behind = found[1], found.start(), raw[found.end() : found.end() + 1]
    if letter in "tn" and behind.isalnum() and DRIVE.search(raw[max(0, at - 3) : at]):
        return True
    if letter == "r":
        return raw[found.end() : found.end() + 2] != "\\n"  # as an end of a line of Windows
    if letter != "t":
        return letter in MADE
    before = raw[:at]
    if before.count("```") % 2:
        return False
    inline = before.count("`") % 2
    return bool(inline or not before.strip() or TEX.match(raw, at + 1))


def meant(value: str) -> str:
    """What was read of such a text with letters in place of what YAML made of them, so that nothing else is told of that."""
    for letter, made in MADE.items():
        value = value.replace(made, letter)
    return value
