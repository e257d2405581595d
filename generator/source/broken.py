"""What is said of a file that is no YAML: where the parser stumbled, why, in plain words, and what to write instead."""

import re
from typing import NamedTuple

from ..late import late
from ..problems import Problem, Span

TAB = late(r"[ -]*\t")  # one in the indentation
DASH = late(r" *(-[a-z][a-z-]*:)(?=\s|$)")  # an item of a list whose “-” has no blank
KEY = late(r"[ -]*[\w-]+")
# Blanks that look like one and are none to YAML, such as the no-break space that word processors and web pages put in.
OTHER = r"[^\S \t\r\n]"
INDENTED = late(rf"[ -]*({OTHER}+)")
ITEM = late(
    rf" *(?:- +)*([–—−‐‑•·])(?: |{OTHER})\s*(\S.*)"
)  # an item of a list behind another sign than “-”
# A key whose colon is none: without a blank behind it, with one that is none, or a wide one.
COLON = late(rf" *(?:- +)*([A-Za-z][\w-]*)(:{OTHER}+|:(?=\S)(?!:|//)|[：﹕]\s*)(\S.*)")
BLOCK = late(
    r"( *(?:- +)*)([\w-]+): *[|>][-+0-9]* *(?:#.*)?"
)  # a key whose text begins on the next line
COMMON = late(r" *(?:- +)*[a-z][\w-]*: ")  # a key as courses have them
WORDS = late(r" *(?:- +)*(\w.*)")


# What a line begins with before the text of its key or item; and the slips after which the lines below may be read all the same.
BEFORE = late(r"( *)(?:- +)*(?:[\w-]+:|-)(?= )")
ALONE = late(
    r"cannot start any token|mapping values|behind its closing|escape c|hexdecimal|scanning an? (?:alias|anchor|tag)|within a text"
    r"|sequence entries|block scalar"
)


class Quoted(NamedTuple):
    """Where a text between quotation marks begins and ends: line and column, from 0."""

    begin: tuple[int, int]
    end: tuple[int, int]


def problem(
    error: Exception, path: str, lines: list[str], text: str, quoted: Quoted | None
) -> Problem:
    """What is wrong with a file in which the parser has stumbled. `quoted` is the last text between quotation marks before."""
    return _conflict(path, lines) or _syntax_problem(error, path, lines, text, quoted)


def mended(lines: list[str], found: Problem) -> list[str] | None:
    """The lines of a file with another text in place of that at which the parser stumbled, so that it finds what is wrong further
    down; None where that would not tell of slips alone: where the text may go on below its line, or ends otherwise than it seems.
    """
    row = found.span.line - 1
    begins = BEFORE.match(lines[row])
    if found.code != "yaml-syntax" or begins is None or not ALONE.search(found.message):
        return None
    below = next((line for line in lines[row + 1 :] if line.strip()), "")
    if len(below) - len(below.lstrip()) > len(begins[1]) and not BEFORE.match(below):
        return None
    return [*lines[:row], f"{begins[0]} x", *lines[row + 1 :]]


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
        # Its place counts bytes.
        before = text.encode()[: getattr(error, "position", 0)].decode(errors="ignore")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        return Problem(
            Span(path, line, column, column + 1),
            "yaml-character",
            "a control character that YAML does not allow",
            "delete it",
        )
    row, column = min(mark.line, len(lines) - 1), mark.column
    what = getattr(error, "problem", None) or "this is not YAML"
    context = getattr(error, "context", None) or ""
    began = getattr(error, "context_mark", None)
    no_key = (
        began.line if began and "simple key" in context else None
    )  # where words stand, and a key should
    if at_its_begin := _at_its_begin(path, lines, row):
        return at_its_begin
    message = f"{what}, {context}" if context else what
    if "flow mapping" in context and lines[row][column : column + 1] == ":":
        message = "a colon stands within a text in {…}"
    if began and "quoted scalar" in context and "end of stream" in what:
        row, column = began.line, began.column
        message = "a quotation mark that nothing closes"
    elif began and re.search("scanning an? (alias|anchor|tag|block scalar)", context):
        row, column = began.line, began.column
    before = lines[row][:column].rstrip()
    goes_on = quoted and quoted.end == (row, len(before))
    if not goes_on and (
        no_key is not None or "mapping values" in what or "parsing a block" in context
    ):
        suspects = _suspects(lines, row, column) if no_key is None else [no_key]
        if slip := _slip(path, lines, suspects):
            return slip
    if quoted and goes_on:
        # The text ended with this quotation mark, which was not meant to close it.
        message = "a text goes on behind its closing quotation mark"
        if quoted.begin[0] < row:
            message = f"this quotation mark is closed only on line {row + 1}"
            row, column = quoted.begin
    elif no_key is not None and (words := WORDS.fullmatch(lines[no_key].rstrip())):
        return _no_key(Span(path, no_key + 1, words.start(1) + 1, words.end(1) + 1), words[1])
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


