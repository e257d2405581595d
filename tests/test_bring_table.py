"""Tables brought along: Anki's own text export, CSV and TSV."""

import json

import anki_deck
import pytest
from anki.collection import DeckIdLimit
from conftest import run
from coursedeck.load import load

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
