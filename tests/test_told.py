"""What an author is told of a text that might mean two things, and of YAML that is not what was meant: where, and what to write.

A course of one file is written as its author would; what stands for a warning in a rule for prompts is left out.
"""

import pytest
from coursedeck.load import assemble
from coursedeck.outputs import breaks
from coursedeck.text import chemistry, clozes, formula, to_cloze, to_html, to_tree
from coursedeck.texts import Line, Prose

HEAD = "title: T\ncards:\n"
OF_TEXTS = {
    *("not-read", "near-cloze", "cloze", "code-hint", "formula", "control-character", "no-kind"),
    *("wrong-type", "bad-key", "unknown-key", "bad-address", "joined-lines"),
}


def told(written):
    """What is said of a file: line, column, code, message and hint of each problem."""
    _, found = assemble({"t.yaml": written.encode()})
    return [
        (each.span.line, each.span.column, each.code, each.message, each.hint)
        for each in found
        if each.code in OF_TEXTS or each.code.startswith("yaml")
    ]


def block(key, text):
    """A card with a text in a block, which begins on line 4 and in column 5."""
    lines = "".join(f"    {line}\n" for line in text.split("\n"))
    return f"{HEAD}- {key}: |\n{lines}" + "  answer: Sauer\n" * (key == "ask")


# --- stars, carets, dollar signs -------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        *("x*y*z", "2**3**4", "a*b and c*d", "f(*args, **kwargs)", "*args and *kwargs"),
        *("**/*.py", "*.txt and *.*", "SELECT COUNT(*), SUM(*) FROM t", "(*a)*(*b)", "/*x*/"),
        *("*he go, and *she have", "* he go", "- 5", "char *p, **q;", "x**y**z"),
        *(
            "$HOME:$PATH",
            "${a}:${b}",
            "$(a)$(b)",
            "a$|b$",
            "(a$)|(b$)",
            '"$x"."$y"',
            "US$5 and CA$6",
        ),
        *("$A$1:$B$2", "~5 and ~6", "a ^ b ^ c", "x^2 and y^2", "~/a and ~/b", "{print $1,$2}"),
    ],
)
@pytest.mark.parametrize("kind", [Line, Prose])
def test_signs_of_programs_and_sums_stay_what_they_are(kind, text):
    assert to_html(kind(text)) == to_html(Line(text.replace("*", "\\*").replace("$", "\\$")))
    assert "<" not in to_html(kind(text))
    assert told(block("ask", text)) == []


@pytest.mark.parametrize(
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
        (r"so *a*\. **b**\]", "so <em>a</em>. <strong>b</strong>]"),
        ("*`a`* and *$x$*", r"<em><code>a</code></em> and <em>\(x\)</em>"),
        ("$n$-th, CO$_2$, 设$x$为, $5 or $x$", r"\(n\)-th, CO\(_2\), 设\(x\)为, $5 or \(x\)"),
    ],
)
def test_emphasis_and_formulas_stand_at_the_edges_of_words(text, html):
    assert to_html(Line(text)) == html
    assert told(block("ask", text)) == []


def test_words_are_strong_at_the_end_of_a_verse():
    verses = "Roses are **red**\\\n*violets*\\\nare blue"
    made = "Roses are <strong>red</strong><br> <em>violets</em><br> are blue"
    assert to_html(Prose(verses)) == made


