"""What looks like a table and is none, and rows from which a cell would be lost: a | parts cells in code and formulas too."""

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..late import late
from .signs import Found
from .tree import Table, Tree

UNDER_HEAD = late(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
IN_LINE = late(r"\|[ ]*:?-{2,}:?[ ]*\|")
SIGN = "write \\| where the sign itself is meant, in code and formulas too"
TORN = f"{SIGN}; \\` and \\$ for those"  # a backquote or dollar sign that stands alone in its cell


class _Line(NamedTuple):
    """A line as it is written, the same without its code and formulas, and where it begins in the text."""

    said: str
    bare: str
    start: int

    def found(self, message: str, hint: str) -> Found:
        start = self.start + len(self.said) - len(self.said.lstrip())
        return Found(message, hint, start, self.start + len(self.said.rstrip()))


def other_tables(text: str, bare: str, tree: Tree) -> Iterator[Found]:
    """The first line under a head that makes no table, or the first row that has more cells than the head. `bare` is the text
    without its code and formulas.
    """
    lines = list(_lines(text, bare))
    heads = [
        n for n, line in enumerate(lines) if "|" in line.bare and UNDER_HEAD.fullmatch(line.bare)
    ]
    if len(heads) != sum(isinstance(block, Table) for block in tree.blocks) or (
        not heads and IN_LINE.search(bare)
    ):
        at = heads[0] if heads else next(n for n, each in enumerate(lines) if "|" in each.bare)
        yield lines[at].found("what looks like a table is none", _hint(lines, at, bool(heads)))
        return
    for head in heads:
        most = len(_cells(lines[head].bare))
        for line in itertools.takewhile(lambda each: "|" in each.said, lines[head + 1 :]):
            cells = len(_cells(line.said))
            if cells > most or cells > len(_cells(line.bare)):
                shown = f"“{line.said.strip()[:40]}”"
                if cells > most:
                    yield line.found(
                        f"{shown} has {cells} cells, and the table's head {most}", SIGN
                    )
                else:
                    yield line.found(f"{shown}: a | parts cells in code and formulas too", TORN)
                return


def _lines(text: str, bare: str) -> Iterator[_Line]:
    start = 0
    for line in bare.split("\n"):
        yield _Line(text[start : start + len(line)], line, start)
        start += len(line) + 1


def _hint(lines: Sequence[_Line], at: int, under: bool) -> str:
    """What to write where this line is read as that under no table's head."""
    head = lines[at - 1 if under and at else at].said
    if head[:1].isspace() or head.startswith(">"):
        return "a table stands in no list and no quotation: begin its lines without blanks or signs before them"
    if under and len(_cells(head)) > len(_cells(lines[at].said)):
        return f"its head has {len(_cells(head))} cells, and the line under it {len(_cells(lines[at].said))}: {SIGN}"
    return "each row stands on a line of its own, with as many cells as the first: begin the text with | and a new line"


def _cells(line: str) -> list[str]:
    return re.split(r"(?<!\\)\|", re.sub(r"^\|(.*?)(?<!\\)\|?$", r"\1", line.strip()))
