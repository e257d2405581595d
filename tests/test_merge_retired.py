"""What `merge.js` makes of notes that the author has retired, or took back."""

import time

import pytest
from author import complaints, note_of, review, take
from conftest import some
from coursedeck.kinds.all import NOTE_TYPES
from merging import TICKED, data_of, edit, export, import_text, merge, merged, move, rows_of

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("id_", ["ask-card", "pair-card", "cloze-card"])
def test_a_note_that_was_renamed_before_it_was_retired_is_closed(learner, studied, id_):
    """Its `Id` has held two ids, and its first field will hold the second."""
    studied.freeze("1.0.0")
    studied.rename(id_, "another-id")
    take(learner, studied.publish()["course.apkg"])
    studied.retire("another-id")
    studied.publish()
    report, _ = merged(learner, studied)
    assert [each["left"] for each in report["told"] if each["retired"]] == [""]


@pytest.mark.parametrize("boxes", some(TICKED, 2), ids=str)
def test_words_that_several_fields_share_do_not_keep_a_retired_card_open(learner, studied, boxes):
    """They name no column, so that a field of the learner's among them hides which is which."""
    studied.freeze("1.0.0")
    fields = NOTE_TYPES["cases"].fields
    move(learner, "My notes", fields.index("Why 2"))
    assert note_of(learner, (guid := studied.notes()["cases-card"].guid))["Why 3"] == "So."
    studied.retire("cases-card")
    studied.publish()
    report, _ = merged(learner, studied, **boxes)
    assert [each["left"] for each in report["told"] if each["retired"]] == [""]
    assert [found.note_id for found in learner.col.get_empty_cards().notes] == [
        note_of(learner, guid).id
    ]


def test_a_closed_card_stays_closed_whichever_of_its_fields_that_share_words_was_moved(
    learner, studied
):
    studied.freeze("1.0.0")
    move(learner, "Why 3", NOTE_TYPES["cases"].fields.index("Answer 1"))
    studied.retire("cases-card")
    for _ in range(2):
        studied.publish()
        report, _ = merged(learner, studied)
        assert [each["left"] for each in report["told"] if each["retired"]] == [""]
        assert len(learner.col.get_empty_cards().notes) == 1


def test_own_words_among_fields_that_no_word_names_keep_a_retired_card_open(learner, studied):
    studied.freeze("1.0.0")
    move(learner, "My notes", NOTE_TYPES["cases"].fields.index("Why 2"))
    guid = edit(learner, studied, "cases-card", Why_3="mine")
    studied.retire("cases-card")
    studied.publish()
    report, _ = merged(learner, studied)
    assert [each["left"] for each in report["told"] if each["retired"]] == ["own"]
    assert note_of(learner, guid)["Why 3"] == "mine"
    assert not learner.col.get_empty_cards().notes


def test_retired_notes_are_named_in_words_and_come_last_in_the_file(learner, retiring):
    retiring.card("card-9")["words"] = "edited"
    retiring.publish()
    made = merge(export(learner), data_of(retiring))
    named = {each["id"]: each["title"] for each in made["report"]["told"] if each["retired"]}
    assert not [title for title in named.values() if "image-occlusion" in title]
    ended = [retiring.ledger.notes[guid].retired != "" for guid in rows_of(made["text"])]
    assert ended == sorted(ended)
    assert {*ended} == {False, True}


@pytest.mark.parametrize("boxes", some(TICKED, 2), ids=str)
def test_retired_notes_lose_their_cards_unless_the_learner_wrote_on_them(learner, retiring, boxes):
    report, _ = merged(learner, retiring, **boxes)
    (kept,) = [each for each in report["told"] if each["left"] == "own"]
    assert kept["id"] == "card-1"
    assert [each["learner"] for each in kept["kept"] + kept["both"]] == ["mine"]
    empty = {found.note_id for found in learner.col.get_empty_cards().notes}
    ended = [e for e in retiring.ledger.notes.items() if e[1].retired and e[1].id != "card-1"]
    assert {note_of(learner, guid).id for guid, _ in ended} == empty
    assert all(found.will_delete_note for found in learner.col.get_empty_cards().notes)
    assert note_of(learner, ended[0][0]) is not None


