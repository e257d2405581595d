"""The printed side of a course that has everything: what each PDF holds, and what none may lack."""

import dataclasses
import io
import re

import pymupdf
import pypdf
import pytest
import segno
from conftest import COURSES, SAUERTEIG
from coursedeck import labels
from coursedeck.load import load
from coursedeck.notes import notes_of
from coursedeck.outputs import pdf, qr
from coursedeck.outputs.print.pages import sheets
from coursedeck.texts import Plain
from print_reading import MM, of_each_form, opened, spans, squeezed, text
from tools import tails

pytestmark = pytest.mark.slow

MARGIN = 14 * MM  # what printers leave white, and more


@pytest.fixture(scope="module")
def course(workshop_printed):
    return workshop_printed[0]


@pytest.fixture(scope="module")
def notes(workshop_printed):
    return workshop_printed[1]


@pytest.fixture(scope="module")
def made(workshop_printed):
    return workshop_printed[2]


@pytest.fixture(scope="module")
def each(made):
    return of_each_form(made)


@pytest.mark.parametrize(
    ("folder", "duplex"),
    [
        ("cards-2x4-long-edge", "/DuplexFlipLongEdge"),
        ("cards-3x3-short-edge", "/DuplexFlipShortEdge"),
        ("cards-fold", "/Simplex"),
        ("study-sheets", None),
    ],
)
def test_viewers_print_at_true_size_and_turn_the_paper_as_the_name_says(each, folder, duplex):
    for path, data in each.items():
        preferences = pypdf.PdfReader(io.BytesIO(data)).trailer["/Root"]["/ViewerPreferences"]
        assert preferences["/PrintScaling"] == "/None", path
        if f"/{folder}/" in path:
            assert preferences.get("/Duplex") == duplex, path


def test_every_pdf_is_tagged_named_and_can_be_navigated(each):
    """Structure tree, language, title, PDF/UA-1, bookmarks, all fonts embedded."""
    for path, data in each.items():
        reader = pypdf.PdfReader(io.BytesIO(data))
        root = reader.trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"], path
        assert root["/StructTreeRoot"]["/K"], path
        assert root["/Lang"].startswith("en"), path
        assert root["/ViewerPreferences"]["/DisplayDocTitle"], path
        assert reader.metadata.title, path
        assert b"pdfuaid" in root["/Metadata"].get_data(), path
        assert reader.outline, path
        document = opened(data)
        fonts = {
            font[0]: font for page in document for font in document.get_page_fonts(page.number)
        }
        assert fonts, path
        for reference, extension, *_ in fonts.values():
            assert extension not in ("n/a", ""), (path, reference)


def test_no_text_lies_outside_the_margins(each):
    """Nothing that a printer would cut off, on no page of no PDF; words below the cards stand at 8 mm, and maps are for a wall."""
    for path, data in each.items():
        least = 6 * MM if "/cards-" in path else 8 * MM if path.endswith("maps.pdf") else MARGIN
        for page in opened(data):
            for said, (x0, y0, x1, y1), _, _ in spans(page):
                inside = (
                    x0 >= least
                    and y0 >= least / 2
                    and x1 <= page.rect.width - least
                    and y1 <= page.rect.height - 5 * MM
                )
                assert inside or not said, (path, page.number + 1, said)


def test_every_page_is_numbered(each):
    """“page n of N”, right to the last page. The back of a sheet to copy stays empty."""
    for path, data in each.items():
        document = opened(data)
        for page in document:
            said = f"page {page.number + 1} of {len(document)}"
            if path.endswith("facilitator.pdf") and not page.get_text().strip():
                assert page.number % 2 == 1
                continue
            assert said in " ".join(page.get_text().split()), (path, said)


def test_sheets_hold_every_note_of_the_package_once(made, notes):
    """The ids in the rows are the ids of the notes, no more and no less, each once; of cases, each case's."""
    for paper in pdf.PAPERS:
        found = []
        for path, data in made.items():
            if path.startswith(f"print/{paper}/study-sheets/"):
                for page in opened(data):
                    words = (s.split() for s, _, size, _ in spans(page) if size == pytest.approx(7))
                    found += [word for said in words for word in said]
        ids = [
            id_
            for note in notes
            for id_ in (
                (f"{note.id}/{face.number}" for face in note.faces)
                if note.kind == "cases"
                else [note.id]
            )
        ]
        assert sorted(word for word in found if word in set(ids)) == sorted(ids)
        others = {word for word in found if re.fullmatch(r"[a-z]{2,3}(-[a-z0-9]+){2,}", word)}
        assert others <= set(ids)


def of_worksheet(module):
    """Where the worksheet of a module is, and where its key."""
    return f"worksheets/{module.id}", f"worksheet-keys/{module.id}-key"


def test_worksheets_ask_without_answering_and_have_a_key(made, notes):
    """The answer to a question appears in the key alone."""
    note = next(
        n
        for n in notes
        if n.kind == "ask" and len(n.card.answer) > 20 and not set("*`[\\") & set(n.card.answer)
    )
    sheet, key = (
        " ".join(text(made[f"print/a4/{path}.pdf"]).split()) for path in of_worksheet(note.module)
    )
    answer = str(note.card.answer)
    assert answer not in sheet
    assert answer in key


