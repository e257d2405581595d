"""Which pages are printed, and what each of them is made of.

`printed` gives every PDF of a selection by its path, and what could not be printed. The same course gives the same
bytes in any folder and process: data goes in as JSON, the date is the course's, no path of the machine is seen.
"""

import re
from collections.abc import Collection, Iterable, Iterator, MutableMapping, Sequence
from dataclasses import dataclass, replace

from ..model import Course, Module
from ..notes import Note
from ..outputs import breaks, glyphs, pagedata, typeset
from ..outputs.papers import PAPERS, on_paper
from ..outputs.typeset import Batch, Document, Failure
from ..problems import Problem, Span

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
    course: Course,
    notes: Sequence[Note],
    choice: Choice = Choice(),
    cache: MutableMapping[tuple[str, str], bytes] | None = None,
) -> tuple[dict[str, bytes], list[Problem]]:
    """Every PDF of the selection by its path, such as `print/a4/outline.pdf`, and what is wrong.

    `cache` has PDFs by path and key (`typeset.key`): what it has is not made again, and what is made is put there.
    """
    found = list(glyphs.problems(course))
    if found:
        return {}, found
    cache = {} if cache is None else cache
    keys: dict[str, str] = {}

    def on_papers(path: str) -> list[tuple[str, str]]:
        """The places of a document in the cache."""
        return [(f"print/{paper}/{path}", keys[path]) for paper in choice.papers]

    def missing() -> Iterator[Batch]:
        for batch in batches(course, notes, choice):
            keys.update((each.path, typeset.key(batch, each)) for each in batch.documents)
            left = [d for d in batch.documents if not cache.keys() >= set(on_papers(d.path))]
            if left:
                yield replace(batch, documents=tuple(left))

    for path, result in typeset.typeset(missing()).items():
        if isinstance(result, bytes):
            for paper, place in zip(choice.papers, on_papers(path), strict=True):
                cache[place] = on_paper(paper, result)
        else:
            found += explain(result, course, notes, path)
    if found:
        return {}, list(dict.fromkeys(found))
    return {place[0]: cache[place] for path in keys for place in on_papers(path)}, []


def batches(course: Course, notes: Sequence[Note], choice: Choice) -> Iterator[Batch]:
    """The PDFs of a selection, each once for all papers, with what it reads; the long ones first, so
    that no process ends long after the others.
    """
    modules = [m for m in course.modules if not choice.modules or m.id in choice.modules]
    own = {m.id: [n for n in notes if n.module is m and _tagged(n, choice.tags)] for m in modules}
    wanted = set(choice.only or KINDS)

    def made(
        template: str, data: pagedata.Data, drawn: Sequence[Module], documents: Iterable[Document]
    ) -> Batch:
        read = breaks.for_typst(pagedata.base(course, drawn) | data)
        return typeset.batch(template, read, course.about.date, tuple(documents))

    if "outline" in wanted:
        data = pagedata.outline(course, modules)
        yield made("outline", data, modules, [Document("outline.pdf")])
    if "facilitator" in wanted and (course.plan or course.tools):
        data = pagedata.facilitator(course, modules)
        yield made("facilitator", data, modules, [Document("facilitator.pdf")])
    if "maps" in wanted:
        yield made(
            "maps",
            pagedata.maps(course, modules),
            modules,
            [Document("maps.pdf", measure="measures()")],
        )
    for module in modules:
        if "cards" in wanted and own[module.id]:
            data = pagedata.cards(course, module, own[module.id])
            for grid in GRIDS:
                yield made("cards", data, [module], _cards(module, grid, choice.offset))
    for module in modules:
        sheets = list(_sheets(module, wanted))
        if sheets and own[module.id]:
            data = pagedata.sheet(course, module, own[module.id])
            yield made("sheet", data, [module], sheets)
    if "cards" in wanted and any(own.values()):
        yield made("calibration", {}, [], [Document("cards-calibration.pdf")])


def _tagged(note: Note, tags: Sequence[str]) -> bool:
    """Whether a note has one of the tags, or one below it; the course's own prefix may be left out."""
    return not tags or any(f"::{tag}::" in f"::{own}::" for tag in tags for own in note.tags)


def _sheets(module: Module, wanted: Collection[str]) -> Iterator[Document]:
    for kind in ("study-sheets", "worksheets"):
        if kind in wanted:
            yield Document(f"{kind}/{module.id}.pdf", f'make("{kind}")', "measures()")


def _cards(module: Module, grid: str, offset: tuple[float, float]) -> Iterator[Document]:
    columns, rows, wide, high = GRIDS[grid]
    measures = f"(columns: {columns}, rows: {rows}, wide: {wide}mm, high: {high}mm)"
    measure = f"measures({measures})"
    for edge in EDGES:
        moved = f"dx: {offset[0]:f}mm, dy: {offset[1]:f}mm"
        path = f"cards-{grid}-{edge}/{module.id}.pdf"
        yield Document(path, f'make({measures}, "{edge}", {moved})', measure)
    if columns == 2:  # question and answer side by side
        yield Document(f"cards-fold/{module.id}.pdf", f'make({measures}, "fold")', measure)


# --- problems ------------------------------------------------------------------------------------

STOPPED = re.compile(r"coursedeck:([a-z-]+):([^\"]*)")
UNPRINTABLE = re.compile(r"the text `\"(.+?)\"` could not be displayed")
# Such as “(handbook.date: date format unknown at line 3 column 9 at 3:9)”.
UNREADABLE = re.compile(
    r"failed to parse YAML \((?P<said>(?P<work>[^.:\s]+).*?)"
    r"(?: at line \d+ column \d+)?(?: at (?P<line>\d+):(?P<column>\d+))?\)$",
    re.DOTALL,
)
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
    elif wrong := UNREADABLE.search(error.message):
        yield _bad_work(wrong, course)
    else:
        raise RuntimeError(error.diagnostic)


def _bad_work(wrong: re.Match[str], course: Course) -> Problem:
    """A work that Typst cannot read, at the line it names, or else where the work begins."""
    spans = {str(work.id): work.span for work in course.works}
    span = spans.get(wrong["work"], Span("sources.yaml"))
    if wrong["line"]:
        span = Span("sources.yaml", int(wrong["line"]), int(wrong["column"]))
    said = wrong["said"].partition(", expected one of")[0]
    return Problem(span, "bad-bibliography", said, "see Hayagriva’s file format for what it takes")


def _holder(text: str, course: Course) -> Span:
    """Where a text stands that Typst could not print."""
    from .. import walk

    return next((each.span for each in walk.texts(course) if text in each), Span("course.yaml"))
