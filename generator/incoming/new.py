"""New courses."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..media.names import FONTS, KNOWN
from ..source.files import ledger_name, main_of, read_files
from ..source.write import edited

# A small course with a card of each kind, which comes with the program.
EXAMPLE = Path(__file__).parents[1] / "example"
COPY = "{} (copy)"
ATTRIBUTES = ".gitattributes"
LEFT_BEHIND = "history.yaml"  # what became of what learners of the original have


def example(key: str) -> dict[str, bytes]:
    """The files of a course that begins as the example. It keeps the deck, since nobody has the original."""
    return copied(read_files(EXAMPLE), key, "{}")


def copied(files: Mapping[str, bytes], key: str, deck: str = COPY) -> dict[str, bytes]:
    """The files of a course that begins as a copy of another one: a fork, a translation.

    It has a key of its own, so that its notes are not the original's, and another deck, so that their cards do not mix; the
    author gives it a title and a deck of its own. What was published of the original stays behind. Raises ruamel's `YAMLError`
    when its main file is not
    YAML.
    """

    def edit(course: Any) -> None:
        at = list(course).index("id") + 1 if "id" in course else 0
        if "key" in course:
            course["key"] = key
        else:
            course.insert(at, "key", key)
        course["deck"] = deck.format(course.get("deck") or course["title"])
        for gone in ("retired", "renamed"):  # where a course of one file has its history
            course.pop(gone, None)

    main = main_of(files)
    left = (LEFT_BEHIND, ledger_name(main))
    kept = {name: data for name, data in files.items() if name not in left}
    made = {main: edited(files[main].decode("utf-8"), edit).encode(), ATTRIBUTES: attributes()}
    return kept | made


def attributes() -> bytes:
    """The file by which git keeps the bytes of a course in any clone."""
    lines = [
        "# Line ends are LF everywhere: a drawing's name in Anki hangs on its bytes.",
        "* text=auto eol=lf",
        *(f"*.{ending} binary" for ending in ("apkg", "pdf", *KNOWN, *FONTS) if ending != "svg"),
    ]
    return ("\n".join(lines) + "\n").encode()
