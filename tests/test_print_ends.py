"""Where pages end: nothing stands alone on the next one, and what belongs together is seen together."""

import pytest
from conftest import some
from coursedeck.load import assemble
from coursedeck.notes import notes_of
from coursedeck.outputs import pdf
from print_reading import MM, opened, spans, text
from tools import tails

pytestmark = pytest.mark.slow

SHEET, KEY = "worksheets/m.pdf", "worksheet-keys/m-key.pdf"
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
    return of_answers([answer] * count)


def of_answers(answers):
    """A course of a card for each of these answers."""
    cards = "".join(
        f"      - {{id: f{n}, ask: Was ist {n}?, answer: '{answer} {n}.'}}\n"
        for n, answer in enumerate(answers)
    )
    return {
        "course.yaml": "title: T\nid: t\nlanguage: de\nmodules: [m]\n",
        "modules/m.yaml": f"id: m\ntitle: M\nconcepts:\n  - id: c\n    name: C\n    cards:\n{cards}",
    }


def said(page):
    """What a page says, on one line."""
    return " ".join(page.get_text().split())


def lines_of(page):
    """What stands on a page between its head and its foot, from the top."""
    own = [
        (y, words) for words, (_, _, _, y), _, _ in spans(page) if 30 * MM < y < 270 * MM and words
    ]
    return [words for _, words in sorted(own)]


def numbers_of(page):
    """The numbers of a worksheet's key on a page."""
    return [int(said) for said, _, size, _ in spans(page) if said.isdigit() and 8 < size < 9]


@pytest.mark.parametrize("count", some([52, 53, 51, 55, 57], 2))
def test_a_key_does_not_end_with_an_answer_or_two_on_a_page_of_their_own(count):
    """They have room on the page before, or others keep them company."""
    pages = opened(printed(of_cards(count), ("worksheets",))[KEY])
    numbers = [numbers_of(page) for page in pages]
    assert [n for own in numbers for n in own] == [*range(1, count + 1)]
    assert len(numbers[-1]) > 8


@pytest.mark.parametrize("count", some([52, 53, 51, 55, 57], 2))
def test_a_key_that_goes_on_fills_its_page_and_says_so(count):
    pages = opened(printed(of_cards(count), ("worksheets",))[KEY])
    going_on = [page for page in pages if numbers_of(page)][:-1]
    assert going_on
    for page in going_on:
        assert "weiter auf der nächsten Seite" in said(page)
        assert (
            max(y for words, (_, _, _, y), _, _ in spans(page) if words and y < 270 * MM) > 200 * MM
        )


@pytest.mark.parametrize("count", some([12, 53], 1))
def test_a_worksheet_and_its_key_are_two_files_of_which_each_counts_its_own_pages(count):
    """Whoever copies the one for learners copies no answer, and its feet promise no page that is not there."""
    files = printed(of_cards(count), ("worksheets",))
    assert {*files} == {SHEET, KEY}
    for name, kind in ((SHEET, "Arbeitsblatt"), (KEY, "Arbeitsblatt · Lösungen")):
        pages = [said(page) for page in opened(files[name])]
        for number, words in enumerate(pages, 1):
            assert words.endswith(f"Seite {number} von {len(pages)}"), name
            assert kind in words
    assert "viel zu lang" not in text(files[SHEET]).replace("\n", " ")
    assert text(files[KEY]).replace("\n", " ").count("viel zu lang") == 3 * count


def test_no_file_of_a_module_takes_the_place_of_the_key_to_another():
    files = of_cards(1)
    (other,) = (each for name, each in files.items() if name.startswith("modules/"))
    for before, after in (
        ("id: m", "id: m-key"),
        ("title: M", "title: N"),
        ("id: c", "id: d"),
        ("f0", "g0"),
    ):
        other = other.replace(before, after)
    course = files["course.yaml"].replace("[m]", "[m, m-key]")
    files |= {"course.yaml": course, "modules/m-key.yaml": other}
    names = {"m", "m-key"}
    wanted = {f"worksheets/{n}.pdf" for n in names} | {f"worksheet-keys/{n}-key.pdf" for n in names}
    assert {*printed(files, ("worksheets",))} == wanted


