"""Words to the letter, as somebody typed them who knows no Markdown: with backslashes before those signs that a text would be
taken to mean something by.
"""

from collections.abc import Iterator

from ..codes import CODES
from ..late import late
from ..texts import Prose, Text
from . import clozes
from .unread import Unread, deletions_in_code, near_misses, unread

MOST = 40  # backslashes that are put in one by one: who types more signs than these writes no plain words
OF_SIGNS = frozenset(("not-read", "near-cloze", "lone-sign"))  # what a backslash can mend
SIGN = late(r"[!-/:-@\[-`{-~]")  # what a backslash can stand before


def literal(text: Text, *, deletions: bool) -> tuple[Text, str]:
    """A text in which backslashes stand before signs that `unread` finds fault with, and what it finds fault with all the same;
    empty where that is nothing. In that of a cloze, `deletions` may stand. A backslash that would seem to end a line is one too.
    """
    message = ""
    for _ in range(MOST):
        found = next(_faults(text, deletions), None)
        if found is None:
            return text, ""
        ends_none = _is_backslash_at_end(text, found)
        message = "" if ends_none else found.message
        at = found.end - 1 if ends_none else _free_sign(text, found.start, found.end)
        if at < 0 or not (ends_none or found.code in OF_SIGNS):
            break
        text = type(text)(f"{text[:at]}\\{text[at:]}", text.span)
    return text, message


def _faults(text: Text, deletions: bool) -> Iterator[Unread]:
    """What stops a build, signs that may be markup, and backslashes that seem to end a line and end none, with their places."""
    for each in _of_cloze(text) if deletions else (*unread(text), *near_misses(text)):
        if (
            CODES[each.code].level == "error"
            or each.code == "lone-sign"
            or _is_backslash_at_end(text, each)
        ):
            yield each


def _is_backslash_at_end(text: Text, found: Unread) -> bool:
    return found.code == "joined-lines" and text[: found.end].endswith("\\")


def _of_cloze(text: Text) -> Iterator[Unread]:
    for each in unread(Prose(clozes.shown(text))):
        start = clozes.origin(text, each.start)
        yield each._replace(start=start, end=each.end and clozes.origin(text, each.end - 1) + 1)
    rest = Prose(clozes.replace(text, lambda each: "\u00b7" * (each.end - each.start)))
    yield from near_misses(rest)
    yield from deletions_in_code(rest)


def _free_sign(text: str, start: int, end: int) -> int:
    """Where the first sign between two places stands that has no backslash before it; -1 where none does."""
    for found in SIGN.finditer(text, start, end):
        at = found.start()
        backslashes = at - len(text[:at].rstrip("\\"))
        if backslashes % 2 == 0:
            return at
    return -1
