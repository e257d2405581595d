"""Corrections that were made in Anki, on their way from a package or a text into the files of the course. Which words of the
author's they change, `corrections.py` finds.
"""

from collections.abc import Iterable, Mapping, Sequence

from ..load import assemble
from ..notes import Note
from ..problems import Refusal, errors
from ..published.contents import UNREADABLE, collection_of, members
from ..source import pairs
from ..source.write import all_reworded, reworded, with_key
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
            # A row that ends early has nothing in the rest of its fields: above all no id, by which it is known to be whole.
            own = types.get(guid, ())
            cells = dict(zip(own, [*values.values(), *[""] * len(own)], strict=False))
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
    return _adopted(files, sorted(corrections, key=lambda each: each.old.span, reverse=True))


def _adopted(
    files: Mapping[str, bytes], last_first: Sequence[Correction]
) -> tuple[dict[str, bytes], list[str]]:
    """The same for corrections from the last place to the first. All at once, since a look at a whole course takes long; by halves
    where they would make it wrong, until it is known which ones.
    """
    made, told = _written(files, last_first)
    wrong = _wrong({**files, **made}) if made else ""
    if not wrong:
        return made, told
    if len(last_first) == 1:
        (each,) = last_first
        why = f"{place(each.old.span)}: {each.id}, {each.field}: not written, for then {wrong}"
        return {}, [*told, why]
    half = len(last_first) // 2
    made, told = _adopted(files, last_first[:half])
    more, said = _adopted({**files, **made}, last_first[half:])
    return made | more, told + said


def _wrong(files: Mapping[str, bytes]) -> str:
    """The first error of a course; empty where it is sound."""
    course, problems = assemble(files, warnings=False)
    return "" if course else errors(problems)[0].message


def _written(
    files: Mapping[str, bytes], corrections: Iterable[Correction]
) -> tuple[dict[str, bytes], list[str]]:
    """The files with corrections in them, which are given from the last place to the first, so that no place moves."""
    own: dict[str, list[Correction]] = {}
    for each in corrections:
        own.setdefault(each.old.span.path, []).append(each)
    made: dict[str, bytes] = {}
    told: list[str] = []
    for path, those in own.items():
        old = files[path].decode("utf-8")
        text, said = _in_file(old, those)
        told += said
        if text != old:
            made[path] = text.encode()
    return made, told


def _in_file(text: str, last_first: Sequence[Correction]) -> tuple[str, list[str]]:
    """The text of a file with corrections in it, and lines about those that it cannot take. All at once where that can be done,
    since a look at a whole file takes long, else by halves.
    """
    if len(last_first) == 1:
        (each,) = last_first
        if (made := _with(text, each)) is not None:
            return made, []
        words = f"{each.key}: {each.new}" if each.key else each.new
        by_hand = f"{place(each.old.span)}: {each.id}, {each.field}: write it by hand: “{words}”"
        return text, [by_hand]
    pairs_ = [(each.old, each.new) for each in last_first if not each.key]
    if len(pairs_) == len(last_first) and not pairs_[0][0].span.path.endswith(".csv"):
        all_made = all_reworded(text, pairs_)
        if all_made is not None:
            return all_made, []
    half = len(last_first) // 2
    text, told = _in_file(text, last_first[:half])
    text, more = _in_file(text, last_first[half:])
    return text, told + more


def _with(text: str, correction: Correction) -> str | None:
    """The text of a file with a correction in it; None where it cannot be written there."""
    old, new = correction.old, correction.new
    if old.span.path.endswith(".csv"):
        return None if correction.key else pairs.reworded(text, old, new)
    if correction.key:
        return with_key(text, old.span, correction.key, new, correction.after)
    return reworded(text, old, new)
