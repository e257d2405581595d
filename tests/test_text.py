"""How a text is read, and what becomes of it: a tree, HTML, nodes for Typst, plain words.

`tests/texts/*.md` hold a case each as its name, the text, the tree, the HTML and the nodes, with a line of one dot after
each of them. `pytest --rewrite` writes the last three anew: read the difference before you commit it. To add a case,
write its name and text and five such lines.
"""

import dataclasses
import itertools
import json
import re
from pathlib import Path

import pytest
from conftest import SAUERTEIG
from coursedeck.load import load
from coursedeck.outputs import breaks, pagedata
from coursedeck.text import Tree, clozes, escaped, to_html, to_plain, to_tree
from coursedeck.text.tree import (
    Audio,
    Code,
    Foreign,
    Formula,
    Image,
    Link,
    List,
    Listing,
    Paragraph,
    Quote,
    Ruby,
    Table,
    lettered,
    plain,
)
from coursedeck.texts import Id, Line, Plain, Prose
from tables import with_each

FILES = Path(__file__).parent / "texts"


# --- cases to read ---------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class Case:
    path: Path
    name: str
    text: str
    expected: tuple[str, str, str]

    def written(self, shown):
        return "".join(f"{part}.\n" for part in (self.name, self.text, *shown))


def cases():
    for path in sorted(FILES.glob("*.md")):
        *parts, _ = re.split(r"^\.\n", path.read_text("utf-8"), flags=re.MULTILINE)
        for name, text, *expected in zip(*[iter(parts)] * 5, strict=True):
            yield Case(path, name, text, tuple(expected))


CASES = list(cases())


def lines_of(nodes, depth=0):  # noqa: C901, PLR0912 - a case for each
    """A tree as one line a node, each deeper than the one that holds it."""
    for node in nodes:
        inner = getattr(node, "children", ())
        match node:
            case str() | Code():
                said = repr(node) if isinstance(node, str) else f"code {node.words!r}"
            case Ruby():
                said = f"{node.words!r} with the reading {node.reading!r}"
            case Foreign():
                said = f"in {node.language}"
            case Link():
                said = f"link to {node.address!r}" + (f" titled {node.title!r}" * bool(node.title))
            case Image() | Audio():
                said = f"{type(node).__name__.lower()} {node.file!r} saying {node.alternative!r}"
            case Paragraph():
                said = "tight paragraph" if node.tight else "paragraph"
            case List():
                said = "list" if node.start is None else f"list from {node.start}"
            case Listing():
                said = f"listing in {node.language or 'no language'} {node.code!r}"
            case Formula():
                said = f"{'display' if node.display else 'inline'} formula {node.tex!r}"
            case Table():
                said = f"table, its words {[side or 'as usual' for side in node.sides]}"
            case _:
                said = type(node).__name__.lower()
        yield f"{'  ' * depth}{said}\n"
        yield from lines_of(inner, depth + 1)
        yield from lines_of(node.blocks if isinstance(node, Quote) else (), depth + 1)
        for row in (node.head, *node.rows) if isinstance(node, Table) else ():
            yield f"{'  ' * depth}  row\n"
            for cell in row:
                yield f"{'  ' * depth}    cell\n"
                yield from lines_of(cell, depth + 3)
        for item in node.items if isinstance(node, List) else ():
            yield f"{'  ' * depth}  item\n"
            yield from lines_of(item, depth + 2)


def as_json(node):
    """JSON on a line, in which a blank that binds and a hyphen that hides can be told from others; without drawings."""
    said = re.sub(r'"svg": ".*?[^\\]", ', "", json.dumps(node, ensure_ascii=False))
    return "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in said) + "\n"


@with_each("case", CASES, ids=[f"{case.path.stem}: {case.name.strip()}" for case in CASES])
def test_a_text_is_read_and_shown_as_its_case_says(case, request):
    text = (Line if case.path.stem == "lines" else Prose)(case.text.removesuffix("\n"))
    tree = to_tree(text)
    html = to_html(text)
    shown = (
        "".join(lines_of(tree.blocks)),
        html + "\n" * bool(html),
        "".join(map(as_json, breaks.nodes(tree))),
    )
    if request.config.getoption("rewrite"):
        written = case.path.read_text("utf-8")
        fresh = written.replace(case.written(case.expected), case.written(shown))
        case.path.write_text(fresh, "utf-8")
    else:
        assert shown == case.expected


# --- what holds for every text ---------------------------------------------------------------------


