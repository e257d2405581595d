"""The data of a page as JSON for the Typst templates, with marks where lines may and may not break.

A tree becomes nodes that a template can walk: strings and `{"t": …, "c": [nodes]}`, where `t` is one of p, ul, ol, li, quote,
em, strong, struck, sup, sub, code, link, br, ruby (the words, and their reading as `over`), lang (in the language `lang` of a
`region`), whole (never broken), ltr and rtl (it runs that way, and its course the other one). A link has `href`, an `ol` the
number of its first item as `start`. A `table` has rows of cells, the first of them its head, and `sides`; a `listing` has lines
of pieces, each with its `kind` as `t`; a `formula` has its drawing; an `image` its `file`, and as `c`, like a `sound`, its
alternative text. What no blank parts is a run (`runs.py`). No text is ever read as Typst's own markup.
"""

import functools
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from typing import assert_never

from ..late import late
from ..text import code, formula, scripts
from ..text.html import BEFORE_UNIT
from ..text.scripts import RIGHT_TO_LEFT, Direction
from ..text.tree import (
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
    lettered,
    plain,
)
from ..texts import Plain
from .pagedata import Shown, Sources, Value
from .runs import Json, attach, fit, is_word, with_runs

# A long word, unless signs make it a part of a path or a name; and an address.
LONG = late(r"://\S+|\bwww\.\S+|(?<![/\\.:@=&#~|+*%])\w{26,}(?![/\\.:@=&#~|+*%]\w)")
# A source that may be too long for a line; no other has runs.
LONG_SOURCE = late(r"\S{30,}")
# Spaces that become no-break spaces: between “ch.” and its number, between a number and its unit, and before a last word of up
# to five letters; in sources also those of YEAR, before a year and after “&”.
BOUND = late(rf"(?<=\.) (?=\d)|(?<=\d) (?=[°%‰])|{BEFORE_UNIT.pattern}| (?=\S{{1,5}}$)")
YEAR = late(r"(?<=\w) (?=(?:1[5-9]|20)\d\d\b)|(?<=&) ")
# What is kept on one line: compounds such as “two-column”, and a number with a dash and another one.
COMPOUND = r"(?<![-\w])(?=[-\w]{3,20}(?![-\w]))[^\W\d_]+(?:-[^\W\d_]+)+"
RANGE = r"[^\s\u00a0]{0,12}\d–\d[^\s\u00a0]{0,12}"
WHOLE = late(f"({RANGE}|{COMPOUND})")
# In sources a hyphen between two numbers becomes a dash.
HYPHEN = late(r"(?<=\d)-(?=\d)")


def page(*parts: Shown, direction: Direction = "ltr") -> dict[str, Json]:
    """What a template reads, as JSON: the fields of all parts beside each other. `direction` is that of the course."""
    return {
        entry.name: for_typst(getattr(part, entry.name), direction)
        for part in parts
        for entry in fields(part)
    }


def for_typst(value: Value, direction: Direction = "ltr") -> Json:
    """The data of a page as JSON for the templates, each text with its breaks."""
    match value:
        case Tree():
            return nodes(value, direction)
        case Shown():
            return page(value, direction=direction)
        case Sources():
            made = cited(value)
            return _without_boxes(made) if direction == "rtl" else made
        case Plain():
            return soft(value)
        case None | bool() | int() | float() | str():
            return value
        case Mapping():
            return {name: for_typst(held, direction) for name, held in value.items()}
        case _:
            return [for_typst(held, direction) for held in value]


@functools.lru_cache(maxsize=20000)
def nodes(tree: Tree, direction: Direction = "ltr") -> list[Json]:
    """A text as nodes; one that runs another way than its course is marked so."""
    made = _blocks(tree.blocks)
    said = plain(tree)
    if direction == "rtl" or not (said.isascii() or RIGHT_TO_LEFT.search(said) is None):
        made = _without_boxes(made)
        own = scripts.direction(said, direction)
        made = _isolated(made) if own == "rtl" else made
        return made if own == direction else [{"t": own, "c": made}]
    return made


def _without_boxes(made: list[Json]) -> list[Json]:
    """Nodes without boxes around compounds. Among words that run the other way a box has no direction, and would change places."""
    return [_without_box(node) for node in made]


