"""A sheet whose texts fill more than its page is printed whole: nothing is cut off, runs over the edge or over other words."""

import itertools

import pytest
from conftest import some
from coursedeck.load import assemble
from coursedeck.notes import notes_of
from coursedeck.outputs import pdf
from print_reading import MM, opened, squeezed, text
from test_print_whole import long, numbers, quoted

pytestmark = pytest.mark.slow

MANY = 1200  # words: no page holds them, in letters that can be read


def sheet(form):
    """A course with one sheet, of this form (YAML)."""
    return {
        "course.yaml": "title: T\nid: t\nlanguage: de\nmodules: [m]\n",
        "modules/m.yaml": "id: m\ntitle: M\nconcepts: [{id: c, name: C, definition: D}]\n",
        "tools.yaml": f"tools:\n  - id: so\n    title: S\n    about: Was zu tun ist.\n    module: m\n    {form}\n",
    }


def printed(files, only, **given):
    """The one PDF of a form, or the pack of the first meeting."""
    course, problems = assemble({name: content.encode() for name, content in files.items()})
    assert course, problems
    meeting = (course.forms[0], course.forms[0].sessions[0]) if only == "pack" else None
    choice = pdf.Choice(("a4",), () if meeting else (only,), meeting=meeting, **given)
    made, problems = pdf.printed(course, notes_of(course), choice)
    assert problems == []
    (data,) = [data for path, data in made.items() if path.endswith(f"{only}.pdf")]
    return data


def lines(page):
    """The lines of a page, each with the box of its letters; of what is as small as the foot, what stands above it."""
    for block in page.get_text("dict", clip=page.mediabox)["blocks"]:
        for line in block.get("lines", ()):
            words = "".join(span["text"] for span in line["spans"]).strip()
            foot = line["bbox"][3] > page.rect.height - 25 * MM and line["spans"][0]["size"] < 9
            if words and not foot:
                yield words, line["bbox"]


def outside(data):
    """What stands in the margins of a page or below its text."""
    return [
        (page.number + 1, words)
        for page in opened(data)
        for words, (left, _, right, low) in lines(page)
        if left < 15 * MM or right > page.rect.width - 15 * MM or low > page.rect.height - 17 * MM
    ]


def overlapping(data):
    """Pairs of lines that stand on one another: the middle of one is within the other."""
    found = []
    for page in opened(data):
        for (one, a), (two, b) in itertools.combinations(lines(page), 2):
            across = min(a[2], b[2]) - max(a[0], b[0])
            down = min(a[3], b[3]) - max(a[1], b[1])
            if across > 3 and down > 0.6 * min(a[3] - a[1], b[3] - b[1]):
                found.append((page.number + 1, one, two))
    return found


SHEETS = {
    "rungs": ("ladder: {{rungs: [A, {0}, C]}}", 1),
    "many rungs": ("ladder: {{rungs: [{0}, {0}, {0}, {0}]}}", 4),
    "given": ("columns: {{columns: [A, B], rows: 4, given: [[X, {0}]]}}", 1),
    "wide given": ("columns: {{columns: [A, B, C, D, E], rows: 4, given: [[X, {0}]]}}", 1),
    "many given": ("columns: {{columns: [A, B], rows: 4, given: [[{0}, X], [{0}, X]]}}", 2),
    "top": ("chart: {{top: {0}, between: [B], bottom: C}}", 1),
    "between": ("chart: {{top: A, between: [B, {0}, C], bottom: {0}}}", 2),
    "counted": ("tally: {{rows: [A, {0}], columns: [B, C]}}", 1),
    "noted": ("tally: {{rows: [A, B], columns: [B, C], notes: [{0}]}}", 1),
    "wall": ("wall: [{0}]", 1),
    "cut": ("cut: {{pieces: [A, {0}, B]}}", 1),
    "often cut": ("cut: {{pieces: [{0}], times: 3}}", 3),
    "sorted": (
        "sort: {{options: [A, B], statements: [{{id: f, case: {0}, belongs: A, why: D}}, {{id: g, case: C, belongs: B, why: D}}]}}",
        1,
    ),
    "done": ("script: {{script: [{{minutes: 5, do: {0}}}]}}", 1),
    "spoken": ("script: {{script: [{{minutes: 5, do: Sagen., say: {0}}}]}}", 1),
    "asked": ("script: {{script: [{{minutes: 5, do: Sagen., say: Ja., ask: [{0}]}}]}}", 1),
}


@pytest.mark.parametrize("words", some([MANY, 330, 150, 80, 40], 2))
@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_of_long_texts_is_printed_whole(name, words):
    form, times = SHEETS[name]
    data = printed(sheet(form.format(quoted(long("wort", words)))), "facilitator")
    shown = squeezed(text(data))
    assert numbers(shown, "wort") == {*range(words)}
    assert shown.count("wort-7-") == times
    assert (outside(data), overlapping(data)) == ([], [])


def meeting(asks, answers, step="minutes: 10, do: Fragen., recall: 40"):
    """A course of a meeting with a script that asks these questions from memory, each of a concept of its own."""
    concepts = "".join(
        f"  - id: c{n}\n    name: C{n}\n    definition: D\n    objectives: [z]\n    cards:\n"
        f"      - {{id: f{n}, ask: {quoted(ask + '?')}, answer: {quoted(answer)}}}\n"
        for n, (ask, answer) in enumerate(zip(asks, answers, strict=True))
    )
    return {
        "course.yaml": "title: T\nid: t\nlanguage: de\nmodules: [m]\noutcomes: [{id: o, text: O}]\n",
        "modules/m.yaml": f"id: m\ntitle: M\nobjectives: [{{id: z, text: Z, outcome: o}}]\nconcepts:\n{concepts}",
        "plan.yaml": "forms:\n  - id: f\n    title: F\n    about: A\n    sessions:\n      - id: s\n        title: S\n"
        "        minutes: 20\n        modules: [m]\n        before: A\n        evidence: A\n        after: A\n"
        "        objectives: [A]\n        plan:\n          - {minutes: 10, title: X, do: Tun.}\n"
        f"          - {{{step}}}\n"
        "assessment:\n  about: A\n  pass-percent: 50\n  parts: [{title: Test, percent: 100, about: A}]\n"
        "  test: [{points: 2, ask: Was ist es?, key: Das.}]\n",
    }