@pytest.mark.parametrize(
    ("text", "column", "hint"),
    [
        *[
            ("Say *un*happy", 9, "**letters**"),
            ("geh*st*", 8, "\\*"),
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
def test_what_may_mean_two_things_is_told_where_it_stands(text, column, hint):
    ((line, at, code, _, said),) = told(block("ask", text))
    assert (line, at, code) == (4, column, "not-read")
    assert hint in said


@pytest.mark.parametrize(
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
        *[("**a** and **b **c", 15, "blank"), ("($x$) **two words **", 11, "blank")],
        *[
            ("**Bold\n\nover paragraphs**", 5, "each by itself"),
            ("- **one\n- two**", 7, "each by itself"),
        ],
        ("| **a | b** |\n|---|---|\n| c | d |", 7, "each by itself"),
    ],
)
def test_stars_that_do_not_close_are_told_where_they_stand(text, column, hint):
    ((_, at, code, _, said),) = told(block("ask", text))
    assert (at, code) == (column, "not-read")
    assert hint in said


@pytest.mark.parametrize(
    "text",
    [
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
            "p<0.05*, p<0.01**, ***",
        ),
        *("* p<0.05, ** p<0.01, *** p<0.001", "Tax** is due.\n\n** In cash.", "x ** 2\n\ny ** 2"),
        *(
            "**a** b **c**",
            "**one\ntwo**",
            r"\*\*bold \*\*text",
            "**a *b* c** and **d**",
            "Use `**` and `**`.",
        ),
    ],
)
def test_stars_of_sums_of_notes_and_those_that_close_stay_silent(text):
    assert told(block("ask", text)) == []


# --- readings that are none ---------------------------------------------------------------------------


@pytest.mark.parametrize(
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
def test_a_reading_that_shows_its_signs_is_told_where_it_stands(text, column, hint):
    ((_, at, code, _, said),) = told(block("ask", text))
    assert (at, code) == (column, "not-read")
    assert hint in said


@pytest.mark.parametrize(
    "text",
    [
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
    ],
)
def test_other_braces_and_bars_beside_chinese_characters_stay_silent(text):
    assert told(block("ask", text)) == []


# --- lines that are broken on purpose -----------------------------------------------------------------

VERSES = {
    "short": "Roses are red,\nviolets are blue,\nsugar is sweet,\nand so are you.",
    "capitals": """\
Souvent, pour s'amuser, les hommes d'équipage
Prennent des albatros, vastes oiseaux des mers,
Qui suivent, indolents compagnons de voyage,
Le navire glissant sur les gouffres amers.""",
    "two": "Tyger Tyger, burning bright,\nIn the forests of the night;",
    "Japanese": "古池や\n蛙飛びこむ\n水の音",
    "Arabic": "ذهب الولد إلى المدرسة\nوعاد في المساء\nثم نام",
    "address": "Jane Doe\n12 High Street\nOxford OX1 4AA",
    "dialogue": "– Wie geht es dir heute, nach der langen Reise von gestern?\n– Gut.",
    "items": "a) the heart, which pumps blood through two circuits in a row\nb) the liver",
}
PROSE = {
    "wrapped": """\
In 1999 the Massachusetts Institute of Technology began to publish the Material
of its lectures, which anybody may use, copy and change as long as its source is
named and nothing is sold.""",
    "edited": """\
The heart pumps blood through two circuits,
one behind the other, and each
of them has its own ventricle, so that both
must pump the same amount.""",
    "a line for each sentence": """\
The heart pumps blood through two circuits, one behind the other.
Each has its own ventricle.
Both pump the same amount.
Else one side would fill up.""",
    "German nouns": """\
Die Bäckerin formt am frühen Morgen aus dem reifen Teig ein großes
Brot, das im heißen
Ofen schnell aufgeht, und stellt es danach auf ein Gitter.""",
    "capitals alone": """\
THE SOFTWARE IS PROVIDED AS IT IS, WITHOUT A
WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED.""",
    "a question": "What is the capital\nof France?",
    "list": "Three parts:\n\n- Head,\n- Trunk,\n- Tail.",
    "code": "```text\nRoses are red,\nViolets are blue,\nSugar is sweet.\n```",
    "table": "| A, | B |\n|---|---|\n| C, | D |\n| E, | F |",
    "formula": "$$\na = b,\\\\\nC = d,\\\\\nE = f\n$$",
    "verses": "Roses are red,\\\nViolets are blue,\\\nSugar is sweet.",
    "paragraphs": "Roses are red,\n\nViolets are blue,\n\nSugar is sweet.",
    "picture": "What is it?\n![A heart](heart.png)\nName two.",
}


def joined(text):
    return [found[:2] for found in told(block("ask", text)) if found[2] == "joined-lines"]


@pytest.mark.parametrize("text", VERSES.values(), ids=VERSES)
def test_lines_that_were_broken_on_purpose_are_told_before_they_are_joined(text):
    ((line, at, code, said, hint),) = told(block("ask", text))
    assert (line, at, code) == (4, 5, "joined-lines")
    assert text.partition("\n")[0][:39] in said
    assert "a backslash at the end of each line" in hint
    written = text.replace("\n", "\\\n")
    assert told(block("ask", written)) == [], "what the hint says mends it"
    assert to_html(Prose(written)).count("<br") == text.count("\n")


@pytest.mark.parametrize("text", PROSE.values(), ids=PROSE)
def test_lines_that_may_be_wrapped_or_that_end_as_written_are_left_alone(text):
    assert joined(text) == []


def test_verses_are_found_in_quotations_in_lists_and_beside_deletions():
    verses = VERSES["short"].split("\n")
    assert joined("Who?\n\n" + "\n".join(f"> {line}" for line in verses)) == [(6, 7)]
    assert joined("- one\n- " + "\n  ".join(verses)) == [(5, 7)]
    text = VERSES["short"].replace("blue", "{{c1::blue}}")
    ((line, at, code, *_),) = told(block("cloze", text))
    assert (line, at, code) == (4, 5, "joined-lines")


BEHIND = {
    "list": ("Which?\n- one\n- two\nGive a reason.", "list", (7, 5)),
    "numbers": ("1. mix\n2. heat\n\n3. cool\nWhat then?", "list", (8, 5)),
    "list in a list": ("- a\n  - b\n  - c\nWhat then?", "list", (7, 5)),
    "quotation": (
        "> Arma virumque cano, Troiae qui primus\\\n> Italiam\nWho wrote it?",
        "quotation",
        (6, 5),
    ),
    "one verse": ("> Arma virumque cano\n— Vergil", "quotation", (5, 5)),
    "list in a quotation": ("> - a\n> - b\n> Who?", "list", (6, 5)),
    "table": ("| a | b |\n|---|---|\n| 1 | 2 |\nWhich is next?", "table", (7, 5)),
}


@pytest.mark.parametrize(("text", "what", "place"), BEHIND.values(), ids=BEHIND)
def test_a_line_that_becomes_a_part_of_what_it_stands_behind_is_told(text, what, place):
    ((*at, code, said, hint),) = told(block("ask", text))
    assert (tuple(at), code) == (place, "joined-lines")
    assert f"a part of the {what}" in said
    assert "leave a line empty" in hint
    above, _, line = text.rpartition("\n")
    assert told(block("ask", f"{above}\n\n{line.lstrip('> ')}")) == [], (
        "what the hint says mends it"
    )


@pytest.mark.parametrize(
    "text",
    [
        "- an item that has been wrapped by an editor, which\nhas not set it in\n- two",
        "> a quotation that has been wrapped by an editor, which\nhas set no sign before it",
        "- one\n  two\n- three",
        "- an item that runs\nover two lines\n- another one",
        "3. October 1990\nwas a Wednesday",
        "a | b\n--|--\n1 | 2\n\nWhich?",
        "> one\n>two",
    ],
)
def test_a_line_that_goes_on_what_it_stands_behind_is_not_told(text):
    assert joined(text) == []


def test_a_long_line_is_quoted_with_a_sign_that_it_goes_on():
    ((*_, said, _),) = told(block("ask", VERSES["capitals"]))
    assert "“Souvent, pour s'amuser, les hommes d'équ…”" in said


TABLES = {
    "code": ("| a | b |\n|---|---|\n| `x|y` | 2 |", (6, 5), "\\|"),
    "formula": ("| a | b |\n|---|---|\n| $|x|$ | 2 |", (6, 5), "in code and formulas too"),
    "code in a full row": ("| a | b |\n|---|---|\n| `x|y` |", (6, 5), "\\|"),
    "formula in the head": ("| a | $|x|$ |\n|---|---|\n| 1 | 2 |", (5, 5), "its head has 4 cells"),
    "quotation": ("> | a | b |\n> |---|---|\n> | 1 | 2 |", (4, 5), "no list and no quotation"),
    "list": ("- x\n\n  | a | b |\n  |---|---|\n  | 1 | 2 |\n- y", (7, 7), "no list"),
}


@pytest.mark.parametrize(("text", "place", "said"), TABLES.values(), ids=TABLES)
def test_a_table_that_loses_a_cell_or_is_none_is_told_with_what_to_write(text, place, said):
    ((*at, code, _, hint),) = [
        each for each in told(block("ask", text)) if each[2] != "joined-lines"
    ]
    assert (tuple(at), code) == (place, "not-read")
    assert said in hint


def test_signs_in_the_code_and_the_formulas_of_a_table_part_no_cells_behind_a_backslash():
    text = "| a | b |\n|---|---|\n| `x\\|y` | $\\|x\\|$ |"
    assert told(block("ask", text)) == []
    assert "<td><code>x|y</code></td><td>\\(|x|\\)</td>" in to_html(Prose(text))


BESIDE = {
    "formula": "Es gilt\n$$x = 1$$\nWas folgt?",
    "formula on lines": "Es gilt\n$$\nx = 1\n$$\nWas folgt?",
    "formula with a comma": "Es gilt\n$$x = 1$$,\nWas folgt?",
    "three formulas": "Sei\n$$x$$\nUnd\n$$y$$\nDann\n$$z$$\nist",
}


@pytest.mark.parametrize("text", BESIDE.values(), ids=BESIDE)
def test_a_formula_of_its_own_line_joins_no_lines(text):
    assert told(block("ask", text)) == []
    assert "$$" not in to_html(Prose(text))


def test_lines_beside_a_formula_of_its_own_line_may_still_be_broken():
    assert joined("$$x$$\n" + VERSES["short"]) == [(5, 5)]
    assert joined("Es gilt $$x$$ immer,\nAuch hier") == [(4, 19)]


def test_a_line_is_quoted_with_its_code_and_formulas():
    text = "Wer ruft `f(x)` auf,\nWer liest $y$ ein,\nWer ist da?"
    ((line, at, _, said, _),) = told(block("ask", text))
    assert (line, at) == (4, 5)
    assert "“Wer ruft `f(x)` auf,”" in said


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("| a | b |\n| c | d |\n| e | f |", "|---|---|"),
        ("for x in y:\n    print(x)\n    y = 3", "```"),
        ("let x = f(3);\nlog(x);\nx = 4;", "```"),
        ("SELECT name\nFROM t\nWHERE x = 3", "```"),
        ("The night is long;\nThe day is short;\nThe rest is dark.", "a backslash at the end of"),
    ],
)
def test_lines_are_told_with_what_they_look_like(text, hint):
    ((*_, code, _, said),) = told(block("ask", text))
    assert code == "joined-lines"
    assert hint in said
    assert "a block that begins with |" in said