def _without_box(node: Json) -> Json:
    match node:
        case {"t": "whole", "c": [words]}:
            return words
        case dict():
            return {name: _without_box(held) for name, held in node.items()}
        case list():
            return _without_boxes(node)
        case _:
            return node


def _isolated(made: list[Json]) -> list[Json]:
    """Nodes in which code keeps its own way among words from right to left, between the signs that isolate it."""
    return [_isolated_code(node) for node in made]


def _isolated_code(node: Json) -> Json:
    match node:
        case {"t": "code", "c": [*pieces]}:
            return {"t": "code", "c": ["\u2066", *pieces, "\u2069"]}
        case dict():
            return {name: _isolated_code(held) for name, held in node.items()}
        case list():
            return _isolated(node)
        case _:
            return node


def _blocks(blocks: Iterable[Block]) -> list[Json]:
    made: list[Json] = []
    for block in blocks:
        match block:
            case Paragraph():
                for inner in _around_formulas(_inline(block.children)):
                    own = block.tight or _displayed(inner[0])
                    made += fit(inner if own else [{"t": "p", "c": inner}])
            case List():
                attach(made, _list(lettered(block)))
            case Table():
                lines = [*([block.head] if block.head else []), *block.rows]
                rows: list[Json] = [[fit(_inline(cell)) for cell in row] for row in lines]
                headless: dict[str, Json] = {} if block.head else {"headless": True}
                table: dict[str, Json] = {
                    "t": "table",
                    "c": [],
                    "rows": rows,
                    "sides": [*block.sides],
                }
                made.append(table | headless)
            case Quote():
                made.append({"t": "quote", "c": _blocks(block.blocks)})
            case Listing():
                made.append({"t": "listing", "c": [], "lines": _lines(block)})
            case Formula():
                made.append(_formula(block))
            case _:
                assert_never(block)
    return made


def _list(given: List) -> Json:
    items: list[Json] = [{"t": "li", "c": _blocks(item)} for item in given.items]
    if given.start is None:
        return {"t": "ul", "c": items}
    form: dict[str, Json] = {} if given.form == "1" else {"form": given.form}
    counted: dict[str, Json] = {"t": "ol", "c": items, "start": given.start}
    return counted | form


def _displayed(node: Json) -> bool:
    return isinstance(node, dict) and node.get("display") is True


def _around_formulas(inline: list[Json]) -> list[list[Json]]:
    """A paragraph as what stands between its displayed formulas, and these: they are blocks, which no paragraph can hold."""
    parts: list[list[Json]] = []
    for shown, group in itertools.groupby(inline, key=_displayed):
        nodes_ = [*group]
        parts += [[each] for each in nodes_] if shown else [nodes_]
    return [trimmed for part in parts if (trimmed := _trimmed(part))] if len(parts) > 1 else parts


def _trimmed(part: list[Json]) -> list[Json]:
    """Inline nodes without blanks at both ends."""
    made = [*part]
    if made and isinstance(made[0], str):
        made[0] = made[0].lstrip()
    if made and isinstance(made[-1], str):
        made[-1] = made[-1].rstrip()
    return [each for each in made if each]


def _within(children: Iterable[Inline]) -> list[Json]:
    """What stands within emphasis, a link and the like, where a displayed formula is one in the line."""
    made = _inline(children)
    return [
        each | {"display": False} if isinstance(each, dict) and _displayed(each) else each
        for each in made
    ]


def _inline(children: Iterable[Inline]) -> list[Json]:  # noqa: C901, PLR0912 - a case for each
    made: list[Json] = []
    for node in children:
        match node:
            case str():
                made += _pieces(node)
            case Code():
                made.append(_code(node.words))
            case Break():
                made.append({"t": "br", "c": []})
            case Emphasis():
                made.append({"t": "em", "c": _within(node.children)})
            case Strong():
                made.append({"t": "strong", "c": _within(node.children)})
            case Struck():
                made.append({"t": "struck", "c": _within(node.children)})
            case Raised():
                made.append({"t": "sup", "c": _within(node.children)})
            case Lowered():
                made.append({"t": "sub", "c": _within(node.children)})
            case Ruby():
                made.append({"t": "ruby", "c": [node.words], "over": node.reading})
            case Foreign():
                language, _, rest = node.language.partition("-")
                region = next((part for part in rest.upper().split("-") if len(part) == 2), None)
                inner = _within(node.children)
                made.append({"t": "lang", "c": inner, "lang": language.lower(), "region": region})
            case Formula():
                made += _in_lines(node) if node.kept else [_formula(node)]
            case Image():
                made.append({"t": "image", "c": [node.alternative], "file": node.file})
            case Audio():
                made.append({"t": "sound", "c": _pieces(node.alternative)})
            case Link():
                made.append({"t": "link", "c": _within(node.children), "href": node.address})
            case _:
                assert_never(node)
    return with_runs(_loose(made))


