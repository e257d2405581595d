"""A formula where Anki does not set it: in a browser, with the blanks that TeX has, and as one line of plain signs."""

import json

import pytest
from course_page import opening
from coursedeck import preview
from coursedeck.load import Memory, assemble
from coursedeck.notes import as_text, notes_of
from coursedeck.outputs import descriptions
from coursedeck.outputs.web import course as web
from coursedeck.text import formula, rewrite, to_line
from coursedeck.text.formula import mathml
from coursedeck.texts import Prose
from tables import with_each

COURSE = r"""
title: Water $\ce{H2O}$
id: water
cards:
  - {id: acid, ask: 'What is $\ce{H2O + CO2 -> H2CO3}$ called?', answer: 'what *makes* $\ce{H+}$'}
  - {id: square, cloze: 'A square of side $a$ has $A = {{c1::a^2}}$.'}
"""
RAW = ("\\", "$", "*")


@with_each(
    ("tex", "line"),
    [
        (r"x^2 + y_1 = -1", "x² + y₁ = −1"),
        (r"\frac{a+b}{2}", "(a + b)/2"),
        (r"\ce{SO4^2- + 2 H+ -> H2SO4}", "SO₄²⁻ + 2 H⁺ ⟶ H₂SO₄"),
        (r"\ce{A ->[heat] B}", "A ⟶(heat) B"),
        (r"2\sin^2 x", "2 sin² x"),
        (r"x^{ab}, \sqrt{-1}, \sqrt[3]{x}", "x^(ab), √(−1), ³√x"),
        (r"\bar x \approx \overline{AB}", "x\u0304 ≈ A\u0304B\u0304"),
        (r"90^\circ \text{ if } f' = 0", "90° if f′ = 0"),
        (r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}", "(a, b; c, d)"),
        (r"\int_0^1 x\,dx", "∫₀¹x dx"),
        (r"[\ldots]", "[…]"),
        (r"\underbrace{a+b}_{c}", "(a + b)_c"),
        (r"\overbrace{a+b}^{n}", "(a + b)ₙ"),
        (r"3\frac{1}{2} + \sqrt{2}3", "3 1/2 + √2 3"),
        (r"x^{3\frac12} = \frac{a}{b}\frac{c}{d}", "x^(3 1/2) = a/b c/d"),
        (r"-\frac{1}{2}mv^2, f(\frac12)", "−1/2 mv², f(1/2)"),
        (r"\frac{a}{b}^2 + \sqrt{x}^2", "(a/b)² + (√x)²"),
        (r"1{,}5 \not= [1,5]", "1,5 ≠ [1, 5]"),
        (r"A \xrightarrow[b]{a} \bigcup_i B_i", "A →(a, b) ⋃ᵢ Bᵢ"),
        (r"\begin{aligned} a &= b \\ c &= d \notag \end{aligned}", "a, = b; c, = d"),
        (r"E = mc^2 \tag{1}", "E = mc² (1)"),
        (r"\operatorname*{arg\,max} x, a \bmod b", "arg max x, a mod b"),
        (r"\cancel{ab} \not\perp c", "a\u0338b\u0338⟂\u0338c"),
        (r"\ce{A <=>> B}", "A ⟶(↽) B"),
        (r"\text{a & b}, \mathbb R", "a & b, ℝ"),
        (r"\text{a \mathrm{b} c}", r"a \text{bc}"),
        (r"\frac{1", r"\frac{1"),  # of a cloze, only a part may be there
    ],
)
def test_in_a_line_a_formula_is_plain_signs(tex, line):
    assert to_line(Prose(f"so ${tex}$ it is")) == f"so {line} it is"


def test_a_line_has_no_markup_and_code_as_it_is():
    assert to_line(Prose("a *b* `$c$` [d](https://e.org) 漢字{かんじ} \\$5")) == "a b $c$ d 漢字 $5"


@pytest.fixture(scope="module")
def water():
    course, found = assemble({"water.yaml": COURSE.encode()}, warnings=False)
    assert course, found
    return course


def test_what_is_shown_as_a_line_shows_no_tex_and_no_dollars(water):
    notes = notes_of(water)
    *_, seen = preview.read({"water.yaml": COURSE.encode()}, preview.NOTHING, Memory())
    state = json.loads(preview.state(seen))
    lines = [
        *(as_text(note).split("  ")[3] for note in notes),
        state["title"],
        *(line for each in state["cards"] for line in (*each["faces"], each["answers"])),
        *(said.splitlines()[-1] for said in descriptions.descriptions(water).values()),
        web.page(water, notes).html.decode().partition("<title>")[2].partition("</title>")[0],
    ]
    assert "What is H₂O + CO₂ ⟶ H₂CO₃ called?" in lines
    assert "A square of side a has A = […]." in lines
    assert state["title"] == "Water H₂O"
    assert [line for line in lines if any(sign in line for sign in RAW)] == []


