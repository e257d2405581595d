"""Study sheets and worksheets: a module's notes in rows.

A row shows a note with all its blanks at once, so that no row gives away the answer of the next.
"""

import itertools
from collections.abc import Iterator, Mapping, Sequence

from ....frozen import dataclass
from ....kinds.base import Row
from ....notes import Note, setting_of, sources_of
from ....text import Tree, to_plain, to_tree
from ...pagedata import Drawing, Heading, Patched, Shown, Sources, heading, hidden, pictures, topic
from ...typesetter import Document
from .base import Selection

KINDS = ("study-sheets", "worksheets")
KEYS = "worksheet-keys"


@dataclass(frozen=True, slots=True)
class Item(Shown):
    """One of several things that a row asks for, with the id of its note where it has one of its own, and what there is to say of
    it alone.
    """

    text: Tree
    id: str
    more: Tree


@dataclass(frozen=True, slots=True)
class SheetRow(Shown):
    """A question and its answer. Where several things are asked for, `items` has them instead of `answer`, `ordered` says
    whether they are numbered, `task` what to do, `blanks` whether an empty list stands under the question. Rows of one
    `group` share their topic. A `long` one may run on over pages.
    """

    id: str
    topic: Tree
    group: str
    question: Tree
    answer: Tree
    items: Sequence[Item]
    ordered: bool
    task: str
    blanks: bool
    more: Tree
    source: Sources
    picture: Patched | None
    long: bool


@dataclass(frozen=True, slots=True)
class Sheet(Shown):
    """The rows of one module, and the pictures in them."""

    pictures: Mapping[str, Drawing]
    module: Heading
    rows: Sequence[SheetRow]


def data(selection: Selection) -> Sheet:
    """One module's notes as rows of question and answer."""
    (module,) = selection.modules
    sources = sources_of(selection.course)
    return Sheet(
        pictures=pictures(selection.course, selection.modules),
        module=heading(selection.course, module),
        rows=[
            _row(
                note,
                row,
                sources(note),
                long=selection.large or f"row-too-long:{row.id}" in selection.too_long,
            )
            for note, row in on_sheets(selection)
        ],
    )


def rows(selection: Selection) -> Iterator[tuple[Note, Row]]:
    """The rows of all notes of a selection, in their order, each with the first note of its card."""
    setting = setting_of(selection.course)
    for _, group in itertools.groupby(selection.notes, key=lambda note: note.card.id):
        own = list(group)
        for row in own[0].card.rows({note.id: note.faces for note in own}, setting):
            yield own[0], row


def on_sheets(selection: Selection) -> list[tuple[Note, Row]]:
    """The rows as they stand on sheets, where each has its place as its number."""
    return _apart(list(rows(selection)))


def _apart(given: list[tuple[Note, Row]]) -> list[tuple[Note, Row]]:
    """The same rows, but that no list is asked for beside questions that show some of it: it goes to the far end of the sheet."""
    asked = [to_plain(row.question).casefold() for _, row in given]
    first: list[int] = []
    last: list[int] = []
    for place, (_, row) in enumerate(given):
        items = [to_plain(item.text).casefold() for item in row.items]
        if len(items) < 2:  # no list
            continue
        tells = [n for n, each in enumerate(asked) if sum(item in each for item in items) > 1]
        if tells and tells != [place]:
            (last if sum(tells) < len(tells) * len(given) / 2 else first).append(place)
    middle = [place for place in range(len(given)) if place not in {*first, *last}]
    return [given[place] for place in (*first, *middle, *last)]


def _row(note: Note, row: Row, sources: str, *, long: bool) -> SheetRow:
    return SheetRow(
        id=row.id,
        topic=topic(note),
        group=note.essay.id if note.essay else note.owner.id,
        question=to_tree(row.question),
        answer=to_tree(row.answer),
        items=[Item(to_tree(item.text), item.id, to_tree(item.more)) for item in row.items],
        ordered=row.ordered,
        task=row.task,
        blanks=row.blanks,
        more=to_tree(row.more),
        source=Sources(sources),
        picture=hidden(row.picture, row.masks) if row.picture else None,
        long=long,
    )


def documents(selection: Selection) -> Iterator[Document]:
    """Of both kinds, or of the one that is wanted. The key to a worksheet is in a folder of its own: whoever hands out the other
    folder hands out no key, and no id of a module gives a name that another has.
    """
    (module,) = selection.modules
    for kind in KINDS:
        if kind in selection.wanted:
            ids = "ids: true" if selection.ids and kind == "study-sheets" else ""
            make = f'page.make("{kind}", {ids})'
            yield Document(f"{kind}/{module.id}.pdf", make, f"page.measures({ids})")
    if "worksheets" in selection.wanted:
        yield Document(f"{KEYS}/{module.id}-key.pdf", "page.key()", "page.measures()")
