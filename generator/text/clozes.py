"""Anki's cloze deletions, read by its rules: `{{c1::words}}`, `{{c1::words::hint}}`.

Nested deletions and `{{c1,2::…}}` are legal in some releases of Anki and read differently by others: we refuse them.
Rule: Anki's `cloze.rs`; the tests hold `numbers` against the program itself.
"""

import functools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

# Anki counts to 65535.
DELETION = re.compile(r"\{\{c([0-9]{1,5})::(.*?)\}\}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Deletion:
    """One deletion; `start` and `end` are its place in the text, in characters."""

    number: int
    words: str
    hint: str
    start: int
    end: int


@functools.cache  # notes, checks and pages ask for the same texts
def deletions(text: str) -> tuple[Deletion, ...]:
    """The deletions of a text, in order."""
    return tuple(_deletions(text))


def _deletions(text: str) -> Iterator[Deletion]:
    # No deletion opens behind the last closing braces. The search ends there, or it would run to the end of the text for
    # every “{{c1::” that nothing closes.
    for found in DELETION.finditer(text, 0, text.rfind("}}") + 2):
        words, _, hint = found[2].partition("::")
        yield Deletion(int(found[1]), words, hint, found.start(), found.end())


def numbers(text: str) -> list[int]:
    """The numbers in use, sorted: one card each."""
    return sorted({deletion.number for deletion in deletions(text)})


def replace(text: str, write: Callable[[Deletion], str]) -> str:
    """The text with each deletion written anew."""
    parts, at = [], 0
    for deletion in deletions(text):
        parts += [text[at : deletion.start], write(deletion)]
        at = deletion.end
    return "".join([*parts, text[at:]])


def blank(deletion: Deletion) -> str:
    """A deletion as asked: “[…]”, or its hint in brackets. They are escaped: “[hint]” before “(…)” is no link."""
    return f"\\[{deletion.hint or '…'}\\]"


def hidden(text: str, number: int) -> str:
    """The text as asked: this deletion blank, the others shown."""
    return replace(text, lambda d: blank(d) if d.number == number else d.words)


def shown(text: str) -> str:
    """The text with every deletion's words in place."""
    return replace(text, lambda d: d.words)


def fault(text: str) -> str:
    """What Anki would not read as meant, in a few words; empty for a sound cloze."""
    found = list(deletions(text))
    rest = replace(text, lambda _: "")
    if any("{{c" in deletion.words for deletion in found):
        return "a deletion inside a deletion"
    if "{{" in rest or "}}" in rest:
        return "braces that do not make a deletion"
    if not found:
        return "a cloze without a deletion gives no card"
    if any(deletion.number == 0 for deletion in found):
        return "deletions are numbered from 1"
    if any(not deletion.words.strip() for deletion in found):
        return "a deletion that hides nothing"
    return ""
