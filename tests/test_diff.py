"""`diff`: what changed between the content and what was published, for people and for programs."""

import json
import subprocess

import pytest
from author import Author, one_of_each, questions
from conftest import run
from coursedeck.problems import Refusal
from coursedeck.published import diff, package
from hypothesis import given
from hypothesis import strategies as st


@pytest.fixture
def author():
    return Author([*one_of_each(), *questions(3)])


def changes(author, edit):
    """What `diff` says of an edit, against the package."""
    before = package.of_package(author.publish()["course.apkg"])
    edit(author)
    return diff.compare(before, package.of_notes(author.notes().values()))


def said(found):
    return [(change.what, change.id) for change in found]


def test_a_package_and_the_content_it_was_made_of_do_not_differ(author):
    assert changes(author, lambda _: None) == []


def test_an_edit_is_shown_field_by_field(author):
    (change,) = changes(author, lambda author: author.card("card-1").update(words="new"))
    assert (change.what, change.id) == ("edited", "card-1")
    assert [(e.field, e.old, e.new) for e in change.edits] == [
        ("Question", "Which one belongs to q1q?", "Which one belongs to qnewq?"),
        ("Answer", "a1a", "anewa"),
    ]


def test_what_is_added_moved_and_retired_is_named(author):
    def edit(author):
        author.retire("ask-card")
        author.card("card-0")["module"] = "two"
        author.cards.append({**questions(9)[8]})

    assert set(said(changes(author, edit))) == {
        ("added", "card-8"),
        ("moved", "card-0"),
        ("edited", "card-0"),  # its tags name the module
        ("retired", "ask-card"),
    }


def test_a_renamed_card_is_an_edit_and_no_new_card(author):
    found = changes(author, lambda author: author.rename("card-0", "better"))
    assert said(found) == [("edited", "better")]
    assert [(e.field, e.old, e.new) for e in found[0].edits] == [("Id", "card-0", "better")]


def test_a_new_drawing_is_an_edit_of_its_card(author):
    found = changes(author, lambda author: author.card("diagram-card").update(words="new"))
    assert said(found) == [("edited", "diagram-card")]
    assert "Image" in {edit.field for edit in found[0].edits}


@given(st.text(), st.text())
def test_the_words_of_a_comparison_put_together_are_both_texts(old, new):
    found = list(diff.words(old, new))
    assert "".join(text for sign, text in found if sign != "+") == old
    assert "".join(text for sign, text in found if sign != "-") == new


@given(st.text())
def test_equal_texts_have_no_changed_word(text):
    assert {sign for sign, _ in diff.words(text, text)} <= {"="}


def test_colour_marks_words_on_a_terminal_and_brackets_elsewhere(author):
    found = changes(author, lambda author: author.card("card-1").update(words="new"))
    coloured = diff.as_text(found, colour=True)
    assert "\x1b[31ma1a\x1b[0m\x1b[32manewa\x1b[0m" in coloured
    plain = diff.as_text(found, colour=False)
    assert "[-a1a-]{+anewa+}" in plain
    assert "\x1b" not in plain
    assert plain.splitlines()[-1] == "1 edited"


def test_markdown_has_a_heading_for_each_sort_of_change_and_is_escaped(author):
    found = changes(author, lambda author: author.card("card-1").update(words="[new]("))
    text = diff.as_markdown(found)
    assert text.startswith("1 edited\n\n## Edited\n\n- `card-1`")
    assert "  - Answer: ~~a1a~~**a\\[new\\](a**" in text


@pytest.fixture(scope="module")
def sound():
    """The bytes of a package."""
    return Author(questions(2)).publish()["course.apkg"]


@given(st.data())
def test_a_package_cut_or_spoilt_anywhere_is_refused_or_still_a_package(sound, data):
    at = data.draw(st.integers(0, len(sound) - 1))
    byte = data.draw(st.binary(min_size=1, max_size=2))
    spoilt = data.draw(st.sampled_from([sound[:at], sound[:at] + byte + sound[at + len(byte) :]]))
    try:
        package.of_package(spoilt)
    except Refusal as error:
        assert str(error) == package.NOT_A_PACKAGE  # noqa: PT017


# --- the command ---------------------------------------------------------------------------------


@pytest.fixture
def edited(course_folder, tmp_path):
    """A course in git, built, and edited since."""

    def git(*args):
        identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        subprocess.run(
            ["git", *identity, *args], cwd=course_folder, check=True, capture_output=True
        )

    git("init", "-q")
    git("add", ".")
    git("commit", "-q", "-m", "One")
    run("build", course_folder, "--out", tmp_path / "out", "--only", "anki")
    module = course_folder / "modules" / "grundlagen.yaml"
    module.write_text(module.read_text("utf-8").replace("Hefe macht", "Hefe atmet"), "utf-8")
    return course_folder, tmp_path / "out"


EXPECTED = [
    {
        "change": "edited",
        "id": "hefe-oder-bakterie.blasen",
        "kind": "sort",
        "deck": "Sauerteig::1 Grundlagen",
        "title": "Der Teig wirft Blasen.",
        "fields": [{"name": "Detail", "old": "Hefe macht Gas.", "new": "Hefe atmet Gas."}],
    }
]


@pytest.mark.parametrize("against", ["the last build", "a package", "a revision"])
def test_against_the_last_build_a_package_or_a_revision_of_git(edited, against):
    folder, out = edited
    more = {"a package": ["--against", out / "sauerteig.apkg"], "a revision": ["--against", "HEAD"]}
    result = run("diff", folder, "--out", out, "--json", *more.get(against, []))
    assert json.loads(result.stdout) == EXPECTED


def test_the_command_writes_markdown_for_a_review_and_text_for_a_terminal(edited):
    folder, out = edited
    assert run("diff", folder, "--out", out, "--markdown").stdout == (
        "1 edited\n\n## Edited\n\n- `hefe-oder-bakterie.blasen` Der Teig wirft Blasen.\n"
        "  - Detail: Hefe ~~macht~~**atmet** Gas.\n"
    )
    assert run("diff", folder, "--out", out).stdout == (
        "edited hefe-oder-bakterie.blasen (sort, Sauerteig::1 Grundlagen): Der Teig wirft Blasen.\n"
        "    Detail: Hefe [-macht-]{+atmet+} Gas.\n1 edited\n"
    )


def test_a_revision_with_errors_is_refused_with_the_first_of_them(edited):
    folder, out = edited
    about = folder / "course.yaml"
    sound = about.read_text("utf-8")
    about.write_text(sound.replace("version: 0.3.1", "version: neu"), "utf-8")
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org"]
    subprocess.run([*git, "commit", "-qam", "Two"], cwd=folder, check=True)
    about.write_text(sound, "utf-8")
    said = run("diff", folder, "--out", out, "--against", "HEAD", code=1).stderr
    assert "the course at HEAD has errors, the first: course.yaml:3:10: " in said


@pytest.mark.parametrize("against", ["v9.9.9", "--output=x", "nowhere.apkg", "course.yaml"])
def test_what_cannot_be_compared_with_is_told_in_one_line(edited, against, monkeypatch):
    folder, out = edited
    monkeypatch.chdir(folder)
    result = run("diff", folder, "--out", out, f"--against={against}", code=1)
    assert result.stderr.startswith("Error: ")
    assert len(result.stderr.splitlines()) == 1
    assert not (folder / "x").exists()


def test_without_a_build_it_says_what_to_do(course_folder, tmp_path):
    result = run("diff", course_folder, "--out", tmp_path / "none", code=1)
    assert "build first" in result.stderr
