"""A course of one file: from a title and a card upwards, and what becomes of ids that its author leaves out."""

import json
import re
import shutil
import subprocess
import sys

import pytest
from conftest import ROOT, SAUERTEIG, run
from coursedeck.load import assemble, load
from coursedeck.notes import notes_of
from coursedeck.problems import errors
from coursedeck.published import ledger_file
from coursedeck.published.ledger import Ledger, advance
from coursedeck.source.naming import slug
from hypothesis import given
from hypothesis import strategies as st
from shown import picture

NOW = 1_795_600_000  # a moment after today's program
PNG = picture()
TWO_LINES = "title: Animals\ncards: [{ask: What barks?, answer: A dog}]\n"
SMALL = """\
# For my class
title: Animals   # a first course
cards:
  # the dog
  - ask: What barks?
    answer: A dog   # of any size
  - {cloze: "A {{c1::cat}} purrs.", tags: [sound]}

  - pairs:
      - Hund: dog
      - Katze: cat  # a pet
  - sequence:
      prompt: Three pets. Which one is missing?
      ordered: false
      items:
        - text: cat
        - {text: dog}
        - text: mouse
"""


@pytest.fixture
def cards(tmp_path):
    """A way to write the one file of a course."""

    def write(text, name="cards.yaml"):
        path = tmp_path / "course" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def notes(path):
    course, found = load(path)
    assert course, found
    return {note.id: note for note in notes_of(course)}


def built(path, out):
    run("build", path, "--out", out, "--only", "anki")
    return {entry["id"]: guid for guid, entry in ledger(path).items()}


def ledger(path):
    held = json.loads(path.with_name(f"{path.stem}.ledger.json").read_bytes())
    return {guid: entry for guid, entry in held["notes"].items() if entry}


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


# --- ids that are left out ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("What barks?", "what-barks"),
        ("Größe & Straße", "grosse-strasse"),
        ("Die {{c1::Katze::ein Tier}} miaut", "die-katze-miaut"),
        (
            "What is the capital of the former Federal Republic?",
            "what-is-the-capital-of-the-former",
        ),
        ("x" * 90, "x" * 40),
        ("猫", ""),
        ("", ""),
    ],
)
def test_an_id_is_made_of_the_first_words(text, made):
    assert slug(text) == made


def test_an_id_holds_no_alternative_text_and_no_name_of_a_file(cards, tmp_path):
    """It held the answer, for all to see: `what-is-this-a-cat-katze-png`."""
    shown = ["![a cat](katze.png)", "![a dog](hund.png)"]
    texts = [f"What is this? {each}" for each in shown] + shown[:1]
    rows = "".join(f"  - {{ask: '{text}', answer: It}}\n" for text in texts)
    path = cards(f"title: T\ncards:\n{rows}")
    for name in ("katze.png", "hund.png"):
        (path.parent / name).write_bytes(PNG)
    ids = list(notes(path))
    assert all(not re.search("cat|katze|png|dog|hund", each) for each in ids)
    assert [each[:12] for each in ids[:2]] == ["what-is-this"] * 2
    backwards = "".join(f"  - {{ask: '{text}', answer: It}}\n" for text in texts[::-1])
    path.write_text(f"title: T\ncards:\n{backwards}")
    assert list(notes(path)) == ids[::-1]


def test_a_draft_that_was_built_when_ids_held_such_names_keeps_them(cards, tmp_path):
    path = cards("title: T\ncards: [{ask: 'What is this? ![a cat](katze.png)', answer: It}]\n")
    (path.parent / "katze.png").write_bytes(PNG)
    old = "what-is-this-a-cat-katze-png"
    written = path.read_text().replace("{ask", f"{{id: {old}, ask")
    draft = path.read_text()
    path.write_text(written)
    guids = built(path, tmp_path / "out")
    path.write_text(draft)
    assert list(notes(path)) == [old]
    assert built(path, tmp_path / "out") == guids


