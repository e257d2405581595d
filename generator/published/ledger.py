"""What was published, and when: the memory that keeps a learner's reviews and edits safe.

Anki takes an incoming note only when its `mod` is strictly newer than its own, and a learner's edit makes theirs newer. So a
note's `mod` must change exactly when its published fields or tags change. The ledger remembers, one line a note, sorted by id and
with a blank line between, so that git merges edits of neighbouring notes by itself.

`mod` is in seconds since 1970. `since` is the version that first had the note and `version` the one that last changed it, both
`UNRELEASED` until `coursedeck release` names them. `retired` is empty, or how the note ended: `DECLARED` by the author,
or by a new `KIND` of card under the same id, which Anki can only take as a new note.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from ..identity import card_of, names
from ..kinds.all import NOTE_TYPES
from ..kinds.notetype import ID, RETIRED, NoteType
from ..model import Course, Retirement
from ..notes import Note
from ..problems import Refusal

Made = TypeVar("Made")

_json = json.JSONEncoder(
    ensure_ascii=False
).encode  # made once, since that takes longer than to encode a row

UNRELEASED = "next"
DECLARED = "declared"
KIND = "kind"


@dataclass(frozen=True, slots=True)
class Entry:
    """One published note."""

    id: str
    kind: str
    deck: str
    hash: str
    mod: int
    since: str
    version: str
    retired: str = ""


@dataclass(frozen=True, slots=True)
class TypeEntry:
    """One published note type."""

    hash: str
    mod: int


@dataclass(frozen=True, slots=True)
class Ledger:
    """Everything published: notes by guid, note types by kind, decks by module ("" is the course's)."""

    notes: Mapping[str, Entry] = field(default_factory=dict)
    types: Mapping[str, TypeEntry] = field(default_factory=dict)
    decks: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tombstone:
    """A retired note as it is published: it has no cards, because the field `Retired` is filled, which empties every front."""

    guid: str
    kind: str
    fields: tuple[str, ...]


def advance(
    ledger: Ledger, course: Course, notes: Iterable[Note], *, now: int, first: int
) -> Ledger:
    """The ledger after publishing: unchanged notes keep their `mod`, changed ones get a newer one.

    `now` is the clock and `first` the course's own date, both in seconds since 1970. The `mod` of a note that was never
    published is the course's date, so that the same content gives the same bytes anywhere. That of a changed one is the
    clock's, to be newer than every edit that learners made before, or one more than it was when the clock is behind.
    """
    notes = tuple(notes)
    entries = _entries(ledger, notes, now, first)
    kinds, later, ended = kinds_of(notes), course.history.later, course.history.ended
    for guid, old in ledger.notes.items():
        if guid not in entries:
            how = old.retired or (KIND if replaced(old, kinds, later) else DECLARED)
            entries[guid] = _retired(guid, old, how, reason_of(old.id, later, ended), now)
    types = {
        kind: _type_entry(ledger.types.get(kind), note_type, now, first)
        for kind, note_type in NOTE_TYPES.items()
    }
    decks = deck_names(course)
    if any(entry.since != UNRELEASED for entry in ledger.notes.values()):
        decks |= {module: deck for module, deck in ledger.decks.items() if module in decks}
    return Ledger(entries, types, decks)


def edited(ledger: Ledger, notes: Iterable[Note], *, now: int, first: int) -> Ledger:
    """The ledger after publishing, where of all that it knows only these notes may have changed since."""
    return replace(ledger, notes={**ledger.notes, **_entries(ledger, notes, now, first)})


def freeze(ledger: Ledger, course: Course, notes: Iterable[Note], version: str) -> Ledger:
    """The ledger once `version` is released: what changed since the last release has this version, and every note the deck
    in which learners will find it.
    """
    decks = {note.guid: note.deck for note in notes}

    def named(entry: Entry, guid: str) -> Entry:
        return replace(
            entry,
            deck=decks.get(guid, entry.deck),
            since=version if entry.since == UNRELEASED else entry.since,
            version=version if entry.version == UNRELEASED else entry.version,
        )

    entries = {guid: named(entry, guid) for guid, entry in ledger.notes.items()}
    return replace(ledger, notes=entries, decks=deck_names(course))


def deck_names(course: Course) -> dict[str, str]:
    """The decks' own names by module; the course's under ""."""
    return {"": str(course.about.deck)} | {str(m.id): str(m.deck) for m in course.modules}


def kinds_of(notes: Iterable[Note]) -> dict[str, str]:
    """The kind of each card that is in the content."""
    return {str(note.card.id): note.kind for note in notes}


def replaced(entry: Entry, kinds: Mapping[str, str], later: Mapping[str, str]) -> bool:
    """Whether the note's card is still in the content but of another kind, so that its notes have other guids.

    `kinds` is that of `kinds_of`, `later` that of the history.
    """
    card = card_of(names(entry.id, later)[-1])
    return kinds.get(card, entry.kind) != entry.kind


def _entries(ledger: Ledger, notes: Iterable[Note], now: int, first: int) -> dict[str, Entry]:
    return {note.guid: _entry(ledger.notes.get(note.guid), note, now, first) for note in notes}


def _entry(old: Entry | None, note: Note, now: int, first: int) -> Entry:
    hash_ = note_hash(note.all_fields(), note.tags)
    if old is None:
        return Entry(note.id, note.kind, note.deck, hash_, first, UNRELEASED, UNRELEASED)
    # Learners keep the deck of the last release until the next one tells them of the move.
    deck = note.deck if old.since == UNRELEASED else old.deck
    if old.hash == hash_ and not old.retired:
        return replace(old, id=note.id, deck=deck)
    mod = max(now, old.mod + 1)
    return Entry(note.id, note.kind, deck, hash_, mod, old.since, UNRELEASED)


def note_hash(values: Iterable[str], tags: Iterable[str]) -> str:
    """A hash of all that Anki's import takes over from a note."""
    return hash_of([list(values), sorted(tags)])


def _retired(guid: str, old: Entry, how: str, reason: str, now: int) -> Entry:
    ended = replace(old, retired=how)
    hash_ = note_hash(tombstone(guid, ended, reason).fields, ())
    if old.hash == hash_:
        return ended
    return replace(ended, hash=hash_, mod=max(now, old.mod + 1), version=UNRELEASED)


def _type_entry(old: TypeEntry | None, note_type: NoteType, now: int, first: int) -> TypeEntry:
    templates = [(t.id, t.name, t.front, t.back, t.browser) for t in note_type.templates]
    hash_ = type_hash(note_type.name, note_type.fields, templates, note_type.css)
    if old and old.hash == hash_:
        return old
    return TypeEntry(hash_, max(now, old.mod + 1) if old else first)


def tombstones(ledger: Ledger, course: Course) -> dict[str, Tombstone]:
    """The retired notes by guid, sorted by id as the ledger's file is, so that every build writes them in the same order."""
    later, ended = course.history.later, course.history.ended
    retired = [(entry.id, guid) for guid, entry in ledger.notes.items() if entry.retired]
    return {
        guid: tombstone(guid, ledger.notes[guid], reason_of(id_, later, ended))
        for id_, guid in sorted(retired)
    }


def tombstone(guid: str, entry: Entry, reason: str) -> Tombstone:
    """What a retired note becomes. Its first field, which Anki wants filled, holds the id. It has no card: its cloze has no
    deletion, and every other front is empty where `Retired` is filled.
    """
    fields_ = NOTE_TYPES[entry.kind].fields
    values = {fields_[0]: entry.id, ID: entry.id, RETIRED: reason or entry.id}
    return Tombstone(guid, entry.kind, tuple(values.get(name, "") for name in fields_))


def reason_of(id_: str, later: Mapping[str, str], ended: Mapping[str, Retirement]) -> str:
    """The author's reason why a note was retired, and the card to learn instead; `later` and `ended` are the history's.

    A line about the note itself goes before one about its card.
    """
    known = names(id_, later)
    for name in [*known, *map(card_of, known)]:
        if name in ended:
            end = ended[name]
            return f"{end.reason} → {end.successor}" if end.successor else str(end.reason)
    return ""


def type_hash(
    name: str, fields_: Iterable[str], templates: Iterable[tuple[int, str, str, str, str]], css: str
) -> str:
    """A hash of all that Anki's import takes over from a note type. A template is its id, name, front, back and browser's front."""
    # An empty browser's front is left out, so that note types published before there was one keep their hash.
    rows = [[*template[:4], *filter(None, template[4:])] for template in templates]
    return hash_of([name, list(fields_), rows, css])


def hash_of(value: object) -> str:
    """A short hash of any JSON."""
    return hashlib.sha256(_json(value).encode()).hexdigest()[:16]


# --- the file ------------------------------------------------------------------------------------

DAMAGED = "the ledger is damaged: run `coursedeck ledger --rebuild`"
CONFLICT = re.compile(rb"^(<{7}|={7}|>{7}|\|{7})", re.MULTILINE)
LINE = re.compile(r'^\s*("(?:[^"\\]|\\.)*"):\s*(\{.*\}|"(?:[^"\\]|\\.)*"),?\s*$')


def decode(data: bytes) -> Ledger:
    """Read a ledger. Raises Refusal, with what to do, when the bytes are not one."""
    if CONFLICT.search(data):
        raise Refusal("the ledger holds a conflict of a merge: run `coursedeck ledger --resolve`")
    try:
        raw = json.loads(data)
        return Ledger(
            {guid: _made(Entry, row) for guid, row in raw["notes"].items() if row is not None},
            {kind: _made(TypeEntry, row) for kind, row in raw["types"].items() if row is not None},
            {module: deck for module, deck in raw["decks"].items() if deck is not None},
        )
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError) as error:
        raise Refusal(DAMAGED) from error


