"""HTML of fields as print reads it: all of its words, and nothing else."""

import html
import re

import pytest
from conftest import some
from coursedeck.outputs.breaks import nodes
from coursedeck.text import formula, to_html, to_plain, to_tree
from coursedeck.text.fields import left_out
from coursedeck.text.tree import (
    Formula,
    Image,
    Link,
    List,
    Listing,
    Paragraph,
    Strong,
    Table,
    Tree,
    plain,
)
from coursedeck.texts import Html
from hypothesis import given
from hypothesis import strategies as st
from tables import with_each

CASES = {
    "a<br>b": "a b",
    "<div>a</div><div>b</div>": "a b",
    "a&nbsp;b &lt;c&gt; &amp;amp;": "a b <c> &amp;",
    "<ul><li>a<li>b <b>c</b></ul>": "a b c",
    "x [sound:a b.mp3] y": "x y",
    "[anki:tts lang=de_DE]Wort[/anki:tts] x": "x",
    r"[latex]\textbf{a} \emph{b \underline{c}} \% \ldots{} d--e[/latex]": "a b c % … d–e",
    r"[latex]a\\b \par c[/latex]": "a b c",
    r"[latex]a \\[2pt] b \[x\][/latex]": "a b x",
    r"[latex]$x$\\$y$\\\[z\][/latex]": "x y z",
    r"[latex]\begin{itemize}\item a \item b\end{itemize}[/latex]": "a b",
    r"[latex]{\bf a} {\itshape b {\tt c}} {\bfx d}[/latex]": r"a b c {\bfx d}",
    r"[latex]\begin{itemize}\item[a] b \item c\end{itemize}[/latex]": "a b c",
    r"[latex]\begin{description}\item[a] b \item [c] d\end{description}[/latex]": "a b c d",
    r"[latex]a % no<br>b 5\% $c % no<br>+d$ \\% no<div>e</div>[/latex]": "a b 5% c +d e",
    r"[latex]\begin{tabular}{ll}a &amp; b\\\hline c & $x$\end{tabular}[/latex]": "a b c x",
    r"[latex]\begin{align*}x&=1\end{align*}[/latex]": r"\begin{align*}x&=1\end{align*}",
    r"[latex]\(x\) \[y\] \begin{equation}z\end{equation}[/latex]": "x y z",
    r"[latex]\$5 or $x$ \unknown{a}[/latex]": r"$5 or x \unknown{a}",
    "<script>alert(1)</script><style>b{}</style>x": "x",
    '<span style="display:none">no</span>yes': "yes",
    '<span style="DISPLAY : None">no</span>yes': "yes",
    '<i style="color:red;visibility\n: HIDDEN">no</i>yes': "yes",
    '<i style="x-display:none">yes</i>': "yes",
    "<code>a = 1<div>b = 2</div>c</code>": "a = 1 b = 2 c",
    "<a href='https://a.org/'><div>One</div><div>Two</div>Three</a>": "One Two Three",
    "<a href='https://a.org/'><div>One</div><div>Two</div></a>Three": "One Two Three",
    "One<a href='https://a.org/'><i><div>Two</div></i> </a>Three<b>Four</b>": "One Two ThreeFour",
    "<a href='https://a.org/'><b><p>One</p></b><ul><li>Two<li>Three</ul></a>": "One Two Three",
    "<!-- no -->yes<!-- open": "yes",
    "<b>a<i>b</b>c": "abc",
    "</div>a</p>": "a",
    "<table><tr><th>a<th>b<tr><td>c<td>d</table>": "a b c d",
    "<ruby>漢<rt>kan</rt></ruby>": "漢(kan)",
    '<img src="nowhere.png">x': "[nowhere.png]x",
    '<img src="data:image/png;base64,AAAA">x': "x",
    "<h2>Head</h2>text": "Head text",
    "a < b & c": "a < b & c",
    "<q>x</q>": "“x”",
    "<details open><summary>s</summary>t</details>": "s t",
}


