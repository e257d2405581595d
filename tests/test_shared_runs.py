"""The tool that finds what a course has in common with a text it was drawn from."""

import subprocess
import sys
from types import SimpleNamespace

import pytest
from tools import shared_runs

SOURCE = (
    "The ferry left at noon, and nobody on the pier waved, for the rain had come early that year."
)
TITLE = "Nobody on the Pier"


@pytest.fixture
def find(tmp_path, monkeypatch, capsys):
    def run(text, *options, name="a.yaml", source=SOURCE):
        (tmp_path / "source.txt").write_text(source, "utf-8")
        folder = tmp_path / "course"
        folder.mkdir(exist_ok=True)
        (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
        monkeypatch.chdir(folder)
        try:
            code = shared_runs.main(["../source.txt", ".", *options])
        except SystemExit as usage:
            code = usage.code
        return SimpleNamespace(returncode=code, stdout=capsys.readouterr().out)

    return run


@pytest.mark.slow
def test_as_a_command_it_ends_with_what_it_found(find, tmp_path):
    """As checks of a course run it; the other tests call it in this process."""
    said = find("We read that nobody on the pier waved, for the rain had come.").stdout
    command = [sys.executable, shared_runs.__file__, tmp_path / "source.txt", "."]
    done = subprocess.run(
        command, cwd=tmp_path / "course", capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (1, said)


def test_a_copied_stretch_is_given_once_with_its_file_line_and_whole_length(find):
    done = find(
        "title: x\ntext: >-\n  We read that nobody on the pier waved, for the rain had come.\n"
    )
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        "a.yaml:3: 10 words: nobody on the pier waved for the rain had come",
        "1 shared runs of 8 or more words in 1 files",
    ]


def test_own_words_pass(find):
    done = find("text: The rain was early, and from the pier nobody waved.")
    assert (done.returncode, done.stdout) == (0, "0 shared runs of 8 or more words in 1 files\n")


@pytest.mark.parametrize(
    "text",
    [
        "NOBODY on the *pier* waved; for the rain",
        "nobody on\n   the pier waved,\n   for the rain",
        "nobody on the {{c1::pier}} {{c2::waved::did what}}, for the rain",
    ],
)
def test_case_marks_line_breaks_and_clozes_hide_nothing(find, text):
    assert find(text).returncode == 1


def test_apostrophes_and_spellings_hide_nothing(find):
    source = "It isn't the organisation that learns but the people."
    done = find("It isn’t the organization that learns but people.", "--words", "7", source=source)
    assert done.returncode == 1


def test_the_words_of_a_picture_are_read_across_its_tags(find):
    svg = "<svg>\n<text>nobody on the pier</text>\n<text\n x='1'>waved, for the rain</text></svg>"
    done = find(svg, name="a.svg")
    assert done.stdout.startswith("a.svg:2: 8 words: ")


def test_two_stretches_are_two(find):
    done = find("at noon and nobody on it: for the rain had come", "--words", "4")
    assert [line.split(": ")[-1] for line in done.stdout.splitlines()[:-1]] == [
        "at noon and nobody on",
        "for the rain had come",
    ]


def test_the_length_that_counts_can_be_set(find):
    text = "nobody on the pier waved"
    assert find(text).returncode == 0
    assert find(text, "--words", "5").returncode == 1
    assert find(text, "--words", "6").returncode == 0


def test_an_allowed_title_does_not_count_but_copied_words_around_it_do(find):
    beside = "at noon, and nobody on the pier waved"
    around = f"left {beside}, for the"
    assert find(beside).returncode == 1
    assert find(beside, "--allow", TITLE).returncode == 0
    assert find(around, "--allow", TITLE, "--words", "7").returncode == 1


def test_a_file_that_is_no_text_is_passed_over(find):
    find("text: Our own.")
    assert "in 1 files" in find(b"\x89PNG\xff\xfe", name="a.png").stdout


def test_nothing_to_compare_is_not_a_pass(find):
    assert find(b"\xff\xfe", name="a.png").returncode == 2
    assert find("Our own words.", source="").returncode == 2
