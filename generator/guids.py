"""A note's guid: the name by which a learner's Anki knows it for ever."""

import hashlib

# Anki's own alphabet for guids (`anki.utils.base91`).
ALPHABET = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&()*+,-./:;<=>?@[]^_`{|}~"


def guid(course: str, note: str) -> str:
    """The guid of a note: SHA-256 of the two ids, its first 64 bits in base 91."""
    number = int.from_bytes(hashlib.sha256(f"{course}\n{note}".encode()).digest()[:8], "big")
    digits = ""
    while number:
        number, digit = divmod(number, len(ALPHABET))
        digits = ALPHABET[digit] + digits
    return digits
