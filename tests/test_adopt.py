"""Corrections that were made in Anki come back into the YAML: just those words, and nothing of the learner's."""

import dataclasses
import html
import os
import pty
import random
import re
import select
import shutil
import signal
import sys
from pathlib import Path

import pytest
from conftest import COURSES, DAY, SAUERTEIG, WORKSHOP, run, some
from coursedeck.incoming.adopt import Came, Correction, adopted, as_text, found, notes_in
from coursedeck.kinds.all import NOTE_TYPES
from coursedeck.load import assemble, load
from coursedeck.notes import media_name, notes_of
from coursedeck.problems import Refusal, Span
from coursedeck.published.diff import Change, Edit
from coursedeck.published.diff import as_text as as_changes
from coursedeck.published.ledger import Ledger, advance
from coursedeck.source.files import read_files
from coursedeck.source.written import document
from coursedeck.terminal import keyed_course, warn
from coursedeck.texts import Line

pytestmark = pytest.mark.slow

MODULE = "modules/grundlagen.yaml"
QUESTION = "anstellgut-was"


def field(note, name):
    return note.fields.get(name, "")


def came(course, *edits, id_=QUESTION, **fields):
    """A note of the course as it came back, with some fields changed."""
    note = next(note for note in notes_of(course) if note.id == id_)
    values = {name: field(note, name) for name in note.note_type.fields}
    values |= {name.replace("_", " "): value for name, value in fields.items()}
    for name, old, new in edits:
        assert old in values[name], values[name]
        values[name] = values[name].replace(old, new)
    return Came(note.guid, note.note_type.name, values)


@pytest.fixture
def files():
    return read_files(SAUERTEIG)


@pytest.fixture
def course():
    made, _ = load(SAUERTEIG)
    return made


def lines_changed(files, made):
    """The lines that differ, old and new, in files that have as many as before."""
    changed = []
    for path, data in made.items():
        old, new = files[path].decode().split("\n"), data.decode().split("\n")
        assert len(old) == len(new)
        changed += [(a, b) for a, b in zip(old, new, strict=True) if a != b]
    return changed


def one(course, files, *notes, ledger=None):
    """The one line that these notes change."""
    back = found(course, ledger or Ledger(), notes)
    assert back.told == ()
    made, told = adopted(files, back.corrections)
    assert told == []
    ((old, new),) = lines_changed(files, made)
    return old.strip(), new.strip()


def told(course, *notes, ledger=None):
    """What is said of notes that bring no correction."""
    back = found(course, ledger or Ledger(), notes)
    assert back.corrections == ()
    return "\n".join(back.told)


def test_a_word_changes_where_its_author_wrote_it(course, files):
    old, new = one(course, files, came(course, ("Question", "beginnt", "anfängt")))
    assert old.endswith("nächsten beginnt?")
    assert new.endswith("nächsten anfängt?")


@pytest.mark.parametrize(
    ("id_", "name", "old", "new", "line"),
    [
        (QUESTION, "Answer", "Anstellgut", "<b>Anstellgut</b>", "answer: '**Anstellgut**'"),
        (QUESTION, "Answer", "Anstellgut", "Gut: besser", "answer: 'Gut: besser'"),
        (QUESTION, "Detail", "&lt; 8", "&lt; 9", "wenn es < 9 °C hat"),
        (QUESTION, "Detail", "eine Woche", 'eine "Woche"', r"eine \"Woche\" &"),
        ("anstellgut-fuettern", "Text", "flüssig", "nass", "{{c2::*Wasser*::nass}}"),
        ("anstellgut-fuettern", "Text", "{{c1::Mehl}}", "Mehl, {{c1::viel}}", "Mehl, {{c1::viel}}"),
        ("anstellgut-englisch", "Right", "starter", "a starter", "right: a starter"),
        ("stufen.grund", "Item", "Grund", "Voll", "text: Vollsauer, more:"),
        (
            "stufen.grund",
            "Detail",
            "am längsten",
            "lange, lange",
            "more: 'Er braucht lange, lange.'",
        ),
        ("hefe-oder-bakterie.blasen", "Detail", "Gas", "CO<sub>2</sub>", "why: Hefe macht CO~2~."),
        ("naechster-griff", "Why 2", "verdorben", "tot", "why: Er hungert; tot ist"),
        ("naechster-griff", "Question", "Nächstes", "Erstes", "Bäckerin als Erstes?"),
        ("glas", "Header", "Maske", "dunklen Maske", "prompt: Was steht unter der dunklen Maske?"),
    ],
)
def test_every_kind_and_every_quotation_mark_is_kept(course, files, id_, name, old, new, line):
    assert line in one(course, files, came(course, (name, old, new), id_=id_))[1]


