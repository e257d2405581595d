"""Pictures and sounds in texts: what is read, what is published under which name, what files no longer tell."""

import io
import struct
import unicodedata
import zlib
from base64 import b64decode

import pytest
from conftest import run
from coursedeck.load import load
from coursedeck.media import metadata, names, raster
from coursedeck.media import sound as sounds
from coursedeck.notes import notes_of
from coursedeck.source.files import names_of
from coursedeck.text import files_of, to_html, to_plain
from coursedeck.texts import Line, Prose
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from shown import HIDDEN, PLACE, TELEPHONE, added, picture, sound, told

pytestmark = pytest.mark.slow

PICTURE = """
- id: bild
  lens: definition
  ask: "![ein Kreis]({name}) Was ist das?"
  answer: Ein Fleck.
"""
RASTER = ("PNG", "JPEG", "WEBP", "GIF")
ENDINGS = {"PNG": "png", "JPEG": "jpg", "WEBP": "webp", "GIF": "gif"}


def field(folder, card, name):
    course, found = load(folder)
    assert course, found
    return next(note for note in notes_of(course) if note.id == card).fields[name]


# --- texts ---------------------------------------------------------------------------------------


def test_a_picture_is_its_alternative_text_where_only_words_are_read():
    assert to_plain(Line("See ![a *red*\\] heart](heart.png).")) == "See a *red*] heart."


def test_a_name_may_have_blanks_and_letters_of_any_script():
    for name in ("my heart.jpg", "心臓.png", "Herz_2-b.v3.webp", "हृदय.gif"):
        (shown,) = files_of(Prose(f"![a]({name})"))
        assert shown.file == name


@pytest.mark.parametrize(
    "name", ['x" onerror="a.png', "../a.png", "a/b.png", "http://a.b/c.png", "a.bmp", ".a.png", "a"]
)
def test_no_other_name_becomes_a_picture(name):
    assert files_of(Prose(f"![a]({name})")) == ()
    assert "<img" not in to_html(Prose(f"![a]({name})"))


@given(st.text(st.characters(categories=["L", "P", "S", "Zs"]), max_size=40))
def test_no_alternative_text_leaves_its_attribute(words):
    html = to_html(Line(f"![{words}](a.png)"))
    if "<img" in html:
        _, _, after = html.partition('<img src="media:a.png" alt="')
        assert after.count('"') >= 1
        assert "<" not in after.partition('"')[0]


# --- files ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", RASTER)
def test_a_picture_stands_in_the_field_under_a_name_with_its_digest(course_folder, form):
    file = f"kreis.{ENDINGS[form]}"
    added(course_folder, PICTURE.format(name=file))
    (course_folder / "media" / file).write_bytes(picture(form))
    published = names.published(file, picture(form))
    assert field(course_folder, "bild", "Question").startswith(
        f'<img src="{published}" alt="ein Kreis">'
    )


@pytest.mark.parametrize("form", names.SOUNDS)
def test_a_sound_stands_in_the_field_as_anki_plays_it(course_folder, form):
    file = f"ton.{form}"
    added(course_folder, PICTURE.format(name=file))
    (course_folder / "media" / file).write_bytes(sound(form))
    published = names.published(file, metadata.cleared(file, sound(form)))
    assert f'title="ein Kreis">[sound:{published}]</span>' in field(
        course_folder, "bild", "Question"
    )


def test_a_name_in_the_letters_of_a_mac_is_found(course_folder):
    added(course_folder, PICTURE.format(name="Äpfel.png"))
    (course_folder / "media" / unicodedata.normalize("NFD", "Äpfel.png")).write_bytes(picture())
    assert "coursedeck-Äpfel-" in field(course_folder, "bild", "Question")


def test_an_ending_in_capitals_is_read(course_folder):
    added(course_folder, PICTURE.format(name="KREIS.PNG"))
    (course_folder / "media" / "KREIS.PNG").write_bytes(picture())
    assert ".png" in field(course_folder, "bild", "Question")


