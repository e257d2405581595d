"""What readers and learners word anew becomes a text that `adopt` reads: `corrections.js` in an embedded engine."""

import json

import pytest
import quickjs
from conftest import ROOT, SAUERTEIG
from coursedeck.incoming.adopt import notes_in
from coursedeck.incoming.corrections import found
from coursedeck.incoming.new import EXAMPLE
from coursedeck.kinds.all import NOTE_TYPES
from coursedeck.load import load
from coursedeck.notes import notes_of
from coursedeck.published.ledger import Ledger

SCRIPT = ROOT / "generator" / "outputs" / "web" / "corrections.js"


@pytest.fixture(scope="module")
def call():
    """Functions of `corrections.js`, by their names."""
    context = quickjs.Context()
    context.eval(SCRIPT.read_text("utf-8"))

    def called(name, *given, names=()):
        context.set("given", json.dumps([*given]))
        context.set("names", json.dumps([*names]))
        more = ", new Set(JSON.parse(names))" if names else ""
        return json.loads(context.eval(f"JSON.stringify({name}(...JSON.parse(given){more}))"))

    return called


@pytest.fixture(scope="module")
def course():
    made, _ = load(SAUERTEIG)
    return made


def corrected(note, field, words, was=""):
    return {"guid": note.guid, "id": note.id, "field": field, "words": words, "was": was}


def test_what_is_saved_comes_back_by_guid_and_field_and_nothing_else(call, course):
    notes = notes_of(course)
    hostile = 'a\tb "c"\r\n#d,;\n"'
    said = [
        corrected(notes[0], "Question", hostile),
        corrected(notes[0], "Detail", "<i>x</i>"),
        corrected(notes[1], "Detail", "#"),
    ]
    text = call("asCorrections", said)
    came = {each.guid: dict(each.fields) for each in notes_in(text.encode(), "a.txt", notes)}
    assert came == {
        notes[0].guid: {
            "Id": notes[0].id,
            "Question": hostile.replace("\r\n", "\n"),
            "Detail": "<i>x</i>",
        },
        notes[1].guid: {"Id": notes[1].id, "Detail": "#"},
    }


def test_a_field_of_each_kind_that_a_reader_may_word_anew_has_a_place_in_the_course(call):
    course, _ = load(EXAMPLE)
    every = {}
    for note in notes_of(course):
        for name in NOTE_TYPES[note.kind].worded:
            if note.fields.get(name) and (note.kind, name) != ("sort", "Answer"):
                every.setdefault((note.kind, name), (note, name, f"{note.fields[name]} Neu"))
    assert {kind for kind, _ in every} == set(NOTE_TYPES), "the example has a card of each kind"
    for note, name, words in every.values():
        text = call("asCorrections", [corrected(note, name, words)])
        back = found(course, Ledger(), notes_in(text.encode(), "a.txt", notes_of(course)))
        assert back.told == ()
        assert [each.new.endswith("Neu") for each in back.corrections] == [True], (note.id, name)


def test_a_correction_of_words_that_have_changed_since_is_told_with_its_version_and_not_taken(
    call, course
):
    notes = notes_of(course)
    one, other = [note for note in notes if note.kind == "ask"][:2]
    said = [
        corrected(one, "Question", "Neu?", "Words of <b>old</b>"),
        corrected(one, "Answer", "Auch neu", one.fields["Answer"]),
        corrected(other, "Question", "Neuer?"),
    ]
    for version, of in (("1.2.0", "of version 1.2.0"), ("", "of an earlier version")):
        text = call("asCorrections", said, version)
        back = found(course, Ledger(), notes_in(text.encode(), "a.txt", notes))
        assert {each.new for each in back.corrections} == {"Auch neu", "Neuer?"}
        (told,) = back.told
        assert f"{one.id}, Question: “Neu?” was made of other words" in told
        assert told.endswith(of)


def part(name, learner, author="author"):
    return {"name": name, "learner": learner, "author": author}


def told(guid, **more):
    empty = {"changed": [], "kept": [], "both": [], "ownTags": [], "retired": False, "left": ""}
    return {"guid": guid, "id": f"id-{guid}", **empty, **more}


def test_of_a_merge_only_new_words_of_the_authors_fields_can_be_sent(call):
    own = [
        part("My notes", "secret", ""),
        part("", "secret", ""),
        part("Source", "secret"),
        part("Answer", '<img src="secret.png">'),
        part("Answer", "  "),
        part("Detail", "filled", ""),
    ]
    report = {
        "told": [
            told("a", kept=[part("Question", "mine"), *own], ownTags=["secret"]),
            told("b", both=[part("Question", "mine too")]),
            told("behind", changed=[part("Answer", "old")], both=[part("Question", "of old")]),
            told("gone", kept=[part("Question", "secret")], retired=True, left="own"),
        ]
    }
    names = ["Question", "Answer", "Detail"]
    assert call("wordedAnew", report, names=names) == [
        {"guid": "a", "id": "id-a", "field": "Question", "words": "mine", "was": "author"},
        {"guid": "b", "id": "id-b", "field": "Question", "words": "mine too"},
    ]
