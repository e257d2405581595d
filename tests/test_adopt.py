"""Corrections that were made in Anki come back into the YAML: just those words, and nothing of the learner's."""

import dataclasses
import re

import pytest
from adopting import MODULE, QUESTION, came, lines_changed
from conftest import DAY, SAUERTEIG
from coursedeck.incoming.adopt import adopted, notes_in
from coursedeck.incoming.corrections import Came, found
from coursedeck.load import assemble, load
from coursedeck.notes import Shown, notes_of
from coursedeck.problems import Refusal, Span
from coursedeck.published.ledger import Ledger, advance
from coursedeck.source.files import read_files
from coursedeck.source.pairs import reworded
from coursedeck.source.written import document
from coursedeck.texts import Line

pytestmark = pytest.mark.slow


@pytest.fixture
def files():
    return read_files(SAUERTEIG)


@pytest.fixture
def course():
    made, _ = load(SAUERTEIG)
    return made


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
        (
            QUESTION,
            "Answer",
            "Anstellgut",
            "<p class=MsoNormal><span lang=DE style='mso-ansi-language:DE'>Das <b>Gut</b><o:p></o:p></span></p>",
            "answer: Das **Gut**",
        ),
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
    why = "the table has no column “more”"
    assert said == f"t.csv:2:1: a, Detail: write it by hand: “more: New.”: {why}"


def test_what_is_learners_own_never_comes_along(course):
    assert told(course, came(course, My_notes="meins", Mein_Feld="auch meins")) == ""


def test_earlier_words_of_the_course_are_no_correction(course):
    notes = notes_of(course)
    fields = {**notes[0].fields, "Answer": "Sauer", "Question": "Was?"}
    earlier = dataclasses.replace(notes[0], shown=lambda: Shown(fields, (), notes[0].tags))
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
        (
            "hefe-oder-bakterie.blasen",
            {"Answer": "Bakterie"},
            "“Bakterie” is not among the options",
        ),
        (
            "anstellgut-fuettern",
            {"Text": "keine Lücke"},
            "a cloze without a deletion gives no card",
        ),
        (QUESTION, {"Answer": "<p></p>"}, "was emptied"),
        (QUESTION, {"Answer": "{{c1::x}}"}, "a deletion cannot stand there"),
        (QUESTION, {"Answer": "<ul><li>x</li></ul>"}, "a list has two items at least"),
        (QUESTION, {"Answer": "[latex]x[/latex]"}, "no form for a text in LaTeX"),
        (QUESTION, {"Detail": "\\(\\nope\\)"}, "nope is not known"),
        ("stufen.grund", {"Item": "x<br>y"}, "this text is one line"),
        (
            "stufen.anfrisch",
            {"Detail": "<u>x</u>"},
            "is new there: “x”, and our Markdown has no form",
        ),
        ("anstellgut-was", {"Id": "another"}, "its id does not stand where"),
        (QUESTION, {"Answer": "Sauer\u2028"}, "“Sauer”: a character that nobody can see (u+2028)"),
        (QUESTION, {"Answer": "\x0bSauer"}, "“Sauer”: a character that nobody can see (u+000b)"),
        (QUESTION, {"Answer": "<u>Anstellgut</u>"}, "no form for <u>: the words are the same"),
    ],
)
def test_what_cannot_be_placed_is_said(course, id_, fields, said):
    assert said in told(course, came(course, id_=id_, **fields))


@pytest.mark.parametrize("left", ['<span lang="de">das Mehl</span>', "das Mehl"])
def test_a_language_that_is_taken_away_is_not_said_to_be_other_words(left):
    text = "title: T\ncards: [{pairs: [{das Mehl: flour}], left-language: de spoken}]\n"
    course, _ = assemble({"cards.yaml": text.encode()})
    said = told(course, came(course, Left=left, id_="das-mehl"))
    assert "“das Mehl”: the words are the same" in said


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
    pasted = dataclasses.replace(new, fields={**fields, "Back": 'd <img src="paste-1.png">'})
    assert "“d” shows what is not in anki-media/: paste-1.png" in told(course, pasted)
    assert "it is of the note type “Basic”" in told(course, dataclasses.replace(new, type_="Basic"))
    imported = dataclasses.replace(new, type_="Type+")  # beside another one of that name
    assert one(course, files, imported) == one(course, files, new)


