"""A build after an edit of texts on cards makes only what they stand in; after any other, everything. Both give what a build from
nothing gives.
"""

import dataclasses
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from conftest import THOROUGH, WORKSHOP, some
from coursedeck import checks
from coursedeck.checks import rules
from coursedeck.kinds.base import Card
from coursedeck.load import draft
from coursedeck.outputs import collection
from coursedeck.problems import errors
from coursedeck.source.files import read_files
from coursedeck.texts import Line, Prose, Record
from test_built_again import build, same_as_from_nothing
from test_wrong_courses import CASES, laid_over

pytestmark = pytest.mark.slow

NOW = 1_795_600_000
FRAME, TEAM = "modules/frame.yaml", "modules/team-learning.yaml"
DOCUMENTS = "modules/documents.yaml"


@pytest.fixture(scope="module")
def _built(tmp_path_factory):
    place = tmp_path_factory.mktemp("built")
    shutil.copytree(WORKSHOP, place / "course")
    code, told, _, _ = build(place / "course", place / "out", NOW)
    assert (code, told) == (0, "")
    return place


@pytest.fixture
def built(_built, tmp_path):
    """A course with all that a course can have, built; a copy for each test."""
    shutil.copytree(_built, tmp_path, dirs_exist_ok=True)
    return tmp_path / "course", tmp_path / "out"


def edit(folder, name, old, new):
    """Put other words in a file, where the old ones stand for the first time."""
    file = folder / name
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


TEXTS = [
    (FRAME, "What is Senge’s reason for the number?", "What is his reason for that number?"),
    (FRAME, "It integrates the other four", "It joins the other four"),
    (FRAME, "The number says nothing about importance", "It says nothing about importance"),
    (FRAME, "before its {{c1::parts}}", "before all its {{c1::parts}}"),
    (FRAME, "c2::one-way::which way?}} causes", "c2::one-way::how?}} causes"),
    (FRAME, "The five disciplines of a learning organization. What", "Five disciplines. What"),
    (FRAME, "A lifeboat crew in Galway lists", "A *lifeboat* crew in Galway & lists"),
    (FRAME, "brought up and tested", "brought up & tested"),
    (TEAM, "On whose work does Senge build", "Upon whose work does Senge build"),
    (TEAM, "Two buyers repeat their reasons", "Two buyers repeat all their reasons"),
    (TEAM, "She asks each what would change", "She asks both what would change"),
    (TEAM, "Everybody suspends assumptions", "Everybody suspends all assumptions"),
    (TEAM, "The three conditions for dialogue, as", "Three conditions for dialogue, as"),
    (DOCUMENTS, "If Berg misread Amin", "Had Berg misread Amin"),
    (DOCUMENTS, "How much support is that?", "How much support is that, 1995?"),
]


@pytest.mark.parametrize(("name", "old", "new"), some(TEXTS, 3))
def test_after_an_edit_of_a_text_only_what_it_stands_in_is_made(built, name, old, new):
    folder, out = built
    before = {path: path.stat().st_mtime_ns for path in out.iterdir()}
    edit(folder, name, old, new)
    assert same_as_from_nothing(folder, out, NOW + 1)
    own = f"workshop-{Path(name).stem}.apkg"
    touched = {path.name for path, then in before.items() if path.stat().st_mtime_ns != then}
    touched -= {".coursedeck"}
    assert touched == {"workshop.apkg", own, "update.html"}
    assert "nothing to do" in build(folder, out, NOW + 1)[2]


@pytest.mark.parametrize("few", [0, 1000])
def test_edits_follow_each_other_in_one_module_and_in_another(built, monkeypatch, few):
    """Where the packages are laid out as those of many notes are, and where as those of few."""
    monkeypatch.setattr(collection, "FEW", few)
    folder, out = built
    shutil.rmtree(out)
    build(folder, out, NOW)
    for hour, (name, old, new) in enumerate(TEXTS[::2] if THOROUGH else TEXTS[1::4]):
        edit(folder, name, old, new)
        assert same_as_from_nothing(folder, out, NOW + hour)
    edit(folder, "course.yaml", "subtitle: Personal", "subtitle: Our personal")
    assert not same_as_from_nothing(folder, out, NOW + len(TEXTS))


