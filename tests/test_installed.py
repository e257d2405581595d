"""Installed from a copy and run in another folder, the program works on any course folder."""

import os
import shutil
import subprocess
import sys
import tomllib

import pytest
from conftest import ROOT, SAUERTEIG

pytestmark = pytest.mark.slow

PARTS = ["generator", "pyproject.toml", "README.md", "LICENSE"]


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A folder with the package as pip installs it: what it does not carry along is not there."""
    copy = tmp_path_factory.mktemp("copy")
    for part in PARTS:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, copy / part)
    target = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps"]
    command += ["--no-build-isolation", "--target", str(target), str(copy)]
    subprocess.run(command, check=True, capture_output=True)
    return target


def runs(installed, folder, *arguments):
    """Run the installed command in a folder; it must end well."""
    command = [sys.executable, str(installed / "bin" / "coursedeck"), *arguments]
    environment = os.environ | {"PYTHONPATH": str(installed)}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_every_folder_of_the_program_is_installed():
    """One that is forgotten in pyproject.toml is missing only for those who install."""
    files = [path for path in (ROOT / "generator").rglob("*") if path.is_file()]
    folders = {path.parent.relative_to(ROOT / "generator").parts for path in files}
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["packages"]
    there = {".".join(["coursedeck", *f]) for f in folders if "__pycache__" not in f}
    assert sorted(there) == listed


def test_every_file_of_the_program_is_installed(installed):
    """A template that is not there would be missed only by who prints what it is for."""

    def files(folder):
        every = (path for path in folder.rglob("*") if path.is_file())
        return {path.relative_to(folder) for path in every if "__pycache__" not in path.parts}

    assert files(installed / "coursedeck") == files(ROOT / "generator")


def test_the_installed_command_builds_a_course_in_another_folder(installed, tmp_path):
    shutil.copytree(SAUERTEIG, tmp_path / "mein-kurs")
    runs(installed, tmp_path, "build", "mein-kurs", "--only", "anki")
    assert (tmp_path / "decks" / "sauerteig.apkg").is_file()
    runs(installed, tmp_path, "print", "mein-kurs", "--only", "outline")
    assert (tmp_path / "handout" / "print" / "a4" / "outline.pdf").is_file()


def test_the_installed_command_begins_with_one_file(installed, tmp_path):
    """Nothing else is needed than what is installed."""
    (tmp_path / "animals.yaml").write_text(
        "title: Animals\ncards: [{ask: What barks?, answer: A dog}]\n"
    )
    runs(installed, tmp_path, "build", "animals.yaml", "--out", "animals-out")
    assert (tmp_path / "animals-out" / "animals.apkg").is_file()


def test_the_installed_command_begins_with_an_example(installed, tmp_path):
    runs(installed, tmp_path, "new", "course", "bread")
    runs(installed, tmp_path, "check", "bread", "--strict")
    runs(installed, tmp_path, "build", "bread", "--out", "bread-out", "--only", "anki")
    assert (tmp_path / "bread-out" / "sourdough.apkg").is_file()


def test_running_the_script_says_the_same_as_the_command(installed, tmp_path):
    environment = os.environ | {"PYTHONPATH": str(installed)}
    listed = [
        subprocess.run(
            [sys.executable, str(program), "list", str(SAUERTEIG)],
            cwd=tmp_path,
            env=env,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for program, env in (
            (installed / "bin" / "coursedeck", environment),
            (ROOT / "cli.py", os.environ),
        )
    ]
    assert listed[0] == listed[1]
