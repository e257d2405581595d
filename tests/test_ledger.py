"""The ledger: what it remembers, how it is written, and how it is mended."""

import json
from dataclasses import replace

import pytest
from author import Author, one_of_each, questions
from coursedeck import build
from coursedeck.identity import DAY
from coursedeck.kinds.all import NOTE_TYPES
from coursedeck.problems import Refusal
from coursedeck.published import ledger as ledgers
from coursedeck.published import ledger_file
from coursedeck.published.ledger import DECLARED, KIND, UNRELEASED, Entry, Ledger
from hypothesis import given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.slow


def entry(author, id_):
    (found,) = [e for e in author.ledger.notes.values() if e.id == id_]
    return found


def test_what_did_not_change_keeps_its_entry():
    author = Author(one_of_each())
    author.publish()
    before = author.ledger
    author.publish(86_400)
    assert author.ledger == before


def test_a_change_is_dated_by_the_clock_and_belongs_to_the_next_version():
    author = Author(questions(2))
    author.publish()
    author.freeze("1.0.0")
    author.card("card-1")["words"] = "edited"
    author.publish()
    assert entry(author, "card-0").version == "1.0.0"
    changed = entry(author, "card-1")
    assert (changed.since, changed.version, changed.mod) == ("1.0.0", UNRELEASED, author.now)


