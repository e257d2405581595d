"""How a file of `media/` may be called, and what its ending says it is."""

import hashlib
import unicodedata

# Files that Anki, browsers and print show, by the ending of their names, with their media types.
PICTURES = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
    "gif": "image/gif",
    "svg": "image/svg+xml",
}
SOUNDS = {
    "mp3": "audio/mpeg",
    "ogg": "audio/ogg",
    "opus": "audio/ogg",
    "m4a": "audio/mp4",
    "wav": "audio/wav",
}
KNOWN = PICTURES | SOUNDS
FONTS = ("ttf", "otf", "ttc", "otc")
ENDINGS = (
    "pictures end in .png, .jpg, .webp, .gif or .svg, sounds in .mp3, .ogg, .opus, .m4a or .wav"
)
PLAIN = "letters, digits, “.”, “_”, “-” and blanks"
LONGEST = 90  # bytes of a name without its ending: Anki cuts longer ones than 120 in all


def ending(name: str) -> str:
    """The ending of a file's name, in small letters: `jpg` for `Heart.JPG`."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def plain(name: str) -> bool:
    """Whether a name is one that every system, page and card takes as it stands."""
    return (
        all(c.isalnum() or c in " ._-" or unicodedata.category(c)[0] == "M" for c in name)
        and name.strip() == name
        and name[:1].isalnum()
        and "." in name
    )


def leads_away(name: str) -> bool:
    """Whether a name is a path or an address."""
    return "/" in name or "\\" in name


def led_astray(name: str, where: str = "into media/") -> tuple[str, str]:
    """What is wrong with a name that is a path, an address or none that every system takes, and what to do: the same wherever a
    course names a file. Nothing is looked for at its place, which may be outside of the course.
    """
    return (
        f"“{name[:60]}” is not the plain name of a file",
        f"put the file {where} and write its name alone: {PLAIN}",
    )


def published(name: str, data: bytes) -> str:
    """The name of a file in Anki's media folder. It carries the content's hash: Anki keeps the first file that it saw
    under a name, so that a changed one needs a new name.
    """
    kind = ending(name)
    stem = name[: -len(kind) - 1].encode()[:LONGEST].decode(errors="ignore")
    return f"coursedeck-{stem}-{hashlib.sha256(data).hexdigest()[:12]}.{kind}"