def test_numbers_of_three_digits_stand_clear_of_their_answers():
    pages = opened(printed(of_cards(104, "Ja"), ("worksheets",))[KEY])
    for page in pages:
        found = [(words, box) for words, box, _, _ in spans(page)]
        numbers = [box for words, box in found if words.isdigit() and len(words) == 3]
        for _, _, right, y in numbers:
            beside = [
                left
                for words, (left, _, _, line) in found
                if words and left > right - 1 and abs(line - y) < 4 and not words.isspace()
            ]
            assert min(beside) - right > 2 * MM


def test_the_columns_on_the_last_page_of_a_key_end_level():
    data = printed(of_cards(30), ("worksheets",))[KEY]
    lowest = {}
    for said, (left, _, _, y), size, _ in spans(opened(data)[-1]):
        if said and size < 9 and 30 * MM < y < 270 * MM:
            lowest[left // (57 * MM)] = y
    assert len(lowest) == 3
    assert max(lowest.values()) - min(lowest.values()) < 20 * MM


def test_an_answer_as_long_as_a_row_holds_is_in_the_key_whole():
    """A column of the key is narrower than one of the sheet."""
    answer = "".join(f"Das ist Satz {n} einer sehr langen Antwort. " for n in range(75))
    data = printed(of_cards(1, answer), ("worksheets",))[KEY]
    inside = [said for page in opened(data) for said in lines_of(page)]
    assert text(data).count("einer sehr langen Antwort") == 75
    assert " ".join(inside).replace("- ", "").count("Satz") == 75


@pytest.mark.parametrize(("long", "short"), [(81, 21), (84, 20)])
def test_a_key_has_no_blank_page_where_answers_as_high_as_a_column_come_before_short_ones(
    long, short
):
    """They cannot all keep the short ones company on one page."""
    answers = ["Ein Satz, der lang ist. " * count for count in [long] * 6 + [short] * 3]
    pages = opened(printed(of_answers(answers), ("worksheets",))[KEY])
    assert [n for page in pages for n in numbers_of(page)] == [*range(1, 10)]
    assert all(lines_of(page) for page in pages)
    assert "weiter auf der nächsten Seite" not in said(pages[-1])


def test_the_parts_of_a_question_stand_on_the_page_of_the_case_that_they_ask_about():
    """Whoever answers would turn the leaf over and back."""
    short = "".join(f"    - {{points: 2, ask: Was ist {n}?, key: Das.}}\n" for n in range(8))
    case = "    - points: 12\n      key: So.\n      ask: |\n        Ein Fall.\n\n" + "".join(
        f"        1. Teil {n}?\n" for n in range(4)
    )
    plan = (
        "forms:\n  - id: f\n    title: F\n    about: A\n    sessions: []\n"
        "assessment:\n  about: A\n  pass-percent: 50\n  parts: [{title: Test, percent: 100, about: A}]\n  test:\n"
        + short
        + case
    )
    files = of_cards(1) | {"plan.yaml": plan}
    for name in ("test-a.pdf", "test-b.pdf"):
        (page,) = [
            page for page in opened(printed(files, ("test",))[name]) if "Ein Fall." in said(page)
        ]
        assert all(f"Teil {n}?" in said(page) for n in range(4))


def with_a_test(points, parts=1):
    """A plan whose final test gives so many questions, and whose assessment has so many parts."""
    shares = [100 - 5 * (parts - 1), *[5] * (parts - 1)]
    given = "".join(
        f"    - {{title: Teil {n}, percent: {share}, about: Davon {n}.}}\n"
        for n, share in enumerate(shares)
    )
    asked = "".join(f"    - {{points: {each}, ask: Was ist das?, key: Das.}}\n" for each in points)
    return (
        "forms:\n  - id: f\n    title: F\n    about: A\n    sessions: []\n"
        f"assessment:\n  about: A\n  pass-percent: 50\n  parts:\n{given}  test:\n{asked}"
    )


def test_every_page_of_a_test_but_the_last_says_that_it_goes_on():
    """A question that has no room left stands on the next page whole, and the page before it looks like the end."""
    files = of_cards(1) | {"plan.yaml": with_a_test([2] * 5 + [20])}
    pages = opened(printed(files, ("test",))["test-a.pdf"])
    assert len(pages) == 2
    assert ["weiter auf der nächsten Seite" in said(page) for page in pages] == [True, False]


@pytest.mark.parametrize(("short", "count"), some([(14, 4), (13, 3), (12, 3)], 2))
def test_no_page_of_a_test_ends_half_empty_before_a_long_question(short, count):
    """It would look like the end of the test. Answers have the room, no question is lost, and there are no more pages."""
    files = of_cards(1) | {"plan.yaml": with_a_test([2] * short + [20])}
    data = printed(files, ("test",))["test-a.pdf"]
    assert max(tails.tails(data)[:-1]) < 0.5
    assert len(opened(data)) == count
    assert text(data).count("Was ist das?") == short + 1


def test_a_test_with_a_question_that_no_page_holds_is_printed_whole():
    files = of_cards(1) | {"plan.yaml": with_a_test([2] * 3 + [40, 2])}
    assert text(printed(files, ("test",))["test-a.pdf"]).count("Was ist das?") == 5


def guided(steps, before, more=""):
    """The guide's pages: a step for each line that comes before, then these."""
    waits = "          - {minutes: 5, do: Warten Sie eine Weile.}\n" * before
    plan = (
        "forms:\n  - id: f\n    title: F\n    about: A\n    sessions:\n"
        f"      - id: s\n        title: S\n        minutes: {5 * before + 5}\n        modules: [m]\n"
        f"        objectives: []\n        before: A\n        after: B\n        evidence: C\n        plan:\n{waits}{steps}"
        "assessment:\n  about: A\n  pass-percent: 50\n  parts: [{title: Test, percent: 100, about: A}]\n"
    )
    files = of_cards(1) | {"plan.yaml": plan}
    files["modules/m.yaml"] += more
    return opened(printed(files, ("facilitator",))["facilitator.pdf"])


@pytest.mark.parametrize("before", some([4, 5, 3, *range(6, 14)], 5))
def test_questions_of_the_guide_stand_on_the_page_of_what_is_said_before_them(before):
    """Whoever leads would turn the leaf between both. Steps come before them, as many as move them down the page."""
    paragraph = "Das sage ich Ihnen jetzt und hier, Wort für Wort und ohne Eile. " * 7
    step = (
        "          - minutes: 5\n            do: Sprechen Sie.\n            say: |-\n"
        + f"              {paragraph}\n\n" * 3
        + "              Ende des Gesagten.\n            ask: [Frage A?, Frage B?, Frage C?]\n"
    )
    pages = guided(step, before)
    own = [[end in said(page) for page in pages] for end in ("Ende des", "Frage A", "Frage C")]
    assert own[0].count(True) == 1
    assert own == own[:1] * 3


@pytest.mark.parametrize("before", some([14, *range(6, 14)], 5))
def test_a_step_of_the_guide_begins_on_the_page_of_the_first_words_that_are_said(before):
    paragraph = "Das sage ich Ihnen jetzt und hier, Wort für Wort und ohne Eile. " * 6
    step = (
        "          - title: Der Anfang\n            minutes: 5\n            do: Sprechen Sie.\n"
        f"            say: |-\n              Beginn. {paragraph}\n\n"
        + f"              {paragraph}\n\n"
        * 5
    )
    pages = guided(step, before)
    own = [[words in said(page) for page in pages] for words in ("Der Anfang", "Beginn.")]
    assert own[0].count(True) == 1
    assert own[1] == own[0]


@pytest.mark.parametrize("before", some([16, 15, 14, 17], 4))
def test_questions_after_an_activity_of_the_guide_stand_on_the_page_of_its_last_step(before):
    waits = "      - {minutes: 5, do: Warten Sie noch eine Weile.}\n" * before
    activity = (
        f"activities:\n  - id: a\n    title: A\n    purpose: P\n    minutes: {5 * before + 5}\n    group: alle\n"
        f"    steps:\n{waits}      - {{minutes: 5, do: Der letzte Schritt.}}\n    debrief: [Frage A?, Frage B?, Frage C?]\n"
    )
    pages = guided("          - {minutes: 5, do: Tun Sie es., activity: a}\n", 1, activity)
    own = [
        [words in said(page) for page in pages]
        for words in ("Der letzte Schritt", "Frage A", "Frage C")
    ]
    assert own[0].count(True) == 1
    assert own == own[:1] * 3


@pytest.mark.parametrize("before", some(range(33, 38), 3))
def test_no_page_of_the_outline_ends_with_a_heading_and_a_row_or_two(before):
    outcomes = "".join(f"  - {{id: o{n}, text: Können {n}}}\n" for n in range(before))
    files = of_concepts(1) | {"plan.yaml": with_a_test([2], parts=5)}
    files["course.yaml"] += f"outcomes:\n{outcomes}"
    pages = [said(page) for page in opened(printed(files, ("outline",))["outline.pdf"])]
    rows = [sum(f"Davon {n}." in page for n in range(5)) for page in pages]
    (first,) = [n for n, page in enumerate(pages) if "50 % " in page]
    assert rows[first] > 2
    assert 1 not in rows


def of_concepts(count, more="", name="Begriff"):
    """A course of so many concepts, which teaches more."""
    concepts = "".join(
        f"  - {{id: c{n}, name: '{name} {n}', definition: Das ist er.}}\n" for n in range(count)
    )
    return {
        "course.yaml": "title: T\nid: t\nlanguage: de\nmodules: [m]\n",
        "modules/m.yaml": f"id: m\ntitle: M\nsummary: S\n{more}concepts:\n{concepts}",
    }


@pytest.mark.parametrize("before", some([21, 28, *range(12, 20)], 5))
def test_no_page_of_the_book_ends_with_a_heading_and_an_item_or_two(before):
    questions = "questions:\n" + "".join(f"  - Frage {n}?\n" for n in range(9))
    data = printed(of_concepts(before, questions), ("book",))["book.pdf"]
    inside = [lines_of(page) for page in opened(data)]
    (lines,) = [lines for lines in inside if "Zum Besprechen" in lines]
    assert sum(said.startswith("Frage") for said in lines) > 2


def test_no_page_of_the_book_ends_with_a_concept_of_a_line_or_two():
    """Its definition of one line holds to what follows it. Objectives move the concepts down the page, line by line."""
    files = of_concepts(40)
    module = files["modules/m.yaml"]
    files["modules/m.yaml"] = module.replace("Das ist er.", "Das ist er., why: Darum.")
    inside = [lines_of(page) for page in opened(printed(files, ("book",))["book.pdf"])]
    ends = [lines[-1] for lines in inside if any(line.startswith("Begriff ") for line in lines)]
    assert len(ends) > 2
    assert "Das ist er." not in ends


@pytest.mark.parametrize(("before", "count"), some([(12, 30), (13, 27), (14, 24), (14, 23)], 2))
@pytest.mark.parametrize("key", ["questions", "field-tasks"])
def test_no_page_of_the_book_begins_with_the_last_line_or_two_of_a_list(key, before, count):
    listed = f"{key}:\n" + "".join(f"  - Frage {n}?\n" for n in range(count))
    pages = opened(printed(of_concepts(before, listed), ("book",))["book.pdf"])
    own = [sum("Frage" in line for line in lines_of(page)) for page in pages]
    assert sum(own) == count
    assert not {1, 2} & {*own}


def test_no_page_of_the_book_begins_with_the_last_short_rows_of_a_concept():
    """Those of its example and its credit are a line each, and hold to the one before."""
    files = of_concepts(40)
    rows = "er., why: Darum., example: So., credit: Von ihr."
    files["modules/m.yaml"] = files["modules/m.yaml"].replace("er.", rows)
    inside = [lines_of(page) for page in opened(printed(files, ("book",))["book.pdf"])]
    begins = [lines[0] for lines in inside if any(line.startswith("Begriff ") for line in lines)]
    assert len(begins) > 4
    assert not {"Beispiel", "Von wem"} & {*begins}


def test_the_head_of_a_page_of_the_book_names_the_module_that_begins_on_it_too():
    files = of_concepts(9)
    files["course.yaml"] = files["course.yaml"].replace("[m]", "[m, n]")
    files["modules/n.yaml"] = files["modules/m.yaml"].replace("id: m\ntitle: M", "id: n\ntitle: N")
    files["modules/n.yaml"] = files["modules/n.yaml"].replace("{id: c", "{id: d")
    heads = [said(page)[:30] for page in opened(printed(files, ("book",))["book.pdf"])]
    assert any("M · N" in head for head in heads), heads


@pytest.mark.parametrize("before", some(range(4, 10), 3))
def test_a_short_list_of_the_book_stands_beside_its_label(before):
    """One item alone at the top of a page would not say what it is."""
    outcomes = "".join(f"  - {{id: o{n}, text: Können {n}}}\n" for n in range(before))
    opening = "opening:\n" + "".join(f"  - Anfang {n}?\n" for n in range(5))
    # Objectives come before it, as many as move it down the page.
    goals = "objectives:\n" + "".join(
        f"  - {{id: z{n}, text: Ziel, outcome: o0}}\n" for n in range(before)
    )
    files = of_concepts(1, goals + opening)
    files["course.yaml"] += f"outcomes:\n{outcomes}"
    pages = [said(page) for page in opened(printed(files, ("book",))["book.pdf"])]
    assert sum("Anfang" in page for page in pages) == 1


@pytest.mark.parametrize("key", ["opening", "not"])
def test_a_list_of_a_few_items_that_no_page_holds_is_in_the_book_whole(key):
    """On one page with its label, it would end at the foot."""
    long = "Das ist ein langer Satz von vielen Worten. " * 45
    if key == "opening":
        files = of_concepts(1, "opening:\n" + "".join(f"  - '{long} Ende{n}'\n" for n in range(6)))
    else:
        others = ", ".join(f"{{name: N, difference: '{long} Ende{n}'}}" for n in range(6))
        files = of_concepts(1)
        module = files["modules/m.yaml"]
        files["modules/m.yaml"] = module.replace("er.}", f"er., not: [{others}]}}")
    inside = text(printed(files, ("book",))["book.pdf"])
    assert [inside.count(f"Ende{n}") for n in range(6)] == [1] * 6


@pytest.mark.parametrize("before", some([24, 23, 25, *range(12, 20)], 5))
def test_a_short_table_of_the_book_is_not_split(before):
    """Its last row would stand alone on the next page."""
    claims = "".join(
        f"  - {{id: r{n}, text: Behauptung {n} {'und so weiter ' * 15}, support: Nichts, relation: supports, to: c0, "
        f"kind: opinion, place: '1.{n}', reason: Weil, departs: Nein, objectives: [o]}}\n"
        for n in range(3)
    )
    files = {
        "essays/e1.yaml": "number: 1\nid: e1\ntitle: Text\nabout: Davon.\ncut: whole\nshort: S\nlabel: L\ncut-note: N\n"
        f"work: w\nclaims:\n{claims}",
        "sources.yaml": "w: {type: book, title: Buch, author: 'X, Y', date: 2000}\n",
    }
    more = "essays: [e1]\nobjectives: [{id: o, text: O, outcome: out}]\n"
    files = of_concepts(before, more) | files
    files["course.yaml"] += "outcomes: [{id: out, text: Können}]\n"
    data = printed(files, ("book",))["book.pdf"]
    found = [page for page in opened(data) if "Behauptung" in said(page)]
    assert len(found) == 1


@pytest.mark.parametrize("count", [14, 15])
def test_no_letter_of_the_index_stands_alone_on_the_last_page(count):
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[:count]
    module = "".join(
        f"  - {{id: c{n}, name: '{letter} {'und so weiter ' * 7}', definition: Das ist er.}}\n"
        for n, letter in enumerate(letters)
    )
    files = of_concepts(0)
    files["modules/m.yaml"] += module
    pages = [lines_of(page) for page in opened(printed(files, ("book",))["book.pdf"])]
    found = [[words for words in page if words in [*letters]] for page in pages[-2:]]
    assert len(found[-1]) > 3


def test_no_number_stands_alone_on_a_line_of_the_index():
    concepts = "".join(
        f"  - {{id: c{n}, name: 'A {'i' * n} wort wort wort wort', definition: Das ist er.}}\n"
        for n in range(1, 25)
    )
    files = of_concepts(0)
    files["modules/m.yaml"] += concepts
    page = opened(printed(files, ("book",))["book.pdf"])[-1]
    assert (
        said(page).count("wort wort wort wort") >= 24
    )  # those of the index, below the last concepts
    assert [line for line in page.get_text().split("\n") if line.strip().isdigit()] == []


def test_a_map_of_a_few_concepts_uses_its_page():
    """It hangs on a wall, and is read from afar."""
    (page,) = opened(printed(of_concepts(2), ("maps",))["maps.pdf"])
    sizes = {size for said, _, size, _ in spans(page) if said.startswith("Begriff")}
    assert min(sizes) > 24


@pytest.mark.parametrize("mixed", [False, True])
def test_the_map_of_a_module_that_mixes_cards_says_nothing_of_its_cards(mixed):
    more = "mixed: true\n" if mixed else ""
    files = of_concepts(3, more)
    files["modules/m.yaml"] = files["modules/m.yaml"].replace("summary: S", "summary: Karten.")
    (page,) = opened(printed(files, ("maps",))["maps.pdf"])
    assert ("Karten." in said(page)) is not mixed


def test_a_long_word_of_a_map_stays_in_its_column():
    """Its letters are smaller, and it is broken where that is not enough."""
    name = "Donaudampfschifffahrtsgesellschaftskapitänsmütze"
    (page,) = opened(printed(of_concepts(12, name=name), ("maps",))["maps.pdf"])
    lefts = sorted({round(box[0]) for said, box, _, _ in spans(page) if said.startswith("Donau")})
    assert len(lefts) > 1
    for said, (left, _, right, _), size, _ in spans(page):
        if size < 20 and left in {*lefts[:-1]}:
            assert right < lefts[lefts.index(left) + 1], said


def test_a_title_of_another_script_stays_on_the_line_of_the_running_head():
    """A text that runs the other way than the page is a block of its own, but not within a line."""
    files = of_cards(14)
    files["course.yaml"] = files["course.yaml"].replace("de", "ar")
    files["modules/m.yaml"] = files["modules/m.yaml"].replace("title: M", "title: Bread")
    for data in printed(files, ("study-sheets", "worksheets")).values():
        for page in list(opened(data))[1:]:
            heads = [y for words, (*_, y), _, _ in spans(page) if words and y < 24 * MM]
            assert len(heads) > 1
            assert max(heads) - min(heads) < 1


@pytest.mark.parametrize("lines", some([17, 12, 8, 21], 2))
def test_a_figure_of_the_book_stands_on_the_page_of_the_words_that_it_shows(lines):
    """Whatever else is said of its concept: whoever reads on the next page has lost sight of it."""
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="60" viewBox="0 0 90 60">'
        '<title>Titel</title><desc>Bild</desc><rect width="90" height="60"/></svg>'
    )
    concept = (
        "  - {id: aN, name: AN, definition: D, why: W}\n"
        f"  - {{id: bN, name: BN, definition: Anfang-N., why: '{SAID * 3}', example: '{SAID * lines}', figure: f-N.svg}}\n"
    )
    files = {
        "course.yaml": "title: T\nid: t\nlanguage: de\nmodules: [m]\n",
        "modules/m.yaml": "id: m\ntitle: M\nconcepts:\n"
        + "".join(concept.replace("N", str(n)) for n in range(9)),
    } | {f"media/f-{n}.svg": svg.replace("Titel", f"Bild-{n}") for n in range(9)}
    pages = [said(page) for page in opened(printed(files, ("book",))["book.pdf"])]
    for n in range(9):
        (words,) = [at for at, page in enumerate(pages) if f"Anfang-{n}." in page]
        assert f"Bild-{n}" in pages[words], n


def test_maps_that_hang_beside_each_other_are_one_set():
    """Titles and rules stand in one place, however much is said beside them, and names are of one size, however many there are."""
    concepts = {"m": 2, "n": 9, "o": 30}
    files = {"course.yaml": f"title: T\nid: t\nlanguage: de\nmodules: [{', '.join(concepts)}]\n"}
    for place, (module, count) in enumerate(concepts.items()):
        names = "".join(
            f"  - {{id: {module}{n}, name: Begriff {module}-{n}, definition: '{SAID}'}}\n"
            for n in range(count)
        )
        files[f"modules/{module}.yaml"] = (
            f"id: {module}\ntitle: Modul {module}\nsummary: '{SAID * (1 + 2 * place)}'\nconcepts:\n{names}"
        )
    pages = [[*spans(page)] for page in opened(printed(files, ("maps",))["maps.pdf"])]
    assert len(pages) == len(concepts)
    titles = {
        round(y) for page in pages for said, (*_, y), _, _ in page if said.startswith("Modul ")
    }
    sizes = {size for page in pages for said, _, size, _ in page if said.startswith("Begriff ")}
    assert (len(titles), len(sizes)) == (1, 1)
