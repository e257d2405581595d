"""Anki packages. The only import of genanki.

genanki lays out note types, decks and the empty collection. The rows are written here, in bulk and once for all
packages. So is what genanki would leave to the clock or to chance: each note's `mod`, the cards of a note, the order of new
cards, the names of the media, the bytes of the zip file.
"""

import functools
import hashlib
import itertools
import json
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

from ..identity import FIRST_NUMBER, KEY, joined, number
from ..kinds.kepttype import KeptType, extra
from ..kinds.notetype import MACHINERY, MY_NOTES, RETIRED, AnyType, NoteType, Template
from ..model import Course
from ..notes import Note, media_name
from ..published.ledger import Ledger, Tombstone
from . import collection
from .descriptions import descriptions

# All that genanki takes from `cached_property` is in `functools` by now. That package loads asyncio, which takes longest of all.
_stand_in = sys.modules.setdefault("cached_property", functools)
try:
    import genanki
    from genanki.apkg_col import APKG_COL
    from genanki.apkg_schema import APKG_SCHEMA
finally:
    if _stand_in is functools:
        del sys.modules["cached_property"]

# id, guid, note type, mod, usn, tags, fields, sort field, checksum, flags, data
NOTE = "INSERT INTO notes VALUES (?, ?, ?, ?, -1, ?, ?, ?, 0, 0, '')"
# id, note, deck, ord, mod, usn, type, queue, due, then the schedule that a new card does not have yet
CARD = "INSERT INTO cards VALUES (?, ?, ?, ?, ?, -1, 0, 0, ?, 0, 0, 0, 0, 0, 0, 0, 0, '')"


# A preset of deck options that Anki takes where a learner ticks *Import any deck presets*: ten new cards a day, siblings buried.
PRESET = FIRST_NUMBER + 1
NEW_A_DAY = 10
# What the editor shows in an empty field.
SAID_IN_EDITOR = {
    MY_NOTES: "Yours. Open update.html before an update.",
    RETIRED: "Leave this empty: any text here blanks the card.",
}


class Rows(NamedTuple):
    """What a package's tables hold of one note, whichever package it stands in.

    `deck` is the full name of its deck, `media` the names of the files that it shows; `tags` have blanks between. `dues` are the
    places of its cards among the new ones, `id` and `card_ids` the ids that the note and its cards have where no other is in the
    way: one for each of `ordinals`. `digest` is one of all this.
    """

    guid: str
    kind: str
    mod: int
    tags: str
    fields: tuple[str, ...]
    deck: str
    ordinals: tuple[int, ...]
    dues: tuple[int, ...]
    media: tuple[str, ...]
    id: int
    card_ids: tuple[int, ...]
    digest: bytes


