"""What was published, and when: the memory that keeps a learner's reviews and edits safe.

Anki takes an incoming note only when its `mod` is strictly newer than its own, and a learner's edit makes theirs newer. So a note's
`mod` must change exactly when its published fields or tags change. The ledger remembers, one line a note, sorted, so that git merges it.

    {"notes": {
     "ID": {"guid": …, "hash": …, "kind": …, "mod": …, "version": …},
     …
    },
    "types": {"KIND": {"hash": …, "mod": …}, …}}

`mod` is in seconds since 1970; `version` is the course's version that last changed the note.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from generator.notes import Note
from generator.notetypes import NOTE_TYPES, NoteType


@dataclass(frozen=True, slots=True)
class Entry:
    """One published note."""

    guid: str
    hash: str
    kind: str
    mod: int
    version: str


@dataclass(frozen=True, slots=True)
class TypeEntry:
    """One published note type."""

    hash: str
    mod: int


@dataclass(frozen=True, slots=True)
class Ledger:
    """Everything published: notes by id, note types by kind."""

    notes: Mapping[str, Entry] = field(default_factory=dict)
    types: Mapping[str, TypeEntry] = field(default_factory=dict)


def advance(ledger: Ledger, notes: Iterable[Note], *, now: int, first: int, version: str) -> Ledger:
    """The ledger after publishing `notes`: unchanged ones keep their `mod`, changed ones get a newer one.

    `now` is the clock and `first` the course's own date, both in seconds: what was never published before is dated by
    the course, so that the same content gives the same bytes anywhere; a change is dated by the clock, to be newer than
    any edit that a learner made before it.
    """
    entries = {note.id: _entry(ledger.notes.get(note.id), note, now, first, version) for note in notes}
    types = {kind: _type_entry(ledger.types.get(kind), nt, now, first) for kind, nt in NOTE_TYPES.items()}
    return Ledger(entries, types)


def _entry(old: Entry | None, note: Note, now: int, first: int, version: str) -> Entry:
    hash_ = note_hash(note)
    if old and old.hash == hash_:
        return old
    mod = max(now, old.mod + 1) if old else first
    return Entry(note.guid, hash_, note.kind, mod, version)


def _type_entry(old: TypeEntry | None, note_type: NoteType, now: int, first: int) -> TypeEntry:
    hash_ = type_hash(note_type)
    if old and old.hash == hash_:
        return old
    return TypeEntry(hash_, max(now, old.mod + 1) if old else first)


def note_hash(note: Note) -> str:
    """A hash of what Anki would take over: fields and tags."""
    return _hash([note.kind, note.all_fields(), sorted(note.tags)])


def type_hash(note_type: NoteType) -> str:
    """A hash of what Anki would take over of a note type: names, templates, style."""
    templates = [[t.id, t.name, t.front, t.back] for t in note_type.templates]
    return _hash([note_type.name, note_type.fields, templates, note_type.css])


def _hash(value: object) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False).encode()).hexdigest()[:16]


def read(data: bytes) -> Ledger:
    """Read a ledger. Raises ValueError when the bytes are not one."""
    try:
        raw = json.loads(data)
        return Ledger(
            {id_: Entry(**entry) for id_, entry in raw["notes"].items()},
            {kind: TypeEntry(**entry) for kind, entry in raw["types"].items()},
        )
    except (KeyError, TypeError, AttributeError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise ValueError(f"not a ledger: {error}") from error


def write(ledger: Ledger) -> bytes:
    """The ledger as JSON, one line a note."""

    def rows(entries: Mapping[str, Entry] | Mapping[str, TypeEntry]) -> str:
        lines = [
            f"{json.dumps(name)}: "
            + json.dumps({key: getattr(entry, key) for key in sorted(entry.__slots__)}, ensure_ascii=False)
            for name, entry in sorted(entries.items())
        ]
        return "{\n" + ",\n".join(lines) + "\n}"

    return f'{{"notes": {rows(ledger.notes)},\n"types": {rows(ledger.types)}}}\n'.encode()
