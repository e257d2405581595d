"""How two sequences differ, and what is like a word: by `difflib`, which a course without a slip does not load."""

from collections.abc import Hashable, Iterable, Sequence
from typing import TypeAlias

Steps: TypeAlias = Sequence[tuple[str, int, int, int, int]]


def steps(one: Sequence[Hashable], other: Sequence[Hashable]) -> Steps:
    """What makes the other of the one, as `difflib.SequenceMatcher.get_opcodes` tells it."""
    from difflib import SequenceMatcher

    return SequenceMatcher(None, one, other, autojunk=False).get_opcodes()


def ratio(one: str, other: str) -> float:
    """How like two texts are, from 0 to 1, as `difflib.SequenceMatcher.ratio` tells it."""
    from difflib import SequenceMatcher

    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def nearest(word: str, known: Iterable[str], least: float = 0.6) -> str:
    """The known word that is most like another, or nothing; `least` is a `ratio`."""
    from difflib import get_close_matches

    near = get_close_matches(word, list(known), n=1, cutoff=least)
    return near[0] if near else ""
