"""What docs/updates.md announces about packages: a note that was touched after the author's build is left as it is, also where
Anki itself touched it; and what else a learner may have done to decks and note types.
"""

import pytest
from author import KEEPS_DATES, Author, complaints, note_of, questions, take

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not KEEPS_DATES, reason="this Anki dates an updated note by its own clock"),
]


def a_leech(learner, note):
    card = note.cards()[0]
    card.lapses, card.type, card.queue, card.ivl, card.reps = 7, 2, 2, 10, 20
    learner.col.update_card(card)
    card = learner.col.get_card(card.id)
    card.start_timer()
    learner.col.sched.answerCard(card, 1)
    assert learner.col.get_note(note.id).has_tag("leech")


def a_mark(learner, note):
    note.add_tag("marked")
    learner.col.update_note(note)


def a_renamed_tag(learner, note):
    learner.col.tags.rename("course", "kurs")


def words(learner, note):
    note["My notes"] = "mine"
    learner.col.update_note(note)


TOUCHES = (a_leech, a_mark, a_renamed_tag, words)


@pytest.mark.parametrize("touch", TOUCHES)
@pytest.mark.parametrize("when", ["before the build", "after the build"])
def test_a_change_arrives_on_a_note_that_was_touched_before_the_build_and_not_after(
    learner, touch, when
):
    author = Author(questions(3))
    take(learner, author.publish()["course.apkg"])
    author.card("card-1")["words"] = "edited"
    note = note_of(learner, author.notes()["card-1"].guid)
    touch(learner, note)
    touched = learner.rows("select max(mod) from notes")[0][0]
    # Anki dates what it touches by the clock of the machine.
    author.now = touched + 60 if when == "before the build" else touched - 60
    made = author.publish(0)["course.apkg"]
    said = take(learner, made)
    arrived = when == "before the build"
    assert said.get("updated", 0) == arrived
    assert note_of(learner, note.guid)["Answer"] == ("aediteda" if arrived else "a1a")
    assert complaints(learner.col) == []
    # the author's next change reaches it, whatever it was
    author.card("card-1")["words"] = "again"
    author.now = touched + 120
    assert take(learner, author.publish(0)["course.apkg"])["updated"] == 1
    assert note_of(learner, note.guid)["Answer"] == "aagaina"


def test_a_filtered_deck_with_the_course_s_name_loses_no_review(learner):
    """Each import makes a deck of another name; the docs say so."""
    author = Author(questions(3))
    take(learner, author.publish()["course.apkg"])
    course = learner.col.decks.id("Course")
    learner.col.decks.rename(learner.col.decks.get(course), "Mine")
    learner.col.decks.new_filtered("Course")
    log = learner.rows("select * from revlog")
    cards = learner.rows("select id, did, queue, due from cards order by id")
    author.card("card-1")["words"] = "edited"
    assert take(learner, author.publish()["course.apkg"]) == {"updated": 1, "duplicate": 2}
    assert learner.rows("select id, did, queue, due from cards order by id") == cards
    assert learner.rows("select * from revlog") == log


@pytest.mark.parametrize("change", ["moved", "removed"])
def test_a_note_type_whose_fields_a_learner_moved_or_removed_conflicts_and_loses_nothing(
    learner, change
):
    author = Author(questions(3))
    take(learner, author.publish()["course.apkg"])
    models = learner.col.models
    model = models.by_name("Coursedeck question")
    note = note_of(learner, author.notes()["card-1"].guid)
    note["My notes"] = "mine"
    learner.col.update_note(note)
    if change == "moved":
        models.reposition_field(model, model["flds"][-1], 3)
    else:
        models.remove_field(model, next(f for f in model["flds"] if f["name"] == "Spare 1"))
    models.update_dict(model)
    before = learner.rows("select guid, flds from notes order by guid")
    author.card("card-1")["words"] = "edited"
    assert take(learner, author.publish()["course.apkg"])["conflicting"]
    assert learner.rows("select guid, flds from notes order by guid") == before
    assert learner.col.get_note(note.id)["My notes"] == "mine"
