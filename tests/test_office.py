"""Documents for a word processor: what stands in them is what the printed pages show, as real headings, lists and tables."""

import dataclasses
import io
import itertools
import re
import zipfile

import docx
import pypdf
import pytest
from conftest import COURSES, WORKSHOP, run
from coursedeck.lessons import recalled
from coursedeck.load import load
from coursedeck.notes import notes_of
from coursedeck.outputs import office, pdf
from coursedeck.outputs.office import styles, word
from coursedeck.outputs.print.pages import exam
from coursedeck.plan import Handout, LeastNumber, Step
from coursedeck.text import Tree, formula, to_plain
from coursedeck.text.tree import plain
from coursedeck.texts import Id, Line, Plain, Prose, Record
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.table import Table
from libreoffice import in_libreoffice, shown_by_libreoffice
from print_reading import opened as opened_pdf
from print_reading import squeezed, text

pytestmark = pytest.mark.slow
ANATOMY = COURSES / "anatomy"
ARABIC = COURSES / "scripts" / "arabic.yaml"
URL = "https://example.org/learning-together"
FORMULAS = "formulas.docx"  # the key of a test of the course of calculus


def documents(path, url=""):
    course, problems = load(path)
    assert course, problems
    course = dataclasses.replace(course, about=dataclasses.replace(course.about, url=Plain(url)))
    return course, office.documents(course, notes_of(course))


@pytest.fixture(scope="module")
def workshop():
    return documents(WORKSHOP, URL)


@pytest.fixture(scope="module")
def printed(workshop):
    """The outline and the guide of the same course as PDF, by their names."""
    course, _ = workshop
    choice = pdf.Choice(papers=("a4",), only=("outline", "facilitator"))
    made, problems = pdf.printed(course, notes_of(course), choice)
    assert problems == []
    return {path.removeprefix("print/a4/"): data for path, data in made.items()}


def opened(data):
    return docx.Document(io.BytesIO(data))


def words(data):
    """All that is written in a document, in order, that of its tables too."""
    body = opened(data).element.body
    return squeezed(" ".join(each.text or "" for each in body.iter(qn("w:t"))))


def headings(data):
    """The level and the words of every heading."""
    lines = opened(data).paragraphs
    return [
        (int(line.style.name[-1]), line.text)
        for line in lines
        if line.style.name.startswith("Heading")
    ]


def stand_in_order(whole, pieces):
    at = 0
    for piece in map(squeezed, pieces):
        found = whole.find(piece, at)
        assert found >= 0, piece
        at = found + len(piece)


def blocks(data):
    """The paragraphs and tables of a document, in order."""
    return list(opened(data).iter_inner_content())


def alternatives(data):
    """The alternative texts of the pictures of a PDF, in order."""
    reader = pypdf.PdfReader(io.BytesIO(data))
    numbers = range(1, reader.trailer["/Size"])
    objects = [pypdf.generic.IndirectObject(each, 0, reader).get_object() for each in numbers]
    return [each["/Alt"] for each in objects if isinstance(each, dict) and "/Alt" in each]


def test_there_is_a_document_for_the_outline_each_sheet_each_script_and_each_test_with_its_key(
    workshop,
):
    course, made = workshop
    sheets = [f"handouts/{tool.id}" for tool in course.tools]
    scripts = [f"scripts/{each.id}" for form in course.plan.forms for each in form.sessions]
    tests = ["test-a", "test-a-key", "test-b", "test-b-key"]
    assert made.keys() == {
        f"print/docx/{name}.docx" for name in ("outline", *sheets, *scripts, *tests)
    }


