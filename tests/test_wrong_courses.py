"""Wrong courses, the problems that they earn, and what a person reads of them.

Each folder of `wrong/` is laid over the small course. A comment
`E: COLUMN CODE` stands on the line that earns the problem; nothing else may be reported. The file CASE.txt holds the
command and all that it prints; `pytest --rewrite` writes these files anew, from the command in their first line.
"""

import ast
import re
import shlex
import shutil

import pytest
from click.testing import CliRunner
from conftest import ROOT, SAUERTEIG, run, some
from coursedeck.checks.rules import RULES
from coursedeck.cli import main
from coursedeck.codes import CODES
from program import nodes

WRONG = ROOT / "tests" / "wrong"
CASES = sorted({path.stem for path in WRONG.iterdir()})
EXPECTED = re.compile(r"E: (\d+) ([a-z0-9-]+)")
REPORTED = re.compile(r"^(\S+?):(\d+):(\d+): (error|warning): .* \[([a-z0-9-]+)\]$", re.MULTILINE)
CHECK = "$ coursedeck check course"
SLOW = {"bibliography", "not-printed", "too-long"}  # what Typst finds
PARAMETERS = [pytest.param(c, marks=[pytest.mark.slow] if c in SLOW else []) for c in CASES]


def laid_over(case, folder):
    """The wrong course of a case in `folder/course`."""
    shutil.copytree(SAUERTEIG, folder / "course")
    if (WRONG / case).is_dir():
        shutil.copytree(WRONG / case, folder / "course", dirs_exist_ok=True)
    return folder / "course"


def annotations(case):
    """Where the comments of a case expect a problem, and which: sorted, as one may be earned twice."""
    found = []
    for path in (WRONG / case).rglob("*"):
        if path.is_file():
            text = path.read_bytes().decode("utf-8", errors="replace")
            name = path.relative_to(WRONG / case).as_posix()
            for number, line in enumerate(text.split("\n"), 1):
                found += [(name, number, int(c), code) for c, code in EXPECTED.findall(line)]
    return sorted(found)


def reported(text):
    """Where a snapshot reports a problem, and which."""
    found = REPORTED.findall(text)
    return sorted((path, int(line), int(column), code) for path, line, column, _, code in found)


def snapshot(case):
    path = WRONG / f"{case}.txt"
    return path.read_bytes().decode() if path.is_file() else CHECK


@pytest.mark.parametrize("case", PARAMETERS)
def test_a_wrong_course_earns_what_its_comments_name_and_reads_as_its_snapshot(
    case, tmp_path, monkeypatch, request
):
    laid_over(case, tmp_path)
    monkeypatch.chdir(tmp_path)
    command = snapshot(case).partition("\n")[0]
    result = CliRunner().invoke(main, shlex.split(command)[2:])
    text = f"{command}\n{result.output}exit {result.exit_code}\n"
    if request.config.getoption("--rewrite"):
        (WRONG / f"{case}.txt").write_bytes(text.encode())
    assert text == snapshot(case)
    if (WRONG / case).is_dir():
        assert reported(text) == [(f"course/{path}", *rest) for path, *rest in annotations(case)]


@pytest.mark.slow
@pytest.mark.parametrize("case", some(CASES, 3))
def test_a_wrong_course_leaves_what_was_built_before_as_it_was(case, tmp_path):
    """`build` exits 1 without a traceback and touches no file; a course with warnings only may be built."""
    course = laid_over(case, tmp_path)
    command = snapshot(case).partition("\n")[0]
    if case == "no-course":
        (course / "course.yaml").unlink()
    elif ": error: " not in snapshot(case):
        pytest.skip("it has warnings only")
    out = tmp_path / "decks"
    out.mkdir(exist_ok=True)
    (out / "sauerteig.apkg").write_bytes(b"what was there")
    before = {path: path.read_bytes() for path in out.iterdir()}
    one_file = course / "woerter.yaml"
    run("build", one_file if one_file.name in command else course, "--out", out, code=1)
    assert {path: path.read_bytes() for path in out.iterdir()} == before


# --- codes ---------------------------------------------------------------------------------------


def earned():
    """Every code of a snapshot, with its severity."""
    return {(code, level) for c in CASES for _, _, _, level, code in REPORTED.findall(snapshot(c))}


def test_every_code_is_explained_and_earned_by_a_wrong_course_at_its_level():
    """The rules for prompts are earned by the examples of their documentation, in test_rules.py."""
    rules = {(rule.id, rule.level) for rule in RULES}
    assert earned() - rules == {(code, known.level) for code, known in CODES.items()} - rules


def called(node):
    return getattr(node.func, "id", getattr(node.func, "attr", ""))


def codes_in_the_source():
    """Every code that some function gives to a Problem, or to a function that passes it on to one; and what is given
    where no constant stands.
    """
    every = [node for path in (ROOT / "generator").rglob("*.py") for node in nodes(path)]
    calls = [node for node in every if isinstance(node, ast.Call)]
    place = {"Problem": 1, "Unread": 0}
    for function in (node for node in every if isinstance(node, ast.FunctionDef)):
        names = [argument.arg for argument in function.args.args if argument.arg != "self"]
        for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
            code = call.args[1] if called(call) == "Problem" and len(call.args) > 1 else None
            if isinstance(code, ast.Name) and code.id in names:
                place[function.name] = names.index(code.id)
    given = [
        node.args[place[called(node)]]
        for node in calls
        if called(node) in place and len(node.args) > place[called(node)]
    ]
    constants = {node.value for node in given if isinstance(node, ast.Constant)}
    return constants, {ast.unparse(node) for node in given if not isinstance(node, ast.Constant)}


@pytest.mark.slow
def test_every_code_in_the_source_is_explained():
    codes, others = codes_in_the_source()
    assert len(codes) > 50
    assert codes - CODES.keys() == set()
    # What helpers pass on, what is found in texts, the rules' own ids, and pdf's three (`SAID`).
    assert others == {"code", "found.code", "each.id", "stopped[1]"}


def test_an_explanation_says_what_it_means_and_what_to_do():
    said = {code: run("explain", code).stdout for code in CODES}
    first = {code: text.partition("\n")[0] for code, text in said.items()}
    assert first == {code: f"{code} ({known.level})" for code, known in CODES.items()}
    assert [c for c, known in CODES.items() if "What to do: " + known.hint not in said[c]] == []


def headed(docs):
    """Whether there is what an explanation names to read on: a heading of a page, or a command."""
    if named := re.fullmatch(r"(\S+\.md), “(.+)”", docs):
        text = (ROOT / named[1]).read_text("utf-8")
        return re.search(rf"^#+ {re.escape(named[2])}$", text, re.MULTILINE)
    return docs.startswith(("`coursedeck rules`", "`coursedeck schema`"))


def test_an_explanation_says_where_to_read_on():
    assert [code for code, known in CODES.items() if not headed(known.docs)] == []


def test_an_unknown_code_is_refused_with_the_nearest_one():
    assert "did you mean “few-lenses”?" in run("explain", "few-lens", code=1).stderr
    assert "`coursedeck check` shows codes" in run("explain", "qqq", code=1).stderr
