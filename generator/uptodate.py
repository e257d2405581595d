"""Whether a build has anything to do, told without building: a record of every byte that went in and came out.

Imports next to nothing, since this is what most builds begin and end with. No clock is trusted: files are compared by
their SHA-256. The record lies in the output folder, for this machine only; a damaged one only costs a build.
"""

import contextlib
import functools
import hashlib
import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from .cache import CACHE, digest, regular
from .source.files import LEDGER, contents, ledger_path, names_and_links, root_of

PACKAGE = Path(__file__).parent


class State:
    """What a build of `folder` into `out` starts from. `only` is the sort of output that is asked for, or empty."""

    def __init__(self, folder: Path, out: Path, only: str) -> None:
        """Read all that goes in, now: what changes while the build runs will count as changed."""
        self.folder = folder
        self.out = out
        self.ledger = ledger_path(folder).name
        self.path = f"{CACHE}/built{'-' + only if only else ''}.json"
        names, leading = names_and_links(folder)
        self.files = dict(contents(root_of(folder), names))
        links = dict.fromkeys(leading, "")  # with one, nothing was ever built
        self.inputs = {"": _program()} | digests(self.files.items()) | links

    def finished(self) -> list[str] | None:
        """What the last build told of these very inputs, where its outputs stand as it left them; else None."""
        try:
            record = json.loads(regular(self.out / self.path))
            if record["inputs"] != self.inputs:
                return None
            if not self._there(record["outputs"]):
                return None
            if digests(contents(self.out, record["outputs"])) != record["outputs"]:
                return None
            if not self._there(record["left"]):
                return None  # what was told of them is no longer so
            if record["told"] and record["from"] != os.fspath(root_of(self.folder)):
                return None  # the places that were told can be opened from elsewhere only
            return [str(line) for line in record["told"]]
        except (OSError, ValueError, KeyError, TypeError, AttributeError):  # a record of any shape
            return None

    def _there(self, paths: Iterable[str]) -> bool:
        """Whether all of these are files in the output folder, and no device, which has no end."""
        return all(os.path.isfile(f"{self.out}/{path}") for path in paths)  # noqa: PTH113 - a third of the time

    def earlier(self, course: str) -> dict[str, set[str]]:
        """What builds of this course, named by its key, wrote here, of whatever sort: by path the digests of what they wrote. None
        where someone changed it since.
        """
        found: dict[str, set[str]] = {}
        for record in self._records():
            with contextlib.suppress(KeyError, TypeError, AttributeError):
                if record["course"] == course:
                    for name, then in [*record["outputs"].items(), *record["left"].items()]:
                        found.setdefault(str(name), set()).add(str(then))
        return found

    def of_others(self, course: str, id_: str) -> dict[tuple[str, str], str]:
        """What builds of other courses wrote here: by path and digest the id of the course. One with the same key or id is this
        course, as it was before: a draft whose ledger was thrown away gets a new key.
        """
        found: dict[tuple[str, str], str] = {}
        for record in self._records():
            with contextlib.suppress(KeyError, TypeError, AttributeError):
                if course != record["course"] and record["id"] != id_:
                    each = record["outputs"].items()
                    found |= {(str(name), str(then)): str(record["id"]) for name, then in each}
        return found

    def _records(self) -> Iterator[Any]:
        """The records of builds into the output folder, of whatever shape they are."""
        for path in sorted((self.out / CACHE).glob("built*.json")):
            with contextlib.suppress(OSError, ValueError):
                yield json.loads(regular(path))

    def record(
        self,
        course: str,
        id_: str,
        made: Mapping[str, str],
        told: Iterable[str],
        left: Iterable[str],
    ) -> bytes:
        """The record of a build of the course with this key and id: the digests of what it made, by path, the lines of warning
        that it told, and what it left of earlier outputs since others had changed it.

        The ledger is an output that lies with the content, and what the next build starts from.
        """
        ledger = {self.ledger: made[LEDGER]} if LEDGER in made else {}
        lines = {
            "course": course,
            "id": id_,
            "inputs": self.inputs | ledger,
            "outputs": {path: made[path] for path in made if path != LEDGER},
            "told": list(told),
            "from": os.fspath(root_of(self.folder))
            if told
            else "",  # nothing else in it is of a place
            "left": dict.fromkeys(left, ""),
        }
        return json.dumps(lines, ensure_ascii=False, indent=0, sort_keys=True).encode()


def digests(files: Iterable[tuple[str, bytes]]) -> dict[str, str]:
    """The digests of files by their paths."""
    return {name: digest(data) for name, data in files}


@functools.cache
def _program() -> str:
    """A digest of this program, of Python's version and of the versions of the packages beside it; worked out once, since what
    runs in a process stays what it was.
    """
    found = hashlib.sha256(sys.version.encode())
    for folder, _, names in sorted(os.walk(PACKAGE)):
        if not folder.endswith("__pycache__"):
            for name, data in contents(Path(folder), sorted(names)):
                found.update(f"{name} {len(data)}\n".encode())
                found.update(data)
    for folder in sys.path:
        if folder.endswith("site-packages") and os.path.isdir(folder):  # noqa: PTH112 - one call
            installed = (name for name in os.listdir(folder) if name.endswith(".dist-info"))  # noqa: PTH208
            found.update("\n".join(sorted(installed)).encode())
    return found.hexdigest()
