"""A side of a card shows something: what is only there for a program is told as empty, where it stands."""

import json

from coursedeck.load import assemble
from coursedeck.text import shows
from coursedeck.texts import Html, Line, Plain, Prose
from tables import with_each

UNSEEN = {
    "a soft hyphen": "\u00ad",
    "a selector": "\ufe0f",
    "signs without width": "\u200b\u2060 \u034f",
    "a filler of Korean": "\u3164",
    "a blank of Braille": "\u2800",
    "code around a blank": "` `",
    "an empty block of code": "```\n```",
    "a block of code with a blank": "```python\n \n```",
    "empty items": "- \n- ",
    "empty numbered items": "1. \n2. ",
    "an empty quotation": "> ",
    "a quotation of a quotation": "> >",
    "a blank in another language": "[ ]{lang=ja}",
    "a link without words": "[](https://a.b)",
    "a link around a sign without width": "[*\u200d*](https://a.b)",
    "a formula that only takes room": r"$\phantom{x}$",
    "a formula of blanks": r"$$\text{ }\,\quad$$",
    "an empty table": "| | |\n|---|---|\n| | \u00ad |",
    "a mark alone": "\u0301",
    "a mark in bold": "**\u064e**",
    "a line break": "\\\n\u00ad",
}
SEEN = {
    "a minus": "-",
    "a backslash": "\\",
    "a sign of more": "\\>",
    "a star": "\\*",
    "signs": "!!",
    "a king": "♔",
    "an emoji of several signs": "1\ufe0f\u20e3",
    "a letter with a mark": "\u00e9e\u0301",
    "a mark on a circle": "\u25cc\u0301",
    "a mark with a width of its own": "\u093f",
    "a sign of Arabic numbers": "\u0600",
    "a number without an item": "1.",
    "code of a backquote": "`` ` ``",
    "a fraction of nothing": r"$\frac{}{}$",
    "a formula beside a phantom": r"$\phantom{x}y$",
    "a formula that cannot be read": r"$\nosuch{$",
    "a picture": "![a](a.png)",
    "a sound": "![](a.mp3)",
    "a table of one word": "| | |\n|---|---|\n| | a |",
}


def told(written):
    _, found = assemble({"t.yaml": written.encode()})
    return [each for each in found if each.level == "error"]


@with_each("text", UNSEEN.values(), ids=UNSEEN)
def test_what_nobody_can_see_or_hear_is_told_as_empty_and_as_nothing_else(text):
    assert not shows(Prose(text))
    said = json.dumps(text)
    (found,) = told(f"title: T\ncards:\n- ask: What is the word?\n  answer: {said}\n")
    assert (found.code, found.span.line, found.span.column) == ("empty-text", 4, 11)
    assert "“answer” shows nothing" in found.message
    assert found.hint


@with_each("text", SEEN.values(), ids=SEEN)
def test_any_sign_that_can_be_seen_or_heard_is_something(text):
    assert shows(Prose(text))


def test_a_text_shows_what_its_kind_reads():
    assert shows(Plain("> ")), "which is taken as it stands"
    assert shows(Line("> ")), "since a line has no quotations"
    assert not shows(Html("<p>&shy;<br></p>"))
    assert shows(Html("<p>a</p>"))


@with_each(
    ("text", "hint"),
    [
        (">", "write \\>"),
        ("\u0301", "on a circle of dots (u+25cc): \u25cc\u0301"),
        ("\u0301", "the sign that stands by itself: \u00b4"),
        ("\u0302\u0301", "\u25cc\u0302\u0301"),
        ("\u00a0\u064e", "\u25cc\u064e"),
        ("**\u0303**", "\u25cc\u0303"),
        ("[\u3099]{lang=ja}", "the sign that stands by itself: \u309b"),
        ("` `", "name a blank in words"),
        ("\u00ad", "copied from elsewhere"),
    ],
)
def test_the_hint_says_what_was_meant(text, hint):
    (found,) = told(f"title: T\ncards:\n- ask: What is it?\n  answer: {json.dumps(text)}\n")
    assert hint in found.hint


@with_each("mark", ["\u0301", "\u0303", "\u064e", "\u0e34", "\u3099"])
def test_a_mark_that_is_written_as_the_hint_says_is_an_answer(mark):
    said = "title: T\ncards:\n- ask: Which mark is that?\n  answer: {}\n"
    (found,) = told(said.format(mark))
    for written in found.hint.split(": ")[1:]:
        assert told(said.format(written.partition(",")[0])) == []


def test_a_mark_without_a_sign_of_its_own_is_given_none():
    (found,) = told("title: T\ncards:\n- ask: Which mark is that?\n  answer: \u064e\n")
    assert found.hint.endswith("on a circle of dots (u+25cc): \u25cc\u064e")


SIDES = {
    "question": ("- ask: {}\n  answer: Salz\n", "ask"),
    "reason": ("- ask: What is it?\n  answer: Salz\n  more: {}\n", "more"),
    "side of a pair": ("- pair:\n    left: Salz\n    right: {}\n", "right"),
    "row of pairs": ("- pairs:\n  - Salz: {}\n", "right"),
    "item": (
        "- sequence:\n    prompt: What comes?\n    ordered: true\n    items:\n    - text: a\n    - text: {}\n",
        "text",
    ),
    "option": (
        "- sort:\n    ask: Which?\n    options: [{}, b]\n    cases:\n    - {{text: c, option: b}}\n",
        "options",
    ),
}


@with_each(("card", "key"), SIDES.values(), ids=SIDES)
@with_each("text", ["\u00ad", "` `", r"$\phantom{x}$"])
def test_every_side_of_every_kind_has_something_to_see(card, key, text):
    found = told("title: T\ncards:\n" + card.format(json.dumps(text)))
    assert f"“{key}” shows nothing" in found[0].message


@with_each("words", ["\u00ad", " ", "` `", r"$\phantom{x}$", "[ ]{lang=ja}"])
def test_a_deletion_of_nothing_to_see_is_told(words):
    text = json.dumps(f"The sign {{{{c1::{words}}}}} ends it.", ensure_ascii=False)
    (found,) = told(f"title: T\ncards:\n- cloze: {text}\n")
    assert (found.code, found.span.line, found.span.column) == ("cloze", 3, 20)
    assert "hides nothing" in found.message


def test_a_deletion_may_hide_a_sign_that_would_begin_a_block():
    for words in (">", "-", "1.", "#"):
        assert told(f"title: T\ncards:\n- cloze: The sign {{{{c1::{words}}}}} ends it.\n") == []


def test_a_hint_without_anything_to_see_is_told():
    (found,) = told("title: T\ncards:\n- cloze: The sign {{c1::x::\u00ad}} ends it.\n")
    assert "a hint that shows nothing" in found.message
