"""Cards that moved to another deck: the search that a learner is told finds just those, in the real Anki."""

import pytest
from author import Author, one_of_each, questions, take
from conftest import some
from coursedeck.published import diff, moves, package
from coursedeck.published.moves import Place

pytestmark = pytest.mark.slow


def moved(author, learner, edit):
    """The changes of an edit, once the learner has both the old package and the new."""
    made = author.publish()["course.apkg"]
    take(learner, made)
    author.freeze("1.0.0")
    edit(author)
    found = diff.compare(package.of_package(made), package.of_notes(author.notes().values()))
    take(learner, author.publish()["course.apkg"])
    return found


def ids(learner, search):
    return {learner.col.get_card(card).note()["Id"] for card in learner.col.find_cards(search)}


def searches(found):
    told = {}
    for change in found:
        if change.what == "moved":
            told.setdefault(change.search, set()).add(change.id)
    return told


def a_concept(author):
    for card in author.cards[:3]:
        card["module"] = "two"


def a_card_of_several_notes(author):
    author.card("sort-card")["module"] = "one"


def many(author):
    for card in author.cards:
        if card["id"].startswith("card-") and card["id"] != "card-3":
            card["module"] = "two"


def two_ways(author):
    author.modules["three"] = "3 Three"
    author.cards += [{**questions(1)[0], "id": "other", "module": "three", "words": 77}]
    author.card("card-1")["module"] = "two"
    author.card("card-2")["module"] = "three"


def a_deck(author):
    author.modules["one"] = "1 Other"


def the_course(author):
    author.deck = "Other"


@pytest.mark.parametrize(
    "edit", [a_concept, a_card_of_several_notes, many, two_ways, a_deck, the_course]
)
@pytest.mark.parametrize("deck", some(['C_rse * "1" \\ (x): -y', "Course"], 2))
def test_the_search_finds_the_moved_cards_and_no_others(learner, edit, deck):
    """“Search for the old deck, select all” took along all that stayed there."""
    author = Author([*questions(20), *one_of_each()])
    author.deck = deck
    mine = learner.col.new_note(learner.col.models.by_name("Basic"))
    mine["Front"] = "mine"
    found = moved(author, learner, edit)
    learner.col.add_note(mine, learner.col.decks.id(f"{deck}::1 One"))
    assert searches(found)
    for search, expected in searches(found).items():
        assert ids(learner, search) == expected, search
        assert search in diff.as_text(found, colour=False)
        assert f"    {search}" in diff.as_markdown(found)


def test_the_search_finds_them_where_the_learner_wrote_on_a_note(learner):
    """Anki then leaves the note and its tags as they are, so that a search by new tags would miss it."""
    author = Author(questions(4))
    take(learner, author.publish()["course.apkg"])
    note = learner.col.get_note(learner.col.find_notes("Id:card-1")[0])
    note["My notes"] = "mine"
    learner.col.update_note(note)
    found = moved(author, learner, a_concept)
    ((search, expected),) = searches(found).items()
    assert ids(learner, search) == expected == {"card-0", "card-1", "card-2"}


def places(*rows):
    return [Place(id_, (tag,), old, new) for id_, tag, old, new in rows]


def test_a_long_move_is_found_by_tags_only_where_they_find_the_same():
    long = [(f"card-{n}", "c::m::t", "Old", "New") for n in range(moves.FEW + 1)]
    (by_tag,) = moves.moves(places(*long, ("stays", "c::n::u", "Old", "Old")))
    assert by_tag.search == '"deck:Old" tag:c::m::t'
    (by_id,) = moves.moves(places(*long, ("stays", "c::m::t", "Old", "Old")))
    assert by_id.search.startswith('"deck:Old" (Id:card-0 OR Id:card-1 OR ')
    (below,) = moves.moves(places(long[0], ("stays", "c::m::t", "Old::Below", "Old::Below")))
    assert below.search == '"deck:Old" Id:card-0'  # Anki's search for a deck looks below it too


def test_a_whole_deck_is_found_by_its_name():
    (move,) = moves.moves(places(("a", "t", "Old", "New"), ("b", "t", "Older", "Older")))
    assert move.search == '"deck:Old" Id:_*'
