"""The file `ledger.json` of a course: how the ledger is written down, read and merged.

One line a note, sorted by id and with a blank line between, so that git merges edits of neighbouring notes by itself.
"""

import contextlib
import io
import itertools
import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from ..files import with_line
from ..identity import DAY, minted_for
from ..kinds.all import NOTE_TYPES
from ..late import late
from ..model import Course
from ..problems import Refusal
from ..source.files import COURSE, LEDGER, ledger_path, root_of
from . import git
from .ledger import DECLARED, KIND, NEW, UNRELEASED, Entry, Ledger, TypeEntry

Made = TypeVar("Made")

_json = json.JSONEncoder(ensure_ascii=False).encode  # made once: an encoder costs more than a row

STRINGS = frozenset([str])
WAYS = ("", DECLARED, KIND)  # what an entry says of its note under `retired`
DAMAGED = "the ledger is damaged: take the last sound one from version control or, without one, run `coursedeck ledger --rebuild`"
CONFLICT = "the ledger holds a conflict of a merge: run `coursedeck ledger --resolve`"
MARKS = (
    b"<<<<<<<",
    b"=======",
    b">>>>>>>",
    b"|||||||",
)  # what git puts before the lines of a conflict
LINE = late(r'\s*("(?:[^"\\]|\\.)*"):\s*(\{.*\}|"(?:[^"\\]|\\.)*"),?\s*')
ROW_IN_GIT = late(r'\+("(?:[^"\\]|\\.)*"): \{.*"mod": (\d+), .*\},?')
# What else stands in a sound file, or between the two sides of a merge.
FRAME = late(
    r'\s*(?:[{}],?|\},|"(?:notes|types|decks|releases|drafts)": \{|"~": null,?|(?:<{7}|={7}|>{7}|\|{7}).*)?\s*'
)
# A line of a note as `encode` writes it: its guid and its id as JSON, its `mod`, all its values.
ROW = late(r'^("[^"\\]*"): (\{"id": ("[^"\\]*"), .*?"mod": (\d+), .*\}),$', re.MULTILINE)
# By the sign of a line between two sides, that of the side which begins there: ours, their common past, theirs, and both again.
SIDES = {"<": "<", "|": "|", "=": "=", ">": ""}
LAST = (
    1 << 40
)  # the latest `mod` that makes sense, some 30,000 years away: Anki's own numbers end at 2^63


def of(course: Course, folder: Path, out: Path) -> Ledger:
    """The ledger of the course in `folder`; an empty one where nothing was published. `out` is where its packages are.

    Version 1.0.0 kept the ledger with the packages; it is taken from there once. A ledger that was lost is never begun anew:
    all that learners have would get the dates of new notes, and no change would reach them.

    Raises Refusal when the ledger is damaged, or lost.
    """
    path, earlier = ledger_path(folder), out / LEDGER
    if path.is_file():
        ledger = decode(path.read_bytes())
        if not ledger.notes and _had_notes(course, folder, out):
            raise Refusal(DAMAGED)
        return ledger
    if earlier.is_file() and not folder.is_file():  # that version knew no courses of one file
        with contextlib.suppress(OSError):  # without its packages, what learners have is not known
            from .package import with_past

            return with_past(decode(earlier.read_bytes()), packages(course, out))
        return decode(earlier.read_bytes())
    if other := _of_old_name(course, folder):
        raise Refusal(
            f"{path} is missing, but {other} has the key of this course: move it to {path}, since the course's own file has got"
            " a new name"
        )
    trace = _trace(course, folder, out)
    if trace:
        raise Refusal(
            f"{path} is missing, but {trace}: take it back from version control or, without one, run"
            " `coursedeck ledger --rebuild`, which makes it from the last packages"
        )
    return Ledger()


def never_back(ledger: Ledger, folder: Path, now: int) -> Ledger:
    """The ledger with no date older than one that version control remembers of the same note: a commit that was reverted takes
    its dates back with it, but what was built may have been handed out, and the old words must be newer than that.

    A note whose words were others then has an empty hash, so that the next build gives it a new date. Dates of the future, seen
    from the clock `now` in seconds since 1970, are mistakes that stay forgotten.
    """
    entries = dict(ledger.notes)
    for line in _lines_in_git(folder):
        found = ROW_IN_GIT.fullmatch(line)
        if not found or int(found[2]) > now + DAY:
            continue
        guid = json.loads(found[1])
        entry = entries.get(guid)
        if entry and int(found[2]) > entry.mod:
            same = f'"hash": {_json(entry.hash)}' in line
            entries[guid] = replace(entry, mod=int(found[2]), hash=entry.hash if same else "")
    return replace(ledger, notes=entries)