def rows_of(course, notes, module):
    """The rows that a module's sheets are made of."""
    selection = pdf.selected(course, notes, pdf.Choice(modules=(module.id,)))
    return sheets.data(selection).rows


def test_no_row_of_a_sheet_is_split_over_two_pages(made, course, notes):
    """A row's id, at the end of its answer, stands on the page on which its number stands."""
    for module in course.modules:
        ids = [row.id for row in rows_of(course, notes, module)]
        seen = []
        for page in opened(made[f"print/a4/study-sheets/{module.id}.pdf"]):
            words = page.get_text().split()
            for said, (left, *_), size, _ in spans(page):
                if said.isdigit() and size == pytest.approx(9) and left < 30 * MM:
                    seen.append(int(said))
                    assert ids[int(said) - 1] in ["", *words], (module.id, said)
        assert seen == list(range(1, len(ids) + 1))


def test_a_worksheet_asks_every_row_once_and_its_key_answers_each(made, course, notes):
    """The numbers run without a gap, in the sheet and in the key."""

    def numbers(path, size, right):
        found = (each for page in opened(made[f"print/letter/{path}.pdf"]) for each in spans(page))
        return [
            int(said)
            for said, (left, *_), own, _ in found
            if said.isdigit() and own == pytest.approx(size) and left < right
        ]

    for module in course.modules:
        rows = len(rows_of(course, notes, module))
        sheet, key = of_worksheet(module)
        answered = numbers(key, 8.5, 200 * MM)
        assert numbers(sheet, 9, 30 * MM) == sorted(answered) == list(range(1, rows + 1)), module.id


def test_the_book_holds_every_concept_document_and_work(made, course):
    """Also the index, and where things come from."""
    said = squeezed(text(made["print/a4/book.pdf"]))
    for module in course.modules:
        for concept in module.concepts:
            assert plain(concept.name) in said, concept.id
            assert plain(concept.definition) in said, concept.id
    for essay in course.essays:
        assert plain(essay.title) in said
        for claim in essay.claims:
            assert f"{claim.place}·{claim.kind}".replace("-", "–") in said
    for heading in ("Outcomes", "Index of concepts", "Bibliography", "What comes from where"):
        assert squeezed(heading) in said
    assert course.about.version in said
    assert course.about.date in said


def test_the_outline_names_all_that_the_course_has_on_a_few_pages(made, course):
    """Outcomes, modules, concepts, documents with a claim, meetings with room for their dates, assessment, readings, cards."""
    document = opened(made["print/a4/outline.pdf"])
    assert len(document) <= 4
    said = squeezed(text(made["print/a4/outline.pdf"]))
    named = [outcome.text for outcome in course.about.outcomes]
    for module in course.modules:
        named += [module.title, *(concept.name for concept in module.named)]
    for essay in course.essays:
        named += [essay.title, essay.claims[0].text]
    for form in course.plan.forms:
        named += [form.title, *(session.title for session in form.sessions)]
    named += [part.title for part in course.plan.assessment.parts]
    assert [each for each in named if plain(each) not in said] == []
    assert f"{course.about.id}.apkg" in said


def test_no_page_of_the_book_ends_two_thirds_empty(made):
    found = tails.tails(made["print/a4/book.pdf"])
    assert max(found[:-1]) <= tails.MOST_OF_A_PAGE
    letter = tails.tails(made["print/letter/book.pdf"])
    assert letter == pytest.approx(found, abs=0.01)


def test_figures_are_numbered_in_their_order_and_named_beside_their_concepts(made, course):
    said = " ".join(page.get_text() for page in opened(made["print/a4/book.pdf"]))
    numbers = [int(number) for number in re.findall(r"Figure\s(\d+)\n", said)]
    assert set(numbers) == set(range(1, len(course.pictures) + 1))
    titles = [squeezed(picture.title) for picture in course.pictures]
    assert all(title in squeezed(said) for title in titles)


def test_the_guide_holds_scripts_keys_rubrics_and_blanks(made, course):
    """Every session, rubric, test key and sheet."""
    said = squeezed(text(made["print/a4/facilitator.pdf"]))
    for form in course.plan.forms:
        for session in form.sessions:
            assert plain(session.title) in said
    for rubric in course.plan.assessment.rubrics:
        assert plain(rubric.title) in said
    for tool in course.tools:
        assert plain(tool.title) in said
        if tool.sort:
            assert f"Key:{plain(tool.title)}" in said


def plain(line):
    from coursedeck.text import to_plain

    return squeezed(to_plain(line))


def test_every_map_is_one_page(made, course):
    assert len(opened(made["print/a4/maps.pdf"])) == len(course.modules)


def test_pictures_have_their_alternative_text(made, course):
    """In the book every drawing carries its title and description."""
    reader = pypdf.PdfReader(io.BytesIO(made["print/a4/book.pdf"]))
    objects = [reference.get_object() for reference in _objects(reader)]
    alts = {str(each["/Alt"]) for each in objects if isinstance(each, dict) and "/Alt" in each}
    for picture in course.pictures:
        assert any(alt.startswith(picture.title) for alt in alts), picture.name


