"""A course of one file: from a title and a card upwards, and which notes it is."""

import re
import shutil
import subprocess
import sys

import pytest
from conftest import ROOT, SAUERTEIG, run
from coursedeck.load import assemble, load
from coursedeck.notes import notes_of
from coursedeck.problems import errors
from one_file import SMALL, TWO_LINES, built, ledger, notes

# --- what is enough -------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_title_and_a_card_in_two_lines_are_a_course(cards, tmp_path):
    path = cards(TWO_LINES)
    assert "1 note, 1 card," in run("build", path, "--out", tmp_path / "out").stdout
    assert (tmp_path / "out" / "animals.apkg").is_file()


def test_its_deck_and_its_one_tag_are_named_by_the_title(cards):
    (note,) = notes(
        cards("title: Wild *Animals*\ncards: [{ask: What barks?, answer: A dog}]")
    ).values()
    assert note.deck == "Wild Animals"
    assert note.tags == ("wild-animals",)
    assert note.fields["Context"] == "Wild Animals"


def test_it_is_in_no_module_of_its_own_and_has_no_update_page_before_a_release(cards, tmp_path):
    run("build", cards(TWO_LINES), "--out", tmp_path / "out", "--only", "anki")
    assert [p.name for p in (tmp_path / "out").iterdir() if p.is_file()] == ["animals.apkg"]


def test_neither_lenses_nor_objectives_are_asked_for_where_none_are_used(cards):
    course, found = load(cards(SMALL))
    assert course
    assert {p.code for p in found} & {"few-lenses", "objective-without-card"} == set()


def test_style_blocks_no_build_but_a_release_and_a_strict_check(cards, tmp_path):
    path = cards(
        "id: words\ntitle: Words\ncards: [{id: hotel, pair: {left: Hotel, right: Hotel}}]\n"
    )
    run("check", path)
    run("build", path, "--out", tmp_path / "out", "--only", "anki")
    assert "[answer-in-question]" in run("check", path, "--strict", code=1).stderr
    changelog = tmp_path / "CHANGELOG.md"
    refused = run(
        "release", "1.0.0", path, "--out", tmp_path / "out", "--changelog", changelog, code=1
    )
    assert "[answer-in-question]" in refused.stderr


def test_a_file_that_holds_course_yaml_s_name_is_the_course_of_its_folder():
    assert run("list", SAUERTEIG / "course.yaml").stdout == run("list", SAUERTEIG).stdout


@pytest.mark.parametrize(
    ("card", "codes"),
    [
        ("{ask: What barks?, anwser: A dog}", ["unknown-key"]),
        ("{ask: What barks?, back: A dog}", ["unknown-key"]),
        ("{ask: What barks?, colour: A dog}", ["unknown-key"]),
        ("{ask: What barks?, colour: red, size: small}", ["missing-key", *["unknown-key"] * 2]),
        ("{ask: What barks?, lnes: part}", ["missing-key", "unknown-key"]),
    ],
)
def test_a_needed_key_that_is_misspelt_is_told_once_and_one_that_is_not_there_too(
    cards, card, codes
):
    _, found = load(cards(f"title: Animals\ncards: [{card}]\n"))
    assert sorted(problem.code for problem in errors(found)) == codes


def test_a_folder_with_a_file_of_cards_says_to_give_the_file(cards):
    path = cards(TWO_LINES)
    said = run("check", path.parent, code=1).stderr
    assert f"{path} has cards: give that file" in said


def test_a_file_that_is_not_there_and_one_that_is_no_yaml_are_said_so(cards, tmp_path):
    assert "there is no" in run("check", tmp_path / "none.yaml", code=1).stderr
    assert "is no course" in run("check", cards("left,right\n", "words.csv"), code=2).stderr


def test_a_drawing_may_lie_beside_the_file_and_what_it_does_not_name_is_not_looked_at(cards):
    path = cards(
        "title: Bread\ncards: [{diagram: {image: glas.svg, prompt: What is under the mask?}}]\n"
    )
    shutil.copy(SAUERTEIG / "media" / "glas.svg", path.parent)
    (path.parent / "other.svg").write_text("no drawing at all")
    course, found = load(path)
    assert course
    assert not errors(found)
    assert [picture.name for picture in course.pictures] == ["glas.svg"]


