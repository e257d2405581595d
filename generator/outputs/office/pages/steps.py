"""The steps of a meeting, or of a sheet that is read out."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from ....text import Tree
from ....text.tree import Block, Emphasis, Inline, List, Paragraph
from ...lessondata import USES, Asked, Handed, Use
from ...pagedata import Data
from ...print.pages.exam import VERSIONS
from ..parts import Heading, Label, Part, Said
from .base import Shared
from .texts import inline, listed, rows, tree, trees


def steps(
    shared: Shared,
    given: Sequence[Data],
    level: int,
    *,
    start: int = 0,
    handed: Sequence[Sequence[Handed]] = (),
    asked: Mapping[str, Sequence[Asked]] | None = None,
    within: bool = False,
    minuted: bool = True,
) -> Iterator[Part]:
    """Steps, each under a heading with its minutes and the time since the meeting began. `within` a meeting, a step that names
    an activity is followed by the activity's own. They have a clock where their minutes hold, as `minuted` says.
    """
    clock = start
    for n, step in enumerate(given):
        name = step["activity"]
        minutes = cast("int", step["minutes"])
        title = tree(step["title"])
        if not title.blocks and name is not None:
            title = shared.taught.steps.get(str(name), Tree())
        timed = f"{clock // 60}:{clock % 60:02} · {minutes} {shared.say['min']}"
        if minuted:
            yield Heading(level, (timed, *((" · ", *inline(title)) if title.blocks else ())))
        elif title.blocks:
            yield Heading(level, tuple(inline(title)))
        sheets = handed[n] if n < len(handed) else ()
        yield from _step(shared, step, sheets, (asked or {}).get(str(n), ()))
        if within and name is not None:
            yield from _activity(shared, str(name), level + 1, clock, minutes)
        clock += minutes


def labelled(shared: Shared, label: str, blocks: Sequence[Block]) -> Iterator[Part]:
    """Blocks under their label; nothing where there are none."""
    if blocks:
        yield Label(shared.say[label])
        yield from blocks


def for_whom(shared: Shared, copies: int, per: str, sizes: Sequence[int] = ()) -> str:
    """How many of something there are, and for whom: if they are circles of other sizes than usual, for how large ones."""
    large = "–".join(map(str, dict.fromkeys(sizes)))
    return " ".join(
        filter(None, (str(copies), shared.say[f"per-{per}"], large and shared.say["of"], large))
    )


def least(shared: Shared, name: object) -> Sequence[Inline]:
    """How many an activity needs and what fewer do, by its id; nothing where any number can do it."""
    told = cast("Data | None", shared.activities.get(str(name), {}).get("least"))
    if told is None:
        return ()
    per = f" {shared.say['per-circle']}" if told["per"] == "circle" else ""
    said = f"{told['learners']} {shared.say['learners']}{per}. {shared.say['with-fewer']}: "
    return (said, *inline(tree(told["otherwise"])))


def needed(shared: Shared, name: object) -> Iterator[Part]:
    """The same as a paragraph, beside what is said to more."""
    if few := least(shared, name):
        yield Paragraph((f"{shared.say['least']}: ", *few))


def named(
    shared: Shared, use: str, sheet: str, uses: Sequence[Use]
) -> Iterator[tuple[Inline, ...]]:
    """A sheet and for whom it is, in one way of using it, and its key, which hangs beside one that hangs on the wall."""
    own = [each for each in uses if shared.uses[sheet][each.per] == use]
    if own:
        whom = ", ".join(for_whom(shared, each.copies, each.per, each.sizes) for each in own)
        title = shared.names.get(sheet, (sheet,))
        yield (*title, f" ({whom})")
        if use == "hang-up" and sheet in shared.keyed:
            yield (f"{shared.say['key']}: ", *title)


def _step(
    shared: Shared, step: Data, handed: Sequence[Handed], questions: Sequence[Asked]
) -> Iterator[Part]:
    """What is done and said in a step, and the questions that it asks from memory."""
    yield from tree(step["do"]).blocks
    yield from needed(shared, step.get("activity"))
    yield from _handed(shared, step, handed, len(questions))
    yield from _shown(shared, step, "draw")
    if (said := tree(step["say"])).blocks:
        yield Label(shared.say["say"])
        yield Said(said.blocks)
    yield from _shown(shared, step, "ask")
    if questions:
        yield List(tuple(_with_answer(each) for each in questions), start=1)


def _shown(shared: Shared, step: Data, label: str) -> Iterator[Part]:
    """Things of a step to draw or to ask."""
    shown = trees(step[label])
    yield from labelled(shared, label, (listed(shown),) if shown else ())


def _with_answer(asked: Asked) -> tuple[Block, ...]:
    return (*asked.question.blocks, Paragraph((Emphasis(inline(asked.answer)),)))


def _activity(shared: Shared, name: str, level: int, start: int, minutes: int) -> Iterator[Part]:
    """The steps of an activity that there are minutes for: all or the first ones, where these add up, else all without a
    clock. Where a script is handed out, it says all that the steps would say.
    """
    done = shared.activities.get(name)
    if done is None or any(
        shared.uses[str(each["sheet"])][str(each["per"])] == "script"
        for each in rows(done["prints"])
    ):
        return
    own = rows(done["steps"])
    clock = itertools.accumulate(cast("int", step["minutes"]) for step in own)
    fit = next((n for n, sum_ in enumerate(clock, 1) if sum_ == minutes), 0)
    kept = own[:fit] if fit else own
    yield from steps(shared, kept, level, start=start, minuted=bool(fit))
    debrief = trees(done["debrief"]) if len(kept) == len(own) else ()
    yield from labelled(shared, "debrief-in-time", (listed(debrief),) if debrief else ())


def _handed(shared: Shared, step: Data, handed: Sequence[Handed], questions: int) -> Iterator[Part]:
    """What a step and its activity need of sheets: a line for each of the things that are done with them. `questions` is how
    many the step asks from memory.
    """
    for use in USES:
        line: list[Inline] = []
        for each in handed:
            for words in named(shared, use, each.sheet, each.uses):
                line += ["; " if line else f"{shared.say[use]}: ", *words]
        more = [(shared.say["from-memory"], "person")] if questions > 1 else []
        if step.get("test"):
            more += [(f"{shared.say['test']} {each.upper()}", "pair") for each in VERSIONS]
        for title, per in more if use == "hand-out" else ():
            line += ["; " if line else f"{shared.say[use]}: "]
            line += [f"{title} ({for_whom(shared, 1, per)})"]
        if line:
            yield Paragraph(tuple(line))
