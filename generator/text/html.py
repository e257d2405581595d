"""The HTML of an Anki field, made from a tree. The one place that escapes."""

import itertools
import json
import re
from collections.abc import Callable, Container, Iterable
from typing import assert_never

from ..languages import voice
from ..late import late
from . import code, spoken
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
    Row,
    Ruby,
    Strong,
    Struck,
    Table,
    Tree,
)

# Anki runs these itself when it meets them in a field; a course has no use for them.
ANKI_COMMANDS = late(r"\[(?=(?:sound|anki):|/?latex\]|/?\$)", re.IGNORECASE)
# Anki counts these in every field of a note with deletions, wherever they stand.
DELETION = late(r"\{\{(?=c[0-9])", re.IGNORECASE)
# Before the name of a file of the course, which gets its name in Anki where the course is known (`published`).
MEDIA = "media:"
MARKED = late(rf'(<img src="|\[sound:){MEDIA}([^"\]]*)((?:" alt="[^"]*")?)')
SPECIAL = re.compile(r'[&<>"\[{]')

UNIT = (
    r"(?:[kMGTcdhmnpµμ]?(?:[mglLsVAWJNB]|mol|Hz|Pa|cal|bar|eq|eV)|mmHg|min|h|d|K|°[CF]?|[%‰€£$¥])"
    r"(?:[²³]|/\w+)?(?![\w])"
)
# The blank between a number and its unit, at which a narrow cell of a table would break.
BEFORE_UNIT = late(rf"(?<=\d) (?={UNIT})")

# Made once, since that takes longer than to encode a note.
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def escaped(text: str) -> str:
    """Words as HTML that reads the same, also between the double quotes of an attribute: nothing in it is a tag, an
    entity, a deletion or a command of Anki.
    """
    if not SPECIAL.search(text):
        return text
    for sign, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(sign, entity)
    return ANKI_COMMANDS.sub("&#91;", DELETION.sub("{&#123;", text))


def shown(file: str, alternative: str) -> str:
    """A picture of the course."""
    return f'<img src="{MEDIA}{escaped(file)}" alt="{escaped(alternative)}">'


def published(html: str, name: Callable[[str], str], photos: Container[str] = ()) -> str:
    """HTML whose files have the names that they have in Anki: `name` gives that of a file of the course. A drawing that holds
    a photograph, one of `photos`, says so, since by night drawings are turned dark.
    """
    if MEDIA not in html:
        return html

    def put(found: re.Match[str]) -> str:
        held = ' class="photo"' if found[2] in photos else ""
        return f"{found[1]}{name(found[2])}{found[3]}{held}"

    return MARKED.sub(put, html)


def script_json(value: object) -> str:
    """A value as JSON that may stand in a script element: no sign in it opens or ends a tag."""
    return _json(value).replace("<", "\\u003c")


def field(tree: Tree) -> str:
    """The tree as HTML on one line: what CommonMark's own renderers write, with spaces instead of line breaks."""
    return " ".join(map(_block, tree.blocks))


def _block(block: Block) -> str:
    match block:
        case Paragraph():
            inner = _inline(block.children)
            return inner if block.tight else f"<p>{inner}</p>"
        case List():
            items = " ".join(map(_item, block.items))
            if block.start is None:
                return f"<ul> {items} </ul>"
            start = "" if block.start == 1 else f' start="{block.start}"'
            form = "" if block.form == "1" else f' type="{block.form}"'
            return f"<ol{form}{start}> {items} </ol>"
        case Table():
            head = _cells("th", block.head, block)
            rows = "".join(_cells("td", row, block) for row in block.rows)
            return f"<table><thead>{head}</thead><tbody>{rows}</tbody></table>"
        case Quote():
            return f"<blockquote> {' '.join(map(_block, block.blocks))} </blockquote>"
        case Listing():
            return f"<pre><code>{'<br>'.join(map(_line, code.lines(block)))}</code></pre>"
        case Formula():
            return f"<p>{_formula(block)}</p>"
        case _:
            assert_never(block)


def _cells(tag: str, row: Row, table: Table) -> str:
    """A row of a table."""
    sides = (f' style="text-align: {side}"' if side else "" for side in table.sides)
    cells = (
        f"<{tag}{side}>{_inline(map(_bound, cell))}</{tag}>"
        for side, cell in zip(sides, row, strict=False)
    )
    return f"<tr>{''.join(cells)}</tr>"


def _bound(node: Inline) -> Inline:
    """What stands in a cell of a table, with numbers that hold to their units."""
    return BEFORE_UNIT.sub("\u00a0", node) if isinstance(node, str) else node


def _line(line: Iterable[code.Piece]) -> str:
    """A line of code. Anki's editor keeps blanks in `<pre>`, and `<br>` where a line break would be lost."""
    return "".join(
        f'<span class="{piece.kind}">{escaped(piece.words)}</span>'
        if piece.kind
        else escaped(piece.words)
        for piece in line
    )


def _formula(formula: Formula) -> str:
    """A formula as Anki's MathJax reads it. No brace of it can end a deletion by chance."""
    tex = escaped(formula.tex)
    return f"\\[{tex}\\]" if formula.display else f"\\({tex}\\)"


def _spoken(node: Foreign) -> str:
    """What Anki has read out: a button on the card. No bracket of the words can end the command."""
    words = escaped(spoken.words(node)).replace("[", "&#91;")
    return f"[anki:tts lang={voice(node.language)}]{words}[/anki:tts]"


def _item(blocks: Iterable[Block]) -> str:
    """An item of a list. Blocks with tags of their own have a space before, between and after them."""
    inner = ""
    for tight, run in itertools.groupby(blocks, lambda b: isinstance(b, Paragraph) and b.tight):
        space = "" if tight else " "
        inner += space + space.join(map(_block, run)) + space
    return f"<li>{inner}</li>"


def _inline(nodes: Iterable[Inline]) -> str:
    return "".join(map(_tagged, nodes))


def _tagged(node: Inline) -> str:  # noqa: C901, PLR0912 - a case for each
    match node:
        case str():
            return escaped(node)
        case Code():
            return f"<code>{escaped(node.words)}</code>"
        case Break():
            return "<br> "
        case Emphasis():
            return f"<em>{_inline(node.children)}</em>"
        case Strong():
            return f"<strong>{_inline(node.children)}</strong>"
        case Struck():
            return f"<s>{_inline(node.children)}</s>"
        case Raised():
            return f"<sup>{_inline(node.children)}</sup>"
        case Lowered():
            return f"<sub>{_inline(node.children)}</sub>"
        case Ruby():
            reading = f"<rp>(</rp><rt>{escaped(node.reading)}</rt><rp>)</rp>"
            return f"<ruby>{escaped(node.words)}{reading}</ruby>"
        case Foreign():
            words = f'<span lang="{escaped(node.language)}">{_inline(node.children)}</span>'
            return f"{words} {_spoken(node)}" if node.spoken else words
        case Formula():
            return _formula(node)
        case Image():
            return shown(node.file, node.alternative)
        case Audio() if node.voice:
            words = escaped(node.file).replace("[", "&#91;")
            return f"[anki:tts lang={node.voice}]{words}[/anki:tts]"
        case Audio():
            said = escaped(node.alternative)
            return f'<span class="sound" title="{said}">[sound:{MEDIA}{node.file}]</span>'
        case Link():
            title = f' title="{escaped(node.title)}"' if node.title else ""
            return f'<a href="{escaped(node.address)}"{title}>{_inline(node.children)}</a>'
        case _:
            assert_never(node)
