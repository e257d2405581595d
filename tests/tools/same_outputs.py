"""Whether two output folders hold the same for learners and teachers: `same_outputs.py OLD NEW`.

Packages are compared row by row, whatever order they stand in; note types and decks as JSON, each key once, as Anki reads
them; media by name and bytes. PDFs are compared page by page: every word and the place where it stands, to a tenth of a
point. Prints what differs and exits with 1, or says how much was the same.
"""

import io
import json
import sqlite3
import sys
import zipfile
from pathlib import Path

import pymupdf

TABLES = ("notes", "cards", "revlog", "graves")


def rows_of(package: bytes) -> dict[str, object]:
    """Everything in a package that Anki takes over, in an order that does not depend on how it was written."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        names = json.loads(archive.read("media"))
        held: dict[str, object] = {
            f"media {name}": archive.read(member) for member, name in names.items()
        }
        database = archive.read("collection.anki2")
    connection = sqlite3.connect(":memory:")
    connection.deserialize(database)
    for table in TABLES:
        held[table] = sorted(connection.execute(f"SELECT * FROM {table}").fetchall())  # noqa: S608
    ((models, decks),) = connection.execute("SELECT models, decks FROM col").fetchall()
    connection.close()
    return held | {"models": json.loads(models), "decks": json.loads(decks)}


def words_of(pdf: bytes) -> list[list[tuple[float, float, str]]]:
    """The words of each page with the left and the top of their boxes, in points."""
    return [
        sorted((round(word[0], 1), round(word[1], 1), word[4]) for word in page.get_text("words"))
        for page in pymupdf.open("pdf", pdf)
    ]


def differences(old: Path, new: Path) -> list[str]:
    """What differs between two folders, a line each."""
    before, after = (
        {
            path.relative_to(f)
            for path in f.rglob("[!.]*")
            if path.is_file() and ".coursedeck" not in path.parts
        }
        for f in (old, new)
    )
    said = [f"{path}: only in {old}" for path in sorted(before - after)]
    said += [f"{path}: only in {new}" for path in sorted(after - before)]
    for path in sorted(before & after):
        one, other = old / path, new / path
        if path.suffix == ".apkg":
            a, b = rows_of(one.read_bytes()), rows_of(other.read_bytes())
            said += [
                f"{path}: {key}" for key in sorted(a.keys() | b.keys()) if a.get(key) != b.get(key)
            ]
        elif path.suffix == ".pdf":
            a, b = words_of(one.read_bytes()), words_of(other.read_bytes())
            said += [f"{path}: {len(a)} and {len(b)} pages"] if len(a) != len(b) else []
            for number, (left, right) in enumerate(zip(a, b, strict=False), 1):
                if left != right:
                    odd = sorted(set(left) ^ set(right))[:4]
                    said.append(f"{path}: page {number}: {odd}")
        elif one.read_bytes() != other.read_bytes():
            said.append(f"{path}: other bytes")
    return said


def main(old: Path, new: Path) -> int:
    """Say it."""
    said = differences(old, new)
    print("\n".join(said) or f"the same: {sum(p.is_file() for p in new.rglob('*'))} files")
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