def test_a_card_and_the_file_have_tags_of_their_own_below_the_course_s(cards):
    path = cards(
        "title: Animals\ntags: [a1]\ncards: [{ask: What barks?, answer: A dog, tags: [unit::3]}]"
    )
    (note,) = notes(path).values()
    assert note.tags == ("animals", "animals::a1", "animals::unit::3")


@pytest.mark.slow
@pytest.mark.usefixtures("blank_pages")
def test_its_history_stands_in_the_file_itself(cards, tmp_path):
    path = cards(
        "id: a\ntitle: A\ncards: [{id: x, ask: Which pet of a farm barks?, answer: A dog}]\n"
    )
    out, changelog = tmp_path / "out", tmp_path / "CHANGELOG.md"
    run("release", "1.0.0", path, "--out", out, "--changelog", changelog)
    before = set(ledger(path))
    path.write_text(path.read_text().replace("id: x", "id: y"))
    assert "list it in cards.yaml under retired or renamed" in run("check", path, code=1).stderr
    path.write_text(path.read_text() + "renamed: [{from: x, to: y}]\n")
    run("check", path)
    run("build", path, "--out", out, "--only", "anki")
    assert set(ledger(path)) == before


@pytest.mark.slow
@pytest.mark.usefixtures("blank_pages")
def test_a_release_writes_version_and_date_where_there_are_none(cards, tmp_path):
    path = cards(
        "title: A   # so\nid: a\ncards: [{id: x, ask: Which pet of a farm barks?, answer: A dog}]\n"
    )
    changelog = tmp_path / "CHANGELOG.md"
    run("release", "1.0.0", path, "--out", tmp_path / "out", "--changelog", changelog)
    text = path.read_text()
    assert re.match(
        r"key: a-[0-9a-f]{12}\nversion: 1\.0\.0\ndate: \d{4}-\d\d-\d\d\ntitle: A   # so\nid: a\n",
        text,
    )
    assert (tmp_path / "out" / "update.html").is_file()
    run("check", path, "--strict", "--out", tmp_path / "out")


# --- identity -------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_draft_is_the_same_notes_in_every_build_and_once_its_ids_are_written(cards, tmp_path):
    path = cards(SMALL)
    first = built(path, tmp_path / "out")
    path.write_text(SMALL.replace("A dog ", "The dog "))
    assert built(path, tmp_path / "out") == first
    run("check", path, "--fix")
    assert built(path, tmp_path / "out") == first


@pytest.mark.slow
def test_with_ids_written_words_places_the_title_and_the_file_s_name_may_change(cards, tmp_path):
    path = cards(SMALL)
    run("check", path, "--fix")
    first = built(path, tmp_path / "out")
    text = path.read_text().replace("What barks?", "Which pet barks?").replace("A dog", "The dog")
    text = text.replace("title: Animals", "title: Pets")
    head, _, rest = text.partition("cards:\n")
    blocks = re.split(r"(?m)^(?=  - )", rest)
    other = path.with_name("pets.yaml")
    other.write_text(
        head + "cards:\n" + "".join(reversed([b.rstrip() + "\n" for b in blocks if b]))
    )
    path.unlink()
    path.with_name("cards.ledger.json").rename(path.with_name("pets.ledger.json"))
    assert built(other, tmp_path / "other") == first


@pytest.mark.slow
def test_two_drafts_of_equal_words_share_no_note(cards, tmp_path):
    one, two = cards(SMALL), cards(SMALL, "copy.yaml")
    first, second = built(one, tmp_path / "one"), built(two, tmp_path / "two")
    assert first.keys() == second.keys()
    assert set(first.values()).isdisjoint(second.values())


@pytest.mark.slow
def test_a_copy_of_a_file_with_ids_is_the_same_course(cards, tmp_path):
    path = cards(SMALL)
    run("check", path, "--fix")
    copy = cards(path.read_text(), "copy.yaml")
    assert built(path, tmp_path / "one") == built(copy, tmp_path / "two")


