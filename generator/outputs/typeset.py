"""PDFs, made by Typst in processes of their own from templates and data. The only import of typst.

Typst remembers what it laid out as long as its inputs stay the same, so documents that share data go in one batch:
the other edge of a two-sided print then costs a small part of the first.
"""

import concurrent.futures
import datetime
import functools
import hashlib
import importlib.metadata
import json
import os
import pickle
import queue
import signal
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import typst

from .papers import on_papers

PACKAGE = Path(__file__).parent.parent
TEMPLATES = Path(__file__).parent / "print"
FONTS = PACKAGE / "fonts"
# There is a process for each core, so each needs one thread only. Freed memory is kept, since Typst needs it again soon.
FRUGAL = {
    "RAYON_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_TOP_PAD_": str(2**26),
    "MALLOC_TRIM_THRESHOLD_": str(2**32),
    "MALLOC_MMAP_THRESHOLD_": str(2**32),
}


@dataclass(frozen=True, slots=True)
class Document:
    """One PDF to make: its path, the call that makes it, and the call that measures for it, if any.

    A call is an expression of Typst, in which the template is called `page`. What a measuring call leaves
    as `<measured>` is read by the templates as `measured`.
    """

    path: str
    make: str = "page.make()"
    measure: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """Documents of one template that read the same data (JSON), all of one date, to be put on the same papers."""

    template: str
    data: str
    date: str
    papers: tuple[str, ...]
    documents: tuple[Document, ...]


@dataclass(frozen=True, slots=True)
class Failure:
    """Why Typst could not make a PDF: its message, and its whole diagnostic with the place in the template."""

    message: str
    diagnostic: str


Result = tuple[bytes, ...] | Failure  # a PDF for each paper


def as_json(data: object) -> str:
    """Data as the templates read it."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def key(batch: Batch, document: Document) -> str:
    """A digest of everything that a document is made from: the same key gives the same PDFs."""
    parts = (batch.template, batch.data, batch.date, document.make, document.measure, _tools())
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


@functools.cache
def _tools() -> str:
    """The programs, templates and fonts, as a digest."""
    versions = [importlib.metadata.version(name) for name in ("typst", "pikepdf")]
    found = hashlib.sha256("\0".join(versions).encode())
    for path in sorted([*Path(__file__).parent.rglob("*"), *FONTS.iterdir()]):
        if path.suffix in {".py", ".typ", ".otf", ".ttf"}:
            found.update(path.read_bytes())
    return found.hexdigest()


def typeset(batches: Iterable[Batch]) -> dict[str, Result]:
    """The PDFs of every document, or why there are none, by its path, in the order of the batches.

    Raises OSError when a process that makes them ends early.

    Typst holds Python's global lock while it works, so every core of the machine gets a process of its own. These are
    started anew: a fork of a process in which Typst has run would wait for ever for threads that it does not have.
    """
    cores = os.cpu_count() or 1
    waiting: queue.SimpleQueue[Batch | None] = queue.SimpleQueue()
    made: dict[str, Result] = {}
    paths: list[str] = []
    with concurrent.futures.ThreadPoolExecutor(cores) as pool:
        feeders = [pool.submit(_feed, waiting) for _ in range(cores)]
        try:
            for batch in batches:
                paths += [document.path for document in batch.documents]
                waiting.put(batch)
        finally:
            for _ in feeders:
                waiting.put(None)
        for feeder in feeders:
            made |= feeder.result()
    return {path: made[path] for path in paths}


def _feed(waiting: "queue.SimpleQueue[Batch | None]") -> dict[str, Result]:
    """Run one worker process: send it batches from the queue until None arrives; return its PDFs by path."""
    # -P: a process of ours never takes a module from the folder that it happens to stand in.
    start = (
        f"import sys; sys.path.insert(0, {str(PACKAGE.parent)!r}); "
        f"import {__name__} as typeset; typeset.serve()"
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
            except (EOFError, OSError) as error:
                process.stdin = None  # nothing more is sent
                said = process.communicate()[1].decode(errors="replace").strip()
                why = said.rpartition("\n")[2] or f"exit code {process.returncode}"
                raise OSError(f"printing stopped: {why}") from error
            made |= {document.path: r for document, r in zip(batch.documents, results, strict=True)}
    return made


def serve() -> None:
    """The other end of `_feed`: batches come in, their PDFs go out."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # on Ctrl-C, end without a traceback
    while True:
        try:
            batch: Batch = pickle.load(sys.stdin.buffer)  # noqa: S301 – from the process that started this one
        except EOFError:
            return
        pickle.dump(compiled(batch), sys.stdout.buffer)
        sys.stdout.buffer.flush()


def compiled(batch: Batch) -> list[Result]:
    """The PDFs of one batch."""
    measured: dict[str, str | Failure] = {}
    made: list[Result] = []
    for document in batch.documents:
        given = "null"
        if document.measure:
            if document.measure not in measured:
                measured[document.measure] = _measured(batch, document.measure)
            found = measured[document.measure]
            if isinstance(found, Failure):
                made.append(found)
                continue
            given = found
        made.append(_pdf(batch, document.make, given))
    return made


def _pdf(batch: Batch, call: str, measured: str) -> Result:
    moment = datetime.datetime.fromisoformat(batch.date).replace(tzinfo=datetime.UTC)
    source = _source(batch.template, call)
    try:
        made = _compiler().compile(
            source, sys_inputs=_given(batch, measured), pdf_standards=["ua-1"], timestamp=moment
        )
    except typst.TypstError as error:
        return Failure(error.message, error.diagnostic)
    return on_papers(cast("bytes", made), batch.papers)  # one PDF, since no output file is named


def _measured(batch: Batch, call: str) -> str | Failure:
    """What a template measured, as JSON."""
    asking = _new_compiler(input=_source(batch.template, call), sys_inputs=_given(batch))
    try:
        return asking.query("<measured>", field="value", one=True)
    except RuntimeError as error:  # what `query` raises holds no more than the message
        return Failure(str(error), str(error))


def _given(batch: Batch, measured: str = "null") -> dict[str, str]:
    """What the templates read, as one `sys.inputs` entry and not two: with two, their order varies between runs, and
    Typst's layout cache misses.
    """
    return {"given": f'{{"data":{batch.data},"measured":{measured}}}'}


def _source(template: str, call: str) -> bytes:
    return f'#import "/pages/{template}.typ" as page\n#{call}\n'.encode()


@functools.cache
def _compiler() -> typst.Compiler:
    return _new_compiler()


def _new_compiler(**given: Any) -> typst.Compiler:
    return typst.Compiler(root=TEMPLATES, font_paths=_fonts(), ignore_system_fonts=True, **given)


@functools.cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[FONTS])
