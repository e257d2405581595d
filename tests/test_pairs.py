"""Rows of pairs, in YAML and in CSV: each a card, asked both ways or one way."""

from conftest import run
from coursedeck.load import assemble
from coursedeck.notes import notes_of
from coursedeck.source.pairs import with_ids
from tables import with_each

ROWS = "title: Words\ncards:\n  - pairs:\n      - Hund: dog\n      - Katze: cat\n"
TABLE = "title: Words\ncards:\n  - {pairs: words.csv, to-right: In English?, tags: [a1]}\n"


def course(text, **tables):
    files = {"words.yaml": text.encode()}
    files |= {f"{name}.csv": data.encode() for name, data in tables.items()}
    made, found = assemble(files)
    assert made, found
    return made


def faces(text, **tables):
    return {
        note.id: [(face.question, face.answer) for face in note.faces]
        for note in notes_of(course(text, **tables))
    }


def problems(text, **tables):
    files = {"words.yaml": text.encode()}
    files |= {f"{name}.csv": data.encode() for name, data in tables.items()}
    return [(p.span.path, p.span.line, p.message) for p in assemble(files)[1] if p.level == "error"]


def test_each_row_is_one_note_that_is_asked_both_ways():
    assert faces(ROWS) == {
        "hund": [("**Hund**", "dog"), ("**dog**", "Hund")],
        "katze": [("**Katze**", "cat"), ("**cat**", "Katze")],
    }


def test_the_questions_are_said_once_for_all_rows():
    asked = faces(ROWS + "    to-right: In English?\n    to-left: Auf Deutsch?\n")
    assert asked["katze"] == [
        ("**Katze**\n\nIn English?", "cat"),
        ("**cat**\n\nAuf Deutsch?", "Katze"),
    ]


def test_one_way_rows_are_plain_questions():
    asked = faces(ROWS + "    one-way: true\n    to-right: In English?\n")
    assert asked["hund"] == [("**Hund**\n\nIn English?", "dog")]


def test_a_row_is_the_card_that_its_author_could_have_written_by_hand():
    by_hand = "title: Words\ncards: [{id: hund, pair: {left: Hund, right: dog}}]\n"
    (one,) = notes_of(course(by_hand))
    other = notes_of(course(ROWS))[0]
    assert (one.guid, one.all_fields(), one.tags) == (other.guid, other.all_fields(), other.tags)


def test_words_that_yaml_or_we_would_take_for_something_else_stay_words():
    rows = "".join(f"      - {word}: x{n}\n" for n, word in enumerate(("no", "null", "1", "more")))
    asked = faces("title: W\ncards:\n  - pairs:\n" + rows)
    assert [both[0][0] for both in asked.values()] == ["**no**", "**null**", "**1**", "**more**"]


def test_a_row_may_have_an_id_and_keys_of_a_card_of_its_own():
    text = (
        ROWS + "      - {id: fish, Fisch: fish, more: It swims., tags: [water]}\n    tags: [a1]\n"
    )
    note = notes_of(course(text))[-1]
    assert note.id == "fish"
    assert note.card.more == "It swims."
    assert note.tags == ("words", "words::a1", "words::water")


@with_each("sign", [",", ";", "\t"])
@with_each("ends", ["\n", "\r\n"])
@with_each("mark", ["", "\ufeff"])
def test_a_table_is_read_with_any_sign_and_line_end(sign, ends, mark):
    table = mark + ends.join(sign.join(row) for row in (("left", "right"), ("Hund", "dog"))) + ends
    assert faces(TABLE, words=table) == {
        "hund": [("**Hund**\n\nIn English?", "dog"), ("**dog**", "Hund")]
    }


def test_columns_may_stand_in_any_order_and_rows_may_be_short_or_blank():
    table = "ID,Right,Left,More,Tags\n,dog,Hund\n\n,,,\nmiau,cat,Katze,It purrs.,pet house\n"
    notes = notes_of(course(TABLE, words=table))
    assert [note.id for note in notes] == ["hund", "miau"]
    assert notes[1].card.more == "It purrs."
    assert notes[1].tags == ("words", "words::a1", "words::pet", "words::house")