def test_a_file_whose_name_differs_in_capitals_is_named(cards):
    path = cards("title: T\ncards: [{ask: 'What is it? ![a cat](Katze.PNG)', answer: It}]\n")
    (path.parent / "katze.png").write_bytes(PNG)
    said = run("check", path, code=1).output
    assert "there is no Katze.PNG beside this file" in said
    assert "“katze.png” is there: capitals count" in said
    assert "unused-media" not in said


def test_a_text_without_latin_letters_has_an_id_all_the_same(cards):
    found = notes(cards("title: 猫\ncards: [{ask: 猫は?, answer: cat}, {ask: 犬は?, answer: dog}]"))
    assert len(found) == 2
    assert all(re.fullmatch("c-[0-9a-f]{8}", id_) for id_ in found)


def test_equal_words_and_words_of_a_written_id_give_different_ids(cards):
    text = (
        "title: A\ncards:\n  - {ask: What barks?, answer: a}\n  - {ask: What barks?, answer: b}\n"
    )
    first, second = notes(cards(text))
    assert all(re.fullmatch("what-barks-[0-9a-f]{4}", each) for each in (first, second))
    written = text + "  - {id: what-barks, ask: Who?, answer: c}\n"
    assert [*notes(cards(written))] == [first, second, "what-barks"]


def test_a_card_that_is_gone_leaves_its_id_to_nobody(cards):
    text = "title: A\ncards: [{ask: What barks?, answer: a}]\nretired: [{card: what-barks, reason: Wrong.}]\n"
    (made,) = notes(cards(text))
    assert re.fullmatch("what-barks-[0-9a-f]{4}", made)


def guids_by_words(texts, ledger=b""):
    """The guid of each card of a draft by its words, and the ledger of a build."""
    rows = "".join(f"  - {{ask: {json.dumps(q)}, answer: {json.dumps(a)}}}\n" for q, a in texts)
    files = {"cards.yaml": f"title: A\ncards:\n{rows}".encode()}
    files |= {"cards.ledger.json": ledger} if ledger else {}
    course, _ = assemble(files, warnings=False)
    made = advance(
        ledger_file.decode(ledger) if ledger else Ledger(),
        course,
        notes_of(course),
        now=NOW,
        first=NOW,
    )
    said = {(str(note.card.ask), str(note.card.answer)): note.guid for note in notes_of(course)}
    return said, ledger_file.encode(made)


ALIKE = [
    "α decay",
    "β decay",
    "γ decay",
    "decay",
    "Decay!",
    "שלום decay",
    "猫 1",
    "犬 1",
    "x-2",
    "x",
]
texts_of_drafts = st.lists(
    st.tuples(st.sampled_from(ALIKE), st.sampled_from("abc")), min_size=2, max_size=9, unique=True
)