@pytest.mark.parametrize(
    ("id_", "name", "new", "lines"),
    [
        (
            "anstellgut-fuettern",
            "Detail",
            "Warm &amp; <b>feucht</b>.",
            ["more: Warm & **feucht**."],
        ),
        ("anstellgut-englisch", "Detail", "Nur dort: hier", ["more: 'Nur dort: hier'"]),
        (
            "stufen.anfrisch",
            "Detail",
            "Kurz, {sehr}.",
            ["- {id: anfrisch, text: Anfrischsauer, more: 'Kurz, {sehr}.'}"],
        ),
        (
            "naechster-griff",
            "Detail",
            "<p>Eins.</p><p>Zwei.</p>",
            ["more: |-", "Eins.", "", "Zwei."],
        ),
        ("glas", "Back Extra", "Glas", ["more: Glas"]),
    ],
)
def test_an_empty_field_that_was_filled_gets_the_key_that_its_card_lacks(
    course, files, id_, name, new, lines
):
    back = found(course, Ledger(), [came(course, id_=id_, **{name.replace(" ", "_"): new})])
    assert back.told == ()
    made, said = adopted(files, back.corrections)
    assert said == []
    old, anew = files[MODULE].decode().splitlines(), made[MODULE].decode().splitlines()
    added = [line.strip() for line in anew if line not in old]
    assert added == [line for line in lines if line not in old]
    assert not [line for line in anew if line.endswith(" ")]
    assert [line for line in old if line not in anew] == (
        ["            - {id: anfrisch, text: Anfrischsauer}"] if id_.startswith("stufen") else []
    )
    again, _ = assemble({**files, **made})
    assert again
    note = next(note for note in notes_of(again) if note.id == id_)
    assert note.fields[name]


def test_the_learners_new_detail_of_a_question_stands_behind_its_answer():
    text = (
        "title: T\r\ncards:\r\n  - id: a # one\r\n    ask: Why?\r\n    # two\r\n"
        "    answer: >-\r\n      So\r\n      it is. # three\r\n    # four\r\n    tags: [x]\r\n"
    )
    files = {"cards.yaml": text.encode()}
    course, _ = assemble(files)
    back = found(course, Ledger(), [came(course, Detail="New.", id_="a")])
    made, _ = adopted(files, back.corrections)
    wanted = text.replace("three\r\n", "three\r\n    more: New.\r\n")
    assert made["cards.yaml"].decode() == wanted


def test_a_question_beside_a_side_of_a_pair_gets_its_own_key():
    files = {"cards.yaml": b"title: T\ncards:\n- id: a\n  pair: {left: b, right: 'c'}"}
    course, _ = assemble(files)
    both = came(course, Ask_right="In German?", Detail="Both.", id_="a")
    made, said = adopted(files, found(course, Ledger(), [both]).corrections)
    assert said == []
    assert made["cards.yaml"].decode().splitlines()[2:] == [
        "- id: a",
        "  pair: {left: b, right: 'c', to-right: In German?}",
        "  more: Both.",
    ]


@pytest.mark.parametrize(
    "cards",
    [
        "- {id: a, pair: {left: a cat, right: un gato}}",
        "- {id: a, pair: {left: a cat, right: un gato}}\r",
        "- id: a\n  pair: {left: a cat, right: un gato}",
    ],
)
def test_every_one_of_several_edits_on_a_line_in_braces_is_written(cards):
    files = {"cards.yaml": f"title: T\ncards:\n{cards}\n".encode()}
    course, _ = assemble(files)
    back = came(course, Ask_right="Spanish?", Ask_left="English?", Detail="Both.", id_="a")
    made, said = adopted(files, found(course, Ledger(), [back]).corrections)
    assert said == []
    new, _ = assemble(made)
    (note,) = notes_of(new)
    assert (note.fields["Ask right"], note.fields["Ask left"]) == ("Spanish?", "English?")
    assert note.fields["Detail"] == "Both."


