"""What an author is told of backslashes that vanish, or of which YAML makes other signs: where, and what to write."""

import json

import pytest
from coursedeck.load import assemble
from coursedeck.source import yaml
from coursedeck.text import formula, to_html, to_tree
from coursedeck.texts import Line
from growth import in_a_straight_line
from tables import with_each
from telling import HEAD, told, told_of, with_told

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