def test_the_outline_says_what_the_printed_one_says_in_the_same_order(workshop, printed):
    """All but how works are cited, which Typst does in its own way, and the heads of tables, which only one of both has."""
    course, made = workshop
    pieces = []
    for block in blocks(made["print/docx/outline.docx"]):
        if isinstance(block, Table):
            lines = [
                line for row in block.rows[1:] for cell in row.cells for line in cell.paragraphs
            ]
            pieces += [line.text for line in lines if not line.text.startswith("To read: ")]
        elif block.text == "To read":
            break
        else:
            pieces.append(block.text)
    assert len(pieces) > 50
    stand_in_order(squeezed(text(printed["outline.pdf"])), pieces)
    works = {each.work for module in course.modules for each in module.readings}
    both = [words(made["print/docx/outline.docx"]), squeezed(text(printed["outline.pdf"]))]
    cited = [said.rpartition("Toread")[2] for said in both]
    read = [work for work in course.works if work.id in works]
    assert any(work.publisher for work in read)
    assert any(work.within for work in read)
    for work in read:
        for said in filter(None, (work.title, work.edition, work.within, work.publisher)):
            assert all(squeezed(said) in each for each in cited), said


def test_the_outline_has_the_headings_the_tables_and_the_picture_of_the_printed_one(
    workshop, printed
):
    course, made = workshop
    outline, pages = made["print/docx/outline.docx"], printed["outline.pdf"]
    found = headings(outline)
    assert found[0] == (1, to_plain(course.about.title))
    assert [title for level, title in found if level == 2] == [
        title for _, title, _ in opened_pdf(pages).get_toc()
    ]
    meetings = [
        each
        for each in blocks(outline)
        if isinstance(each, Table) and each.rows[0].cells[-1].text == "Date"
    ]
    assert [len(table.rows) - 1 for table in meetings] == [
        len(form.sessions) for form in course.plan.forms
    ]
    told = [each.get("descr") for each in opened(outline).element.body.iter(qn("wp:docPr"))]
    assert told == alternatives(pages) == [URL]


def test_a_script_says_what_the_printed_one_says_in_the_same_order(workshop):
    course, made = workshop
    for form in course.plan.forms:
        for session in form.sessions:
            said = words(made[f"print/docx/scripts/{session.id}.docx"])
            pieces = [session.title, *session.objectives, session.before, session.prepare]
            pieces += [*(each.what for each in session.bring), session.room, session.evidence]
            pieces.append(session.after)
            for at, step in enumerate(session.plan):
                pieces += [step.do, *step.draw, step.say, *step.ask]
                if step.recall:
                    asked = recalled(course, form)[str(session.id), at]
                    pieces += [each.face.question for each in asked]
            stand_in_order(said, map(to_plain, pieces))


def test_a_script_says_how_many_an_activity_needs_and_what_fewer_do(workshop):
    course, _ = workshop
    few = {
        "circle": LeastNumber(learners=7, per="circle", otherwise=Line("All sit *inside*.")),
        "room": LeastNumber(learners=6, otherwise=Line("Two talk.")),
    }
    session = course.plan.forms[0].sessions[1]
    named = dict(zip((step.activity for step in session.plan if step.activity), few, strict=False))
    modules = tuple(
        dataclasses.replace(
            module,
            activities=tuple(
                dataclasses.replace(each, least=few.get(named.get(each.id)))
                for each in module.activities
            ),
        )
        for module in course.modules
    )
    plan = tuple(
        dataclasses.replace(each, title=Line(f"*{each.activity}*")) if each.activity else each
        for each in session.plan
    )
    form = dataclasses.replace(
        course.plan.forms[0], sessions=(dataclasses.replace(session, plan=plan),)
    )
    other = dataclasses.replace(
        course, modules=modules, plan=dataclasses.replace(course.plan, forms=(form,))
    )
    made = office.asked(other, notes_of(other), pdf.Choice(only=("docx",)))
    (script,) = (page.document for page in made if page.path.endswith(f"scripts/{session.id}.docx"))
    (at,) = (n for n, part in enumerate(script.parts) if part == office.parts.Label("At least"))
    told = plain(Tree((script.parts[at + 1],)))
    first, second = named  # a step's own title, since the script has no other
    assert f"{first}: 7 learners a circle. With fewer: All sit inside." in told
    assert f"{second}: 6 learners. With fewer: Two talk." in told


