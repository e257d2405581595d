"""Building: the same content gives the same bytes, and files are replaced whole or not at all."""

import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

import pymupdf
import pytest
from conftest import DAY, ROOT, SAUERTEIG, THOROUGH, WORKSHOP, run
from coursedeck.cli import main
from coursedeck.files import Output, under, write
from coursedeck.load import load
from coursedeck.notes import notes_of
from coursedeck.problems import Refusal
from coursedeck.published import ledger_file
from coursedeck.published.ledger import Ledger, advance

pytestmark = pytest.mark.slow


def files(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


# The course that has everything, and without THOROUGH=1 the small one.
COURSE = WORKSHOP if THOROUGH else SAUERTEIG


def build_in_a_process(out, **env):
    """Everything of a course, built in folders of its own; what it wrote, by path."""
    content = shutil.copytree(COURSE, out.parent / "content")
    command = [sys.executable, str(ROOT / "cli.py"), "build", str(content), "--out", str(out)]
    subprocess.run(command, check=True, capture_output=True, cwd=out.parent, env=os.environ | env)
    return files(out)


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory):
    return tmp_path_factory.mktemp("elsewhere")


def build_here(out):
    """The same in this process, with pages that another test may have printed."""
    run("build", shutil.copytree(COURSE, out.parent / "content"), "--out", out)
    return files(out)


@pytest.fixture(scope="module")
def two_builds(elsewhere):
    return (
        build_in_a_process(elsewhere / "one" / "out", PYTHONHASHSEED="1", TZ="Asia/Tokyo"),
        build_here(elsewhere / "other" / "place" / "out"),
    )


def test_two_folders_two_processes_and_two_hash_seeds_give_the_same_bytes(two_builds):
    one, two = two_builds
    assert one.keys() == two.keys()
    assert [path for path in one if one[path] != two[path]] == []
    assert f"{COURSE.name}.apkg" in one
    assert "print/a4/outline.pdf" in one
    assert "print/letter/outline.pdf" in one


def unpacked(path, data):
    """All that is in a file, without compression."""
    if path.endswith(".pdf"):
        with pymupdf.open("pdf", data) as document:
            return document.tobytes(expand=255)
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return b"".join(archive.read(name) for name in archive.namelist())
    return data


def test_no_output_carries_a_path_of_the_machine(two_builds, elsewhere):
    """Neither of the course's folder nor of the program's, nor of those in which Typst works."""
    paths = [str(elsewhere), str(ROOT), tempfile.gettempdir(), "typst_py"]
    for path, data in two_builds[0].items():
        whole = unpacked(path, data)
        assert [said for said in paths if said.encode() in whole] == [], path


def test_a_rebuild_at_another_hour_changes_nothing(released_folder, printed_anew):
    out = released_folder / "decks"
    shutil.rmtree(out / ".coursedeck")  # or there would be nothing to do
    before = files(released_folder)
    run("build", released_folder / "content", "--out", out, SOURCE_DATE_EPOCH=str(DAY + 50_000))
    shutil.rmtree(out / ".coursedeck")
    assert files(released_folder) == before


def test_an_edit_changes_the_mod_of_its_note_alone(course_folder, tmp_path):
    build = ("build", course_folder, "--out", tmp_path / "out", "--only", "anki")
    run(*build, SOURCE_DATE_EPOCH=str(DAY))
    before = json.loads((course_folder / "ledger.json").read_text())["notes"]
    module = course_folder / "modules" / "grundlagen.yaml"
    module.write_text(
        module.read_text("utf-8").replace("Hefe macht Gas.", "Hefe atmet Gas aus."), "utf-8"
    )
    run(*build, SOURCE_DATE_EPOCH=str(DAY + 50_000))
    after = json.loads((course_folder / "ledger.json").read_text())["notes"]
    changed = [after[guid] for guid in after if after[guid] != before[guid]]
    assert [(entry["id"], entry["mod"]) for entry in changed] == [
        ("hefe-oder-bakterie.blasen", DAY + 50_000)
    ]


def test_packages_are_deflated_and_dated_alike(built_folder):
    with zipfile.ZipFile(built_folder.parent / "out" / "sauerteig.apkg") as archive:
        assert {info.compress_type for info in archive.infolist()} == {zipfile.ZIP_DEFLATED}
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_first_build_makes_the_notes_once(course_folder, tmp_path):
    """It gives the course its key, of which their guids are made, before the checks look at them."""
    notes_of.cache_clear()
    run("build", course_folder, "--out", tmp_path / "out", "--only", "anki")
    assert notes_of.cache_info().misses == 1


