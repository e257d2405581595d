"""`diff`: what changed between the content and what was published, for people and for programs."""

import json
import shutil
import subprocess
from dataclasses import replace

import pytest
from author import Author, one_of_each, questions
from conftest import SAUERTEIG, run
from coursedeck.problems import Refusal
from coursedeck.published import diff, package
from hypothesis import given
from hypothesis import strategies as st

pytestmark = pytest.mark.slow


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


def edited_field(before, after, field="Answer"):
    """What `diff` shows where a field's HTML changes from one to the other."""

    def state(value):
        fields = {"Question": "What?", "Answer": "A", "Id": "one", "Retired": ""}
        return {"g": package.State("g", "ask", "D", fields | {field: value}, ("c::m::t",))}

    found = diff.compare(state(before), state(after))
    return [(e.old, e.new, e.markup) for change in found for e in change.edits]


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        # only the address of a link changed
        (
            '<a href="https://a.example/1">here</a>',
            '<a href="https://b.example/2?x=1&amp;y=2">here</a>',
            [("https://a.example/1", "https://b.example/2?x=1&y=2", True)],
        ),
        # the number of a list of one, which has no words
        (
            '<ol start="1989"><li></li></ol>',
            '<ol start="1990"><li></li></ol>',
            [('<ol start="1989">', '<ol start="1990">', True)],
        ),
        # bold became slanted; and something became bold
        ("<em>a</em> b", "<strong>a</strong> b", [("<em> … </em>", "<strong> … </strong>", True)]),
        ("a", "<em>a</em>", [("", "<em> … </em>", True)]),
        # another word for those who cannot see the picture
        (
            '<img src="p.svg" alt="One">',
            '<img src="p.svg" alt="Two">',
            [
                ('<img src="p.svg" alt="One">', '<img src="p.svg" alt="Two">', True),
            ],
        ),
        # words and an address
        (
            '<a href="https://a">here</a>',
            '<a href="https://b">there</a>',
            [("here", "there", False), ("https://a", "https://b", True)],
        ),
        # only what stands between words
        ("a<br>b", "a b", [("a<br>b", "a b", True)]),
        ("same", "same", []),
    ],
)
def test_what_the_words_do_not_show_is_shown_as_markup(before, after, shown):
    """It said “no changes” where only the address of a link had changed, and learners' notes were replaced."""
    assert edited_field(before, after) == shown
    assert edited_field(before, after, field="Detail") == shown


@given(st.text('ab<>&;/"= ', max_size=12), st.text('ab<>&;/"= ', max_size=12))
def test_no_change_of_a_field_goes_unseen(before, after):
    assert bool(edited_field(before, after)) == (before != after)


def test_markup_is_told_in_a_line_of_its_own(author):
    before = package.of_notes(author.notes().values())
    guid = author.notes()["card-1"].guid
    fields = {
        name: dict(before[guid].fields) | {"Detail": f'<a href="https://{name}">x</a>'}
        for name in "ab"
    }
    states = [before | {guid: replace(before[guid], fields=fields[name])} for name in "ab"]
    found = diff.compare(*states)
    assert "    Detail (markup): https://a → https://b" in diff.as_text(found, colour=True)
    assert "  - Detail (markup): https://a → https://b" in diff.as_markdown(found)
    (row,) = diff.as_rows(found)
    assert row["fields"] == [
        {"name": "Detail", "old": "https://a", "new": "https://b", "markup": True}
    ]


def test_tags_are_shown_and_why_they_changed(author):
    found = changes(author, lambda author: author.card("card-1").update(lens="example"))
    (edit,) = found[0].edits
    assert (edit.field, edit.old.split()[0]) == ("Tags", "course::lens::part")
    assert diff.dates(found) == [
        "re-dated: 1 note that learners have (Tags 1: an id, a lens or a tag changed)"
    ]


@pytest.mark.parametrize(
    ("kind", "edit", "told"),
    [
        ("raw", {"cloze": "x {{c1::one}} and two"}, ("2",)),
        ("raw", {"cloze": "x {{c1::one}} and {{c2::three}}"}, ()),
        ("raw", {"cloze": "x {{c1::one}} and {{c2::two}} or {{c3::three}}"}, ()),
        ("diagram", {"parts": [2]}, ("1",)),
    ],
)
def test_numbers_that_a_cloze_or_drawing_has_lost_are_named(kind, edit, told):
    card = {"id": "it", "module": "one", "kind": kind, "words": 1, "parts": [1, 2]}
    card |= {"cloze": "x {{c1::one}} and {{c2::two}}"}
    found = changes(Author([card]), lambda author: author.card("it").update(edit))
    assert found[0].gone == told
    assert ("is gone: Empty Cards" in diff.as_text(found, colour=False)) == bool(told)
    assert diff.as_rows(found)[0]["numbers_gone"] == list(told)


# --- when an edit touches many -------------------------------------------------------------------


