"""What names a published thing for ever: a note's guid, its id through renames, its tags.

A learner's Anki knows a note by its guid, which is made of the id that the note was first published under. A note's id is
its card's; where a card gives several notes, it is `CARD.ITEM`. The functions here take texts and mappings, never a course.
"""

import functools
import hashlib
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping

# Anki's own alphabet for guids (`anki.utils.base91`).
ALPHABET = (
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&()*+,-./:;<=>?@[]^_`{|}~"
)
LENS = "lens"
COPY = "begin it with `coursedeck new course`: learners may have both"
KEY = "coursedeck"  # under which a package tells the key of its course
DAY = 86_400  # seconds
# Ids of what came with a first edition lie in the 50 days after 21 September 2026, which had passed before anything else was born.
FIRST_NUMBER = 1_790_000_000_000
LAST_NUMBER = FIRST_NUMBER + (1 << 32)


@functools.lru_cache(maxsize=1 << 14)  # a preview asks for the same ones after each edit
def guid(course: str, note: str, kind: str) -> str:
    """The guid of a note: of the SHA-256 of the course's key or id, the note's first id and the kind, the first 64 bits in base 91.

    The kind belongs to it because Anki cannot turn a note of one type into another: with a new kind it is a new note.
    """
    digest = hashlib.sha256(f"{course}\n{note}\n{kind}".encode()).digest()
    number = int.from_bytes(digest[:8], "big")
    digits = ""
    while number:
        number, digit = divmod(number, len(ALPHABET))
        digits = ALPHABET[digit] + digits
    return digits


def number(name: str, born: int) -> int:
    """The id in Anki, a time in milliseconds since 1970, of a note or card by what names it: within the day on which it was born
    (in seconds since 1970), or among the first where that is 0.
    """
    drawn = int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big")
    return 1000 * born + drawn % (1000 * DAY) if born else FIRST_NUMBER + drawn


def born_on(number: int) -> int:
    """The day (in seconds since 1970) that a number of a note tells; 0 for one of the first."""
    return number // 1000 // DAY * DAY if number > LAST_NUMBER + DAY else 0


def minted(course: str, files: Mapping[str, bytes]) -> str:
    """A key for the course with this id and these files, by path: two courses of one id have one key only if all their files hold
    the same. Neither the system's line ends nor its form of letters in names make a difference.
    """
    found = hashlib.sha256()
    for path, data in sorted((unicodedata.normalize("NFC", p), d) for p, d in files.items()):
        plain = data.replace(b"\r\n", b"\n")
        found.update(f"{path}\n{len(plain)}\n".encode() + plain)
    return f"{course}-{found.hexdigest()[:12]}"


def minted_for(key: str) -> str:
    """The id of the course for which `minted` made the key; empty where it did not make it."""
    found = re.fullmatch(r"(.+)-[0-9a-f]{12}", key)
    return found[1] if found else ""


def card_of(note: str) -> str:
    """The id of the card that a note belongs to: `stufen` for `stufen.grund`."""
    return note.partition(".")[0]


def names(note: str, renamed: Mapping[str, str]) -> list[str]:
    """The id of a note, and each that renames lead to from there, in their order; the last one is where they end.

    `renamed` has ids of notes or of whole cards. Given from old to new, it leads to the id of today; from new to old,
    to the id under which the note was first published.
    """
    found = [note]
    while (following := _renamed(found[-1], renamed)) not in found:
        found.append(following)
    return found


def _renamed(note: str, renamed: Mapping[str, str]) -> str:
    if note in renamed:
        return renamed[note]
    card, dot, item = note.partition(".")
    other = renamed.get(card, card)
    # A card that is renamed to a single item has become one note: its items do not go along.
    return note if dot and dot in other else other + dot + item


@functools.lru_cache(maxsize=1 << 6)  # many notes of a concept have the same ones
def tags(
    course: str, module: str, topic: str, lens: str | None, own: tuple[str, ...] = ()
) -> tuple[str, ...]:
    """The tags of a note, all below the course's: where it stands (`topic` is the id of its concept, claim or document; what is
    empty is left out), its lens if it has one, and the author's own.
    """
    place = "::".join(filter(None, (course, module, topic)))
    looked = [f"{course}::{LENS}::{lens}"] if lens else []
    return (place, *looked, *dict.fromkeys(f"{course}::{tag}" for tag in own))


@functools.lru_cache(maxsize=1 << 6)
def joined(tags_: tuple[str, ...]) -> str:
    """The tags of a note in one text, in the order of letters."""
    return " ".join(sorted(tags_))


def module_of(tags_: Iterable[str], modules: Collection[str]) -> str:
    """The one of these modules that the tags of a note name; empty when they are not as `tags` made them."""
    named = [parts[1] for tag in tags_ if 1 < len(parts := tag.split("::")) < 4]
    found = [module for module in named if module in modules or module == LENS]
    if LENS in found and len(found) > 1:
        found.remove(LENS)  # only once, since a module may be called so too
    return found[0] if len(found) == 1 and found[0] in modules else ""