def test_a_cell_in_quotation_marks_may_hold_the_sign_between_cells():
    table = 'left,right\n"Hund, der","dog ""Rex"""\n'
    ((first, _),) = faces(TABLE, words=table).values()
    assert first == ("**Hund, der**\n\nIn English?", 'dog "Rex"')


@with_each(
    ("table", "line", "message"),
    [
        ("", 1, "the first row does not name the columns"),
        ("Hund,dog\n", 1, "the first row does not name the columns"),
        ("left,right,left\nHund,dog\n", 1, "the first row does not name the columns"),
        ("left,right\nHund,dog\nKatze\n", 3, "“right” is empty in this row"),
        ('left,right,more\nHund,dog,"a\nb"\nKatze,cat,pet,b\n', 4, "this row has 4 cells"),
        ('left,right\nHund,"dog\n', 2, "this is not CSV"),
        ("left,right,id\nHund,dog,Hund!\n", 2, "“Hund!” is not an id"),
        ("left,right,tags\nHund,dog,a::\n", 2, "“a::” cannot be a tag"),
    ],
)
def test_what_is_wrong_with_a_table_is_shown_at_its_row(table, line, message):
    ((path, at, said),) = problems(TABLE, words=table)
    assert (path, at) == ("words.csv", line)
    assert said.startswith(message)


def test_what_is_wrong_with_the_shared_keys_is_said_once_whatever_the_number_of_rows():
    found = problems(ROWS + "    lense: part\n    to-left: ''\n")
    assert [line for _, line, _ in found] == [6, 7]


def test_a_table_that_is_named_twice_would_give_each_card_twice():
    text = TABLE + "  - {pairs: words.csv, one-way: true}\n"
    assert problems(text, words="left,right\nHund,dog\n") == [
        ("words.yaml", 4, "the rows of words.csv are cards already")
    ]


def test_a_table_lies_beside_its_file_and_nowhere_else(tmp_path):
    (tmp_path / "words.csv").write_text("left,right\nHund,dog\n")
    (tmp_path / "in").mkdir()
    path = tmp_path / "in" / "words.yaml"
    path.write_text(TABLE.replace("words.csv", "../words.csv"))
    assert "[no-file]" in run("check", path, code=1).stderr
    path.write_text(TABLE)
    assert "there is no words.csv" in run("check", path, code=1).stderr


def test_a_module_of_a_folder_has_its_tables_beside_it(course_folder):
    modules = course_folder / "modules"
    text = (modules / "grundlagen.yaml").read_text("utf-8")
    added = "cards:\n  - {pairs: woerter.csv, lens: example}\n"
    (modules / "grundlagen.yaml").write_text(text + added, "utf-8")
    (modules / "woerter.csv").write_text("left,right,id\nKrume,crumb,krume\n")
    assert "krume  pair  Sauerteig::1 Grundlagen  Krume" in run("list", course_folder).stdout


def test_an_edit_of_a_table_is_seen_by_the_next_build(tmp_path):
    path, table = tmp_path / "words.yaml", tmp_path / "words.csv"
    path.write_text(TABLE)
    table.write_text("left,right\nHund,dog\n")
    built = ("build", path, "--out", tmp_path / "out", "--only", "anki")
    run(*built)
    assert "nothing to do" in run(*built).stdout
    table.write_text("left,right\nHund,hound\n")
    assert "words.apkg" in run(*built).stdout


def test_rows_that_have_ids_keep_their_bytes():
    table = '\ufeffleft;id;right;more\r\n"a";x;b\r\n c ;;d;\r\n\r\n"e";;"f"'
    made = with_ids(table, {3: "c", 5: "e"})
    assert made == '\ufeffleft;id;right;more\r\n"a";x;b\r\n c ;c;d;\r\n\r\ne;e;f;'