def retitled(author):
    module = author._module
    author._module = lambda *given: module(*given) | {"title": "Another"}


def recoloured(author):
    module = author._module
    author._module = lambda *given: module(*given) | {"accent": "blue"}


def another_topic(author):
    module = author._module

    def made(*given):
        found = module(*given)
        found["concepts"][0]["id"] += "-new"
        return found

    author._module = made


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (retitled, ["not re-dated: ALL notes with only another Context, Link or Topic"]),
        (
            another_topic,
            ["re-dated: ALL notes that learners have (Tags ALL: an id, a lens or a tag changed)"],
        ),
        (recoloured, ["re-dated: ALL notes that learners have (Accent ALL)"]),
        (
            lambda author: author.card("diagram-card").update(words="new"),
            ["re-dated: 1 note that learners have (drawing 1)"],
        ),
        (lambda author: author.cards.append({**questions(9)[8]}), []),
    ],
)
def test_it_is_told_how_many_notes_a_build_dates_anew_and_why(author, edit, told):
    told = [line.replace("ALL", str(len(author.notes()))) for line in told]
    found = changes(author, edit)
    assert diff.dates(found) == told
    assert diff.as_text(found, colour=False).splitlines()[-1 - len(told) : -1] == told or not told
    assert all(line in diff.as_markdown(found) for line in told)
    # and that is what the build does
    before = {guid: entry.mod for guid, entry in author.ledger.notes.items()}
    author.publish()
    new = [g for g, e in author.ledger.notes.items() if g in before and e.mod != before[g]]
    assert len(new) == sum(row["redated"] for row in diff.as_rows(found))


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
    assert "\x1b[31m[-a1a-]\x1b[0m\x1b[32m{+anewa+}\x1b[0m" in coloured
    plain = diff.as_text(found, colour=False)
    assert "[-a1a-]{+anewa+}" in plain
    assert "\x1b" not in plain
    assert plain.splitlines()[-1] == "1 edited"


def test_markdown_has_a_heading_for_each_sort_of_change_and_is_escaped(author):
    found = changes(author, lambda author: author.card("card-1").update(words="[new]("))
    text = diff.as_markdown(found)
    assert text.startswith(
        "1 edited\n\nre-dated: 1 note that learners have (Question 1, Answer 1)\n\n## Edited\n\n- `card-1`"
    )
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


@pytest.fixture(scope="module")
def built_once(tmp_path_factory):
    place = tmp_path_factory.mktemp("edited")
    course_folder = shutil.copytree(SAUERTEIG, place / "course")

    def git(*args):
        identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        subprocess.run(
            ["git", *identity, *args], cwd=course_folder, check=True, capture_output=True
        )

    git("init", "-q")
    git("add", ".")
    git("commit", "-q", "-m", "One")
    run("build", course_folder, "--out", place / "out", "--only", "anki")
    module = course_folder / "modules" / "grundlagen.yaml"
    module.write_text(module.read_text("utf-8").replace("Hefe macht", "Hefe atmet"), "utf-8")
    return place


@pytest.fixture
def edited(built_once, tmp_path):
    """A course in git, built, and edited since; a copy for each test."""
    shutil.copytree(built_once, tmp_path, dirs_exist_ok=True)
    return tmp_path / "course", tmp_path / "out"


EXPECTED = [
    {
        "change": "edited",
        "id": "hefe-oder-bakterie.blasen",
        "kind": "sort",
        "deck": "Sauerteig::1 Grundlagen",
        "title": "Der Teig wirft Blasen.",
        "fields": [
            {"name": "Detail", "old": "Hefe macht Gas.", "new": "Hefe atmet Gas.", "markup": False}
        ],
        "redated": True,
        "numbers_gone": [],
        "search": "",
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
        "1 edited\n\nre-dated: 1 note that learners have (Detail 1)\n\n"
        "## Edited\n\n- `hefe-oder-bakterie.blasen` Der Teig wirft Blasen.\n"
        "  - Detail: Hefe ~~macht~~**atmet** Gas.\n"
    )
    assert run("diff", folder, "--out", out).stdout == (
        "edited hefe-oder-bakterie.blasen (sort, Sauerteig::1 Grundlagen): Der Teig wirft Blasen.\n"
        "    Detail: Hefe [-macht-]{+atmet+} Gas.\n"
        "re-dated: 1 note that learners have (Detail 1)\n1 edited\n"
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
def test_what_cannot_be_compared_with_is_told_in_one_line(built_once, against, monkeypatch):
    folder, out = built_once / "course", built_once / "out"
    monkeypatch.chdir(folder)
    result = run("diff", folder, "--out", out, f"--against={against}", code=1)
    assert result.stderr.startswith("Error: ")
    assert len(result.stderr.splitlines()) == 1
    assert not (folder / "x").exists()


def test_without_a_build_it_says_what_to_do(course_folder, tmp_path):
    result = run("diff", course_folder, "--out", tmp_path / "none", code=1)
    assert "build first" in result.stderr
