"""An author's clone of a repository with the small course, for tests of git: what is edited, built, committed and taken."""

import contextlib
import json
import os
import subprocess

from author import take
from conftest import DAY, run

MODULE = "content/modules/grundlagen.yaml"
EDITS = (
    ("answer: Anstellgut\n", "answer: Anstellgut (neu)\n"),
    ("Hefe macht Gas.", "Hefe atmet."),
    ("Er braucht am längsten.", "Er braucht lange."),
    ("right: starter", "right: a starter"),
    ("Kälte hält die Hefe auf.", "Kälte bremst die Hefe."),
    ('}} gefüttert."', '}} genährt."'),
)


class Desk:
    """An author's clone of a repository with the small course and this project's own git files."""

    def __init__(self, folder):
        self.folder = folder
        self.now = DAY

    def git(self, *args, code=0):
        command = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", *map(str, args)]
        plain = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        plain |= {"GIT_EDITOR": "true"}
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=os.environ | plain,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode == 0) == (code == 0), done.stdout + done.stderr
        return done.stdout

    def build(self, code=0):
        """Build the packages a minute later."""
        self.now += 60
        return self.run("build", "--only", "anki", code=code)

    def run(self, command, *more, code=0):
        with contextlib.chdir(self.folder):
            return run(command, *more, code=code, SOURCE_DATE_EPOCH=str(self.now))

    def edit(self, old, new, path=MODULE):
        file = self.folder / path
        text = file.read_bytes().decode()
        assert old in text
        file.write_bytes(text.replace(old, new).encode())

    def commit(self, *paths, message="One"):
        self.git("add", *(paths or ["content"]))
        self.git("commit", "-q", "-m", message)

    def clone(self, name, *options):
        self.git(*options, "clone", "-q", self.folder, self.folder.parent / name)
        other = Desk(self.folder.parent / name)
        other.now = self.now
        return other

    def dates(self):
        """The dates of the notes, by id."""
        rows = json.loads((self.folder / "content" / "ledger.json").read_bytes())["notes"]
        return {row["id"]: row["mod"] for row in rows.values() if row}

    def package(self):
        return (self.folder / "decks" / "sauerteig.apkg").read_bytes()

    def ledger(self):
        return (self.folder / "content" / "ledger.json").read_bytes()


def a_retired_card(desk):
    desk.edit("            - {id: voll, text: Vollsauer}\n", "")
    path = desk.folder / "content" / "history.yaml"
    path.write_text("retired:\n  - {card: stufen.voll, reason: Das war falsch.}\n", "utf-8")


def only(before, after):
    """The ids whose date changed."""
    assert before.keys() == after.keys()
    return {id_ for id_, mod in after.items() if mod != before[id_]}


def learns(new_learner, package, then):
    """What the import of a later package says to a learner who has an earlier one."""
    learner = new_learner()
    take(learner, package)
    return take(learner, then)
