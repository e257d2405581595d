"""A card of cases: one note and one card in Anki, of which a case a day is shown; a card each in print."""

import itertools
import re

import pytest
import quickjs
from author import Author, note_of, one_of_each, take
from conftest import ROOT
from coursedeck.notes import notes_of, setting_of
from tables import with_each

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


# --- the case of the day ---------------------------------------------------------------------------

SCRIPT = (ROOT / "generator" / "kinds" / "cases.js").read_text("utf-8")


@pytest.fixture(scope="module")
def drawn():
    """The place of the case, from 0, by the card's id, the day and how many cases there are."""
    context = quickjs.Context()
    context.eval(SCRIPT)
    return context.get("coursedeckDraw")


DAYS = range(20_700, 20_700 + 400)
IDS = ["fr-which-is-called-for", "pm-next-question", "a", "ü-1"]


@with_each("count", [3, 4, 5, 6])
@with_each("id_", IDS)
def test_no_case_comes_on_two_days_in_a_row_and_each_comes_once_in_a_round(drawn, id_, count):
    """A round has as many days as there are cases; from any day on, all have come before two rounds are over."""
    cases = [drawn(id_, day, count) for day in DAYS]
    assert all(one != other for one, other in itertools.pairwise(cases))
    for start in range(len(cases) - 2 * count):
        assert set(cases[start : start + 2 * count - 1]) == set(range(count))
    rounds = [
        {len(set(cases[n : n + count])) for n in range(first, len(cases) - count, count)}
        for first in range(count)
    ]
    assert {count} in rounds


@with_each("count", [3, 4, 5, 6])
@with_each("id_", IDS)
def test_intervals_of_whole_rounds_bring_other_cases_too(drawn, id_, count):
    for times in (1, 2, 3, count):
        cases = [drawn(id_, 20_700 + n * times * count, count) for n in range(4 * count)]
        assert len(set(cases)) >= count - 1


@pytest.mark.slow
@pytest.mark.parametrize("count", [3, 4, 5, 6])
def test_intervals_as_anki_makes_them_bring_as_many_cases_as_chance_would(drawn, count):
    """Six reviews at intervals that grow by a factor, from any day on."""
    seen = []
    for id_ in IDS:
        for start in DAYS[:200]:
            for factor in (1.5, 2.0, 2.5, 3.0):
                days = [start]
                for n in range(5):
                    days.append(days[-1] + round(factor**n))
                seen.append(len({drawn(id_, day, count) for day in days}))
    assert sum(seen) / len(seen) >= count * (1 - (1 - 1 / count) ** 6)


def test_cards_begin_with_different_cases(drawn):
    assert len({tuple(drawn(id_, day, 5) for day in DAYS[:25]) for id_ in IDS}) == len(IDS)
