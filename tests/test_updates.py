"""What an update does to someone who has studied, in the real Anki, under default options."""

import json
import shutil
import sqlite3
import time
import zipfile
from collections import defaultdict
from dataclasses import replace
from io import BytesIO

import pytest
from author import (
    KEEPS_DATES,
    START,
    Author,
    complaints,
    note_of,
    one_of_each,
    questions,
    review,
    take,
)
from conftest import COURSES, ROOT, run
from coursedeck import build
from coursedeck.identity import DAY
from coursedeck.kinds.all import NOTE_TYPES
from coursedeck.kinds.notetype import NoteType, Template
from coursedeck.notes import Shown, notes_of
from coursedeck.order import dues
from coursedeck.published import ledger as ledgers

pytestmark = pytest.mark.slow

NAMES = {note_type.name for note_type in NOTE_TYPES.values()}


def studied(learner, author, count=20):
    """The learner has the course and has answered some of its cards."""
    made = author.publish()
    take(learner, made["course.apkg"])
    for (card_id,) in learner.rows("select id from cards order by id limit ?", count):
        review(learner, card_id)
    return made


def note_types(learner):
    names = {found.name for found in learner.col.models.all_names_and_ids()}
    return {name for name in names if name.startswith("Coursedeck")}


def test_one_edit_among_two_hundred_notes_updates_that_note_and_leaves_the_rest(learner):
    author = Author(questions(200))
    studied(learner, author)
    author.card("card-7")["words"] = "edited"
    assert take(learner, author.publish()["course.apkg"]) == {"updated": 1, "duplicate": 199}
    assert note_of(learner, author.notes()["card-7"].guid)["Answer"] == "aediteda"
    assert learner.rows("select count() from revlog") == [[20]]


@pytest.mark.parametrize(
    "wait", [0, 86_400 * 400, -86_400 * 300], ids=["at once", "later", "earlier"]
)
def test_a_rebuild_without_changes_updates_nothing_whatever_the_clock_says(learner, wait):
    author = Author(questions(200))
    made = studied(learner, author)
    again = author.publish(wait)
    assert again == made
    assert take(learner, again["course.apkg"]) == {"duplicate": 200}


@pytest.mark.skipif(not KEEPS_DATES, reason="this Anki dates an updated note by its own clock")
def test_an_edit_arrives_though_the_clock_of_the_author_runs_behind(learner):
    author = Author(questions(3))
    studied(learner, author)
    for words in ("once", "twice"):
        author.card("card-1")["words"] = words
        assert take(learner, author.publish(-86_400)["course.apkg"]) == {
            "updated": 1,
            "duplicate": 2,
        }
        assert note_of(learner, author.notes()["card-1"].guid)["Answer"] == f"a{words}a"


def test_what_a_learner_wrote_on_an_unedited_note_survives_the_package(learner):
    author = Author(one_of_each())
    studied(learner, author)
    note = note_of(learner, author.notes()["ask-card"].guid)
    note["Answer"], note["My notes"] = "my own answer", "mine"
    note.add_tag("own")
    learner.col.update_note(note)
    author.card("pair-card")["words"] = "edited"
    take(learner, author.publish()["course.apkg"])
    kept = note_of(learner, note.guid)
    assert (kept["Answer"], kept["My notes"], kept.has_tag("own")) == (
        "my own answer",
        "mine",
        True,
    )


def test_the_style_that_a_learner_made_survives_until_ours_changes(learner, monkeypatch):
    author = Author(one_of_each())
    studied(learner, author)
    model = learner.col.models.by_name("Coursedeck question")
    model["css"] = ".card { color: red }"
    learner.col.models.update_dict(model)
    author.card("ask-card")["words"] = "edited"
    take(learner, author.publish()["course.apkg"])
    assert learner.col.models.by_name("Coursedeck question")["css"] == ".card { color: red }"
    monkeypatch.setattr(NoteType, "css", property(lambda _: ".card { color: blue }"))
    monkeypatch.setattr(ledgers, "DATED", int(time.time()) + 60)
    take(learner, author.publish()["course.apkg"])
    assert learner.col.models.by_name("Coursedeck question")["css"] == ".card { color: blue }"
    assert note_types(learner) <= NAMES


