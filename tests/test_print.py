"""The printed side of a course that has everything: what every PDF must have, and what must be in it."""

import dataclasses
import functools
import io
import re
import zlib

import pikepdf
import pymupdf
import pypdf
import pytest
import segno
import typst
from conftest import CONTENT, SAUERTEIG, THOROUGH, WORKSHOP
from coursedeck import labels
from coursedeck.load import load
from coursedeck.notes import notes_of
from coursedeck.outputs import packing, pdf, qr
from coursedeck.outputs.papers import PAPERS, on_papers
from coursedeck.outputs.print.pages import sheets
from coursedeck.outputs.print.pages.cards import EDGES, GRIDS
from coursedeck.outputs.print.pages.exam import VERSIONS
from coursedeck.texts import Plain
from print_reading import MM, opened, spans, squeezed, text
from tools import tails

pytestmark = pytest.mark.slow

MARGIN = 14 * MM  # what printers leave white, and more


@pytest.fixture(scope="module")
def course():
    course, _ = load(WORKSHOP)
    return course


@pytest.fixture(scope="module")
def notes(course):
    return notes_of(course)


@pytest.fixture(scope="module")
def made(course, notes):
    files, problems = pdf.printed(course, notes, pdf.Choice(ids=True))
    assert problems == []
    return files


@pytest.fixture(scope="module")
def each(made):
    """All PDFs with THOROUGH=1, and without it one of each form, on A4: where Letter has its words, a test says of itself."""
    if THOROUGH:
        return made
    here = [path for path in made if "/a4/" in path]
    return {path: made[path] for path in {_form(path): path for path in reversed(here)}.values()}


def _form(path):
    """The folder of a form that has a PDF for each module, or the path of the one that it has."""
    return path.rpartition("/")[0] if path.count("/") > 2 else path


def test_both_papers_hold_the_same_pdfs(made, each, course):
    """A4 and Letter each have the outline, the book, the guide, sheets for every module, cards in both grids, maps."""
    names = {
        paper: sorted(p.partition(f"{paper}/")[2] for p in made if f"/{paper}/" in p)
        for paper in pdf.PAPERS
    }
    assert names["a4"] == names["letter"]
    tables = [
        f"{kind}/{m.id}.pdf" for kind in ("study-sheets", "worksheets") for m in course.modules
    ]
    tables += [f"worksheet-keys/{m.id}-key.pdf" for m in course.modules]
    forms = [f"cards-{grid}-{edge}" for grid in GRIDS for edge in EDGES]
    cards = [f"{form}/{m.id}.pdf" for form in [*forms, "cards-fold"] for m in course.modules]
    whole = ["book.pdf", "outline.pdf", "facilitator.pdf", "maps.pdf", "cards-calibration.pdf"]
    whole += [f"test-{version}{key}.pdf" for version in VERSIONS for key in ("", "-key")]
    assert names["a4"] == sorted(tables + cards + whole)
    sizes = {"a4": (595.28, 841.89), "letter": (612, 792)}
    for path, data in each.items():
        for page in opened(data):
            assert sorted((page.rect.width, page.rect.height)) == pytest.approx(
                sizes[path.split("/")[1]], abs=0.1
            )


def test_a_page_has_the_same_words_and_number_on_both_papers(made, each):
    """Someone with Letter and someone with A4 open the same page."""
    for path, data in each.items():
        if "/a4/" in path:
            other = opened(made[path.replace("/a4/", "/letter/")])
            pages = [page.get_text() for page in opened(data)]
            assert pages == [page.get_text() for page in other], path


