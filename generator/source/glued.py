"""Within double quotes, YAML joins two lines at a backslash without a blank. An author may have meant a break."""

import itertools
from collections.abc import Sequence

from ..problems import Problem, Span
from ..text import scripts
from ..text.late import late

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
