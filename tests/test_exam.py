"""The test in two versions: of equal points, in another order, over other cases, each with its key apart."""

from dataclasses import replace

import pytest
from conftest import COURSES, SAUERTEIG, WORKSHOP
from coursedeck.load import load
from coursedeck.notes import notes_of
from coursedeck.outputs import pdf
from coursedeck.outputs.print.pages import exam
from coursedeck.plan import OtherCase
from coursedeck.text.tree import plain
from coursedeck.texts import Prose
from print_reading import opened, squeezed, text

pytestmark = pytest.mark.slow

VERSIONS = ("a", "b")
CALCULUS = COURSES / "calculus"


def loaded(path):
    course, problems = load(path)
    assert course, problems
    return course


@pytest.fixture(scope="module")
def planned():
    """A course whose plan has a test, of which one question has another case."""
    course = loaded(WORKSHOP)
    assessment = course.plan.assessment
    first, *others = assessment.test
    other = OtherCase(ask=Prose("What is the other case?"), key=Prose("The other key."), span=None)
    changed = (replace(first, other=other), *others)
    plan = replace(course.plan, assessment=replace(assessment, test=changed))
    return replace(course, plan=plan)


def versions(course, **choice):
    """The questions of both versions."""
    selection = pdf.selected(course, notes_of(course), pdf.Choice(**choice))
    made = exam.data(selection).versions
    return made["a"], made["b"]


def says(question):
    """What a question asks, with its parts."""
    return " ".join(map(plain, (question.question, *question.parts)))


@pytest.mark.parametrize("path", [WORKSHOP, SAUERTEIG, CALCULUS])
def test_both_versions_give_the_same_points_in_another_order(path):
    a, b = versions(loaded(path))
    assert sum(q.points for q in a) == sum(q.points for q in b)
    assert sorted(q.points for q in a) == sorted(q.points for q in b)
    assert [says(q) for q in a] != [says(q) for q in b]


def test_a_pack_has_the_minutes_that_its_own_meeting_gives_to_the_test(planned):
    """It had those of the first form that writes it."""
    form = planned.plan.forms[0]

    def writing(session, minutes):
        first, *rest = session.plan
        return replace(session, plan=(replace(first, minutes=minutes, test=minutes > 0), *rest))

    one, two = (
        writing(each, minutes) for each, minutes in zip(form.sessions, (25, 40), strict=False)
    )
    other = replace(form, sessions=(writing(form.sessions[0], 0),))
    first = replace(form, sessions=(one, two))
    course = replace(planned, plan=replace(planned.plan, forms=(first, other)))
    for meeting, minutes in (
        (None, 25),
        ((first, one), 25),
        ((first, two), 40),
        ((other, other.sessions[0]), 0),
    ):
        choice = pdf.Choice(meeting=meeting)
        assert exam.data(pdf.selected(course, notes_of(course), choice)).minutes == minutes


def test_version_a_is_the_test_of_the_plan(planned):
    a, _ = versions(planned)
    items = planned.plan.assessment.test
    assert [q.points for q in a] == [item.points for item in items]
    assert [q.id for q in a] == [f"plan-{n}" for n in range(1, len(items) + 1)]


def test_version_b_asks_the_same_items_with_their_other_cases_and_none_keeps_its_place(planned):
    a, b = versions(planned)
    assert sorted(q.id.removesuffix("-other") for q in b) == sorted(q.id for q in a)
    (other,) = [q for q in b if q.id == "plan-1-other"]
    assert (says(other), plain(other.key)) == ("What is the other case?", "The other key.")
    assert other.points == a[0].points
    for here, there in zip(a, b, strict=True):
        moved = here.id != there.id.removesuffix("-other")
        assert moved == (here.points <= exam.MANY), here.id


def test_a_list_at_the_end_of_a_question_is_its_parts_with_equal_points(planned):
    (long,) = [q for q in versions(planned)[0] if q.points > exam.MANY]
    assert len(long.parts) == 4
    assert all(plain(part).startswith("(") for part in long.parts)
    assert long.lines == long.points // 4 + 1


def test_a_course_without_a_plan_is_asked_about_its_cards_by_two_versions_that_share_none():
    """Where there are enough cards."""
    a, b = versions(loaded(CALCULUS))
    assert exam.FEW < len(a) == len(b) <= exam.QUESTIONS
    assert not {q.id for q in a} & {q.id for q in b}


def test_the_same_questions_are_drawn_each_time():
    first, again = (versions(loaded(CALCULUS)) for _ in range(2))
    assert [[q.id for q in version] for version in first] == [
        [q.id for q in version] for version in again
    ]


def test_a_test_of_some_modules_is_drawn_from_their_cards_though_the_plan_has_one(planned):
    module = planned.modules[1]
    own = {str(card.id) for concept in module.concepts for card in concept.cards}
    for version in versions(planned, modules=(module.id,)):
        assert version
        assert {q.id.split("/")[0].split(".")[0] for q in version} <= own


def test_one_card_alone_is_asked_by_both_versions(tmp_path):
    file = tmp_path / "cards.yaml"
    file.write_text("title: Animals\ncards: [{ask: What barks?, answer: A dog}]\n", "utf-8")
    a, b = versions(loaded(file))
    assert [says(q) for q in a] == [says(q) for q in b] == ["What barks?"]


