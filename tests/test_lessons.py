"""What a meeting hands out and asks from memory."""

import dataclasses

import pytest
from conftest import WORKSHOP
from coursedeck.lessons import (
    asking,
    circles,
    copies,
    handouts,
    meeting,
    recalled,
    sizes,
    steps_of,
    too_few,
)
from coursedeck.load import load
from coursedeck.outputs import lessondata
from coursedeck.outputs.lessondata import sheets
from coursedeck.plan import Handout, LeastNumber, Pieces
from coursedeck.texts import Id, Line, Prose

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def course():
    course, _ = load(WORKSHOP)
    return course


def form_of(course, *plans):
    """The first form with a meeting for each list of modules and numbers of questions."""
    form = course.plan.forms[0]
    session = form.sessions[0]
    step = dataclasses.replace(session.plan[0], recall=0)
    sessions = [
        dataclasses.replace(
            session,
            id=Id(f"meeting-{at}"),
            modules=tuple(map(Id, modules)),
            plan=tuple(dataclasses.replace(step, recall=count) for count in counts),
        )
        for at, (modules, counts) in enumerate(plans)
    ]
    return dataclasses.replace(form, sessions=tuple(sessions))


@pytest.mark.parametrize(
    ("per", "learners", "expected"),
    [
        ("person", 24, 24),
        ("pair", 24, 12),
        ("pair", 25, 13),
        ("circle", 24, 4),
        ("circle", 2, 1),
        ("further-circle", 24, 3),
        ("further-circle", 2, 0),
        ("room", 24, 1),
    ],
)
def test_copies_follow_from_the_number_of_learners(per, learners, expected):
    assert copies(per, 1, learners, circle=5) == expected
    assert copies(per, 2, learners, circle=5) == 2 * expected


@pytest.mark.parametrize(
    ("learners", "circle", "expected"),
    [
        (24, 5, (6, 6, 6, 6)),
        (20, 5, (5, 5, 5, 5)),
        (23, 5, (5, 5, 5, 4, 4)),
        (7, 5, (4, 3)),
        (11, 5, (6, 5)),
        (12, 10, (12,)),
        (24, 10, (12, 12)),
        (25, 10, (9, 8, 8)),
        (1, 5, (1,)),
        (0, 5, (0,)),
        (25, 2, (3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2)),
        (3, 2, (3,)),
        (4, 2, (2, 2)),
        (3, 1, (1, 1, 1)),
        (24, 0, (1,) * 24),
        (24, -3, (1,) * 24),
    ],
)
def test_circles_are_of_one_size_where_that_is_near_enough_and_never_much_too_large(
    learners, circle, expected
):
    assert circles(learners, circle) == expected


def test_steps_of_a_meeting_that_ask_from_memory_are_told_apart_by_the_time(course):
    form = form_of(course, (["team-learning"], [4]), (["documents"], [4, 4, 4]), ([], [2]))
    first, middle, last = form.sessions
    minutes = course.plan.forms[0].sessions[0].plan[0].minutes
    assert asking(course, form, first) == {}
    assert asking(course, form, middle) == {
        at: f"{at * minutes // 60}:{at * minutes % 60:02}" for at in range(3)
    }
    assert asking(course, form, last) == {0: ""}


def test_a_meeting_hands_out_the_sheets_of_its_steps_and_activities_in_the_order_of_use(course):
    session = course.plan.forms[0].sessions[1]
    assert session.plan[3].activity == "dialogue-circle"
    own = Handout(sheet=Id("governing-ideas-sheet"), per="circle")
    first, *rest = session.plan
    changed = dataclasses.replace(session, plan=(dataclasses.replace(first, prints=(own,)), *rest))
    found = handouts(course, changed.plan)
    assert list(found) == ["governing-ideas-sheet", "observer-sheet"]
    assert [(each.per, each.copies) for each in found["observer-sheet"]] == [("circle", 2)]


def test_a_step_has_the_last_word_on_a_sheet_of_its_activity(course):
    session = course.plan.forms[0].sessions[1]
    own = Handout(sheet=Id("observer-sheet"), per="room")
    plan = tuple(
        dataclasses.replace(step, prints=(own,)) if step.activity == "dialogue-circle" else step
        for step in session.plan
    )
    found = handouts(course, plan)
    assert found["observer-sheet"] == (own,)


def test_a_sheet_for_the_circles_of_another_meeting_is_counted_for_those_and_left_out_where_nobody_needs_it(
    course,
):
    form = course.plan.forms[0]
    first, *rest = form.sessions[1].plan
    given = Handout(sheet=Id("dialogue-script"), per="further-circle", circle=12)
    plan = (dataclasses.replace(first, prints=(given,)), *rest)
    session = dataclasses.replace(form.sessions[1], plan=plan)
    form = dataclasses.replace(form, sessions=(form.sessions[0], session))
    for learners, count in ((13, 0), (24, 1), (36, 2)):
        made = lessondata.meeting(course, form, session, learners)
        counted = {each.sheet: each.copies for each in made.handed}
        assert counted.get("dialogue-script", 0) == count
        assert [each.sheet for each in made.given[0]] == ["dialogue-script"] * bool(count)
        assert counted["observer-sheet"] == 2 * len(circles(learners, form.circle))
    (uncounted,) = lessondata.meeting(course, form, session).given[0]
    assert [(use.per, *use.sizes) for use in uncounted.uses] == [("further-circle", 7, 14)]


