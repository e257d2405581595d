"""The script of each meeting, and the questions that it asks from memory."""

from collections.abc import Iterator, Sequence
from typing import cast

from ....text import Tree, formula
from ....text.tree import List, Strong, plain
from ...lessondata import USES, Meeting, Used, meeting, printed, sheets, used
from ...lessondata import Sheet as Handout
from ...pagedata import Data
from ...print.pages.base import Selection
from ...print.pages.exam import VERSIONS
from ..parts import Fill, Heading, Label, Part, Sheet
from .base import Page, Shared
from .steps import for_whom, labelled, least, named, steps
from .texts import inline, listed, rows, text, title, tree, trees


def pages(shared: Shared, selection: Selection) -> Iterator[Page]:
    """One for each meeting of the plan, and one for each step that asks several questions from memory."""
    course = selection.course
    there = printed(course)
    for form in course.forms:
        for session in form.sessions:
            made = meeting(course, form, session)
            handed = [there[each.sheet] for each in made.handed]
            order = used(course, form, session)
            script = _script(shared, made, order, sheets(course, handed))
            yield shared.page(f"scripts/{session.id}", _name(shared, made), script)
            for at, asked in made.asked.items():
                if len(asked) > 1:
                    name = "-".join(filter(None, (session.id, made.times[at].replace(":", "h"))))
                    held = _from_memory(shared, made, at)
                    yield shared.page(f"handouts/questions/{name}", shared.say["from-memory"], held)


def _name(shared: Shared, given: Meeting) -> str:
    """A meeting by its number and title."""
    return f"{shared.say['session']} {given.number} · {title(given.session)}"


def _script(
    shared: Shared, given: Meeting, order: Sequence[Used], handed: Sequence[Handout]
) -> Iterator[Part]:
    """What a meeting is for and what to have ready, its steps with their clock, and the keys of its sheets."""
    session, say = given.session, shared.say
    form = plain(given.form, tex=formula.in_line)
    yield Label(f"{form} · {session['minutes']} {say['min']}")
    name = inline(tree(session["title"]))
    yield Heading(1, (f"{say['session']} {given.number} · ", *name))
    yield from labelled(shared, "objectives", (listed(trees(session["objectives"])),))
    yield from labelled(shared, "before", tree(session["before"]).blocks)
    yield from labelled(shared, "prepare", tree(session["prepare"]).blocks)
    yield from _ready(shared, given, order)
    yield from labelled(shared, "evidence", tree(session["evidence"]).blocks)
    yield from labelled(shared, "after", tree(session["after"]).blocks)
    yield Heading(2, (say["script"],))
    own = rows(session["plan"])
    yield from steps(shared, own, 3, handed=given.given, asked=given.asked, within=True)
    for sheet, each in zip(handed, given.handed, strict=True):
        if each.keyed:
            yield from _sort_key(shared, sheet.tool)


def _ready(shared: Shared, given: Meeting, order: Sequence[Used]) -> Iterator[Part]:
    """What to bring, how the room is to be, how many there have to be, and what is used by what is done with it."""
    bring = [
        text(
            *inline(one.what), f" ({for_whom(shared, one.use.copies, one.use.per, one.use.sizes)})"
        )
        for one in given.brought
    ]
    yield from labelled(shared, "bring", (listed(bring),) if bring else ())
    yield from labelled(shared, "room", tree(given.session["room"]).blocks)
    needs = [*_needs(shared, given)]
    yield from labelled(shared, "needs", (listed(needs),) if needs else ())
    few = [*_least(shared, given)]
    yield from labelled(shared, "least", (listed(few),) if few else ())
    named = [*_named(shared, given, order)]
    for use in USES:
        own = [name for done, name in named if done == use]
        yield from labelled(shared, use, (listed(own),) if own else ())


def _named(shared: Shared, given: Meeting, order: Sequence[Used]) -> Iterator[tuple[str, Tree]]:
    """What is done with each thing that is used, and its name with for whom it is."""
    whom = {each.sheet: each.uses for each in given.handed}
    for each in order:
        if each.what == "test":
            for version in VERSIONS:
                name = f"{shared.say['test']} {version.upper()}"
                yield "hand-out", text(f"{name} ({for_whom(shared, 1, 'pair')})")
        elif each.what == "questions":
            if len(given.asked[each.name]) > 1:
                name = _recalling(shared, given, each.name)
                yield "hand-out", text(f"{name} ({for_whom(shared, 1, 'person')})")
        else:
            for use in USES:
                for words in named(shared, use, each.name, whom[each.name]):
                    yield use, text(*words)


def _needs(shared: Shared, given: Meeting) -> Iterator[Tree]:
    """What has to be there for each activity of the meeting that says it."""
    for name, called in _activities(shared, given):
        if (needs := tree(shared.activities[name]["needs"])).blocks:
            yield text(*inline(called), ": ", *inline(needs))


def _least(shared: Shared, given: Meeting) -> Iterator[Tree]:
    """How many each activity of the meeting needs, and what fewer do."""
    for name, called in _activities(shared, given):
        if few := least(shared, name):
            yield text(*inline(called), ": ", *few)


def _activities(shared: Shared, given: Meeting) -> Iterator[tuple[str, Tree]]:
    """The activities of the meeting by their ids, once each, and what its plan calls them."""
    titles: dict[str, Tree] = {}
    for step in rows(given.session["plan"]):
        titles.setdefault(str(step["activity"]), tree(step["title"]))
    for name, called in titles.items():
        if name in shared.activities:
            yield name, called if called.blocks else tree(shared.activities[name]["title"])


def _sort_key(shared: Shared, tool: Data) -> Iterator[Part]:
    """Where the cases of a sheet belong, and why."""
    yield Heading(2, (f"{shared.say['key']}: ", *inline(tree(tool["title"]))))
    statements = rows(cast("Data", tool["sort"])["statements"])
    yield Sheet(
        (12, 42, 116),
        shared.heads("number", "answer", "reason"),
        tuple(
            (text(str(n)), text(Strong(inline(tree(s["belongs"])))), tree(s["why"]))
            for n, s in enumerate(statements, 1)
        ),
    )


def _recalling(shared: Shared, given: Meeting, at: str) -> str:
    """The questions of a step by their name, with what tells them from those of another step."""
    return " · ".join(filter(None, (shared.say["from-memory"], given.times[at])))


def _from_memory(shared: Shared, given: Meeting, at: str) -> Iterator[Part]:
    """The questions from memory of a step, with room to answer."""
    yield Label(_name(shared, given))
    yield Heading(1, (_recalling(shared, given, at),))
    for n, each in enumerate(given.asked[at], 1):
        yield List((each.question.blocks,), start=n)
        yield Fill(lines=2)
