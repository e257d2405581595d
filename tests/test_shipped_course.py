"""The course that ships: complete, within its own rules, and every hole in it found."""

import io
import itertools
import json
import re
from collections import Counter, defaultdict

import docx
import pytest
from click.testing import CliRunner
from conftest import CONTENT, SAUERTEIG, some
from coursedeck import __version__, walk
from coursedeck.cli import main
from coursedeck.lessons import circles, copies, handouts, recalled, steps_of, too_few
from coursedeck.load import assemble, load
from coursedeck.notes import notes_of
from coursedeck.outputs import office, pdf
from coursedeck.outputs.lessondata import meeting
from coursedeck.plan import Handout
from coursedeck.source.files import read_files
from coursedeck.text import to_plain
from coursedeck.texts import Line, Prose
from docx.oxml.ns import qn
from libreoffice import fonts, in_libreoffice, shown_by_libreoffice
from print_reading import opened, squeezed, text
from tools.tails import MOST, tails

pytestmark = pytest.mark.slow


def run(*args, code=0):
    result = CliRunner().invoke(main, [str(arg) for arg in args])
    assert result.exit_code == code, result.output
    return result.stdout


@pytest.fixture(scope="module")
def course():
    made, problems = load(CONTENT)
    assert made is not None, problems
    return made


@pytest.fixture(scope="module")
def notes(course):
    return notes_of(course)


@pytest.fixture(scope="module")
def written(course, notes):
    return office.documents(course, notes)


def test_the_strict_check_finds_nothing():
    run("check", CONTENT, "--strict")


def test_there_are_220_to_300_notes_over_six_modules_and_a_closing_one(notes):
    counts = Counter(note.module.id for note in notes)
    assert 220 <= len(notes) <= 300
    assert len(counts) == 7
    assert min(counts.values()) >= 15


def test_fewer_than_one_card_in_twenty_is_waived(notes):
    cards = {note.card.id: note.card for note in notes}.values()
    assert sum(bool(card.waive) for card in cards) < len(cards) / 20


def test_all_sixteen_documents_are_there_each_with_claims_and_what_is_cut(course):
    assert [essay.number for essay in course.essays] == list(range(1, 17))
    for essay in course.essays:
        assert essay.claims, essay.id
        assert essay.cut_note, essay.id
        assert any(claim.cards for claim in essay.claims), essay.id


def test_at_least_eight_diagrams_are_drawn_each_with_a_text_alternative(course):
    assert len(course.pictures) >= 8
    for picture in course.pictures:
        assert picture.title
        assert len(picture.description) > 60
        assert picture.width == 480
        assert picture.masks


def test_every_module_has_what_a_teacher_needs(course):
    for module in (module for module in course.modules if not module.mixed):
        for part in (
            "opening",
            "objectives",
            "misconceptions",
            "activities",
            "questions",
            "field_tasks",
            "readings",
        ):
            assert getattr(module, part), (module.id, part)


def test_six_weeks_and_four_weeks_are_planned_in_minutes(course):
    forms = {form.id: [session.minutes for session in form.sessions] for form in course.plan.forms}
    assert forms == {"six-weeks": [120] * 6, "four-weeks": [150] * 4}


def test_every_step_of_a_meeting_has_a_title(course):
    for form in course.plan.forms:
        for session in form.sessions:
            # What an activity does goes by the title of that: `other-title`.
            assert all(bool(step.title) != bool(step.activity) for step in session.plan), session.id
            assert session.room, session.id
            assert session.bring, session.id


def sentences(steps):
    """The sentences of what is done and said, each with its longer words, of which endings do not count."""
    for step in steps:
        for told in (step.do, step.say):
            for each in re.split(r"(?<=[.!?”])\s+|\n|: ", to_plain(told)):
                yield each, {word[:6] for word in re.findall(r"[a-z]{4,}", each.lower())}


