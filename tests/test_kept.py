"""Notes that came from Anki: what print and checks see of them."""

import json

import pytest
from brought import SVG, TYPE, card, course_of, faces, only
from coursedeck.checks import kept as checked_kept
from coursedeck.kinds import kept
from coursedeck.notes import notes_of, setting_of
from coursedeck.order import dues
from coursedeck.outputs import apkg, unprinted
from coursedeck.outputs.web import update
from coursedeck.outputs.web.cards import card_html
from coursedeck.published.ledger import Ledger, advance
from coursedeck.text import files_of, to_plain, to_tree
from coursedeck.text.fields import left_out
from coursedeck.texts import Html
from hypothesis import given
from hypothesis import strategies as st
from tables import with_each


def test_each_template_that_is_filled_is_a_face():
    both, one = notes_of(
        course_of(card("type", Front="a", Back="b"), card("type", id_="y", Front="only"))
    )
    assert faces(both) == [("a", "b"), ("b", "a")]
    assert faces(one) == [("only", "")]


def test_a_cloze_has_a_face_for_each_number_and_one_row_with_all_of_them():
    course = course_of(card("cloze", Text="A {{c1::cat}} and a {{c3::dog::pet}}."))
    (note,) = notes_of(course)
    assert faces(note) == [
        ("A […] and a dog.", "A cat and a dog."),
        ("A cat and a [pet].", "A cat and a dog."),
    ]
    assert note.ordinals() == [0, 2]


def test_a_sheet_asks_all_that_a_note_asks_but_nothing_twice():
    """Of a note with several cards only the first stood on sheets, and nothing said so."""
    fields = [{"name": name} for name in ("Land", "Capital", "Flag")]
    back = "{{FrontSide}}<hr id=answer>"
    templates = [
        {"name": "1", "front": "Capital of {{Land}}?", "back": f"{back}{{{{Capital}}}}"},
        {"name": "2", "front": "{{Capital}}", "back": f"{back}Capital of {{{{Land}}}}?"},
        {"name": "3", "front": "Flag of {{Land}}?", "back": f"{back}{{{{Flag}}}}"},
    ]
    kind = {"id": "1700000000004", "name": "Lands", "fields": fields, "templates": templates}
    course = course_of(card("lands", Land="France", Capital="Paris", Flag="red"), types=(kind,))
    (note,) = notes_of(course)
    rows = list(note.card.rows({note.id: note.faces}, setting_of(course)))
    assert [(row.id, to_plain(row.question), to_plain(row.answer)) for row in rows] == [
        ("x", "Capital of France?", "Paris"),
        ("x/3", "Flag of France?", "red"),
    ]
    (told,) = unprinted.told(course, [note])
    assert "of a question and the same one backwards the first stands alone" in told.message
    course = course_of(card("cloze", Text="A {{c1::cat}} and a {{c3::dog::pet}}."))
    (note,) = notes_of(course)
    assert len(list(note.card.rows({note.id: note.faces}, setting_of(course)))) == 1
    assert not list(unprinted.told(course, [note]))


HIDDEN_BACKS = {
    "{{FrontSide}}<style>.answer{display: block}</style>": "a b",
    "{{FrontSide}}<hr id=answer><style>.answer{display: block}</style>more": "a b more",
    "{{FrontSide}}<script>show()</script>": "a b",
    "{{FrontSide}}<hr id=answer>{{Back}}": "b",
}


@with_each(("back", "answer"), HIDDEN_BACKS.items())
@with_each(
    "css",
    [
        ".answer{display:none}",
        ".card .answer, #x { color: red; display : NONE }",
        "/* .answer{display:block} */ div.answer{visibility:hidden} @media print {.answer{display:block}}",
    ],
)
def test_words_that_the_style_of_cards_hides_are_in_the_answer_alone(css, back, answer):
    """They stood in the question, and the answer was empty."""
    front = "{{Front}} <div class='answer'>{{Back}}</div>"
    kind = TYPE | {"css": css, "templates": [{"name": "One", "front": front, "back": back}]}
    (note,) = notes_of(course_of(card("type", Front="a", Back="b"), types=(kind,)))
    assert faces(note) == [("a", answer)]


@with_each(
    ("css", "told"),
    [
        (".night_mode .answer{display:none}", []),
        (".answer{display:flex}", []),
        (".answer{color:red} .other{display:none}", []),
        (".box .answer{display:none}", ["what a style may hide is shown"]),
        (".answer{display:none} .answer{display:block}", []),
    ],
)
def test_words_that_no_style_hides_for_certain_are_shown_and_told(css, told):
    front = "{{Front}} <div class='answer'>{{Back}}</div>"
    kind = TYPE | {"css": css, "templates": [{"name": "One", "front": front, "back": "{{Back}}"}]}
    course = course_of(card("type", Front="a", Back="b"), types=(kind,))
    (note,) = notes_of(course)
    assert faces(note) == [("a b", "b")]
    said = [problem.message for problem in unprinted.told(course, [note])]
    assert [each.partition(": ")[2] for each in said] == told


