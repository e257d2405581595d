"""One mistake is told once, however much follows from it: what is counted, named or left over elsewhere comes of it."""

import pytest
from conftest import COURSES, some
from coursedeck.load import assemble, load
from coursedeck.source.files import read_files
from tables import with_each

FILES = read_files(COURSES / "reference")
TEAM, ESSAY = "modules/team-learning.yaml", "essays/doc-05.yaml"
# What is done: the file, what stood there, what stands there now, and the code of what is told.
MISTAKES = {
    "a key misspelt": (TEAM, "answer: It explores", "anwser: It explores", "unknown-key"),
    "a key of another program": (TEAM, "ask: What does", "question: What does", "no-kind"),
    "an id misspelt as a key": (TEAM, "- id: dialogue\n", "- idd: dialogue\n", "unknown-key"),
    "a needed key under another name": ("tools.yaml", "- id: ten", "- ident: ten", "unknown-key"),
    "items misspelt": (TEAM, "items:", "itmes:", "unknown-key"),
    "the form of a sheet misspelt": ("tools.yaml", "chart: {", "chrat: {", "unknown-key"),
    "options misspelt": ("tools.yaml", "options: [", "option: [", "unknown-key"),
    "minutes misspelt": ("plan.yaml", "minutes: 60", "minuts: 60", "unknown-key"),
    "minutes in words": ("plan.yaml", "minutes: 50", "minutes: fifty", "not-a-number"),
    "a percentage with its sign": ("plan.yaml", "50, about: W", "50 %, about: W", "not-a-number"),
    "documents misspelt": ("modules/documents.yaml", "essays:", "esays:", "unknown-key"),
    "an outcome's id mistyped": ("course.yaml", "id: facil", "id: facill", "unknown-outcome"),
    "an objective's id mistyped": (TEAM, "{id: tl-", "{id: tl", "unknown-objective"),
    "an objective's name mistyped": (TEAM, "[tl-explain", "[tlexplain", "unknown-objective"),
    "an id twice": (TEAM, "- id: suspending-assumptions", "- id: dialogue", "duplicate-id"),
    "an objective twice": (
        "modules/documents.yaml",
        "id: docs-judge",
        "id: tl-explain-conditions",
        "duplicate-id",
    ),
    "a work's key mistyped": ("sources.yaml", "discipline-2006", "discip-2006", "unknown-source"),
    "a citation mistyped": (TEAM, "discipline-1990", "discip-1990", "unknown-source"),
    "a work without a title": ("sources.yaml", "  title: Great Essays\n", "", "missing-key"),
    "sources that are no YAML": ("sources.yaml", "title: Gr", "title: a: Gr", "yaml-syntax"),
    "no sources": ("sources.yaml", None, None, "unknown-source"),
    "a module that is no YAML": (TEAM, "title: Team", "title: a: Team", "yaml-syntax"),
    "no module": (TEAM, None, None, "no-file"),
    "a module's name mistyped": ("course.yaml", "[team-", "[tem-", "no-file"),
    "a module's name in capitals": ("course.yaml", "[team-", "[Team-", "bad-id"),
    "a module left out of the list": ("course.yaml", " documents,", "", "unused-file"),
    "a document's name mistyped": ("modules/documents.yaml", "[doc-05]", "[doc-5]", "no-file"),
    "a plan that is no YAML": ("plan.yaml", "title: Two", "title: a: Two", "yaml-syntax"),
    "a session's module mistyped": ("plan.yaml", "[team-", "[tem-", "unknown-module"),
    "no sheets": ("tools.yaml", None, None, "unknown-tool"),
    "a sheet's name mistyped": (TEAM, "{sheet: tension", "{sheet: tensn", "unknown-tool"),
    "a picture's name mistyped": (TEAM, "figure: align", "figure: algn", "unknown-media"),
    "a figure that is no drawing": (TEAM, "alignment.svg", "alignment.png", "unknown-media"),
    "a deletion left open": (TEAM, "{{c1::defended}}", "{{c1::defended}", "cloze"),
    "a statement of no option": ("tools.yaml", "belongs: Dis", "belongs: Des", "not-an-option"),
    "columns misspelt": ("tools.yaml", "      columns: [", "      colums: [", "unknown-key"),
    "statements misspelt": ("tools.yaml", "statements:", "statments:", "unknown-key"),
    "rows misspelt": ("tools.yaml", "rows: 12", "rws: 12", "unknown-key"),
    "rows in words": ("tools.yaml", "rows: 12", "rows: twelve", "not-a-number"),
    "points misspelt": ("plan.yaml", "points: 2", "point: 2", "unknown-key"),
    "points in words": ("plan.yaml", "points: 2", "points: two", "not-a-number"),
    "levels of a rubric misspelt": ("plan.yaml", "levels: [Good", "levls: [Good", "unknown-key"),
    "levels of a criterion misspelt": ("plan.yaml", "levels: [All", "level: [All", "unknown-key"),
    "no options": ("tools.yaml", "[Dialogue, Discussion]", "[]", "empty-sheet"),
    "minutes twice": (
        "plan.yaml",
        "minutes: 50",
        "minutes: 5\n            minutes: 50",
        "duplicate-key",
    ),
    "no note type": ("note-types/basic.yaml", None, None, "kept-note"),
}