def indented(path: str, line: str, row: int) -> Problem | None:
    """What is wrong with a line that a blank sets in which is none to YAML, so that the key behind it is another one."""
    other = INDENTED.match(line)
    if other is None:
        return None
    span = Span(path, row + 1, other.start(1) + 1, other.end(1) + 1)
    hint = "indent with spaces: delete it, and type them"
    return Problem(span, "yaml-syntax", f"{_blank(other[1])} in the indentation", hint)


def _suspects(lines: list[str], row: int, column: int) -> list[int]:
    """The lines that may be why the parser stumbled here: where a key is one too many, the text before it was to be one."""
    above = next((number for number in range(row - 1, -1, -1) if lines[number].strip()), row)
    return [row, above] if KEY.fullmatch(lines[row][:column]) else [row]


def _slip(path: str, lines: list[str], rows: list[int]) -> Problem | None:
    """The first slip on these lines of those that look nearly right: a sign that is taken for another one, a blank that is missing,
    a text that is not set in.
    """
    for row in rows:
        line = lines[row]
        if blank := indented(path, line, row):
            return blank
        if item := ITEM.fullmatch(line):
            span = Span(path, row + 1, item.start(1) + 1, item.end(1) + 1)
            message, hint = (
                f"“{item[1]}” begins no item of a list",
                f"write a hyphen: “- {item[2]}”",
            )
            return Problem(span, "yaml-syntax", message, hint)
        if colon := COLON.fullmatch(line):
            return _colon(
                Span(path, row + 1, colon.start(1) + 1, colon.end(2) + 1), *colon.groups()
            )
        if key := _not_set_in(lines, row):
            begin = len(line) - len(line.lstrip())
            span = Span(path, row + 1, begin + 1, len(line) + 1)
            hint = f"set all of its lines in by two blanks more than “{key}:”"
            return Problem(span, "yaml-syntax", f"the text of “{key}” is not set in", hint)
    return None


def _blank(signs: str) -> str:
    """What a blank that YAML takes for none is called."""
    name = "a no-break space" if signs[0] in "\u00a0\u202f" else "a blank that is none to YAML"
    return f"{name} (u+{ord(signs[0]):04x})"


def _colon(span: Span, key: str, colon: str, text: str) -> Problem:
    """What is wrong with the colon of a key, and what to write."""
    message = f"no blank stands behind “{key}:”"
    if colon[0] != ":":
        message = f"“{colon[0]}” is no colon to YAML"
    elif len(colon) > 1:
        message = f"{_blank(colon[1:])} behind “{key}:”, where a common one belongs"
    return Problem(span, "yaml-syntax", message, f"write “{key}: {text.rstrip()}”")


def run_together(words: str, span: Span) -> Problem | None:
    """What is wrong with words within {…} that are a key and its text, and have no colon that YAML takes for one."""
    colon = COLON.fullmatch(words)
    if colon is None or not re.fullmatch("[a-z][a-z-]+", colon[1]):
        return None
    return _colon(span, *colon.groups())


def _not_set_in(lines: list[str], row: int) -> str:
    """The key whose text should begin on the next line and does so no further in than the key, where this line is of that text."""
    indent = len(lines[row]) - len(lines[row].lstrip())
    if COMMON.match(lines[row]):
        return ""
    for line in reversed(lines[:row]):
        if block := BLOCK.fullmatch(line):
            return block[2] if indent <= len(block[1]) else ""
        if line.strip() and (COMMON.match(line) or len(line) - len(line.lstrip()) != indent):
            return ""
    return ""


def _no_key(span: Span, words: str) -> Problem:
    """What is said of words that stand by themselves where a key should."""
    if re.fullmatch(r"[a-z][\w-]*", words):
        return Problem(span, "yaml-syntax", f"“{words}” has no colon", f"write “{words}: …”")
    message = "this line is no key with its text, and no item of a list"
    hint = "where it goes on from the line before, set it in further than the key of that text"
    return Problem(span, "yaml-syntax", message, hint)


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
    if (
        "hexdecimal number" in what or "Unicode character escape code" in what
    ):  # as of \xi, or half an emoji
        return (
            "within double quotes, the code of a sign begins with \\x, \\u or \\U: write the sign itself; a backslash of another"
            " meaning needs a second one, or single quotes. JSON has two codes for one emoji: let the program write the sign"
            " (ensure_ascii=False)"
        )
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
