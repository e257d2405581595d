"""A text to its tree. The only import of markdown-it and its plugins.

What is read is written down in docs/format.md: emphasis, strong, struck, raised and lowered words, code, links, lists, tables,
quotations, formulas, pictures and sounds. Nothing else is switched on; `unread.py` says what looks as if it were meant to be.
"""

import functools
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple, cast

from ..languages import SPOKEN
from ..late import late
from ..media import names
from ..texts import Html, Line, Text
from . import fields, formula, ruby, stars
from .made import Made
from .scripts import WIDE
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

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

# A text without any of these signs, links or openings reads the same with and without Markdown (see `_marked`).
SIGNS = re.compile(r"[*~^$`\\\n\r\0]")
OPENING = late(r"[-+>\s]|[0-9]+[.)]")
ESCAPED = late(r"\\([!-/:-@\[-`{-~])")
# A picture or a sound: its alternative text, and the name of its file, in which blanks may stand.
SHOWN = late(r"!\[(?P<alternative>(?:\\.|[^\[\]\\])*)\]\((?P<file>[^()\n]*)\)", re.DOTALL)
# The language of the words in brackets before it, and whether they are spoken: `[駅]{lang=ja}`, `[駅]{lang=ja spoken}`.
LANGUAGE = late(rf"\{{lang=([A-Za-z]{{2,8}}(?:-[A-Za-z0-9]{{1,8}})*)({SPOKEN})?\}}")
# The end of a line between two characters of Chinese or Japanese, which is no blank.
BETWEEN_WIDE = late(f"(?<=[{WIDE}])\n(?=[{WIDE}])")
AFTER_WIDE = late(f"\\A\n(?=[{WIDE}])")
# What begins where no code or formula can go on that began before.
BEGINNING = frozenset(("paragraph_open", "tr_open", "fence", "math_block"))
# How deep emphasis, strong and links may stand in one another; deeper ones are dropped, and their words kept. Neither Typst
# nor our own functions can walk a tree of any depth. Lists are limited by markdown-it itself.
DEEPEST = 10


def to_tree(text: Text) -> Tree:
    """What a text says. A `Line` is read as inline Markdown, `Html` as HTML, any other text as paragraphs and other blocks; of one
    that is `Made`, each part as what it is.
    """
    return text.joined([*map(to_tree, text.parts)]) if isinstance(text, Made) else _read(text)


@functools.lru_cache(maxsize=None, typed=True)  # checks, packages and pages ask for the same texts
def _read(text: Text) -> Tree:
    if isinstance(text, Html):
        return fields.tree(text)
    words = unmarked(text)
    if words is None:
        return _parsed(text)
    return _alone((words,) if words else ())


def unmarked(text: Text) -> str | None:
    """The words of a text that has no markup, but for escaped characters; None for a text that must be parsed."""
    if "\\" not in text:
        return None if _marked(text) else str(text)
    # Without a pattern for the brackets of a gap, which most texts with a backslash have: it takes four times as long.
    bare = text.replace("\\[", "x").replace("\\]", "x")
    if "\\" not in bare:
        return None if _marked(bare) else text.replace("\\[", "[").replace("\\]", "]")
    return None if _marked(ESCAPED.sub("x", text)) else ESCAPED.sub(_second, text)


def _second(found: re.Match[str]) -> str:
    return found[0][1]


def _marked(text: str) -> bool:
    """Whether Markdown may mean something in a text. One pattern for all this would take three times as long."""
    begins = not text[:1].isalpha() and OPENING.match(text)
    return bool(
        begins
        or SIGNS.search(text)
        or "](" in text
        or text[-1:].isspace()
        or ("{" in text and ("]{lang=" in text or ruby.any_in(text)))
    )


def paragraphs(text: Text) -> Iterator[str]:
    """Each paragraph as it is written, line by line, without the marks of the list or quotation that holds it."""
    if isinstance(text, Line) or "\n" not in text:
        return
    inside = ""
    for token in _tokens(text):
        if token.type == "inline" and inside == "paragraph_open":
            yield token.content
        inside = token.type


def parts(text: str) -> list[str]:
    """A text in pieces, which together are the text: each begins where a paragraph, a row of a table or a block of code or of a
    formula does. No code and no formula goes on from one to the next.
    """
    if "\n" not in text:
        return [text]
    lines = re.split(r"(?<=\n)", text)
    begins = {token.map[0] for token in _tokens(text) if token.map and token.type in BEGINNING}
    edges = [0, *sorted(begins - {0}), len(lines)]
    return ["".join(lines[first:last]) for first, last in itertools.pairwise(edges)]


