"""Wrong courses and the problems that they earn.

Each folder of `wrong/` is laid over the small course. A comment `E: COLUMN CODE` stands on the line that earns the problem;
nothing else may be reported.
"""

import ast
import re
import shutil

import pytest
from click.testing import CliRunner
from conftest import ROOT, SAUERTEIG
from coursedeck.cli import main
from coursedeck.load import load

WRONG = sorted((ROOT / "tests" / "wrong").iterdir())
EXPECTED = re.compile(r"E: (\d+) ([a-z0-9-]+)")


def laid_over(case, folder):
    shutil.copytree(SAUERTEIG, folder)
    shutil.copytree(case, folder, dirs_exist_ok=True)
    return folder


def annotations(case):
    found = set()
    for path in case.rglob("*"):
        if path.is_file():
            text = path.read_bytes().decode("utf-8", errors="replace")
            for number, line in enumerate(text.split("\n"), 1):
                for column, code in EXPECTED.findall(line):
                    found.add((path.relative_to(case).as_posix(), number, int(column), code))
    return found


@pytest.mark.parametrize("case", WRONG, ids=lambda case: case.name)
def test_a_wrong_course_earns_exactly_the_problems_that_its_comments_name(case, tmp_path):
    _, problems = load(laid_over(case, tmp_path / "course"))
    reported = {(p.span.path, p.span.line, p.span.column, p.code) for p in problems}
    assert reported == annotations(case)


ERRORS = [case for case in WRONG if case.name != "coverage"]  # that one earns warnings only


@pytest.mark.parametrize("case", ERRORS, ids=lambda case: case.name)
def test_a_wrong_course_leaves_what_was_built_before_as_it_was(case, tmp_path):
    """`build` exits 1 without a traceback and touches no file."""
    out = tmp_path / "decks"
    out.mkdir()
    (out / "sauerteig.apkg").write_bytes(b"what was there")
    result = CliRunner().invoke(
        main, ["build", str(laid_over(case, tmp_path / "c")), "--out", str(out)]
    )
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    assert [path.name for path in out.iterdir()] == ["sauerteig.apkg"]
    assert (out / "sauerteig.apkg").read_bytes() == b"what was there"


def codes_in_the_source():
    """Every code that some function of the generator gives to a Problem."""
    codes = set()
    for path in (ROOT / "generator").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                place = {"Problem": 1, "_refuse": 1, "_hole": 1, "_unknown": 2}.get(name)
                if place is not None and len(node.args) > place:
                    code = node.args[place]
                    if isinstance(code, ast.Constant):
                        codes.add(code.value)
    return codes


# Earned below (a folder without a course and a file nested too deeply cannot be laid over one) and in test_rules.py.
ELSEWHERE = {"no-course", "yaml-depth", "unknown-rule", "unused-waiver"}
# Earned against a ledger, in test_history.py.
ELSEWHERE |= {"vanished-id", "reused-id", "retired-but-there", "unknown-card", "deck-renamed"}
ELSEWHERE |= {"card-moved", "other-course"}
# Earned by pages, in test_print_odd.py.
ELSEWHERE |= {"no-glyph", "bad-bibliography"}


def test_every_code_is_earned_by_a_wrong_course():
    earned = {code for case in WRONG for _, _, _, code in annotations(case)}
    assert len(earned) > 30
    assert codes_in_the_source() - earned - ELSEWHERE == set()


def test_a_folder_without_a_course_says_so(tmp_path):
    course, problems = load(tmp_path)
    assert course is None
    assert [p.code for p in problems] == ["no-course"]


def test_a_file_nested_too_deeply_is_refused(course_folder):
    (course_folder / "modules" / "grundlagen.yaml").write_text("[" * 3000 + "]" * 3000)
    _, problems = load(course_folder)
    assert {p.code for p in problems} <= {"yaml-depth", "yaml-syntax"}
    assert problems


def test_a_problem_is_shown_with_its_line_a_caret_and_a_hint(course_folder):
    module = course_folder / "modules" / "grundlagen.yaml"
    module.write_text(
        module.read_text("utf-8").replace("backbuch: Kap. 1", "bakbuch: Kap. 1"), "utf-8"
    )
    result = CliRunner().invoke(main, ["check", str(course_folder)])
    assert result.exit_code == 1
    lines = result.stderr.splitlines()
    start = next(i for i, line in enumerate(lines) if "unknown-source" in line)
    place, excerpt, caret, hint = lines[start : start + 4]
    assert place.startswith("modules/grundlagen.yaml:16:")
    assert "bakbuch: Kap. 1" in excerpt
    assert excerpt.index("bakbuch") == caret.index("^")
    assert caret.count("^") == len("bakbuch")
    assert hint.endswith("did you mean “backbuch”?")
