"""Where stars are emphasis: at the edges of words, and where two of them on each side make letters of a word strong.

Elsewhere a star is a star: `x*y*z`, `2**3**4`, `**/*.py`, `(*a)*(*b)`, `/*x*/`.
"""

import functools
import itertools
import re
from collections.abc import Sequence

from ..late import late

# Scripts that set no blanks between words, so that any place may be the edge of one: Thai, Lao, Khmer, Chinese, Japanese.
WITHOUT_BLANKS = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3000-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
UNSPACED = late(f"[{WITHOUT_BLANKS}]")
# And Korean, whose particles stand right behind a word: `*강조*는`. A word that has begun has no edge within: `가로*세로*높이`.
GOES_ON = late(f"[{WITHOUT_BLANKS}\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]")
BEFORE = frozenset("([{\"'-*~^_|`$!")  # what may stand before a first star, in ASCII
AFTER = frozenset(".,;:!?)]}\"'-*~^_|`$")  # what may stand after a last one
TURNED = late(
    r"\\(?:\n|[.,;:!?)\]}\"'*~^_|`$-])"
)  # or a backslash that ends a line or gives such a sign
NOT_FIRST = frozenset("/,;:=<>|)]}+")  # no words begin with these
NOT_LAST = frozenset("/=<|([{+")  # nor end with these
# From a first star on to the next one: nothing but signs.
ONLY_SIGNS = late(r"[!-#%-)+-/:-@\[\]^_{-~]+\*")
# A word after a star at its edge, as in `*t*(29)`: behind the next star a bracket may stand.
A_WORD = late(r"(?<![^\s(\[{\"'“„«-])\*{1,2}[^\W\d_]{1,20}$")
LETTERS = late(r"\*\*([^\W\d_]+)\*\*")
# Stars that have the edge of a word at one end only: `*un*happy`, `geh*st*`, `*f*(x)`.
UNCLEAR = late(
    rf"\*(?:(?<![^\s(\[{{\"'“„«-]\*)(\*?)[^\s*\\.][^\s*]{{0,40}}(?<![)\]}}])\*\1(?=(?!{GOES_ON.pattern})[^\W_]|\()"
    rf"|(?<=[^\W_]\*)(?<!{GOES_ON.pattern}\*)(\*?)[^\W\d_][^\s*]{{0,40}}\*\2(?!(?!{GOES_ON.pattern})[^\W_]|[*(]))"
)
# Two stars that were meant to begin strong words, or to end them, as left among the words of a paragraph.
FIRST = r"(?<![^\s(\[{\"'“„«「『（])\*\*(?!\*)"
# A blank within: before the last ones, behind the first ones, or both. Where words stand on both sides of `a ** b ** c`, the stars
# are signs of a sum, and those with a comma between, as in `**a, **b`, begin two words.
BLANK_WITHIN = late(
    rf"{FIRST}(?=[^\W\d_])(?:[^*,]{{1,200}}(?<!\s) \*\*(?!\*)|[^*]{{1,200}}(?<![,\s]) \*\*(?![\w*]))"
    rf"|{FIRST} (?=[^*]{{0,200}}[^\W\d_])[^*]{{1,200}}[^\s*(\[]\*\*(?![\w*])"
    rf"|(?:\A|(?<=[.!?:;(] )|(?<=\())\*\*(?!\*) (?=[^*]{{0,200}}[^\W\d_])[^*]{{1,200}}(?<![,\s]) \*\*(?!\*)"
    rf"|{FIRST} (?=[^*]{{0,200}}[^\W\d_])[^*]{{1,200}}(?<![,\s]) \*\*(?=[.,;:!?)]|\Z)"
)
# The same of single stars, where nothing else can be meant: all of a paragraph, or a label with a capital before its other words.
# Elsewhere they are signs of linguists, notes, sums and programs as well: `*he go *she have`, `tax * net *`, `*args *kwargs`.
BLANK_WITHIN_ONE = late(
    r"\A(?:\* (?=[^*]*[^\W\d_]{2})[^*]*\*|\*(?=[^\W\d_])[^*]+(?<!\s) \*)(?=[.!?:…]?\Z)"
    r"|\A\*(?=[^\W\d_]{2})[^*]{1,60}: \*(?=[^\s*][^*]*\Z)"
)
BEGUN = late(rf"\A\*\*(?=[^\s*])[^*]*\Z|{FIRST}(?=[^\W\d_])[^*]*\Z")
BEGUN_ALONE = late(rf"[^*]*({FIRST}(?!kwargs\b)([^\W\d_])[^*]*)")
ENDED = late(r"\A[^*]*[^\s*(\[]\*\*(?![\w*])")


