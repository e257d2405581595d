"""What is said of a file that is no YAML: where the parser stumbled, why, in plain words, and what to write instead."""

import re
from typing import NamedTuple

from ..problems import Problem, Span

TAB = re.compile(r"[ -]*\t")  # one in the indentation
DASH = re.compile(r" *(-[a-z][a-z-]*:)(?=\s|$)")  # an item of a list whose “-” has no blank
KEY = re.compile(r"[ -]*[\w-]+")


class Quoted(NamedTuple):
    """Where a text between quotation marks begins and ends: line and column, from 0."""

    begin: tuple[int, int]
    end: tuple[int, int]


def problem(
    error: Exception, path: str, lines: list[str], text: str, quoted: Quoted | None
) -> Problem:
    """What is wrong with a file in which the parser has stumbled. `quoted` is the last text between quotation marks before."""
    return _conflict(path, lines) or _syntax_problem(error, path, lines, text, quoted)


def _conflict(path: str, lines: list[str]) -> Problem | None:
    """The conflict that a merge left in a file, if there is one: what else is wrong comes of it."""
    for number, line in enumerate(lines, 1):
        if line.startswith("<<<<<<< "):
            return Problem(
                Span(path, number, 1, 8),
                "merge-conflict",
                "a merge left a conflict here",
                "keep one side of it or both, and delete the lines with <<<<<<<, ======= and >>>>>>>",
            )
    return None


def _syntax_problem(
    error: Exception, path: str, lines: list[str], text: str, quoted: Quoted | None
) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is None:  # a ReaderError: a character that YAML does not allow
        before = text[: getattr(error, "position", 0)]
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        return Problem(
            Span(path, line, column, column + 1),
            "yaml-character",
            "a control character that YAML does not allow",
            "delete it",
        )
    row, column = min(mark.line, len(lines) - 1), mark.column
    if at_its_begin := _at_its_begin(path, lines, row):
        return at_its_begin
    what = getattr(error, "problem", None) or "this is not YAML"
    context = getattr(error, "context", None) or ""
    began = getattr(error, "context_mark", None)
    message = f"{what}, {context}" if context else what
    if "flow mapping" in context and lines[row][column : column + 1] == ":":
        message = "a colon stands within a text in {…}"
    if began and "quoted scalar" in context and "end of stream" in what:
        row, column = began.line, began.column
        message = "a quotation mark that nothing closes"
    elif began and re.search("scanning an? (alias|anchor|tag|block scalar)", context):
        row, column = began.line, began.column
    before = lines[row][:column].rstrip()
    if quoted and quoted.end == (row, len(before)):
        # The text ended with this quotation mark, which was not meant to close it.
        message = "a text goes on behind its closing quotation mark"
        if quoted.begin[0] < row:
            message = f"this quotation mark is closed only on line {row + 1}"
            row, column = quoted.begin
    span = Span(path, row + 1, column + 1, column + 2)
    return Problem(
        span, "yaml-syntax", message, _syntax_hint(message, lines[row][:column], lines[row])
    )


def _at_its_begin(path: str, lines: list[str], row: int) -> Problem | None:
    """What is wrong with how a line begins, or the one above it."""
    if tab := TAB.match(lines[row]):
        return Problem(
            Span(path, row + 1, tab.end(), tab.end() + 1),
            "yaml-tab",
            "a tab in the indentation",
            "indent with spaces",
        )
    for number in range(row, max(-1, row - 2), -1):
        if dash := DASH.match(lines[number]):
            span = Span(path, number + 1, dash.start(1) + 1, dash.end() + 1)
            message = f"“{dash[1]}” begins no item of a list"
            return Problem(
                span, "yaml-syntax", message, f"put a blank behind “-”: “- {dash[1][1:]}”"
            )
    return None


def _syntax_hint(what: str, before: str, line: str) -> str:
    """What to do about an error of the parser, by its words and by what stands before it on its line."""
    if "within a text in {…}" in what:
        return "within {…} a text with a comma or “: ” needs quotation marks"
    if "quotation mark" in what:
        return (
            "close it on the text's last line; within \"…\" write \\\" for the sign, within '…' write ''; "
            "or write a block (“>-”), which needs none"
        )
    if "mapping values are not allowed" in what:
        if KEY.fullmatch(before):
            return (
                "the keys of one card stand right under each other, and a blank behind each colon;"
                " a text that holds “: ” needs quotation marks"
            )
        return "a text that holds “: ” needs quotation marks, or a block (“>-”)"
    if "block scalar" in what:
        return (
            "a text that begins with | or > needs quotation marks; a block begins on the next line"
        )
    if "cannot start any token" in what or re.search("scanning an? (alias|anchor|tag)", what):
        sign = line[len(before) : len(before) + 1]
        return f"a text that begins with {sign or 'a sign of YAML'} needs quotation marks, or a block (“>-”)"
    if "escape character" in what:
        return "within double quotes a backslash needs a second one; single quotes and blocks keep it as it is"
    if "sequence entries are not allowed" in what:
        return "a text that begins with “- ” needs quotation marks; a list begins on the next line"
    if before.rstrip().endswith(("}", "]")):
        return "a text that begins with { or [ needs quotation marks, or a block (“>-”)"
    if "expected ',' or" in what:
        return "look for a bracket that nothing closes, and for a # before it: what follows is a comment"
    if "expected <block end>" in what or "did not find expected" in what:
        return (
            "look at the indentation here and on the line before, and for a missing quotation mark"
        )
    return ""
