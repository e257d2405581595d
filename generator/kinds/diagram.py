"""A picture with hidden labels: Anki's own image occlusion."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import ClassVar

from ..frozen import dataclass
from ..text import escaped, shown, to_html
from ..texts import Line, Mask, Picture, Plain, Record, literal
from .base import Card, Face, Part, Row, RowItem, Setting, name_all, on_paper
from .notetype import IMAGE_OCCLUSION, NoteType, templates

SLIP = 0.001  # how far a box may reach over the edge: shares are often rounded


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Box(Record):
    """What is hidden under a number, and where it lies in the picture.

    number: From 1 to 999. It is public for ever: a number once used never means another label. Two boxes of one number
        are hidden together.
    label: The words that the box hides: the answer.
    at: Left, top, width and height of the box, in shares of the picture’s width and height (from 0 to 1) or in pixels.
    """

    number: int
    label: Plain
    at: tuple[float, ...]

    def shares(self, picture: Picture) -> tuple[float, float, float, float] | None:
        """Its place in fractions of the picture's width and height; None where it is none within the picture."""
        if len(self.at) != 4:
            return None
        left, top, width, height = self.at
        if max(self.at) > 1:
            left, width = left / picture.width, width / picture.width
            top, height = top / picture.height, height / picture.height
        within = left + width <= 1 + SLIP and top + height <= 1 + SLIP
        return (left, top, width, height) if within and min(width, height) > 0 else None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DiagramContent(Record):
    """A picture of which parts are hidden in turn.

    image: The name of a picture in `media/`.
    prompt: The question, the same for every label.
    alt: What the picture shows, without its answers, for those who cannot see it. A drawing says that itself.
    boxes: What to hide in a picture without labels of its own, see [A diagram](format.md#a-diagram).
    """

    image: Plain
    prompt: Line
    alt: Plain = Plain()
    boxes: tuple[Box, ...] = ()

    def over(self, picture: Picture) -> Picture:
        """The picture with what the card says of it: its alternative text and its boxes."""
        masks = tuple(mask for box in self.boxes if (mask := _mask(box, picture)))
        in_order = tuple(sorted(masks, key=lambda mask: mask.number))
        return replace(
            picture,
            title=str(self.alt) or picture.title,
            masks=in_order or picture.masks,
            asked=str(self.alt),
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Diagram(Card):
    """A picture with hidden labels, Anki’s own image occlusion: a note with a card for each number.

    diagram: The picture, and what is asked of it.
    """

    kind: ClassVar[str] = "diagram"
    note_type: ClassVar[NoteType] = NoteType(
        "diagram",
        6,
        "Coursedeck diagram",
        ("Occlusion", "Image", "Header", "Back Extra", "Comments"),
        templates(6, ("Diagram", "diagram"), browser="{{Header}} {{cloze:Labels}}"),
        cloze=True,
        stock_kind=IMAGE_OCCLUSION,
        taken=(("Spare 1", "Labels"), ("Spare 2", "Description")),
        made=("Occlusion", "Image", "Comments"),
    )
    answer_in_sight: ClassVar[bool] = True
    answer_repeats: ClassVar[bool] = True
    question_repeats: ClassVar[bool] = True

    diagram: DiagramContent

    def parts(self, setting: Setting) -> Iterator[Part]:
        """One note with a face for each mask number; none while the drawing is missing."""
        given = setting.pictures.get(self.diagram.image)
        if given is None:
            return
        picture = self.diagram.over(given)
        numbers = sorted({mask.number for mask in picture.masks})
        faces = tuple(self._face(picture, number) for number in numbers)
        fields = partial(self._fields, picture, setting.labels["masked"])
        yield Part(fields=fields, faces=faces, picture=picture)

    def _fields(self, picture: Picture, masked: str) -> dict[str, str]:
        return {
            "Occlusion": "<br>".join(_occlusion(mask) for mask in picture.masks),
            "Image": shown(picture.name, masked),
            "Header": to_html(self.diagram.prompt),
            "Back Extra": to_html(self.more),
            "Labels": " · ".join(dict.fromkeys(map(_deletion, picture.masks))),
            "Description": escaped(picture.description or picture.title),
        }

    def _face(self, picture: Picture, number: int) -> Face:
        masks = tuple(mask for mask in picture.masks if mask.number == number)
        labels = " · ".join(dict.fromkeys(literal(mask.label) for mask in masks))
        return Face(
            ordinal=number - 1,
            number=number,
            question=self.diagram.prompt,
            answer=Line(labels, self.diagram.image.span),
            more=self.more,
            prompt=self.diagram.prompt,
            picture=picture,
            masks=masks,
        )

    def images(self) -> tuple[Plain, ...]:
        """The drawing."""
        return (self.diagram.image,)

    def rows(self, notes: Mapping[str, tuple[Face, ...]], setting: Setting) -> Iterator[Row]:
        """One row, all labels hidden under numbers."""
        for id_, faces in notes.items():
            masks = ((mask, str(n)) for n, each in enumerate(faces, 1) for mask in each.masks)
            yield Row(
                id=id_,
                question=on_paper(self.diagram.prompt, setting),
                items=tuple(RowItem(text=each.answer) for each in faces),
                ordered=True,
                task=name_all(len(faces), setting),
                more=self.more,
                picture=faces[0].picture,
                masks=tuple(masks),
            )


def _mask(box: Box, picture: Picture) -> Mask | None:
    if (place := box.shares(picture)) is None:
        return None
    left, top, width, height = place
    return Mask(
        number=box.number,
        label=str(box.label),
        left=left,
        top=top,
        width=min(width, 1 - left),
        height=min(height, 1 - top),
        span=box.span,
    )


def _deletion(mask: Mask) -> str:
    """The label of a mask under the mask's number, so that the answer can be heard and found too."""
    words = escaped(mask.label).replace("}", "&#125;").replace("::", ":&#58;")
    return f"{{{{c{mask.number}::{words}}}}}"


def _occlusion(mask: Mask) -> str:
    """A mask in Anki's own form: a rectangle in fractions of the picture's width and height."""
    left, top, width, height = (
        f"{value:.4f}".lstrip("0") for value in (mask.left, mask.top, mask.width, mask.height)
    )
    return f"{{{{c{mask.number}::image-occlusion:rect:left={left}:top={top}:width={width}:height={height}}}}}"