def a_full_step(course):
    """A course in which the first step of a meeting has all that a step can have, and what each of its keys brings to pages."""
    done, keyed = "dialogue-circle", next(tool for tool in course.tools if tool.sort)
    few = LeastNumber(learners=7, per="circle", otherwise=Line("All sit inside."))
    modules = tuple(
        dataclasses.replace(
            module,
            activities=tuple(
                dataclasses.replace(each, least=few) if each.id == done else each
                for each in module.activities
            ),
        )
        for module in course.modules
    )
    form = course.plan.forms[0]
    before, session = form.sessions[0], form.sessions[1]
    step, *rest = session.plan
    step = dataclasses.replace(
        step,
        minutes=50,
        title=Line("Chairs in a ring"),
        do=Prose("Wait for silence."),
        say=Prose("Nobody has to speak."),
        draw=(Line("Three rings"),),
        ask=(Line("Who is missing?"),),
        activity=Id(done),
        prints=(
            Handout(sheet=Id("dialogue-script"), per="further-circle", copies=3, circle=30),
            Handout(sheet=keyed.id, per="room"),
        ),
        recall=2,
        test=True,
    )
    session = dataclasses.replace(session, circle=12, plan=(step, *rest))
    form = dataclasses.replace(form, sessions=(before, session))
    plan = dataclasses.replace(course.plan, forms=(form,))
    other = dataclasses.replace(course, modules=modules, plan=plan)
    asked = recalled(other, form)[str(session.id), 0]
    activity = next(each for m in modules for each in m.activities if each.id == done)
    inner = [text for own in activity.steps for text in (own.do, own.say)]
    brings = {
        "minutes": ["50 min"],
        "title": ["Chairs in a ring"],
        "do": ["Wait for silence."],
        "say": ["Nobody has to speak."],
        "draw": ["Three rings"],
        "ask": ["Who is missing?"],
        "activity": [
            *(to_plain(text)[:40] for text in inner),
            *map(to_plain, activity.debrief),
            "7 learners a circle. With fewer: All sit inside.",
            "Hand out: Observer’s sheet for a dialogue",
            "(2 a circle of 7–14)",
        ],
        "prints": [
            "Script: A first dialogue",
            "(3 a further circle of 18–36)",
            f"Hang up: {to_plain(keyed.title)}",
            "(1 in all)",
            f"Key: {to_plain(keyed.title)}",
        ],
        "recall": [
            to_plain(t)[:40] for each in asked for t in (each.face.question, each.face.answer)
        ],
        "test": ["Final test A", "Final test B"],
    }
    return other, form, session, brings


def test_a_script_has_all_that_a_step_can_have_on_printed_pages(workshop):
    """The exception that stands at a step, the sizes of circles and the key of what hangs stood on paper alone."""
    course, _ = workshop
    other, form, session, brings = a_full_step(course)
    notes = notes_of(other)
    assert brings.keys() == {each.name for each in dataclasses.fields(Step)} - {"waive"} - {
        each.name for each in dataclasses.fields(Record)
    }
    choice = pdf.Choice(papers=("a4",), only=("facilitator",))
    pack = pdf.Choice(papers=("a4",), meeting=(form, session), learners=3)
    made = pdf.printed(other, notes, choice)[0] | pdf.printed(other, notes, pack)[0]
    paper = squeezed(" ".join(text(data) for path, data in made.items()))
    script = office.documents(other, notes)[f"print/docx/scripts/{session.id}.docx"]
    # What is drawn stands before what is said: after it, whoever speaks would turn the leaf.
    order = [phrase for key in ("do", "draw", "say", "ask") for phrase in brings[key]]
    stand_in_order(paper, order)
    stand_in_order(words(script), order)
    for key, phrases in brings.items():
        for phrase in phrases:
            assert squeezed(phrase) in paper, (key, phrase)
            assert squeezed(phrase) in words(script), (key, phrase)


