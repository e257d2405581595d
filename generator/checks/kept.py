"""Notes that came from Anki, their note types and their files: each is whole, and fits the others."""

import json
import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING

from .. import walk
from ..kinds.kept import Kept
from ..model import Course
from ..problems import Problem, did_you_mean, so_many
from ..text.fields import FOLDER
from ..text.filenames import shown_in, styled_in
from ..texts import Exact
from .identity import deck_name

if TYPE_CHECKING:
    from ..kinds.kepttype import KeptType

MOST = 1 << 63  # Anki's ids are smaller


def types(course: Course) -> Iterator[Problem]:
    """A note type has an id of its own, fields and templates of different names, and JSON where JSON belongs."""
    seen: dict[str, KeptType] = {}
    for each in course.note_types:
        if not (each.id_.isascii() and each.id_.isdigit() and 0 < int(each.id_) < MOST):
            message = f"“{each.id_}” is no id of a note type"
            yield Problem(each.id_.span, "note-type", message, "the number that it has in Anki")
        elif each.kind in seen or str(int(each.id_)) != each.kind:
            message = f"the id {each.id_} is taken"
            yield Problem(each.id_.span, "note-type", message, "each file has one note type")
        seen[each.kind] = each
        if not each.fields or len({*each.fields}) < len(each.fields):
            message = "a note type has fields, each of another name"
            yield Problem(each.span, "note-type", message, "fields: [{name: Front}, {name: Back}]")
        if not each.templates or (each.cloze and len(each.templates) > 1):
            message = "a note type has templates, and one of clozes has one"
            yield Problem(
                each.span, "note-type", message, "templates: [{name: …, front: …, back: …}]"
            )
        if each.sort_field >= max(1, len(each.fields)):
            message = f"there is no field {each.sort_field} to sort by"
            yield Problem(each.span, "note-type", message, "sort-field counts from 0")
        held = [field.anki for field in each.fields_] + [t.anki for t in each.templates]
        for given in (each.anki, *held):
            if not _object(given):
                message = "“anki” is no JSON object"
                yield Problem(given.span, "note-type", message, "leave it as it came")


def _object(given: Exact) -> bool:
    try:
        return not given or isinstance(json.loads(given), dict)
    except (ValueError, RecursionError):
        return False


def notes(course: Course) -> Iterator[Problem]:
    """A note names a type that is there and fields that it has, its guid is its own, and Anki takes its deck and its tags."""
    known = {each.handle: each for each in course.note_types}
    seen: dict[str, Kept] = {}
    for card in walk.cards(course):
        if not isinstance(card, Kept):
            continue
        kept = known.get(str(card.note))
        if kept is None:
            hint = did_you_mean(card.note, known) or f"add note-types/{card.note}.yaml"
            message = f"there is no note-types/{card.note}.yaml"
            yield Problem(card.note.span, "kept-note", message, hint)
            continue
        for name, value in card.fields.items():
            if name not in kept.fields:
                free = [each for each in kept.fields if each not in card.fields]
                hint = did_you_mean(name, free) or "one of: " + ", ".join(kept.fields)
                message = f"the note type “{kept.name}” has no field “{name}”"
                yield Problem(value.span, "kept-note", message, hint)
            elif "\x1f" in value:
                message = "a field holds the sign with which Anki parts fields (U+001F)"
                yield Problem(value.span, "kept-note", message, "delete it")
        if card.guid and card.guid in seen:
            message = f"the guid is that of “{seen[card.guid].id}” already"
            yield Problem(card.guid.span, "kept-note", message, "a note without one gets its own")
        seen[str(card.guid)] = card
        if card.deck and not deck_name(card.deck):
            message = f"“{card.deck}” cannot be a deck's name"
            hint = "one line with single spaces, “::” between a deck and one below it"
            yield Problem(card.deck.span, "deck-name", message, hint)
        for tag in card.tags:
            if tag != "".join(tag.split()):
                message = f"“{tag}” cannot be a tag"
                yield Problem(tag.span, "bad-tag", message, "one word: “-” stands for a blank")


def files(course: Course) -> Iterator[Problem]:
    """What notes show lies in anki-media/; told once, since a deck that came without its files lacks all of them."""
    there = {unicodedata.normalize("NFC", file.name) for file in course.kept}
    lost: dict[str, Kept] = {}
    for card in walk.cards(course):
        if isinstance(card, Kept):
            for value in card.fields.values():
                for name in sorted(shown_in(value) - there):
                    lost.setdefault(name, card)
    for name, card in list(lost.items())[:1]:
        others = f", nor {so_many(len(lost) - 1, 'other')} that notes show" if len(lost) > 1 else ""
        message = f"“{card.id}” shows “{name}”, which is not in {FOLDER}/{others}"
        hint = f"put the file there, or write the note without it: {', '.join([*lost][:5])}"
        yield Problem(card.span, "kept-media", message, hint)


def styled(course: Course) -> Iterator[Problem]:
    """What the style of a note type shows lies in anki-media/ too."""
    there = {unicodedata.normalize("NFC", file.name) for file in course.kept}
    for each in course.note_types:
        shown = {unicodedata.normalize("NFC", name) for name in styled_in(each.css)}
        if lost := sorted(shown - there):
            message = f"the style of “{each.name}” shows “{lost[0]}”, which is not in {FOLDER}/"
            hint = f"put the file there, or write the style without it: {', '.join(lost[:5])}"
            yield Problem(each.css.span, "kept-media", message, hint)


CHECKS = (types, notes, files, styled)