@with_each(
    ("text", "marks"),
    [
        ("- A. one *more*\n- B. two", ["A.", "B."]),
        ("- a. one\n\n- b. two\n\n  more", ["a.", "b."]),
        ("- (a) one\n- (b) two", ["(a)", "(b)"]),
        ("- (1) one\n- (2) two", ["", ""]),
        ("- A. one\n- C. two", ["", ""]),
        ("- **A.** one\n- B. two", ["", ""]),
        ("3. A. one\n4. B. two", ["3.", "4."]),
    ],
)
def test_items_that_their_author_has_lettered_have_no_second_sign_in_print(text, marks):
    """“– A. one” stood on sheets."""
    (written,) = to_tree(Prose(text)).blocks
    made = lettered(written)
    assert [made.mark(at) for at in range(len(made.items))] == marks
    said = plain(Tree((written,)))
    if made is not written:
        for mark in marks:
            said = said.replace(f"{mark} ", "")
    assert plain(Tree((made,))) == said
    (node,) = breaks.nodes(to_tree(Prose(text)))
    assert node["t"] == ("ol" if marks[0] else "ul")


def test_words_in_an_attribute_end_neither_it_nor_its_tag_and_command_nothing():
    assert escaped("""a "b" 'c' <d> & [sound:e]""") == (
        "a &quot;b&quot; 'c' &lt;d&gt; &amp; &#91;sound:e]"
    )


# --- what one kind of text says ----------------------------------------------------------------------


def test_the_same_words_are_another_text_as_another_kind():
    assert to_tree(Line("- a\n- b")) != to_tree(Prose("- a\n- b"))
    assert to_tree(Line("- a *b*")) == to_tree(Prose("- a *b*"))
    assert to_tree(Line("a *b*")) == to_tree(Prose("a *b*"))


def test_a_text_becomes_a_tree_once():
    assert to_tree(Prose("a *b*")) is to_tree(Prose("a *b*"))


@with_each(
    ("text", "words"),
    [
        ("a **b** [c](https://d.e)\n\n- d\n- e", "a b c d e"),
        ("- a\n  - b\n- c", "a b c"),
        ("a\\\nb  `c\nd`", "a b c d"),
        ("", ""),
    ],
)
def test_plain_words_carry_no_markup_and_do_not_run_together(text, words):
    assert to_plain(Prose(text)) == words


def test_a_page_has_trees_and_words_as_they_stand_and_only_typst_gets_breaks():
    long = "Donaudampfschifffahrtsgesellschaft"
    data = {
        "tree": to_tree(Line(long)),
        "plain": Plain(f"{long} · x"),
        "sources": pagedata.Sources("Senge 2006, ch. 8; A & B 1990, 4-5"),
        "id": Id(long.lower()),
        "label": f"{long} · x",
        "rows": [{"none": None, "number": 2.5, "yes": True, "empty": Tree()}],
    }
    assert breaks.for_typst(data) == {
        "tree": ["Donaudampf\u00adschifffahr\u00adtsgesellsc\u00adhaft"],
        "plain": "Donaudampf\u00adschifffahr\u00adtsgesellsc\u00adhaft\u00a0·\u00a0x",
        "sources": [
            "Senge\u00a02006,\u00a0ch.\u00a08; A\u00a0&\u00a0B\u00a01990,\u00a0",
            {"t": "whole", "c": ["4–5"]},
        ],
        "id": long.lower(),
        "label": f"{long} · x",
        "rows": [{"none": None, "number": 2.5, "yes": True, "empty": []}],
    }


def test_no_line_ends_behind_the_dash_between_two_numbers():
    assert breaks.nodes(to_tree(Line("In 1973–74, from A–B onwards"))) == [
        "In ",
        {"t": "whole", "c": ["1973–74,"]},
        " from A–B onwards",
    ]


@with_each(
    ("said", "set_"),
    [
        (
            "持続可能な開発目標とは何かを説明するために" * 3,
            "持続可能な開発目標とは何かを説明するために" * 3,
        ),
        (
            "可持续发展目标是联合国制定的全球性发展目标" * 2,
            "可持续发展目标是联合国制定的全球性发展目标" * 2,
        ),
        ("ภาษาไทย" * 9, "ภาษาไทย" * 9),
        (
            "駅" * 30 + "a" * 30 + "駅" * 9,
            "駅" * 30 + "\u00ad".join(["a" * 10] * 3) + "駅" * 9,
        ),
        ("駅" * 9 + "a" * 17 + "駅" * 9, "駅" * 9 + "a" * 17 + "駅" * 9),
        ("지속가능한" * 6, "지속가능한지속가능한\u00ad" * 2 + "지속가능한지속가능한"),
    ],
)
def test_scripts_without_blanks_get_no_hyphens(said, set_):
    assert breaks.for_typst(to_tree(Line(said))) == [set_]


def parted(nodes):
    """The words of nodes, with blanks where they may break."""
    for node in nodes:
        if isinstance(node, str):
            yield node
        else:
            yield " " * (node["t"] == "gap")
            yield from parted(node["c"])