@pytest.mark.parametrize("rows", ["[{a cat: un gato, id: a}]", "t.csv"])
def test_a_row_of_pairs_is_not_offered_a_question_of_its_own(rows):
    files = {
        "cards.yaml": f"title: T\ncards: [{{pairs: {rows}}}]\n".encode(),
        "t.csv": b"id,left,right\na,a cat,un gato\n",
    }
    course, _ = assemble(files)
    assert "Ask left: is new there" in told(course, came(course, Ask_left="English?", id_="a"))


def test_what_cannot_be_put_in_is_said_with_its_key_and_place():
    files = {"cards.yaml": b"title: T\ncards: [{pairs: t.csv}]\n", "t.csv": b"left,right\na,b\n"}
    course, _ = assemble(files)
    back = found(course, Ledger(), [came(course, Detail="New.", id_="a")])
    made, (said,) = adopted(files, back.corrections)
    assert made == {}
    assert said == "t.csv:2:1: a, Detail: write it by hand: “more: New.”"


def test_what_is_learners_own_never_comes_along(course):
    assert told(course, came(course, My_notes="meins", Mein_Feld="auch meins")) == ""


def test_earlier_words_of_the_course_are_no_correction(course):
    notes = notes_of(course)
    earlier = dataclasses.replace(
        notes[0], fields={**notes[0].fields, "Answer": "Sauer", "Question": "Was?"}
    )
    ledger = advance(Ledger(), course, [earlier, *notes[1:]], now=DAY, first=DAY)
    ledger = advance(ledger, course, notes, now=DAY + 60, first=DAY)
    assert "earlier words" in told(course, came(course, Answer="Sauer"), ledger=ledger)
    both = came(course, Answer="Sauer", Question="Was ist das?")
    assert "changed on an earlier version" in told(course, both, ledger=ledger)
    back = found(course, ledger, [came(course, Question="Was ist das?")])
    assert len(back.corrections) == 1


@pytest.mark.parametrize(
    ("id_", "fields", "said"),
    [
        (QUESTION, {"Answer": "<u>x</u>"}, "no form for <u>: “"),
        (QUESTION, {"Answer": '<img src="mine.png">'}, "a picture that is none of the course's"),
        (QUESTION, {"Answer": " "}, "was emptied"),
        (QUESTION, {"Source": "x"}, "is made by the program"),
        (QUESTION, {"Topic": "x"}, "is made by the program"),
        ("stufen.anfrisch", {"Before": "<li>x</li>"}, "is new there: “x”"),
        ("stufen.anfrisch", {"After": "<li>x</li>"}, "is made of several texts"),
        ("hefe-oder-bakterie.blasen", {"Options": "<ul><li>x</li></ul>"}, "made of several texts"),
        ("hefe-oder-bakterie.blasen", {"Answer": "Bakterie"}, "cannot be written in its place"),
        ("anstellgut-fuettern", {"Text": "keine Lücke"}, "cannot be written in its place"),
        ("anstellgut-was", {"Id": "another"}, "its note type was changed"),
    ],
)
def test_what_cannot_be_placed_is_said(course, id_, fields, said):
    assert said in told(course, came(course, id_=id_, **fields))


def test_a_note_of_another_course_is_only_counted(course):
    one, two = Came("a", "Basic", {"Front": "geheim"}), Came("b", "Basic", {"Front": "geheim"})
    assert told(course, one, two) == "2 notes that the course has not are left out"


def test_two_ways_of_the_same_words_are_shown_and_neither_is_taken(course):
    ids = ("stufen.anfrisch", "stufen.grund")
    both = [
        came(course, ("Prompt", "Drei", n), id_=i) for i, n in zip(ids, ("3", "III"), strict=True)
    ]
    said = told(course, *both)
    assert "came in several ways" in said
    assert "“3 Stufen" in said
    assert "“III Stufen" in said