@pytest.mark.parametrize(
    "written",
    [
        '- ask: "Red,\\nBlue,\\nGreen."\n',
        "- ask: >\n    Red,\n\n    Blue,\n\n    Green.\n",
        "- ask: Red,\n\n    Blue,\n\n    Green.\n",
    ],
    ids=["double quotes", "folded", "plain"],
)
def test_the_hint_holds_for_every_way_of_writing_a_text(written):
    ((*_, code, _, said),) = told(f"{HEAD}{written}  answer: Sauer\n")
    assert code == "joined-lines"
    assert "in a block that begins with |" in said


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("- ask: >\n    Roses are red,\\\n    Violets too\n", (4, 15)),
        ("- ask: Roses are red,\\\n    Violets too\n", (3, 18)),
        ("- ask: |\n    Roses are red,\\\n    Violets too\\\n", (5, 13)),
        ("- ask: |\n    Roses are red,\\\n\n    Violets too\n", (4, 15)),
        ("- ask: |\n    Which?\n\n    - one\\\n    - two\n", (6, 7)),
        ("- ask: What is in C:\\ there?\n", (3, 19)),
        ("- ask: |\n    Roses are red,\\ \n    Violets too\n", (4, 15)),
        ("- ask: |\n    Roses \\ \n    Violets \\ \n    Tulips\n", (4, 5)),
    ],
    ids=[
        *("folded", "plain", "last verse", "before an empty line", "item", "path"),
        *("before a blank", "between blanks"),
    ],
)
def test_a_backslash_that_ends_no_line_is_told_since_learners_see_it(written, place):
    ((*at, code, said, _),) = told(f"{HEAD}{written}  answer: Sauer\n")
    assert (tuple(at), code) == (place, "joined-lines")
    assert "learners see it" in said


