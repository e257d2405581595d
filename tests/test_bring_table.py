"""Tables brought along: Anki's own text export, CSV and TSV."""

import json

import anki_deck
import pytest
from anki.collection import DeckIdLimit
from conftest import run
from coursedeck.incoming import table
from coursedeck.load import load
from coursedeck.problems import Refusal

pytestmark = pytest.mark.slow


def brought(tmp_path, name, text):
    (tmp_path / name).write_text(text, "utf-8")
    told = run("new", "course", tmp_path / "course", "--from", tmp_path / name).stdout
    run("check", tmp_path / "course", "--strict")
    notes = json.loads(run("list", tmp_path / "course", "--json").stdout)
    return told, notes


def fields(notes):
    return [list(note["fields"].values()) for note in notes]


def test_ankis_text_export_keeps_guids_fields_tags_and_decks(tmp_path, learner):
    author = anki_deck.made(tmp_path / "author")
    path = tmp_path / "Welt.txt"
    author.col.export_note_csv(
        out_path=str(path),
        limit=DeckIdLimit(author.col.decks.id("Welt")),
        with_html=True,
        with_tags=True,
        with_deck=True,
        with_notetype=True,
        with_guid=True,
    )
    told = run("new", "course", tmp_path / "course", "--from", path).stdout
    assert "bring the package" in told
    assert "5 pictures and sounds are named" in told
    run("build", tmp_path / "course", "--out", tmp_path / "out", "--only", "anki")
    assert learner.imports(tmp_path / "out" / "welt.apkg") == {"new": 10}
    sql = "select guid, tags, rtrim(flds, char(31)) from notes order by guid"
    assert learner.rows(sql) == author.rows(sql)
    cards = "select n.guid, count() from cards c join notes n on n.id = c.nid group by 1 order by 1"
    assert learner.rows(cards) == author.rows(cards)
    assert learner.deck_names() == author.deck_names()
    kinds = {
        note.note_type()["name"] for note in map(author.col.get_note, author.col.find_notes(""))
    }
    assert {
        learner.col.get_note(n).note_type()["name"].rstrip("+") for n in learner.col.find_notes("")
    } == kinds
    author.col.close()


def test_a_plain_table_is_words_and_no_html(tmp_path):
    _, notes = brought(
        tmp_path, "words.csv", 'Hund,dog\n"Ka;tze, ""x""","a cat\non two lines"\n<5,& more\n'
    )
    assert fields(notes) == [
        ["Hund", "dog"],
        ['Ka;tze, "x"', "a cat<br>on two lines"],
        ["&lt;5", "&amp; more"],
    ]
    assert {note["deck"] for note in notes} == {"words"}
    assert len({note["guid"] for note in notes}) == 3


@pytest.mark.parametrize(
    ("text", "headers", "rows"),
    [
        ("#html:true\n#html:false\nHund;dog\n", {"html": "false"}, [["Hund", "dog"]]),
        ("#html:true\n#html:true\n", {"html": "true"}, []),
        ("#tags:a\n#html:true\n#tags:a\nx;y", {"tags": "a", "html": "true"}, [["x", "y"]]),
        ("#tags:a\n\n#tags:b\nx;y", {"tags": "a"}, [["x", "y"]]),
    ],
)
def test_a_header_that_stands_twice_is_read_once(text, headers, rows):
    """Such a file was read for ever."""
    made = table.read(text.encode(), "words.txt")
    assert made.headers == headers
    assert [list(row) for row in made.rows] == rows


def cells(text, file="words.csv"):
    data = text if isinstance(text, bytes) else text.encode()
    held, told, _ = table.collection(data, file, key="k", now=1)
    return [note.fields.split("\x1f") for note in held.notes], "\n".join(told)


@pytest.mark.parametrize(
    "row", ["#1 hit,Beatles", "#FF0000,red", "#tags,hashtag", "#x:y,z", "#deck:Foo,z"]
)
def test_a_row_that_begins_as_headers_do_is_a_row_where_there_are_none(row):
    """It vanished without a word."""
    assert cells(f"Hund,dog\n{row}\n") == ([["Hund", "dog"], row.split(",")], cells("a,b")[1])


