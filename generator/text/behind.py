"""What stands right behind a list, a quotation or a table: Markdown makes it a part of the last item, verse or row.

A line of an item or of a quotation that an editor has wrapped looks alike. It begins where a word had no room, while what was meant
to stand by itself follows a short line, a line that bears a mark of its own, or the end of a sentence.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..late import late
from ..texts import Text
from . import verses
from .markdown import held

ANY = late(r"\||^[ ]*(?:>|[-+*][ ]|[0-9]{1,9}[.)][ ])", re.MULTILINE)
MARKS = late(r"(?:[ ]*(?:>|(?:[-+*]|[0-9]{1,9}[.)])(?=[ ]|$)))*[ ]*")
ITEM = late(r"(?:[-+*]|[0-9]{1,9}[.)])[ ]*$")
ITEM_NEXT = late(r"[ >]*(?:[-+*]|[0-9]{1,9}[.)])[ ]")
QUOTING = late(r"[ >]*")
HINTS = {
    "list": "leave a line empty before it, and behind it where an item follows;"
    " where it belongs to the item, set it in as far as the item's words",
    "quotation": "leave a line empty before it; where it belongs to the quotation, begin it with “> ”",
    "table": "leave a line empty before it; where it is a row, write | between its cells",
}


class Behind(NamedTuple):
    """A line that was meant to stand behind something: from where to where it stands in the text, and behind what."""

    start: int
    end: int
    what: str


def behind(text: Text) -> Behind | None:
    """The first line of a text that becomes a part of what it stands right behind."""
    lines = text.split("\n") if ANY.search(text) else ()
    for number, what in _lines(text, lines):
        line = lines[number]
        end = sum(len(each) + 1 for each in lines[:number]) + len(line)
        return Behind(end - len(line.lstrip()), end, what)
    return None


def _lines(text: Text, lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    widest = max(map(verses.width, lines), default=0)
    for block in held(text) if lines else ():
        if block.table:  # its first two lines are its head and what stands under that
            rows = range(block.first + 2, block.last)
            yield from ((row, "table") for row in rows if "|" not in lines[row])
            continue
        marks = _at_begin(MARKS, lines[block.first])
        for number in range(block.first + 1, block.last):
            what = _without(marks, lines[number])
            if what == "list" and _in_small(lines[number]) and _item_follows(lines, block.last):
                break  # an item that goes on at the edge of its page
            if what and _apart(lines, block.first, number, widest):
                yield number, what
                break


def _in_small(line: str) -> bool:
    """Whether the first letter of a line is a small one, as within a sentence."""
    return next((char for char in line if char.isalpha()), "").islower()


def _item_follows(lines: Sequence[str], number: int) -> bool:
    return number < len(lines) and bool(ITEM_NEXT.match(lines[number]))


def _without(marks: str, line: str) -> str:
    """Of what a line lacks the mark or the blanks, when it goes on what began with these marks; empty where it lacks nothing."""
    own = _at_begin(QUOTING, line)
    if own.count(">") < marks.count(">") and ">>" not in marks:  # which is told as such
        return "quotation"
    within, blanks = marks.rpartition(">")[2], own.rpartition(">")[2]
    item = ITEM.search(within)
    return "list" if len(blanks) <= (item.start() if item else 0) and within.strip() else ""


def _apart(lines: Sequence[str], first: int, number: int, widest: int) -> bool:
    """Whether a line was meant to stand by itself, and not wrapped."""
    above, line = lines[number - 1].strip(), lines[number].strip()
    marked = ">" in _at_begin(QUOTING, lines[number - 1]) and number - 1 > first
    return (
        marked
        or verses.short(above, line, widest)
        or (bool(verses.ENDED.search(above)) and verses.capital(line))
    )


def _at_begin(pattern: re.Pattern[str], line: str) -> str:
    found = pattern.match(line)
    return found[0] if found else ""
