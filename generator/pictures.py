"""Drawings of `media/`: an SVG's title, description and the boxes of its labels, which a diagram card hides.

A label is an element with `data-mask="N"` that holds a `<rect>` and a `<title>` (or a `<text>`). N is the cloze number.
What a drawing may hold at all is said in `media/svg.py`.
"""

import itertools
import math
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import NamedTuple

from .frozen import dataclass
from .late import late
from .media import svg
from .media.svg import Element
from .problems import Problem, Span
from .text.sight import is_seen
from .texts import Mask, Picture

SVG = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}href"
DOCTYPE = late(rb"<!DOCTYPE[^>\[]*>")
SIZE = late(r"(?:px|pt|mm|cm|em)$")
NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
LENGTH = late(rf"({NUMBER})(px|mm|cm|in|pt|pc)?")
UNITS = {"": 1, "px": 1, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96, "pt": 96 / 72, "pc": 16}
CHANGE = late(r"(translate|scale|rotate|matrix)\s*\(([^()]*)\)[\s,]*")
PIXELS = 16  # of a picture, or units of a drawing, are as wide as one em of print
VIEW_BOX = late(r"""viewBox=["'][-\d.]+[ ,]+[-\d.]+[ ,]+(\d+(?:\.\d+)?)""")
# What gives letters another size than their number says: what is scaled, another unit, a size among other words.
RESIZED = late(
    r"""(?:scale|matrix)\(|font\s*:|font-size\s*[:=](?!\s*["']?\s*[\d.]+(?:px)?\s*["';}])"""
)
FONT_SIZE = late(r"""font-size\s*[:=]\s*["']?\s*(\d+(?:\.\d+)?)(?:px)?\b(?!\.)""")
MOST = 1e6  # user units
SLIP = 0.01  # of the picture: how far a mask may reach over its edge
MOST_LABELS = 999
MOST_SHARED = 0.25  # of a mask that another may cover
NARROW = frozenset("iljtfrI.,:;'|!()[]-· ")  # letters of at least 0.2 em; others have at least 0.4
# Where nothing is drawn that stands there.
UNDRAWN = frozenset({"defs", "symbol", "clipPath", "mask", "pattern", "marker"})


class Box(NamedTuple):
    """A rectangle in user units."""

    left: float
    top: float
    width: float
    height: float


class Matrix(NamedTuple):
    """What a transform makes of x and y: a·x + c·y + e, and b·x + d·y + f."""

    a: float = 1
    b: float = 0
    c: float = 0
    d: float = 1
    e: float = 0
    f: float = 0

    def of(self, other: "Matrix") -> "Matrix":
        """What is left of both when another transform came first."""
        a, b, c, d, e, f = other
        return Matrix(
            self.a * a + self.c * b,
            self.b * a + self.d * b,
            self.a * c + self.c * d,
            self.b * c + self.d * d,
            self.a * e + self.c * f + self.e,
            self.b * e + self.d * f + self.f,
        )

    def moved(self, box: Box) -> Box | None:
        """A rectangle as it lies then; None where it would lie aslant."""
        large = max(map(abs, self[:4]))
        straight = max(abs(self.b), abs(self.c)) <= 1e-6 * large
        turned = max(abs(self.a), abs(self.d)) <= 1e-6 * large
        if not (straight or turned):
            return None
        xs = [box.left, box.left + box.width]
        ys = [box.top, box.top + box.height]
        corners = [
            (self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f)
            for x in xs
            for y in ys
        ]
        left, top = min(x for x, _ in corners), min(y for _, y in corners)
        right, bottom = max(x for x, _ in corners), max(y for _, y in corners)
        return Box(left, top, right - left, bottom - top)


@dataclass(frozen=True, slots=True)
class Label:
    """An element that can be hidden, with what it stands in from the root on. `matrix` is None where a transform is none that
    can be read.
    """

    element: Element
    within: tuple[Element, ...]
    matrix: Matrix | None

    @property
    def number(self) -> str:
        """Its number, as it is written."""
        return self.element.attributes["data-mask"]


def read(data: bytes, path: str, problems: list[Problem]) -> Picture | None:
    """Read one SVG. Adds what is wrong to `problems`; None when it cannot be used.

    Line ends become LF, so that a clone made on another system gives the same file.
    """
    data = data.replace(b"\r\n", b"\n").removeprefix(b"\xef\xbb\xbf")
    before = len(problems)
    if (drawing := svg.read(data, path, problems)) is None:
        return None
    root, clean = drawing
    problems.extend(_faults(root, path))
    box = _view_box(root.attributes.get("viewBox", ""))
    if len(problems) > before or box is None:
        return None
    masks = [mask for label in _labels(root) if (mask := _mask(label, box, path))]
    return Picture(
        name=path.rpartition("/")[2],
        data=clean,
        told=() if clean == data else ("what its program wrote",),
        title=_child_text(root, "title"),
        description=_child_text(root, "desc"),
        width=box.width,
        height=box.height,
        masks=tuple(sorted(masks, key=lambda mask: mask.number)),
        span=Span(path),
    )