def test_the_same_words_on_several_notes_are_one_correction(course, files):
    both = [
        came(course, ("Prompt", "Drei", "3"), id_=i) for i in ("stufen.anfrisch", "stufen.grund")
    ]
    assert "prompt: 3 Stufen" in one(course, files, *both)[1]


def test_another_form_of_the_same_html_is_no_correction(course):
    other = came(course, ("Text", "<em>Wasser</em>", "<i>Wasser</i>"), id_="anstellgut-fuettern")
    assert told(course, other) == ""


def test_what_would_make_the_course_wrong_is_not_written():
    files = {
        "cards.yaml": b"title: T\ncards:\n  - {id: a, ask: Why?, answer: So.}\n  - {id: b, ask: Who?, answer: I.}\n"
    }
    course, _ = assemble(files)
    wrong, right = (
        found(course, Ledger(), [n]).corrections[0]
        for n in (came(course, Answer="We.", id_="a"), came(course, Answer="You.", id_="b"))
    )
    wrong = dataclasses.replace(wrong, new="{{c1::We}} ![x](no.png).")
    made, (said,) = adopted(files, [wrong, right])
    assert said.startswith("cards.yaml:3:32: a, Answer: not written, for then ")
    assert lines_changed(files, made) == [
        ("  - {id: b, ask: Who?, answer: I.}", "  - {id: b, ask: Who?, answer: You.}")
    ]


STEERS = "\x1b[2J\x1b]0;mine\x07 \r\x9bnothing"


@pytest.mark.parametrize("colour", [False, True])
def test_what_came_cannot_steer_the_terminal(colour):
    shown = as_text(Correction("a", STEERS, Line("Why?", Span("m.yaml")), STEERS), colour=colour)
    own = re.sub("\x1b\\[(31|32|0)m", "", shown)
    assert not set(own) & set("\x1b\x07\r\x9b")
    assert "␛[2J␛]0;mine␇" in own
    assert (own == shown) != colour


def test_nor_can_what_is_told_of_it(capsys):
    warn([STEERS, "Grüße\tund\nmehr"])
    assert capsys.readouterr().err == "␛[2J␛]0;mine␇ ␍\ufffdnothing\nGrüße\tund\nmehr\n"


def test_nor_can_changes_that_a_package_brings(course):
    edit = Edit("Answer", "So.", STEERS, markup=True)
    change = Change("edited", "a", "ask", "Deck", STEERS, (edit,))
    assert not set(as_changes([change], colour=False)) & set("\x1b\x07\r\x9b")


def test_a_note_from_anki_takes_any_html():
    type_ = {
        "id": "1700000000001",
        "name": "Type",
        "fields": [{"name": "Front"}, {"name": "Back"}],
        "templates": [{"name": "One", "front": "{{Front}}", "back": "{{Back}}"}],
    }
    fields = {"Front": "a <b>b</b>", "Back": "c"}
    files = {
        "course.yaml": document({"id": "c", "title": "Course"}),
        "modules/m.yaml": document(
            {"title": "M", "cards": [{"id": "x", "note": "type", "guid": "x", "fields": fields}]}
        ),
        "note-types/type.yaml": document(type_),
    }
    course, _ = assemble(files)
    new = Came("x", "Type", {**fields, "Back": '<u style="color: red">d</u>'})
    assert one(course, files, new)[1] == """Back: '<u style="color: red">d</u>'"""
    assert "note type was changed" in told(course, dataclasses.replace(new, type_="Basic"))


def test_a_cell_of_a_table_of_pairs_is_written_in_its_row():
    table = 'left,right,more\nHund,dog,"bark, bark"\nKatze,cat,\n'
    files = {
        "cards.yaml": b"title: Tiere\ncards: [{pairs: tiere.csv}]\n",
        "tiere.csv": table.encode(),
    }
    course, _ = assemble(files)
    hund = came(course, ("Detail", "bark, bark", "woof, woof"), id_="hund")
    assert one(course, files, hund) == ('Hund,dog,"bark, bark"', 'Hund,dog,"woof, woof"')
    odd = came(course, Left="Hund, groß", id_="hund")
    assert adopted(files, found(course, Ledger(), [odd]).corrections)[1]