@pytest.mark.parametrize(
    "text", ["A \\ B", "\\", "a\\\\ b", "`a\\ b`", "$a\\ b$", "“\\” there", "a\\\nb", "a\\*"]
)
def test_a_backslash_that_is_a_sign_or_ends_a_line_is_not_told(text):
    assert joined(text) == []


GLUED = {
    "question": ('- ask: "Roses are red,\\\n    Violets too"\n', (3, 19)),
    "deletion": ('- ask: |\n    Who?\n  more: "so {{c1::much}}\\\n    depends"\n', (5, 13)),
    "second line": ('- ask: "Roses\n    are red,\\\n    Violets too"\n', (4, 9)),
    "written end": ('- ask: "Who?\\n\\n Roses are red,\\\n    Violets too"\n', (3, 28)),
    "sign": ('- ask: "Roses \\"red\\"\\\n    Violets too"\n', (3, 15)),
}


@pytest.mark.parametrize(("written", "place"), GLUED.values(), ids=GLUED)
def test_lines_that_a_backslash_joins_between_double_quotes_are_told(written, place):
    found = [each for each in told(f"{HEAD}{written}  answer: Sauer\n") if each[2] != "near-cloze"]
    ((*at, code, said, hint),) = found
    assert (tuple(at), code) == (place, "joined-lines")
    assert "without a blank" in said
    assert "a block that begins with |" in hint


