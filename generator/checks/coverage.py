"""Is everything that the course teaches also asked, and asked from more than one side?

`coursedeck coverage` shows the same table that the checks read: every gap in it is a warning.
`measure` counts, `as_rows` gives the table to programs, and `as_text` lays the same rows out for people.
"""

import typing
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from .. import walk
from ..frozen import dataclass
from ..kinds.base import Asks, Lens
from ..model import Claim, Concept, Course, Essay, Module, Objective, Outcome
from ..notes import notes_of
from ..problems import Problem, so_many
from ..source.files import COURSE
from ..texts import Id, Line, less_sure


@dataclass(frozen=True, slots=True)
class Coverage:
    """Cards counted: of each concept by lens, of each claim, of each objective and outcome; and all cards by what they
    ask of a learner (see `Asks`; empty where a card does not say).
    """

    concepts: tuple[tuple[Module, Concept, Counter[str]], ...]
    claims: tuple[tuple[Essay, Claim, int], ...]
    objectives: tuple[tuple[Module, Objective, int], ...]
    outcomes: tuple[tuple[Outcome, int], ...]
    asks: Counter[str]


def measure(course: Course) -> Coverage:
    """Count the cards of the course by what they serve. A card serves its concept's or claim's objectives."""
    concepts: list[tuple[Module, Concept, Counter[str]]] = []
    claims: list[tuple[Essay, Claim, int]] = []
    serving: Counter[str] = Counter()
    for module, essay, owner in walk.owners(course):
        for id_ in owner.objectives:
            serving[id_] += len(owner.cards)
        if isinstance(owner, Concept):
            if owner.id:  # cards that stand under no concept have one without id
                lenses = Counter(str(card.lens) for card in owner.cards if card.lens)
                concepts.append((module, owner, lenses))
        elif essay:
            claims.append((essay, owner, len(owner.cards)))
    objectives = [
        (module, goal, serving[goal.id]) for module in course.modules for goal in module.objectives
    ]
    reached: Counter[str] = Counter()
    for _, goal, count in objectives:
        reached[goal.outcome] += count
    outcomes = [(outcome, reached[outcome.id]) for outcome in course.about.outcomes]
    asks: Counter[str] = Counter()
    for note in notes_of(course):
        # Most notes have one face, of which no list need be made.
        asks[note.card.asks or ""] += (
            len(note.faces) if len(note.faces) < 2 else len(note.ordinals())
        )
    return Coverage(tuple(concepts), tuple(claims), tuple(objectives), tuple(outcomes), asks)


def as_rows(counted: Coverage) -> dict[str, list[dict[str, Any]]]:
    """The table for programs: a list of rows each for concepts, claims, objectives, outcomes and what cards ask."""
    lenses = typing.get_args(Lens)
    return {
        "concepts": [
            {
                "module": module.id,
                "concept": concept.id,
                "lenses": {lens: by_lens[lens] for lens in lenses},
            }
            for module, concept, by_lens in counted.concepts
        ],
        "claims": [
            {"document": essay.id, "claim": claim.id, "cards": count}
            for essay, claim, count in counted.claims
        ],
        "objectives": [
            {"module": module.id, "objective": goal.id, "outcome": goal.outcome, "cards": count}
            for module, goal, count in counted.objectives
        ],
        "outcomes": [
            {"outcome": outcome.id, "cards": count} for outcome, count in counted.outcomes
        ],
        "asks": [
            {
                "asks": what or "not said",
                "cards": counted.asks[what],
                "percent": round(100 * counted.asks[what] / max(1, counted.asks.total())),
            }
            for what in (*typing.get_args(Asks), "")
            if what or counted.asks[what]
        ],
    }


def as_text(rows: Mapping[str, list[dict[str, Any]]]) -> str:
    """The rows of `as_rows` for people: a concept with a column a lens, all else with its number of cards."""
    lenses = typing.get_args(Lens)
    lines = [f"{'concept':<32} " + " ".join(f"{lens[:6]:>6}" for lens in lenses)]
    for row in rows["concepts"]:
        counts = " ".join(f"{row['lenses'][lens] or '·':>6}" for lens in lenses)
        lines.append(f"{row['concept']:<32} {counts}")
    for part, name in (("claims", "claim"), ("objectives", "objective"), ("outcomes", "outcome")):
        lines += ["", f"{name:<40} cards"]
        lines += [f"{row[name]:<40} {row['cards'] or 'none':>5}" for row in rows[part]]
    lines += ["", f"{'asks':<40} cards"]
    lines += [f"{row['asks']:<40} {row['cards']:>5} {row['percent']:>3} %" for row in rows["asks"]]
    return "\n".join(lines)


def _hole(id_: Id | Line, code: str, message: str, hint: str) -> Problem:
    return Problem(id_.span, code, message, hint)


def holes(course: Course) -> Iterator[Problem]:
    """A concept asked through too few lenses; a document, an objective or an outcome that no card serves. Of lenses nothing is
    said where no card has one.

    A concept below the course's confidence is for the reader only, and needs no cards.
    """
    least = course.about.thresholds.lenses
    bar = course.about.thresholds.confidence
    table = measure(course)
    looked = any(card.lens for card in walk.cards(course))
    for _, concept, lenses in table.concepts if looked else ():
        if len(lenses) < least and (lenses or not less_sure(concept.confidence, bar)):
            through = so_many(len(lenses), "lens", "lenses")
            message = f"“{concept.id}” is asked through {through}, fewer than {least}"
            yield _hole(concept.id, "few-lenses", message, "add a card with another lens")
    for essay in course.essays:
        if not any(claim.cards for claim in essay.claims):
            message = f"no card asks about “{essay.id}”"
            yield _hole(essay.id, "document-without-card", message, "add one to a claim of it")
    for _, goal, count in table.objectives:
        if not count:
            yield _hole(
                goal.id,
                "objective-without-card",
                f"no card serves “{goal.id}”",
                "add one, or drop the objective",
            )
    for outcome, count in table.outcomes:
        if not count:
            yield _hole(
                outcome.id,
                "outcome-without-card",
                f"no card serves “{outcome.id}”",
                "let an objective lead to it",
            )


def empty(course: Course) -> Iterator[Problem]:
    """A course without a card is one that has just begun, or whose cards lie where nothing is read; unless it is printed, or its
    documents and objectives tell what they lack.
    """
    printed = course.tools or course.forms or course.essays
    if not printed and not any(walk.cards(course)) and not any(map(_taught, course.modules)):
        file = course.about.title.span.path
        folder = "in a file of modules/, such as `coursedeck new module ID` writes"
        hint = f"write one {folder if file == COURSE else 'under “cards”'}"
        yield _hole(course.about.title, "no-cards", "the course has no card", hint)


def _taught(module: Module) -> bool:
    """Whether a module has something for learners or for whoever leads, beside cards."""
    texts = module.summary or module.opening or module.readings or module.questions
    return bool(
        texts or module.activities or module.field_tasks or module.concepts or module.objectives
    )


CHECKS = (holes, empty)
