"""A note that came from Anki, as it is: a note whose fields we wrote anew would be another one for who has it.

Its fields hold HTML, which goes out to the letter. What print and checks read of it is rendered from its own templates.
"""

import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import ClassVar
from urllib.parse import unquote

from ..frozen import dataclass
from ..late import late
from ..media.names import PICTURES, ending
from ..problems import Problem
from ..text import files_of, hiding, templates, to_plain
from ..text.fields import COVER, FOLDER, FRAMES, HIDES, LONGEST, OVER, STYLE, left_out
from ..text.filenames import named_in
from ..texts import Exact, Html, Id, Mask, Picture, Plain, Prose, Text
from .base import Card, Face, Part, Row, Setting
from .kepttype import KeptType

KIND = "note"
IMAGE = late(r"<img\b[^>]{0,4000}>", re.IGNORECASE)
SOURCE = late(r"""\bsrc\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
ALTERNATIVE = late(r"""\balt\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
# What Anki itself says of a card: a front that shows it makes one.
ALWAYS_FILLED = frozenset(("Type", "Deck", "Subdeck", "Card", "CardFlag", "CardID"))
# The fields of the add-on Image Occlusion Enhanced: a picture, and the masks of question and answer.
UNDER, MASKS = "Image", ("Question Mask", "Answer Mask")
ANSWER = late(r"""<hr\b[^<>]*\bid\s*=\s*["']?answer\b[^>]*>""", re.IGNORECASE)
SHAPED = late(r"\{\{c([0-9]{1,3})::image-occlusion:(rect|ellipse|polygon):([^}]*)\}\}")
TURNED = late(r"\{\{c[0-9]+::image-occlusion:[^}]*?:angle=(-?[0-9]{1,6}(?:\.[0-9]*)?)(?=[:}])")
HINT = late(r'<details class="hint"><summary>(.*?)</summary>(.*?)</details>', re.DOTALL)
FOLDED = late(r"<details\b", re.IGNORECASE)
NUMBER = late(r"-?[0-9]*\.?[0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Kept(Card):
    """A note that came from Anki, kept to the letter.

    note: The name of its type: a file of `note-types/`, without `.yaml`.
    guid: The id by which Anki knows the note. A new note gets one of its own.
    fields: The fields as HTML, each under its name; those that are empty are left out.
    deck: The whole name of the note’s deck, if that is not the deck of the module.
    cards: The numbers of its cards, where Anki would make others of these fields.
    """

    kind: ClassVar[str] = KIND
    question_repeats: ClassVar[bool] = True
    answer_repeats: ClassVar[bool] = True
    names_topic: ClassVar[bool] = False

    note: Id
    guid: Exact = Exact()
    fields: Mapping[str, Html]
    deck: Plain = Plain()
    cards: tuple[int, ...] = ()

    def parts(self, setting: Setting) -> Iterator[Part]:
        """One note, with a face for each card that Anki has of it; none where its type is not there."""
        kept = setting.types.get(self.note)
        if kept is None or not kept.templates:
            return
        values = {name: str(self.fields.get(name, "")) for name in kept.fields}
        named = {name for value in values.values() if "." in value for name in named_in(value)}
        files = (named | kept.files()) & setting.kept
        numbers = self.numbers(kept, values)
        if kept.occlusion:
            faces = tuple(_occluded(values, number, setting) for number in numbers)
        else:
            special = {"Tags": " ".join(self.tags), "Type": str(kept.name)}
            special |= {"Deck": str(self.deck), "Subdeck": self.deck.rpartition("::")[2]}
            faces = tuple(_face(kept, values, special, n, setting) for n in numbers)
        yield Part(
            fields=lambda: values,
            faces=faces,
            picture=next((each.picture for each in faces), None),
            type_=kept,
            files=tuple(sorted(files)),
        )

    def numbers(self, kept: KeptType, values: Mapping[str, str]) -> list[int]:
        """The numbers of its cards, from 1: those written down, or those that Anki makes; at least one, as in Anki."""
        return [*self.cards] or made_by_anki(
            [template.front for template in kept.templates], values, self.tags, cloze=kept.cloze
        )

    def rows(self, notes: Mapping[str, tuple[Face, ...]], setting: Setting) -> Iterator[Row]:
        """A row for each card but the same one backwards; of a cloze one with all its deletions at once."""
        kept = setting.types.get(self.note)
        for id_, faces in notes.items():
            first, masks = faces[0], tuple(mask for face in faces for mask in face.masks)
            values = {
                name: str(self.fields.get(name, "")) for name in (kept.fields if kept else ())
            }
            if kept and kept.occlusion:
                first = _occluded(values, 0, setting)
            elif kept and kept.cloze:
                first = _face(kept, values, {}, first.number, setting, every=True)
            yield Row(
                id=id_,
                question=first.question,
                answer=first.answer,
                picture=first.picture,
                masks=tuple((mask, str(mask.number)) for mask in masks),
            )
            for face in (
                () if kept and (kept.occlusion or kept.cloze) else asked_on_sheets(faces)[1:]
            ):
                yield Row(id=f"{id_}/{face.number}", question=face.question, answer=face.answer)

    def faults(self) -> Iterator[Problem]:
        """Keys that say nothing of such a note."""
        if self.more:
            yield Problem(
                self.more.span,
                "unknown-key",
                "“more” is not a key of a note from Anki",
                "write it into one of its fields",
            )
        if any(number < 1 for number in self.cards):
            yield Problem(self.span, "kept-note", "cards are numbered from 1", "cards: [1, 2]")


def made_by_anki(
    fronts: Sequence[str], values: Mapping[str, str], tags: Sequence[str], *, cloze: bool
) -> list[int]:
    """The numbers of the cards, from 1, that Anki makes of fields and tags where templates have these fronts; at least one."""
    return sorted(numbered(fronts, values, tags, cloze=cloze)) or [1]


def numbered(
    fronts: Sequence[str], values: Mapping[str, str], tags: Sequence[str], *, cloze: bool
) -> set[int]:
    """The numbers of the cards of which Anki shows a front; perhaps none."""
    if cloze:
        return {n for each in values.values() for n, _ in templates.deletions(each)}
    filled = {name for name, value in values.items() if not templates.is_blank(value)}
    filled |= ALWAYS_FILLED | ({"Tags"} if tags else set())
    return {n for n, front in enumerate(fronts, 1) if templates.makes_card(front, filled)}


def asked_on_sheets(faces: Sequence[Face]) -> list[Face]:
    """The faces of a note that a sheet asks beside each other: of two that ask the same both ways the first."""
    found: list[Face] = []
    for face in faces:
        if not any(_backwards(face, other) for other in found):
            found.append(face)
    return found


def _backwards(one: Face, other: Face) -> bool:
    """Whether each asks for what the other one says."""
    asked, answered = _told(one.question), _told(one.answer)
    question, answer = _told(other.question), _told(other.answer)
    if not (asked and answered and question):
        return False
    return asked in answer and (question in answered or answered in question)


def _told(side: Text) -> str:
    """The words of a side and the files that it shows, since any two pictures may be called the same."""
    return " ".join([to_plain(side), *(each.file for each in files_of(side))])


# --- faces ----------------------------------------------------------------------------------------


def _face(
    kept: KeptType,
    values: Mapping[str, str],
    special: Mapping[str, str],
    number: int,
    setting: Setting,
    *,
    every: bool = False,
) -> Face:
    """The face of a card. Its answer is what the back has under Anki's line, or all of it but the front."""
    template = kept.templates[0 if kept.cloze else min(number, len(kept.templates)) - 1]
    values = {name: value[:LONGEST] for name, value in values.items()}  # as far as print reads
    asked, answered = (_laid_over(values, mask, setting) for mask in MASKS)
    named = {**special, "Card": f"Cloze {number}" if kept.cloze else str(template.name)}
    front = templates.rendered(template.front, templates.Side(asked, named, number, every=every))
    side = templates.Side(answered, named, number, back=True, every=every)
    back = templates.rendered(template.back, side)
    if line := ANSWER.search(back):
        back = back[line.end() :]
    style = hiding.part(kept.css)
    question = Html(style + _shown(front, setting), kept.span)
    answer = Html(style + FOLDED.sub(r"\g<0> open", _shown(back, setting)), kept.span)
    if HIDES in left_out(question):
        whole = templates.rendered(template.back, replace(side, front=front))
        answer = _revealed(question, answer, style + _shown(whole, setting))
    hints: Iterable[tuple[str, str]] = ()
    if "hint:" in template.front:
        hints = HINT.findall(templates.rendered(template.front, replace(side, screen=True)))
    return Face(
        ordinal=number - 1,
        number=number,
        question=question,
        answer=answer,
        more=Prose(),
        prompt=question,
        hints=tuple((html.unescape(key), Html(_shown(hint, setting))) for key, hint in hints),
    )


def _revealed(question: Html, answer: Html, whole: str) -> Html:
    """The answer of a front that hides words: the `whole` back where that shows them or, where the back says nothing else, since a
    script would show them, the front with all of its words.
    """
    all_ = Html(whole, answer.span)
    if HIDES not in left_out(all_):
        return all_
    if to_plain(answer):
        return answer
    shown = _told(all_) != _told(question)
    return all_ if shown else Html(STYLE.sub("", question), answer.span)


def _laid_over(values: Mapping[str, str], mask: str, setting: Setting) -> Mapping[str, str]:
    """Fields of a note of the add-on Image Occlusion Enhanced, whose masks are drawings that lie on its picture: as one picture."""
    under, over = (_source(values.get(name, "")) for name in (UNDER, mask))
    if not {under, over} <= setting.kept or not {ending(under), ending(over)} <= PICTURES.keys():
        return values
    both = _element(f"{under}{OVER}{over}", setting.labels["picture"])
    return {**values, **dict.fromkeys(MASKS, ""), UNDER: both, mask: " "}


def _shown(given: str, setting: Setting) -> str:
    """HTML whose pictures lie where print finds them; one that is not there stays as it is. One of which nothing is said is called
    a picture, since its file's name may be what a card asks for.
    """

    def written(found: re.Match[str]) -> str:
        name = _source(found[0])
        if name not in setting.kept or ending(name) not in PICTURES:
            return found[0]
        said = ALTERNATIVE.search(found[0])
        alternative = html.unescape((said[1] or said[2] or "") if said else "").strip()
        named = alternative in ("", name)
        return _element(name, setting.labels["picture"] if named else alternative)

    return IMAGE.sub(written, given) if "<" in given else given


def _element(name: str, alternative: str) -> str:
    return f'<img src="{html.escape(f"{FOLDER}/{name}")}" alt="{html.escape(alternative)}">'


def _source(element: str) -> str:
    found = SOURCE.search(element)
    return unquote(html.unescape(next(filter(None, found.groups()), ""))) if found else ""


# --- image occlusion ------------------------------------------------------------------------------


def _occluded(values: Mapping[str, str], number: int, setting: Setting) -> Face:
    """The face of a card of Anki's image occlusion: a picture with boxes; on the back, frames around what was asked, if it was one
    of its numbers. What is hidden while others are asked stays so on the back, as in Anki.
    """
    shapes, image, header, extra_ = ([*values.values(), "", "", "", ""])[:4]
    found = IMAGE.search(image)
    name = _source(found[0]) if found else ""
    there = name in setting.kept and ending(name) in PICTURES
    stub = Picture(
        name=f"{FOLDER}/{name}",
        data=b"",
        title="",
        description="",
        width=1,
        height=1,
        masks=(),
    )
    boxes = [*_boxes(shapes)] if there else []
    masks = tuple(mask for mask, _ in boxes if mask.number == number)
    covers = tuple(mask for mask, always in boxes if always and mask.number != number)
    if found and masks:
        image = (
            f"{image[: found.start()]}{_framed(name, masks, covers, setting)}{image[found.end() :]}"
        )
    question = Html(_shown(header if there else header + image, setting))
    return Face(
        ordinal=number - 1,
        number=number,
        question=question,
        answer=Html(_shown(f"{image}<div>{extra_}</div>", setting)),
        more=Prose(),
        prompt=question,
        picture=stub if there else None,
        masks=masks,
        covers=covers,
    )


def _framed(name: str, masks: Iterable[Mask], covers: Iterable[Mask], setting: Setting) -> str:
    """A picture with frames around some boxes, and others covered."""
    boxes = [*((mask, COVER) for mask in covers), *((mask, "") for mask in masks)]
    places = (f"{m.left:.4f},{m.top:.4f},{m.width:.4f},{m.height:.4f}{how}" for m, how in boxes)
    return _element(f"{name}{OVER}{FRAMES}{';'.join(places)}", setting.labels["picture"])


def shapes_left_out(value: str) -> Iterator[str]:
    """What of Anki's shapes in a field does not stand on paper as it is, in a few words each."""
    if "image-occlusion:text:" in value:
        yield "words that lie on a picture are left out"
    if any(float(angle) % 360 for angle in TURNED.findall(value)):
        yield "shapes that are turned on a picture are hidden upright"
    if "image-occlusion:polygon:" in value or "image-occlusion:ellipse:" in value:
        yield "of ellipses and polygons on a picture, the boxes around them are hidden"


def _boxes(given: str) -> Iterator[tuple[Mask, bool]]:
    """The boxes of Anki's shapes, of an ellipse and a polygon those around them; and whether one is hidden while others are
    asked.
    """
    for shape in SHAPED.finditer(given):
        said = dict(
            part.split("=", 1) for part in html.unescape(shape[3]).split(":") if "=" in part
        )
        place = _place(shape[2], said)
        if place is not None:
            left, top, width, height = (min(1.0, max(0.0, part)) for part in place)
            mask = Mask(
                number=int(shape[1]), label="", left=left, top=top, width=width, height=height
            )
            yield mask, said.get("oi") == "1"


def _place(shape: str, said: Mapping[str, str]) -> Sequence[float] | None:
    try:
        if shape == "polygon":
            points = [float(n) for n in NUMBER.findall(said["points"])]
            across, down = points[::2], points[1::2]
            return min(across), min(down), max(across) - min(across), max(down) - min(down)
        left, top = float(said["left"]), float(said["top"])
        if shape == "ellipse":
            return left, top, 2 * float(said["rx"]), 2 * float(said["ry"])
        return left, top, float(said["width"]), float(said["height"])
    except (KeyError, ValueError):
        return None