def _made(type_: type[Made], row: dict[str, Any]) -> Made:
    """An entry from its row. Raises TypeError or ValueError when it is not one; a `mod` of 0 makes Anki panic."""
    for name, value in row.items():
        if not isinstance(value, int if name == "mod" else str) or value == 0:
            raise ValueError(f"{name}: {value!r}")
    return type_(**row)


def encode(ledger: Ledger) -> bytes:
    """The ledger as JSON: one line a note, sorted by id, a blank line between two."""
    notes = sorted(ledger.notes.items(), key=lambda item: (item[1].id, item[0]))
    blocks = [
        _block("notes", [(guid, _row(entry)) for guid, entry in notes]),
        _block("types", [(kind, _row(entry)) for kind, entry in sorted(ledger.types.items())]),
        _block("decks", list(ledger.decks.items())),
    ]
    return ("{\n" + ",\n\n".join(blocks) + "\n}\n").encode()


def _row(entry: Entry | TypeEntry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in entry.__slots__}


def _block(name: str, rows: list[tuple[str, Any]]) -> str:
    # The last line of a block never changes, so that an entry added at the end changes no other line.
    lines = [f"{_json(key)}: {_json(value)},\n" for key, value in rows]
    return f'"{name}": {{\n\n' + "\n".join([*lines, '"~": null']) + "\n\n}"