@pytest.mark.slow
@given(texts_of_drafts, st.data())
def test_who_moves_cards_of_a_draft_moves_no_guid_to_other_words(texts, data):
    """Reviews of “α decay” became those of “β decay”: ids of the same letters were numbered in the order of the cards."""
    first, ledger = guids_by_words(texts)
    assert len(set(first.values())) == len(texts)
    moved = data.draw(st.permutations(texts))
    assert guids_by_words(moved)[0] == first
    again, ledger = guids_by_words(moved, ledger)
    assert again == first
    more = data.draw(texts_of_drafts)
    wider = [*moved, *(each for each in more if each not in moved)]
    wider = data.draw(st.permutations(wider))
    joined, ledger = guids_by_words(wider, ledger)
    assert {words: joined[words] for words in first} == first
    fewer = wider[: len(wider) // 2]
    left, _ = guids_by_words(fewer, ledger)
    assert left == {words: joined[words] for words in fewer}


def test_a_card_that_is_reworded_keeps_its_guid_while_its_id_s_words_stay():
    texts = [("α decay", "a"), ("β decay", "b")]
    first, ledger = guids_by_words(texts)
    reworded, ledger = guids_by_words([("β decay", "b"), ("α decay", "an a")], ledger)
    assert reworded["α decay", "an a"] == first["α decay", "a"]
    again, _ = guids_by_words([("β decay", "b"), ("α decay?", "an a")], ledger)
    assert again["α decay?", "an a"] == first["α decay", "a"]


def test_ids_that_were_numbered_in_an_earlier_version_stay():
    texts = [("α decay", "a"), ("β decay", "b"), ("γ decay", "c")]
    rows = "".join(
        f"  - {{id: {id_}, ask: {q}, answer: {a}}}\n"
        for id_, (q, a) in zip(("decay", "decay-2", "decay-3"), texts, strict=True)
    )
    course, _ = assemble({"cards.yaml": f"id: a\ntitle: A\ncards:\n{rows}".encode()})
    old = advance(Ledger(), course, notes_of(course), now=NOW, first=NOW)
    first, ledger = guids_by_words(texts, ledger_file.encode(old))
    known = ledger_file.decode(ledger).notes
    assert {words: known[guid].id for words, guid in first.items()} == dict(
        zip(texts, ("decay", "decay-2", "decay-3"), strict=True)
    )
    assert guids_by_words(texts[::-1], ledger)[0] == first


def test_items_of_a_card_that_change_places_keep_their_guids():
    card = "title: A\ncards:\n  - sequence:\n      prompt: Which?\n      ordered: true\n      items: [{}]\n"
    items = ["{text: α decay}", "{text: β decay}", "{text: γ decay}"]

    def ids(order, ledger=b""):
        files = {"cards.yaml": card.format(", ".join(order)).encode()}
        course, found = assemble(files | ({"cards.ledger.json": ledger} if ledger else {}))
        assert course, found
        made = advance(Ledger(), course, notes_of(course), now=NOW, first=NOW)
        of_items = {each.id for each in notes_of(course)}
        said = {str(i.text): str(i.id) for c in course.modules[0].cards for i in c.sequence.items}
        assert len(of_items) == len(order)
        return said, ledger_file.encode(made)

    first, ledger = ids(items)
    assert ids(items[::-1])[0] == ids(items[::-1], ledger)[0] == first


def test_a_concept_keeps_the_plain_id_of_its_words():
    text = b"title: One\nconcepts: [{name: Dogs, definition: They bark., cards: [{ask: Dogs?, answer: a}]}]\n"
    course, _ = assemble({"course.yaml": b"id: a\ntitle: A\n", "modules/one.yaml": text})
    (concept,) = course.modules[0].concepts
    assert concept.id == "dogs"
    assert re.fullmatch("dogs-[0-9a-f]{4}", concept.cards[0].id)


def test_a_build_of_a_draft_warns_in_one_line_and_check_says_how_many(cards, tmp_path):
    path = cards(SMALL)
    said = run("build", path, "--out", tmp_path / "out", "--only", "anki").stderr
    assert said.count("[no-id]") == 1
    assert "9 ids are left out" in said
    again = run("build", path, "--out", tmp_path / "out", "--only", "anki")
    assert "nothing to do" in again.stdout
    assert "[no-id]" in again.stderr


def test_github_gets_the_file_as_the_repository_has_it(cards, monkeypatch):
    path = cards(SMALL)
    monkeypatch.chdir(path.parent)
    said = run("check", path.name, "--format", "github").stdout
    assert said.startswith("::warning file=cards.yaml,line=2,")


def test_no_release_goes_out_without_ids(cards, tmp_path):
    path = cards(SMALL)
    changelog = tmp_path / "CHANGELOG.md"
    said = run("release", "1.0.0", path, "--out", tmp_path / "o", "--changelog", changelog, code=1)
    assert "[no-id]" in said.stderr
    assert path.read_text() == SMALL


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_fix_writes_the_ids_and_keeps_comments_and_layout(cards, ends, mark):
    path = cards((mark + SMALL.replace("\n", ends)).encode())
    run("check", path, "--fix")
    after = path.read_bytes().decode()
    key = re.search("^key: ([0-9a-f]{12})", after, re.MULTILINE)
    added = [
        "id: animals",
        f"key: {key[1]}",
        "id: what-barks",
        "id: a-cat-purrs, ",
        "id: hund",
        "id: katze",
        "id: three-pets-which-one-is-missing",
        "id: cat",
        "id: dog, ",
        "id: mouse",
    ]
    assert re.findall(r"(?:id|key): [a-z0-9-]+(?:, )?", after) == added
    for each in added:
        after = re.sub(rf"{each}(?:{ends} *)?", "", after, count=1)
    assert after == mark + SMALL.replace("\n", ends)


def test_fix_shows_what_changes_before_it_writes(cards):
    path = cards("title: T\ncards:\n  - {ask: Why?, answer: So.}\n")
    said = run("check", path, "--fix").stdout.splitlines()
    assert said[:3] == [f"--- {path.name}", f"+++ {path.name}", "@@ -1,3 +1,5 @@"]
    assert "-  - {ask: Why?, answer: So.}" in said
    assert "+  - {id: why, ask: Why?, answer: So.}" in said


def test_fix_shows_what_changes_beside_a_report_for_programs(cards):
    path = cards("title: T\ncards:\n  - {ask: Why?, answer: So.}\n")
    said = run("check", path, "--fix", "--format", "json")
    json.loads(said.stdout)
    assert "+  - {id: why, ask: Why?, answer: So.}" in said.stderr.splitlines()


def test_fix_writes_json_as_json(cards):
    text = '{"title": "A", "cards": [{"ask": "What barks?", "answer": "A dog"}]}'
    path = cards(text)
    run("check", path, "--fix")
    made = json.loads(path.read_text())
    assert made["id"] == "a"
    assert made["cards"][0] == {"id": "what-barks", "ask": "What barks?", "answer": "A dog"}


def test_fix_twice_writes_once_and_a_sound_file_is_not_touched(cards):
    path = cards(SMALL)
    run("check", path, "--fix")
    before = path.read_bytes()
    assert "ids written" not in run("check", path, "--fix").stderr
    assert path.read_bytes() == before


def test_fix_writes_nothing_while_anything_is_wrong(cards):
    wrong = SMALL + "  - {ask: What?}\n"
    path = cards(wrong)
    run("check", path, "--fix", code=1)
    assert path.read_text() == wrong


@pytest.mark.slow
def test_ids_are_written_into_the_files_of_a_folder_too(course_folder):
    text = "title: Neues\ncards: [{ask: Was ist neu?, answer: Alles}]\nconcepts: [{name: Mehl}]\n"
    (course_folder / "modules" / "neu.yaml").write_text(text)
    about = course_folder / "course.yaml"
    about.write_text(re.sub("^modules:.*\n", "", about.read_text("utf-8"), flags=re.MULTILINE))
    assert "[no-id]" in run("check", course_folder).stderr
    run("build", course_folder, "--out", course_folder / "out", "--only", "anki")
    before = run("list", course_folder, "--json").stdout
    run("check", course_folder, "--fix")
    after = (course_folder / "modules" / "neu.yaml").read_text("utf-8")
    assert after == text.replace("{ask", "{id: was-ist-neu, ask").replace(
        "{name", "{id: mehl, name"
    )
    assert run("list", course_folder, "--json").stdout == before
    assert "key" not in about.read_text("utf-8")


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


def test_what_is_wrong_with_an_id_is_said_in_one_line():
    files = {"cards.yaml": b'title: T\ncards: [{id: "c\\n1", ask: Which?, answer: This}]\n'}
    (told,) = [p.message for p in assemble(files)[1] if p.code == "bad-id"]
    assert told == "“c 1” is not an id"