def test_a_step_that_runs_an_activity_or_a_script_does_not_retell_it(course):
    """The fifty minutes of dialogue stood in the guide twice, in other words, and lists of minutes above the steps themselves."""
    activities = {each.id: each for module in course.modules for each in module.activities}
    scripts = {tool.id: tool.script.script for tool in course.tools if tool.script}
    told, compared = [], 0
    for step in (step for form in course.forms for s in form.sessions for step in s.plan):
        inner = list(steps_of(course, activities[step.activity])) if step.activity else []
        inner += [each for use in step.prints for each in scripts.get(use.sheet, ())]
        if inner:
            told += re.findall(r"[^.]*\(\d+(?: minutes)?\)", to_plain(step.do))
        for (outer, ours), (within, theirs) in itertools.product(
            sentences([step]), sentences(inner)
        ):
            compared += 1
            alike = len(ours & theirs)
            if alike >= 4 and alike >= 0.6 * min(len(ours), len(theirs)):
                told.append((outer, within))
    assert compared > 3000
    assert told == []


@pytest.mark.parametrize("learners", [6, 13, 14, 15, 24, 28, 29, 30])
def test_who_leads_a_circle_of_the_dialogue_has_one_script_and_has_it_in_time(course, learners):
    """They were counted again in the meeting itself, though people had theirs."""
    for form in course.forms:
        for before, session in itertools.pairwise(form.sessions):
            if not session.circle:
                continue
            counts = []
            for each in (before, session):
                made = meeting(course, form, each, learners)
                counts += [h.copies for h in made.handed if h.sheet == "dialogue-script"]
            further = len(circles(learners, session.circle)) - 1
            assert counts == [*([further] if further else []), 1]
            (step,) = (s for s in before.plan if "dialogue-script" in {p.sheet for p in s.prints})
            assert "who will lead a further circle" in step.do


def test_a_sheet_that_a_meeting_speaks_of_is_handed_out_in_it_or_before(course):
    """And in the step that gives it, or its activity: what `prepare` alone speaks of, nobody gives out."""
    whole = {to_plain(tool.title): tool.id for tool in course.tools}
    titles = {re.split(", for the wall|:", title)[0]: id_ for title, id_ in whole.items()}
    named = 0
    for form in course.forms:
        known = set()
        for session in form.sessions:
            known |= handouts(course, session.plan).keys()
            said = [session.before, session.prepare, session.after]
            said += [text for step in session.plan for text in (step.do, step.say)]
            for title in re.findall(r"(?<!\*)\*([^*]+)\*(?!\*)", "\n".join(map(str, said))):
                if sheet := titles.get(" ".join(title.split())):
                    assert sheet in known, (session.id, title)
                    named += 1
    assert named > 20


def test_a_step_speaks_of_no_sheet_that_only_a_later_one_hands_out(course):
    """The observers took theirs at 0:20, and it was listed at 0:25."""
    whole = {to_plain(tool.title): tool.id for tool in course.tools}
    titles = {re.split(", for the wall|:", title)[0]: id_ for title, id_ in whole.items()}
    early = []
    for session in (session for form in course.plan.forms for session in form.sessions):
        later = dict.fromkeys(handouts(course, session.plan))
        for step in session.plan:
            here = handouts(course, (step,))
            later = {id_: None for id_ in later if id_ not in here}
            named = re.findall(r"\*([^*]+)\*", f"{step.do} {step.say}")
            early += [title for title in named if titles.get(" ".join(title.split())) in later]
            own = re.sub(r"\bsheets? of\b|\*[^*]+\*", "", step.do)
            if re.search(r"\bsheets?\b", own) and not here and not step.recall:
                early.append((session.id, step.title or step.activity))
    assert early == []


def test_what_stands_on_the_board_before_a_step_is_under_prepare(course):
    """A board of seven names, which takes minutes to write, was told in the step that uncovers it."""
    activities = {each.id: each for module in course.modules for each in module.activities}
    ready = 0
    for session in (session for form in course.plan.forms for session in form.sessions):
        told = [step.do for step in session.plan]
        done = [activities[step.activity] for step in session.plan if step.activity]
        told += [each.needs for each in done] + [step.do for each in done for step in each.steps]
        (board,) = re.findall(r"\*\*On the board,\*\*[^\n]*(?:\n[^\n]+)*", session.prepare)
        for said in re.split(r"[.;]\s", "; ".join(told)):
            if "on the board" in said.lower() and not re.search("(?i)write|draw", said):
                words = set(re.findall(r"[a-z]{5,}", said.lower())) - {"board", "stand"}
                assert words & set(re.findall(r"[a-z]{5,}", board.lower())), said
                ready += 1
        assert "*Afterwards*" in board
    assert ready > 12