def test_a_cell_of_a_table_of_pairs_is_written_in_its_row():
    table = 'left,right,more\nHund,dog,"bark, bark"\nKatze,cat,\n'
    files = {
        "cards.yaml": b"title: Tiere\ncards: [{pairs: tiere.csv}]\n",
        "tiere.csv": table.encode(),
    }
    course, _ = assemble(files)
    hund = came(course, ("Detail", "bark, bark", "woof, woof"), id_="hund")
    assert one(course, files, hund) == ('Hund,dog,"bark, bark"', 'Hund,dog,"woof, woof"')
    large = came(course, Left='Hund, "groß"', id_="hund")
    assert one(course, files, large)[1] == '"Hund, ""groß""",dog,"bark, bark"'
    new = came(course, Detail="miaows, purrs", id_="katze")
    assert one(course, files, new) == ("Katze,cat,", 'Katze,cat,"miaows, purrs"')


def test_letters_that_came_in_parts_are_written_as_one_sign(course, files):
    """They were left to be written by hand, since files are read with their signs put together."""
    note = came(course, Answer="Anstellgut d\u2019e\u0301te\u0301")
    assert one(course, files, note)[1] == "answer: Anstellgut d\u2019\u00e9t\u00e9"


def test_cells_of_a_row_of_several_lines_are_written_one_after_the_other():
    table = 'left,right,more\nHund,"dog,\nhound",x\nKatze,cat,y\n'
    hund, katze = Span("t.csv", 2), Span("t.csv", 4)
    given = [
        (Line("cat", katze), "tomcat", ""),
        (Line("Ente", katze), "duck", ""),
        (Line("dog,\nhound", hund), "dog", ""),
        (Line("x", hund), "a\nb", ""),
        (Line("Hund", hund), "der Hund", ""),
    ]
    made = 'left,right,more\nder Hund,"dog","a\nb"\nKatze,tomcat,y\n'
    assert reworded(table, given) == (made, [1])


@pytest.mark.parametrize(
    ("table", "column", "made"),
    [
        ("left;right;more\r\nHund;dog\r\n", "more", 'left;right;more\r\nHund;dog;"a;b"\r\n'),
        ("\ufeffleft,right,more\nHund,dog, ", "more", "\ufeffleft,right,more\nHund,dog,a;b"),
        ('left,right\nHund,"dog\nor hound"\nx,y\n', "", 'left,right\na;b,"dog\nor hound"\nx,y\n'),
        ("left,right\n Hund ,dog\n", "", "left,right\n a;b ,dog\n"),
        ("left,right\nHund,Hund\n", "", None),
        ("left,right\nHund,dog\n", "more", None),
        ("left,right,more\nHund,dog,It barks.\n", "more", None),
    ],
)
def test_only_the_cell_that_is_meant_changes_in_a_table(table, column, made):
    given = [(Line("Hund", Span("t.csv", 2)), "a;b", column)]
    assert reworded(table, given) == ((table, [0]) if made is None else (made, []))


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


def test_columns_whose_names_got_lost_are_not_taken_for_the_fields_in_their_places(course):
    """The question once became the id of the card, and the old answer its explanation."""
    notes = notes_of(course)
    note = next(note for note in notes if note.id == QUESTION)
    for head in ("#colums:guid\tId\tAnswer", "#", "# colums:guid\tId\tAnswer"):
        table = f"#separator:tab\n#html:true\n#guid column:1\n{head}\n{note.guid}\t{note.id}\tSo.\n"
        back = found(course, Ledger(), notes_in(table.encode(), "x.txt", notes))
        assert back.corrections == ()
        assert "its id does not stand where its note type has it" in back.told[0]


@pytest.mark.parametrize(
    "head",
    [
        "#separator:tab\n#html:true\n#guid column:1",
        "#Separator: Tab \n#HTML: TRUE\n#GUID Column: 1 ",
        "#separator:\t\n# html:true\n# guid column :1",
    ],
)
def test_headers_are_read_as_anki_reads_them(course, head):
    note = notes_of(course)[0]
    (back,) = notes_in(f"{head}\n{note.guid}\tWhat?\n".encode(), "x.txt", [note])
    assert back.guid == note.guid
    assert back.fields[note.note_type.fields[0]] == "What?"


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("#guid column:x\n#columns:guid\tQuestion\tAnswer", "“#guid column:x” names no column"),
        ("#guid column:9\n#columns:guid\tQuestion\tAnswer", "“#guid column:9” names no column"),
        ("#guid column:1\n#deck column:0\n", "“#deck column:0” names no column"),
        (
            "#guid column:1\n#deck column:1\n",
            "“#deck column:1” names the column of “#guid column:1”",
        ),
        (
            "#guid column:1\n#columns:guid\tAnswer\tAnswer",
            "several columns are called “Answer”",
        ),
    ],
)
def test_a_damaged_header_is_told_and_no_column_taken_for_another(course, head, said):
    """It was ignored in silence, and of two columns of one name the last one counted."""
    table = f"#separator:tab\n#html:true\n{head}\nx\tWhat?\tSo.\n".encode()
    with pytest.raises(Refusal, match=re.escape(said)):
        notes_in(table, "x.txt", notes_of(course))