def test_what_anki_takes_for_remarks_beside_its_headers_is_told():
    text = "#separator:comma\n# hello\nHund,dog\n#tags:b\n"
    rows, told = cells(text)
    assert rows == [["Hund", "dog"]]
    assert "2 lines begin with “#”, which is a remark to Anki, the first “# hello”" in told
    assert "remark" not in cells('#separator:comma\n"#1 hit",x\n')[1]


@pytest.mark.parametrize(
    ("text", "fields", "said"),
    [
        ("x <b> y,if a<b\n", [["x &lt;b&gt; y", "if a&lt;b"]], ""),
        ('<b>x</b>,"a\nb"\n"a < b",y\n', [["<b>x</b>", "a<br>b"], ["a &lt; b", "y"]], "1 cell is"),
        ("<i>x</i>,Tom &amp; Jerry\n", [["<i>x</i>", "Tom &amp; Jerry"]], "1 cell is read as HTML"),
        ("Tom &amp; Jerry,x\n", [["Tom &amp;amp; Jerry", "x"]], ""),
        ('"<b>a</b>\nb",x\n', [["<b>a</b><br>b", "x"]], "1 cell is read as HTML"),
        ('"<p>a</p>\n<p>b</p>",x\n', [["<p>a</p>\n<p>b</p>", "x"]], "1 cell is read as HTML"),
        ("#html:false\n<b>x</b>,y\n", [["&lt;b&gt;x&lt;/b&gt;", "y"]], ""),
        ("#html:true\n<b>x,y\n", [["<b>x", "y"]], ""),
    ],
)
def test_a_cell_is_html_where_it_shows_it_and_that_is_told(text, fields, said):
    """One cell made HTML of all: line breaks vanished, and “x <b> y” became “x y”."""
    rows, told = cells(text)
    assert rows == fields
    assert ("read as HTML" in told) == bool(said)
    assert said in told


@pytest.mark.parametrize(
    "text", ["sep=;\na;b,c\n", "\ufeffSEP=;\na;b,c\n", "sep=|\na|b,c\n", "sep=\t\na\tb,c\n"]
)
def test_the_line_that_tells_excel_the_sign_between_cells_is_no_card(text):
    assert cells(text)[0] == [["a", "b,c"]]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('Hund,dog\n"Katze,cat\nMaus,mouse\n', 2),
        ('Hund,dog\n"Ja" sagte er,yes\n', 2),
        ('#separator:comma\n# x\nHund,"dog\nKatze","a"\nMaus,"m\n', 5),
    ],
)
def test_a_quotation_mark_that_would_swallow_rows_is_refused_at_its_line(text, line):
    with pytest.raises(Refusal, match=rf"words\.csv:{line} .*doubled"):
        cells(text)


@pytest.mark.parametrize("place", ["9" * 5000, "0", "-1", "one", "7"])
def test_a_column_that_there_is_not_is_no_column(place):
    read = table.read(f"#separator:tab\n#guid column:{place}\na\tb\n".encode(), "words.txt")
    assert (read.rows, read.roles) == ([["a", "b"]], {})


@pytest.mark.parametrize("first", ['#separator:"', 'sep="'])
def test_a_quotation_mark_parts_no_cells(first):
    read = table.read(f"{first}\na,b\nc,d\n".encode(), "words.csv")
    assert read.rows == [["a", "b"], ["c", "d"]]


def test_cards_that_would_have_a_blank_side_are_told():
    assert "2 rows have an empty first cell" in cells(",dog\n,cat\nMaus,mouse\n")[1]
    assert "blank front, the first “dog”" in cells(",dog\nMaus,mouse\n")[1]
    assert "2 rows have one cell" in cells("Hund\nKatze\n")[1]
    assert "one cell" not in cells("A {{c1::cat}},\nB {{c1::dog}},\n")[1]
    assert "1 row of empty cells is left out" in cells("Hund,dog\n,\n\nMaus,mouse\n")[1]


def test_a_text_exported_without_html_says_what_it_lacks():
    head = "#separator:tab\n#html:{}\n"
    assert "are not in it" in cells(head.format("false") + "Hund\tdog\n")[1]
    assert "are not in it" not in cells(head.format("true") + "Hund\tdog\n")[1]


