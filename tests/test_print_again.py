"""Printing again: only what something changed for is made, and what is on the disk is never trusted unseen."""

import os
import queue
import shlex
import shutil
import signal
import subprocess
import sys
import time

import pytest
from conftest import SAUERTEIG, WORKSHOP
from coursedeck import build
from coursedeck.files import under, write
from coursedeck.load import load
from coursedeck.notes import notes_of
from coursedeck.outputs import pdf, typeset, typesetter
from printing import FED
from test_build import files, run

pytestmark = pytest.mark.slow

# Of other modules, and of the whole course, but for what shows cards of all modules.
OTHERS = {
    *("frame", "frame-key", "documents", "documents-key", "outline", "facilitator", "maps"),
    *("book", "cards-calibration", "test-a", "test-a-key", "test-b", "test-b-key"),
}
SHEETS = pdf.Choice(papers=("letter",), only=("study-sheets", "worksheets"))


def keys(folder):
    """What each PDF of a course is made from, as digests."""
    course, _ = load(folder)
    return {
        document.path: typeset.key(batch, document)
        for batch in pdf.batches(course, notes_of(course), pdf.Choice())
        for document in batch.documents
    }


def test_what_the_cache_has_is_not_made_again():
    """It is given back as it is; the rest is made and put there."""
    course, _ = load(SAUERTEIG)
    cache = {}
    made, _ = pdf.printed(course, notes_of(course), SHEETS, cache)
    assert {path: data for (path, _), data in cache.items()} == made
    place = min(cache)
    cache[place] = b"kept"
    again, _ = pdf.printed(course, notes_of(course), SHEETS, cache)
    assert again == made | {place[0]: b"kept"}


def test_editing_a_card_touches_only_the_sheets_and_cards_of_its_module(tmp_path):
    """Not the outline, the guide and the maps, nor another module."""
    copy = shutil.copytree(WORKSHOP, tmp_path / "content")
    file = copy / "modules" / "team-learning.yaml"
    text = file.read_text("utf-8")
    question = "What else does it develop?"
    assert text.count(question) == 1
    file.write_text(text.replace(question, "What does it develop besides?"), "utf-8")
    before, after = keys(WORKSHOP), keys(copy)
    changed = {path for path in before if before[path] != after[path]}
    own = {path for path in before if path.rpartition("/")[2].startswith("team-learning")}
    names = {path.rpartition("/")[2].removesuffix(".pdf") for path in changed - own}
    assert own <= changed
    assert names.isdisjoint(OTHERS)


def test_editing_the_title_touches_every_page(tmp_path):
    """It stands in every running head."""
    copy = shutil.copytree(WORKSHOP, tmp_path / "content")
    file = copy / "course.yaml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("A Workshop on", "The Workshop on", 1), "utf-8")
    before, after = keys(WORKSHOP), keys(copy)
    assert all(before[path] != after[path] for path in before)


def test_a_page_that_someone_touched_is_made_again(course_folder, tmp_path):
    """A build after which a file holds something else than `content` gives would be no build."""
    out = tmp_path / "out"
    run("build", course_folder, "--out", out)
    first = files(out)
    (out / "print" / "a4" / "outline.pdf").write_bytes(b"touched")
    (out / "print" / "letter" / "maps.pdf").unlink()
    run("build", course_folder, "--out", out)
    assert files(out) == first


@pytest.mark.parametrize("record", [b"", b"[1, 2", b"[]", b'{"print/a4/outline.pdf": 3}', b"\xff"])
def test_a_damaged_record_only_costs_time(tmp_path, record):
    """Everything is made again, and the record with it."""
    course, _ = load(SAUERTEIG)
    whole, _ = build.pages(course, notes_of(course), SHEETS, tmp_path)
    write(under(tmp_path, whole))
    (tmp_path / build.PAGES_RECORD).write_bytes(record)
    again, problems = build.pages(course, notes_of(course), SHEETS, tmp_path)
    assert problems == []
    assert again == whole


def test_a_process_that_ends_early_is_told_in_one_line(tmp_path, monkeypatch, printed_anew):
    """No traceback, and nothing is written."""
    monkeypatch.setattr(typeset.sys, "executable", shutil.which("false"))
    result = run("print", SAUERTEIG, "--out", tmp_path / "out", code=1)
    assert result.stderr.splitlines()[-1].startswith("Error: printing stopped: ")
    assert "Traceback" not in result.output
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ("os.kill(os.getpid(), signal.SIGKILL)", "exit code -9"),
        ("sys.stdout.buffer.write(pickle.dumps([bytes(999)])[:-9]), os._exit(3)", "exit code 3"),
        ("[][0]", "IndexError: list index out of range"),
    ],
    ids=["killed", "ended in the middle of its answer", "failed"],
)
def test_a_process_that_ends_while_it_prints_is_told_as_it_ended(
    tmp_path, monkeypatch, answers, told
):
    """As where memory is short: whether it has a process of its own for each batch or none."""
    program = (
        "import os, pickle, signal, sys; from coursedeck.outputs import typesetter as it; "
        f"it._answer = lambda _: ({answers}, sys.stdout.buffer.flush()); it.serve()"
    )
    script = tmp_path / "python"
    script.write_text(f"#!/bin/sh\nexec {shlex.quote(sys.executable)} -c {shlex.quote(program)}\n")
    script.chmod(0o755)
    waiting = queue.SimpleQueue()
    waiting.put(typesetter.Batch("calibration", "{}", "2026-01-01", ("a4",), ()))
    monkeypatch.setattr(typeset.sys, "executable", str(script))
    with pytest.raises(OSError, match=f"printing stopped: {told}$"):
        FED(waiting, queue.SimpleQueue())


def test_what_prints_behind_a_shell_that_is_interrupted_goes_on(tmp_path):
    """A shell without job control has what runs in its background pass over Ctrl-C, which all of its processes hear."""
    command = [sys.executable, "-m", "coursedeck", "print", str(SAUERTEIG), "--only", "outline"]
    heard = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        process = subprocess.Popen([*command, "--out", tmp_path / "out"], start_new_session=True)
    finally:
        signal.signal(signal.SIGINT, heard)
    with process:
        for _ in range(200):  # it prints for a second or so
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGINT)
                time.sleep(0.02)
    assert process.returncode == 0
    assert (tmp_path / "out" / "print" / "a4" / "outline.pdf").is_file()
