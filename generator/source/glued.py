"""Lines that YAML joins otherwise than an author may have meant: within double quotes two lines at a backslash, without a blank;
in all but a block that begins with | those around one empty line, which makes no paragraph there, those of code and of a list.
"""

import itertools
import re
from collections import Counter
from collections.abc import Sequence

from ..late import late
from ..problems import Problem, Span, sign
from ..text import alike, scripts, verses

# A line up to its backslash, and what follows: neither side has a blank, or a line's end in signs (`\\n\\`).
GLUED = late(r"((?:\\[^\n]|[^\\\n])*(?:\\[^nt \n]|[^\s\\]))\\\n[ \t]*(?!\\[nt ]|[\s\"])")
ESCAPED = late(
    r"\\(?:x\w\w|u\w{4}|U\w{8}|[\"\\/])$"
)  # behind which programs break lines in mid-word
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
        if found and not WIDE.search(both) and not ESCAPED.search(found[1]):
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
    r"^(?![ \t]|`{3}|~{3})[^\n]*[^\\\s][ \t]*\n(?![ \t]|[-+*>][ ]|[0-9]{1,9}[.)][ ]|[|>]|`{3}|~{3}|\$\$|!\[)(?P<below>[^\n]+)",
    re.MULTILINE,
)
WITHIN = {
    ">": "in a block that begins with >",
    "'": "between quotation marks",
    '"': "between quotation marks",
}


# A line before or after code, and the code between two of them where they stand as they should.
FENCE = late(
    r"^[ \t]*[\"']?[ ]*((?:`{3,}|~{3,})[ ]*[\w+#.-]*(?: cloze)?)[ ]*[\"']?[ \t]*$", re.MULTILINE
)
FENCED = late(r"^(`{3,}|~{3,}|\$\$(?=\n))[^`\n]*\n.*?^\1", re.MULTILINE | re.DOTALL)
# Not “- as they say - and so on”.
ITEM = late(r"(?:[-*•](?! .* - )|(?P<number>[0-9]{1,2})[.)]) \S")
FEW = 8  # characters of a line by which its end is found again
BLOCK = "write the text in a block that begins with |"


def joined(span: Span, style: str | None, value: str, raw: str) -> Problem | None:
    """What is wrong with the lines of a text that does not begin with |. `raw` is how it is written."""
    return (
        _without_code(span, style, value, raw)
        or _without_items(span, style, value, raw)
        or _parted(span, style, value, raw)
        or _torn(span, value, raw)
    )


def _without_code(span: Span, style: str | None, value: str, raw: str) -> Problem | None:
    """What is wrong with code whose first or last line runs into the one beside it: the first one takes a line of code along, as
    if that were a part of the language's name, or all of it stands in one line.
    """
    if "```" not in value and "~~~" not in value:
        return None
    alone = Counter(found[1] for found in FENCE.finditer(value))
    for fence in (found[1] for found in FENCE.finditer(raw)):
        alone[fence] -= 1
        if alone[fence] >= 0:
            continue
        for found in re.finditer(rf"(?<![`~]){re.escape(fence)}(?![\w`~])", value):
            begin, end = found.span()
            before = value[value.rfind("\n", 0, begin) + 1 : begin]
            if before.strip() or value[end : end + 1].strip("\n"):
                message = f"{_where(style)}, YAML joins “{fence}” and the line beside it, and no code stands by itself"
                return Problem(span, "not-read", message, BLOCK, sign(value, begin, end))
    return None


def _without_items(span: Span, style: str | None, value: str, raw: str) -> Problem | None:
    """What is wrong with the items of a list that run on in one line. They follow one another at once, or the line above the
    second had room for its first word.
    """
    lines = [line.strip() for line in raw.split("\n")]
    if style in ("'", '"'):
        lines[0], lines[-1] = lines[0][1:], lines[-1][:-1]
    widest = max(map(verses.width, lines))
    items = [(at, found) for at, line in enumerate(lines) if (found := ITEM.match(line))]
    for (above, one), (below, other) in itertools.pairwise(items):
        before, line = lines[below - 1], lines[below]
        if not _follows(one, other) or not all(lines[above:below]):
            continue
        if below > above + 1 and not verses.short(before, line, widest):
            continue
        if one["number"] and not _led_in(lines[above - 1] if above else "", lines[above], widest):
            continue  # “the 1. of May”
        seen = value.find(f"{before[-FEW:]} {line[:FEW]}")
        begin = seen + len(before[-FEW:]) + 1
        if seen >= 0 and not any(value.count(mark, 0, begin) % 2 for mark in "`$"):
            words = line[:40].rstrip()
            message = f"{_where(style)}, no list is read: learners see “{words}” run on behind the line above it"
            place = sign(value, begin, begin + len(line[:FEW]))
            return Problem(span, "joined-lines", message, BLOCK, place)
    return None


def _follows(one: re.Match[str], other: re.Match[str]) -> bool:
    """Whether an item of a list has the mark that may follow that of another."""
    if one["number"] and other["number"]:
        return int(other["number"]) == int(one["number"]) + 1
    return one[0][0] == other[0][0]


def _led_in(line: str, item: str, widest: int) -> bool:
    """Whether a number behind a line begins an item, and none of its words was wrapped there."""
    ended = verses.PAUSED.search(line) or line[:1] == ">"
    return not line or bool(ended) or verses.short(line, item, widest)


def _where(style: str | None) -> str:
    return WITHIN.get(style or "", "in a text that begins without |")


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
    if "```" in value or "~~~" in value or "$$\n" in value:
        value = FENCED.sub(lambda code: "`" * len(code[0]), value)
    found = ONE_EMPTY.search(value)
    if not found:
        return None
    below = found["below"][:40].rstrip()
    return Problem(
        span,
        "joined-lines",
        f"{_where(style)}, one empty line makes no paragraph: learners see “{below}” run on behind the line above it",
        f"{BLOCK}, or leave two lines empty",
        sign(value, found.start("below"), found.start("below") + len(below)),
    )
