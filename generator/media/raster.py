"""Photographs and other raster pictures of `media/`. The only import of Pillow."""

import functools
import io
import warnings
from base64 import b64encode

from ..problems import Problem, Span
from ..texts import Picture
from .metadata import cleared, orientation
from .names import PICTURES, ending

FORMATS = {"png": "PNG", "jpg": "JPEG", "jpeg": "JPEG", "webp": "WEBP", "gif": "GIF"}
TURNED = 0x0112  # the tag of EXIF that says how a picture is to be turned
MOST_BYTES = 16_000_000
MOST_PIXELS = 50_000_000
PRINTED = 1600  # pixels a side: some 250 an inch, where a picture takes the whole width of a page
# Pixels of a picture that EXIF's number turns, as what SVG calls a matrix, by width and height.
TURNS = {
    2: "-1 0 0 1 {w} 0",
    3: "-1 0 0 -1 {w} {h}",
    4: "1 0 0 -1 0 {h}",
    5: "0 1 1 0 0 0",
    6: "0 1 -1 0 {h} 0",
    7: "0 -1 -1 0 {h} {w}",
    8: "0 -1 1 0 0 {w}",
}


def read(data: bytes, path: str, problems: list[Problem]) -> Picture | None:
    """Read one picture. Adds what is wrong to `problems`; None when it cannot be used.

    The bytes are the file's own, without what they tell of place and device. Width and height are in pixels, as shown.
    """
    name, span = path.rpartition("/")[2], Span(path)
    if len(data) > MOST_BYTES:
        problems.append(_too_large(span, f"{len(data) / 1e6:.0f} MB, {MOST_BYTES / 1e6:.0f} are"))
        return None
    form = FORMATS[ending(name)]
    found = _looked_at(data, name, form, span)
    if isinstance(found, Problem):
        problems.append(found)
        return None
    size, clean = found
    turned = orientation(clean) if form == "JPEG" else 1
    return Picture(
        name=name,
        data=clean,
        cleared=clean != data,
        title="",
        description="",
        width=size[turned > 4],
        height=size[turned <= 4],
        masks=(),
        turned=turned,
        span=span,
    )


def _looked_at(
    data: bytes, name: str, form: str, span: Span
) -> tuple[tuple[int, int], bytes] | Problem:
    """The size of a picture that should be of this form and its bytes without metadata, which are read whole; or what is
    wrong with it.
    """
    from PIL import Image

    warnings.filterwarnings("ignore", category=Image.DecompressionBombWarning)  # we count them
    try:
        with Image.open(io.BytesIO(data), formats=sorted({*FORMATS.values()})) as found:
            size = width, height = found.size
            is_ = str(found.format).replace("MPO", "JPEG")  # with other pictures behind it
            if is_ != form:
                said = f"the name says {form}, and the file is {is_}"
                hint = "give it its right ending, or save it anew"
                return Problem(span, "media-type", said, hint)
            if width * height > MOST_PIXELS:
                said = f"{width} × {height} pixels, {MOST_PIXELS / 1e6:.0f} million are"
                return _too_large(span, said)
            if form != "JPEG" and found.getexif().get(TURNED, 1) != 1:
                said = f"the picture is to be turned, which not every program does with a {form}"
                hint = "turn it in a program, and save it so"
                return Problem(span, "media-type", said, hint)
        clean = cleared(name, data)
        with Image.open(io.BytesIO(clean), formats=[form]) as found:
            found.verify()  # sums, which reading does not look at
        with Image.open(io.BytesIO(clean), formats=[form]) as found:
            found.draft("L", (max(1, width // 8), max(1, height // 8)))  # a JPEG takes less time so
            found.load()
    except Image.DecompressionBombError:
        said = f"far more pixels than {MOST_PIXELS / 1e6:.0f} million, which are"
        return _too_large(span, said)
    except Exception:  # noqa: BLE001 - whatever the library stumbles on is the file's fault
        said = "this is no picture that can be read, or a damaged one"
        return Problem(span, "media-type", said, "save it again, under its right ending")
    return size, clean


def _too_large(span: Span, said: str) -> Problem:
    hint = "make it smaller: cards and pages show no more than some 1500 pixels a side"
    return Problem(span, "media-size", f"the picture has {said} the most", hint)


@functools.lru_cache(maxsize=256)  # each printed form asks for it
def as_svg(picture: Picture) -> str:
    """The picture as an SVG that holds it, turned as it is shown: print takes no other form as text. One with more pixels than
    a page can show is made smaller.
    """
    kind, data, (wide, high) = PICTURES[ending(picture.name)], picture.data, _stored(picture)
    if max(wide, high) > PRINTED:
        kind, data = _smaller(data, PRINTED)
    turn = ""
    if picture.turned != 1:
        turn = f' transform="matrix({TURNS[picture.turned].format(w=wide, h=high)})"'
    size = f'width="{picture.width:.0f}" height="{picture.height:.0f}"'
    box = f'viewBox="0 0 {picture.width:.0f} {picture.height:.0f}"'
    address = f"data:{kind};base64,{b64encode(data).decode()}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} {box}>'
        f'<image width="{wide}" height="{high}"{turn} href="{address}"/></svg>'
    )


def _stored(picture: Picture) -> tuple[int, int]:
    """The width and height of a picture as it is stored, not as it is turned."""
    width, height = int(picture.width), int(picture.height)
    return (height, width) if picture.turned > 4 else (width, height)


def _smaller(data: bytes, most: int) -> tuple[str, bytes]:
    """A picture with no more pixels a side than `most`: its media type, and its bytes."""
    from PIL import Image

    with Image.open(io.BytesIO(data)) as found:
        found.draft(None, (most, most))
        form = "PNG" if found.has_transparency_data else "JPEG"
        made = found.convert("RGBA" if form == "PNG" else "RGB")
        made.thumbnail((most, most))
        buffer = io.BytesIO()
        profile = found.info.get("icc_profile") if found.mode in {"RGB", "RGBA"} else None
        made.save(buffer, form, quality=85, icc_profile=profile)
    return Image.MIME[form], buffer.getvalue()
