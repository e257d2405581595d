"""Ways through a course that more than one room needs."""

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from .kinds.all import AnyCard
from .model import Claim, Concept, Course, Essay, Module
from .texts import Cite, Record, Text

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


def cards(course: Course) -> Iterator[tuple[Module, Essay | None, Owner, AnyCard]]:
    """Every card in course order, with where it stands."""
    for module, essay, owner in owners(course):
        for card in owner.cards:
            yield module, essay, owner, card


def records(value: Any) -> Iterator[Record]:
    """Every record within a record, itself first."""
    if isinstance(value, Record):
        yield value
        for entry in fields(value):
            yield from records(getattr(value, entry.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from records(item)


def texts(value: Any) -> Iterator[Text]:
    """Every text within a record."""
    if isinstance(value, Text):
        yield value
    elif isinstance(value, Record):
        for entry in fields(value):
            yield from texts(getattr(value, entry.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from texts(item)


def cites(course: Course) -> Iterator[Cite]:
    """Every citation."""
    return (record for record in records(course) if isinstance(record, Cite))