def test_each_step_of_a_script_is_a_heading_with_its_clock_and_those_of_its_activity_lie_below(
    workshop,
):
    course, made = workshop
    session = course.plan.forms[0].sessions[1]
    found = headings(made[f"print/docx/scripts/{session.id}.docx"])
    assert found[0] == (1, f"Meeting 2 · {to_plain(session.title)}")
    assert found[1] == (2, "Script")
    steps = [title for level, title in found if level == 3]
    assert len(steps) == len(session.plan)
    assert steps[0].startswith("0:00 · ")
    at = found.index((3, steps[3]))
    activity = next(
        each for m in course.modules for each in m.activities if each.id == session.plan[3].activity
    )
    assert steps[3].endswith(to_plain(activity.title))
    inner = [level for level, _ in found[at + 1 : at + 1 + len(activity.steps)]]
    assert inner == [4] * len(activity.steps)


def test_a_script_says_apart_what_is_read_what_hangs_on_the_wall_and_what_is_handed_out(workshop):
    course, _ = workshop
    sheet = next(each for each in course.tools if each.tally)
    script = next(each.script for each in course.tools if each.script)
    forms = {"Hand out": {}, "Hang up": {"wall": (Prose("Listen!"),)}, "Script": {"script": script}}
    for label, form in forms.items():
        own = dataclasses.replace(sheet, **({"tally": None, **form} if form else {}))
        other = dataclasses.replace(
            course, tools=tuple(own if each is sheet else each for each in course.tools)
        )
        named = set()
        for page in office.asked(other, notes_of(other), pdf.Choice(only=("docx",))):
            for head, part in itertools.pairwise(page.document.parts):
                listed = isinstance(head, office.parts.Label) and isinstance(part, word.List)
                if listed and to_plain(sheet.title) in plain(Tree((part,))):
                    named.add(head.words)
        assert named == {label}


def test_a_script_with_questions_from_memory_and_the_test_names_their_sheets_and_these_are_there(
    workshop,
):
    course, _ = workshop
    form = course.plan.forms[0]
    session = form.sessions[1]
    first, second, *rest = session.plan
    plan = (first, dataclasses.replace(second, recall=3, test=True), *rest)
    session = dataclasses.replace(session, plan=plan)
    form = dataclasses.replace(form, sessions=(form.sessions[0], session))
    other = dataclasses.replace(course, plan=dataclasses.replace(course.plan, forms=(form,)))
    made = office.asked(other, notes_of(other), pdf.Choice(only=("docx",)))
    pages = {page.path: page.document for page in made}
    handed = "Hand out: Questions from memory (1 a person); Final test A (1 a pair); Final test B"
    said = [part for part in pages[f"scripts/{session.id}.docx"].parts if not hasattr(part, "wide")]
    assert any(plain(Tree((p,))).startswith(handed) for p in said if isinstance(p, word.Paragraph))
    (at,) = (n for n, part in enumerate(said) if part == office.parts.Label("Hand out"))
    listed = plain(Tree((said[at + 1],)))
    stand_in_order(squeezed(listed), handed.removeprefix("Hand out: ").split("; "))
    assert listed.count("Final test") == 2
    sheet = pages[f"handouts/questions/{session.id}.docx"]
    asked = [part for part in sheet.parts if isinstance(part, word.List)]
    questions = recalled(other, form)[str(session.id), 1]
    assert [plain(Tree((each,))) for each in asked] == [
        to_plain(each.face.question) for each in questions
    ]


