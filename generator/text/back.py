"""From the HTML of one of our fields, as it came back from Anki, to a tree, of which `as_markdown.py` makes the author's Markdown:
`html.py` the other way.

Nothing is guessed: what stands in a field and has no form in our Markdown is named. `fields.py` reads any HTML for print, where
words are all that counts; here a field that was not touched becomes what its author wrote.
"""

import dataclasses
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from ..frozen import dataclass
from ..late import late
from .clozes import BEGINS, ENDS, HINTED, NUMBERED, STAND_INS
from .elements import Element, Node, parsed
from .fields import AROUND, BLANKS, STYLED
from .scripts import BLOCKS, MARKS
from .tree import (
    ADDRESS,
    Audio,
    Block,
    Break,
    Code,
    Emphasis,
    Foreign,
    Formula,
    Image,
    Inline,
    Link,
    List,
    Listing,
    Lowered,
    Paragraph,
    Quote,
    Raised,
    Row,
    Ruby,
    Strong,
    Struck,
    Table,
    Tree,
    plain,
)
from .word import without_word

Mark = Emphasis | Strong | Struck | Raised | Lowered
Name = Callable[[str], str | None]  # of a file in Anki to that of the course's, if it is one

OF_BLOCKS = frozenset(["p", "ul", "ol", "table", "blockquote", "pre"])
# What elements of ours may have; any other attribute is lost.
ATTRIBUTES = {
    "a": {"href", "title"},
    "code": {"dir"},  # as cards from right to left have it
    "img": {"src", "alt", "class"},
    "ol": {"start"},
    "td": {"style"},
    "th": {"style"},
    "anki-mathjax": {"block"},
}
SIDE = late(r"text-align: ?(left|center|right);?")
SOUND = late(r"\s*\[sound:([^\[\]]*)\]\s*")
SPOKEN = late(r"\A ?\[anki:tts lang=[^\]]*\][^\[]*\[/anki:tts\]")
DELETION = late(r"\{\{c([0-9]{1,5})::(.*?)(?:::(.*?))?\}\}", re.DOTALL)
EDGES = (Break(), " ")  # what at the edges of marked words is none of them
TURNED = late(f"[{''.join(MARKS.values())}]")


@dataclass(frozen=True, slots=True)
class Came:
    """A field that came back. `lost` names what of it our Markdown has no form for."""

    tree: Tree
    lost: frozenset[str] = frozenset()


def came(html: str, name: Name) -> Came:
    """What a field says. `name` gives the name that a file of the course has there by its name in Anki; None for any other."""
    begin = BLOCKS.match(html)
    at = begin.end() if begin else 0
    html = html[:at] + TURNED.sub("", html[at : at + 1]) + html[at + 1 :]
    reader = _Reader(name)
    blocks = reader.blocks(without_word(parsed(DELETION.sub(_closed, html))))
    match blocks:
        case [Paragraph(children)]:  # which looks the same in tags of its own
            blocks = [Paragraph(children, tight=True)]
        case _:
            pass
    if re.search(r"\[/?latex\]", html, re.IGNORECASE):
        reader.lost.add("a text in LaTeX")
    return Came(Tree(tuple(blocks)), frozenset(reader.lost))


def _closed(found: re.Match[str]) -> str:
    hint = f"{HINTED}{found[3]}" if found[3] else ""
    return f"{BEGINS}{found[1]}{NUMBERED}{found[2]}{hint}{ENDS}"


