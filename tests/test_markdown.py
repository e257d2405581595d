"""Inline Markdown: one meaning on cards and in print."""

import pytest
from coursedeck import markdown
from coursedeck.texts import Line, Prose


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("plain & simple < 3", "plain &amp; simple &lt; 3"),
        ("*soft* and **loud**", "<em>soft</em> and <strong>loud</strong>"),
        ("`a < b`", "<code>a &lt; b</code>"),
        (
            "[here](https://example.org/?a=1&b=2)",
            '<a href="https://example.org/?a=1&amp;b=2">here</a>',
        ),
        ("<b>raw</b>", "&lt;b&gt;raw&lt;/b&gt;"),
        ("[click](javascript:alert(1))", "[click](javascript:alert(1))"),
        ("# no heading", "# no heading"),
        (
            "[sound:bell.mp3] and [latex]x[/latex]",
            "&#91;sound:bell.mp3] and &#91;latex]x&#91;/latex]",
        ),
        ("{{c1::a *b*::hint}}", "{{c1::a <em>b</em>::hint}}"),
    ],
)
def test_a_text_becomes_html_with_nothing_else_switched_on(text, html):
    assert markdown.html(Prose(text)) == html


def test_lists_and_paragraphs_are_for_prose():
    text = "first\n\n- a\n- b"
    assert markdown.html(Prose(text)) == "<p>first</p> <ul> <li>a</li> <li>b</li> </ul>"
    assert markdown.html(Line("- no list")) == "- no list"
    assert markdown.html(Line("1990. A year, and no list")) == "1990. A year, and no list"


def test_the_tree_says_in_data_what_the_html_says_in_tags():
    assert markdown.tree(Prose("a *b* [c](https://d.e)")) == [
        "a ",
        {"t": "em", "c": ["b"]},
        " ",
        {"t": "link", "c": ["c"], "href": "https://d.e"},
    ]


def test_an_ordered_list_keeps_its_first_number():
    (listed,) = markdown.tree(Prose("5. five\n6. six"))
    assert (listed["t"], listed["start"], len(listed["c"])) == ("ol", 5, 2)


def test_plain_words_carry_no_markup():
    assert markdown.plain(Prose("a **b** [c](https://d.e)\n\n- d")) == "a b c d"
