"""A course of one file in the real Anki: from two lines to a card, and from a draft to what others get."""

import json

import pytest
from conftest import run

pytestmark = pytest.mark.slow

TWO_LINES = "title: Animals\ncards: [{ask: What barks?, answer: A dog}]\n"
WORDS = """\
title: Words
tags: [a1]
cards:
  - {ask: Which pet barks?, answer: A dog}
  - {cloze: "A {{c1::cat}} purrs."}
  - pairs: [{Hund: dog}, {Katze: cat, tags: [pet]}]
    to-right: In English?
  - {pairs: verbs.csv, one-way: true, to-right: In English?}
"""
TABLE = "left,right\nlaufen,to run\nHotel,Hotel\n"


def package(path, out):
    run("build", path, "--out", out, "--only", "anki")
    (made,) = out.glob("*.apkg")
    return made


@pytest.fixture
def words(tmp_path):
    path = tmp_path / "words.yaml"
    path.write_text(WORDS)
    (tmp_path / "verbs.csv").write_text(TABLE)
    return path


def test_two_lines_give_a_card_that_anki_shows(tmp_path, learner):
    path = tmp_path / "cards.yaml"
    path.write_text(TWO_LINES)
    assert learner.imports(package(path, tmp_path / "out")) == {"new": 1}
    assert learner.deck_names() == {"Animals"}
    ((front, back),) = learner.fronts_and_backs()
    assert "What barks?" in front
    assert "A dog" in back
    assert learner.rows("select tags from notes") == [[" animals "]]
    assert learner.col.fix_integrity()[1]


def test_words_one_way_and_both_ways_are_as_many_cards_as_list_says(words, tmp_path, learner):
    assert learner.imports(package(words, tmp_path / "out")) == {"new": 6}
    listed = json.loads(run("list", words, "--json").stdout)
    assert learner.col.card_count() == sum(note["cards"] for note in listed) == 8
    assert not learner.col.get_empty_cards().notes
    assert len(learner.col.find_cards("tag:words::pet")) == 2
    assert len(learner.col.find_cards("tag:words::a1")) == 8


def test_a_draft_that_was_imported_stays_the_same_notes_once_it_has_ids(words, tmp_path, learner):
    learner.imports(package(words, tmp_path / "out"))
    run("check", words, "--fix")
    assert learner.imports(package(words, tmp_path / "out")) == {"duplicate": 6}
    words.write_text(words.read_text().replace("Which pet barks?", "Which animal barks?"))
    assert learner.imports(package(words, tmp_path / "out")) == {"updated": 1, "duplicate": 5}


def test_a_course_that_grows_from_a_file_to_a_folder_keeps_its_notes(words, tmp_path, learner):
    """The ledger goes along under its new name; the cards stay in the deck where their learner has them."""
    run("check", words, "--fix")
    learner.imports(package(words, tmp_path / "out"))
    folder = tmp_path / "course"
    (folder / "modules").mkdir(parents=True)
    text = words.read_text()
    head, _, cards = text.partition("cards:\n")
    about = "".join(line for line in head.splitlines(keepends=True) if "tags" not in line)
    (folder / "course.yaml").write_text(about)
    (folder / "modules" / "one.yaml").write_text(f"title: One\ntags: [a1]\ncards:\n{cards}")
    (tmp_path / "verbs.csv").rename(folder / "modules" / "verbs.csv")
    words.with_name("words.ledger.json").rename(folder / "ledger.json")
    run("build", folder, "--out", tmp_path / "grown", "--only", "anki")
    assert learner.imports(tmp_path / "grown" / "words.apkg") == {"updated": 6}
