"""Cards to cut out: every back lies exactly behind its front."""

import pytest
from conftest import WORKSHOP
from coursedeck.load import load
from coursedeck.notes import notes_of
from coursedeck.outputs import pdf
from coursedeck.outputs.print.pages import cards
from coursedeck.outputs.print.pages import sheets as sheets_of
from coursedeck.outputs.print.pages.base import Selection
from coursedeck.outputs.print.pages.cards import DOUBLE, EDGES, GRIDS, face_id
from coursedeck.text import to_plain
from print_reading import MM, opened, spans, text

pytestmark = pytest.mark.slow

NEAR = 0.2  # millimetres, like the other two
INSET = 5.0  # from a card's edge to its text
CAP = 6.5 * 0.66 / MM  # a capital of the head, in Source Sans


@pytest.fixture(scope="module")
def course():
    course, _ = load(WORKSHOP)
    notes = notes_of(course)
    return course, notes


@pytest.fixture(scope="module")
def made(course):
    """The cards of every module, moved by an uneven offset."""
    files, problems = pdf.printed(*course, choice=pdf.Choice(only=("cards",), offset=(1.3, -2.1)))
    assert problems == []
    return files


@pytest.fixture(scope="module")
def cut_out(course):
    """Each card by what stands at its head on both sides, its number and its module, in their order."""
    return {
        f"{module.deck.partition(' ')[0]}.{number_of(card)} {to_plain(module.title)}": card
        for module in course[0].modules
        for card in cards.data(selected(course, module)).cards
    }


@pytest.fixture(scope="module")
def numbers(cut_out):
    """The heads of all cards."""
    return [*cut_out]


@pytest.fixture(scope="module")
def drawn(cut_out):
    """The heads of those cards that show a drawing, whose letters need cards of twice the size."""
    return {head for head, card in cut_out.items() if card.picture}


def number_of(card):
    """A card's number as it is printed."""
    return f"{card.number}{' abcdefghij'[card.part]}".strip()


def own(course, module):
    """The notes of a module."""
    return [note for note in course[1] if note.module is module]


def selected(course, module):
    """One module with all its notes."""
    return Selection(course[0], (module,), tuple(own(course, module)), frozenset())


def test_a_card_has_the_number_of_the_question_on_the_sheets_that_asks_for_the_same(course):
    """Where that asks for several things at once, they are its parts: a, b, c."""
    parts = []
    for module in course[0].modules:
        selection = selected(course, module)
        found = {card.id: number_of(card) for card in cards.data(selection).cards}
        for number, (note, row) in enumerate(sheets_of.on_sheets(selection), 1):
            if row.id in found:
                assert found.pop(row.id) == str(number)
                continue
            count = len(row.items) or len(note.faces)
            ids = [item.id for item in row.items if item.id]
            ids = ids or [f"{row.id}/{face.number}" for face in note.faces]
            parts.append(count)
            assert [found.pop(id_) for id_ in ids] == [
                f"{number}{'abcdefghij'[n]}" for n in range(count)
            ]
        assert not found
    assert parts


def sheets(made, paper, form):
    """Every module's PDF of one form, opened."""
    found = [data for path, data in made.items() if path.startswith(f"print/{paper}/{form}/")]
    assert found
    return map(opened, found)


def heads(page, numbers):
    """The cards' heads on a page, each once, with the box and the direction of their text."""
    found = {}
    for said, box, size, direction in spans(page):
        number = next((n for n in numbers if said == n or said.startswith(f"{n} ")), None)
        if number and size == pytest.approx(6.5):
            assert number not in found, f"{number} twice on a side"
            found[number] = (box, direction)
    return found


def centres(page, numbers, grid, drawn):
    """The middle of each card on a page, in millimetres from the top left, and whether it stands upright."""
    found = {}
    for number, ((x0, _, x1, base), (cos, _)) in heads(page, numbers).items():
        _, _, wide, high = DOUBLE if number in drawn else GRIDS[grid]
        right, down = wide / 2 - INSET, high / 2 - INSET - CAP
        upright = cos > 0
        x, y = (
            (x0 / MM + right, base / MM + down) if upright else (x1 / MM - right, base / MM - down)
        )
        found[number] = (x, y, upright)
    return found


