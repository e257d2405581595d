"""A new kind of card and a new printed form are their own files and an edit at a few places of the code that existed.

Each is made here for real, in a copy of `generator/`: the files of `places/kind` and `places/form` are laid into it, and
the edits below are made. To mend a failure, do to them what a newcomer would have to do; more places than the bound
mean that the code has become harder to extend.
"""

import difflib
import os
import shutil
import subprocess
import sys

import pymupdf
import pytest
from conftest import ROOT

pytestmark = pytest.mark.slow

# (file, what stands there once, what stands there then)
KIND = [
    (
        "kinds/all.py",
        "from .pair import Pair\n",
        "from .pair import Pair\nfrom .riddle import Riddle\n",
    ),
    ("kinds/all.py", "AnyCard = Question |", "AnyCard = Question | Riddle |"),
]
FORM = [
    (
        "outputs/print/pages/all.py",
        "from . import ",
        "from . import roll\nfrom . import ",
    ),
    (
        "outputs/print/pages/all.py",
        '    Form(\n        "calibration"',
        '    Form("roll", ("roll",), roll.data, roll.documents),\n    Form(\n        "calibration"',
    ),
    ("labels.py", '    "say": (', '    "roll": ("Roll", "Verzeichnis", "Lista"),\n    "say": ('),
]
# A run of lines each in what people read: docs/format.md and two examples; docs/teachers.md.
KIND_TOLD, FORM_TOLD = 3, 1
RIDDLE = """\
      - id: anstellgut-raetsel
        lens: example
        riddle: Was steht im Kühlschrank, lebt und wird am Wochenende satt?
        solution: das Glas der Bäckerin
"""


def extended(name, edits, folder):
    """A copy of the package `coursedeck` in the folder with new files and edits, and the number of places."""
    package = shutil.copytree(
        ROOT / "generator", folder / "coursedeck", ignore=shutil.ignore_patterns("__pycache__")
    )
    new = ROOT / "tests" / "places" / name
    files = [
        path.relative_to(new) for path in new.rglob("*") if path.suffix in {".py", ".typ", ".html"}
    ]
    assert files
    for file in files:
        assert not (package / file).exists()
        shutil.copy(new / file, package / file)
    for file, old, edited in edits:
        text = (package / file).read_text("utf-8")
        assert text.count(old) == 1, (file, old)
        (package / file).write_text(text.replace(old, edited), "utf-8")
    touched = {file for file, _, _ in edits}
    return sum(places(ROOT / "generator" / file, package / file) for file in touched)


def places(before, after):
    """How many runs of lines differ: no fewer than the hunks that git counts, which joins those that stand close."""
    lines = (path.read_text("utf-8").splitlines() for path in (before, after))
    return sum(op[0] != "equal" for op in difflib.SequenceMatcher(None, *lines).get_opcodes())


def coursedeck(folder, *args):
    """Run the package of this folder; what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", "coursedeck", *map(str, args)],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def words(path):
    with pymupdf.open(path) as pdf:
        return " ".join(" ".join(page.get_text() for page in pdf).split())


def test_a_kind_of_card_touches_at_most_5_places(tmp_path, course_folder):
    assert extended("kind", KIND, tmp_path) + KIND_TOLD <= 5
    module = course_folder / "modules" / "grundlagen.yaml"
    before, first, after = module.read_text("utf-8").partition("      - id: anstellgut-fuettern\n")
    module.write_text(before + RIDDLE + first + after, "utf-8")
    coursedeck(tmp_path, "check", course_folder)
    coursedeck(tmp_path, "build", course_folder, "--out", "decks", "--only", "anki")
    coursedeck(
        tmp_path,
        "print",
        course_folder,
        "--out",
        "handout",
        "--only",
        "study-sheets",
        "--paper",
        "a4",
    )
    assert '"kind": "riddle"' in (course_folder / "ledger.json").read_text("utf-8")
    sheet = words(tmp_path / "handout" / "print" / "a4" / "study-sheets" / "grundlagen.pdf")
    assert "lebt und wird am Wochenende satt?" in sheet


def test_a_printed_form_touches_at_most_4_places(tmp_path, course_folder):
    assert extended("form", FORM, tmp_path) + FORM_TOLD <= 4
    coursedeck(
        tmp_path, "print", course_folder, "--out", "print", "--only", "roll", "--paper", "a4"
    )
    (roll,) = (tmp_path / "print").rglob("roll.pdf")
    assert "Verzeichnis 1 Grundlagen 2 Texte" in words(roll)
