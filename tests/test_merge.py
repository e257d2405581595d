"""What the update page makes of what a learner has: `merge.js`, against exports and imports of the real Anki."""

import pytest
from author import Author, note_of, one_of_each, questions, review, take
from coursedeck.published.ledger import mark
from hypothesis import given
from hypothesis import strategies as st
from merging import ALL, data_of, expected, export, import_text, marked, merge, rows_of

pytestmark = pytest.mark.slow


@given(st.text())
def test_a_mark_is_the_ledgers_for_every_text(text):
    assert marked(text) == mark(text)


@pytest.mark.parametrize("length", [0, 1, 54, 55, 56, 63, 64, 65, 119, 120, 1000, 100_000])
def test_a_mark_is_the_ledgers_for_every_length(length):
    assert marked("ä" * length) == mark("ä" * length)
    assert marked("x" * length) == mark("x" * length)


@pytest.fixture
def studied(learner):
    """An author with two releases' worth of cards, and a learner who has the first."""
    author = Author([*one_of_each(), *questions(12)])
    made = author.publish()
    take(learner, made["course.apkg"])
    for (card_id,) in learner.rows("select id from cards order by id limit 10"):
        review(learner, card_id)
    return author


def edit(learner, author, id_, **fields):
    note = note_of(learner, author.notes()[id_].guid)
    for name, value in fields.items():
        note[name.replace("_", " ")] = value
    learner.col.update_note(note)
    return note.guid


def merged(learner, author, **boxes):
    """An update by the page: what it reports, and what Anki's log said."""
    text = export(learner, **boxes)
    made = merge(text, data_of(author))
    assert made.get("problem") == (
        wanted if isinstance(wanted := expected(text, data_of(author)), str) else None
    )
    if "problem" in made:
        return made, {}
    assert rows_of(made["text"]) == wanted
    return made["report"], import_text(learner, made["text"]) if made["text"] else {}


BOXES = [{}, {"guid": True}, {"notetype": True}, {"deck": True}, ALL]


@pytest.mark.parametrize("boxes", BOXES, ids=str)
def test_each_field_is_merged_by_itself(learner, studied, boxes):
    mine = edit(learner, studied, "card-1", Source="my source", My_notes="mine")
    for id_ in ("card-1", "card-2"):
        studied.card(id_)["words"] = "edited"
    made = studied.publish()
    _, said = merged(learner, studied, **boxes)
    assert said == {"updated": 2}
    note = note_of(learner, mine)
    assert (note["Answer"], note["Source"], note["My notes"]) == ("aediteda", "my source", "mine")
    assert note.has_tag("course::mine::1.0.0")
    assert note.has_tag("course::changed::1.0.0")
    assert take(learner, made["course.apkg"]).keys() == {"duplicate"}
    assert note_of(learner, mine)["Source"] == "my source"


def test_a_file_that_has_nothing_to_bring_is_empty(learner, studied):
    report, said = merged(learner, studied)
    assert (report["written"], said) == (0, {})


def test_a_second_merge_of_the_same_words_dates_the_note_anew(learner, studied):
    guid = edit(learner, studied, "card-1", My_notes="mine")
    merged(learner, studied)
    learner.col.db.execute("update notes set mod = 5")
    assert merged(learner, studied)[1] == {"updated": 1}
    assert note_of(learner, guid).has_tag("course::mine::1.0.0::again")
    learner.col.db.execute("update notes set mod = 5")
    assert merged(learner, studied)[1] == {"updated": 1}
    assert not note_of(learner, guid).has_tag("course::mine::1.0.0::again")


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"html": False}, "no-html"),
        ({"tags": False}, "no-tags"),
    ],
)
def test_an_export_without_what_the_merge_needs_is_refused(learner, studied, change, problem):
    assert merged(learner, studied, **change)[0] == {"problem": problem}


def test_what_is_no_export_of_this_course_is_refused(new_learner, studied):
    data, other = data_of(studied), new_learner()
    assert merge("", data) == {"problem": "no-export"}
    assert merge("Question\tAnswer\n", data) == {"problem": "no-export"}
    assert merge(export(other), data) == {"problem": "empty"}
    note = other.col.new_note(other.col.models.by_name("Basic"))
    note.fields = ["card-1", "a word of the learner's own"]
    other.col.add_note(note, 1)
    assert merge(export(other), data) == {"problem": "other-course"}
    note["Back"] = "en"
    other.col.update_note(note)
    unsure = {"why": "unsure", "title": "card-1"}
    assert merge(export(other), data) == {"problem": "boxes", "refused": [unsure]}
    assert merge(export(other, guid=True), data) == {"problem": "other-course"}


def test_an_export_of_a_newer_version_is_refused(learner, studied):
    edit(learner, studied, "card-1", My_notes="mine")
    old = data_of(studied)
    studied.version = "1.1.0"
    studied.publish()
    merged(learner, studied)
    assert merge(export(learner), old) == {"problem": "newer"}


def test_two_notes_of_one_id_are_told_apart_by_their_guid_alone(learner, studied):
    guid = edit(learner, studied, "card-1", My_notes="mine")
    note = note_of(learner, guid)
    copy = learner.col.new_note(note.note_type())
    copy.fields = [*note.fields[:-1], "the copy's"]
    learner.col.add_note(copy, 1)
    studied.card("card-1")["words"] = "edited"
    studied.publish()
    refused, _ = merged(learner, studied)
    assert [each["why"] for each in refused["refused"]] == ["twice"]
    assert merged(learner, studied, guid=True)[1] == {"updated": 1}
    assert note_of(learner, guid)["My notes"] == "mine"
    assert note_of(learner, copy.guid)["Answer"] == "a1a"
