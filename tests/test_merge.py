"""What the update page makes of what a learner has: `merge.js`, against exports and imports of the real Anki."""

import pytest
from anki.collection import DeckIdLimit
from author import Author, complaints, note_of, one_of_each, questions, take
from conftest import some
from coursedeck.identity import guid
from coursedeck.published.ledger import mark
from hypothesis import given
from hypothesis import strategies as st
from merging import (
    ALL,
    TICKED,
    data_of,
    edit,
    export,
    import_text,
    many,
    marked,
    merge,
    merged,
    move,
    steps,
)

pytestmark = pytest.mark.slow


@given(st.text())
def test_a_mark_is_the_ledgers_for_every_text(text):
    assert marked(text) == mark(text)


@pytest.mark.parametrize("length", [0, 1, 54, 55, 56, 63, 64, 65, 119, 120, 1000, 100_000])
def test_a_mark_is_the_ledgers_for_every_length(length):
    assert marked("ä" * length) == mark("ä" * length)
    assert marked("x" * length) == mark("x" * length)


def test_the_work_of_a_merge_grows_in_a_straight_line_with_its_notes():
    author = Author(questions(2))
    author.publish()
    author.freeze("1.0.0")
    assert steps(*many(author, 800)) < 17 * steps(*many(author, 50))
    assert merge(*many(author, 800))["report"]["written"] == 800


@pytest.mark.parametrize("boxes", some(TICKED, 2), ids=str)
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


@pytest.mark.parametrize("late", [-1, 0, 1])
@pytest.mark.parametrize("order", ["before", "after", "both"])
def test_a_package_replaces_what_was_merged_only_where_the_page_says_to_wait(
    learner, studied, late, order
):
    """Exactly where the file was imported in an earlier second than the package was built in: a clock is wrong then."""
    mine = edit(learner, studied, "card-1", Source="my source", My_notes="mine")
    studied.card("card-1")["words"] = "edited"
    package = studied.publish()["course.apkg"]
    made = merge(export(learner), data_of(studied))
    assert made["report"]["latest"] == studied.now
    if order != "after":
        take(learner, package)
    import_text(learner, made["text"])
    learner.col.db.execute("update notes set mod = ? where guid = ?", studied.now + late, mine)
    if order != "before":
        take(learner, package)
    note = note_of(learner, mine)
    lost = order != "before" and made["report"]["latest"] > studied.now + late
    assert (note["Source"], note["My notes"]) == (
        (studied.notes()["card-1"].fields["Source"], "") if lost else ("my source", "mine")
    )


def test_the_page_has_nobody_wait_for_notes_that_it_does_not_write(learner, studied):
    edit(learner, studied, "card-1", My_notes="mine")
    first = studied.ledger.notes[studied.notes()["card-1"].guid].mod
    studied.cards.append({**questions(1)[0], "id": "card-new"})
    studied.card("card-2")["words"] = "edited"
    edit(learner, studied, "card-2", Answer="aediteda", Question="Which one belongs to qeditedq?")
    studied.publish()
    report, said = merged(learner, studied)
    assert said == {"updated": 1}
    assert report["latest"] == first < studied.now


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


@pytest.mark.parametrize("sign", ["#", "="])
def test_a_guid_that_begins_with_the_mark_of_a_comment_or_a_formula_comes_through(learner, sign):
    """Guids are made of many signs, and a line that begins with # would be a comment."""
    number = next(n for n in range(90_000) if guid("course", f"card-{n}", "ask").startswith(sign))
    author = Author([{**questions(1)[0], "id": f"card-{number}"}])
    take(learner, author.publish()["course.apkg"])
    author.cards[0]["words"] = "edited"
    author.publish()
    for boxes in ({}, ALL):
        assert merged(learner, author, **boxes)[1] in ({"updated": 1}, {})
    assert note_of(learner, author.notes()[f"card-{number}"].guid)["Answer"] == "aediteda"


