"""Drawings: what an SVG may hold, what is refused at its place, what programs leave in it, and where its labels lie."""

import io
import time
from base64 import b64encode

import pytest
from coursedeck import pictures
from coursedeck.media import svg
from PIL import Image
from tables import with_each

HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    ' viewBox="0 0 480 240" width="480" height="240">\n<title>T</title><desc>D</desc>\n'
)


def drawing(body, head=HEAD):
    return f"{head}{body}\n</svg>".encode()


def read(data):
    problems = []
    picture = pictures.read(data, "media/a.svg", problems)
    return picture, [(p.code, p.span.line) for p in problems], problems


def raster(**saved):
    buffer = io.BytesIO()
    Image.new("RGB", (4, 3), "red").save(buffer, "JPEG", **saved)
    return b64encode(buffer.getvalue()).decode()


def told():
    exif = Image.Exif()
    exif[0x010F] = "A camera"
    return exif


HOSTILE = {
    "a script": "<script>alert(1)</script>",
    "a handler": '<rect onload="alert(1)" width="9" height="9"/>',
    "a handler in capitals": '<g ONCLICK="alert(1)"/>',
    "a page within": "<foreignObject><body xmlns='http://www.w3.org/1999/xhtml'/></foreignObject>",
    "an animation": '<animate attributeName="href" to="javascript:alert(1)"/>',
    "a link": '<a xlink:href="javascript:alert(1)"><text>x</text></a>',
    "a use of another file": '<use href="https://example.org/a.svg#x"/>',
    "a use of data": '<use xlink:href="data:image/svg+xml;base64,AAAA#x"/>',
    "a reference twice": '<g id="x"/><use xlink:href="#x" href="https://example.org/#x"/>',
    "another base": '<g xml:base="https://example.org/"/>',
    "a picture elsewhere": '<image href="https://example.org/a.png"/>',
    "a drawing as data": '<image href="data:image/svg+xml;base64,PHN2Zy8+"/>',
    "data that is no picture": '<image href="data:image/png;base64,AAAA"/>',
    "a picture that tells its camera": f'<image href="data:image/jpeg;base64,{raster(exif=told())}"/>',
    "a fill from elsewhere": '<rect fill="url(https://example.org/a.svg#x)"/>',
    "a fill with escapes": '<rect fill="ur\\6c(https://example.org/)"/>',
    "a style from elsewhere": '<rect style="fill: url(//example.org/a.svg)"/>',
    "a style that is no property of drawings": '<rect style="behavior: x"/>',
    "a style in a false comment": """<rect style='font-family:"/*";fill:url(//example.org/);x:"*/"'/>""",
    "an import": "<style>@import url(https://example.org/a.css);</style>",
    "a sheet with an address": "<style>.a { fill: url(https://example.org/a.svg) }</style>",
    "a sheet with a face": "<style>@font-face { font-family: x; src: url(a.woff) }</style>",
    "a sheet that is open": "<style>.a { fill: red",
    "a function": '<rect fill="expression(alert(1))"/>',
    "an instruction": '<?xml-stylesheet href="https://example.org/a.css"?>',
    "a use of itself": '<g id="x"><use href="#x"/></g>',
    "a pattern of itself": '<pattern id="p"><rect fill="url(#p)"/></pattern><rect fill="url(#p)"/>',
    "an unknown element": "<blink/>",
    "an element of no namespace": '<rect xmlns="" width="9" height="9"/>',
    "a drawing within": '<svg width="9" height="9"/>',
    "a filter": '<filter id="f"><feImage href="https://example.org/"/></filter>',
}


@with_each("body", HOSTILE.values(), ids=HOSTILE)
def test_what_does_not_belong_in_a_drawing_is_refused_where_it_stands(body):
    if "{ fill: red" in body:
        body += "</style>"
    picture, found, problems = read(drawing(f"<g/>\n{body}"))
    assert picture is None
    assert found
    assert {line for _, line in found} == {4}, problems
    assert {code for code, _ in found} <= {"svg-content", "media-type"}


def test_entities_are_refused_before_they_grow():
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    data = f'<?xml version="1.0"?>\n<!DOCTYPE svg [<!ENTITY l0 "ha">{laughs}]>\n<svg>&l9;</svg>'
    assert read(data.encode())[1] == [("svg-doctype", 2)]


def test_a_file_of_the_machine_does_not_come_in_as_an_entity():
    data = (
        b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<svg><title>&x;</title></svg>'
    )
    assert read(data)[1] == [("svg-doctype", 1)]


