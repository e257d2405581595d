"""A note's guid: the name by which a learner's Anki knows it for ever."""

import hashlib

# Anki's own alphabet for guids (`anki.utils.base91`).
ALPHABET = (
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&()*+,-./:;<=>?@[]^_`{|}~"
)


def guid(course: str, note: str, kind: str) -> str:
    """The guid of a note: SHA-256 of course, id and kind of card, its first 64 bits in base 91.

    The kind belongs to it because Anki cannot turn a note of one type into another: with a new kind it is a new note.
    """
    digest = hashlib.sha256(f"{course}\n{note}\n{kind}".encode()).digest()
    number = int.from_bytes(digest[:8], "big")
    digits = ""
    while number:
        number, digit = divmod(number, len(ALPHABET))
        digits = ALPHABET[digit] + digits
    return digits
