"""Course to notes: what Anki keeps, and the faces that print shares with it.

A note is one fact with a guid; a card is one face of it that is asked. A sequence gives a note for each item and a
sort one for each case, so that each keeps its own review history when others are added around it.
"""

import hashlib
import html
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from . import clozes, markdown, walk
from .guids import guid
from .model import (
    AnyCard,
    Cite,
    Claim,
    Cloze,
    Course,
    Diagram,
    Essay,
    Items,
    Line,
    Mask,
    Module,
    Pair,
    Picture,
    Plain,
    Prose,
    Question,
    Sequence,
    Sort,
    Text,
    Work,
)
from .notetypes import NOTE_TYPES

NEIGHBOURS = 2  # items shown on each side of the one that is asked, in an ordered sequence
GAP = "…"
NBSP = "\u00a0"


@dataclass(frozen=True, slots=True)
class Face:
    """One card as Markdown, for print and checks. `ordinal` is Anki's. Diagrams hide `masks` of `picture`."""

    ordinal: int
    question: Text
    answer: Text
    more: Text
    picture: Picture | None = None
    masks: tuple[Mask, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """One note. `fields` are HTML by field name, without the learner's and the spare ones; `position` counts
    from 1 through the whole course; `source` and `context` are plain text.
    """

    id: str
    guid: str
    card: AnyCard
    kind: str
    module: Module
    essay: Essay | None
    owner: walk.Owner
    deck: str
    tags: tuple[str, ...]
    position: int
    fields: dict[str, str]
    source: str
    context: str
    faces: tuple[Face, ...]
    picture: Picture | None = None

    def all_fields(self) -> list[str]:
        """The fields in the note type's order, as Anki stores them."""
        return [self.fields.get(name, "") for name in NOTE_TYPES[self.kind].fields]


@dataclass(frozen=True, slots=True)
class _Part:
    """What a card contributes to one note: the end of its id, its own fields, its faces."""

    suffix: str
    fields: dict[str, str]
    faces: tuple[Face, ...]
    picture: Picture | None = None


def notes_of(course: Course) -> tuple[Note, ...]:
    """Every note of the course, in course order."""
    works = {work.id: work for work in course.works}
    pictures = {picture.name: picture for picture in course.pictures}
    renamed = {renaming.to: renaming.from_ for renaming in course.history.renamed}
    notes: list[Note] = []
    for module, essay, owner, card in walk.cards(course):
        for part in _parts(card, pictures):
            notes.append(
                _note(course, module, essay, owner, card, part, works, renamed, len(notes) + 1)
            )
    return tuple(notes)


def _note(
    course: Course,
    module: Module,
    essay: Essay | None,
    owner: walk.Owner,
    card: AnyCard,
    part: _Part,
    works: dict[str, Work],
    renamed: dict[Plain, Plain],
    position: int,
) -> Note:
    about = course.about
    id_ = f"{card.id}.{part.suffix}" if part.suffix else str(card.id)
    topic = essay.short if essay else getattr(owner, "name", "")
    source = _source(essay, owner, card, works)
    context = f"{about.deck} · {markdown.plain(module.title)}"
    common = {
        "Context": markdown.html(Line(context)),
        "Topic": markdown.html(topic),
        "Source": markdown.html(Line(_literal(source))),
        "Accent": module.accent,
        "Language": str(about.language),
        "Id": id_,
    }
    return Note(
        id=id_,
        guid=guid(about.id, first_id(id_, renamed), card.kind),
        card=card,
        kind=card.kind,
        module=module,
        essay=essay,
        owner=owner,
        deck=f"{about.deck}::{module.deck}",
        tags=(
            f"{about.id}::{module.id}::{essay.id if essay else owner.id}",
            f"{about.id}::lens::{card.lens}",
        ),
        position=position,
        fields=part.fields | common,
        source=source,
        context=context,
        faces=part.faces,
        picture=part.picture,
    )


def first_id(id_: str, renamed: Mapping[str, str]) -> str:
    """The id under which a note was first published. `renamed` leads from new ids to old ones, of notes or whole cards."""
    card, dot, item = id_.partition(".")
    for _ in range(len(renamed)):
        if card + dot + item in renamed:
            card, dot, item = renamed[card + dot + item].partition(".")
        elif card in renamed:
            card = renamed[card]
    return card + dot + item


def _literal(text: str) -> str:
    """Plain text as Markdown that reads the same."""
    return "".join("\\" + c if c in "\\`*_[]<>&" else c for c in text)


# --- where a fact comes from ---------------------------------------------------------------------


def _source(essay: Essay | None, owner: walk.Owner, card: AnyCard, works: dict[str, Work]) -> str:
    cited = [cite_text(cite, works) for cite in card.sources]
    if essay and isinstance(owner, Claim):
        return "; ".join([f"{essay.number}. {markdown.plain(essay.title)}, {owner.place}", *cited])
    return "; ".join(cited or [cite_text(cite, works) for cite in getattr(owner, "sources", ())])


def cite_text(cite: Cite, works: dict[str, Work]) -> str:
    """A citation in a few words: “Senge 2006, ch. 8”.

    The title helps where author and year would not: a work without a year, or an article beside a book of one year.
    """
    work = works.get(cite.work)
    if work is None:
        return str(cite.work)
    head = _who_and_when(work)
    twin = any(_who_and_when(other) == head for other in works.values() if other is not work)
    if work.author and (not work.date or (twin and work.type.lower() != "book")):
        head = f"{head}, {work.title}"
    return f"{head}, {cite.at}" if cite.at else head


def _who_and_when(work: Work) -> str:
    names = [author.partition(",")[0] for author in work.author]
    who = " & ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
    if len(names) > 3:
        who = f"{names[0]} et al."
    return f"{who or work.title} {work.date[:4]}".strip()


# --- the kinds of card ---------------------------------------------------------------------------


def _parts(card: AnyCard, pictures: dict[str, Picture]) -> Iterator[_Part]:
    match card:
        case Question():
            yield _question(card)
        case Cloze():
            yield _cloze(card)
        case Pair():
            yield _pair(card)
        case Sequence():
            yield from _sequence(card)
        case Sort():
            yield from _sort(card)
        case Diagram():
            if card.diagram.image in pictures:
                yield _diagram(card, pictures[card.diagram.image])


def _question(card: Question) -> _Part:
    fields = {
        "Question": markdown.html(card.ask),
        "Answer": markdown.html(card.answer),
        "Detail": markdown.html(card.more),
    }
    return _Part("", fields, (Face(0, card.ask, card.answer, card.more),))


def _cloze(card: Cloze) -> _Part:
    faces = tuple(
        Face(
            number - 1,
            Prose(clozes.hidden(card.cloze, number), card.cloze.span),
            Line(
                " · ".join(d.words for d in clozes.deletions(card.cloze) if d.number == number),
                card.cloze.span,
            ),
            card.more,
        )
        for number in clozes.numbers(card.cloze)
    )
    return _Part("", {"Text": markdown.html(card.cloze), "Detail": markdown.html(card.more)}, faces)


def _pair(card: Pair) -> _Part:
    sides = card.pair
    fields = {
        "Left": markdown.html(sides.left),
        "Right": markdown.html(sides.right),
        "Ask right": markdown.html(sides.to_right),
        "Ask left": markdown.html(sides.to_left),
        "Detail": markdown.html(card.more),
    }
    asked = ((sides.left, sides.to_right, sides.right), (sides.right, sides.to_left, sides.left))
    faces = tuple(
        Face(ordinal, Prose(f"**{given}**\n\n{question}", question.span), answer, card.more)
        for ordinal, (given, question, answer) in enumerate(asked)
    )
    return _Part("", fields, faces)


def _sequence(card: Sequence) -> Iterator[_Part]:
    given = card.sequence
    for index, item in enumerate(given.items):
        before, after, first = _neighbours(given, index)
        detail = item.more or card.more
        fields = {
            "Item": markdown.html(item.text),
            "Prompt": markdown.html(given.prompt),
            "Before": _list_items(before, first),
            "After": _list_items(after, 0),
            "List": "ordered" if given.ordered else "unordered",
            "Detail": markdown.html(detail),
        }
        question = Prose(
            f"{given.prompt}\n\n{_list(given.ordered, before, after, first)}", given.prompt.span
        )
        yield _Part(str(item.id), fields, (Face(0, question, item.text, detail),))


def _neighbours(given: Items, index: int) -> tuple[list[Line], list[Line], int]:
    """What is shown before and after the item that is asked, and the number of the first one shown."""
    texts = [item.text for item in given.items]
    start = max(0, index - NEIGHBOURS) if given.ordered else 0
    stop = index + 1 + NEIGHBOURS if given.ordered else len(texts)
    return texts[start:index], texts[index + 1 : stop], start + 1


def _list_items(texts: list[Line], first: int) -> str:
    values = [f' value="{first}"' if first > 1 else ""] + [""] * len(texts)
    return "".join(
        f"<li{value}>{markdown.html(text)}</li>" for value, text in zip(values, texts, strict=False)
    )


def _list(ordered: bool, before: list[Line], after: list[Line], first: int) -> str:
    rows = [*before, f"**{GAP}**", *after]
    return "\n".join(f"{first + i}. {row}" if ordered else f"- {row}" for i, row in enumerate(rows))


def _sort(card: Sort) -> Iterator[_Part]:
    given = card.sort
    options = f"{NBSP}· ".join(given.options)  # a dot begins no line
    for case in given.cases:
        detail = Prose("\n\n".join(filter(None, (case.why, card.more))), case.why.span)
        fields = {
            "Case": markdown.html(case.case),
            "Question": markdown.html(given.ask),
            "Options": markdown.html(Line(options)),
            "Answer": markdown.html(case.belongs),
            "Detail": markdown.html(detail),
        }
        listed = "\n".join(f"- {option}" for option in given.options)
        question = Prose(f"{case.case}\n\n**{given.ask}**\n\n{listed}", case.case.span)
        yield _Part(str(case.id), fields, (Face(0, question, case.belongs, detail),))


def _diagram(card: Diagram, picture: Picture) -> _Part:
    numbers = sorted({mask.number for mask in picture.masks})
    fields = {
        "Occlusion": "<br>".join(_occlusion(mask) for mask in picture.masks),
        "Image": f'<img src="{media_name(picture)}" alt="{html.escape(picture.title)}">',
        "Header": markdown.html(card.diagram.prompt),
        "Back Extra": markdown.html(card.more),
    }
    faces = []
    for number in numbers:
        masks = tuple(mask for mask in picture.masks if mask.number == number)
        labels = " · ".join(dict.fromkeys(_literal(mask.label) for mask in masks))
        answer = Line(labels, card.diagram.image.span)
        faces.append(Face(number - 1, card.diagram.prompt, answer, card.more, picture, masks))
    return _Part("", fields, tuple(faces), picture)


def media_name(picture: Picture) -> str:
    """The file's name in Anki's media folder. It carries the content's hash: Anki keeps the first file that
    it saw under a name, so that a changed drawing needs a new one.
    """
    stem = picture.name.removesuffix(".svg")
    return f"coursedeck-{stem}-{hashlib.sha256(picture.data).hexdigest()[:12]}.svg"


def _occlusion(mask: Mask) -> str:
    """A mask in Anki's own form: a rectangle in shares of the picture."""
    left, top, width, height = (
        f"{value:.4f}".lstrip("0") for value in (mask.left, mask.top, mask.width, mask.height)
    )
    return f"{{{{c{mask.number}::image-occlusion:rect:left={left}:top={top}:width={width}:height={height}}}}}"
