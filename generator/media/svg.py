"""SVG as a tree whose elements know their lines, held to a list of what a drawing may hold.

What is on no list is refused at its place: scripts, animations, pages within the drawing, and whatever refers to something
outside. What drawing programs write for themselves, in namespaces of their own, is left out.
"""

import binascii
import re
from collections.abc import Iterator, Mapping
from xml.parsers import expat

from ..frozen import dataclass
from ..late import late
from ..problems import Problem, Span
from . import raster

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"
MOST_BYTES = 4_000_000
MOST_DEEP = 60
MOST_DRAWN = 30_000  # elements, each counted as often as it is drawn


def _each(words: str) -> frozenset[str]:
    return frozenset(words.split())


ELEMENTS = _each(
    "svg g defs symbol use title desc rect circle ellipse line polyline polygon path text tspan textPath image"
    " linearGradient radialGradient stop clipPath mask pattern marker style"
)
# What a style may say, as an attribute of its own, in `style` or in a style sheet.
PROPERTIES = _each(
    "alignment-baseline baseline-shift clip-path clip-rule color color-interpolation color-rendering direction display"
    " dominant-baseline enable-background fill fill-opacity fill-rule font font-family font-feature-settings font-size"
    " font-size-adjust font-stretch font-style font-variant font-variant-caps font-variant-east-asian"
    " font-variant-ligatures font-variant-numeric font-variation-settings font-weight image-rendering isolation"
    " letter-spacing line-height marker marker-end marker-mid marker-start mask mask-type mix-blend-mode opacity overflow"
    " paint-order shape-rendering solid-color solid-opacity stop-color stop-opacity stroke stroke-dasharray"
    " stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-align"
    " text-anchor text-decoration text-decoration-color text-decoration-line text-decoration-style text-indent"
    " text-orientation text-rendering text-transform unicode-bidi vector-effect visibility white-space word-spacing"
    " writing-mode"
)
ATTRIBUTES = PROPERTIES | _each(
    "baseProfile class clipPathUnits cx cy d dx dy fx fy gradientTransform gradientUnits height href id lang"
    " lengthAdjust markerHeight markerUnits markerWidth maskContentUnits maskUnits method offset orient pathLength"
    " patternContentUnits patternTransform patternUnits points preserveAspectRatio r refX refY role rotate rx ry spacing"
    " spreadMethod startOffset style textLength transform type version viewBox width x x1 x2 y y1 y2 zoomAndPan"
)
WORDS = frozenset({"class", "id", "role", "lang"})  # which nothing reads as a value
FUNCTIONS = _each("rgb rgba hsl hsla translate scale rotate matrix skewX skewY")
VALUE = late(r"""[\w\s.,%+\-#()'"/!*]*""")  # no colon, backslash, at-sign or brace
FUNCTION = late(r"(?<![\w-])(?:([\w-]+)\s*)?\(([^()]*)")
LOCAL = late(r"""\s*(["']?)#([\w.\-:]+)\1\s*""")
RASTER = late(r"data:image/(png|jpeg|jpg|webp|gif);base64,([A-Za-z0-9+/=\s]*)")
SELECTOR = late(r"\s*(?:[\w-]*[.#])?[\w-]+\s*(?:,\s*(?:[\w-]*[.#])?[\w-]+\s*)*")
COMMENT = late(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
FOREIGN = late(rb"""\s+([\w.-]+:)?[\w.-]+\s*=\s*(?:"[^"]*"|'[^']*')""")


@dataclass(frozen=True, slots=True)
class Element:
    """An element of a drawing. Names stand without SVG's namespace, those of others with theirs and a blank before; `words` is
    what stands directly within it.
    """

    name: str
    attributes: Mapping[str, str]
    line: int
    column: int
    children: "list[Element]"
    words: list[str]

    def get(self, name: str) -> str:
        """An attribute's value, or a property's from `style`, which counts for more; nothing where it has none."""
        return dict(properties(self.attributes.get("style", ""))).get(
            name, self.attributes.get(name, "")
        )

    def walk(self) -> "Iterator[Element]":
        """It and all in it, in their order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def child(self, name: str) -> "Element | None":
        """The first element of this name directly within it."""
        return next((child for child in self.children if child.name == name), None)

    def text(self) -> str:
        """All words within it, with single blanks."""
        return " ".join(" ".join("".join(each.words) for each in self.walk()).split())

    def span(self, path: str) -> Span:
        """Where it begins."""
        return Span(path, self.line, self.column, self.column + len(self.name) + 1)


def properties(style: str) -> list[tuple[str, str]]:
    """What a style says: pairs of property and value."""
    said = (part.partition(":") for part in COMMENT.sub("", style).split(";") if part.strip())
    return [(name.strip(), value.strip()) for name, _, value in said]


class _Refused(Exception):  # noqa: N818 - it is no error, and leaves the parser
    """What ends the reading of a file."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


def read(data: bytes, path: str, problems: list[Problem]) -> tuple[Element, bytes] | None:
    """The root of a drawing and its bytes without what drawing programs write for themselves. Adds what is wrong to
    `problems`; None when the drawing cannot be read at all.
    """
    if len(data) > MOST_BYTES:
        said = f"the drawing has {len(data) / 1e6:.0f} MB, and {MOST_BYTES / 1e6:.0f} are the most"
        problems.append(Problem(Span(path), "media-size", said, "draw it with fewer points"))
        return None
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - (data.rfind(b"\n", 0, error.start) + 1) + 1
        span = Span(path, line, column, column + 1)
        said = "the drawing is not in UTF-8"
        problems.append(Problem(span, "svg-syntax", said, "save it as “SVG, UTF-8”"))
        return None
    reader = _Reader(path, data)
    try:
        reader.parser.Parse(data, True)
    except _Refused as stop:
        problems.append(stop.problem)
        return None
    except expat.ExpatError as error:
        span = Span(path, error.lineno, error.offset + 1, error.offset + 2)
        said = f"not well-formed: {expat.errors.messages[error.code]}"
        problems.append(Problem(span, "svg-syntax", said))
        return None
    if reader.root is None or reader.root.name != "svg":
        said = "the root element is not SVG's <svg>"
        problems.append(Problem(Span(path), "svg-root", said, f'xmlns="{SVG}"'))
        return None
    problems.extend(faults(reader.root, path))
    return reader.root, reader.cleared()


class _Reader:
    """Takes what the parser finds. It stops at what may make a small file large."""

    def __init__(self, path: str, data: bytes) -> None:
        self.path, self.data = path, data
        self.root: Element | None = None
        self.open: list[Element] = []
        self.left_out: list[tuple[int, int]] = []  # pieces of the file
        self.foreign = 0  # how many elements of other namespaces are open
        self.since: int | None = (
            None  # where the outermost of them begins, if it has an end of its own
        )
        self.count = 0
        self.parser = expat.ParserCreate("utf-8", " ")
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.word
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.parser.XmlDeclHandler = self.declaration
        self.parser.ProcessingInstructionHandler = self.instruction

    def here(self) -> Span:
        line, column = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
        return Span(self.path, line, column, column + 1)

    def doctype(self, *_: object) -> None:
        message = "the SVG has a DOCTYPE or an entity"
        raise _Refused(Problem(self.here(), "svg-doctype", message, "remove it"))

    def declaration(self, _: str, encoding: str | None, __: int) -> None:
        if encoding and encoding.lower() not in {"utf-8", "utf8", "us-ascii", "ascii"}:
            message = f"the drawing says it is in {encoding}"
            raise _Refused(Problem(self.here(), "svg-syntax", message, "save it in UTF-8"))

    def instruction(self, name: str, _: str) -> None:
        if not self.foreign:
            message = f"an instruction to programs (<?{name} …?>) does not belong in a drawing"
            raise _Refused(Problem(self.here(), "svg-content", message, "remove it"))

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if len(self.open) + self.foreign >= MOST_DEEP:
            message = f"elements stand within each other more than {MOST_DEEP} deep"
            raise _Refused(Problem(self.here(), "svg-content", message, "take apart its groups"))
        if self.count > MOST_DRAWN:
            message = f"the drawing has more than {MOST_DRAWN} elements"
            raise _Refused(Problem(self.here(), "svg-content", message, "draw it with fewer"))
        at = self.parser.CurrentByteIndex
        space, _, own = name.rpartition(" ")
        if self.foreign or (self.open and (space not in {SVG, ""} or own == "metadata")):
            if not self.foreign:
                tag = _tag_end(self.data, at)
                empty = self.data[tag - 2 : tag] == b"/>"
                self.since = None if empty else at
                self.left_out += [(at, tag)] if empty else []
            self.foreign += 1
            return
        kept: dict[str, str] = {}
        for key, value in attributes.items():
            of, _, local = key.rpartition(" ")
            if of in {"", XLINK}:
                kept[f"{local}, twice" if local in kept else local] = value
            elif of == XML and local not in {"space", "lang"}:
                kept[f"xml:{local}"] = value
        if any(key.rpartition(" ")[0] not in {"", XLINK, XML} for key in attributes):
            self.left_out += _foreign_attributes(self.data, at)
        line, column = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
        made = Element(own if space == SVG else f"{space} {own}", kept, line, column, [], [])
        if self.open:
            self.open[-1].children.append(made)
        else:
            self.root = made
        self.open.append(made)

    def end(self, _: str) -> None:
        if not self.foreign:
            self.open.pop()
            return
        self.foreign -= 1
        if not self.foreign and self.since is not None:
            end = self.data.index(b">", self.parser.CurrentByteIndex) + 1
            self.left_out.append((self.since, end))

    def word(self, said: str) -> None:
        if not self.foreign and self.open:
            self.open[-1].words.append(said)

    def cleared(self) -> bytes:
        """The file without what was left out."""
        kept, at = [], 0
        for start, end in sorted(self.left_out):
            kept.append(self.data[at:start])
            at = end
        return b"".join([*kept, self.data[at:]])


def _tag_end(data: bytes, at: int) -> int:
    """Where the tag ends that begins here."""
    quote = 0
    for end in range(at, len(data)):
        sign = data[end]
        if quote:
            quote = 0 if sign == quote else quote
        elif sign in b"\"'":
            quote = sign
        elif sign == ord(">"):
            return end + 1
    return len(data)


def _foreign_attributes(data: bytes, at: int) -> Iterator[tuple[int, int]]:
    """Where the attributes of other namespaces stand in the tag that begins here."""
    at += len(re.compile(rb"<[^\s/>]+").match(data, at)[0])  # type: ignore[index]  # it is a tag
    while found := FOREIGN.match(data, at):
        at = found.end()
        if found[1] and found[1] not in {b"xmlns:", b"xlink:", b"xml:"}:
            yield found.span()


# --- what a drawing may hold ---------------------------------------------------------------------


def faults(root: Element, path: str) -> Iterator[Problem]:
    """What is on no list, each at its element."""
    if "transform" in root.attributes:
        message = "the whole drawing has a transform, which not every program applies"
        yield Problem(root.span(path), "svg-content", message, "give it to a <g> in it")
    for element in root.walk():
        if element.name not in ELEMENTS or (element.name == "svg" and element is not root):
            name = element.name.rpartition(" ")[2]
            message = f"<{name}> does not belong in a course's drawing"
            yield Problem(element.span(path), "svg-content", message, "shapes and text only")
            continue
        for said in _wrong(element):
            name = element.name
            message = f"{said} of <{name}> does not belong in a course's drawing"
            yield Problem(element.span(path), "svg-content", message, "shapes and text only")
        if element.name == "image":
            yield from _image(element, path)
    yield from _sheets(root, path)
    yield from _endless(root, path)


def _sheets(root: Element, path: str) -> Iterator[Problem]:
    """What a style sheet refers to is drawn by an unknown number of elements: only what is simple."""
    by_id = _by_id(root)
    for sheet in (element for element in root.walk() if element.name == "style"):
        for name in sorted(_local("".join(sheet.words))):
            for element in by_id.get(name, ()):
                simple = element.name in {"linearGradient", "radialGradient"} or (
                    element.name == "clipPath"
                    and not any(references(e) or "class" in e.attributes for e in element.walk())
                )
                if not simple:
                    message = f"a style sheet refers to the <{element.name}> “{name}”"
                    hint = "say so where it is drawn, as an attribute"
                    yield Problem(sheet.span(path), "svg-content", message, hint)


def _by_id(root: Element) -> dict[str, list[Element]]:
    found: dict[str, list[Element]] = {}
    for element in root.walk():
        if "id" in element.attributes:
            found.setdefault(element.attributes["id"], []).append(element)
    return found


def _local(value: str) -> set[str]:
    """The ids to which a value refers."""
    inner = (LOCAL.fullmatch(inner) for name, inner in FUNCTION.findall(value) if name == "url")
    return {local[2] for local in inner if local}


def _wrong(element: Element) -> Iterator[str]:
    """Attributes and parts of styles that are on no list, in words."""
    for name, value in element.attributes.items():
        if name.startswith(("data-", "aria-")):
            continue
        if name not in ATTRIBUTES:
            yield f"“{name}”"
        elif name == "href":
            if element.name != "image" and not LOCAL.fullmatch(value):
                yield f"the reference to “{_short(value)}”"
        elif name == "style":
            yield from _wrong_style(value)
        elif name not in WORDS and not allowed(value):
            yield f"“{name}: {_short(value)}”"
    if element.name == "style":
        sheet = "".join(element.words)
        if not _harmless(sheet):
            yield "what is said"
            return
        *rules, rest = COMMENT.sub("", sheet).split("}")
        for rule in rules:
            selector, _, style = rule.partition("{")
            if not SELECTOR.fullmatch(selector):
                yield f"the rule “{_short(selector)}”"
            yield from _wrong_style(style)
        if rest.strip():
            yield f"“{_short(rest)}”"


def _wrong_style(style: str) -> Iterator[str]:
    if not _harmless(style):  # read as it stands: what looks like a comment may be in a string
        yield f"the style “{_short(style)}”"
        return
    for name, value in properties(style):
        if name not in PROPERTIES and not name.startswith("-inkscape-"):
            yield f"the style “{_short(name)}”"
        elif not allowed(value):
            yield f"the style “{name}: {_short(value)}”"


def allowed(value: str) -> bool:
    """Whether a value has no other signs and functions than drawings need, and refers to the drawing itself at most."""
    return bool(VALUE.fullmatch(value)) and _harmless(value)


def _harmless(value: str) -> bool:
    return not {"@", "\\"} & set(value) and all(
        name in FUNCTIONS or (name == "url" and LOCAL.fullmatch(inner)) or not name
        for name, inner in FUNCTION.findall(value)
    )


def fitting(name: str, value: str) -> str | None:
    """Of an attribute, what is on the lists: all of it, a style in part; None where that is nothing."""
    if name == "href":
        return value if LOCAL.fullmatch(value) else None
    if name == "style":
        pairs = properties(value) if _harmless(value) else []
        return ";".join(f"{n}:{v}" for n, v in pairs if n in PROPERTIES and allowed(v)) or None
    return value if name in WORDS or (name in ATTRIBUTES and allowed(value)) else None


def _short(said: str) -> str:
    said = " ".join(said.split())
    return said if len(said) <= 40 else said[:39] + "…"


def _image(element: Element, path: str) -> Iterator[Problem]:
    """A picture within a drawing stands in it whole, and tells nothing of place and device."""
    href = element.attributes.get("href", "")
    found = RASTER.fullmatch(href)
    if not found:
        message = f"<image> refers to “{_short(href)}”"
        hint = "put the picture itself into the drawing: PNG, JPEG, WebP or GIF"
        yield Problem(element.span(path), "svg-content", message, hint)
        return
    wrong: list[Problem] = []
    try:
        data = binascii.a2b_base64(found[2])
    except binascii.Error:
        data = b""
    read = raster.read(data, f"picture.{found[1]}", wrong)
    for problem in wrong:
        message = f"<image>: {problem.message}"
        yield Problem(element.span(path), "svg-content", message, problem.hint)
    if read and read.told:
        message = "the picture within the drawing tells of place, device or time"
        hint = "export it without metadata before it is put into the drawing"
        yield Problem(element.span(path), "svg-content", message, hint)


def references(element: Element) -> set[str]:
    """The ids that an element itself refers to."""
    values = [value for name, value in element.attributes.items() if name not in WORDS]
    found = {name for value in values for name in _local(value)}
    if local := LOCAL.fullmatch(element.attributes.get("href", "")):
        found.add(local[2])
    return found


def _endless(root: Element, path: str) -> Iterator[Problem]:
    """An element that draws itself, or so much that no page would be done with it."""
    by_id = _by_id(root)
    drawn: dict[int, int] = {}  # elements by how many are drawn with them; 0 while they are counted
    cycle: list[Element] = []

    def count(element: Element, deep: int) -> int:
        if id(element) in drawn:
            if not drawn[id(element)]:
                cycle.append(element)
            return drawn[id(element)]
        if deep > 4 * MOST_DEEP:
            cycle.append(element)
            return 0
        drawn[id(element)] = 0
        held = [each for name in sorted(references(element)) for each in by_id.get(name, ())]
        found = 1 + sum(count(each, deep + 1) for each in (*element.children, *held))
        drawn[id(element)] = found
        return found

    total = count(root, 0)
    if cycle:
        message = f"<{cycle[0].name}> draws itself, or too long a row of others"
        yield Problem(cycle[0].span(path), "svg-content", message, "take out the reference")
    elif total > MOST_DRAWN:
        message = f"the drawing refers to its parts until it has {total:.1e} of them"
        hint = f"{MOST_DRAWN} are the most"
        yield Problem(root.span(path), "svg-content", message, hint)