@with_each("given_", CASES)
def test_all_words_are_there_and_no_markup(given_):
    assert to_plain(Html(given_)) == CASES[given_]


def only(text):
    (block,) = to_tree(Html(text)).blocks
    return block


def test_structures_become_those_of_our_own_texts():
    assert only("<b>x</b>") == Paragraph((Strong(("x",)),), tight=True)
    assert isinstance(only("<ol start=3><li>a<li>b</ol>"), List)
    assert only("<ol start=3><li>a</ol>").start == 3
    assert only("<pre>a\n  b<br>c</pre>") == Listing("a\n  b\nc")
    assert isinstance(only("<table><tr><td>a<td>b</table>"), Table)
    assert only('<img src="anki-media/a.png" alt="A">') == Paragraph(
        (Image("A", "anki-media/a.png"),), tight=True
    )
    assert only(r"\(x &lt; <b>1</b>\)") == Paragraph((Formula("x < 1", kept=True),), tight=True)
    assert only("[$$]x^2[/$$]").children == (Formula("x^2", display=True, kept=True),)
    assert only("[latex]Let $x$ be[/latex]").children == ("Let ", Formula("x", kept=True), " be")


@with_each(
    "address", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//x.org", ""]
)
def test_a_link_leads_to_the_web_or_nowhere(address):
    assert only(f'<a href="{address}">x</a>') == Paragraph(("x",), tight=True)
    assert isinstance(only('<a href="https://example.org">x</a>').children[0], Link)


LAW = r"\forall f, g \in Morph(C), cod(f) = dom(g), \exists h \in Morph(C), h = f \circ g"
SUM = r"S = a_1 x_1 + a_2 x_2 + a_3 x_3 + a_4 x_4 + a_5 x_5 + a_6 x_6 + a_7 x_7 + a_8 x_8"
INNER = r"\left\{ x, y, z, u, v, w, x', y', z', u', v', w' \right\} = \frac{a, b = c}{d}"


@pytest.mark.slow
@pytest.mark.parametrize("tex", [LAW, SUM, INNER])
def test_a_formula_wider_than_a_line_is_parts_of_it_none_of_which_is_small(tex):
    """It was one drawing, shrunk until nobody could read it."""
    parts = [each for each in nodes(to_tree(Html(rf"\({tex}\)"))) if each != " "]
    assert len(parts) > 1
    assert "".join("".join(part["c"][0] for part in parts).split()) == "".join(tex.split())
    assert max(part["width"] for part in parts) < 20
    assert to_plain(Html(rf"\({tex}\)")) == tex


def test_a_formula_that_fits_stays_one():
    assert [each["display"] for each in nodes(to_tree(Html(r"\(a, b = c\)")))] == [False]
    assert [each["display"] for each in nodes(to_tree(Html(r"\[a, b = c\]")))] == [True]


def test_a_formula_that_is_wide_and_cannot_be_parted_is_named():
    wide = r"\sqrt{" + "abcdefghijk" * 8 + "}"
    assert left_out(rf"\({wide}\)") == {"formulas that are wider than a line are small"}
    assert not left_out(rf"\({LAW}\)")


def test_what_paper_has_no_form_for_is_named():
    told = left_out("<script>1</script><video src=x></video><svg><text>no</text></svg>")
    assert told == {
        "what scripts do is left out",
        "films are left out",
        "drawings within the HTML are left out",
    }
    assert left_out(r"\(\href{https://x.org}{x}\)") == {
        "formulas that cannot be drawn stand as their TeX"
    }
    assert not left_out("<b>x</b>")


def test_the_html_that_we_make_of_it_has_nothing_but_our_own_elements():
    made = to_html(
        Html('<b onclick="x()">a</b><iframe src=x></iframe><object>b</object>&lt;script&gt;')
    )
    assert made == "<strong>a</strong>&lt;script&gt;"


