"""Corrections that were made in Anki, on their way from a package or a text into the files of the course. Which words of the
author's they change, `corrections.py` finds.
"""

from collections.abc import Iterable, Mapping, Sequence

from ..load import assemble
from ..notes import Note
from ..problems import Refusal, errors
from ..published.contents import UNREADABLE, collection_of, members
from ..source import pairs
from ..source.write import reworded, with_key
from . import table
from .corrections import WAS, Came, Correction, place

# --- what a file holds -----------------------------------------------------------------------------


def notes_in(data: bytes, file: str, notes: Sequence[Note]) -> list[Came]:
    """The notes of a package (.apkg, .colpkg) or of Anki's “Notes in Plain Text”. `notes` are the course's: Anki's text does not
    name its fields, which stand there in the order of the note type. One of our pages names them, and a cell that it leaves empty
    says nothing of its field.

    Raises Refusal when it is none of these, or lacks what tells which note is which.
    """
    if f".{file.rpartition('.')[2].lower()}" in table.ENDINGS:
        return _in_table(data, file, notes)
    try:
        return _in_package(data)
    except UNREADABLE as error:
        raise Refusal(
            f"{file} is no package or collection of Anki's that can be read ({type(error).__name__})"
        ) from error


def _in_package(data: bytes) -> list[Came]:
    held = collection_of(members(data))
    came = []
    for row in held.notes:
        model = held.models[row.model]
        fields = (str(each["name"]) for each in model["flds"])
        values = dict(zip(fields, row.fields.split("\x1f"), strict=False))
        came.append(Came(row.guid, str(model["name"]), values))
    return came


def _in_table(data: bytes, file: str, notes: Sequence[Note]) -> list[Came]:
    read = table.read(data, file)
    if "guid" not in read.roles:
        raise Refusal(
            f"{file} does not say which note is which: in Anki export “Notes in Plain Text” once more, with “Include unique"
            " identifier” and “Include HTML and media references”"
        )
    if not read.html:
        raise Refusal(
            f"{file} has no markup: in Anki export it once more with “Include HTML and media references”"
        )
    named = "columns" in read.headers
    types = {note.guid: note.note_type.fields for note in notes}
    places = [at for at in range(len(read.names)) if at not in read.roles.values()]
    came = []
    for row in read.rows:
        guid = table.cell(row, read, "guid")
        values = {at: row[at] if at < len(row) else "" for at in places}
        if named:
            cells = {read.names[at]: value for at, value in values.items() if value}
        else:
            cells = dict(zip(types.get(guid, ()), values.values(), strict=False))
        fields = {name: value for name, value in cells.items() if not name.startswith(WAS)}
        was = {name.removeprefix(WAS): cells[name] for name in cells if name not in fields}
        version = read.headers.get("version", "")
        came.append(Came(guid, table.cell(row, read, "notetype"), fields, was, version))
    return came


# --- writing them ----------------------------------------------------------------------------------


def adopted(
    files: Mapping[str, bytes], corrections: Iterable[Correction]
) -> tuple[dict[str, bytes], list[str]]:
    """The new bytes of the files that corrections change, by path, and lines about those that could not be written: nothing but
    their words changes, and the course stays sound.
    """
    last_first = sorted(corrections, key=lambda each: each.old.span, reverse=True)
    made, told = _written(files, last_first)
    if _sound({**files, **made}):
        return made, told
    made, told = {}, []
    for each in last_first:
        step, said = _written({**files, **made}, [each])
        told += said
        if wrong := _wrong({**files, **made, **step}):
            told.append(
                f"{place(each.old.span)}: {each.id}, {each.field}: not written, for then {wrong}"
            )
        else:
            made |= step
    return made, told


def _sound(files: Mapping[str, bytes]) -> bool:
    return not _wrong(files)


def _wrong(files: Mapping[str, bytes]) -> str:
    """The first error of a course; empty where it is sound."""
    course, problems = assemble(files, warnings=False)
    return "" if course else errors(problems)[0].message


def _written(
    files: Mapping[str, bytes], corrections: Iterable[Correction]
) -> tuple[dict[str, bytes], list[str]]:
    """The files with corrections in them, which are given from the last place to the first, so that no place moves."""
    made: dict[str, bytes] = {}
    told: list[str] = []
    for each in corrections:
        path = each.old.span.path
        text = made.get(path, files[path]).decode("utf-8")
        if (new := _with(text, each)) is None:
            words = f"{each.key}: {each.new}" if each.key else each.new
            told.append(
                f"{place(each.old.span)}: {each.id}, {each.field}: write it by hand: “{words}”"
            )
        else:
            made[path] = new.encode()
    return made, told


def _with(text: str, correction: Correction) -> str | None:
    """The text of a file with a correction in it; None where it cannot be written there."""
    old, new = correction.old, correction.new
    if old.span.path.endswith(".csv"):
        return None if correction.key else pairs.reworded(text, old, new)
    if correction.key:
        return with_key(text, old.span, correction.key, new, correction.after)
    return reworded(text, old, new)
