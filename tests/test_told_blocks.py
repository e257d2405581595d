"""What an author is told of lists, tables and formulas that are none, or not what they look like: where, and what to write."""

import pytest
from coursedeck.text import to_html
from coursedeck.texts import Prose
from tables import with_each
from telling import HEAD, block, joined, told, told_of, with_told

ITEMS = {
    "bullets": "• one\n• two",
    "hyphens": "-Beat\n-Stir",
    "brackets": "(1) first\n(2) second",
    "arrows": "→ first\n→ second",
    "signs": "✓ good\n✗ bad",
    "Roman": "(i) first\n(ii) second",
}
MIXED = {
    "three signs": ("- 2 eggs\n* salt\n• pepper", (6, 5)),
    "dash": ("- 2 eggs\n– salt", (5, 5)),
    "no blank": ("- 2 eggs\n-salt", (5, 5)),
    "behind a list": ("1. one\n2. two\n• three", (6, 5)),
    "in a list": ("- 2 eggs\n\n  - brown\n  -white", (7, 7)),
}


@with_told("text", ITEMS.values(), ids=ITEMS)
def test_items_with_signs_that_make_no_list_are_told_with_those_that_do(text, found):
    ((*_, code, _, hint),) = found
    assert code == "joined-lines"
    assert "begin each item with “- ”" in hint


@with_told(("text", "place"), MIXED.values(), ids=MIXED)
def test_an_item_with_another_sign_than_its_list_is_told(text, place, found):
    assert [(each[:2], each[2]) for each in found] == [(place, "joined-lines")]
    assert "begin each item with “- ”" in found[0][4]


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
    "two lists": ("Pro\n- cheap\n- fast\nContra\n- ugly", "list", (7, 5)),
    "steps": ("1. Stir\nTake care.\n2. Bake", "list", (5, 5)),
}


@with_told(("text", "what", "place"), BEHIND.values(), ids=BEHIND)
def test_a_line_that_becomes_a_part_of_what_it_stands_behind_is_told(text, what, place, found):
    ((*at, code, said, hint),) = found
    assert (tuple(at), code) == (place, "joined-lines")
    assert f"a part of the {what}" in said
    assert "leave a line empty" in hint
    lines = text.split("\n")
    number = place[0] - 4
    lines[number] = "\n" + lines[number].lstrip("> ") + "\n" * (number + 1 < len(lines))
    assert told(block("ask", "\n".join(lines))) == [], "what the hint says mends it"


@with_each(
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


TABLES = {
    "code": ("| a | b |\n|---|---|\n| `x|y` | 2 |", (6, 5), "\\|"),
    "formula": ("| a | b |\n|---|---|\n| $|x|$ | 2 |", (6, 5), "in code and formulas too"),
    "code in a full row": ("| a | b |\n|---|---|\n| `x|y` |", (6, 5), "\\|"),
    "formula in the head": ("| a | $|x|$ |\n|---|---|\n| 1 | 2 |", (5, 5), "its head has 4 cells"),
    "quotation": ("> | a | b |\n> |---|---|\n> | 1 | 2 |", (4, 5), "no list and no quotation"),
    "list": ("- x\n\n  | a | b |\n  |---|---|\n  | 1 | 2 |\n- y", (7, 7), "no list"),
}


@with_told(("text", "place", "said"), TABLES.values(), ids=TABLES)
def test_a_table_that_loses_a_cell_or_is_none_is_told_with_what_to_write(text, place, said, found):
    ((*at, code, _, hint),) = [each for each in found if each[2] != "joined-lines"]
    assert (tuple(at), code) == (place, "not-read")
    assert said in hint


ROWS = {
    "two rows": "| a | b |\n| c | d |",
    "without edges": "a | b\nc | d",
    "of another program": "| a | b |\n|---+---|\n| c | d |",
    "lines between": "+---+---+\n| a | b |\n+---+---+\n| c | d |\n+---+---+",
}


@with_told("text", ROWS.values(), ids=ROWS)
def test_rows_without_the_line_under_the_first_are_told_with_that_line(text, found):
    ((*_, code, _, hint),) = found
    assert code == "joined-lines"
    assert "a line |---|---| under its first row, with no + in it" in hint


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("a\tb\nc\td", "for a table write | in place of each"),
        ("a\tb", "write a blank in its place"),
    ],
)
def test_a_tab_is_told_with_what_parts_cells_or_words(text, hint):
    ((*_, code, said, told_hint),) = told(block("ask", text))
    assert (code, said) == ("control-character", "a tab, which nobody can see (u+0009)")
    assert told_hint.startswith(hint)