def blanks(window, tex):
    """How far the signs of a formula stand apart, in tenths of its letters' height, on a page that sets it large."""
    window.set_content(f'<div style="font: 100px serif">{mathml(tex)}</div>')
    return window.evaluate(
        """() => {
          const leaves = [...document.querySelectorAll("math *")].filter(each => !each.children.length && each.textContent);
          const boxes = leaves.map(each => { const words = document.createRange();
            words.selectNodeContents(each); return words.getBoundingClientRect(); });
          return boxes.slice(1).map((box, at) => Math.round((box.left - boxes[at].right) / 10));
        }"""
    )


@pytest.fixture(scope="module")
def window(browser):
    page = browser.new_page()
    yield page
    page.close()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("tex", "apart"),
    [
        (r"=-1", [3, 0]),
        (r"a\implies b", [3, 3]),
        (r"a\pm b", [2, 2]),
        (r"\sin x", [2]),
        (r"2\ln(x)", [2, 0, 0, 0]),
        (r"|-1|", [0, 0, 0]),
        (r"a/b", [0, 0]),
    ],
)
def test_in_a_browser_signs_stand_apart_as_tex_sets_them(window, tex, apart):
    assert blanks(window, tex) == apart


@pytest.mark.slow
def test_elements_of_chemistry_stand_upright_and_an_arrow_has_its_blanks(window):
    assert 'mathvariant="normal">H<' in mathml(r"\ce{H2O}")
    for tex in (r"\ce{A -> B}", r"\ce{A ->[heat] B}"):
        window.set_content(f'<div style="font: 100px serif">{mathml(tex)}</div>')
        gaps = window.evaluate(
            """() => { const [a, b] = [...document.querySelectorAll("mi")].map(each => each.getBoundingClientRect());
              const arrow = document.querySelector("mover, mo").getBoundingClientRect();
              return [arrow.left - a.right, b.left - arrow.right]; }"""
        )
        assert min(gaps) >= 0


@pytest.mark.slow
def test_the_search_finds_a_formula_by_plain_letters_and_shows_it_in_a_line(
    water, browser, tmp_path
):
    with opening(browser, web.page(water, notes_of(water)).html.decode(), tmp_path) as page:
        page.locator(".bar input").fill("H2CO3")
        asked = "What is H₂O + CO₂ ⟶ H₂CO₃ called?"
        page.locator(".hits a").first.filter(has_text=asked).wait_for()


@with_each(
    ("with_sign", "without"),
    [
        *[(r"H = -45", r"H = 45"), ("(-3)", "(3)"), (r"a \to -\infty", r"a \to \infty")],
        *[(r"5 \cdot -3", r"5 \cdot 3"), ("x < +1", "x < 1"), ("a, -b", "a, b")],
        *[(r"\{-1, 1\}", r"\{1, 1\}"), (r"\langle -1", r"\langle 1"), (r"a \pm -b", r"a \pm b")],
    ],
)
def test_on_paper_the_sign_of_a_number_stands_at_the_number(with_sign, without):
    """As wide as by itself; that of a difference has blanks on both sides."""
    own = formula.drawn("-45").width - formula.drawn("45").width
    wider = formula.drawn(with_sign).width - formula.drawn(without).width
    assert wider == pytest.approx(own, abs=0.1)
    assert formula.drawn("a - b").width - formula.drawn("a b").width > 1.3 * own


def test_a_gap_between_rows_is_not_printed_as_words():
    rows = r"\begin{pmatrix} 1 \\%s 2 \end{pmatrix}"
    assert formula.drawn(rows % "[-3pt]").width == formula.drawn(rows % "").width


@with_each(
    "tex",
    [
        *(r"\ce{A -> B}", r"\text{a, -b}", "|a| - b", "e^{-x}", "n! - 1", r"x_{-1}", r"a\,-\,b"),
        r"\begin{pmatrix} 1 \\[-2pt] 2 \end{pmatrix}",
    ],
)
def test_other_signs_are_drawn_as_before(tex):
    assert "{-}" not in formula.in_tex(tex)


