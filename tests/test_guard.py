"""The guard of identity: what was published cannot vanish, be reused or be moved without a word."""

import copy
import re
from dataclasses import replace

import pytest
from author import Author, one_of_each, questions, take
from conftest import run
from coursedeck.load import assemble
from coursedeck.notes import notes_of
from coursedeck.problems import errors
from coursedeck.published.guard import guard
from coursedeck.published.ledger_file import decode
from coursedeck.published.release import news_since
from coursedeck.texts import Plain
from tables import with_each

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def _author():
    one = Author([*one_of_each(), *questions(1)])
    one.card("sequence-card")["parts"] = one.card("sort-card")["parts"] = [1, 2, 3]
    one.publish()
    one.freeze("1.0.0")
    return one


@pytest.fixture
def author(_author):
    """An author who has published one card of each kind."""
    return copy.deepcopy(_author)


def said(author):
    return [(problem.code, problem.message) for problem in author.problems()]


def codes(author):
    return [problem.code for problem in author.problems()]


def test_the_published_course_is_fine(author):
    assert not said(author)


def test_a_card_that_vanishes_is_an_error_that_names_it(author):
    author.cards.remove(author.card("ask-card"))
    assert said(author) == [
        ("vanished-id", "the published card “ask-card” is no longer in the content")
    ]
    assert errors(author.problems())


def test_a_card_that_vanishes_with_all_of_its_items_is_told_once(author):
    author.cards.remove(author.card("sequence-card"))
    assert [message for _, message in said(author)] == [
        "the published card “sequence-card” is no longer in the content"
    ]


def test_two_cards_that_vanish_are_not_both_taken_for_the_one_that_is_new(author):
    author.publish()
    for name in ("question-1", "question-2"):
        author.cards.append({**copy.deepcopy(author.card("ask-card")), "id": name})
    author.publish()
    author.freeze("1.1.0")
    for name in ("question-1", "question-2"):
        author.cards.remove(author.card(name))
    author.cards.append({**copy.deepcopy(author.card("ask-card")), "id": "question-3"})
    hints = [problem.hint for problem in author.problems() if problem.code == "vanished-id"]
    assert [hint.count("did you mean “question-3”?") for hint in hints] == [1, 0]


def test_an_item_that_vanishes_is_an_error_that_names_it(author):
    author.card("sequence-card")["parts"] = [2, 3]
    assert [message for _, message in said(author)] == [
        "the published card “sequence-card.p1” is no longer in the content"
    ]


def test_a_declared_retirement_is_fine_for_a_card_and_for_an_item(author):
    author.retire("ask-card")
    author.card("sequence-card")["parts"] = [2, 3]
    author.retired.append({"card": "sequence-card.p1", "reason": "No."})
    assert not said(author)


def test_a_card_of_parts_is_retired_in_one_line(author):
    author.retire("sort-card")
    assert not said(author)


@pytest.mark.parametrize("kind", ["ask", "cloze", "pair", "sequence", "sort"])
@pytest.mark.parametrize("was", ["ask", "cloze", "pair", "sequence", "sort"])
def test_a_card_may_become_any_other_kind_without_a_declaration(author, was, kind):
    author.card(f"{was}-card")["kind"] = kind
    assert not said(author)
    author.publish()
    assert not said(author)


@pytest.mark.parametrize("times", [1, 2])
def test_a_card_may_be_renamed_and_become_another_kind_between_two_builds(author, times):
    """Found by the stateful test: the ledger knows the card by the name it had."""
    name = "ask-card"
    for number in range(times):
        author.rename(name, f"better-{number}")
        name = f"better-{number}"
    author.card(name)["kind"] = "sort"
    assert not said(author)
    author.publish()
    assert [e.retired for e in author.ledger.notes.values() if e.id == "ask-card"] == ["kind"]
    assert not said(author)


def test_a_card_may_be_renamed_and_retired_between_two_builds(author):
    """Found by the stateful test: the retirement names the new id, the ledger the old one."""
    author.rename("ask-card", "better")
    author.retire("better")
    author.rename("sort-card", "sorted")
    author.card("sorted")["parts"] = [2, 3]
    author.retired.append({"card": "sorted.p1", "reason": "No."})
    assert not said(author)
    author.publish()
    ended = {e.id: e.retired for e in author.ledger.notes.values() if e.retired}
    assert ended == {"ask-card": "declared", "sort-card.p1": "declared"}
    assert not said(author)