@with_each(
    ("said", "parts"),
    [
        (r"`C:\Users\nina\AppData\x.exe`", r"C: \Users \nina \App Data \x. exe"),
        (r"`\d\w\s\d\w\s\d\w\s`", r"\d \w \s \d \w \s \d \w \s"),
        ("/usr/local/python3.12/123456789/x.py", "/usr/local/python3.12/ 123456789/x.py"),
        ("`std::vector::value_type`", "std:: vector:: value_ type"),
        ("java.util.ConcurrentHashMap", "java. util. Concurrent Hash Map"),
        ("`f(alpha,beta,gamma=x)`", "f( alpha, beta, gamma= x)"),
        ("CH~3~CH~2~CH~2~CH~2~CH~2~CH~2~COOH", "CH3 CH2 CH2 CH2 CH2 CH2 COOH"),
        ("ATGCATGCATGCATGCATGCATGCATGC", "ATGCATGCATGCATGCATGCATGCATGC"),
        ("`9f86d081884c7d659a2feaa0c55ad015`", "9f86d081884c7d659a2feaa0c55ad015"),
        ("`" + "*" * 30 + "`", "*" * 30),
    ],
)
def test_what_has_no_blanks_may_break_where_it_reads_well_and_hides_no_hyphen(said, parts):
    assert "".join(parted(breaks.nodes(to_tree(Line(said))))) == parts


@with_each(
    "said",
    [
        "https://docs.python.org/3/library/xml.etree.elementtree.html",
        "www.example.org/abcdefghijklmnopqrstuvwxyzabcdef",
        "(see https://example.org/abcdefghijklmnopqrstuvwxyzabcdef).",
        "Ein Satz von Wörtern, Teilnehmerinnen/Teilnehmern und Lehr-Lern-Arrangements.",
        "`for x in y: z(a, b)`",
    ],
)
def test_what_typst_breaks_itself_and_what_no_column_is_too_narrow_for_stay_as_they_are(said):
    assert '"gap"' not in json.dumps(breaks.nodes(to_tree(Line(said))))
    assert "\u00ad" not in json.dumps(breaks.nodes(to_tree(Line(said))), ensure_ascii=False)


def test_a_number_holds_to_its_unit_on_printed_pages():
    said = "At 8 °C it takes 24 h and 1.5 kg/L of dough; 20 % of 3 apples are left over."
    held = "At 8\u00a0°C it takes 24\u00a0h and 1.5\u00a0kg/L of dough; 20\u00a0% of 3 apples are left\u00a0over."
    assert breaks.for_typst(to_tree(Line(said))) == [held]


def test_a_title_that_begins_with_an_ordinal_is_no_list_in_print():
    course, _ = load(SAUERTEIG)
    module = dataclasses.replace(course.modules[0], title=Line("1990. Ein Jahr"))
    heading = pagedata.heading(dataclasses.replace(course, modules=(module,)), module)
    assert breaks.page(heading)["title"] == ["1990. Ein\u00a0Jahr"]


MARKED = [
    *("*b*", "**b**", "~~b~~", "`b`", "$b$", "H~2~O", "x^2^", "[b](https://b.example)"),
    *("![b](b.png)", "漢字{かんじ}", "[b]{lang=de}", "b\\\nb"),
]


@pytest.mark.parametrize("sign", ["3.", "1.", "1)", "2)", "-", "+", "*"])
def test_what_begins_like_a_list_and_is_none_keeps_all_of_its_words(sign):
    befores = ["", "Oktober ", "5 ", "he go vs. ", "(", "A\u00a0"]
    for before, marked in itertools.product(befores, MARKED):
        text = f"{sign} {before}{marked} c"
        assert to_html(Prose(text)) == to_html(Line(text))
        after_others = f"<p>a</p> <p>{to_html(Line(text))}</p>"
        assert to_html(Prose(f"a\n\n{text}")) == after_others


# --- deletions and tables ----------------------------------------------------------------------------


@with_each(
    ("text", "alone"),
    [
        ("> Two roads {{c1::both\\\n> And be}}, long", "both\\\nAnd be"),
        ("> > deep {{c1::this\n> > and that}} x", "this\nand that"),
        ("- > item {{c1::this\n  > and that}} x", "this\nand that"),
        ("How much is {{c1::x\n\\> 5}}?", "x\n\\> 5"),
    ],
)
def test_a_deletion_of_several_lines_stands_alone_without_the_signs_of_its_quotation(text, alone):
    assert [each.alone for each in clozes.deletions(text)] == [alone]
    assert clozes.closed(text).count("\n") == text.count("\n")


def test_a_number_that_no_program_reads_makes_no_deletion():
    assert (
        clozes.fault("{{c" + "1" * 5000 + "::a}}").message
        == "a cloze without a deletion gives no card"
    )


def test_a_number_in_a_table_holds_to_its_unit():
    """A narrow column, on a telephone, would break between them."""
    rows = "| a | b |\n|---|---|\n| 120 mL | 5 mmol/L |\n| 3 apples | 20 °C, 7 % of 9 kg |"
    html = to_html(Prose(rows))
    for held in ("120\u00a0mL", "5\u00a0mmol/L", "3 apples", "20\u00a0°C, 7\u00a0% of 9\u00a0kg"):
        assert f">{held}<" in html
    assert to_html(Prose("It holds 120 mL.")) == "It holds 120 mL."
