"""Identity: guids, ids through renames in both directions, tags. See test_updates.py for what learners notice."""

import pytest
from coursedeck.identity import ALPHABET, card_of, guid, module_of, names, tags
from hypothesis import given
from hypothesis import strategies as st
from tables import with_each

IDS = st.from_regex(r"[a-c]{1,2}(\.[pq])?", fullmatch=True)


def test_a_guid_hangs_on_course_id_and_kind_and_is_written_in_ankis_alphabet():
    one = guid("course", "card", "ask")
    assert one == guid("course", "card", "ask")
    others = [
        guid("other", "card", "ask"),
        guid("course", "c", "ask"),
        guid("course", "card", "sort"),
    ]
    assert len({one, *others}) == 4
    assert set(one) <= set(ALPHABET)


def test_the_card_of_a_note_is_what_stands_before_its_item():
    assert card_of("stufen.grund") == card_of("stufen") == "stufen"


RENAMED = {"a": "b", "b": "c", "c.p": "c.q"}


@with_each(
    ("note", "found"),
    [
        ("x", ["x"]),
        ("a", ["a", "b", "c"]),
        ("a.r", ["a.r", "b.r", "c.r"]),
        ("b.p", ["b.p", "c.p", "c.q"]),
    ],
)
def test_a_name_follows_the_renames_of_its_note_and_of_its_card(note, found):
    assert names(note, RENAMED) == found
    earlier = {new: old for old, new in RENAMED.items()}
    assert names(found[-1], earlier)[-1] in ("x", "a", "a.r", "a.p")


def test_one_rename_of_a_card_may_be_on_the_way_of_a_note_twice():
    """The way back must end where it began, or the note would get another guid."""
    renamed = {"a": "b", "b.p": "a.q"}
    assert names("a.p", renamed) == ["a.p", "b.p", "a.q", "b.q"]
    assert names("b.q", {new: old for old, new in renamed.items()})[-1] == "a.p"


@pytest.mark.slow
@given(IDS, st.dictionaries(IDS, IDS))
def test_renames_that_run_in_a_circle_come_to_an_end(note, renamed):
    found = names(note, renamed)
    assert found[0] == note
    assert len(set(found)) == len(found)


@with_each("module", ["grundlagen", "lens"])
@with_each("own", [(), ("verb",), ("unit::3", "verb")])
def test_tags_name_the_module_again(module, own):
    modules = {"grundlagen", "lens"}
    assert module_of(tags("course", module, "definition", "definition", own), modules) == module
    assert module_of(sorted(tags("course", module, "zweck", "cause", own)), modules) == module
    assert module_of(tags("course", module, "zweck", None, own), {module}) == module


@with_each("odd", [[], ["one"], ["a::b::c", "a::d::e"], ["a::x"], ["a::b::c::d"]])
def test_other_tags_name_no_module(odd):
    assert module_of(odd, {"b", "d"}) == ""


def test_all_tags_of_a_note_stand_below_that_of_its_course():
    found = tags("course", "", "", None, ("verb", "unit::3", "verb"))
    assert found == ("course", "course::verb", "course::unit::3")
