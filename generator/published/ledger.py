"""What was published, and when: the memory that keeps a learner's reviews and edits safe.

Anki takes an incoming note only when its `mod` is strictly newer than its own, and a learner's edit makes theirs newer. So a
note's `mod` must change exactly when its published fields or tags change.

What was built may have been handed out, so that its date never goes back; what was released cannot be undone. `mod` is in
seconds since 1970. `since` is the version that first had the note and `version` the one that last changed it, both `UNRELEASED`
until `coursedeck release` names them. Where two branches with releases of their own met, the `version` of a note that only one
of them had is `NEW` until then, since learners of the other never had it. `retired` is empty, or how the note ended: `DECLARED`
by the author, or by a new `KIND` of card under the same id, which Anki can only take as a new note.

`ledger_file.py` has the form in which all this is written down.
"""

import functools
import hashlib
import json
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import field, replace

from ..frozen import dataclass
from ..identity import DAY, card_of, joined, names
from ..kinds.all import NOTE_TYPES
from ..kinds.kepttype import KeptType
from ..kinds.notetype import DATED, ID, LINK, RETIRED, AnyType
from ..model import Course, Retirement
from ..notes import Note
from ..problems import Refusal
from ..text import to_plain

_json = json.JSONEncoder(
    ensure_ascii=False
).encode  # made once, since that takes longer than to encode a row

UNRELEASED = "next"
NEW = "new"
DECLARED = "declared"
KIND = "kind"
TAGS = "Tags"  # the name under which `Entry.past` keeps them, beside the fields
# Fields that name where a note stands. A new title of a module, a new name of a concept, or another address changes them in every
# note, and is no reason to replace what learners have.
COSMETIC = frozenset({"Context", "Topic", LINK})


@dataclass(frozen=True, slots=True)
class Entry:
    """One published note. `tags` are its tags as last published, with blanks between. `cards` are the words under each number of
    a cloze or drawing as last released, by number. `past` has the marks (see `mark`) of all values that each field and tag
    ever had in a package, with blanks between; a field that it lacks was always empty. `born` is the day (in seconds since 1970)
    of the first build that had it, which Anki shows as “Added”; 0 for what came with the first edition.
    """

    id: str
    kind: str
    deck: str
    hash: str
    mod: int
    since: str
    version: str
    retired: str = ""
    tags: str = ""
    cards: Mapping[str, str] = field(default_factory=dict)
    past: Mapping[str, str] = field(default_factory=dict)
    born: int = 0

    @property
    def released(self) -> bool:
        """Whether a release had the note."""
        return self.since != UNRELEASED


@dataclass(frozen=True, slots=True)
class TypeEntry:
    """One published note type. `shape` is a hash of what may never change of one that came from Anki; of ours, tests see to it."""

    hash: str
    mod: int
    shape: str = ""