def _objects(reader):
    return [
        pypdf.generic.IndirectObject(number, 0, reader)
        for number in range(1, reader.trailer["/Size"])
    ]


def test_a_selection_prints_only_what_was_asked_for(course, notes):
    """One module, one kind: pages are counted anew, its concepts keep their names, others are no links to nowhere."""
    module = course.modules[1]
    choice = pdf.Choice(papers=("a4",), only=("book", "study-sheets"), modules=(module.id,))
    files, problems = pdf.printed(course, notes, choice)
    assert problems == []
    assert sorted(files) == ["print/a4/book.pdf", f"print/a4/study-sheets/{module.id}.pdf"]
    document = opened(files["print/a4/book.pdf"])
    assert f"page 1 of {len(document)}" in document[0].get_text()
    assert f"Module {module.deck.split()[0]}" in text(files["print/a4/book.pdf"])


def test_a_course_with_an_address_says_it_in_letters_and_as_a_code(course, notes):
    """On outline, book, guide and sheets of cards: a link, and a drawing that says where it leads."""
    url = "https://example.org/learning-together"
    about = dataclasses.replace(course.about, url=Plain(url))
    other = dataclasses.replace(course, about=about)
    forms = ("outline", "book", "facilitator", "cards")
    choice = pdf.Choice(papers=("a4",), only=forms, modules=(course.modules[0].id,))
    files, problems = pdf.printed(other, notes, choice)
    assert problems == []
    del files["print/a4/cards-calibration.pdf"]
    assert len(files) == 8
    for path, data in files.items():
        document = opened(data)
        links = {link.get("uri") for page in document for link in page.get_links()}
        assert url in links, path
        assert url in squeezed(text(data)), path
        reader = pypdf.PdfReader(io.BytesIO(data))
        objects = [reference.get_object() for reference in _objects(reader)]
        assert any(isinstance(o, dict) and o.get("/Alt") == url for o in objects), path


def test_a_code_is_that_of_the_address():
    """Every dark square of the code that a library makes of it, and no other."""
    url = "https://example.org/learning-together"
    drawing = pymupdf.open("svg", qr.drawn(url).encode())
    matrix = [[bool(dark) for dark in row] for row in segno.make_qr(url, error="l").matrix]
    pixels = drawing[0].get_pixmap(matrix=pymupdf.Matrix(8, 8))
    scale = pixels.width / len(matrix)
    seen = [
        [
            pixels.pixel(int((x + 0.5) * scale), int((y + 0.5) * scale))[0] < 128
            for x in range(len(matrix))
        ]
        for y in range(len(matrix))
    ]
    assert seen == matrix


def test_a_tag_selects_notes(course, notes):
    """A tag without the course's prefix selects all notes below it."""
    choice = pdf.Choice(papers=("a4",), only=("study-sheets",), tags=("lens::credit",), ids=True)
    files, _ = pdf.printed(course, notes, choice)
    said = " ".join(map(text, files.values()))
    credit = [n for n in notes if n.card.lens == "credit"]
    assert credit
    assert all(
        (note.id in said) == (note.card.lens == "credit") for note in notes if note.kind == "ask"
    )


def test_another_language_speaks_its_own_words():
    """Labels and the language of the file follow the course."""
    course, _ = load(SAUERTEIG)
    files, more = pdf.printed(course, notes_of(course), pdf.Choice(papers=("a4",)))
    assert more == []
    sheet = next(data for path, data in files.items() if "study-sheets" in path)
    assert "Frage" in text(sheet)
    assert "Seite 1 von" in text(sheet)
    assert pypdf.PdfReader(io.BytesIO(sheet)).trailer["/Root"]["/Lang"].startswith("de")


@pytest.mark.parametrize("language", ["de", "es"])
def test_a_language_has_every_word_that_pages_say(language):
    """No page speaks two languages; one that is not here is served in English altogether."""
    assert labels.labels(language).keys() == labels.labels("en").keys()
    assert labels.labels(language) != labels.labels("en")
    assert labels.labels("xx") == labels.labels("en")


def test_a_page_has_the_name_of_what_it_begins_with():
    """The outline's parts begin anywhere on a page: its head names the one that goes on from the page before."""
    course, _ = load(COURSES / "first-edition")
    choice = pdf.Choice(papers=("a4",), only=("outline",))
    made, _ = pdf.printed(course, notes_of(course), choice)
    (outline,) = made.values()
    document = opened(outline)
    parts = [(at, to["to"].y, title) for _, title, at, to in document.get_toc(simple=False)]
    heads, begun = [], []
    for number, page in enumerate(document, 1):
        head, *_ = (block for block in page.get_text("blocks", sort=True))
        top = min(y for _, y, *_ in page.get_text("blocks") if y > head[3]) + 5
        begun.append([title for at, y, title in parts if (at, y) < (number, top)])
        heads.append(squeezed(head[4]))
    assert len(heads) > 2
    for head, before in list(zip(heads, begun, strict=True))[1:]:
        assert head.endswith(squeezed(before[-1]))
