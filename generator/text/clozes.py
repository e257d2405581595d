"""Anki's cloze deletions: `{{c1::words}}`, `{{c1::words::hint}}`.

In code they are deletions only where the block says so (` ```python cloze`), so that braces can be taught. A deletion ends where
its own braces do: `{{c1::f{x}}}`, `$\\frac{a}{ {{c1::\\frac{1}{2}}} }$`. Nested deletions and `{{c1,2::…}}` are legal in
some releases of Anki and read differently by others: we refuse them.
Rule: Anki's `cloze.rs`; the tests hold `numbers` against the program itself.
"""

import bisect
import functools
import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import replace as replaced
from typing import Literal, NamedTuple

from ..frozen import dataclass
from ..late import late
from ..texts import Line
from . import formula, sight
from .markdown import parts

# Anki counts to 65535.
DELETION = re.compile(r"\{\{c([0-9]{1,5})::(.*?)\}\}", re.DOTALL)
# What may begin a deletion, end it, or hide both from Anki: a block of code, a code span, an escaped sign, a formula.
SIGN = late(
    r"(?P<fence>^[ ]{0,3}(?P<ticks>`{3,}|~{3,})(?P<info>[^\n`]*)\n)|(?P<code>`+)|(?P<escaped>\\.)"
    r"|\{\{c(?P<number>[0-9]{1,5})::|(?P<end>\}\})|(?P<dollar>\$)|(?P<brace>[{}])|(?P<colons>::)",
    re.MULTILINE | re.DOTALL,
)
# Signs that are in no text stand for a deletion's own ones until the rest is HTML: where it begins, where its number, its words
# and its hint end.
BEGINS, NUMBERED, HINTED, ENDS = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3"
CLOSED = re.compile(f"{BEGINS}([0-9]+){NUMBERED}(.*?)(?:{HINTED}(.*?))?{ENDS}", re.DOTALL)
STAND_INS = late(f"{BEGINS}[0-9]+{NUMBERED}|{HINTED}|{ENDS}")
STAND_IN = late(f"[{BEGINS}{NUMBERED}{HINTED}{ENDS}]")
TORN = late(f"<[^<>]*{STAND_IN.pattern}")  # a tag within which one of them stands
# Without any of these (the last is a brace that begins no deletion), the first “}}” ends a deletion.
PLAIN = re.compile(r"[`\\$]|~~~|\{\{\{|(?<!\{)\{(?!\{c[0-9])")
# How a line begins that a quotation holds, and how one goes on.
QUOTED = late(r"(?:[ ]*(?:[-+*]|[0-9]{1,9}[.)])[ ])*[ ]*>")
QUOTING = late(r"\n[ ]*>[ >]*")
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
    quoted: bool = (
        False  # whether a quotation holds it, whose sign begins each of its lines but the first
    )

    @property
    def alone(self) -> str:
        """Its words as Markdown that reads the same outside of code or formula."""
        if self.within == "formula":
            return f"${self.words.strip()}$"
        if self.within == "code":
            ticks = "`" * (1 + max(map(len, re.findall("`+", self.words)), default=0))
            space = " " if "`" in self.words else ""
            return f"{ticks}{space}{self.words}{space}{ticks}"
        return QUOTING.sub("\n", self.words) if self.quoted else self.words


@functools.cache  # notes, checks and pages ask for the same texts
def deletions(text: str) -> tuple[Deletion, ...]:
    """The deletions of a text, in order."""
    found = _scanned(text) if PLAIN.search(text) else _plain(text)
    return tuple(_quoted(text, each) if "\n" in each.words else each for each in found)


def _quoted(text: str, each: Deletion) -> Deletion:
    """A deletion of several lines, with whether a quotation holds it."""
    return replaced(each, quoted=bool(QUOTED.match(text, text.rfind("\n", 0, each.start) + 1)))


def _plain(text: str) -> Iterator[Deletion]:
    # No deletion opens behind the last closing braces. The search ends there, or it would run to the end of the text for
    # every “{{c1::” that nothing closes.
    for found in DELETION.finditer(text, 0, text.rfind("}}") + 2):
        words, hint = _parted(found[2], found[2].find("::"))
        yield Deletion(int(found[1]), words, hint, found.start(), found.end())


