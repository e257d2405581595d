"""What stands in the data of printed pages: learners' pages have nothing of what is the facilitator's alone."""

import dataclasses
import itertools
import json
import re

import pytest
from conftest import ROOT, SAUERTEIG, WORKSHOP
from coursedeck import model, plan, walk
from coursedeck.frozen import dataclass
from coursedeck.kinds.base import Setting
from coursedeck.kinds.cloze import Cloze
from coursedeck.kinds.sort import SortCase
from coursedeck.load import assemble, load
from coursedeck.notes import notes_of
from coursedeck.outputs import pagedata, pdf
from coursedeck.outputs.print.pages import book, outline, sheets
from coursedeck.outputs.print.pages.all import NAMES
from coursedeck.outputs.print.pages.base import Selection
from coursedeck.text import to_plain
from coursedeck.text.tree import plain
from coursedeck.texts import Id, Line, Plain, Prose, Record, Text
from tables import with_each

# Told here once more, so that a wrong mark in the model is noticed: keys, verdicts, and what a facilitator does and says.
SECRETS = {
    plan.TestItem: ("ask", "key"),
    plan.Activity: ("least", "needs", "steps"),
    plan.Step: ("title", "do", "say", "draw", "ask"),
    plan.Session: ("prepare", "plan", "bring", "room"),
    plan.Form: ("guide",),
    plan.Script: ("script",),
    model.Claim: ("reason", "departs"),
    model.Misconception: ("repair",),
}
# What has no words of its own that could be looked for.
SECRET_KEYS = {
    "relation",
    "reason",
    "departs",
    "repair",
    "steps",
    "do",
    "prepare",
    "guide",
    "test",
}
# What a test and its key are made from is one; `test_exam.py` reads the test itself.
FOR_LEADERS = ("facilitator", "test")
LEARNERS = [name for name in NAMES if name not in FOR_LEADERS]


@pytest.fixture(scope="module")
def course():
    course, _ = load(WORKSHOP)
    return course


def sealed(value, signs, secret=False):
    """A part of a course with a sign of its own in every text that only a facilitator may read."""
    if isinstance(value, tuple):
        return tuple(sealed(item, signs, secret) for item in value)
    if isinstance(value, Line | Prose) and secret and value:
        signs.append(f"secret{len(signs)}x")
        return type(value)(signs[-1])
    if not isinstance(value, Record):
        return value
    own = {**SECRETS, SortCase: ("belongs", "why")}.get(type(value), ())
    return dataclasses.replace(
        value,
        **{
            entry.name: sealed(getattr(value, entry.name), signs, secret or entry.name in own)
            for entry in dataclasses.fields(value)
            if entry.name not in ("span", "cards")
        },
    )


def data_of(course, name):
    """What the pages of a form read, for one that `--only` takes."""
    batches = pdf.batches(course, notes_of(course), pdf.Choice(only=(name,)))
    return "\n".join(batch.data for batch in batches)


@pytest.fixture(scope="module")
def told(course):
    """The same course with its secrets signed, and the signs."""
    signs = []
    plan = sealed(course.plan, signs)
    tools = sealed(course.tools, signs)
    modules = tuple(sealed(module, signs) for module in course.modules)
    essays = tuple(sealed(essay, signs) for essay in course.essays)
    assert len(signs) > 100
    signed = dataclasses.replace(course, plan=plan, tools=tools, modules=modules, essays=essays)
    return signed, signs


@pytest.mark.slow
def test_the_facilitators_guide_has_every_key_and_script(told):
    data = data_of(told[0], "facilitator")
    assert [sign for sign in told[1] if sign not in data] == []


@pytest.mark.slow
@pytest.mark.parametrize("name", LEARNERS)
def test_no_learners_page_reads_a_key_a_verdict_or_a_script(told, name):
    data = data_of(told[0], name)
    assert data
    assert [sign for sign in told[1] if sign in data] == []


@pytest.mark.slow
@pytest.mark.parametrize("name", LEARNERS)
def test_no_learners_page_reads_what_holds_a_key_a_verdict_or_a_script(course, name):
    batches = pdf.batches(course, notes_of(course), pdf.Choice(only=(name,)))
    assert [batch.template for batch in batches for _ in keys(json.loads(batch.data))] == []


def keys(data):
    """The keys in page data whose lists and texts only a facilitator may read."""
    match data:
        case dict():
            for name, held in data.items():
                if name in SECRET_KEYS and held and not isinstance(held, dict):
                    yield name
                if name != "labels":
                    yield from keys(held)
        case list():
            for held in data:
                yield from keys(held)