def test_a_rubric_that_is_handed_out_is_a_document_with_its_table(workshop):
    course, _ = workshop
    form = course.plan.forms[0]
    session = form.sessions[0]
    rubric, *others = course.plan.assessment.rubrics
    first, *rest = session.plan
    first = dataclasses.replace(first, prints=(Handout(sheet=rubric.id, per="person"),))
    session = dataclasses.replace(session, plan=(first, *rest))
    form = dataclasses.replace(form, sessions=(session, *form.sessions[1:]))
    other = dataclasses.replace(course, plan=dataclasses.replace(course.plan, forms=(form,)))
    made = office.asked(other, notes_of(other), pdf.Choice(only=("docx",)))
    pages = {page.path: page.document for page in made}
    assert not [each for each in others if f"handouts/{each.id}.docx" in pages]
    document = pages[f"handouts/{rubric.id}.docx"]
    assert document.title == f"Rubric: {to_plain(rubric.title)}"
    (table,) = (part for part in document.parts if isinstance(part, office.parts.Sheet))
    rows = [[plain(cell) for cell in row] for row in (table.head, *table.rows)]
    assert rows == [
        ["Criterion", *map(to_plain, rubric.levels)],
        *([to_plain(c.name), *map(to_plain, c.levels)] for c in rubric.criteria),
    ]


@pytest.mark.parametrize("version", ["a", "b"])
def test_a_test_asks_what_the_printed_one_asks_and_its_key_answers_it(workshop, version):
    course, made = workshop
    selection = pdf.selected(course, notes_of(course), pdf.Choice())
    questions = exam.data(selection).versions[version]
    test = made[f"print/docx/test-{version}.docx"]
    key = made[f"print/docx/test-{version}-key.docx"]
    stand_in_order(words(test), [plain(t) for q in questions for t in (q.question, *q.parts)])
    stand_in_order(words(key), [plain(t) for q in questions for t in (q.key, *q.keys)])
    numbered = [title.partition(" ")[0] for level, title in headings(test) if level == 2]
    assert numbered == [str(n) for n in range(1, len(questions) + 1)]


def test_every_part_of_a_question_stands_in_its_document_however_many_they_are(workshop):
    course, _ = workshop
    item = dataclasses.replace(
        course.plan.assessment.test[0],
        ask=Prose("Say:\n\n" + "- part\n" * 54),
        points=54,
        other=None,
    )
    assessment = dataclasses.replace(course.plan.assessment, test=(item,))
    changed = dataclasses.replace(
        course, plan=dataclasses.replace(course.plan, assessment=assessment)
    )
    said = words(office.documents(changed, notes_of(changed))["print/docx/test-a.docx"])
    marks = re.findall(r"\(([a-z]+)\) ?part", said)
    assert len(marks) == 54
    assert marks[24:28] == ["y", "z", "aa", "ab"]
    assert marks[-2:] == ["ba", "bb"]


def test_a_learners_document_holds_no_key(workshop):
    course, made = workshop
    for item in course.plan.assessment.test:
        for version in ("a", "b"):
            held = words(made[f"print/docx/test-{version}.docx"])
            assert squeezed(to_plain(item.key)) not in held
    for tool in course.tools:
        held = words(made[f"print/docx/handouts/{tool.id}.docx"])
        for case in tool.sort.statements if tool.sort else ():
            assert squeezed(to_plain(case.case)) in held
            assert squeezed(to_plain(case.why)) not in held


def test_a_sheet_that_is_a_table_has_a_head_that_is_repeated_and_its_rows(workshop):
    course, made = workshop
    tool = next(each for each in course.tools if each.id == "observer-sheet")
    (table,) = opened(made["print/docx/handouts/observer-sheet.docx"]).tables
    head, *rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert head == ["What to count", *map(to_plain, tool.tally.columns)]
    assert rows == [[to_plain(row), "", "", ""] for row in tool.tally.rows]
    assert [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in table.rows] == [
        True,
        *[False] * len(rows),
    ]


def test_sheets_hold_the_words_of_the_printed_guide(workshop, printed):
    """The beginning of every line, but for the signs that number rows and steps."""
    course, made = workshop
    guide = squeezed(text(printed["facilitator.pdf"]))
    for tool in course.tools:
        document = opened(made[f"print/docx/handouts/{tool.id}.docx"])
        lines = [line.text for line in document.paragraphs]
        lines += [
            cell.text for table in document.tables for row in table.rows for cell in row.cells
        ]
        for line in filter(None, (squeezed(line.strip("\t ")) for line in lines)):
            assert line.removeprefix("↑").removeprefix("↓")[:30] in guide or re.match(
                r"\d(:\d\d)?·", line
            )


