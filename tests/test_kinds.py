"""What holds for every kind of card, by its note type alone."""

import re

from conftest import WORKSHOP
from coursedeck.kinds.all import NOTE_TYPES
from coursedeck.load import load
from coursedeck.notes import notes_of

# What few cards have: a detail, words of a picture that has its own, and more than three cases.
SELDOM = re.compile(r"Detail|Back Extra|Comments|(?:Case|Answer|Why) [4-9]")


def test_each_field_of_a_kind_is_filled_under_its_own_name():
    """A name that is misspelt would leave its field empty on every card, and nobody would say so."""
    course, _ = load(WORKSHOP)
    filled = {kind: set() for kind in NOTE_TYPES}
    for note in notes_of(course):
        if note.ours:
            assert note.fields.keys() <= set(note.note_type.fields), note.id
            filled[note.kind].update(name for name, value in note.fields.items() if value)
    for kind, note_type in NOTE_TYPES.items():
        empty = set(note_type.own_fields) - filled[kind]
        assert [name for name in sorted(empty) if not SELDOM.fullmatch(name)] == [], kind


def test_each_kind_has_a_number_of_its_own():
    """All ids of its note type, fields and templates are made of it."""
    numbers = [note_type.number for note_type in NOTE_TYPES.values()]
    assert len({*numbers}) == len(numbers)


def test_what_a_note_type_makes_of_several_texts_is_among_its_fields():
    for note_type in NOTE_TYPES.values():
        assert {*note_type.made} < {*note_type.own_fields}