def test_a_file_that_reads_the_same_changes_nothing_but_the_record(built):
    folder, out = built
    edit(folder, FRAME, "id: frame\n", "id: frame # the first\n")
    (out / "update.html").chmod(0o600)  # would be written anew with other rights
    assert "nothing to do" in build(folder, out, NOW + 1)[2]
    assert (out / "update.html").stat().st_mode & 0o777 == 0o600
    edit(folder, FRAME, *TEXTS[0][1:])
    assert same_as_from_nothing(folder, out, NOW + 2)


@pytest.fixture
def released(built):
    """The same, as after a release."""
    folder, out = built
    ledger = folder / "ledger.json"
    next_, first = ('"since": "next", "version": "next"', '"since": "1.0.0", "version": "1.0.0"')
    ledger.write_text(ledger.read_text("utf-8").replace(next_, first), "utf-8")
    assert build(folder, out, NOW)[:2] == (0, "")
    return folder, out


def test_a_released_note_gets_a_new_date_and_its_past(released):
    folder, out = released
    ledger = folder / "ledger.json"
    before = ledger.read_text("utf-8").split("\n")
    edit(folder, *TEXTS[0])
    assert same_as_from_nothing(folder, out, NOW + 5)
    (line,) = {*ledger.read_text("utf-8").split("\n")} - {*before}
    assert f'"mod": {NOW + 5}' in line
    assert re.search(r'"past": \{"Question": "\w{12} \w{12}"', line)


def test_other_words_under_a_released_number_are_told_and_so_is_the_course_built(released):
    folder, out = released
    edit(folder, FRAME, "{{c1::parts}}", "{{c1::gigantic machinery}}")
    for words in (TEXTS[0], TEXTS[1]):
        assert not same_as_from_nothing(folder, out, NOW + 1)
        assert "[number-reused]" in build(folder, out, NOW + 1)[1]
        edit(folder, *words)
    assert not same_as_from_nothing(folder, out, NOW + 2)


def test_released_cards_whose_words_change_places_are_told_by_a_build_of_the_whole_course(released):
    folder, out = released
    for key in ("ask", "answer"):
        keyed = re.findall(rf" {key}: (.*)", (folder / TEAM).read_text("utf-8"))[:2]
        edit(folder, TEAM, f"{key}: {keyed[0]}", f"{key}: -")
        edit(folder, TEAM, keyed[1], keyed[0])
        edit(folder, TEAM, f"{key}: -", f"{key}: {keyed[1]}")
    text = (folder / TEAM).read_text("utf-8")
    one, other = re.findall(r"        more: .*?(?=\n      - id|\n\n)", text, re.DOTALL)[:2]
    edit(folder, TEAM, one, "        more: -")
    edit(folder, TEAM, other, one)
    edit(folder, TEAM, "        more: -", other)
    assert build(folder, out, NOW + 1)[1].count("[id-swapped]") == 2


# --- what is more than texts ---------------------------------------------------------------------