def test_a_key_of_many_rows_is_no_place_for_a_correction_of_one():
    files = {
        "cards.yaml": b"title: T\ncards:\n  - pairs: [{a: b}, {c: d}]\n    more: Same.\n",
    }
    course, _ = assemble(files)
    assert "stands on several cards" in told(course, came(course, Detail="Other.", id_="a"))


def test_a_text_without_guids_or_without_html_is_refused(course):
    notes = notes_of(course)
    with pytest.raises(Refusal, match="unique"):
        notes_in(b"#separator:tab\n#html:true\na\tb\n", "x.txt", notes)
    with pytest.raises(Refusal, match="markup"):
        notes_in(b"#separator:tab\n#html:false\n#guid column:1\na\tb\n", "x.txt", notes)
    with pytest.raises(Refusal, match="no package"):
        notes_in(b"x", "x.apkg", notes)


def test_a_table_whose_columns_are_named_needs_no_id_and_is_told_which_are_no_fields(course):
    notes = notes_of(course)
    note = next(note for note in notes if note.id == QUESTION)
    head = "#separator:tab\n#html:true\n#guid column:1\n#columns:guid"
    words = note.fields["Question"].replace("?", "??")
    table = f"{head}\tQuestion\tAnser\n{note.guid}\t{words}\tSo.\n".encode()
    back = found(course, Ledger(), notes_in(table, "x.txt", notes))
    assert [each.field for each in back.corrections] == ["Question"]
    assert back.told == ("“Anser” is no field of a note in whose row it stands, and is not read",)
    table = f"{head}\tFront\tBack\n{note.guid}\tWhat?\tSo.\n".encode()
    said = told(course, *notes_in(table, "x.txt", notes))
    assert said.splitlines() == [back.told[0].replace("Anser", name) for name in ("Front", "Back")]


# --- at a terminal ---------------------------------------------------------------------------------

THREE = [
    ("Question", "beginnt", "anfängt"),
    ("Right", "starter", "a starter"),
    ("Text", "flüssig", "nass"),
]
IDS = (QUESTION, "anstellgut-englisch", "anstellgut-fuettern")


@pytest.fixture
def three(course_folder, tmp_path):
    """A course with its ledger, and the arguments of a command that brings three corrections for it."""
    out = tmp_path / "out"
    run("build", course_folder, "--out", out, "--only", "page")
    notes = {
        note.id: note
        for note in notes_of(keyed_course(course_folder, out, read_files(course_folder)))
    }
    rows = [
        "#separator:tab",
        "#html:true",
        "#guid column:1",
        "#columns:guid\tId\tQuestion\tRight\tText",
    ]
    for id_, (name, old, new) in zip(IDS, THREE, strict=True):
        words = notes[id_].fields[name].replace(old, new)
        cells = [words if name == each else "" for each in ("Question", "Right", "Text")]
        rows.append("\t".join([notes[id_].guid, id_, *cells]))
    (tmp_path / "came.txt").write_text("\n".join([*rows, ""]), "utf-8")
    return ["adopt", str(tmp_path / "came.txt"), str(course_folder), "--out", str(out)]


def at_terminal(arguments, *keys):
    """What the program exits with and says when a user presses these keys, each once it asks. A key that nothing follows for a
    while is pressed again, as a user would: what comes while the program begins to listen may be lost.
    """
    program = str(Path(sys.executable).with_name("coursedeck"))
    process, terminal = pty.fork()
    if not process:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # a shell's background has none
        os.execv(program, [program, *arguments])  # noqa: S606 - our own program
    said, waiting, key = b"", list(keys), b""
    while True:
        while not select.select([terminal], [], [], 20)[0]:
            os.write(terminal, key() if callable(key) else key)
        try:
            read = os.read(terminal, 9999)
        except OSError:  # so Linux says that nothing more comes
            break
        if not read:
            break
        said += read
        if said.endswith(b"quit)? ") and waiting:
            key = waiting.pop(0)
            os.write(terminal, key() if callable(key) else key)
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), said.decode()


