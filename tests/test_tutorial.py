"""The tutorial, done as it is written: its files are written and changed, its commands run, and what they say is what it shows."""

import contextlib
import re
import shutil
import signal
import subprocess
import sys

import pytest
from click.testing import CliRunner
from conftest import ROOT
from coursedeck.cli import main

pytestmark = pytest.mark.slow

TUTORIAL = (ROOT / "docs" / "tutorial.md").read_text("utf-8")
BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PACKAGE = "made/bread.apkg"


def as_shown(shown):
    """What a text must look like that the tutorial shows: `…` stands for lines, or for words of a line."""
    lines = (
        r"(?:.*\n)*" if line == "…\n" else re.escape(line).replace("…", ".*")
        for line in shown.splitlines(keepends=True)
    )
    return re.compile("".join(lines))


def said_by(command):
    """What a command says, and its exit code. One that goes on until Ctrl+C is stopped after its first line."""
    program, *arguments = command.split()
    assert program == "coursedeck"
    if arguments[0] != "preview":
        done = CliRunner().invoke(main, arguments)
        return done.output, done.exit_code
    started = [sys.executable, "-m", "coursedeck", *arguments]
    # Where tests run in a shell's background, Ctrl+C is ignored, and by what they start too.
    heard = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        running = subprocess.Popen(started, stdout=subprocess.PIPE, text=True)
    finally:
        signal.signal(signal.SIGINT, heard)
    with running:
        said = running.stdout.readline()
        running.send_signal(signal.SIGINT)
        return said, running.wait()


def edit(path, lines):
    """Replace lines of a file with `-` by those with `+`; where none has `-`, those with `+` join at the end."""
    old = "".join(line[1:] for line in lines if line.startswith("-"))
    new = "".join(line[1:] for line in lines if line.startswith("+"))
    text = path.read_text("utf-8")
    if old:
        assert text.count(old) == 1, old
    path.write_text(text.replace(old, new) if old else text + new, "utf-8")


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    """The folder of one who has done the tutorial, what each command said beside what is shown, and the packages in their order."""
    folder, told, packages = tmp_path_factory.mktemp("tutorial"), [], []
    with contextlib.chdir(folder):
        for language, name, text in BLOCK.findall(TUTORIAL):
            if language == "console":
                command, shown = text.removeprefix("$ ").split("\n", 1)
                told.append((command, shown, *said_by(command)))
                if command.startswith("coursedeck build"):
                    packages.append(folder / f"{len(packages)}.apkg")
                    shutil.copy(PACKAGE, packages[-1])
            elif language == "diff":
                edit(folder / name, text.splitlines(keepends=True))
            else:
                (folder / name).write_text(text, "utf-8")
    return folder, told, packages


def test_every_command_says_what_the_tutorial_shows(done):
    _, told, _ = done
    for command, shown, said, _ in told:
        assert as_shown(shown).fullmatch(said), f"$ {command}\n{said}"


def test_a_command_fails_just_where_the_tutorial_shows_an_error(done):
    _, told, _ = done
    assert [code for *_, code in told] == [int(": error: " in shown) for _, shown, *_ in told]


def test_the_three_mistakes_are_of_form_of_yaml_and_of_a_prompt(done):
    _, told, _ = done
    shown = "".join(said for command, _, said, _ in told if command.startswith("coursedeck check"))
    for code in ("unknown-key", "yaml-syntax", "answer-in-question"):
        assert f"[{code}]" in shown


def test_ten_cards_come_into_anki_and_an_edit_keeps_what_was_studied(done, learner):
    _, _, (first, second, _) = done
    learner.imports(first)
    assert learner.col.card_count() == 10
    (note,) = learner.col.find_notes("Question:*rise*")
    (card,) = learner.col.card_ids_of_note(note)
    learner.col.sched.set_due_date([card], "7")
    learner.imports(second)
    assert learner.col.card_count() == 10
    assert "eats sugar" in learner.col.get_note(note)["Answer"]
    assert learner.col.get_card(card).ivl == 7


def test_a_card_for_each_box_and_one_of_cases_join_them(done, learner):
    _, _, (*_, last) = done
    learner.imports(last)
    assert learner.col.card_count() == 13
    for field, cards in (("Image", 2), ("Case 1", 1)):
        assert len(learner.col.find_cards(f'"{field}:_*"')) == cards


def test_the_sheet_is_there(done):
    folder, *_ = done
    assert (folder / "handout/print/a4/study-sheets/bread.pdf").read_bytes().startswith(b"%PDF")
