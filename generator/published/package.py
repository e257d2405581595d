"""What a published package holds: for `diff`, and to rebuild a ledger that was lost."""

import json
import operator
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..frozen import dataclass
from ..identity import KEY, born_on, module_of
from ..kinds.all import NOTE_TYPES
from ..kinds.notetype import ID, RETIRED
from ..model import Course
from ..notes import Note
from ..problems import Refusal
from .contents import OLDEST, UNREADABLE, Collection, NoteRow, collection_of, members, opened
from .ledger import (
    DECLARED,
    KIND,
    UNRELEASED,
    Entry,
    Ledger,
    TypeEntry,
    kinds_of,
    note_hash,
    numbers_of,
    remembered,
    replaced,
    type_hash,
)

NOT_A_PACKAGE = "this is not a package that `coursedeck build` made"
KINDS = {note_type.id: kind for kind, note_type in NOTE_TYPES.items()}


@dataclass(frozen=True, slots=True)
class State:
    """A note as published. `deck` is empty for a retired note, which has no cards and of which learners see nothing. The `id` is
    the card's, or the guid where no field of the note has it. `born` is the day of its first build, in seconds since 1970, where
    its number in Anki says so.
    """

    guid: str
    kind: str
    deck: str
    fields: Mapping[str, str]
    tags: tuple[str, ...]
    mod: int = 0

    id: str = ""
    retired: bool = False
    born: int = 0


def of_notes(notes: Iterable[Note]) -> dict[str, State]:
    """The content as it would be published, by guid."""
    return {
        note.guid: State(
            note.guid,
            note.kind,
            note.deck,
            dict(zip(note.note_type.fields, note.all_fields(), strict=True)),
            tuple(sorted(note.tags)),
            id=note.id,
        )
        for note in notes
    }


def of_package(package: bytes) -> dict[str, State]:
    """The notes of a package by guid. Raises Refusal when it is none."""
    try:
        return _states(collection_of(members(package)))
    except UNREADABLE as error:
        raise Refusal(NOT_A_PACKAGE) from error


def _states(held: Collection) -> dict[str, State]:
    names = {id_: str(deck["name"]) for id_, deck in held.decks.items()}
    fields = {id_: [str(f["name"]) for f in m["flds"]] for id_, m in held.models.items()}
    decks: dict[int, str] = {}
    for card in held.cards:
        decks.setdefault(card.note, names[card.home or card.deck])
    return {row.guid: _state(row, decks.get(row.id, ""), fields) for row in held.notes}


def _state(row: NoteRow, deck: str, fields: Mapping[int, list[str]]) -> State:
    """A note from its row. Raises one of `UNREADABLE` when it is none."""
    guid, model, tags, mod = row.guid, row.model, row.tags, row.mod
    if not (isinstance(guid, str) and isinstance(tags, str) and type(mod) is int and mod > 0):
        raise ValueError(guid)
    # Letters are compared in the form that Anki gives them, and the YAML too.
    held = unicodedata.normalize("NFC", row.fields)
    contents = dict(zip(fields[model], held.split("\x1f"), strict=True))
    kind = KINDS.get(model, str(model))
    tagged = tuple(sorted(tags.split()))
    if kind not in NOTE_TYPES:
        ended = not any(contents.values())
        return State(guid, kind, deck, contents, tagged, mod, guid, ended, born_on(row.id))
    id_, ended = contents[ID], bool(contents[RETIRED])
    return State(guid, kind, deck, contents, tagged, mod, id_, ended, born_on(row.id))


def key_of(package: bytes) -> str:
    """The key of the course that a package is of; empty where it has none. Raises Refusal when it is no package of ours."""
    try:
        with opened(members(package)[OLDEST]) as select:
            ((conf,),) = select("SELECT conf FROM col LIMIT 2")
        return str(json.loads(conf).get(KEY, ""))
    except UNREADABLE as error:
        raise Refusal(NOT_A_PACKAGE) from error


def rebuilt(course: Course, notes: Sequence[Note], packages: Iterable[bytes]) -> Ledger:
    """A ledger from the last packages: the course's, and that of retired notes if there is one.

    What was new since the last release is not known any more: all counts as released with the course's version.
    Raises Refusal when a package is not one of ours.
    """
    version, kinds, later = (
        str(course.about.version or UNRELEASED),
        kinds_of(notes),
        course.history.later,
    )
    living = {note.guid: note for note in notes}
    modules = {str(module.id) for module in course.modules}
    entries: dict[str, Entry] = {}
    types: dict[str, TypeEntry] = {}
    decks: dict[str, str] = {}
    for package in packages:
        for guid, state in of_package(package).items():
            hash_ = note_hash(state.fields.values(), state.tags)
            past = remembered({}, state.fields, state.tags)
            tags = " ".join(state.tags)
            ours = state.kind in NOTE_TYPES
            entry = Entry(
                state.id if ours or guid not in living else living[guid].id,
                state.kind,
                state.deck,
                hash_,
                state.mod,
                version,
                version,
                tags=tags,
                cards=numbers_of(living[guid]) if guid in living else {},
                past=past,
                born=state.born,
            )
            if state.retired:
                how = KIND if replaced(entry, kinds, later) else DECLARED
                entry = replace(entry, retired=how)
            elif ours:
                root, _, own = state.deck.partition("::")
                decks |= {module_of(state.tags, modules): own or root} | {"": root}
            entries[guid] = entry
        types |= _types(package)
    return Ledger(entries, types, decks, course.about.identity)


def with_past(ledger: Ledger, packages: Iterable[bytes]) -> Ledger:
    """A ledger of version 1.0.0, which remembered no values, with those of the packages that it was written with.

    Raises Refusal when a package is not one of ours.
    """
    entries = dict(ledger.notes)
    for package in packages:
        for guid, state in of_package(package).items():
            entry = entries.get(guid)
            hash_ = note_hash(state.fields.values(), state.tags)
            if entry and not entry.past and entry.hash == hash_:
                past = remembered({}, state.fields, state.tags)
                entries[guid] = replace(entry, tags=" ".join(state.tags), past=past)
    return replace(ledger, notes=entries)


def _types(package: bytes) -> dict[str, TypeEntry]:
    try:
        models = collection_of(members(package)).models
        return {KINDS.get(id_, str(id_)): _type(model) for id_, model in models.items()}
    except UNREADABLE as error:
        raise Refusal(NOT_A_PACKAGE) from error


def _type(model: Mapping[str, Any]) -> TypeEntry:
    templates = [
        (t.get("id"), t["name"], t["qfmt"], t["afmt"], t.get("bqfmt", "")) for t in model["tmpls"]
    ]
    fields = [field["name"] for field in model["flds"]]
    if type(model["mod"]) is not int or model["mod"] <= 0:
        raise ValueError(model["name"])
    return TypeEntry(type_hash(model["name"], fields, templates, model["css"]), model["mod"])


def same(one: bytes, other: bytes) -> bool:
    """Whether two packages hold the same rows and files. Their bytes may differ: other releases of SQLite and zlib write others."""
    try:
        return one == other or _contents_of(one) == _contents_of(other)
    except (*UNREADABLE, Refusal):
        return False


def _contents_of(package: bytes) -> dict[str, object]:
    """What is in a package: every row of its tables, every other member's bytes."""
    contents: dict[str, object] = dict(members(package))
    with opened(members(package)["collection.anki2"]) as select:
        for table in ("col", "notes", "cards", "revlog", "graves"):
            rows = select(f"SELECT * FROM {table}")  # noqa: S608  names above
            contents[table] = sorted(rows, key=operator.itemgetter(0))
    del contents["collection.anki2"]
    return contents