@pytest.mark.parametrize(
    "said",
    [
        *(
            '"one \\\n    two"',
            '"one\\\n    \\ two"',
            '"one\\n\\\n    two"',
            '"one\\n    two\\\n    "',
        ),
        *('"what is \\\\\n    here"', '"静かな夜\\\n    月が出る"'),
    ],
    ids=["blank", "written blank", "written end", "end", "sign", "Japanese"],
)
def test_a_backslash_between_double_quotes_that_glues_no_words_is_not_told(said):
    assert told(f"{HEAD}- ask: {said}\n  answer: Sauer\n") == []


@pytest.mark.parametrize(
    "card",
    [
        "sequence: {prompt: Which is missing?, ordered: true, items: [{text: %s}]}",
        "sort: {ask: Which?, options: [Acid], cases: [{case: %s, belongs: Acid, why: It is.}]}",
    ],
    ids=["sequence", "sort"],
)
def test_a_warning_about_a_text_hides_no_error_of_its_record(card):
    _, found = assemble({"t.yaml": (HEAD + "- " + card % '"so\\\n    on"').encode()})
    assert {"joined-lines", "short-list"} <= {each.code for each in found}


@pytest.mark.parametrize("text", ["$$\nx = 1", "Es\n\n$$\nx\n\ny\n$$"])
def test_a_formula_on_lines_that_does_not_end_is_told(text):
    ((*_, code, said, _),) = told(block("ask", text))
    assert code == "not-read"
    assert "$$" in said


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Es gilt\n$$ x = 1 $$\nWer?", (5, 5)),
        ("Es gilt $$ x = 1 $$.", (4, 13)),
        ("Es\n$$\nx = 1\n$$.", (5, 5)),
        ("Es\n$$x = 1\n$$\nWer?", (5, 5)),
        ("Es gilt $$\nx = 1\n$$ hier", (4, 13)),
        ("$$ x = 1 $$ gilt für \\$5", (4, 5)),
    ],
    ids=["in a paragraph", "before a stop", "stop behind it", "begun on its line", "words", "sign"],
)
def test_a_formula_between_two_signs_each_that_is_shown_with_them_is_told(text, place):
    found = [each for each in told(block("ask", text)) if each[2] != "joined-lines"]
    ((*at, code, said, hint),) = found
    assert (tuple(at), code) == (place, "not-read")
    assert "looks like a formula" in said
    assert "$$x^2$$" in hint


