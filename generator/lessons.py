"""What a meeting hands out and asks: sheets with their copies for a number of learners, and questions from memory, drawn from
the cards of what was taught before.
"""

import functools
import hashlib
import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from .frozen import dataclass
from .kinds.base import Face
from .model import Course
from .notes import Note, notes_of
from .plan import Activity, Form, Handout, Per, Session, Step, Tool
from .text import to_plain

# Cards whose question can be read out or projected as it stands.
ASKED = frozenset({"ask", "cases", "sort", "pair", "cloze"})
LONGEST = 330  # letters of a question that can be read from the back of a room


# --- what is handed out --------------------------------------------------------------------------


def handouts(course: Course, steps: Iterable[Step]) -> dict[str, tuple[Handout, ...]]:
    """What steps of a meeting hand out, by the ids of sheets in the order of their first use."""
    found: dict[str, list[Handout]] = defaultdict(list)
    for step in steps:
        for each in handed_out(course, step):
            found[str(each.sheet)].append(each)
    return {sheet: tuple(uses) for sheet, uses in found.items()}


def handed_out(course: Course, step: Step) -> tuple[Handout, ...]:
    """What a step of a meeting hands out. Its own word on a sheet stands for that of its activity."""
    activities = {each.id: each for module in course.modules for each in module.activities}
    own = {each.sheet for each in step.prints}
    done = activities.get(step.activity) if step.activity else None
    theirs = tuple(each for each in done.prints if each.sheet not in own) if done else ()
    return (*step.prints, *theirs)


def steps_of(course: Course, activity: Activity) -> tuple[Step, ...]:
    """The steps of an activity: its own or, where it has none, those of its script."""
    script = script_of(course, activity)
    return activity.steps or (script.script.script if script and script.script else ())


def script_of(course: Course, activity: Activity) -> Tool | None:
    """What whoever leads an activity reads from, if anything. A script of which everyone gets one is a sheet like any other."""
    read = {each.sheet for each in activity.prints if each.per not in ("person", "pair")}
    return next((tool for tool in course.tools if tool.script and tool.id in read), None)


