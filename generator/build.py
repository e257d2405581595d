"""Course to files: every output's bytes first, then the files, each replaced whole or not at all."""

import contextlib
import datetime
import hashlib
import json
import os
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .model import Course
from .notes import Note, notes_of
from .problems import Problem
from .published import ledger as ledgers
from .published.ledger import Ledger

if TYPE_CHECKING:
    from .outputs.pdf import Choice

LEDGER = "ledger.json"
RECORD = "print/.made-from.json"  # for this machine only, see .gitignore


@dataclass(frozen=True, slots=True)
class Output:
    """One file to write: its path under the output folder, its bytes, and what a person is told about it."""

    path: str
    data: bytes
    detail: str = ""

    @property
    def summary(self) -> str:
        """One line: what, how much, how large."""
        size = f"{len(self.data) / 1024:,.0f} KB"
        return f"{self.path}: " + ", ".join(filter(None, (self.detail, size)))


def seconds(date: str) -> int:
    """Midnight UTC of a date such as 2026-11-24, in seconds since 1970."""
    day = datetime.date.fromisoformat(date)
    return int(datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.UTC).timestamp())


def read_ledger(out: Path) -> Ledger:
    """The ledger in the output folder; an empty one where nothing was published. Raises Refusal if damaged."""
    path = out / LEDGER
    return ledgers.decode(path.read_bytes()) if path.is_file() else Ledger()


def packages(course: Course, published: Ledger, now: int) -> list[Output]:
    """The Anki packages, the whole course first, the text update, and the ledger that goes with them."""
    notes = notes_of(course)
    first = seconds(course.about.date)
    ledger = ledgers.advance(published, course, notes, now=now, first=first)
    return [
        *anki(course, notes, ledger),
        Output(LEDGER, ledgers.encode(ledger), f"{len(notes)} notes"),
    ]


def released(
    course: Course, published: Ledger, now: int, version: str
) -> tuple[list[Output], Ledger]:
    """The same for a release: the ledger frozen to its version. And the ledger before it was frozen."""
    notes = notes_of(course)
    first = seconds(course.about.date)
    ledger = ledgers.advance(published, course, notes, now=now, first=first)
    frozen = ledgers.freeze(ledger, course, notes, version)
    written = Output(LEDGER, ledgers.encode(frozen), f"{len(notes)} notes")
    return [*anki(course, notes, frozen), written], ledger


def anki(course: Course, notes: Sequence[Note], ledger: Ledger) -> Iterator[Output]:
    """What a learner imports: the course, each module, what was retired, the text update."""
    from .outputs import apkg, update

    name = course.about.id
    packages = apkg.Packages(course, ledger, created=seconds(course.about.date))
    rows = packages.rows(notes)

    def packed(path: str, held: Sequence[Note]) -> Output:
        cards = sum(len(note.ordinals()) for note in held)
        pictures = (note.picture for note in held if note.picture)
        data = packages.package((rows[note.guid] for note in held), pictures)
        return Output(path, data, f"{len(held)} notes, {cards} cards")

    yield packed(f"{name}.apkg", notes)
    by_module: dict[str, list[Note]] = {str(module.id): [] for module in course.modules}
    for note in notes:
        by_module[note.module.id].append(note)
    for module, own in by_module.items():
        if own:
            yield packed(f"{name}-{module}.apkg", own)
    ended = ledgers.tombstones(ledger, course).values()
    if ended:
        yield Output(
            f"{name}-retired.apkg", packages.retirements(ended), f"{len(ended)} retired notes"
        )
    listed = update.listed(notes)
    yield Output(f"{name}.update.txt", update.text(listed), f"{len(listed)} notes")


def pages(
    course: Course, choice: "Choice | None" = None, out: Path | None = None
) -> tuple[list[Output], list[Problem]]:
    """The printed pages, and what could not be printed. `choice` is everything unless given.

    With `out`, pages of an earlier build that nothing has changed since are taken from there; the last output is
    then the record of what each was made from.
    """
    from .outputs import pdf

    cache = _earlier(out) if out else {}
    made, found = pdf.printed(course, notes_of(course), choice or pdf.Choice(), cache)
    outputs = [Output(path, data) for path, data in made.items()]
    if out and not found:
        keys = {path: key for path, key in cache if cache[path, key] is made.get(path)}
        outputs.append(Output(RECORD, _record(keys, made)))
    return outputs, found


def _record(keys: Mapping[str, str], made: Mapping[str, bytes]) -> bytes:
    """What each PDF was made from, and the digest of its bytes, so that a file someone touched is made again."""
    lines = {path: [keys[path], hashlib.sha256(made[path]).hexdigest()] for path in sorted(made)}
    return json.dumps(lines, indent=0).encode()


def _earlier(out: Path) -> dict[tuple[str, str], bytes]:
    """The PDFs of an earlier build that are still as it left them, by path and key."""
    found: dict[tuple[str, str], bytes] = {}
    with contextlib.suppress(
        OSError, ValueError, TypeError, AttributeError
    ):  # a record of any shape
        for path, (key, digest) in json.loads((out / RECORD).read_bytes()).items():
            with contextlib.suppress(OSError):
                data = (out / path).read_bytes()
                if hashlib.sha256(data).hexdigest() == digest:
                    found[path, key] = data
    return found


def write(outputs: list[Output], out: Path) -> None:
    """Write the files. All are laid down beside their places first, so that a full disk leaves the old ones standing.

    Raises OSError when a file cannot be written.
    """
    waiting: list[tuple[Path, Path]] = []
    try:
        for output in outputs:
            target = out / output.path
            if target.is_file() and target.read_bytes() == output.data:
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
            waiting.append((Path(name), target))
            with os.fdopen(handle, "wb") as file:
                file.write(output.data)
            Path(name).chmod(0o644)
        while waiting:
            temporary, target = waiting[0]
            temporary.replace(target)
            waiting.pop(0)
    finally:
        for temporary, _ in waiting:
            with contextlib.suppress(OSError):
                temporary.unlink()


def stale(outputs: list[Output], out: Path) -> Iterator[str]:
    """The paths of files that are missing or hold something else than `outputs` say. Packages are compared by
    what is in them: SQLite's and zlib's bytes differ between releases.
    """
    for output in outputs:
        path = out / output.path
        if not path.is_file() or not _same(path.read_bytes(), output):
            yield output.path


def _same(old: bytes, output: Output) -> bool:
    if old == output.data or not output.path.endswith(".apkg"):
        return old == output.data
    try:
        return contents(old) == contents(output.data)
    except (zipfile.BadZipFile, KeyError, sqlite3.DatabaseError):
        return False


def contents(package: bytes) -> Mapping[str, object]:
    """What is in a package: every row of its tables, every other member's bytes.

    Raises zipfile.BadZipFile or sqlite3.DatabaseError when it is not one.
    """
    import io

    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        members: dict[str, object] = {
            name: archive.read(name) for name in archive.namelist() if name != "collection.anki2"
        }
        database = archive.read("collection.anki2")
    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(database)
        for table in ("col", "notes", "cards", "revlog", "graves"):
            rows = connection.execute(f"SELECT * FROM {table} ORDER BY 1")  # noqa: S608  names above
            members[table] = rows.fetchall()
    finally:
        connection.close()
    return members
