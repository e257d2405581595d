"""What no blank parts and what may be wider than a narrow column: a run, among the nodes that `breaks.py` makes of a text.

Only where it is wider than its column, it breaks: a word by hyphens, a name and code at each gap, where nothing is shown. It
stands in a fit, which asks Typst how wide its column is.
"""

from typing import TypeAlias

from ..late import late
from ..text import scripts

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"

# Letters that no blank parts: fewer are wider than no column. Capitals are wider than others, and half as many are as many.
UNPARTED = late(r"[^ \n]{12,}")
NARROW = 18
CAPITALS = late(r"[A-ZÄÖÜ@%]")
# Where lines break by themselves: behind a blank, a soft hyphen and some signs, and where a script sets no blanks.
BLANKS = late(r"(?<=[ \n])")
ENDS = late(
    rf"(?<=[\u00ad\u200b])|(?<=[-–—/|}}?!])(?=[^\W\d_])"
    rf"|(?<=[{scripts.WITHOUT_BLANKS}\uac00-\ud7a3])|(?=[{scripts.WITHOUT_BLANKS}\uac00-\ud7a3])"
)
# Typst itself breaks an address behind its signs.
ADDRESS = late(r"://|\bwww\.")
# Where a name, a path or code breaks first: behind a sign before what it leads to, before a backslash, before a capital.
GAPS = late(
    r"(?<=[/:,;=_()&|?+*<>@#~!%^\]}-])(?=[^\W_]|[\"'])|(?<=\.)(?=[^\W\d_])|(?<=[^\\])(?=\\)|(?<=[a-z\d])(?=[A-Z])"
)
# What breaks by hyphens: letters alone, without a capital among them, and the signs around them.
WORD = late(r"\W*([^\W\d_]+)\W*")
# What lines break beside.
BOXES = frozenset({"br", "formula", "image", "link", "ruby", "sound", "whole"})
GAP: Json = {"t": "gap", "c": []}


def is_word(letters: str) -> bool:
    """Whether letters are a word. One with capitals among its letters is a name or a sequence, such as ATGC."""
    word = WORD.fullmatch(letters)
    return word is not None and word[1][1:].lower() == word[1][1:]


def fit(made: list[Json]) -> list[Json]:
    """The nodes of one paragraph; in a fit where a run is among them."""
    return [{"t": "fit", "c": made}] if any(map(_has_run, made)) else made


def attach(made: list[Json], list_: Json) -> None:
    """Add a list to blocks, into the fit of the paragraph before it where there is one: it stands nearer to that than to others."""
    match made:
        case [*_, {"t": "fit", "c": [*words]}]:
            made[-1] = {"t": "fit", "c": [*words, list_]}
        case _:
            made.append(list_)


def _has_run(node: Json) -> bool:
    return isinstance(node, dict) and (node["t"] == "run" or any(map(_has_run, _children(node))))


def _children(node: Json) -> list[Json]:
    inner = node["c"] if isinstance(node, dict) else []
    return inner if isinstance(inner, list) else []


def _said(node: Json) -> str:
    """What is set of a node; a blank for what lines break beside."""
    if isinstance(node, dict):
        return " " if node["t"] in BOXES else "".join(map(_said, _children(node)))
    return str(node)


def with_runs(inline: list[Json], *, named: bool = False) -> list[Json]:
    """Inline nodes with runs of what is not parted by a blank."""
    if not UNPARTED.search("".join(map(_said, inline))):
        return inline
    made: list[Json] = []
    held: list[Json] = []  # what no line breaks in, so far
    for node in inline:
        if isinstance(node, str):
            *ended, last = _between_ends(node)
            for piece in ended:
                made += _run([*held, piece], named=named)
                held = []
            held += [last] if last else []
        elif " " in _said(node):
            made += [*_run(held, named=named), node]
            held = []
        else:
            held.append(node)
    return _joined([*made, *_run(held, named=named)])


def _between_ends(words: str) -> list[str]:
    """Words in pieces behind which lines break by themselves, but for the last."""
    pieces = BLANKS.split(words)
    return [
        part
        for piece in pieces
        for part in ([piece] if ADDRESS.search(piece) else ENDS.split(piece))
    ]


def _joined(inline: list[Json]) -> list[Json]:
    """Inline nodes in which words beside each other are one."""
    made: list[Json] = []
    for node in inline:
        if node == "":
            continue
        if made and isinstance(node, str) and isinstance(made[-1], str):
            made[-1] += node
        else:
            made.append(node)
    return made


def _run(held: list[Json], *, named: bool) -> list[Json]:
    """Nodes in which no line breaks as a run, unless no column is too narrow for them, or Typst breaks them itself."""
    said = "".join(map(_said, held)).rstrip()
    if len(said) + len(CAPITALS.findall(said)) / 2 < NARROW or ADDRESS.search(said):
        return held
    made: list[Json] = []
    for node in held:
        if isinstance(node, str):
            words = node.rstrip(" \n")
            made += [GAP] if made and words[:1].isalnum() else []
            made += _gaps(words, named=named)
        else:
            made.append(node)
    if len(made) == 1 and not isinstance(held[0], str):
        return held  # a run stands within it
    last = held[-1]
    blank = last[len(last.rstrip(" \n")) :] if isinstance(last, str) else ""
    run: Json = {"t": "run", "c": made}
    return [run, blank] if blank else [run]


def _gaps(words: str, *, named: bool) -> list[Json]:
    """Words of a run with their gaps; one that holds to others is a run of its own."""
    if "\u00a0" in words:
        first, *others = words.split("\u00a0")
        made = _run([first], named=named)
        for each in others:
            made += ["\u00a0", *_run([each], named=named)]
        return made
    if not named and is_word(words):
        return [{"t": "word", "c": [words]}]
    first, *others = GAPS.split(words)
    parts: list[Json] = [first, *(node for each in others for node in (GAP, each))]
    return parts if named else [{"t": "name", "c": parts}]
