"""What stands in an output folder: what earlier builds wrote and this one does not, and what somebody else wrote.

The outputs of a module that was dropped or renamed go, since an old package brings retired cards back; but nothing is removed that
a build did not write as it stands, and nothing overwritten that coursedeck did not make.
"""

import contextlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path

from .cache import CACHE, digest
from .files import Output
from .frozen import dataclass
from .problems import Refusal
from .published.package import of_package

# What is in outputs of every version, and in next to nothing else. A clone has them without any record of who wrote them.
PAGE = b"<!-- Nothing may be fetched or sent"
PRINTED = b"<xmp:CreatorTool>Typst "
# How a zip of ours begins, of a day in 1980. Anki puts another file first; Word and LibreOffice, with which teachers adapt
# documents, pack otherwise.
ZIP = b"PK\3\4\x14\0\0\0\x08\0\0\0!\0"
FIRST = b"collection.anki2"
SHOWN = 3  # files that are named


@dataclass(frozen=True, slots=True)
class Leftovers:
    """Paths below the output folder: `ours` are as a build wrote them, `others` are not."""

    ours: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    @property
    def lines(self) -> list[str]:
        """What a person is told about what is not removed."""
        told = "this build does not make it; delete it, unless you made it yourself"
        return [f"{path}: {told}" for path in self.others]


def leftovers(
    out: Path, earlier: Mapping[str, Collection[str]], made: Collection[str]
) -> Leftovers:
    """What is left in `out` of `earlier`, the digests by path that earlier builds recorded, without what this one made."""
    root = out.resolve()
    ours: list[str] = []
    others: list[str] = []
    for path in sorted(earlier.keys() - made):
        file = out / path
        # A record may come from anybody: nothing outside of the folder is looked at, and no link or device.
        inside = file.parent.resolve().is_relative_to(root) and file.name not in ("", "..")
        if path.startswith(CACHE) or not inside or file.is_symlink() or not file.is_file():
            continue
        (ours if digest(file.read_bytes()) in earlier[path] else others).append(path)
    return Leftovers(tuple(ours), tuple(others))


def unrecorded(
    out: Path, course: str, known: Collection[str], guids: Callable[[], Collection[str]]
) -> list[str]:
    """Packages of the course with this id that no record knows, as after a clone: those with notes that it has, or had. Their
    `guids` are only asked for where there is such a file.
    """
    there = [file for file in sorted(out.glob(f"{course}-*.apkg")) if file.name not in known]
    own = guids() if there else ()
    found = []
    for file in there:
        with contextlib.suppress(OSError, Refusal):  # none of ours
            if not of_package(file.read_bytes()).keys().isdisjoint(own):
                found.append(file.name)
    return found


def _overwritten(out: Path, outputs: Iterable[Output]) -> Iterator[tuple[str, bytes]]:
    """The paths of outputs in whose place something else stands, and what. A link gives way to a file: nothing is lost by it."""
    for output in outputs:
        file = out / output.path
        if output.path.startswith(CACHE) or file.is_symlink() or not file.is_file():
            continue
        if (there := file.read_bytes()) != output.data:
            yield output.path, there


def of_others(
    out: Path, outputs: Iterable[Output], others: Mapping[tuple[str, str], str]
) -> list[str]:
    """What a person is told of outputs that take the place of those of another course, which can be built again. `others` are the
    courses of other builds, by path and digest of what these wrote.
    """
    told = "belonged to the course “{}”, and is now this one's; with --out, give each course a folder of its own"
    return [
        f"{path}: {told.format(others[place])}"
        for path, there in (_overwritten(out, outputs) if others else ())
        if (place := (path, digest(there))) in others
    ]


def refuse_strange(out: Path, outputs: Iterable[Output], own: Collection[str] = ()) -> None:
    """Raises Refusal where an output would overwrite what coursedeck did not make. `own` are the paths that builds of the course
    are known to have written: a package or a PDF there is only damaged, since nobody writes into one, but a web page or a document
    may be a person's work by now.
    """
    strange = [
        (out / path).as_posix()
        for path, there in _overwritten(out, outputs)
        if not (path in own and path.endswith((".apkg", ".pdf"))) and not _made_by_us(there, path)
    ]
    if strange:
        more = f" and {len(strange) - SHOWN} more" if len(strange) > SHOWN else ""
        raise Refusal(
            f"{', '.join(strange[:SHOWN])}{more}: somebody else wrote or changed that, and it would be overwritten. Nothing is"
            " written; move it away, or give another folder with --out"
        )


def _made_by_us(data: bytes, path: str) -> bool:
    """Whether a file may be overwritten: coursedeck made it, of whatever course, or nothing is in it."""
    if not data or data.startswith(
        b"version https://git-lfs."
    ):  # what a clone may have in its place
        return True
    if path.endswith(".html"):
        return PAGE in data[:1000]
    if path.endswith(".pdf"):
        return PRINTED in data
    return data.startswith(ZIP) and (not path.endswith(".apkg") or data.startswith(FIRST, 30))


def remove(out: Path, paths: Collection[str]) -> None:
    """Remove files, and the folders that are empty without them. Raises OSError when a file cannot be removed."""
    for path in paths:
        (out / path).unlink(missing_ok=True)
        for folder in (out / path).parents:
            if folder == out:
                break
            with contextlib.suppress(OSError):  # something else is in it
                folder.rmdir()
