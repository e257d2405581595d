"""Cards to cut out: every face that Anki asks, for printing on both sides or to fold."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from ....frozen import dataclass
from ....kinds.base import Face, Row
from ....notes import Note, setting_of
from ....text import Image, Tree, files_of, made, to_tree
from ....texts import Html, Mask, Plain, Text
from ...pagedata import Drawing, Heading, Patched, Shown, Sources, heading, hidden, pictures, topic
from ...typesetter import Document
from .base import Selection
from .sheets import on_sheets

# Columns, rows, width and height of a card in millimetres; both fit A4 and Letter with room for crop marks.
GRIDS = {"2x4": (2, 4, 92.0, 62.0), "3x3": (3, 3, 62.0, 83.0)}
# Cards of twice the size, where letters of a drawing would be smaller than 7 pt on the others; they stand on sheets of their own.
DOUBLE = (2, 2, 92.0, 124.0)
EDGES = ("long-edge", "short-edge")
# The sorts of cards to cut out, each in a folder of its name; `cards` asks for all of them.
SORTS = (*(f"cards-{grid}-{edge}" for grid in GRIDS for edge in EDGES), "cards-fold")
KINDS = ("cards", *SORTS)


@dataclass(frozen=True, slots=True)
class CutOut(Shown):
    """A card: its front asks, its back answers. Its number is that of the row on sheets that asks for the same; where that row
    asks for what several cards do, each is a part of it. `weights` says how much room the text of either side takes, in letters.
    """

    id: str
    topic: Tree
    question: Tree
    answer: Tree
    more: Tree
    source: Sources
    weights: tuple[int, int]
    picture: Patched | None
    number: int = 0
    part: int = 0


@dataclass(frozen=True, slots=True)
class Cards(Shown):
    """The cards of one module, and the pictures on them."""

    pictures: Mapping[str, Drawing]
    module: Heading
    cards: Sequence[CutOut]


def data(selection: Selection) -> Cards:
    """Every face of one module, each with its front and its back."""
    (module,) = selection.modules
    return Cards(
        pictures=pictures(selection.course, selection.modules),
        module=heading(selection.course, module),
        cards=_numbered(_cards(selection), selection),
    )


def _cards(selection: Selection) -> Iterator[tuple[Sequence[str], CutOut]]:
    setting = setting_of(selection.course)
    for note in selection.notes:
        if selection.whole_drawings and note.ours and note.picture:
            for row in note.card.rows({note.id: note.faces}, setting):
                yield (note.id,), _drawing(note, row)
            continue
        for face in note.faces:
            if _there(note, face, selection):
                yield (f"{note.id}/{face.number}", note.id), _card(note, face)


def _numbered(cards: Iterable[tuple[Sequence[str], CutOut]], selection: Selection) -> list[CutOut]:
    """Cards, given with the ids that their row on sheets may have, in the order of these rows and with their numbers."""
    rows: dict[str, int] = {}
    for number, (_, row) in enumerate(on_sheets(selection), 1):
        rows |= {id_: number for id_ in (row.id, *(item.id for item in row.items)) if id_}
    by_row: dict[int, list[CutOut]] = {}
    for ids, card in cards:
        by_row.setdefault(next(rows[id_] for id_ in ids if id_ in rows), []).append(card)
    return [
        replace(card, number=number, part=part if len(own) > 1 else 0)
        for number, own in sorted(by_row.items())
        for part, card in enumerate(own, 1)
    ]


def _there(note: Note, face: Face, selection: Selection) -> bool:
    return f"card-too-long:{face_id(note, face)}" not in selection.too_long


def _card(note: Note, face: Face) -> CutOut:
    return CutOut(
        id=face_id(note, face),
        topic=topic(note) if note.card.names_topic else Tree(),
        question=to_tree(face.question),
        answer=to_tree(face.answer),
        more=to_tree(face.more),
        source=Sources(note.source),
        weights=(weight(face.question), weight(face.answer, face.more)),
        picture=hidden(face.picture, _signs(face)) if face.picture else None,
    )


def _drawing(note: Note, row: Row) -> CutOut:
    """A card that asks for all labels of a drawing."""
    question = made.under(row.question.span, row.question, Plain(row.task))
    answer = made.listed([item.text for item in row.items], 1)
    return CutOut(
        id=note.id,
        topic=topic(note) if note.card.names_topic else Tree(),
        question=to_tree(question),
        answer=to_tree(answer),
        more=to_tree(row.more),
        source=Sources(note.source),
        weights=(weight(question), weight(answer, row.more)),
        picture=hidden(row.picture, row.masks) if row.picture else None,
    )


def _signs(face: Face) -> Iterator[tuple[Mask, str]]:
    """What hides parts of a face's picture; what is asked for lies above the rest."""
    yield from ((mask, "") for mask in face.covers)
    yield from ((mask, "?") for mask in face.masks)


def face_id(note: Note, face: Face) -> str:
    """A card's id in print: the note's, with its number where a note has several cards."""
    return note.id if len(note.faces) == 1 else f"{note.id}/{face.number}"


MEASURED = 1000  # a weight with which a text is always measured


def weight(*texts: Text) -> int:
    """About how many letters of room texts take: a line or paragraph of its own counts as a line, a picture as many."""
    if any(isinstance(text, Html) and set(text) & {"<", "\\", "["} for text in texts):
        return MEASURED  # what its HTML takes, only Typst can tell
    lines = sum(len(text) + 30 * text.count("\n") for text in texts) + 60 * sum(
        map(bool, texts[1:])
    )
    return lines + 300 * sum(isinstance(file, Image) for text in texts for file in files_of(text))


def _grid(size: tuple[int, int, float, float]) -> str:
    columns, rows, wide, high = size
    return f"(columns: {columns}, rows: {rows}, wide: {wide}mm, high: {high}mm)"


def documents(selection: Selection) -> Iterator[Document]:
    """For each grid one for each edge over which a printer turns the paper; one to fold, question and answer side by side."""
    (module,) = selection.modules
    if not any(_there(note, face, selection) for note in selection.notes for face in note.faces):
        return
    wanted = set(SORTS) if "cards" in selection.wanted else selection.wanted
    across, down = selection.offset
    for grid, size in GRIDS.items():
        measures = f"{_grid(size)}, {_grid(DOUBLE)}"
        measure = f"page.measures({measures})"
        for edge in EDGES:
            sort = f"cards-{grid}-{edge}"
            moved = f"dx: {across:f}mm, dy: {down:f}mm"
            if sort in wanted:
                path, call = f"{sort}/{module.id}.pdf", f'page.make({measures}, "{edge}", {moved})'
                yield Document(path, call, measure, duplex=edge)
        if size[0] == 2 and "cards-fold" in wanted:
            yield Document(
                f"cards-fold/{module.id}.pdf", f'page.make({measures}, "fold")', measure, "simplex"
            )
