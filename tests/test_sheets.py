"""Study sheets and worksheets: a sheet asks what a sheet can ask, and nothing beside a question answers it."""

import pypdf
import pytest
from conftest import WORKSHOP
from coursedeck.kinds.base import Row, name_all, on_paper
from coursedeck.load import load
from coursedeck.notes import notes_of, setting_of
from coursedeck.outputs import pdf
from coursedeck.outputs.print.pages import sheets
from coursedeck.text import to_plain
from coursedeck.text.tree import plain
from coursedeck.texts import Line
from growth import in_a_straight_line
from print_reading import opened, spans, squeezed

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def course():
    course, _ = load(WORKSHOP)
    return course


@pytest.fixture(scope="module")
def rows(course):
    selection = pdf.selected(course, notes_of(course), pdf.Choice(modules=("frame",)))
    return sheets.data(selection).rows


@pytest.mark.parametrize(
    ("prompt", "asked"),
    [
        ("The seven disabilities. Which is missing?", "The seven disabilities."),
        ("Three depths. What stands under the mask?", "Three depths."),
        ("What does dialogue need?", "What does dialogue need?"),
        (
            "A cell comes home. Where is it in between?",
            "A cell comes home. Where is it in between?",
        ),
        ("Which is missing?", "Which is missing?"),
    ],
)
def test_a_sheet_does_not_ask_which_one_is_missing_where_all_are(course, prompt, asked):
    assert on_paper(Line(prompt), setting_of(course)) == asked


def test_a_sheet_says_in_words_how_many_things_to_name(course):
    said = [name_all(count, setting_of(course)) for count in (2, 7, 30)]
    assert said == ["Name the two.", "Name the seven.", "Name the 30."]


def test_a_list_is_asked_far_from_questions_that_show_some_of_it(rows):
    asked = [plain(row.question).casefold() for row in rows]
    lists = 0
    for place, row in enumerate(rows):
        items = [plain(item.text).casefold() for item in row.items]
        telling = [n for n, each in enumerate(asked) if sum(item in each for item in items) > 1]
        lists += bool(telling)
        assert all(abs(place - n) > 5 for n in telling), row.id
    assert lists >= 2


def test_the_name_of_a_hidden_label_is_in_no_alternative_text(course, tmp_path):
    """Who hears a sheet is asked what others see asked."""
    files, _ = pdf.printed(
        course,
        notes_of(course),
        pdf.Choice(papers=("a4",), only=("worksheets", "cards-fold"), modules=("frame",)),
    )
    labels = {str(f.answer) for n in notes_of(course) if n.picture for f in n.faces}
    for name, data in files.items():
        path = tmp_path / "one.pdf"
        path.write_bytes(data)
        reader = pypdf.PdfReader(path)
        held = [reader.get_object(number) for number in range(1, reader.trailer["/Size"])]
        alts = [str(each["/Alt"]) for each in held if isinstance(each, dict) and "/Alt" in each]
        assert any("labels are hidden at" in alt for alt in alts) or "-keys/" in name, name
        assert not [label for label in labels for alt in alts if label in alt], name


@pytest.fixture(scope="module")
def files(course):
    """The study sheet and the worksheet of a module."""
    only = ("study-sheets", "worksheets")
    choice = pdf.Choice(papers=("a4",), only=only, modules=("frame",))
    files, _ = pdf.printed(course, notes_of(course), choice)
    return files


@pytest.mark.slow
def test_each_page_of_a_sheet_names_the_course(course, files):
    for data in files.values():
        for page in filter(None, (squeezed(page.get_text()) for page in opened(data))):
            assert page.count(squeezed(to_plain(course.about.title))) == 1


@pytest.mark.slow
def test_what_a_row_is_about_stands_with_its_answer_and_on_no_worksheet(files, rows):
    topics = {plain(row.topic) for row in rows if row.topic.blocks}
    assert topics
    for page in opened(files["print/a4/study-sheets/frame.pdf"]):
        for said, box, size, _ in spans(page):
            if said in topics and size == pytest.approx(8.5):
                assert box[0] > page.rect.width / 2
    sizes = [
        size
        for page in opened(files["print/a4/worksheets/frame.pdf"])
        for said, _, size, _ in spans(page)
        if said in topics
    ]
    assert 8.5 not in [pytest.approx(size) for size in sizes]


@pytest.mark.slow
def test_ids_stand_on_study_sheets_only_when_asked_for(course):
    for ids in (False, True):
        choice = pdf.Choice(papers=("a4",), only=("study-sheets",), modules=("frame",), ids=ids)
        files, _ = pdf.printed(course, notes_of(course), choice)
        words = {w for page in opened(*files.values()) for w in page.get_text().split()}
        assert bool(words & {note.id for note in notes_of(course)}) is ids


def test_a_module_of_many_rows_without_a_list_takes_no_time_that_grows_faster():
    """Each row was held against all others, list or no list: half of the time of a deck of 3,000 notes."""

    def of(count):
        texts = ((Line(f"What is {n}?"), Line(f"It is {n}.")) for n in range(count))
        return [(None, Row(id=str(n), question=q, answer=a)) for n, (q, a) in enumerate(texts)]

    given = of(3)
    assert sheets._apart(given) == given
    assert in_a_straight_line(sheets._apart, of, 100)
