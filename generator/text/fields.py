"""HTML of a note that came from Anki, to the tree that print sets.

Words are never lost: what print has no form for (colours, sizes, boxes) leaves its words in the text. What has no words, or words
that nobody was meant to read (scripts, styles, what is hidden, films), is left out; `left_out` names it.
"""

import functools
import html
import itertools
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal
from urllib.parse import unquote

from ..late import late
from . import formula, hiding
from .elements import BLOCKS, Element, Node, parsed, raw_latex, text_of
from .tree import (
    ADDRESS,
    Audio,
    Block,
    Break,
    Code,
    Emphasis,
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
    Strong,
    Struck,
    Table,
    Tree,
    inlines,
)

# Where the files of such notes lie; in a tree, their names stand behind it.
FOLDER = "anki-media"
OVER = "//"  # between the name of a picture and that of another one that lies on it
FRAMES = "frames:"  # in place of the latter: left, top, width and height of boxes, in shares of the picture
COVER = ",covered"  # behind the measures of a box that is covered, not framed
LONGEST = 50_000  # letters of a side that are read
NESTED = 8  # emphasis, lists and quotations within each other, as far as Typst sets them
SMALL = 32  # ems, from which on a formula is made too small to be read
COLUMNS = 12  # of a table; the cells of a wider one stand under each other
MOST_SPANNED = 100  # rows or columns over which a cell reaches
LISTS = frozenset(("ul", "ol", "menu"))
LIST_STYLE = late(r"list-style(?:-type)?:\s*([a-z-]+)", re.IGNORECASE)
LIST_FORMS: dict[str, Literal["A", "a", "I", "i"]] = {
    "A": "A",
    "a": "a",
    "I": "I",
    "i": "i",
    "upper-alpha": "A",
    "upper-latin": "A",
    "lower-alpha": "a",
    "lower-latin": "a",
    "upper-roman": "I",
    "lower-roman": "i",
}
SILENT = frozenset(
    [
        "script",
        "style",
        "head",
        "title",
        "template",
        "noscript",
        "rp",
        "select",
        "textarea",
        "button",
    ]
)
UNREAD = "pictures that are not there or cannot be printed stand as their names"
DRAWN = {
    "svg": "drawings within the HTML are left out",
    "math": "formulas in MathML are left out",
    "canvas": "what a script draws is left out",
    "iframe": "pages within the page are left out",
    "object": "pages within the page are left out",
    "embed": "pages within the page are left out",
    "video": "films are left out",
    "audio": "sounds with a player are left out",
}
HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6", "dt", "summary"])
AROUND: dict[str, "type[Emphasis | Strong | Struck | Raised | Lowered]"] = {
    **dict.fromkeys(("b", "strong"), Strong),
    **dict.fromkeys(("i", "em", "cite", "dfn", "var"), Emphasis),
    **dict.fromkeys(("s", "strike", "del"), Struck),
    "sup": Raised,
    "sub": Lowered,
}
STYLED: tuple[
    tuple[re.Pattern[str], "type[Emphasis | Strong | Struck | Raised | Lowered]"], ...
] = (
    (late(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE), Strong),
    (late(r"font-style\s*:\s*italic", re.IGNORECASE), Emphasis),
    (late(r"text-decoration[^;]*line-through", re.IGNORECASE), Struck),
    (late(r"vertical-align\s*:\s*super", re.IGNORECASE), Raised),
    (late(r"vertical-align\s*:\s*sub", re.IGNORECASE), Lowered),
)
STYLE = late(r"<style\b[^<>]*>(.*?)(?:</style\b[^<>]*>|\Z)", re.DOTALL | re.IGNORECASE)
LOOKS = frozenset(("u", "ins", "mark", "big", "small", "font"))
LOOKED = late(
    r"(?<![\w-])(?:color|background(?:-color)?|font-size)\s*:|text-decoration[^;]*underline",
    re.IGNORECASE,
)
HIDES = "what is hidden is left out"
FOLDED = "what is folded away until someone opens it is left out of questions"
HIDDEN = late(
    r"(?<![\w-])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))", re.IGNORECASE
)
COMMAND = late(
    r"\[sound:([^\[\]]*)\]|\[anki:tts(?: lang=(\w+))?[^\[\]]*\](?:([^\[\]]*)\[/anki:tts\])?|\[anki:play[^\[\]]*\]",
    re.DOTALL,
)
BLANKS = late(r"[ \t\r\n\f]+")