@settings(max_examples=settings.default.max_examples // 3)
@given(waits=st.lists(st.integers(-(10**5), 10**5), min_size=1, max_size=4), released=st.booleans())
def test_a_mod_never_goes_back_and_grows_with_each_change_whatever_the_clock_does(waits, released):
    author = Author(questions(1))
    author.publish()
    if released:
        author.freeze("1.0.0")
    for number, wait in enumerate(waits):
        before = entry(author, "card-0").mod
        # A clock that is behind by more than a day is another story: see “Time”.
        author.now = max(author.now + wait, before - DAY + 60)
        author.card("card-0")["words"] = f"edit{number}"
        author.publish(0)
        assert entry(author, "card-0").mod > before
        author.publish(0)
        assert entry(author, "card-0").mod > before


def test_a_change_of_tags_alone_counts_as_a_change():
    author = Author(questions(2))
    author.publish()
    author.card("card-0")["lens"] = "example"
    author.publish()
    assert entry(author, "card-0").mod == author.now


def test_a_new_order_changes_nothing():
    author = Author(questions(5))
    author.publish()
    before = author.ledger
    author.cards.reverse()
    author.publish()
    assert author.ledger == before


def test_a_renamed_card_keeps_its_guid():
    author = Author(one_of_each())
    author.publish()
    before = author.ledger.notes.keys()
    author.rename("ask-card", "better")
    author.rename("sort-card", "sorted")
    author.publish()
    author.rename("better", "best")
    author.publish()
    assert author.ledger.notes.keys() == before
    assert {e.id for e in author.ledger.notes.values()} > {"best", "sorted.p1", "sorted.p2"}


def test_retired_notes_stay_with_how_they_ended():
    author = Author(one_of_each())
    author.publish()
    author.freeze("1.0.0")
    author.retire("cloze-card")
    author.card("ask-card")["kind"] = "pair"
    author.card("sort-card")["kind"] = "sequence"
    author.publish()
    ended = {(e.id, e.kind): e.retired for e in author.ledger.notes.values() if e.retired}
    assert ended == {
        ("cloze-card", "cloze"): DECLARED,
        ("ask-card", "ask"): KIND,
        ("sort-card.p1", "sort"): KIND,
        ("sort-card.p2", "sort"): KIND,
    }
    before = author.ledger
    author.publish()
    assert author.ledger == before


def test_a_card_that_gives_way_to_another_kind_and_then_goes_ended_by_its_kind():
    author = Author(one_of_each())
    author.publish()
    author.freeze("1.0.0")
    author.card("ask-card")["kind"] = "pair"
    author.publish()
    author.freeze("1.1.0")
    author.retire("ask-card")
    author.publish()
    assert {e.kind: e.retired for e in author.ledger.notes.values() if e.id == "ask-card"} == {
        "ask": KIND,
        "pair": DECLARED,
    }


# --- the file ------------------------------------------------------------------------------------

words = st.text(max_size=8)
stamps = st.integers(1, 2**40 - 1)
maps = st.dictionaries(words, words, max_size=3)
kinds = st.sampled_from([*NOTE_TYPES])
ends = st.sampled_from(["", DECLARED, KIND])
required = st.text(min_size=1, max_size=8)
rows = st.builds(
    Entry, required, kinds, words, words, stamps, required, required, ends, words, maps, maps
)
made = st.builds(
    Ledger,
    st.dictionaries(words.filter(lambda key: key != "~"), rows, max_size=5),
    st.dictionaries(
        words.filter(lambda key: key != "~"),
        st.builds(ledgers.TypeEntry, words, stamps),
        max_size=3,
    ),
    st.dictionaries(words.filter(lambda k: k != "~"), st.text(min_size=1, max_size=8), max_size=3),
    words,
    st.integers(0, 2**40 - 1),
    st.dictionaries(words.filter(lambda key: key != "~"), words, max_size=3),
    st.dictionaries(words.filter(lambda key: key != "~"), words, max_size=3),
)


@given(made)
def test_what_is_written_is_read_back(ledger):
    assert ledger_file.decode(ledger_file.encode(ledger)) == ledger


def conflict(one, two):
    """What git writes where both sides changed: all of it, at worst."""
    return b"\n".join(
        [
            b"<<<<<<< ours",
            one.rstrip(),
            b"||||||| base",
            b"=======",
            two.rstrip(),
            b">>>>>>> theirs",
        ]
    )


@given(made)
def test_a_conflict_of_a_ledger_with_itself_resolves_to_itself(ledger):
    """Decks may hold U+2028: `splitlines` knows more ends of a line than JSON does."""
    data = ledger_file.encode(ledger)
    resolved = ledger_file.resolve(conflict(data, data))
    assert (resolved.notes.keys(), resolved.types) == (ledger.notes.keys(), ledger.types)
    for guid, entry in ledger.notes.items():
        assert replace(resolved.notes[guid], past={}) == replace(entry, past={})
    assert (resolved.course, resolved.newest) == (ledger.course, ledger.newest)
    assert (resolved.releases, resolved.drafts) == (ledger.releases, ledger.drafts)


def test_there_is_nothing_to_resolve_in_a_ledger_without_a_conflict():
    with pytest.raises(Refusal, match="nothing to resolve"):
        ledger_file.resolve(Author(questions(2)).publish()["ledger.json"])


def test_the_file_has_a_line_a_note_sorted_by_id_with_a_blank_one_between():
    author = Author(questions(12))
    lines = author.publish()["ledger.json"].decode().splitlines()
    ids = [
        json.loads(line.partition(": ")[2].rstrip(","))["id"] for line in lines if '"id"' in line
    ]
    assert ids == sorted(ids)
    assert len(ids) == 12
    first = next(i for i, line in enumerate(lines) if '"id"' in line)
    assert all(line == "" for line in lines[first + 1 : first + 24 : 2])


@given(st.binary(max_size=60))
def test_bytes_that_are_no_ledger_name_the_way_on(data):
    with pytest.raises(Refusal, match="coursedeck ledger --re"):
        ledger_file.decode(data)


@given(st.data())
def test_a_ledger_cut_or_spoilt_anywhere_is_refused_or_still_a_ledger(data):
    sound = Author(questions(2)).publish()["ledger.json"]
    at = data.draw(st.integers(0, len(sound) - 1))
    spoilt = data.draw(st.sampled_from([sound[:at], sound[:at] + b"\0" + sound[at + 1 :]]))
    try:
        ledger_file.decode(spoilt)
    except Refusal as error:
        assert "coursedeck ledger --rebuild" in str(error)  # noqa: PT017


ROW = {"id": "a", "kind": "ask", "deck": "", "hash": "", "mod": 1, "since": "", "version": ""}


@pytest.mark.parametrize(
    "row",
    [
        *('{"id": 3}', '"text"', "[]", "3", "0"),
        *(
            json.dumps(ROW | wrong)
            for wrong in (
                *({"mod": mod} for mod in ("late", 0, -5, True, 1.5, 2**63 - 1, 2**63, 10**20)),
                *({"more": 1}, {"id": 7}, {"kind": "odd"}, {"retired": "odd"}, {"hash": None}),
                *({"past": []}, {"past": {"Answer": 1}}, {"cards": {"1": 1}}, {"tags": ["a"]}),
            )
        ),
    ],
)
def test_an_entry_of_another_form_is_refused(row):
    data = f'{{"notes": {{"g": {row}}}, "types": {{}}, "decks": {{}}}}'.encode()
    with pytest.raises(Refusal, match="--rebuild"):
        ledger_file.decode(data)


@pytest.mark.parametrize(
    "part",
    [
        *({"types": {"ask": {"hash": "", "mod": mod}}} for mod in (10**20, True, -5, 0, "late")),
        *({"decks": decks} for decks in ({"a": 3}, {"a": []}, [], "a")),
        *({"releases": made} for made in ({"1.0.1": 3}, {"1.0.1": {"words": 3}}, [], "a")),
        *({"course": course} for course in ({"key": 3}, {"newest": -1}, {"newest": True}, [])),
    ],
    ids=str,
)
def test_a_part_of_another_form_is_refused(part):
    with pytest.raises(Refusal, match="--rebuild"):
        ledger_file.decode(json.dumps({"notes": {}, "types": {}, "decks": {}} | part).encode())


def test_a_ledger_nested_without_end_is_refused():
    deep = b"[" * 100_000
    with pytest.raises(Refusal, match="--rebuild"):
        ledger_file.decode(deep)
    with pytest.raises(Refusal, match="--rebuild"):
        ledger_file.resolve(b'<<<<<<< a\n"g": {"id": ' + deep + b"}")


@given(st.binary(max_size=60).filter(lambda noise: noise.strip(b" \r\n{},")), st.data())
def test_no_line_is_passed_over_when_a_conflict_is_resolved(noise, data):
    """It threw entries away: of a file cut in the middle, 4 notes of 10 were left, and nothing was said."""
    author = Author(questions(3))
    author.publish()
    whole = conflict(written(author), written(author))
    at = data.draw(st.integers(0, len(whole)))
    for spoilt in (whole[:at] + noise + whole[at:], whole[:at]):
        try:
            # Noise within a guid makes another of it, beside the one of the other side.
            assert ledger_file.resolve(spoilt).notes.keys() >= author.ledger.notes.keys()
        except Refusal as error:
            assert "--rebuild" in str(error) or "nothing to resolve" in str(error)  # noqa: PT017


# --- after a merge -------------------------------------------------------------------------------


def sides(edit_one, edit_two):
    """Two branches of one published course: the author of each, built once more."""
    branches = []
    for edit in (edit_one, edit_two):
        author = Author(questions(3))
        author.publish()
        author.freeze("1.0.0")
        edit(author)
        branches.append(author)
    branches[0].publish()
    branches[1].publish(120)
    return branches


def written(author):
    return ledger_file.encode(author.ledger)


def edited(words):
    def edit(author):
        author.card("card-1")["words"] = words

    return edit


def test_a_conflict_is_named_with_the_command_that_resolves_it():
    one, two = sides(edited("ours"), edited("theirs"))
    with pytest.raises(Refusal, match="--resolve"):
        ledger_file.decode(conflict(written(one), written(two)))


@pytest.mark.parametrize("kept", ["ours", "theirs", "both"])
def test_whatever_content_the_merge_kept_it_is_new_to_those_who_took_the_other_side(kept):
    one, two = sides(edited("ours"), edited("theirs"))
    ours, theirs = entry(one, "card-1"), entry(two, "card-1")
    one.ledger = ledger_file.resolve(conflict(written(one), written(two)))
    one.card("card-1")["words"] = kept
    one.publish()
    merged = entry(one, "card-1")
    for side in (ours, theirs):
        assert merged.hash == side.hash or merged.mod > side.mod
    assert entry(one, "card-0").mod == 1767312000


def test_two_sides_of_the_same_second_are_both_older_than_the_merge():
    one, two = sides(edited("ours"), edited("theirs"))
    (guid,) = [g for g, e in two.ledger.notes.items() if e.id == "card-1"]
    same = replace(two.ledger.notes[guid], mod=entry(one, "card-1").mod)
    two.ledger = replace(two.ledger, notes={**two.ledger.notes, guid: same})
    one.ledger = ledger_file.resolve(conflict(written(one), written(two)))
    one.publish()
    assert entry(one, "card-1").mod > same.mod
    assert entry(one, "card-1").hash


def test_a_side_that_retired_what_the_other_edited_follows_the_content():
    one, two = sides(edited("ours"), lambda author: author.retire("card-1"))
    two.ledger = ledger_file.resolve(conflict(written(one), written(two)))
    assert not two.problems()
    two.publish()
    assert entry(two, "card-1").retired == DECLARED
    one.ledger = two.ledger
    # The retirement was never released, so that the other side's card may come back.
    assert not one.problems()


# --- time ----------------------------------------------------------------------------------------


def test_a_released_card_with_a_date_of_the_future_stops_the_build_with_a_way_on():
    """Every import of such a package would overwrite what learners wrote, until that day."""
    author = Author(questions(2))
    author.publish()
    author.freeze("1.0.0")
    author.card("card-0")["words"] = "edited"
    author.publish(10 * DAY)
    author.now -= 10 * DAY
    with pytest.raises(Refusal, match=r"card-0.*clock right.*version control"):
        author.packages()


def test_a_date_of_the_future_that_was_never_released_is_forgotten():
    author = Author(questions(2))
    author.publish()
    wrong = {guid: replace(e, mod=2_908_483_200) for guid, e in author.ledger.notes.items()}
    types = {k: replace(t, mod=2_908_483_200) for k, t in author.ledger.types.items()}
    author.ledger = replace(author.ledger, notes=wrong, types=types, newest=2_908_483_200)
    author.publish()
    assert max(entry.mod for entry in author.ledger.notes.values()) <= author.now
    assert max(entry.mod for entry in author.ledger.types.values()) <= author.now
    assert author.ledger.newest <= author.now


@pytest.mark.parametrize("ahead", [0.2, 0.5, 1])
def test_no_note_is_dated_later_than_its_build_though_the_course_may_be_of_tomorrow(ahead):
    """Where it is morning before it is so in Greenwich, today is a day ahead of the clock."""
    author = Author(questions(2))
    about = author._about()
    author.now = int(build.seconds("2026-11-27") - ahead * DAY)
    author._about = lambda: about | {"date": "2026-11-27"}
    author.publish(0)
    assert {entry.mod for entry in author.ledger.notes.values()} == {author.now}


# --- what is worth a new date --------------------------------------------------------------------


def test_a_new_title_of_a_module_or_name_of_a_concept_dates_no_note_anew():
    author = Author(one_of_each())
    author.publish()
    before = {guid: entry.mod for guid, entry in author.ledger.notes.items()}
    module = author._module
    author._module = lambda *given: module(*given) | {"title": "Another title"}
    author.publish()
    assert {guid: entry.mod for guid, entry in author.ledger.notes.items()} == before
    assert any("Another title" in n.fields["Context"] for n in author.notes().values())
    author.publish()
    author.card("ask-card")["words"] = "edited"
    author.publish()
    changed = {e.id for g, e in author.ledger.notes.items() if e.mod != before[g]}
    assert changed == {"ask-card"}


def test_a_new_title_together_with_new_words_is_a_change():
    author = Author(one_of_each())
    author.publish()
    module = author._module
    author._module = lambda *given: module(*given) | {"title": "Another title"}
    author.card("ask-card")["words"] = "edited"
    author.publish()
    assert [e.id for e in author.ledger.notes.values() if e.mod == author.now] == ["ask-card"]


def test_the_past_of_a_field_that_is_filled_later_remembers_that_it_was_empty():
    author = Author(questions(1))
    author.publish()
    filled, reason = "Retired", "It was wrong."
    author.freeze("1.0.0")
    author.retire("card-0", reason)
    author.publish()
    assert entry(author, "card-0").past[filled] == f"- {ledgers.mark(reason)}"


def test_the_past_of_a_note_has_the_marks_of_all_its_published_values_the_present_one_last():
    author = Author(questions(1))
    words = []
    for word in ("one", "two", "three", "one"):
        author.card("card-0")["words"] = word
        author.publish()
        words.append(author.notes()["card-0"].fields["Answer"])
    marks = [ledgers.mark(word) for word in words]
    assert entry(author, "card-0").past["Answer"] == " ".join([*marks[1:3], marks[0]])