def part(data: bytes, ids: Collection[str], folder: Path, now: int) -> Ledger | None:
    """Of a ledger as `encode` wrote it, the entries with one of these ids, and nothing else; None where version control remembers a
    newer date of any note (see `never_back`).
    """
    wanted = {_json(id_) for id_ in ids}
    dates: dict[str, int] = {}
    entries: dict[str, Entry] = {}
    for found in ROW.finditer(data.decode()):
        guid, row, id_, mod = found.groups()
        dates[guid] = int(mod)
        if id_ in wanted:
            entries[json.loads(guid)] = _entry(json.loads(row))
    for found in filter(None, map(ROW_IN_GIT.fullmatch, _lines_in_git(folder))):
        if dates.get(found[1], LAST) < int(found[2]) <= now + DAY:
            return None
    return Ledger(entries)


def edited(data: bytes, guids: Iterable[str], ledger: Ledger) -> bytes:
    """A ledger as `encode` wrote it, with what `ledger` has of the notes with these guids, whose ids are the same."""
    for guid in guids:
        start = f"{_json(guid)}: "
        data = with_line(data, start, start + _json(_row(ledger.notes[guid])))
    return data


def _lines_in_git(folder: Path) -> list[str]:
    """The lines of all ledgers that were ever committed on the way to what is checked out."""
    with contextlib.suppress(OSError):  # no git
        return git.lines(root_of(folder), ledger_path(folder).name)
    return []


def _of_old_name(course: Course, folder: Path) -> Path | None:
    """The ledger of this course that lies there, or beside its folder, under the name of a file which is gone."""
    about, root = course.about, root_of(folder)
    beside = [] if folder.is_file() else sorted(root.resolve().parent.glob(f"*.{LEDGER}"))
    for other in (*sorted(root.glob(f"*{LEDGER}")), *beside):
        main = other.name.removesuffix(LEDGER).removesuffix(".") or COURSE.partition(".")[0]
        if any(other.with_name(f"{main}.{ending}").exists() for ending in ("yaml", "yml")):
            continue  # it is that of another course
        with contextlib.suppress(OSError, Refusal):
            key = decode(other.read_bytes()).course
            if key and (key == about.identity or minted_for(key) == about.id):
                return other
    return None


def _trace(course: Course, folder: Path, out: Path) -> str:
    """What shows that the course was published before."""
    if ledger_path(folder).is_symlink() or ledger_path(folder).exists():
        return "something else stands in its place"
    package = out / f"{course.about.id}.apkg"
    if package.is_file():
        return f"{package} was published"
    if course.history.retired or course.history.renamed:
        return f"{course.history.span.path} speaks of published cards"
    return "version control has it" if _in_git(folder) else ""


def _had_notes(course: Course, folder: Path, out: Path) -> bool:
    """Whether notes were published, of which a ledger without any knows nothing."""
    from .package import of_package

    with contextlib.suppress(OSError, Refusal):
        if any(of_package(package) for package in packages(course, out)):
            return True
    with contextlib.suppress(OSError, Refusal):  # nothing there
        return bool(decode(git.committed(root_of(folder), ledger_path(folder).name)).notes)
    return False


def _in_git(folder: Path) -> bool:
    """Whether git has, or had, a ledger in the folder."""
    with contextlib.suppress(OSError):  # no git
        return git.knows(root_of(folder), ledger_path(folder).name)
    return False


def packages(course: Course, out: Path) -> list[bytes]:
    """The packages that together hold all published notes: the course's, and that of retired ones if there is one.

    Raises OSError when the first is not there.
    """
    whole, ended = out / f"{course.about.id}.apkg", out / f"{course.about.id}-retired.apkg"
    return [whole.read_bytes(), *([ended.read_bytes()] if ended.is_file() else [])]


def _has_conflict(data: bytes) -> bool:
    """Whether a merge left a conflict in a file."""
    return any(data.startswith(mark) or b"\n" + mark in data for mark in MARKS)