@pytest.mark.parametrize(
    ("per", "keyed"),
    [
        # for whom the sheet is in each meeting, and the meetings that use its key
        (("person", "room"), [False, True]),
        (("person", "person"), [True, True]),
        (("person", ""), [True, False]),
        (("room", "room"), [True, True]),
    ],
)
def test_the_key_of_a_sheet_waits_for_the_meeting_that_hangs_it_on_the_wall(course, per, keyed):
    """A sheet to be filled in at home had its key in the pack of the meeting that gave it out, two meetings too early."""
    form = course.plan.forms[0]
    (step, *_) = form.sessions[0].plan
    sessions = tuple(
        dataclasses.replace(
            session,
            plan=(
                dataclasses.replace(
                    step,
                    activity=None,
                    prints=(Handout(sheet=Id("attitude-sort"), per=whom),) if whom else (),
                ),
            ),
        )
        for session, whom in zip(form.sessions, per, strict=True)
    )
    form = dataclasses.replace(form, sessions=sessions)
    made = [lessondata.meeting(course, form, session, 24) for session in sessions]
    assert [any(each.keyed for each in meeting.handed) for meeting in made] == keyed


def test_a_sheet_that_says_how_large_its_circles_are_is_not_of_those_of_its_meeting(course):
    form = dataclasses.replace(course.plan.forms[0], circle=12)
    given = Handout(sheet=Id("dialogue-script"), per="circle", circle=12)
    first, *rest = form.sessions[1].plan
    plan = (dataclasses.replace(first, prints=(given,)), *rest)
    session = dataclasses.replace(form.sessions[1], plan=plan, circle=20)
    form = dataclasses.replace(form, sessions=(form.sessions[0], session))
    ((use,),) = (each.uses for each in lessondata.meeting(course, form, session).given[0])
    assert tuple(use.sizes) == (7, 14)


@pytest.mark.parametrize(
    ("uses", "whose"),
    [
        (("circle",), "circle"),
        (("further-circle",), "circle"),
        (("circle", "further-circle"), "circle"),
        (("circle", "person"), "name"),
        ((), "name"),
    ],
)
def test_a_sheet_that_only_circles_fill_in_asks_for_the_name_of_a_circle(course, uses, whose):
    tool = next(each for each in course.tools if each.filled_in and not each.private)
    modules = [dataclasses.replace(each, activities=()) for each in course.modules]
    plan = tuple(Handout(sheet=tool.id, per=per) for per in uses)
    first = course.plan.forms[0].sessions[0].plan[0]
    step = dataclasses.replace(first, activity=None, prints=plan)
    session = dataclasses.replace(course.plan.forms[0].sessions[0], plan=(step,))
    form = dataclasses.replace(course.plan.forms[0], sessions=(session,))
    alone = dataclasses.replace(
        course, modules=tuple(modules), plan=dataclasses.replace(course.plan, forms=(form,))
    )
    (sheet,) = sheets(alone, [tool])
    assert sheet.signed == whose


def test_an_activity_without_steps_has_those_of_the_script_that_is_read_in_it(course):
    activity = next(a for m in course.modules for a in m.activities if a.id == "dialogue-circle")
    script = next(tool for tool in course.tools if tool.id == "dialogue-script").script.script
    for per, steps in (("circle", script), ("room", script), ("person", ())):
        prints = (Handout(sheet=Id("dialogue-script"), per=per),)
        bare = dataclasses.replace(activity, steps=(), prints=prints)
        assert steps_of(course, bare) == steps
        own = dataclasses.replace(bare, steps=activity.steps)
        assert steps_of(course, own) == activity.steps


def test_a_meeting_is_called_by_its_number_in_the_first_form_or_by_its_id(course):
    form = course.plan.forms[0]
    assert meeting(course, "2") == meeting(course, form.sessions[1].id) == (form, form.sessions[1])
    assert meeting(course, "9") is None


def test_the_first_step_asks_of_earlier_meetings_and_a_later_one_of_this_too(course):
    form = form_of(course, (["team-learning"], [4, 4]), (["documents"], [6, 6]))
    drawn = recalled(course, form)
    assert ("meeting-0", 0) not in drawn
    assert {q.note.module.id for q in drawn["meeting-0", 1]} == {"team-learning"}
    assert {q.note.module.id for q in drawn["meeting-1", 0]} == {"team-learning"}
    assert "documents" in {q.note.module.id for q in drawn["meeting-1", 1]}


