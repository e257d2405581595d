"""Drawings of `media/`: an SVG's title, description and the boxes of its labels, which a diagram card hides.

A label is an element with `data-mask="N"` that holds a `<rect>` and a `<title>` (or a `<text>`). N is the cloze number.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import NamedTuple

from .problems import Problem, Span
from .texts import Mask, Picture

SVG = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}href"
DOCTYPE = re.compile(rb"<!DOCTYPE[^>\[]*>")
SIZE = re.compile(r"(?:px|pt|mm|cm|em)$")
FORBIDDEN = {"script", "style", "image", "foreignObject", "use", "animate", "set"}


class Box(NamedTuple):
    """A rectangle in user units."""

    left: float
    top: float
    width: float
    height: float


def read(data: bytes, path: str, problems: list[Problem]) -> Picture | None:
    """Read one SVG. Adds what is wrong to `problems`; None when it cannot be used.

    Line ends become LF, so that a clone made on another system gives the same file.
    """
    data = data.replace(b"\r\n", b"\n")
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        problems.append(
            Problem(Span(path), "svg-doctype", "the SVG has a DOCTYPE or an entity", "remove it")
        )
        return None
    try:
        root = ET.fromstring(data)  # noqa: S314  no DOCTYPE, so no entities to explode
    except ET.ParseError as error:
        line, column = error.position
        problems.append(
            Problem(
                Span(path, line, column + 1, column + 2),
                "svg-syntax",
                f"not well-formed: {error.msg}",
            )
        )
        return None
    found = list(_faults(root, path))
    problems.extend(found)
    box = _view_box(root)
    if found or box is None:
        return None
    return Picture(
        name=path.rpartition("/")[2],
        data=data,
        title=_child_text(root, "title"),
        description=_child_text(root, "desc"),
        width=box.width,
        height=box.height,
        masks=tuple(sorted(_masks(root, box), key=lambda mask: mask.number)),
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
    box = _view_box(root)
    try:
        wide, high = (float(SIZE.sub("", root.get(name, ""))) for name in ("width", "height"))
    except ValueError:
        wide, high = (box.width, box.height) if box else (0, 0)
    if box is None:
        root.set("viewBox", f"0 0 {wide} {high}")
    if not (0 < wide < 1e5 and 0 < high < 1e5):
        return None
    uses = 0
    for parent in list(root.iter()):
        for element in list(parent):
            name = str(element.tag).removeprefix(SVG)
            reference = element.get("href") or element.get(XLINK) or ""
            uses += name == "use"
            if (
                (name in FORBIDDEN and name not in {"use", "style"})
                or (reference and not reference.startswith("#"))
                or uses > 200
            ):
                parent.remove(element)
    root.set("width", f"{wide}")
    root.set("height", f"{high}")
    return Picture(
        name=path.rpartition("/")[2],
        data=ET.tostring(root),
        title="",
        description="",
        width=wide,
        height=high,
        masks=(),
    )


def stretched(svg: str, width: float, height: float) -> str:
    """A drawing made as wide and high as this, whatever its own shape."""
    root = ET.fromstring(svg)  # noqa: S314  it was read before
    for name, value in (("width", width), ("height", height)):
        root.set(name, f"{value}")
    root.set("preserveAspectRatio", "none")
    return ET.tostring(root, encoding="unicode")


def _faults(root: ET.Element, path: str) -> Iterator[Problem]:
    span = Span(path)
    if root.tag != SVG + "svg":
        yield Problem(
            span,
            "svg-root",
            "the root element is not SVG's <svg>",
            'xmlns="http://www.w3.org/2000/svg"',
        )
        return
    box = _view_box(root)
    if box is None or box.width <= 0 or box.height <= 0:
        yield Problem(
            span, "svg-size", "the SVG needs a viewBox of four numbers", 'viewBox="0 0 480 400"'
        )
    elif not (root.get("width") and root.get("height")):
        yield Problem(
            span, "svg-size", "the SVG needs a width and a height", "the same as in its viewBox"
        )
    for name in ("title", "desc"):
        if not _child_text(root, name):
            yield Problem(
                span, "svg-alternative", f"the SVG needs a <{name}> for readers who cannot see it"
            )
    for element in root.iter():
        name = str(element.tag).removeprefix(SVG)
        reference = element.get("href") or element.get("{http://www.w3.org/1999/xlink}href") or ""
        handlers = [key for key in element.attrib if key.lower().startswith("on")]
        if name in FORBIDDEN or handlers or (reference and not reference.startswith("#")):
            yield Problem(
                span,
                "svg-content",
                f"<{name}> does not belong in a course's drawing",
                "shapes and text only",
            )
    for element, transformed in _labels(root):
        number = element.get("data-mask", "")
        if not re.fullmatch(r"[1-9][0-9]{0,2}", number):
            yield Problem(
                span, "svg-mask", f"data-mask=“{number}” is not a number from 1", "1, 2, 3 …"
            )
        elif transformed:
            yield Problem(
                span,
                "svg-mask",
                f"label {number} stands in a transformed group",
                "place it by x and y",
            )
        elif not _rect(element) or not _label(element):
            yield Problem(
                span, "svg-mask", f"label {number} needs a <rect> with numbers and a <title>"
            )


def _masks(root: ET.Element, box: Box) -> Iterator[Mask]:
    for element, _ in _labels(root):
        rect = _rect(element)
        if rect:
            yield Mask(
                number=int(element.get("data-mask", "0")),
                label=_label(element),
                left=(rect.left - box.left) / box.width,
                top=(rect.top - box.top) / box.height,
                width=rect.width / box.width,
                height=rect.height / box.height,
            )


def _labels(root: ET.Element, transformed: bool = False) -> Iterator[tuple[ET.Element, bool]]:
    for child in root:
        moved = transformed or child.get("transform") is not None
        if child.get("data-mask") is not None:
            yield child, moved
        else:
            yield from _labels(child, moved)


def _rect(element: ET.Element) -> Box | None:
    """The rectangle of a label in user units; None where there is none, or none of any size."""
    rect = element if element.tag == SVG + "rect" else element.find(SVG + "rect")
    if rect is None:
        return None
    try:
        box = Box(*(float(rect.get(key, "")) for key in ("x", "y", "width", "height")))
    except ValueError:
        return None
    return box if box.width > 0 and box.height > 0 else None


def _label(element: ET.Element) -> str:
    title = _child_text(element, "title")
    return title or " ".join(" ".join(t.itertext()) for t in element.iter(SVG + "text")).strip()


def _child_text(element: ET.Element, name: str) -> str:
    child = element.find(SVG + name)
    return " ".join("".join(child.itertext()).split()) if child is not None else ""


def _view_box(root: ET.Element) -> Box | None:
    try:
        numbers = [float(part) for part in root.get("viewBox", "").replace(",", " ").split()]
    except ValueError:
        return None
    return Box(*numbers) if len(numbers) == 4 else None
