"""Lines that an author broke on purpose: verses, an address, steps without numbers. A text joins its lines, so this is to be said.

An editor breaks a line where the next word would have been too long for the column. Where it would have fitted, and again on the
next line, somebody broke it; so too where each line begins with a capital though no sentence has ended. Two things look alike and
are no verses: a paragraph that was edited after it was wrapped, which has one such line or another, and one that has a line for
each sentence. Where they cannot be told apart, nothing is found; so too of names and formulas with commas between them, which read
the same in one line.
"""

import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from ..late import late
from .alike import MARKED, OF_FIGURES, ROW, alike

NARROW = 40  # columns: nobody wraps a paragraph in fewer
VERSE = 60  # columns: lines that are longer are no verses for their capitals alone
ROOM = (
    3 / 4
)  # of the widest line of a paragraph: whoever wraps one leaves no more room than the rest
NAME = 3  # words: more are none
RUNNING = 2  # so many lines are broken on purpose one after the other
ENDED = late(r"""[.!?…。！？][)\]"'’”»*_]*$""")  # a sentence
PAUSED = late(r"""[,;:.!?…—–，、；：。！？][)\]"'’”»*_]*$""")
COMMA = late(r"""[,，、،][)\]"'’”»*_]*$""")
BETWEEN = late(r"[,;:，、；：،] ?")  # the items of a list
FORMULA = late(r"[A-Z]\w*[A-Z0-9~^(]|\u00b7")  # or an abbreviation, or what has given way to dots
HARD = late(
    r"(?: {2}|(?<!\\)(?:\\\\)*\\[ \xa0]*)$"
)  # the line ends where the text says so, or was meant to, and is told by itself
FILE = late(r"!\[[^\n]*\)$")  # a picture or sound on a line of its own
ALONE = "\ufffc"  # stands in place of each sign of what is shown on a line of its own
BY_ITSELF = late(f"({ALONE}+)")
# A line of a program: by its end, a call, what is set to a value, or its first word.
PROGRAM = late(
    r"""[{}]$|[)\]"'];$|\w\([^()]*\)[:;]?$|^[\w.\[\]]+ ?(?:[-+*/:]?=|<-) ?\S|^(?:for|while|if|elif|else|def|class)\b.*:$"""
    r"|^(?:import|return|print|echo|package|using|#include|\$) \S|^from \S+ import\b"
    r"|^(?:SELECT|FROM|WHERE|JOIN|GROUP BY|ORDER BY|INSERT|UPDATE)\b"
)


class Broken(NamedTuple):
    """A line that somebody broke on purpose: from where to where it stands in its paragraph, and what such lines look like."""

    start: int
    end: int
    like: Literal["verses", "list", "table", "program"]


class Words(NamedTuple):
    """What stands on a line, and where that begins in the paragraph."""

    said: str
    at: int


def broken(paragraph: str) -> Broken | None:
    """The first of the lines of a paragraph that somebody broke on purpose. What is shown on a line of its own has given way to
    `ALONE`.
    """
    lines = paragraph.split("\n")
    widest = max(map(width, lines))
    for part in _parts(lines):
        said = [words.said for words in part]
        told = [_on_purpose(*pair, widest) for pair in itertools.pairwise(said)]
        near = [alike(*pair, narrow=widest <= NARROW) for pair in itertools.pairwise(said)]
        couplet = len(told) == 1 and _couplet(said[0], said[1], widest)
        for at in range(len(told)):
            if couplet or near[at] or told[at : at + RUNNING] == [True] * RUNNING:
                start = part[at].at
                return Broken(start, start + len(said[at]), _like(said))
    return None


def _like(lines: Sequence[str]) -> Literal["verses", "list", "table", "program"]:
    """What lines look like that are one behind the other."""
    if all("|" in line or ROW.match(line) for line in lines):
        return "table"
    if sum(1 for line in lines if PROGRAM.search(line)) > 1:
        return "program"
    items = [line for line in lines if MARKED.match(line)]
    spoken = all(line[0] in "–—" and ENDED.search(line) for line in items)  # a dialogue
    return "list" if len(items) > 1 and not spoken else "verses"


def _parts(lines: Iterable[str]) -> Iterator[Sequence[Words]]:
    """Lines that become one: up to a break that the author wrote, or to what is shown on a line of its own."""
    part: list[Words] = []
    start = 0
    for line in lines:
        file, at = FILE.match(line.strip()), start
        for said in BY_ITSELF.split(line):
            if file or said.startswith(ALONE):
                yield part
                part = []
            elif said.strip(" ,.;:"):  # what stands behind a formula ends no line
                part.append(Words(said.strip(), at + len(said) - len(said.lstrip())))
            at += len(said)
        if HARD.search(line):
            yield part
            part = []
        start += len(line) + 1
    yield part


def _on_purpose(line: str, following: str, widest: int) -> bool:
    """Whether somebody broke a line here, for all that it tells by itself."""
    if _list_goes_on(line, following):
        return False
    if widest <= NARROW:
        return short(line, following, widest)
    room = widest <= VERSE or short(line, following, widest)
    return room and capital(following) and not ENDED.search(line)


def short(line: str, following: str, widest: int) -> bool:
    """Whether a line had room for the first word of the one behind it, so that no editor has wrapped it there."""
    word = re.match(r"\S+", following)
    taken = width(line) + 1 + width(word[0] if word else "")
    return taken <= (NARROW if widest <= NARROW else ROOM * widest)


def _couplet(line: str, following: str, widest: int) -> bool:
    """Whether two lines alone are two: items, or both short, with a pause between them and a capital after it."""
    if COMMA.search(line):
        if OF_FIGURES.match(line) and OF_FIGURES.match(following):
            return False
        beside = line.rpartition(" ")[2], following.partition(" ")[0]
        if any(map(FORMULA.search, beside)) or all(map(_is_name, _items(f"{line} {following}"))):
            return False
    return widest <= NARROW and bool(PAUSED.search(line)) and capital(following)


def _list_goes_on(line: str, following: str) -> bool:
    """Whether names with commas between them go on on the next line. Of a first and a last one the sentence around it is a part."""
    if not COMMA.search(line) or len(_items(line)) < 2:  # one on each line may be on purpose
        return False
    behind = _items(f"{line} {following}")[1:]
    return all(map(_is_name, behind if COMMA.search(following) else behind[:-1]))


def _items(line: str) -> list[str]:
    """What stands between the commas and colons of a line."""
    return [item for item in BETWEEN.split(line) if item.strip()]


def _is_name(item: str) -> bool:
    """Whether an item has a few words and begins and ends with one that has a capital, a number or dots, as Carl von Dorn does."""
    words = item.split()
    signs = [words[0][0], words[-1][0]]
    return len(words) <= NAME and all(s.isupper() or s.isdigit() or s == "\u00b7" for s in signs)


def capital(line: str) -> bool:
    """Whether a line begins with one; where all its letters are capitals, that says nothing."""
    first = next((char for char in line if char.isalpha()), "")
    return first.isupper() and not line.isupper()


def width(line: str) -> int:
    """How many columns a line takes: a wide character takes two."""
    return len(line) + sum(
        unicodedata.east_asian_width(char) in "WF" for char in line if char > "\u02ff"
    )
