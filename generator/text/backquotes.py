"""Backquotes that begin or end no code: they stand for apostrophes, for a letter of Arabic or Hebrew, or lack their partner."""

import re
from collections.abc import Iterable, Iterator

from ..late import late
from .signs import LETTERS, Found

# A backquote that begins a word, and no code. One that stands for a quotation mark has its partner behind a word: `so'.
BACKQUOTE = late(
    r"(?<![^\s(\[{\"'“„«])`(?=[^\s`'.,:;!?)\]}]|[.:]\w)(?![^`'´’]{0,200}['´’](?!\w))(?P<word>[^\s`]{1,40})"
)
# What has one in place of an apostrophe, or of a letter of Arabic or Hebrew: `60s, rock `n roll, `Abd al-Rahman. The rest of words
# that are no names in a program may be code that lacks its end.
SHORTENED = late(
    r"[0-9]{1,4}(?:e?r?s|er[ns]?)?|[dmnst]'?|em|un|ne|ll|re|ve|tis|twas|twere|til|cause|cos|cuz|neath|round|bout|tween"
)
HINT = "put another one behind code: `code`; write ’ for an apostrophe, ʿ for the letter ain, \\` for the sign"
OPENING = frozenset("“„«‘")  # which no code ends with
LATIN = late("[A-Za-z\u00c0-\u024f]")
A_WORD = late(rf"({LETTERS}|[0-9]{{1,4}}[a-z]{{0,3}})[.,;:!?)\]}}”“»\"'’…-]*")


def lone(text: str, seen: str) -> Iterator[Found]:
    """The first backquote that begins a word and no code, and is likely to be none that is meant as such."""
    begun = [*BACKQUOTE.finditer(seen)] if "`" in seen else []
    program = text.count("`") > seen.count("`")  # in a text with code, others are of code too
    if wrong := next((each for each in begun if program or not _as_word(each["word"])), None):
        message = f"“{wrong[0][:40]}”: nothing ends the code that a backquote begins"
        yield Found(message, HINT, *wrong.span())
    elif doubtful := next((each for each in begun if not _is_sure(each["word"])), None):
        message = f"“{doubtful[0][:40]}”: learners see the backquote, which begins no code"
        yield Found(message, HINT, *doubtful.span(), "lone-sign")


def _as_word(said: str) -> str:
    """The word that stands there, if it is none of a program as `getName` is; else empty."""
    found = A_WORD.fullmatch(said)
    word = found[1] if found else ""
    return word if word[1:] == word[1:].lower() or "-" in word or "’" in word else ""


def _is_sure(said: str) -> bool:
    """Whether a word may have a backquote before it that begins no code."""
    word = _as_word(said)
    return bool(word) and (
        word[0].isupper() or not word.isascii() or bool(SHORTENED.fullmatch(word.lower()))
    )


def apostrophes(text: str, code: Iterable[tuple[int, re.Match[str]]]) -> Found | None:
    """The first code between two backquotes that were meant to stand for apostrophes: “the `60s and `70s”, “Hawai`i and Kaua`i”.
    A blank or a quotation mark at one of its ends stands between it and a letter, or letters stand right beside both of them.
    `code` has what of the text is within code or a formula, and where it begins.
    """
    for start, found in code:
        words, end = found[0].strip("`"), start + len(found[0])
        before, behind = text[max(0, start - 1) : start], text[end : end + 1]
        blanks = words[:1].isspace(), words[-1:].isspace() or words[-1:] in OPENING
        if found[2] and (
            (blanks == (False, True) and behind.isalnum())
            or (blanks == (True, False) and before.isalnum())
            or (" " in words and all(map(LATIN.match, (before, behind))))
        ):
            return Found(
                f"“{found[0][:40]}” is code here, from one backquote to the next",
                "write ’ for an apostrophe, “…” for quotation marks, \\` for the sign;"
                " put a blank between code and what stands beside it",
                start,
                end,
            )
    return None
