"""What two readers of a deck could take for two things: names, guids, and where a row of a table ends."""

import zipfile

import pytest
from conftest import run
from test_hostile import FILLED, database

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ("A 3,A,A", ["A 3", "A", "A 4"]),
        ("A,A,A 2", ["A", "A 2", "A 2 3"]),
        ("A,A,A", ["A", "A 2", "A 3"]),
    ],
)
def test_columns_of_one_name_become_fields_of_several(tmp_path, given, names):
    (tmp_path / "t.txt").write_text(f"#separator:comma\n#columns:{given}\nx,y,z\n")
    run("new", "course", tmp_path / "c", "--from", tmp_path / "t.txt")
    (made,) = (tmp_path / "c" / "note-types").iterdir()
    assert [name for name in names if f"name: {name}\n" in made.read_text()] == names


def test_guids_that_are_one_in_the_form_of_yaml_are_one_note(tmp_path):
    other = (
        "update notes set guid = 'e\u0301' where id = 2",
        "update notes set guid = '\xe9' where id = 1",
    )
    with zipfile.ZipFile(tmp_path / "d.apkg", "w") as archive:
        archive.writestr("collection.anki2", database(FILLED, *other))
    told = run("new", "course", tmp_path / "c", "--from", tmp_path / "d.apkg").stdout
    assert "8 notes" in told
    assert "a note has the guid of another one, and is left out" in told


@pytest.mark.parametrize(
    ("cell", "notes"),
    [('screw 5" long', 2), ('"a ""b"" c"', 2), ("5' 3\"", 2), ('"a\n# b"', 2), ('"a ""\n# b"', 2)],
)
def test_a_remark_is_none_only_within_a_quoted_cell(tmp_path, cell, notes):
    text = f"#separator:tab\n#html:false\n{cell}\tone\n# remark\nnut\tMutter\n"
    (tmp_path / "t.txt").write_text(text)
    told = run("new", "course", tmp_path / "c", "--from", tmp_path / "t.txt").stdout
    assert f"{notes} notes" in told
    assert "the first “# remark”" in told
