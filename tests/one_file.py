"""Courses of one file, and what becomes of them."""

import json

from conftest import run
from coursedeck.load import load
from coursedeck.notes import notes_of

TWO_LINES = "title: Animals\ncards: [{ask: What barks?, answer: A dog}]\n"


SMALL = """\
# For my class
title: Animals   # a first course
cards:
  # the dog
  - ask: What barks?
    answer: A dog   # of any size
  - {cloze: "A {{c1::cat}} purrs.", tags: [sound]}

  - pairs:
      - Hund: dog
      - Katze: cat  # a pet
  - sequence:
      prompt: Three pets. Which one is missing?
      ordered: false
      items:
        - text: cat
        - {text: dog}
        - text: mouse
"""


def notes(path):
    course, found = load(path)
    assert course, found
    return {note.id: note for note in notes_of(course)}


def built(path, out):
    run("build", path, "--out", out, "--only", "anki")
    return {entry["id"]: guid for guid, entry in ledger(path).items()}


def ledger(path):
    held = json.loads(path.with_name(f"{path.stem}.ledger.json").read_bytes())
    return {guid: entry for guid, entry in held["notes"].items() if entry}
