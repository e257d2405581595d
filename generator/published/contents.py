"""What is in a package's or a collection's file, whoever made it: the one bounded reader. The only import of zstd.

Anki has written three forms: `collection.anki2` and `collection.anki21`, whose note types and decks are JSON, and since 2.1.50
`collection.anki21b`, packed with zstd, whose note types and decks are rows with protocol buffers in them. All are read to the same.
A file from a stranger may be small and hold what no memory can; so everything that is read has a bound, and reading it ends.
"""

import contextlib
import io
import itertools
import json
import operator
import sqlite3
import struct
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from ..frozen import dataclass
from ..problems import Refusal

TOO_LARGE = "this package is larger than any that can be read here: more than 512 MB, or a million notes or cards"
# What a file that is no package, or a damaged one, makes of those who read it: zipfile, zlib, sqlite3 and json; and of
# those who take what they read for what it should be.
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,  # an unknown compression
    RuntimeError,  # an encrypted one; nested without end
    MemoryError,  # an empty database
    sqlite3.Error,
    struct.error,
    LookupError,
    TypeError,
    AttributeError,
    ValueError,
    OverflowError,
)
BYTES = 1 << 29  # of all members together
VALUE = 1 << 24  # of a value in a table, and of the list of files
ROWS = 1_000_000
STEPS = 200  # of a million of SQLite's own
# As Anki packs members. What is packed otherwise is unpacked whole, however little is asked for.
PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
NEWEST, NEWER, OLDEST = "collection.anki21b", "collection.anki21", "collection.anki2"


class NoteRow(NamedTuple):
    """A note as Anki keeps it; `id` is a time in milliseconds, `mod` one in seconds. `fields` are parted by the sign 0x1F."""

    id: int
    guid: str
    model: int
    mod: int
    tags: str
    fields: str


class CardRow(NamedTuple):
    """A card: its note, its place among the note's templates or clozes, its deck, and where it belongs while it is in a filtered
    one; its place among the new ones.
    """

    note: int
    ordinal: int
    deck: int
    home: int
    due: int


@dataclass(frozen=True, slots=True)
class Collection:
    """What a package's tables hold: note types and decks as Anki's JSON by their ids, rows of notes and of cards, and how many
    reviews.
    """

    models: Mapping[int, Mapping[str, Any]]
    decks: Mapping[int, Mapping[str, Any]]
    notes: tuple[NoteRow, ...]
    cards: tuple[CardRow, ...]
    reviews: int