def test_new_templates_arrive_when_our_note_type_is_newer(learner, monkeypatch):
    author = Author(one_of_each())
    studied(learner, author)
    monkeypatch.setattr(NoteType, "css", property(lambda _: ".card { color: blue }"))
    assert set(take(learner, author.publish()["course.apkg"])) == {"duplicate"}
    assert learner.col.models.by_name("Coursedeck pair")["css"] == ".card { color: blue }"


def turned_round(author, monkeypatch, field, ids):
    """A later release of the generator that fills a spare field of some notes and asks its card."""

    def notes_with_a_reverse(course):
        for note in notes_of(course):
            face = replace(note.faces[0], ordinal=1)
            shown = Shown(note.fields | {field: "Reverse?"}, note.media, note.tags)
            more = replace(note, shown=lambda shown=shown: shown, faces=(*note.faces, face))
            yield more if note.id in ids else note

    author.notes_of = lambda course: tuple(notes_with_a_reverse(course))
    monkeypatch.setattr(build, "dues", lambda course: defaultdict(int, dues(course)))


def reverse_fronts(learner):
    found = learner.rows("select id from cards where ord = 1")
    return [learner.col.get_card(card_id).question() for (card_id,) in found]


HISTORY = "select id, nid, ord, ivl, due, reps from cards where ord = 0 order by id"


def test_a_spare_field_filled_later_makes_the_spare_card_and_keeps_the_history(
    learner, monkeypatch
):
    """The spare template is gated on the field `Spare 1`: filling it switches the card on."""
    author = Author(questions(5))
    studied(learner, author, 5)
    before = learner.rows(HISTORY)
    turned_round(author, monkeypatch, "Spare 1", {"card-2"})
    assert take(learner, author.publish()["course.apkg"]) == {"updated": 1, "duplicate": 4}
    (front,) = reverse_fronts(learner)
    assert "Reverse?" in front
    assert learner.rows(HISTORY) == before
    assert learner.rows("select count() from revlog") == [[5]]
    assert note_types(learner) == {"Coursedeck question"}
    assert not learner.col.get_empty_cards().notes
    assert complaints(learner.col) == []


def test_a_spare_field_and_template_can_be_renamed_and_rewritten_later(learner, monkeypatch):
    """Their ids stay; so Anki sees the same field and template under a better name."""
    author = Author(questions(5))
    studied(learner, author, 5)
    before = learner.rows(HISTORY)
    old = NOTE_TYPES["ask"]
    later = replace(old, templates=(old.templates[0], replace(old.templates[1], name="Reverse")))
    fields, front = NoteType.fields.fget, Template.front.fget
    monkeypatch.setitem(NOTE_TYPES, "ask", later)
    monkeypatch.setattr(
        NoteType,
        "fields",
        property(lambda self: tuple(f.replace("Spare 1", "Reverse") for f in fields(self))),
    )
    monkeypatch.setattr(
        Template, "front", property(lambda self: front(self).replace("Spare 1", "Reverse"))
    )
    turned_round(author, monkeypatch, "Reverse", {f"card-{n}" for n in range(5)})
    assert take(learner, author.publish()["course.apkg"]) == {"updated": 5}
    assert note_types(learner) == {"Coursedeck question"}
    model = learner.col.models.by_name("Coursedeck question")
    assert [field["name"] for field in model["flds"]] == list(later.fields)
    assert "Reverse" in later.fields
    assert [template["name"] for template in model["tmpls"]] == ["Question", "Reverse"]
    assert ["Reverse?" in text for text in reverse_fronts(learner)] == [True] * 5
    assert learner.rows(HISTORY) == before
    assert learner.rows("select count() from revlog") == [[5]]


# --- retirement ----------------------------------------------------------------------------------


@pytest.fixture
def retiring():
    """An author, and what was published before and after every kind of card was retired."""
    author = Author([*one_of_each(), *questions(2)])
    before = author.publish()
    author.freeze("1.0.0")
    for card in one_of_each():
        author.retire(card["id"], "It was wrong.")
    return author, before, author.publish()