def step(do, said, asked, name="X"):
    """A course of a meeting with a step of which so many lines are done and said, and so many questions asked."""
    line = "-{}- ist ein Wort von vielen Worten, die hier auf einer Zeile stehen, und zwar ganz."
    texts = {"do": do, "say": said}
    shown = [
        f"{key}: {quoted(' '.join(key + line.format(n) for n in range(count)))}"
        for key, count in texts.items()
        if count
    ]
    asks = ", ".join(quoted("ask" + line.format(n)) for n in range(asked))
    whole = f"minutes: 10, title: {name}, {', '.join(shown)}, ask: [{asks}]"
    return meeting(["Was"], ["Das."], whole)


@pytest.mark.parametrize("form", ["facilitator", "pack"])
@pytest.mark.parametrize(
    ("do", "said", "asked", "name"),
    some(
        [
            (20, 6, 30, "X"),
            (20, 20, 10, "X"),
            (15, 2, 34, "X"),
            (18, 3, 22, "Titel " * 60),
            (20, 0, 42, "X"),
        ],
        2,
    ),
)
def test_what_is_done_said_and_asked_in_a_step_that_no_page_holds_is_printed_whole(
    do, said, asked, name, form
):
    """Each of the three fills less than a page, and so would hold to the others."""
    data = printed(step(do, said, asked, name), form)
    shown = squeezed(text(data))
    found = {key: numbers(shown, key) for key in ("do", "say", "ask")}
    assert found == {"do": {*range(do)}, "say": {*range(said)}, "ask": {*range(asked)}}
    assert (outside(data), overlapping(data)) == ([], [])


@pytest.mark.parametrize(
    "said",
    [
        "| word-0- | word-1- |\n|---|---|\n| word-2- | word-3- |",
        "```\nword-0- word-1-\nword-2- word-3-\n```",
        "word-0- word-1- $$a^2$$ word-2- *word-3-*",
        "word-0- *word-1-*\n\n| word-2- |\n|---|\n| word-3- |",
    ],
    ids=["table", "code", "formula", "words and a table"],
)
def test_what_is_said_is_printed_whole_whatever_it_is(said):
    """Such as a table alone: within a paragraph it would be left out."""
    files = meeting(["Was"], ["Das."], f"minutes: 10, title: X, do: Tun., say: {quoted(said)}")
    assert numbers(squeezed(text(printed(files, "facilitator"))), "word") == {0, 1, 2, 3}


def tall(name, lines):
    """A question of few letters, which is high all the same, and of so many words."""
    return "\\\n".join(f"{name}-{n}-" for n in range(lines))


@pytest.mark.parametrize(
    ("count", "lines", "words"), some([(2, 16, MANY), (9, 2, 80), (1, 19, 330), (40, 1, 9)], 2)
)
def test_questions_from_memory_of_long_texts_are_printed_whole(count, lines, words):
    """In the script, on the sheet to copy, on the wall, and in the key."""
    asks = [tall(f"q{n}", lines) for n in range(count)]
    answers = [long(f"weil{n}", words) for n in range(count)]
    data = printed(meeting(asks, answers), "pack", learners=8)
    shown = squeezed(text(data))
    for n in range(count):
        assert numbers(shown, f"q{n}") == {*range(lines)}
        assert numbers(shown, f"weil{n}") == {*range(words)}
        assert shown.count(f"q{n}-0-") == (3 if count > 1 else 2)
        assert shown.count(f"weil{n}-7-") == 2
    assert (outside(data), overlapping(data)) == ([], [])


@pytest.mark.parametrize(("count", "lines"), [(13, 1), (11, 2)])
def test_questions_from_memory_give_way_to_stand_on_one_page(count, lines):
    """The last two stood on a nearly empty page, and whoever copied the first one alone lost them."""
    asks = [tall(f"q{n}", lines) for n in range(count)]
    data = printed(meeting(asks, asks), "pack", learners=8)
    sheets = [page for page in opened(data) if "q1-0-" in page.get_text()]
    shown = [page for page in sheets if page.rect.width < page.rect.height][1].get_text()
    assert all(f"q{n}-{lines - 1}-" in shown for n in range(count))


@pytest.mark.parametrize("key", ["do", "say", "draw", "ask", "bring"])
def test_a_step_of_a_meeting_of_a_long_text_is_printed_whole(key):
    said = quoted(long("wort", MANY))
    said = f"[{said}]" if key in ("draw", "ask") else said
    step = f"minutes: 10, title: Y, {'' if key == 'do' else 'do: Tun., '}{key}: {said}"
    files = meeting(["Was ist"], ["Das"], step)
    if key == "bring":
        files["plan.yaml"] = files["plan.yaml"].replace(f", bring: {said}", "")
        files["plan.yaml"] = files["plan.yaml"].replace(
            "        plan:", f"        bring: [{{what: {said}}}]\n        plan:"
        )
    for only, given in (("pack", {"learners": 8}), ("facilitator", {})):
        data = printed(files, only, **given)
        assert numbers(squeezed(text(data)), "wort") == {*range(MANY)}, only
        assert (outside(data), overlapping(data)) == ([], []), only
