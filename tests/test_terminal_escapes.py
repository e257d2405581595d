"""What a stranger wrote cannot steer the terminal on which it is shown."""

import re
from pathlib import Path

import pytest
from conftest import ROOT, run
from coursedeck.terminal import say, show_edits

ODD = "dog\x1b]0;title\x07\x9b2J"


@pytest.mark.parametrize("folder", ["commands", ""])
def test_all_that_commands_print_goes_through_one_door(folder):
    printed = {
        (path.name, line.strip())
        for path in (ROOT / "generator" / folder).glob("*.py")
        for line in path.read_text("utf-8").splitlines()
        if re.search(r"click\.s?echo\(|\bprint\(", line)
    }
    assert {name for name, _ in printed} <= {"terminal.py", "program.py"}
    assert sum(name == "terminal.py" for name, _ in printed) == (0 if folder else 2)  # and JSON


def test_the_door_keeps_our_own_colours_and_no_other_sign(monkeypatch):
    shown = []
    monkeypatch.setattr("click.echo", lambda text, **_: shown.append(text))
    say(f"\x1b[31m[-{ODD}-]\x1b[0m\tx", coloured=True)
    say("\x1b[31mx")
    assert shown[0].startswith("\x1b[31m[-dog")
    assert shown[0].endswith("-]\x1b[0m\tx")
    assert not re.search("[\x07\x9b]|\x1b\\]", shown[0])
    assert "\x1b" not in shown[1]


def test_the_lines_of_an_edit_are_shown_and_do_nothing(capsys):
    show_edits({"a": b""}, {"a": f"{ODD}\n".encode()})
    assert not re.search("[\x07\x9b\x1b]", capsys.readouterr().out)


@pytest.mark.slow
@pytest.mark.parametrize("more", [(), ("--why",)], ids=["list", "why"])
def test_a_list_of_notes_is_shown_and_does_nothing(tmp_path: Path, more):
    rows = tmp_path / "deck.txt"
    rows.write_text(f"#html:true\n#separator:tab\n{ODD}\tBack\n", "utf-8")
    run("new", "course", tmp_path / "c", "--from", rows)
    assert not re.search("[\x07\x9b\x1b]", run("list", tmp_path / "c", *more).stdout)