def test_a_retired_id_is_not_used_again_by_any_kind_of_card(author):
    author.retire("ask-card")
    author.publish()
    author.freeze("1.1.0")
    author.retired.clear()
    for kind in ("ask", "cloze", "sort"):
        author.cards.append({**one_of_each()[0], "kind": kind, "parts": [1, 2], "words": "other"})
        assert set(codes(author)) == {"reused-id"}
        author.cards.pop()


@pytest.mark.parametrize("kind", ["ask", "cloze", "pair", "sequence", "sort", "diagram", "cases"])
def test_a_retirement_can_be_taken_back_with_the_same_words_whether_released_or_not(author, kind):
    card = author.card(f"{kind}-card")
    before = {note.guid: author.ledger.notes[note.guid] for note in author.notes().values()}
    for version in ("", "1.1.0"):
        author.retire(card["id"])
        author.publish()
        if version:
            author.freeze(version)
        author.retired.clear()
        author.cards.append(card)
        assert not said(author)
        author.publish()
        now = [
            author.ledger.notes[n.guid] for n in author.notes().values() if n.card.id == card["id"]
        ]
        assert now
        assert not any(entry.retired for entry in now)
        assert all(
            entry.mod > before[guid].mod
            for guid, entry in author.ledger.notes.items()
            if entry in now
        )


def test_a_retirement_that_was_never_released_can_be_taken_back_with_other_words(author):
    author.retire("ask-card")
    author.publish()
    author.retired.clear()
    author.cards.append({**one_of_each()[0], "words": "other"})
    assert not said(author)


def test_a_released_retirement_cannot_be_taken_back_with_other_words(author):
    author.retire("cloze-card")
    author.publish()
    author.freeze("1.1.0")
    author.retired.clear()
    author.cards.append({**one_of_each()[1], "words": "other"})
    assert codes(author) == ["reused-id"]


def test_what_was_built_and_never_released_goes_freely_and_comes_back_newer(author):
    new = questions(3)[2] | {"kind": "cloze", "parts": [1, 2]}
    author.cards.append(new)
    author.publish()
    (draft,) = [entry for entry in author.ledger.notes.values() if entry.id == "card-2"]
    author.cards.remove(new)
    assert not said(author)
    author.publish()
    assert "card-2" not in {entry.id for entry in author.ledger.notes.values()}
    author.cards.append(new | {"parts": [2]})
    assert not said(author)
    author.publish()
    (again,) = [entry for entry in author.ledger.notes.values() if entry.id == "card-2"]
    assert again.mod > draft.mod


# --- the numbers of clozes and drawings ----------------------------------------------------------


@pytest.mark.parametrize("kind", ["cloze", "diagram"])
def test_a_number_that_is_gone_is_told_and_asks_for_a_minor_release(author, kind):
    author.card(f"{kind}-card")["parts"] = [1]
    assert said(author) == [
        ("number-gone", f"“{kind}-card”: learners have a card for number 2, which is gone")
    ]
    author.publish()
    assert codes(author) == ["number-gone"]
    news = news_since(list(author.notes().values()), author.ledger)
    assert news.level == "minor"
    assert [note.id for note in news.emptied] == [f"{kind}-card"]
    author.freeze("1.1.0")
    assert not said(author)


def test_a_new_number_is_free_and_becomes_guarded_with_the_release(author):
    author.card("cloze-card")["parts"] = [1, 2, 3]
    author.publish()
    author.card("cloze-card")["parts"] = [1, 2]
    assert not said(author)
    author.card("cloze-card")["parts"] = [1, 2, 3]
    author.publish()
    author.freeze("1.1.0")
    author.card("cloze-card")["parts"] = [1, 2]
    assert codes(author) == ["number-gone"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("{{c1::flour}} and {{c2::water}}", "{{c2::flour}} and {{c1::water}}", "number-swapped"),
        ("{{c1::flour}} and {{c2::water}}", "flour and {{c1::water}}", "number-swapped"),
        ("{{c1::flour}} and {{c2::water}}", "{{c1::flour}} and {{c2::salt}}", "number-reused"),
        ("{{c1::flour}} and {{c2::water}}", "{{c1::flours}} and {{c2::the water}}", ""),
        ("{{c1::flour}} and {{c2::water}}", "{{c2::water}}, {{c3::salt}}, {{c1::flour}}", ""),
    ],
)
def test_words_under_a_released_number_stay_the_same_words(author, old, new, code):
    author.cards.append({"id": "bread", "module": "one", "kind": "raw", "cloze": old})
    author.publish()
    author.freeze("1.1.0")
    author.card("bread")["cloze"] = new
    assert code in codes(author) or (not code and not said(author))


