"""What an author is told of signs that might mean two things, or that nobody can see: where, and what to write."""

import json

import pytest
from conftest import SAUERTEIG
from coursedeck.load import assemble
from coursedeck.outputs import breaks
from coursedeck.source import yaml
from coursedeck.source.files import read_files
from coursedeck.text import chemistry, clozes, formula, to_cloze, to_html, to_tree
from coursedeck.texts import Line, Prose
from growth import in_a_straight_line
from tables import with_each
from telling import HEAD, block, told, told_of, with_told

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


# --- backslashes that vanish -----------------------------------------------------------------------


@with_told(
    ("text", "shown"),
    [
        *((r"5\,cm", r"\,"), (r"z.\,B. so", r"\,"), (r"Der Wert 1\;000", r"\;"), (r"5\:kg", r"\:")),
        *((r"C:\_neu\_alt", r"C:\_"), (r"in D:\.git", r"D:\."), (r"c:\$Recycle.Bin", r"c:\$")),
    ],
)
def test_a_backslash_that_vanishes_though_it_was_meant_is_told(text, shown, found):
    ((_, at, code, message, hint),) = found
    assert (at, code) == (5 + text.index(shown), "not-read")
    assert f"“{shown}”" in message
    assert "\\\\" in hint


@with_told(
    "text",
    [
        *(
            r"$5\,\mathrm{cm}$",
            r"`C:\_neu`",
            r"`5\,cm`",
            r"Er kam\, sah",
            r"12\:30 Uhr",
            r"C:\\_neu",
            r"5\\,5",
        ),
        *(
            r"a\_b\_c",
            r"Was ist \*args\*?",
            r"A\&B",
            r"5 \% und \#1",
            r"it costs x:\$5",
            r"Regex \. und \?",
            r"B: \_a",
        ),
    ],
)
def test_a_backslash_that_stands_before_a_sign_on_purpose_is_left_alone(text, found):
    assert found == []


# --- backslashes in double quotes ------------------------------------------------------------------


@with_each(
    "text",
    [
        *(
            r"$a \times b$",
            r"Sei $x\to y$",
            r"\tau ist",
            r"Ist \tau gut?",
            r"$\text{if}$",
            r"in `C:\temp`",
        ),
        *(r"Was ist `\table`?", r"C:\temp", r"d:\next"),
        *(r"Ist $\rho$?", r"\forall", r"my\_var", r"\_private", r"$a\_b$", r"C:\new folder"),
        *(r"$\beta$", r"$\vec a$", r"Wer \e?", r"Wer\N?"),
    ],
)
def test_a_backslash_that_yaml_takes_for_another_sign_is_told_at_its_place(text):
    ((line, at, code, _, hint),) = told(f'{HEAD}- ask: "{text}"\n  answer: Sauer\n')
    assert (line, at, code) == (3, 9 + text.index("\\"), "yaml-escape")
    assert "single quotes" in hint


@with_each(
    "text",
    [
        *(r"Eins.\nZwei.", r"Was \"heißt\" das?", r"$a \\times b$", r"10\u00a0km", r"Was\x20ist?"),
        *(r"```\n\treturn t\n\total = 1\n```", r"Wer \\_ist_\\_ da?", r"Eins\/zwei?"),
        *(r"Es sind 10\_km.", r"Qui a dit \xAB\_oui\_\xBB?", r"Où est M.\_Dupont?"),
        *(r"```sh\nif x; then\n\techo $HOME\nfi\n```", r"```go\n\to := 1\n```\n\nEs kostet $x^2$."),
    ],
)
def test_a_backslash_that_json_writes_too_is_left_alone(text):
    found = told(f'{HEAD}- ask: "{text}"\n  answer: Sauer\n')
    assert "yaml-escape" not in {code for _, _, code, *_ in found}


@with_each(
    "text",
    [
        *(r"`printf(\"hi\n\")`", r"`[^\n]*`", r"`'\n'.join(x)`", r"Eins `s.split('\n\n')`\nzwei"),
        *(r"`\newline`", r"`(\n|;)` oder `;`", r"Was ist `\n`?", r"`print('a\nb')`"),
        *(r"\nabla f", r"Was ist \nabla f?", r"$\neg a$", r"Ist $a\notin b$?", r"Ist a \neq 5?"),
        *(
            r"What does the escape \n do?",
            r"What is \t in C?",
            r"Which escapes: \n, x?",
            r"Was ist '\n'?",
        ),
        *(r"`^\/api$`", r"`cd My\ Files`", r"`\x41`", r"Was ist `'\u0041'`?"),
    ],
)
def test_a_backslash_that_was_meant_in_code_or_in_a_formula_is_told(text):
    ((line, at, code, _, hint),) = told(f'{HEAD}- ask: "{text}"\n  answer: Sauer\n')
    escape = next(each for each in (r"\n", r"\t", r"\/", "\\ ", r"\x", r"\u") if each in text)
    assert (line, at, code) == (3, 9 + text.index(escape), "yaml-escape")
    assert "single quotes" in hint