def tree(given: str) -> Tree:
    """What HTML says, for print."""
    return _read(given)[0]


def left_out(given: str) -> frozenset[str]:
    """What of the HTML print has no form for, and what became of it, in a few words each."""
    read, lost = _read(given)
    found = [node for node in inlines(read.blocks) if isinstance(node, Formula)]
    latex = {"LaTeX outside of formulas stands as it is written"} if raw_latex(given) else set()
    return lost | latex | {said for node in found for said in _lost_of(node)}


def _lost_of(node: Formula) -> Iterator[str]:
    if formula.fault(node.tex):
        yield "formulas that cannot be drawn stand as their TeX"
        return
    for part in formula.parts(node.tex, display=node.display):
        if not part.words and (made := formula.drawn(part.said)) and made.width > SMALL:
            yield "formulas that are wider than a line are small"


@functools.lru_cache(maxsize=20_000)  # checks, lists and pages ask for the same sides
def _read(given: str) -> tuple[Tree, frozenset[str]]:
    if not re.search(r"[<&\[\\\n]", given):
        words = BLANKS.sub(" ", given).strip(" ")
        return Tree((Paragraph((words,), tight=True),) if words else ()), frozenset()
    reader = _Reader("\n".join(STYLE.findall(given)))
    if len(given) > LONGEST:
        reader.lost.add("what follows the first 50,000 letters is left out")
    blocks = reader.blocks(parsed(given[:LONGEST]), 0)
    match blocks:
        case (Paragraph(children),):
            return Tree((Paragraph(children, tight=True),)), frozenset(reader.lost)
        case _:
            return Tree(blocks), frozenset(reader.lost)


