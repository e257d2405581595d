"""A copy of a course lives beside the original in one collection, and neither touches the other."""

import shutil
from pathlib import Path

import pytest
from conftest import ROOT, SAUERTEIG, run
from coursedeck import walk
from coursedeck.kinds.all import NOTE_TYPES
from coursedeck.load import load

pytestmark = pytest.mark.slow


@pytest.fixture
def both(tmp_path):
    """The small course and a copy of it that bears another title, both built."""
    original = Path(shutil.copytree(SAUERTEIG, tmp_path / "original"))
    copy = tmp_path / "copy"
    run("build", original, "--out", tmp_path / "one", "--only", "anki")
    run("new", "course", copy, "--from", original)
    return original, copy


def built(course, out):
    run("build", course, "--out", out, "--only", "anki")
    return out / "sauerteig.apkg"


def test_a_copy_has_a_key_of_its_own_and_no_memory_and_the_rest_of_its_file_as_it_was(both):
    original, copy = both
    before = (original / "course.yaml").read_text("utf-8").splitlines()
    after = (copy / "course.yaml").read_text("utf-8").splitlines()
    assert after[1].startswith("key: ")
    assert [line.replace(" (copy)", "") for line in after[:1] + after[2:]] == before
    assert not (copy / "ledger.json").exists()
    assert (original / "ledger.json").exists()
    run("check", copy)


def test_a_copy_keeps_its_bytes_in_any_clone(both):
    """A drawing's name in Anki hangs on its bytes, which Git for Windows would change."""
    _, copy = both
    assert (copy / ".gitattributes").read_bytes() == (ROOT / ".gitattributes").read_bytes()


def test_two_copies_differ(both, tmp_path):
    original, copy = both
    run("new", "course", tmp_path / "other", "--from", original)
    keys = {
        (path / "course.yaml").read_text("utf-8").splitlines()[1]
        for path in (copy, tmp_path / "other")
    }
    assert len(keys) == 2


def test_original_and_copy_live_side_by_side_and_each_is_updated_by_its_own_author(
    both, learner, tmp_path
):
    """Two authors who both called their course so, a fork, a translation: 10 notes held the other's words."""
    _, copy = both
    assert learner.imports(tmp_path / "one" / "sauerteig.apkg") == {"new": 11}
    assert learner.imports(built(copy, tmp_path / "two")) == {"new": 11}
    assert {name.partition("::")[0] for name in learner.deck_names()} == {
        "Sauerteig",
        "Sauerteig (copy)",
    }
    module = copy / "modules" / "grundlagen.yaml"
    text = module.read_text("utf-8")
    module.write_text(text.replace("Hefe macht Gas.", "Yeast makes gas."), "utf-8")
    assert learner.imports(built(copy, tmp_path / "two")) == {"updated": 1, "duplicate": 10}
    fields = [
        row
        for (row,) in learner.rows(
            "select flds from notes where flds like '%Gas.%' or flds like '%gas.%'"
        )
    ]
    assert sum("Hefe macht Gas." in row for row in fields) == 1
    assert sum("Yeast makes gas." in row for row in fields) == 1


def test_a_copy_is_never_made_over_something(both, tmp_path):
    original, copy = both
    result = run("new", "course", copy, "--from", original, code=1)
    assert "is there already" in result.stderr


def test_a_folder_that_cannot_be_made_is_named_with_the_reason(tmp_path):
    (tmp_path / "file").write_text("x")
    result = run("new", "course", tmp_path / "file" / "bread", code=1)
    said = f"Error: the folder {tmp_path / 'file'} cannot be made: a file has that name\n"
    assert result.stderr == said


@pytest.mark.parametrize(
    "command", [("new", "course"), ("check",), ("build", "content", "--out"), ("adopt",)]
)
def test_a_path_that_is_empty_is_no_name_of_the_folder_one_stands_in(
    command, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    assert "it is empty: name one" in run(*command, "", code=2).stderr
    assert list(tmp_path.iterdir()) == []


def test_without_another_course_one_begins_with_an_example_of_each_kind_of_card(tmp_path):
    folders = tmp_path / "one", tmp_path / "two"
    for folder in folders:
        told = run("new", "course", folder).stdout
        assert told.startswith(f"{folder}: 6 files, an example")
        assert run("check", folder, "--strict").stdout == f"{folder}: nothing to mend\n"
        assert (folder / ".gitattributes").is_file()
    course, _ = load(folders[0])
    assert course
    kinds = {card.kind for card in walk.cards(course)}
    assert kinds == {*NOTE_TYPES}
    assert course.about.deck == "Sourdough"
    other, _ = load(folders[1])
    assert other
    assert course.about.identity != other.about.identity
