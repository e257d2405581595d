"""Lines that YAML joins otherwise than an author may have meant: within double quotes two lines at a backslash, without a blank;
in all but a block that begins with | those around one empty line, which makes no paragraph there.
"""

import itertools
import re
from collections.abc import Sequence

from ..late import late
from ..problems import Problem, Span, sign
from ..text import alike, scripts

# A line up to its backslash, and what follows: neither side has a blank, or a line's end in signs (`\\n\\`).
GLUED = late(r"((?:\\[^\n]|[^\\\n])*(?:\\[^nt \n]|[^\s\\]))\\\n[ \t]*(?!\\[nt ]|[\s\"])")
WIDE = late(rf"[{scripts.WIDE}]\\\n[ \t]*[{scripts.WIDE}]")
HINT = "write the text in a block that begins with |, where a backslash ends a line; leave it out for a blank"


def glued(path: str, lines: Sequence[str], first: int, column: int, last: int) -> Problem | None:
    """What is wrong with the first line of a text in double quotes that is joined to the next one so. The text begins on the line
    `first`, behind the sign at `column`, and ends on the line `last`; both count from 0.
    """
    for number, (line, after) in enumerate(itertools.pairwise(lines[first : last + 1]), first):
        begins = column + 1 if number == first else len(line) - len(line.lstrip())
        both = f"{line[begins:]}\n{after}"
        found = GLUED.match(both)
        if found and not WIDE.search(both):
            words = found[1].split()[-1]
            message = (
                f"in double quotes, YAML joins “{words[-40:]}” and the next line without a blank"
            )
            span = Span(path, number + 1, len(line) - len(words), len(line) + 1)
            return Problem(span, "joined-lines", message, HINT)
    return None


# One end of a line in a text, as an empty line leaves it, between two lines that are not set in; a backslash before it makes the
# break that it is, and a mark behind it begins something of its own.
ONE_EMPTY = late(
    r"^(?![ \t])[^\n]*[^\\\s][ \t]*\n(?![ \t]|[-+*>][ ]|[0-9]{1,9}[.)][ ]|[|>]|`{3}|~{3}|\$\$|!\[)(?P<below>[^\n]+)",
    re.MULTILINE,
)
WITHIN = {
    ">": "in a block that begins with >",
    "'": "between quotation marks",
    '"': "between quotation marks",
}


def joined(span: Span, style: str | None, value: str, raw: str) -> Problem | None:
    """What is wrong with the lines of a text that does not begin with |. `raw` is how it is written."""
    return _parted(span, style, value, raw) or _torn(span, value, raw)


def _torn(span: Span, value: str, raw: str) -> Problem | None:
    """What is wrong with a word that is broken at the end of a line, where YAML puts a blank."""
    for found in alike.HALVES.finditer(raw) if "- " in value else ():
        words = f"{found['first']}- {found['second']}"
        at = value.find(words)
        if at >= 0 and not any(value.count(mark, 0, at) % 2 for mark in "`$"):
            place = sign(value, at, at + len(found["first"]) + 1)
            return Problem(span, "joined-lines", *alike.torn(found), place)
    return None


def _parted(span: Span, style: str | None, value: str, raw: str) -> Problem | None:
    """What is wrong with a text that has one empty line between two paragraphs, which become one. In double quotes, an end of a
    line that is written as a sign tells that its author knows.
    """
    if style == '"' and "\\n" in raw:
        return None
    found = ONE_EMPTY.search(value)
    if not found:
        return None
    below = found["below"][:40].rstrip()
    where = WITHIN.get(style or "", "in a text that begins without |")
    return Problem(
        span,
        "joined-lines",
        f"{where}, one empty line makes no paragraph: learners see “{below}” run on behind the line above it",
        "write the text in a block that begins with |, or leave two lines empty",
        sign(value, found.start("below"), found.start("below") + len(below)),
    )
