"""Large print: every page 18 pt, on the papers of all others."""

import dataclasses
import itertools
import re

import pymupdf
import pytest
from conftest import SAUERTEIG, WORKSHOP, some
from coursedeck.cli import main
from coursedeck.load import assemble, load
from coursedeck.notes import notes_of
from coursedeck.outputs import pdf
from coursedeck.outputs.print.pages.all import FORMS as FORMS_OF_PRINT
from coursedeck.source.files import read_files
from coursedeck.texts import Line
from print_reading import MM, opened, spans, text

pytestmark = pytest.mark.slow

FORMS = ("outline", "study-sheets", "worksheets", "test")
LABEL = 11.9  # points: the smallest words, such as sources


@pytest.fixture(scope="module")
def both():
    """The same pages in usual and in large print."""
    course, _ = load(WORKSHOP)
    papers = tuple(some(["letter", "a4"], 2))
    made = []
    for large in (False, True):
        each = pdf.Choice(papers, FORMS, modules=("frame",), large=large)
        files, problems = pdf.printed(course, notes_of(course), each)
        assert problems == []
        made.append(files)
    return made


def test_large_print_has_the_size_of_its_paper(both):
    sizes = {"a4": (595.28, 841.89), "letter": (612, 792)}
    for path, data in both[1].items():
        for page in opened(data):
            assert tuple(page.mediabox)[:2] == (0, 0)
            size = sorted((page.rect.width, page.rect.height))
            assert size == pytest.approx(sizes[path.split("/")[1]], abs=0.1), path


def test_large_print_reads_at_18_points_and_nothing_is_small(both):
    """Labels of drawings may be smaller, but no smaller than 7."""
    for path, data in both[1].items():
        sizes = [size for page in opened(data) for said, _, size, _ in spans(page) if said]
        assert max(sizes, key=sizes.count) >= 14, path
        assert min(sizes) >= 6.9, path
        small = sum(size < LABEL for size in sizes)
        assert small < 0.12 * len(sizes), path


def test_large_print_says_what_usual_print_says(both):
    """In the same words, whatever page they stand on."""
    usual, large = (
        {path: sorted(set(text(data).split())) for path, data in made.items()} for made in both
    )
    assert usual.keys() == large.keys()
    for path, words in usual.items():
        missing = [word for word in words if len(word) > 3 and word not in large[path]]
        assert len(missing) < 0.05 * len(words), (path, missing)


FIVE_LEVELS = """\
      levels: [4 exemplary, 3 comprehensive, 2 clear, 1 partly, 0 not yet]
      criteria:
        - name: Understanding of interdependencies
          levels:
            - Interdepartmentally documented responsibilities
            - Straightforwardly communicated, but unsystematically
            - A wish or an activity; misunderstandings
            - One counterintuitive thing
            - Only misinterpretations
"""


@pytest.mark.parametrize("large", [False, True])
def test_long_words_of_a_rubric_with_five_levels_stay_in_their_columns(large):
    files = read_files(WORKSHOP)
    plan, changed = re.subn(
        r"(title: Tension chart\n)(?:      .*\n)+", rf"\1{FIVE_LEVELS}", files["plan.yaml"].decode()
    )
    assert changed == 1
    course, _ = assemble({**files, "plan.yaml": plan.encode()})
    choice = pdf.Choice(("a4",), ("book",), large=large)
    made, problems = pdf.printed(course, notes_of(course), choice)
    assert problems == []
    (book,) = made.values()
    (page,) = (page for page in opened(book) if "exem" in page.get_text())
    words = sorted(page.get_text("words"), key=lambda word: (round(word[3]), word[0]))
    for one, other in itertools.pairwise(words):
        on_one_line = abs(one[3] - other[3]) < 1
        assert not on_one_line or one[2] <= other[0] + 0.5, (one[4], other[4])
    assert max(word[2] for word in words) < page.rect.width - 30


LONG = "Interdepartmental {} and counterintuitive misunderstandings"
TITLE = re.compile(r'^( *(?:- )?(?:title|name): )"?(.*?)"?$', re.MULTILINE)
MARGIN = 12 * MM
TOUCHING = 0.5  # points: the box of a slanted letter may reach into the next word


def long_titled():
    """A course whose every title and name is long."""
    files = read_files(WORKSHOP)
    named = {
        path: TITLE.sub(
            lambda found: f'{found[1]}"{LONG.format(found[2])}"', data.decode()
        ).encode()
        for path, data in files.items()
        if path.endswith(".yaml") and path != "sources.yaml"
    }
    course, _ = assemble({**files, **named})
    return course