def test_a_doctype_does_not_hide_in_other_encodings():
    text = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>'
    assert [code for code, _ in read(text.encode("utf-16"))[1]] == ["svg-syntax"]
    assert [code for code, _ in read(text.encode())[1]] == ["svg-syntax"]
    latin = b'<?xml version="1.0" encoding="ISO-8859-1"?>\n<svg>\xe4</svg>'
    assert read(latin)[1] == [("svg-syntax", 2)]


def test_a_mark_of_utf_8_at_the_beginning_does_no_harm():
    picture, found, _ = read(b"\xef\xbb\xbf" + drawing("<g/>"))
    assert found == []
    assert picture.data.startswith(b"<svg")


def test_uses_that_double_each_other_are_refused():
    """Twenty lines that would draw a million rectangles."""
    lines = ['<g id="a0"><rect width="1" height="1"/></g>']
    lines += [
        f'<g id="a{n}"><use href="#a{n - 1}"/><use href="#a{n - 1}"/></g>' for n in range(1, 21)
    ]
    assert read(drawing("\n".join(lines)))[1] == [("svg-content", 1)]


HUGE = {
    "deep": "<g>" * 100_000,
    "many": "<g/>" * 100_000,
    "a long word": f'<path d="{"a" * 1_000_000}"/>',
    "blanks": f'<path d="M{" " * 1_000_000}x("/>',
    "a sheet without braces": f"<style>{'a' * 500_000}</style>",
    "comments without end": f"<style>{'/*' * 500_000}</style>",
    "brackets": f'<path d="{"(" * 500_000}"/>',
    "labels": '<g data-mask="1"><title>a</title><rect width="1" height="1"/></g>' * 9_000,
    "too large": "<!--" + "x" * svg.MOST_BYTES + "-->",
}


@pytest.mark.slow
@pytest.mark.parametrize("body", HUGE.values(), ids=HUGE)
def test_no_drawing_takes_long(body):
    """A second or less each; what looks from each sign to the end of it takes an hour."""
    start = time.process_time()
    read(drawing(body))
    assert time.process_time() - start < 60


INKSCAPE = """<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<!-- Created with Inkscape (http://www.inkscape.org/) -->
<svg width="127mm" height="63.5mm" viewBox="0 0 127 63.5" version="1.1" id="svg5"
   inkscape:version="1.2" sodipodi:docname="secret &gt; name.svg"
   inkscape:export-filename='/home/alice/"heart".png'
   xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"
   xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd"
   xmlns="http://www.w3.org/2000/svg">
  <title id="t">T</title><desc>D</desc>
  <sodipodi:namedview id="base" pagecolor="#ffffff"/>
  <metadata id="m"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><cc:Work
    xmlns:cc="http://creativecommons.org/ns#" rdf:about=""><a>Alice</a></cc:Work></rdf:RDF></metadata>
  <g inkscape:label="Layer 1" inkscape:groupmode="layer" id="layer1" transform="translate(10,5)">
    <rect style="fill:#ff0000;stroke-width:0.264583;-inkscape-stroke:none;paint-order:markers fill stroke"
      id="r" width="20" height="10" x="1" y="2"/>
    <g data-mask="1"><title>Aorta</title><rect x="0" y="0" width="40" height="10"
      sodipodi:insensitive="true"/></g>
  </g>
</svg>
"""


def test_what_inkscape_writes_for_itself_is_left_out_and_nothing_else():
    picture, found, problems = read(INKSCAPE.encode())
    assert found == [], problems
    assert picture.told
    text = picture.data.decode()
    for gone in ("alice", "Alice", "secret", "namedview", "metadata", "Layer 1", "insensitive"):
        assert gone not in text
    for kept in ("<title id=", 'transform="translate(10,5)"', "paint-order", '<rect x="0" y="0"'):
        assert kept in text
    assert read(picture.data)[1] == []
    (mask,) = picture.masks
    assert (mask.left, mask.top) == pytest.approx((10 / 127, 5 / 63.5))


def test_an_element_left_out_takes_no_neighbour_along():
    body = '<g><x:a xmlns:x="urn:x" b="1>2"/></g><g><x:a xmlns:x="urn:x"><x:a/>w</x:a></g><rect/>'
    picture, _, problems = read(drawing(body))
    assert problems == []
    assert picture.data == drawing("<g></g><g></g><rect/>")


