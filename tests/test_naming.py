"""Ids that an author leaves out: what they are made of, how long they hold, and who writes them down."""

import json
import re

import pytest
from conftest import run
from coursedeck.load import assemble
from coursedeck.notes import notes_of
from coursedeck.published import ledger_file
from coursedeck.published.ledger import Ledger, advance
from coursedeck.source.naming import slug
from hypothesis import given
from hypothesis import strategies as st
from one_file import SMALL, built, notes
from shown import picture
from tables import with_each

NOW = 1_795_600_000  # a moment after today's program
PNG = picture()


@with_each(
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


@pytest.mark.parametrize("title", ["Wide", "Wide-2", "Wide!"])
def test_a_title_may_say_the_words_of_an_id(cards, title):
    file = cards(f"title: {title}\ncards:\n  - {{id: wide, ask: What is it?, answer: That}}\n")
    run("check", file)
    run("check", file, "--fix")
    run("check", file, "--strict")


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
@pytest.mark.no_cover
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


def test_what_is_wrong_with_an_id_is_said_in_one_line():
    files = {"cards.yaml": b'title: T\ncards: [{id: "c\\n1", ask: Which?, answer: This}]\n'}
    (told,) = [p.message for p in assemble(files)[1] if p.code == "bad-id"]
    assert told == "“c 1” is not an id"