def decode(data: bytes) -> Ledger:
    """Read a ledger. Raises Refusal, with what to do, when the bytes are not one."""
    try:
        raw = json.loads(data)
        head: dict[str, Any] = raw.get("course", {})
        return Ledger(
            _each(_entry, raw["notes"]),
            _each(_type_entry, raw["types"]),
            _each(_text, raw["decks"]),
            _text(head.get("key", "")),
            _time(head.get("newest", 0)),
            _each(lambda row: _text(row["words"]), raw.get("releases", {})),
            _each(lambda row: _text(row["named"]), raw.get("drafts", {})),
        )
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError) as error:
        # With a conflict in it, no file is JSON, and most have none.
        raise Refusal(CONFLICT if _has_conflict(data) else DAMAGED) from error


def _each(made: Callable[[Any], Made], rows: dict[str, Any]) -> dict[str, Made]:
    """What is made of each row of a block, whose last line is none. It takes the row's place at once, since all rows together take
    as much room as all that is made of them.
    """
    for key, row in rows.items():
        if row is not None:
            rows[key] = made(row)
    return {key: row for key, row in rows.items() if row is not None}


def _entry(row: Mapping[str, Any]) -> Entry:
    """An entry from its row. Raises TypeError, ValueError or AttributeError when it is not one: a `mod` of 0 makes Anki panic."""
    entry = Entry(**row)
    _time(entry.mod, least=1)
    _time(entry.born)
    texts = (entry.id, entry.kind, entry.deck, entry.hash, entry.since, entry.version, entry.tags)
    inner = (*entry.cards.values(), *entry.past.values())
    if not STRINGS.issuperset(map(type, (*texts, *inner))):
        raise TypeError(f"{row!r}")
    if entry.retired not in WAYS or not (entry.kind in NOTE_TYPES or entry.kind.isdigit()):
        raise ValueError(f"{entry.kind} {entry.retired}")
    return entry


def _type_entry(row: Mapping[str, Any]) -> TypeEntry:
    """The same for a note type. Those that came from Anki may have a `mod` of 0."""
    entry = TypeEntry(**row)
    _time(entry.mod, least=0 if entry.shape else 1)
    _text(entry.hash)
    _text(entry.shape)
    return entry


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r}")
    return value


def _time(value: object, least: int = 0) -> int:
    if type(value) is not int or not least <= value < LAST:
        raise ValueError(f"{value!r}")
    return value


def encode(ledger: Ledger) -> bytes:
    """The ledger as JSON: one line a note, sorted by id, a blank line between two."""
    notes = sorted(ledger.notes.items(), key=lambda item: (item[1].id, item[0]))
    head = f'{{\n"course": {_json({"key": ledger.course, "newest": ledger.newest})}'
    blocks = [
        _block("notes", ((guid, _row(entry)) for guid, entry in notes)),
        _block("types", ((kind, _row(entry)) for kind, entry in sorted(ledger.types.items()))),
        _block("decks", ledger.decks.items()),
    ]
    if ledger.releases:
        blocks.append(_block("releases", ((v, {"words": w}) for v, w in ledger.releases.items())))
    if ledger.drafts:
        blocks.append(_block("drafts", ((id_, {"named": n}) for id_, n in ledger.drafts.items())))
    # Written piece by piece, since all at once, as text and as bytes, take several times the room.
    made = io.BytesIO()
    for part in itertools.chain([head], *blocks, ["\n}\n"]):
        made.write(part.encode())
    return made.getvalue()


def _row(entry: Entry | TypeEntry) -> dict[str, Any]:
    """The values of an entry that say anything."""
    row = {name: getattr(entry, name) for name in entry.__slots__}
    return {name: value for name, value in row.items() if value or name in ("hash", "deck", "mod")}


def _block(name: str, rows: Iterable[tuple[str, Any]]) -> Iterator[str]:
    yield f',\n\n"{name}": {{\n\n'
    for key, value in rows:
        yield f"{_json(key)}: {_json(value)},\n\n"
    # The last line of a block never changes, so that an entry added at the end changes no other line.
    yield '"~": null\n\n}'


