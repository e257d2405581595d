"""A card of cases: one note and one card in Anki, of which a case a day is shown; a card each in print."""

import re

import pytest
from author import Author, note_of, one_of_each, take
from coursedeck.notes import notes_of, setting_of

CARD = {"id": "cases-card", "module": "one", "kind": "cases", "words": 6, "parts": [1, 2]}


def card_of(learner, author):
    (guid,) = (note.guid for note in author.notes().values() if note.kind == "cases")
    (card,) = note_of(learner, guid).cards()
    return card


def visible(html):
    """The cases that a reader without JavaScript sees, by their numbers."""
    return re.findall(r'data-case="(\d)">', html)


@pytest.mark.slow
def test_several_cases_make_one_note_with_one_card(learner):
    author = Author([CARD])
    assert take(learner, author.publish()["course.apkg"]) == {"new": 1}
    assert len(learner.col.find_cards("")) == 1


@pytest.mark.slow
def test_without_javascript_the_first_case_stands_with_its_own_answer(learner):
    author = Author([CARD])
    take(learner, author.publish()["course.apkg"])
    card = card_of(learner, author)
    assert visible(card.question()) == ["1"]
    assert visible(card.answer()) == ["1", "1"]
    shown = re.sub(r'<div data-case="\d" hidden>.*?</div></div>', "", card.answer())
    assert "f6n1" in shown
    assert "f6n2" not in shown


@pytest.mark.slow
def test_only_cases_that_exist_can_be_drawn(learner):
    author = Author([CARD])
    take(learner, author.publish()["course.apkg"])
    assert sorted(set(re.findall(r'data-case="(\d)"', card_of(learner, author).answer()))) == list(
        "1234"
    )


@pytest.mark.slow
def test_the_browser_lists_the_first_case_only(learner):
    author = Author([CARD])
    take(learner, author.publish()["course.apkg"])
    assert (
        learner.col.get_card(learner.col.find_cards("")[0])
        .render_output(reload=True, browser=True)
        .question_text.strip()
        == "e6n1 comes."
    )


def test_each_case_is_a_face_in_print():
    course = Author(one_of_each()).course()
    note = next(note for note in notes_of(course) if note.kind == "cases")
    assert [face.number for face in note.faces] == [1, 2, 3, 4]
    assert note.ordinals() == [0]
    rows = list(note.card.rows({note.id: note.faces}, setting_of(course)))
    assert [(row.id, str(row.answer)) for row in rows][1] == ("cases-card/2", "f6n2")
