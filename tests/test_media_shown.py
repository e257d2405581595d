"""Pictures and sounds where learners meet them: in the real Anki and on paper."""

import json
import zipfile

import pymupdf
import pytest
from conftest import run
from print_reading import opened, text
from shown import PLACE, TELEPHONE, shown_course

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = shown_course(tmp_path_factory.mktemp("media") / "course")
    out = tmp_path_factory.mktemp("out")
    run("build", folder, "--out", out)
    return out


def test_anki_finds_every_file_and_uses_each(built, learner):
    learner.imports(built / "sauerteig.apkg")
    report = learner.col.media.check()
    assert not report.missing
    assert not report.unused
    with zipfile.ZipFile(built / "sauerteig.apkg") as archive:
        assert len(json.loads(archive.read("media"))) == 11


def test_anki_shows_pictures_and_plays_sounds(built, learner):
    learner.imports(built / "sauerteig.apkg")
    cards = [learner.col.get_card(cid) for cid in learner.col.find_cards("Id:bild-*")]
    played = {
        each.filename
        for card in cards
        for each in (*card.question_av_tags(), *card.answer_av_tags())
    }
    assert len(played) == 5
    for name in played:
        assert learner.col.media.have(name)
    (first,) = [card for card in cards if "Was ist das?" in card.question()]
    assert '<img src="coursedeck-foto%20eins-' in learner.col.media.escape_media_filenames(
        first.question()
    )


def test_anki_opens_boxes_over_a_photograph_as_its_own(built, learner):
    learner.imports(built / "sauerteig.apkg")
    (nid,) = learner.col.find_notes("Id:bild-kaesten")
    opened_ = learner.col.get_image_occlusion_note(nid)
    assert opened_.WhichOneof("value") == "note", opened_
    assert opened_.note.image_data.startswith(b"\xff\xd8")
    assert sorted(len(each.shapes) for each in opened_.note.occlusions) == [1, 2]
    assert len(learner.col.find_cards("Id:bild-kaesten")) == 2


def test_a_package_tells_neither_place_nor_device(built):
    with zipfile.ZipFile(built / "sauerteig.apkg") as archive:
        for member in archive.namelist():
            assert TELEPHONE.encode() not in archive.read(member)
            assert PLACE.encode() not in archive.read(member)


@pytest.mark.parametrize("name", ["study-sheets", "cards-2x4-long-edge", "cards-3x3-short-edge"])
def test_pictures_are_printed_and_sounds_are_named(built, name):
    data = (built / "print" / "a4" / name / "grundlagen.pdf").read_bytes()
    shown = [info for page in opened(data) for info in page.get_image_info()]
    sizes = {(info["width"], info["height"]) for info in shown}
    assert {(1600, 1000), (24, 18), (320, 200), (200, 600)} <= sizes
    assert "♪ ein Ton, ♪ noch einer" in text(data).replace("\u00a0", " ")
    assert TELEPHONE.encode() not in data


def test_a_turned_photograph_is_printed_upright(built):
    """Its red corner lies at the upper right, after a quarter turn."""
    data = (built / "print" / "a4" / "study-sheets" / "grundlagen.pdf").read_bytes()
    for page in opened(data):
        for info in page.get_image_info():
            if (info["width"], info["height"]) == (1600, 1000):
                x0, y0, x1, y1 = info["bbox"]
                assert (x1 - x0) / (y1 - y0) == pytest.approx(0.625, abs=0.01)
                corner = pymupdf.Rect(x1 - 4, y0 + 1, x1 - 1, y0 + 4)
                red, green, blue = page.get_pixmap(clip=corner, dpi=72).pixel(1, 1)
                assert red > 200
                assert max(green, blue) < 60
                return
    pytest.fail("the photograph is nowhere")
