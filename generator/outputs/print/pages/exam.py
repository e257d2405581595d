"""The test in two versions of equal points, each with a key of its own.

It is the plan's final test, where the whole course is printed and has one; else questions drawn from the cards. What is drawn
is the same each time: an order by digests of ids, which a new card leaves as it was for the others.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import itemgetter

from ....frozen import dataclass
from ....kinds.base import Card, Row
from ....late import late
from ....notes import Note, notes_of, sources_of
from ....plan import TestItem
from ....text import Tree, to_plain, to_tree
from ....text.tree import List
from ....texts import Id, Prose, Text
from ...pagedata import Drawing, Heading, Patched, Shown, Sources, drawings, heading, hidden
from ...typesetter import Document
from .base import Selection
from .sheets import rows

VERSIONS = ("a", "b")
QUESTIONS = 20  # in a test that is drawn from cards
FEW = 10  # with so many, a test is long enough
WORD = late(r"\w+")
MANY = 6  # points of a question that keeps its place, at the end of the test as a rule
REASONS = {"reason", "move"}  # what a card asks where an answer takes more than a word


@dataclass(frozen=True, slots=True)
class Question(Shown):
    """A question of a test. It has `parts` of equal points, or asks for several `items` in lines of their own, or is a `choice`
    from the list at its end. `lines` are ruled for its answer, or for that of each part. `id` and `key` stand in the key only;
    there `keys` are the items.
    """

    id: str
    points: int
    question: Tree
    parts: Sequence[Tree]
    items: int
    ordered: bool
    choice: Sequence[Tree]
    task: str
    lines: int
    picture: Patched | None
    key: Tree
    keys: Sequence[Tree]
    more: Tree
    source: Sources


@dataclass(frozen=True, slots=True)
class Exam(Shown):
    """Both versions of the test by their letters, the pictures in them, and the points that pass, 0 where nobody said. `module` is
    the one that the test is about, where it is not about the whole course. `minutes` are those that a meeting gives to the
    plan's test, 0 where none does.
    """

    module: Heading | None
    versions: Mapping[str, Sequence[Question]]
    pictures: Mapping[str, Drawing]
    final: bool
    passing: int
    minutes: int


def data(selection: Selection) -> Exam:
    """The plan's test or one of the cards, in both versions."""
    items = _planned(selection)
    versions = _of_plan(items) if items else _of_cards(selection)
    shown = {q.picture.name for each in versions.values() for q in each if q.picture}
    total = sum(question.points for question in versions["a"])
    course, modules = selection.course, selection.modules
    share = course.plan.assessment.pass_percent if course.plan else 0
    one = len(modules) == 1 and len(course.modules) > 1
    return Exam(
        module=heading(course, modules[0]) if one else None,
        versions=versions,
        pictures=drawings(course, shown),
        final=bool(items),
        passing=-(-total * share // 100) if items else 0,
        minutes=_minutes(selection) if items else 0,
    )


def _minutes(selection: Selection) -> int:
    """The minutes for the plan's test: of the meeting that is printed, else of the first one that has it."""
    course, meeting = selection.course, selection.meeting
    every = [session for form in course.forms for session in form.sessions]
    sessions = [meeting[1]] if meeting else every
    return next((step.minutes for each in sessions for step in each.plan if step.test), 0)


def documents(_: Selection) -> Iterator[Document]:
    """Of each version the test and its key."""
    for version in VERSIONS:
        yield Document(f"test-{version}.pdf", f'page.make("{version}")')
        yield Document(f"test-{version}-key.pdf", f'page.key("{version}")')


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _lines(points: int) -> int:
    """How many lines an answer gets: room for a sentence a point."""
    return points + 1


# --- from the plan -------------------------------------------------------------------------------


def _planned(selection: Selection) -> tuple[TestItem, ...]:
    """The items of the plan's test, where all of the course is asked for."""
    course = selection.course
    whole = selection.modules == course.modules and len(selection.notes) == len(notes_of(course))
    return course.plan.assessment.test if course.plan and whole else ()


def _of_plan(items: Sequence[TestItem]) -> dict[str, list[Question]]:
    """Version A as the plan has it; B with its other cases, and in another order: items of many points stay where they are."""
    named = [(f"plan-{n}", item) for n, item in enumerate(items, 1)]
    moving = [n for n, item in enumerate(items) if item.points <= MANY]
    mixed = sorted(moving, key=lambda at: _digest("b", str(at)))
    goes_to = dict(zip(mixed, [*mixed[1:], *mixed[:1]], strict=True))
    return {
        "a": [_item(name, item, item.ask, item.key) for name, item in named],
        "b": [_other(*named[goes_to.get(at, at)]) for at in range(len(named))],
    }


def _other(name: str, item: TestItem) -> Question:
    if item.other is None:
        return _item(name, item, item.ask, item.key)
    return _item(f"{name}-other", item, item.other.ask, item.other.key)


def _item(name: str, item: TestItem, ask: Prose, key: Prose) -> Question:
    asked = to_tree(ask)
    last = asked.blocks[-1] if asked.blocks else None
    parts = [Tree(blocks) for blocks in last.items] if isinstance(last, List) else []
    if parts and item.points % len(parts) == 0:
        asked = Tree(asked.blocks[:-1])
    else:
        parts = []
    return Question(
        id=name,
        points=item.points,
        question=asked,
        parts=parts,
        items=0,
        ordered=False,
        choice=(),
        task="",
        lines=_lines(item.points // (len(parts) or 1)),
        picture=None,
        key=to_tree(key),
        keys=(),
        more=Tree(),
        source=Sources(),
    )


# --- from the cards ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Asked:
    """A row of a sheet as a question: with the points that it is worth, and in words what it asks and answers."""

    note: Note
    row: Row
    id: str
    points: int
    asks: str
    answers: tuple[str, ...]

    def tells(self, other: "Asked") -> bool:
        """Whether what it asks answers another question."""
        return any(answer.strip() and answer in self.asks for answer in other.answers)


Pair = tuple[Asked, Asked]


def _of_cards(selection: Selection) -> dict[str, list[Question]]:
    asked = [_asked(note, row) for note, row in rows(selection)]
    sources = sources_of(selection.course)
    pairs = _chosen(_paired(selection.course.about.id, asked))
    return {
        version: [
            _question(each, sources(each.note))
            for each in sorted((pair[at] for pair in pairs), key=lambda e: _digest(version, e.id))
        ]
        for at, version in enumerate(VERSIONS)
    }


def _asked(note: Note, row: Row) -> Asked:
    texts = [each.text for each in row.items] or [row.answer]
    reasons = isinstance(note.card, Card) and note.card.asks in REASONS
    return Asked(
        note,
        row,
        row.id or str(note.card.id),
        max(len(row.items), row.parts, 2 if reasons else 1),
        _words(row.question),
        tuple(map(_words, texts)),
    )


def _words(text: Text) -> str:
    """The words of a text, with a blank before and after each."""
    return " ".join(["", *WORD.findall(to_plain(text).casefold()), ""])


def _paired(course: Id, asked: Sequence[Asked]) -> list[Pair]:
    """Questions of equal points in twos, as near as may be: of one card, or else one concept, or else one module. One that is left
    alone is its own counterpart.
    """
    pairs: list[Pair] = []
    left = sorted(asked, key=lambda each: _digest(course, each.id))
    for near in (_card, _owner, _module):
        groups: dict[tuple[str, int], list[Asked]] = {}
        for each in left:
            groups.setdefault((near(each), each.points), []).append(each)
        left = []
        for group in groups.values():
            pairs += zip(group[::2], group[1::2], strict=False)
            left += group[-1:] if len(group) % 2 else []
    return [*pairs, *((each, each) for each in left)]


def _card(asked: Asked) -> str:
    return str(asked.note.card.id)


def _owner(asked: Asked) -> str:
    return str(asked.note.owner.id)


def _module(asked: Asked) -> str:
    return str(asked.note.module.id)


def _chosen(pairs: Sequence[Pair]) -> list[Pair]:
    """As many as a test has: of all modules alike and within them of all concepts, and none that answers another. What both
    versions would ask is taken only where there is little else.
    """
    waiting = _in_turns(_in_turns(pairs, _owner), _module)
    chosen: list[Pair] = []
    for pair in sorted(waiting, key=lambda pair: pair[0] is pair[1]):
        others = [(pair[at], other[at]) for other in chosen for at in range(len(VERSIONS))]
        room = FEW if pair[0] is pair[1] else QUESTIONS
        if len(chosen) < room and not any(a.tells(b) or b.tells(a) for a, b in others):
            chosen.append(pair)
    return chosen


def _in_turns(pairs: Sequence[Pair], place: Callable[[Asked], str]) -> list[Pair]:
    """The first pair of each place, then the second of each, and so on."""
    seen: Counter[str] = Counter()
    turns: list[tuple[int, Pair]] = []
    for pair in pairs:
        turns.append((seen[place(pair[0])], pair))
        seen[place(pair[0])] += 1
    return [pair for _, pair in sorted(turns, key=itemgetter(0))]


def _question(asked: Asked, sources: str) -> Question:
    row, question = asked.row, to_tree(asked.row.question)
    last = question.blocks[-1] if question.blocks and row.choice else None
    # What a list counts, the answer may name: boxes would stand in place of its numbers.
    boxes = isinstance(last, List) and last.start is None
    choice = [Tree(blocks) for blocks in last.items] if isinstance(last, List) and boxes else []
    return Question(
        id=asked.id,
        points=asked.points,
        question=Tree(question.blocks[:-1]) if choice else question,
        parts=(),
        items=len(row.items) or (row.parts if row.parts > 1 else 0),
        ordered=row.ordered or row.parts > 1,
        choice=choice,
        task=row.task,
        lines=_lines(asked.points),
        picture=hidden(row.picture, row.masks) if row.picture else None,
        key=to_tree(row.answer),
        keys=[to_tree(item.text) for item in row.items],
        more=to_tree(row.more),
        source=Sources(sources),
    )