@pytest.mark.slow
def test_two_files_in_one_folder_have_each_their_ledger_and_may_share_the_output_folder(
    cards, tmp_path
):
    one, two = cards(TWO_LINES), cards(TWO_LINES.replace("Animals", "Birds"), "birds.yaml")
    built(one, tmp_path / "out")
    built(two, tmp_path / "out")
    assert (tmp_path / "out" / "animals.apkg").is_file()
    assert (tmp_path / "out" / "birds.apkg").is_file()
    assert (
        "nothing to do" not in run("build", one, "--out", tmp_path / "out", "--only", "anki").stdout
    )


def test_the_ledger_of_version_1_0_0_in_the_output_folder_is_left_alone(cards, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    (out / "ledger.json").write_text("the memory of another course")
    built(cards(TWO_LINES), out)
    assert (out / "ledger.json").read_text() == "the memory of another course"


def test_a_course_of_one_file_and_the_same_in_a_folder_have_the_same_guids():
    one, _ = assemble(
        {"cards.yaml": b"id: a\ntitle: A\ncards: [{id: x, ask: What barks?, answer: b}]\n"}
    )
    module = b"title: One\ncards: [{id: x, ask: What barks?, answer: b}]\n"
    folder, _ = assemble({"course.yaml": b"id: a\ntitle: A\n", "modules/one.yaml": module})
    (first,), (second,) = notes_of(one), notes_of(folder)
    assert first.guid == second.guid
    assert (first.deck, second.deck) == ("A", "A::One")


@pytest.mark.slow
def test_a_course_that_begins_as_a_copy_of_a_file_shares_no_note_with_it(cards, tmp_path):
    path = cards(SMALL)
    run("check", path, "--fix")
    first = built(path, tmp_path / "one")
    path.write_text(path.read_text() + "retired: [{card: old, reason: Wrong.}]\n")
    run("new", "course", tmp_path / "copy", "--from", path)
    copy = tmp_path / "copy" / "cards.yaml"
    second = built(copy, tmp_path / "two")
    assert first.keys() == second.keys()
    assert set(first.values()).isdisjoint(second.values())
    assert {note.deck for note in notes(copy).values()} == {"Animals (copy)"}
    assert "retired" not in copy.read_text()


# --- the docs -------------------------------------------------------------------------------------


def test_what_the_docs_begin_with_is_a_course(cards):
    text = (ROOT / "docs" / "format.md").read_text("utf-8")
    two_lines, more = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)[:2]
    assert len(two_lines.splitlines()) == 2
    cards("left,right\nlaufen,to run\n", "verbs.csv")
    assert len(notes(cards(two_lines))) == 1
    assert len(notes(cards(more))) == 5
    (rows,) = re.findall(r"### Rows of pairs\n\n```yaml\n(.*?)```", text, re.DOTALL)
    rows = rows.replace("  to-left: Auf Deutsch?\n", "")
    assert len(notes(cards(f"title: Words\ncards:\n{rows}"))) == 3


# --- how much there is to write -------------------------------------------------------------------


