"""What an author may have meant as markup but nothing reads, and what is wrong with links, formulas and code."""

from collections.abc import Iterator

from .. import walk
from ..kinds.cloze import Cloze
from ..model import Course
from ..problems import Problem, sign
from ..text import clozes
from ..text.unread import (
    Unread,
    deletions_in_code,
    hidden,
    near_misses,
    spoken_deletions,
    sure,
    unread,
)
from ..texts import Line, Plain, Prose, Text

READ = (Line, Prose, Plain)  # a tuple, since `|` would make a new union for each text


def texts(course: Course) -> Iterator[Problem]:
    """Every text says what it seems to say."""
    with_deletions = {id(card.cloze) for card in walk.cards(course) if isinstance(card, Cloze)}
    for text in walk.texts(course):
        if not isinstance(text, READ) or sure(text):
            continue
        if id(text) in with_deletions:
            yield from _of_cloze(text)
            continue
        plain = isinstance(text, Plain)
        for found in hidden(text) if plain else (*unread(text), *near_misses(text)):
            yield _problem(text, found, found.start, found.end)


def _of_cloze(text: Text) -> Iterator[Problem]:
    """What is found in the text of a cloze, and in what is left of it without its deletions."""
    for found in unread(Prose(clozes.shown(text))):
        end = found.end and clozes.origin(text, found.end - 1) + 1
        yield _problem(text, found, clozes.origin(text, found.start), end)
    rest = Prose(clozes.replace(text, lambda each: "\u00b7" * (each.end - each.start)))
    for found in (*near_misses(rest), *deletions_in_code(rest), *spoken_deletions(text)):
        yield _problem(text, found, found.start, found.end)
    for each in clozes.like_code(text):
        words = f"{each.words}::{each.hint}"
        message = f"“{each.hint}” is a hint here, and looks like code"
        hint = f"where it belongs to the words, write {{{{c{each.number}::{words}::}}}}; else put it in plain words"
        yield Problem(text.span, "code-hint", message, hint, sign(text, each.start, each.end))


def _problem(text: Text, found: Unread, start: int, end: int) -> Problem:
    return Problem(text.span, found.code, found.message, found.hint, sign(text, start, end))


CHECKS = (texts,)
