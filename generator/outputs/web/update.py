"""The update page: one file that a learner opens in a browser, which merges what they have with what the author published.

`merge.js` does the work, and knows nothing of the page. What it needs to know of the course is `data`: the words of today, and
marks of all that was ever published, from the ledger.
"""

from collections.abc import Iterable, Mapping

from ...kinds.all import NOTE_TYPES
from ...model import Course
from ...notes import Note
from ...published.ledger import TAGS, Entry, Ledger, tombstones
from ...text import to_plain

Json = str | int | bool | list["Json"] | dict[str, "Json"]
TITLE = 90  # a note is named by so many characters of its question at most


def data(course: Course, notes: Iterable[Note], ledger: Ledger) -> dict[str, Json]:
    """What `merge.js` knows of a course. A note's `fields` are its words as published last and its `past` their marks, both in the
    note type's order and without empty ones at the end; those of a retired note are what it became.
    """
    living = [
        _row(note.guid, ledger.notes[note.guid], note.all_fields())
        | {"title": _title(note), "module": str(note.module.id), "tags": [*sorted(note.tags)]}
        for note in notes
    ]
    ended = [
        _row(guid, ledger.notes[guid], each.fields) | {"retired": True, "title": each.fields[0]}
        for guid, each in tombstones(ledger, course).items()
    ]
    kinds = {str(row["kind"]) for row in (*living, *ended)}
    return {
        "course": str(course.about.id),
        "version": str(course.about.version),
        "types": {kind: _type(kind) for kind in sorted(kinds)},
        "notes": [*living, *ended],
    }


def _row(guid: str, entry: Entry, fields: Iterable[str]) -> dict[str, Json]:
    names = NOTE_TYPES[entry.kind].fields
    return {
        "guid": guid,
        "id": entry.id,
        "kind": entry.kind,
        "module": "",
        "since": entry.since,
        "retired": False,
        "tags": [],
        "fields": _trimmed(fields),
        "past": _trimmed(_always(entry.past, name) for name in names),
        "tagsPast": entry.past.get(TAGS, ""),
    }


def _always(past: Mapping[str, str], name: str) -> str:
    """A field's marks; none where it was always empty."""
    marks = past.get(name, "")
    return "" if marks == "-" else marks


def _trimmed(values: Iterable[str]) -> list[Json]:
    kept: list[Json] = list(values)
    while kept and not kept[-1]:
        kept.pop()
    return kept


def _type(kind: str) -> dict[str, Json]:
    note_type = NOTE_TYPES[kind]
    return {"id": note_type.id, "name": note_type.name, "fields": [*note_type.fields]}


def _title(note: Note) -> str:
    words = " ".join(to_plain(note.faces[0].question).split())
    return words if len(words) <= TITLE else f"{words[: TITLE - 1].rstrip()}…"
