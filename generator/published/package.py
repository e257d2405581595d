"""What a published package holds: for `diff`, and to rebuild a ledger that was lost."""

import contextlib
import io
import itertools
import json
import lzma
import sqlite3
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..frozen import dataclass
from ..identity import module_of
from ..kinds.all import NOTE_TYPES
from ..kinds.notetype import ID, RETIRED
from ..model import Course
from ..notes import Note
from ..problems import Refusal
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
TOO_LARGE = "this package is larger than any that `coursedeck build` makes"
# What a file that is no package, or a damaged one, makes of those who read it: zipfile, zlib, sqlite3 and json; and of those
# who take what they read for what it should be.
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    OSError,  # of bz2
    EOFError,
    NotImplementedError,  # an unknown compression
    RuntimeError,  # an encrypted one; nested without end
    MemoryError,  # an empty database
    sqlite3.Error,
    LookupError,
    TypeError,
    AttributeError,
    ValueError,
    OverflowError,
)
# A file from a stranger may be small and hold what no memory can: bytes of a member, of a value, rows, steps of SQLite.
BYTES = 1 << 29
VALUE = 1 << 24
ROWS = 1_000_000
STEPS = 200
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
    try:
        models, decks, rows = _tables(package)
        names = {int(id_): str(deck["name"]) for id_, deck in decks.items()}
        fields = {int(id_): [str(f["name"]) for f in m["flds"]] for id_, m in models.items()}
        return {row[0]: _state(row, names, fields) for row in rows}
    except UNREADABLE as error:
        raise Refusal(NOT_A_PACKAGE) from error


def _state(
    row: tuple[Any, ...], decks: Mapping[int, str], fields: Mapping[int, list[str]]
) -> State:
    """A note from its row. Raises one of `UNREADABLE` when it is none of ours."""
    guid, model, joined, tags, mod, deck = row
    if not (isinstance(guid, str) and isinstance(tags, str) and type(mod) is int and mod > 0):
        raise ValueError(guid)
    contents = dict(zip(fields[model], joined.split("\x1f"), strict=True))
    if not {ID, RETIRED} <= contents.keys():
        raise ValueError(guid)
    named = "" if deck is None else decks[deck]
    return State(guid, KINDS[model], named, contents, tuple(sorted(tags.split())), mod)


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
            entry = Entry(
                state.id,
                state.kind,
                state.deck,
                hash_,
                state.mod,
                version,
                version,
                tags=tags,
                cards=numbers_of(living[guid]) if guid in living else {},
                past=past,
            )
            if state.retired:
                how = KIND if replaced(entry, kinds, later) else DECLARED
                entry = replace(entry, retired=how)
            else:
                root, _, own = state.deck.partition("::")
                decks |= {module_of(state.tags, modules): own} | {"": root}
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
        models, _, _ = _tables(package)
        return {KINDS[int(model["id"])]: _type(model) for model in models.values()}
    except UNREADABLE as error:
        raise Refusal(NOT_A_PACKAGE) from error


def _type(model: Mapping[str, Any]) -> TypeEntry:
    templates = [
        (t["id"], t["name"], t["qfmt"], t["afmt"], t.get("bqfmt", "")) for t in model["tmpls"]
    ]
    fields = [field["name"] for field in model["flds"]]
    if type(model["mod"]) is not int or model["mod"] <= 0:
        raise ValueError(model["name"])
    return TypeEntry(type_hash(model["name"], fields, templates, model["css"]), model["mod"])


def _tables(package: bytes) -> tuple[dict[str, Any], dict[str, Any], list[tuple[Any, ...]]]:
    """Note types, decks, and a row a note: guid, note type, fields, tags, mod, deck. Raises one of `UNREADABLE`."""
    with _opened(_members(package)["collection.anki2"]) as connection:
        ((models, decks),) = connection.execute("SELECT models, decks FROM col LIMIT 2").fetchall()
        rows = connection.execute(
            "SELECT guid, mid, flds, tags, mod,"
            " (SELECT did FROM cards WHERE nid = notes.id LIMIT 1) FROM notes LIMIT ?",
            (ROWS,),
        ).fetchall()
        return json.loads(models), json.loads(decks), rows


def _members(package: bytes) -> dict[str, bytes]:
    """The files in a package. Raises Refusal when they are too large, or one of `UNREADABLE`."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        members = {}
        room = BYTES
        for name in archive.namelist():
            with archive.open(name) as member:
                members[name] = member.read(room + 1)  # whatever the zip file says of their size
            room -= len(members[name])
            if room < 0:
                raise Refusal(TOO_LARGE)
        return members


@contextlib.contextmanager
def _opened(database: bytes) -> Iterator[sqlite3.Connection]:
    """A collection that may come from anybody: its tables are tables, its values are bounded, and reading it ends.

    Raises one of `UNREADABLE`.
    """
    steps = itertools.count()
    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(database)
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, VALUE)
        connection.set_progress_handler(lambda: next(steps) > STEPS, 1_000_000)
        odd = connection.execute(
            "SELECT name FROM sqlite_master WHERE type NOT IN ('table', 'index') OR sql LIKE 'CREATE VIRTUAL%'"
            " OR sql LIKE '%GENERATED%' LIMIT 1"
        ).fetchall()
        if odd:
            raise ValueError(odd)
        yield connection
    finally:
        connection.close()


def same(one: bytes, other: bytes) -> bool:
    """Whether two packages hold the same rows and files. Their bytes may differ: other releases of SQLite and zlib write others."""
    try:
        return one == other or _contents(one) == _contents(other)
    except (*UNREADABLE, Refusal):
        return False


def _contents(package: bytes) -> dict[str, object]:
    """What is in a package: every row of its tables, every other member's bytes."""
    contents: dict[str, object] = dict(_members(package))
    with _opened(_members(package)["collection.anki2"]) as connection:
        for table in ("col", "notes", "cards", "revlog", "graves"):
            rows = connection.execute(f"SELECT * FROM {table} ORDER BY 1 LIMIT {ROWS}")  # noqa: S608  names above
            contents[table] = rows.fetchall()
    del contents["collection.anki2"]
    return contents
