"""Anki's cloze deletions: `{{c1::words}}`, `{{c1::words::hint}}`.

In code they are deletions only where the block says so (` ```python cloze`), so that braces can be taught. In a formula, a
deletion ends where its own braces do: `$\\frac{a}{ {{c1::\\frac{1}{2}}} }$`. Nested deletions and `{{c1,2::…}}` are legal in
some releases of Anki and read differently by others: we refuse them.
Rule: Anki's `cloze.rs`; the tests hold `numbers` against the program itself.
"""

import functools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

# Anki counts to 65535.
DELETION = re.compile(r"\{\{c([0-9]{1,5})::(.*?)\}\}", re.DOTALL)
# What may begin a deletion, end it, or hide both from Anki: a block of code, a code span, an escaped sign, a formula.
SIGN = re.compile(
    r"(?P<fence>^[ ]{0,3}(?P<ticks>`{3,}|~{3,})(?P<info>[^\n`]*)\n)|(?P<code>`+)|(?P<escaped>\\.)"
    r"|\{\{c(?P<number>[0-9]{1,5})::|(?P<end>\}\})|(?P<dollar>\$)|(?P<brace>[{}])|(?P<colons>::)",
    re.MULTILINE | re.DOTALL,
)
# Signs that are in no text stand for a deletion's own ones until the rest is HTML: where it begins, where its number, its words
# and its hint end.
BEGINS, NUMBERED, HINTED, ENDS = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3"
CLOSED = re.compile(f"{BEGINS}([0-9]+){NUMBERED}(.*?)(?:{HINTED}(.*?))?{ENDS}", re.DOTALL)
STAND_INS = re.compile(f"{BEGINS}[0-9]+{NUMBERED}|{HINTED}|{ENDS}")
PLAIN = re.compile(r"[`\\$]|~~~")  # without any of these, the first “}}” ends a deletion
CLOZE = "cloze"  # the word after the language of a block of code that has deletions


@dataclass(frozen=True, slots=True)
class Deletion:
    """One deletion; `start` and `end` are its place in the text, in characters. `within` is what it stands in."""

    number: int
    words: str
    hint: str
    start: int
    end: int
    within: Literal["words", "code", "formula"] = "words"

    @property
    def alone(self) -> str:
        """Its words as Markdown that reads the same outside of code or formula."""
        if self.within == "formula":
            return f"${self.words.strip()}$"
        if self.within == "code":
            ticks = "`" * (1 + max(map(len, re.findall("`+", self.words)), default=0))
            space = " " if "`" in self.words else ""
            return f"{ticks}{space}{self.words}{space}{ticks}"
        return self.words


@functools.cache  # notes, checks and pages ask for the same texts
def deletions(text: str) -> tuple[Deletion, ...]:
    """The deletions of a text, in order."""
    return tuple(_scanned(text) if PLAIN.search(text) else _plain(text))


def _plain(text: str) -> Iterator[Deletion]:
    # No deletion opens behind the last closing braces. The search ends there, or it would run to the end of the text for
    # every “{{c1::” that nothing closes.
    for found in DELETION.finditer(text, 0, text.rfind("}}") + 2):
        words, _, hint = found[2].partition("::")
        yield Deletion(int(found[1]), words, hint, found.start(), found.end())


class _Open:
    """A deletion that has begun: its number, where it and its words begin, where its hint does, and how many braces of a
    formula stand open in it.
    """

    def __init__(self, found: re.Match[str], within: Literal["words", "code", "formula"]) -> None:
        self.number = int(found["number"])
        self.start, self.words = found.span()
        self.hint = -1
        self.depth = 0
        self.within = within

    def closed(self, text: str, at: int) -> Deletion:
        """The deletion that ends with the braces at this place."""
        end = at if self.hint < 0 else self.hint
        hint = "" if self.hint < 0 else text[self.hint + 2 : at]
        return Deletion(self.number, text[self.words : end], hint, self.start, at + 2, self.within)


def _scanned(text: str) -> Iterator[Deletion]:  # noqa: PLR0912 - a case for each sign
    at = 0
    fence_end = -1  # where the block of code ends that has deletions and in which we are
    formula = False
    opened: _Open | None = None
    while found := SIGN.search(text, at):
        at = found.end()
        in_code = found.start() < fence_end
        if found["fence"] and not in_code:
            end = _fence_end(text, found)
            if CLOZE in found["info"].split()[1:]:
                fence_end = end
            else:
                at = end
        elif found["code"] and not in_code:
            at = _span_end(text, found)
        elif found["dollar"] and not in_code:
            formula = not formula
        elif found["number"] and opened is None:
            opened = _Open(found, "code" if in_code else "formula" if formula else "words")
        elif opened is None:
            continue
        elif found["colons"] and opened.hint < 0 and not formula:
            opened.hint = found.start()
        elif found["brace"] and formula:
            opened.depth += 1 if found[0] == "{" else -1
            opened.depth = max(0, opened.depth)
        elif found["end"]:
            if formula and opened.depth:
                opened.depth -= 1
                at -= 1  # the second brace may be the first of the two that end the deletion
            else:
                yield opened.closed(text, found.start())
                opened = None