def exchanged(author, one, other):
    """Two cards of one kind with each other's ids."""
    one, other = author.card(one), author.card(other)
    one["id"], other["id"] = other["id"], one["id"]


def test_ids_that_change_places_are_errors_that_name_both(author):
    author.cards += questions(3)[1:]
    author.publish()
    author.freeze("1.1.0")
    exchanged(author, "card-1", "card-2")
    told = "under the id “{}” stands now what learners have under “{}”"
    assert said(author) == [
        ("id-swapped", told.format("card-2", "card-1")),
        ("id-swapped", told.format("card-1", "card-2")),
    ]
    assert errors(author.problems())


def test_items_and_cases_in_another_order_have_kept_their_ids(author):
    for card in ("sequence-card", "sort-card"):
        author.card(card)["parts"].reverse()
    assert not said(author)


def test_ids_of_drafts_may_change_places_and_words_may_go_to_a_new_id(author):
    author.cards += questions(3)[1:]
    author.publish()
    exchanged(author, "card-1", "card-2")
    assert not said(author)
    author.publish()
    author.freeze("1.1.0")
    words, author.card("card-1")["words"] = author.card("card-1")["words"], "other"
    author.cards.append(author.card("card-2") | {"id": "card-9", "words": words})
    assert not said(author)


def test_a_text_that_changes_places_while_the_others_of_its_card_stay_is_a_mend(author):
    text = "{{c1::%s}} is {{c2::%s}}"
    for n, words in enumerate((("one", "un"), ("two", "deux"))):
        author.cards.append(
            {"id": f"raw-{n}", "module": "one", "kind": "raw", "cloze": text % words, "more": n}
        )
    author.publish()
    author.freeze("1.1.0")
    one, two = author.card("raw-0"), author.card("raw-1")
    one["more"], two["more"] = two["more"], one["more"]
    assert not said(author)
    one["cloze"], two["cloze"] = two["cloze"], one["cloze"]
    assert "id-swapped" in codes(author)


def test_words_that_come_back_to_their_own_id_are_no_exchange(author):
    first = author.card("card-0")["words"]
    for version, words in (("1.1.0", "other"), ("1.2.0", first)):
        author.card("card-0")["words"] = words
        assert not said(author)
        author.publish()
        author.freeze(version)


# --- courses beside each other -------------------------------------------------------------------


def test_a_copy_with_a_key_of_its_own_has_other_notes(author):
    about = author._about
    author._about = lambda: about() | {"key": "mine"}
    notes = author.notes().values()
    assert author.ledger.notes.keys().isdisjoint(note.guid for note in notes)
    assert codes(author) == ["other-course"]


def test_a_retired_item_is_not_used_again(author):
    author.card("sort-card")["parts"] = [2, 3]
    author.retired.append({"card": "sort-card.p1", "reason": "No."})
    author.publish()
    author.freeze("1.1.0")
    author.retired.clear()
    author.card("sort-card")["parts"] = [1, 2, 3]
    assert not said(author)
    author.card("sort-card")["words"] = "other"
    assert codes(author) == ["reused-id"]


def test_a_retired_card_that_is_still_there_is_an_error(author):
    author.retired.append({"card": "ask-card", "reason": "No."})
    assert codes(author) == ["retired-but-there"]


def test_a_rename_is_fine_and_the_old_name_is_never_used_again(author):
    author.rename("ask-card", "better")
    assert not said(author)
    author.publish()
    author.cards.append(one_of_each()[0])
    assert set(codes(author)) == {"reused-id"}


def test_a_rename_that_loses_its_line_is_an_error_because_the_card_would_be_a_new_one(author):
    author.rename("ask-card", "better")
    author.publish()
    author.renamed.clear()
    ((code, message),) = said(author)
    assert code == "vanished-id"
    assert "“better” would be a new card" in message


def test_a_renamed_card_can_be_retired_under_its_new_name(author):
    author.rename("ask-card", "better")
    author.publish()
    author.retire("better")
    assert not said(author)