class _Reader:
    """Makes blocks and runs of words of elements; `lost` gathers what has no form."""

    def __init__(self, name: Name) -> None:
        self.name = name
        self.lost: set[str] = set()

    def blocks(self, nodes: Iterable[Node], *, tight: bool = False) -> list[Block]:
        made: list[Block] = []
        run: list[Node] = []

        def flush() -> None:
            words = _trimmed(self.inline(run))
            run.clear()
            if words:
                made.append(Paragraph(words, tight))

        for node in nodes:
            if isinstance(node, Element) and node.name in OF_BLOCKS:
                flush()
                made += self._block(node)
            elif isinstance(node, Element) and node.name == "div" and self._holds_blocks(node):
                flush()
                made += self.blocks(node.children, tight=tight)
            else:
                run.append(node)
        flush()
        return made

    def _holds_blocks(self, node: Element) -> bool:
        return any(
            isinstance(each, Element) and (each.name in OF_BLOCKS or self._holds_blocks(each))
            for each in node.children
        )

    def _block(self, node: Element) -> Iterator[Block]:
        self._check(node)
        match node.name:
            case "p":
                if words := _trimmed(self.inline(node.children)):
                    yield Paragraph(words)
            case "ul" | "ol":
                start = node.attributes.get("start", "1")
                first = int(start) if start.isdecimal() else 1
                items = [each for each in node.children if isinstance(each, Element)]
                if any(isinstance(each, str) and each.strip() for each in node.children) or any(
                    item.name != "li" for item in items
                ):
                    self.lost.add("a list with more than its items")
                held = tuple(tuple(self.blocks(item.children, tight=True)) for item in items)
                yield List(held, first if node.name == "ol" else None)
            case "table":
                yield self._table(node)
            case "blockquote":
                yield Quote(tuple(self.blocks(node.children)))
            case _:
                yield Listing(_source(node.children).strip("\n"))

    def _table(self, node: Element) -> Table:
        rows = [each for each in _elements(node) if each.name == "tr"]
        cells = [
            [c for c in row.children if isinstance(c, Element) and c.name in {"td", "th"}]
            for row in rows
        ]
        width = len(cells[0]) if cells else 0
        if (
            width == 0
            or any(len(row) != width for row in cells)
            or "th" not in {cell.name for cell in cells[0]}
        ):
            self.lost.add("a table of another shape")
            return Table((), (), ())
        for row in cells:
            for cell in row:
                self._check(cell)
        found = (SIDE.fullmatch(cell.attributes.get("style", "")) for cell in cells[0])
        sides: list[object] = [each[1] if each else "" for each in found]
        made: list[Row] = [
            tuple(_trimmed(self.inline(cell.children)) for cell in row) for row in cells
        ]
        return Table(made[0], tuple(made[1:]), tuple(sides))  # type: ignore[arg-type]

    def inline(self, nodes: Iterable[Node]) -> tuple[Inline, ...]:
        """A run of words. A `div`, which Anki's editor makes of the Enter key, is a line of its own."""
        made: list[Inline] = []
        ended = False  # whether a line has ended behind which no break stands yet
        for node in nodes:
            last = made[-1] if made else None
            line = isinstance(node, Element) and node.name == "div"
            fresh = ended or isinstance(last, Break)  # whether a line begins here
            if _is_nothing(node) or (fresh and isinstance(node, str) and not BLANKS.sub("", node)):
                continue
            if ended or (line and not fresh and made not in ([], [" "])):
                made.append(Break())
            ended = line
            if isinstance(node, str):
                self._words(node, made)
            elif line:
                self._check(node)
                held = self.inline(node.children)
                made += held[:-1] if held and held[-1] == Break() else held
            else:
                for each in self._run(node):
                    _join(made, each)
        return (*made, Break()) if ended else tuple(made)

    def _words(self, words: str, made: list[Inline]) -> None:
        last = made[-1] if made else None
        if isinstance(last, Foreign) and (spoken := SPOKEN.match(words)):
            made[-1] = Foreign(last.children, last.language, spoken=True)
            words = words[spoken.end() :]
        if re.search(r"\[(?:sound|anki):", words):
            self.lost.add("a sound that is none of the course's")
        if words:
            made.append(BLANKS.sub(" ", words))

    def _run(self, node: Element) -> Iterator[Inline]:
        self._check(node)
        match node.name:
            case "br":
                yield Break()
            case "code":
                yield Code(_source(node.children))
            case "anki-mathjax":
                yield Formula(_source(node.children), display="block" in node.attributes)
            case "ruby":
                yield self._ruby(node)
            case "img":
                file = self.name(node.attributes.get("src", ""))
                if file is None:
                    self.lost.add("a picture that is none of the course's")
                else:
                    yield Image(node.attributes.get("alt", ""), file)
            case "a":
                address = node.attributes.get("href", "")
                if not ADDRESS.fullmatch(address):
                    self.lost.add("a link that leads to no page of the web")
                title = node.attributes.get("title", "")
                yield Link(self.inline(node.children), address, title)
            case "span":
                yield from self._span(node)
            case name if name in AROUND and name not in {"cite", "dfn", "var"}:
                yield from _around(AROUND[name], self.inline(node.children))
            case name:
                self.lost.add(f"<{name}>")
                yield from self.inline(node.children)

    def _span(self, node: Element) -> Iterator[Inline]:
        given = node.attributes
        held = self.inline if given.get("class") != "sound" else None
        if held is None:
            found = SOUND.fullmatch(_source(node.children))
            file = self.name(found[1]) if found else None
            if file is None:
                self.lost.add("a sound that is none of the course's")
            else:
                yield Audio(given.get("title", ""), file)
        elif set(given) == {"lang"}:
            yield Foreign(held(node.children), given["lang"])
        else:
            kind = next(
                (kind for pattern, kind in STYLED if pattern.fullmatch(_style(given))), None
            )
            if given and kind is None:
                self.lost.add("<span>")
            inner = held(node.children)
            yield from _around(kind, inner) if kind else inner

    def _ruby(self, node: Element) -> Ruby:
        words = _source(each for each in node.children if isinstance(each, str))
        readings = [each for each in node.children if isinstance(each, Element)]
        if {each.name for each in readings} - {"rt", "rp"}:
            self.lost.add("markup within a reading")
        return Ruby(words, _source(each for each in readings if each.name == "rt"))

    def _check(self, node: Element) -> None:
        """Name attributes that have no form."""
        if node.name == "span":
            return
        odd = {
            name
            for name, value in node.attributes.items()
            if value and name not in ATTRIBUTES.get(node.name, set())
        }
        if odd:
            self.lost.add(f"<{node.name} {min(odd)}>")