def test_what_a_step_uncovers_is_under_prepare(course):
    """Four questions were to be written “meanwhile”, while pairs had begun to ask them."""
    activities = {each.id: each for module in course.modules for each in module.activities}
    found = 0
    for session in (session for form in course.plan.forms for session in form.sessions):
        done = [activities[step.activity] for step in session.plan if step.activity]
        steps = [*session.plan, *(step for each in done for step in steps_of(course, each))]
        ready = set(re.findall(r"\b[a-z]{4,6}", session.prepare.lower()))
        for said in re.findall(r"[Uu]ncover[^.]*", " ".join(step.do for step in steps)):
            words = set(re.findall(r"\b[a-z]{4,6}", said.lower())) - {"uncove", "board"}
            assert words & ready, (session.id, said)
            found += 1
    assert found > 15


def test_an_activity_needs_its_sheets_by_their_titles(course):
    """A list said “ladder sheet” of a sheet that no page calls so."""
    titles = {
        tool.id: re.split(", for the wall|:", to_plain(tool.title))[0] for tool in course.tools
    }
    named = 0
    for activity in (each for module in course.modules for each in module.activities):
        for use in activity.prints:
            assert f"*{titles[use.sheet]}*" in " ".join(activity.needs.split()), activity.id
            named += 1
    assert named > 15


def test_the_answers_of_questions_from_memory_are_read_out(course):
    """One question was answered on the slip, and nobody heard whether rightly."""
    steps = [
        step for form in course.plan.forms for s in form.sessions for step in s.plan if step.recall
    ]
    assert len(steps) > 10
    for step in steps:
        assert re.search(r"[Rr]ead (?:out )?the answers?\b", " ".join(step.do.split())), step.do


def test_circles_are_as_large_as_the_first_meetings_say(course):
    """They were “about five”, and of twenty-four learners the pack made four circles of six."""
    made = {
        size for learners in range(8, 31) for size in circles(learners, course.plan.forms[0].circle)
    }
    assert (min(made), max(made)) == (4, 6)
    for form in course.plan.forms:
        assert "circles of four to six" in form.sessions[0].plan[0].do


def test_a_meeting_names_only_modules_of_which_it_teaches_a_concept(course):
    """The book said “Module 5 · Meeting 6” of documents that no step of that meeting speaks of."""
    concepts = {str(m.id): {str(each.id) for each in m.concepts} for m in course.modules}
    for session in (session for form in course.forms for session in form.sessions):
        for module in session.modules:
            assert concepts[module] & set(session.concepts), (session.id, module)


def test_every_sheet_is_handed_out_somewhere(course):
    handed = {record.sheet for record in walk.records(course) if isinstance(record, Handout)}
    assert handed - {rubric.id for rubric in course.rubrics} == {tool.id for tool in course.tools}


def test_a_step_that_hands_out_rubrics_says_which(course):
    """They were to be brought, “from the facilitator’s guide”."""
    rubrics = {rubric.id for rubric in course.rubrics}
    sessions = [session for form in course.plan.forms for session in form.sessions]
    steps = [step for session in sessions for step in session.plan if "rubric" in step.do]
    assert len(steps) == 4
    assert all(rubrics & {each.sheet for each in step.prints} for step in steps)
    assert not [
        thing.what for session in sessions for thing in session.bring if "rubric" in thing.what
    ]


def test_every_outcome_is_recalled_in_three_meetings_at_growing_distances_and_no_case_comes_twice(
    course,
):
    """In the form of six weeks. In four, each comes back in every meeting from the one that first teaches for it."""
    for form in course.plan.forms:
        drawn = recalled(course, form)
        faces = [(q.note.id, q.face.number) for questions in drawn.values() for q in questions]
        assert len(set(faces)) == len(faces)
        order = [session.id for session in form.sessions]
        met = defaultdict(set)
        for (session, _), questions in drawn.items():
            for question in questions:
                for outcome in question.outcomes:
                    met[outcome].add(order.index(session))
        assert met.keys() == {outcome.id for outcome in course.about.outcomes}
        least = 3 if form is course.plan.forms[0] else 2
        for outcome, meetings in met.items():
            assert len(meetings) >= least, (form.id, outcome)
            assert meetings == set(range(min(meetings), len(order))), (form.id, outcome)