def test_a_rename_to_a_card_that_is_not_there_is_an_error(author):
    author.renamed.append({"from": "gone", "to": "nowhere"})
    assert codes(author) == ["unknown-card"]


def test_a_successor_that_is_not_there_is_an_error(author):
    author.retire("ask-card")
    author.retired[0]["successor"] = "nowhere"
    assert codes(author) == ["unknown-card"]


def test_another_id_of_the_course_is_an_error_and_not_a_new_course(author):
    about = author._about
    author._about = lambda: about() | {"id": "other"}
    assert codes(author) == ["other-course"]


def test_a_moved_card_warns_until_a_release_tells_of_it(author):
    author.card("card-0")["module"] = "two"
    for _ in range(2):
        assert codes(author) == ["card-moved"]
        assert not errors(author.problems())
        author.publish()
    author.freeze("2.0.0")
    assert not said(author)


def test_a_renamed_deck_warns_once_for_the_deck_until_a_release_tells_of_it(author):
    author.modules["one"] = "1 Another name"
    for _ in range(2):
        assert codes(author) == ["deck-renamed"]
        author.publish()
    author.freeze("2.0.0")
    assert not said(author)


def as_folder(file, deck, module="animals"):
    """The course of one file as a folder, as docs/format.md says, with this line about its deck; and its ledger."""
    folder = file.parent / "folder"
    head, _, cards = file.read_text("utf-8").partition("cards:")
    (folder / "modules").mkdir(parents=True)
    (folder / "course.yaml").write_text(head, "utf-8")
    title = "title: Those that bark\n"
    (folder / "modules" / f"{module}.yaml").write_text(f"{title}{deck}cards:{cards}", "utf-8")
    (folder / "ledger.json").write_bytes(file.with_name("animals.ledger.json").read_bytes())
    return folder


@pytest.fixture
def released_file(tmp_path):
    """A course of one file, released."""
    file, out = tmp_path / "animals.yaml", tmp_path / "out"
    file.write_text(
        "id: animals\ntitle: Animals\ncards:\n  - {id: dog, ask: What barks?, answer: A hound}\n"
    )
    run("release", "1.0.0", file, "--out", out, "--changelog", tmp_path / "CHANGES.md")
    return file


def moved(folder):
    """What a build tells of decks."""
    out = folder.parent / "out"
    lines = run("build", folder, "--out", out, "--only", "anki").stderr.split("\n")
    return [
        line
        for line in lines
        if "[deck-renamed]" in line or "[card-moved]" in line or "hint" in line
    ]


@pytest.mark.parametrize("module", ["animals", "dogs"])
def test_of_a_file_that_became_a_folder_in_the_same_deck_nothing_is_told(released_file, module):
    assert moved(as_folder(released_file, "deck: Animals\n", module)) == []


def test_of_a_file_that_became_a_folder_with_a_deck_below_both_whole_names_are_told(released_file):
    folder = as_folder(released_file, "")
    said, hint = moved(folder)
    assert "the deck “Animals” is now called “Animals::Those that bark”" in said
    assert 'write “deck: "Animals"” in modules/animals.yaml' in hint
    file = folder / "modules" / "animals.yaml"
    file.write_text(f'deck: "Animals"\n{file.read_text("utf-8")}', "utf-8")
    assert moved(folder) == []


# A module's deck in the ledger and in the course, and the course's in both: what is told.
DECKS = {
    "lies in the course's deck by no name": ("Course", "", "Course", "Course", []),
    "lay in the course's deck by its name": ("Course", "Course", "Course", "", []),
    "goes with the course's deck": ("Old", "Old", "New", "New", ["Old > New"]),
    "keeps its name below another course's deck": ("Old", "1 A", "New", "1 A", ["Old > New"]),
    "is put below": ("Course", "Course", "Course", "1 A", ["Course > Course::1 A"]),
    "is put into the course's": ("Course", "1 A", "Course", "Course", ["Course::1 A > Course"]),
    "is of one file now": ("Course", "1 A", "Course", "", ["Course::1 A > Course"]),
    "is renamed": ("Course", "1 A", "Course", "1 B", ["1 A > 1 B"]),
    "is renamed with the course's": ("Old", "1 A", "New", "1 B", ["Old > New", "1 A > 1 B"]),
}


