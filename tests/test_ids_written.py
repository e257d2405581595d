"""Ids are written down whatever words they are made of, and whatever stands beside them."""

import csv
import io

import pytest
from conftest import run
from coursedeck.source.pairs import with_ids
from hypothesis import given
from hypothesis import strategies as st

pytestmark = pytest.mark.slow
HEAD = "title: Numbers\nlanguage: de\ncards:\n"


@pytest.mark.parametrize(
    "cards",
    [
        '  - pairs:\n    - "null": zero\n    - eins: one\n',
        '  - {ask: "Null", answer: So}\n  - ask: "No"\n    answer: So\n',
        '  - {"ask": "Null?", "answer": "So"}\n',
    ],
    ids=["pairs", "cards", "json"],
)
@pytest.mark.parametrize("built", [False, True])
def test_a_word_that_yaml_reads_as_nothing_is_an_id_like_others(tmp_path, cards, built):
    file = tmp_path / "a.yaml"
    file.write_text(HEAD + cards)
    if built:
        run("build", file, "--out", tmp_path / "out", "--only", "anki")
    before = run("list", file).stdout
    run("check", file, "--fix", "--out", tmp_path / "out")
    assert 'id: "null"' in file.read_text() or '"id": "null"' in file.read_text()
    assert run("list", file).stdout == before


@pytest.mark.parametrize("sign", [";", ",", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_cell_of_two_lines_keeps_them_when_its_row_gets_an_id(sign, end):
    table = end.join(
        [sign.join(("left", "right", "id", "more")), sign.join(("a", "b", "", '"x\ny"')), ""]
    )
    made = with_ids(table, {2: "c"})
    assert made == table.replace(f"b{sign}{sign}", f"b{sign}c{sign}")


def test_a_ledger_that_is_not_there_cannot_be_resolved(tmp_path):
    file = tmp_path / "a.yaml"
    file.write_text(HEAD + "  - {id: a, ask: Why?, answer: So}\n")
    told = run("ledger", "--resolve", file, code=1).stderr
    assert told == f"Error: there is no {tmp_path / 'a.ledger.json'}: nothing is in conflict\n"
    told = run("ledger", "--rebuild", file, "--out", tmp_path / "none", code=1).stderr
    assert f"Error: there is no {tmp_path / 'none' / 'numbers.apkg'}: name the folder" in told


CELLS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1).map(
    lambda text: f"x{text}"
)


@given(
    st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=5),
    st.sampled_from(",;\t"),
    st.booleans(),
)
def test_ids_are_written_into_a_table_and_nothing_else_in_it_changes(rows, sign, with_column):
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=sign, lineterminator="\n")
    head = ["left", "id", "right"] if with_column else ["left", "right"]
    writer.writerows(
        [head, *([left, "", right] if with_column else [left, right] for left, right in rows)]
    )
    made = with_ids(stream.getvalue(), {n: f"id-{n}" for n in range(2, len(rows) + 2)})
    read = list(csv.DictReader(io.StringIO(made, newline=""), delimiter=sign))
    assert [(row["left"], row["right"]) for row in read] == rows
    assert [row["id"] for row in read] == [f"id-{n}" for n in range(2, len(rows) + 2)]