def test_every_field_of_every_kind_gets_the_authors_words(learner, studied):
    for card in studied.cards:
        card["words"] = f"edited{card['words']}"
        card["more"] = "explained"
    made = studied.publish()
    learner.col.set_config("csvDuplicateResolution", 1)  # Anki remembers the last choice
    merged(learner, studied)
    for note in studied.notes().values():
        assert list(note_of(learner, note.guid).fields) == note.all_fields()
        assert {*note.tags} < {*note_of(learner, note.guid).tags}
    assert {*take(learner, made["course.apkg"])} == {"duplicate"}


def test_a_learner_of_one_module_gets_nothing_of_others(learner):
    author = Author([*one_of_each(), *questions(3)])
    take(learner, author.publish()["course-one.apkg"])
    had = learner.rows("select guid from notes order by guid")
    for card in author.cards:
        card["words"] = f"edited{card['words']}"
    author.publish()
    report, said = merged(learner, author)
    assert said == {"updated": len(had)}
    assert learner.rows("select guid from notes order by guid") == had
    assert (report["gone"], report["fresh"]) == ([], [])


def test_deleted_and_new_notes_are_told_apart(learner, studied):
    studied.freeze("1.0.0")
    gone = note_of(learner, studied.notes()["card-1"].guid)
    learner.col.remove_notes([gone.id])
    studied.cards.append({**questions(1)[0], "id": "card-new"})
    studied.publish()
    report, said = merged(learner, studied)
    assert said == {}
    assert [each["id"] for each in report["gone"]] == ["card-1"]
    assert [each["id"] for each in report["fresh"]] == ["card-new"]


def test_a_module_that_is_new_is_told_to_whoever_has_the_whole_course(new_learner):
    author = Author(questions(4))
    author.cards[0]["module"] = "two"
    made = author.publish()
    author.freeze("1.0.0")
    author.modules["three"] = "3 Three"
    author.cards.append({**questions(1)[0], "id": "card-new", "module": "three"})
    author.version = "1.1.0"
    author.publish()
    for package, told in (("course.apkg", ["card-new"]), ("course-one.apkg", [])):
        learner = new_learner()
        take(learner, made[package])
        report, _ = merged(learner, author)
        assert [each["id"] for each in report["fresh"]] == told


@pytest.fixture
def copied(learner, studied):
    """A learner of a course and of a copy of it, which has the same ids, tags and words; both authors have edited one card."""
    copy = Author([*one_of_each(), *questions(12)])
    copy.key, copy.deck = "other-key", "Copy"
    take(learner, copy.publish()["course.apkg"])
    for author in (studied, copy):
        edit(learner, author, "card-2", My_notes="mine")
        author.card("card-1")["words"] = f"edited in {author.deck}"
        author.publish()
    return studied, copy


@pytest.mark.parametrize("order", [1, -1])
def test_each_of_two_courses_pages_touches_only_its_own(learner, copied, order):
    for author in copied[::order]:
        before = {row[0]: row for row in learner.rows("select guid, flds, tags, mod from notes")}
        report, said = merged(learner, author, guid=True)
        assert said == {"updated": 2}
        assert report["known"] == report["strangers"] == len(author.notes())
        after = {row[0]: row for row in learner.rows("select guid, flds, tags, mod from notes")}
        assert before.keys() == after.keys()
        touched = {guid for guid, row in after.items() if row != before[guid]}
        assert touched == {author.notes()[id_].guid for id_ in ("card-1", "card-2")}
        edited = note_of(learner, author.notes()["card-1"].guid)
        assert edited["Answer"] == f"aedited in {author.deck}a"