def foreign(data: bytes, path: str) -> Picture | None:
    """A drawing from elsewhere, for print: of what it holds, shapes and words alone; None where it is no drawing."""
    if len(data) > 2_000_000 or b"<!ENTITY" in data:
        return None
    try:
        root = ET.fromstring(DOCTYPE.sub(b"", data))  # noqa: S314  no entities to explode
    except ET.ParseError:
        return None
    if root.tag != SVG + "svg":
        return None
    box = _view_box(root.get("viewBox", ""))
    try:
        wide, high = (float(SIZE.sub("", root.get(name, ""))) for name in ("width", "height"))
    except ValueError:
        wide, high = (box.width, box.height) if box else (0, 0)
    if box is None:
        root.set("viewBox", f"0 0 {wide} {high}")
    if not (0 < wide < 1e5 and 0 < high < 1e5):
        return None
    if not _cleared(root):
        return None
    root.set("width", f"{wide}")
    root.set("height", f"{high}")
    problems: list[Problem] = []
    shown = ET.tostring(root)
    if svg.read(shown, path, problems) is None or problems:
        return None
    return Picture(
        name=path.rpartition("/")[2],
        data=shown,
        title="",
        description="",
        width=wide,
        height=high,
        masks=(),
    )


def _cleared(root: ET.Element) -> bool:
    """Take out of a drawing what is not on the lists of `media/svg.py`, and pictures; whether it is not too deep for that."""
    waiting = [(root, 1)]
    while waiting:
        element, deep = waiting.pop()
        if deep > svg.MOST_DEEP:
            return False
        for name, value in list(element.attrib.items()):
            kept = svg.fitting("href" if name == XLINK else name, value)
            if kept is None:
                del element.attrib[name]
            else:
                element.set(name, kept)
        for child in list(element):
            name = str(child.tag).removeprefix(SVG)
            if name in svg.ELEMENTS - {"svg", "image"}:
                waiting.append((child, deep + 1))
            else:
                element.remove(child)
    root.attrib.pop("transform", None)
    return True


def letters(drawing: str, width: float) -> float:
    """The width of a drawing in sizes of its smallest letters; 0 for one without any, or whose sizes are not in units of the
    drawing alone.
    """
    if "<text" not in drawing or RESIZED.search(drawing):
        return 0
    box = VIEW_BOX.search(drawing)
    sizes = [float(size) for size in FONT_SIZE.findall(drawing)]
    smallest = min((size for size in sizes if size > 0), default=PIXELS)
    return (float(box[1]) if box else width) / smallest


def stretched(svg: str, width: float, height: float) -> str:
    """A drawing made as wide and high as this, whatever its own shape."""
    root = ET.fromstring(svg)  # noqa: S314  it was read before
    for name, value in (("width", width), ("height", height)):
        root.set(name, f"{value}")
    root.set("preserveAspectRatio", "none")
    return ET.tostring(root, encoding="unicode")


def _faults(root: Element, path: str) -> Iterator[Problem]:
    span = Span(path)
    box = _view_box(root.attributes.get("viewBox", ""))
    if box is None:
        said = "the SVG needs a viewBox of four numbers"
        yield Problem(span, "svg-size", said, 'viewBox="0 0 480 400"')
    elif not (size := _size(root)):
        hint = "the same as in its viewBox"
        yield Problem(span, "svg-size", "the SVG needs a width and a height", hint)
    elif not math.isclose(size[0] * box.height, size[1] * box.width, rel_tol=0.01):
        said = "the SVG's width and height are not in proportion to its viewBox"
        yield Problem(span, "svg-size", said, f'width="{box.width:g}" height="{box.height:g}"')
    for name in ("title", "desc"):
        if not _child_text(root, name):
            said = f"the SVG needs a <{name}> for readers who cannot see it"
            yield Problem(span, "svg-alternative", said)
    for element in _shown_twice(root):
        said = "<use> shows a label once more, which its mask would not hide"
        yield Problem(element.span(path), "svg-mask", said, "draw that part anew")
    labels = list(_labels(root))
    if len(labels) > MOST_LABELS:
        said = f"the drawing has {len(labels)} labels, and {MOST_LABELS} are the most"
        yield Problem(span, "svg-mask", said, "make several drawings of it")
        return
    # What a style sheet makes of words is not looked at.
    styled = any(element.name == "style" for element in root.walk())
    for label in labels:
        for said, hint in _unfit(label, box, styled):
            yield Problem(label.element.span(path), "svg-mask", said, hint)
    placed = [(label, place) for label in labels if (place := _place(label))]
    for (one, first), (two, second) in itertools.combinations(placed, 2):
        if one.number != two.number and _shared(first, second) > MOST_SHARED:
            said = f"the masks of labels {one.number} and {two.number} lie over each other"
            hint = "move one, or give both the same number, to hide them together"
            yield Problem(two.element.span(path), "svg-mask", said, hint)


