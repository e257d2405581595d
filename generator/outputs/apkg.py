"""Anki packages. The only import of genanki.

genanki lays out note types, notes, decks and the empty collection. The rows are written here, in bulk and once for all
packages. So is what genanki would leave to the clock or to chance: each note's `mod`, the cards of a note, the order of new
cards, the names of the media, the bytes of the zip file.
"""

import functools
import hashlib
import io
import itertools
import json
import sqlite3
import sys
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import genanki
from genanki.apkg_col import APKG_COL
from genanki.apkg_schema import APKG_SCHEMA

from ..kinds.all import NOTE_TYPES
from ..kinds.diagram import media_name
from ..kinds.notetype import NoteType, Template
from ..model import Course
from ..notes import Note
from ..order import dues
from ..published.ledger import Ledger, Tombstone
from ..texts import Picture

IDS = 1_790_000_000_000  # 21 September 2026
ZIP_DATE = (1980, 1, 1, 0, 0, 0)
Values = tuple[int | str | None, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """What a package's tables hold of one note, whichever package it stands in. `deck` is the full name of its deck;
    `id` and `card_ids` hold unless a package has another note or card of that id, and moves on to the next free one.
    """

    deck: str
    kind: str
    id: int
    card_ids: tuple[int, ...]
    note: Values
    cards: tuple[Values, ...]
    digest: bytes


class Packages:
    """The packages of one state of a course, in bytes that depend on nothing but the arguments.

    `created` (seconds since 1970) dates decks and cards; notes and note types carry the ledger's `mod`. Each note's
    rows are made once for all the packages that hold it.
    """

    def __init__(self, course: Course, ledger: Ledger, *, created: int) -> None:
        self.course = course
        self.ledger = ledger
        self.created = created
        self._models: dict[tuple[str, ...], str] = {}
        self.models = {
            kind: _Model(NOTE_TYPES[kind], ledger.types[kind].mod) for kind in NOTE_TYPES
        }

    def rows(self, notes: Iterable[Note]) -> dict[str, Rows]:
        """The rows of notes by guid, in their order."""
        due = dues(self.course)
        return {note.guid: _living(note, self.models, self.ledger, due) for note in notes}

    def key(self, rows: Iterable[Rows], pictures: Iterable[Picture] = ()) -> str:
        """A digest of all that a package is made from: with the same key, the same bytes would come out again."""
        found = hashlib.sha256(self._common)
        for each in rows:
            found.update(each.digest)
        for picture in pictures:
            found.update(media_name(picture).encode())
        return found.hexdigest()

    @functools.cached_property
    def _common(self) -> bytes:
        """What every package of the course is made from."""
        models = {kind: model.to_json(self.created, 1) for kind, model in self.models.items()}
        tools = (sys.version, sqlite3.sqlite_version, zlib.ZLIB_RUNTIME_VERSION)
        code = Path(__file__).read_text("utf-8")
        about = self.course.about
        return repr(
            (models, about.deck, _description(self.course), self.created, tools, code)
        ).encode()

    def package(self, rows: Iterable[Rows], pictures: Iterable[Picture] = ()) -> bytes:
        """An .apkg of these notes and drawings."""
        rows = list(rows)
        decks = [_Deck(self.course.about.deck, _description(self.course))]
        decks += [_Deck(name, "") for name in dict.fromkeys(each.deck for each in rows)]
        named = {media_name(picture): picture.data for picture in pictures}
        return _zip(self._database(rows, decks), dict(sorted(named.items())))

    def retirements(self, ended: Iterable[Tombstone]) -> bytes:
        """An .apkg of retired notes, without cards, for those who have them.

        It is a package of its own, because Check Database gives every note without cards a card: in the course's
        package, those who never had the note would get a blank one.
        """
        deck = _Deck(self.course.about.deck, "")
        rows = [_ended(each, self.models, self.ledger, deck.name) for each in ended]
        return _zip(self._database(rows, [deck]), {})

    def _models_json(self, kinds: tuple[str, ...]) -> str:
        """The note types of these kinds as Anki's JSON, by id; made once, since most packages have the same."""
        if kinds not in self._models:
            models = (self.models[kind] for kind in kinds)
            held = {str(model.model_id): model.to_json(self.created, 1) for model in models}
            self._models[kinds] = json.dumps(held)
        return self._models[kinds]

    def _database(self, rows: Sequence[Rows], decks: Sequence["_Deck"]) -> bytes:
        """A collection with these rows, each table sorted by id, which makes it small."""
        note_ids = _apart([each.id for each in rows])
        card_ids = iter(_apart([id_ for each in rows for id_ in each.card_ids]))
        deck_ids = {deck.name: deck.deck_id for deck in decks}
        notes: list[Values] = []
        cards: list[Values] = []
        for each, note_id in zip(rows, note_ids, strict=True):
            notes.append((note_id, *each.note))
            deck = deck_ids[each.deck]
            cards += [(next(card_ids), note_id, deck, *card) for card in each.cards]
        kinds = dict.fromkeys(each.kind for each in rows)
        models = self._models_json(tuple(kinds))
        connection = sqlite3.connect(":memory:")
        try:
            empty, indexes = _empty()
            connection.deserialize(empty)
            ((stock,),) = connection.execute("SELECT decks FROM col").fetchall()
            named = json.loads(stock) | {str(deck.deck_id): deck.to_json() for deck in decks}
            connection.execute("UPDATE col SET models = ?, decks = ?", (models, json.dumps(named)))
            connection.executemany(_inserting("notes", 11), sorted(notes))
            connection.executemany(_inserting("cards", 18), sorted(cards))
            for index in indexes:
                connection.execute(index)
            connection.commit()
            return connection.serialize()
        finally:
            connection.close()


def _inserting(table: str, columns: int) -> str:
    return f"INSERT INTO {table} VALUES ({', '.join('?' * columns)})"  # noqa: S608 - named above


@functools.cache
def _empty() -> tuple[bytes, tuple[str, ...]]:
    """An empty collection, as genanki lays it out, but without its indexes, and the SQL that makes those: once the rows are
    there, indexes take less time and room.
    """
    connection = sqlite3.connect(":memory:")
    try:
        connection.executescript(APKG_SCHEMA)
        connection.executescript(APKG_COL)
        indexes = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        ).fetchall()
        for name, _ in indexes:
            connection.execute(f"DROP INDEX {name}")
        connection.commit()
        connection.execute("VACUUM")
        return connection.serialize(), tuple(sql for _, sql in indexes)
    finally:
        connection.close()


