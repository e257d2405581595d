"""Notes that came from Anki: what print and checks see of them."""

import io
import json
import re

import pytest
from coursedeck.checks import blank as checked_blank
from coursedeck.checks import kept as checked_kept
from coursedeck.kinds import kept
from coursedeck.load import assemble
from coursedeck.notes import notes_of, setting_of
from coursedeck.order import dues
from coursedeck.outputs import apkg, unprinted
from coursedeck.outputs.pagedata import drawings
from coursedeck.outputs.web import update
from coursedeck.outputs.web.cards import card_html
from coursedeck.published.ledger import Ledger, advance
from coursedeck.source.written import document
from coursedeck.text import files_of, to_plain, to_tree
from coursedeck.text.fields import left_out
from coursedeck.texts import Html
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

TYPE = {
    "id": "1700000000001",
    "name": "Type",
    "fields": [{"name": "Front"}, {"name": "Back"}],
    "templates": [
        {"name": "One", "front": "{{Front}}", "back": "{{FrontSide}}<hr id=answer>{{Back}}"},
        {"name": "Two", "front": "{{Back}}", "back": "{{FrontSide}}<hr id=answer>{{Front}}"},
    ],
}
CLOZE = {
    "id": "1700000000002",
    "name": "Cloze",
    "cloze": True,
    "fields": [{"name": "Text"}],
    "templates": [{"name": "C", "front": "{{cloze:Text}}", "back": "{{cloze:Text}}"}],
}

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'


def course_of(*cards, types=(TYPE, CLOZE), files=()):
    made = {
        "course.yaml": document({"id": "c", "title": "Course"}),
        "modules/m.yaml": document({"title": "M", "cards": list(cards)}),
        **{f"note-types/{each['name'].lower()}.yaml": document(each) for each in types},
        **{f"anki-media/{name}": data for name, data in files},
    }
    course, found = assemble(made)
    assert course, found
    return course


def card(note, id_="x", **fields):
    return {"id": id_, "note": note, "guid": id_, "fields": fields}


def faces(note):
    return [(to_plain(face.question), to_plain(face.answer)) for face in note.faces]


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