@pytest.mark.parametrize(
    "text",
    [
        *(
            "What is $$ here, and $$ there?",
            "5$$ or 6$$ = x",
            "\\$\\$ x = 1 \\$\\$",
            "`$$ x = 1 $$`",
        ),
        *("$$ x = 1 $$", "- $$ x = 1 $$\n- b", "$$x$$ and $$y$$ = $$z$$", "```\n$$ x = 1 $$.\n```"),
    ],
)
def test_two_dollar_signs_that_are_read_or_mean_themselves_are_not_told(text):
    assert told(block("ask", text)) == []


def test_a_formula_on_a_line_of_its_own_is_quoted_with_its_signs():
    ((*_, code, said, _),) = told(block("ask", "Es gilt $$\\foo$$ immer"))
    assert code == "formula"
    assert "“$$\\foo$$”" in said


@pytest.mark.parametrize(
    ("text", "column", "said"),
    [
        ("Was ist [das] (https://a.example)?", 13, "no blank stands before"),
        ("Was ist [das](https://a.example/b c)?", 13, "%20"),
        ("Was ist ![[teig.png]]?", 13, "![what it shows](file.png)"),
        ("Was ist $\\pu{5 kJ}$?", 14, "\\mathrm{kJ}"),
        ("Was ist $\\SI{5}{kJ}$?", 14, "\\mathrm{kJ}"),
    ],
)
def test_a_link_a_picture_or_a_unit_as_others_write_it_is_told_with_what_to_write(
    text, column, said
):
    ((line, at, _, message, hint),) = told(block("ask", text))
    assert (line, at) == (4, column)
    assert said in hint
    assert "·" not in message


@pytest.mark.parametrize(
    "text",
    [
        *("Was ist [das](https://a.example)?", 'Was ist [das](https://a.example "so")?'),
        *(
            "Was ist \\[das] (https://a.example)?",
            "Siehe [1] (https://a.example)",
            "f[x] (y)",
            "![[",
        ),
    ],
)
def test_brackets_that_are_a_link_or_mean_themselves_are_not_told(text):
    assert told(block("ask", text)) == []


def test_dollar_signs_alone_are_an_answer():
    assert told(block("ask", "$$")) == []


# --- ends of lines ---------------------------------------------------------------------------------


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x85", "\r"])
@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("- ask: |\n    What{} is it?\n  answer: Sauer\n", (4, 9)),
        ("- ask: |\n    What{}    is it?\n  answer: Sauer\n", (4, 9)),
        ("- ask: What{}is it?\n  answer: Sauer\n", (3, 12)),
        ("# a{}b\n- ask: What is it?\n  answer: Sauer\n", (3, 4)),
    ],
    ids=["block", "block with a line", "plain", "comment"],
)
def test_a_sign_that_ends_a_line_for_yaml_alone_is_told_where_it_stands(sign, written, place):
    ((*at, code, _, hint),) = told(HEAD + written.format(sign))
    assert (tuple(at), code) == (place, "yaml-character")
    assert hint


def test_what_stands_behind_such_a_sign_has_its_place():
    _, (line, at, code, *_) = told(f"{HEAD}- ask: What\u2028is it?\n  answer: Ca^2+\n")
    assert (line, at, code) == (4, 11, "not-read")


def test_line_ends_of_windows_are_told_by_nobody():
    for end in ("\r\n", "\r\r\n"):
        written = f"{HEAD}- ask: What is it?\n  answer: Sauer\n"
        assert told(written.replace("\n", end)) == []


def test_verses_in_a_folded_block_are_one_paragraph_as_it_says():
    assert told(block("ask", VERSES["short"]).replace("|", ">")) == []


# --- deletions ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
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
    ],
)
def test_a_deletion_holds_the_braces_and_colons_that_are_its_words(text, found):
    assert [(each.words, each.hint) for each in clozes.deletions(text)] == found