class Packages:
    """The packages of one state of a course, in bytes that depend on nothing but the arguments.

    `created` (seconds since 1970) dates decks and cards; notes and note types carry the ledger's `mod`. Each note's
    rows are made once for all the packages that hold it. Their databases are made in one `room`.
    """

    def __init__(
        self, course: Course, ledger: Ledger, room: sqlite3.Connection, *, created: int
    ) -> None:
        self.course = course
        self.ledger = ledger
        self.room = room
        self.created = created
        self._models: dict[tuple[str, ...], str] = {}
        self.models = {
            kind: _json_of(note_type, ledger.types[kind].mod, created)
            for kind, note_type in course.types.items()
        }

    def key(self, rows: Iterable[Rows]) -> str:
        """A digest of all that a package is made from: with the same key, the same bytes would come out again."""
        found = self._common.copy()
        for each in rows:
            found.update(each.digest)
        return found.hexdigest()

    @functools.cached_property
    def _common(self) -> "hashlib._Hash":
        """A digest, to be gone on with, of what every package of the course is made from."""
        tools = (sys.version, collection.TOOLS)
        code = [Path(file).read_text("utf-8") for file in (__file__, collection.__file__)]
        about = self.course.about
        key, described = str(about.key), self._described
        made_from = (self.models, key, about.deck, described, self.created, tools, code)
        return hashlib.sha256(repr(made_from).encode())

    @functools.cached_property
    def _described(self) -> dict[str, str]:
        return descriptions(self.course)

    @functools.cached_property
    def _media(self) -> dict[str, bytes]:
        """The course's pictures and sounds by their names in Anki; what came from there has its own."""
        kept = {file.name: file.data for file in self.course.kept}
        return {**kept, **{media_name(file): file.data for file in self.course.files()}}

    def package(self, rows: Sequence[Rows]) -> bytes:
        """An .apkg of these notes and the files that they show."""
        own, named = str(self.course.about.deck), dict.fromkeys(each.deck for each in rows)
        # Where all cards lie in decks of other names, a deck of the course's would be an empty one.
        there = not named or any(f"{name}::".startswith(f"{own}::") for name in named)
        decks = dict.fromkeys([*([own] if there else []), *named])
        shown = sorted({name for each in rows for name in each.media})
        media = {name: self._media[name] for name in shown}
        made = {name: _deck_json(name, self._described.get(name, "")) for name in decks}
        return collection.package(self._database(rows, made), media)

    def retirements(self, ended: Iterable[Tombstone]) -> bytes:
        """An .apkg of retired notes, without cards, for those who have them.

        It is a package of its own, because Check Database gives every note without cards a card: in the course's
        package, those who never had the note would get a blank one.
        """
        deck = str(self.course.about.deck)
        rows = [_ended(each, self.ledger.notes[each.guid].mod, deck) for each in ended]
        return collection.package(self._database(rows, {deck: _deck_json(deck, "")}), {})

    def _models_json(self, kinds: tuple[str, ...]) -> str:
        """The note types of these kinds as Anki's JSON, by id; made once, since most packages have the same."""
        if kinds not in self._models:
            models = (self.models[kind] for kind in kinds)
            self._models[kinds] = json.dumps({str(model["id"]): model for model in models})
        return self._models[kinds]

    def _database(self, rows: Sequence[Rows], decks: Mapping[str, "_DeckJson"]) -> bytes:
        """A collection with these rows, each table sorted by id, which makes it small; `decks` by their names."""
        deck_ids = {name: deck.id for name, deck in decks.items()}
        kinds = dict.fromkeys(each.kind for each in rows)
        named = self._usual_decks | {deck.id: deck.json for deck in decks.values()}
        listed = ", ".join(f'"{id_}": {text}' for id_, text in named.items())
        filled = {"models": self._models_json(tuple(kinds)), "decks": f"{{{listed}}}"}
        row = tuple({**self._col, **filled}.values())

        def fill(connection: sqlite3.Connection) -> None:
            connection.execute(f"INSERT INTO col VALUES ({', '.join('?' * len(row))})", row)  # noqa: S608
            note_ids = _apart([each.id for each in rows])
            connection.executemany(NOTE, self._notes(rows, note_ids))
            connection.executemany(CARD, sorted(_cards(rows, note_ids, deck_ids)))

        return collection.database(self.room, _layout()[0], fill, len(rows))

    def _notes(self, rows: Sequence[Rows], ids: Sequence[int]) -> Iterator[tuple[object, ...]]:
        """The values of `NOTE` for notes of these ids, sorted by them; one by one, since those of a large course take much room."""
        types = {kind: note_type.id for kind, note_type in self.course.types.items()}
        for id_, each in sorted(zip(ids, rows, strict=True)):
            tags, fields = f" {each.tags} ", "\x1f".join(each.fields)
            yield id_, each.guid, types[each.kind], each.mod, tags, fields, each.fields[0]

    @functools.cached_property
    def _usual_decks(self) -> dict[int, str]:
        """The decks of an empty collection as JSON, by id."""
        decks: dict[str, Any] = json.loads(_layout()[1]["decks"])
        return {int(id_): json.dumps(deck) for id_, deck in decks.items()}

    @functools.cached_property
    def _col(self) -> dict[str, Any]:
        """The one row of the table `col`, as far as it is the same in all packages."""
        about, col = self.course.about, _layout()[1]
        key = str(about.key)
        # Anki passes this over; it gives the key back to an author who lost it.
        conf = json.dumps(json.loads(col["conf"]) | {KEY: key}) if key else col["conf"]
        return {**col, "conf": conf, "dconf": _presets(col["dconf"], str(about.deck))}


@functools.cache
def _layout() -> tuple[Sequence[str], Mapping[str, Any]]:
    """What genanki lays out in an empty collection: the SQL of tables and indexes, and the one row of the table `col`."""
    connection = sqlite3.connect(":memory:")
    try:
        connection.executescript(APKG_SCHEMA)
        connection.executescript(APKG_COL)
        connection.row_factory = sqlite3.Row
        return collection.schema_of(connection), dict(*connection.execute("SELECT * FROM col"))
    finally:
        connection.close()


def _presets(defaults: str, name: str) -> str:
    """The deck options as JSON: Anki's own, and the preset of that name."""
    presets: dict[str, Any] = json.loads(defaults)
    usual = presets["1"]
    ours = {
        "id": PRESET,
        "name": name,
        "new": usual["new"] | {"perDay": NEW_A_DAY, "bury": True},
        "rev": usual["rev"] | {"perDay": 200, "bury": True},
    }
    return json.dumps(presets | {str(PRESET): usual | ours})


def _json_of(note_type: AnyType, mod: int, created: int) -> dict[str, Any]:
    """A note type as Anki's JSON, with its own `mod`."""
    if isinstance(note_type, KeptType):
        return _kept(note_type, mod)
    assert isinstance(note_type, NoteType)  # noqa: S101 - there are no others
    return _Model(note_type, mod).to_json(created, 1)


