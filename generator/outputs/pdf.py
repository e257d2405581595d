"""Printed pages through Typst. The only import of typst.

`printed` gives every PDF of a selection by its path, and what could not be printed. The same course gives the same
bytes in any folder and process: data goes in as JSON, the date is the course's, no path of the machine is seen.
"""

import concurrent.futures
import datetime
import functools
import json
import os
import pickle
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import typst

from generator.model import Course, Module
from generator.notes import Note
from generator.outputs import glyphs, pagedata
from generator.problems import Problem, Span

ROOT = Path(__file__).parent.parent.parent
FEW = 4  # PDFs that are made sooner than another process starts
TEMPLATES = Path(__file__).parent / "print"
PAPERS = {"a4": "a4", "letter": "us-letter"}
# What each template reads besides the basics: less data is less to look through.
READS = {
    "outline": ("modules", "essays", "plan", "names", "works", "authored", "bibliography", "steps"),
    "facilitator": ("modules", "plan", "tools", "names", "steps"),
    "sheet": ("sheets",),
    "cards": ("cards",),
    "calibration": (),
    "maps": ("maps",),
}
KINDS = ("outline", "facilitator", "study-sheets", "worksheets", "cards", "maps")
# Columns, rows, width and height of a card in millimetres; both fit A4 and Letter with room for crop marks.
GRIDS = {"2x4": (2, 4, 92.0, 62.0), "3x3": (3, 3, 62.0, 83.0)}
EDGES = ("long-edge", "short-edge")


@dataclass(frozen=True, slots=True)
class Choice:
    """What to print. Empty `only`, `modules` and `tags` mean everything; `offset` moves the backs of cut-out
    cards by millimetres to the right and down.
    """

    papers: tuple[str, ...] = tuple(PAPERS)
    only: tuple[str, ...] = ()
    modules: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    offset: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Job:
    """One PDF to make: its path below the paper's folder, its template, and the arguments after the paper."""

    path: str
    template: str
    arguments: str = ""

    @property
    def family(self) -> str:
        """Jobs of one family lay out much of the same: cards of one grid, sheets, and each other kind by itself."""
        return self.template + self.arguments[:12] * (self.template == "cards")

    def source(self, paper: str) -> bytes:
        """The document that Typst reads."""
        arguments = ", ".join(filter(None, (f'"{paper}"', self.arguments)))
        return f'#import "/{self.template}.typ": make\n#make({arguments})\n'.encode()


def printed(
    course: Course, notes: Sequence[Note], choice: Choice = Choice()
) -> tuple[dict[str, bytes], list[Problem]]:
    """Every PDF of the selection by its path, such as `print/a4/outline.pdf`, and what is wrong."""
    found = list(glyphs.problems(course))
    if found:
        return {}, found
    jobs, data = prepare(course, notes, choice)
    made: dict[str, bytes] = {}
    for (paper, job), result in zip(
        *_compile_all(jobs, choice.papers, data, course.about.date), strict=True
    ):
        if isinstance(result, bytes):
            made[f"print/{paper}/{job.path}"] = result
        else:
            found += explain(result, course, notes, job.path)
    return made, list(dict.fromkeys(found))


def prepare(
    course: Course, notes: Sequence[Note], choice: Choice
) -> tuple[list[Job], dict[str, str]]:
    """The PDFs of a selection, each once (papers multiply them), and the data that each template reads."""
    modules = [m for m in course.modules if not choice.modules or m.id in choice.modules]
    kept = {module.id for module in modules}
    chosen = [
        n
        for n in notes
        if n.module.id in kept and (not choice.tags or any(_tagged(n, t) for t in choice.tags))
    ]
    own = {m.id: [n for n in chosen if n.module is m] for m in modules}
    filled = [m for m in modules if own[m.id]]
    base = pagedata.base(course)
    data = pagedata.whole(course, modules)
    data["sheets"] = {m.id: pagedata.sheet(course, m, own[m.id]) for m in filled}
    data["cards"] = pagedata.cards(course, chosen)
    data["maps"] = pagedata.maps(course, modules)
    jobs = {
        "outline": [Job("outline.pdf", "outline")],
        "facilitator": [Job("facilitator.pdf", "facilitator")]
        if course.plan or course.tools
        else [],
        "study-sheets": _sheets("study-sheets", filled),
        "worksheets": _sheets("worksheets", filled),
        "cards": list(_cards(choice.offset)) if chosen else [],
        "maps": [Job("maps.pdf", "maps")],
    }
    wanted = [job for kind in KINDS if not choice.only or kind in choice.only for job in jobs[kind]]
    read = {
        job.template: _json(base | {key: data[key] for key in READS[job.template]})
        for job in wanted
    }
    return wanted, read


def _tagged(note: Note, tag: str) -> bool:
    """Whether a note has a tag, or one below it; the course's own prefix may be left out."""
    return any(f"::{tag}::" in f"::{own}::" for own in note.tags)


def _sheets(kind: str, modules: Sequence[Module]) -> list[Job]:
    return [Job(f"{kind}/{m.id}.pdf", "sheet", f'"{m.id}", "{kind}"') for m in modules]


