"""Corrections that were made in Anki, on their way from a package or a text into the files of the course. Which words of the
author's they change, `corrections.py` finds.
"""

import functools
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from ..load import assemble
from ..notes import Note
from ..problems import Problem, Refusal, Span, errors
from ..published.contents import UNREADABLE, collection_of, members
from ..source import pairs
from ..source.naming import written
from ..source.reword import Layout, all_reworded, reworded, texts_at
from ..source.write import with_key
from ..texts import Id
from . import table
from .corrections import WAS, Came, Correction
from .telling import in_a_line, place

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
    if read.odd:
        raise Refusal(f"{file}: {'; '.join(read.odd)}: so nothing tells what its columns hold")
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


Errors = Callable[[Mapping[str, bytes]], Sequence[Problem]]  # those of a course, by its files


def sound(files: Mapping[str, bytes]) -> Sequence[Problem]:
    """The errors that stand in the files of a course themselves; what was published and what is printed may have others."""
    return errors(assemble(files, warnings=False)[1])


Refused = dict[Correction, str]  # why


def adopted(
    files: Mapping[str, bytes],
    corrections: Iterable[Correction],
    wrong: Errors = sound,
    unnamed: Sequence[Id] = (),
) -> tuple[dict[str, bytes], list[str]]:
    """What `tried` gives, with a line about each that could not be written."""
    made, refused = tried(files, corrections, wrong, unnamed)
    return made, [
        f"{place(each.old.span)}: {each.id}, {each.field}: {why}" for each, why in refused.items()
    ]


def tried(
    files: Mapping[str, bytes],
    corrections: Iterable[Correction],
    wrong: Errors = sound,
    unnamed: Sequence[Id] = (),
) -> tuple[dict[str, bytes], Refused]:
    """The new bytes of the files that corrections change, by path, and why others could not be written: nothing but their words
    changes, and the course has no error, which `wrong` finds, that it did not have before. Of the ids that its author left out,
    which are `unnamed`, those that hung on other words are written down.
    """
    return _Adopting(files, wrong, unnamed).adopted(
        sorted(corrections, key=lambda each: each.old.span, reverse=True)
    )


class _Adopting:
    """Writes corrections, which are given from the last place to the first. All at once, since a look at a whole course takes
    long; where they would make it wrong, without those at whose words the new errors are.
    """

    def __init__(self, files: Mapping[str, bytes], wrong: Errors, unnamed: Sequence[Id]) -> None:
        self.files = files
        self.wrong = wrong
        self.unnamed = unnamed

    def adopted(self, last_first: Sequence[Correction]) -> tuple[dict[str, bytes], Refused]:
        """See the function."""
        left, refused = list(last_first), dict[int, str]()
        made, told, new = self._tried(left)
        while new:
            blamed, suspects = _at_fault(made, left, new)
            refused |= blamed or self._by_halves(left, suspects)
            left = [each for each in left if id(each) not in refused]
            made, told, new = self._tried(left)
        why = {
            each: f"not written, for then {refused[id(each)]}"
            for each in reversed(last_first)
            if id(each) in refused
        }
        return made, told | why

    @functools.cached_property
    def _known(self) -> set[tuple[str, str, str]]:
        return set(map(_named, self.wrong(self.files)))

    def _tried(
        self, last_first: Sequence[Correction]
    ) -> tuple[dict[str, bytes], Refused, list[Problem]]:
        """The files with corrections in them, why they cannot take others, and the errors that these files have and
        the files without them have not.
        """
        made, told = _written(self.files, last_first)
        made = _with_ids(self.files, made, self.unnamed)
        found = self.wrong({**self.files, **made}) if made else ()
        return made, told, [each for each in found if _named(each) not in self._known]

    def _by_halves(
        self, last_first: Sequence[Correction], suspects: Sequence[Correction]
    ) -> dict[int, str]:
        """Which of some corrections cannot be written beside all others, and why."""
        of_these = set(map(id, suspects))
        kept = [each for each in last_first if id(each) not in of_these]
        if self._tried(kept)[2]:  # some of the others are at fault as well
            kept, suspects = [], last_first
        refused: dict[int, str] = {}
        waiting = [list(suspects)]
        while waiting:
            part = waiting.pop()
            both = sorted([*kept, *part], key=lambda each: each.old.span, reverse=True)
            *_, new = self._tried(both)
            if not new:
                kept = both
            elif len(part) == 1:
                refused[id(part[0])] = new[0].message
            else:
                half = len(part) // 2
                waiting += [part[half:], part[:half]]
        return refused


def _with_ids(
    files: Mapping[str, bytes], made: dict[str, bytes], unnamed: Sequence[Id]
) -> dict[str, bytes]:
    """The files with corrections in them, and with those of the ids that were left out that would be others by the new words: so
    each card stays the note that learners have.

    Raises Refusal where it cannot be told which is which.
    """
    waiting = list(unnamed)
    while made and waiting:
        after, _ = assemble({**files, **made}, warnings=False)
        if after is None:
            break  # as whoever looks for errors tells
        if len(after.unnamed) != len(waiting):
            raise Refusal("ids are left out: run `coursedeck check --fix` first, then once more")
        both = list(zip(waiting, after.unnamed, strict=True))
        other = [Id(was, now.span) for was, now in both if was != now]
        if not other:
            break
        made = {**made, **written({**files, **made}, other, {})}
        waiting = [was for was, now in both if was == now]
    return made