def test_each_meeting_begins_with_questions_from_memory_but_for_the_first(course):
    for form in course.plan.forms:
        first, *others = form.sessions
        assert any(step.recall for step in first.plan)
        assert all(session.plan[0].recall for session in others), form.id


def test_coverage_shows_no_hole():
    table = json.loads(run("coverage", CONTENT, "--json"))
    for row in table["concepts"]:
        seen = [lens for lens, count in row["lenses"].items() if count]
        assert len(seen) >= 2 or not seen, row
    for part in ("objectives", "outcomes"):
        assert table[part]
        assert all(row["cards"] for row in table[part])
    assert len({row["document"] for row in table["claims"]}) == 16


def test_only_concepts_that_are_not_confirmed_go_without_a_card(course):
    for module in course.modules:
        for concept in module.concepts:
            assert bool(concept.cards) == (concept.confidence == "confirmed"), concept.id


def test_a_hole_in_the_coverage_fails_the_strict_check(tmp_path):
    """An outcome that nothing leads to is a warning, and with --strict the end."""
    files = read_files(SAUERTEIG)
    files["course.yaml"] = files["course.yaml"].replace(
        b"outcomes:\n", b"outcomes:\n  - {id: riechen, text: riechen}\n"
    )
    _, problems = assemble(files)
    assert [problem.code for problem in problems] == ["outcome-without-card"]
    for path, data in files.items():
        (tmp_path / path).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / path).write_bytes(data)
    run("check", tmp_path)
    run("check", tmp_path, "--strict", code=1)


def test_the_source_on_a_card_names_work_and_place(notes):
    """A book's chapter comes with its edition; a claim with its document and place."""
    for note in notes:
        assert note.source, note.id
        if note.essay:
            assert note.source.startswith(f"{note.essay.number}. "), note.id
        for part in note.source.split("; "):
            assert "ch. " not in part or re.search(r" \d{4}, .*ch\. ", part), note.id


def test_the_cards_ask_for_thought_more_than_for_terms():
    """By cards: at most 30 % recall, at least 30 % reasons, at least 25 % next moves; hidden labels at most 12 %."""
    rows = {row["asks"]: row for row in json.loads(run("coverage", CONTENT, "--json"))["asks"]}
    whole = sum(row["cards"] for row in rows.values())
    assert "not said" not in rows
    assert rows["recall"]["cards"] <= 0.3 * whole
    assert rows["reason"]["cards"] >= 0.3 * whole
    assert rows["move"]["cards"] >= 0.25 * whole


def test_every_idea_that_matters_is_asked_with_cases_that_change(notes):
    assert sum(note.kind == "cases" for note in notes) >= 25
    masks = sum(len(note.ordinals()) for note in notes if note.kind == "diagram")
    assert masks <= 0.12 * sum(len(note.ordinals()) for note in notes)


@in_libreoffice
def test_in_libreoffice_the_outline_has_two_to_four_pages(written, tmp_path):
    path = "print/docx/outline.docx"
    (shown,) = shown_by_libreoffice({path: written[path]}, tmp_path).values()
    if "Carlito" not in fonts(shown):
        pytest.skip("no letters as wide as Calibri are installed")
    assert 2 <= len(opened(shown)) <= 4


def test_the_program_is_of_the_release_that_it_ships_with(course):
    """Who asks `coursedeck --version` is told a number that the changelog knows."""
    assert __version__ == str(course.about.version)


def test_few_cards_need_a_waiver(notes):
    cards = {note.card.id: note.card for note in notes}
    assert sum(bool(card.waive) for card in cards.values()) < 0.04 * len(cards)


# --- any number of learners ------------------------------------------------------------------------

NUMBERS = {"one": 1, "two": 2, "three": 3, "fourteen": 14, "twenty-eight": 28}