WRITTEN_BY_PROGRAMS = {
    "lines": "Roses are red\nviolets are blue",
    "paragraphs": "One `a`.\n\nTwo `b`, and $x$.\n\n- `c`\n- `d`\n",
    "code": 'Say:\n```python\nprint("a\\nb")\n\tx = `1`\n```\n\nand `x`',
    "dollars in code": "```php\n$a=1;\neq($a\ne$);\n```",
    "tildes": "~~~sh\nx=`date\nls`\n~~~",
    "wrapped code": "A text that a program has wrapped, with `git commit\n--amend` in it, and\nmore",
    "wrapped names": "Das sind in der Reihe alle: `eins`,\n`zwei`, `drei`\nund `vier`",
    "words like commands": "uno\ne due, goedemorgen,\nu bent\neg this",
    "formula": "$$\nu = 5\n$$\n\nand $x$ and $y$",
    "money": "It costs $5\nu know, or 6$",
    "escaped": "What is `a\\nb`, `\\/` or $a \\neq b$?",
    "letters": "`café` <b> `a/b` & 'c'",
    "quotations": "“Hi.”\n“Hello!”\n\"Who?\"\n\"I\"\n'Me'\n'Oh'",
    "apostrophes": "the `60s\nand `70s",
    "dots": "He said \n... and so on",
}


@pytest.mark.parametrize("ascii_", [True, False])
def test_what_a_program_writes_in_json_is_what_it_meant(ascii_):
    for name, text in WRITTEN_BY_PROGRAMS.items():
        written = json.dumps({"ask": text}, ensure_ascii=ascii_)
        for each in (written, written.replace("/", "\\/")):
            found = told(f"{HEAD}- {each}\n")
            assert "yaml-escape" not in {code for _, _, code, *_ in found}, name


@with_told("text", ["$x \tuple$", "$$\na \tx\n$$"])
def test_a_tab_in_a_formula_is_told(text, found):
    """Of a command that no list has."""
    ((_, _, code, message, hint),) = found
    assert code == "formula"
    assert "a tab stands in it" in message
    assert "double quotes" in hint


@with_each(
    ("tex", "message", "hint"),
    [
        *[
            (r"w = 37% \cdot m", "“%” begins a comment", r"\%"),
            ("50%", "“%”", r"\%"),
            ("a % b", "“%”", r"\%"),
        ],
        ("\\begin{aligned}\na &= 5 % \\cdot m \\\\\nb\n\\end{aligned}", "“%”", r"\%"),
        *[("a # b", "“#”", r"\#"), ("5\\,€", "“€”", r"\text{€}"), ("ə + 1", "“ə”", r"\text{ə}")],
        (r"\text{Säure \& Base}", r"“\&” stands among words", r"\text{a}\&\text{b}"),
        (r"5\,\mathrm{J} \text{z.\,B.}", r"“\,” stands among words", r"\text{a}\,\text{b}"),
        *[(r"\bm{x}", r"\bm is not known to Anki", r"\boldsymbol{x}"), (r"\tg x", r"\tg", r"\tan")],
        *[
            (r"A \nsubset B", r"\nsubset", r"\not\subset"),
            (r"\dashV", r"\dashV is not known to Anki", "MathJax"),
        ],
        (r"\begin{array}{c|c} a & b \end{array}", "rules", "1 & | & 2"),
        (r"\begin{matrix} a \\ \hline b \end{matrix}", "rules", "Markdown"),
        (r"\begin{array}{l@{}r} a & b \end{array}", "“l@{}r”", "{lcr}"),
        (r"\begin{CD} A @>>> B \end{CD}", "“CD” is no environment", "aligned"),
        *[
            (r"a\rlap{b}", r"\rlap is not printed", "leave it out"),
            (r"\left{ a \right}", r"“\left{”", r"\left\{"),
        ],
        *[
            (r"\frac", "", "as in \\frac{a}{b}"),
            (r"\fraction{a}", r"\fraction is not known", "MathJax"),
        ],
    ],
)
def test_what_anki_or_paper_would_lose_of_a_formula_is_told_with_what_to_write(tex, message, hint):
    told_, said = formula.fault(tex)
    assert message in told_
    assert hint in said


