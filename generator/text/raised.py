"""Which of an author's pairs of carets and tildes raise and lower what was meant so: `x^2^`, `Ca^2+^`, `10^−3^`, `1^st^`, `H~2~O`.

Two powers written in one text, as in `2^3·3^2`, are such a pair as well, and so are two amounts, as in `~10~20 km`. So what is
raised has to be a closed form, letters and digits with a sign at an edge, and what stands behind it nothing of a power; anything
else is told. That is decided by what may be, since nobody can list what may not.
"""

import re
import unicodedata
from collections.abc import Iterator

from ..late import late
from . import scripts

# A pair as the parser finds it; an escaped sign opens none, and is a letter like any other within one.
CARETS = late(r"\\.|\^((?:\\.|[^\s^\\])+)\^", re.DOTALL)
TILDES = late(r"\\.|~~+|~((?:\\.|[^\s~\\])+)~(?!~)", re.DOTALL)
ESCAPED = late(r"\\.", re.DOTALL)
SIGNS = "+−–-"
EDGES = late(rf"\A[±{SIGNS}]|[{SIGNS}]\Z")
DECIMAL = late(r"(?<=\d)[.,](?=\d)")
# Signs that Unicode counts among operators or punctuation, and that are none in a power: primes, infinity, sharps, radicals.
NO_OPERATORS = frozenset("′″'’∞♯•†‡°%")
ALONE = frozenset("+-*#")  # of ASCII, what may be raised by itself
# Behind a pair: no power begins with these.
NO_POWER = late(r"""\Z|\s|[.,;:!?)\]}/|"”’»…、。，；：！？）」』】]|\*\*""")
POWER = late(rf"[^\W_]|[{SIGNS}][^\W_]|\(")
LETTER = late(r"[A-Za-z\u00c0-\u02af\u0370-\u03ff]")
LETTERS = late(r"[A-Za-z\u00c0-\u02af\u0370-\u03ff]+")
COUNTED = late(rf"[{SIGNS}]?\d+[^\W\d_]+")  # of x^2y^2 what stands between the carets
SHELL = late(r"\d[spdfg]\^")  # 1s^2^2s^2^2p^6^
LOWERED = late(r"[\w.,+−()*$-]*[\w)*$]")
AMOUNT = late(r"\d[\d.,]*[^\W\d_]*")
WIDE = late(rf"{scripts.UNSPACED.pattern}|[\uac00-\ud7af]")
BASE = late(r"[A-Za-z\u00c0-\u02af\u0370-\u03ff)\]}^*\u00b7]")


def doubtful_raised(text: str) -> Iterator[tuple[int, int]]:
    """Where a pair of carets stands that may be two powers, or no power at all, from its first sign to its last."""
    for found in CARETS.finditer(text) if "^" in text else ():
        if found[1] and _two_powers(text, *found.span(), _letters(found[1])):
            yield found.span()


def doubtful_lowered(text: str) -> Iterator[tuple[int, int]]:
    """Where a pair of tildes stands that may mean about so much, or nothing."""
    for found in TILDES.finditer(text) if "~" in text else ():
        if found[1] and _two_amounts(text, *found.span(), _letters(found[1])):
            yield found.span()


def dotted(text: str) -> str:
    """A text with as many dots in place of what is raised or lowered in it."""
    for pairs in (CARETS, TILDES):
        text = pairs.sub(lambda found: "\u00b7" * len(found[0]) if found[1] else found[0], text)
    return text


def _letters(inside: str) -> str:
    """What stands between two signs: an escaped character was meant so, as a letter is, and marks belong to their letters."""
    said = ESCAPED.sub("x", inside)
    if said.isascii():
        return said
    return "".join(c for c in said if not unicodedata.category(c).startswith("M"))


def _two_powers(text: str, start: int, end: int, inside: str) -> bool:
    before, after = text[max(0, start - 2) : start], text[end : end + 4]
    named = "∞" in inside or any(map(str.isalnum, inside))
    if not named:
        beside = before[-1:].strip("([{“„«\"' \n") or after[:1].isalpha()
        return not (_is_sign(inside) and beside)  # ^_^
    if not _is_closed(inside):
        return not NO_POWER.match(after)
    if after[:1].isdigit():
        return not SHELL.match(text, end)
    has_base = before[-1:].isalnum() or before[-1:] in {")", "]", "}"}
    if has_base and COUNTED.fullmatch(inside):
        return POWER.match(after) is not None
    if LETTERS.fullmatch(inside):  # a^b^c, x^ay^b, x^ny^-1
        by_one_letter = before[-1:].isalpha() and not before[:-1].isalpha()
        if LETTER.match(after):
            return len(inside) == 1 or by_one_letter
        return len(inside) > 1 and by_one_letter and re.match(rf"[{SIGNS}]\d", after) is not None
    return False


def _is_closed(inside: str) -> bool:
    """Whether what stands between two carets are letters and digits, with a sign at an edge: no operator of any script, no bracket
    and no punctuation.
    """
    core = DECIMAL.sub("", EDGES.sub("", inside))
    return all(
        c.isalnum() or c in NO_OPERATORS or unicodedata.category(c) in {"Lm", "So"} for c in core
    )


def _is_sign(inside: str) -> bool:
    """Whether it is one sign that may be raised or lowered by itself, such as a charge, a star or a dagger."""
    return (len(inside) == 1 and (inside in ALONE or not inside.isascii())) or (
        len(inside) == 2 and inside[0] in NO_OPERATORS | set(SIGNS) and inside[1] in "•" + SIGNS
    )


def _two_amounts(text: str, start: int, end: int, inside: str) -> bool:
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    if not LOWERED.fullmatch(inside):
        return not (_is_sign(inside) and before.strip())
    if WIDE.match(inside):
        return not (BASE.match(before) or before.isdigit())
    if after.isdigit():  # ~10~20 km, but log~2~8
        return not BASE.match(before)
    alone = not before.strip("([{“„«\"' \n")
    return alone and AMOUNT.fullmatch(inside) is not None and not LETTER.match(after)