WORDS = TEXTS[1]
CASE = "            - {id: x, case: Z., belongs: Mental models, why: So.}\n"
NURSE = "            - id: nurse\n"
MORE = {
    "another id": [(FRAME, "id: fr-systems-why-fifth", "id: fr-systems-why")],
    "a new number of a cloze": [(FRAME, "over time before", "over {{c4::time}} before")],
    "another number of a cloze": [(FRAME, "{{c3::", "{{c5::")],
    "a number that is gone": [(FRAME, "{{c3::snapshots::single pictures}}", "snapshots")],
    "another lens": [(FRAME, "lens: cause", "lens: part")],
    "another sort of question": [(TEAM, "asks: move", "asks: reason")],
    "another item": [(TEAM, "{id: colleagues, text", "{id: mates, text")],
    "a case more": [(FRAME, NURSE, CASE + NURSE)],
    "another drawing": [(FRAME, "image: five-disciplines.svg", "image: alignment.svg")],
    "another source": [(TEAM, "- bohm-dialogue\n          - fifth-discipline-2006: ch. 11\n", "- bohm-dialogue\n")],
    "another place in a source": [(FRAME, "fifth-discipline-2006: ch. 1\n", "fifth-discipline-2006: ch. 2\n")],
    "a waiver": [(FRAME, "{rule: never-right, reason: The tests need it so.}", "{rule: never-right, reason: So.}")],
    "the title": [(FRAME, "\ntitle: ", "\ntitle: On ")],
    "the name of a concept": [(FRAME, "name: Systems thinking", "name: To think in systems")],
    "the name that another refers to": [(FRAME, "{name: Being systematic,", "{name: The core disciplines,")],
    "a text that is on no card": [(FRAME, "A theater in Riga has", "A theater in Vilnius has")],
    "the deck": [(FRAME, "\ndeck: ", "\ndeck: 0 ")],
    "two modules": [WORDS, (TEAM, "On whose work does Senge build", "Upon whose work does Senge build")],
    "the course": [WORDS, ("course.yaml", "subtitle: Personal", "subtitle: Our personal")],
    "the course alone": [("course.yaml", "subtitle: Personal", "subtitle: Our personal")],
    "a document": [("essays/doc-01.yaml", "\ntitle: ", "\ntitle: On ")],
    "a drawing": [("media/alignment.svg", "</svg>", "<!-- so --></svg>")],
    "an error in the words": [(DOCUMENTS, "What is such a citation called?", "What is <b>such</b> a citation?")],
    "an error in the file": [(FRAME, "lens: cause", "lens: couse")],
    "a malformed cloze": [(FRAME, "{{c1::parts}}", "{{c1::}}")],
    "an option that no case has": [(FRAME, "options: [Personal mastery, Mental models", "options: [Personal mastery, Models")],
    "a card that has to wait": [(DOCUMENTS, "a phrase does not.", "a second-hand one does not.")],
}  # fmt: skip


@pytest.mark.parametrize("edits", some(MORE.values(), 3), ids=some(MORE, 3))
def test_after_any_other_edit_the_whole_course_is_built(built, edits):
    folder, out = built
    for name, old, new in edits:
        edit(folder, name, old, new)
    assert not same_as_from_nothing(folder, out, NOW + 1)


def test_a_card_more_or_less_builds_the_whole_course(built):
    folder, out = built
    card = "      - {id: extra, lens: part, ask: Which of the two was built first in Oslo?, answer: The opera}\n"
    edit(folder, DOCUMENTS, "      - id: doc-second-hand\n", f"{card}      - id: doc-second-hand\n")
    assert not same_as_from_nothing(folder, out, NOW + 1)
    edit(folder, DOCUMENTS, card, "")
    assert not same_as_from_nothing(folder, out, NOW + 2)
    edit(folder, *TEXTS[0])
    assert same_as_from_nothing(folder, out, NOW + 3)


def replaced(path, old, new):
    data = path.read_bytes()
    assert old in data
    path.write_bytes(data.replace(old, new, 1))


STATES = {
    "a touched output": lambda _, out: (out / "workshop-documents.apkg").write_bytes(b"touched"),
    "an output that is gone": lambda _, out: (out / "update.html").unlink(),
    "a damaged record of texts": lambda _, out: (out / ".coursedeck/texts").write_bytes(b"["),
    "no record of texts": lambda _, out: (out / ".coursedeck/texts").unlink(),
    "other texts in the record": lambda _, out: replaced(
        out / ".coursedeck/texts", b"It integrates", b"It joins"
    ),
    "another SQLite": lambda _, out: replaced(
        out / ".coursedeck/texts", collection.TOOLS.encode(), b"SQLite 3, zlib 1"
    ),
    "a damaged record": lambda _, out: (out / ".coursedeck/built-anki.json").write_bytes(b"{}"),
    "a warning told before": lambda _, out: replaced(
        out / ".coursedeck/built-anki.json", b'"told": []', b'"told": ["So."]'
    ),
    "a ledger changed by hand": lambda folder, _: replaced(
        folder / "ledger.json", b'"since": "next"', b'"since": "1.0.0"'
    ),
    "no ledger": lambda folder, out: [(folder / "ledger.json").unlink(), (out / "workshop.apkg").unlink()],
    "a ledger of version 1.0.0": lambda folder, out: shutil.copy(folder / "ledger.json", out),
    "a package that no build made": lambda _, out: shutil.copy(
        out / "workshop-frame.apkg", out / "workshop-old.apkg"
    ),
    "a module that was in another build": lambda _, out: (out / "other.apkg").write_bytes(b"?"),
}  # fmt: skip