@pytest.mark.parametrize("boxes", [{"guid": True}, ALL], ids=["guids", "all"])
def test_a_newer_version_of_one_of_two_courses_does_not_shut_out_the_other_s_page(
    learner, copied, boxes
):
    """Both have one id, and so the same tags; the page said that it was old, whichever was taken."""
    original, copy = copied
    copy.version = "9.0.0"
    copy.publish()
    merged(learner, copy, **boxes)
    _, said = merged(learner, original, **boxes)
    assert said == {"updated": 2}
    assert merge(export(learner), data_of(original))["problem"] == "boxes"


def test_rows_of_a_course_and_its_copy_are_not_guessed_without_guids(learner, copied):
    for author in copied:
        told, said = merged(learner, author)
        assert (told["problem"], said) == ("boxes", {})


def test_a_course_beside_another_with_ids_of_its_own_needs_no_box(learner, studied):
    other = Author([{**card, "id": f"other-{card['id']}"} for card in questions(5)])
    other.key, other.deck = "other-key", "Other"
    take(learner, other.publish()["course.apkg"])
    for author, id_ in ((studied, "card-1"), (other, "other-card-1")):
        author.card(id_)["words"] = f"edited in {author.deck}"
        author.publish()
        report, said = merged(learner, author)
        assert (report["known"], said) == (len(author.notes()), {"updated": 1})
        edited = note_of(learner, author.notes()[id_].guid)
        assert edited["Answer"] == f"aedited in {author.deck}a"


def a_leech(learner, note):
    note.add_tag("leech")
    learner.col.update_note(note)


def a_mark(learner, note):
    note.add_tag("marked")
    learner.col.update_note(note)


def a_renamed_tag(learner, note):
    learner.col.tags.rename("course", "kurs")


def a_found_and_replaced_tag(learner, note):
    learner.col.tags.find_and_replace([note.id], "course", "kurs", False, False)


def a_field_and_back(learner, note):
    """All notes of the type are touched, and look as before."""
    move(learner, "My notes", 3)
    move(learner, "My notes", len(note.keys()) - 1)


@pytest.mark.parametrize(
    "touch", [a_leech, a_mark, a_renamed_tag, a_found_and_replaced_tag, a_field_and_back]
)
def test_what_keeps_a_package_from_arriving_keeps_no_change_of_the_page_s(learner, studied, touch):
    note = note_of(learner, studied.notes()["card-1"].guid)
    studied.card("card-1")["words"] = "edited"
    made = studied.publish()
    touch(learner, note)
    learner.col.models._clear_cache()
    note.load()
    tags = {*note.tags}
    assert "updated" not in take(learner, made["course.apkg"])
    merged(learner, studied)
    note.load()
    assert note["Answer"] == "aediteda"
    assert tags <= {*note.tags}


def test_a_page_taken_late_leaves_the_next_change_to_the_next_page(learner, studied):
    """Its notes are newer than the package that was built meanwhile."""
    guid = edit(learner, studied, "card-1", My_notes="mine")
    for words in ("second", "third"):
        studied.card("card-1")["words"] = words
        late = studied.publish()["course.apkg"]
        if words == "second":
            page = data_of(studied)
    import_text(learner, merge(export(learner), page)["text"])
    assert "updated" not in take(learner, late)
    assert note_of(learner, guid)["Answer"] == "aseconda"
    merged(learner, studied)
    assert (note_of(learner, guid)["Answer"], note_of(learner, guid)["My notes"]) == (
        "athirda",
        "mine",
    )


@pytest.mark.parametrize("own", [False, True])
@pytest.mark.parametrize("change", ["edited", "retired"])
def test_an_old_page_undoes_nothing_that_a_newer_package_brought(learner, studied, change, own):
    """An old text did: the old words came back, and the newest package did not mend it."""
    studied.freeze("1.0.0")
    page = data_of(studied)
    if change == "retired":
        studied.retire("card-1")
    else:
        studied.card("card-1")["words"] = "edited"
    made = studied.publish()
    take(learner, made["course-retired.apkg" if change == "retired" else "course.apkg"])
    (guid,) = [guid for guid, entry in studied.ledger.notes.items() if entry.id == "card-1"]
    if own:
        note = note_of(learner, guid)
        note["My notes"] = "mine"
        learner.col.update_note(note)
    before = learner.rows("select guid, flds from notes order by guid")
    made = merge(export(learner), page)
    if made.get("text"):
        import_text(learner, made["text"])
    assert learner.rows("select guid, flds from notes order by guid") == before


