"""What earlier builds wrote and this one does not: the outputs of a module that was dropped or renamed.

An old package brings retired cards back, so that it goes; but nothing is touched that a build did not write as it stands.
"""

import contextlib
from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from .cache import CACHE, digest
from .frozen import dataclass
from .problems import Refusal
from .published.package import of_package


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


def remove(out: Path, paths: Collection[str]) -> None:
    """Remove files, and the folders that are empty without them. Raises OSError when a file cannot be removed."""
    for path in paths:
        (out / path).unlink(missing_ok=True)
        for folder in (out / path).parents:
            if folder == out:
                break
            with contextlib.suppress(OSError):  # something else is in it
                folder.rmdir()
