"""Sounds of `media/`: whether a file is what its name says. What is in it is left to whatever plays it."""

import re

from ..late import late
from ..problems import Problem, Span
from ..texts import Sound
from .metadata import cleared
from .names import ending

MOST_BYTES = 16_000_000
# How a file of each ending begins, once its metadata is gone.
BEGINNINGS = {
    "mp3": late(rb"\xff[\xe2-\xff][\x10-\xef]"),
    "ogg": late(rb"OggS"),
    "opus": late(rb"OggS.{23,282}?OpusHead", re.DOTALL),
    "m4a": late(rb"....ftyp", re.DOTALL),
    "wav": late(rb"RIFF....WAVEfmt ", re.DOTALL),
}


def read(data: bytes, path: str, problems: list[Problem]) -> Sound | None:
    """Read one sound, without what it tells of place, device and people. Adds what is wrong to `problems`; None when it
    cannot be used.
    """
    name = path.rpartition("/")[2]
    kind = ending(name)
    try:
        clean = cleared(name, data)
    except ValueError:
        clean = b""
    if len(data) > MOST_BYTES:
        said = f"the sound has {len(data) / 1e6:.0f} MB, and {MOST_BYTES / 1e6:.0f} are the most"
        hint = "cut it, or save it as .opus or .mp3"
        problems.append(Problem(Span(path), "media-size", said, hint))
    elif not BEGINNINGS[kind].match(clean):
        said = f"this is no sound of the form {kind.upper()}, or a damaged one"
        hint = "save it again, under its right ending"
        problems.append(Problem(Span(path), "media-type", said, hint))
    else:
        return Sound(
            name=name, data=clean, told=() if clean == data else ("tags",), span=Span(path)
        )
    return None