def resolve(data: bytes) -> Ledger:
    """Merge a conflicted ledger file: read every line that is an entry, ignore git's conflict markers, keep the newest
    entry of each note.

    Where the merged content is neither side's, its hash differs, and the next build gives the note a newer `mod`. Where
    both sides are equally new and yet differ, the hash is left empty, so that the next build gives a `mod` that is newer
    than both. Raises Refusal when a line is no entry.
    """
    notes: dict[str, Entry] = {}
    types: dict[str, TypeEntry] = {}
    decks: dict[str, str] = {}
    found = filter(None, map(LINE.match, data.decode("utf-8", errors="replace").split("\n")))
    try:
        for key, value in ((json.loads(line[1]), json.loads(line[2])) for line in found):
            if isinstance(value, str):
                decks.setdefault(key, value)
            elif "id" in value:
                entry = _made(Entry, value)
                notes[key] = _newest(notes[key], entry) if key in notes else entry
            else:
                kind = _made(TypeEntry, value)
                types[key] = _newest_type(types[key], kind) if key in types else kind
    except (TypeError, ValueError, RecursionError) as error:
        raise Refusal(DAMAGED) from error
    return Ledger(notes, types, decks)


def _newest(one: Entry, other: Entry) -> Entry:
    newest = max(one, other, key=lambda entry: entry.mod)
    tie = one.mod == other.mod and one.hash != other.hash
    sides = (one, other)
    return replace(
        newest,
        hash="" if tie else newest.hash,
        since=next((e.since for e in sides if e.since != UNRELEASED), UNRELEASED),
        version=UNRELEASED if UNRELEASED in (one.version, other.version) else newest.version,
    )


def _newest_type(one: TypeEntry, other: TypeEntry) -> TypeEntry:
    newest = max(one, other, key=lambda entry: entry.mod)
    tie = one.mod == other.mod and one.hash != other.hash
    return replace(newest, hash="" if tie else newest.hash)
