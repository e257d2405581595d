"""A correction in a course whose ids are left out: each card stays the note that learners have."""

import pytest
from adopting import came
from conftest import run
from coursedeck.incoming.adopt import adopted
from coursedeck.incoming.corrections import found
from coursedeck.load import assemble
from coursedeck.notes import notes_of
from coursedeck.published.ledger import Ledger
from coursedeck.source.files import read_files
from coursedeck.terminal import keyed_course

pytestmark = pytest.mark.slow

DRAFT = """title: T
key: k-0
cards:
  # the first
  - ask: What is the capital of France?
    answer: Paris
  - ask: What is the capital of France?
    answer: Not Lyon
  - {ask: Who?, answer: I.}
  - pairs:
    - {Hund: dog}
    - Katze: cat
  - sequence:
      prompt: Which is missing?
      ordered: true
      items: [{text: One}, {text: Two}, {text: Three}]
"""


def notes(files):
    course, _ = assemble(files)
    assert course
    return course, {note.guid: note for note in notes_of(course)}


@pytest.mark.parametrize(
    ("name", "old", "new", "written"),
    [
        ("Question", "Who?", "Whose?", "  - {id: who, ask: Whose?, answer: I.}"),
        ("Answer", "I.", "We.", "  - {ask: Who?, answer: We.}"),
        ("Left", "Hund", "der Hund", "    - {id: hund, der Hund: dog}"),
        ("Left", "Katze", "die Katze", "    - id: katze"),
        ("Item", "Two", "Zwei", "      items: [{text: One}, {id: two, text: Zwei}, {text: Three}]"),
        ("Prompt", "missing", "left out", "  - id: which-is-missing"),
        ("Question", "France", "Italy", "  - id: what-is-the-capital-of-france-"),
        ("Answer", "Not Lyon", "Not Nice", "  - id: what-is-the-capital-of-france-"),
    ],
)
def test_the_id_that_hung_on_the_words_is_written_down_beside_them(name, old, new, written):
    """Another note came of each, and learners got a second card."""
    files = {"cards.yaml": DRAFT.encode()}
    course, before = notes(files)
    note = next(each for each in before.values() if old in each.fields.get(name, ""))
    back = found(course, Ledger(), [came(course, (name, old, new), id_=note.id)])
    made, told = adopted(files, back.corrections, unnamed=course.unnamed)
    assert told == []
    _, after = notes(made)
    assert before.keys() == after.keys()
    assert {guid for guid in after if after[guid].fields != before[guid].fields} >= {note.guid}
    lines = made["cards.yaml"].decode().splitlines()
    assert [line for line in lines if line.startswith(written)]
    twins = written.endswith("-")  # both are set apart by their words
    assert sum("id: " in line for line in lines) == ("id: " in written) + twins


def test_a_table_of_pairs_gets_a_column_for_the_id():
    files = {
        "cards.yaml": b"title: T\nkey: k-0\ncards: [{pairs: t.csv}]\n",
        "t.csv": b"left,right\nHund,dog\nKatze,cat\n",
    }
    course, before = notes(files)
    back = found(course, Ledger(), [came(course, Left="der Hund", id_="hund")])
    made, told = adopted(files, back.corrections, unnamed=course.unnamed)
    assert told == []
    assert made["t.csv"] == b"left,right,id\nder Hund,dog,hund\nKatze,cat\n"
    assert notes({**files, **made})[1].keys() == before.keys()


def test_the_next_build_has_the_same_notes(tmp_path):
    path, out = tmp_path / "cards.yaml", tmp_path / "out"
    path.write_text(DRAFT.replace("key: k-0\n", ""), "utf-8")
    run("build", path, "--out", out, "--only", "anki")
    before = notes_of(keyed_course(path, out, read_files(path)))
    who = next(note for note in before if note.id == "who")
    back = tmp_path / "came.txt"
    head = "#separator:tab\n#html:true\n#guid column:1\n#columns:guid\tId\tQuestion\n"
    back.write_text(f"{head}{who.guid}\twho\tWhose turn?\n", "utf-8")
    said = run("adopt", back, path, "--out", out, "--yes").output
    assert said.endswith("written down too, since they hung on the words: id who\n")
    run("build", path, "--out", out, "--only", "anki")
    after = notes_of(keyed_course(path, out, read_files(path)))
    assert [note.guid for note in after] == [note.guid for note in before]
    assert "{id: who, ask: Whose turn?" in path.read_text("utf-8")
