"""The ledger: what it remembers, how it is written, and how it is mended."""

import json
from dataclasses import replace

import pytest
from author import START, Author, one_of_each, questions
from coursedeck.problems import Refusal
from coursedeck.published import ledger as ledgers
from coursedeck.published.ledger import DECLARED, KIND, UNRELEASED, Entry, Ledger
from hypothesis import given
from hypothesis import strategies as st


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


@pytest.mark.slow
@given(waits=st.lists(st.integers(-(10**8), 10**8), min_size=1, max_size=4))
def test_a_mod_never_goes_back_and_grows_with_each_change_whatever_the_clock_does(waits):
    author = Author(questions(1))
    author.publish()
    for number, wait in enumerate(waits):
        before = entry(author, "card-0").mod
        author.now = max(author.now, START)
        author.card("card-0")["words"] = f"edit{number}"
        author.publish(wait)
        assert entry(author, "card-0").mod > before
        author.publish(wait)
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
    author.card("ask-card")["kind"] = "pair"
    author.publish()
    author.retire("ask-card")
    author.publish()
    assert {e.kind: e.retired for e in author.ledger.notes.values() if e.id == "ask-card"} == {
        "ask": KIND,
        "pair": DECLARED,
    }


# --- the file ------------------------------------------------------------------------------------

words = st.text(max_size=8)
stamps = st.integers(1, 2**40)
rows = st.builds(Entry, words, words, words, words, stamps, words, words, words)
made = st.builds(
    Ledger,
    st.dictionaries(words.filter(lambda key: key != "~"), rows, max_size=5),
    st.dictionaries(
        words.filter(lambda key: key != "~"),
        st.builds(ledgers.TypeEntry, words, stamps),
        max_size=3,
    ),
    st.dictionaries(words.filter(lambda k: k != "~"), st.text(min_size=1, max_size=8), max_size=3),
)


@given(made)
def test_what_is_written_is_read_back(ledger):
    assert ledgers.decode(ledgers.encode(ledger)) == ledger


@given(made)
def test_a_sound_ledger_resolves_to_itself(ledger):
    resolved = ledgers.resolve(ledgers.encode(ledger))
    assert (resolved.notes, resolved.types) == (ledger.notes, ledger.types)


def test_a_deck_named_with_a_line_separator_of_unicode_resolves_too():
    """Found by the test above: `splitlines` knows more ends of a line than JSON does."""
    ledger = Ledger({"g": Entry("a", "ask", "one\x85two\u2028", "h", 1, "1", "1")})
    assert ledgers.resolve(ledgers.encode(ledger)).notes == ledger.notes


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
def test_bytes_that_are_no_ledger_name_the_command_that_mends_them(data):
    with pytest.raises(Refusal, match="coursedeck ledger --re"):
        ledgers.decode(data)


@pytest.fixture(scope="module")
def sound():
    """The bytes of a ledger."""
    return Author(questions(2)).publish()["ledger.json"]


@given(st.data())
def test_a_ledger_cut_or_spoilt_anywhere_is_refused_or_still_a_ledger(sound, data):
    at = data.draw(st.integers(0, len(sound) - 1))
    spoilt = data.draw(st.sampled_from([sound[:at], sound[:at] + b"\0" + sound[at + 1 :]]))
    try:
        ledgers.decode(spoilt)
    except Refusal as error:
        assert "coursedeck ledger --rebuild" in str(error)  # noqa: PT017


ROW = {"id": "a", "kind": "ask", "deck": "", "hash": "", "mod": 1, "since": "", "version": ""}


@pytest.mark.parametrize(
    "row",
    [
        *('{"id": 3}', '"text"', "[]", "3", "0"),
        *(
            json.dumps(ROW | wrong)
            for wrong in ({"mod": "late"}, {"mod": 0}, {"more": 1}, {"id": 7})
        ),
    ],
)
def test_an_entry_of_another_form_is_refused(row):
    data = f'{{"notes": {{"g": {row}}}, "types": {{}}, "decks": {{}}}}'.encode()
    with pytest.raises(Refusal, match="--rebuild"):
        ledgers.decode(data)


def test_a_ledger_nested_without_end_is_refused():
    deep = b"[" * 100_000
    with pytest.raises(Refusal, match="--rebuild"):
        ledgers.decode(deep)
    with pytest.raises(Refusal, match="--rebuild"):
        ledgers.resolve(b'"g": {"id": ' + deep + b"}")


@given(st.binary(max_size=60), st.integers(0, 400))
def test_resolving_what_is_spoilt_names_the_command_that_rebuilds(sound, noise, at):
    try:
        ledgers.resolve(sound[:at] + noise + sound[at:])
    except Refusal as error:
        assert str(error) == ledgers.DAMAGED  # noqa: PT017


# --- after a merge -------------------------------------------------------------------------------


def sides(edit_one, edit_two):
    """Two branches of one published course: the author of each, built once more."""
    branches = []
    for edit in (edit_one, edit_two):
        author = Author(questions(3))
        author.publish()
        edit(author)
        branches.append(author)
    branches[0].publish()
    branches[1].publish(120)
    return branches


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


def written(author):
    return ledgers.encode(author.ledger)


def edited(words):
    def edit(author):
        author.card("card-1")["words"] = words

    return edit


def test_a_conflict_is_named_with_the_command_that_resolves_it():
    one, two = sides(edited("ours"), edited("theirs"))
    with pytest.raises(Refusal, match="--resolve"):
        ledgers.decode(conflict(written(one), written(two)))


@pytest.mark.parametrize("kept", ["ours", "theirs", "both"])
def test_whatever_content_the_merge_kept_it_is_new_to_those_who_took_the_other_side(kept):
    one, two = sides(edited("ours"), edited("theirs"))
    ours, theirs = entry(one, "card-1"), entry(two, "card-1")
    one.ledger = ledgers.resolve(conflict(written(one), written(two)))
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
    one.ledger = ledgers.resolve(conflict(written(one), written(two)))
    one.publish()
    assert entry(one, "card-1").mod > same.mod
    assert entry(one, "card-1").hash


def test_a_side_that_retired_what_the_other_edited_follows_the_content():
    one, two = sides(edited("ours"), lambda author: author.retire("card-1"))
    two.ledger = ledgers.resolve(conflict(written(one), written(two)))
    assert not two.problems()
    two.publish()
    assert entry(two, "card-1").retired == DECLARED
    one.ledger = two.ledger
    assert [problem.code for problem in one.problems()] == ["reused-id"]