@with_each(
    ("tex", "part"),
    [
        (r"a + b = \sqrt", r"“= \sqrt”"),
        (r"x = a & b", "“= a & b”"),
        (r"\sqrt", "this"),
        ("a & b", "this"),
    ],
)
def test_of_a_formula_that_cannot_be_drawn_the_part_is_named_that_cannot(tex, part):
    assert formula.fault(tex)[0].startswith(part)


@with_told(
    ("text", "shown"),
    [
        *[
            ("2$x$ = 4", "2$x$"),
            ("Es gilt 3,5$x^2$.", "3,5$x^2$"),
            ("Sei $ n $ gerade.", "$ n $"),
            ("Sei $n $ da.", "$n $"),
        ],
        *[("Wie groß ist $$pV$?", "$"), ("Wie groß ist $pV$$?", "$")],
    ],
)
def test_a_dollar_sign_that_misses_its_formula_is_told(text, shown, found):
    ((_, at, code, *_),) = found
    assert code == "not-read"
    assert text[at - 5 :].startswith(shown)


@with_told(
    "text",
    [
        *(
            "5$ and 6$",
            "10$-20$",
            "costs $7,5",
            "between $7,500 and $8,000",
            "US$ 6",
            "A$AP",
            "$HOME:$PATH",
            "echo $a $b",
        ),
        *(
            "$5 or 6$",
            "R$ 5,50 e R$ 6",
            "Cheap: $, $$ or $$$?",
            "from $$ to $$$",
            r"costs \$$x$",
            "`$$x$`",
            "kill $$; echo $a",
        ),
        *(
            "5$, 6$ or 7$",
            "a $5 bill and a $ sign",
            "1$/2$",
            "$x$$y$",
            "$1 = 2$ marks",
            "a$b",
            "$i, $j, $k",
            "US$5, A$6",
        ),
    ],
)
def test_dollars_of_money_and_of_programs_are_left_alone(text, found):
    assert found == []


@with_each("number", ["7,5", "1,5", "7,500", "0,25"])
def test_a_number_between_dollars_is_a_formula_and_no_amount(number):
    assert to_html(Line(f"Es sind ${number}$ mol.")) == rf"Es sind \({number}\) mol."
    assert to_html(Line(f"${number} or {number}$, ${number}")).startswith("$")


def test_a_difference_or_a_ratio_between_dollars_is_a_formula_and_an_amount_is_none():
    def kinds(text):
        (paragraph,) = to_tree(Line(text)).blocks
        return [type(child).__name__ for child in paragraph.children]

    assert all(
        kinds(text) == ["Formula"] for text in ("$3 - 2$", "$3-x$", "$12 : 3$", "$3 - (-2)$")
    )
    amounts = ("$5 or 6$", "$5, 6$", "$5–6$", "$5 - maybe 6$", "$5-6 a day, 7$")
    assert all(kinds(text) == ["str"] for text in amounts)


def test_a_formula_may_be_set_in_by_tabs():
    assert told_of(["$$\n\\begin{aligned}\n\ta &= b\n\\end{aligned}\n$$"]) == {}


def test_a_backslash_is_told_on_its_own_line_of_a_long_text():
    text = "Eine lange\n    Frage nach\n    $a \\times b$ also?"
    (found,) = told(f'{HEAD}- ask: "{text}"\n  answer: Sauer\n')
    assert found[:3] == (5, 8, "yaml-escape")


@pytest.mark.slow
def test_texts_of_a_course_on_one_line_are_read_in_a_straight_line():
    """As a program writes it, in JSON: to look for a backslash, no more is read of the line than its text."""

    def written(count):
        cards = [{"ask": f'Was ist "{n}"?', "answer": f"Sauer\n{n}"} for n in range(count)]
        return json.dumps({"title": "T", "cards": cards}).encode()

    assert in_a_straight_line(lambda data: yaml.read(data, "t.yaml", []), written, 200)


def test_what_else_is_wrong_is_told_beside_such_a_backslash():
    """Its text was read all the same."""
    _, found = assemble(
        {"t.yaml": (HEAD + '- ask: "$a \\times b$"\n  answer: "![Brot](no.png)"\n').encode()}
    )
    assert {"yaml-escape", "unknown-media"} <= {each.code for each in found}
