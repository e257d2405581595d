"""Stars and tildes of which a part is left among the words: those that do not close, cross others, or lack a partner.

Each finding says what to write instead; a text has one at a time, since what follows may be its consequence.
"""

import re
from collections.abc import Iterator, Sequence

from ..late import late
from ..texts import Text
from . import stars
from .markdown import to_tree
from .signs import IN_BACKQUOTES, Found, dotted
from .tree import (
    Emphasis,
    Inline,
    Lowered,
    Paragraph,
    Strong,
    Struck,
    Tree,
    inlines,
    paragraphs_of,
    plain,
)

ESCAPED = late(r"\\[*~]")  # signs that are meant as such
ONE_WORD = late(r"\*+[^\W\d_]+\*+")
MANY_WITHIN = late(r"(?<=[^\s*])\*{3,}(?=[^\s*])")
BEGUN_STRUCK = late(r"(?<![^\s(\[{\"'“„«])~~(?=[A-Za-z\u00c0-\u052f]{2})[^~]*")
# Strong words with a star behind them that leads to a note, and the star of the note, as the last one of its text.
NOTED = late(r"(?<!\*)(\*\*[^\s*][^*]{0,200}\*\*)\*(?![\w*])")
NOTE = late(r"(?<![^\s(])\*(?=[ ]?[^\W_][^*]*\Z)")
MARKS = {"*": (Emphasis, Strong), "~": (Struck, Lowered)}
Runs = Sequence[tuple[Inline, ...]]


def unclosed(text: Text, seen: str) -> Iterator[Found]:
    """What is found in a text; `seen` is the same without its code, its formulas and the addresses of its links."""
    if "*" in seen:
        yield from _stars(text, seen)
    if "~~" in seen:
        yield from _struck(text, seen)


def _stars(text: Text, seen: str) -> Iterator[Found]:
    if found := stars.unclear(ESCAPED.sub("\u00b7\u00b7", seen)):
        yield _unclear(seen[slice(*found.span())], *found.span())
        return
    if "**" not in seen and not (seen.count("*") > 1 and (" *" in seen or "* " in seen)):
        return
    runs = _runs(text)
    said = [plain(Tree((Paragraph(each),)), dotted) for each in runs]
    if node := _crossed(runs, "*"):
        yield _unpaired(node, "*", seen)
    elif words := next(filter(None, map(stars.blank_within, said)), ""):
        yield Found(
            f"“{words[:40]}”: stars beside a blank make nothing strong or slanted, and learners see them",
            f"put the blank outside of them: *words* or **words**; write \\* for the sign; {IN_BACKQUOTES}",
            *_place(seen, words),
        )
    elif words := stars.over_paragraphs(said):
        yield Found(
            f"“{words[:40]}”: what is strong ends with its paragraph, item or cell, and learners see the stars",
            f"put stars around each by itself: **words**; write \\* for the sign; {IN_BACKQUOTES}",
            *_place(seen, words),
        )
    elif words := _begun(runs, said):
        yield Found(
            f"“{words[:40]}”: nothing ends what these stars begin, and learners see them",
            f"put two stars behind the last strong word: **words**; write \\* for the sign; {IN_BACKQUOTES}",
            *_place(seen, words),
        )


def _unclear(words: str, start: int, end: int) -> Found:
    """Stars that have the edge of a word at one end only."""
    if ONE_WORD.fullmatch(words) and not words.startswith("**"):
        hint = "write **letters** for some of a word, \\* for the sign, or a formula between dollar signs"
    else:
        hint = (
            "put a blank between the stars and what stands beside them, or the sign beside them outside of the stars; within a word"
            " only letters can be strong, walk**ed**; write \\* for the sign, or a formula between dollar signs"
        )
    several = words.startswith("**")
    which = (
        "stars beside a letter or bracket are stars, and make"
        if several
        else "a star beside a letter or bracket is a star, and makes"
    )
    return Found(
        f"“{words[:40]}”: {which} nothing {'strong' if several else 'slanted'}",
        f"{hint}; {IN_BACKQUOTES}",
        start,
        end,
    )


def _struck(text: Text, seen: str) -> Iterator[Found]:
    runs = _runs(text)
    if node := _crossed(runs, "~"):
        yield _unpaired(node, "~", seen)
        return
    for run in runs:
        if found := BEGUN_STRUCK.search(plain(Tree((Paragraph(run),)), dotted)):
            yield Found(
                f"“{found[0][:40]}”: nothing ends what these tildes begin, and learners see them",
                f"put two tildes behind the last struck word: ~~words~~; write \\~ for the sign; {IN_BACKQUOTES}",
                *_place(seen, found[0], "~"),
            )
            return


def _runs(text: Text) -> Runs:
    """The words of each paragraph, without signs that are meant as such."""
    meant = ESCAPED.sub("\u00b7\u00b7", text)
    if NOTE.search(meant):
        meant = NOTED.sub("\\1\u00b7", meant)
    tree = to_tree(type(text)(meant))
    return [each.children for each in paragraphs_of(tree.blocks)]


def _begun(runs: Runs, said: Sequence[str]) -> str:
    """Words behind the only two stars that are left in a text."""
    if sum(each.count("*") for each in said) != 2:
        return ""
    for run, words in zip(runs, said, strict=True):
        strong = any(isinstance(node, Strong) for node in inlines(run))
        if found := stars.begun(words, strong=strong):
            return found
    return ""


def _crossed(runs: Runs, sign: str) -> "Inline | None":
    """The first marked words that have a sign of theirs right beside them, or marks of the same kind at their edge."""
    kinds = MARKS[sign]
    for run in runs:
        for at, node in enumerate(run):
            held: tuple[Inline, ...] = getattr(node, "children", ())
            if isinstance(node, kinds) and (
                _ends(run[at - 1] if at else "", sign)
                or _begins(run[at + 1] if at + 1 < len(run) else "", sign)
                or any(type(each) is type(node) for each in (*held[:1], *held[-1:]))
                or any(isinstance(each, str) and MANY_WITHIN.search(each) for each in held)
            ):
                return node
            if held and (within := _crossed([held], sign)):
                return within
    return None


def _ends(node: Inline, sign: str) -> bool:
    return isinstance(node, str) and node.endswith(sign)


def _begins(node: Inline, sign: str) -> bool:
    return isinstance(node, str) and node.startswith(sign)


def _unpaired(node: Inline, sign: str, seen: str) -> Found:
    said = plain(Tree((Paragraph((node,)),)), dotted)
    word = re.match(r"\W*\w+", said)
    pattern = rf"[{sign}]+{re.escape(word[0].strip(sign) if word else '')}[^{sign}]*[{sign}]*"
    found = re.search(pattern, seen)
    start, end = found.span() if found else _place(seen, said, sign)
    name, ways = {
        "*": ("stars", "*slanted*, **strong**, ***both***, **strong with *slanted* in it**"),
        "~": ("tildes", "~~struck~~, H~2~O"),
    }[sign]
    return Found(
        f"“{seen[start:end][:40]}”: its {name} do not pair up, and learners see some of them",
        f"end words with as many {name} as they begin with, and leave a blank between two: {ways};"
        f" write \\{sign} for the sign; {IN_BACKQUOTES}",
        start,
        end,
    )


def _place(seen: str, words: str, sign: str = "*") -> tuple[int, int]:
    """Where words of a paragraph stand in a text, or else its first signs."""
    found = re.search(r"\s+".join(map(re.escape, words.split())), seen)
    at = seen.index(sign)
    return found.span() if found else (at, at + 1)
