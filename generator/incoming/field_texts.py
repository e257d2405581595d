"""Which texts of the author's each field of a note is made of, and the cards with other words in such a place."""

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, TypeVar

from .. import walk
from ..kinds.all import AnyCard
from ..late import late
from ..model import Claim, Concept, Course, Essay, Module
from ..notes import Note, notes_of
from ..problems import Span
from ..source.records import Key, keys_of
from ..texts import Html, Line, Prose, Record

Author = Line | Prose | Html  # what of a card becomes a field
BEGIN, END = "\ufdd8", "\ufdd9"  # around the number of a text, which no text has
NUMBER = late(f"{BEGIN}([0-9]+){END}")
T = TypeVar("T")


def with_texts(value: T, write: Callable[[Author], Author]) -> T:
    """A record with each of its texts that has words written anew."""
    made: Any = value
    if isinstance(value, Line | Prose | Html):
        made = write(value) if value else value
    elif isinstance(value, tuple):
        made = tuple(with_texts(each, write) for each in value)
    elif isinstance(value, dict):
        made = {key: with_texts(each, write) for key, each in value.items()}
    elif isinstance(value, Record):
        kind: type = type(value)
        changed = {n: with_texts(getattr(value, n), write) for n in walk.names(kind)}
        made = dataclasses.replace(value, **changed)
    return made  # type: ignore[no-any-return]


def _with_cards(course: Course, write: Callable[[Any], Any]) -> Course:
    """The course with each of its cards written anew."""

    def owner(each: Any) -> Any:
        return replace(each, cards=tuple(map(write, each.cards)))

    modules = tuple(replace(m, concepts=tuple(map(owner, m.concepts))) for m in course.modules)
    essays = tuple(replace(e, claims=tuple(map(owner, e.claims))) for e in course.essays)
    return replace(course, modules=modules, essays=essays)


def alone(course: Course, note: Note, card: AnyCard) -> Course:
    """A course that has no card but this one, in the place of a note's."""
    module, essay, owner = note.module, note.essay, replace(note.owner, cards=(card,))
    if isinstance(owner, Concept):
        return replace(course, modules=(replace(module, concepts=(owner,), essays=()),), essays=())
    assert isinstance(owner, Claim)  # noqa: S101 - all that is left
    assert isinstance(essay, Essay)  # noqa: S101 - a claim stands in one
    own: Module = replace(module, concepts=(), essays=(essay.id,))
    return replace(course, modules=(own,), essays=(replace(essay, claims=(owner,)),))


def key_of(text: Author) -> tuple[Span, str]:
    """What tells a text from others: the cells of a row of a table have one place."""
    return text.span, str(text)


def gaps(value: object) -> Iterator[tuple[Record, Key]]:
    """The texts that a record and those in it may have and have not."""
    if isinstance(value, tuple):
        for each in value:
            yield from gaps(each)
    elif isinstance(value, Record):
        kind: type = type(value)
        for key in keys_of(kind).values():
            held = getattr(value, key.attribute)
            if not key.required and isinstance(held, Line | Prose) and not held:
                yield value, key
            yield from gaps(held)


def with_gap(value: T, record: Record, key: Key, text: Author) -> T:
    """A value in which a record has one text more."""
    made: Any = value
    if value is record:
        given: dict[str, Any] = {key.attribute: text}
        made = replace(record, **given)
    elif isinstance(value, tuple):
        made = tuple(with_gap(each, record, key, text) for each in value)
    elif isinstance(value, Record):
        kind: type = type(value)
        changed = {n: with_gap(getattr(value, n), record, key, text) for n in walk.names(kind)}
        made = dataclasses.replace(value, **changed)
    return made  # type: ignore[no-any-return]


class Sources:
    """Which texts of the author's each field is made of."""

    def __init__(self, course: Course) -> None:
        self.texts: list[Author] = []

        def numbered(text: Author) -> Author:
            self.texts.append(text)
            return type(text)(f"{BEGIN}{len(self.texts) - 1}{END}", text.span)

        marked = _with_cards(course, lambda card: with_texts(card, numbered))
        self.fields = {note.guid: note.fields for note in notes_of(marked)}
        self.places = Counter(map(key_of, self.texts))
        self.guids: dict[tuple[Span, str], dict[str, None]] = defaultdict(dict)  # who shows a text
        for guid, fields in self.fields.items():
            for number in NUMBER.findall("\0".join(fields.values())):
                self.guids[key_of(self.texts[int(number)])][guid] = None

    def of(self, guid: str, field: str) -> list[Author]:
        """Those of one field, each once."""
        found = NUMBER.findall(self.fields.get(guid, {}).get(field, ""))
        return [self.texts[int(number)] for number in dict.fromkeys(found)]
