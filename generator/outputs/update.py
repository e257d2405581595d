"""The text update: new and changed notes for a learner who has notes and tags of their own in them.

Anki's text import finds each note by its guid and replaces only the fields that the file has. `My notes` stands last in
every note type and is left out, and there is no column of tags: both stay as the learner has them.
A text carries no pictures, so notes that show one come by package only.
"""

import csv
import io
from collections.abc import Iterable

from ..kinds.all import NOTE_TYPES
from ..notes import Note

HEAD = "#separator:tab\n#html:true\n#guid column:1\n#notetype column:2\n#deck column:3\n#if matches:update current\n"


def listed(notes: Iterable[Note]) -> list[Note]:
    """The notes that a text can carry."""
    return [note for note in notes if not note.picture]


def text(notes: Iterable[Note]) -> bytes:
    """The file. Every value is quoted: a guid may begin with `#`, which would make a comment of the line."""
    notes = list(notes)
    lines = io.StringIO()
    rows = csv.writer(lines, delimiter="\t", quoting=csv.QUOTE_ALL, lineterminator="\n")
    for note in notes:
        rows.writerow([note.guid, NOTE_TYPES[note.kind].name, note.deck, *note.all_fields()[:-1]])
    # Old releases of Anki read no more cells than the first row has, unless they are told how many there are.
    widest = max((len(NOTE_TYPES[note.kind].fields) for note in notes), default=1) - 1
    names = ["guid", "note type", "deck", *(f"field {n}" for n in range(1, widest + 1))]
    columns = "#columns:" + "\t".join(names) + "\n"
    return (HEAD + columns + lines.getvalue()).encode()
