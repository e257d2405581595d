"""Which of many sets of words are nearly the same, without comparing each with each.

Two sets are near when at least `percent` of all their words are common (Jaccard's index). Near sets must share words
even among their rarest ones: this is the prefix filter of Chaudhuri, Ganti and Kaushik, *A Primitive Operator for
Similarity Joins in Data Cleaning* (2006), here with two shared words, after Wang, Li and Feng, *Can We Beat the Prefix
Filtering?* (2012), so that common words of a small vocabulary do not bring back the comparison of each with each.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import chain, combinations


def near(one: frozenset[str], other: frozenset[str], percent: int) -> bool:
    """Whether at least `percent` of the words of both are common to them. An empty set is near to none."""
    return bool(one and other) and len(one & other) * 100 >= len(one | other) * percent


def first_near(sets: Sequence[frozenset[str]], percent: int) -> Iterator[tuple[int, list[int]]]:
    """For each set, by its place, the places of the earlier ones near to it, in order; sets without any are left out."""
    ranks = _ranks(sets)
    places: defaultdict[Hashable, list[int]] = defaultdict(list)
    for place, words in enumerate(sets):
        candidates: set[int] = set()
        for key in _keys(sorted(words, key=ranks.__getitem__), percent):
            sharing = places[key]
            candidates.update(sharing)
            sharing.append(place)
        found = [earlier for earlier in sorted(candidates) if near(words, sets[earlier], percent)]
        if found:
            yield place, found


def _ranks(sets: Iterable[frozenset[str]]) -> dict[str, int]:
    """The place of each word among all, the rarest first."""
    counts = Counter(chain.from_iterable(sets))
    ordered = sorted(sorted(counts), key=counts.__getitem__)
    return {word: rank for rank, word in enumerate(ordered)}


def _keys(words: Sequence[str], percent: int) -> Iterator[Hashable]:
    """What a set, its rarest word first, shares at least one of with every set that is near to it.

    Sets with `common` words in common share one word among the first `size - common + 1` of each, and two among the
    first `size - common + 2`. `common` is at least `percent` of the larger of the two.
    """
    size = len(words)
    if percent > 100 or not words:
        return
    common = max(1, -(-size * percent // 100))
    if percent <= 0:
        yield ()  # any two sets are near
    elif percent < 34:  # pairs would be many, and a single word is enough where limits are so low
        yield from words[: size - common + 1]
    else:
        if common == 1:
            yield from words[:size]
        yield from combinations(words[: size - max(common, 2) + 2], 2)