def _is_nothing(node: Node) -> bool:
    """Whether a node has no words and no height."""
    return not node if isinstance(node, str) else node.name == "div" and not node.children


def _join(made: list[Inline], node: Inline) -> None:
    """Put a node behind others; marked words and the same behind them are one."""
    last = made[-1] if made else None
    if isinstance(last, Mark) and isinstance(node, Mark) and type(last) is type(node):
        made[-1] = type(last)(_trimmed((*last.children, *node.children)))
    else:
        made.append(node)


def _around(kind: type[Mark], run: tuple[Inline, ...]) -> Iterator[Inline]:
    """A run of words with a mark around it. Blanks and line ends at its edges, as a double click selects them, stand outside, where
    they look the same.
    """
    first, last = 0, len(run)
    while first < last and run[first] in EDGES:
        first += 1
    while first < last and run[last - 1] in EDGES:
        last -= 1
    inner = list(run[first:last])
    before = after = ""
    if inner and isinstance(inner[0], str):
        before = inner[0][: -len(inner[0].lstrip(" "))]
        inner[0] = inner[0].lstrip(" ")
    if inner and isinstance(inner[-1], str):
        after = inner[-1][len(inner[-1].rstrip(" ")) :]
        inner[-1] = inner[-1].rstrip(" ")
    yield from run[:first]
    yield from filter(None, [before, kind(_trimmed(inner)) if inner else "", after])
    yield from run[last:]


def _style(attributes: dict[str, str]) -> str:
    return attributes.get("style", "").strip().rstrip(";") if set(attributes) == {"style"} else ""


def _elements(node: Element) -> Iterator[Element]:
    for each in node.children:
        if isinstance(each, Element):
            yield each
            if each.name in {"thead", "tbody"}:
                yield from _elements(each)