@with_each("root, own, new_root, new_own, told", DECKS.values(), ids=DECKS)
def test_whole_names_of_decks_are_compared(root, own, new_root, new_own, told):
    made = Author(questions(1))
    made.publish()
    made.freeze("1.0.0")
    course, _ = assemble(made.files())
    module = course.modules[0]
    notes = notes_of(course)
    place = module.deck.span
    course = replace(
        course,
        about=replace(course.about, deck=Plain(new_root, place)),
        modules=(replace(module, deck=Plain(new_own, place)),),
    )
    ledger = replace(made.ledger, decks={"": root, str(module.id): own})
    found = [p for p in guard(course, notes, ledger, 0) if p.code == "deck-renamed"]
    assert [re.sub(".*“(.*)” is now called “(.*)”", r"\1 > \2", p.message) for p in found] == told
    assert not any('deck: ""' in problem.hint for problem in found)


def test_what_was_never_released_may_move_once_it_is_built():
    author = Author(questions(2))
    author.publish()
    author.card("card-0")["module"] = "two"
    author.publish()
    assert not said(author)


def test_another_course_in_the_same_folder_is_told_once_and_not_card_by_card(author):
    """Nobody retires a course by building a second one over it."""
    other = Author([{**card, "id": f"other-{card['id']}"} for card in one_of_each()])
    other.ledger = author.ledger
    other.deck = "Another deck"
    assert codes(other) == ["other-course"]


def test_a_ledger_of_many_cards_that_are_gone_is_told_without_looking_for_each():
    """It took hours when the folder of outputs was that of a course ten times as large."""
    author = Author(questions(600))
    author.publish()
    author.freeze("1.0.0")
    author.cards = author.cards[:120]
    found = author.problems()
    assert len(found) == 480
    # Twenty are looked for; those that are near were published too, and are not proposed.
    assert not any("did you mean" in problem.hint for problem in found)


# --- time, and the names of decks ----------------------------------------------------------------


def test_a_date_later_than_tomorrow_is_an_error_and_tomorrow_is_not(author):
    """Anki would take every package as newer than what learners wrote, until that day."""
    about = author._about
    for date, found in (("2026-11-25", []), ("2026-11-26", []), ("2026-11-28", ["late-date"])):
        author._about = lambda date=date: about() | {"date": date}
        assert codes(author) == found


NAMES = ["Verbs:", ":Verbs", "Ve\u007frbs", "a::b", "Verbs : more", "“Verbs”", "a/b", "1.2", "é"]


@pytest.mark.parametrize("name", NAMES)
def test_a_deck_bears_in_anki_the_name_that_it_has_in_the_course_or_is_refused(learner, name):
    made = Author(questions(1))
    made.deck = name
    course, found = assemble(made.files())
    if course is None:
        assert {problem.code for problem in errors(found)} <= {"deck-name", "yaml-character"}
        return
    package = made.publish()["course.apkg"]
    for _ in range(3):  # each import made decks of another name
        take(learner, package)
        assert learner.deck_names() == {name, f"{name}::1 One"}


# --- names of files -------------------------------------------------------------------------------


def with_module(name):
    """An author of a course with three cards, in the module of this name."""
    cards = [{**card, "module": name} for card in questions(3)]
    return Author(cards, modules=(name, "two"))


def put_out(author):
    """Release it whatever is told of it, as a version did that did not tell."""
    author.ledger = decode(next(o.data for o in author.packages() if o.path == "ledger.json"))
    author.freeze("1.0.0")


def test_a_module_whose_package_would_be_that_of_retired_notes_is_an_error():
    """One overwrote the other, and the build named both."""
    author = with_module("retired")
    assert [(p.code, p.span.path) for p in author.problems()] == [
        ("duplicate-id", "modules/retired.yaml")
    ]


def test_a_released_module_of_that_name_stays_until_a_note_is_retired():
    author = with_module("retired")
    put_out(author)
    assert not said(author)
    author.retire("card-1")
    put_out(author)
    assert codes(author) == ["duplicate-id"]


@pytest.mark.parametrize("name", ["con", "nul", "aux", "com1", "lpt9"])
def test_an_id_of_which_windows_can_have_no_file_is_told_before_anything_is_released(name):
    author = with_module(name)
    message = f"Windows can have no file of the name “{name}”"
    assert said(author) == [("bad-id", message)]
    put_out(author)
    assert not said(author)


@pytest.mark.parametrize("name", ["console", "con-1", "null", "com", "lpt", "comb", "retired-1"])
def test_an_id_that_only_looks_like_one_is_none(name):
    assert not said(with_module(name))
