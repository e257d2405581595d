"""Packages that were made to take all memory: what a reader makes of a file is bounded by the whole of it, not part by part."""

import contextlib
import functools
import io
import json
import sqlite3
import zipfile

import pytest
from anki_deck import zstd
from coursedeck.incoming import anki
from coursedeck.problems import Refusal
from coursedeck.published import contents
from tables import with_each

FIELDS = ({"name": "Front", "ord": 0}, {"name": "Back", "ord": 1})
MODEL = {
    "id": 1,
    "name": "Basic",
    "type": 0,
    "mod": 0,
    "css": "",
    "flds": FIELDS,
    "tmpls": [{"name": "Card 1", "ord": 0, "qfmt": "{{Front}}", "afmt": "{{Back}}"}],
}
COLUMNS = "id integer primary key, guid text, mid int, mod int, tags text"
MEGABYTE = 1 << 20


@functools.cache
def database(*more, columns=f"{COLUMNS}, flds text", notes=9):
    """A collection with so many notes, after more statements."""
    with sqlite3.connect(":memory:") as db:
        db.execute("create table col (models, decks, conf)")
        db.execute("insert into col values (?, '{}', '{}')", (json.dumps({1: MODEL}),))
        db.execute(f"create table notes ({columns})")
        db.execute("create table cards (nid int, ord int, did int, odid int, due int)")
        db.execute("create table revlog (id)")
        every = [(number, f"g{number}") for number in range(notes, 0, -1)]
        db.executemany(
            "insert into notes (id, guid, mid, mod, tags) values (?, ?, 1, 1, '')", every
        )
        db.executemany("insert into cards values (?, 0, 1, 0, 0)", [row[:1] for row in every])
        for each in more:
            db.execute(each)
        db.commit()
        return db.serialize()


def collection(data):
    return contents.collection_of({contents.OLDEST: data})


FILLED = "update notes set flds = 'a' || char(31) || 'b'"


def test_a_sound_collection_is_read_in_the_order_of_its_notes():
    held = collection(database(FILLED))
    assert [row.id for row in held.notes] == [*range(1, 10)]
    assert {row.fields for row in held.notes} == {"a\x1fb"}
    assert [row.note for row in held.cards] == [*range(1, 10)]


@with_each(
    "data",
    [
        database(columns=f"{COLUMNS}, flds text as (hex(zeroblob({MEGABYTE})))"),
        database(columns=f"{COLUMNS}, flds text as (hex(zeroblob({MEGABYTE}))) stored"),
        database(FILLED, "alter table cards add column more text as ('a')"),
        database(
            f"alter table notes add column flds text default '{'x' * MEGABYTE}'", columns=COLUMNS
        ),
        database(
            FILLED,
            "alter table notes drop column tags",
            f"alter table notes add column tags text default '{'x' * MEGABYTE}'",
        ),
        database(
            FILLED,
            "drop table revlog",
            "create table revlog as select 1",
            "create view seen as select 1",
        ),
    ],
    ids=["computed", "computed-and-kept", "computed-unread", "default", "default-tags", "view"],
)
def test_what_a_table_says_without_holding_it_is_not_read(data):
    with pytest.raises(contents.UNREADABLE):
        collection(data)


def test_more_rows_than_can_be_read_are_refused_and_not_left_out(monkeypatch):
    monkeypatch.setattr(contents, "ROWS", 8)
    with pytest.raises(Refusal, match="larger than any"):
        collection(database(FILLED))
    assert len(collection(database(FILLED, notes=8)).notes) == 8


def packed(way):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", way) as archive:
        archive.writestr("media", "{}")
        archive.writestr(contents.OLDEST, database(FILLED))
    return buffer.getvalue()


@pytest.mark.parametrize("way", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_members_packed_as_anki_packs_them_are_read(way):
    assert contents.members(packed(way)).keys() == {"media", contents.OLDEST}


@pytest.mark.parametrize("way", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_members_that_are_unpacked_without_bound_are_refused(way):
    with pytest.raises(NotImplementedError):
        contents.members(packed(way))


def test_a_list_of_files_is_bounded_too(monkeypatch):
    """Of 512 MB of names, reading JSON makes many times as much."""
    assert contents.VALUE <= contents.BYTES // 32
    monkeypatch.setattr(contents, "VALUE", 1 << 16)
    listed = json.dumps({str(n): "a" for n in range(contents.VALUE // 8)}).encode()
    with pytest.raises(Refusal, match="larger than any"):
        list(contents.media_of({"media": listed}))
    few = zstd.compress(bytes(contents.VALUE + 1))
    with pytest.raises(Refusal, match="larger than any"):
        list(contents.media_of({"media": few, contents.NEWEST: b""}))


def bring(models, *more, decks=None, media=None):
    """What becomes of a package with these note types."""
    given = json.dumps(models), json.dumps({1: {"name": "D"}} if decks is None else decks)
    with sqlite3.connect(":memory:") as db:
        db.deserialize(database(FILLED, *more, notes=2))
        db.execute("update col set models = ?, decks = ?", given)
        db.commit()
        data = db.serialize()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("media", json.dumps({} if media is None else media))
        archive.writestr("0", b"x")
        archive.writestr(contents.OLDEST, data)
    return anki.brought(buffer.getvalue(), "d.apkg", key="k", now=10**9, missing=lambda _: "")


ODDITIES = (None, 1, 1.5, "x", "\ud800", [], [1], {}, {"name": []})
PLACES = (
    *[(name,) for name in (*MODEL, "sortf", "latexsvg")],
    *[("flds", 0, name) for name in ("name", "ord", "rtl", "id")],
    *[("tmpls", 0, name) for name in ("name", "ord", "qfmt", "afmt", "did", "id")],
    ("tmpls", 0),
    ("flds", 1),
)


def with_odd(place, odd):
    made = json.loads(json.dumps(MODEL))
    inner = made
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = odd
    return {1: made}


@pytest.mark.slow
@with_each("place", PLACES)
def test_a_note_type_of_any_shape_becomes_a_course_or_is_refused(place):
    for odd in ODDITIES:
        with contextlib.suppress(Refusal):
            bring(with_odd(place, odd))


@pytest.mark.slow
def test_decks_files_and_rows_of_any_shape_become_a_course_or_are_refused():
    assert bring({1: MODEL}).course
    for odd in ODDITIES:
        for decks in (odd, {1: odd}, {1: {"name": odd, "dyn": odd, "desc": odd}}):
            with contextlib.suppress(Refusal):
                bring({1: MODEL}, decks=decks)
        for media in (odd, {"0": odd}):
            with contextlib.suppress(Refusal):
                bring({1: MODEL}, media=media)
    for table, names in (
        ("notes", ("guid", "mid", "mod", "tags", "flds")),
        ("cards", ("nid", "ord", "did", "odid", "due")),
    ):
        for name in names:
            for odd in ("null", "1.5", "-1", "9223372036854775807", "'x'", "''", "x'ff'"):
                with contextlib.suppress(Refusal):
                    change = f"update {table} set {name} = {odd} where rowid = 2"  # noqa: S608  names above
                    bring({1: MODEL}, change)


def test_a_bug_of_ours_is_not_laid_at_the_door_of_a_package(monkeypatch):
    def wrong(*_):
        raise TypeError

    monkeypatch.setattr(anki.notetype, "described", wrong)
    with pytest.raises(TypeError):
        bring({1: MODEL})
