"""Typst: what templates and data become, in a process that does nothing else. The only import of typst.

Typst remembers what it laid out as long as its inputs stay the same, so documents that share data go in one batch:
the other edge of a two-sided print then costs a small part of the first. For another batch it would only be more to
look through, so each has a process of its own. Each begins with the imports of this file, so they are few.
"""

import datetime
import functools
import os
import pickle
import signal
import sys
from pathlib import Path
from typing import Any, cast

import typst

from ..frozen import dataclass
from .papers import on_papers

VERSION: str = typst.__version__  # type: ignore[attr-defined]
TEMPLATES = Path(__file__).parent / "print"
FONTS = Path(__file__).parent.parent / "fonts"


@dataclass(frozen=True, slots=True)
class Document:
    """One PDF to make: its path, the call that makes it, and the call that measures for it, if any.

    A call is an expression of Typst, in which the template is called `page`. What a measuring call leaves
    as `<measured>` is read by the templates as `measured`. `duplex` is the edge over which a printer must turn the
    paper, where that matters: `long-edge` or `short-edge`, or `simplex` where it must not turn it.
    """

    path: str
    make: str = "page.make()"
    measure: str = ""
    duplex: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """Documents of one template that read the same data (JSON), all of one date, to be put on the same papers. `fonts` is a folder
    with the course's own fonts, each in a file whose name is a digest of it.
    """

    template: str
    data: str
    date: str
    papers: tuple[str, ...]
    documents: tuple[Document, ...]
    fonts: str = ""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why Typst could not make a PDF: its message, and its whole diagnostic with the place in the template."""

    message: str
    diagnostic: str


Result = tuple[bytes, ...] | Failure  # a PDF for each paper


def serve() -> None:
    """The other end of `typeset`: batches come in, their PDFs go out."""
    # Where it is ignored, as behind a shell, it stays so.
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # on Ctrl-C, end without a traceback
    while True:
        try:
            batch: Batch = pickle.load(sys.stdin.buffer)  # noqa: S301 – from the process that started this one
        except EOFError:
            return
        if not hasattr(os, "fork"):
            _answer(batch)
        elif child := os.fork():  # Typst never ran here, so no threads are missing in the child
            failed = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            if failed < 0:  # a signal ended it, and so ends this one: its number is told
                signal.raise_signal(-failed)
            if failed:
                sys.exit(failed)
        else:
            _answer(batch)
            os._exit(0)


def _answer(batch: Batch) -> None:
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
        made.append(_pdf(batch, document, given))
    return made


def _pdf(batch: Batch, document: Document, measured: str) -> Result:
    moment = datetime.datetime.fromisoformat(batch.date).replace(tzinfo=datetime.UTC)
    source = _source(batch.template, document.make)
    try:
        made = _compiler(batch.fonts).compile(
            source, sys_inputs=_given(batch, measured), pdf_standards=["ua-1"], timestamp=moment
        )
    except typst.TypstError as error:
        return Failure(error.message, error.diagnostic)
    # It is one PDF, since no output file is named.
    return on_papers(cast("bytes", made), batch.papers, document.duplex)


def png(data: str, dots: int) -> bytes:
    """A picture as PNG: `shown` of the data (JSON), so many millimetres wide as its `width` says, with so many dots an inch, its
    labels hidden.
    """
    source = b"""
        #import "/parts/data.typ": data
        #import "/parts/picture.typ": picture
        #set page(width: data.width * 1mm, height: auto, margin: 0pt)
        #picture(data.shown, width: data.width * 1mm)
    """
    given = {"given": f'{{"data":{data},"measured":null}}'}
    return cast("bytes", _compiler("").compile(source, format="png", ppi=dots, sys_inputs=given))


def _measured(batch: Batch, call: str) -> str | Failure:
    """What a template measured, as JSON."""
    source = _source(batch.template, call)
    asking = _new_compiler(batch.fonts, input=source, sys_inputs=_given(batch))
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
def _compiler(fonts: str) -> typst.Compiler:
    return _new_compiler(fonts)


def _new_compiler(fonts: str, **given: Any) -> typst.Compiler:
    return typst.Compiler(
        root=TEMPLATES, font_paths=_fonts(fonts), ignore_system_fonts=True, **given
    )


@functools.cache
def _fonts(own: str) -> typst.Fonts:
    paths = [str(FONTS), *([own] if own else [])]
    return typst.Fonts(include_system_fonts=False, font_paths=paths)