def _fence_end(text: str, found: re.Match[str]) -> int:
    """Where the block of code ends that begins here: at a line of at least as many signs, or with the text."""
    closing = re.compile(rf"^[ ]{{0,3}}{re.escape(found['ticks'])}[`~]*[ ]*$", re.MULTILINE)
    end = closing.search(text, found.end())
    return end.end() if end else len(text)


def _span_end(text: str, found: re.Match[str]) -> int:
    """Where a code span ends that begins here; right behind its signs where nothing ends it."""
    ticks = found["code"]
    end = re.compile(rf"(?<!`){ticks}(?!`)").search(text, found.end())
    return end.end() if end else found.end()


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
    if deletion.within == "formula":
        return rf"[\text{{{deletion.hint}}}]" if deletion.hint else r"[\ldots]"
    shown = deletion.hint or "…"
    return f"[{shown}]" if deletion.within == "code" else f"\\[{shown}\\]"


def hidden(text: str, number: int) -> str:
    """The text as asked: this deletion blank, the others shown."""
    return replace(text, lambda d: blank(d) if d.number == number else d.words)


def closed(text: str) -> str:
    """The text with signs in place of each deletion's own ones, so that Markdown and HTML leave them alone."""

    def written(found: Deletion) -> str:
        hint = f"{HINTED}{found.hint}" if found.hint else ""
        return f"{BEGINS}{found.number}{NUMBERED}{found.words}{hint}{ENDS}"

    return replace(text, written)


def opened(html: str) -> str:
    """HTML with Anki's deletions in place of those signs. Within one, nothing else looks like the end of it or like a hint."""
    return CLOSED.sub(_opened, html)


def _opened(found: re.Match[str]) -> str:
    hint = f"::{_guarded(found[3])}" if found[3] else ""
    return f"{{{{c{found[1]}::{_guarded(found[2])}{hint}}}}}"


def _guarded(html: str) -> str:
    if "}" in html or "::" in html:
        html = html.replace("}}", "}&#125;").replace("::", ":&#58;")
        html = f"{html[:-1]}&#125;" if html.endswith("}") else html
    return html


def crossing(html: str) -> bool:
    """Whether some markup begins within a deletion and ends outside, or the other way round; `html` is that of a closed text."""
    inner = [found[2] for found in CLOSED.finditer(html)]
    if re.search(f"<[^<>]*[{BEGINS}{NUMBERED}{HINTED}{ENDS}]", html) or re.search(
        f"[{BEGINS}{NUMBERED}{HINTED}{ENDS}]", CLOSED.sub("", html)
    ):
        return True
    return not all(map(_balanced, inner))


def _balanced(html: str) -> bool:
    """Whether each tag that begins here ends here too."""
    waiting: list[str] = []
    for end, name in re.findall(r"<(/?)([a-z]+)[^<>]*>", html):
        if name in {"br", "img"}:
            continue
        if not end:
            waiting.append(name)
        elif not waiting or waiting.pop() != name:
            return False
    return not waiting


def shown(text: str) -> str:
    """The text with every deletion's words in place."""
    return replace(text, lambda d: d.words)


def fault(text: str) -> str:
    """What Anki would not read as meant, in a few words; empty for a sound cloze."""
    found = list(deletions(text))
    if any("{{c" in deletion.words for deletion in found):
        return "a deletion inside a deletion"
    if not found:
        return "a cloze without a deletion gives no card"
    if any(deletion.number == 0 for deletion in found):
        return "deletions are numbered from 1"
    if any(not deletion.words.strip() for deletion in found):
        return "a deletion that hides nothing"
    return ""


def fault_in_formula(text: str) -> tuple[str, str] | None:
    """What TeX would not read as meant around a deletion in a formula, and what to write; None where all is well."""
    for each in deletions(text):
        before = text[: each.start].rpartition("$")[2] if each.within == "formula" else ""
        if "\\ce" in before:
            return (
                "a deletion within chemistry cannot be printed",
                r"hide the whole of it: {{c1::$\ce{H2O}$}}",
            )
        if before.endswith(("}", "_", "^")):
            return (
                "TeX would take the braces of a deletion for its own",
                f"put braces around it: {{{{{{c{each.number}::{each.words}}}}}}}",
            )
    return None
