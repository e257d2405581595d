"""Words that look like marks come back from Anki as they were typed."""

import html
import re

import pytest
from adopting import came
from conftest import THOROUGH
from coursedeck.incoming.adopt import adopted
from coursedeck.incoming.corrections import found
from coursedeck.load import assemble
from coursedeck.notes import notes_of
from coursedeck.published.ledger import Ledger
from hypothesis import given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.slow

SMALL = """title: T
key: k-0
cards:
- {id: q, ask: Why is it so?, answer: So., more: Because of this.}
- {id: c, cloze: "The {{c1::bread}} rises."}
- {id: p, pair: {left: cat, right: dog}}
"""
MARKS = (
    *(
        "<b>",
        "</b>",
        "<!--",
        "&amp;",
        "<",
        ">",
        "> ",
        "# ",
        "_",
        "___",
        "*",
        "**",
        "- ",
        "---",
        "1. ",
        "1) ",
        "+ ",
        "$",
    ),
    *(
        "$$",
        "\\",
        "[",
        "]",
        "](",
        "(",
        ")",
        "{",
        "}",
        "{{",
        "~",
        "~~",
        "^",
        "`",
        "```",
        "|",
        "---|",
        "===",
        "![",
    ),
    *(
        "[^1]",
        "{lang=de}",
        ":",
        "漢",
        "{かん}",
        "'",
        '"',
        "x^2",
        "H2O",
        "\\alpha",
        "\\begin{a}",
        "[x]: ",
        "- [ ] ",
    ),
    *("http://x.de", "\n", " ", "Wort", "two words", "5", "a", "b"),
)
FIELDS = (("q", "Question"), ("q", "Answer"), ("q", "Detail"), ("c", "Text"), ("p", "Left"))


def shown(field):
    """What a field shows, and where its lines end."""
    lines = re.sub(r"\s*<br>\s*", "\x01", field)
    return " ".join(html.unescape(re.sub("<[^>]*>", "\x02", lines)).split())


@pytest.mark.parametrize("at", [*FIELDS, ("p", "Detail")])
@pytest.mark.parametrize("words", ["x\\", "C:\\dir\\", "x\\ and x\\", "x\\\\", "(x\\)"])
def test_a_backslash_at_the_end_comes_back_without_a_warning(words, at):
    id_, name = at
    held = {"cards.yaml": SMALL.encode()}
    course = assemble(held)[0]
    value = f"The {{{{c1::bread}}}} {words}" if name == "Text" else words
    back = found(course, Ledger(), [came(course, id_=id_, **{name: value})])
    made, _ = adopted(held, back.corrections)
    again, told = assemble(made)
    assert next(n for n in notes_of(again) if n.id == id_).fields[name] == value
    assert "joined-lines" not in {each.code for each in told}


@pytest.mark.parametrize(
    "words", ["the `sum of", "the `60s and `70s", "[[laughs]] so", "Hawai`i and Kaua`i"]
)
def test_signs_that_were_typed_as_they_are_come_back_without_a_warning(words):
    held = {"cards.yaml": SMALL.encode()}
    back = found(assemble(held)[0], Ledger(), [came(assemble(held)[0], id_="q", Answer=words)])
    made, _ = adopted(held, back.corrections)
    again, told = assemble(made)
    assert next(n for n in notes_of(again) if n.id == "q").fields["Answer"] == words
    assert {each.code for each in told} & {"lone-sign", "not-read"} == set()


def test_a_sign_that_nobody_sees_in_a_field_that_was_empty_is_told():
    course = assemble({"cards.yaml": SMALL.encode()})[0]
    (told,) = found(course, Ledger(), [came(course, id_="p", Detail="x\u2028")]).told
    assert "a character that nobody can see (u+2028)" in told


def typed(words, id_, name):
    """What a field of the small course is after words were typed into it in Anki, and came back; or why they did not."""
    held = {"cards.yaml": SMALL.encode()}
    course = assemble(held, warnings=False)[0]
    value = html.escape(words, quote=False).replace("\n", "<br>")
    value = f"The {{{{c1::bread}}}} {value}" if name == "Text" else value
    back = found(course, Ledger(), [came(course, id_=id_, **{name: value})])
    made, told = adopted(held, back.corrections)
    assert told == []
    if not made:
        return None, back.told, value
    again, wrong = assemble(made, warnings=False)
    assert again, wrong
    return next(n for n in notes_of(again) if n.id == id_).fields[name], back.told, value


@pytest.mark.parametrize("at", FIELDS)
@pytest.mark.parametrize(
    "words",
    [
        *(
            "<b>",
            "# x",
            "___",
            "1. x",
            "- x",
            "*x*",
            "_x_",
            "$5 and $6",
            "[x](y)",
            "> x",
            ">x",
            "{lang=de}",
        ),
        *(
            "&amp;",
            "\\alpha",
            "\\begin{align}",
            "[^1]",
            "- [ ] x",
            "x$y$z",
            "=====",
            "-----",
            "***",
            "[x][y]",
        ),
        *(
            "H~2~O",
            "x^2^",
            "`x`",
            "漢字{かん}",
            "![a](b.png)",
            "| a | b |",
            "<!-- x -->",
            "[x]{lang=de}",
        ),
    ],
)
def test_words_that_look_like_marks_are_shown_as_they_were_typed(words, at):
    field, told, value = typed(words, *at)
    assert told == ()
    assert shown(field) == shown(value)


@pytest.mark.parametrize(
    "words", ["x\n- y", "x\n1. y", "x\n# y", "x\n> y", "x\n===", "x|y\n---|---\nz|w"]
)
def test_a_line_that_looks_like_a_block_stays_a_line_of_its_paragraph(words):
    field, told, value = typed(words, "q", "Detail")
    assert told == ()
    assert shown(field) == shown(value)


@settings(max_examples=60 if THOROUGH else 15, deadline=None)
@given(st.lists(st.sampled_from(MARKS), min_size=1, max_size=7), st.sampled_from(FIELDS))
def test_words_and_marks_come_back_as_they_were_typed_or_are_named_with_the_reason(pieces, at):
    words = re.sub(r"\s*\n\s*", "\n", "".join(pieces).strip())
    field, told, value = typed(words, *at) if words else ("", ("",), "")
    assert shown(field) == shown(value) if field is not None else len(told) == 1 or value == ""
