"""A side of a note from Anki that shows nothing is told, and none that shows something."""

from brought import CLOZE, TYPE, card, course_of, only
from coursedeck.checks import blank as checked_blank
from tables import with_each


def blank(*cards, types=(TYPE, CLOZE)):
    return [
        (each.message, each.hint) for each in checked_blank.sides(course_of(*cards, types=types))
    ]


def test_a_card_of_which_anki_asks_nothing_is_told_with_the_field_to_fill():
    """A note without words was printed as an empty row, and nothing said so."""
    ((said, hint),) = blank(card("type", Back="b"), types=(only(),))
    assert "“x”" in said
    assert "a blank front: Anki makes no card" in said
    assert "“Front”" in hint
    ((said, hint),) = blank(card("cloze", Text="no deletion"))
    assert "a blank front: Anki makes no card" in said
    assert "{{c1::words}} into “Text”" in hint


def test_a_card_that_is_kept_though_its_front_is_blank_is_told():
    both = card("type", Front="a") | {"cards": [1, 2]}
    assert ["no card" in said for said, _ in blank(both)] == [False, True]


@with_each(
    "value",
    [
        "&nbsp;",
        "<p>&nbsp;</p>",
        "<span> </span>",
        "<!-- a -->",
        "&shy;",
        "&#8205;",
        "<i>\ufe0f</i>",
    ],
)
def test_a_side_that_shows_nothing_is_told(value):
    (front,) = blank(card("type", Front=value, Back="b"), types=(only(),))
    assert "a front that shows nothing" in front[0]
    (back,) = blank(card("type", Front="a", Back=value), types=(only(),))
    assert "a back that shows nothing but its front" in back[0]
    assert "“Back”" in back[1]


def test_blank_sides_are_told_once_for_all_notes_that_have_them():
    cards = [card("type", id_=name, Front="a") for name in ("x", "y", "z")]
    ((said, _),) = blank(*cards, types=(only(),))
    assert said.startswith("3 notes, the first “x”, have a back")


@with_each(
    "value",
    [
        *("<img src=a.png>", "[sound:a.mp3]", "<svg></svg>", "0", "<hr>a", "[latex]a[/latex]"),
        *("[anki:tts lang=en_US]a[/anki:tts]", "<script>x</script>"),
    ],
)
def test_what_is_seen_or_heard_without_words_is_no_blank(value):
    assert blank(card("type", Front=value, Back=value), types=(only(),)) == []


@with_each(
    ("front", "back"),
    [
        ("{{hint:Front}}", "{{Back}}"),
        ("{{tts en_US:Front}}", "{{type:Back}}"),
        ("{{Front}}", "{{tts en_US voices=Apple_Otoya:Back}}"),
        ("{{Front}}", "{{FrontSide}}<script>reveal()</script>"),
    ],
)
def test_a_side_that_asks_in_another_way_than_with_words_is_no_blank(front, back):
    assert blank(card("type", Front="a", Back="b"), types=(only(front, back),)) == []


def test_a_side_that_a_style_may_fill_is_no_blank():
    css = ".flag { background: url(_flag.png) }"
    kind = only("<div class=flag></div>{{#Front}}{{/Front}}{{Front}}", css=css)
    assert blank(card("type", Front="<i></i>", Back="b"), types=(kind,)) == []
