"""What `adopt` shows and asks at a terminal, and what each answer does."""

import os
import pty
import re
import select
import signal
import sys
from pathlib import Path

import pytest
from adopting import MODULE, QUESTION
from conftest import run
from coursedeck.incoming.corrections import Correction, as_text
from coursedeck.notes import notes_of
from coursedeck.problems import Span
from coursedeck.published.diff import Change, Edit
from coursedeck.published.diff import as_text as as_changes
from coursedeck.source.files import read_files
from coursedeck.terminal import keyed_course, warn
from coursedeck.texts import Line

pytestmark = pytest.mark.slow

THREE = [
    ("Question", "beginnt", "anfängt"),
    ("Right", "starter", "a starter"),
    ("Text", "flüssig", "nass"),
]
CTRL_C = b"\x03"
IDS = (QUESTION, "anstellgut-englisch", "anstellgut-fuettern")


@pytest.fixture
def three(course_folder, tmp_path):
    """A course with its ledger, and the arguments of a command that brings three corrections for it."""
    out = tmp_path / "out"
    run("build", course_folder, "--out", out, "--only", "page")
    notes = {
        note.id: note
        for note in notes_of(keyed_course(course_folder, out, read_files(course_folder)))
    }
    rows = [
        "#separator:tab",
        "#html:true",
        "#guid column:1",
        "#columns:guid\tId\tQuestion\tRight\tText",
    ]
    for id_, (name, old, new) in zip(IDS, THREE, strict=True):
        words = notes[id_].fields[name].replace(old, new)
        cells = [words if name == each else "" for each in ("Question", "Right", "Text")]
        rows.append("\t".join([notes[id_].guid, id_, *cells]))
    (tmp_path / "came.txt").write_text("\n".join([*rows, ""]), "utf-8")
    return ["adopt", str(tmp_path / "came.txt"), str(course_folder), "--out", str(out)]


def at_terminal(arguments, *keys):
    """What the program exits with and says when a user presses these keys, each once it asks. Ctrl+C that nothing follows for a
    while is pressed again, as a user would: between the words of a question and the wait for its answer it is lost. All other
    keys wait in the terminal, and a second time would answer the next question.
    """
    program = str(Path(sys.executable).with_name("coursedeck"))
    process, terminal = pty.fork()
    if not process:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # a shell's background has none
        os.execv(program, [program, *arguments])  # noqa: S606 - our own program
    said, waiting, key = b"", list(keys), b""
    while True:
        while key == CTRL_C and not select.select([terminal], [], [], 20)[0]:
            os.write(terminal, key)
        try:
            read = os.read(terminal, 9999)
        except OSError:  # so Linux says that nothing more comes
            break
        if not read:
            break
        said += read
        if said.endswith(b"quit)? ") and waiting:
            key = waiting.pop(0)
            os.write(terminal, key() if callable(key) else key)
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), said.decode()


@pytest.mark.parametrize(
    ("keys", "ended", "words", "told"),
    [
        ([b"Y\n", b"x\n", b"\n", b"no\n", b"all\n"], 0, 2, "3 corrections, 2 taken, 1 left"),
        ([b"y\n", b"q\n"], 0, 1, "3 corrections, 1 taken, 2 left"),
        ([b"y\n", CTRL_C], 1, 0, "stopped: nothing is written"),
        ([b"y\n", b"\x04"], 1, 0, "stopped: nothing is written"),
    ],
    ids=["wrong keys", "quit", "Ctrl+C", "end of input"],
)
def test_each_answer_leaves_the_file_whole_and_says_what_became_of_it(
    three, course_folder, keys, ended, words, told
):
    before = (course_folder / MODULE).read_text("utf-8")
    exited, said = at_terminal(three, *keys)
    assert exited == ended
    assert told in said
    after = (course_folder / MODULE).read_text("utf-8")
    lines = zip(before.splitlines(), after.splitlines(), strict=True)
    assert sum(old != new for old, new in lines) == words


def test_what_the_author_writes_while_the_program_asks_is_not_lost(three, course_folder):
    path = course_folder / MODULE

    def edit():
        path.write_text(path.read_text("utf-8") + "# new\n", "utf-8")
        return b"all\n"

    exited, said = at_terminal(three, edit)
    assert exited == 1
    assert f"{MODULE} changed meanwhile: nothing is written" in said
    assert path.read_text("utf-8").endswith("# new\n")
    assert "anfängt" not in path.read_text("utf-8")


def test_without_a_terminal_nothing_is_asked_and_nothing_written(three, course_folder):
    before = read_files(course_folder)
    said = run(*three).output
    assert "anfängt" in said
    assert "3 corrections, 0 taken\nnothing is written: --yes takes them all\n" in said
    assert read_files(course_folder) == before
    assert "3 corrections, 3 taken" in run(*three, "--yes").output


def test_what_check_would_find_fault_with_is_not_written_and_the_rest_is(three, course_folder):
    came = Path(three[1])
    came.write_text(came.read_text("utf-8").replace("a starter", "漢字"), "utf-8")
    said = run(*three, "--yes").output
    assert "not written, for then card “anstellgut-englisch” holds Chinese characters" in said
    assert "3 corrections, 2 taken\n" in said
    run("check", course_folder, *three[3:])


@pytest.mark.parametrize("more", [(), ("--yes",)])
def test_why_a_correction_cannot_be_taken_stands_right_under_it(three, more):
    """It once came after all of them, which were shown as if they could be taken."""
    came = Path(three[1])
    came.write_text(came.read_text("utf-8").replace("a starter", "漢字"), "utf-8")
    lines = run(*three, *more).output.splitlines()
    words = next(n for n, line in enumerate(lines) if "{+漢字+}" in line)
    assert lines[words + 1].startswith("    not written, for then card “anstellgut-englisch” holds")
    assert sum("not written" in line for line in lines) == 1


def test_what_cannot_be_taken_is_shown_and_not_asked_about(three):
    came = Path(three[1])
    came.write_text(came.read_text("utf-8").replace("a starter", "漢字"), "utf-8")
    exited, said = at_terminal(three, b"y\n", b"n\n")
    assert exited == 0
    assert "not written, for then" in said
    assert "3 corrections, 1 taken, 1 left" in said


# --- what came cannot steer the terminal ----------------------------------------------------------

STEERS = "\x1b[2J\x1b]0;mine\x07 \r\x9bnothing"


@pytest.mark.parametrize("colour", [False, True])
def test_what_came_cannot_steer_the_terminal(colour):
    shown = as_text(Correction("a", STEERS, Line("Why?", Span("m.yaml")), STEERS), colour=colour)
    own = re.sub("\x1b\\[(31|32|0)m", "", shown)
    assert not set(own) & set("\x1b\x07\r\x9b")
    assert "␛[2J␛]0;mine␇" in own
    assert (own == shown) != colour


def test_nor_can_what_is_told_of_it(capsys):
    warn([STEERS, "Grüße\tund\nmehr"])
    assert capsys.readouterr().err == "␛[2J␛]0;mine␇ ␍\ufffdnothing\nGrüße\tund\nmehr\n"


def test_nor_can_changes_that_a_package_brings():
    edit = Edit("Answer", "So.", STEERS, markup=True)
    change = Change("edited", "a", "ask", "Deck", STEERS, (edit,))
    assert not set(as_changes([change], colour=False)) & set("\x1b\x07\r\x9b")