def _description(course: Course) -> str:
    about = course.about
    return f"{about.description}\n\n{about.title} {about.version} · {about.date}"


class _Model(genanki.Model):  # type: ignore[misc]  # genanki has no types
    """A model with its own `mod` and, for image occlusion, Anki's stock kind."""

    def __init__(self, note_type: NoteType, mod: int) -> None:
        self.mod = mod
        self.stock_kind = note_type.stock_kind
        fields = [_field(note_type, ordinal) for ordinal in range(len(note_type.fields))]
        templates = [_template(template) for template in note_type.templates]
        super().__init__(
            model_id=note_type.id,
            name=note_type.name,
            fields=fields,
            templates=templates,
            css=note_type.css,
            model_type=genanki.Model.CLOZE if note_type.cloze else genanki.Model.FRONT_BACK,
        )

    # genanki works out which fields make a card; Anki does that itself on import.
    _req: ClassVar[list[Any]] = []

    def to_json(self, timestamp: float, deck_id: int) -> dict[str, Any]:  # noqa: ARG002 - ours is the ledger's
        """Genanki's JSON with our date and stock kind; the deck is that of whoever imported it, so none."""
        model: dict[str, Any] = super().to_json(self.mod, deck_id)
        model["did"] = None
        if self.stock_kind is not None:
            model["originalStockKind"] = self.stock_kind
        return model


def _template(template: Template) -> dict[str, Any]:
    made = {
        "name": template.name,
        "qfmt": template.front,
        "afmt": template.back,
        "id": template.id,
    }
    return made | ({"bqfmt": template.browser} if template.browser else {})


