"""What files tell of themselves that nobody meant to publish (where and with what a picture was taken, who owns the
program): it is taken out as it stands, and nothing is encoded anew, so that the same file always gives the same bytes.

`cleared` knows each form by the ending of the file's name. A file that is not as its form demands is refused, since nobody
could say what it tells.
"""

import struct
from collections.abc import Callable, Iterator

from .names import ending

# What a PNG needs to look as it does, moving ones too; other chunks tell of place, device, program, time.
PNG_KEPT = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs cICP acTL fcTL fdAT".split()
)
WEBP_KEPT = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))
WAV_KEPT = frozenset((b"fmt ", b"fact", b"data"))
GIF_KEPT = (b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012")
# Boxes of an MP4 that hold others, down to those in which programs and cameras write; and these.
M4A_OUTER = frozenset((b"moov", b"trak"))
M4A_TELLING = frozenset((b"udta", b"meta", b"uuid"))


def cleared(name: str, data: bytes) -> bytes:
    """The file without what it tells of place, device, program and people. How a photograph is turned is kept.

    Raises ValueError for a file that is damaged, or not of the form that its name says.
    """
    try:
        return FORMS[ending(name)](data)
    except (IndexError, struct.error) as error:
        raise ValueError(name) from error


# --- pictures ------------------------------------------------------------------------------------


def _png(data: bytes) -> bytes:
    kept, at = [data[:8]], 8
    while at < len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        end = at + 12 + length
        if end > len(data):
            raise ValueError(kind)
        if kind in PNG_KEPT:
            kept.append(data[at:end])
        at = end
        if kind == b"IEND":
            return b"".join(kept)
    raise ValueError(at)


def _jpeg(data: bytes) -> bytes:
    """Without the segments of applications and comments, but for those that colours need, and without what follows its end,
    where telephones put a second picture.
    """
    if data[:2] != b"\xff\xd8":
        raise ValueError(data[:2])
    kept, at = [data[:2]], 2
    turned = orientation(data)
    if turned != 1:
        kept.append(_turning(turned))
    while True:
        start = at
        while data[at + 1] == 0xFF:  # bytes that only fill
            at += 1
        marker = data[at + 1]
        if data[at] != 0xFF:
            raise ValueError(at)
        if marker == 0xD9:
            return b"".join([*kept, data[at : at + 2]])
        (length,) = struct.unpack_from(">H", data, at + 2)
        end = at + 2 + length
        segment = data[at:end]
        if marker == 0xDA:
            end = _scan_end(data, end)
            kept.append(data[start:end])
        elif not _telling(marker, segment):
            kept.append(segment)
        at = end


def _scan_end(data: bytes, at: int) -> int:
    """Where the coded picture ends that begins here: at the next marker that is none within it."""
    while True:
        at = data.index(b"\xff", at)
        if data[at + 1] != 0 and not 0xD0 <= data[at + 1] <= 0xD7:
            return at
        at += 2


def _telling(marker: int, segment: bytes) -> bool:
    """Whether a segment of a JPEG is a comment, or an application's other than JFIF, Adobe's colours or a profile."""
    if marker == 0xFE:
        return True
    if not 0xE0 <= marker <= 0xEF:
        return False
    said = segment[4:]
    return not (
        (marker == 0xE0 and said.startswith(b"JFIF"))
        or (marker == 0xEE and said.startswith(b"Adobe"))
        or (marker == 0xE2 and said.startswith(b"ICC_PROFILE"))
    )


def orientation(data: bytes) -> int:
    """How a JPEG is turned: EXIF's number from 1 (as it stands) to 8."""
    at = data.find(b"Exif\0\0", 0, 70000)
    if at < 0:
        return 1
    tiff = data[at + 6 :]
    order = "<" if tiff[:2] == b"II" else ">"
    try:
        (first,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, first)
        for entry in range(first + 2, first + 2 + 12 * count, 12):
            tag, _, _, value = struct.unpack_from(f"{order}HHIH", tiff, entry)
            if tag == 0x0112:
                return value if 1 <= value <= 8 else 1
    except struct.error:
        pass
    return 1


def _turning(turned: int) -> bytes:
    """A segment of EXIF that says only how the picture is turned."""
    tiff = b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, 0x0112, 3, 1, turned, 0, 0)
    return b"\xff\xe1" + struct.pack(">H", len(tiff) + 8) + b"Exif\0\0" + tiff


def _webp(data: bytes) -> bytes:
    made = bytearray(_riff(data, WEBP_KEPT))
    if made[12:16] == b"VP8X":
        made[20] &= ~0x0C  # it says there which chunks follow: EXIF and XMP do no longer
    return bytes(made)


def _riff(data: bytes, wanted: frozenset[bytes]) -> bytes:
    """A RIFF file with the wanted chunks only."""
    if data[:4] != b"RIFF":
        raise ValueError(data[:4])
    kept, at = [], 12
    limit = min(len(data), 8 + struct.unpack_from("<I", data, 4)[0])
    while at + 8 <= limit:
        kind, length = struct.unpack_from("<4sI", data, at)
        end = at + 8 + length + length % 2
        if kind in wanted:
            kept.append(data[at:end])
        at = end
    body = data[8:12] + b"".join(kept)
    return data[:4] + struct.pack("<I", len(body)) + body