@pytest.mark.slow
def test_what_is_neither_question_nor_answer_stays_within_its_bounds():
    """The table of `benchmarks/overhead.py`, which fails where a form needs more."""
    command = [sys.executable, ROOT / "benchmarks" / "overhead.py"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("at most") == 3


# --- what else is done with one file --------------------------------------------------------------


@pytest.mark.slow
def test_a_page_that_has_nothing_to_show_is_told_by_its_name(cards, tmp_path):
    file = cards(TWO_LINES)
    said = run("print", file, "--only", "outline", "--out", tmp_path / "out", code=2).stderr
    assert (
        "outline: not printed, since the course has no plan, outcomes, concepts or documents"
        in said
    )
    said = run("print", file, "--tag", "fish", "--out", tmp_path / "out", code=2).stderr
    assert "no card has that tag" in said


def test_what_changed_is_compared_with_the_packages_beside_the_file(cards, monkeypatch):
    file = cards(TWO_LINES)
    monkeypatch.chdir(file.parent)
    assert "name the folder of the packages with --out" in run("diff", file.name, code=1).stderr
    built(file, file.parent / "made")
    assert run("diff", file.name).stdout == "no changes\n"
    cards(TWO_LINES.replace("A dog", "A wolf"))
    assert "wolf" in run("diff", file.name).stdout


@pytest.mark.slow
def test_of_two_folders_with_packages_none_is_guessed(cards, monkeypatch):
    file = cards(TWO_LINES)
    monkeypatch.chdir(file.parent)
    for name in ("one", "two"):
        built(file, file.parent / name)
    assert "--out" in run("diff", file.name, code=1).stderr
    assert run("diff", file.name, "--out", "two").stdout == "no changes\n"


# --- under another name ---------------------------------------------------------------------------


@pytest.mark.slow
def test_a_course_whose_file_has_a_new_name_is_told_to_take_its_ledger_along(cards, tmp_path):
    """Without it, all that learners have would be new notes, and no correction would reach them."""
    path, out = cards(f"id: tiere\n{SMALL}"), tmp_path / "out"
    run("build", path, "--out", out, "--only", "anki")
    moved = path.rename(path.with_name("zoo.yaml"))
    for command in (
        ["check", moved],
        ["build", moved, "--only", "anki", "--out", tmp_path / "new"],
    ):
        assert f"move it to {moved.with_name('zoo.ledger.json')}" in run(*command, code=1).stderr
    path.with_name(f"{path.stem}.ledger.json").rename(moved.with_name("zoo.ledger.json"))
    assert "nothing to do" not in run("build", moved, "--only", "anki", "--out", out).stdout


@pytest.mark.slow
def test_a_file_that_became_a_folder_is_told_to_take_its_ledger_along(cards, tmp_path):
    path = cards(f"id: tiere\n{SMALL}")
    run("build", path, "--out", tmp_path / "out", "--only", "anki")
    text = path.read_text("utf-8")
    path.unlink()
    folder = path.with_name("tiere")
    (folder / "modules").mkdir(parents=True)
    (folder / "course.yaml").write_text("id: tiere\ntitle: Animals\n", "utf-8")
    (folder / "modules" / "tiere.yaml").write_text(text.replace("id: tiere\n", ""), "utf-8")
    said = run("check", folder, code=1).stderr
    assert f"move it to {folder / 'ledger.json'}" in said


@pytest.mark.slow
def test_a_course_beside_others_is_asked_for_no_ledger_of_theirs(cards, tmp_path):
    path = cards(f"id: tiere\n{SMALL}")
    run("build", path, "--out", tmp_path / "out", "--only", "anki")
    other = path.with_name("other.yaml")
    other.write_text(
        path.read_text("utf-8"), "utf-8"
    )  # a copy, which is asked for a key of its own
    run("build", other, "--out", tmp_path / "other", "--only", "anki")
    path.unlink()  # another course, with its ledger left behind
    third = path.with_name("third.yaml")
    third.write_text(f"id: dritte\n{SMALL}", "utf-8")
    run("build", third, "--out", tmp_path / "third", "--only", "anki")


@pytest.mark.slow
def test_an_id_as_long_as_ids_may_be_names_a_package_and_a_longer_one_is_told(cards, tmp_path):
    run("build", cards(f"id: {'a' * 100}\n{SMALL}"), "--out", tmp_path / "out", "--only", "anki")
    assert (tmp_path / "out" / f"{'a' * 100}.apkg").is_file()
    said = run("check", cards(f"id: {'a' * 101}\n{SMALL}", "longer.yaml"), code=1).stderr
    assert "[bad-id]" in said
    assert "100 at most" in said


@pytest.mark.parametrize(
    ("word", "place"),
    [
        ("concepts", "the file of a module"),
        ("activities", "the file of a module"),
        ("modules", "course.yaml"),
    ],
)
@pytest.mark.parametrize("cards", ["", "cards: [{ask: Who?, answer: Me}]\n"])
def test_a_key_of_a_course_in_a_folder_is_told_once_with_the_way_to_one(
    tmp_path, word, place, cards
):
    file = tmp_path / "plain.yaml"
    file.write_text(f"title: T\n{word}: [a]\n{cards}", "utf-8")
    (found,) = load(file, warnings=False)[1]
    assert (found.code, found.span.line) == ("unknown-key", 2)
    assert found.hint.startswith(f"“{word}” stands in {place}, which a course in a folder has")
