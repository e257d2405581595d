"""Where a sign of a text stands in the author's file: on which line and in which column, in blocks and between quotation marks too.

A text has lost its indentation, its line ends and its quotation marks when it is checked. Its signs other than blanks are still the
file's, one by one: so they are counted.
"""

import dataclasses
import itertools
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..late import late
from ..problems import Problem, Sign, Span

BLOCK = late(r"(?:^|[\s:-])[|>][0-9+-]*\s*(?:#.*)?$")  # a line after which a block begins
HEXADECIMAL = {
    "x": 2,
    "u": 4,
    "U": 8,
}  # how many digits follow such an escape between double quotes
BLANK = frozenset("nrtvf NLP_\t")  # escapes that stand for blanks
Place = tuple[int, int, int, str]  # line, column and end, from 0, and the sign that stands there


def placed(problems: Iterable[Problem], files: Mapping[str, bytes]) -> Iterator[Problem]:
    """The same problems; those of a sign in a text point to that sign, as far as it is found in the author's files."""
    lines: dict[str, list[str]] = {}
    for problem in problems:
        if problem.sign is None:
            yield problem
            continue
        path = problem.span.path
        if path not in lines:
            text = files.get(path, b"").decode("utf-8-sig", errors="replace")
            text = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
            lines[path] = text.split("\n")
        span = _span(lines[path], problem.span, problem.sign)
        yield dataclasses.replace(problem, span=span, sign=None)


def _span(lines: Sequence[str], span: Span, sign: Sign) -> Span:
    wanted = "".join(sign.words.split())
    last = sign.before + max(1, len(wanted))
    found = list(itertools.islice(signs(lines, span), sign.before, last))
    if wanted and "".join(char for *_, char in found) == wanted:
        row, column, *_ = found[0]
        end = max(at for line, at, *_ in found if line == row)
        return Span(span.path, row + 1, column + 1, end + 2)
    # A table of pairs, where a text does not begin where its row does.
    line = lines[span.line - 1] if span.line <= len(lines) else ""
    at = line.find(sign.words) if wanted else -1
    return span if at < 0 else Span(span.path, span.line, at + 1, at + len(sign.words) + 1)


def signs(lines: Sequence[str], span: Span) -> Iterator[Place]:
    """Each sign of the text that begins here, but for blanks, and the rest of the file where nothing tells its end."""
    row, at = span.line - 1, span.column - 1
    if row >= len(lines):
        return
    in_block = row > 0 and not lines[row][:at].strip() and BLOCK.search(lines[row - 1])
    quote = lines[row][at : at + 1] if not in_block else ""
    quote = quote if quote in {'"', "'"} else ""
    at += len(quote)
    for number in range(row, len(lines)):
        line = lines[number]
        while at < len(line):
            char, width = line[at], 1
            if quote and char == quote:
                if quote == '"' or line[at + 1 : at + 2] != quote:
                    return
                width = 2
            elif quote == '"' and char == "\\":
                char, width = _escaped(line, at)
            if not char.isspace():
                yield number, at, at + width, char
            at += width
        at = 0


def _escaped(line: str, at: int) -> tuple[str, int]:
    """What an escape between double quotes stands for, and how long it is."""
    kind = line[at + 1 : at + 2]
    if digits := HEXADECIMAL.get(kind, 0):
        try:
            return chr(int(line[at + 2 : at + 2 + digits], 16)), 2 + digits
        except (ValueError, OverflowError):  # in a table, where a backslash escapes nothing
            return kind, 2
    return " " if kind in BLANK or not kind else {"b": "\b", "0": "\0", "a": "\a", "e": "\x1b"}.get(
        kind, kind
    ), 2