@with_each(
    ("value", "told"),
    [
        ("<u>x</u>", "colours, underlines and sizes are left out"),
        ("<mark>x</mark>", "colours, underlines and sizes are left out"),
        ("<p style='background-color: red'>x</p>", "colours, underlines and sizes are left out"),
        ('<span style="text-decoration: underline">x</span>', "colours, underlines and sizes"),
        (r"[latex]\begin{tikzpicture}a\end{tikzpicture}[/latex]", "LaTeX outside of formulas"),
        (r"[latex]\unknown{a} $x$[/latex]", "LaTeX outside of formulas stands as it is written"),
        (r"[latex]\begin{tabular}{l}a\end{tabular} \textbf{a} $x$[/latex]", ""),
        (r"[latex]a $x$ and \ce{H2O}[/latex]", ""),
        ("<b>x</b> <i style='margin: 0'>y</i>", ""),
    ],
)
def test_what_of_the_look_of_words_paper_has_no_form_for_is_told(value, told):
    course = course_of(card("type", Front=value))
    said = [problem.message for problem in unprinted.told(course, notes_of(course))]
    assert len(said) == bool(told)
    assert told in "".join(said)


def test_chemistry_in_a_text_in_latex_is_a_formula():
    (note,) = notes_of(course_of(card("type", Front=r"[latex]x \ce{H2O} y[/latex]")))
    assert r"\ce{H2O}" in repr(to_tree(note.faces[0].question))
    assert "Formula" in repr(to_tree(note.faces[0].question))


@pytest.mark.parametrize("front", ["{{Front}} {{hint:Back}}", "{{Front}}{{hint:text:Back}}"])
def test_a_hint_that_no_question_shows_on_paper_is_told(front):
    kind = TYPE | {"templates": [{"name": "One", "front": front, "back": "{{Front}}!"}]}
    course = course_of(card("type", Front="a", Back="b"), types=(kind,))
    (said,) = unprinted.told(course, notes_of(course))
    assert "hints that a card shows when asked" in said.message
    course = course_of(card("type", Front="a"), types=(kind,))
    assert not list(unprinted.told(course, notes_of(course)))


@pytest.mark.parametrize(
    "front", ["{{Front}}{{hint:Back}}", "{{#Back}}{{hint:Back}}{{/Back}}{{Front}}"]
)
def test_a_hint_is_there_for_a_page_under_its_name_and_not_on_paper(front):
    """Pages left hints out, which Anki opens at a click."""
    kind = only(front, "{{Front}}!")
    filled, empty = notes_of(
        course_of(
            card("type", Front="a", Back="<b>x</b>"), card("type", "y", Front="a"), types=(kind,)
        )
    )
    ((name, hint),) = filled.faces[0].hints
    assert (name, to_plain(hint)) == ("Back", "x")
    assert to_plain(filled.faces[0].question) == "a"
    assert empty.faces[0].hints == ()
    shown = card_html(filled, filled.faces[0], str)
    opened = '<details class="hint"><summary>Back</summary><strong>x</strong></details>'
    assert opened in shown.front
    assert opened in shown.back


def test_spoken_words_are_a_button_on_a_page_and_a_sign_on_paper_that_does_not_tell_them():
    """A front that Anki only speaks was blank on paper and on the page."""
    (note,) = notes_of(
        course_of(card("type", Front="a [b] &lt;", Back="c"), types=(only("{{tts en_GB:Front}}"),))
    )
    (face,) = note.faces
    (sound,) = files_of(face.question)
    assert (sound.voice, sound.alternative) == ("en_GB", "")
    assert to_plain(face.question) == ""
    shown = card_html(note, face, str)
    assert (
        '<button type="button" class="say" lang="en-GB" value="a (b) &lt;" hidden>' in shown.front
    )


@pytest.mark.parametrize(
    "value", ["<a href='book.pdf'>x</a>", '<a class=y href="book.pdf">x</a>', "<a href=book.pdf>x"]
)
def test_a_file_that_a_note_links_goes_along(value):
    """It was brought in, and then in no package."""
    course = course_of(card("type", Front=value), files=[("book.pdf", b"x"), ("other.pdf", b"y")])
    (note,) = notes_of(course)
    assert note.media == ("book.pdf",)


def test_a_file_that_only_a_style_shows_is_missed():
    css = "@font-face {src: url('_a.ttf')} .x {background: url(_b.png), url(https://x.org/c.png)}"
    kind = TYPE | {"css": css}
    course = course_of(card("type", Front="a"), types=(kind,), files=[("_a.ttf", b"x")])
    (said,) = checked_kept.styled(course)
    assert (said.code, "“_b.png”" in said.message) == ("kept-media", True)
    whole = [("_a.ttf", b"x"), ("_b.png", b"y")]
    course = course_of(card("type", Front="a"), types=(kind,), files=whole)
    assert not list(checked_kept.styled(course))