ODD = {
    "illustrator's": (
        '<style type="text/css">\n\t.st0{fill:#FFFFFF;stroke:#231F20;}\n\t.st1,.st2{font-size:12px}'
        "\n</style><g id='Layer_1' style='enable-background:new 0 0 480 240;' xml:space='preserve'>"
        "<rect class='st0' width='20' height='20'/></g>"
    ),
    "its gradients": (
        "<style>.cls-1{fill:url(#lg);}.cls-2{clip-path:url(#c);}</style><defs><linearGradient id='lg'>"
        "<stop offset='0' stop-color='#fff'/></linearGradient><clipPath id='c'><rect width='9' "
        "height='9'/></clipPath></defs><g class='cls-2'><path class='cls-1' d='M0 0h9v9z'/></g>"
    ),
    "figma's": (
        '<g clip-path="url(#clip0_1_2)"><rect width="9" height="9" rx="2" fill="url(#p0)" '
        'style="mix-blend-mode:multiply"/></g><defs><linearGradient id="p0" '
        'gradientUnits="userSpaceOnUse" gradientTransform="rotate(90)"><stop/></linearGradient>'
        '<clipPath id="clip0_1_2"><rect width="9" height="9" transform="translate(1 2)"/></clipPath></defs>'
    ),
    "a symbol": '<defs><symbol id="s"><path d="M0 0"/></symbol></defs><use xlink:href="#s" x="9"/>',
    "a photograph": f'<image width="40" height="30" href="data:image/jpeg;base64,{raster()}"/>',
    "words": "<text>javascript: url(https://example.org) @import &lt;script&gt;</text>",
    "own data": '<g data-name="Layer (1); @x" aria-label="a\\b"/>',
}


@with_each("body", ODD.values(), ids=ODD)
def test_what_programs_export_is_taken_as_it_stands(body):
    picture, found, problems = read(drawing(body))
    assert found == [], problems
    assert picture.data == drawing(body)


SIZES = {
    'viewBox="0 0 nan nan" width="9" height="9"': "svg-size",
    'viewBox="0 0 inf 9" width="9" height="9"': "svg-size",
    'viewBox="0 0 1e300 9" width="9" height="9"': "svg-size",
    'viewBox="0 0 9 9" width="100%" height="100%"': "svg-size",
    'viewBox="0 0 480 240" width="480" height="480"': "svg-size",
}


@with_each(("said", "code"), SIZES.items())
def test_a_drawing_has_a_size_and_is_not_stretched(said, code):
    """Where width and height are in another proportion, a mask lies beside its label."""
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {said}><title>T</title><desc>D</desc>'
    assert code in [found for found, _ in read(drawing("", head))[1]]


# --- labels --------------------------------------------------------------------------------------


def label(number=1, at='x="10" y="20" width="100" height="40"', inner="", more=""):
    return f'<g data-mask="{number}" {more}><title>Word</title><rect {at}/>{inner}</g>'


MOVED = {
    'transform="translate(30)"': (40, 20, 100, 40),
    'transform="translate(30, -10)"': (40, 10, 100, 40),
    'transform="scale(.5)"': (5, 10, 50, 20),
    'transform="scale(-1 1) translate(-200 0)"': (90, 20, 100, 40),
    'transform="rotate(90) translate(0 -100)"': (40, 10, 40, 100),
    'transform="rotate(-90 100 100)"': (20, 90, 40, 100),
    'transform="rotate(180,100,100)"': (90, 140, 100, 40),
    'transform="matrix(2 0 0 1.5 3 4)"': (23, 34, 200, 60),
    'transform="matrix(0 1 1 0 0 0)"': (20, 10, 40, 100),
}


@with_each(("said", "place"), MOVED.items())
def test_transforms_move_a_mask_as_they_move_its_label(said, place):
    shares = [number / size for number, size in zip(place, (480, 240, 480, 240), strict=True)]
    on_group = drawing(f"<g {said}>{label()}</g>")
    on_label = drawing(label(more=said))
    on_rect = drawing(label(at=f'x="10" y="20" width="100" height="40" {said}'))
    for data in (on_group, on_label, on_rect):
        picture, found, problems = read(data)
        assert found == [], problems
        (mask,) = picture.masks
        assert [mask.left, mask.top, mask.width, mask.height] == pytest.approx(shares)


def test_transforms_of_groups_within_each_other_add_up():
    picture, _, problems = read(
        drawing(f'<g transform="translate(100 0)"><g transform="scale(2)">{label()}</g></g>')
    )
    assert problems == []
    assert picture.masks[0].left == pytest.approx(120 / 480)


@with_each(
    "said", ["rotate(30)", "skewX(10)", "matrix(1 1 -1 1 0 0)", "translate(1 2 3)", "scale(1e9)"]
)
def test_a_mask_that_would_lie_aslant_is_refused_at_its_element(said):
    _, found, _ = read(drawing(f'<g transform="{said}">\n<g>\n{label()}</g></g>'))
    assert found == [("svg-mask", 5)]