def resolve(data: bytes) -> Ledger:
    """Merge a conflicted ledger file: of each note the newest entry, with the past of both.

    If the merged content is neither side's, its hash differs and
    the next build gives it a newer `mod`. Where both sides are equally new and yet differ, the hash is
    left empty, so that it is newer than both for those who took either. What changed in releases that only one side has is news
    again: learners of the other side never had it.

    Raises Refusal when there is no conflict, or a line is neither an entry nor part of the file's frame: nothing is thrown away.
    """
    if not _has_conflict(data):
        raise Refusal("the ledger holds no conflict of a merge: there is nothing to resolve")
    notes: dict[str, Entry] = {}
    types: dict[str, TypeEntry] = {}
    decks: dict[str, str] = {}
    releases: dict[str, str] = {}
    drafts: dict[str, str] = {}
    course, newest = "", 0
    try:
        for _, key, value in _lines(data.decode("utf-8")):
            if isinstance(value, str):
                decks.setdefault(key, value)
            elif "words" in value:
                releases.setdefault(key, _text(value["words"]))
            elif "named" in value:
                drafts.setdefault(key, _text(value["named"]))
            elif key == "course" and "newest" in value:
                course = course or _text(value["key"])
                newest = max(newest, _time(value["newest"]))
            elif "id" in value:
                entry = _entry(value)
                notes[key] = _newest(notes[key], entry) if key in notes else entry
            else:
                kind = _type_entry(value)
                types[key] = _newest_type(types[key], kind) if key in types else kind
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError) as error:
        raise Refusal(DAMAGED) from error
    apart = parted(data)
    for guid, entry in notes.items():
        if entry.since in apart and not entry.retired:
            notes[guid] = replace(entry, version=NEW)
        elif entry.version in apart:
            notes[guid] = replace(entry, version=UNRELEASED)
    return Ledger(notes, types, decks, course, newest, releases, drafts)


def parted(data: bytes) -> set[str]:
    """The versions that the two sides of a conflicted ledger file have released apart: with other words, or one side alone."""
    sides: dict[str, set[tuple[str, str]]] = {"<": set(), "=": set()}
    for mark, key, value in _lines(data.decode("utf-8")):
        if not isinstance(value, str) and "words" in value:
            for side in sides if not mark else sides.keys() & {mark}:
                sides[side].add((key, value["words"]))
    return {version for version, _ in sides["<"] ^ sides["="]}


def _lines(text: str) -> Iterator[tuple[str, str, Any]]:
    """The entries of a file, with the sign that git puts before the side on which an entry stands (`=` is the other side), or
    nothing where it stands on both. Raises ValueError on a line that is none, unless it belongs to the frame, and at an end that is
    none.
    """
    side = ""
    lines = text.replace("\r\n", "\n").rstrip("\n").split("\n")
    if not re.match(r"\}$|>{7}", lines[-1]):
        raise ValueError("the end is missing")
    for line in lines:
        if found := LINE.fullmatch(line):
            yield side, json.loads(found[1]), json.loads(found[2])
        elif not FRAME.fullmatch(line):
            raise ValueError(line)
        elif line[:1] in SIDES:
            side = SIDES[line[:1]]


def _newest(one: Entry, other: Entry) -> Entry:
    newest = max(one, other, key=lambda entry: entry.mod)
    tie = one.mod == other.mod and one.hash != other.hash
    sides = (one, other)
    older = other if newest is one else one
    untold = (each for each in (NEW, UNRELEASED) if each in (one.version, other.version))
    return replace(
        newest,
        hash="" if tie else newest.hash,
        since=next((e.since for e in sides if e.released), UNRELEASED),
        version=next(untold, newest.version),
        past=_joined(older.past, newest.past),
    )


def _joined(old: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
    """Both pasts; of each field the present mark of the newer one stays last. An absent field was always empty."""
    made = {}
    for name in dict.fromkeys([*old, *new]):
        last = new.get(name, "-").split(" ")
        others = [each for each in old.get(name, "-").split(" ") if each not in last]
        made[name] = " ".join([*others, *last])
    return made


def _newest_type(one: TypeEntry, other: TypeEntry) -> TypeEntry:
    newest = max(one, other, key=lambda entry: entry.mod)
    tie = one.mod == other.mod and one.hash != other.hash
    return replace(newest, hash="" if tie else newest.hash)
