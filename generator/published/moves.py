"""Cards that moved to another deck.

An import moves no card that a learner already has. So learners are told a search for Anki's Browse that finds just those
cards, for them to move: the old deck may hold others, which stay.
"""

import re
from collections.abc import Iterable, Sequence

from ..frozen import dataclass
from ..kinds.notetype import ID

FEW = 12  # more notes than these are searched for by their tags, where that finds the same


@dataclass(frozen=True, slots=True)
class Place:
    """Where learners have a note (`old`), and where the content puts it (`new`); whole names of decks. The tags are today's. One
    that is not `ours` came from Anki, and has its id in no field.
    """

    id: str
    tags: tuple[str, ...]
    old: str
    new: str
    ours: bool = True


@dataclass(frozen=True, slots=True)
class Move:
    """The notes that moved from one deck to another, and the search that finds their cards once the package is imported."""

    old: str
    new: str
    ids: tuple[str, ...]
    search: str


def moves(places: Iterable[Place]) -> tuple[Move, ...]:
    """The moves among all notes that learners have, in the order of the notes; those that stay are needed to leave them out."""
    places = tuple(places)
    ways: dict[tuple[str, str], list[Place]] = {}
    for place in places:
        if place.old != place.new:
            ways.setdefault((place.old, place.new), []).append(place)
    return tuple(
        Move(*way, tuple(place.id for place in moved), _search(way[0], moved, places))
        for way, moved in ways.items()
    )


def _search(deck: str, moved: Sequence[Place], places: Sequence[Place]) -> str:
    inside = [p for p in places if f"{p.old}::".startswith(f"{deck}::")]  # Anki looks below too
    stay = [place for place in inside if place not in moved]
    found = '"deck:' + re.sub(r'([\\"*_])', r"\\\1", deck) + '"'
    if not all(place.ours for place in moved):
        told = _tags(moved, stay)
        return f"{found} ({' OR '.join(f'tag:{tag}' for tag in told)})" if told else found
    if not stay:
        return f"{found} {ID}:_*"  # all that has our field: the learner's own cards stay
    terms = [f"{ID}:{place.id}" for place in moved]
    tags = _tags(moved, stay)
    if len(terms) > FEW and tags:
        terms = [f"tag:{tag}" for tag in tags]
    return f"{found} {terms[0]}" if len(terms) == 1 else f"{found} ({' OR '.join(terms)})"


def _tags(moved: Iterable[Place], stay: Iterable[Place]) -> tuple[str, ...]:
    """Tags that all these notes have and none of the others; nothing where there are none."""
    others = {tag for place in stay for tag in place.tags}
    own = [[tag for tag in place.tags if tag not in others] for place in moved]
    return tuple(dict.fromkeys(tags[0] for tags in own)) if all(own) else ()