@pytest.mark.parametrize("closed", ["by the page", "by the package", "by an old page, afterwards"])
def test_a_retirement_that_was_taken_back_is_so_by_the_page_too(learner, studied, closed):
    """An old page knows the words that came back, and cannot know that they are new again."""
    studied.freeze("1.0.0")
    card = studied.card("card-1")
    guid = studied.notes()["card-1"].guid
    review(learner, note_of(learner, guid).cards()[0].id)
    studied.retire("card-1")
    made = studied.publish()
    studied.freeze("1.1.0")
    page = data_of(studied)
    if closed == "by the page":
        merged(learner, studied)
    else:
        take(learner, made["course-retired.apkg"])
    assert learner.col.get_empty_cards().notes
    studied.retired.clear()
    studied.cards.append(card)
    studied.now = int(time.time()) + 60  # before 25.2 Anki dates by its clock what it updates
    made = studied.publish()
    if closed == "by an old page, afterwards":
        assert take(learner, made["course.apkg"])["updated"] == 1
        import_text(learner, merge(export(learner), page)["text"])
        assert learner.col.get_empty_cards().notes
    merged(learner, studied)
    note = note_of(learner, guid)
    assert (note["Retired"], note["Answer"]) == ("", "a1a")
    assert not learner.col.get_empty_cards().notes
    assert [card.reps for card in note.cards()] == [1]


def test_notes_that_are_closed_already_need_no_more_boxes(learner, studied):
    """Most of their fields are empty; they stay as they are."""
    studied.freeze("1.0.0")
    for id_ in ("card-1", "pair-card", "cloze-card", "sort-card", "diagram-card"):
        studied.retire(id_)
    made = studied.publish()
    take(learner, made["course-retired.apkg"])
    before = learner.rows("select guid, flds, mod from notes order by guid")
    report, said = merged(learner, studied)
    assert (report["known"], said) == (len(before), {})


def test_what_empty_cards_removed_comes_back_neither_by_the_page_nor_by_the_package(
    learner, retiring
):
    """The package of retired notes brings them back each time, as notes without cards."""
    for _ in range(3):
        made = retiring.publish()
        merged(learner, retiring)
        empty = [c for found in learner.col.get_empty_cards().notes for c in found.card_ids]
        learner.col.remove_cards_and_orphaned_notes(empty)
        take(learner, made["course.apkg"])
        assert complaints(learner.col) == []
        assert learner.rows(
            "select count() from notes where id not in (select nid from cards)"
        ) == [[0]]
        assert not learner.col.get_empty_cards().notes
    living = {note.guid for note in retiring.notes().values()}
    kept = {guid for (guid,) in learner.rows("select guid from notes")} - living
    assert {retiring.ledger.notes[guid].id for guid in kept} == {"card-1"}  # their own words


@pytest.mark.parametrize("way", ["the page anew", "the retired package"])
def test_what_an_older_package_brought_back_is_closed_again(learner, studied, way):
    """The newest package does not close it: to that, an open card is what the author once published."""
    old = studied.publish()["course.apkg"]
    studied.freeze("1.0.0")
    studied.retire("card-1")
    made = studied.publish()
    text = merge(export(learner), data_of(studied))["text"]

    def empties():
        return [c for found in learner.col.get_empty_cards().notes for c in found.card_ids]

    for _ in range(2):  # the file a second time makes them anew, blank
        import_text(learner, text)
        assert empties()
        learner.col.remove_cards_and_orphaned_notes(empties())
    take(learner, old)
    take(learner, made["course.apkg"])
    assert not empties()
    if way == "the page anew":
        merged(learner, studied)
    else:
        take(learner, made["course-retired.apkg"])
    assert len(empties()) == 1