def test_what_systems_leave_behind_is_passed_over(course_folder):
    left = ("._glas.svg", ".DS_Store", "Thumbs.db", "desktop.ini", "Desktop.ini")
    for name in left:
        (course_folder / "media" / name).write_bytes(b"\0")
    (course_folder / "modules" / "._grundlagen.yaml").write_bytes(b"\xb0")
    assert [n for n in names_of(course_folder) if n.startswith("media")] == ["media/glas.svg"]
    assert load(course_folder)[1] == []


def test_a_long_name_stays_short_enough_for_anki():
    assert len(names.published("心" * 80 + ".png", b"x").encode()) <= 120


def test_a_published_drawing_keeps_its_name(course_folder):
    assert "coursedeck-glas-9862b097fd0f.svg" in field(course_folder, "glas", "Image")


def read(data, name="a.png"):
    problems = []
    return raster.read(data, f"media/{name}", problems), [problem.code for problem in problems]


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_read():
    def chunk(kind, body):
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    for side, code in ((7000, "media-type"), (8000, "media-size"), (2**31 - 1, "media-size")):
        head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
        made = b"\x89PNG\r\n\x1a\n" + head + chunk(b"IEND", b"")
        assert read(made) == (None, [code]), side


def test_more_bytes_than_fit_are_refused():
    assert read(b"\0" * (raster.MOST_BYTES + 1)) == (None, ["media-size"])
    problems = []
    assert sounds.read(b"\0" * (sounds.MOST_BYTES + 1), "media/a.mp3", problems) is None
    assert [problem.code for problem in problems] == ["media-size"]


