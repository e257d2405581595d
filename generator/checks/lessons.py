"""What can be told of a plan before anybody teaches by it: talks that end early, sheets that solve themselves, questions that
are not there, what is told twice or under two names.
"""

from collections.abc import Iterator

from .. import walk
from ..lessons import recalled, script_of, steps_of
from ..model import Course
from ..plan import OF_CIRCLES, Activity, Columns, Handout, Script, Session, Statements, Step
from ..problems import Problem, so_many
from ..text import scripts, to_plain
from ..texts import Record
from . import wording
from .structure import lasting

PACE = 130  # words that are said in a minute
TALK = 150  # words that make a talk of a step: where less is said, learners fill its minutes


def talks(course: Course) -> Iterator[Problem]:
    """A talk fills half of its minutes at least: with words, and a minute for each thing that is drawn or asked."""
    for session in walk.records(course):
        for step in session.plan if isinstance(session, Session) else ():
            found = list(_short(step))
            excused = [each for each in step.waive if each.rule == "few-words"]
            yield from () if excused else found
            for waiver in step.waive:
                if waiver.rule != "few-words":
                    hint = "a step can waive few-words alone"
                    said = f"there is no rule “{waiver.rule}” for a step"
                    yield Problem(waiver.rule.span, "unknown-rule", said, hint)
                elif not found:
                    said = "the waiver of few-words excuses nothing"
                    yield Problem(waiver.rule.span, "unused-waiver", said, "remove it")


def _short(step: Step) -> Iterator[Problem]:
    words = scripts.count(wording.words(to_plain(step.say)))
    shown = len(step.draw) + len(step.ask)
    if step.activity or words < TALK or 2 * (words / PACE + shown) >= step.minutes:
        return
    minutes = f"{words / PACE:.0f} of the {step.minutes} minutes"
    beside = f", and what is drawn or asked {shown} more" if shown else ""
    yield Problem(
        step.say.span,
        "few-words",
        f"the {words} words of this talk take {minutes}{beside}: less than half",
        "add what to `draw` and questions to `ask`, a minute each, or give it fewer minutes",
    )


# What a step can say in a session alone: only there is something handed out, asked, written or excused.
IN_SESSIONS = ("activity", "prints", "recall", "test", "waive")


def idle(course: Course) -> Iterator[Problem]:
    """No key stands where it does nothing."""
    for record in walk.records(course):
        match record:
            case Activity(steps=steps):
                where = "an activity"
            case Script(script=steps):
                where = "a script"
            case Handout(circle=int(), per=per) if per not in OF_CIRCLES:
                said, hint = f"`circle` does nothing beside “per: {per}”", "leave it out"
                yield Problem(record.span, "idle-key", said, hint)
                continue
            case _:
                continue
        for step in steps:
            for key in IN_SESSIONS:
                if getattr(step, key):
                    said = f"`{key}` does nothing in a step of {where}"
                    yield Problem(step.span, "idle-key", said, _instead(key, record))
    for tool in course.tools:
        if tool.private and not tool.filled_in:
            said = "`private` does nothing on a sheet that has no line for a name"
            yield Problem(tool.span, "idle-key", said, "leave it out")


def _instead(key: str, record: Record) -> str:
    if key == "prints" and isinstance(record, Activity):
        return "name the sheets under `prints` of the activity itself"
    return "leave it out" if key == "waive" else "write it in the step of a session in plan.yaml"


def answers(course: Course) -> Iterator[Problem]:
    """The statements of a sheet do not run in the order of its options."""
    for record in walk.records(course):
        if isinstance(record, Statements) and len(record.statements) > 2:
            place = {option: at for at, option in enumerate(record.options)}
            run = [place.get(each.belongs, -1) for each in record.statements]
            if run == sorted(run) and run[0] != run[-1]:
                said = (
                    "the statements run in the order of the options, which gives the answers away"
                )
                yield Problem(record.span, "answers-in-order", said, "shuffle the statements")


def given(course: Course) -> Iterator[Problem]:
    """What is given of a sheet with columns has room on it."""
    for record in walk.records(course):
        if not isinstance(record, Columns) or not record.whole:
            continue
        if len(record.given) > record.rows:
            said = f"{len(record.given)} rows are given, and the sheet has {record.rows}"
            yield Problem(record.span, "too-much-given", said, "raise `rows`, or give fewer")
        for row in record.given:
            if len(row) > len(record.columns):
                said = f"a row has {len(row)} cells for {so_many(len(record.columns), 'column')}"
                yield Problem(row[-1].span, "too-much-given", said, "leave the last cells out")


def questions(course: Course) -> Iterator[Problem]:
    """The cards have as many questions from memory as the steps ask for."""
    for form in course.forms:
        drawn = recalled(course, form)
        for session in form.sessions:
            for at, step in enumerate(session.plan):
                there = len(drawn.get((str(session.id), at), ()))
                if there < step.recall:
                    said = f"only {there} of {step.recall} questions can be drawn from what was taught before"
                    hint = "in its first step, a meeting asks of earlier ones only"
                    yield Problem(step.span, "few-questions", said, hint)


def scripted(course: Course) -> Iterator[Problem]:
    """An activity that hands out a script leaves its steps to that, and they take its minutes."""
    for activity in (each for module in course.modules for each in module.activities):
        tool, steps = script_of(course, activity), steps_of(course, activity)
        if activity.steps and tool:
            said = f"“{activity.id}” has steps, and so has the script “{tool.id}” that it hands out"
            hint = "leave the steps to the script: `steps` of the activity may be left out"
            yield Problem(activity.span, "told-twice", said, hint)
        elif tool and steps:  # an empty script is told as such
            yield from lasting(activity, steps, f"the script “{tool.id}”")
        elif not tool and not steps:
            said = f"“{activity.id}” has no steps for its {so_many(activity.minutes, 'minute')}"
            hint = "give it `steps`, or name a script of tools.yaml under its `prints`"
            yield Problem(activity.span, "minutes", said, hint)


def titles(course: Course) -> Iterator[Problem]:
    """A step that does an activity goes by the title of that."""
    activities = {each.id: each for module in course.modules for each in module.activities}
    for step in (record for record in walk.records(course) if isinstance(record, Step)):
        done = activities.get(step.activity) if step.activity else None
        if done and step.title and to_plain(step.title) != to_plain(done.title):
            said = f"the step is called “{to_plain(step.title)}”, and its activity “{to_plain(done.title)}”"
            yield Problem(step.title.span, "other-title", said, "leave the title of the step out")


LOCAL = (talks, idle, answers, given)
CHECKS = (questions, scripted, titles)