def test_letter_is_a4_moved_so_that_its_middle_stays_the_middle(made, each):
    """Every box begins at 0,0; words, links and what bookmarks lead to stand 8.36 points farther from the short side, and 25 nearer
    to the long one.
    """
    for path, data in each.items():
        if "/a4/" in path:
            here, there = opened(data), opened(made[path.replace("/a4/", "/letter/")])
            for one, two in zip(here, there, strict=True):
                lying = one.rect.width > one.rect.height
                assert two.mediabox.tl == (0, 0) == two.cropbox.tl
                x, y = (-25, -8.36) if lying else (8.36, -24.89)
                y = two.rect.height - one.rect.height + (-8.36 if lying else 25)
                moved = [(w[0] + x, w[1] + y, w[4]) for w in one.get_text("words")]
                found = [(w[0], w[1], w[4]) for w in two.get_text("words")]
                for before, after in zip(moved, found, strict=True):
                    assert before[:2] == pytest.approx(after[:2], abs=0.02), path
                    assert before[2] == after[2], path
                links = [[link["from"] for link in page.get_links()] for page in (one, two)]
                for before, after in zip(*links, strict=True):
                    there_now = (before.x0 + x, before.y0 + y, before.x1 + x, before.y1 + y)
                    assert there_now == pytest.approx(tuple(after), abs=0.02), path
            for before, after in zip(here.get_toc(False), there.get_toc(False), strict=True):
                assert before[:3] == after[:3]


def test_gradients_figures_and_tables_move_with_the_pages_of_letter():
    """What has its place outside the page's own stream: in patterns, and in the structure for readers who cannot see."""
    svg = (
        "<svg xmlns='http://www.w3.org/2000/svg' width='50' height='50'><defs><linearGradient id='g'>"
        "<stop offset='0' stop-color='red'/><stop offset='1' stop-color='blue'/></linearGradient></defs>"
        "<rect width='40' height='40' fill='url(#g)'/></svg>"
    )
    image = f'#image(bytes("{svg}"), format: "svg", alt: "/BBox[1 2 3 4]")'
    table = "#table(columns: 1, table.header[a], [b])"
    source = f'#set document(title: "x")\n#set page("a4")\n= A\n{image}\n{table}'
    written = typst.Compiler().compile(source.encode(), pdf_standards=["ua-1"])
    matrices, boxes = [], []
    for data in on_papers(written, PAPERS):
        with pikepdf.open(io.BytesIO(data)) as document:
            held = [each for each in document.objects if isinstance(each, pikepdf.Dictionary)]
            (pattern,) = [each for each in held if each.get("/Type") == "/Pattern"]
            matrices.append([float(each) for each in pattern.Matrix])
            layouts = [
                layout for each in held for layout in each.get("/A", []) if "/BBox" in layout
            ]
            boxes.append([[float(side) for side in layout.BBox] for layout in layouts])
    assert matrices[1] == pytest.approx(
        [*matrices[0][:4], matrices[0][4] + 8.36, matrices[0][5] - 25]
    )
    assert len(boxes[0]) == 2  # the figure and the table
    for here, there in zip(*boxes, strict=True):
        moved = [side + (8.36, -25)[at % 2] for at, side in enumerate(here)]
        assert there == pytest.approx(moved, abs=0.001)


def test_two_letter_pages_side_by_side_stand_where_each_stood():
    """Programs that put several pages on a sheet take a page to begin at 0,0."""
    _, letter = on_papers(typst_writes('"a4"'), PAPERS)
    page = pypdf.PdfReader(io.BytesIO(letter)).pages[0]
    sheet = pypdf.PageObject.create_blank_page(width=1224, height=792)
    for at in (0, 612):
        sheet.merge_translated_page(page, at, 0)
    writer = pypdf.PdfWriter()
    writer.add_page(sheet)
    writer.write(data := io.BytesIO())
    (own,) = opened(letter)[0].get_text("words")
    places = [word[:2] for word in opened(data.getvalue())[0].get_text("words")]
    assert places == [
        pytest.approx((own[0], own[1]), abs=0.02),
        pytest.approx((own[0] + 612, own[1]), abs=0.02),
    ]


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


