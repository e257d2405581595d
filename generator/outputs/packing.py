"""PDFs as Typst writes them, written again in less than two thirds of the room.

Most of a tagged PDF is its structure: thousands of small objects, which Typst writes one after the other. Since PDF 1.5
they may stand together in streams, compressed (ISO 32000-1, 7.5.7 and 7.5.8). To move them there, none of them has to
be understood; a library that reads them all and writes them anew takes a tenth of all the time that printing takes.
"""

import copy
import re
import struct
import zlib
from collections.abc import Mapping
from itertools import pairwise

from ..late import late

Objects = dict[int, bytes]  # by their numbers

TOGETHER = (
    200  # in one stream: more are hardly smaller, and a reader unpacks all of them to see one
)
HEAD = b"%PDF-1.7\n%\x80\x80\x80\x80\n\n"
TABLE_ROW = late(rb"(\d{10}) 00000 n\r\n")
END = late(
    rb"trailer\n<</Size \d+(?P<entries>.*)>>\nstartxref\n(?P<table>\d+)\n%%EOF\s*", re.DOTALL
)
PACKED = late(
    rb"<<(?P<about>/Type/(?:ObjStm|XRef)/[^\n]*)/Filter/FlateDecode/Length (?P<length>\d+)>>stream\n"
)


def opened(pdf: bytes) -> tuple[Objects, bytes]:
    """What each object of a PDF holds, and what its trailer says of them.

    Raises ValueError for a PDF that is not written as Typst does.
    """
    end = END.fullmatch(pdf, pdf.rfind(b"trailer\n"))
    if not (end and pdf.startswith(HEAD)):
        raise ValueError("a PDF does not begin and end as those of Typst do")
    table = int(end["table"])
    places = [int(place) for place in TABLE_ROW.findall(pdf, table)]
    written = (pdf[start:stop] for start, stop in pairwise([*places, table]))
    return {n: _content(n, each) for n, each in enumerate(written, 1)}, end["entries"]


def _content(number: int, written: bytes) -> bytes:
    """What an object holds, without its number and its end."""
    begin, end, written = b"%d 0 obj\n" % number, b"\nendobj", written.rstrip()
    if not (written.startswith(begin) and written.endswith(end)):
        raise ValueError(f"object {number} of a PDF is not written as Typst does")
    return written[len(begin) : -len(end)]


def same(one: bytes, other: bytes) -> bool:
    """Whether two packed PDFs hold the same. Their bytes may differ: other releases of zlib write others."""
    return one == other or _contents(one) == _contents(other)


def _contents(pdf: bytes) -> list[bytes]:
    """A packed PDF in pieces, its streams unpacked, without what says where they are. One that is damaged is one piece."""
    pieces, at = [], 0
    for found in PACKED.finditer(pdf):
        start, at = at, found.end() + int(found["length"])
        try:
            held = zlib.decompress(pdf[found.end() : at])
        except zlib.error:
            break
        pieces += [pdf[start : found.start()], found["about"]]
        if found["about"].startswith(b"/Type/XRef"):
            table = pdf.rfind(b"\n", 0, found.start() - 1) + 1
            return (
                pieces
                if pdf[at:] == b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % table
                else [pdf]
            )
        pieces.append(held)
    return [pdf]


class Packed:
    """A PDF that is being written. It will have `count` objects, numbered from 1, and those that hold some of them."""

    def __init__(self, count: int) -> None:
        self.data = bytearray(HEAD)
        self.last = count  # the last number that is taken
        self.rows: dict[int, bytes] = {0: _row(0, 0, 65535)}  # of the table: where each object is

    def copy(self) -> "Packed":
        """The same so far; what is added to one of the two is not in the other."""
        other = copy.copy(self)
        other.data, other.rows = self.data[:], self.rows.copy()
        return other

    def add(self, objects: Mapping[int, bytes]) -> None:
        """Write objects: one with a stream by itself, as the format wants it, the others together."""
        small = []
        for number, content in objects.items():
            if content.endswith(b"endstream"):
                self._write(number, content)
            else:
                small.append((number, content))
        for first in range(0, len(small), TOGETHER):
            self._write_together(small[first : first + TOGETHER])

    def new(self, content: bytes) -> int:
        """Write an object that the PDF did not have; return its number."""
        self.last += 1
        self._write(self.last, content)
        return self.last

    def ended(self, entries: bytes) -> bytes:
        """The whole file, which ends with the table and what the trailer says."""
        self.last += 1
        start = len(self.data)
        self.rows[self.last] = _row(1, start, 0)
        rows = b"".join(self.rows[number] for number in range(self.last + 1))
        about = b"/Type/XRef/W[1 4 2]/Size %d%b" % (self.last + 1, entries)
        self._write(self.last, _stream(about, rows))
        return bytes(self.data + b"startxref\n%d\n%%%%EOF\n" % start)

    def _write(self, number: int, content: bytes) -> None:
        self.rows[number] = _row(1, len(self.data), 0)
        self.data += b"%d 0 obj\n%b\nendobj\n" % (number, content)

    def _write_together(self, objects: list[tuple[int, bytes]]) -> None:
        self.last += 1
        places, length = [], 0
        for at, (number, content) in enumerate(objects):
            self.rows[number] = _row(2, self.last, at)
            places.append(b"%d %d " % (number, length))
            length += len(content) + 1
        index = b"".join(places)
        about = b"/Type/ObjStm/N %d/First %d" % (len(objects), len(index))
        held = b"\n".join(content for _, content in objects)
        self._write(self.last, _stream(about, index + held))


def _row(kind: int, place: int, more: int) -> bytes:
    """A row of the table, by its kind: 0, nothing; 1, an object at this place in the file; 2, one in the stream of this
    number, the how-manieth there.
    """
    return struct.pack(">BIH", kind, place, more)


def _stream(about: bytes, data: bytes) -> bytes:
    small = zlib.compress(data)
    return b"<<%b/Filter/FlateDecode/Length %d>>stream\n%b\nendstream" % (about, len(small), small)