@pytest.mark.parametrize(
    ("keys", "ended", "words", "told"),
    [
        ([b"Y\n", b"x\n", b"\n", b"no\n", b"all\n"], 0, 2, "3 corrections, 2 taken, 1 left"),
        ([b"y\n", b"q\n"], 0, 1, "3 corrections, 1 taken, 2 left"),
        ([b"y\n", b"\x03"], 1, 0, "stopped: nothing is written"),
        ([b"y\n", b"\x04"], 1, 0, "stopped: nothing is written"),
    ],
    ids=["wrong keys", "quit", "Ctrl+C", "end of input"],
)
def test_each_answer_leaves_the_file_whole_and_says_what_became_of_it(
    three, course_folder, keys, ended, words, told
):
    before = (course_folder / MODULE).read_text("utf-8")
    exited, said = at_terminal(three, *keys)
    assert exited == ended
    assert told in said
    after = (course_folder / MODULE).read_text("utf-8")
    lines = zip(before.splitlines(), after.splitlines(), strict=True)
    assert sum(old != new for old, new in lines) == words


def test_what_the_author_writes_while_the_program_asks_is_not_lost(three, course_folder):
    path = course_folder / MODULE

    def edit():
        path.write_text(path.read_text("utf-8") + "# new\n", "utf-8")
        return b"all\n"

    exited, said = at_terminal(three, edit)
    assert exited == 1
    assert f"{MODULE} changed meanwhile: nothing is written" in said
    assert path.read_text("utf-8").endswith("# new\n")
    assert "anfängt" not in path.read_text("utf-8")


def test_without_a_terminal_nothing_is_asked_and_nothing_written(three, course_folder):
    before = read_files(course_folder)
    said = run(*three).output
    assert "anfängt" in said
    assert "3 corrections, 0 taken\nnothing is written: --yes takes them all\n" in said
    assert read_files(course_folder) == before
    assert "3 corrections, 3 taken" in run(*three, "--yes").output


# --- in the real Anki ------------------------------------------------------------------------------

MARKS = {
    "Zwiebel &amp; Co": "Zwiebel &amp; Co",
    "<b>fett</b>": "<strong>fett</strong>",
    "<i>schief</i>": "<em>schief</em>",
    "x<sub>2</sub>": "x<sub>2</sub>",
    "n<sup>3</sup>": "n<sup>3</sup>",
    "<code>f(x)</code>": "<code>f(x)</code>",
    "<s>alt</s>": "<s>alt</s>",
    '<a href="https://example.org/a">hier</a>': '<a href="https://example.org/a">hier</a>',
    r"\(a^2\)": r"\(a^2\)",
    "5 &lt; 6": "5 &lt; 6",
    "a*b*c": "a*b*c",
    "„neu“": "„neu“",
}
PROGRAM = {"Context", "Topic", "Source", "Accent", "Language", "Id", "Link", "List", "Options"}
DRAWN = {"Occlusion", "Image", "Labels", "Description", "Before", "After"}
SPLIT = re.compile(r"(<code>.*?</code>|<[^>]*>|\{\{c\d+::|::|\}\}|\\\(.*?\\\)|\[.*?\]|\s+)")
OWN = "GEHEIM"


def edited_in_anki(learner, seed, count):
    """Edits drawn by seed over every kind and field of a collection: of each the note's id, the field, and what it becomes."""
    col, rng = learner.col, random.Random(seed)  # noqa: S311 - the same each time
    fields = {}
    for id_ in col.find_notes(""):
        note = col.get_note(id_)
        for name in set(note.keys()) - PROGRAM - DRAWN:
            if note[name]:
                fields.setdefault((note.note_type()["name"], name), []).append(id_)
    kinds = {name for name, _ in fields}
    order, made, shared = sorted(fields), {}, set()  # what several notes show is edited once
    for number in range(count * 3):
        type_, name = order[number % len(order)]
        note = col.get_note(rng.choice(fields[type_, name]))
        again = (note["Id"], name) in made or (type_, name, note[name]) in shared
        if again or len(made) == count:
            continue
        parts = SPLIT.split(note[name])
        spots = [at for at, part in enumerate(parts) if re.fullmatch(r"\w{2,}", part)]
        if not spots or (type_, name) == ("Coursedeck sort", "Answer"):
            continue
        shared.add((type_, name, note[name]))
        at, (said, meant) = rng.choice(spots), rng.choice(list(MARKS.items()))
        anew, expected = list(parts), list(parts)
        how = rng.choice(["in its place", "behind it", "gone" if len(spots) > 1 else "behind it"])
        kept = {"in its place": "", "behind it": f"{parts[at]} ", "gone": ""}[how]
        anew[at] = kept + ("" if how == "gone" else said)
        expected[at] = kept + ("" if how == "gone" else meant)
        note[name] = "".join(anew)
        note["My notes"] = OWN
        note.add_tag(OWN)
        col.update_note(note)
        made[note["Id"], name] = "".join(expected)
    return made, kinds


