"""What `merge.js` makes of exports of learners who changed our note types: fields moved, added, removed, renamed, types renamed."""

import pytest
from author import note_of, questions, take
from conftest import some
from coursedeck.kinds.all import NOTE_TYPES
from merging import ALL, TICKED, edit, merged, models_of, move

pytestmark = pytest.mark.slow


def add(learner, place):
    for model in models_of(learner):
        field = learner.col.models.new_field("Own")
        learner.col.models.add_field(model, field)
        learner.col.models.reposition_field(model, field, place)
        learner.col.models.update_dict(model)


SPARES = ("Spare 1", "Spare 2", "Labels", "Description", "Link")


def remove(learner, *names):
    for model in models_of(learner):
        for field in [f for f in model["flds"] if f["name"] in names]:
            learner.col.models.remove_field(model, field)
        learner.col.models.update_dict(model)


def rename(learner, *names):
    for model in models_of(learner):
        for field in [f for f in model["flds"] if f["name"] in names]:
            learner.col.models.rename_field(model, field, f"{field['name']} of mine")
        learner.col.models.update_dict(model)


def rename_types(learner):
    for model in models_of(learner):
        model["name"] = f"My {model['name']}"
        learner.col.models.update_dict(model)


def shadow_types(learner):
    """The types get other names, and types of the learner's own get those."""
    for note_type in NOTE_TYPES.values():
        model = learner.col.models.by_name(note_type.name)
        model["name"] = f"My {model['name']}"
        learner.col.models.update_dict(model)
        own = learner.col.models.copy(learner.col.models.by_name("Basic"), add=False)
        own["name"] = note_type.name
        learner.col.models.add_dict(own)


def everything(learner):
    move(learner, "My notes", 3)
    add(learner, 2)
    remove(learner, *SPARES)
    rename(learner, "Source", "Topic")
    rename_types(learner)


LEARNERS = {
    "untouched": lambda _: None,
    "moved": lambda learner: move(learner, "My notes", 3),
    "added in the middle": lambda learner: add(learner, 2),
    "three removed": lambda learner: remove(learner, *SPARES),
    "two renamed": lambda learner: rename(learner, "Source", "Topic"),
    "type renamed": rename_types,
    "type shadowed": shadow_types,
    "another first": lambda learner: move(learner, "Context", 0),
    "all together": everything,
}


@pytest.mark.parametrize("name", ["Topic", "Language", "Source", "Spare 1"])
def test_a_retirement_finds_its_fields_though_others_were_moved_beside_the_id(
    learner, retiring, name
):
    """A retired note's first field holds its `Id`, as the field `Id` does."""
    for model in models_of(learner):
        names = [field["name"] for field in model["flds"]]
        if name not in names:
            continue  # a drawing has taken it into use
        place = names.index("Id") - (names.index(name) < names.index("Id"))
        learner.col.models.reposition_field(model, model["flds"][names.index(name)], place)
        learner.col.models.update_dict(model)
    learner.col.models._clear_cache()
    report, _ = merged(learner, retiring)
    assert [each["id"] for each in report["told"] if each["left"]] == ["card-1"]
    assert not any(each["missing"] for each in report["told"])


def add_beside(learner, name, before=False):
    """A field of the learner's own, empty everywhere, beside one of ours."""
    for model in models_of(learner):
        names = [field["name"] for field in model["flds"]]
        if name in names:
            field = learner.col.models.new_field("Own")
            learner.col.models.add_field(model, field)
            learner.col.models.reposition_field(model, field, names.index(name) + (not before))
            learner.col.models.update_dict(model)


OWN_FIELDS = {
    "none": lambda _: None,
    "before Id": lambda learner: add_beside(learner, "Id", before=True),
    "after Retired": lambda learner: add_beside(learner, "Retired"),
    "after Answer": lambda learner: add_beside(learner, "Answer"),
    "at the end": lambda learner: add_beside(learner, "My notes"),
    "in place of spares": lambda learner: remove(learner, *SPARES[:-1]),
}


def _guid(author, id_):
    """The guid of a note, retired or not."""
    return next(guid for guid, entry in author.ledger.notes.items() if entry.id == id_)


def fields_of(learner):
    """The fields of every note by guid and name."""
    learner.col.models._clear_cache()
    notes = [learner.col.get_note(id_) for id_ in learner.col.find_notes("")]
    return {note.guid: dict(note.items()) for note in notes}


