"""The command line: how it ends, and what its commands print for people and for programs."""

import errno
import os
import subprocess
import sys
import tempfile

import pytest
from conftest import ROOT, SAUERTEIG, run
from coursedeck import notes
from coursedeck.problems import Refusal


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    """A temporary folder of our own."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def broken(monkeypatch, error):
    """Put a fault into the program, below the command `list`."""

    def notes_of(course):
        raise error

    monkeypatch.setattr(notes, "notes_of", notes_of)


@pytest.mark.parametrize(
    "error", [ValueError("zip() argument 2 is shorter"), KeyError("x"), RuntimeError("typst")]
)
def test_a_bug_is_one_sentence_that_names_a_file_and_never_the_authors_fault(
    temporary, monkeypatch, error
):
    broken(monkeypatch, error)
    said = run("list", SAUERTEIG, code=70).stderr
    (report,) = temporary.iterdir()
    assert said == (
        "Error: this is a bug of coursedeck, not of your course; "
        f"please report it with what stands in {report}\n"
    )
    assert f"{type(error).__name__}: " in report.read_text("utf-8")
    assert "Traceback" in report.read_text("utf-8")


def test_a_bug_is_told_where_no_report_can_be_written(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    broken(monkeypatch, ValueError())
    said = run("list", SAUERTEIG, code=70).stderr
    assert "a bug of coursedeck" in said
    assert "ValueError" in said
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize(
    "error", [Refusal("this cannot be"), OSError(errno.ENOSPC, "No space left")]
)
def test_a_refusal_and_a_file_that_cannot_be_written_are_no_bugs(temporary, monkeypatch, error):
    broken(monkeypatch, error)
    assert run("list", SAUERTEIG, code=1).stderr == f"Error: {error}\n"
    assert not list(temporary.iterdir())


def test_a_reader_who_stops_early_is_no_bug(tmp_path):
    """As in `coursedeck list | head -1`."""
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "cli.py"), "list", str(SAUERTEIG)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"TMPDIR": str(tmp_path)},
    )
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    process.wait()
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("epoch", ["soon", "-1", "²", "1e9", "9" * 11])
def test_a_clock_that_is_no_number_is_wrong_usage(epoch, tmp_path):
    said = run("build", SAUERTEIG, "--out", tmp_path, code=2, SOURCE_DATE_EPOCH=epoch).stderr
    assert "number of seconds" in said