class Held(NamedTuple):
    """A table, or a paragraph that a list or a quotation holds: its first line, and the first behind it."""

    first: int
    last: int
    table: bool


def held(text: Text) -> Iterator[Held]:
    """Each table of a text, and each paragraph in a list or quotation. What looks like a list and is none holds nothing."""
    if isinstance(text, Line) or "\n" not in text:
        return
    tokens = _tokens(text)
    holding: list[bool] = []  # of each list or quotation in which we are, from the outside
    for at, token in enumerate(tokens):
        if token.type in {"blockquote_open", "bullet_list_open", "ordered_list_open"}:
            holding.append(token.type == "blockquote_open" or any(holding) or _is_list(tokens, at))
        elif token.type in {"blockquote_close", "bullet_list_close", "ordered_list_close"}:
            holding.pop()
        elif token.map and (
            token.type == "table_open" or (token.type == "paragraph_open" and any(holding))
        ):
            yield Held(token.map[0], token.map[1], token.type == "table_open")


@functools.lru_cache(maxsize=2)  # asked for several times of one text
def _tokens(text: str) -> Sequence["Token"]:
    return _parser(links=False, languages=False).parse(text)


def _is_list(tokens: Sequence["Token"], at: int) -> bool:
    """Whether the list that begins here is one of the text (see `_ordered`)."""
    items = []
    for token in tokens[at + 1 :]:
        if token.level == tokens[at].level:
            break
        if token.type == "list_item_open" and token.level == tokens[at].level + 1:
            items.append(token.info)
    return len(items) > 1 and (not items[0] or _counted([*map(int, items)]))


def _counted(numbers: Sequence[int]) -> bool:
    """Whether the numbers of a list count on, or are all the same."""
    first = numbers[0]
    return list(numbers) in (list(range(first, first + len(numbers))), [first] * len(numbers))


def _parsed(text: Text) -> Tree:
    parser = _parser(links="](" in text, languages="]{lang=" in text)
    if isinstance(text, Line):
        (line,) = parser.parseInline(text)
        return _alone(_inline(line.children or ()))
    match _blocks(iter(parser.parse(text))):
        case (Paragraph(children),):
            return _alone(children)
        case blocks:
            return Tree(blocks)


@functools.cache
def _parser(*, links: bool, languages: bool) -> "MarkdownIt":
    """The parser for texts with links or languages, or for those without: there it need not look for one at each bracket, which
    takes long.
    """
    # These take a tenth of a second, which a course without markup saves.
    from markdown_it import MarkdownIt
    from mdit_py_plugins.dollarmath import dollarmath_plugin
    from mdit_py_plugins.subscript import sub_plugin
    from mdit_py_plugins.superscript import superscript_plugin

    inline = [
        "emphasis",
        "strikethrough",
        "backticks",
        "newline",
        "escape",
        *["link", "image"] * links,
    ]
    # What is not on the library's list of safe schemes (javascript:, data:) stays text.
    parser = MarkdownIt("zero", {"html": False}).enable(
        [*inline, "list", "table", "blockquote", "fence"]
    )
    parser.use(sub_plugin).use(superscript_plugin)
    parser.use(dollarmath_plugin, allow_labels=False, allow_blank_lines=False)
    _with_formulas(parser)
    _with_stars(parser)
    _with_files(parser)
    parser.inline.ruler.push("ruby", _reading)
    if languages:
        parser.inline.ruler.before("link", "language", _language)
    return parser


def _with_formulas(parser: "MarkdownIt") -> None:
    """Between dollar signs stands a formula where `formula.found` says so."""

    def between_dollars(state: "StateInline", silent: bool) -> bool:
        if state.src[state.pos] != "$" or not (made := formula.found(state.src, state.pos)):
            return False
        if not silent:
            kind = "math_inline_double" if made["alone"] else "math_inline"
            token = state.push(kind, "math", 0)
            token.content = made["alone"] or made["line"]
        state.pos = made.end()
        return True

    parser.inline.ruler.at("math_inline", between_dollars)
    from mdit_py_plugins.dollarmath.index import math_block_dollar

    on_lines = math_block_dollar(allow_labels=False, allow_blank_lines=False)

    def ends_paragraph(state: "StateBlock", first: int, last: int) -> bool:
        # Only signs that stand alone: what begins on their line is part of the paragraph.
        begins = slice(state.bMarks[first] + state.tShift[first], state.eMarks[first])
        line = state.line
        if state.src[begins].strip() != "$$" or not on_lines(state, first, last, True):
            return False
        state.tokens.pop()  # which the library makes though it was only asked
        state.line = line
        return True

    def block(state: "StateBlock", first: int, last: int, silent: bool) -> bool:
        return ends_paragraph(state, first, last) if silent else on_lines(state, first, last, False)

    parser.block.ruler.at("math_block", block, {"alt": ["paragraph", "blockquote", "list"]})


