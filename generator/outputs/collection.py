"""The file of a package: a database in a zip file, in bytes that depend on nothing but what is in it.

Rows stand sorted by their ids, and indexes are made once the rows are there: both make a package small, and fast to make. Where
there are few notes, the indexes are made first: to make one of rows takes longer than to keep it while they come.
"""

import contextlib
import functools
import io
import json
import sqlite3
import zipfile
import zlib
from collections.abc import Callable, Sequence

ZIP_DATE = (1980, 1, 1, 0, 0, 0)
DATABASE = "collection.anki2"
FEW = 50  # notes: up to here indexes made first and short pages take half to three quarters of the time
SHORT_PAGE, USUAL_PAGE = 1024, 4096  # bytes
SMALL = (
    1 << 17
)  # bytes of a file that is packed in three quarters of the time and becomes up to a tenth larger: some 2 KB
LARGE = 1 << 20  # bytes of a database that does not stay in memory until the next one is made
# What else than the rows has a part in the bytes.
TOOLS = f"SQLite {sqlite3.sqlite_version}, zlib {zlib.ZLIB_RUNTIME_VERSION}"


def room() -> contextlib.closing[sqlite3.Connection]:
    """A connection in which databases are made one after the other: to open one takes a third as long as to fill a small one."""
    return contextlib.closing(sqlite3.connect(":memory:"))


def database(
    connection: sqlite3.Connection,
    schema: Sequence[str],
    fill: Callable[[sqlite3.Connection], object],
    notes: int,
) -> bytes:
    """A database with this schema, as SQL, and the rows that `fill` inserts into its tables, each table's sorted by id. `notes`
    says how many of them are notes. In the connection the database takes the place of what was there.
    """
    few = notes <= FEW
    later = [] if few else [sql for sql in schema if sql.startswith("CREATE INDEX")]
    first = tuple(sql for sql in schema if sql not in later)
    empty = _empty(first, SHORT_PAGE if few else USUAL_PAGE)
    connection.deserialize(empty)
    connection.execute("PRAGMA journal_mode = OFF")  # nothing is ever rolled back
    connection.execute("BEGIN")  # once, since SQLite counts how often it wrote
    fill(connection)
    for sql in later:
        connection.execute(sql)
    connection.commit()
    made = connection.serialize()
    if len(made) > LARGE:
        connection.deserialize(empty)
    return made


@functools.lru_cache(
    maxsize=2
)  # a course of many modules has as many packages, all of one of two layouts
def _empty(schema: tuple[str, ...], page: int) -> bytes:
    """A database with this schema, as SQL, and no rows, in pages of so many bytes."""
    with room() as connection:
        connection.execute(f"PRAGMA page_size = {page}")
        connection.execute("BEGIN")
        for sql in schema:
            connection.execute(sql)
        connection.commit()
        return connection.serialize()


def schema_of(connection: sqlite3.Connection, name: str = "main") -> list[str]:
    """The SQL that makes the tables and indexes of a database."""
    made = f"SELECT sql FROM {name}.sqlite_master WHERE sql IS NOT NULL ORDER BY rowid"  # noqa: S608
    return [sql for (sql,) in connection.execute(made)]


def opened(held: bytes) -> sqlite3.Connection:
    """A connection with a package's database, under the name `old`: to be read, edited, and then `copied`."""
    with zipfile.ZipFile(io.BytesIO(held)) as archive:
        data = archive.read(DATABASE)
    connection = sqlite3.connect(":memory:")
    connection.execute("ATTACH ':memory:' AS old")
    connection.deserialize(data, name="old")
    return connection


def copied(connection: sqlite3.Connection, held: bytes) -> bytes:
    """The package `held` with what its database has become: the same bytes as if it were made of these rows anew."""

    def fill(connection: sqlite3.Connection) -> None:
        for table in ("col", "notes", "cards"):  # in order, or SQLite copies indexes as they are
            rows = f"SELECT * FROM old.{table} ORDER BY id"  # noqa: S608
            connection.execute(f"INSERT INTO {table} {rows}")

    connection.commit()
    with zipfile.ZipFile(io.BytesIO(held)) as archive:
        members = {name: archive.read(name) for name in archive.namelist() if name != DATABASE}
    ((notes,),) = connection.execute("SELECT count() FROM old.notes")
    made = database(connection, schema_of(connection, "old"), fill, notes)
    return _zipped({DATABASE: made, **members})


def package(made: bytes, media: dict[str, bytes]) -> bytes:
    """An .apkg of a database and of media by their names."""
    names = {str(index): name for index, name in enumerate(media)}
    members = {DATABASE: made, "media": json.dumps(names).encode()}
    return _zipped(members | {str(index): data for index, data in enumerate(media.values())})


def _zipped(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, ZIP_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            # 6 takes twice the time of 4 for 6 %.
            archive.writestr(info, data, compresslevel=3 if len(data) < SMALL else 4)
    return buffer.getvalue()