@pytest.mark.parametrize("name", some(MISTAKES, 3))
def test_one_mistake_is_told_once(name):
    path, old, new, code = MISTAKES[name]
    files = dict(FILES)
    if old is None:
        del files[path]
    else:
        text = files[path].decode()
        assert old in text
        files[path] = text.replace(old, new, 1).encode()
    _, found = assemble(files)
    assert [problem.code for problem in found] == [code], [str(problem) for problem in found]


def test_what_is_named_many_times_and_not_there_is_told_where_it_is_named_first():
    files = dict(FILES)
    files["sources.yaml"] = files["sources.yaml"].replace(b"line-2006", b"line-2005")
    _, (problem,) = assemble(files)
    assert problem.message.endswith("“fifth-discipline-2006” (it is named 3 times)")
    assert (problem.span.line, problem.hint) == (19, "did you mean “fifth-discipline-2005”?")


# --- hints -----------------------------------------------------------------------------------------


def hints(path, old, new):
    text = FILES[path].decode()
    assert old in text
    assert assemble(FILES)[1] == []  # a new rule must find nothing in it
    _, found = assemble({**FILES, path: text.replace(old, new, 1).encode()})
    return [problem.hint for problem in found]


def test_no_hint_proposes_what_is_taken():
    listed = hints("course.yaml", "[team-learning,", "[team-learning, tem-learning,")
    assert listed == ["add modules/tem-learning.yaml"]
    (key,) = hints(TEAM, "answer: It explores", "answr: So.\n        answer: It explores")
    assert "answer" not in key
    (field,) = hints("modules/capitals.yaml", "      Front:", "      Frnt: x\n      Front:")
    assert "did you mean" not in field


@pytest.mark.parametrize(
    ("written", "where"),
    [
        ("cards: [{ask: 'Which is it? ![A]({})', answer: A}]", "into media/"),
        ("cards: [{diagram: {image: {}, prompt: Name it}}]", "into media/"),
        ("fonts: [{}]\ncards: [{ask: Which is it?, answer: A}]", "into fonts/"),
        ("cards: [{pairs: {}}]", "beside this one"),
    ],
)
@pytest.mark.parametrize("name", ["../heart.{}", "sub/heart.{}", "/etc/heart.{}"])
def test_a_path_is_told_as_one_wherever_a_file_is_named(tmp_path, written, where, name):
    """It is never said to be missing: there may be such a file, and it is not looked for."""
    name = name.format({"beside": "csv", "into f": "ttf"}.get(where[:6], "png"))
    file = tmp_path / "course" / "c.yaml"
    file.parent.mkdir()
    (tmp_path / name.rpartition("/")[2]).write_bytes(b"there it is")
    file.write_text("title: C\nid: c\n" + written.replace("{}", name), "utf-8")
    (found,) = load(file, warnings=False)[1]
    assert found.message == f"“{name}” is not the plain name of a file"
    assert found.hint.startswith(f"put the file {where} and write its name alone")


@pytest.mark.parametrize("leads", ["../heart.png", "/nowhere/heart.png"])
def test_a_link_that_leads_out_is_told_as_one_whether_or_not_something_is_there(tmp_path, leads):
    file = tmp_path / "course" / "c.yaml"
    file.parent.mkdir()
    (tmp_path / "heart.png").write_bytes(b"there it is")
    (file.parent / "heart.png").symlink_to(leads)
    file.write_text("title: C\ncards: [{ask: 'Which is it? ![A](heart.png)', answer: A}]", "utf-8")
    (found,) = load(file)[1]
    assert found.message.startswith("heart.png is a link that leads out of the course")


@with_each(
    ("path", "old", "new", "hint"),
    [
        ("plan.yaml", "minutes: 60", "least: {}\n        minutes: 60", "an activity"),
        ("plan.yaml", "minutes: 50", "least: {}\n            minutes: 50", "an activity"),
        (
            "plan.yaml",
            "minutes: 60",
            "prints: []\n        minutes: 60",
            "a step and of an activity",
        ),
        (TEAM, "- id: dialogue\n", "- chapters: 1\n    id: dialogue\n", "a module"),
    ],
)
def test_a_key_that_stands_on_the_wrong_record_is_told_where_it_belongs(path, old, new, hint):
    key = new.removeprefix("- ").partition(":")[0]
    assert hints(path, old, new) == [f"“{key}” is a key of {hint}"]


@with_each(
    ("path", "key", "old", "number", "told"),
    [
        ("plan.yaml", "minutes", "50", "-3", "a number from 0 to 999999999"),
        ("plan.yaml", "points", "2", "-1", "a number from 1 to 99"),
        ("tools.yaml", "rows", "12", "100", "a number from 1 to 99"),
        ("tools.yaml", "rows", "12", "1234567890123", "a number from 1 to 99"),
    ],
)
def test_a_number_out_of_its_range_is_told_as_one_at_its_own_place(path, key, old, number, told):
    text = FILES[path].decode()
    at = text.index(f"{key}: {old}") + len(f"{key}: ")
    changed = text[:at] + number + text[at + len(old) :]
    _, (found,) = assemble({**FILES, path: changed.encode()})
    assert (found.code, found.hint) == ("out-of-range", told)
    assert found.message == f"`{key}` is {number}"
    line = changed[:at].count("\n") + 1
    assert (found.span.line, found.span.column) == (line, at - changed.rfind("\n", 0, at))
