"""What an author is told of signs that might mean two things, or that nobody can see: where, and what to write."""

import pytest
from conftest import SAUERTEIG
from coursedeck.load import assemble
from coursedeck.outputs import breaks
from coursedeck.source.files import read_files
from coursedeck.text import chemistry, clozes, formula, to_cloze, to_html, to_tree
from coursedeck.texts import Line, Prose
from tables import with_each
from telling import block, told, told_of, with_told

# --- stars, carets, dollar signs -------------------------------------------------------------------


@with_told(
    "text",
    [
        *("x*y*z", "2**3**4", "a*b and c*d", "f(*args, **kwargs)", "*args and *kwargs"),
        *("**/*.py", "*.txt and *.*", "SELECT COUNT(*), SUM(*) FROM t", "(*a)*(*b)", "/*x*/"),
        *("*he go, and *she have", "* he go", "- 5", "char *p, **q;", "x**y**z"),
        *(
            "*he go *she have",
            "Preis* ohne Steuer * netto",
            "*args *kwargs",
            "a * b* c",
            "가로*세로*높이",
        ),
        *("*p is a pointer, and *q", "* p<0.05, * p<0.01", "*wódr: *wed- and *wod-", "*"),
        *(
            "$HOME:$PATH",
            "${a}:${b}",
            "$(a)$(b)",
            "a$|b$",
            "(a$)|(b$)",
            '"$x"."$y"',
            "US$5 and CA$6",
        ),
        *("$A$1:$B$2", "~5 and ~6", "a ^ b ^ c", "~/a and ~/b", "{print $1,$2}"),
    ],
)
def test_signs_of_programs_and_sums_stay_what_they_are(text, found):
    shown = to_html(Line(text.replace("*", "\\*").replace("$", "\\$")))
    assert "<" not in shown
    assert (to_html(Line(text)), to_html(Prose(text))) == (shown, shown)
    assert found == []


@with_told(
    ("text", "html"),
    [
        (
            "*a*, (**b**) “*c*” *d*/*e*",
            "<em>a</em>, (<strong>b</strong>) “<em>c</em>” <em>d</em>/<em>e</em>",
        ),
        ("**Note:** *...so*", "<strong>Note:</strong> <em>...so</em>"),
        (
            "walk**ed**, **un**happy, geh**s**t",
            "walk<strong>ed</strong>, <strong>un</strong>happy, geh<strong>s</strong>t",
        ),
        (
            "***both*** and **a *b* c**",
            "<em><strong>both</strong></em> and <strong>a <em>b</em> c</strong>",
        ),
        (
            "في *katib*، أو *هذا*؟",
            "في <em>katib</em>، أو <em>هذا</em>؟",
        ),
        ("यह *सही*। नहीं, *xyz*।", "यह <em>सही</em>। नहीं, <em>xyz</em>।"),
        ("这是*重点*内容", "这是<em>重点</em>内容"),
        ("日本*語*です。*駅*は", "日本<em>語</em>です。<em>駅</em>は"),
        (
            "*강조*는 **“말”**은 (*이것*도)",
            "<em>강조</em>는 <strong>“말”</strong>은 (<em>이것</em>도)",
        ),
        (r"so *a*\. **b**\]", "so <em>a</em>. <strong>b</strong>]"),
        ("*`a`* and *$x$*", r"<em><code>a</code></em> and <em>\(x\)</em>"),
        ("$n$-th, CO$_2$, 设$x$为, $5 or $x$", r"\(n\)-th, CO\(_2\), 设\(x\)为, $5 or \(x\)"),
    ],
)
def test_emphasis_and_formulas_stand_at_the_edges_of_words(text, html, found):
    assert to_html(Line(text)) == html
    assert found == []


def test_words_are_strong_at_the_end_of_a_verse():
    verses = "Roses are **red**\\\n*violets*\\\nare blue"
    made = "Roses are <strong>red</strong><br> <em>violets</em><br> are blue"
    assert to_html(Prose(verses)) == made