def contents(document):
    """Every object of a PDF, streams with their bytes; without those that only say how the file is packed."""
    packing = {"/ObjStm", "/XRef"}
    return [
        (each.unparse(), each.read_bytes() if isinstance(each, pikepdf.Stream) else b"")
        for each in document.objects
        if not isinstance(each, pikepdf.Stream) or str(each.get("/Type")) not in packing
    ]


def typst_writes(*sizes):
    """A PDF with a page of each size, given as a call of `page` takes it."""
    pages = "\n".join(f"#page({size})[{at}]" for at, size in enumerate(sizes))
    return typst.Compiler().compile(pages.encode())


def test_a_page_that_is_not_a4_is_refused():
    """A template that sets another size would be cut off on Letter."""
    odd = typst_writes("width: 500pt, height: 500pt")
    for paper in PAPERS:
        with pytest.raises(ValueError, match="not A4"):
            on_papers(odd, (paper,))


def test_a_pdf_that_another_program_wrote_is_refused():
    """Packing moves objects as they stand; a form that it does not know, it must not guess at."""
    other = pikepdf.new()
    other.add_blank_page(page_size=(595.2756, 841.8898))
    other.save(data := io.BytesIO())
    written = typst_writes('"a4"')
    damaged = written.replace(b"\nendobj", b"\nendob ", 1)
    for each in (data.getvalue(), written[:-40], written + b"more", damaged, b""):
        with pytest.raises(ValueError, match="Typst"):
            on_papers(each, PAPERS)


def test_packing_keeps_every_object_as_typst_wrote_it():
    """Also where text looks like the syntax of a PDF, and where there are more objects than one stream holds."""
    tricky = '#raw("endstream endobj 7 0 obj <</Type/Page/MediaBox[0 0 1 1]>> trailer startxref 9")'
    many = "".join(f"= endobj {n} <</Type/Page/ endstream\n" for n in range(200))
    source = f'#set document(title: "endstream")\n#set page("a4")\n#outline()\n{many}{tricky}'
    written = typst.Compiler().compile(source.encode(), pdf_standards=["ua-1"])
    (packed,) = on_papers(written, ("a4",))
    with pikepdf.open(io.BytesIO(written)) as one, pikepdf.open(io.BytesIO(packed)) as other:
        assert other.check_pdf_syntax() == []
        assert contents(one) == contents(other)[: len(contents(one))]
        assert len(contents(one)) > 2 * packing.TOGETHER
    assert len(packed) < 0.7 * len(written)


def test_pdfs_that_zlib_packed_otherwise_are_the_same(made, monkeypatch):
    """Another release of it may write other bytes; `build --check` must not call that old."""
    written = typst_writes('"a4"', '"a4"')
    usual, letter = on_papers(written, PAPERS)
    monkeypatch.setattr(packing.zlib, "compress", functools.partial(zlib.compress, level=1))
    (quick,) = on_papers(written, ("a4",))
    (changed,) = on_papers(written.replace(b"/Count 2", b"/Count 3"), ("a4",))
    assert quick != usual
    assert packing.same(quick, usual)
    assert not packing.same(changed, usual)
    assert not packing.same(letter, usual)
    assert not packing.same(usual[:-30], usual)
    assert not packing.same(b"", usual)


def test_small_objects_are_packed_and_nothing_is_lost_by_it(made):
    """Written out object by object, as Typst does, a file is far larger; its pages hold the same."""
    data = made["print/a4/book.pdf"]
    with pikepdf.open(io.BytesIO(data)) as document:
        whole = contents(document)
        plain = io.BytesIO()
        document.save(plain, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert b"/ObjStm" in data
    assert len(data) < 0.7 * len(plain.getvalue())
    with pikepdf.open(plain) as document:
        assert len(contents(document)) == len(whole)


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
    course, _ = load(CONTENT)
    choice = pdf.Choice(papers=("a4",), only=("outline",))
    made, _ = pdf.printed(course, notes_of(course), choice)
    document = opened(made["print/a4/outline.pdf"])
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
