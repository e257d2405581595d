"""Of many corrections at once, those are refused by name with which the course would be wrong, and none else."""

import dataclasses

import pytest
from adopting import came, field
from conftest import DAY
from coursedeck.build import errors_of
from coursedeck.incoming.adopt import adopted
from coursedeck.incoming.corrections import Came, found
from coursedeck.load import assemble
from coursedeck.notes import notes_of
from coursedeck.problems import Span
from coursedeck.published.ledger import Ledger
from coursedeck.source import pairs, reword
from coursedeck.texts import Line
from growth import in_a_straight_line

pytestmark = pytest.mark.slow


def corrected(count, odd=()):
    """A course of one file with so many cards, and as many corrections; some of them need quotation marks."""
    cards = "".join(
        f"  - id: c{n}\n    ask: What is the number {n}?\n    answer: Nombre {n}\n"
        for n in range(count)
    )
    held = {"cards.yaml": f"title: T\nkey: k-0\ncards:\n{cards}".encode()}
    course = assemble(held, warnings=False)[0]
    back = []
    for n, note in enumerate(notes_of(course)):
        values = {name: field(note, name) for name in note.note_type.fields}
        values["Answer"] = f"Number: {n}" if n in odd else f"Number {n}"
        back.append(Came(note.guid, note.note_type.name, values))
    return held, found(course, Ledger(), back).corrections


def test_many_corrections_are_written_and_those_that_need_quotation_marks_get_them():
    held, corrections = corrected(9, odd=(0, 4, 8))
    assert len(corrections) == 9
    made, told = adopted(held, corrections)
    text = made["cards.yaml"].decode()
    assert not told
    assert text.count("answer: 'Number: ") == 3
    assert text.count("answer: Number ") == 6


def test_the_one_of_many_that_would_make_the_course_wrong_is_left_out():
    held, corrections = corrected(7)
    wrong = dataclasses.replace(corrections[3], new="![x](missing.png)")
    made, (told,) = adopted(held, [*corrections[:3], wrong, *corrections[4:]])
    assert "c3, " in told
    assert made["cards.yaml"].decode().count("answer: Number ") == 6


def checked(given):
    """The errors that `check` finds in a course that nobody has published."""
    return errors_of(given, Ledger(), DAY)


def test_letters_that_no_font_prints_are_refused_by_name_wherever_they_came():
    """They were written, and `check` failed then."""
    held, corrections = corrected(9)
    new = {1: "漢字", 4: "漢字", 5: "漢字 5", 7: "한국"}
    odd = [dataclasses.replace(c, new=new.get(n, c.new)) for n, c in enumerate(corrections)]
    made, told = adopted(held, odd, checked)
    assert [line.partition(": not written, for then ")[::2] for line in told] == [
        (
            f"cards.yaml:{6 + 3 * n}:13: c{n}, Answer",
            f"card “c{n}” holds {script}, which no font here can print",
        )
        for n, script in (
            (1, "Chinese characters"),
            (4, "Chinese characters"),
            (5, "Chinese characters"),
            (7, "Korean"),
        )
    ]
    assert made["cards.yaml"].decode().count("answer: Number ") == 5
    assert checked(made) == []


def test_letters_that_no_font_prints_are_no_reason_where_the_course_has_such_already():
    held, corrections = corrected(2)
    before = {"cards.yaml": held["cards.yaml"].replace(b"the number 0", "漢".encode())}
    new = dataclasses.replace(corrections[1], new="Number 1: 漢")
    assert checked(before)
    made, told = adopted(before, corrections[1:], checked)
    assert (len(made), told) == (1, [])
    _, told = adopted(before, [new], checked)
    assert "card “c1” holds Chinese characters" in told[0]


def test_of_two_words_for_a_card_that_is_too_long_for_paper_the_long_ones_are_refused():
    held, corrections = corrected(3)
    long = dataclasses.replace(corrections[1], new="Many words. " * 400 + "End.")
    asked = assemble(held, warnings=False)[0].modules[0].concepts[0].cards[1].ask
    short = dataclasses.replace(corrections[1], field="Question", old=asked, new="Which number?")
    made, (told,) = adopted(held, [*corrections[:1], short, long, *corrections[2:]], checked)
    assert "c1, Answer: not written, for then" in told
    assert "Which number?" in made["cards.yaml"].decode()
    assert checked(made) == []


def test_a_row_of_a_table_is_refused_alone():
    table = "left,right\nHund,dog\nKatze,cat\n"
    files = {
        "cards.yaml": b"title: Tiere\nkey: k-0\ncards: [{pairs: tiere.csv}]\n",
        "tiere.csv": table.encode(),
    }
    course, _ = assemble(files)
    back = [came(course, Right="犬", id_="hund"), came(course, Right="tomcat", id_="katze")]
    made, (told,) = adopted(files, found(course, Ledger(), back).corrections, checked)
    assert told.startswith("tiere.csv:2:1: hund, Right: not written, for then ")
    assert made["tiere.csv"].decode() == table.replace("cat", "tomcat")


def test_the_work_of_refusing_corrections_grows_in_a_straight_line():
    def every_other(count):
        held, corrections = corrected(count)
        odd = (dataclasses.replace(c, new=f"漢 {n % 5}") for n, c in enumerate(corrections))
        return (
            held,
            [
                each if n % 2 else c
                for n, (c, each) in enumerate(zip(corrections, odd, strict=True))
            ],
            checked,
        )

    assert in_a_straight_line(lambda given: adopted(*given), every_other, 12)


def test_the_work_of_writing_corrections_grows_in_a_straight_line():
    assert in_a_straight_line(lambda given: adopted(*given), corrected, 12)


def test_the_work_of_writing_cells_of_a_table_grows_in_a_straight_line():
    """Each took a look at the whole table."""

    def every_row(count):
        table = "left,right\n" + "".join(f"Wort {n},Nombre {n}\n" for n in range(count))
        old = (Line(f"Nombre {n}", Span("t.csv", n + 2)) for n in reversed(range(count)))
        return table, [(each, each.replace("Nombre", "Number"), "") for each in old]

    assert in_a_straight_line(lambda given: pairs.reworded(*given), every_row, 30)


def test_lines_that_part_cost_no_look_at_the_file_each(monkeypatch):
    """Each was written with two looks at the whole file of its own."""
    held, corrections = corrected(12)
    parted = [
        dataclasses.replace(each, new=each.new.replace(" ", "\\\n", 1)) for each in corrections
    ]
    looks = []
    look = reword._scalars
    monkeypatch.setattr(reword, "_scalars", lambda *given: looks.append(1) or look(*given))
    made, told = adopted(held, parted)
    assert told == []
    assert made["cards.yaml"].decode().count("\\\n") == 12
    assert len(looks) < 4


def test_words_that_need_other_quotes_cost_no_look_at_the_file_each(monkeypatch):
    """One correction in bold, whose stars begin an alias of YAML, had each of all the others find its own way."""
    held, corrections = corrected(12)
    new = ("**bold**", "so: yes", "a # b", "'so'", "- one", '"so": it')
    odd = [dataclasses.replace(each, new=f"{new[n % 6]} {n}") for n, each in enumerate(corrections)]
    read = []
    look = reword._scalars
    monkeypatch.setattr(
        reword, "_scalars", lambda text, path: read.append(len(text)) or look(text, path)
    )
    made, told = adopted(held, odd)
    assert told == []
    cards = assemble(made, warnings=False)[0].modules[0].concepts[0].cards
    assert [card.answer for card in cards] == [each.new for each in odd]
    assert sum(read) < 4 * len(held["cards.yaml"])
