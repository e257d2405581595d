"""The order in which a learner first meets the cards.

It is the course's own, but that
- questions of credit come last in their module;
- the cards of one note, the items of one list and the cases of one sort lie apart: each shows the others' answers;
- what tells an idea from one that is easily taken for it waits until both have settled;
- a card waits while one of the five before it shows its answer, or asks for what it shows.

Modules follow each other as in the course, since learners take them singly. A place depends on the cards around it alone,
so that a new card moves few others against each other. Anki reads places once, when a card arrives: an update moves no card
that a learner has.
"""

import functools
import hashlib
import itertools
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence

from .frozen import dataclass
from .kinds.sort import Sort
from .model import Concept, Course, Module
from .seen import Seen, cards_seen, each_seen, shown_answer
from .text import to_plain

NEAR = 5  # cards after one that must not ask for what it shows
# The same, where it can be had: a learner who buries siblings meets a few cards later.
KEPT = NEAR + 1
APART = 13  # places between two cards of one card of the course, where its module is long enough
DAY = 20  # new cards of a day: Anki's default, and the most that we plan for
SETTLED = 8  # places after both of two ideas until they are told apart
AHEAD = 60  # cards that are looked through for one that can stand in a place
MENDED = 40  # cards of a module that may be moved once more: what bounds the time for a course of look-alikes


Hurts = Callable[[Seen, Seen], bool]  # of a card and one after it
Reason = str | Seen  # what moved a card, in words, or the card from which it keeps apart
Reasons = dict[Seen, Reason]


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """Where a card stands among all cards, from 1, and what moved it from the course's order; empty if nothing did."""

    number: int
    card: Seen
    moved: Reason

    @property
    def why(self) -> str:
        """What moved the card, in words."""
        return self.moved if isinstance(self.moved, str) else _waits(self.card, self.moved)


@functools.lru_cache(maxsize=2)  # checks and lists look at the same course
def places(course: Course) -> tuple[Place, ...]:
    """Every card, in the order in which they are first met."""
    ordered = arranged(cards_seen(course), [])
    return tuple(Place(n, card, moved) for n, (card, moved) in enumerate(ordered, 1))


def arranged(cards: Iterable[Seen], before: Iterable[Seen]) -> Iterator[tuple[Seen, Reason]]:
    """The cards of whole modules in the order of first meetings, each with what moved it. Of those met `before` them, which stand
    there in that order, only the last `KEPT` count.
    """
    last = deque(before, KEPT)
    for module, found in itertools.groupby(cards, key=lambda each: each.note.module):
        own = list(found)
        moved: Reasons = {}
        if any(each.note.ours for each in own):  # what came from Anki has an order of its own
            own = _apart(_wished(module, own, moved), last, moved)
        last.extend(own)
        yield from ((each, moved.get(each, "")) for each in own)


def dues(course: Course) -> dict[tuple[str, int], int]:
    """The place of each card, by its note's guid and its ordinal. What cards show takes as much room as the course: so that is
    made of one module at a time, and not kept.
    """
    ordered = arranged(each_seen(course), [])
    return {(card.note.guid, card.ordinal): n for n, (card, _) in enumerate(ordered, 1)}


def forget() -> None:
    """Let go of what was worked out of courses: what their cards show takes as much room as all else, and a check that is done with
    it goes on to a ledger.
    """
    places.cache_clear()
    cards_seen.cache_clear()


def first_places(course: Course) -> dict[str, int]:
    """The place of each note's first card, by the note's guid."""
    return {each.card.note.guid: each.number for each in reversed(places(course))}


def explained(course: Course) -> Iterator[str]:
    """A line for each note in the order of first meetings: the places of its cards, its id, what moved them."""
    by_note: dict[str, list[Place]] = {}
    for each in places(course):
        by_note.setdefault(each.card.note.id, []).append(each)
    for id_, own in by_note.items():
        numbers = ", ".join(str(each.number) for each in own)
        whys = dict.fromkeys(each.why for each in own if each.why)
        yield f"{numbers}  {id_}  {'; '.join(whys) or 'in the order of the course'}"