@pytest.mark.parametrize("paper", pdf.PAPERS)
@pytest.mark.parametrize("grid", GRIDS)
@pytest.mark.parametrize("edge", EDGES)
def test_each_back_lies_behind_its_front(made, numbers, drawn, paper, grid, edge):
    """The paper turns over its edge, and a card then like a page of a book; a back is moved by the printer's offset
    and by nothing else.
    """
    seen = []
    for front, back in (
        (document[number], document[number + 1])
        for document in sheets(made, paper, f"cards-{grid}-{edge}")
        for number in range(0, len(document), 2)
    ):
        width, height = front.rect.width / MM, front.rect.height / MM
        fronts, backs = (centres(page, numbers, grid, drawn) for page in (front, back))
        assert fronts
        assert fronts.keys() == backs.keys()
        for number, (x, y, upright) in fronts.items():
            turned = edge == "short-edge"
            mirrored = (x, height - y) if turned else (width - x, y)
            there = (mirrored[0] + 1.3, mirrored[1] - 2.1)
            assert backs[number][:2] == pytest.approx(there, abs=NEAR), number
            assert upright
            assert backs[number][2] is not turned, number
        seen += fronts
    assert sorted(seen) == sorted(numbers)


@pytest.mark.parametrize("grid", GRIDS)
def test_piles_that_are_cut_lie_in_the_order_of_the_cards(made, numbers, drawn, grid):
    """All sheets cut as one pile, the small piles laid on one another row by row; large cards are a pile of their own."""
    order = {number: at for at, number in enumerate(numbers)}
    for document in sheets(made, "a4", f"cards-{grid}-long-edge"):
        piles = {False: {}, True: {}}
        for front in (document[number] for number in range(0, len(document), 2)):
            for number, (x, y, _) in centres(front, numbers, grid, drawn).items():
                piles[number in drawn].setdefault((round(y), round(x)), []).append(order[number])
        for large in piles.values():
            lying = [at for place in sorted(large) for at in large[place]]
            assert lying == sorted(lying)


@pytest.mark.parametrize("grid", GRIDS)
def test_no_text_crosses_the_edge_of_its_card(made, numbers, drawn, grid):
    """What is cut out is whole: every text lies within one cell of the grid, a little inside. No text is smaller than 6.5 pt,
    and no label of a drawing smaller than 7.
    """
    for page in (p for document in sheets(made, "a4", f"cards-{grid}-long-edge") for p in document):
        large = not drawn.isdisjoint(heads(page, numbers))
        columns, rows, wide, high = DOUBLE if large else GRIDS[grid]
        left, top = (210 - columns * wide) / 2, (297 - rows * high) / 2
        dx, dy = (1.3, -2.1) if page.number % 2 else (0, 0)
        for said, box, size, _ in spans(page):
            x0, y0, x1, y1 = (value / MM for value in box)
            if not said or y0 > top + rows * high or y1 < top - 3:
                continue  # the line below the grid, the hidden bookmark above it
            column, row = (x0 - left - dx) // wide, (y0 - top - dy) // high
            assert x1 - left - dx <= (column + 1) * wide - INSET + 1.5, (
                said
            )  # with the blank at a line’s end
            assert y1 - top - dy <= (row + 1) * high - INSET + 1.2, said
            assert size >= 6.5, said
            assert not large or page.number % 2 or size == pytest.approx(6.5) or size > 6.98, said


def test_the_fold_form_has_question_and_answer_side_by_side(made, numbers):
    """One side of the paper: the answer stands right of its question, at the same height, a card's width away."""
    seen = []
    for page in (page for document in sheets(made, "a4", "cards-fold") for page in document):
        found = {}
        for said, box, _, _ in spans(page):
            number = next((n for n in numbers if said == n or said.startswith(f"{n} ")), None)
            if number:
                found.setdefault(number, []).append(box)
        for number, boxes in found.items():
            left, right = sorted(boxes)
            assert (right[0] - left[0]) / MM == pytest.approx(GRIDS["2x4"][2], abs=NEAR)
            assert right[3] == pytest.approx(left[3], abs=NEAR)
            seen.append(number)
    assert sorted(seen) == sorted(numbers)


