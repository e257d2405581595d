"""What a course names is there: sources, objectives, concepts, documents, activities, sheets."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from .. import walk
from ..model import Claim, Concept, Course, Reading
from ..plan import Handout, Step
from ..problems import Problem, did_you_mean
from ..texts import Id


def _unknown(
    named: Iterable[Id], known: Collection[str], code: str, what: str
) -> Iterator[Problem]:
    """What is named and not there, each once, where it is named first: one thing is to be mended."""
    missing = [id_ for id_ in named if id_ and id_ not in known]
    counted = Counter(missing)
    for id_ in dict.fromkeys(missing):
        hint = did_you_mean(id_, known) or "add it, or name one that is there"
        count = f" (it is named {counted[id_]} times)" if counted[id_] > 1 else ""
        yield Problem(id_.span, code, f"there is no {what} “{id_}”{count}", hint)


def sources(course: Course) -> Iterator[Problem]:
    """A citation names a work of sources.yaml."""
    cited = [cite.work for cite in walk.cites(course)]
    cited += [record.work for record in walk.records(course) if isinstance(record, Reading)]
    cited += [essay.work for essay in course.essays]
    works = {work.id for work in course.works}
    if cited and not works:
        message = f"“{cited[0]}” is cited, and there are no works in sources.yaml"
        hint = "add that file beside course.yaml; a course of one file cites nothing"
        yield Problem(cited[0].span, "unknown-source", message, hint)
        return
    yield from _unknown(cited, works, "unknown-source", "work in sources.yaml called")


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
    served = [goal.outcome for module in course.modules for goal in module.objectives]
    yield from _unknown(served, outcomes, "unknown-outcome", "outcome called")
    named: dict[str, list[Id]] = {}
    for module, _, owner in walk.owners(course):
        named.setdefault(module.id, []).extend(owner.objectives)
    for module in course.modules:
        own = {goal.id for goal in module.objectives}
        what = "objective in this module called"
        yield from _unknown(named.get(module.id, ()), own, "unknown-objective", what)


def concepts(course: Course) -> Iterator[Problem]:
    """`builds-on` names a concept met before; a claim's `to`, a concept or a module."""
    owners = list(walk.owners(course))
    known = {owner.id for _, _, owner in owners}
    modules = {module.id for module in course.modules}
    built_on = [id_ for _, _, o in owners if isinstance(o, Concept) for id_ in o.builds_on]
    yield from _unknown(built_on, known, "unknown-concept", "concept called")
    borne = [owner.to for _, _, owner in owners if isinstance(owner, Claim)]
    yield from _unknown(borne, known | modules, "unknown-concept", "concept or module called")
    met: set[str] = set()
    for _, _, owner in owners:
        for id_ in owner.builds_on if isinstance(owner, Concept) else ():
            if id_ in known and id_ not in met:
                yield Problem(
                    id_.span,
                    "order",
                    f"“{owner.id}” builds on “{id_}”, which comes later",
                    "move one of them",
                )
        met.add(owner.id)


def teaching(course: Course) -> Iterator[Problem]:
    """Sessions name modules, concepts of these and activities that exist; these and their steps sheets, rubrics, documents; tools
    modules.
    """
    modules = {module.id for module in course.modules}
    activities = {act.id for module in course.modules for act in module.activities}
    printed = {tool.id for tool in course.tools} | {rubric.id for rubric in course.rubrics}
    records = list(walk.records(course))
    done = [record.activity for record in records if isinstance(record, Step) and record.activity]
    yield from _unknown(done, activities, "unknown-activity", "activity called")
    read = [id_ for module in course.modules for act in module.activities for id_ in act.essays]
    essays = {essay.id for essay in course.essays}
    yield from _unknown(read, essays, "unknown-document", "document called")
    handed = [record.sheet for record in records if isinstance(record, Handout)]
    yield from _unknown(
        handed, printed, "unknown-tool", "sheet in tools.yaml or rubric in plan.yaml called"
    )
    sessions = [s for form in course.forms for s in form.sessions]
    named = [*(tool.module for tool in course.tools), *(id_ for s in sessions for id_ in s.modules)]
    yield from _unknown(named, modules, "unknown-module", "module called")
    for session in sessions:
        if not modules.issuperset(session.modules):
            continue  # one of them is not there, which is told
        taught = [module for module in course.modules if module.id in session.modules]
        own = {concept.id for module in taught for concept in module.concepts}
        what = "concept in the modules of this session called"
        yield from _unknown(session.concepts, own, "unknown-concept", what)


TO_SOURCES = (sources,)
CHECKS = (unused_sources, objectives, concepts, teaching)
