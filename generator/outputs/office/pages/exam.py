"""The test in two versions, each with its key."""

from collections.abc import Iterator, Sequence

from ....text import Tree
from ....text.tree import Emphasis, List, Paragraph, letters, plain
from ...pagedata import Drawing, Patched
from ...print.pages import exam
from ...print.pages.base import Selection, has_notes
from ..parts import Choice, Figure, Fill, Heading, Label, Part, Sheet
from .base import POINT, Drawn, Page, Pictures, Shared
from .texts import inline, text

COUNTED = 21  # questions whose points stand beside each other
PICTURE = 110.0  # millimetres


def pages(shared: Shared, selection: Selection) -> Iterator[Page]:
    """Two for each version: one to write on, and its key."""
    if not has_notes(selection):
        return
    test = exam.data(selection)
    for version, questions in test.versions.items():
        name = f"{shared.say['test' if test.final else 'exam']} {version.upper()}"
        drawn: Pictures = {
            q.id: _drawn(shared, q.picture, test.pictures[q.picture.name])
            for q in questions
            if q.picture
        }
        yield shared.page(f"test-{version}", name, _test(shared, test, name, questions), drawn)
        name = f"{name} · {shared.say['key']}"
        yield shared.page(f"test-{version}-key", name, _key(shared, test, name, questions))


def _test(
    shared: Shared, test: exam.Exam, name: str, questions: Sequence[exam.Question]
) -> Iterator[Part]:
    """A version to write on, without its key."""
    say = shared.say
    yield _about(shared, test)
    yield Heading(1, (name,))
    yield Fill(say["name"])
    yield Fill(say["time"])
    total = sum(q.points for q in questions)
    passing = f", {test.passing} {say['passing']}" if test.passing else ""
    minutes = f"; {test.minutes} {say['min']}" if test.minutes else ""
    yield Paragraph((f"{say['exam-alone']} {_points(shared, total)}{passing}{minutes}.",))
    yield from _scores(shared, [q.points for q in questions])
    for n, question in enumerate(questions, 1):
        yield from _asked(shared, question, n)


def _about(shared: Shared, test: exam.Exam) -> Label:
    """What the test is about."""
    module = f" · {test.module.plain}" if test.module else ""
    return Label(f"{shared.base.plain.title}{module}")


def _points(shared: Shared, count: int) -> str:
    """So many points."""
    return f"{count} {shared.say['point' if count == 1 else 'points']}"


def _scores(shared: Shared, points: Sequence[int]) -> Iterator[Part]:
    """What is reached, question by question, to be filled in by whoever reads it."""
    columns = [(str(n), each) for n, each in enumerate(points, 1)]
    columns += [(shared.say["sum"], sum(points))]
    for at in range(0, len(columns), COUNTED):
        held = columns[at : at + COUNTED]
        yield Sheet(
            (2.4, *(1,) * (len(held) - 1), 1.4),
            (*shared.heads("question"), *(text(name) for name, _ in held)),
            (
                (*shared.heads("points"), *(text(str(count)) for _, count in held)),
                (*shared.heads("reached"), *(Tree(),) * len(held)),
            ),
            size=9,
        )


def _asked(shared: Shared, question: exam.Question, number: int) -> Iterator[Part]:
    """A question, with room to answer it."""
    yield Heading(2, (f"{number} · {_points(shared, question.points)}",))
    yield from question.question.blocks
    if question.choice:
        yield Choice(tuple(question.choice))
    if question.task:
        yield Paragraph((question.task,))
    if question.picture:
        yield Figure(question.id)
    if question.parts:
        each = _points(shared, question.points // len(question.parts))
        for n, part in enumerate(question.parts, 1):
            own = "" if plain(part).startswith("(") else f"({letters(n)}) "
            yield Paragraph((own, *inline(part), f" ({each})"))
            yield Fill(lines=question.lines)
    elif question.items:
        for n in range(1, question.items + 1):
            yield Fill(str(n) if question.ordered else "–")
    elif not question.choice:
        yield Fill(lines=question.lines)


def _drawn(shared: Shared, picture: Patched, drawing: Drawing) -> Drawn:
    """The picture of a question, as large as on the printed test."""
    letters = drawing.letters * 7 * POINT
    wide = max(letters, min(PICTURE, 78 / drawing.ratio))
    return Drawn(picture, drawing, _hidden(shared, picture), min(130, wide))


def _hidden(shared: Shared, picture: Patched) -> str:
    """What may be said of a picture while its labels are hidden."""
    signs = ", ".join(dict.fromkeys(mask.sign for mask in picture.masks))
    told = [picture.told, f"{shared.say['hidden-labels']} {signs}" if signs else ""]
    return ". ".join(filter(None, told)) + "."


def _key(
    shared: Shared, test: exam.Exam, name: str, questions: Sequence[exam.Question]
) -> Iterator[Part]:
    """The key of a version."""
    yield _about(shared, test)
    yield Heading(1, (name,))
    yield Sheet(
        (12, 138, 20),
        shared.heads("number", "answer", "points"),
        tuple(
            (text(str(n)), _answered(question, final=test.final), text(str(question.points)))
            for n, question in enumerate(questions, 1)
        ),
    )


def _answered(question: exam.Question, *, final: bool) -> Tree:
    """The answer to a question, more about it, and where it is from."""
    keys = tuple(key.blocks for key in question.keys)
    answer = (List(keys, 1 if question.ordered else None),) if keys else question.key.blocks
    own = "" if final else question.id  # only what comes from a card has an id
    source = " · ".join(filter(None, (question.source, own)))
    under = (Paragraph((Emphasis((source,)),)),) if source else ()
    return Tree((*answer, *question.more.blocks, *under))