def written_down(
    files: Mapping[str, bytes], made: Mapping[str, bytes], unnamed: Iterable[Id]
) -> list[str]:
    """The ids that the course left out before, and that new files of it have."""
    after = assemble({**files, **made}, warnings=False)[0] if made else None
    return list((Counter(unnamed) - Counter(after.unnamed)).elements()) if after else []


def _named(problem: Problem) -> tuple[str, str, str]:
    """What tells an error from others, wherever the words before it have moved it."""
    return problem.span.path, problem.code, problem.message


def _at_fault(
    made: Mapping[str, bytes], corrections: Sequence[Correction], new: Iterable[Problem]
) -> tuple[dict[int, str], Sequence[Correction]]:
    """Why corrections are at fault for new errors, which are at their words; and those that may be for others: of a record in which
    one is, or else all.
    """
    words: dict[tuple[str, str], list[Correction]] = defaultdict(list)
    rows: dict[tuple[str, int], list[Correction]] = defaultdict(list)  # of tables
    for each in corrections:
        path = each.old.span.path
        words[path, each.new.strip()].append(each)
        rows[path, each.old.span.line].append(each)
    layouts = {path: Layout(data.decode("utf-8"), path) for path, data in made.items()}
    told: dict[tuple[str, str], dict[Span, str]] = defaultdict(dict)
    suspects: dict[int, Correction] = {}
    blamed: dict[int, str] = {}
    for error in new:
        path, line, *_ = error.span
        text, record = layouts[path].around(error.span) if path in layouts else ("", ())
        near = rows[path, line] if path.endswith(".csv") else []
        near = [*near, *(one for value in record for one in words.get((path, value), ()))]
        if (path, text) in words:
            told[path, text].setdefault(error.span, error.message)
        elif len(near) == 1:
            blamed[id(near[0])] = error.message
        suspects |= {id(each): each for each in near}
    for key, errors_there in told.items():
        if len(errors_there) >= len(words[key]):  # else some of the same words are right
            in_order = sorted(words[key], key=lambda each: each.old.span)
            said = (message for _, message in sorted(errors_there.items()))
            blamed |= {id(each): message for each, message in zip(in_order, said, strict=False)}
        suspects |= {id(each): each for each in words[key]}
    return blamed, [*suspects.values()] or corrections


def _written(
    files: Mapping[str, bytes], corrections: Iterable[Correction]
) -> tuple[dict[str, bytes], Refused]:
    """The files with corrections in them, which are given from the last place to the first, so that no place moves."""
    own: dict[str, list[Correction]] = {}
    for each in corrections:
        own.setdefault(each.old.span.path, []).append(each)
    made: dict[str, bytes] = {}
    told: Refused = {}
    for path, those in own.items():
        old = files[path].decode("utf-8")
        to_write = _of_sides(old, those)
        text, said = _in_file(old, [*to_write])
        told |= {to_write[each]: why for each, why in said.items()}
        if text != old:
            made[path] = text.encode()
    return made, told


def _of_sides(text: str, corrections: Iterable[Correction]) -> dict[Correction, Correction]:
    """The corrections as they are to be written into a file, each with what it was: of a text that was made of a side of a row of
    pairs, only the words of that side.
    """
    made: dict[Correction, Correction] = {}
    held: Mapping[Span, str] = {}
    for each in corrections:
        old, to_write = each.old, each
        if not each.key and old.startswith(("**", "[")) and not old.span.path.endswith(".csv"):
            held = held or texts_at(text, old.span.path)
            side = held.get(old.span, "")
            words = pairs.own_words(old, each.new, side) if side != old else None
            if words:
                to_write = replace(each, old=type(old)(side, old.span), new=words)
        made[to_write] = each
    return made


def _in_file(text: str, last_first: Sequence[Correction]) -> tuple[str, Refused]:
    """The text of a file with corrections in it, and why it cannot take others. All at once where that can be done,
    since a look at a whole file takes long, else by halves.
    """
    if last_first[0].old.span.path.endswith(".csv"):
        text, kept = pairs.reworded(text, ((each.old, each.new, each.key) for each in last_first))
        return text, {last_first[number]: _by_hand(last_first[number]) for number in kept}
    if len(last_first) == 1:
        (each,) = last_first
        made = _with(text, each)
        return (text, {each: _by_hand(each)}) if made is None else (made, {})
    if not any(each.key for each in last_first):
        all_made = all_reworded(text, [(each.old, each.new) for each in last_first])
        if all_made is not None:
            return all_made, {}
    half = len(last_first) // 2
    text, told = _in_file(text, last_first[:half])
    text, more = _in_file(text, last_first[half:])
    return text, told | more


def _by_hand(each: Correction) -> str:
    _, new = in_a_line(each.old, each.new)
    words = f"{each.key}: {new}" if each.key else new
    return f"write it by hand: “{words}”: {_no_place(each)}"


def _no_place(correction: Correction) -> str:
    """Why a file cannot take a correction."""
    if not correction.old.span.path.endswith(".csv"):
        return "not all of it stands in this place alone (as where the program adds bold, or the question of all rows)"
    if correction.key:
        return f"the table has no column “{correction.key}”"
    return "its row does not say in one cell alone what this was"


def _with(text: str, correction: Correction) -> str | None:
    """The text of a YAML file with a correction in it; None where it cannot be written there."""
    old, new = correction.old, correction.new
    if correction.key:
        return with_key(text, old.span, correction.key, new, correction.after)
    return reworded(text, old, new)