def test_lists_are_lists_and_one_with_numbers_begins_with_its_own(workshop):
    course, made = workshop
    script = opened(made[f"print/docx/scripts/{course.plan.forms[0].sessions[0].id}.docx"])
    assert any(line.style.name == "List Bullet" for line in script.paragraphs)
    tree = word.List(((word.Paragraph(("first",)),), (word.Paragraph(("second",)),)), start=4)
    page = office.parts.Document("T", "", "en", "2026-11-24", "", (tree, tree))
    document = opened(word.written(page, {}))
    numbers = [line._p.pPr.numPr.numId.val for line in document.paragraphs]
    assert numbers[0] == numbers[1] != numbers[2] == numbers[3]
    starts = document.part.numbering_part.element.findall(f".//{qn('w:startOverride')}")
    assert [each.get(qn("w:val")) for each in starts] == ["4", "4"]


def test_lines_to_write_on_stay_with_what_they_answer_and_the_meetings_of_a_form_together(workshop):
    _, made = workshop
    test = opened(made["print/docx/test-a.docx"]).paragraphs
    first = [at for at, line in enumerate(test) if line.style.name == "Line to write on"]
    assert len(first) > 20
    assert all(test[at - 1].paragraph_format.keep_with_next for at in first if at)
    (meetings,) = (
        table
        for table in opened(made["print/docx/outline.docx"]).tables
        if table.rows[0].cells[-1].text == "Date"
    )
    held = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in meetings.rows]
    assert held == [True] * (len(held) - 1) + [None]


def test_a_picture_keeps_its_text_alternative_and_tells_no_hidden_label():
    course, _ = load(ANATOMY)
    notes = [note for note in notes_of(course) if note.picture]
    made = office.documents(course, notes)
    seen = 0
    for version, questions in exam.data(pdf.selected(course, notes, pdf.Choice())).versions.items():
        data = made[f"print/docx/test-{version}.docx"]
        drawn = [q for q in questions if q.picture]
        found = [each.get("descr") for each in opened(data).element.body.iter(qn("wp:docPr"))]
        assert len(found) == len(drawn)
        for alternative, question in zip(found, drawn, strict=True):
            signs = ", ".join(dict.fromkeys(mask.sign for mask in question.picture.masks))
            assert alternative.startswith(question.picture.told)
            assert alternative.endswith(f" {signs}.")
            seen += 1
        held = zipfile.ZipFile(io.BytesIO(data))
        pictures = [held.read(name) for name in held.namelist() if "/media/" in name]
        assert all(each.startswith(b"\x89PNG") for each in pictures)
        assert pictures
    assert seen


