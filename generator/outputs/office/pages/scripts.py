"""The script of each meeting, and the questions that it asks from memory."""

from collections.abc import Iterator, Sequence
from typing import cast

from ....lessons import handouts
from ....text import Tree, formula
from ....text.tree import List, Strong, plain
from ...lessondata import USES, Meeting, meeting, printed, sheets
from ...lessondata import Sheet as Handout
from ...pagedata import Data
from ...print.pages.base import Selection
from ..parts import Fill, Heading, Label, Part, Sheet
from .base import Page, Shared
from .steps import for_whom, labelled, steps
from .texts import inline, listed, rows, text, title, tree, trees


def pages(shared: Shared, selection: Selection) -> Iterator[Page]:
    """One for each meeting of the plan, and one for each step that asks several questions from memory."""
    course = selection.course
    there = printed(course)
    for form in course.forms:
        for session in form.sessions:
            made = meeting(course, form, session)
            handed = [there[each] for each in handouts(course, session)]
            script = _script(shared, made, sheets(course, handed))
            yield shared.page(f"scripts/{session.id}", _name(shared, made), script)
            for at, asked in made.asked.items():
                if len(asked) > 1:
                    name = "-".join(filter(None, (session.id, made.times[at].replace(":", "h"))))
                    held = _from_memory(shared, made, at)
                    yield shared.page(f"handouts/questions/{name}", shared.say["from-memory"], held)


def _name(shared: Shared, given: Meeting) -> str:
    """A meeting by its number and title."""
    return f"{shared.say['session']} {given.number} · {title(given.session)}"


def _script(shared: Shared, given: Meeting, handed: Sequence[Handout]) -> Iterator[Part]:
    """What a meeting is for and what to have ready, its steps with their clock, and the keys of its sheets."""
    session, say = given.session, shared.say
    form = plain(given.form, tex=formula.in_line)
    yield Label(f"{form} · {session['minutes']} {say['min']}")
    name = inline(tree(session["title"]))
    yield Heading(1, (f"{say['session']} {given.number} · ", *name))
    yield from labelled(shared, "objectives", (listed(trees(session["objectives"])),))
    yield from labelled(shared, "before", tree(session["before"]).blocks)
    yield from labelled(shared, "prepare", tree(session["prepare"]).blocks)
    yield from _ready(shared, given)
    yield from labelled(shared, "evidence", tree(session["evidence"]).blocks)
    yield from labelled(shared, "after", tree(session["after"]).blocks)
    yield Heading(2, (say["script"],))
    yield from steps(shared, rows(session["plan"]), 3, asked=given.asked, within=True)
    for sheet in handed:
        if sheet.tool["sort"] is not None:
            yield from _sort_key(shared, sheet.tool)


def _ready(shared: Shared, given: Meeting) -> Iterator[Part]:
    """What to bring, how the room is to be, how many there have to be, and the sheets by what is done with them."""
    bring = [
        text(*inline(each.what), f" ({for_whom(shared, each.use.copies, each.use.per)})")
        for each in given.brought
    ]
    yield from labelled(shared, "bring", (listed(bring),) if bring else ())
    yield from labelled(shared, "room", tree(given.session["room"]).blocks)
    few = [*_least(shared, given)]
    yield from labelled(shared, "least", (listed(few),) if few else ())
    for use in USES:
        own = [
            text(
                *shared.names.get(each.sheet, (each.sheet,)),
                f" ({', '.join(for_whom(shared, own.copies, own.per) for own in uses)})",
            )
            for each in given.handed
            if (uses := [own for own in each.uses if shared.uses[each.sheet][own.per] == use])
        ]
        yield from labelled(shared, use, (listed(own),) if own else ())


def _least(shared: Shared, given: Meeting) -> Iterator[Tree]:
    """How many each activity of the meeting needs, and what fewer do."""
    named = [str(step["activity"]) for step in rows(given.session["plan"])]
    for activity in filter(None, map(shared.activities.get, dict.fromkeys(named))):
        if least := cast("Data | None", activity["least"]):
            per = f" {shared.say['per-circle']}" if least["per"] == "circle" else ""
            yield text(
                *inline(tree(activity["title"])),
                f": {least['learners']} {shared.say['learners']}{per}. {shared.say['with-fewer']}: ",
                *inline(tree(least["otherwise"])),
            )


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


def _from_memory(shared: Shared, given: Meeting, at: str) -> Iterator[Part]:
    """The questions from memory of a step, with room to answer."""
    yield Label(_name(shared, given))
    name = " · ".join(filter(None, (shared.say["from-memory"], given.times[at])))
    yield Heading(1, (name,))
    for n, each in enumerate(given.asked[at], 1):
        yield List((each.question.blocks,), start=n)
        yield Fill(lines=2)