def test_small_things_that_people_write_in_tables():
    assert cells("Hund,dog\nKäse,cheese\n".encode("utf-16"))[0][1] == ["Käse", "cheese"]
    held, _, _ = table.collection(b"Front;Back;Tags\nHund;dog;x, y\n", "w.csv", key="k", now=1)
    assert [note.tags for note in held.notes] == ["x y"]
    with pytest.raises(Refusal, match="holds no note"):
        cells("Front,Back\n")
    with pytest.raises(Refusal, match=r"words\.csv is not UTF-8: .*CSV UTF-8"):
        cells("Käse,cheese".encode("latin-1"))


def test_the_first_row_names_columns_where_it_can_be_nothing_else(tmp_path):
    _, notes = brought(tmp_path, "w.tsv", "Front\tBack\tTags\nHund\tdog\tpet a1\nKatze\tcat\n")
    assert [note["fields"] for note in notes] == [
        {"Front": "Hund", "Back": "dog"},
        {"Front": "Katze", "Back": "cat"},
    ]
    assert [note["tags"] for note in notes] == [["a1", "pet"], []]


def test_headers_say_what_columns_are(tmp_path):
    head = "#separator:Semicolon\n#html:true\n#columns:Wort;Bild;Ort\n#deck column:3\n#tags:neu\n"
    _, notes = brought(
        tmp_path, "w.txt", head + '# a remark\n<b>x</b>;"a\n# no remark";Ost::Berg\n'
    )
    assert fields(notes) == [["<b>x</b>", "a\n# no remark"]]
    assert (notes[0]["deck"], notes[0]["tags"]) == ("Ost::Berg", ["neu"])


def test_deletions_make_a_type_of_clozes(tmp_path):
    _, notes = brought(tmp_path, "c.csv", "A {{c1::cat}} purrs,why\nThe {{c2::dog}} barks,\n")
    assert [note["cards"] for note in notes] == [1, 1]
    course, _ = load(tmp_path / "course")
    assert [each.cloze for each in course.note_types] == [True]


def test_every_deletion_and_every_shape_of_a_text_has_its_card(tmp_path):
    """They had one card each, and the rest were gone without a word."""
    shape = "image-occlusion:rect:left=.1:top=.1:width=.2:height=.2"
    shapes = f"{{{{c1::{shape}}}}}{{{{c2::{shape}}}}}"
    head = "#separator:tab\n#html:true\n#notetype column:1\n"
    rows = (
        "Cloze\t{{c1::A}} and {{c3::B::hint}}\textra\n"
        "Cloze\tno deletion\n"
        f"Image Occlusion\t{shapes}\t<img src=cell.png>\theader\n"
        "Basic (and reversed card)\tHund\tdog\n"
        "Basic (optional reversed card)\tHund\tdog\ty\n"
        "Basic (optional reversed card)\tKatze\tcat\t\n"
        "Lücke hinten\tTitle\t{{c1::a}} {{c2::b}}\n"
    )
    _, notes = brought(tmp_path, "w.txt", head + rows)
    assert [note["cards"] for note in notes] == [2, 1, 2, 2, 2, 1, 2]
    course, _ = load(tmp_path / "course")
    shown = next(each for each in course.note_types if each.occlusion)
    assert shown.fields == ("Occlusion", "Image", "Header", "Back Extra", "Comments")
    assert "    cards:" not in (tmp_path / "course" / "modules" / "w.yaml").read_text()


def test_what_a_deletion_far_behind_says_makes_no_clozes_of_a_whole_type(tmp_path):
    rows = "Hund,dog,\nKatze,cat,{{c1::not}}\nMaus,mouse,\n"
    brought(tmp_path, "w.csv", rows)
    course, _ = load(tmp_path / "course")
    assert [each.cloze for each in course.note_types] == [False]


@pytest.mark.parametrize(
    ("deck", "title"),
    [
        ("Spanish _new_", r"Spanish \_new\_"),
        # What cannot stand as it is: its words alone.
        ("__a_b__ <!-- c -->", r"\_\_a\_b\_\_ \<!-- c --\>"),
        ("# _one_ of_two_", "one of two"),
    ],
)
def test_the_name_of_a_deck_becomes_a_title_that_stands(deck, title, tmp_path):
    """It was refused: what was left of the name when it could not stand looked like emphasis still."""
    brought(tmp_path, "w.txt", f"#separator:tab\n#deck:{deck}\nHund\tdog\n")
    course, _ = load(tmp_path / "course")
    assert course.about.title == title