def members(package: bytes) -> dict[str, bytes]:
    """The files in a package. Raises Refusal when they are too large, or one of `UNREADABLE`."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        found = {}
        room = BYTES
        for info in archive.infolist():
            if info.compress_type not in PACKED:
                raise NotImplementedError(info.compress_type)
            with archive.open(info) as member:
                found[info.filename] = member.read(room + 1)  # whatever the zip says of their size
            room -= len(found[info.filename])
            if room < 0:
                raise Refusal(TOO_LARGE)
        return found


Select = Callable[[str], list[Any]]  # the rows that a SELECT gives
# What is no table, and tables that say more than they hold.
ODD = """
SELECT name FROM sqlite_master WHERE type NOT IN ('table', 'index') OR sql LIKE 'CREATE VIRTUAL%'
UNION ALL SELECT x.name FROM sqlite_master AS m, pragma_table_xinfo(m.name) AS x WHERE x.hidden > 1
LIMIT 1
"""


@contextlib.contextmanager
def opened(database: bytes) -> Iterator[Select]:
    """What selects rows from a collection that may come from anybody: its tables are tables, reading it ends, and of all that is
    read, nothing twice, no more can come than the file has room for, whatever a table computes. Rows come as they lie there, since
    sorting would gather them unseen.

    Raises one of `UNREADABLE`, and so does the function, or Refusal where there are too many rows.
    """
    room = len(database)

    def select(sql: str) -> list[Any]:
        nonlocal room
        rows: list[Any] = []
        for row in connection.execute(sql):
            room -= sum(len(value) for value in row if isinstance(value, str | bytes))
            if room < 0:
                raise ValueError(sql)
            if len(rows) == ROWS:
                raise Refusal(TOO_LARGE)
            rows.append(row)
        return rows

    steps = itertools.count()
    connection = sqlite3.connect(":memory:")
    try:
        connection.create_collation("unicase", lambda one, other: (one > other) - (one < other))
        if (
            database[18:20] == b"\2\2"
        ):  # it was written with a log beside it, which memory cannot have
            database = database[:18] + b"\1\1" + database[20:]
        connection.deserialize(database)
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, VALUE)
        connection.set_progress_handler(lambda: next(steps) > STEPS, 1_000_000)
        if odd := select(ODD):
            raise ValueError(odd)
        yield select
    finally:
        connection.close()


def collection_of(held: Mapping[str, bytes]) -> Collection:
    """The collection among the members of a package. Raises Refusal or one of `UNREADABLE`."""
    name = next(each for each in (NEWEST, NEWER, OLDEST) if each in held)
    # The older ones beside a newest only say that this Anki is too old.
    database = unpacked(held[name]) if name == NEWEST else held[name]
    with opened(database) as select:
        tables = {row[0] for row in select("SELECT name FROM sqlite_master LIMIT 100")}
        models, decks = (_from_rows if "notetypes" in tables else _from_json)(select)
        notes = [*map(NoteRow._make, select("SELECT id, guid, mid, mod, tags, flds FROM notes"))]
        cards = [*map(CardRow._make, select("SELECT nid, ord, did, odid, due FROM cards"))]
        ((reviews,),) = select("SELECT count() FROM revlog")
    notes.sort(key=lambda row: row.id)
    cards.sort(key=lambda row: (row.note, row.ordinal))
    return Collection(models, decks, tuple(notes), tuple(cards), reviews)


def unpacked(data: bytes, most: int = BYTES) -> bytes:
    """What zstd packed. Raises Refusal when it is larger than `most`, or one of `UNREADABLE`."""
    # It takes long to load, and no package that we made needs it.
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd

    made = bytearray()
    try:
        while data:
            reader = zstd.ZstdDecompressor()
            while not reader.eof:
                if reader.needs_input and not data:
                    raise EOFError
                made += reader.decompress(data, max_length=1 << 24)
                data = b""
                if len(made) > most:
                    raise Refusal(TOO_LARGE)
            data = reader.unused_data
    except zstd.ZstdError as error:
        raise ValueError(*error.args) from error
    return bytes(made)


def media_of(held: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """The files that go with the notes, by the names in their fields. Raises Refusal or one of `UNREADABLE`."""
    if "media" not in held:
        return
    if NEWEST not in held:
        if len(held["media"]) > VALUE:
            raise Refusal(TOO_LARGE)
        for member, name in json.loads(held["media"] or b"{}").items():
            if member in held:
                yield str(name), held[member]
        return
    room = BYTES
    for place, (_, entry) in enumerate(_message(unpacked(held["media"], VALUE))):
        told = dict(_message(entry))
        member = str(told.get(255, place))
        if member in held:
            data = unpacked(held[member], room)
            room -= len(data)
            yield told[1].decode(), data


Models = Mapping[int, Mapping[str, Any]]


def _from_json(select: Select) -> tuple[Models, Models]:
    ((models, decks),) = select("SELECT models, decks FROM col LIMIT 2")
    made = (
        {int(id_): model for id_, model in json.loads(models).items()},
        {int(id_): deck for id_, deck in json.loads(decks).items()},
    )
    for model in made[0].values():
        if not (isinstance(model["name"], str) and model["flds"] and model["tmpls"]):
            raise ValueError(model)
    return made


# --- the rows of the newest form -------------------------------------------------------------------


def _from_rows(select: Select) -> tuple[Models, Models]:
    def ordered(sql: str) -> list[Any]:
        return sorted(select(sql), key=operator.itemgetter(0, 1))

    fields: dict[int, list[dict[str, Any]]] = {}
    for model, _, name, config in ordered("SELECT ntid, ord, name, config FROM fields"):
        own = fields.setdefault(model, [])
        own.append({"name": name, "ord": len(own), **_named(config, FIELD)})
    templates: dict[int, list[dict[str, Any]]] = {}
    for model, _, name, config in ordered("SELECT ntid, ord, name, config FROM templates"):
        own = templates.setdefault(model, [])
        own.append({"name": name, "ord": len(own), **_named(config, TEMPLATE)})
    models = {
        id_: {
            "id": id_,
            "name": name,
            "mod": mod,
            "flds": fields[id_],
            "tmpls": templates[id_],
            **_named(config, MODEL),
        }
        for id_, name, mod, config in select("SELECT id, name, mtime_secs, config FROM notetypes")
    }
    decks = {
        id_: {"name": name.replace("\x1f", "::"), **_deck(kind)}
        for id_, name, kind in select("SELECT id, name, kind FROM decks")
    }
    return models, decks


# How Anki's protocol buffers number what its JSON names; a name with a "?" is a truth value, one with "#" a number, others are
# texts.
FIELD = {
    1: "sticky?",
    2: "rtl?",
    3: "font",
    4: "size#",
    5: "description",
    6: "plainText?",
    7: "collapsed?",
    8: "excludeFromSearch?",
    9: "id#",
    10: "tag#",
    11: "preventDeletion?",
}
TEMPLATE = {
    1: "qfmt",
    2: "afmt",
    3: "bqfmt",
    4: "bafmt",
    5: "did#",
    6: "bfont",
    7: "bsize#",
    8: "id#",
}
MODEL = {
    1: "type#",
    2: "sortf#",
    3: "css",
    5: "latexPre",
    6: "latexPost",
    7: "latexsvg?",
    9: "originalStockKind#",
    10: "originalId#",
}


def _named(message: bytes, names: Mapping[int, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for number, value in _message(message):
        name = names.get(number, "")
        if number == 255:  # what add-ons keep, as JSON
            found |= json.loads(value)
        elif name.endswith("?"):
            found[name[:-1]] = bool(value)
        elif name.endswith("#"):
            found[name[:-1]] = value if value < 1 << 63 else value - (1 << 64)
        elif name:
            found[name] = value.decode()
    return found


def _deck(kind: bytes) -> dict[str, Any]:
    ((number, held),) = _message(kind)
    told = dict(_message(held)) if number == 1 else {}
    return {"dyn": int(number == 2), "desc": told.get(4, b"").decode(), "md": bool(told.get(5))}


def _message(data: bytes) -> Iterator[tuple[int, Any]]:
    """The parts of a protocol buffer: each number with its bytes, or with its value as a whole number."""
    at = 0
    while at < len(data):
        key, at = _varint(data, at)
        number, form = key >> 3, key & 7
        if form == 0:
            value, at = _varint(data, at)
            yield number, value
            continue
        if form == 2:
            length, at = _varint(data, at)
        elif form in (1, 5):
            length = 8 if form == 1 else 4
        else:
            raise ValueError(form)
        if at + length > len(data):
            raise EOFError
        yield number, data[at : at + length]
        at += length


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at
        if shift > 63:
            raise ValueError(value)
