"""Which pages are printed, and what each of them is made of.

`printed` gives every PDF of a selection by its path, and what could not be printed. The same course gives the same
bytes in any folder and process: data goes in as JSON, the date is the course's, no path of the machine is seen.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from generator.model import Course, Module
from generator.notes import Note
from generator.outputs import glyphs, pagedata, typeset
from generator.outputs.typeset import Batch, Document, Failure
from generator.problems import Problem, Span

PAPERS = ("a4", "letter")
KINDS = ("outline", "facilitator", "study-sheets", "worksheets", "cards", "maps")
# Columns, rows, width and height of a card in millimetres; both fit A4 and Letter with room for crop marks.
GRIDS = {"2x4": (2, 4, 92.0, 62.0), "3x3": (3, 3, 62.0, 83.0)}
EDGES = ("long-edge", "short-edge")


@dataclass(frozen=True, slots=True)
class Choice:
    """What to print. Empty `only`, `modules` and `tags` mean everything; `offset` moves the backs of cut-out
    cards by millimetres to the right and down.
    """

    papers: tuple[str, ...] = PAPERS
    only: tuple[str, ...] = ()
    modules: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    offset: tuple[float, float] = (0.0, 0.0)


def printed(
    course: Course, notes: Sequence[Note], choice: Choice = Choice()
) -> tuple[dict[str, bytes], list[Problem]]:
    """Every PDF of the selection by its path, such as `print/a4/outline.pdf`, and what is wrong."""
    found = list(glyphs.problems(course))
    if found:
        return {}, found
    made: dict[str, bytes] = {}
    for path, result in typeset.typeset(batches(course, notes, choice)).items():
        if isinstance(result, bytes):
            made[path] = result
        else:
            found += explain(result, course, notes, path)
    return made, list(dict.fromkeys(found))


def batches(course: Course, notes: Sequence[Note], choice: Choice) -> Iterator[Batch]:
    """The PDFs of a selection, each with what it reads. The long ones come last: what Typst
    remembers of them would slow down the others."""
    modules = [m for m in course.modules if not choice.modules or m.id in choice.modules]
    own = {m.id: [n for n in notes if n.module is m and _tagged(n, choice.tags)] for m in modules}
    wanted = set(choice.only or KINDS)
    date = course.about.date

    def made(
        template: str,
        data: dict[str, Any],
        drawn: Sequence[Module],
        calls: Sequence[Call],
        papers: Sequence[str] = choice.papers,
    ) -> Batch:
        """Every call on every paper."""
        documents = [
            Document(
                f"print/{paper}/{call.path}", f'make("{paper}"{call.arguments})', call.measure
            )
            for paper in papers
            for call in calls
        ]
        return typeset.batch(template, pagedata.base(course, drawn) | data, date, documents)

    for module in modules:
        if "cards" in wanted and own[module.id]:
            data = pagedata.cards(course, module, own[module.id])
            for grid in GRIDS:
                yield made("cards", data, [module], list(_cards(module, grid, choice.offset)))
    for module in modules:
        sheets = list(_sheets(module, wanted))
        if sheets and own[module.id]:
            data = pagedata.sheet(course, module, own[module.id])
            yield made("sheet", data, [module], sheets)
    if "cards" in wanted and any(own.values()):
        yield made("calibration", {}, [], [Call("cards-calibration.pdf")])
    if "maps" in wanted:
        yield made("maps", pagedata.maps(course, modules), modules, [Call("maps.pdf", measure="measures()")])
    # The two long ones share little between papers; apart, they keep two processes busy to the end.
    if "facilitator" in wanted and (course.plan or course.tools):
        data = pagedata.facilitator(course, modules)
        for paper in choice.papers:
            yield made("facilitator", data, modules, [Call("facilitator.pdf")], [paper])
    if "outline" in wanted:
        data = pagedata.outline(course, modules)
        for paper in choice.papers:
            yield made("outline", data, modules, [Call("outline.pdf")], [paper])


@dataclass(frozen=True, slots=True)
class Call:
    """A PDF's path below its paper's folder, the arguments after the paper, and the call that measures for it."""

    path: str
    arguments: str = ""
    measure: str = ""


def _tagged(note: Note, tags: Sequence[str]) -> bool:
    """Whether a note has one of the tags, or one below it; the course's own prefix may be left out."""
    return not tags or any(f"::{tag}::" in f"::{own}::" for tag in tags for own in note.tags)


def _sheets(module: Module, wanted: Collection[str]) -> Iterator[Call]:
    for kind in ("study-sheets", "worksheets"):
        if kind in wanted:
            yield Call(f"{kind}/{module.id}.pdf", f', "{kind}"', "measures()")


def _cards(module: Module, grid: str, offset: tuple[float, float]) -> Iterator[Call]:
    columns, rows, wide, high = GRIDS[grid]
    measures = f"(columns: {columns}, rows: {rows}, wide: {wide}mm, high: {high}mm)"
    measure = f"measures({measures})"
    for edge in EDGES:
        moved = f"dx: {offset[0]:f}mm, dy: {offset[1]:f}mm"
        path = f"cards-{grid}-{edge}/{module.id}.pdf"
        yield Call(path, f', {measures}, "{edge}", {moved}', measure)
    if columns == 2:  # question and answer side by side
        yield Call(f"cards-fold/{module.id}.pdf", f', {measures}, "fold"', measure)


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