@pytest.mark.parametrize("boxes", [{}, ALL], ids=["default", "all"])
@pytest.mark.parametrize("own", some(["after Id", "after Id and a spare removed", *OWN_FIELDS], 3))
def test_a_retirement_empties_no_note_and_fills_no_field_where_the_column_may_be_the_learner_s(
    learner, retiring, own, boxes
):
    """The reason went into the learner's field; the notes were emptied, and their cards stayed. A drawing's labels stand right of
    `Retired`, so that its place is known without asking.
    """
    if own.startswith("after Id"):
        add_beside(learner, "Id")
        if own != "after Id":
            remove(learner, "Link")
    else:
        OWN_FIELDS[own](learner)
    before = fields_of(learner)
    report, _ = merged(learner, retiring, sure=False, **boxes)
    after = fields_of(learner)
    drawing = _guid(retiring, "diagram-card")
    known = own not in {"after Retired", "in place of spares"} and "after Id" not in own
    assert bool(after[drawing]["Retired"]) == known
    assert not any(values.get("Own") for values in after.values())
    assert {guid: after[guid] for guid in after if guid != drawing or not known} == {
        guid: before[guid] for guid in before if guid != drawing or not known
    }
    left = [each["left"] for each in report["told"] if each["retired"] and each["left"]]
    assert sorted(set(left)) == ["closed", "own"]
    assert left.count("own") == 1
    assert len(learner.col.get_empty_cards().notes) == known


# When a field is deleted, Anki 23.10 writes the first field under each front, outside of what `Retired` shuts: those cards are
# never empty there.
@pytest.mark.newest
@pytest.mark.parametrize("own", some(OWN_FIELDS, 2))
def test_a_retirement_closes_cards_where_the_learner_says_that_retired_follows_id(
    learner, retiring, own
):
    OWN_FIELDS[own](learner)
    learner.col.models._clear_cache()
    merged(learner, retiring)
    fields = fields_of(learner)
    ended = {g for g, e in retiring.ledger.notes.items() if e.retired and e.id != "card-1"}
    assert {found.note_id for found in learner.col.get_empty_cards().notes} == {
        note_of(learner, guid).id for guid in ended
    }
    assert all(fields[guid]["Retired"] for guid in ended)
    assert not any(values.get("Own") for values in fields.values())


def test_a_closed_card_in_the_file_shows_where_the_others_are_closed(learner, studied):
    studied.freeze("1.0.0")
    studied.retire("card-1")
    take(learner, studied.publish()["course-retired.apkg"])
    add_beside(learner, "Id")
    learner.col.models._clear_cache()
    studied.freeze("1.1.0")
    guid_ = studied.notes()["card-2"].guid
    studied.retire("card-2")
    studied.publish()
    merged(learner, studied, sure=False)
    note = note_of(learner, guid_)
    assert (bool(note["Retired"]), note["Own"]) == (True, "")


def test_what_the_page_leaves_open_the_retired_package_closes_but_for_what_the_learner_wrote_on(
    learner, retiring
):
    """Anki knows by itself which field is `Retired`; what the page wrote is newer than the package."""
    merged(learner, retiring, sure=False)
    assert len(learner.col.get_empty_cards().notes) == 1  # the drawing
    take(learner, retiring.publish()["course-retired.apkg"])
    ended = {e.id: note_of(learner, g) for g, e in retiring.ledger.notes.items() if e.retired}
    touched = ("card-1", "card-2", "pair-card")
    closed = {note.id for id_, note in ended.items() if id_ not in touched}
    assert {found.note_id for found in learner.col.get_empty_cards().notes} == closed
    written = ended["card-1"]
    assert (written["My notes"], written["Retired"]) == ("mine", "")


@pytest.mark.parametrize("beside", ["Answer", "Detail"])
def test_words_for_a_field_that_was_always_empty_never_go_into_one_of_the_learner_s(
    learner, studied, beside
):
    add_beside(learner, beside)
    learner.col.models._clear_cache()
    for card in studied.cards:
        card["more"] = "explained"
    studied.publish()
    report, _ = merged(learner, studied)
    assert not any(values.get("Own") for values in fields_of(learner).values())
    lacking = {each["id"]: each["missing"] for each in report["told"]}
    assert [each["name"] for each in lacking["card-1"]] == ["Detail"]


@pytest.mark.parametrize("first", ["Answer", "Detail"])
def test_a_retired_note_has_its_id_in_the_first_field_whichever_that_is(learner, studied, first):
    """Anki skips a row whose first cell is empty."""
    studied.card("card-5")["more"] = "explained"  # so that the file shows which field is `Detail`
    take(learner, studied.publish()["course.apkg"])
    studied.freeze("1.0.0")
    for model in models_of(learner):
        names = [field["name"] for field in model["flds"]]
        if first in names:
            field = model["flds"][names.index(first)]
            learner.col.models.reposition_field(model, field, 0)
            learner.col.models.update_dict(model)
    learner.col.models._clear_cache()
    guid_ = studied.notes()["card-1"].guid
    studied.retire("card-1")
    studied.publish()
    assert merged(learner, studied)[1] == {"updated": 1}
    note = note_of(learner, guid_)
    assert (note.fields[0], note["Question"], bool(note["Retired"])) == ("card-1", "card-1", True)
    assert learner.col.get_empty_cards().notes
    assert merged(learner, studied)[1] == {}  # the id is no word of the learner's
    studied.retired.clear()
    studied.cards.append(questions(2)[1])
    studied.publish()
    merged(learner, studied)
    if first == "Detail":  # it is empty again, and Anki skips the row: the page says so
        report, said = merged(learner, studied)
        left = {each["id"]: each["left"] for each in report["told"]}
        assert (left["card-1"], said) == ("empty", {})
    else:
        assert note_of(learner, guid_)["Question"] == "Which one belongs to q1q?"


