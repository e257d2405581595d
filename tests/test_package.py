"""A package may come from anybody, and damaged in any way: it is read, or refused in one sentence, within bounds."""
# ruff: noqa: S608 - the SQL is ours

import io
import json
import sqlite3
import zipfile

import pytest
from author import Author, one_of_each
from conftest import run
from coursedeck.notes import notes_of
from coursedeck.problems import Refusal
from coursedeck.published import contents, package

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def sound():
    """The package of a small course."""
    return Author(one_of_each()).publish()["course.apkg"]


def packed(database, compression=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        archive.writestr("collection.anki2", database)
        archive.writestr("media", "{}")
    return buffer.getvalue()


def database_of(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("collection.anki2")


def changed(data, *statements):
    """The package with its collection changed by SQL."""
    connection = sqlite3.connect(":memory:")
    connection.deserialize(database_of(data))
    for statement, *values in statements:
        connection.execute(statement, values)
    connection.commit()
    made = connection.serialize()
    connection.close()
    return packed(made)


def marked(data, method=None, encrypted=0):
    """The package with another compression, or that it is encrypted, in what it says of each file."""
    made = bytearray(data)
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = made.find(sign)
        while place >= 0:
            made[place + at] |= encrypted
            if method is not None:
                made[place + at + 2] = method
            place = made.find(sign, place + 1)
    return bytes(made)


def models(data):
    connection = sqlite3.connect(":memory:")
    connection.deserialize(database_of(data))
    ((found,),) = connection.execute("select models from col").fetchall()
    connection.close()
    return json.loads(found)


def without(record, *path):
    """A copy of JSON without what stands at a path."""
    copy = json.loads(json.dumps(record))
    inner = copy
    for key in path[:-1]:
        inner = inner[key]
    del inner[path[-1]]
    return copy


def spoilt(sound):
    """Packages that are none, or none of ours, by what is wrong with them."""
    types = models(sound)
    first = next(iter(types))
    yield "no zip", b"PK"
    yield "no collection", packed(b"")
    yield "text for a collection", packed(b"not a database at all, but a longer text" * 100)
    for wrong in ("null", "[]", "{}", "3", '"x"', "[" * 100_000, '{"a": 1}'):
        yield f"models {wrong[:8]}", changed(sound, ("update col set models = ?", wrong))
        yield f"decks {wrong[:8]}", changed(sound, ("update col set decks = ?", wrong))
    for path in (("flds",), ("tmpls",), ("css",), ("name",), ("mod",), ("flds", 0, "name")):
        text = json.dumps(without(types, first, *path))
        yield f"no {path}", changed(sound, ("update col set models = ?", text))
    yield "no notes", changed(sound, ("drop table notes",))
    yield "no col", changed(sound, ("delete from col",))
    for column, value in [
        ("guid", b"x"),
        ("flds", b"\xff\xfe"),
        ("flds", "one"),
        ("mod", 0),
        ("mod", "late"),
        ("mod", -1),
        ("mid", 5),
    ]:
        yield f"{column} {value!r}", changed(sound, (f"update notes set {column} = ?", value))
    endless = "with recursive c(x) as (select 1 union all select x + 1 from c)"
    view = f"create view notes as {endless} select x as id, x as guid, x as mid, x as flds, x as tags, x as mod from c"
    yield "an endless view", changed(sound, ("drop table notes",), (view,))
    for method in {*range(1, 100)} - {zipfile.ZIP_DEFLATED}:
        yield f"compression {method}", marked(sound, method=method)
    yield "encrypted", marked(sound, encrypted=1)
    for compression in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        whole = bytearray(packed(database_of(sound), compression))
        for at in range(60, 200):
            whole[at] ^= 0x55
        yield f"spoilt {compression}", bytes(whole)
    column = "alter table notes add column z generated always as (zeroblob(1000000000)) virtual"
    yield "a column made while reading", changed(sound, (column,))


def test_whatever_is_wrong_with_a_package_is_told_in_one_sentence(sound):
    course = Author(one_of_each()).course()
    for name, data in spoilt(sound):
        for read in (
            package.of_package,
            lambda spoilt: package.rebuilt(course, notes_of(course), [spoilt]),
        ):
            try:
                read(data)
            except Refusal as error:
                assert str(error) == package.NOT_A_PACKAGE, name  # noqa: PT017
            else:
                assert read is package.of_package, f"{name} was read"
        assert not package.same(sound, data), name


def test_a_small_file_that_unfolds_without_end_is_refused_in_memory(sound, monkeypatch):
    """2 MB that held 2 GB took half a minute and then all memory."""
    monkeypatch.setattr(contents, "BYTES", 1 << 24)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("media", "{}")
        with archive.open("collection.anki2", "w", force_zip64=True) as member:
            for _ in range(contents.BYTES // (1 << 24) + 2):
                member.write(b"\0" * (1 << 24))
    with pytest.raises(Refusal, match="larger than any"):
        package.of_package(buffer.getvalue())
    assert not package.same(sound, buffer.getvalue())


def test_reading_ends_where_a_table_was_made_to_be_read_without_end(sound, monkeypatch):
    """Cards without their index make a join of everything with everything."""
    monkeypatch.setattr(contents, "STEPS", 5)
    endless = "with recursive c(x) as (select 1 union all select x + 1 from c limit 30000)"
    data = changed(
        sound,
        ("drop table cards",),
        ("create table cards (id integer, nid integer, did integer)",),
        (f"insert into cards {endless} select x, -1, 1 from c",),
        (
            f"insert into notes {endless} select x, 'g' || x, (select mid from notes limit 1), 1, -1, '', '', '', 0, 0, '' from c",
        ),
    )
    with pytest.raises(Refusal, match="not a package that"):
        package.of_package(data)


def test_a_spoilt_package_leads_no_command_round_in_a_circle(course_folder, tmp_path):
    """A ledger made of it was called damaged by the next command, which named the one that had made it."""
    out = tmp_path / "decks"
    run("build", course_folder, "--out", out, "--only", "anki")
    whole = out / "sauerteig.apkg"
    whole.write_bytes(changed(whole.read_bytes(), ("update notes set mod = 0",)))
    (course_folder / "ledger.json").unlink()
    result = run("ledger", course_folder, "--out", out, "--rebuild", code=1)
    assert result.stderr == f"Error: {package.NOT_A_PACKAGE}\n"
    assert not (course_folder / "ledger.json").exists()
