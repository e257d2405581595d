"""Have documents typeset: by as many processes at once as the machine has cores (`typesetter.py`)."""

import concurrent.futures
import functools
import hashlib
import json
import os
import pickle
import queue
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path

from . import typesetter
from .typesetter import FONTS, VERSION, Batch, Document, Result

PACKAGE = Path(__file__).parent.parent
# There is a process for each core, so each needs one thread only. Freed memory is kept, since
# Typst needs it again soon, and is asked of the system in large pages.
FRUGAL = {
    "RAYON_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_TOP_PAD_": str(2**26),
    "MALLOC_TRIM_THRESHOLD_": str(2**32),
    "MALLOC_MMAP_THRESHOLD_": str(2**32),
    "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1",
}


def as_json(data: object) -> str:
    """Data as the templates read it."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def key(batch: Batch, document: Document) -> str:
    """A digest of everything that a document is made from: the same key gives the same PDFs."""
    fonts = (
        " ".join(sorted(path.name for path in Path(batch.fonts).iterdir())) if batch.fonts else ""
    )
    calls = document.make, document.measure, document.duplex
    parts = (batch.template, batch.data, batch.date, fonts, *calls, tools())
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


@functools.cache
def tools() -> str:
    """The programs, templates and fonts, as a digest."""
    versions = f"{VERSION}\0{zlib.ZLIB_RUNTIME_VERSION}"
    found = hashlib.sha256(versions.encode())
    for path in sorted([*Path(__file__).parent.rglob("*"), *FONTS.iterdir()]):
        if path.suffix in {".py", ".typ", ".otf", ".ttf"}:
            found.update(path.read_bytes())
    return found.hexdigest()


# How far a long work has come: how many parts of it are done, and of how many.
Step = Callable[[int, int], None]


def unseen(_done: int, _of: int) -> None:
    """A step that nobody watches."""


def typeset(batches: Iterable[Batch], step: Step = unseen) -> dict[str, Result]:
    """The PDFs of every document, or why there are none, by its path, in the order of the batches. `step` is told how many are
    done, as soon as it is known of how many.

    Raises OSError when a process that makes them ends early.

    Typst holds Python's global lock while it works, so every core of the machine gets a process of its own. These are
    started anew: a fork of a process in which Typst has run would wait for ever for threads that it does not have.
    """
    cores = os.cpu_count() or 1
    waiting: queue.SimpleQueue[Batch | None] = queue.SimpleQueue()
    finished: queue.SimpleQueue[int | None] = queue.SimpleQueue()
    made: dict[str, Result] = {}
    paths: list[str] = []
    with concurrent.futures.ThreadPoolExecutor(cores) as pool:
        feeders = [pool.submit(_feed, waiting, finished) for _ in range(cores)]
        try:
            for batch in batches:
                paths += [document.path for document in batch.documents]
                waiting.put(batch)
        finally:
            for _ in feeders:
                waiting.put(None)
        done, busy = 0, cores
        while busy:
            count = finished.get()
            if count is None:
                busy -= 1
            else:
                done += count
                step(done, len(paths))
        for feeder in feeders:
            made |= feeder.result()
    return {path: made[path] for path in paths}


def _feed(
    waiting: "queue.SimpleQueue[Batch | None]", finished: "queue.SimpleQueue[int | None]"
) -> dict[str, Result]:
    """Run one worker process: send it batches from the queue until None arrives; return its PDFs by path. How many it has made of
    each batch goes to the other queue, and None at the end, whatever ended it.
    """
    try:
        return _fed(waiting, finished)
    finally:
        finished.put(None)


def _fed(
    waiting: "queue.SimpleQueue[Batch | None]", finished: "queue.SimpleQueue[int | None]"
) -> dict[str, Result]:
    # -P: a process of ours never takes a module from the folder that it happens to stand in.
    start = (
        f"import sys; sys.path.insert(0, {str(PACKAGE.parent)!r}); "
        f"import {typesetter.__name__} as typesetter; typesetter.serve()"
    )
    made: dict[str, Result] = {}
    with subprocess.Popen(  # noqa: S603 – this very program
        [sys.executable, "-P", "-c", start],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | FRUGAL,
    ) as process:
        assert process.stdin is not None and process.stdout is not None  # noqa: S101, PT018
        while batch := waiting.get():
            try:
                pickle.dump(batch, process.stdin)
                process.stdin.flush()
                results = pickle.load(process.stdout)  # noqa: S301 – from the process above
            except (EOFError, OSError, pickle.UnpicklingError) as error:
                process.stdin = None  # nothing more is sent
                said = process.communicate()[1].decode(errors="replace").strip()
                why = said.rpartition("\n")[2] or f"exit code {process.returncode}"
                raise OSError(f"printing stopped: {why}") from error
            made |= {document.path: r for document, r in zip(batch.documents, results, strict=True)}
            finished.put(len(results))
    return made