def _field(note_type: NoteType, ordinal: int) -> dict[str, Any]:
    name = note_type.fields[ordinal]
    field: dict[str, Any] = {"name": name, "id": note_type.field_id(ordinal)}
    if note_type.stock_kind is not None and ordinal < 5:
        field["tag"] = ordinal
        field["preventDeletion"] = ordinal < 4
    if name.startswith("Spare"):
        field["collapsed"] = True
    return field


def _living(
    note: Note, models: "Mapping[str, _Model]", ledger: Ledger, due: Mapping[tuple[str, int], int]
) -> Rows:
    made = genanki.Note(
        model=models[note.kind],
        fields=note.all_fields(),
        tags=sorted(note.tags),
        guid=note.guid,
    )
    cards = {ordinal: due[note.guid, ordinal] for ordinal in note.ordinals()}
    return _rows(made, note.kind, ledger.notes[note.guid].mod, note.deck, cards)


def _ended(tombstone: Tombstone, models: "Mapping[str, _Model]", ledger: Ledger, deck: str) -> Rows:
    made = genanki.Note(
        model=models[tombstone.kind], fields=list(tombstone.fields), guid=tombstone.guid
    )
    return _rows(made, tombstone.kind, ledger.notes[tombstone.guid].mod, deck, {})


def _rows(note: genanki.Note, kind: str, mod: int, deck: str, due: Mapping[int, int]) -> Rows:
    """A genanki note's rows, without the ids; the columns are Anki's. `due` is the place of each card by its ordinal, in
    whose order new cards come.

    The ids are made of the guid: Anki's sync knows a note by its id, and a note that two devices got from different
    packages, or from one of them and a later build, would be there twice. An id is a time in milliseconds, shown as the
    day of creation; these lie in 50 days before our first release.
    """
    tags = f" {' '.join(note.tags)} "
    # guid, note type, mod, usn, tags, fields, sort field, checksum, flags, data
    head = (note.guid, note.model.model_id, mod, -1, tags, "\x1f".join(note.fields))
    # ord, mod, usn, type, queue, due, then the schedule that a new card does not have yet
    cards: tuple[Values, ...] = tuple(
        (ord_, mod, -1, 0, 0, due[ord_], *[0] * 8, "") for ord_ in due
    )
    values = (*head, note.sort_field, 0, 0, "")
    return Rows(
        deck=deck,
        kind=kind,
        id=_number(note.guid),
        card_ids=tuple(_number(f"{note.guid}\n{ord_}") for ord_ in due),
        note=values,
        cards=cards,
        digest=hashlib.sha256(repr((deck, kind, values, cards)).encode()).digest(),
    )


def _number(name: str) -> int:
    return IDS + int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big")


def _apart(numbers: Sequence[int]) -> list[int]:
    """The numbers, each moved on to the next free one where an earlier number has taken it."""
    if len(set(numbers)) == len(numbers):
        return list(numbers)
    taken: set[int] = set()
    apart = []
    for number in numbers:
        free = next(n for n in itertools.count(number) if n not in taken)
        taken.add(free)
        apart.append(free)
    return apart


class _Deck(genanki.Deck):  # type: ignore[misc]  # likewise
    """A deck; Anki finds it by its name and drops the id, which therefore only needs to be stable."""

    def __init__(self, name: str, description: str) -> None:
        digest = hashlib.sha256(name.encode()).digest()
        super().__init__(
            deck_id=(1 << 40) + int.from_bytes(digest[:4], "big"),
            name=name,
            description=description,
        )

    def to_json(self) -> dict[str, Any]:
        """Genanki's JSON; the description is Markdown."""
        deck: dict[str, Any] = super().to_json()
        return deck | {"md": True}


def _zip(database: bytes, media: dict[str, bytes]) -> bytes:
    names = {str(index): name for index, name in enumerate(media)}
    members = {"collection.anki2": database, "media": json.dumps(names).encode()}
    members |= {str(index): data for index, data in enumerate(media.values())}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, ZIP_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, data, compresslevel=4)  # 6 takes twice the time for 6 %
    return buffer.getvalue()
