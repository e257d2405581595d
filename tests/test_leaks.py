"""What gives an answer away: the leaks that readers of the published version 1.0.0 named by id, and what is none."""

import itertools

import pytest
from conftest import ROOT
from coursedeck.checks.leaks import just_shown
from coursedeck.kinds.all import NOTE_TYPES
from coursedeck.load import load
from coursedeck.order import NEAR, places
from coursedeck.seen import cards_seen, shown_answer

pytestmark = pytest.mark.slow  # it reads a whole course

FIRST = ROOT / "tests" / "courses" / "first-edition"


@pytest.fixture(scope="module")
def first():
    return load(FIRST)


@pytest.fixture(scope="module")
def course(first):
    return first[0]


@pytest.fixture(scope="module")
def found(first):
    """The codes of each card, as `check` reports them."""
    codes = {}
    for problem in first[1]:
        codes.setdefault(problem.message.partition(":")[0], set()).add(problem.code)
    return codes


@pytest.fixture(scope="module")
def shown(course):
    """Which note shows the answer of which, up to five cards after it, in the order of the first version."""
    cards = cards_seen(course)
    return {
        (before.note.id, after.note.id)
        for n, after in enumerate(cards)
        for before in cards[max(0, n - NEAR) : n]
        if shown_answer(before, after)
    }


LISTS = {
    "fr-disabilities": ["position", "enemy", "charge", "events", "frog", "experience", "team"],
    "mm-ladder": ["observe", "select", "meaning", "assume", "conclude", "believe"],
    "sv-attitudes": [
        *("commitment", "enrollment", "genuine", "formal", "grudging", "noncompliance", "apathy")
    ],
    "sv-stances": ["telling", "selling", "testing", "consulting", "co-creating"],
    "tl-session": ["all", "rules", "enforce", "hard"],
    "pm-coping-three": ["erode", "manipulate", "willpower"],
    "tl-dimensions": ["think", "act", "others"],
    "tl-conditions": ["suspend", "colleagues", "facilitator"],
}
# Of “mm-ladder.act” the answer, “What I do”, has no word that says anything by itself. The planner parts it all the same.
SHOWN_BEFORE = [
    # each item of a list beside the next
    *(
        (f"{card}.{one}", f"{card}.{other}")
        for card, items in LISTS.items()
        for one, other in itertools.pairwise(items)
    ),
    # the masks of one drawing
    ("fr-five-map", "fr-five-map"),
    ("fr-systems-looks", "fr-systems-looks"),
    ("fr-levels-map", "fr-levels-map"),
    # one note and the next
    ("fr-systems-why-fifth", "fr-core-outside"),
    ("fr-capabilities-three", "fr-capability-missing"),
    ("pm-exemplar-advanced-maturity", "pm-why-growth-credit"),
    ("pm-coping-three.willpower", "pm-coping-coach"),
    ("pm-intuition-choice", "pm-intuition-dyke"),
    ("mm-detroit-looks", "mm-detroit-echo"),
    ("mm-planning-product", "mm-planning-who"),
    ("mm-theories.classroom", "mm-theories-who"),
    ("sv-negative-poster", "sv-negative-or-extrinsic"),
    ("sv-stances.co-creating", "sv-stances-credit"),
    ("tl-dimensions.act", "tl-operational-trust"),
    ("doc-12-reason", "doc-12-shift"),
    ("fr-ppe-ways", "fr-ppe-essence"),
]


@pytest.mark.parametrize(("before", "after"), SHOWN_BEFORE)
def test_an_answer_that_a_card_shows_before_it_is_asked_is_found(shown, before, after):
    assert (before, after) in shown


TOLD = {
    # by the context line
    "tl-unit": "answer-in-context",
    # by a concept's name over the row, which names both
    "pm-purpose-youth": "answer-in-heading",
    # by another question on the same sheet
    "fr-ppe-essence": "answer-in-row",
    "mm-detroit-echo": "answer-in-row",
    # by a drawing's title, which is its alternative text
    "pm-creative-tension-map": "answer-in-drawing",
    "pm-conflict-map": "answer-in-drawing",
    "pm-purpose-map": "answer-in-drawing",
    "mm-balance-picture": "answer-in-drawing",
    "tl-two-talks-map": "answer-in-drawing",
    "tl-alignment-map": "answer-in-drawing",
    "tl-routine-map": "answer-in-drawing",
    # by options that are there for show
    "fr-five-which": "never-right",
    "fr-disability-cases": "never-right",
    # by the place among the cases
    "fr-adaptive-or-generative": "options-in-order",
    "fr-levels-which": "options-in-order",
    "fr-ol-or-lo": "options-in-order",
    "pm-resistance-sort": "options-in-order",
    "mm-reflect-or-inquire": "options-in-order",
    "mm-theories": "options-in-order",
    "mm-seen-or-leapt": "options-in-order",
    "mm-move": "options-in-order",
    "tl-dialogue-or-discussion": "options-in-order",
    "sv-which-attitude": "options-in-order",
}


@pytest.mark.parametrize(("card", "code"), TOLD.items())
def test_an_answer_that_is_seen_with_its_question_is_found(found, card, code):
    assert code in found[card]


# What readers called given away by its sense, which no comparison of words can see: it is left to an author's eye.
BY_SENSE = [
    *("sv-does-their", "pm-intuition-choice", "doc-13-ready-made", "fr-generative-both"),
    *("fr-lend-models", "pm-mastery-arrive", "fr-discipline-done", "pm-traits-portrait"),
    *("tl-conflict-sign", "tl-conflict-kind", "mm-inquiry-next-line"),
]


@pytest.mark.parametrize("card", BY_SENSE)
def test_what_only_sense_gives_away_is_not_guessed_at(found, card):
    assert card not in found


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("pm-ultimate-clinic", "pm-purpose-youth"),  # “vision” is on every third card
        ("tl-unit", "tl-what-grows"),
        ("fr-levels-which.harvest", "fr-levels-which.bridge"),  # options are there anyway
        ("pm-creative-tension-hands", "pm-emotional-boatbuilder"),
    ],
)
def test_a_common_word_or_a_named_option_gives_nothing_away(shown, before, after):
    assert (before, after) not in shown


def test_the_planner_leaves_no_card_of_the_first_version_behind_one_that_shows_its_answer(course):
    planned = [place.card for place in places(course)]
    assert len(list(just_shown(cards_seen(course)))) > 50
    assert list(just_shown(planned)) == []


def test_no_template_shows_tags_or_the_deck_so_that_no_rule_looks_at_them():
    """The deck's name stands in the title of Anki's window: `answer-in-context` looks at it all the same."""
    for note_type in NOTE_TYPES.values():
        for template in note_type.templates:
            assert "{{Tags}}" not in template.front + template.back
            assert "{{Deck}}" not in template.front + template.back
