"""Outputs of an earlier build that need not be made again, by their path and a key of all that they are made from.

The record lies in the output folder, for this machine only. A file is taken from there only while it holds the very bytes
that the build wrote; a damaged record only costs time.
"""

import contextlib
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

CACHE = ".coursedeck"  # the folder under the outputs for what only speeds up the next build
Kept = dict[tuple[str, str], bytes]  # the bytes of an output by its path and key


def digest(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def regular(path: Path) -> bytes:
    """The bytes of a file. Raises OSError when it is no regular one: a record may come from anybody, and a device has no end."""
    if not path.is_file():
        raise FileNotFoundError(path)
    return path.read_bytes()


def read(out: Path, path: str) -> Kept:
    """The outputs that the record at this path names and that are still as the build left them, by path and key."""
    found: Kept = {}
    with contextlib.suppress(OSError, ValueError, TypeError, AttributeError):  # a damaged record
        for name, (key, digest_then) in json.loads(regular(out / path)).items():
            with contextlib.suppress(OSError):
                data = regular(out / name)
                if digest(data) == digest_then:
                    found[name, key] = data
    return found


def record(kept: Kept, made: Mapping[str, bytes]) -> bytes:
    """The record of the outputs that a build made, by path, as far as they are among those kept: of each path the key and
    the digest of its bytes. What is kept under an older key is other bytes, and left out.
    """
    lines = {
        path: [key, digest(data)] for (path, key), data in kept.items() if data is made.get(path)
    }
    return json.dumps(lines, indent=0, sort_keys=True).encode()
