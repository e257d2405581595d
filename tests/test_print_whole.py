"""What stands on one page where a page holds it goes on on the next where none does: nothing ends at the foot."""

import json
import re
from collections import Counter

import pytest
from conftest import some
from coursedeck.load import assemble
from coursedeck.notes import notes_of
from coursedeck.outputs import pdf
from print_reading import MM, opened, spans

pytestmark = pytest.mark.slow


def rows(indent, form, name, count):
    """Lines of YAML, in each a word of its own."""
    return "".join(f"{' ' * indent}{form.format(f'{name}-{n}-')}\n" for n in range(count))


def course_of(sessions=1, **many):
    """A course of so many meetings, of which the first uses all it has; of each thing one, or so many."""
    many = dict.fromkeys(("bring", "ask", "do", "debrief", "why", "criterion"), 1) | many
    first = (
        f"        bring:\n{rows(10, '- {{what: Ding {}}}', 'bring', many['bring'])}"
        "        plan:\n          - {minutes: 10, do: Tun., activity: act}\n"
        f"          - minutes: 10\n            title: X\n            do: |\n{rows(14, '- {}', 'do', many['do'])}"
        f"            ask:\n{rows(14, '- Was ist {}?', 'ask', many['ask'])}"
    )
    later = "        plan:\n          - {minutes: 20, title: X, do: Tun.}\n"
    meetings = "".join(
        f"      - id: s{n}\n        title: meeting-{n}-\n        minutes: 20\n        modules: {'[]' if n else '[m]'}\n"
        f"        before: A\n        evidence: A\n        after: A\n        objectives: [A]\n{later if n else first}"
        for n in range(sessions)
    )
    return {
        "course.yaml": "title: T\nid: t\nlanguage: de\nmodules: [m]\n",
        "modules/m.yaml": "id: m\ntitle: M\nconcepts: [{id: c, name: C, definition: D}]\nactivities:\n"
        "  - id: act\n    title: A\n    purpose: A\n    minutes: 10\n    group: A\n    steps: [{minutes: 10, do: A}]\n"
        f"    prints: [{{sheet: so, per: person}}]\n    debrief:\n{rows(6, '- {}?', 'debrief', many['debrief'])}",
        "tools.yaml": "tools:\n  - id: so\n    title: S\n    about: A\n    module: m\n    sort:\n      options: [Hier, Dort]\n"
        "      statements:\n"
        + "".join(
            f"        - {{id: f{n}, case: Fall, belongs: Hier, why: why-{n}-}}\n"
            for n in range(many["why"])
        ),
        "plan.yaml": f"forms:\n  - id: f\n    title: F\n    about: A\n    sessions:\n{meetings}"
        "assessment:\n  about: A\n  pass-percent: 50\n  parts: [{title: Test, percent: 100, about: A}]\n"
        "  test: [{points: 2, ask: Was ist es?, key: Das.}]\n  rubrics:\n    - id: ru\n      title: R\n      levels: [A, B]\n"
        f"      criteria:\n{rows(8, '- {{name: {}, levels: [C, D]}}', 'criterion', many['criterion'])}",
    }


def of_concepts(count):
    """A course of so many concepts."""
    concepts = "".join(
        f"  - {{id: c{n}, name: Ein längerer Begriff concept-{n}-, definition: D}}\n"
        for n in range(count)
    )
    return {
        "course.yaml": "title: T\nid: t\nlanguage: de\nmodules: [m]\n",
        "modules/m.yaml": f"id: m\ntitle: M\nconcepts:\n{concepts}",
    }


def shown(files, only=(), *, meeting=False, large=False):
    """The words between heads and feet of all pages of a form, or of the pack of the first meeting."""
    course, problems = assemble({name: content.encode() for name, content in files.items()})
    assert course, problems
    chosen = (course.forms[0], course.forms[0].sessions[0]) if meeting else None
    choice = pdf.Choice(("a4",), only, meeting=chosen, learners=8 * meeting, large=large)
    made, problems = pdf.printed(course, notes_of(course), choice)
    assert problems == []
    (data,) = [
        each for path, each in made.items() if path.endswith("pack.pdf" if meeting else ".pdf")
    ]
    return "".join(
        words for page in opened(data) for words, (*_, y), _, _ in spans(page) if y < 274 * MM
    )


def numbers(words, name):
    """The numbers of the words that `rows` made."""
    return {int(n) for n in re.findall(rf"{name}-(\d+)-", words)}


@pytest.mark.parametrize(
    ("form", "name", "large"),
    some(
        [
            ("outline", "meeting", False),
            ("facilitator", "why", False),
            ("facilitator", "ask", False),
            ("outline", "meeting", True),
            ("facilitator", "do", False),
            ("facilitator", "debrief", False),
            ("facilitator", "criterion", False),
            ("book", "criterion", False),
        ],
        3,
    ),
)
def test_what_no_page_holds_is_printed_whole(form, name, large):
    files = course_of(**{"sessions" if name == "meeting" else name: 60})
    assert numbers(shown(files, (form,), large=large), name) == {*range(60)}