def test_a_module_that_a_learner_threw_away_stays_away(learner, studied):
    gone = [note for note in studied.notes().values() if note.module.id == "two"]
    learner.col.remove_notes([note_of(learner, note.guid).id for note in gone])
    for card in studied.cards:
        card["words"] = f"edited{card['words']}"
    studied.publish()
    report, said = merged(learner, studied)
    assert said == {"updated": len(studied.notes()) - len(gone)}
    assert (report["gone"], report["fresh"]) == ([], [])
    assert not [note for note in gone if note_of(learner, note.guid)]


@pytest.mark.parametrize("edits", ["every", "none"])
def test_what_the_author_never_changed_stays_the_learner_s(learner, studied, edits):
    """Find and replace over all notes: the text update took back what nobody else had touched."""
    mine = {f"card-{n}": edit(learner, studied, f"card-{n}", Answer="mine") for n in range(12)}
    for id_ in mine if edits == "every" else ():
        studied.card(id_)["more"] = "explained"
    made = studied.publish()
    merged(learner, studied)
    take(learner, made["course.apkg"])
    for mine_ in mine.values():
        assert note_of(learner, mine_)["Answer"] == "mine"
        assert bool(note_of(learner, mine_)["Detail"]) == (edits == "every")


@pytest.mark.parametrize("name", ["Course", "Course::1 One"])
def test_cards_in_a_filtered_deck_of_the_course_s_name_are_updated_where_they_are(
    learner, studied, name
):
    """The text update failed whole: it named decks, and a filtered one takes no other cards."""
    deck = learner.col.decks.get(learner.col.decks.id(name))
    learner.col.decks.rename(deck, "Mine")
    learner.col.decks.new_filtered(name)
    filtered = learner.col.decks.id(name)
    learner.col.sched.rebuild_filtered_deck(filtered)
    assert learner.rows("select count() from cards where did = ?", filtered) != [[0]]
    where = learner.rows("select id, did, odid, queue, due from cards order by id")
    studied.card("card-1")["words"] = "edited"
    studied.publish()
    assert merged(learner, studied)[1] == {"updated": 1}
    assert learner.rows("select id, did, odid, queue, due from cards order by id") == where
    assert complaints(learner.col) == []


def test_a_number_that_is_gone_is_listed_by_empty_cards_and_the_others_are_not(learner, studied):
    note = note_of(learner, studied.notes()["cloze-card"].guid)
    edit(learner, studied, "cloze-card", My_notes="mine")
    studied.card("cloze-card")["parts"] = [1]
    studied.publish()
    merged(learner, studied)
    (found,) = learner.col.get_empty_cards().notes
    assert (found.note_id, found.will_delete_note) == (note.id, False)
    assert [learner.col.get_card(id_).ord for id_ in found.card_ids] == [1]


@pytest.mark.parametrize("boxes", [{}, {"guid": True}, {"guid": True, "notetype": True}, ALL])
def test_a_note_that_was_given_another_type_is_left_alone_or_rightly_updated(
    learner, studied, boxes
):
    """No package updates it any more; the page does, where the export names note and type."""
    guid = edit(learner, studied, "card-1", My_notes="mine")
    models = learner.col.models
    old, basic = models.by_name("Coursedeck question"), models.by_name("Basic")
    fields = {at: at if at < 2 else None for at in range(len(old["flds"]))}
    cards = {at: at or None for at in range(len(old["tmpls"]))} | {0: 0}
    models.change(old, [note_of(learner, guid).id], basic, fields, cards)
    for card in studied.cards:
        card["words"] = f"edited{card['words']}"
    made = studied.publish()
    merged(learner, studied, **boxes)
    assert take(learner, made["course.apkg"])["conflicting"] == 1
    note = note_of(learner, guid)
    known = boxes.get("guid") and boxes.get("notetype")
    words = ["Which one belongs to qedited1q?", "aedited1a"]
    assert note.fields == (words if known else ["Which one belongs to q1q?", "a1a"])
    others = [each for each in studied.notes().values() if each.guid != guid]
    assert all(note_of(learner, each.guid).fields == each.all_fields() for each in others)