def blank_within(paragraph: str) -> str:
    """The first words of a paragraph between stars that make nothing strong or slanted, for a blank within; empty where there are
    none.
    """
    found = BLANK_WITHIN.search(paragraph)
    if not found and (found := BLANK_WITHIN_ONE.match(paragraph)) and found[0].endswith(": *"):
        found = found if found[0][1].isupper() else None
    return found[0] if found else ""


def over_paragraphs(paragraphs: Sequence[str]) -> str:
    """What stands from the stars at the begin of a paragraph, or at a word of it, to its end, where a later one ends with such."""
    starred = (each for each in paragraphs if "**" in each)
    for paragraph, later in itertools.pairwise(starred):
        found, last = BEGUN.search(paragraph), ENDED.search(later)
        if found and last and (not found.start() or last.end() == len(last.string)):
            return found[0]
    return ""


def begun(paragraph: str, *, strong: bool) -> str:
    """What stands behind the only two stars that are left in a paragraph, where they begin words: those of a sentence or label, or,
    where others in it are `strong`, any. A small letter alone may be that of a form which linguists star, or of a program's name.
    """
    found = BEGUN_ALONE.fullmatch(paragraph)
    return found[1] if found and (strong or found[2].isupper()) else ""


def sides(text: str, at: int, length: int) -> tuple[bool, bool]:
    """Whether the run of stars at this place may begin emphasis, and whether it may end it. What CommonMark says of blanks and
    punctuation around it goes without saying here.
    """
    end = at + length
    before, after = text[at - 1 : at] if at else "", text[end : end + 1]
    if length == 2 and "**" in text and at in (within := _within_words(text)):
        return (True, False) if within[at] else (False, True)
    opens = (
        (_free(before, BEFORE) or UNSPACED.match(after) is not None or _between_pairs(text, at - 1))
        and after not in NOT_FIRST
        and (after != "." or text[end : end + 2] == "..")  # *.txt
        and not ONLY_SIGNS.match(text, end)
    )
    closes = (
        _free(after, AFTER)
        or TURNED.match(text, end) is not None
        or _before_bracket(text, end, length)
        or (UNSPACED.match(before) or GOES_ON.match(after)) is not None
        or _between_pairs(text, end)
    ) and before not in NOT_LAST
    return opens, closes


def beside_wide(text: str, at: int, length: int) -> tuple[bool, bool]:
    """Whether the run of stars at this place may begin or end emphasis for all the punctuation within: `これは**「駅」**です`.
    Where no blanks are set between words, punctuation tells nothing of where one ends. CommonMark goes by blanks and punctuation
    alone; this is what the proposal “CJK-friendly emphasis” adds to it.
    """
    end = at + length
    before, after = text[at - 1 : at] if at else "", text[end : end + 1]
    begins = UNSPACED.match(before) is not None and not after.isspace() and after != ""
    ends = GOES_ON.match(after) is not None and not before.isspace() and before != ""
    return begins, ends


def unclear(text: str) -> re.Match[str] | None:
    """The first stars that may be meant as emphasis, as an edge of a word tells, and are none."""
    for found in UNCLEAR.finditer(text):
        stars = 1 + len(found[1] or found[2] or "")
        if found.start() not in _within_words(text) and not _before_bracket(
            text, found.end(), stars
        ):
            return found
    return None


def _before_bracket(text: str, at: int, stars: int) -> bool:
    """Whether so many stars before this place end a word before a bracket, as in `*t*(29)`."""
    end = at - stars
    return text[at : at + 1] == "(" and A_WORD.search(text[max(0, end - 24) : end]) is not None


def _free(beside: str, signs: frozenset[str]) -> bool:
    """Whether a word may have its edge beside this character."""
    if not beside or beside.isspace() or UNSPACED.match(beside):
        return True
    return beside in signs if beside.isascii() else not beside.isalnum()


def _between_pairs(text: str, at: int) -> bool:
    """Whether the character at this place is the slash in `*and*/*or*`."""
    return text[max(0, at - 1) : at + 2] == "*/*"


@functools.lru_cache(maxsize=4)  # asked for each run of one text
def _within_words(text: str) -> dict[int, bool]:
    """The places of the stars around strong letters of a longer word, as in `walk**ed**`: True for the first ones. With one letter
    each before, between and after them they may be powers.
    """
    found: dict[int, bool] = {}
    for letters in LETTERS.finditer(text):
        start, end = letters.span()
        before = _letters(text[max(0, start - 2) : start][::-1])
        after = _letters(text[end : end + 2])
        if before + after and (before, len(letters[1]), after) != (1, 1, 1):
            found[start], found[end - 2] = True, False
    return found


def _letters(text: str) -> int:
    """How many letters a text begins with."""
    return next((n for n, char in enumerate(text) if not char.isalpha()), len(text))
