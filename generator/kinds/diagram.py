"""A drawing with hidden labels: Anki's own image occlusion."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from ..text import shown, to_html
from ..texts import Line, Mask, Picture, Plain, Record, literal
from .base import Card, Face, Part, Row, RowItem, Setting, name_all
from .notetype import IMAGE_OCCLUSION, NoteType, templates


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DiagramContent(Record):
    """An SVG in `media/` whose elements with `data-mask="1"`, `"2"` … are hidden in turn."""

    image: Plain
    prompt: Line


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Diagram(Card):
    """A picture with hidden labels: Anki's own image occlusion, one card for each mask number."""

    kind: ClassVar[str] = "diagram"
    note_type: ClassVar[NoteType] = NoteType(
        "diagram",
        6,
        "Coursedeck diagram",
        ("Occlusion", "Image", "Header", "Back Extra", "Comments"),
        templates(6, ("Diagram", "diagram")),
        cloze=True,
        stock_kind=IMAGE_OCCLUSION,
    )
    answer_in_sight: ClassVar[bool] = True
    answer_repeats: ClassVar[bool] = True
    question_repeats: ClassVar[bool] = True

    diagram: DiagramContent

    def parts(self, setting: Setting) -> Iterator[Part]:
        """One note with a face for each mask number; none while the drawing is missing."""
        picture = setting.pictures.get(self.diagram.image)
        if picture is None:
            return
        fields = {
            "Occlusion": "<br>".join(_occlusion(mask) for mask in picture.masks),
            "Image": shown(picture.name, picture.title),
            "Header": to_html(self.diagram.prompt),
            "Back Extra": to_html(self.more),
        }
        numbers = sorted({mask.number for mask in picture.masks})
        faces = tuple(self._face(picture, number) for number in numbers)
        yield Part(fields=fields, faces=faces, picture=picture)

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
                question=self.diagram.prompt,
                items=tuple(RowItem(text=each.answer) for each in faces),
                ordered=True,
                task=name_all(len(faces), setting),
                more=self.more,
                picture=faces[0].picture,
                masks=tuple(masks),
            )


def _occlusion(mask: Mask) -> str:
    """A mask in Anki's own form: a rectangle in fractions of the picture's width and height."""
    left, top, width, height = (
        f"{value:.4f}".lstrip("0") for value in (mask.left, mask.top, mask.width, mask.height)
    )
    return f"{{{{c{mask.number}::image-occlusion:rect:left={left}:top={top}:width={width}:height={height}}}}}"
