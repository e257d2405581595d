"""Notes of a course as they come back from Anki."""

from coursedeck.incoming.corrections import Came
from coursedeck.notes import notes_of

MODULE = "modules/grundlagen.yaml"  # of the small course
QUESTION = "anstellgut-was"


def field(note, name):
    return note.fields.get(name, "")


def came(course, *edits, id_=QUESTION, **fields):
    """A note of the course as it came back, with some fields changed."""
    note = next(note for note in notes_of(course) if note.id == id_)
    values = {name: field(note, name) for name in note.note_type.fields}
    values |= {name.replace("_", " "): value for name, value in fields.items()}
    for name, old, new in edits:
        assert old in values[name], values[name]
        values[name] = values[name].replace(old, new)
    return Came(note.guid, note.note_type.name, values)


def lines_changed(files, made):
    """The lines that differ, old and new, in files that have as many as before."""
    changed = []
    for path, data in made.items():
        old, new = files[path].decode().split("\n"), data.decode().split("\n")
        assert len(old) == len(new)
        changed += [(a, b) for a, b in zip(old, new, strict=True) if a != b]
    return changed
