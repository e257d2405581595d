"""Occlusions that came from Anki, on paper and on the page."""

import io
import re

import pytest
from brought import CLOZE, TYPE, card, course_of
from coursedeck.kinds import kept
from coursedeck.notes import notes_of, setting_of
from coursedeck.outputs import unprinted
from coursedeck.outputs.pagedata import drawings
from coursedeck.outputs.web.cards import card_html
from coursedeck.text import files_of
from PIL import Image


def test_turned_shapes_are_told():
    shape = "{{c1::image-occlusion:rect:left=.1:top=.1:width=.2:height=.2:angle=%s:oi=1}}"
    assert [*kept.shapes_left_out(shape % "45")] == [*kept.shapes_left_out(shape % "-12.5")]
    assert "turned" in "".join(kept.shapes_left_out(shape % "45"))
    assert not [*kept.shapes_left_out(shape % "0")]
    assert not [*kept.shapes_left_out(shape % "360")]


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
