"""A course while its author writes it: its files as they are now, and again each time that one of them changed."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from threading import Event

from watchfiles import watch

from .source.files import LEDGER, PARTS, read_files, root_of

# Milliseconds: without a change for so long, an editor has written all that it had to; and how often files are looked at where
# nothing was heard of them, since what was written before the listening began, or on another machine, makes no sound.
QUIET, LOOK = 25, 1000


def versions(place: Path, stop: Event | None = None) -> Iterator[dict[str, bytes]]:
    """The files of the course in a folder or a file, by their paths, as they are at first and after each change, until `stop` is
    set. The ledger is no reason: a build writes it.

    Raises OSError when a file cannot be read, or when there is no folder.
    """
    files = read_files(place)
    yield files
    while stop is None or not stop.is_set():
        folders = _folders(place)
        for _ in watch(
            *folders,
            recursive=False,
            step=QUIET,
            debounce=400,
            rust_timeout=LOOK,
            yield_on_timeout=True,
            stop_event=stop,
        ):
            try:
                now = read_files(place)
            except FileNotFoundError:
                continue  # an editor is putting another file in its place: the next change tells
            if _written(now) != _written(files):
                files = now
                yield files
            if _folders(place) != folders:
                break  # one came or went: watch the new ones


def _written(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """What people write of a course."""
    return {path: data for path, data in files.items() if not path.endswith(LEDGER)}


def _folders(place: Path) -> list[Path]:
    """The folders that files of a course may lie in, those that are there."""
    root = root_of(place)
    return [root, *(root / part for part, _ in PARTS if (root / part).is_dir())]