def _shown_twice(root: Element) -> Iterator[Element]:
    """Where `<use>` draws a label."""
    labelled = {
        each.attributes["id"]
        for each in root.walk()
        if "id" in each.attributes and any("data-mask" in own.attributes for own in each.walk())
    }
    yield from (e for e in root.walk() if e.name == "use" and svg.references(e) & labelled)


def _unfit(label: Label, view: Box | None, styled: bool) -> Iterator[tuple[str, str]]:
    """What is wrong with a label, and what to do."""
    number = label.number
    if not re.fullmatch(r"[1-9][0-9]{0,2}", number):
        yield f"data-mask=“{number}” is not a number from 1", "1, 2, 3 …"
        return
    if hidden := next((each.name for each in label.within if each.name in UNDRAWN), None):
        yield f"label {number} stands in <{hidden}>, which shows nothing itself", "take it out"
        return
    if not _rect(label) or not is_seen(_label(label.element)):
        yield f"label {number} needs a <rect> with numbers and a <title>", ""
        return
    place = _place(label)
    if place is None:
        said = f"the mask of label {number} is turned or slanted by a transform"
        yield said, "only quarter turns, scale and translate: a mask lies straight"
        return
    if view is None:
        return
    slip_x, slip_y = SLIP * view.width, SLIP * view.height
    if (
        place.left < view.left - slip_x
        or place.top < view.top - slip_y
        or place.left + place.width > view.left + view.width + slip_x
        or place.top + place.height > view.top + view.height + slip_y
    ):
        yield (
            f"the mask of label {number} reaches out of the picture",
            "place it within the viewBox",
        )
    elif not styled and (words := _uncovered(label, place)):
        yield f"the mask of label {number} does not cover “{words}”", "make its <rect> larger"


def _shared(one: Box, two: Box) -> float:
    """How much of the smaller of two boxes the other covers, from 0 to 1."""
    wide = min(one.left + one.width, two.left + two.width) - max(one.left, two.left)
    high = min(one.top + one.height, two.top + two.height) - max(one.top, two.top)
    least = min(one.width * one.height, two.width * two.height)
    return max(0, wide) * max(0, high) / least


def _mask(label: Label, view: Box, path: str) -> Mask | None:
    if (place := _place(label)) is None:
        return None
    return Mask(
        number=int(label.number),
        label=_label(label.element),
        left=(place.left - view.left) / view.width,
        top=(place.top - view.top) / view.height,
        width=place.width / view.width,
        height=place.height / view.height,
        span=label.element.span(path),
    )


# --- labels --------------------------------------------------------------------------------------


def _labels(root: Element) -> Iterator[Label]:
    """The labels of a drawing, none within another."""

    def below(
        element: Element, within: tuple[Element, ...], matrix: Matrix | None
    ) -> Iterator[Label]:
        for child in element.children:
            own = _transform(child)
            moved = matrix.of(own) if matrix and own else None
            if "data-mask" in child.attributes:
                yield Label(child, within, moved)
            else:
                yield from below(child, (*within, child), moved)

    yield from below(root, (root,), Matrix())


def _transform(element: Element) -> Matrix | None:
    """The transform of an element; None where it cannot be read."""
    said, at, made = element.attributes.get("transform", "").strip(), 0, Matrix()
    while at < len(said):
        if not (found := CHANGE.match(said, at)):
            return None
        at = found.end()
        numbers = [float(each) for each in re.findall(NUMBER, found[2])]
        if (one := _change(found[1], numbers)) is None:
            return None
        made = made.of(one)
    return made if all(abs(number) <= MOST for number in made) else None