# --- where a card would best stand ---------------------------------------------------------------


def _wished(module: Module, cards: Sequence[Seen], moved: Reasons) -> list[Seen]:
    """The cards of a module sorted by where each would stand if it were alone."""
    credit = [each for each in cards if each.note.card.lens == "credit"]
    for each in credit:
        moved[each] = "asks whose idea it is: at the end of its module"
    rest = [each for each in cards if each.note.card.lens != "credit"]
    wishes = {each: float(n) for n, each in enumerate(rest)}
    for members in _groups(rest):
        first = int(wishes[members[0]])
        spread = _spread(members, first, len(rest))
        for n, (each, wish) in enumerate(zip(_mixed(members), spread, strict=True)):
            if n or wish < first:
                moved[each] = (
                    f"one of {len(members)} cards of “{each.note.card.id}”: they lie apart"
                )
            wishes[each] = wish
    for each, rival, wish in _told_apart(module, rest, wishes):
        if wish > wishes[each]:
            wishes[each] = wish
            moved[each] = f"tells “{rival}” apart: after both have settled"
    return sorted(rest, key=wishes.__getitem__) + credit  # stable: equal wishes in course order


def _groups(cards: Sequence[Seen]) -> Iterator[list[Seen]]:
    """Cards that one card of the course gives, where there are several."""
    for _, members in itertools.groupby(cards, key=lambda each: each.note.card.id):
        found = list(members)
        if len(found) > 1:
            yield found


def _mixed(members: list[Seen]) -> list[Seen]:
    """In their order; but the cases of a sort by chance, since authors tend to write them in that of the options."""
    if not isinstance(members[0].note.card, Sort):
        return members
    return sorted(members, key=lambda each: hashlib.sha256(each.note.id.encode()).digest())


def _spread(members: Sequence[Seen], first: int, size: int) -> list[float]:
    """Where such cards would best stand among `size` cards, the first of them at `first`. Where the rest of the module is
    too short for it, they begin earlier.

    Anki sorts the new cards of a day by their number in the note. So those of one note lie a day apart, all but the
    first, which stays in front.
    """
    least, gaps = KEPT + 1, len(members) - 1
    days = DAY * (gaps - 1)  # from the second to the last
    if members[0].note is members[-1].note and least + days < size:
        start = max(0, min(first, size - 1 - least - days))
        second = start + min(APART, size - 1 - start - days)
        return [start, *(float(second + n * DAY) for n in range(gaps))]
    start = max(0, min(first, size - 1 - least * gaps))
    step = min(APART, max(1, (size - 1 - start) / gaps))
    return [start + n * step for n in range(gaps + 1)]


def _told_apart(
    module: Module, cards: Sequence[Seen], wishes: dict[Seen, float]
) -> Iterator[tuple[Seen, str, float]]:
    """The cards that tell a concept from another of the module that it names under `not`, with the other's id and the
    place from which both have settled.
    """
    by_name = {to_plain(concept.name).lower(): concept for concept in module.concepts}
    last = {each.note.owner.id: wishes[each] for each in cards}  # of each concept, its last card
    rivals: dict[str, Concept] = {}
    for concept in module.concepts:
        for neighbour in concept.not_:
            other = by_name.get(to_plain(neighbour.name).lower())
            if other and other is not concept:
                rivals.setdefault(concept.id, other)
                rivals.setdefault(other.id, concept)
    for each in cards:
        rival = rivals.get(each.note.owner.id)
        if rival and rival.id in last and each.note.card.asks == "tell-apart":
            yield each, rival.id, max(last[each.note.owner.id], last[rival.id]) + SETTLED


# --- so that no card shows the answer of the next ------------------------------------------------


