"""Anki packages, through genanki. The only import of genanki.

genanki writes the rows; we decide what it leaves to the clock or to chance: each note's `mod`, the cards of a note, the order
of new cards, the names of the media, the bytes of the zip file.
"""

import hashlib
import io
import itertools
import json
import sqlite3
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, ClassVar

import genanki

from ..kinds.all import NOTE_TYPES
from ..kinds.diagram import media_name
from ..kinds.notetype import NoteType, Template
from ..ledger import Ledger, Tombstone
from ..model import Course
from ..notes import Note

IDS = 1_790_000_000_000  # 21 September 2026
ZIP_DATE = (1980, 1, 1, 0, 0, 0)


def package(
    course: Course,
    notes: Sequence[Note],
    ledger: Ledger,
    *,
    created: int,
) -> bytes:
    """An .apkg of these notes, in bytes that depend on nothing but the arguments.

    `created` (seconds since 1970) dates decks and cards; notes and note types carry the ledger's `mod`.
    """
    models = _models(ledger)
    decks = [_Deck(course.about.deck, _description(course))]
    for name, group in itertools.groupby(notes, key=lambda note: note.deck):
        deck = _Deck(name, "")
        for note in group:
            deck.add_note(_living(note, models, ledger))
        decks.append(deck)
    database = _database(genanki.Package(decks), created)
    return _zip(database, _media(notes))


def retirements(
    course: Course, ended: Iterable[Tombstone], ledger: Ledger, *, created: int
) -> bytes:
    """An .apkg of retired notes, without cards, for those who have them.

    It is a package of its own, because Check Database gives every note without cards a card: in the course's
    package, those who never had the note would get a blank one.
    """
    models = _models(ledger)
    deck = _Deck(course.about.deck, "")
    for tombstone in ended:
        deck.add_note(_ended(tombstone, models, ledger))
    return _zip(_database(genanki.Package([deck]), created), {})


def _models(ledger: Ledger) -> "dict[str, _Model]":
    return {kind: _Model(NOTE_TYPES[kind], ledger.types[kind].mod) for kind in NOTE_TYPES}


def _description(course: Course) -> str:
    about = course.about
    return f"{about.description}\n\n{about.title} {about.version} · {about.date}"


class _Model(genanki.Model):
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
        model = super().to_json(self.mod, deck_id)
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


class _Note(genanki.Note):
    """A note with its own `mod` and exactly these cards."""

    def __init__(self, model: _Model, mod: int, ordinals: Iterable[int], **values: Any) -> None:
        self.mod = mod
        self.ordinals = tuple(ordinals)
        super().__init__(model=model, **values)

    @property
    def cards(self) -> list[genanki.Card]:
        """One card for each ordinal; a retired note has none."""
        return [genanki.Card(ordinal) for ordinal in self.ordinals]

    def write_to_db(
        self,
        cursor: sqlite3.Cursor,
        timestamp: float,  # noqa: ARG002 - the build's date; the ledger has the note's
        deck_id: int,
        id_gen: Any,  # noqa: ARG002 - numbers by place; ours hang on the guid
    ) -> None:
        """Write the rows."""
        super().write_to_db(cursor, self.mod, deck_id, _ids(cursor, self.guid, self.ordinals))


def _living(note: Note, models: "dict[str, _Model]", ledger: Ledger) -> _Note:
    return _Note(
        models[note.kind],
        ledger.notes[note.guid].mod,
        note.ordinals(),
        fields=note.all_fields(),
        tags=sorted(note.tags),
        guid=note.guid,
        due=note.position,
    )


def _ended(tombstone: Tombstone, models: "dict[str, _Model]", ledger: Ledger) -> _Note:
    mod = ledger.notes[tombstone.guid].mod
    return _Note(
        models[tombstone.kind], mod, (), fields=list(tombstone.fields), guid=tombstone.guid
    )


def _ids(cursor: sqlite3.Cursor, guid: str, ordinals: Iterable[int]) -> Iterator[int]:
    """The ids of a note and its cards, made of its guid: Anki's sync knows a note by its id, and a note that two devices
    got from different packages, or from one of them and a later build, would be there twice.

    An id is a time in milliseconds, shown as the day of creation; these lie in 50 days before our first release.
    """
    for table, name in (("notes", guid), *(("cards", f"{guid}\n{ord_}") for ord_ in ordinals)):
        number = IDS + int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big")
        taken = f"SELECT 1 FROM {table} WHERE id = ?"  # noqa: S608 - a name of the line above
        while cursor.execute(taken, (number,)).fetchone():
            number += 1
        yield number


class _Deck(genanki.Deck):
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
        return super().to_json() | {"md": True}


def _database(package: genanki.Package, created: int) -> bytes:
    connection = sqlite3.connect(":memory:")
    try:
        package.write_to_db(connection.cursor(), created, itertools.count(created * 1000))
        connection.commit()
        return connection.serialize()
    finally:
        connection.close()


def _media(notes: Iterable[Note]) -> dict[str, bytes]:
    pictures = {media_name(note.picture): note.picture.data for note in notes if note.picture}
    return dict(sorted(pictures.items()))


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
            archive.writestr(info, data)
    return buffer.getvalue()
