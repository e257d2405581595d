"""The update page: one file that a learner opens in a browser, which merges what they have with what the author published.

`merge.js` does the work, and knows nothing of the page. What it needs to know of the course is `data`: the words of today, and
marks of all that was ever published, from the ledger.
"""

import io
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from ...files import with_line
from ...kinds.all import NOTE_TYPES
from ...model import Course
from ...published.ledger import TAGS, Entry, Ledger, tombstones
from ...text import escaped, script_json, to_line
from .parts import colours, filled, read

if TYPE_CHECKING:
    from ...notes import Note
    from ..apkg import Rows

Json = str | int | bool | list["Json"] | dict[str, "Json"]
ALWAYS_EMPTY = "-"  # the marks of a field that was so
# The field that names a note for its learner, where that is not the first.
TITLES = {"diagram": "Header"}


def page(course: Course, rows: "Mapping[str, Iterable[Rows]]", ledger: Ledger) -> bytes:
    """The whole page as HTML, from the rows of the notes by module. Style, scripts and data stand in it: it fetches nothing."""
    about = course.about
    parts = {
        "title": escaped(to_line(about.title)),
        "language": escaped(str(about.language)),
        "course": escaped(str(about.id)),
        "package": escaped(f"{about.id}.apkg"),
        "version": escaped(str(about.version)),
        "style": f"{colours()}\n{read('update.css')}",
        "merge": read("merge.js"),
        "corrections": read("corrections.js"),
        "page": read("update.js"),
    }
    before, _, after = read("update.html").partition("{{data}}")
    said = data(course, rows, ledger)
    return b"".join((filled(before, parts), said, filled(after, parts)))


def edited(page: bytes, notes: "Iterable[Note]", ledger: Ledger) -> bytes:
    """The page with other words of these notes, which it has. Raises ValueError where it has not."""
    for note in notes:
        row = _living(
            note.guid, ledger.notes[note.guid], note.module.id, note.tags, note.all_fields()
        )
        line = script_json(row)
        page = with_line(page, line[: line.index(',"id":')], line)
    return page


def data(course: Course, rows: "Mapping[str, Iterable[Rows]]", ledger: Ledger) -> bytes:
    """What `merge.js` knows of a course, as JSON with a line for each note; `rows` are those of its notes by module. A note's
    `fields` are its words as published last and its `past` their marks, both in the note type's order and without empty ones at
    the end; those of a retired note are what it became.
    """
    kinds = {each.kind for own in rows.values() for each in own}
    brought = sum(each.kind not in NOTE_TYPES for own in rows.values() for each in own)
    kinds |= {each.kind for each in tombstones(ledger, course).values()}
    head: dict[str, Json] = {
        "course": str(course.about.id),
        "version": str(course.about.version),
        "modules": {
            str(module.id): str(module.deck) or to_line(module.title) for module in course.modules
        },
        **({"brought": brought} if brought else {}),
        "types": {kind: _type(kind) for kind in sorted(kinds & NOTE_TYPES.keys())},
        "notes": [],
    }
    # Written piece by piece, since all at once, as text and as bytes, take several times the room.
    said = io.BytesIO()
    said.write(script_json(head).removesuffix("]}").encode())
    for number, row in enumerate(_notes(course, rows, ledger)):
        said.write(f"{',' if number else ''}\n{script_json(row)}".encode())
    said.write(b"\n]}")
    return said.getvalue()


def _notes(
    course: Course, rows: "Mapping[str, Iterable[Rows]]", ledger: Ledger
) -> Iterator[dict[str, Json]]:
    """The living notes, then the retired ones. Those that came from Anki are left out: they have none of our fields, and packages
    update them.
    """
    for module, own in rows.items():
        for each in own:
            if each.kind in NOTE_TYPES:
                entry = ledger.notes[each.guid]
                yield _living(each.guid, entry, module, each.tags.split(), each.fields)
    for guid, gone in tombstones(ledger, course).items():
        if gone.kind in NOTE_TYPES:
            yield _row(guid, ledger.notes[guid], gone.fields) | {"retired": True}


def _living(
    guid: str, entry: Entry, module: str, tags: Iterable[str], fields: Iterable[str]
) -> dict[str, Json]:
    known: dict[str, Json] = {"module": str(module), "tags": [*sorted(tags)]}
    return _row(guid, entry, fields) | known


def _row(guid: str, entry: Entry, fields: Iterable[str]) -> dict[str, Json]:
    marks = [entry.past.get(name, "") for name in NOTE_TYPES[entry.kind].fields]
    return {
        "guid": guid,
        "id": entry.id,
        "kind": entry.kind,
        "mod": entry.mod,
        "module": "",
        "since": entry.since,
        "retired": False,
        "tags": [],
        "fields": _trimmed(fields),
        "past": _trimmed("" if each == ALWAYS_EMPTY else each for each in marks),
        "tagsPast": entry.past.get(TAGS, ""),
    }


def _trimmed(values: Iterable[str]) -> list[Json]:
    kept: list[Json] = list(values)
    while kept and not kept[-1]:
        kept.pop()
    return kept


def _type(kind: str) -> dict[str, Json]:
    note_type = NOTE_TYPES[kind]
    fields = note_type.fields
    title = TITLES.get(kind, fields[0])
    return {
        "id": note_type.id,
        "fields": [*fields],
        "title": fields.index(title),
        "worded": [*note_type.worded],
    }