def test_deck_tags_and_guid_are_the_notes_own():
    given_ = card("type", Front="a") | {"deck": "X::Y", "tags": ["a", "b::c"], "guid": " odd'guid "}
    (note,) = notes_of(course_of(given_))
    assert (note.deck, note.tags, note.guid) == ("X::Y", ("a", "b::c"), " odd'guid ")
    (note,) = notes_of(course_of(card("type", Front="a")))
    assert note.deck == "Course::M"


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x1f"), max_size=40)


@pytest.mark.slow
@given(st.dictionaries(st.sampled_from(["Front", "Back"]), texts, min_size=1), texts)
def test_what_is_written_as_yaml_reads_the_same(values, css):
    """Up to the form of letters (NFC), which Anki makes of them too."""
    import unicodedata

    course = course_of(card("type", **values), types=({**TYPE, "css": css},))
    (note,) = notes_of(course)
    for name, value in values.items():
        assert note.fields[name] == unicodedata.normalize("NFC", value)
    assert course.note_types[0].css == unicodedata.normalize("NFC", css)


SIGNS = [
    "",
    "null",
    "~",
    "1:30",
    "yes",
    "- x",
    "# x",
    "a: b",
    "'",
    '"',
    "|",
    "[",
    "{",
    "&a",
    "*a",
    "!a",
]
BLANKS = ["\n", " x ", "x\r\ny", "x\n\n", "\tx\n y", "a\n# b\n  c", "a\x85b\u2028c\ufeffd\x00"]


@with_each("value", [*SIGNS, *BLANKS])
def test_no_sign_of_yaml_gets_lost(value):
    (note,) = notes_of(course_of(card("type", Front="x", Back=value)))
    assert note.fields["Back"] == value


def test_html_counts_as_the_words_that_it_says():
    assert to_plain(Html("<b>a</b>")) == "a"


def test_the_update_page_is_told_how_many_notes_it_does_not_know():
    own = {"id": "dog", "ask": "What barks?", "answer": "A dog"}
    for cards, brought in ([card("type", Front="a"), own], 1), ([own], None):
        course = course_of(*cards)
        notes = notes_of(course)
        ledger = advance(Ledger(), course, notes, now=1_795_600_000, first=1_795_600_000)
        rows = {"m": [apkg.rows(note, ledger, dues(course)) for note in notes]}
        told = json.loads(update.data(course, rows, ledger))
        assert told.get("brought") == brought
        assert [each["id"] for each in told["notes"]] == ["dog"]


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("<details><summary>Hint</summary>It is <b>Paris</b></details>", "Hint Capital?"),
        ("<DETAILS>It is Paris</DETAILS>", "Capital?"),
        ("<details open><summary>Hint</summary>of France</details>", "Hint of France Capital?"),
    ],
)
def test_what_is_folded_away_is_in_no_question_but_in_an_answer(said, asked):
    """“The answer is PARIS” stood above the question."""
    ((question, answer),) = faces(
        notes_of(course_of(card("type", Front=f"{said}Capital?", Back=said), types=(only(),)))[0]
    )
    assert question == asked
    assert answer.endswith(("Paris", "France"))
    assert bool(left_out(said)) == ("open" not in said)


@pytest.mark.parametrize("alternative", ["", ' alt=""', " alt='eiffel tower.svg'"])
def test_the_name_of_a_pictures_file_is_in_no_words_since_it_may_be_the_answer(alternative):
    """“Which building is this?” was read out with “eiffel tower.png”."""
    front = f'Which? <img src="eiffel%20tower.svg"{alternative}>'
    given = course_of(card("type", Front=front, Back="x"), files=[("eiffel tower.svg", SVG)])
    (note,) = notes_of(given)
    assert faces(note)[0] == ("Which? Picture", "x")


def test_words_that_say_what_a_picture_shows_stay():
    given = course_of(
        card("type", Front='<img src=a.svg alt="A bridge">', Back="x"), files=[("a.svg", SVG)]
    )
    assert faces(notes_of(given)[0])[0] == ("A bridge", "x")


@pytest.mark.parametrize(("third", "asked"), [("a.svg", [1]), ("c.svg", [1, 2])])
def test_a_sheet_tells_pictures_apart_that_have_the_same_words(third, asked):
    backwards = {"name": "Two", "front": "{{Back}}", "back": f"<img src={third}>"}
    kind = only("{{Front}}", "{{Back}}")
    kind = kind | {"templates": [*kind["templates"], backwards]}
    shown = card("type", Front="<img src=a.svg>", Back="<img src=b.svg>")
    files = [(f"{name}.svg", SVG) for name in "abc"]
    (note,) = notes_of(course_of(shown, types=(kind,), files=files))
    assert [each.number for each in kept.asked_on_sheets(note.faces)] == asked