TEXTS = {
    "list": ("\n    - flour\n    - water", "write “answer: |”, and the lines below it"),
    "brackets": (" [0, 1]", 'in quotation marks: "[0, 1]"'),
    "braces": (" {1: 2, 3: 4}", 'in quotation marks: "{1: 2, 3: 4}"'),
    "a word in braces": (" {x}", 'in quotation marks: "{x}"'),
    "keys": ("\n    one: two", "a text that holds “: ” needs quotation marks"),
}


@with_each(("written", "hint"), TEXTS.values(), ids=TEXTS)
def test_a_text_that_yaml_takes_for_a_list_or_keys_is_told_with_what_to_write(written, hint):
    ((*_, code, _, said),) = told(f"{HEAD}- ask: A\n  answer:{written}\n")
    assert code == "wrong-type"
    assert hint in said


@pytest.mark.parametrize("written", ["{1, 2}", "{1, 2, 3}", "{a, b} and c"])
def test_a_set_is_told_with_all_of_it_between_quotation_marks(written):
    found = told(f"{HEAD}- ask: A\n  answer: {written}\n")
    assert f'needs quotation marks: "{written}"' in found[-1][4]
    braces = f"{written.partition('}')[0]}}}"
    inside = told(f"{HEAD}- {{ask: A, answer: {braces}}}\n")
    assert f'needs quotation marks: "{braces}"' in inside[-1][4]


@pytest.mark.parametrize("between", ["\n\n", "\n"])
def test_a_table_between_two_single_backquotes_is_one(between):
    """The signs between them were taken for code, and a table without a line in the text stopped the program."""
    text = between.join(["A ` here.", "| x | y |\n|---|---|\n| 1 | 2 |", "A ` there."])
    assert "<table>" in to_html(Prose(text))
    assert [each for each in told(block("ask", text)) if each[2] != "joined-lines"] == []


@pytest.mark.parametrize("row", ["`x|y`", "` | `"])
def test_a_row_of_as_many_cells_as_its_table_is_not_said_to_have_too_many(row):
    ((_, _, _, said, hint),) = told(block("ask", f"| a | b |\n|---|---|\n| {row} |"))
    assert said == f"“| {row} |”: a | parts cells in code and formulas too"
    assert "\\|" in hint
    assert "\\`" in hint


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


@with_told("text", BESIDE.values(), ids=BESIDE)
def test_a_formula_of_its_own_line_joins_no_lines(text, found):
    assert found == []
    assert "$$" not in to_html(Prose(text))


@pytest.mark.parametrize("text", ["$$\nx = 1", "Es\n\n$$\nx\n\ny\n$$"])
def test_a_formula_on_lines_that_does_not_end_is_told(text):
    ((*_, code, said, _),) = told(block("ask", text))
    assert code == "not-read"
    assert "$$" in said


@with_told(
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
def test_a_formula_between_two_signs_each_that_is_shown_with_them_is_told(text, place, found):
    found = [each for each in found if each[2] != "joined-lines"]
    ((*at, code, said, hint),) = found
    assert (tuple(at), code) == (place, "not-read")
    assert "looks like a formula" in said
    assert "$$x^2$$" in hint


def test_two_dollar_signs_that_are_read_or_mean_themselves_are_not_told():
    texts = [
        *(
            "What is $$ here, and $$ there?",
            "5$$ or 6$$ = x",
            "\\$\\$ x = 1 \\$\\$",
            "`$$ x = 1 $$`",
        ),
        *(
            "$$ x = 1 $$",
            "- $$ x = 1 $$\n- b",
            "$$x$$ and $$y$$ = $$z$$",
            "```\n$$ x = 1 $$.\n```",
        ),
    ]
    assert told_of(texts) == {}


def test_a_formula_on_a_line_of_its_own_is_quoted_with_its_signs():
    ((*_, code, said, _),) = told(block("ask", "Es gilt $$\\foo$$ immer"))
    assert code == "formula"
    assert "“$$\\foo$$”" in said


@with_told(
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
    text, column, said, found
):
    ((line, at, _, message, hint),) = found
    assert (line, at) == (4, column)
    assert said in hint
    assert "·" not in message


def test_brackets_that_are_a_link_or_mean_themselves_are_not_told():
    texts = [
        *("Was ist [das](https://a.example)?", 'Was ist [das](https://a.example "so")?'),
        *(
            "Was ist \\[das] (https://a.example)?",
            "Siehe [1] (https://a.example)",
            "f[x] (y)",
            "![[",
        ),
    ]
    assert told_of(texts) == {}


def test_dollar_signs_alone_are_an_answer():
    assert told(block("ask", "$$")) == []