@pytest.mark.parametrize("name", some(["why", "bring", "debrief"], 2))
def test_what_no_page_of_a_pack_holds_is_printed_whole(name):
    assert numbers(shown(course_of(**{name: 60}), meeting=True), name) == {*range(60)}


@pytest.mark.parametrize("large", [True, False])
def test_a_module_of_more_concepts_than_a_page_holds_is_in_the_outline_whole(large):
    words = shown(of_concepts(200), ("outline",), large=large)
    assert numbers(words, "concept") == {*range(200)}


def long(name, count=700):
    """A text of one paragraph that no page holds, in each word a number of its own."""
    return " ".join(f"{name}-{n}-" for n in range(count))


def lines(name, count=99):
    """Short lines of one paragraph that no page holds."""
    return "".join(f"{name}-{n}-\\\\\n" for n in range(count)) + "Ende."


def quoted(text):
    """A text as YAML, on one line."""
    return json.dumps(text)


def of_long_cells():
    """A course in whose tables, and in whose lists of things that hold together, each is higher than a page."""
    step = "{minutes: 10, do: Tun., activity: act}"
    meeting = (
        "        title: S\n        minutes: 10\n        modules: [m]\n        before: A\n        after: A\n"
        "        objectives: [A]\n"
    )
    cell = f"| a | b |\n|---|---|\n| x | {long('cell')} |"
    return {
        "course.yaml": "title: T\nid: t\nlanguage: de\nmodules: [m]\noutcomes:\n"
        f"  - {{id: o, text: {long('outcome')}}}\n",
        "modules/m.yaml": "id: m\ntitle: M\nconcepts:\n  - {id: b, name: B, definition: D}\n"
        f"  - {{id: c, name: C, builds-on: [b], definition: {quoted(long('built'))}}}\n"
        f"  - {{id: d, name: D, definition: {quoted(cell)}}}\n"
        f"misconceptions: [{{belief: {long('belief')}, repair: {long('repair')}}}]\nactivities:\n"
        f"  - id: act\n    title: A\n    purpose: {long('purpose')}\n    minutes: 10\n    group: A\n"
        f"    least: {{learners: 30, otherwise: {long('otherwise')}}}\n"
        "    steps: [{minutes: 10, do: A}]\n    prints: [{sheet: so, per: person}]\n",
        "tools.yaml": "tools:\n  - id: so\n    title: S\n    about: A\n    module: m\n    sort:\n      options: [Hier, Dort]\n"
        f"      statements: [{{id: f, case: {long('case')}, belongs: Hier, why: {long('why')}}}]\n",
        "plan.yaml": f"forms:\n  - id: f\n    title: F\n    about: A\n    sessions:\n      - id: s0\n{meeting}"
        f"        evidence: A\n        bring: [{{what: {long('thing')}}}]\n        plan:\n          - minutes: 10\n"
        f"            activity: act\n            do: {quoted(cell)}\n            say: {quoted(lines('verse'))}\n"
        f"  - id: g\n    title: G\n    about: A\n    sessions:\n      - id: s1\n{meeting}        evidence: {long('evidence')}\n"
        f"        plan:\n          - {step}\n"
        f"assessment:\n  about: A\n  pass-percent: 50\n  parts: [{{title: Test, percent: 100, about: {long('part')}}}]\n"
        f"  test: [{{points: 2, ask: Was ist es?, key: {long('key')}}}]\n"
        f"  rubrics: [{{id: ru, title: R, levels: [A, B], criteria: [{{name: N, levels: [C, {long('level')}]}}]}}]\n",
    }


@pytest.mark.parametrize(
    ("form", "names", "large"),
    [
        ("facilitator", "belief repair why level purpose case cell verse", False),
        ("pack", "otherwise thing why case cell verse", False),
        ("book", "evidence part level outcome purpose built cell", False),
        ("book", "evidence part level outcome purpose built cell", True),
    ],
)
def test_a_row_or_paragraph_that_no_page_holds_is_printed_whole(form, names, large):
    pack = form == "pack"
    words = shown(of_long_cells(), () if pack else (form,), meeting=pack, large=large)
    found = {name: numbers(words, name) for name in names.split()}
    assert [name for name, each in found.items() if each not in ({*range(700)}, {*range(99)})] == []


def test_contents_and_index_of_a_book_name_all_concepts():
    words = shown(of_concepts(400), ("book",))
    seen = Counter(re.findall(r"concept-(\d+)-", words))
    assert {*seen.values()} == {3}, "in the contents, in its module, and in the index"


def test_long_names_of_one_letter_are_in_the_index_whole():
    names = {f"c{n}": " ".join(["Ein", long(f"name{n}", 90)]) for n in range(24)}
    concepts = "".join(
        f"  - {{id: {id_}, name: {name}, definition: D}}\n" for id_, name in names.items()
    )
    course = of_concepts(1) | {"modules/m.yaml": f"id: m\ntitle: M\nconcepts:\n{concepts}"}
    words = shown(course, ("book",))
    seen = Counter(re.findall(r"(name\d+-\d+)-", words))
    assert {*seen.values()} == {3}