def _gif(data: bytes) -> bytes:
    at = 13 + _table(data[10])
    kept = [data[:at]]
    while data[at] != 0x3B:
        start = at
        if data[at] == 0x2C:
            at = _sub_blocks(data, at + 10 + _table(data[at + 9]) + 1)
            wanted = True
        elif data[at] == 0x21:
            label, first = data[at + 1], data[at + 3 : at + 3 + data[at + 2]]
            at = _sub_blocks(data, at + 2)
            wanted = label in {0xF9, 0x01} or (label == 0xFF and first in GIF_KEPT)
        else:
            raise ValueError(at)
        if wanted:
            kept.append(data[start:at])
    return b"".join([*kept, b";"])


def _table(flags: int) -> int:
    """How many bytes the table of colours takes that these flags announce."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _sub_blocks(data: bytes, at: int) -> int:
    """Where the blocks end that begin here, each with its length before it, the last of length 0."""
    while data[at]:
        at += 1 + data[at]
    return at + 1


# --- sounds --------------------------------------------------------------------------------------


def _mp3(data: bytes) -> bytes:
    while data[:3] == b"ID3":
        size = sum(byte << shift for byte, shift in zip(data[6:10], (21, 14, 7, 0), strict=True))
        data = data[10 + size + (10 if data[5] & 0x10 else 0) :]
    return data[:-128] if data[-128:-125] == b"TAG" else data


def _wav(data: bytes) -> bytes:
    return _riff(data, WAV_KEPT)


def _m4a(data: bytes) -> bytes:
    """With empty space where programs wrote: nothing moves, since tables in the file count its bytes."""
    made = bytearray(data)
    for at, end in _told_boxes(data, 0, len(data)):
        made[at + 4 : end] = b"free" + bytes(end - at - 8)
    return bytes(made)


def _told_boxes(data: bytes, at: int, limit: int) -> Iterator[tuple[int, int]]:
    while at + 8 <= limit:
        size, kind = struct.unpack_from(">I4s", data, at)
        end = limit if size == 0 else at + size
        if size == 1:
            end = at + struct.unpack_from(">Q", data, at + 8)[0]
        if end < at + 8 or end > limit:
            raise ValueError(kind)
        if kind in M4A_TELLING:
            yield at, end
        elif kind in M4A_OUTER:
            yield from _told_boxes(data, at + 8, end)
        at = end


def _ogg(data: bytes) -> bytes:
    """With an empty list of comments: their packet, the second one, keeps its length, and each page's sum is made anew."""
    made = bytearray(data)
    places: list[int] = []  # of the bytes of the second packet
    packet = 0
    for _, body, segments in _pages(data):
        at = body
        for length in segments:
            if packet == 1:
                places += range(at, at + length)
            at += length
            packet += length < 255
        if packet > 1:
            break
    said = bytes(data[place] for place in places)
    start = next((len(sign) for sign in (b"OpusTags", b"\x03vorbis") if said.startswith(sign)), 0)
    if not start:
        return data
    (vendor,) = struct.unpack_from("<I", said, start)
    (count,) = struct.unpack_from("<I", said, start + 4 + vendor)
    if count == 0 and vendor == 0:
        return data
    empty = said[:start] + bytes(8) + (b"\x01" if said[0] == 3 else b"")
    for place, byte in zip(places, empty.ljust(len(said), b"\0"), strict=True):
        made[place] = byte
    for page, body, segments in _pages(data):
        end = body + sum(segments)
        if page <= places[-1] and end > places[0]:
            made[page + 22 : page + 26] = bytes(4)
            made[page + 22 : page + 26] = struct.pack("<I", _ogg_sum(bytes(made[page:end])))
    return bytes(made)


def _pages(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """The pages of an Ogg file: where each begins, where its body does, and the lengths of the pieces there."""
    at = 0
    while data[at : at + 4] == b"OggS":
        segments = data[at + 27 : at + 27 + data[at + 26]]
        body = at + 27 + len(segments)
        yield at, body, segments
        at = body + sum(segments)


def _ogg_sum(page: bytes) -> int:
    """The check sum of a page of Ogg: CRC-32 with the first bit first, no start and no end value."""
    found = 0
    for byte in page:
        found = (found << 8 ^ OGG_TABLE[found >> 24 ^ byte]) & 0xFFFFFFFF
    return found


def _ogg_entry(number: int) -> int:
    found = number << 24
    for _ in range(8):
        found = (found << 1) ^ (0x04C11DB7 if found & 0x80000000 else 0)
    return found & 0xFFFFFFFF


OGG_TABLE = tuple(map(_ogg_entry, range(256)))
FORMS: dict[str, Callable[[bytes], bytes]] = {
    "png": _png,
    "jpg": _jpeg,
    "jpeg": _jpeg,
    "webp": _webp,
    "gif": _gif,
    "mp3": _mp3,
    "wav": _wav,
    "m4a": _m4a,
    "ogg": _ogg,
    "opus": _ogg,
}