def _source(nodes: Iterable[Node]) -> str:
    """The words of code or TeX as they stand; what looks like a formula in code is none."""
    said = ""
    for node in nodes:
        if isinstance(node, str):
            said += node
        elif node.name == "br":
            said += "\n"
        elif node.name == "anki-mathjax":
            begin, end = ("\\[", "\\]") if "block" in node.attributes else ("\\(", "\\)")
            said += f"{begin}{_source(node.children)}{end}"
        else:
            said += _source(node.children)
    return said


def _trimmed(run: Sequence[Inline]) -> tuple[Inline, ...]:
    """A run of words without blanks and breaks at its ends, and without blanks beside breaks; words beside each other are one."""
    made: list[Inline] = []
    for node in run:
        last = made[-1] if made else None
        if isinstance(node, str):
            if isinstance(last, str):
                made.pop()
            joined = BLANKS.sub(" ", last + node) if isinstance(last, str) else node
            if not made or isinstance(made[-1], Break):
                joined = joined.lstrip(" ")
            if joined:
                made.append(joined)
            continue
        if isinstance(node, Break):
            if isinstance(last, str):
                made[-1:] = [stripped] if (stripped := last.rstrip(" ")) else []
            if not made:
                continue
        made.append(node)
    while made and (isinstance(made[-1], Break) or made[-1] == " "):
        made.pop()
    if made and isinstance(made[-1], str):
        made[-1] = made[-1].rstrip(" ")
    return tuple(made)


def in_one_language(tree: Tree, side: Foreign) -> Tree:
    """The words of one paragraph in the language of a side, however many of them came in it."""

    def bare(nodes: Iterable[Inline]) -> Iterator[Inline]:
        for node in nodes:
            match node:
                case Foreign() if node.language == side.language:
                    yield from bare(node.children)
                case Emphasis() | Strong() | Struck() | Raised() | Lowered():
                    yield type(node)(_trimmed([*bare(node.children)]))
                case _:
                    yield node

    match tree.blocks:
        case (Paragraph(children, tight),):
            words = dataclasses.replace(side, children=_trimmed([*bare(children)]))
            return Tree((Paragraph((words,), tight),))
        case _:
            return tree


# --- what a text cannot say --------------------------------------------------------------------------

KINDS: dict[type, str] = {
    List: "a list",
    Table: "a table",
    Quote: "a quotation",
    Listing: "a block of code",
    Paragraph: "a paragraph of its own",
    Formula: "a formula",
    Break: "the end of a line",
    Emphasis: "slanted words",
    Strong: "bold words",
    Struck: "struck words",
    Raised: "raised words",
    Lowered: "lowered words",
    Code: "code",
    Link: "a link",
    Foreign: "words in another language",
    Ruby: "a reading",
    Image: "a picture",
    Audio: "a sound",
}


def unsaid(wanted: Tree, made: Tree) -> str:
    """What a text cannot say of what is wanted, where it would say what was `made` instead."""
    missing = Counter(_kinds(wanted.blocks)) - Counter(_kinds(made.blocks))
    kind = next((kind for kind in KINDS if missing[kind]), None)
    if kind is List and any(isinstance(b, List) and len(b.items) == 1 for b in wanted.blocks):
        return "a list has two items at least"
    if kind in (Emphasis, Strong, Struck):
        return f"{KINDS[kind]} cannot stand there: they may begin or end with a sign only where no letter is right beside it"
    if kind:
        return f"{KINDS[kind]} cannot stand there"
    if plain(wanted).count(BEGINS) > plain(made).count(BEGINS):
        return "a deletion cannot stand there"
    if plain(wanted) == plain(made):
        return "the words are the same, and what is around them is made by the program"
    return f"a text would say “{STAND_INS.sub('', plain(made))[:60]}”"


def _kinds(value: object) -> Iterator[type]:
    """The kinds of nodes in a node."""
    if isinstance(value, tuple):
        for each in value:
            yield from _kinds(each)
    elif type(value) in KINDS:
        yield type(value)
        for field in dataclasses.fields(value):  # type: ignore[arg-type]
            yield from _kinds(getattr(value, field.name))