def asking_words(course):
    """A course with its notes, but for those of drawings, where labels lie over words."""
    return course, [note for note in notes_of(course) if note.card.kind != "diagram"]


@pytest.fixture(scope="module")
def long_pages():
    """All pages of all large forms of it, and of a course in German, whose words are long: each with its file."""
    found = []
    for course, papers in ((long_titled(), pdf.Choice().papers), (load(SAUERTEIG)[0], ("letter",))):
        choice = pdf.Choice(papers, (*FORMS, "book"), large=True)
        made, problems = pdf.printed(*asking_words(course), choice)
        assert problems == []
        language = course.about.language
        found += [
            (f"{language}:{path}", page) for path, data in made.items() for page in opened(data)
        ]
    return found


def on_one_line(one, other):
    """Whether two words stand beside each other, and not one above the other."""
    low = min(one[3] - one[1], other[3] - other[1])
    return abs(one[1] + one[3] - other[1] - other[3]) / 2 < 0.35 * low


def overlapping(page):
    """Pairs of words of a page, one over the other."""
    words = sorted(page.get_text("words"))
    for at, one in enumerate(words):
        for other in words[at + 1 :]:
            if other[0] >= one[2] - TOUCHING:
                break
            if on_one_line(one, other):
                yield one[4], other[4]


def test_no_two_words_of_large_print_overlap(long_pages):
    found = {(path, page.number + 1): list(overlapping(page)) for path, page in long_pages}
    assert {place: pairs for place, pairs in found.items() if pairs} == {}


def test_no_word_of_large_print_is_in_the_margin_of_the_paper(long_pages):
    found = [
        (path, page.number + 1, word[4])
        for path, page in long_pages
        for within in [pymupdf.Rect(MARGIN, MARGIN, page.rect.x1 - MARGIN, page.rect.y1 - MARGIN)]
        for word in page.get_text("words")
        if pymupdf.Rect(word[:4]) not in within
    ]
    assert found == []


def test_titles_of_meetings_in_large_print_end_before_their_minutes(long_pages):
    outlines = [
        page.get_text("words") for path, page in long_pages if "en:" in path and "outline" in path
    ]
    tables = [words for words in outlines if "Minutes" in {word[4] for word in words}]
    assert tables
    for words in tables:
        (minutes,) = (word for word in words if word[4] == "Minutes")
        (number,) = (word for word in words if word[4] == "No.")
        (last,) = (word for word in words if word[4] == "page")
        right = [word for word in words if number[2] < word[0] < minutes[0]]
        titles = [word[2] for word in right if minutes[3] < word[1] < last[1] - 10]
        assert len(titles) > 10
        assert max(titles) <= minutes[0]


def head_and_foot(page):
    """The words above and below the text, which begins 22 mm from the edge of Letter and ends 21 mm from it."""
    width, height = page.rect.br
    edge = (height - 279.4 * MM) / 2 + 20 * MM
    for clip in ((0, 0, width, edge), (0, height - edge, width, height)):
        yield page.get_text("words", clip=clip)


def test_heads_and_feet_of_large_print_have_one_line(long_pages):
    for path, page in long_pages:
        head, foot = head_and_foot(page)
        assert foot, (path, page.number + 1)
        for line in (head, foot):
            assert all(on_one_line(line[0], word) for word in line), (path, page.number + 1, line)


def test_the_head_of_usual_print_has_one_line_however_long_a_title_is():
    course = long_titled()
    about = dataclasses.replace(course.about, title=Line(LONG.format(LONG.format("A course"))))
    course = dataclasses.replace(course, about=about)
    made, problems = pdf.printed(course, [], pdf.Choice(("letter",), ("outline", "book")))
    assert problems == []
    heads = [next(head_and_foot(page)) for data in made.values() for page in opened(data)]
    assert sum(any("…" in word[4] for word in head) for head in heads) > 10
    assert all(on_one_line(head[0], word) for head in heads for word in head)


def test_the_option_names_every_form_that_can_be_large():
    plural = {"study-sheets": "sheets", "worksheets": "sheets", "test": "tests"}
    command = main.get_command(None, "print")
    (said,) = (each.help for each in command.params if each.name == "large")
    names = [name for form in FORMS_OF_PRINT if form.large for name in form.names]
    assert "book" in names
    assert all(plural.get(name, name) in said for name in names)


def test_cards_to_cut_out_have_no_large_print():
    course, _ = load(WORKSHOP)
    choice = pdf.Choice(only=("cards-fold",), large=True)
    assert pdf.idle(course, notes_of(course), choice) == ["large"]