def test_a_formula_is_drawn_with_its_tex_as_alternative_and_stands_on_the_line(tmp_path):
    """As large as the letters beside it. LibreOffice lowers no picture by a part of a line: there letters stand at the middle of
    the line, and all pictures of the line on its ground, from where their feet are as far as the lowest one needs it.
    """
    (tmp_path / "formulas.yaml").write_text(
        "title: Formulas\ncards:\n"
        r"  - {ask: 'What is $x^2$, and what $\frac{1}{2}$?', answer: 'A square and $$\sum_n x_n$$'}"
    )
    _, made = documents(tmp_path / "formulas.yaml")
    line = next(
        each for each in opened(made["print/docx/test-a.docx"]).paragraphs if "What is" in each.text
    )
    assert line.text == "What is , and what ?"
    drawn = [(each._r, each._r.find(f".//{qn('wp:inline')}")) for each in line.runs]
    drawn = [(own, inline) for own, inline in drawn if inline is not None]
    assert [inline.docPr.get("descr") for _, inline in drawn] == ["x^2", r"\frac{1}{2}"]
    lowest = formula.drawn(r"\frac{1}{2}").depth
    for (own, inline), tex in zip(drawn, ("x^2", r"\frac{1}{2}"), strict=True):
        sizes = formula.drawn(tex)
        assert inline.extent.cx.pt == pytest.approx(11 * sizes.width, abs=0.2)
        crop = inline.find(f".//{qn('a:srcRect')}")
        above, below = (-int(crop.get(side)) / 1e5 * 11 * sizes.height for side in "tb")
        high = above + 11 * sizes.height + below
        assert inline.extent.cy.pt == pytest.approx(high, abs=0.3)
        assert below + 11 * sizes.depth == pytest.approx(11 * lowest, abs=0.3)
        middle = high / 2 - 11 * lowest
        assert middle == pytest.approx(11 * (word.OVER / 2), abs=0.3)
        raised = int(own.rPr.find(qn("w:position")).get(qn("w:val"))) / 2  # in Word
        assert raised == pytest.approx(middle - 11 * word.MIDDLE, abs=0.5)
    assert line._p.pPr.find(qn("w:textAlignment")).get(qn("w:val")) == "center"
    key = opened(made["print/docx/test-a-key.docx"]).element.body
    assert [each.get("descr") for each in key.iter(qn("wp:docPr"))] == [r"\sum_n x_n"]


def test_formulas_that_reach_no_lower_than_letters_stand_where_a_picture_stands(tmp_path):
    (tmp_path / "formulas.yaml").write_text(
        "title: Formulas\ncards:\n  - {ask: 'What is $\\mathrm{H}$?', answer: Hydrogen}"
    )
    _, made = documents(tmp_path / "formulas.yaml")
    (line,) = (
        each for each in opened(made["print/docx/test-a.docx"]).paragraphs if "What is" in each.text
    )
    (inline,) = line._p.iter(qn("wp:inline"))
    assert inline.extent.cy.pt == pytest.approx(11 * formula.drawn(r"\mathrm{H}").height, abs=0.3)
    assert line._p.find(f".//{qn('w:textAlignment')}") is None


def test_a_document_says_its_title_and_its_language(workshop):
    course, made = workshop
    data = made["print/docx/test-a.docx"]
    about = opened(data).core_properties
    assert (about.title, about.language) == ("Final test A", course.about.language)
    assert about.created.date().isoformat() == course.about.day
    styles = zipfile.ZipFile(io.BytesIO(data)).read("word/styles.xml").decode()
    assert f'<w:lang w:val="{course.about.language}"' in styles


def test_a_document_in_a_script_that_runs_leftward_runs_so_with_its_tables():
    _, made = documents(ARABIC)
    document = opened(made["print/docx/test-a.docx"])
    assert document.styles["Normal"].font.rtl
    assert document.styles["Normal"].element.find(f".//{qn('w:bidi')}") is not None
    assert document.tables[0]._tbl.find(f".//{qn('w:bidiVisual')}") is not None
    code = document.styles["Code"]
    assert code.font.rtl is False
    assert code.element.find(f".//{qn('w:bidi')}").get(qn("w:val")) == "0"


def test_letters_look_alike_in_every_script():
    """Word reads the second of each pair where a script runs from the right."""
    look = (word.Strong(("a",)), word.Emphasis(("b",)), word.Code("c"))
    rows = ((Tree((word.Paragraph(look),)),),)
    parts = (
        word.Paragraph(look),
        word.Sheet((1,), (), rows, size=9),
        word.Poster((word.Paragraph(look),), first=True),
    )
    made = word.written(office.parts.Document("T", "", "he", "2026-11-24", "", parts), {})
    document = opened(made)
    for element in (document.styles.element, document.element):
        found = list(element.iter(qn("w:rPr")))
        assert len(found) > 5
        for properties in found:
            has = {each.tag: each.attrib for each in properties}
            for one, other in (("w:b", "w:bCs"), ("w:i", "w:iCs"), ("w:sz", "w:szCs")):
                assert has.get(qn(one)) == has.get(qn(other)), one
            fonts = has.get(qn("w:rFonts"), {})
            assert (qn("w:ascii") in fonts) == (qn("w:cs") in fonts)