def test_retired_cards_go_blank_and_empty_cards_removes_them_and_nothing_else(learner, retiring):
    author, before, after = retiring
    take(learner, before["course.apkg"])
    for (card_id,) in learner.rows("select id from cards order by id"):
        review(learner, card_id)
    log = learner.rows("select * from revlog")
    retired = len(author.ledger.notes) - 2
    take(learner, after["course.apkg"])
    assert take(learner, after["course-retired.apkg"]) == {"updated": retired}
    report = learner.col.get_empty_cards()
    assert len(report.notes) == retired
    assert all(found.will_delete_note for found in report.notes)
    learner.col.remove_cards_and_orphaned_notes(
        [c for found in report.notes for c in found.card_ids]
    )
    assert learner.col.note_count() == learner.col.card_count() == 2
    assert learner.rows("select * from revlog") == log
    assert complaints(learner.col) == []
    assert learner.col.card_count() == 2


def test_new_learners_never_see_a_retired_card_not_even_after_check_database(learner, retiring):
    _, _, after = retiring
    assert take(learner, after["course.apkg"]) == {"new": 2}
    assert complaints(learner.col) == []
    assert learner.col.card_count() == learner.col.note_count() == 2


def test_a_retired_package_taken_needlessly_leaves_nothing_that_empty_cards_does_not_remove(
    learner, retiring
):
    """Why the retired notes are not in the course's package: Check Database gives each a blank card."""
    author, _, after = retiring
    take(learner, after["course.apkg"])
    take(learner, after["course-retired.apkg"])
    assert learner.col.card_count() == 2
    assert complaints(learner.col) == []
    assert learner.col.card_count() == len(author.ledger.notes)
    empty = [c for found in learner.col.get_empty_cards().notes for c in found.card_ids]
    learner.col.remove_cards_and_orphaned_notes(empty)
    assert learner.col.card_count() == learner.col.note_count() == 2


def test_the_retired_package_is_the_same_from_a_ledger_in_any_order(retiring):
    author, _, after = retiring
    backwards = dict(reversed(author.ledger.notes.items()))
    author.ledger = replace(author.ledger, notes=backwards)
    assert author.publish() == after


def test_there_is_no_retired_package_where_nothing_was_retired():
    assert "course-retired.apkg" not in Author(questions(1)).publish()


def test_a_card_of_another_kind_is_a_new_card_and_the_old_one_is_retired(learner):
    author = Author(one_of_each())
    studied(learner, author)
    author.freeze("1.0.0")
    author.card("ask-card")["kind"] = "sort"
    made = author.publish()
    assert take(learner, made["course.apkg"])["new"] == 2
    assert take(learner, made["course-retired.apkg"]) == {"updated": 1}
    (empty,) = learner.col.get_empty_cards().notes
    assert learner.col.get_note(empty.note_id)["Id"] == "ask-card"
    assert note_types(learner) <= NAMES


def test_a_card_that_gets_its_old_kind_back_takes_up_its_history_again(learner):
    author = Author(one_of_each())
    author.now = int(time.time())
    studied(learner, author)
    author.freeze("1.0.0")
    guid = author.notes()["ask-card"].guid
    author.card("ask-card")["kind"] = "cloze"
    made = author.publish()
    take(learner, made["course-retired.apkg"])
    author.card("ask-card")["kind"] = "ask"
    take(learner, author.publish()["course.apkg"])
    note = note_of(learner, guid)
    assert note["Retired"] == ""
    assert note.cards()[0].reps == 1
    assert "Which one" in note.cards()[0].question()


def test_empty_cards_with_its_default_leaves_a_blank_card_of_each_retired_note(learner, retiring):
    """Why the learner is told to switch “Keep notes with no valid cards” off."""
    author, before, after = retiring
    take(learner, before["course.apkg"])
    take(learner, after["course-retired.apkg"])
    for found in learner.col.get_empty_cards().notes:
        learner.col.remove_cards_and_orphaned_notes(list(found.card_ids[1:]))
    assert learner.col.note_count() == len(author.ledger.notes)


# --- what Anki does, and the learner is told of --------------------------------------------------