def _parted(inner: str, colons: int) -> tuple[str, str]:
    """Words and hint of what stands in a deletion, which two colons at this place part. Two at the end say that there is no hint,
    so that words can hold some: `{{c1::std::move::}}`.
    """
    if inner.endswith("::"):
        return inner[:-2], ""
    return (inner, "") if colons < 0 else (inner[:colons], inner[colons + 2 :])


class _Open:
    """A deletion that has begun: its number, where it and its words begin, where its hint does, how many braces stand open in it,
    and where its first two closing ones stand, if they were taken for theirs.
    """

    def __init__(self, found: re.Match[str], within: Literal["words", "code", "formula"]) -> None:
        self.number = int(found["number"])
        self.start, self.words = found.span()
        self.hint = -1
        self.depth = 0
        self.passed = -1
        self.within = within

    def closed(self, text: str, at: int) -> Deletion:
        """The deletion that ends with the braces at this place."""
        words, hint = _parted(text[self.words : at], self.hint - self.words)
        return Deletion(self.number, words, hint, self.start, at + 2, self.within)


def _scanned(text: str) -> Iterator[Deletion]:  # noqa: PLR0912 - a case for each sign
    at = 0
    fence_end = -1  # where the block of code ends that has deletions and in which we are
    formula_end = -1  # where the formula ends in which we are
    opened: _Open | None = None
    ends = [*itertools.accumulate(map(len, parts(text) if "`" in text else ()))]
    while (found := SIGN.search(text, at)) or (opened and opened.passed >= 0):
        if opened and opened.passed >= 0 and (found is None or found["number"]):
            # Its braces do not pair up: it ends with the first two that close something.
            yield opened.closed(text, opened.passed)
            at, opened = opened.passed + 2, None
            continue
        assert found is not None  # noqa: S101 - the loop's condition
        at = found.end()
        in_code, in_formula = found.start() < fence_end, found.start() < formula_end
        if found["fence"] and not in_code:
            end = _fence_end(text, found)
            if CLOZE in found["info"].split()[1:]:
                fence_end = end
            else:
                at = end
        elif found["code"] and not in_code:
            at = _span_end(text, found, ends[bisect.bisect_right(ends, found.start())])
        elif found["dollar"] and not in_code and not in_formula:
            formula_end = formula.end(text, found.start())
        elif found["number"] and opened is None:
            opened = _Open(found, "code" if in_code else "formula" if in_formula else "words")
        elif opened is None:
            continue
        elif found["colons"] and opened.hint < 0 and not in_formula:
            opened.hint = found.start()
        elif found["brace"]:
            opened.depth = max(0, opened.depth + (1 if found[0] == "{" else -1))
        elif found["end"]:
            if opened.depth:
                opened.depth -= 1
                opened.passed = found.start() if opened.passed < 0 else opened.passed
                at -= 1  # the second brace may be the first of the two that end the deletion
            else:
                yield opened.closed(text, found.start())
                opened = None


def _fence_end(text: str, found: re.Match[str]) -> int:
    """Where the block of code ends that begins here: at a line of at least as many signs, or with the text."""
    closing = re.compile(rf"^[ ]{{0,3}}{re.escape(found['ticks'])}[`~]*[ ]*$", re.MULTILINE)
    end = closing.search(text, found.end())
    return end.end() if end else len(text)


def _span_end(text: str, found: re.Match[str], part_end: int) -> int:
    """Where a code span ends that begins here, in a part of the text that ends there; right behind its signs where nothing
    ends it.
    """
    ticks = found["code"]
    end = re.compile(rf"(?<!`){ticks}(?!`)").search(text, found.end(), part_end)
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


def counted(deletion: Deletion, place: int) -> str:
    """The number of a gap, as a sign that is no number of the text’s own; in a formula there is none."""
    plain = deletion.within == "formula" or place > 20
    return f"({place})" if plain else chr(0x2460 + place - 1)


def blank(deletion: Deletion, place: int = 0) -> str:
    """A deletion as asked: “[…]”, or its hint in brackets; before them its place among others, if it is given. The brackets are
    escaped: “[hint]” before “(…)” is no link.
    """
    before = counted(deletion, place) if place else ""
    if deletion.within == "formula":
        return before + (rf"[\text{{{deletion.hint}}}]" if deletion.hint else r"[\ldots]")
    shown = deletion.hint or "…"
    return before + (f"[{shown}]" if deletion.within == "code" else f"\\[{shown}\\]")


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