@dataclass(frozen=True, slots=True)
class Ledger:
    """Everything published: notes by guid, note types by kind, decks by module ("" is the course's). `course` is the course's
    key. `newest` is the newest `mod` of a note that was built, never released, and is gone: if it comes back, it must be newer.
    `releases` has a hash of the words of each release by version: where two branches both release, git sees a conflict.
    `drafts` has digests of the words of which ids were made that the author left out, by these: a card keeps its id by its words,
    wherever it moves.
    """

    notes: Mapping[str, Entry] = field(default_factory=dict)
    types: Mapping[str, TypeEntry] = field(default_factory=dict)
    decks: Mapping[str, str] = field(default_factory=dict)
    course: str = ""
    newest: int = 0
    releases: Mapping[str, str] = field(default_factory=dict)
    drafts: Mapping[str, str] = field(default_factory=dict)


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
    published is the course's date, so that the same content gives the same bytes anywhere, and the clock's where it is still
    yesterday: learners write on a note from the moment of its build, and what they write must be newer. That of a changed one
    is the clock's, to be newer than every edit that learners made before, or one more than it was when the clock is behind. A
    note that was never released goes without a trace.

    Raises Refusal when a released note bears a date of the future.
    """
    ledger = without_future(ledger, now)
    notes = tuple(notes)
    known = ledger.notes
    entries = _entries(ledger, notes, now, min(first, now))
    kinds, later, ended = kinds_of(notes), course.history.later, course.history.ended
    newest = ledger.newest
    for guid, old in known.items():
        if guid in entries:
            continue
        if old.released:
            how = old.retired or (KIND if replaced(old, kinds, later) else DECLARED)
            made = tombstone(guid, old, reason_of(old.id, later, ended), course.types)
            entries[guid] = _retired(old, how, made, course.types[old.kind].fields, now)
        else:
            newest = max(newest, old.mod)
    types = {
        kind: _type_entry(ledger.types.get(kind), note_type, now, first)
        for kind, note_type in course.types.items()
    }
    decks = deck_names(course)
    if released(ledger):
        decks |= {module: deck for module, deck in ledger.decks.items() if module in decks}
    key = course.about.identity
    return Ledger(entries, types, decks, key, newest, ledger.releases, course.drafts)


def without_future(ledger: Ledger, now: int) -> Ledger:
    """The ledger without what bears a date later than a day from now and was never released: a mistyped date, which is forgotten.

    Raises Refusal when a released note bears such a date: every import would overwrite what learners wrote, until that day.
    """
    latest = now + DAY
    kept: dict[str, Entry] = {}
    for guid, entry in ledger.notes.items():
        if entry.mod <= latest:
            kept[guid] = entry
        elif entry.released:
            raise Refusal(
                f"the ledger dates the card “{entry.id}” later than today: set this computer's clock right or, if it is"
                " right, take the ledger of the last release from version control"
            )
    types = {kind: entry for kind, entry in ledger.types.items() if entry.mod <= latest}
    newest = ledger.newest if ledger.newest <= latest else 0
    return replace(ledger, notes=kept, types=types, newest=newest)


def freeze(ledger: Ledger, course: Course, notes: Iterable[Note], version: str) -> Ledger:
    """The ledger once `version` is released: what changed since the last release has this version, and every note the deck
    and the numbers in which learners will find it.
    """
    living = {note.guid: note for note in notes}

    def named(entry: Entry, guid: str) -> Entry:
        note = living.get(guid)
        return replace(
            entry,
            deck=note.deck if note else entry.deck,
            cards=numbers_of(note) if note else entry.cards,
            since=version if entry.since == UNRELEASED else entry.since,
            version=version if entry.version in (UNRELEASED, NEW) else entry.version,
        )

    entries = {guid: named(entry, guid) for guid, entry in ledger.notes.items()}
    releases = {**ledger.releases, version: words_of(ledger)}
    return replace(ledger, notes=entries, decks=deck_names(course), releases=releases)


def released(ledger: Ledger) -> bool:
    """Whether anything was released."""
    return any(entry.released for entry in ledger.notes.values())


def words_of(ledger: Ledger) -> str:
    """A short hash of all words of all notes: no version and no date is in it."""
    words = sorted((guid, entry.hash, bool(entry.retired)) for guid, entry in ledger.notes.items())
    return hashlib.sha256(repr(words).encode()).hexdigest()[:12]


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


def numbers_of(note: Note) -> dict[str, str]:
    """The words under each number of a cloze or drawing; nothing for other kinds, whose cards are their templates."""
    if not note.note_type.cloze:
        return {}
    return {str(face.ordinal + 1): to_plain(face.answer) for face in note.faces}


def _entries(ledger: Ledger, notes: Iterable[Note], now: int, first: int) -> dict[str, Entry]:
    known = ledger.notes
    first = max(first, ledger.newest + 1) if ledger.newest else first
    born = now - now % DAY if released(ledger) else 0
    return {note.guid: _entry(_known(known, note), note, now, first, born) for note in notes}


def _known(entries: Mapping[str, Entry], note: Note) -> Entry | None:
    """The entry of a note. A draft may become a note of another type, which is then a new one."""
    found = entries.get(note.guid)
    return found if found is None or found.kind == note.kind or found.released else None


def _entry(old: Entry | None, note: Note, now: int, first: int, born: int) -> Entry:
    values = note.all_fields()
    hash_ = note_hash(values, note.tags)
    if old and old.hash == hash_ and not old.retired and old.past:
        if (
            old.released
        ):  # learners keep the deck of the last release until the next one tells them of the move
            return old if old.id == note.id else replace(old, id=note.id)
        return replace(old, id=note.id, deck=note.deck, cards=numbers_of(note))
    tags = joined(note.tags)
    fields_ = dict(zip(note.note_type.fields, values, strict=True))
    past = remembered(old.past if old else {}, fields_, note.tags)
    if old is None:
        numbers = numbers_of(note)
        at = UNRELEASED
        return Entry(
            note.id, note.kind, note.deck, hash_, first, at, at, "", tags, numbers, past, born
        )
    made = replace(old, id=note.id, hash=hash_, retired="", tags=tags, past=past)
    if not old.released:
        made = replace(made, deck=note.deck, cards=numbers_of(note))
    if old.retired or not (old.hash == hash_ or _cosmetic(old, past, tags)):
        news = NEW if old.version == NEW else UNRELEASED
        return replace(made, mod=max(now, old.mod + 1), version=news)
    return made


def _cosmetic(old: Entry, past: Mapping[str, str], tags: str) -> bool:
    """Whether nothing but the names of module and concept changed."""
    if not (old.past and old.hash) or old.tags != tags:  # a merge of two sides empties the hash
        return False
    if old.kind not in NOTE_TYPES:
        return False
    return all(past[name] == old.past.get(name) for name in past if name not in COSMETIC)


def remembered(
    past: Mapping[str, str], values: Mapping[str, str], tags: Iterable[str]
) -> dict[str, str]:
    """A note's past once these values of its fields, by name, and these tags are published too."""
    made = dict(past)
    empty = mark("") if past else ""  # what a field held that the past lacks
    for name, value in values.items():
        if value or name in made:
            made[name] = _after(made.get(name, empty), mark(value))
    for tag in sorted(tags):
        made[TAGS] = _with(made.get(TAGS, ""), mark(tag))
    return made