def _with_stars(parser: "MarkdownIt") -> None:
    """Stars are emphasis where `stars.sides` says so; `_` is a sign like any other: names such as `__init__` have it."""
    from markdown_it.rules_inline.state_inline import Delimiter

    def tokenized(state: "StateInline", silent: bool) -> bool:
        if silent or state.src[state.pos] != "*":
            return False
        run = state.scanDelims(state.pos, True)
        opens, closes = stars.sides(state.src, state.pos, run.length)
        begins, ends = stars.beside_wide(state.src, state.pos, run.length)
        for _ in range(run.length):
            token = state.push("text", "", 0)
            token.content = "*"
            state.delimiters.append(
                Delimiter(
                    marker=ord("*"),
                    length=run.length,
                    token=len(state.tokens) - 1,
                    end=-1,
                    open=(run.can_open or begins) and opens,
                    close=(run.can_close or ends) and closes,
                )
            )
        state.pos += run.length
        return True

    parser.inline.ruler.at("emphasis", tokenized)


def _with_files(parser: "MarkdownIt") -> None:
    """`![words](file)` shows a file of the course; what is no name of one stays as it is, and `unread.py` says so."""

    def shown(state: "StateInline", silent: bool) -> bool:
        found = SHOWN.match(state.src, state.pos)
        if not found or not is_file(found["file"]):
            return False
        if not silent:
            token = state.push("image", "", 0)
            token.content = " ".join(ESCAPED.sub(_second, found["alternative"]).split())
            token.info = found["file"].strip()
        state.pos = found.end()
        return True

    parser.inline.ruler.at("image", shown)


def _reading(state: "StateInline", silent: bool) -> bool:
    """`漢字{かんじ}`: a reading over the words before it."""
    if state.src[state.pos] != "{" or silent:
        return False
    found = ruby.HERE.match(state.src, state.pos)
    parted = ruby.base_before(state.pending) if found else None
    if not found or not parted:
        return False
    state.pending, base = parted
    token = state.push("ruby", "", 0)
    token.content, token.info = base, found[1]
    state.pos = found.end()
    return True


def _language(state: "StateInline", silent: bool) -> bool:
    """`[駅]{lang=ja}`, `[駅]{lang=ja spoken}`: words in another language."""
    if state.src[state.pos] != "[":
        return False
    start, most = state.pos + 1, state.posMax
    end = state.md.helpers.parseLinkLabel(state, state.pos)
    found = LANGUAGE.match(state.src, end + 1) if end >= start else None
    if not found or found.end() > most:
        return False
    if not silent:
        token = state.push("lang_open", "span", 1)
        token.info, token.markup = found[1], found[2] or ""
        state.pos, state.posMax = start, end
        state.md.inline.tokenize(state)
        state.push("lang_close", "span", -1)
    state.pos, state.posMax = found.end(), most
    return True


def is_file(name: str) -> bool:
    """Whether a text can show a file of this name: it is plain, and its ending is that of a picture or a sound."""
    name = name.strip()
    return names.plain(name) and names.ending(name) in {*names.PICTURES, *names.SOUNDS}


def _alone(children: tuple[Inline, ...]) -> Tree:
    """The tree of a text that is one line or one paragraph."""
    return Tree((Paragraph(children, tight=True),)) if children else Tree()


def _blocks(tokens: Iterator["Token"], *, in_list: bool = False) -> tuple[Block, ...]:  # noqa: PLR0912
    """The blocks up to the end of the item or quotation that holds them, or of the text. One item alone is a list only in another
    one.
    """
    blocks: list[Block] = []
    tight = False
    for token in tokens:
        match token.type:
            case "paragraph_open":
                tight = token.hidden
            case "inline":
                blocks.append(Paragraph(_inline(token.children or ()), tight))
            case "bullet_list_open":
                items = list(_items(tokens))
                if len(items) > 1 or in_list:
                    blocks.append(List(tuple(held for _, held in items)))
                else:
                    blocks += _marked_paragraphs(*items[0])
            case "ordered_list_open":
                blocks += _ordered(tokens)
            case "table_open":
                blocks.append(_table(tokens))
            case "blockquote_open":
                blocks.append(Quote(_blocks(tokens)))
            case "fence":
                blocks.append(
                    Listing(token.content.removesuffix("\n").expandtabs(4), token.info.strip())
                )
            case "math_block":
                blocks.append(Formula(token.content.strip(), display=True))
            case "list_item_close" | "blockquote_close":
                break
            case _:  # the end of a paragraph
                pass
    return tuple(blocks)