def crossing(html: str) -> int | None:
    """The number, from 0, of the first deletion that some markup crosses: begun within and ended outside, or the other way round.
    None where none does; `html` is that of a closed text.
    """
    if "<" not in html and not STAND_IN.search(CLOSED.sub("", html)):
        return None
    for number, found in enumerate(CLOSED.finditer(html)):
        if not _balanced(found[2]):
            return number
    if torn := TORN.search(html) or STAND_IN.search(CLOSED.sub("", html)):
        return max(0, torn.string.count(BEGINS, 0, torn.end()) - 1)
    return None


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


class Fault(NamedTuple):
    """What Anki, or TeX in print, would not read as meant: in a few words, what to write, and from where to where it stands."""

    message: str
    hint: str
    start: int
    end: int


FORM = "{{c1::word}} or {{c1::word::hint}}"


# A hint that is code, by its looks: `std::move`, `Vec<T>::with_capacity(n)`, `x :: Int`.
CODE = late(r"::|\w\((?!\w{1,2}\))|\w<\w|;$|\w_\w|\b[a-z]{3,}[A-Z]|\(\)$")
GENERIC = late(r"\w+<\S+>")
ROOTS = frozenset(
    {"std", "boost", "crate", "self", "super", "core", "alloc", "absl", "this", "static", "parent"}
)
# Languages in which two colons stand between names.
COLONS = frozenset(
    {"cpp", "c++", "rust", "rs", "perl", "pl", "ruby", "rb", "php", "haskell", "hs", "r"}
)


def like_code(text: str) -> Iterator[Deletion]:
    """The deletions whose hint looks like the rest of a name in code, so that the words may go on behind the two colons."""
    for each in deletions(text) if "::" in text else ():
        words = each.words.strip()
        if each.hint and (
            CODE.search(each.hint)
            or (words in ROOTS and " " not in each.hint)
            or GENERIC.fullmatch(words)
            or (each.hint[0].isspace() and each.words[-1:].isspace())
            or (each.within == "code" and each.hint.isidentifier() and _has_colons(text, each))
        ):
            yield each


def _has_colons(text: str, each: Deletion) -> bool:
    """Whether a deletion stands in a block of code in a language that has two colons of its own."""
    before = max(text.rfind(sign, 0, each.start) for sign in ("```", "~~~"))
    return text[before:].lstrip("`~").split(maxsplit=1)[0].lower() in COLONS


def origin(text: str, at: int) -> int:
    """Where in a text stands what stands at this place of `shown(text)`."""
    left_out = 0
    for each in deletions(text):
        begins = each.start - left_out
        if at < begins:
            break
        if at < begins + len(each.words):
            return at + left_out + text.index("::", each.start) + 2 - each.start
        left_out += each.end - each.start - len(each.words)
    return at + left_out


def fault(text: str) -> Fault | None:
    """The first fault of a cloze; None for a sound one. That of markup is `crossing`."""
    found = deletions(text)
    if not found:
        return Fault("a cloze without a deletion gives no card", FORM, 0, 0)
    for each in found:
        if message := _wrong(each):
            return Fault(message, FORM, each.start, each.end)
        if each.within == "formula" and (said := _in_formula(text, each)):
            return Fault(*said, each.start, each.end)
    return None


def _wrong(each: Deletion) -> str:
    if "{{c" in each.words and each.within != "code":
        return "a deletion inside a deletion"
    if each.number == 0:
        return "deletions are numbered from 1"
    if not sight.shows(Line(each.alone)):
        return "a deletion that hides nothing"
    if each.hint.strip() and not sight.is_seen(each.hint):
        return "a hint that shows nothing"
    return ""


def _in_formula(text: str, each: Deletion) -> tuple[str, str] | None:
    """What TeX would not read as meant around a deletion in a formula, and what to write; None where all is well."""
    before = text[: each.start].rpartition("$")[2]
    if "\\ce" in before:
        hint = r"hide the whole of it: {{c1::$\ce{H2O}$}}"
        return "a deletion within chemistry cannot be printed", hint
    if before.endswith(("}", "_", "^")):
        hint = f"put braces around it: {{{{{{c{each.number}::{each.words}}}}}}}"
        return "TeX would take the braces of a deletion for its own", hint
    return None
