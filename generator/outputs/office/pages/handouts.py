"""The sheets, to fill in or to read out, to hang up or to cut, in the order of their use."""

from collections.abc import Iterator, Sequence
from typing import cast

from ....text import Tree, formula
from ....text.tree import Paragraph, Strong, plain
from ...lessondata import Sheet, in_order, sheets
from ...pagedata import Data
from ...print.pages.base import Selection
from .. import parts
from ..parts import Fill, Heading, Label, Part, Poster
from .base import Page, Shared
from .steps import needed, steps
from .texts import inline, joined, rows, text, title, tree, trees

ROW = 9.0  # millimetres, at least, to write a line by hand
FULL = 160.0  # millimetres of a page for a sheet to fill in


def pages(shared: Shared, selection: Selection) -> Iterator[Page]:
    """One for each sheet of the chosen modules, without its key."""
    for sheet in sheets(shared.course, in_order(shared.course, selection.modules)):
        path = f"handouts/{sheet.tool['id']}"
        yield shared.page(path, title(sheet.tool), _handout(shared, sheet))


def _handout(shared: Shared, sheet: Sheet) -> Iterator[Part]:
    """What stands on a sheet."""
    tool = sheet.tool
    module = shared.taught.names.get(str(tool["module"]), Tree())
    if module.blocks:
        yield Label(plain(module, tex=formula.in_line))
    yield Heading(1, inline(tree(tool["title"])))
    if sheet.signed:
        yield Fill(shared.say["name" if sheet.signed == "name" else "circle-name"])
    yield from tree(tool["about"]).blocks
    if tool["script"] is not None:
        for name, activity in shared.activities.items():
            if tool["id"] in [each["sheet"] for each in rows(activity["prints"])]:
                yield from needed(shared, name)
    yield from _to_fill(shared, tool) if sheet.rubric is None else _rubric(shared, sheet.rubric)


def _to_fill(shared: Shared, tool: Data) -> Iterator[Part]:
    """The sheet itself, whichever form it has."""
    match tool:
        case {"ladder": {"rungs": rungs}}:
            yield _ladder(shared, trees(rungs))
        case {"columns": {"columns": heads, "rows": int(count), "given": given}}:
            lines = [trees(row) for row in cast("Sequence[object]", given)]
            yield _columns(trees(heads), count, lines)
        case {"chart": {"top": top, "between": between, "bottom": bottom}}:
            boxes = [tree(top), text("↑"), *trees(between), text("↓"), tree(bottom)]
            yield parts.Sheet((1,), (), tuple((box,) for box in boxes), FULL / len(boxes))
        case {"sort": {"options": options, "statements": statements}}:
            yield from _to_sort(shared, trees(options), rows(statements))
        case {"tally": {"columns": heads, "rows": counted, "notes": notes}}:
            yield _tally(shared, trees(heads), trees(counted))
            for note in trees(notes):
                yield from note.blocks
                yield Fill()
        case {"script": {"script": own}}:
            yield from steps(shared, rows(own), 2)
        case {"wall": list(posters)} if posters:
            for at, poster in enumerate(trees(posters)):
                yield Poster(poster.blocks, first=at == 0)
        case {"cut": {"pieces": pieces, "times": int(times)}}:
            yield _to_cut(trees(pieces), times)
        case {"squares": int(side)}:
            across, down = parts.WIDE // side, int(FULL) // side
            yield parts.Sheet((1,) * across, (), ((Tree(),) * across,) * down, side)
        case _:
            pass


def _rubric(shared: Shared, rubric: Data) -> Iterator[Part]:
    """What each level of a piece of work looks like."""
    levels = trees(rubric["levels"])
    held = [
        (text(Strong(inline(tree(each["name"])))), *trees(each["levels"]))
        for each in rows(rubric["criteria"])
    ]
    heads = (*shared.heads("criterion"), *levels)
    yield parts.Sheet((0.8, *(1,) * len(levels)), heads, tuple(held), size=parts.SMALL)


def _ladder(shared: Shared, rungs: Sequence[Tree]) -> Part:
    """A ladder from its top, with room beside each rung."""
    numbered = list(enumerate(rungs, 1))[::-1]
    held = tuple((text(f"{n} · ", *inline(rung)), Tree()) for n, rung in numbered)
    return parts.Sheet((62, 108), shared.heads("rung", "answer"), held, FULL / len(held))


def _columns(heads: Sequence[Tree], count: int, given: Sequence[Sequence[Tree]]) -> Part:
    """Columns to write in, given rows first. A cell that is to be filled in is empty."""
    wide = len(heads)
    held = [tuple(Tree() if plain(cell) == "_" else cell for cell in row) for row in given]
    held = [row + (Tree(),) * (wide - len(row)) for row in held]
    held += [(Tree(),) * wide] * (count - len(given))
    return parts.Sheet((1,) * wide, tuple(heads), tuple(held), max(ROW, FULL / count))


def _to_sort(shared: Shared, options: Sequence[Tree], statements: Sequence[Data]) -> Iterator[Part]:
    """Cases to sort, with room for where each belongs."""
    yield Paragraph((f"{shared.say['options']}: ", *joined(options, " · ")))
    long = max((len(plain(option)) for option in options), default=0) > 20
    yield parts.Sheet(
        (12, 108, 50) if long else (12, 122, 36),
        shared.heads("number", "cases", "answer"),
        tuple((text(str(n)), tree(s["case"]), Tree()) for n, s in enumerate(statements, 1)),
        ROW if long else 0,
    )


def _tally(shared: Shared, heads: Sequence[Tree], counted: Sequence[Tree]) -> Part:
    """A table to count in."""
    blank = (Tree(),) * len(heads)
    return parts.Sheet(
        (2.4, *(1,) * len(heads)),
        (*shared.heads("count"), *heads),
        tuple((row, *blank) for row in counted),
        max(ROW, FULL / 1.5 / len(counted)),
    )


def _to_cut(pieces: Sequence[Tree], times: int) -> Part:
    """Pieces to cut out."""
    every = [piece for piece in pieces for _ in range(times)]
    wide = 2 if len(every) > 6 else 1
    every += [Tree()] * (-len(every) % wide)
    held = tuple(tuple(every[at : at + wide]) for at in range(0, len(every), wide))
    size = 11 if times > 1 else 17
    return parts.Sheet((1,) * wide, (), held, FULL / len(held), cut=True, size=size)