def test_no_question_of_a_version_holds_the_answer_to_another(tmp_path):
    cards = [f"{{ask: What is number {n}?, answer: Answer {n}}}" for n in range(30)]
    cards += ["{ask: Why is Answer 3 right?, answer: It is odd}"]
    file = tmp_path / "cards.yaml"
    file.write_text(f"title: Numbers\ncards: [{', '.join(cards)}]\n", "utf-8")
    for version in versions(loaded(file)):
        asked = [says(q) for q in version]
        assert not any(
            plain(q.key) in each.removeprefix(says(q)) for q in version for each in asked
        )


@pytest.mark.slow
def test_the_plans_test_shows_no_key_and_neither_it_nor_its_key_an_id_that_is_no_cards(planned):
    files, problems = pdf.printed(
        planned, notes_of(planned), pdf.Choice(papers=("a4",), only=("test", "facilitator"))
    )
    assert problems == []
    guide = squeezed(text(files["print/a4/facilitator.pdf"]))
    for version, questions in zip(VERSIONS, versions(planned), strict=True):
        test = squeezed(text(files[f"print/a4/test-{version}.pdf"]))
        key = squeezed(text(files[f"print/a4/test-{version}-key.pdf"]))
        for question in questions:
            assert squeezed(says(question)) in test or question.parts
            answer = squeezed(plain(question.key).partition("(")[0])
            assert answer in key
            assert answer not in test
            assert answer not in guide or len(answer) < 20
            assert question.id not in test + key
        assert "40points,28topass" in test


CHOICES = """\
title: Choices
cards:
  - id: gap
    cloze: "Of these one is a metal:\\n\\n- {{c1::iron}}\\n- sulphur\\n- neon"
  - id: gaps
    cloze: "Three metals:\\n\\n- {{c1::iron}}\\n- {{c2::copper}}\\n- {{c3::zinc}}"
  - id: asked
    ask: "Which is a gas?\\n\\n- lead\\n- argon"
    answer: argon
  - id: sorted
    sort:
      ask: Which is it?
      options: [acid, base]
      cases:
        - {id: one, case: Lemon., belongs: acid, why: It is sour.}
  - id: missing
    sequence: {prompt: Two. Which is missing?, ordered: false, items: [{id: a, text: x}, {id: b, text: y}]}
"""


def test_only_what_asks_to_choose_has_boxes_to_tick_and_the_rest_has_lines(tmp_path):
    (tmp_path / "choices.yaml").write_text(CHOICES)
    found = {
        q.id.partition(".")[0]: q
        for each in versions(loaded(tmp_path / "choices.yaml"))
        for q in each
    }
    assert {name: [plain(c) for c in q.choice] for name, q in found.items()} == {
        "gap": [],
        "gaps": [],
        "asked": ["lead", "argon"],
        "sorted": ["acid", "base"],
        "missing": [],
    }
    assert plain(found["gap"].question) == "Of these one is a metal: […] sulphur neon"
    assert (found["gap"].lines, found["gaps"].items) == (2, 3)


LONG = {
    "words": "word " * 1000,
    "paragraphs": f"{'word ' * 60}\n\n" * 22,
    "code": "```python\n" + "a = 1\n" * 100 + "```\n\n",
    "a long line of code": f"```python\n{'a = 1; ' * 900}\n```\n\n",
}


def asking(course, ask, key="The key.", points=2):
    """The course with a test of one question, and its pages of version A: to write on, and the key."""
    item = replace(course.plan.assessment.test[0], ask=Prose(ask), key=Prose(key), points=points)
    assessment = replace(course.plan.assessment, test=(replace(item, other=None),))
    changed = replace(course, plan=replace(course.plan, assessment=assessment))
    choice = pdf.Choice(papers=("a4",), only=("test",))
    files, problems = pdf.printed(changed, notes_of(changed), choice=choice)
    assert problems == []
    return files["print/a4/test-a.pdf"], files["print/a4/test-a-key.pdf"]


def ruled(data):
    """How many lines there are to write on: those as wide as the text of a question."""
    lines = [
        drawn["rect"]
        for page in opened(data)
        for drawn in page.get_drawings()
        if drawn["rect"].y1 < page.rect.height - 60
    ]
    return sum(440 < rect.width < 450 and rect.height < 1 for rect in lines)


@pytest.mark.parametrize("long", LONG)
def test_a_question_longer_than_a_page_goes_on_over_the_next_with_its_lines(planned, long):
    asked, _ = asking(planned, f"{LONG[long]}\n\nLASTWORD")
    assert "LASTWORD" in text(asked)
    assert ruled(asked) == 3


@pytest.mark.parametrize("long", LONG)
def test_a_part_and_a_key_longer_than_a_page_go_on_too(planned, long):
    indented = LONG[long].replace("\n", "\n  ")
    asked, key = asking(
        planned, f"Say:\n\n- one\n- {indented}LASTWORD", f"{LONG[long]}\n\nLASTWORD", points=4
    )
    assert "LASTWORD" in text(asked)
    assert ruled(asked) == 6
    assert "LASTWORD" in text(key)


def test_an_answer_of_more_lines_than_a_page_has_all_of_them(planned):
    asked, _ = asking(planned, "Write an essay.", points=60)
    assert ruled(asked) == 61


def test_more_parts_than_letters_are_counted_on(planned):
    asked, _ = asking(planned, "Say:\n\n" + "- part\n" * 28, points=28)
    assert "(z) part 1 point (aa) part 1 point" in text(asked)
    assert "(ab) part" in text(asked)