@pytest.mark.slow
@given(st.text("<>/ab &;\"'=!-[]{}$\\(p\n", max_size=60))
def test_whatever_it_is_it_is_read_and_printed(text):
    tree = to_tree(Html(text))
    assert nodes(tree) is not None
    assert html.unescape(re.sub(r"<[^>]*>", "", to_html(Html(text)))) is not None


@pytest.mark.parametrize(
    "tex",
    [
        r"\begin{pmatrix}a\\b\end{pmatrix}^T",
        r"\begin{vmatrix}a\\b\end{vmatrix}_{2} + 1",
        r"x \begin{matrix}1\end{matrix} ^2 \begin{bmatrix}1\end{bmatrix}^T",
    ],
)
def test_a_matrix_with_an_exponent_is_drawn(tex):
    assert formula.fault(tex) is None


def test_a_formula_that_cannot_be_drawn_is_not_taken_for_dollars():
    message, hint = formula.fault(r"\,")
    assert (message, "dollar" in hint) == ("this formula cannot be drawn", False)


def table_of(given_):
    (block,) = to_tree(Html(given_)).blocks
    words = [[to_words(cell) for cell in row] for row in (block.head, *block.rows)]
    return words[0], words[1:]


def to_words(cell):
    return " ".join(each if isinstance(each, str) else to_words(each.children) for each in cell)


@with_each(
    ("given_", "head", "rows"),
    [
        ("<tr><td>a<td>b<tr><td>c<td>d", [], [["a", "b"], ["c", "d"]]),
        ("<tr><th>a<th>b<tr><td>c<td>d", ["a", "b"], [["c", "d"]]),
        ("<thead><tr><td>a<td>b</thead><tr><td>c<td>d", ["a", "b"], [["c", "d"]]),
        ("<tr><th>a<td>b<tr><th>c<td>d", [], [["a", "b"], ["c", "d"]]),
        ("<tr><td rowspan=2>a<td>b<tr><td>d", [], [["a", "b"], ["a", "d"]]),
        ("<tr><td colspan=2>a<tr><td>c<td>d", [], [["a", "a"], ["c", "d"]]),
        (
            "<tr><td rowspan=2 colspan=2>a<td>b<tr><td>c<tr><td>x<td>y<td>z",
            [],
            [["a", "a", "b"], ["a", "a", "c"], ["x", "y", "z"]],
        ),
        ("<tr><td>a<td rowspan=3>b<tr><td>c<tr><td>d", [], [["a", "b"], ["c", "b"], ["d", "b"]]),
        ("<tr><td colspan=0 rowspan=x>a<td>b<tr><td>c", [], [["a", "b"], ["c", ""]]),
    ],
)
def test_a_table_says_on_paper_what_it_says_on_a_screen(given_, head, rows):
    """Cells over several rows moved all behind them to other columns; the first row of data became a head."""
    made = f"<table>{given_}</table>"
    assert table_of(made) == (head, rows)
    spans = any(re.search(r"span=[2-9]", each) for each in [given_])
    assert left_out(made) == (
        {"what stands in cells of tables over several rows or columns stands in each"}
        if spans
        else set()
    )
    json_ = nodes(to_tree(Html(made)))[0]
    assert json_.get("headless", False) == (not head)
    assert len({len(row) for row in json_["rows"]}) == 1


def test_a_caption_stands_above_its_table():
    first, table = to_tree(Html("<table><caption>Pets</caption><tr><td>a<td>b</table>")).blocks
    assert (first, table.rows) == (Paragraph(("Pets",)), ((("a",), ("b",)),))


