"""Every id names one thing, and every deck and tag has a name that Anki can take."""

from collections.abc import Iterator

from .. import walk
from ..identity import COPY, LENS, minted_for
from ..kinds.base import Card
from ..kinds.kept import Kept
from ..late import late
from ..model import Concept, Course, Module
from ..problems import Problem
from ..texts import Id, Plain

# A tuple, since `|` would make a new union for each record.
TAGGED = (Module, Concept, Card)
# What Anki reads as one tag, and its search as well: no blanks, and none of the signs that mean something in a search.
TAG = late(r'[^\s:"*\\]+(::[^\s:"*\\]+)*')


def unique_ids(course: Course) -> Iterator[Problem]:
    """No two things of one sort share an id: a learner's history hangs on it."""
    owners = [owner for _, _, owner in walk.owners(course)]
    cards = list(walk.cards(course))
    groups: list[tuple[str, list[Id]]] = [
        ("module", list(course.about.modules)),
        ("outcome", [outcome.id for outcome in course.about.outcomes]),
        ("objective", [goal.id for module in course.modules for goal in module.objectives]),
        ("concept or claim", [owner.id for owner in owners]),
        ("card", [card.id for card in cards]),
        ("activity", [act.id for module in course.modules for act in module.activities]),
        (
            "tool or rubric",
            [*(tool.id for tool in course.tools), *(each.id for each in course.rubrics)],
        ),
        ("document", [essay.id for essay in course.essays]),
        ("session", [session.id for form in course.forms for session in form.sessions]),
    ]
    groups += [(f"{card.kind} item", list(parts)) for card in cards if (parts := card.part_ids())]
    for what, ids in groups:
        yield from _repeats(what, ids)


def _repeats(what: str, ids: list[Id]) -> Iterator[Problem]:
    seen: dict[str, Id] = {}
    for id_ in ids:
        if id_ and id_ in seen:
            first, again = seen[id_], id_
            hint = "give this one an id of its own; never reuse one that was released"
            if _copy_of(first, again):
                first, again = again, first
                seen[id_] = first
            if _copy_of(again, first):
                hint = "if this file is a copy of that one, delete it; else give this one an id of its own"
            message = f"the {what} id “{id_}” is taken (by {first.span.path}:{first.span.line})"
            yield Problem(again.span, "duplicate-id", message, hint)
        else:
            seen[id_] = id_


def _copy_of(one: Id | Plain, other: Id | Plain) -> bool:
    """Whether a name stands in a file that is called as a copy of another's: `acids (1)`, `acids-copy`, `Copy of acids`."""
    here, _, name = one.span.path.rpartition("/")
    there, _, whole = other.span.path.rpartition("/")
    name, whole = name.rpartition(".")[0], whole.rpartition(".")[0]
    before, found, after = name.partition(whole)
    if here != there or not found or bool(before) == bool(after):
        return False
    return not (before[-1:] or after[:1]).isalnum()


def deck_names(course: Course) -> Iterator[Problem]:
    """Anki knows a deck by its name, in which “::” stands between parent and child: each name is one line that Anki leaves as it
    is, the course's without “::”, and no two modules share one. One module may lie in the course's own deck.
    """
    seen: dict[str, Plain] = {}
    modules = [module.deck for module in course.modules if module.deck]
    own = [course.about.deck] * (course.about.deck not in modules)
    for name in filter(None, (*own, *modules)):
        if not deck_name(name) or ("::" in name and name == course.about.deck):
            yield Problem(
                name.span,
                "deck-name",
                f"“{name}” cannot be a deck's name",
                "one line with single spaces, without “::” and without a colon at either end",
            )
        elif name.casefold() in seen:
            first, again = seen[name.casefold()], name
            if _copy_of(first, again):
                first, again = again, first
                seen[name.casefold()] = first
            message = f"the deck name “{again}” is taken"
            yield Problem(again.span, "deck-name", message, "name each deck differently")
        seen.setdefault(name.casefold(), name)


def deck_name(name: str) -> bool:
    """Whether Anki takes a deck's name as it stands."""
    parts = name.split("::")
    plain = all(part and part == " ".join(part.split()).strip(":") for part in parts)
    return plain and name.isprintable()


def own_tags(course: Course) -> Iterator[Problem]:
    """Anki keeps the tags of a note with blanks between, and in it “::” stands between one and what is below it. They stand below
    the course's tag, beside those of its modules and lenses.
    """
    taken = {LENS, *(module.id for module in course.modules if module.deck)}
    for record in walk.records(course):
        if not isinstance(record, TAGGED) or isinstance(record, Kept):
            continue  # whose tags are those that learners have
        for tag in record.tags:
            if not TAG.fullmatch(tag):
                hint = "one word, with “-” for blanks; “::” puts it below another one"
                yield Problem(tag.span, "bad-tag", f"“{tag}” cannot be a tag", hint)
            elif tag.partition("::")[0] in taken:
                message = f"the course itself has tags that begin with “{tag.partition('::')[0]}”"
                yield Problem(tag.span, "bad-tag", message, "name it otherwise")


def own_key(course: Course) -> Iterator[Problem]:
    """A key that was made for another id came with a copy of the files, whose notes would be those of the original."""
    key, id_ = course.about.key, course.about.id
    if key.span != id_.span and minted_for(key) not in ("", id_):
        yield Problem(
            key.span,
            "other-course",
            f"the key is that of another course, with the id “{minted_for(key)}”",
            f"put that id back; if this is a copy of another course, {COPY}",
        )


CHECKS = (unique_ids, own_key, deck_names, own_tags)