@pytest.mark.parametrize("change", some(STATES.values(), 3), ids=some(STATES, 3))
def test_where_anything_else_has_changed_the_whole_course_is_built(built, change):
    folder, out = built
    edit(folder, *WORDS)
    change(folder, out)
    code, _, told, _ = build(folder, out, NOW + 1)
    assert code == 0
    assert "workshop-documents.apkg" in told  # which the edit does not touch


def test_a_clock_that_went_back_builds_the_whole_course(built):
    folder, out = built
    edit(folder, *WORDS)
    assert not same_as_from_nothing(folder, out, NOW - 1)


def test_a_newer_date_in_version_control_builds_the_whole_course(built):
    folder, out = built

    def commit():
        name = ["-c", "user.name=A", "-c", "user.email=a@b.invalid"]
        for words in (["add", "-A"], [*name, "commit", "-qm", "So"]):
            subprocess.run(["git", *words], cwd=folder, check=True)

    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    ledger, module = folder / "ledger.json", folder / TEAM
    first, text = ledger.read_bytes(), module.read_bytes()
    commit()
    edit(folder, *WORDS)
    assert same_as_from_nothing(folder, out, NOW + 1)  # what git has is no newer
    edit(folder, FRAME, "It joins the other four", "It integrates the other four")
    # Another folder has a newer build, which was committed and reverted.
    ledger.write_bytes(first)
    shutil.rmtree(out)
    assert build(folder, out, NOW)[:2] == (0, "")
    first = ledger.read_bytes()
    edit(folder, TEAM, "Everybody suspends", "Everyone suspends")
    build(folder, folder.parent / "elsewhere", NOW + 100)
    commit()
    ledger.write_bytes(first)
    module.write_bytes(text)
    commit()
    edit(folder, *WORDS)
    assert not same_as_from_nothing(folder, out, NOW + 200)


# --- what it counts on ---------------------------------------------------------------------------


# Of these there is no course, since a file cannot be read.
UNREAD = {"depth", "yaml"}


@pytest.fixture(scope="module", params=["workshop", *CASES])
def course(request):
    """The course with everything, and every wrong one as far as its files can be read."""
    case = request.param
    with tempfile.TemporaryDirectory() as place:
        folder = WORKSHOP if case == "workshop" else laid_over(case, Path(place))
        found, _ = draft(read_files(folder))
    assert (found is None) == (case in UNREAD)
    return found or pytest.skip("a file of it cannot be read")


def reworded(value, on_card=False):
    """The same record with other texts on cards."""
    if on_card and isinstance(value, Line | Prose):
        return type(value)(f"{value} {{{{c1::no}}}} No. *This* is it?", value.span)
    if isinstance(value, tuple):
        return tuple(reworded(each, on_card) for each in value)
    if isinstance(value, Record):
        inside = on_card or isinstance(value, Card)
        names = [field.name for field in dataclasses.fields(value) if field.name != "span"]
        made = {name: reworded(getattr(value, name), inside) for name in names}
        return dataclasses.replace(value, **made)
    return value


def test_other_texts_on_cards_are_nothing_to_the_checks_that_look_at_the_whole_course(course):
    other = dataclasses.replace(course, modules=reworded(course.modules))
    for check in checks.WHOLE:
        assert errors(check(other)) == errors(check(course)), check


def test_the_rules_find_errors_in_one_module_at_a_time(course):
    def wrong(course):
        return errors(rules.run(course, warnings=False))

    alone = [dataclasses.replace(course, modules=(module,)) for module in course.modules]
    assert sorted(wrong(course), key=str) == sorted(
        (problem for each in alone for problem in wrong(each)), key=str
    )


@pytest.mark.parametrize("name", ["workshop.apkg", "workshop-frame.apkg"])
def test_a_package_written_from_its_own_rows_is_the_same(built, name):
    held = (built[1] / name).read_bytes()
    opened = collection.opened(held)
    assert collection.copied(opened, held) == held
    opened.close()