def test_a_deck_named_as_the_file_is_brought_and_printed(tmp_path):
    """It was refused: two decks of one name, capitals apart."""
    head = "#separator:tab\n#deck column:1\n"
    _, notes = brought(tmp_path, "cloze.txt", head + "Bio::Cloze\ta\tb\nDefault\tc\td\n")
    assert [note["deck"] for note in notes] == ["Bio::Cloze", "Default"]
    run(
        "print",
        tmp_path / "cloze.txt",
        "--paper",
        "a4",
        "--only",
        "study-sheets",
        "--out",
        tmp_path,
    )
    assert len(list(tmp_path.rglob("*.pdf"))) == 2


@pytest.mark.parametrize(
    "decks",
    [
        ("Spanish::Spanish", "Spanish::Verbs"),
        ("A::a::a", "A", "A::B"),
        ("A::x", "A::X", "A"),
        ("cards", "Cards::x", "Other"),
    ],
)
def test_decks_that_have_one_name_at_several_places_stay_apart(tmp_path, decks):
    rows = "".join(f"{deck}\tq{n}\ta\n" for n, deck in enumerate(decks))
    _, notes = brought(tmp_path, "Cards.txt", f"#separator:tab\n#deck column:1\n{rows}")
    assert sorted(note["deck"] for note in notes) == sorted(decks)


@pytest.mark.parametrize(
    ("rows", "names", "said"),
    [
        ("Deutsch;English;Tags\nHund;dog;pet\n", ["Deutsch", "English"], "names the columns"),
        ("Front,Back\nHund,dog\n", ["Front", "Back"], "names the columns"),
        ("GUID,Wort,Meaning\nabc,Hund,dog\n", ["Wort", "Meaning"], "names the columns"),
        ("Wort,Meaning\nHund,dog\n", ["Field 1", "Field 2"], "first row is a card"),
        ("#columns:Wort,Meaning\nHund,dog\n", ["Wort", "Meaning"], ""),
        ("#html:false\nTags,days\nHund,dog\n", ["Field 1", "Field 2"], ""),
    ],
)
def test_it_is_said_what_the_first_row_was_taken_for_and_can_be_said_otherwise(
    tmp_path, rows, names, said
):
    told, notes = brought(tmp_path, "w.csv", rows)
    assert list(notes[-1]["fields"]) == names
    assert ("first row" in told) == bool(said)
    assert said in told


def test_a_file_that_is_named_twice_is_counted_once(tmp_path):
    head = "#separator:tab\n#html:true\n"
    told, _ = brought(
        tmp_path, "w.txt", f'{head}<img src="a.png">\t<img src=a.png>\n[sound:b.mp3]\tx\n'
    )
    assert "2 pictures and sounds are named" in told


def test_a_draft_of_a_table_can_be_built_and_edited_freely(tmp_path, learner):
    brought(tmp_path, "words.csv", "Hund,dog\nKatze,cat\n")
    out = tmp_path / "out"
    run("build", tmp_path / "course", "--out", out, "--only", "anki")
    assert learner.imports(out / "words.apkg") == {"new": 2}
    path = tmp_path / "course" / "modules" / "words.yaml"
    path.write_text(path.read_text().replace("Field 2: cat", "Field 2: a cat"))
    run("build", tmp_path / "course", "--out", out, "--only", "anki")
    assert learner.imports(out / "words.apkg") == {"updated": 1, "duplicate": 1}


def test_what_is_no_table_is_refused_in_a_sentence(tmp_path):
    for name, data, said in (
        ("latin.csv", "Käse,cheese".encode("latin-1"), "not UTF-8"),
        ("empty.csv", b"", "holds no note"),
        ("head.txt", b"#separator:tab\n#html:true\n", "holds no note"),
    ):
        (tmp_path / name).write_bytes(data)
        assert (
            said in run("new", "course", tmp_path / "c", "--from", tmp_path / name, code=1).stderr
        )


def test_a_damaged_header_and_columns_of_one_name_are_told():
    text = b"#separator:tab\n#guid column:x\n#columns:Front\tFront\nHund\tdog\n"
    _, told, _ = table.collection(text, "w.txt", key="k", now=1)
    assert "“#guid column:x” names no column" in told
    assert "several columns are called “Front”" in told
