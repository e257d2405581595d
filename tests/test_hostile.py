"""Packages that were made to take all memory: what a reader makes of a file is bounded by the whole of it, not part by part."""

import io
import json
import sqlite3
import zipfile

import pytest
from coursedeck.problems import Refusal
from coursedeck.published import contents

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


def database(*more, columns=f"{COLUMNS}, flds text", notes=9):
    """A collection with so many notes, after more statements."""
    with sqlite3.connect(":memory:") as db:
        db.execute("create table col (models, decks, conf)")
        db.execute("insert into col values (?, '{}', '{}')", (json.dumps({1: MODEL}),))
        db.execute(f"create table notes ({columns})")
        db.execute("create table cards (nid int, ord int, did int, odid int, due int)")
        db.execute("create table revlog (id)")
        for number in range(notes, 0, -1):
            row = number, f"g{number}"
            db.execute("insert into notes (id, guid, mid, mod, tags) values (?, ?, 1, 1, '')", row)
            db.execute("insert into cards values (?, 0, 1, 0, 0)", (number,))
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


@pytest.mark.parametrize(
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


def test_a_list_of_files_is_bounded_too():
    """Of 512 MB of names, reading JSON makes many times as much."""
    listed = json.dumps({str(n): "a" for n in range(contents.VALUE // 8)}).encode()
    with pytest.raises(Refusal, match="larger than any"):
        list(contents.media_of({"media": listed}))
    few = contents.zstd.compress(bytes(contents.VALUE + 1))
    with pytest.raises(Refusal, match="larger than any"):
        list(contents.media_of({"media": few, contents.NEWEST: b""}))