def _change(name: str, numbers: list[float]) -> Matrix | None:
    match name, numbers:
        case "translate", [x]:
            return Matrix(e=x)
        case "translate", [x, y]:
            return Matrix(e=x, f=y)
        case "scale", [x]:
            return Matrix(a=x, d=x)
        case "scale", [x, y]:
            return Matrix(a=x, d=y)
        case "rotate", [angle]:
            sine, cosine = math.sin(math.radians(angle)), math.cos(math.radians(angle))
            return Matrix(cosine, sine, -sine, cosine)
        case "rotate", [angle, x, y]:
            sine, cosine = math.sin(math.radians(angle)), math.cos(math.radians(angle))
            turned = Matrix(cosine, sine, -sine, cosine)
            return Matrix(e=x, f=y).of(turned).of(Matrix(e=-x, f=-y))
        case "matrix", [a, b, c, d, e, f]:
            return Matrix(a, b, c, d, e, f)
        case _:
            return None


def _rect(label: Label) -> tuple[Element, Box] | None:
    """The rectangle of a label in its own user units; None where there is none, or none of any size."""
    element = label.element
    rect = element if element.name == "rect" else element.child("rect")
    if rect is None:
        return None
    sides = [_number(rect.attributes.get(key, "0")) for key in ("x", "y", "width", "height")]
    numbers = [side for side in sides if side is not None]
    if len(numbers) < 4:
        return None
    box = Box(*numbers)
    return (rect, box) if box.width > 0 and box.height > 0 else None


def _place(label: Label) -> Box | None:
    """Where the mask of a label lies in the picture; None where it does not lie straight."""
    if (found := _rect(label)) is None or label.matrix is None:
        return None
    rect, box = found
    own = Matrix() if rect is label.element else _transform(rect)
    return label.matrix.of(own).moved(box) if own else None


def _label(element: Element) -> str:
    words = (each.text() for each in element.walk() if each.name == "text")
    return _child_text(element, "title") or " ".join(words).strip()


def _uncovered(label: Label, place: Box) -> str:
    """Words of a label that surely reach out of its mask: letters are taken as narrow as they may be."""
    for text, within in _texts(label.element, label.within):
        lying = _lying(text, within)
        matrix = label.matrix
        for each in (*within[len(label.within) + 1 :], text):
            own = _transform(each)
            matrix = matrix.of(own) if matrix and own else None
        moved = matrix.moved(lying) if matrix and lying else None
        if moved and (
            moved.left < place.left
            or moved.top < place.top
            or moved.left + moved.width > place.left + place.width
            or moved.top + moved.height > place.top + place.height
        ):
            return text.text()
    return ""


def _texts(
    element: Element, within: tuple[Element, ...]
) -> Iterator[tuple[Element, tuple[Element, ...]]]:
    """Texts of one line below an element, with what they stand in."""
    for child in element.children:
        if child.name == "text" and not child.children:
            yield child, (*within, element)
        else:
            yield from _texts(child, (*within, element))


def _lying(text: Element, within: tuple[Element, ...]) -> Box | None:
    """The least room that the small letters of a line take; None where that is not known."""
    lineage = (text, *reversed(within))
    x, y = (_number(text.attributes.get(key, "0")) for key in ("x", "y"))
    said = next((found for each in lineage if (found := each.get("font-size"))), "16")
    size = _length(said)
    anchor = next((found for each in lineage if (found := each.get("text-anchor"))), "start")
    if x is None or y is None or not size or set(text.attributes) & {"rotate", "dx", "dy"}:
        return None
    if any(each.get("dominant-baseline") for each in lineage):
        return None
    wide = sum(0.2 if letter in NARROW else 0.4 for letter in text.text()) * size
    left = x - {"middle": 0.5, "end": 1}.get(anchor, 0) * wide
    return Box(left, y - 0.45 * size, wide, 0.45 * size)


# --- numbers -------------------------------------------------------------------------------------


def _child_text(element: Element, name: str) -> str:
    child = element.child(name)
    return child.text() if child else ""


def _number(said: str) -> float | None:
    found = re.fullmatch(rf"({NUMBER})(?:px)?", said.strip())
    number = float(found[1]) if found else MOST + 1
    return number if abs(number) <= MOST else None


def _length(said: str) -> float | None:
    """A length in pixels."""
    found = LENGTH.fullmatch(said.strip())
    return float(found[1]) * UNITS[found[2] or ""] if found else None


def _size(root: Element) -> tuple[float, float] | None:
    width, height = (_length(root.attributes.get(name, "")) for name in ("width", "height"))
    return (width, height) if width and height and min(width, height) > 0 else None


def _view_box(said: str) -> Box | None:
    parts = said.replace(",", " ").split()
    numbers = [number for part in parts if (number := _number(part)) is not None]
    if len(parts) != 4 or len(numbers) != 4:
        return None
    box = Box(*numbers)
    return box if box.width > 0 and box.height > 0 else None