def test_notes_with_an_empty_field_of_the_learner_s_in_the_first_place_are_told(learner, retiring):
    add(learner, 0)
    learner.col.models._clear_cache()
    retiring.card("card-9")["words"] = "edited"
    retiring.publish()
    before = fields_of(learner)
    report, said = merged(learner, retiring)
    assert said == {}
    assert fields_of(learner) == before
    assert "card-9" in [each["id"] for each in report["told"] if each["left"] == "empty"]


@pytest.mark.parametrize("boxes", some(TICKED, 2), ids=str)
@pytest.mark.parametrize("own", ["My notes", "Own"])
@pytest.mark.parametrize("name", ["Left", "Right"])
def test_published_words_that_a_learner_keeps_elsewhere_stay_there(
    learner, studied, name, own, boxes
):
    """There is one note of the type, and whoever edits a field may first copy what stood in it."""
    studied.freeze("1.0.0")
    if own == "Own":
        add(learner, 3)
    note = note_of(learner, studied.notes()["pair-card"].guid)
    before, note[own], note[name] = note[name], note[name], "my own words"
    learner.col.update_note(note)
    studied.card("pair-card")["words"] = 77
    studied.publish()
    report, _ = merged(learner, studied, **boxes)
    note = note_of(learner, note.guid)
    assert (note[own], note[name]) == (before, "my own words")
    words = {"Left": "l77l", "Right": "r77r"}
    assert [note[each] for each in words if each != name] == [words[e] for e in words if e != name]
    (told,) = [each for each in report["told"] if each["id"] == "pair-card"]
    assert [each["name"] for each in told["both"]] == [name]


@pytest.mark.parametrize("moves", [[("Right", 0), ("Left", 5)], [("Source", 6)], [("Topic", 5)]])
def test_a_field_that_was_moved_in_a_type_of_one_note_is_found(learner, studied, moves):
    """Even beside one that was always empty."""
    studied.freeze("1.0.0")
    for name, place in moves:
        move(learner, name, place)
    studied.card("pair-card")["words"] = 77
    studied.publish()
    report, _ = merged(learner, studied)
    note = note_of(learner, studied.notes()["pair-card"].guid)
    assert (note["Left"], note["Right"]) == ("l77l", "r77r")
    (told,) = [each for each in report["told"] if each["id"] == "pair-card"]
    assert told["kept"] + told["both"] + told["missing"] == []


@pytest.mark.parametrize("boxes", [ALL, {}, {"guid": True}], ids=["all", "default", "guid"])
@pytest.mark.parametrize("kind", some(LEARNERS, 4))
def test_whatever_a_learner_did_to_our_note_types_the_merge_is_right(learner, studied, kind, boxes):
    for number in range(6):
        edit(learner, studied, f"card-{number}", My_notes=f"mine {number}")
    LEARNERS[kind](learner)
    learner.col.models._clear_cache()
    guid_ = studied.notes()["card-6"].guid
    mine = note_of(learner, guid_)
    mine["Detail"] = "my detail"
    mine.add_tag("own")
    learner.col.update_note(mine)
    for card in studied.cards:
        card["words"] = f"edited{card['words']}"
    made = studied.publish()
    report, said = merged(learner, studied, **boxes)
    count = len(studied.notes())
    assert said == {"updated": count}
    assert not any(each["left"] for each in report["told"])
    take(learner, made["course.apkg"])
    for note in studied.notes().values():
        held = note_of(learner, note.guid)
        values = dict(zip(held.keys(), held.fields, strict=True))
        for name, value in note.fields.items():
            removed = kind in {"three removed", "all together"} and name in SPARES
            if (note.guid, name) != (guid_, "Detail") and not removed:
                assert values.get(name, values.get(f"{name} of mine")) == value
    held = note_of(learner, guid_)
    assert (held["Detail"], held.has_tag("own")) == ("my detail", True)
    for number in range(6):
        assert (
            note_of(learner, studied.notes()[f"card-{number}"].guid)["My notes"] == f"mine {number}"
        )
    assert len(learner.rows("select * from revlog")) == 10
