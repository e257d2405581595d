"""What stands on one page where a page holds it goes on on the next where none does: nothing ends at the foot."""

import re

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