def test_a_note_type_to_which_a_learner_added_a_field_conflicts_and_loses_nothing(learner):
    author = Author(questions(3))
    studied(learner, author)
    model = learner.col.models.by_name("Coursedeck question")
    learner.col.models.add_field(model, learner.col.models.new_field("Own"))
    learner.col.models.update_dict(model)
    before = learner.rows("select guid, flds from notes")
    author.card("card-1")["words"] = "edited"
    author.now = int(time.time())
    assert take(learner, author.publish()["course.apkg"])["conflicting"]
    assert learner.rows("select guid, flds from notes") == before
    assert learner.rows("select count() from revlog") == [[3]]


def test_a_deleted_note_comes_back_with_the_next_package(learner):
    author = Author(questions(3))
    made = studied(learner, author)
    learner.col.remove_notes([note_of(learner, author.notes()["card-1"].guid).id])
    assert take(learner, made["course.apkg"]) == {"new": 1, "duplicate": 2}


def test_a_renamed_deck_leaves_the_cards_that_a_learner_has_where_they_are(learner):
    author = Author(questions(3))
    studied(learner, author)
    author.modules["one"] = "1 Another name"
    author.cards += questions(4)[3:]
    take(learner, author.publish()["course.apkg"])
    decks = [learner.col.decks.name(did) for (did,) in learner.rows("select did from cards")]
    assert sorted(decks) == ["Course::1 Another name", *["Course::1 One"] * 3]


def test_a_changed_drawing_arrives_under_a_new_name_and_the_old_one_is_of_no_more_use(learner):
    author = Author(one_of_each())
    studied(learner, author)
    author.card("diagram-card")["words"] = "edited"
    take(learner, author.publish()["course.apkg"])
    report = learner.col.media.check()
    assert not report.missing
    assert len(report.unused) == 1


# --- the packages --------------------------------------------------------------------------------


def rows(package, sql):
    connection = sqlite3.connect(":memory:")
    with zipfile.ZipFile(BytesIO(package)) as archive:
        connection.deserialize(archive.read("collection.anki2"))
    return connection.execute(sql).fetchall()


def test_the_version_stands_on_the_deck_and_changes_no_note(learner):
    author = Author(questions(3))
    studied(learner, author)
    author.version = "2.0.0"
    made = author.publish()["course.apkg"]
    assert take(learner, made) == {"duplicate": 3}
    assert "A course 2.0.0 · 2026-01-02" in learner.col.decks.by_name("Course")["desc"]


def test_descriptions_of_decks_are_the_author_s_and_all_else_of_decks_the_learner_s(
    learner,
):
    author = Author(questions(3))
    studied(learner, author)
    preset = learner.col.decks.add_config_returning_id("Mine")
    for name in ("Course", "Course::1 One"):
        deck = learner.col.decks.by_name(name)
        deck |= {"desc": "mine", "conf": preset, "collapsed": True}
        learner.col.decks.save(deck)
    author.card("card-1")["words"] = "edited"
    take(learner, author.publish()["course.apkg"])
    for name in ("Course", "Course::1 One"):
        deck = learner.col.decks.by_name(name)
        assert (deck["conf"], deck["collapsed"]) == (preset, True)
        assert deck["desc"] != "mine"