def _items(tokens: Iterator["Token"]) -> Iterator[tuple[str, tuple[Block, ...]]]:
    """The items up to the end of their list, each with its mark, such as `3.`; none in a list without numbers."""
    while (token := next(tokens)).type == "list_item_open":
        yield f"{token.info}{token.markup}", _blocks(tokens, in_list=True)


def _ordered(tokens: Iterator["Token"]) -> Iterator[Block]:
    """A list with numbers; but one whose numbers do not count on, such as “3. October 1990”, is no list, only paragraphs."""
    items = list(_items(tokens))
    numbers = [int(mark[:-1]) for mark, _ in items]
    if len(items) > 1 and _counted(numbers):
        yield List(tuple(blocks for _, blocks in items), numbers[0])
        return
    for mark, blocks in items:
        yield from _marked_paragraphs(mark, blocks)


def _marked_paragraphs(mark: str, blocks: tuple[Block, ...]) -> Iterator[Block]:
    """What a list's item holds that is none, with the mark that it began with."""
    match blocks:
        case (Paragraph(children), *rest):
            first = children[0] if children else ""
            if isinstance(first, str):
                yield Paragraph((f"{mark} {first}" if first else mark, *children[1:]))
            else:
                yield Paragraph((f"{mark} ", *children))
            yield from rest
        case _:
            yield Paragraph((mark,))
            yield from blocks


def _table(tokens: Iterator["Token"]) -> Table:
    """The table that has begun, up to its end."""
    rows: list[Row] = []
    cells: list[tuple[Inline, ...]] = []
    sides: list[str] = []
    for token in tokens:
        match token.type:
            case "tr_open":
                cells = []
            case "th_open":
                sides.append(str(token.attrs.get("style", "")).removeprefix("text-align:"))
            case "inline":
                cells.append(_inline(token.children or ()))
            case "tr_close":
                rows.append(tuple(cells))
            case "table_close":
                break
            case _:
                pass
    aligned = cast("tuple[Literal['', 'left', 'center', 'right'], ...]", tuple(sides))
    return Table(rows[0], tuple(rows[1:]), aligned)


def _inline(tokens: Iterable["Token"]) -> tuple[Inline, ...]:
    nodes: list[Inline] = []
    # The opening tokens that are not closed yet, each with the nodes before it.
    opened: list[tuple[Token, list[Inline]]] = []
    for is_text, run in itertools.groupby(
        tokens, lambda token: token.type in {"text", "softbreak"}
    ):
        if is_text:
            words = "".join("\n" if t.type == "softbreak" else t.content for t in run)
            if "\n" in words:
                if isinstance(nodes[-1] if nodes else None, Ruby):
                    words = AFTER_WIDE.sub("", words)
                words = BETWEEN_WIDE.sub("", words).replace("\n", " ")
            if words:
                _say(nodes, words)
            continue
        for token in run:
            if token.nesting == 1:
                opened.append((token, nodes))
                nodes = nodes if len(opened) > DEEPEST else []
            elif token.nesting == -1:
                sign, before = opened.pop()
                if before is not nodes:
                    before.append(_around(sign, tuple(nodes)))
                    nodes = before
            else:
                nodes.append(_single(token))
    return tuple(nodes)


def _say(nodes: list[Inline], words: str) -> None:
    """Add words to those before them, or as the first ones."""
    last = nodes[-1] if nodes else None
    if isinstance(last, str):
        nodes[-1] = last + words
    else:
        nodes.append(words)


def _single(token: "Token") -> Inline:
    match token.type:
        case "code_inline":
            return Code(token.content)
        case "math_inline":
            return Formula(token.content)
        case "ruby":
            return Ruby(token.content, token.info)
        case "math_inline_double":
            return Formula(token.content.strip(), display=True)
        case "image":
            kind = Audio if names.ending(token.info) in names.SOUNDS else Image
            return kind(token.content, token.info)
        case _:
            return Break()


def _around(sign: "Token", children: tuple[Inline, ...]) -> Inline:
    match sign.type:
        case "em_open":
            return Emphasis(children)
        case "strong_open":
            return Strong(children)
        case "s_open":
            return Struck(children)
        case "sup_open":
            return Raised(children)
        case "sub_open":
            return Lowered(children)
        case "lang_open":
            return Foreign(children, sign.info, spoken=bool(sign.markup))
        case "link_open":
            title = str(sign.attrs.get("title", "")).replace("\n", " ")
            return Link(children, str(sign.attrs["href"]), title)
        case other:
            raise AssertionError(other)  # pragma: no cover
