"""What an author may have meant as markup but nothing reads, and what is wrong with links, formulas and code."""

from collections.abc import Iterator

from .. import walk
from ..kinds.cloze import Cloze
from ..model import Course
from ..problems import Problem
from ..text import clozes
from ..text.unread import near_misses, unread
from ..texts import Line, Prose


def texts(course: Course) -> Iterator[Problem]:
    """Every text says what it seems to say."""
    with_deletions = {id(card.cloze) for card in walk.cards(course) if isinstance(card, Cloze)}
    for text in walk.texts(course):
        if isinstance(text, Line | Prose):
            said, rest = text, text
            if id(text) in with_deletions:
                said = Prose(clozes.shown(text))
                rest = Prose(clozes.replace(text, lambda _: ""))
            for found in (*unread(said), *near_misses(rest)):
                yield Problem(text.span, found.code, found.message, found.hint)


CHECKS = (texts,)