class _Reader:
    """Makes blocks and runs of words of elements. `lost` gathers what print has no form for, `style` is that of the HTML."""

    def __init__(self, style: str = "") -> None:
        self.lost: set[str] = set()
        self.style = style

    def blocks(self, nodes: "Iterable[Node]", depth: int) -> tuple[Block, ...]:
        """The blocks that elements make; words beside blocks become paragraphs."""
        made: list[Block] = []
        run: list[Node] = []

        def flush() -> None:
            words = _trimmed(self.inline(run, depth))
            run.clear()
            if words:
                made.append(Paragraph(words))

        for node in nodes:
            if isinstance(node, Element) and self._silent(node):
                continue
            if isinstance(node, str) or not self._is_block(node):
                run.append(node)
            else:
                flush()
                made += self._block(node, depth)
        flush()
        return tuple(made)

    def _is_block(self, node: Element) -> bool:
        if node.name in BLOCKS:
            return True
        around = (
            each for each in node.children if isinstance(each, Element) and not self._silent(each)
        )
        return node.name not in {"a", "code", "ruby"} and any(map(self._is_block, around))

    def _silent(self, node: Element) -> bool:
        """Whether nothing of an element is read on paper."""
        if node.name in DRAWN:
            self.lost.add(DRAWN[node.name])
            return True
        if node.name in SILENT:
            if node.name == "script":
                self.lost.add("what scripts do is left out")
            return True
        style = node.attributes.get("style", "")
        hides, maybe = (
            hiding.hidden(self.style, node.name, node.attributes) if self.style else (False, False)
        )
        if (
            "hidden" in node.attributes
            or HIDDEN.search(style)
            or (hides and "display" not in style.lower())
        ):
            self.lost.add(HIDES)
            return True
        if maybe:
            self.lost.add("what a style may hide is shown")
        return False

    def _block(self, node: Element, depth: int) -> Iterator[Block]:  # noqa: PLR0912 - a case for each
        match node.name:
            case name if name in LISTS:
                yield from self._list(node, depth)
            case "table":
                yield from self._table(node, depth)
            case "pre":
                code = text_of(node.children).strip("\n").expandtabs(4)
                if code.strip():
                    yield Listing(code)
            case "blockquote":
                held = self.blocks(node.children, depth + 1)
                if held and depth < NESTED:
                    yield Quote(held)
                else:
                    yield from held
            case "details" if "open" not in node.attributes:
                self.lost.add(FOLDED)
                named = (c for c in node.children if isinstance(c, Element) and c.name == "summary")
                yield from self.blocks(itertools.islice(named, 1), depth)
            case "hr":
                pass
            case name if name in HEADINGS:
                for block in self.blocks(node.children, depth):
                    match block:
                        case Paragraph(children):
                            yield Paragraph((Strong(children),))
                        case _:
                            yield block
            case _:
                held = self.blocks(node.children, depth)
                around = self._kind(node)
                for block in held:
                    if around and isinstance(block, Paragraph):
                        yield Paragraph((around(block.children),))
                    else:
                        yield block

    def _list(self, node: Element, depth: int) -> Iterator[Block]:
        items: list[tuple[Block, ...]] = []
        for child in node.children:
            if isinstance(child, str) or self._silent(child):
                if isinstance(child, str) and child.strip():
                    items.append((Paragraph((BLANKS.sub(" ", child),), tight=True),))
                continue
            held = self.blocks(child.children if child.name == "li" else [child], depth + 1)
            match held:
                case (Paragraph(children), *rest):
                    held = (Paragraph(children, tight=True), *rest)
                case _:
                    pass
            if (
                child.name in LISTS and items
            ):  # as browsers indent: it belongs to the item before it
                items[-1] += held
            elif held or items or node.name == "ol":
                items.append(held or (Paragraph((), tight=True),))
        while items and items[-1] == (Paragraph((), tight=True),):
            items.pop()  # an item that is empty counts where others follow
        if depth >= NESTED:
            for item in items:
                yield from item
        elif items:
            yield self._counted(node, items)

    def _counted(self, node: Element, items: Sequence[tuple[Block, ...]]) -> List:
        """A list of these items, with the numbers or letters that the element has."""
        if node.name != "ol":
            return List(tuple(items))
        own = [c.attributes for c in node.children if isinstance(c, Element) and c.name == "li"]
        counts = any("value" in each for each in own[1:]) or "reversed" in node.attributes
        if counts:
            self.lost.add("numbers that a list gives its items out of turn are those in turn")
        start = node.attributes.get("start", "")
        if own and "value" in own[0]:
            start = own[0]["value"]
        first = int(start) if re.fullmatch(r"[0-9]{1,6}", start) else 1
        form = node.attributes.get("type", "")
        if styled := LIST_STYLE.search(node.attributes.get("style", "")):
            form = styled[1].lower()
        return List(tuple(items), first, LIST_FORMS.get(form, "1"))

    def _table(self, node: Element, depth: int) -> Iterator[Block]:
        for child in node.children:
            if isinstance(child, Element) and child.name == "caption" and not self._silent(child):
                yield from self.blocks(child.children, depth)
        rows = [row for row in self._rows(node) if row]
        grid = _spread(rows)
        columns = max(map(len, grid), default=0)
        if columns == 0:
            return
        if columns == 1 or columns > COLUMNS or depth >= 1:
            for row in rows:
                for cell in row:
                    yield from self.blocks(cell.children, depth + 1)
            return
        if any(len(row) > len(own) for row, own in zip(grid, rows, strict=False)):
            self.lost.add(
                "what stands in cells of tables over several rows or columns stands in each"
            )
        headed = any(isinstance(c, Element) and c.name == "thead" for c in node.children)
        headed = headed or all(cell.name == "th" for cell in rows[0])
        flat = []
        for at, row in enumerate(grid):
            said = [self._cell(cell, depth, bold=at > 0 or not headed) for cell in row]
            flat.append((*said, *((),) * (columns - len(row))))
        sides: list[Literal["", "left", "center", "right"]] = [""] * columns
        head = flat.pop(0) if headed else ()
        yield Table(head, tuple(flat), tuple(sides))

    def _cell(self, node: Element, depth: int, *, bold: bool) -> tuple[Inline, ...]:
        """The words of a cell; in a row that is no head, those of a head of its row are bold."""
        words = _flat(self.blocks(node.children, depth + 1))
        return (Strong(words),) if words and bold and node.name == "th" else words

    def _rows(self, node: Element) -> "Iterator[list[Element]]":
        for child in node.children:
            if isinstance(child, str) or self._silent(child):
                continue
            if child.name == "tr":
                cells = [c for c in child.children if isinstance(c, Element)]
                yield [c for c in cells if c.name in {"td", "th"} and not self._silent(c)]
            elif child.name in {"thead", "tbody", "tfoot", "table"}:
                yield from self._rows(child)

    def _kind(self, node: Element) -> "type[Emphasis | Strong | Struck | Raised | Lowered] | None":
        style = node.attributes.get("style", "")
        if node.name in LOOKS or LOOKED.search(style):
            self.lost.add("colours, underlines and sizes are left out")
        if node.name in AROUND:
            return AROUND[node.name]
        return next((kind for pattern, kind in STYLED if pattern.search(style)), None)

    def inline(self, nodes: "Iterable[Node]", depth: int) -> tuple[Inline, ...]:
        """Runs of words. A block among them, as a link may hold some, begins and ends a line."""
        made: list[Inline] = []
        ended = False
        for node in nodes:
            if isinstance(node, Element) and self._silent(node):
                continue
            said = [*(_said(node) if isinstance(node, str) else self._run(node, depth))]
            if (
                (ended or self._lined(node, 0))
                and made
                and said
                and not isinstance(made[-1], Break)
            ):
                made.append(Break())
            made += said
            ended = self._lined(node, -1) or (ended and not said)
        return tuple(made)

    def _lined(self, node: "Node", at: int) -> bool:
        """Whether a node is a block, which begins and ends a line, or has one first (`at` is 0) or last (-1)."""
        if isinstance(node, str) or node.name in BLOCKS:
            return not isinstance(node, str)
        held = [
            c for c in node.children if (c.strip() if isinstance(c, str) else not self._silent(c))
        ]
        return bool(held) and self._lined(held[at], at)

    def _run(self, node: Element, depth: int) -> Iterator[Inline]:
        match node.name:
            case "br":
                yield Break()
            case "img":
                yield from self._picture(node)
            case "anki-mathjax":
                yield from self._formula(node)
            case "code" | "kbd" | "tt" | "samp":
                if words := BLANKS.sub(" ", text_of(node.children)):
                    yield Code(words)
            case "ruby":
                yield from self._ruby(node, depth)
            case "q":
                yield from ("“", *self.inline(node.children, depth), "”")
            case "a" if ADDRESS.fullmatch(node.attributes.get("href", "")):
                if held := self.inline(node.children, depth):
                    yield Link(held, node.attributes["href"])
            case _:
                around = self._kind(node) if depth < NESTED else None
                held = self.inline(node.children, depth + 1)
                if around and held:
                    yield around(held)
                else:
                    yield from held

    def _picture(self, node: Element) -> Iterator[Inline]:
        source = node.attributes.get("src", "")
        alternative = " ".join(node.attributes.get("alt", "").split())
        if source.startswith(f"{FOLDER}/"):
            yield Image(alternative, source)
            return
        name = "" if source.startswith("data:") else unquote(source)
        self.lost.add(UNREAD)
        if said := alternative or name[:80]:
            yield f"[{said}]"

    def _formula(self, node: Element) -> Iterator[Inline]:
        if tex := " ".join(text_of(node.children).split()):
            yield Formula(tex, display="block" in node.attributes, kept=True)

    def _ruby(self, node: Element, depth: int) -> Iterator[Inline]:
        for child in node.children:
            if isinstance(child, Element) and child.name == "rt":
                if held := self.inline(child.children, depth):
                    yield from ("(", *held, ")")
            else:
                yield from self.inline([child], depth)


