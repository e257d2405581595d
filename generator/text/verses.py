"""Lines that an author broke on purpose: verses, an address, steps without numbers. A text joins its lines, so this is to be said.

An editor breaks a line where the next word would have been too long for the column. Where it would have fitted, and again on the
next line, somebody broke it; so too where each line begins with a capital though no sentence has ended. Two things look alike and
are no verses: a paragraph that was edited after it was wrapped, which has one such line or another, and one that has a line for
each sentence. Where they cannot be told apart, nothing is found.
"""

import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from .late import late

NARROW = 40  # columns: nobody wraps a paragraph in fewer
VERSE = 60  # columns: lines that are longer are no verses for their capitals alone
RUNNING = 2  # so many lines are broken on purpose one after the other
ENDED = late(r"""[.!?…。！？][)\]"'’”»*_]*$""")  # a sentence
PAUSED = late(r"""[,;:.!?…—–，、；：。！？][)\]"'’”»*_]*$""")
MARKED = late(
    r"(?:[a-z0-9]{1,2}[.)]|[•‣◦–—]) ?\S", re.IGNORECASE
)  # an item of what reads as no list
HARD = re.compile(r"(?: {2}|(?<!\\)(?:\\\\)*\\)$")  # the line ends where the text says so
FILE = re.compile(r"!\[[^\n]*\)$")  # a picture or sound on a line of its own


def broken(paragraph: str) -> str:
    """The first of the lines of a paragraph that somebody broke on purpose; nothing where none was."""
    lines = paragraph.split("\n")
    widest = max(map(_width, lines))
    for part in _parts(lines):
        told = [_on_purpose(*pair, widest) for pair in itertools.pairwise(part)]
        if len(told) == 1 and _couplet(part[0], part[1], widest):
            return part[0]
        for at in range(len(told) - RUNNING + 1):
            if all(told[at : at + RUNNING]):
                return part[at]
    return ""


def _parts(lines: Iterable[str]) -> Iterator[Sequence[str]]:
    """Lines that become one: up to a break that the author wrote, or a picture."""
    part: list[str] = []
    for line in lines:
        if FILE.match(line.strip()):
            yield part
            part = []
            continue
        part.append(line.strip())
        if HARD.search(line):
            yield part
            part = []
    yield part


def _on_purpose(line: str, following: str, widest: int) -> bool:
    """Whether somebody broke a line here, for all that it tells by itself."""
    if MARKED.match(line) and MARKED.match(following):
        return True
    word = re.match(r"\S+", following)
    taken = _width(line) + 1 + _width(word[0] if word else "")
    if widest <= NARROW:
        return taken <= NARROW
    short = widest <= VERSE or taken <= 3 / 4 * widest
    return short and _capital(following) and not ENDED.search(line)


def _couplet(line: str, following: str, widest: int) -> bool:
    """Whether two lines alone are two: items, or both short, with a pause between them and a capital after it."""
    if MARKED.match(line) and MARKED.match(following):
        return True
    return widest <= NARROW and bool(PAUSED.search(line)) and _capital(following)


def _capital(line: str) -> bool:
    """Whether a line begins with one; where all its letters are capitals, that says nothing."""
    first = next((char for char in line if char.isalpha()), "")
    return first.isupper() and not line.isupper()


def _width(line: str) -> int:
    return sum(1 + (unicodedata.east_asian_width(char) in "WF") for char in line)