def test_anki_ends_a_deletion_where_the_author_did():
    assert to_cloze(Prose("{{c1::f{x}}} and {{c2::std::move::}}")) == (
        "{{c1::f{x&#125;}} and {{c2::std:&#58;move}}"
    )


@pytest.mark.parametrize(
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
)
def test_a_deletion_that_anki_would_not_read_as_meant_is_told_where_it_stands(text, code, place):
    ((*at, found, _, _),) = told(block("cloze", text))
    assert (found, tuple(at)) == (code, place)


@pytest.mark.parametrize(
    "text",
    [
        "{{c1::Paris::city}} and {{c2::b::name(s)}} and {{c3::c::a place (in France)}}",
        "``{{c1::x}}`` and {{c2::y}}",
        "````\n{{c1::x}}\n````\n\n{{c2::y}}",
        "```\n{{ x }}\n```\n\n{{c1::y}}",
        r"$\text{ {{ x }} }$ and {{c1::y}}",
        "{{c1::`std::move`}}",
    ],
)
def test_hints_in_plain_words_and_braces_that_are_shown_are_not_told(text):
    assert told(block("cloze", text)) == []


# --- places --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("- ask: |\n    one\n\n    two\n    three <b>\n", (7, 11)),
        ("- ask: >-\n    one\n    two\n    *three <b>\n", (6, 12)),
        ("- ask: |2-\n     one\n    two <b>\n", (5, 9)),
        ("- ask: 'it''s <b>'\n", (3, 15)),
        ("- ask: 'it''s\n\n    so <b>'\n", (5, 8)),
        ('- ask: "a\\x20b \\u00e4\\"c <b>"\n', (3, 26)),
        ('- ask: "a\n    b \\\n    c <b>"\n', (5, 7)),
        ("- ask: one\n    two <b>\n", (4, 9)),
        ("- {ask: a <b>, answer: c}\n", (3, 11)),
        ("- cloze: |\n    {{c1::a::b}} c\n    {{c2::d}} <b>\n", (5, 15)),
        ("- cloze: |\n    {{c1::a::b}} {{c2::c <b>::d}}\n", (4, 26)),
        ("- pairs:\n  - a: b\n  - c: d <b>\n", (5, 10)),
    ],
)
def test_a_fault_is_told_at_its_own_line_and_column(written, place):
    answer = "" if ":" in written.split("ask", 1)[0] or "answer" in written else "  answer: Sauer\n"
    ((*at, code, _, _),) = told(HEAD + written + answer)
    assert (tuple(at), code) == (place, "not-read")


def test_a_fault_in_a_table_of_pairs_is_told_in_its_row():
    course = f"{HEAD}- pairs: t.csv\n"
    table = 'left,right\na,b\nc,"d <b>"\n'
    _, found = assemble({"t.yaml": course.encode(), "t.csv": table.encode()})
    assert [e.span[:3] for e in found if e.code == "not-read"] == [("t.csv", 3, 6)]


@pytest.mark.parametrize("words", [r"\xau", r"\u12", r"\Uffffffff", "\\"])
def test_a_backslash_in_a_table_of_pairs_is_no_escape(words):
    table = f'left,right\n"{words} <b>",a\n'
    _, found = assemble({"t.yaml": f"{HEAD}- pairs: t.csv\n".encode(), "t.csv": table.encode()})
    assert {e.span.line for e in found if e.code == "not-read"} == {2}