@pytest.mark.slow
def test_no_learners_pdf_shows_a_key_a_verdict_or_a_script_and_guide_and_test_show_all(told):
    """Read from the pages as they are printed."""
    from print_reading import squeezed, text  # which `make quick` need not import

    course, signs = told

    def said(names):
        choice = pdf.Choice(papers=("a4",), only=tuple(names))
        files, problems = pdf.printed(course, notes_of(course), choice)
        assert problems == []
        return {path: squeezed(text(data)) for path, data in files.items()}

    shown = "".join(said(FOR_LEADERS).values())
    assert [sign for sign in signs if sign not in shown] == []
    pages = said(LEARNERS)
    assert {"print/a4/outline.pdf", "print/a4/book.pdf", "print/a4/maps.pdf"} < set(pages)
    for path, page in pages.items():
        assert [sign for sign in signs if sign in page] == [], path


@pytest.mark.slow
def test_keys_of_the_final_test_and_of_sheets_change_no_learners_page(course, told):
    for name in NAMES:
        same = data_of(course, name) == data_of(told[0], name)
        assert same is (name in LEARNERS)


def test_a_field_that_says_nothing_is_read_by_nobody():
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Odd(Record):
        words: Line = Line("words")

    assert pagedata.record(Odd(), "learner") == pagedata.record(Odd(), "facilitator") == {}


@pytest.mark.slow
def test_the_course_has_all_that_is_kept_from_learners(course):
    """So that the tests above cannot pass for want of a key."""
    held = {type(record) for record in walk.records(course)}
    assert {*SECRETS, SortCase} <= held
    cases = itertools.chain.from_iterable(t.sort.statements for t in course.tools if t.sort)
    assert any(isinstance(case.why, Text) and case.why for case in cases)


@pytest.mark.slow
def test_page_data_is_json(course):
    for batch in pdf.batches(course, notes_of(course), pdf.Choice()):
        assert isinstance(json.loads(batch.data), dict)


TEMPLATES = sorted((ROOT / "generator" / "outputs" / "print").rglob("*.typ"))


@with_each("path", TEMPLATES)
def test_a_template_imports_by_name_and_keeps_to_its_width(path):
    text = path.read_text("utf-8")
    assert re.findall(r"#import [^\n]*\*", text) == []
    assert [line for line in text.splitlines() if len(line) > 120] == []


@with_each("path", TEMPLATES)
def test_a_template_imports_only_what_it_uses(path):
    """Typst does not say so of itself, as ruff does of Python."""
    text = path.read_text("utf-8")
    imported = re.findall(r"^#import [^:]+: (.*)$", text, re.MULTILINE)
    used = set(re.findall(r"[\w-]+", re.sub(r"^#import.*$|//.*$", "", text, flags=re.MULTILINE)))
    assert [name for line in imported for name in line.split(", ") if name not in used] == []


@with_each("path", TEMPLATES)
def test_every_function_of_a_template_is_described(path):
    """By `///` above it. For what templates share, this also names each argument."""
    shared = path.parent.name == "parts"
    lines = path.read_text("utf-8").splitlines()
    for at, line in enumerate(lines):
        function = re.match(r"#let [a-z][\w-]*\(([^=]*)\) =", line)
        if function or (shared and line.startswith("#let ")):
            above = reversed(lines[:at])
            said = list(itertools.takewhile(lambda each: each.startswith("///"), above))
            assert said, f"a line of /// above it says what this does: {line}"
        if function and shared:
            described = re.findall(r"/// - ([\w-]+) \(", "\n".join(said))
            named = re.findall(r"(?:^|, )(?:\.\.)?([\w-]+)", function[1])
            assert sorted(described) == sorted(named), line


def renamed(course, *names):
    """The course with other names for the concepts of its first module that has as many."""
    module = next(m for m in course.modules if len(m.concepts) >= len(names))
    pairs = zip(module.concepts, names, strict=False)
    concepts = tuple(dataclasses.replace(c, name=Line(name)) for c, name in pairs)
    module = dataclasses.replace(module, concepts=concepts)
    return dataclasses.replace(course, modules=(module,), essays=())


DECKS = {
    ("1 Change", "2 Area", "3 Machine"): [1, 2, 3],
    ("0 Frame", "4 Team", "5 Documents"): [0, 4, 5],
    ("2. Later", "1. First", "10: Last"): [2, 1, 10],
    ("Change", "Area", "Machine"): [1, 2, 3],
    ("1 Change", "Area", "3 Machine"): [1, 2, 3],
    ("1 Change", "1 Area", "2 Machine"): [1, 2, 3],
    ("3D printing", "1990s", "80/20"): [1, 2, 3],
    ("1945 and after", "1914 and after", "2000 and after"): [1, 2, 3],
}