MISPLACED = {
    "outside": label(at='x="500" y="20" width="100" height="40"'),
    "half outside": label(at='x="400" y="20" width="100" height="40"'),
    "moved out": f'<g transform="translate(-50 0)">{label()}</g>',
    "above": label(at='x="0" y="-20" width="100" height="40"'),
    "over another": label() + "\n" + label(2, 'x="20" y="30" width="100" height="40"'),
    "moved over another": label() + "\n" + f'<g transform="translate(5)">{label(2)}</g>',
    "in what is not shown": f"<defs>{label()}</defs>",
    "shown twice": f'<g id="x">{label()}</g>\n<use href="#x" x="200"/>',
    "narrower than its words": label(
        at='x="10" y="20" width="30" height="40"',
        inner='<text x="25" y="44" font-size="18" text-anchor="middle">Pulmonary artery</text>',
    ),
    "beside its words": label(inner='<text x="200" y="44">Word</text>'),
    "lower than its words": label(inner='<text x="20" y="90">Word</text>'),
    "smaller than words of an inherited size": '<g style="font-size: 90px">'
    + label(inner='<text x="10" y="55">Words</text>')
    + "</g>",
}


@with_each("body", MISPLACED.values(), ids=MISPLACED)
def test_a_mask_that_does_not_hide_its_label_alone_is_a_problem_at_its_place(body):
    picture, found, _ = read(drawing(body))
    assert picture is None
    assert found == [("svg-mask", 4 if "\n" in body else 3)]


def test_labels_that_share_a_number_or_touch_are_taken():
    lying = label() + label() + label(2, 'x="110" y="20" width="100" height="40"')
    assert read(drawing(lying))[1] == []


def test_words_that_fill_their_box_are_taken():
    word = '<text x="60" y="44" font-size="18" text-anchor="middle">Aortic valve</text>'
    assert read(drawing(label(inner=word)))[1] == []


def test_a_rect_without_x_and_y_stands_at_the_corner():
    picture, _, problems = read(drawing(label(at='width="48" height="24"')))
    assert problems == []
    assert (picture.masks[0].left, picture.masks[0].width) == pytest.approx((0, 0.1))


OWN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 40 20"'


@with_each(
    ("inner", "gone"),
    [
        ('<rect width="9" height="9" fill="url(http://x.org/a)"/>', "x.org"),
        ('<rect width="9" height="9" style="fill:red;mask:url(http://x.org/a)"/>', "x.org"),
        ('<rect width="9" height="9" onclick="alert(1)"/>', "alert"),
        ('<image xlink:href="http://x.org/a.png" width="9" height="9"/><rect width="9"/>', "x.org"),
        ('<a xlink:href="http://x.org"><rect width="9" height="9"/></a>', "x.org"),
        ("<script>alert(1)</script>", "alert"),
        (
            '<foreignObject><b xmlns="http://www.w3.org/1999/xhtml">x.org</b></foreignObject>',
            "x.org",
        ),
        ('<use href="http://x.org/a#b"/>', "x.org"),
    ],
)
def test_of_a_drawing_from_elsewhere_only_what_is_on_the_lists_is_printed(inner, gone):
    picture = pictures.foreign(f'{OWN} width="40" height="20">{inner}</svg>'.encode(), "a.svg")
    assert picture
    assert gone not in picture.data.decode()
    assert (picture.width, picture.height) == (40, 20)


def test_a_drawing_from_elsewhere_keeps_its_colours():
    inner = '<rect width="9" height="9" style="fill:#f00;-x-odd:1;stroke:none"/>'
    picture = pictures.foreign(f"{OWN}>{inner}</svg>".encode(), "a.svg")
    assert picture
    assert "fill:#f00;stroke:none" in picture.data.decode()


@with_each(
    "inner",
    [
        "<g>" * 5000 + "</g>" * 5000,
        "<style>@import 'http://x.org/a.css';</style>",
        '<g id="a"><use href="#a"/></g>',
        '<g id="a"><rect width="9" height="9"/></g>'
        + "".join(
            f'<g id="{b}"><use href="#{a}"/>' * 1 + f'<use href="#{a}"/>' * 30 + "</g>"
            for a, b in ("ab", "bc", "cd", "de", "ef")
        ),
    ],
)
def test_a_drawing_from_elsewhere_that_cannot_be_drawn_safely_is_none(inner):
    assert pictures.foreign(f"{OWN}>{inner}</svg>".encode(), "a.svg") is None


@pytest.mark.parametrize(
    ("body", "photo"),
    [(f'<image href="data:image/jpeg;base64,{raster()}"/>', True), ("<g/>", False)],
)
def test_a_drawing_that_holds_a_photograph_is_known(body, photo):
    """By night the others are turned dark."""
    picture, *_ = read(drawing(body))
    assert picture.photo is photo
