"""A build that has nothing to do does nothing; whatever changed, in or out, is made again."""

import json
import os

import pytest
from conftest import run

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("blank_pages")]

NOTHING = "nothing to do"


@pytest.fixture
def built(built_folder, tmp_path):
    """The small course, built; and a way to build it again that says whether there was anything to do."""
    out = tmp_path / "out"

    def build() -> bool:
        return NOTHING not in run("build", built_folder, "--out", out, "--only", "anki").stdout

    return built_folder, out, build


def test_a_second_build_does_nothing(built):
    _, _, build = built
    assert not build()


def test_an_edit_is_built_even_when_the_clock_of_the_file_stands_still(built):
    folder, _, build = built
    file = folder / "modules" / "grundlagen.yaml"
    before = file.stat()
    text = file.read_text("utf-8")
    file.write_text(text.replace("Hefe macht Gas.", "Hefe macht Gas!"), "utf-8")

    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert build()
    assert not build()


@pytest.mark.parametrize("spoil", ["touched", "gone"])
def test_an_output_that_someone_touched_is_made_again(built, spoil):
    _, out, build = built
    package = out / "sauerteig.apkg"
    whole = package.read_bytes()
    if spoil == "gone":
        package.unlink()
    else:
        package.write_bytes(b"touched")
    assert build()
    assert package.read_bytes() == whole


def test_a_file_that_comes_or_goes_is_a_change(built):
    folder, _, build = built
    (folder / "tools.yaml").write_text("tools: []\n", "utf-8")
    assert build()
    (folder / "tools.yaml").unlink()
    assert build()


@pytest.mark.parametrize("record", [b"", b"[1, 2", b"[]", b'{"inputs": 3}', b"\xff"])
def test_a_damaged_record_only_costs_a_build(built, record):
    _, out, build = built
    (out / ".coursedeck" / "built-anki.json").write_bytes(record)
    assert build()
    assert not build()


def test_warnings_are_told_again_when_there_is_nothing_to_do(built, monkeypatch):
    folder, out, build = built
    file = folder / "course.yaml"
    text = file.read_text("utf-8")
    run("release", "1.0.0", folder, "--out", out, "--changelog", folder / "CHANGES.md")
    file.write_text(text.replace("deck: Sauerteig", "deck: Teig"), "utf-8")
    assert build()
    again = run("build", folder, "--out", out, "--only", "anki")
    assert NOTHING in again.stdout
    assert f"{file.as_posix()}:" in again.stderr
    monkeypatch.chdir(folder)  # where the place has another name
    again = run("build", ".", "--out", out, "--only", "anki")
    assert again.stderr.startswith("course.yaml:")
    assert "deck-renamed" in again.stderr


def test_a_link_that_leads_out_is_told_of_a_course_that_was_built(built, tmp_path):
    folder, out, _ = built
    (tmp_path / "mine.yaml").write_text("title: Mine\n")
    (folder / "modules" / "mine.yaml").symlink_to(tmp_path / "mine.yaml")
    assert "leads out" in run("build", folder, "--out", out, "--only", "anki", code=1).stderr


def test_another_sort_of_output_is_another_build(built):
    folder, out, _ = built
    assert NOTHING not in run("build", folder, "--out", out, "--only", "print").stdout
    assert NOTHING in run("build", folder, "--out", out, "--only", "print").stdout


@pytest.mark.parametrize("record", ["built-anki.json", "packages.json"])
@pytest.mark.parametrize("place", ["a device", "a pipe", "the record itself"])
def test_a_record_that_leads_to_a_device_or_a_pipe_is_not_followed(built, record, place):
    """A record that came along with a stranger's course ate all memory, or hung."""
    _, out, build = built
    path = out / ".coursedeck" / record
    os.mkfifo(out / "pipe")
    if place == "the record itself":
        path.unlink()
        os.mkfifo(path)
    else:
        name = "pipe" if place == "a pipe" else os.path.relpath("/dev/zero", out)
        lines = json.loads(path.read_bytes())
        if "outputs" in lines:
            lines["outputs"][name] = "0"
        else:
            lines[name] = ["0", "0"]
        path.write_text(json.dumps(lines), "utf-8")
        (out / "sauerteig.apkg").unlink()
    assert build()
    assert (out / "sauerteig.apkg").is_file()