@pytest.mark.parametrize("form", RASTER)
def test_half_a_picture_is_a_problem(form):
    data = picture(form)
    assert read(data[: len(data) // 2], f"a.{ENDINGS[form]}") == (None, ["media-type"])


def test_a_picture_whose_sums_are_wrong_is_a_problem():
    """Pillow shows it, and Typst stopped at it as at a bug of ours."""
    data = picture("PNG")
    place = data.index(b"IEND") - 5  # in the sum of what stands before
    spoilt = data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
    assert read(spoilt) == (None, ["media-type"])
    assert read(data[: data.index(b"IEND") - 4]) == (None, ["media-type"])


@given(st.binary(max_size=200), st.sampled_from(RASTER), st.integers(0, 400))
def test_no_bytes_make_reading_fail(noise, form, at):
    data = picture(form)
    raster.read(data[:at] + noise + data[at + len(noise) :], f"a.{ENDINGS[form]}", [])
    raster.read(noise, f"a.{ENDINGS[form]}", [])


@given(st.binary(max_size=200), st.sampled_from(sorted(names.SOUNDS)), st.integers(0, 400))
def test_no_bytes_make_listening_fail(noise, form, at):
    data = sound(form)
    sounds.read(data[:at] + noise + data[at + len(noise) :], f"a.{form}", [])


# --- metadata ------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", RASTER)
def test_a_picture_tells_neither_place_nor_device_and_looks_the_same(form):
    how = {"comment": f"{PLACE} {TELEPHONE}"} if form == "GIF" else {"exif": told()}
    data = picture(form, **how)
    assert TELEPHONE.encode() in data
    clean = metadata.cleared(f"a.{ENDINGS[form]}", data)
    assert TELEPHONE.encode() not in clean
    assert PLACE.encode() not in clean
    before, after = Image.open(io.BytesIO(data)), Image.open(io.BytesIO(clean))
    assert before.convert("RGB").tobytes() == after.convert("RGB").tobytes()
    assert not after.getexif()


def test_a_profile_of_colours_stays():
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for form in ("PNG", "JPEG", "WEBP"):
        clean = metadata.cleared(
            f"a.{ENDINGS[form]}", picture(form, icc_profile=profile, exif=told())
        )
        assert Image.open(io.BytesIO(clean)).info["icc_profile"] == profile


def test_a_moving_picture_goes_on_moving():
    second = Image.new("RGB", (320, 200), "#00ff00")
    for form in ("GIF", "WEBP", "PNG"):
        data = picture(form, save_all=True, append_images=[second], duration=200, loop=0)
        clean = Image.open(io.BytesIO(metadata.cleared(f"a.{ENDINGS[form]}", data)))
        assert clean.n_frames == 2
        assert clean.info["loop"] == 0


@pytest.mark.parametrize("turned", range(1, 9))
def test_a_photograph_stays_turned_and_tells_nothing_else(turned):
    found, problems = read(picture("JPEG", exif=told(turned)), "a.jpg")
    assert not problems
    assert (found.width, found.height) == ((320, 200) if turned < 5 else (200, 320))
    assert TELEPHONE.encode() not in found.data
    assert dict(Image.open(io.BytesIO(found.data)).getexif()) == (
        {} if turned == 1 else {0x0112: turned}
    )


def test_a_second_picture_behind_a_photograph_is_left_out():
    data = picture("JPEG") + picture("JPEG", exif=told())
    assert metadata.cleared("a.jpg", data) == picture("JPEG")


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_a_lying_picture_of_another_form_is_a_problem(form):
    data = picture(form, exif=told(6))
    assert read(data, f"a.{ENDINGS[form]}") == (None, ["media-type"])


@pytest.mark.parametrize("brand", [b"heic", b"mif1"])
def test_a_picture_of_a_telephone_under_another_ending_is_named(brand):
    """As an iPhone sends it, and some program calls it a JPEG."""
    found = []
    data = b"\0\0\0\x18ftyp" + brand + bytes(400)
    assert raster.read(data, "media/a.jpg", found) is None
    assert "HEIC" in found[0].message
    assert "JPEG" in found[0].hint


@pytest.mark.parametrize("form", names.SOUNDS)
def test_a_sound_tells_neither_place_nor_device_and_is_not_encoded_anew(form):
    data = sound(form)
    assert TELEPHONE.encode() in data
    clean = metadata.cleared(f"a.{form}", data)
    assert TELEPHONE.encode() not in clean
    assert PLACE.encode() not in clean
    assert metadata.cleared(f"a.{form}", clean) == clean
    problems = []
    assert sounds.read(data, f"media/a.{form}", problems).told
    assert not problems
    middle = data[len(data) * 2 // 3 :][:150]  # of the sound itself
    assert middle in clean


@pytest.mark.parametrize("form", ["ogg", "opus"])
def test_each_page_of_an_ogg_file_keeps_a_right_sum(form):
    for data in (sound(form), metadata.cleared(f"a.{form}", sound(form))):
        for page, body, segments in metadata._pages(data):
            whole = bytearray(data[page : body + sum(segments)])
            said = bytes(whole[22:26])
            whole[22:26] = bytes(4)
            assert struct.pack("<I", metadata._ogg_sum(bytes(whole))) == said


# --- boxes over a picture ------------------------------------------------------------------------


def test_boxes_in_shares_and_in_pixels_hide_what_they_cover(course_folder):
    """The photograph lies, and is shown upright: 200 wide and 320 high."""
    added(course_folder, HIDDEN, schnitt__jpg=picture("JPEG", exif=told(6)))
    course, found = load(course_folder)
    assert course, found
    (note,) = [note for note in notes_of(course) if note.id == "bild-kaesten"]
    assert note.fields["Occlusion"] == (
        "{{c1::image-occlusion:rect:left=.0000:top=.0000:width=.2500:height=.1250}}<br>"
        "{{c3::image-occlusion:rect:left=.5000:top=.2500:width=.3000:height=.1250}}<br>"
        "{{c3::image-occlusion:rect:left=.0500:top=.7812:width=.3000:height=.1250}}"
    )
    assert "Ein Schnitt" not in note.fields["Image"]
    assert note.fields["Description"] == "Ein Schnitt durch einen Teig"
    assert note.fields["Labels"] == "{{c1::Kruste}} · {{c3::Krume}}"
    assert [(face.ordinal, face.answer) for face in note.faces] == [(0, "Kruste"), (2, "Krume")]


def test_boxes_lie_over_a_drawing_without_labels_too(course_folder):
    drawing = (
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 240" width="480" height="240">'
        b"<title>T</title><desc>D</desc></svg>"
    )
    card = HIDDEN.replace("schnitt.jpg", "schnitt.svg").replace("[10, 250,", "[10, 190,")
    added(course_folder, card, schnitt__svg=drawing)
    assert field(course_folder, "bild-kaesten", "Occlusion").count("image-occlusion:rect") == 3


@pytest.mark.parametrize(
    "at", ["[-0.1, 0, 0.2, 0.2]", "[a, 0, 1, 1]", "[1e3, 0, 1, 1]", "[[0], 0]"]
)
def test_a_place_that_is_no_number_is_a_problem(course_folder, at):
    card = HIDDEN.replace("[0, 0, 0.25, 0.125]", at)
    added(course_folder, card, schnitt__jpg=picture("JPEG"))
    assert load(course_folder)[1]


def test_a_build_says_of_which_files_it_left_something_out(course_folder, tmp_path):
    added(course_folder, HIDDEN, PICTURE.format(name="kreis.png"), kreis__png=picture())
    added(course_folder, schnitt__jpg=picture("JPEG", exif=told(6)))
    said = run("build", course_folder, "--out", tmp_path / "out", "--only", "anki").stdout
    (line,) = [line for line in said.splitlines() if line.startswith("what these tell")]
    assert line.endswith(": media/schnitt.jpg (place, camera, words)")


def test_a_picture_that_only_says_how_it_is_turned_tells_nothing():
    turned = Image.Exif()
    turned[0x0112] = 6
    shown, _ = read(picture("JPEG", exif=turned), "a.jpg")
    assert shown.turned == 6
    assert shown.told == ()


@pytest.mark.parametrize(
    ("tag", "value", "what"),
    [
        (0x013B, "Ada", "author"),
        (0x0132, "2026:01:02 03:04:05", "time"),
        (0x0131, "Paint 3", "program"),
        (0x9C9F, b"?", "words"),
        (0xC4A5, b"?", "other data"),
    ],
)
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_what_a_picture_tells_is_named(form, tag, value, what):
    exif = Image.Exif()
    exif[tag] = value
    assert read(picture(form, exif=exif), f"a.{ENDINGS[form]}")[0].told == (what,)


def test_comments_and_segments_of_programs_are_named():
    data = picture("JPEG")
    comment = b"\xff\xfe\0\x0aHi there"
    assert read(data[:2] + comment + data[2:], "a.jpg")[0].told == ("words",)
    unknown = b"\xff\xeb\0\x42" + b"x" * 64
    assert read(data[:2] + unknown + data[2:], "a.jpg")[0].told == ("other data",)


def test_a_photograph_in_webp_takes_little_room_in_print():
    """PDF knows no WebP: its points, one by one, would take ten times as much."""
    noise = Image.effect_noise((80, 60), 40).convert("RGB").resize((800, 600))
    buffer = io.BytesIO()
    noise.save(buffer, "WEBP", quality=60)
    made = raster.as_svg(read(buffer.getvalue(), "a.webp")[0])
    assert "data:image/jpeg;base64," in made
    assert len(made) < 0.2 * 800 * 600 * 3


@pytest.mark.parametrize("how", [{"lossless": True}, {"quality": 60}])
def test_a_drawing_in_webp_stays_sharp_in_print_and_keeps_what_is_clear(how):
    clear = Image.new("RGBA", (40, 30), (255, 0, 0, 90))
    buffer = io.BytesIO()
    clear.save(buffer, "WEBP", **how)
    made = raster.as_svg(read(buffer.getvalue(), "a.webp")[0])
    png = Image.open(io.BytesIO(b64decode(made.partition("base64,")[2].partition('"')[0])))
    assert (png.format, png.mode) == ("PNG", "RGBA")


@pytest.mark.parametrize(
    ("written", "near"), [("glass.svg", True), ("glas.png", True), ("ohr.svg", False)]
)
def test_a_missing_file_is_compared_by_its_name_and_not_by_its_ending(course_folder, written, near):
    added(course_folder, PICTURE.format(name=written))
    (problem,) = [p for p in load(course_folder)[1] if p.code == "unknown-media"]
    assert (problem.hint == "did you mean “glas.svg”?") is near