@pytest.mark.parametrize(("back", "answer"), HIDDEN_BACKS.items())
@pytest.mark.parametrize(
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


@pytest.mark.parametrize(
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


@pytest.mark.parametrize(
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


# --- blank sides -----------------------------------------------------------------------------------


def blank(*cards, types=(TYPE, CLOZE)):
    return [
        (each.message, each.hint) for each in checked_blank.sides(course_of(*cards, types=types))
    ]


def only(front="{{Front}}", back="{{FrontSide}}<hr id=answer>{{Back}}", **more):
    return TYPE | {"templates": [{"name": "One", "front": front, "back": back}]} | more


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


@pytest.mark.parametrize("value", ["&nbsp;", "<p>&nbsp;</p>", "<span> </span>", "<!-- a -->"])
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


@pytest.mark.parametrize(
    "value",
    [
        *("<img src=a.png>", "[sound:a.mp3]", "<svg></svg>", "0", "<hr>a", "[latex]a[/latex]"),
        *("[anki:tts lang=en_US]a[/anki:tts]", "<script>x</script>"),
    ],
)
def test_what_is_seen_or_heard_without_words_is_no_blank(value):
    assert blank(card("type", Front=value, Back=value), types=(only(),)) == []


@pytest.mark.parametrize(
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


def test_turned_shapes_are_told():
    shape = "{{c1::image-occlusion:rect:left=.1:top=.1:width=.2:height=.2:angle=%s:oi=1}}"
    assert [*kept.shapes_left_out(shape % "45")] == [*kept.shapes_left_out(shape % "-12.5")]
    assert "turned" in "".join(kept.shapes_left_out(shape % "45"))
    assert not [*kept.shapes_left_out(shape % "0")]
    assert not [*kept.shapes_left_out(shape % "360")]


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


def test_the_masks_of_the_old_add_on_lie_on_their_picture():
    buffer = io.BytesIO()
    Image.new("RGB", (40, 20), "red").save(buffer, "PNG")
    mask = b'<svg xmlns="http://www.w3.org/2000/svg" width="400" height="200"><rect width="9" height="9"/></svg>'
    kind = {
        "id": "1700000000003",
        "name": "Io",
        "fields": [{"name": name} for name in ("Image", "Question Mask", "Answer Mask")],
        "templates": [{"name": "IO", "front": "{{Image}}{{Question Mask}}", "back": "{{Image}}"}],
    }
    fields = {
        "Image": '<img src="heart.png">',
        "Question Mask": '<img src="q.svg" />',
        "Answer Mask": '<img src="a.svg" />',
    }
    files = (("heart.png", buffer.getvalue()), ("q.svg", mask), ("a.svg", mask))
    course = course_of(card("io", **fields), types=(kind,), files=files)
    (note,) = notes_of(course)
    assert 'src="anki-media/heart.png//q.svg"' in note.faces[0].question
    assert note.media == ("a.svg", "heart.png", "q.svg")
    name = "anki-media/heart.png//q.svg"
    drawn = drawings(course, [name])[name].svg
    assert "image/png" in drawn
    assert 'width="40" height="20"' in drawn


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


@pytest.mark.parametrize("value", [*SIGNS, *BLANKS])
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


OCCLUSION = {
    "id": "1700000000003",
    "name": "Occlusion",
    "cloze": True,
    "fields": [{"name": n} for n in ("Occlusion", "Image", "Header", "Back Extra")],
    "templates": [{"name": "C", "front": "{{cloze:Occlusion}}", "back": "{{cloze:Occlusion}}"}],
    "anki": '{"originalStockKind": 6}',
}
RECT = "image-occlusion:rect:left=.1:top=.1:width=.2:height=.2"


def occluded(shapes):
    buffer = io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(buffer, "PNG")
    fields = {"Occlusion": shapes, "Image": '<img src="cell.png">', "Header": "H"}
    course = course_of(
        {"id": "a", "note": "occlusion", "fields": fields},
        types=(TYPE, CLOZE, OCCLUSION),
        files=[("cell.png", buffer.getvalue())],
    )
    (note,) = notes_of(course)
    return course, note


def test_where_all_shapes_are_hidden_a_card_asks_for_one_and_covers_the_others():
    """The others could be read on the front."""
    shapes = f"{{{{c1::{RECT}:oi=1}}}}{{{{c2::{RECT}:oi=1}}}}{{{{c3::{RECT}}}}}"
    _, note = occluded(shapes)
    asked = [[mask.number for mask in face.masks] for face in note.faces]
    covered = [[mask.number for mask in face.covers] for face in note.faces]
    assert asked == [[1], [2], [3]]
    assert covered == [[2], [1], [1, 2]]


def test_where_all_shapes_are_hidden_the_back_shows_the_one_that_was_asked_and_no_other():
    """Whoever turned a card over read the answers of all the others."""
    right = RECT.replace("left=.1", "left=.5")
    course, note = occluded(f"{{{{c1::{RECT}:oi=1}}}}{{{{c2::{right}:oi=1}}}}{{{{c3::{right}}}}}")
    box, other = 'x="6.00" y="4.00"', 'x="30.00" y="4.00"'
    for face, shown, hidden in zip(note.faces, (box, other, other), (other, box, box), strict=True):
        (file,) = {file.file for file in files_of(face.answer)}
        rects = re.findall("<rect [^>]*>", drawings(course, {file})[file].svg)
        assert any(hidden in rect and 'fill="#ffffff"' in rect for rect in rects)
        assert any(shown in rect and 'fill="none"' in rect for rect in rects)
    page = card_html(note, note.faces[0], str)
    assert page.front.count('class="mask"') == page.back.count('class="found"') == 1
    assert page.front.count("mask cover") == page.back.count("mask cover") == 1
    assert page.back.count("<img") == 1, "the picture stood there twice"


@pytest.mark.parametrize("others", ["", ":oi=1"])
def test_a_page_shows_the_picture_of_an_image_occlusion_where_it_has_it(others):
    """The style of cards hides a picture that is not masked: the front was its heading alone."""
    _, note = occluded(f"{{{{c1::{RECT}{others}}}}}{{{{c2::{RECT}{others}}}}}")
    there, gone = (card_html(note, note.faces[0], address) for address in (str, lambda _: ""))
    for side in (there.front, there.back):
        assert side.startswith('<div class="coursedeck masked" ')
    assert gone.front.startswith('<div class="coursedeck" ')


def test_where_one_shape_is_hidden_the_others_stay_to_be_read():
    _, note = occluded(f"{{{{c1::{RECT}}}}}{{{{c2::{RECT}}}}}")
    assert [face.covers for face in note.faces] == [(), ()]


def test_the_back_frames_what_was_asked_and_a_row_of_a_sheet_frames_nothing():
    course, note = occluded(f"{{{{c1::{RECT}}}}}{{{{c2::{RECT.replace('left=.1', 'left=.5')}}}}}")
    names = [file.file for face in note.faces for file in files_of(face.answer)]
    assert len(set(names)) == 2
    for name, left in zip(names, ("6.00", "30.00"), strict=True):
        svg = drawings(course, {name})[name].svg
        assert f'<rect x="{left}" y="4.00" width="12.00" height="8.00"' in svg
    (row,) = note.card.rows({note.id: note.faces}, setting_of(course))
    assert [file.file for file in files_of(row.answer)] == ["anki-media/cell.png"]
    assert not list(unprinted.told(course, [note]))


def test_shapes_that_paper_has_no_form_for_are_told():
    shapes = "{{c1::image-occlusion:polygon:points=.1,.1 .3,.1 .2,.3}}{{c0::image-occlusion:text:left=.1:top=.9:text=Hallo}}"
    course, note = occluded(shapes)
    told = " ".join(problem.message for problem in unprinted.told(course, [note]))
    assert "words that lie on a picture are left out" in told
    assert "the boxes around them are hidden" in told
