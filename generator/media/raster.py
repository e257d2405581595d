"""Photographs and other raster pictures of `media/`. The only import of Pillow."""

import functools
import io
import re
import warnings
from base64 import b64encode

from ..late import late
from ..problems import Problem, Span
from ..texts import Picture
from .metadata import cleared, orientation
from .names import PICTURES, ending

FORMATS = {"png": "PNG", "jpg": "JPEG", "jpeg": "JPEG", "webp": "WEBP", "gif": "GIF"}
TURNED = 0x0112  # the tag of EXIF that says how a picture is to be turned
MOST_BYTES = 16_000_000
HEIC = (
    b"ftypheic",
    b"ftypheix",
    b"ftypmif1",
    b"ftyphevc",
)  # how such a file begins, behind its length
MOST_PIXELS = 50_000_000


def _each(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Tags of EXIF that tell only of the picture itself; and what Pillow reads of a picture beside what was written into it.
NEUTRAL = _each(
    "Orientation XResolution YResolution ResolutionUnit YCbCrPositioning YCbCrCoefficients ReferenceBlackWhite ExifOffset"
    " ColorSpace ExifImageWidth ExifImageHeight ExifVersion FlashPixVersion ComponentsConfiguration ImageWidth"
    " ImageLength BitsPerSample Compression PhotometricInterpretation SamplesPerPixel ExifInteroperabilityOffset"
)
OWN = _each(
    "jfif jfif_version jfif_unit jfif_density dpi exif icc_profile adobe adobe_transform progressive progression"
    " version background duration loop timestamp transparency gamma srgb interlace aspect chromaticity default_image"
    " blend disposal extension xmp mp mpoffset bbox"
)
TELLING = {
    "place": late("GPS|[Ll]ocation|City|Country"),
    "camera": late("^(Make|Model|LensModel|LensMake|MakerNote)$|SerialNumber|CameraOwner"),
    "time": late("[Tt]ime|[Dd]ate"),
    "author": late("^(Artist|Copyright|Author|XPAuthor|creator|rights|CameraOwnerName)$"),
    "program": late("Software|CreatorTool|^(HostComputer|photoshop)$"),
    "words": late("[Cc]omment|[Dd]escription|^([Tt]itle|XPTitle|XPSubject|XPKeywords|subject)$"),
}
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
    size, clean, told = found
    turned = orientation(clean) if form == "JPEG" else 1
    return Picture(
        name=name,
        data=clean,
        told=told,
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
) -> tuple[tuple[int, int], bytes, tuple[str, ...]] | Problem:
    """The size of a picture that should be of this form, its bytes without metadata, which are read whole, and what that told;
    or what is wrong with it.
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
        told = () if clean == data else _told(data, clean)
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
        if data[4:12] in HEIC:
            said = "this is a HEIC picture, as telephones take them, whatever its ending says"
            return Problem(span, "media-type", said, "save it as a JPEG")
        return Problem(span, "media-type", said, "save it again, under its right ending")
    return size, clean, told


def _told(data: bytes, clean: bytes) -> tuple[str, ...]:
    """What is gone from a picture that was cleared, in a word or two each; nothing where it said no more than how large the
    picture is and how it is turned.
    """
    from PIL import ExifTags, Image

    try:
        with Image.open(io.BytesIO(data)) as found:
            exif = found.getexif()
            tags = [*exif, *exif.get_ifd(ExifTags.IFD.Exif)]
            place = bool(exif.get_ifd(ExifTags.IFD.GPSInfo))
            small = bool(exif.get_ifd(ExifTags.IFD.IFD1))
            written = found.info
    except Exception:  # noqa: BLE001 - what was written is damaged, not the picture
        return ("other data",)
    kept = [ExifTags.TAGS.get(tag, "?") for tag in tags]
    words = [name for name in kept if name not in NEUTRAL and not name.startswith("GPS")]
    words += [str(key) for key in written if str(key) not in OWN]
    xmp = written.get("xmp") or written.get("XML:com.adobe.xmp") or b""
    xmp = xmp if isinstance(xmp, bytes) else str(xmp).encode()
    words += re.findall(r"[a-z]+:([A-Za-z]+)", xmp.decode("utf-8", "replace"))
    said = [what for what, pattern in TELLING.items() if any(map(pattern.search, words))]
    said[:0] = ["place"] if place and "place" not in said else []
    said += ["a small picture"] if small else []
    rest = len(data) - len(clean) - len(written.get("exif", b""))
    if not said and (words or rest > 32):
        said = ["other data"]
    return tuple(said)


def _too_large(span: Span, said: str) -> Problem:
    hint = "make it smaller: cards and pages show no more than some 1500 pixels a side"
    return Problem(span, "media-size", f"the picture has {said} the most", hint)


@functools.lru_cache(maxsize=256)  # each printed form asks for it
def as_svg(picture: Picture) -> str:
    """The picture as an SVG that holds it, turned as it is shown: print takes no other form as text. One with more pixels than
    a page can show is made smaller.
    """
    wide, high = _stored(picture)
    kind, data = PICTURES[ending(picture.name)], picture.data
    large = max(wide, high) > PRINTED
    if large or kind == "image/webp":
        kind, data = _for_print(data, quality=85 if large else 92)
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


@functools.lru_cache(maxsize=256)  # a card may say other words of the same picture
def _for_print(data: bytes, *, quality: int) -> tuple[str, bytes]:
    """A picture no larger than a page can show, and no WebP, which PDF does not know, so that each of its points would stand
    there: its media type, and its bytes.
    """
    from PIL import Image

    with Image.open(io.BytesIO(data)) as found:
        found.draft(None, (PRINTED, PRINTED))
        drawn = found.has_transparency_data or b"VP8L" in data[:64]  # WebP that loses nothing
        form = "PNG" if drawn else "JPEG"
        made = found.convert("RGBA" if found.has_transparency_data else "RGB")
        made.thumbnail((PRINTED, PRINTED))
        buffer = io.BytesIO()
        profile = found.info.get("icc_profile") if found.mode in {"RGB", "RGBA"} else None
        made.save(buffer, form, quality=quality, icc_profile=profile)
    return Image.MIME[form], buffer.getvalue()