def plain(value):
    """A field with its blanks as a browser shows them."""
    return " ".join(html.unescape(re.sub(r"\s+(?=</|$)|(?<=>)\s+", " ", value)).split())


def with_remarks(folder):
    """Give the course remarks before its entries, and one file other line ends."""
    for number, path in enumerate(sorted(folder.rglob("*.yaml"))):
        text = re.sub(r"(?m)^( +)- id: ", r"\1# remark\n\1- id: ", path.read_text("utf-8"))
        path.write_bytes((text.replace("\n", "\r\n") if number % 2 else text).encode())


@pytest.mark.newest
@pytest.mark.parametrize("seed", some(range(2), 2))
@pytest.mark.parametrize("place", some([WORKSHOP, COURSES / "anatomy"], 2), ids=lambda p: p.name)
def test_fifty_edits_in_anki_change_their_places_in_the_yaml_alone(learner, tmp_path, place, seed):
    from anki.import_export_pb2 import ExportAnkiPackageOptions, ExportLimit

    folder = tmp_path / "content"
    shutil.copytree(place, folder)
    with_remarks(folder)
    run("build", folder, "--out", tmp_path / "out", "--only", "anki", SOURCE_DATE_EPOCH=str(DAY))
    learner.imports(next((tmp_path / "out").glob(f"{load(folder)[0].about.id}.apkg")))
    edits, kinds = edited_in_anki(learner, seed, 50)
    assert len(edits) >= (50 if place == WORKSHOP else 25)
    assert place != WORKSHOP or kinds == {each.name for each in NOTE_TYPES.values()}
    everything = ExportLimit(whole_collection={})
    learner.col.export_anki_package(
        out_path=str(tmp_path / "mine.apkg"),
        options=ExportAnkiPackageOptions(with_scheduling=True, with_media=True),
        limit=everything,
    )
    learner.col.export_note_csv(
        out_path=str(tmp_path / "mine.txt"),
        limit=everything,
        with_html=True,
        with_tags=True,
        with_deck=True,
        with_notetype=True,
        with_guid=True,
    )
    before = read_files(folder)
    results = []
    for file in ("mine.apkg", "mine.txt"):
        copy = tmp_path / file.replace(".", "-")
        shutil.copytree(folder, copy)
        said = run("adopt", tmp_path / file, copy, "--out", tmp_path / "out", "--yes")
        assert OWN not in said.output
        results.append(read_files(copy))
    assert results[0] == results[1]
    after = results[0]
    changed = {path: data for path, data in after.items() if data != before[path]}
    assert not any(OWN.encode() in data for data in changed.values())
    whole, left = said.stdout.splitlines()[-len(changed) - 1], said.stderr.splitlines()
    assert whole.startswith(f"{len(edits) - len(left)} corrections, {len(edits) - len(left)} taken")
    assert len(left) <= 2, left
    # The YAML differs on no line but those of the corrections.
    pairs = lines_changed(before, changed)
    assert len(pairs) <= len(edits)
    assert all("# remark" not in old for old, _ in pairs)
    # The course's notes are those of Anki, and no other field changed than those which show the same words.
    course, wrong = assemble(after)
    assert course, wrong
    course = dataclasses.replace(course, about=dataclasses.replace(course.about))
    notes = {note.id: note for note in notes_of(course)}
    unplaced = {line.split(": ")[1] for line in left}
    for (id_, name), value in edits.items():
        if f"{id_}, {name}" not in unplaced:
            assert plain(field(notes[id_], name)) == plain(value), (id_, name)
    files = {media_name(file) for file in course.files()}
    assert files == {media_name(file) for file in assemble(before)[0].files()}
