"""Fonts of a course, for scripts that no shipped font has. The only import of fontTools."""

import io

from ..problems import Problem, Span
from ..texts import Font

MOST_BYTES = 64_000_000  # the largest fonts for Chinese, Japanese and Korean have a third of it
FAMILIES = (
    16,
    1,
)  # what a font's table of names calls its family: with all its weights, or with four


def read(data: bytes, path: str, problems: list[Problem]) -> Font | None:
    """Read one font file. Adds what is wrong to `problems`; None when it cannot be used."""
    from fontTools.ttLib import TTCollection, TTFont

    span = Span(path)
    if len(data) > MOST_BYTES:
        said = f"the font has {len(data) / 1e6:.0f} MB, and {MOST_BYTES / 1e6:.0f} are the most"
        problems.append(Problem(span, "media-size", said, "take one for fewer scripts"))
        return None
    try:
        stream = io.BytesIO(data)
        faces = (
            TTCollection(stream, lazy=True).fonts
            if data[:4] == b"ttcf"
            else [TTFont(stream, lazy=True)]
        )
        families = tuple(dict.fromkeys(_family(face) for face in faces))
        covered = frozenset[int]().union(*(face.getBestCmap() or () for face in faces))
    except Exception:  # noqa: BLE001 - whatever the library stumbles on is the file's fault
        said = "this is no font that can be read, or a damaged one"
        hint = "fonts end in .ttf, .otf, .ttc or .otc"
        problems.append(Problem(span, "media-type", said, hint))
        return None
    return Font(
        name=path.rpartition("/")[2],
        data=data,
        families=families,
        covered=frozenset(map(chr, covered)),
        span=span,
    )


def _family(face: object) -> str:
    """The name of the family that a face belongs to, as Typst knows it. Raises KeyError for one without names."""
    names = face["name"]  # type: ignore[index]
    found = [names.getDebugName(number) for number in FAMILIES]
    return str(next(name for name in found if name))
