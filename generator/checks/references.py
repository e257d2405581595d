"""What a course names is there: sources, objectives, concepts, documents, activities, sheets."""

from collections.abc import Collection, Iterator

from .. import walk
from ..model import Claim, Concept, Course, Reading
from ..plan import Handout, Step
from ..problems import Problem, did_you_mean
from ..texts import Id


def _unknown(id_: Id, known: Collection[str], code: str, what: str) -> Iterator[Problem]:
    if id_ and id_ not in known:
        hint = did_you_mean(id_, known) or "add it, or name one that is there"
        yield Problem(id_.span, code, f"there is no {what} “{id_}”", hint)


def sources(course: Course) -> Iterator[Problem]:
    """A citation names a work of sources.yaml."""
    works = {work.id for work in course.works}
    cited = [cite.work for cite in walk.cites(course)]
    cited += [record.work for record in walk.records(course) if isinstance(record, Reading)]
    cited += [essay.work for essay in course.essays]
    for work in cited:
        yield from _unknown(work, works, "unknown-source", "work in sources.yaml called")


def unused_sources(course: Course) -> Iterator[Problem]:
    """Every work is cited somewhere."""
    cited = {cite.work for cite in walk.cites(course)}
    cited |= {record.work for record in walk.records(course) if isinstance(record, Reading)}
    cited |= {essay.work for essay in course.essays}
    for work in course.works:
        if work.id not in cited:
            yield Problem(
                work.id.span,
                "unused-source",
                f"nothing cites “{work.id}”",
                "cite it or remove it",
            )


def objectives(course: Course) -> Iterator[Problem]:
    """An objective serves an outcome of the course; a concept or claim, objectives of its module."""
    outcomes = {outcome.id for outcome in course.about.outcomes}
    for module in course.modules:
        for goal in module.objectives:
            yield from _unknown(goal.outcome, outcomes, "unknown-outcome", "outcome called")
    for module, _, owner in walk.owners(course):
        known = {goal.id for goal in module.objectives}
        for id_ in owner.objectives:
            yield from _unknown(id_, known, "unknown-objective", "objective in this module called")


def concepts(course: Course) -> Iterator[Problem]:
    """`builds-on` names a concept met before; a claim's `to`, a concept or a module."""
    owners = list(walk.owners(course))
    known = {owner.id for _, _, owner in owners}
    modules = {module.id for module in course.modules}
    met: set[str] = set()
    for _, _, owner in owners:
        for id_ in owner.builds_on if isinstance(owner, Concept) else ():
            yield from _unknown(id_, known, "unknown-concept", "concept called")
            if id_ in known and id_ not in met:
                yield Problem(
                    id_.span,
                    "order",
                    f"“{owner.id}” builds on “{id_}”, which comes later",
                    "move one of them",
                )
        if isinstance(owner, Claim):
            yield from _unknown(
                owner.to, known | modules, "unknown-concept", "concept or module called"
            )
        met.add(owner.id)


def teaching(course: Course) -> Iterator[Problem]:
    """Sessions name modules, concepts of these and activities that exist; these and their steps sheets; tools modules."""
    modules = {module.id for module in course.modules}
    activities = {act.id for module in course.modules for act in module.activities}
    tools = {tool.id for tool in course.tools}
    for record in walk.records(course):
        if isinstance(record, Step) and record.activity:
            yield from _unknown(record.activity, activities, "unknown-activity", "activity called")
        if isinstance(record, Handout):
            yield from _unknown(record.sheet, tools, "unknown-tool", "sheet in tools.yaml called")
    for tool in course.tools:
        yield from _unknown(tool.module, modules, "unknown-module", "module called")
    for form in course.forms:
        for session in form.sessions:
            for id_ in session.modules:
                yield from _unknown(id_, modules, "unknown-module", "module called")
            own = {
                concept.id
                for module in course.modules
                if module.id in session.modules
                for concept in module.concepts
            }
            for id_ in session.concepts:
                yield from _unknown(
                    id_, own, "unknown-concept", "concept in the modules of this session called"
                )


TO_SOURCES = (sources,)
CHECKS = (unused_sources, objectives, concepts, teaching)