# --- YAML ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "place", "message", "hint"),
    [
        ('- ask: "What is it?\n  answer: b\n', (3, 8), "nothing closes", "close it"),
        ('- ask: "What?\n  answer: "b"\n', (3, 8), "closed only on line 4", "close it"),
        ("- ask: 'What's it?'\n  answer: b\n", (3, 14), "goes on", "write ''"),
        ('- ask: "a" or "b"?\n  answer: b\n', (3, 12), "goes on", 'write \\"'),
        ("- cloze: {{c1::a}} b\n", (3, 11), "plain word", "quotation marks"),
        ("- cloze: {{c1::a}}\n", (3, 11), "plain word", "quotation marks"),
        ("- ask: [a] is\n  answer: b\n", (3, 12), "expected", "[ needs quotation marks"),
        *[
            (f"- ask: {sign}he go\n  answer: b\n", (3, 8), "", f"{sign}")
            for sign in ("*", "&", "!", "@", "`", "%", "|", "> ")
        ],
        ("- ask: *he* goes\n  answer: b\n", (3, 8), "", "begins with *"),
        ("- ask: a\n  answer: - b\n", (4, 11), "", "“- ”"),
        ('- ask: a\n  answer: "\\d"\n', (4, 12), "escape", "second one"),
        ("-\task: a\n", (3, 2), "tab", "spaces"),
        ("- ask:a\n  answer: b\n", (4, 9), "", "blank behind each colon"),
        ("- question: a\n  answer: b\n", (3, 3), "“question”", "“ask”"),
        ("- aks: a\n  answer: b\n", (3, 3), "“aks”", "“ask”"),
        ("- front: a\n  back: b\n", (3, 3), "“front”", "“ask”"),
        ("- ask a\n", (3, 3), "not a text", "colon and a blank"),
    ],
)
def test_yaml_that_is_not_what_was_meant_is_told_with_what_to_write(written, place, message, hint):
    ((*at, _, said, todo),) = told(HEAD + written)
    assert tuple(at) == place
    assert message in said
    assert hint in todo


@pytest.mark.parametrize("written", ["$\\nu$", "$a \\neq b$", "so $\\nabla f$"])
def test_a_line_end_that_yaml_makes_in_a_formula_is_told(written):
    ((line, *_, hint),) = told(f'{HEAD}- ask: "{written}"\n  answer: b\n')
    assert line == 3
    assert "single quotes" in hint


def test_a_bare_list_is_told_what_a_file_begins_with():
    ((*_, hint),) = told("- ask: a\n  answer: b\n")
    assert "title" in hint
    assert "cards" in hint


@pytest.mark.parametrize(
    ("line", "column"),
    [("Issue #5", 16), ("C #", 12), ("F # major", 12), ("a #b", 12), ("#include", 10)],
)
def test_words_that_yaml_takes_for_a_comment_are_told(line, column):
    found = told(f"{HEAD}- ask: {line}\n  answer: b\n")
    assert [each[:3] for each in found] == [(3, column - 2, "yaml-comment")] or line == "#include"
    assert found[-1][2] == "yaml-comment"


@pytest.mark.parametrize(
    "line", ["a # a remark", "'Issue #5'", '"C #"', "C# and F#", "vitamin D # x"]
)
def test_remarks_and_quoted_words_are_not_told(line):
    assert told(f"{HEAD}- ask: {line}\n  answer: b # TODO\n") == []


# --- what nobody can see ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name"),
    [
        *[("a\u200bb", "zero width space"), ("a\u202eb", "right-to-left override")],
        *[("a\u200db", "zero width joiner"), ("a\ufeffb", "zero width no-break space")],
        *[("a\u200eb", "left-to-right mark"), ("`a\u2066b`", "left-to-right isolate")],
        ("$a\u200bb$", "zero width space"),
    ],
)
def test_a_sign_that_nobody_can_see_is_told_by_its_name(text, name):
    ((line, column, code, message, _),) = told(block("ask", text))
    assert (line, column, code) == (4, 6 + (text[0] in "`$"), "control-character")
    assert name in message


@pytest.mark.parametrize(
    "text",
    [
        "می\u200cخواهم",
        "क्\u200dष",
        "👩\u200d🔬",
        "שלום \u200f(a)",
        "สวัสดี\u200bครับ",
        "Teig\u00adware",
    ],
)
def test_signs_that_a_script_needs_are_not_told(text):
    assert told(block("ask", text)) == []


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
    ],
)
def test_chemistry_that_is_not_known_is_told_by_its_part(given, part, hint):
    message, said = formula.fault(rf"\ce{{{given}}}")
    assert f"“{part}”" in message
    assert hint in said
