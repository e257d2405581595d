"""Walks through a course, for several parts of the program."""

import functools
from collections.abc import Iterator
from dataclasses import fields

from .kinds.all import AnyCard
from .model import Claim, Concept, Course, Essay, Module
from .text import Audio, Image, files_of
from .texts import Cite, Line, Prose, Record, Text

Owner = Concept | Claim


def owners(course: Course) -> Iterator[tuple[Module, Essay | None, Owner]]:
    """Every concept and claim in course order, with its module and, for a claim, its essay."""
    essays = {essay.id: essay for essay in course.essays}
    for module in course.modules:
        for concept in module.concepts:
            yield module, None, concept
        for id_ in module.essays:
            if id_ in essays:
                for claim in essays[id_].claims:
                    yield module, essays[id_], claim


def cards(course: Course) -> Iterator[AnyCard]:
    """Every card in course order."""
    for _, _, owner in owners(course):
        yield from owner.cards


@functools.cache
def names(record: type) -> tuple[str, ...]:
    """The attributes of a class of records that may hold texts or records: all that is not said of the record itself."""
    return tuple(entry.name for entry in fields(record) if entry.metadata.get("key", True))


@functools.cache
def _last_first(record: type) -> tuple[str, ...]:
    return names(record)[::-1]


def _within(value: object) -> Iterator[Record | Text]:
    """Every record and text within a value, itself first, in the order of the model; what a record leaves out is empty, and is none
    of them.
    """
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Text):
            yield each
        elif isinstance(each, tuple):
            waiting.extend(reversed(each))
        elif isinstance(each, dict):
            waiting.extend(reversed(each.values()))
        elif isinstance(each, Record):
            yield each
            kind: type = type(each)
            held = [getattr(each, name) for name in _last_first(kind)]
            waiting.extend(filter(None, held))


@functools.lru_cache(maxsize=2)  # several checks look through the same course
def _all(course: Course) -> tuple[Record | Text, ...]:
    return tuple(_within(course))


@functools.lru_cache(maxsize=2)
def records(course: Course) -> tuple[Record, ...]:
    """Every record of a course, itself first."""
    return tuple(each for each in _all(course) if isinstance(each, Record))


@functools.lru_cache(maxsize=2)
def _texts(course: Course) -> tuple[Text, ...]:
    return tuple(each for each in _all(course) if isinstance(each, Text))


def texts(record: Record) -> Iterator[Text]:
    """Every text within a record; empty ones are left out."""
    if isinstance(record, Course):
        return iter(_texts(record))
    return (each for each in _within(record) if isinstance(each, Text))


@functools.lru_cache(maxsize=2)  # checks and pages ask for them
def files(course: Course) -> tuple[tuple[Text, Image | Audio], ...]:
    """Every picture and sound that a text of the course shows, with that text."""
    return tuple(
        (text, file)
        for text in texts(course)
        if isinstance(text, Line | Prose)
        for file in files_of(text)
    )


def cites(course: Course) -> Iterator[Cite]:
    """Every citation."""
    return (record for record in records(course) if isinstance(record, Cite))