@with_told(
    ("text", "column", "hint"),
    [
        *[
            ("Say *un*happy", 9, "**letters**"),
            ("geh*st*", 8, "\\*"),
            ("*Vi*ệt", 5, "**letters**"),
            ("*p.q*(x)", 5, "formula"),
        ],
        *[
            ("$a$b$c", 5, "\\$"),
            ("^a$|^b$", 5, "\\^"),
            ("the $n$th", 9, "$n$-th"),
            ("H$_2$O", 6, "H~2~O"),
            ("so $ x^2 $", 8, "no blank"),
        ],
        *[("x^2+y^2", 6, "x^2^"), ("2^3^2", 6, "\\^"), ("a^b^c", 6, "\\^")],
        *[("PATH=~/bin:~/x", 10, "\\~"), ("~5-~6", 5, "\\~"), ("~x&~y", 5, "\\~")],
        *[(">5 kg", 5, "\\>"), ("> 5", 5, "\\>")],
    ],
)
def test_what_may_mean_two_things_is_told_where_it_stands(text, column, hint, found):
    ((line, at, code, _, said),) = found
    assert (line, at, code) == (4, column, "not-read")
    assert hint in said


@with_told(
    ("text", "column", "hint"),
    [
        *[
            ("**bold **text", 5, "blank"),
            ("So **Note: **it is", 8, "blank"),
            ("a **bold **", 7, "blank"),
        ],
        *[
            ("** bold **", 5, "blank"),
            ("So ** bold** it is", 8, "blank"),
            ("It is ** bold **.", 11, "blank"),
        ],
        *[
            ("*two words *", 5, "blank"),
            ("* two words*", 5, "blank"),
            ("* two words *.", 5, "blank"),
        ],
        *[("*Note: *so it is", 5, "blank"), ("- *Über das Ziel: *so\n- b", 7, "blank")],
        *[("Who?\n\n*two words *", 5, "blank"), ("*drei Wörter: ja *", 5, "blank")],
        *[("**a** and **b **c", 15, "blank"), ("($x$) **two words **", 11, "blank")],
        *[
            ("**Bold\n\nover paragraphs**", 5, "each by itself"),
            ("- **one\n- two**", 7, "each by itself"),
        ],
        ("| **a | b** |\n|---|---|\n| c | d |", 7, "each by itself"),
    ],
)
def test_stars_that_do_not_close_are_told_where_they_stand(text, column, hint, found):
    ((_, at, code, _, said),) = found
    assert (at, code) == (column, "not-read")
    assert hint in said


def test_stars_of_sums_of_notes_and_those_that_close_stay_silent():
    texts = [
        *(
            "2 * 3 * 4",
            "5 ** 2",
            "2 ** 3 ** 4",
            "x ** y ** z",
            "(a ** b) ** c",
            "`a ** b ** c`",
            "$a ** b ** c$",
        ),
        *(
            "* he go",
            "**he go, and **she have",
            "** see below",
            "Cost** and tax** are net",
            "5 * 2 * x",
            "* Preise ohne Steuer* und Porto",
            "(* a comment *)",
            r"\*two words \*",
            "`*two words *`",
            "*two words*",
            "* 5 *",
            "*a *b c* d*",
            "p<0.05*, p<0.01**, ***",
        ),
        *(
            "* p<0.05, ** p<0.01, *** p<0.001",
            "Tax** is due.\n\n** In cash.",
            "x ** 2\n\ny ** 2",
        ),
        *(
            "**a** b **c**",
            "**one\ntwo**",
            r"\*\*bold \*\*text",
            "**a *b* c** and **d**",
            "Use `**` and `**`.",
        ),
    ]
    assert told_of(texts) == {}


# --- readings that are none ---------------------------------------------------------------------------


@with_told(
    ("text", "column", "hint"),
    [
        *[
            ("これは**漢字**{かんじ}です", 14, "**漢字{かんじ}**"),
            ("漢字 {かんじ}", 8, "right behind"),
        ],
        *[("漢字{}", 7, "\\{"), ("漢字｛｝", 7, "ASCII"), ("漢字｛かんじ｝", 7, "ASCII")],
        *[("漢字{ かんじ }", 7, "right behind"), ("~~漢字~~{かんじ}", 11, "within")],
        *[
            ("|お茶{おちゃ}", 5, "｜お茶"),
            ("毎日|新聞{しんぶん}", 7, "｜"),
            ("- 水\n- |お茶{おちゃ}", 7, "｜"),
        ],
    ],
)
def test_a_reading_that_shows_its_signs_is_told_where_it_stands(text, column, hint, found):
    ((_, at, code, _, said),) = found
    assert (at, code) == (column, "not-read")
    assert hint in said