def test_a_course_that_version_1_0_0_built_gets_no_key_and_keeps_its_guids(course_folder, tmp_path):
    course, _ = load(course_folder)
    assert not course.about.key
    ledger = advance(Ledger(), course, notes_of(course), now=DAY, first=DAY)
    written = json.loads(ledger_file.encode(ledger))
    del written["course"]
    out = tmp_path / "out"
    out.mkdir()
    (out / "ledger.json").write_text(json.dumps(written), "utf-8")
    run("build", course_folder, "--out", out, "--only", "anki")
    after = ledger_file.decode((course_folder / "ledger.json").read_bytes())
    assert (after.course, after.notes.keys()) == ("sauerteig", ledger.notes.keys())


def test_build_says_in_a_line_what_each_output_holds(course_folder, tmp_path):
    said = run("build", course_folder, "--out", tmp_path / "out", "--only", "anki").stdout
    lines = said.splitlines()
    assert len(lines) == 5
    assert lines[0].endswith("sauerteig.apkg: 11 notes, 14 cards, " + lines[0].rpartition(", ")[2])


@pytest.fixture(scope="module")
def _whole_build(tmp_path_factory):
    folder = tmp_path_factory.mktemp("whole-build")
    shutil.copytree(SAUERTEIG, folder / "course")
    run("build", folder / "course", "--out", folder / "out")
    return folder


@pytest.fixture
def whole_build(_whole_build, tmp_path):
    """A copy of the small course, and of all that a build makes of it."""
    shutil.copytree(_whole_build, tmp_path, dirs_exist_ok=True)
    return tmp_path / "course", tmp_path / "out"


def test_check_of_a_build_passes_when_files_are_fresh_and_names_the_old_ones(whole_build):
    content, out = whole_build
    run("build", content, "--out", out, "--check")
    before = files(out)
    module = content / "modules" / "grundlagen.yaml"
    module.write_text(module.read_text("utf-8").replace("Hefe macht Gas.", "Hefe gast."), "utf-8")
    result = run("build", content, "--out", out, "--check", code=1)
    assert "sauerteig-grundlagen.apkg: not what" in result.stderr
    assert "sauerteig-texte.apkg" not in result.stderr
    assert files(out) == before


def test_a_package_packed_by_another_zlib_counts_as_the_same(whole_build):
    content, out = whole_build
    package = out / "sauerteig.apkg"
    with zipfile.ZipFile(package) as archive:
        members = [(info.filename, archive.read(info)) for info in archive.infolist()]
    with zipfile.ZipFile(package, "w", zipfile.ZIP_STORED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    run("build", content, "--out", out, "--check")


def test_when_one_file_cannot_be_written_none_is_replaced(tmp_path):
    (tmp_path / "one").write_bytes(b"old")
    outputs = [Output("one", b"new"), Output("one/below", b"a file is no folder")]
    with pytest.raises(Refusal, match="one cannot be made: a file has that name"):
        write(under(tmp_path, outputs))
    assert (tmp_path / "one").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["one"]


def test_a_folder_without_a_course_is_told_in_one_line(tmp_path):
    result = run("build", tmp_path / "nowhere", "--out", tmp_path / "out", code=1)
    assert "there is no folder" in result.stderr
    assert "Traceback" not in result.stderr


def test_wrong_usage_exits_with_two(tmp_path):
    run("build", SAUERTEIG, "--out", tmp_path, "--only", "vinyl", code=2)
    run("bake", code=2)


@pytest.mark.parametrize("name", main.list_commands(None))
def test_every_command_has_help_with_an_example(name):
    text = run(name, "--help").stdout
    assert f"coursedeck {name}" in text.partition("Example:")[2]


@pytest.mark.parametrize("key", ["the other's", "none"])
def test_a_course_with_the_ledger_of_another_is_refused(key, released_folder, tmp_path):
    """By `check` too, since it would overwrite what was published of the other one."""
    copy = released_folder / "content"
    about = copy / "course.yaml"
    text = about.read_text("utf-8").replace("id: sauerteig", "id: brot")
    if key == "none":
        text = re.sub("^key: .*\n", "", text)
    about.write_text(text.replace("deck: Sauerteig", "deck: Brot"), "utf-8")
    out = tmp_path / "decks"
    before = files(copy)
    assert "[other-course]" in run("build", copy, "--out", out, code=1).stderr
    assert files(copy) == before
    assert not out.exists()
    assert "[other-course]" in run("check", copy, "--out", out, code=1).stderr


def test_another_key_beside_a_ledger_is_told_where_it_stands(released_folder, tmp_path):
    about = released_folder / "content" / "course.yaml"
    text = re.sub("^key: .*", "key: another", about.read_text("utf-8"), flags=re.MULTILINE)
    about.write_text(text, "utf-8")
    line = text[: text.index("key: another")].count("\n") + 1
    for command in ("check", "build"):
        said = run(command, about.parent, "--out", tmp_path / "decks", code=1).stderr
        assert f"course.yaml:{line}:6: error: the ledger is that of a course with the key" in said
