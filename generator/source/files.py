"""The files of a course's folder."""

import contextlib
import os
from pathlib import Path

LEDGER = "ledger.json"  # what was published, written by the build
FILES = ("course.yaml", "plan.yaml", "tools.yaml", "sources.yaml", "history.yaml", LEDGER)


def _left_behind(name: str) -> bool:
    """Whether a system or an editor made a file for itself: `.DS_Store`, `._heart.jpg`, `Thumbs.db`."""
    return name.startswith(".") or name.lower() in {"thumbs.db", "ehthumbs.db", "desktop.ini"}


def names_of(folder: Path) -> list[str]:
    """The files that make up a course, in a fixed order: their paths relative to its folder, with “/”."""
    names = [*FILES]
    for part, ending in (("modules", ".yaml"), ("essays", ".yaml"), ("media", "")):
        with contextlib.suppress(OSError):  # a course may lack any of them
            inside = sorted(os.listdir(folder / part))  # noqa: PTH208 - half the time of Path's
            names += [f"{part}/{name}" for name in inside if name.endswith(ending)]
    left_out = {name for name in names if _left_behind(name.rpartition("/")[2])}
    root = os.fspath(folder)
    return [
        name
        for name in names
        if name not in left_out and os.path.isfile(f"{root}/{name}")  # noqa: PTH113
    ]


def read_files(folder: Path) -> dict[str, bytes]:
    """The files that make up a course: path relative to the folder, with “/” → bytes."""
    return {name: (folder / name).read_bytes() for name in names_of(folder)}