def _loose(inline: list[Json]) -> list[Json]:
    """Inline nodes in which no words hold to something wide before them."""
    for at, (one, two) in enumerate(itertools.pairwise(inline), 1):
        wide = isinstance(one, dict) and one["t"] in {"formula", "image"}
        if wide and isinstance(two, str) and two.startswith("\u00a0"):
            inline[at] = " " + two[1:]
    return inline


def _lines(listing: Listing) -> list[Json]:
    """The lines of code, each as pieces."""
    return [
        [{"t": piece.kind, "c": [piece.words]} for piece in line] for line in code.lines(listing)
    ]


def _in_lines(node: Formula) -> Iterator[Json]:
    """A formula that came from Anki: one that cannot be drawn as its TeX, a wide one in parts between which lines break."""
    if formula.fault(node.tex):
        yield _code(node.tex)
        return
    parts = formula.parts(node.tex, display=node.display)
    for number, part in enumerate(parts):
        if number and not (part.words or parts[number - 1].words):
            yield " "
        if part.words:
            yield from _pieces(part.said)
        else:
            yield _formula(Formula(part.said, display=node.display and len(parts) == 1))


def _formula(node: Formula) -> Json:
    """A formula as its drawing, with its TeX as alternative text."""
    made = formula.drawn(node.tex, display=node.display)
    if made is None:  # an empty part; a course with such a formula of its own is not printed
        return {"t": "code", "c": [node.tex]}
    return {
        "t": "formula",
        "c": [node.tex],
        "svg": made.svg,
        "width": round(made.width, 4),
        "height": round(made.height, 4),
        "depth": round(made.depth, 4),
        "display": node.display,
    }


def _pieces(words: str) -> list[Json]:
    """Some words, with what of them is kept on one line."""
    return _whole(soft(words))


def _code(words: str) -> Json:
    """Code in a line, in which no hyphen hides."""
    return {"t": "code", "c": with_runs(_whole(_bound(words)), named=True)}


def _whole(words: str) -> list[Json]:
    if "-" not in words and "–" not in words:
        return [words]
    pieces = enumerate(WHOLE.split(words))
    return [{"t": "whole", "c": [piece]} if at % 2 else piece for at, piece in pieces if piece]


@functools.cache
def soft(words: str) -> str:
    """Words with soft hyphens where they are very long, so that they can break at the edge of a column; and bound."""
    return LONG.sub(_parted, _bound(words))


def _bound(words: str) -> str:
    """Words with no-break spaces before “·”, where it stands between two things, and where `BOUND` says."""
    return BOUND.sub("\u00a0", words.replace(" · ", "\u00a0· "))


def _parted(word: re.Match[str]) -> str:
    """A very long word with soft hyphens. A run of letters without blanks is none: its script breaks anywhere, without a hyphen.
    Nor is a name or a number, in which a hyphen would be wrong.
    """
    if not word[0].isascii() and scripts.UNSPACED.search(word[0]):
        return scripts.SPACED.sub(lambda part: LONG.sub(_parted, part[0]), word[0])
    if not is_word(word[0]):
        return word[0]
    return "\u00ad".join(re.findall(".{1,10}", word[0]))


def cited(sources: str) -> list[Json]:
    """A line of sources. A source that is short enough for any column is never broken."""
    bound = HYPHEN.sub("–", YEAR.sub("\u00a0", sources))
    made = _whole(
        "; ".join(
            each.replace(" ", "\u00a0") if len(each) <= 36 else soft(each)
            for each in bound.split("; ")
        )
    )
    return fit(with_runs(made)) if LONG_SOURCE.search(bound) else made