def test_a_card_that_joins_a_released_course_was_added_on_the_day_of_its_first_build(learner):
    author = Author(questions(3))
    studied(learner, author)
    author.freeze("1.0.0")
    author.cards.append({"id": "late", "module": "one", "kind": "ask", "words": "late"})
    take(learner, author.publish()["course.apkg"])
    note = learner.col.find_notes("Id:late")
    (day,) = [id_ // 1000 // DAY for id_ in note]
    assert day == author.now // DAY
    author.freeze("1.1.0")
    author.card("late")["words"] = "later"
    take(learner, author.publish()["course.apkg"])
    assert learner.col.find_notes("Id:late") == note


def test_first_publication_is_dated_by_the_course_and_a_change_by_the_clock():
    author = Author(questions(2))
    assert {mod for (mod,) in rows(author.publish()["course.apkg"], "select mod from notes")} == {
        1767312000
    }
    author.card("card-1")["words"] = "edited"
    mods = rows(author.publish()["course.apkg"], "select mod from notes order by mod")
    assert mods == [(1767312000,), (author.now,)]
    assert author.now > START


@pytest.mark.parametrize("order", ["old program first", "new program first"])
@pytest.mark.parametrize("date", ["2026-01-01", "2026-11-24"])
def test_the_newest_program_s_style_holds_whichever_course_comes_last(
    learner, monkeypatch, order, date
):
    """Two courses share the types; dated by the course, the older program's style came back with the later date."""
    old, new = Author(questions(1)), Author(questions(1))
    old.key, old.deck = "old-key", "Old"
    about = old._about
    old._about = lambda: about() | {"date": date}
    packages = {"old": old.publish()["course.apkg"]}
    monkeypatch.setattr(NoteType, "css", property(lambda _: ".card { color: blue }"))
    monkeypatch.setattr(ledgers, "DATED", ledgers.DATED + 1000)
    packages["new"] = new.publish()["course.apkg"]
    for name in ("old", "new") if order.startswith("old") else ("new", "old"):
        assert take(learner, packages[name]) == {"new": 1}
    for _ in range(2):
        assert learner.col.models.by_name("Coursedeck question")["css"] == ".card { color: blue }"
        take(learner, packages["old"])


@pytest.mark.parametrize("change", ["nothing", "other words"])
def test_what_is_written_on_a_course_of_tomorrow_survives_the_same_package(learner, change):
    """Where it is morning already, the day of the course is one that Greenwich has not seen."""
    author = Author(questions(3))
    # The second package is dated a second later, and the learner writes after both.
    author.now = int(time.time()) - 5
    tomorrow = time.strftime("%Y-%m-%d", time.gmtime(author.now + DAY))
    about = author._about
    author._about = lambda: about() | {"date": tomorrow}
    made = author.publish(0)["course.apkg"]
    if change == "other words":
        take(learner, made)
        author.card("card-1")["words"] = "edited"
        made = author.publish(0)["course.apkg"]
    take(learner, made)
    note = note_of(learner, author.notes()["card-1"].guid)
    note["My notes"] = "mine"
    learner.col.update_note(note)
    assert take(learner, made) == {"duplicate": 3}
    assert note_of(learner, note.guid)["My notes"] == "mine"


def test_a_note_type_is_dated_by_the_program_and_by_no_course(monkeypatch):
    """All courses share the types: dated by each course, an old program's style would replace a newer one's."""
    author = Author(questions(1))
    author.publish()
    css = NoteType.css.fget
    monkeypatch.setattr(
        NoteType, "css", property(lambda self: "" if self.kind == "ask" else css(self))
    )
    ((models,),) = rows(author.publish()["course.apkg"], "select models from col")
    dates = {model["name"]: model["mod"] for model in json.loads(models).values()}
    assert dates.pop("Coursedeck question") == ledgers.DATED + 1
    assert set(dates.values()) <= {ledgers.DATED}


def test_from_the_first_edition_on_each_change_arrives_with_no_card_more(learner, tmp_path):
    """Another sort field dated all notes of a type anew, and Anki then left their changes out; where a field got another name,
    Anki 23.10 put the first one under each front, which gave 276 more cards.
    """
    published = ROOT / "tests" / "published" / "1.0.0"
    learner.imports(published / "four-disciplines.apkg")
    cards = set(learner.col.find_cards(""))
    shutil.copytree(COURSES / "first-edition", tmp_path / "course")
    shutil.copy(published / "ledger.json", tmp_path / "course")
    run("build", tmp_path / "course", "--out", tmp_path / "out", "--only", "anki")
    package = tmp_path / "out" / "four-disciplines.apkg"
    assert learner.imports(package).keys() == {"updated", "duplicate"}
    assert set(learner.col.find_cards("")) == cards
    with zipfile.ZipFile(package) as archive:
        connection = sqlite3.connect(":memory:")
        connection.deserialize(archive.read("collection.anki2"))
    new = connection.execute("select guid, flds from notes").fetchall()
    assert dict(learner.rows("select guid, flds from notes")) == dict(new)
    ((models,),) = connection.execute("select models from col").fetchall()
    for model in json.loads(models).values():
        held = learner.col.models.get(model["id"])
        assert [each["qfmt"] for each in held["tmpls"]] == [each["qfmt"] for each in model["tmpls"]]
        assert [each["name"] for each in held["flds"]] == [each["name"] for each in model["flds"]]
