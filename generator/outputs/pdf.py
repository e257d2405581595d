"""Printed pages through Typst. The only import of typst.

`printed` gives every PDF of a selection by its path, and what could not be printed. The same course gives the same
bytes in any folder and process: data goes in as JSON, the date is the course's, no path of the machine is seen.
"""

import datetime
import functools
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typst

from generator.model import Course, Module
from generator.notes import Note
from generator.outputs import glyphs, pagedata
from generator.problems import Problem, Span

TEMPLATES = Path(__file__).parent / "print"
PAPERS = {"a4": "a4", "letter": "us-letter"}
KINDS = ("outline", "facilitator", "study-sheets", "worksheets", "cards", "maps")
# Columns, rows, width and height of a card in millimetres; both fit A4 and Letter with room for crop marks.
GRIDS = {"2x4": (2, 4, 92.0, 62.0), "3x3": (3, 3, 62.0, 83.0)}
EDGES = ("long-edge", "short-edge")


@dataclass(frozen=True, slots=True)
class Choice:
    """What to print. Empty `only`, `modules` and `tags` mean everything; `offset` moves the backs of cut-out
    cards by millimetres to the right and down."""

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

    def source(self, paper: str) -> bytes:
        """The document that Typst reads."""
        arguments = ", ".join(filter(None, (f'"{paper}"', self.arguments)))
        return f'#import "/{self.template}.typ": make\n#make({arguments})\n'.encode()


def printed(
    course: Course, notes: Sequence[Note], bibliography: bytes = b"", choice: Choice = Choice()
) -> tuple[dict[str, bytes], list[Problem]]:
    """Every PDF of the selection by its path, such as `print/a4/outline.pdf`, and what is wrong.

    `bibliography` is the course's `sources.yaml` as it stands.
    """
    found = list(glyphs.problems(course))
    if found:
        return {}, found
    jobs, data = prepare(course, notes, bibliography, choice)
    stamp = midnight(course.about.date)
    made: dict[str, bytes] = {}
    for paper in choice.papers:
        for job in jobs:
            result = compile_one(job.source(paper), data, stamp)
            if isinstance(result, bytes):
                made[f"print/{paper}/{job.path}"] = result
            else:
                found += explain(result, course, notes, job.path)
    return made, list(dict.fromkeys(found))


def prepare(
    course: Course, notes: Sequence[Note], bibliography: bytes, choice: Choice
) -> tuple[list[Job], str]:
    """The PDFs of a selection, each once (papers multiply them), and the data that they all read."""
    modules = [m for m in course.modules if not choice.modules or m.id in choice.modules]
    kept = {module.id for module in modules}
    chosen = [
        n for n in notes if n.module.id in kept and (not choice.tags or any(_tagged(n, t) for t in choice.tags))
    ]
    own = {m.id: [n for n in chosen if n.module is m] for m in modules}
    filled = [m for m in modules if own[m.id]]
    data = pagedata.base(course) | pagedata.whole(course, modules, bibliography)
    data["sheets"] = {m.id: pagedata.sheet(course, m, own[m.id]) for m in filled}
    data["cards"] = pagedata.cards(course, chosen)
    data["maps"] = pagedata.maps(course, modules)
    jobs = {
        "outline": [Job("outline.pdf", "outline")],
        "facilitator": [Job("facilitator.pdf", "facilitator")] if course.plan or course.tools else [],
        "study-sheets": _sheets("study-sheets", filled),
        "worksheets": _sheets("worksheets", filled),
        "cards": list(_cards(choice.offset)) if chosen else [],
        "maps": [Job("maps.pdf", "maps")],
    }
    return [job for kind in KINDS if not choice.only or kind in choice.only for job in jobs[kind]], _json(data)


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


def compile_one(source: bytes, data: str, stamp: datetime.datetime) -> bytes | typst.TypstError:
    """Make one PDF. An error of Typst comes back as a value."""
    try:
        return _compiler().compile(source, sys_inputs={"data": data}, pdf_standards=["ua-1"], timestamp=stamp)
    except typst.TypstError as error:
        return error


def midnight(date: str) -> datetime.datetime:
    """The course's date, at midnight UTC."""
    return datetime.datetime.fromisoformat(date).replace(tzinfo=datetime.UTC)


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


# --- problems ------------------------------------------------------------------------------------

STOPPED = re.compile(r"coursedeck:([a-z-]+):([^\"]*)")
UNPRINTABLE = re.compile(r"the text `\"(.+?)\"` could not be displayed")
SAID = {
    "card-too-long": ("is too long for a card to cut out, even in 7 pt", "split it, or shorten question or answer"),
    "row-too-long": ("is too long for a page of a study sheet", "split it, or shorten question or answer"),
    "map-too-long": ("has too much for a map of one page", "shorten definitions, or split the module"),
}


def explain(error: typst.TypstError, course: Course, notes: Sequence[Note], path: str) -> Iterator[Problem]:
    """What Typst's error means for the author. One that is not the course's fault is raised again."""
    if stopped := STOPPED.search(error.message):
        spans = {module.id: module.span for module in course.modules}
        spans |= {note.card.id: note.card.span for note in notes} | {note.id: note.card.span for note in notes}
        what, hint = SAID[stopped[1]]
        for id_ in stopped[2].split(","):
            yield Problem(spans.get(id_.partition("/")[0], Span("")), stopped[1], f"“{id_}” {what}", hint)
    elif lost := UNPRINTABLE.search(error.message):
        yield glyphs.problem(_holder(lost[1], course), lost[1], path)
    elif "bibliography" in error.message:
        yield Problem(Span("sources.yaml"), "bad-bibliography", error.message, "see Hayagriva's file format")
    else:
        raise error


def _holder(text: str, course: Course) -> Span:
    """Where a text stands that Typst could not print."""
    from generator import walk

    return next((each.span for each in walk.texts(course) if text in each), Span("course.yaml"))
