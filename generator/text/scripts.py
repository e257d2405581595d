"""What scripts ask for that are not Latin: which way they run, and where their words end. `languages.py` says which way languages
run.

Chinese, Japanese, Thai, Lao, Khmer and Burmese set no blanks between words. Only a dictionary could find these: here each of their
characters, with the marks above and below it, is a word of its own.
"""

import unicodedata
from collections.abc import Iterator
from typing import Literal

from ..late import late

Direction = Literal["ltr", "rtl"]

# Hebrew, Arabic, Syriac, Thaana, N’Ko, Mandaic, Adlam and their kin.
RIGHT_TO_LEFT = late(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001eeff]"
)
# Chinese characters, and the signs that stand for one; both kinds of kana, with their marks. To be used within brackets.
HAN = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U000323af"
)
KANA = "\u3041-\u3096\u3099-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f"
# Characters beside which no blank stands: Chinese, Japanese, and their punctuation.
WIDE = f"{HAN}{KANA}\u3001-\u3003\u3008-\u3011\u3014-\u301f\uff01-\uff60"
# Without any of these, words are what stands between blanks and punctuation, and each letter is one character.
OTHER = late("[\u0300-\u1dff\u2c00-\ud7ff\uf900-\uffef\U00010000-\U000e0fff]")
WITHOUT_BLANKS = f"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff{HAN}{KANA}"
UNSPACED = late(f"[{WITHOUT_BLANKS}]")
SPACED = late(f"[^{WITHOUT_BLANKS}]+")
JOINERS = "\u200c\u200d"
# Tags that stand before the first words of a field and make no line of their own when a sign comes behind them.
BLOCKS = late(r"(?:\s*<(?:p|ul|ol|li|blockquote|table|thead|tbody|tr|th|td|pre)\b[^<>]*>)*\s*")
# What of a field a browser does not show as letters: tags, entities, and what Anki reads of a deletion, of spoken words and of a
# sound.
UNSEEN = late(r"<[^<>]*>|&#?\w+;|\{\{c[0-9]+::|\[/?anki:[^\[\]]*\]|\[sound:[^\[\]]*\]")
# Code in a line; a block of it runs as the style says.
IN_LINE = late("(?<!<pre>)<code>")
MARKS: dict[Direction, str] = {"ltr": "\u200e", "rtl": "\u200f"}


def direction(words: str, usual: Direction) -> Direction:
    """Which way some words run as a whole, in a course that runs `usual`: that way where any letter of theirs does, or else where
    none runs the other one.
    """
    if usual == "ltr" and (words.isascii() or not RIGHT_TO_LEFT.search(words)):
        return "ltr"
    runs = {_runs(char) for char in words if char.isalpha()}
    return usual if usual in runs or not runs else runs.pop()


def _runs(letter: str) -> Direction:
    return "rtl" if RIGHT_TO_LEFT.match(letter) else "ltr"


def turned(html: str, usual: Direction) -> str:
    """A field of a course that runs `usual`, so that a browser lets it run as `direction` says. By itself it goes by the first
    letter (`dir="auto"`); where that one misleads, a mark without a shape comes before it.
    """
    if usual == "ltr" and (html.isascii() or not RIGHT_TO_LEFT.search(html)):
        return html
    words = UNSEEN.sub("", html)
    first = next(filter(str.isalpha, words), "")
    if not first or _runs(first) == direction(words, usual):
        return html
    begin = BLOCKS.match(html)
    at = begin.end() if begin else 0
    return f"{html[:at]}{MARKS[usual]}{html[at:]}"


def isolated(html: str, usual: Direction) -> str:
    """HTML of a course that runs `usual`, where code in a line of words from right to left keeps its own way: `a = 3;` would stand
    there as `;a = 3`.
    """
    if usual == "ltr" or "<code>" not in html or direction(UNSEEN.sub("", html), usual) == "ltr":
        return html
    return IN_LINE.sub('<code dir="ltr">', html)


def words(text: str, within: str = "") -> Iterator[str]:
    """The words of a text in which `OTHER` finds something. `within` are signs that may stand between letters of one."""
    word = ""
    single = False  # whether the word is a character of a script without blanks, to which only marks can come
    for at, char in enumerate(text):
        if word and (char in JOINERS or unicodedata.category(char)[0] == "M"):
            word += char
        elif char.isalnum():
            unspaced = UNSPACED.match(char) is not None
            if word and (single or unspaced):
                yield word
                word = ""
            word += char
            single = unspaced
        elif word and not single and char in within and text[at + 1 : at + 2].isalnum():
            word += char
        elif word:
            yield word
            word = ""
    if word:
        yield word


def count(found: list[str]) -> int:
    """How many words these are for someone who reads them: two characters of a script without blanks are about as much as one."""
    if "".join(found).isascii():
        return len(found)
    characters = sum(UNSPACED.match(word) is not None for word in found)
    return len(found) - characters // 2