def test_other_braces_and_bars_beside_chinese_characters_stay_silent():
    texts = [
        *(
            "漢字{かんじ}",
            "**漢字{かんじ}**",
            "｜お茶{おちゃ}",
            "漢字\\{かんじ}",
            "漢字 \\{かんじ}",
            "集合 {}",
            "`漢字{}`",
        ),
        *(
            "f{}",
            "集合 {1, 2}",
            "\\|お茶\\{おちゃ}",
            "A|駅{えき}",
            "`|お茶{おちゃ}`",
            "漢字（かんじ）",
        ),
        "|お茶{ちゃ}|駅{えき}|\n|---|---|\n|水{みず}|山{やま}|",
    ]
    assert told_of(texts) == {}


# --- deletions ---------------------------------------------------------------------------------------


@with_each(
    ("text", "found"),
    [
        ("{{c1::std::move::}}", [("std::move", "")]),
        ("{{c1::word::}}", [("word", "")]),
        ("{{c1::word::hint}}", [("word", "hint")]),
        ("{{c1::f{x}}} {{c2::y}}", [("f{x}", ""), ("y", "")]),
        ("{{c1::{}}} is {{c2::x}}", [("{}", ""), ("x", "")]),
        ("{{c1::{}} is {{c2::x}}", [("{", ""), ("x", "")]),
        ("{{c1::{a} b {c}::hint}}", [("{a} b {c}", "hint")]),
        ("```c cloze\nmain() {{c1::{ a; }}}\n```", [("{ a; }", "")]),
        ("$5 for {{c1::word::hint}}", [("word", "hint")]),
        ("$HOME:$PATH, {{c1::word::hint}}", [("word", "hint")]),
        (r"$\frac{{{c1::a}}}{2}$", [("a", "")]),
        ("A ` here.\n\n{{c1::x}}\n\nA ` there.", [("x", "")]),
        ("- a `\n- {{c1::x}}\n- b `", [("x", "")]),
        ("| ` | a |\n|---|---|\n| {{c1::x}} | y |\n| ` | b |", [("x", "")]),
        ("a `{\n{{c1::x}}` {{c2::y}}", [("y", "")]),
    ],
)
def test_a_deletion_holds_the_braces_and_colons_that_are_its_words(text, found):
    """And is one wherever no code is, which ends with its paragraph, item or row at the latest."""
    assert [(each.words, each.hint) for each in clozes.deletions(text)] == found


def test_anki_ends_a_deletion_where_the_author_did():
    assert to_cloze(Prose("{{c1::f{x}}} and {{c2::std::move::}}")) == (
        "{{c1::f{x&#125;}} and {{c2::std:&#58;move}}"
    )


@with_told(
    ("text", "code", "place"),
    [
        *[("a {{c1::std::move}}", "code-hint", (4, 7)), ("{{c1::f :: Int}}", "code-hint", (4, 5))],
        ("{{c1::Vec::with_capacity(n)}}", "code-hint", (4, 5)),
        ("```cpp cloze\nx = {{c1::Foo::bar}};\n```", "code-hint", (5, 9)),
        ("a `{{c1::x}}` {{c2::y}}", "near-cloze", (4, 8)),
        ("```python\n{{c1::x}}\n```\n\n{{c2::y}}", "near-cloze", (5, 5)),
        *[
            ("a {c1::x} {{c2::y}}", "near-cloze", (4, 7)),
            ("{{C1::x}} {{c1::y}}", "near-cloze", (4, 5)),
        ],
        *[("a\nb {{c0::x}}", "cloze", (5, 7)), ("{{c1::}} a", "cloze", (4, 5))],
        ("{{c1::a}} b\n\nc {{c2::d\n\ne}}", "cloze", (6, 7)),
        ("| a | b |\n|---|---|\n| {{c1::x | y}} b |", "cloze", (6, 7)),
        ("{{c1::a {{c2::b}} c}}", "cloze", (4, 5)),
    ],
    key="cloze",
)
def test_a_deletion_that_anki_would_not_read_as_meant_is_told_where_it_stands(
    text, code, place, found
):
    ((*at, found, _, _),) = found
    assert (found, tuple(at)) == (code, place)


def test_hints_in_plain_words_and_braces_that_are_shown_are_not_told():
    texts = [
        "{{c1::Paris::city}} and {{c2::b::name(s)}} and {{c3::c::a place (in France)}}",
        "``{{c1::x}}`` and {{c2::y}}",
        "````\n{{c1::x}}\n````\n\n{{c2::y}}",
        "```\n{{ x }}\n```\n\n{{c1::y}}",
        r"$\text{ {{ x }} }$ and {{c1::y}}",
        "{{c1::`std::move`}}",
    ]
    assert told_of(texts, "cloze") == {}