@with_each(("decks", "expected"), DECKS.items())
def test_a_module_has_the_number_of_its_deck_and_else_counts_from_1(course, decks, expected):
    named = tuple(
        dataclasses.replace(module, deck=Plain(deck))
        for module, deck in zip(course.modules, decks, strict=True)
    )
    other = dataclasses.replace(course, modules=named)
    assert list(pagedata.numbers(other).values()) == expected
    assert [pagedata.heading(other, module).number for module in named] == expected


def index(course):
    selection = pdf.selected(course, (), pdf.Choice())
    letters = book.data(selection).index
    return {entry.letter: [plain(term.name) for term in entry.terms] for entry in letters}


def test_the_index_is_in_alphabetical_order_whatever_article_or_mark_a_name_has(course):
    other = renamed(course, "Zebra", "The ladder", "Ärger", "loop", "Answer")
    assert index(other) == {"A": ["Answer", "Ärger"], "L": ["The ladder", "loop"], "Z": ["Zebra"]}


def test_only_english_articles_of_an_english_course_count_for_nothing(course):
    german = dataclasses.replace(course.about, language=Plain("de"))
    other = dataclasses.replace(renamed(course, "A team", "Die Leiter", "An"), about=german)
    assert index(other) == {"A": ["A team", "An"], "D": ["Die Leiter"]}


def test_a_figure_stands_beside_the_first_concept_that_has_it(course):
    figures = book.data(pdf.selected(course, (), pdf.Choice())).figures
    shown = [name for each in figures.values() for name in each.here]
    assert len(shown) == len(set(shown)) > 2
    assert set(shown) >= {name for each in figures.values() for name in each.before}


def main_claims(course):
    selection = pdf.selected(course, (), pdf.Choice())
    return {each.number: plain(each.claim) for each in outline.data(selection).documents}


def test_the_outline_gives_the_main_claim_of_a_document_or_its_first(course):
    essay = course.essays[0]
    first, second = (to_plain(claim.text) for claim in essay.claims[:2])
    assert main_claims(course)[essay.number] == first
    claims = (essay.claims[0], dataclasses.replace(essay.claims[1], main=True), *essay.claims[2:])
    other = dataclasses.replace(essay, claims=claims)
    marked = dataclasses.replace(course, essays=(other, *course.essays[1:]))
    assert main_claims(marked)[essay.number] == second
    silent = dataclasses.replace(course, essays=(dataclasses.replace(essay, claims=()),))
    assert main_claims(silent) == {essay.number: ""}


def test_a_row_says_what_to_do_in_the_words_of_the_courses_language():
    course, _ = load(SAUERTEIG)
    selection = pdf.selected(course, notes_of(course), pdf.Choice())
    tasks = {}
    for module in course.modules:
        notes = tuple(note for note in selection.notes if note.module is module)
        own = dataclasses.replace(selection, modules=(module,), notes=notes)
        for row in sheets.data(own).rows:
            if row.task:
                tasks[row.id] = (row.task, len(row.items))
    assert tasks
    for task, count in tasks.values():
        assert task == f"Nenne die {['eins', 'zwei', 'drei', 'vier'][count - 1]}."


@pytest.mark.parametrize(
    ("cloze", "question", "answer"),
    [
        ("A {{c1::cat}} purrs.", r"A \[…\] purrs.", "cat"),
        (
            "A {{c1::cat::pet}} and {{c2::a dog}}, {{c1::two}}.",
            r"A ①\[pet\] and ②\[…\], ③\[…\].",
            "① cat · ② a dog · ③ two",
        ),
        (
            "$a^2 + {{c1::b^2}} = {{c2::c^2}}$",
            r"$a^2 + (1)[\ldots] = (2)[\ldots]$",
            "(1) $b^2$ · (2) $c^2$",
        ),
    ],
)
def test_several_gaps_of_a_row_are_numbered_as_their_answers_are(cloze, question, answer):
    card = Cloze(id=Id("a"), cloze=Prose(cloze))
    setting = Setting({}, {})
    (part,) = card.parts(setting)
    (row,) = card.rows({"a": part.faces}, setting)
    assert (row.question, row.answer) == (question, answer)


def test_the_outline_names_modules_that_have_cards_alone():
    files = {
        "course.yaml": b"title: Year 9\n",
        "modules/acids.yaml": b"title: Acids\ncards: [{ask: Why?, answer: So.}]\n",
        "modules/salts.yaml": b"title: Salts\nconcepts: [{name: Salt}]\n",
    }
    course, found = assemble(files)
    assert course, found
    chosen = Selection(course, course.modules, (), frozenset())
    assert [module["number"] for module in outline.data(chosen).taught.modules] == [1, 2]