def circles(learners: int, circle: int) -> tuple[int, ...]:
    """How many sit in each circle, the largest first: circles of one size where that is `circle` or one more or less, else as
    near to each other as may be, and none larger than a fifth more. Nobody sits alone for that.
    """
    circle = max(circle, 1)
    least = max(circle - 1, min(circle, 2))
    even = [size for size in range(least, circle + 2) if learners % size == 0]
    if learners and even:
        size = min(even, key=lambda size: (abs(size - circle), -size))
        return (size,) * (learners // size)
    most = circle + max(1, circle // 5)
    count = max(1, round(learners / circle), -(-learners // most))
    size, larger = divmod(learners, count)
    return (size + 1,) * larger + (size,) * (count - larger)


def sizes(circle: int) -> tuple[int, int]:
    """How many sit in the smallest and in the largest circle of about `circle` people, whatever the number of learners that is
    not smaller.
    """
    found = [size for learners in range(circle, 4 * circle) for size in circles(learners, circle)]
    return min(found), max(found)


def copies(per: Per, count: int, learners: int, circle: int) -> int:
    """How many there are for so many learners, in circles of about `circle` people."""
    groups = {
        "person": learners,
        "pair": -(-learners // 2),
        "circle": len(circles(learners, circle)),
        "further-circle": max(0, len(circles(learners, circle)) - 1),
        "room": 1,
    }
    return count * groups[per]


def too_few(course: Course, session: Session, learners: int, circle: int) -> tuple[Activity, ...]:
    """The activities of a meeting for which there are too few learners, in the room or in the smallest of its circles of about
    `circle` people, in the order of its plan.
    """
    there = {"room": learners, "circle": min(circles(learners, circle), default=0)}
    named = [step.activity for step in session.plan]
    every = [each for module in course.modules for each in module.activities]
    small = [a for a in every if a.least and there[a.least.per] < a.least.learners]
    return tuple(sorted((a for a in small if a.id in named), key=lambda a: named.index(a.id)))


def meeting(course: Course, word: str) -> tuple[Form, Session] | None:
    """A meeting by its id, or by its number in the first form, and the form it belongs to."""
    for form in course.forms:
        for number, session in enumerate(form.sessions, 1):
            if word == session.id or (form is course.forms[0] and word == str(number)):
                return form, session
    return None


# --- questions from memory -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Question:
    """A face of a note, asked from memory; `outcomes` are the ids of those of the course that it serves."""

    note: Note
    face: Face
    outcomes: frozenset[str]


@functools.lru_cache(maxsize=8)
def recalled(course: Course, form: Form) -> Mapping[tuple[str, int], tuple[Question, ...]]:
    """The questions of each step that asks from memory, by the id of its session and its place in the plan, from 0. A step for
    which there is no question is left out.

    The first step of a meeting asks of what earlier meetings taught, a later one of this meeting too. No question comes twice
    in a form. Each outcome comes back whenever there is a question left that serves it; a concept comes back, with
    another question, after twice as many meetings as the last time. Where cards serve no outcome, it goes by lot.
    """
    drawn = _Drawn(course, form)
    return {
        (str(session.id), at): tuple(questions)
        for number, session in enumerate(form.sessions)
        for at, step in enumerate(session.plan)
        if (questions := drawn.draw(number, at, step.recall))
    }


def asking(course: Course, form: Form, session: Session) -> dict[int, str]:
    """The places of the steps of a meeting that ask from memory, each with what tells it from the others: the time since the
    meeting began, such as 1:55; empty where there is no other.
    """
    steps = [at for id_, at in recalled(course, form) if id_ == session.id]
    clock = (0, *itertools.accumulate(step.minutes for step in session.plan))
    several = len(steps) > 1
    return {at: f"{clock[at] // 60}:{clock[at] % 60:02}" if several else "" for at in steps}


class _Drawn:
    """What was drawn so far in a form, which decides what is drawn next."""

    def __init__(self, course: Course, form: Form) -> None:
        self.form = form
        # The meeting that first teaches a concept of a module; without a concept, all of the module. One that names concepts
        # teaches these alone, and nothing of a module of which it names none.
        self.first: dict[tuple[str, str], int] = {}
        concepts = {str(m.id): {str(each.id) for each in m.concepts} for m in course.modules}
        for number, session in enumerate(form.sessions):
            named = set(map(str, session.concepts))
            for module in map(str, session.modules):
                for each in named & concepts.get(module, set()) if named else {""}:
                    self.first.setdefault((module, each), number)
        self.left = list(_questions(course))
        self.asked: dict[str, int] = defaultdict(int)  # questions for each outcome
        self.times: dict[str, int] = defaultdict(int)  # meetings that recalled a concept
        self.last: dict[str, int] = {}  # the meeting that did so last

    def draw(self, number: int, at: int, count: int) -> list[Question]:
        """Questions for a step, in an order that mixes what they are about."""
        until = number if at else number - 1
        ready = [q for q in self.left if self._taught(q) <= until]
        ready.sort(key=lambda q: self._lot(q, number, at))
        chosen: list[Question] = []
        here: dict[str, int] = defaultdict(int)
        while ready and len(chosen) < count:
            best = min(ready, key=lambda q: self._rank(q, number, here))
            chosen.append(best)
            ready = [q for q in ready if _concept(q) != _concept(best)]
            for outcome in best.outcomes:
                here[outcome] += 1
        taken = set(map(id, chosen))
        self.left = [q for q in self.left if id(q) not in taken]
        for question in chosen:
            self.times[_concept(question)] += 1
            self.last[_concept(question)] = number
            for outcome in question.outcomes:
                self.asked[outcome] += 1
        return sorted(chosen, key=lambda q: self._lot(q, number, at))

    def _taught(self, question: Question) -> int:
        """The meeting that first teaches what is asked; 99 where none does."""
        module = str(question.note.module.id)
        return min(self.first.get((module, each), 99) for each in (_concept(question), ""))

    def _rank(
        self, question: Question, number: int, here: Mapping[str, int]
    ) -> tuple[int, int, int, int]:
        """The lowest is drawn: of the outcome that was asked least, here and so far; then what is due, then what is new; of this
        what was taught last.
        """
        if not question.outcomes:
            return 99, 0, 0, 0
        concept = _concept(question)
        last = self.last.get(concept)
        waited = last is None or number - last >= 2 ** self.times[concept]
        due = 2 if not waited else 1 if last is None else 0
        least = sum(here[outcome] for outcome in question.outcomes)
        rarest = min(self.asked[outcome] for outcome in question.outcomes)
        taught = self._taught(question)
        return least, due // 2, rarest, 10 * due - taught

    def _lot(self, question: Question, number: int, at: int) -> str:
        """A lot that is always the same."""
        parts = (self.form.id, number, at, question.note.id, question.face.number)
        return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()


def _concept(question: Question) -> str:
    return str(question.note.owner.id)


def _questions(course: Course) -> Iterator[Question]:
    """Every question that can be asked so, of a concept that serves an outcome of the course."""
    serves = {goal.id: str(goal.outcome) for m in course.modules for goal in m.objectives}
    for note in notes_of(course):
        if not note.ours or note.kind not in ASKED:
            continue
        outcomes = frozenset(serves[id_] for id_ in note.owner.objectives if id_ in serves)
        for face in note.faces:
            plain = face.picture is None and len(to_plain(face.question)) <= LONGEST
            if plain and "![" not in face.question + face.answer:
                yield Question(note, face, outcomes)
