"""Where pages end: nothing stands alone on the next one, and what belongs together is seen together."""

import pytest
from conftest import some
from coursedeck.load import assemble
from coursedeck.notes import notes_of
from coursedeck.outputs import pdf
from print_reading import MM, opened, spans, text

pytestmark = pytest.mark.slow

SAID = "Ein Satz, der für eine Zeile dieser schmalen Spalte viel zu lang ist."


def printed(files, only, modules=()):
    """The PDFs of a course, each by its name, on A4."""
    course, problems = assemble({name: content.encode() for name, content in files.items()})
    assert course, problems
    made, problems = pdf.printed(
        course, notes_of(course), pdf.Choice(("a4",), only, modules=modules)
    )
    assert problems == []
    return {path.removeprefix("print/a4/"): data for path, data in made.items()}


def of_cards(count, answer=SAID * 3):
    """A course of so many cards."""
    cards = "".join(
        f"      - {{id: f{n}, ask: Was ist {n}?, answer: '{answer} {n}.'}}\n" for n in range(count)
    )
    return {
        "course.yaml": "title: T\nid: t\nlanguage: de\nmodules: [m]\n",
        "modules/m.yaml": f"id: m\ntitle: M\nconcepts:\n  - id: c\n    name: C\n    cards:\n{cards}",
    }


def lines_of(page):
    """What stands on a page between its head and its foot, from the top."""
    own = [(y, said) for said, (_, _, _, y), _, _ in spans(page) if 30 * MM < y < 270 * MM and said]
    return [said for _, said in sorted(own)]


def numbers_of(page):
    """The numbers of a worksheet's key on a page."""
    return [int(said) for said, _, size, _ in spans(page) if said.isdigit() and 8 < size < 9]


@pytest.mark.parametrize("count", some([52, 53, 51, 55, 57], 2))
def test_a_key_does_not_end_with_an_answer_or_two_on_a_page_of_their_own(count):
    """They have room on the page before, or others keep them company."""
    pages = opened(printed(of_cards(count), ("worksheets",))["worksheets/m.pdf"])
    numbers = [numbers_of(page) for page in pages]
    assert [n for own in numbers for n in own] == [*range(1, count + 1)]
    assert len(numbers[-1]) > 8


def test_the_columns_on_the_last_page_of_a_key_end_level():
    data = printed(of_cards(30), ("worksheets",))["worksheets/m.pdf"]
    lowest = {}
    for said, (left, _, _, y), size, _ in spans(opened(data)[-1]):
        if said and size < 9 and 30 * MM < y < 270 * MM:
            lowest[left // (57 * MM)] = y
    assert len(lowest) == 3
    assert max(lowest.values()) - min(lowest.values()) < 20 * MM


@pytest.mark.parametrize(("count", "said"), [(3, True), (12, False)])
def test_a_page_that_stays_blank_before_a_key_says_why(count, said):
    """Who prints on one side would take it for a mistake; where the key follows a back, there is none."""
    files = printed(of_cards(count), ("worksheets",))["worksheets/m.pdf"]
    blank = "Diese Seite bleibt leer, damit die Lösungen auf einem eigenen Blatt stehen."
    assert [blank in lines_of(page) for page in opened(files)] == [False, said, False]


def test_an_answer_as_long_as_a_row_holds_is_in_the_key_whole():
    """A column of the key is narrower than one of the sheet."""
    answer = "".join(f"Das ist Satz {n} einer sehr langen Antwort. " for n in range(75))
    data = printed(of_cards(1, answer), ("worksheets",))["worksheets/m.pdf"]
    inside = [said for page in opened(data) for said in lines_of(page)]
    assert text(data).count("einer sehr langen Antwort") == 75
    assert " ".join(inside).replace("- ", "").count("Satz") == 75
