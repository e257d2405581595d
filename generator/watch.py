"""A course while its author writes it: its files as they are now, and again each time that one of them changed."""

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from threading import Event

from watchfiles import watch

from .source.files import LEDGER, PARTS, leading_out, read_files, root_of

# Milliseconds: without a change for so long, an editor has written all that it had to; and how often files are looked at where
# nothing was heard of them, since what was written before the listening began, or on another machine, makes no sound.
QUIET, LOOK = 25, 1000


def versions(place: Path, stop: Event | None = None) -> Iterator[dict[str, bytes]]:
    """The files of the course in a folder or a file, by their paths, as they are at first and after each change, until `stop` is
    set. The ledger is no reason: a build writes it. Where the course is away for a while or a file cannot be read, the next
    version comes when that is over.

    Raises OSError when a file cannot be read at first.
    """
    stop = stop or Event()
    there, root = (place.is_file if place.is_file() else place.is_dir), root_of(place)
    files, links = read_files(place), leading_out(place)
    yield files
    while not stop.is_set():
        folders = _folders(root)
        for _ in _looks(folders, stop):
            try:
                now, out = (read_files(place), leading_out(place)) if there() else (files, links)
            except OSError:
                continue  # an editor is putting another file in its place, or has locked it
            if (_written(now), out) != (_written(files), links):
                files, links = now, out
                yield files
            if _folders(root) != folders:
                break  # one came or went: watch the new ones


def _looks(folders: Sequence[Path], stop: Event) -> Iterator[None]:
    """When to look at files in these folders: after each change, and every `LOOK` milliseconds."""
    try:
        for _ in watch(
            *folders,
            recursive=False,
            step=QUIET,
            debounce=400,
            rust_timeout=LOOK,
            yield_on_timeout=True,
            stop_event=stop,
        ):
            yield
    except (OSError, RuntimeError):  # one is away, or may not be listened to
        stop.wait(LOOK / 1000)
        yield


def _written(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """What people write of a course."""
    return {path: data for path, data in files.items() if not path.endswith(LEDGER)}


def _folders(root: Path) -> list[Path]:
    """The folders that files of a course may lie in, those that are there, and the one that has them all."""
    inside = (root / part for part, _ in PARTS)
    return [root, *(each for each in inside if os.path.isdir(each))]  # noqa: PTH112 - never raises