UNSEEN = ["{}&nbsp;", "{}<br>", "{}<div><br></div>", " {}\u00a0<br><br>", "{}<div> </div>"]


@pytest.mark.parametrize("unseen", UNSEEN)
def test_a_change_that_nobody_sees_is_not_the_learner_s(learner, studied, unseen):
    for id_ in ("card-1", "card-2"):
        edit(learner, studied, id_, Answer=unseen.format(f"a{id_[-1]}a"))
    edit(learner, studied, "card-2", My_notes=unseen.format(""), Detail=unseen.format(""))
    studied.card("card-1")["words"] = "edited"
    studied.publish()
    report, said = merged(learner, studied)
    assert said == {"updated": 1}
    assert note_of(learner, studied.notes()["card-1"].guid)["Answer"] == "aediteda"
    assert not [each for each in report["told"] if each["kept"] or each["both"]]


def test_blanks_that_do_not_break_are_blanks(learner, studied):
    question = studied.notes()["card-1"].fields["Question"]
    for id_, blank in (("card-1", "&nbsp;"), ("card-2", "\u00a0")):
        words = studied.notes()[id_].fields["Question"].replace(" ", blank)
        edit(learner, studied, id_, Question=words)
        studied.card(id_)["words"] = "edited"
    edit(learner, studied, "card-3", Question=f"{question}<br>more")
    studied.publish()
    report, _ = merged(learner, studied)
    for id_ in ("card-1", "card-2"):
        note = studied.notes()[id_]
        assert note_of(learner, note.guid)["Question"] == note.fields["Question"]
    assert [each["id"] for each in report["told"] if each["kept"]] == ["card-3"]


def test_a_blank_that_the_author_made_unbreakable_arrives(learner, studied):
    studied.card("card-1")["words"] = "one two"
    take(learner, studied.publish()["course.apkg"])
    studied.card("card-1")["words"] = "one\u00a0two"
    studied.publish()
    assert merged(learner, studied)[1] == {"updated": 1}
    note = studied.notes()["card-1"]
    assert note_of(learner, note.guid)["Answer"] == note.fields["Answer"]
    assert "\u00a0" in note.fields["Answer"]


@pytest.mark.parametrize(
    ("deck", "lacking"), [("Course::1 One", "2 Two"), ("Course::2 Two", "1 One")]
)
def test_a_module_that_is_not_in_the_file_is_named(learner, studied, deck, lacking):
    studied.freeze("1.0.0")
    studied.modules["three"] = "3 Three"  # nobody has what is new
    studied.cards.append({**questions(1)[0], "id": "card-new", "module": "three"})
    studied.version = "1.1.0"
    studied.publish()
    limit = DeckIdLimit(learner.col.decks.id(deck))
    made = merge(export(learner, limit), data_of(studied))
    assert made["report"]["lacking"] == [lacking]
    assert merged(learner, studied)[0]["lacking"] == []


def test_an_update_that_was_taken_is_told_so_until_something_changes(learner, studied):
    edit(learner, studied, "card-1", My_notes="mine")
    assert [merged(learner, studied)[0]["taken"] for _ in range(3)] == [False, True, True]
    edit(learner, studied, "card-2", My_notes="mine")
    assert not merged(learner, studied)[0]["taken"]