def test_every_card_has_its_id_on_its_back_only(made, course):
    """An id often is the answer in other words."""
    ids = sorted(face_id(note, face) for note in course[1] for face in note.faces)
    sides = ([], [])
    for document in sheets(made, "a4", "cards-3x3-long-edge"):
        for page in document:
            words = page.get_text().split()
            sides[page.number % 2].extend(word for word in words if word in set(ids))
    assert sides[0] == []
    assert sorted(sides[1]) == ids


def test_front_and_back_carry_question_and_answer(made, course):
    """By the words: the question on the front page, its answer on the page behind it."""
    note = next(
        n
        for n in course[1]
        if n.kind == "ask" and not set("*`[\\") & set(n.card.ask + n.card.answer)
    )
    document = opened(made[f"print/a4/cards-2x4-long-edge/{note.module.id}.pdf"])
    pages = [" ".join(page.get_text().split()) for page in document]
    front = next(i for i, page in enumerate(pages) if str(note.card.ask) in page)
    assert front % 2 == 0
    assert str(note.card.answer) in pages[front + 1]


def centred(page, least, most):
    """The middles of what is drawn on a page at a width or height between two, in millimetres from the middle of the page."""
    found = set()
    for drawn in page.get_drawings():
        box = drawn["rect"]
        if least * MM < max(box.width, box.height) < most * MM:
            x, y = (box.x0 + box.x1 - page.rect.width) / 2, (box.y0 + box.y1 - page.rect.height) / 2
            found.add((round(x / MM, 1) + 0, round(y / MM, 1) + 0))
    return found


@pytest.mark.parametrize("paper", pdf.PAPERS)
def test_the_calibration_page_has_its_ring_in_the_middle_and_its_scale_moved_like_the_backs(
    made, paper
):
    """Where the ring shines through on the scale, stand the numbers that are still missing: none where the offset is right."""
    front, back = opened(made[f"print/{paper}/cards-calibration.pdf"])
    assert centred(front, 5.9, 6.5) == {(0, 0)}
    assert centred(back, 59, 61) == {(1.3, -2.1)}
    assert "add what you read to its offset: 1.3,-2.1." in " ".join(back.get_text().split())


def test_the_scale_of_the_calibration_page_counts_to_the_right_and_down(made):
    """So that what is read is what is typed, without turning signs."""
    back = opened(made["print/a4/cards-calibration.pdf"])[1]
    words = [(word[4], word[0], word[1]) for word in back.get_text("words")]
    (x, beside), (_, y) = [(left, top) for said, left, top in words if said == "25"]
    (least, _), (_, highest) = [(left, top) for said, left, top in words if said == "−25"]
    assert least < back.rect.width / 2 < x
    assert highest < beside < y


def test_the_corners_of_the_calibration_page_tell_of_a_printer_that_turns_or_shrinks(made):
    front, back = opened(made["print/letter/cards-calibration.pdf"])
    rings, crosses = centred(front, 2.9, 3.3), centred(back, 5.9, 6.1)
    assert len(rings) == len(crosses) == 4
    assert {(round(x + 1.3, 1), round(y - 2.1, 1)) for x, y in rings} == crosses


def test_a_card_a_drawing_asks_for_all_of_its_labels(course):
    """Once for each drawing, with the labels numbered on the back."""
    choice = pdf.Choice(papers=("a4",), only=("cards-2x4-long-edge",), whole_drawings=True)
    files, problems = pdf.printed(*course, choice=choice)
    assert problems == []
    said = " ".join(" ".join(map(text, files.values())).split())
    for note in (note for note in course[1] if note.picture):
        assert said.count(f" {note.id} ") == 1
        labels = " ".join(f"{n}. {face.answer}" for n, face in enumerate(note.faces, 1))
        assert labels in said
        assert "under the mask" not in said


def test_every_sheet_of_cards_says_what_it_is_in_a_heading_and_how_to_print_it(made):
    for path, data in made.items():
        if "/cards-" in path and "calibration" not in path:
            for page in opened(data):
                foot = page.get_text("words", clip=(0, page.rect.height - 60, 1000, 1000))
                said = " ".join(word[4] for word in foot)
                how = ("flip on the long edge", "flip on the short edge", "print on one side")
                assert any(f"{each} · 100 %" in said for each in how), path
            assert len(opened(data).get_toc()) == len(opened(data)), path