def test_a_meeting_that_names_concepts_asks_of_these_alone(course):
    form = form_of(course, (["team-learning"], [9]), (["documents"], [9]))
    module = next(m for m in course.modules if m.id == "team-learning")
    named = next(each.id for each in module.concepts if each.cards)
    first, *rest = form.sessions
    first = dataclasses.replace(first, concepts=(named,))
    drawn = recalled(course, dataclasses.replace(form, sessions=(first, *rest)))
    of_module = [
        q.note.owner.id
        for questions in drawn.values()
        for q in questions
        if q.note.module.id == "team-learning"
    ]
    assert set(of_module) == {named}


def test_a_meeting_that_names_concepts_teaches_nothing_of_a_module_of_which_it_names_none(course):
    form = form_of(course, (["team-learning", "documents"], [9, 9]), (["documents"], [9, 9]))
    module = next(m for m in course.modules if m.id == "team-learning")
    named = next(each.id for each in module.concepts if each.cards)
    first, *rest = form.sessions
    first = dataclasses.replace(first, concepts=(named,))
    drawn = recalled(course, dataclasses.replace(form, sessions=(first, *rest)))
    assert {q.note.owner.id for q in drawn["meeting-0", 1]} == {named}
    assert {q.note.owner.id for q in drawn["meeting-1", 0]} <= {named}
    assert {q.note.module.id for q in drawn["meeting-1", 1]} == {
        "documents"
    }  # whole, as it names none


def test_no_question_comes_twice_and_no_concept_twice_in_a_step(course):
    form = form_of(course, *[(["team-learning", "documents"], [5, 5])] * 4)
    steps = recalled(course, form).values()
    faces = [(q.note.id, q.face.number) for step in steps for q in step]
    assert len(faces) > 20
    assert len(set(faces)) == len(faces)
    for step in steps:
        assert len({q.note.owner.id for q in step}) == len(step)


def test_the_same_cards_give_the_same_questions(course):
    again, _ = load(WORKSHOP)
    form = course.plan.forms[0]
    assert form is not again.plan.forms[0]
    plans = [(["team-learning"], [0, 3]), (["documents"], [5])]
    one, two = (
        {
            place: [(q.note.id, q.face.number) for q in questions]
            for place, questions in recalled(each, form_of(each, *plans)).items()
        }
        for each in (course, again)
    )
    assert one == two
    assert one["meeting-1", 0]


def test_every_question_can_be_read_out_and_none_shows_a_picture(course):
    form = form_of(course, *[(["team-learning", "documents"], [8, 8])] * 3)
    drawn = [question for questions in recalled(course, form).values() for question in questions]
    assert len(drawn) > 20
    for question in drawn:
        assert question.face.picture is None
        assert question.note.kind not in ("diagram", "sequence")


def test_activities_for_which_there_are_too_few_learners_follow_the_plan(course):
    least = LeastNumber(learners=7, otherwise=Line("Talk."))
    modules = tuple(
        dataclasses.replace(
            module,
            activities=tuple(dataclasses.replace(each, least=least) for each in module.activities),
        )
        for module in course.modules
    )
    changed = dataclasses.replace(course, modules=modules)
    session = course.plan.forms[0].sessions[1]
    named = [step.activity for step in session.plan if step.activity]
    assert len(named) == 3
    assert [each.id for each in too_few(changed, session, 6, 5)] == named
    assert too_few(changed, session, 7, 5) == ()
    assert too_few(course, session, 1, 5) == ()  # whose activities say nothing of it


@pytest.mark.parametrize(
    ("learners", "few"), [(6, True), (7, False), (12, False), (13, True), (14, False)]
)
def test_an_activity_of_circles_has_too_few_learners_where_the_smallest_circle_has(
    course, learners, few
):
    """Of 13 learners in circles of about ten, six sit in the smaller one."""
    least = LeastNumber(learners=7, per="circle", otherwise=Line("Talk."))
    first = next(m for m in course.modules if m.activities)
    activity = dataclasses.replace(first.activities[0], least=least)
    module = dataclasses.replace(first, activities=(activity,))
    changed = dataclasses.replace(course, modules=(module,))
    session = course.plan.forms[0].sessions[0]
    step = dataclasses.replace(session.plan[0], activity=activity.id)
    session = dataclasses.replace(session, plan=(step,))
    assert too_few(changed, session, learners, 10) == ((activity,) if few else ())


@pytest.mark.parametrize(
    ("circle", "found"), [(1, (1, 1)), (2, (1, 3)), (5, (3, 6)), (12, (7, 14)), (20, (12, 24))]
)
def test_the_sizes_of_circles_are_those_of_any_number_of_learners(circle, found):
    every = [size for count in range(circle, 50 * circle) for size in circles(count, circle)]
    assert sizes(circle) == found == (min(every), max(every))


def test_one_sheet_for_the_room_hangs_on_the_wall_unless_it_is_cut_up(course):
    whole = next(each for each in course.tools if each.sort)
    pieces = dataclasses.replace(whole, sort=None, cut=Pieces(pieces=(Prose("A case."),)))
    uses = [each.use for each in sheets(course, [whole, pieces])]
    assert [each["room"] for each in uses] == ["hang-up", "hand-out"]
    assert [each["circle"] for each in uses] == ["hand-out", "hand-out"]
