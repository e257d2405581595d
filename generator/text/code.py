"""Code in colours. The only import of Pygments.

A piece of code is one of five kinds, or nothing: its colour stands in the style of cards and of pages, by the kind's name.
"""

import functools
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from .clozes import STAND_INS
from .tree import Listing

if TYPE_CHECKING:
    from pygments.lexer import Lexer


class Piece(NamedTuple):
    """Some of a line of code. `kind` is `word` (of the language), `text`, `note` (a comment), `number`, `name` (of what is
    being defined) or empty.
    """

    kind: str
    words: str


@functools.lru_cache(maxsize=1024)
def lines(listing: Listing) -> tuple[tuple[Piece, ...], ...]:
    """The lines of a listing. One in a language that Pygments does not know, or that names none, has no colours."""
    found: list[list[Piece]] = [[]]
    for piece in _pieces(listing):
        first, *others = piece.words.split("\n")
        if first:
            found[-1].append(Piece(piece.kind, first))
        found += [[Piece(piece.kind, line)] if line else [] for line in others]
    return tuple(map(tuple, found))


def languages() -> frozenset[str]:
    """Every name of a language that can be coloured."""
    from pygments.lexers import get_all_lexers

    return frozenset(name for _, names, _, _ in get_all_lexers(plugins=False) for name in names)


def language_of(listing: Listing) -> str:
    """The language that a listing names: the first word after its signs."""
    return listing.language.partition(" ")[0].lower()


def _pieces(listing: Listing) -> Iterator[Piece]:
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    name = language_of(listing)
    try:
        lexer = get_lexer_by_name(name, stripnl=False, ensurenl=False) if name else None
    except ClassNotFound:
        lexer = None
    if lexer is None:
        yield Piece("", listing.code)
        return
    yield from _with_deletions(lexer, listing.code)


def _with_deletions(lexer: "Lexer", code: str) -> Iterator[Piece]:
    """The pieces of code in which signs may stand for deletions: those are read by no lexer, and belong to no piece."""
    at = 0
    places: list[tuple[int, str]] = []  # of those signs, in the code without them
    for found in STAND_INS.finditer(code):
        places.append((found.start() - at, found[0]))
        at += len(found[0])
    at = 0
    for token, words in lexer.get_tokens(STAND_INS.sub("", code)):
        kind = _kind(str(token))
        end = at + len(words)
        left = words
        while places and places[0][0] < end:
            place, sign = places.pop(0)
            if place > at:
                yield Piece(kind, left[: place - at])
            yield Piece("", sign)
            left, at = left[place - at :], place
        yield Piece(kind, left)
        at = end
    for _, sign in places:
        yield Piece("", sign)


def _kind(token: str) -> str:
    """The kind of a token of Pygments, such as `Token.Literal.String.Double`."""
    for start, kind in (
        ("Token.Keyword", "word"),
        ("Token.Operator.Word", "word"),
        ("Token.Literal.String", "text"),
        ("Token.Comment", "note"),
        ("Token.Literal.Number", "number"),
        ("Token.Name.Function", "name"),
        ("Token.Name.Class", "name"),
        ("Token.Name.Tag", "name"),
    ):
        if token.startswith(start):
            return kind
    return ""