@with_each(
    ("given", "same"),
    [
        *[
            (r"a \not= b", r"a \neq b"),
            (r"a \not{=} b", r"a \neq b"),
            (r"{a \not=} b", r"{a \neq} b"),
        ],
        *[
            (r"a \not\in B", r"a \notin B"),
            (r"a \not> b", r"a \ngtr b"),
            (r"a \not\to b", r"a \nrightarrow b"),
        ],
        (r"\operatorname*{arg\,max}_x", "\\operatorname*{arg\u2009max}_x"),
        (r"\mathop{\mathrm{argmin}}\limits_x", r"\operatorname*{argmin}_x"),
        *[
            (r"\mathrel{R} a", "{R} a"),
            (r"\operatorname{sgn} x", r"\operatorname{sgn}\, x"),
            (r"\mathbb R", r"\mathbb{R}"),
        ],
        (r"a \tag{1}", r"a \qquad\text{(1)}"),
        *[
            (
                rf"\begin{{{name}}} a &= b \\ c &= d \end{{{name.removesuffix('{2}')}}}".replace(
                    "t{2}}", "t}{2}"
                ),
                r"\begin{aligned} a &= b \\ c &= d \end{aligned}",
            )
            for name in ("align", "align*", "alignat{2}", "flalign")
        ],
        (r"\begin{dcases} a & b \end{dcases}", r"\begin{cases} a & b \end{cases}"),
        (r"\begin{array}[t]{cc} a & b \end{array}", r"\begin{array}{cc} a & b \end{array}"),
        (r"\begin{equation} a \nonumber \end{equation}", "{ a }"),
        (
            r"\begin{bmatrix*}[r] a & -1 \end{bmatrix*}",
            r"\left[\begin{matrix*}[r] a & -1 \end{matrix*}\right]",
        ),
    ],
)
def test_what_only_mathjax_knows_is_drawn_in_other_words(given, same):
    assert formula.fault(given) is None
    assert formula.drawn(given, display=True).svg == formula.drawn(same, display=True).svg
    assert mathml(given) == mathml(same)


@with_each(
    "tex",
    [
        *(
            r"\binom{n}{k_{1}}",
            r"\text{Säure & Base}",
            r"\text{a < b}",
            r"\arg z",
            r"\text{5 % of}",
            r"37\% \cdot m",
        ),
        *(
            "\\begin{aligned}\na &= b \\\\ % so\nc &= d\n\\end{aligned}",
            "\\begin{aligned}%\na\n\\end{aligned}",
        ),
        *(r"x_\text{max}", r"\textstyle{\sum_i}"),
        *(
            r"\textcolor{red}{x_{1}}",
            r"20\,°C",
            r"5\,\text{€}",
            r"\begin{array}{r c l} a & = & b \end{array}",
        ),
    ],
)
def test_these_are_sound_formulas(tex):
    assert formula.fault(tex) is None


def test_in_a_browser_boxes_strokes_columns_and_letters_need_no_more_than_it_knows():
    assert "border:1px solid" in mathml(r"\boxed{x}")
    assert "linear-gradient" in mathml(r"\cancel{x}")
    assert "-webkit-right" in mathml(r"\begin{aligned} a &= b \end{aligned}")
    assert ">𝒗<" in mathml(r"\boldsymbol{v}")
    assert ">𝜶<" in mathml(r"\boldsymbol{\alpha}")
    assert ">ℒ<" in mathml(r"\mathscr L")


@pytest.mark.slow
@pytest.mark.newest
def test_anki_knows_the_signs_that_formulas_may_have(browser):
    """What it does not know it shows in red."""
    pytest.importorskip("_aqt")
    from reviewer import WEB

    page = browser.new_page()

    def serve(route):
        path = WEB / route.request.url.removeprefix("http://anki.test/_anki/")
        scripts = ("mathjax.js", "vendor/mathjax/tex-chtml-full.js")
        loaded = "".join(f'<script src="/_anki/js/{script}"></script>' for script in scripts)
        if path.is_file():
            route.fulfill(path=path)
        else:
            route.fulfill(body=loaded, content_type="text/html")

    page.route("**/*", serve)
    page.goto("http://anki.test/")
    names = sorted(rewrite.signs_of_mathjax())
    unknown = page.evaluate(
        r"""async names => { await MathJax.startup.promise; const unknown = [];
          for (const name of names) {
            const made = await MathJax.tex2mmlPromise(`\\${name}{x}{y}`).catch(String);
            if (made.includes(`mathcolor="red">\\${name}<`)) unknown.push(name);
          }
          return unknown; }""",
        [*names, "bm", "euro"],
    )
    page.close()
    assert unknown == ["bm", "euro"]
