"""What a published package holds: for `diff`, and to rebuild a ledger that was lost."""

import io
import json
import sqlite3
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ..identity import module_of
from ..kinds.all import NOTE_TYPES
from ..kinds.notetype import ID, RETIRED
from ..model import Course
from ..notes import Note
from ..problems import Refusal
from .ledger import (
    DECLARED,
    KIND,
    Entry,
    Ledger,
    TypeEntry,
    kinds_of,
    note_hash,
    replaced,
    type_hash,
)

NOT_A_PACKAGE = "this is not a package that `coursedeck build` made"
# What zipfile, zlib, sqlite3 and json raise for a file that is no package, or a damaged one.
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,  # an unknown compression
    RuntimeError,  # an encrypted one
    sqlite3.Error,
    KeyError,
    ValueError,
)
KINDS = {note_type.id: kind for kind, note_type in NOTE_TYPES.items()}


@dataclass(frozen=True, slots=True)
class State:
    """A note as published. `deck` is empty for a retired note, which has no cards."""

    guid: str
    kind: str
    deck: str
    fields: Mapping[str, str]
    tags: tuple[str, ...]
    mod: int = 0

    @property
    def id(self) -> str:
        """The note's id, which every note type has in a field."""
        return self.fields[ID]

    @property
    def retired(self) -> bool:
        """Whether the note was retired, so that learners see nothing of it."""
        return bool(self.fields[RETIRED])


def of_notes(notes: Iterable[Note]) -> dict[str, State]:
    """The content as it would be published, by guid."""
    return {
        note.guid: State(
            note.guid,
            note.kind,
            note.deck,
            dict(zip(NOTE_TYPES[note.kind].fields, note.all_fields(), strict=True)),
            tuple(sorted(note.tags)),
        )
        for note in notes
    }


def of_package(package: bytes) -> dict[str, State]:
    """The notes of a package by guid. Raises Refusal when it is not one of ours."""
    models, decks, rows = _tables(package)
    names = {int(id_): deck["name"] for id_, deck in decks.items()}
    found = {}
    fields = {int(id_): [field["name"] for field in m["flds"]] for id_, m in models.items()}
    for guid, model, joined, tags, mod, deck in rows:
        values = joined.split("\x1f")
        kind = KINDS.get(model)
        if kind is None or model not in fields or len(fields[model]) != len(values):
            raise Refusal(NOT_A_PACKAGE)
        contents = dict(zip(fields[model], values, strict=True))
        kept = tuple(sorted(tags.split()))
        found[guid] = State(guid, kind, names.get(deck, ""), contents, kept, mod)
    return found


def rebuilt(course: Course, notes: Sequence[Note], packages: Iterable[bytes]) -> Ledger:
    """A ledger from the last packages: the course's, and that of retired notes if there is one.

    What was new since the last release is not known any more: all counts as released with the course's version.
    Raises Refusal when a package is not one of ours.
    """
    version, kinds, later = str(course.about.version), kinds_of(notes), course.history.later
    entries: dict[str, Entry] = {}
    types: dict[str, TypeEntry] = {}
    decks: dict[str, str] = {}
    for package in packages:
        for guid, state in of_package(package).items():
            hash_ = note_hash(state.fields.values(), state.tags)
            entry = Entry(state.id, state.kind, state.deck, hash_, state.mod, version, version)
            if state.retired:
                how = KIND if replaced(entry, kinds, later) else DECLARED
                entry = replace(entry, retired=how)
            else:
                root, _, own = state.deck.partition("::")
                decks |= {module_of(state.tags): own} | {"": root}
            entries[guid] = entry
        types |= _types(package)
    return Ledger(entries, types, decks)


def _types(package: bytes) -> dict[str, TypeEntry]:
    models, _, _ = _tables(package)
    made = {}
    for model in models.values():
        templates = [
            (t["id"], t["name"], t["qfmt"], t["afmt"], t.get("bqfmt", "")) for t in model["tmpls"]
        ]
        fields = [field["name"] for field in model["flds"]]
        hash_ = type_hash(model["name"], fields, templates, model["css"])
        made[KINDS[int(model["id"])]] = TypeEntry(hash_, model["mod"])
    return made


def _tables(package: bytes) -> tuple[dict[str, Any], dict[str, Any], list[tuple[Any, ...]]]:
    """Note types, decks, and a row a note: guid, note type, fields, tags, mod, deck."""
    connection = sqlite3.connect(":memory:")
    try:
        with zipfile.ZipFile(io.BytesIO(package)) as archive:
            connection.deserialize(archive.read("collection.anki2"))
        ((models, decks),) = connection.execute("SELECT models, decks FROM col").fetchall()
        rows = connection.execute(
            "SELECT guid, mid, flds, tags, mod,"
            " (SELECT did FROM cards WHERE nid = notes.id LIMIT 1) FROM notes"
        ).fetchall()
        return json.loads(models), json.loads(decks), rows
    except UNREADABLE as error:
        raise Refusal(NOT_A_PACKAGE) from error
    finally:
        connection.close()


def same(one: bytes, other: bytes) -> bool:
    """Whether two packages hold the same rows and files. Their bytes may differ: other releases of SQLite and zlib write others."""
    try:
        return one == other or _contents(one) == _contents(other)
    except UNREADABLE:
        return False


def _contents(package: bytes) -> dict[str, object]:
    """What is in a package: every row of its tables, every other member's bytes."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        members: dict[str, object] = {
            name: archive.read(name) for name in archive.namelist() if name != "collection.anki2"
        }
        database = archive.read("collection.anki2")
    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(database)
        for table in ("col", "notes", "cards", "revlog", "graves"):
            rows = connection.execute(f"SELECT * FROM {table} ORDER BY 1")  # noqa: S608  names above
            members[table] = rows.fetchall()
    finally:
        connection.close()
    return members