def _cards(offset: tuple[float, float]) -> Iterator[Job]:
    for grid, (columns, rows, wide, high) in GRIDS.items():
        measures = f"(columns: {columns}, rows: {rows}, wide: {wide}mm, high: {high}mm)"
        moved = f"dx: {offset[0]:f}mm, dy: {offset[1]:f}mm"
        for edge in EDGES:
            yield Job(f"cards-{grid}-{edge}.pdf", "cards", f'{measures}, "{edge}", {moved}')
        if columns == 2:  # question and answer side by side
            yield Job("cards-fold.pdf", "cards", f'{measures}, "fold"')
    yield Job("cards-calibration.pdf", "calibration")


# --- typst ---------------------------------------------------------------------------------------


@functools.cache
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[glyphs.FONTS])
    return typst.Compiler(root=TEMPLATES, font_paths=fonts, ignore_system_fonts=True)


@dataclass(frozen=True, slots=True)
class Failure:
    """What Typst said when it could not make a PDF."""

    message: str
    diagnostic: str


def compile_one(source: bytes, data: str, date: str) -> bytes | Failure:
    """Make one PDF."""
    try:
        made = _compiler().compile(
            source, sys_inputs={"data": data}, pdf_standards=["ua-1"], timestamp=midnight(date)
        )
    except typst.TypstError as error:
        return Failure(error.message, error.diagnostic)
    return cast("bytes", made)  # one PDF, since no output file is named


Work = tuple[list[bytes], str, str]


def _compile_all(
    jobs: Sequence[Job], papers: Sequence[str], data: dict[str, str], date: str
) -> tuple[list[tuple[str, Job]], list[bytes | Failure]]:
    """Make every PDF on every paper. Jobs that share what was laid out stay together."""
    batches: dict[tuple[str, str], list[Job]] = {}
    for job in jobs:
        for paper in papers:
            batches.setdefault((job.family, paper), []).append(job)
    work = [
        ([job.source(paper) for job in batch], data[batch[0].template], date)
        for (_, paper), batch in batches.items()
    ]
    planned = [(paper, job) for (_, paper), batch in batches.items() for job in batch]
    cores = min(os.cpu_count() or 1, len(work))
    if cores == 1 or len(planned) <= FEW:
        made = [_compile_batch(each) for each in work]
    else:
        made = _in_processes(work, cores)
    return planned, [result for batch in made for result in batch]


def _compile_batch(work: Work) -> list[bytes | Failure]:
    sources, data, date = work
    return [compile_one(source, data, date) for source in sources]


def _in_processes(work: list[Work], cores: int) -> list[list[bytes | Failure]]:
    """Typst holds Python's lock, so other cores are reached by other processes. They are fresh ones: a fork of a
    process in which Typst has run would wait for ever for threads that it does not have.
    """
    start = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from generator.outputs import pdf; pdf.serve()"
    shares = [work[first::cores] for first in range(cores)]
    command = [sys.executable, "-c", start]
    with concurrent.futures.ThreadPoolExecutor(cores) as pool:
        answers = pool.map(
            lambda share: subprocess.run(  # noqa: S603 – this very program
                command, input=pickle.dumps(share), stdout=subprocess.PIPE, check=True
            ),
            shares,
        )
        made = [pickle.loads(answer.stdout) for answer in answers]  # noqa: S301 – from the process above
    return [made[number % cores][number // cores] for number in range(len(work))]


def serve() -> None:
    """The other end of `_in_processes`: work comes in, results go out."""
    share: list[Work] = pickle.load(sys.stdin.buffer)  # noqa: S301 – from the process that started this one
    pickle.dump([_compile_batch(work) for work in share], sys.stdout.buffer)


def midnight(date: str) -> datetime.datetime:
    """The course's date, at midnight UTC."""
    return datetime.datetime.fromisoformat(date).replace(tzinfo=datetime.UTC)


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


# --- problems ------------------------------------------------------------------------------------

STOPPED = re.compile(r"coursedeck:([a-z-]+):([^\"]*)")
UNPRINTABLE = re.compile(r"the text `\"(.+?)\"` could not be displayed")
SAID = {
    "card-too-long": (
        "is too long for a card to cut out, even in 7 pt",
        "split it, or shorten question or answer",
    ),
    "row-too-long": (
        "is too long for a page of a study sheet",
        "split it, or shorten question or answer",
    ),
    "map-too-long": (
        "has too much for a map of one page",
        "shorten definitions, or split the module",
    ),
}


def explain(error: Failure, course: Course, notes: Sequence[Note], path: str) -> Iterator[Problem]:
    """What Typst's error means for the author. One that is not the course's fault is raised again."""
    if stopped := STOPPED.search(error.message):
        spans: dict[str, Span] = {str(module.id): module.span for module in course.modules}
        for note in notes:
            spans[str(note.card.id)] = spans[note.id] = note.card.span
        what, hint = SAID[stopped[1]]
        for id_ in stopped[2].split(","):
            yield Problem(
                spans.get(id_.partition("/")[0], Span("")), stopped[1], f"“{id_}” {what}", hint
            )
    elif lost := UNPRINTABLE.search(error.message):
        yield glyphs.problem(_holder(lost[1], course), lost[1], path)
    elif "bibliography" in error.message:
        yield Problem(
            Span("sources.yaml"), "bad-bibliography", error.message, "see Hayagriva's file format"
        )
    else:
        raise RuntimeError(error.diagnostic)


def _holder(text: str, course: Course) -> Span:
    """Where a text stands that Typst could not print."""
    from generator import walk

    return next((each.span for each in walk.texts(course) if text in each), Span("course.yaml"))
