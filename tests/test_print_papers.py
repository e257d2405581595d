"""Pages move from A4 to Letter, and PDFs are packed: all that Typst wrote is still there, and stands where it should."""

import functools
import io
import zlib

import pikepdf
import pypdf
import pytest
import typst
from coursedeck.outputs import packing, pdf
from coursedeck.outputs.papers import PAPERS, on_papers
from coursedeck.outputs.print.pages.cards import EDGES, GRIDS
from coursedeck.outputs.print.pages.exam import VERSIONS
from print_reading import of_each_form, opened

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def made(workshop_printed):
    return workshop_printed[2]


@pytest.fixture(scope="module")
def each(made):
    return of_each_form(made)


def test_both_papers_hold_the_same_pdfs(workshop_printed, made, each):
    """A4 and Letter each have the outline, the book, the guide, sheets for every module, cards in both grids, maps."""
    course, _, _ = workshop_printed
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