@pytest.mark.parametrize("columns", [1, 3, 6, 12])
def test_a_table_within_a_table_is_no_wider_than_its_cell(columns):
    deepest = word.Table((), (((("x",),) * columns),), ("",) * columns)
    rows = ((Tree((word.Paragraph(("1",)),)), Tree((deepest,))),)
    sheet = word.Sheet((1, 2), (), rows)
    listed = word.List(((word.Paragraph(("one",)), deepest),) * 2)
    made = word.written(office.parts.Document("T", "", "en", "2026-11-24", "", (sheet, listed)), {})
    outer, *_ = opened(made).tables
    cell = outer.rows[0].cells[1]
    (inner,) = cell.tables
    assert sum(column.width for column in inner.columns) < outer.columns[1].width
    assert len(inner.columns) == columns
    assert sum(column.width for column in outer.columns) == pytest.approx(Mm(word.WIDE), abs=2000)


def test_the_same_course_gives_the_same_bytes_and_what_is_kept_is_not_made_again(workshop):
    course, made = workshop
    kept = {}
    styles.empty.cache_clear()
    assert office.documents(course, notes_of(course), cache=kept) == made
    again = office.documents(course, notes_of(course), cache=kept)
    assert all(again[path] is data for (path, _), data in kept.items())


def test_what_no_xml_may_hold_is_left_out():
    part = word.Paragraph(("be\x00fore\x1f", " after"))
    page = office.parts.Document("T\x01", "A\x02", "en", "2026-11-24", "F\x03", (part,))
    assert words(word.written(page, {})) == "beforeafter"


def test_a_build_makes_the_documents(course_folder, tmp_path):
    run("build", course_folder, "--only", "print", "--out", tmp_path)
    assert (tmp_path / "print" / "docx" / "test-a.docx").is_file()


@pytest.fixture(scope="module")
def shown(workshop, tmp_path_factory):
    """Documents of two courses and what LibreOffice shows of them, by their names: it takes seconds to begin."""
    _, calculus = documents(COURSES / "calculus")
    given = workshop[1] | {FORMULAS: calculus["print/docx/test-a-key.docx"]}
    made = shown_by_libreoffice(given, tmp_path_factory.mktemp("shown"))
    return {path: (given[path], data) for path, data in made.items()}


@in_libreoffice
def test_libreoffice_opens_every_document_and_shows_its_words(shown):
    for path, (document, data) in shown.items():
        said = squeezed(text(data))
        for line in opened(document).paragraphs:
            assert squeezed(line.text.strip("\t "))[:30] in said, path


@in_libreoffice
def test_in_libreoffice_formulas_stand_on_the_line_of_the_letters_beside_them(shown):
    """They stood on their lowest sign, and so too high by up to half a line."""
    document, data = shown[FORMULAS]
    told = [each.get("descr") for each in opened(document).element.body.iter(qn("wp:docPr"))]
    pictures = [(page, each) for page in opened_pdf(data) for each in page.get_image_info()]
    found = 0
    for tex, (page, picture) in zip(told, pictures, strict=True):
        left, _, right, bottom = picture["bbox"]
        for block in page.get_text("dict")["blocks"]:
            for span in (s for line in block.get("lines", ()) for s in line["spans"]):
                near = min(abs(span["bbox"][2] - left), abs(span["bbox"][0] - right)) < 9
                if near and span["text"].strip() and abs(span["origin"][1] - bottom) < 12:
                    under = bottom - span["origin"][1]
                    assert under == pytest.approx(11 * formula.drawn(tex).depth, abs=0.8), tex
                    found += 1
    assert found > 10
