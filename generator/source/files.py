"""The files of a course's folder, and where a build puts its outputs."""

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..files import Output

LEDGER = "ledger.json"  # what was published, written by the build
FILES = ("course.yaml", "plan.yaml", "tools.yaml", "sources.yaml", "history.yaml", LEDGER)


def names_of(folder: Path) -> list[str]:
    """The files that make up a course, in a fixed order: their paths relative to its folder, with “/”."""
    names = [*FILES]
    for part, ending in (("modules", ".yaml"), ("essays", ".yaml"), ("media", "")):
        with contextlib.suppress(OSError):  # a course may lack any of them
            inside = sorted(os.listdir(folder / part))  # noqa: PTH208 - half the time of Path's
            names += [f"{part}/{name}" for name in inside if name.endswith(ending)]
    hidden = (name for name in names if name.rpartition("/")[2].startswith("."))
    left_out = set(hidden)
    root = os.fspath(folder)
    return [
        name
        for name in names
        if name not in left_out and os.path.isfile(f"{root}/{name}")  # noqa: PTH113
    ]


def read_files(folder: Path) -> dict[str, bytes]:
    """The files that make up a course: path relative to the folder, with “/” → bytes."""
    return {name: (folder / name).read_bytes() for name in names_of(folder)}


def destinations(folder: Path, out: Path, outputs: "Iterable[Output]") -> dict[Path, bytes]:
    """Where the outputs of a build go: the ledger lives with the content, all else in the output folder."""
    return {
        (folder if output.path == LEDGER else out) / output.path: output.data for output in outputs
    }