def _kept(kept: KeptType, mod: int) -> dict[str, Any]:
    """A note type that came from Anki, as it was there."""
    fields = [
        {
            "name": str(field.name),
            "ord": place,
            "sticky": False,
            "rtl": False,
            "font": "Arial",
            "size": 20,
            **extra(field.anki),
        }
        for place, field in enumerate(kept.fields_)
    ]
    templates = [
        {
            "name": str(template.name),
            "ord": place,
            "qfmt": str(template.front),
            "afmt": str(template.back),
            "bqfmt": "",
            "bafmt": "",
            "did": None,
            "bfont": "",
            "bsize": 0,
            **extra(template.anki),
        }
        for place, template in enumerate(kept.templates)
    ]
    return {
        "id": kept.id,
        "name": str(kept.name),
        "type": int(kept.cloze),
        "mod": mod,
        "usn": -1,
        "sortf": kept.sort_field,
        "did": None,
        "tmpls": templates,
        "flds": fields,
        "css": str(kept.css),
        "latexPre": genanki.Model.DEFAULT_LATEX_PRE,
        "latexPost": genanki.Model.DEFAULT_LATEX_POST,
        "req": [],
        **extra(kept.anki),
    }


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
    field["collapsed"] = name in MACHINERY
    field["description"] = SAID_IN_EDITOR.get(name, "")
    return field


def rows(note: Note, ledger: Ledger, due: Mapping[tuple[str, int], int]) -> Rows:
    """The rows of a note that the ledger knows. `due` is the place of each card, by its note's guid and its ordinal."""
    entry, cards = ledger.notes[note.guid], tuple(note.ordinals())
    tags, fields = joined(note.tags), tuple(note.all_fields())
    places = tuple(due[note.guid, ordinal] for ordinal in cards)
    values = (note.guid, note.kind, entry.mod, tags, fields, note.deck, cards, places, note.media)
    return _rows(*values, entry.born)


def _ended(tombstone: Tombstone, mod: int, deck: str) -> Rows:
    return _rows(tombstone.guid, tombstone.kind, mod, "", tombstone.fields, deck, (), (), ())


def _rows(
    guid: str,
    kind: str,
    mod: int,
    tags: str,
    fields: tuple[str, ...],
    deck: str,
    ordinals: tuple[int, ...],
    dues: tuple[int, ...],
    media: tuple[str, ...],
    born: int = 0,
) -> Rows:
    """The rows of a note.

    The ids are made of the guid and the day that the ledger keeps: Anki's sync knows a note by its id, and a note that two devices
    got from different packages, or from one of them and a later build, would be there twice. An id is a time in milliseconds, shown
    as “Added”. So what joins a released course says the day of its first build; what came with the first edition lies in 50 days
    before our own first release.
    """
    values = (guid, kind, mod, tags, fields, deck, ordinals, dues, media)
    id_ = number(guid, born)
    card_ids = tuple(number(f"{guid}\n{ord_}", born) for ord_ in ordinals)
    digest = hashlib.sha256(repr((values, born)).encode()).digest()
    return Rows(*values, id_, card_ids, digest)


def _cards(
    rows: Iterable[Rows], note_ids: Iterable[int], decks: Mapping[str, int]
) -> Iterator[tuple[int, ...]]:
    """The values of `CARD` for the cards of these notes; `decks` are the ids of decks by name."""
    ids = iter(_apart([id_ for each in rows for id_ in each.card_ids]))
    for each, note_id in zip(rows, note_ids, strict=True):
        deck = decks[each.deck]
        for ord_, due in zip(each.ordinals, each.dues, strict=True):
            yield next(ids), note_id, deck, ord_, each.mod, due


def _apart(numbers: Sequence[int]) -> list[int]:
    """The numbers, each moved on to the next free one where an earlier number has taken it."""
    if len(set(numbers)) == len(numbers):
        return list(numbers)
    taken: set[int] = set()
    apart = []
    for wanted in numbers:
        free = next(n for n in itertools.count(wanted) if n not in taken)
        taken.add(free)
        apart.append(free)
    return apart


class _DeckJson(NamedTuple):
    """A deck's id, and all of it as JSON."""

    id: int
    json: str


@functools.lru_cache(maxsize=8)  # that of the course is in each of its packages
def _deck_json(name: str, description: str) -> _DeckJson:
    deck = _Deck(name, description)
    return _DeckJson(deck.deck_id, json.dumps(deck.to_json()))


class _Deck(genanki.Deck):  # type: ignore[misc]  # likewise
    """A deck; Anki finds it by its name and drops the id, which therefore only needs to be stable. But a collection has a first
    deck always, and of two by its name Anki would make a third, `Default_`.
    """

    def __init__(self, name: str, description: str) -> None:
        digest = hashlib.sha256(name.encode()).digest()
        usual = name.casefold() == "default"
        super().__init__(
            deck_id=1 if usual else (1 << 40) + int.from_bytes(digest[:4], "big"),
            name=name,
            description=description,
        )

    def to_json(self) -> dict[str, Any]:
        """Genanki's JSON; the description is Markdown, and the options are ours."""
        deck: dict[str, Any] = super().to_json()
        return deck | {"md": True, "conf": PRESET}
