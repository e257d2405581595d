"""The styles of cards, as far as they tell what is hidden."""

import pytest
from coursedeck.text import hiding
from coursedeck.text.fields import STYLE
from growth import in_a_straight_line
from tables import with_each


@with_each("piece", ["a", "@", "/*", "@media x{a{b:c", "a{", "@a{b{}", "}a", "a;"])
def test_a_style_that_lacks_a_brace_takes_no_longer_than_it_is_long(piece):
    assert in_a_straight_line(hiding.rules.__wrapped__, lambda size: piece * size, 300)


@pytest.mark.parametrize("piece", ["<style>", "<style ", "<style></style "])
def test_styles_that_do_not_end_are_found_at_once(piece):
    assert in_a_straight_line(STYLE.findall, lambda size: piece * size, 300)


@with_each(
    "style",
    [
        ".a{display:none}",
        "x;.b{} .a{display:none} trailing",
        "@import 'x@y';.a{display:none}",
        "@media print{.a{display:block}} .a{display:none} /* .a{display:block}",
        "{.a{display:none}",
    ],
)
def test_what_a_rule_hides_is_read_beside_what_is_odd(style):
    assert hiding.hidden(style, "i", {"class": "a"}) == (True, False)