@pytest.mark.parametrize("learners", range(4, 41))
def test_every_meeting_is_of_one_mind_about_its_circles_however_many_learners_there_are(
    course, learners
):
    """What an activity says of its group, how many it needs, and what the meeting before says of it hold for the circles."""
    activities = {each.id: each for module in course.modules for each in module.activities}
    grouped = 0
    for form in course.plan.forms:
        before = ""
        for session in form.sessions:
            circle = session.circle or form.circle
            sizes = circles(learners, circle)
            assert sum(sizes) == learners
            small = too_few(course, session, learners, circle)
            for step in session.plan:
                done = activities.get(step.activity)
                if not done or done in small or not done.group.startswith("circles of "):
                    continue
                low, high = map(int, re.match(r"circles of (\d+) to (\d+)", done.group).groups())
                assert low <= min(sizes)
                assert max(sizes) <= high
                grouped += 1
            said = re.search(
                r"(\w+) circle with up to (\w+) learners, (\w+) with up to (\S+), and (\w+) with more",
                before,
            )
            assert bool(said) == (session.circle is not None)
            if said:
                one, up, two, to, three = (NUMBERS[word] for word in said.groups())
                assert len(sizes) == (one if learners <= up else two if learners <= to else three)
            before = " ".join(session.prepare.split())
    assert grouped == (2 if learners >= 7 else 0)


@pytest.mark.parametrize("learners", [6, 14, 15, 24, 40])
def test_what_hangs_on_the_wall_hangs_once_for_each_circle_that_has_a_room_of_its_own(
    course, learners
):
    walls = {tool.id for tool in course.tools if tool.wall}
    activities = {each.id: each for module in course.modules for each in module.activities}
    for form in course.plan.forms:
        for session in (each for each in form.sessions if each.circle):
            prints = [
                p
                for step in session.plan
                if step.activity
                for p in activities[step.activity].prints
            ]
            counts = [
                copies(p.per, p.copies, learners, session.circle)
                for p in prints
                if p.sheet in walls
            ]
            assert counts == [len(circles(learners, session.circle))]


def test_no_page_of_a_meeting_in_the_guide_is_nearly_empty(course, notes):
    """One held the last lines of the first meeting and nothing else."""
    files, _ = pdf.printed(course, notes, pdf.Choice(papers=("a4",), only=("facilitator",)))
    made = files["print/a4/facilitator.pdf"]
    chapters = {title: page for level, title, page in opened(made).get_toc() if level == 1}
    ends = tails(made)[: chapters["Misconceptions"] - 1]
    assert max(ends) < 0.6, ends


@pytest.mark.parametrize("id_", some(["six-5", "four-3", "six-1", "six-3", "four-4"], 2))
def test_what_the_printed_script_of_a_meeting_says_of_the_plan_its_document_says_too(
    course, notes, written, id_
):
    """For a single learner, of whom the first page says what one cannot do."""
    ((form, session),) = ((f, s) for f in course.plan.forms for s in f.sessions if s.id == id_)
    choice = pdf.Choice(papers=("a4",), meeting=(form, session), learners=1)
    files, _ = pdf.printed(course, notes, choice)
    printed = squeezed(text(files[f"print/a4/{id_}/script.pdf"]))
    document = docx.Document(io.BytesIO(written[f"print/docx/scripts/{id_}.docx"]))
    told = squeezed(" ".join(each.text or "" for each in document.element.body.iter(qn("w:t"))))
    named = {step.activity for step in session.plan}
    done = [act for m in course.modules for act in m.activities if act.id in named]
    texts = [t for r in (session, *done) for t in walk.texts(r) if isinstance(t, Line | Prose)]
    said = [each for each in texts if squeezed(to_plain(each)) in printed]
    assert len(said) > 50
    assert [each for each in said if squeezed(to_plain(each)) not in told] == []


def test_the_book_has_at_most_70_pages_and_the_outline_two_to_four(course, notes):
    """A few words more in the assessment had made a page of seven lines, and left 8.2 % of the book empty."""
    choice = pdf.Choice(papers=("a4",), only=("book", "outline"))
    files, _ = pdf.printed(course, notes, choice)
    book, outline = (tails(files[f"print/a4/{name}.pdf"]) for name in ("book", "outline"))
    assert len(book) <= 70
    assert sum(book) / len(book) < MOST
    assert 2 <= len(outline) <= 4