def _said(text: str) -> Iterator[Inline]:
    """Words with the sounds that Anki plays among them."""
    at = 0
    for found in COMMAND.finditer(text):
        if before := BLANKS.sub(" ", text[at : found.start()]):
            yield before
        if found[1] is not None:
            yield Audio("", html.unescape(found[1]))
        elif said := (found[3] or "").strip():
            yield Audio("", said, voice=found[2] or "en_US")
        at = found.end()
    if rest := BLANKS.sub(" ", text[at:]):
        yield rest


def _trimmed(run: Sequence[Inline]) -> tuple[Inline, ...]:
    """A run of words without blanks and breaks at its ends; words that stand beside each other are one."""
    made: list[Inline] = []
    for node in run:
        if isinstance(node, str):
            last = made[-1] if made else None
            before = last if isinstance(last, str) else ""
            if before:
                made.pop()
            joined = BLANKS.sub(" ", before + node)
            if not made or isinstance(made[-1], Break):
                joined = joined.lstrip(" ")
            if joined:
                made.append(joined)
        elif isinstance(node, Break):
            if made:
                made.append(node)
        else:
            made.append(node)
    while made:
        last = made[-1]
        if isinstance(last, Break) or last == " ":
            made.pop()
        elif isinstance(last, str) and last.endswith(" "):
            made[-1] = last.rstrip(" ")
        else:
            break
    return tuple(made)


