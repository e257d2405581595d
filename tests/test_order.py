"""The order of first meetings: what is parted, what comes last, and how little a new card moves."""

import functools
import itertools
import json
from dataclasses import replace

import pytest
from conftest import COURSES, SAUERTEIG, WORKSHOP, run
from coursedeck.load import load
from coursedeck.order import KEPT, places
from coursedeck.seen import cards_seen, shown_answer
from hypothesis import given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.slow

FIRST_EDITION = COURSES / "first-edition"


@functools.cache
def course_of(folder):
    """A course, read once for all tests."""
    return load(folder)[0]


@functools.cache
def planned_of(folder):
    """Its cards in the order of first meetings."""
    return places(course_of(folder))


@pytest.fixture(scope="module")
def first():
    """The plan of the course with the most to be parted."""
    return planned_of(FIRST_EDITION)


def ids(planned):
    return [(place.card.note.id, place.card.ordinal) for place in planned]


def without(course, card):
    """The course less one card."""

    def kept(owner):
        return replace(owner, cards=tuple(each for each in owner.cards if each.id != card))

    return replace(
        course,
        modules=tuple(
            replace(module, concepts=tuple(map(kept, module.concepts))) for module in course.modules
        ),
        essays=tuple(
            replace(essay, claims=tuple(map(kept, essay.claims))) for essay in course.essays
        ),
    )


def turned(one, other):
    """Pairs that stand in one order in the one list and in the other in the other; and all pairs that are in both."""
    place = {card: n for n, card in enumerate(other)}
    common = [place[card] for card in one if card in place]
    pairs = list(itertools.combinations(common, 2))
    return sum(a > b for a, b in pairs), len(pairs)


@pytest.mark.parametrize("folder", [SAUERTEIG, WORKSHOP, FIRST_EDITION], ids=lambda f: f.name)
def test_every_card_has_one_place_and_modules_follow_each_other(folder):
    course, planned = course_of(folder), planned_of(folder)
    assert [place.number for place in planned] == list(range(1, len(planned) + 1))
    everything = {(card.note.id, card.ordinal) for card in cards_seen(course)}
    assert {(place.card.note.id, place.card.ordinal) for place in planned} == everything
    modules = [module for module, _ in itertools.groupby(p.card.note.module.id for p in planned)]
    assert modules == [m.id for m in course.modules if m.id in modules]


def test_questions_of_credit_come_at_the_end_of_their_module(first):
    """Quite last where nothing has to be parted there, else among those that wait, in the second half."""
    for module, group in itertools.groupby(first, key=lambda p: p.card.note.module.id):
        credit = [place.card.note.card.lens == "credit" for place in group]
        assert credit.index(True) * 2 >= len(credit)
        if module == "documents":
            assert all(credit[credit.index(True) :])


def test_the_cards_of_one_list_drawing_or_sort_lie_more_than_five_places_apart(first):
    last = {}
    for place in first:
        card = place.card.note.card.id
        assert place.number - last.get(card, -KEPT) >= KEPT, (card, place.number)
        last[card] = place.number


def test_no_card_shows_the_answer_of_one_of_the_next_five(first):
    planned = [place.card for place in first]
    for n, after in enumerate(planned):
        for before in planned[max(0, n - 5) : n]:
            assert shown_answer(before, after) is None, (before.note.id, after.note.id)


def test_what_tells_two_ideas_apart_waits_for_both(first):
    """Emotional tension names creative tension under `not`, and a card of it tells the two apart."""
    unmarked = course_of(FIRST_EDITION)
    card = next(
        c
        for m in unmarked.modules
        for k in m.concepts
        for c in k.cards
        if c.id == "pm-emotional-boatbuilder"
    )
    marked = replace(card, asks="tell-apart")

    def with_mark(concept):
        return replace(concept, cards=tuple(marked if c is card else c for c in concept.cards))

    course = replace(
        unmarked,
        modules=tuple(
            replace(m, concepts=tuple(map(with_mark, m.concepts))) for m in unmarked.modules
        ),
    )
    planned = places(course)
    before, after = ids(first), ids(planned)
    assert after.index((card.id, 0)) >= before.index((card.id, 0)) + 4
    why = next(p.why for p in planned if p.card.note.id == card.id)
    assert why == "tells “creative-tension” apart: after both have settled"


# The whole course is put in order anew for each example.
@settings(max_examples=settings.default.max_examples // 4)
@given(st.data())
def test_one_card_more_or_less_turns_at_most_one_pair_in_a_hundred(first, data):
    """Read either way: the course with the card is the course without it, and one inserted."""
    card = data.draw(st.sampled_from(sorted({place.card.note.card.id for place in first})))
    course = without(course_of(FIRST_EDITION), card)
    wrong, pairs = turned(ids(first), ids(places(course)))
    assert wrong * 100 <= pairs


def test_the_order_is_the_same_each_time(first):
    again, _ = load(FIRST_EDITION)
    assert ids(places(again)) == ids(first)


def test_list_why_has_a_line_a_note_in_the_order_of_first_meetings():
    lines = run("list", WORKSHOP, "--why").stdout.splitlines()
    rows = json.loads(run("list", WORKSHOP, "--json").stdout)
    assert len(lines) == len(rows)
    assert [line.split("  ")[1] for line in lines] == [
        row["id"] for row in sorted(rows, key=lambda row: row["position"])
    ]
    assert all(line.split("  ")[2] for line in lines)
    assert any(line.endswith("in the order of the course") for line in lines)


def test_list_gives_reasons_to_people_only():
    run("list", WORKSHOP, "--why", "--json", code=2)
