"""A build after an edit that changed nothing but texts: only the modules that were edited are read.

Every check that can stop a build looks at ids, words of a list, numbers and plain names alone, at a module's `shape`; but for
those in `checks.OF_TEXTS`, which look at the texts of one card at a time. So, where the last build found nothing wrong and
no shape has changed since, only the edited modules can be wrong, and of all notes only theirs are others. Whatever else was
changed, or if anything is wrong, the whole course is read: this can make a build faster and nothing else. What is kept of
the other modules lies in the output folder, for this machine only.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from . import checks
from .cache import CACHE, digest
from .load import draft
from .model import Course, Module
from .notes import Note, notes_of
from .outputs.apkg import Rows
from .problems import errors
from .source.files import names_of
from .texts import Line, Prose, Record
from .walk import attributes

RECORD = f"{CACHE}/notes.jsonl"


@dataclass(frozen=True, slots=True)
class Known:
    """What a build made of a module: its shape and the rows of its notes; and both as the line of the record."""

    shape: str
    rows: Sequence[Rows]
    line: str


@dataclass(frozen=True, slots=True)
class Edit:
    """An edit of texts: `course` has the edited modules alone, and `notes` are theirs. `known` has all modules, in course
    order, as they were before.
    """

    course: Course
    notes: Sequence[Note]
    known: Mapping[str, Known]


def edit_of(folder: Path, out: Path, changed: Collection[str]) -> Edit | None:
    """The edit, where the files `changed` are all that differs from a build into `out` that found nothing wrong; None
    where it is more than one of texts, or wrong. Raises OSError when a file cannot be read.
    """
    if not changed or not all(path.startswith("modules/") for path in changed):
        return None
    names = (n for n in names_of(folder) if n in changed or not n.startswith("modules/"))
    course, found = draft({name: (folder / name).read_bytes() for name in names})
    # Elsewhere, all that is wrong is that the other modules are missing.
    if course is None or any(problem.span.path in changed for problem in errors(found)):
        return None
    if errors(problem for check in checks.OF_TEXTS for problem in check(course)):
        return None
    known = _read(out)
    notes: list[Note] = []
    for module in course.modules:
        before = known.get(module.id)
        own = [note for note in notes_of(course) if note.module is module]
        if before is None or _shape(module) != before.shape or len(own) != len(before.rows):
            return None
        notes += [replace(n, position=was.due) for n, was in zip(own, before.rows, strict=True)]
    return Edit(course, notes, known) if len(course.modules) == len(changed) else None


def _shape(module: Module) -> str:
    """A digest of all but the Markdown, of which only counts whether there is any, and the places in the file."""
    return digest(json.dumps(_bare(module)).encode())


def _bare(value: object) -> object:
    if isinstance(value, Line | Prose):
        return bool(value)
    if isinstance(value, tuple):
        return [_bare(each) for each in value]
    if isinstance(value, Record):
        kind: type = type(value)
        return [kind.__name__, *(_bare(getattr(value, name)) for name in attributes(kind))]
    return value


# --- the record ----------------------------------------------------------------------------------


def record(
    course: Course, rows: Mapping[str, Sequence[Rows]], known: Mapping[str, Known] | None = None
) -> bytes:
    """The record of a course without errors: a line for each module. Those of modules that the course does not have come
    from `known`. `rows` are those of each module's notes.
    """
    lines = {name: each.line for name, each in (known or {}).items()}
    for module in course.modules:
        own = [module.id, _shape(module), rows[module.id]]
        lines[module.id] = json.dumps(own, ensure_ascii=False)
    return "\n".join(lines.values()).encode()


def _read(out: Path) -> dict[str, Known]:
    """What the record tells of each module; nothing where it tells nothing."""
    known: dict[str, Known] = {}
    try:
        for line in (out / RECORD).read_text("utf-8").split("\n"):
            name, shape, rows = json.loads(line)
            known[name] = Known(shape, [Rows._make(row) for row in rows], line)
    except (OSError, ValueError, TypeError):  # a record of any shape
        return {}
    return known