# --- what nobody can see ---------------------------------------------------------------------------


@with_told(
    ("text", "name"),
    [
        *[("a\u200bb", "zero width space"), ("a\u202eb", "right-to-left override")],
        *[("a\u200db", "zero width joiner"), ("a\ufeffb", "zero width no-break space")],
        *[("a\u200eb", "left-to-right mark"), ("`a\u2066b`", "left-to-right isolate")],
        ("$a\u200bb$", "zero width space"),
    ],
)
def test_a_sign_that_nobody_can_see_is_told_by_its_name(text, name, found):
    ((line, column, code, message, _),) = found
    assert (line, column, code) == (4, 6 + (text[0] in "`$"), "control-character")
    assert name in message


def test_signs_that_a_script_needs_are_not_told():
    texts = [
        "می\u200cخواهم",
        "क्\u200dष",
        "👩\u200d🔬",
        "שלום \u200f(a)",
        "สวัสดี\u200bครับ",
        "Teig\u00adware",
    ]
    assert told_of(texts) == {}


@pytest.mark.parametrize("text", ["```python\nx = 1", "a\n\n~~~\nx\n```", "````\nx\n```"])
def test_a_block_of_code_that_nothing_ends_is_told(text):
    ((line, _, code, message, _),) = told(block("ask", text))
    assert code == "not-read"
    assert "nothing ends" in message
    assert line == 4 + text.split("\n").index(
        next(x for x in text.split("\n") if x[:3] in ("```", "~~~"))
    )


# --- chemistry -----------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(
    "given",
    [
        *(
            "H2O",
            "SO4^2-",
            "[Fe(CN)6]^3-",
            "Fe^{III}",
            "Fe^II",
            "Na+ + Cl- -> NaCl",
            "2 e-",
            "n H2O",
        ),
        *("CO2(g) + H2O(l) <=> H2CO3(aq)", "A->B", "A ->[H2SO4][\\Delta] B", "A ->[heat] B"),
        *("A ->[50 \\% HCl] B", "A ->[heat \\& light] B"),
        *("N2 + 3 H2 <=>[Fe][450 °C] 2 NH3", "^{227}_{90}Th+", "^14_6C", "^0_{-1}e", "\\gamma"),
        *("CuSO4.5H2O", "CuSO4*5H2O", "K4[Fe(CN)6].3H2O", "1/2 O2", "0.5 O2", "C_nH_{2n+2}"),
        *("CH3-CH2-OH", "H2C=CH2", "HC#CH", "Cl^.", "BaSO4 v", "CO2 ^", "HA <-> A- + H+"),
    ],
)
def test_chemistry_of_school_is_drawn_for_paper(given):
    tex = rf"\ce{{{given}}}"
    assert formula.fault(tex) is None
    assert formula.drawn(tex)
    assert breaks.nodes(to_tree(Line(f"${tex}$")))[0]["svg"]


@pytest.mark.parametrize(
    ("given", "part", "hint"),
    [
        (r"A + \bond{~}H", r"\bond{~}H", chemistry.KNOWN),
        ("Ca2+", "Ca2+", "Ca^2+"),
        ("2 H2 + §", "§", chemistry.KNOWN),
        *[("A ->[50 % HCl] B", "%", r"\%"), ("A ->[heat & light] B", "&", r"\&")],
    ],
)
def test_chemistry_that_is_not_known_is_told_by_its_part(given, part, hint):
    message, said = formula.fault(rf"\ce{{{given}}}")
    assert f"“{part}”" in message
    assert hint in said


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("sources.yaml", 'author: "Müller', 'author: "\ufeffMüller'),
        ("sources.yaml", "  type:", "  n\ufeffote: A\n  type:"),
        ("course.yaml", "authors: [", "authors: [\ufeff"),
    ],
)
def test_a_sign_that_nobody_can_see_is_told_in_names_and_works_too(path, old, new):
    """Print refuses some of them, and would end in the report of a bug."""
    files = read_files(SAUERTEIG)
    text = files[path].decode()
    assert old in text
    _, found = assemble(files | {path: text.replace(old, new, 1).encode()})
    ((code, span),) = {(each.code, each.span) for each in found}
    assert (code, span.path) == ("control-character", path)
    assert span.line == text[: text.index(old)].count("\n") + 1