def _spread(rows: Sequence[Sequence[Element]]) -> list[list[Element]]:
    """The cells of each row by columns: one that reaches over several rows or columns is in each of them."""
    below: dict[
        int, tuple[Element, int]
    ] = {}  # by column, what reaches down, and how many rows yet
    grid: list[list[Element]] = []
    for row in rows:
        waiting = deque(row)
        made: list[Element] = []
        while waiting or len(made) in below:
            if len(made) in below:
                cell, left = below.pop(len(made))
                wide = 1
            else:
                cell = waiting.popleft()
                wide, left = _span(cell, "colspan"), _span(cell, "rowspan")
            for _ in range(wide):
                if left > 1:
                    below[len(made)] = cell, left - 1
                made.append(cell)
        grid.append(made)
    return grid


def _span(cell: Element, name: str) -> int:
    given = cell.attributes.get(name, "1")
    return min(max(int(given), 1), MOST_SPANNED) if re.fullmatch("[0-9]{1,4}", given) else 1


def _flat(blocks: Iterable[Block]) -> tuple[Inline, ...]:
    """Blocks as one run of words, since a cell of a table holds no others."""
    made: list[Inline] = []
    for block in blocks:
        if made:
            made.append(Break())
        match block:
            case Paragraph():
                made += block.children
            case List():
                for number, item in enumerate(block.items):
                    mark = f"{block.mark(number) or '–'} "
                    made += [*([Break()] if number else []), mark, *_flat(item)]
            case Quote():
                made += _flat(block.blocks)
            case Listing():
                for number, line in enumerate(block.code.split("\n")):
                    made += [*([Break()] if number else []), *([Code(line)] if line else [])]
            case Formula():
                made.append(block)
            case Table():
                for row in (block.head, *block.rows):
                    for cell in row:
                        made += [*cell, " "]
    return tuple(made)