def _with(marks: str, new: str) -> str:
    return marks if new in marks.split(" ") else f"{marks} {new}".lstrip()


def _after(marks: str, new: str) -> str:
    """The marks of a field, the present one last."""
    if not marks or marks == new:  # as it is of most notes
        return new
    kept = [each for each in marks.split(" ") if each and each != new]
    return " ".join([*kept, new])


@functools.lru_cache(maxsize=1 << 12)  # half of the fields say the same on many notes
def mark(value: str) -> str:
    """What is remembered of a published value: the first 12 hexadecimal digits of its SHA-256, or `-` for an empty one.

    Anki's text import turns line ends into LF and letters into NFC, so that both count as the same.
    """
    if not value:
        return "-"
    plain = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n"))
    return hashlib.sha256(plain.encode()).hexdigest()[:12]


def note_hash(values: Iterable[str], tags: Iterable[str]) -> str:
    """A hash of all that Anki's import takes over from a note."""
    return hash_of([list(values), sorted(tags)])


def _retired(old: Entry, how: str, made: "Tombstone", fields: tuple[str, ...], now: int) -> Entry:
    ended = replace(old, retired=how)
    hash_ = note_hash(made.fields, ())
    if old.hash == hash_ and old.past:
        return ended
    fields_ = dict(zip(fields, made.fields, strict=True))
    past = remembered(old.past, fields_, ())
    if old.hash == hash_:
        return replace(ended, past=past)
    mod = max(now, old.mod + 1)
    return replace(ended, hash=hash_, mod=mod, version=UNRELEASED, tags="", past=past)


def _type_entry(old: TypeEntry | None, note_type: AnyType, now: int, first: int) -> TypeEntry:
    """Our note types are shared by all courses, so they bear the date of the program and not that of a course; one that came from
    Anki keeps its own, as a note does.
    """
    hash_ = hash_of_type(note_type)
    if isinstance(note_type, KeptType):
        shape = shape_of(note_type)
        if old is None:
            return TypeEntry(hash_, first, shape)
        return old if old.hash == hash_ else TypeEntry(hash_, max(now, old.mod + 1), shape)
    if old is None:
        return TypeEntry(hash_, DATED)
    return TypeEntry(hash_, max(DATED, old.mod + (old.hash != hash_)))


def tombstones(ledger: Ledger, course: Course) -> dict[str, Tombstone]:
    """The retired notes by guid, sorted by id as the ledger's file is, so that every build writes them in the same order."""
    later, ended = course.history.later, course.history.ended
    retired = [(entry.id, guid) for guid, entry in ledger.notes.items() if entry.retired]
    return {
        guid: tombstone(guid, ledger.notes[guid], reason_of(id_, later, ended), course.types)
        for id_, guid in sorted(retired)
    }


def tombstone(
    guid: str, entry: Entry, reason: str, types: Mapping[str, AnyType] = NOTE_TYPES
) -> Tombstone:
    """What a retired note becomes. Its first field, which Anki wants filled, holds the id. It has no card: its cloze has no
    deletion, and every other front is empty where `Retired` is filled. One that came from Anki has no such field: all of its
    fields become empty, which no front shows.
    """
    fields_ = types[entry.kind].fields
    if entry.kind not in NOTE_TYPES:
        return Tombstone(guid, entry.kind, ("",) * len(fields_))
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


def shape_of(note_type: AnyType) -> str:
    """A hash of what makes every note of a type a conflict in Anki when it changes."""
    named = [template.name for template in note_type.templates]
    return hash_of([note_type.cloze, list(note_type.fields), named])


def hash_of_type(note_type: AnyType) -> str:
    """The hash of a note type."""
    templates = [(t.id, t.name, t.front, t.back, t.browser) for t in note_type.templates]
    found = type_hash(note_type.name, note_type.fields, templates, note_type.css)
    more = note_type.more if isinstance(note_type, KeptType) else ""
    return hash_of([found, more]) if more else found


def type_hash(
    name: str,
    fields_: Iterable[str],
    templates: Iterable[tuple[int | None, str, str, str, str]],
    css: str,
) -> str:
    """A hash of all that Anki's import takes over from a note type. A template is its id, name, front, back and browser's front."""
    # An empty browser's front is left out, so that note types published before there was one keep their hash.
    rows = [[*template[:4], *filter(None, template[4:])] for template in templates]
    return hash_of([name, list(fields_), rows, css])


def hash_of(value: object) -> str:
    """A short hash of any JSON."""
    return hashlib.sha256(_json(value).encode()).hexdigest()[:16]
