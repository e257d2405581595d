"""Anki's template language as print reads it, held against the program itself."""

import html
import re

import pytest
from coursedeck.kinds.kept import made_by_anki, numbered
from coursedeck.text import templates
from coursedeck.text.templates import Side
from hypothesis import given, settings
from hypothesis import strategies as st
from learner import Learner

pytestmark = pytest.mark.slow

PIECES = (
    "{{Front}}",
    "{{Back}}",
    "{{text:Front}}",
    "{{#Back}}{{Front}} x{{/Back}}",
    "{{^Back}}none{{/Back}}",
    "{{#Front}}{{^Back}}only {{Front}}{{/Back}}{{/Front}}",
    "{{kanji:Front}}",
    "{{kana:Front}}",
    "{{ Front }}",
    "<!-- {{Front}} -->",
    "{{Tags}}",
    "{{Type}}",
    "<b>words</b>",
    "{{nothing:Front}}",
)
VALUES = (
    "",
    "<br>",
    " ",
    "dog",
    "漢字[かんじ]",
    "a &amp; <b>b</b>",
    "<div></div>",
    "{{c1::x}}",
    "x<!-- y -->z",
)
TAGS = ["a", "b::c"]
CLOZES = (
    "{{c1::a}}",
    "{{c1::a::hint}} and {{c2::b}}",
    "{{c1::a {{c2::b}} c}}",
    "{{c1::a}} {{c1::b}}",
    "{{c3::x::y::z}}",
    "{{c1::open",
    "none",
    "{{c0::zero}} {{c2::two}}",
    "{{c1::<b>x</b>}}}}",
    "{{c2::}}",
)


def said(value):
    """The words of a side, as one reads them."""
    bare = re.sub(r"<style.*?</style>|<!--.*?-->|<[^>]*>", "", value, flags=re.DOTALL)
    return " ".join(html.unescape(bare).split())


@pytest.fixture(scope="module")
def anki(tmp_path_factory):
    one = Learner(tmp_path_factory.mktemp("anki"))
    yield one.col
    one.col.close()


def shown(col, name, front, back, fields):
    """The front and back of each card that Anki makes of a note, by its number."""
    model = col.models.by_name(name)
    model["tmpls"][0]["qfmt"], model["tmpls"][0]["afmt"] = front, back
    col.models.update_dict(model)
    note = col.new_note(model)
    note.fields = [*fields]
    note.tags = TAGS
    col.add_note(note, 1)
    found = {card.ord + 1: (card.question(), card.answer()) for card in note.cards()}
    col.remove_notes([note.id])
    return found


@settings(max_examples=settings.default.max_examples * 3 // 2)
@given(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=5),
    st.sampled_from(VALUES),
    st.sampled_from(VALUES),
)
def test_a_side_has_the_words_that_anki_shows(anki, pieces, front, back):
    template = "{{Front}} " + " ".join(pieces)
    found = shown(anki, "Basic", template, "{{FrontSide}}<hr id=answer>" + template, [front, back])
    values = {"Front": front, "Back": back}
    special = {"Tags": "a b::c", "Type": "Basic"}
    question = templates.rendered(template, Side(values, special, 1))
    answer = templates.rendered(template, Side(values, special, 1, back=True, front=question))
    if made_by_anki([template], values, TAGS, cloze=False) == [1] and "blank" not in found[1][0]:
        assert said(question) == said(found[1][0])
        assert said(question + " " + answer) == said(found[1][1].replace("<hr", " <hr"))


@pytest.mark.parametrize("front", ["", " ", "<br>", "<div></div>", "&nbsp;", "<i></i>", "0", "a"])
def test_a_front_of_which_there_is_no_card_is_one_that_anki_calls_blank(anki, front):
    found = shown(anki, "Basic", "{{Front}}", "{{Back}}", [front, "b"])
    there = numbered(["{{Front}}"], {"Front": front, "Back": "b"}, TAGS, cloze=False)
    assert (there == set()) == ("blank" in found[1][0])


@pytest.mark.parametrize("text", CLOZES)
def test_a_cloze_is_asked_and_answered_as_anki_does(anki, text):
    found = shown(anki, "Cloze", "{{cloze:Text}}", "{{cloze:Text}} {{Back Extra}}", [text, "more"])
    values = {"Text": text, "Back Extra": "more"}
    assert made_by_anki(["{{cloze:Text}}"], values, TAGS, cloze=True) == sorted(found)
    numbers = {number for number, _ in templates.deletions(text)}
    for number in sorted(found) if numbers else ():
        asked = templates.rendered("{{cloze:Text}}", Side(values, {}, number))
        answered = templates.rendered("{{cloze:Text}}", Side(values, {}, number, back=True))
        assert said(asked).replace("[…]", "[...]") == said(found[number][0])
        assert f"{said(answered)} more".strip() == said(found[number][1])


@given(
    st.lists(st.sampled_from(PIECES), max_size=4), st.sampled_from(VALUES), st.sampled_from(VALUES)
)
@settings(max_examples=settings.default.max_examples * 3 // 5)
def test_as_many_cards_are_counted_as_anki_makes(anki, pieces, front, back):
    """Of two templates, the second one of these pieces."""
    name = "Basic (and reversed card)"
    model = anki.models.by_name(name)
    second = "x " + " ".join(pieces) + " {{Back}}"
    model["tmpls"][1]["qfmt"] = second
    anki.models.update_dict(model)
    found = shown(anki, name, "{{Front}}", "{{Back}}", [front, back])
    values = {"Front": front, "Back": back}
    assert made_by_anki(["{{Front}}", second], values, TAGS, cloze=False) == sorted(found)


def test_no_nesting_and_no_length_is_too_much():
    deep = "{{#Front}}" * 5000 + "x" + "{{/Front}}" * 5000
    assert templates.rendered(deep, Side({"Front": "a"}, {}, 1)).count("x") == 1
    assert templates.uncovered("{{c1::" * 5000 + "x", 1, back=False)
    assert templates.deletions("{{c1::a}}" * 5000) == [(1, "a")] * 5000
