"""Readings over words: `漢字{かんじ}`.

A reading in braces belongs to the run of Chinese characters right before them (with 々, 〆, ヶ and 〇 among them), or else to all
behind a `｜`: `｜お茶{おちゃ}`. It is kana, bopomofo, Hangul or Latin letters. Other braces are braces.
"""

from ..late import late
from .scripts import HAN, KANA

IN_BASE = f"[{HAN}ヶヵ]"
LETTERS = (
    "A-Za-z\u00c0-\u024f\u0300-\u036f\u1e00-\u1eff"  # Latin, with tones
    "\u02c7\u02c9-\u02cb\u02d9\u3105-\u312f\u31a0-\u31bf\uac00-\ud7a3"  # bopomofo, Hangul
)
READING = rf"\{{([{KANA}{LETTERS}][{KANA}{LETTERS}0-9 ・’'-]*)\}}"
MARK = "｜"
LIKELY = late(rf"(?:{IN_BASE}|{MARK}[^{MARK}{{}}\n]+){READING}")
HERE = late(READING)
BASE = late(f"(?:{IN_BASE})+\\Z")
HAS_HAN = late(f"[{HAN}]")
MARKED = late(rf"{MARK}([^{MARK}{{}}\n]+){READING}")
AFTER_HAN = late(rf"(?<={IN_BASE}){READING}")
# Readings whose words a deletion parts from them: behind it, or with words that stand before it.
PARTED = late(
    rf"[{HAN}{KANA}]\}}\}}{READING}|(?:{IN_BASE}|{MARK}[^{MARK}{{}}\n]+)\{{\{{\{{c[0-9]+::"
)
# Kana that has a reading, so that nobody knows where the words begin that it belongs to.
UNMARKED = late(rf"[{KANA}]+{READING}")


def any_in(text: str) -> bool:
    """Whether a text has a reading."""
    return "{" in text and not text.isascii() and LIKELY.search(text) is not None


def base_before(words: str) -> tuple[str, str] | None:
    """The words before a reading's braces in two: what it does not belong to, and what it does. None where it belongs to nothing,
    so that the braces are braces.
    """
    before, mark, base = words.rpartition(MARK)
    if mark:
        return (before, base) if base.strip() else None
    found = BASE.search(words)
    if found is None or not HAS_HAN.search(found[0]):
        return None
    return words[: found.start()], found[0]


def without(text: str) -> str:
    """A text as its author wrote it, without readings."""
    return AFTER_HAN.sub("", MARKED.sub(r"\1", text)) if any_in(text) else text


def without_marks(text: str) -> str:
    """The same without the signs that say where words begin that have a reading: nobody sees them."""
    return MARKED.sub(r"\1{\2}", text) if MARK in text else text
