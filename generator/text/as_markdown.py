"""From a tree to the Markdown that its author would write: `markdown.py` the other way."""

import re
from collections.abc import Iterable, Iterator

from ..late import late
from .clozes import CLOSED
from .ruby import IN_BASE
from .tree import (
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
    Ruby,
    Strong,
    Struck,
    Table,
    Tree,
)

MEANT = late(r"[\\`*\[\]~^$]|\{(?!\{c[0-9])|[<&](?=\S)|\|")
OPENING = late(r"(?=[-+>#=](?:\s|$|>))|(?<=\d)(?=[.)](?:\s|$))")
BEGINNING = late(r"\d{1,9}[.)](?:\s|$)|[-+>](?:\s|$|>)|>|\s")


def markdown(tree: Tree, *, bare: bool = False) -> str:
    """The tree as its author would write it. Signs of words that could mean something in Markdown are escaped, unless `bare`:
    so a reader sees fewer backslashes, and whoever asks must look whether it still says the same.
    """
    return DELETED.sub(_deletion, "\n\n".join(_block(block, bare) for block in tree.blocks))


def languages(tree: Tree, like: Tree) -> Tree:
    """The tree with the languages of code that another version of the same text names, where both have as many blocks of it: a
    field does not tell them.
    """
    named = [each.language for each in _listings(like.blocks)]
    if len(named) != len(list(_listings(tree.blocks))):
        return tree
    return Tree(_named(tree.blocks, iter(named)))


def _listings(blocks: Iterable[Block]) -> Iterator[Listing]:
    for block in blocks:
        match block:
            case Listing():
                yield block
            case List():
                for item in block.items:
                    yield from _listings(item)
            case Quote():
                yield from _listings(block.blocks)
            case _:
                pass


def _named(blocks: Iterable[Block], names: Iterator[str]) -> tuple[Block, ...]:
    def one(block: Block) -> Block:
        match block:
            case Listing():
                return Listing(block.code, next(names))
            case List():
                return List(tuple(_named(item, names) for item in block.items), block.start)
            case Quote():
                return Quote(_named(block.blocks, names))
            case _:
                return block

    return tuple(map(one, blocks))


DELETED = CLOSED


def _deletion(found: re.Match[str]) -> str:
    end = f"::{found[3]}" if found[3] else "::" if "::" in found[2] else ""
    return f"{{{{c{found[1]}::{found[2]}{end}}}}}"


def _block(block: Block, bare: bool) -> str:
    match block:
        case Paragraph():
            said = _said(block.children, bare)
            return said if bare else "\n".join(map(_not_opening, said.split("\n")))
        case List():
            return _list(block, bare)
        case Quote():
            return _indented("\n\n".join(_block(each, bare) for each in block.blocks), "> ", ">")
        case Listing():
            longest = max(map(len, re.findall("`+", block.code)), default=0)
            fence = "`" * max(3, longest + 1)
            return f"{fence}{block.language}\n{block.code}\n{fence}"
        case Formula():
            return f"$${block.tex}$$"
        case Table():
            cells = [
                [_said(cell, bare, in_table=True) for cell in row]
                for row in (block.head, *block.rows)
            ]
            rule = [
                {"": "---", "left": ":--", "center": ":-:", "right": "--:"}[side]
                for side in block.sides
            ]
            return "\n".join(f"| {' | '.join(row)} |" for row in (cells[0], rule, *cells[1:]))


def _not_opening(line: str) -> str:
    """A line of a paragraph that begins no other block, as `- ` and `1. ` would."""
    return OPENING.sub(r"\\", line, count=1) if BEGINNING.match(line) else line


def _list(block: List, bare: bool) -> str:
    tight = all(each.tight for item in block.items for each in item if isinstance(each, Paragraph))
    between = "\n" if tight else "\n\n"
    lines = []
    for number, item in enumerate(block.items):
        mark = "- " if block.start is None else f"{block.start + number}. "
        held = between.join(_block(each, bare) for each in item)
        lines.append(mark + _indented(held, " " * len(mark), "")[len(mark) :])
    return between.join(lines)


def _indented(text: str, by: str, blank: str) -> str:
    return "\n".join(by + line if line else blank for line in text.split("\n"))


def _escaped(words: str) -> str:
    return MEANT.sub(r"\\\g<0>", words)


def _in_cell(source: str) -> str:
    """Words, code or TeX in a cell of a table, where a bar would end it."""
    return source.replace("|", "\\|")


AROUND_WITH: dict[type, str] = {
    Emphasis: "*",
    Strong: "**",
    Struck: "~~",
    Raised: "^",
    Lowered: "~",
}


def _said(nodes: Iterable[Inline], bare: bool, *, in_table: bool = False) -> str:
    said = ""
    for node in nodes:
        match node:
            case str():
                said += (_in_cell(node) if in_table else node) if bare else _escaped(node)
            case Code():
                longest = max(map(len, re.findall("`+", node.words)), default=0)
                ticks = "`" * (longest + 1)
                edge = " " if node.words[:1] in "` " or node.words[-1:] in "` " else ""
                words = _in_cell(node.words) if in_table else node.words
                said += f"{ticks}{edge}{words}{edge}{ticks}"
            case Break():
                said += "\\\n"
            case Formula():
                sign = "$$" if node.display else "$"
                said += f"{sign}{_in_cell(node.tex) if in_table else node.tex}{sign}"
            case Ruby():
                alone = re.fullmatch(f"{IN_BASE}+", node.words)
                mark = "" if alone and not re.search(f"{IN_BASE}$", said) else "｜"
                said += f"{mark}{node.words}{{{node.reading}}}"
            case Image() | Audio():
                said += f"![{_escaped(node.alternative)}]({node.file})"
            case Link():
                address = (
                    f"<{node.address}>" if re.search(r"[()\s]", node.address) else node.address
                )
                quoted = node.title.replace('"', '\\"')
                title = f' "{quoted}"' if quoted else ""
                said += f"[{_said(node.children, bare, in_table=in_table)}]({address}{title})"
            case Foreign():
                spoken = " spoken" if node.spoken else ""
                held = _said(node.children, bare, in_table=in_table)
                said += f"[{held}]{{lang={node.language}{spoken}}}"
            case Emphasis() | Strong() | Struck() | Raised() | Lowered():
                sign = AROUND_WITH[type(node)]
                held = _said(node.children, bare, in_table=in_table)
                if isinstance(node, Raised | Lowered):
                    held = re.sub(r"(?<!\\) ", r"\\ ", held)
                said += f"{sign}{held}{sign}"
    return said