def _apart(cards: Sequence[Seen], before: Iterable[Seen], moved: Reasons) -> list[Seen]:
    """The cards in nearly their order, each of them behind `before` with nothing near it that gives it away."""
    window = deque(before, KEPT)
    waiting = deque(cards)
    placed: list[Seen] = []
    harmed = False
    day: dict[str, int] = {}  # by note, from which place on its next card is of another day
    while waiting:
        for n, each in enumerate(itertools.islice(waiting, AHEAD)):
            if len(placed) < day.get(each.note.guid, 0) and _others(waiting):
                continue
            foe = _clash(reversed(window), each, _foes)
            if foe is None:
                chosen = n
                break
            moved.setdefault(each, foe)
        else:  # none of them can
            chosen, harmed = 0, True
        each = waiting[chosen]
        del waiting[chosen]
        placed.append(each)
        window.append(each)
        if each.ordinal:
            day[each.note.guid] = len(placed) + DAY
    return _mended(placed, list(before), moved) if harmed else placed


def _others(waiting: Iterable[Seen]) -> bool:
    """Whether first cards of notes wait that do not belong at the module's end."""
    return any(not each.ordinal and each.note.card.lens != "credit" for each in waiting)


def _mended(placed: list[Seen], before: list[Seen], moved: Reasons) -> list[Seen]:
    """The same, with those moved to an earlier place that found none at the end of the module: to one where no card
    near shows another's answer, or, where there is none, to one where none is harmed.
    """
    moves = 0
    for here in range(len(placed)):
        each = placed[here]
        around = reversed(_before(placed, here, before, KEPT))
        if moves >= MENDED or _clash(around, each, _foes) is None:
            continue
        if _free(placed, here, before, _harms, NEAR) is None:
            continue  # as in most short modules: where each place harms, none is free of more than that
        for hurts, near in ((_foes, KEPT), (_foes, NEAR), (_harms, NEAR)):
            foe = _clash(reversed(_before(placed, here, before, near)), each, hurts)
            if foe is None:
                break
            there = _free(placed, here, before, hurts, near)
            if there is not None:
                placed.insert(there, placed.pop(here))
                moved.setdefault(each, foe)
                moves += 1
                break
    return placed


def _free(placed: list[Seen], here: int, before: list[Seen], hurts: Hurts, near: int) -> int | None:
    """The nearest earlier place where a card and none of the `near` before or after it clash."""
    each = placed[here]
    # The places next to each other have most of the cards around them in common.
    hurt_by = _AskedOnce(lambda other: hurts(other, each))
    hurting = _AskedOnce(lambda other: other is not each and hurts(each, other))
    for there in range(here - 1, max(-1, here - AHEAD), -1):
        if any(map(hurt_by.__getitem__, _before(placed, there, before, near))):
            continue
        if not any(map(hurting.__getitem__, placed[there : there + near])):
            return there
    return None


class _AskedOnce(dict[Seen, bool]):
    """Whether something is so of each card, asked once. `functools.cache` takes longer to make than a short module asks."""

    def __init__(self, asked: Callable[[Seen], bool]) -> None:
        self.asked = asked

    def __missing__(self, card: Seen) -> bool:
        self[card] = found = self.asked(card)
        return found


def _before(placed: list[Seen], place: int, before: list[Seen], near: int) -> list[Seen]:
    """The cards just before a place, those that were placed earlier counted in."""
    return [*before, *placed[max(0, place - near) : place]][-near:]


def _clash(others: Iterable[Seen], card: Seen, hurts: Hurts) -> Seen | None:
    """The first of others, from the nearest on, that a card may not stand near."""
    for other in others:  # a generator in `next` takes half as long again
        if hurts(other, card):
            return other
    return None


def _harms(before: Seen, after: Seen) -> bool:
    """Whether a card takes the answer from one that is met after it."""
    return before.note.card is after.note.card or shown_answer(before, after) is not None


def _foes(one: Seen, other: Seen) -> bool:
    """Whether either of two cards, the first of them met first, shows the other's answer. Between modules, where a card
    that waits would make way for one that builds on it, only the first does harm.
    """
    return _harms(one, other) or (
        one.note.module is other.note.module and shown_answer(other, one) is not None
    )


def _waits(card: Seen, foe: Seen) -> str:
    gives = f"“{foe.note.id}” shows its answer" if shown_answer(foe, card) else ""
    return f"{gives or f'it shows the answer of “{foe.note.id}”'}: they lie apart"
