"""Study sheets and worksheets: a module's notes in rows.

A row shows a note with all its blanks at once: rows that stand side by side must not tell each other's answers.
"""

import itertools
from collections.abc import Iterator

from ....kinds.base import Row
from ....notes import Note
from ....text import to_tree
from ...pagedata import Data, Sources, heading, hidden, pictures, topic
from ...typeset import Document
from .base import Selection

KINDS = ("study-sheets", "worksheets")


def data(selection: Selection) -> Data:
    """One module's notes as rows of question and answer."""
    (module,) = selection.modules
    rows: list[Data] = []
    for _, group in itertools.groupby(selection.notes, key=lambda note: note.card.id):
        own = list(group)
        faces = {note.id: note.faces for note in own}
        rows += [_row(own[0], row) for row in own[0].card.rows(faces)]
    return {
        "pictures": pictures(selection.course, selection.modules),
        "module": heading(selection.course, module),
        "rows": rows,
    }


def _row(note: Note, row: Row) -> Data:
    """A row as data. Where several things are asked for, `items` has them instead of `answer`, each with the id of its
    note where it has one of its own.
    """
    return {
        "id": row.id,
        "topic": topic(note),
        "group": note.essay.id if note.essay else note.owner.id,
        "question": to_tree(row.question),
        "answer": to_tree(row.answer),
        "items": [{"text": to_tree(item.text), "id": item.id} for item in row.items],
        "ordered": row.ordered,
        "blanks": row.blanks,
        "more": to_tree(row.more),
        "source": Sources(note.source),
        "picture": hidden(row.picture, row.masks) if row.picture else None,
    }


def documents(selection: Selection) -> Iterator[Document]:
    """Of both kinds, or of the one that is wanted."""
    (module,) = selection.modules
    for kind in KINDS:
        if kind in selection.wanted:
            yield Document(f"{kind}/{module.id}.pdf", f'make("{kind}")', "measures()")