@with_each(
    ("given_", "marks"),
    [
        ("<ol>", ["1.", "2.", "3."]),
        ("<ol type=A>", ["A.", "B.", "C."]),
        ("<ol type='a' start=26>", ["z.", "aa.", "ab."]),
        ("<ol type=I start=3>", ["III.", "IV.", "V."]),
        ("<ol type=i start=9>", ["ix.", "x.", "xi."]),
        ('<ol style="list-style-type: upper-alpha">', ["A.", "B.", "C."]),
        ("<ol start=5>", ["5.", "6.", "7."]),
        ("<ol type=a start=0>", ["0.", "a.", "b."]),
        ("<ul type=A>", ["", "", ""]),
    ],
)
def test_a_list_counts_as_it_does_on_a_screen(given_, marks):
    """“Right: B” stood beside 1, 2 and 3."""
    (made,) = to_tree(Html(f"{given_}<li>x<li>y<li>z")).blocks
    assert [made.mark(place) for place in range(3)] == marks
    (flat,) = to_tree(Html(f"<table><tr><td>a<td>{given_}<li>x</table>")).blocks
    assert "".join(flat.rows[0][1]) == f"{marks[0] or '–'} x"
    assert not left_out(f"{given_}<li>x<li>y")
    assert left_out("<ol reversed><li>x") == left_out("<ol><li>x<li value=7>y") != set()
    assert to_tree(Html("<ol><li value=4>x<li>y")).blocks[0].mark(0) == "4."


@with_each(
    "given_",
    [
        "<div>a = 1</div><div>b = 2</div>",
        "a = 1<div>b = 2</div>",
        "<div>a = 1</div>b = 2",
        "a = 1\n<div>b = 2</div>",
        "<div>a = 1<br></div><div><div>b = 2</div></div>",
    ],
)
def test_blocks_in_code_are_its_lines(given_):
    """“a = 1b = 2” is what stood there."""
    assert to_tree(Html(f"<pre>{given_}</pre>")).blocks == (Listing("a = 1\nb = 2"),)


@with_each(
    ("given_", "items"),
    [
        ("<ol><li>a</li><ol><li>b</li></ol><li>c</li></ol>", ["a b", "c"]),
        ("<ul><li>a</li><ul><li>b</li></ul><ol><li>d</li></ol><li>c</li></ul>", ["a b d", "c"]),
        ("<ol><ol><li>b</li></ol><li>c</li></ol>", ["b", "c"]),
        ("<ol><li></li><li>b</li><li><br></li><li>d</li><li></li></ol>", ["", "b", "", "d"]),
    ],
)
def test_items_of_lists_have_the_numbers_that_a_browser_gives_them(given_, items):
    """A list that an editor indents stands beside the items, not in one."""
    (made,) = to_tree(Html(given_)).blocks
    assert [plain(Tree(item)).strip() for item in made.items] == items


def test_a_list_with_letters_has_them_in_html_too():
    assert (
        to_html(Html("<ol type=a start=3><li>x</ol>")) == '<ol type="a" start="3"> <li>x</li> </ol>'
    )
    assert to_html(Html("<ol><li>x</ol>")) == "<ol> <li>x</li> </ol>"


@with_each(
    ("given_", "made"),
    [
        ('m<span style="vertical-align: super">2</span>', "m<sup>2</sup>"),
        ('H<span style="VERTICAL-ALIGN :sub">2</span>O', "H<sub>2</sub>O"),
        ('<div style="font-weight:bold">a</div>', "<strong>a</strong>"),
        ('<p style="Font-Style : italic">a</p>', "<em>a</em>"),
    ],
)
def test_the_look_that_a_style_gives_words_is_kept_where_print_has_it(given_, made):
    assert to_html(Html(given_)) == made


PIECES = r"<b>,<div>,<ul><li>,<table><tr><td>,<!,&,<,\(,[latex],<blockquote>,<a href=x,<a \""


@pytest.mark.slow
@pytest.mark.parametrize("piece", some(PIECES.split(","), 3))
def test_no_depth_and_no_length_is_too_much(piece):
    assert to_tree(Html(piece * 5_000 + "x")) is not None
