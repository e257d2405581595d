"""A list as overlapping prompts: one note for each item."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import ClassVar

from ..frozen import dataclass
from ..problems import Problem
from ..text import made, to_html
from ..texts import Id, Line, Prose, Record
from .base import Card, Face, Part, Row, RowItem, Setting, face, name_all, on_paper
from .notetype import NoteType, templates

NEIGHBOURS = 2  # items shown on each side of the one that is asked, in an ordered list
GAP = made.strong(Line("…"))
MORE = '<li class="more">⋮</li>'  # where a list that is cut goes on


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Item(Record):
    """One item of a list.

    id: The name of the item within its card, on which its reviews hang. A draft may leave it out.
    text: The item.
    more: What stands under this item as an answer, in place of the card’s own `more`.
    """

    id: Id
    text: Line
    more: Prose = Prose()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SequenceContent(Record):
    """A list.

    prompt: The question, the same for every item.
    ordered: Whether the order counts. If it does, an item is asked between its neighbours; if not, among all the others.
    items: At least two items.
    """

    prompt: Line
    ordered: bool
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SequenceCard(Card):
    """A list of which one item at a time is missing: one note for each item.

    sequence: The list, and what is asked.
    """

    kind: ClassVar[str] = "sequence"
    note_type: ClassVar[NoteType] = NoteType(
        "sequence",
        4,
        "Coursedeck sequence",
        ("Item", "Prompt", "Before", "After", "List", "Detail"),
        templates(4, ("Item", "sequence"), ("Spare", "spare")),
        made=("Before", "After", "List"),
    )
    answer_repeats: ClassVar[bool] = True
    question_repeats: ClassVar[bool] = True

    sequence: SequenceContent

    def parts(self, setting: Setting) -> Iterator[Part]:
        """One note for each item."""
        given = self.sequence
        for index, item in enumerate(given.items):
            before, after, first = _neighbours(given, index)
            more = item.more or self.more
            listed = made.listed([*before, GAP, *after], first if given.ordered else None)
            question = made.under(given.prompt.span, given.prompt, listed)
            asked = face(question, item.text, more, prompt=given.prompt)
            fields = partial(self._fields, index, item)
            yield Part(suffix=str(item.id), fields=fields, faces=(asked,))

    def _fields(self, index: int, item: Item) -> dict[str, str]:
        given = self.sequence
        before, after, first = _neighbours(given, index)
        goes_on = index + 1 + len(after) < len(given.items)
        return {
            "Item": to_html(item.text),
            "Prompt": to_html(given.prompt),
            "Before": (MORE if first > 1 else "") + _list_items(before, first),
            "After": _list_items(after, 0) + (MORE if goes_on else ""),
            "List": "ordered" if given.ordered else "unordered",
            "Detail": to_html(item.more or self.more),
        }

    def part_ids(self) -> tuple[Id, ...]:
        """The items' ids."""
        return tuple(item.id for item in self.sequence.items)

    def rows(self, notes: Mapping[str, tuple[Face, ...]], setting: Setting) -> Iterator[Row]:
        """One row for the whole list, each item with its note's id."""
        given = self.sequence
        more = {str(item.id): item.more for item in given.items}
        items = tuple(
            RowItem(text=faces[0].answer, id=id_, more=more.get(id_.rpartition(".")[2], Prose()))
            for id_, faces in notes.items()
        )
        yield Row(
            id="",
            question=on_paper(given.prompt, setting),
            items=items,
            ordered=given.ordered,
            task=name_all(len(items), setting),
            blanks=True,
            more=self.more,
        )

    def faults(self) -> Iterator[Problem]:
        """A list has at least two items."""
        if self.sequence.whole and len(self.sequence.items) < 2:
            yield Problem(self.sequence.span, "short-list", "a sequence needs at least two items")


def _neighbours(given: SequenceContent, index: int) -> tuple[list[Line], list[Line], int]:
    """What is shown before and after the item that is asked, and the number of the first one shown."""
    texts = [item.text for item in given.items]
    start = max(0, index - NEIGHBOURS) if given.ordered else 0
    stop = index + 1 + NEIGHBOURS if given.ordered else len(texts)
    return texts[start:index], texts[index + 1 : stop], start + 1


def _list_items(texts: Sequence[Line], first: int) -> str:
    values = [f' value="{first}"' if first > 1 else ""] + [""] * len(texts)
    return "".join(
        f"<li{value}>{to_html(text)}</li>" for value, text in zip(values, texts, strict=False)
    )
