"""The files of a course: those of a folder, or of one file with what it names beside it. And where a build puts its outputs."""

import contextlib
import os
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..files import Output

COURSE = "course.yaml"
LEDGER = "ledger.json"  # what was published, written by the build
FILES = (COURSE, "plan.yaml", "tools.yaml", "sources.yaml", "history.yaml", LEDGER)
TABLE = re.compile(r"\bpairs: *[\"']?([^\n\"',}]+\.csv)")  # where a file of cards names one
TYPES, KEPT = "note-types", "anki-media"  # what came from Anki with its notes
PARTS = (
    ("modules", (".yaml", ".csv")),
    ("essays", (".yaml", ".csv")),
    ("media", ("",)),
    ("fonts", ("",)),
    (TYPES, (".yaml",)),
    (KEPT, ("",)),
)


def left_behind(name: str) -> bool:
    """Whether a system or an editor made a file for itself: `.DS_Store`, `._heart.jpg`, `Thumbs.db`."""
    return name.startswith(".") or name.lower() in {"thumbs.db", "ehthumbs.db", "desktop.ini"}


def root_of(place: Path) -> Path:
    """The folder to which the paths of a course's files are relative. `place` is that folder, or the course's one file."""
    return place.parent if place.is_file() else place


def ledger_path(place: Path) -> Path:
    """Where the ledger of a course lies: in its folder, or beside its one file as `NAME.ledger.json`."""
    return root_of(place) / ledger_name(place.name if place.is_file() else COURSE)


def ledger_name(main: str) -> str:
    """The name of the ledger of a course whose main file is called so."""
    return LEDGER if main == COURSE else f"{main.rpartition('.')[0]}.{LEDGER}"


def main_of(names: Iterable[str]) -> str:
    """Which of the files of a course says what it is: course.yaml, or the one file."""
    one = (name for name in names if "/" not in name and name not in FILES and _is_yaml(name))
    return COURSE if COURSE in names else next(one, COURSE)


def names_of(place: Path) -> list[str]:
    """The files that make up a course, in a fixed order: their paths relative to its folder, with “/”. What a link there has
    outside of the folder is no part of it, so that nobody's course can give away what lies beside it.
    """
    return names_and_links(place)[0]


def names_and_links(place: Path) -> tuple[list[str], list[str]]:
    """The same, and the links that lead out of the folder, as `leading_out` has them: each file is looked at once."""
    root, names = os.fspath(root_of(place)), _names(place)
    leading = _outside(place, names)
    outside = set(leading)
    own = [
        name
        for name in names
        if name not in outside
        and name.partition("/")[0] not in outside
        and os.path.isfile(f"{root}/{name}")  # noqa: PTH113
    ]
    return own, leading


def leading_out(place: Path, *more: str) -> list[str]:
    """The links in a course that lead out of its folder: files or folders, by their paths relative to it; `more`
    are others that may be such links.
    """
    return _outside(place, (*_names(place), *more))


def _outside(place: Path, names: Iterable[str]) -> list[str]:
    """Those of the names, and of the folders, that are such links. The file that was named as the course itself is none."""
    root = root_of(place)
    start, within = os.fspath(root), Path(os.path.realpath(root))
    each = (*(part for part, _ in PARTS), *names)
    links = [name for name in each if os.path.islink(f"{start}/{name}")]  # noqa: PTH114
    return [
        name
        for name in links
        if root / name != place
        and not Path(os.path.realpath(root / name)).is_relative_to(within)  # takes a loop too
    ]


def _names(place: Path) -> list[str]:
    """The files of a course that are there, and links, wherever they may lead. A ledger that is no file is a lost one."""
    root = os.fspath(root_of(place))
    names = _beside(place) if place.is_file() else _inside(root)
    left_out = {name for name in names if left_behind(name.rpartition("/")[2])}
    return [
        name
        for name in names
        if name not in left_out
        and (
            os.path.isfile(f"{root}/{name}")  # noqa: PTH113
            or (os.path.islink(f"{root}/{name}") and not name.endswith(LEDGER))  # noqa: PTH114
        )
    ]


def read_files(place: Path) -> dict[str, bytes]:
    """The files that make up a course: path relative to its folder, with “/” → bytes."""
    return dict(contents(root_of(place), names_of(place)))


def contents(folder: Path, names: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Files by their paths below a folder. Raises OSError when one cannot be read."""
    root = os.fspath(folder)
    for name in names:
        with open(f"{root}/{name}", "rb", buffering=0) as file:  # noqa: PTH123 - the fastest way
            yield name, file.read()


def destinations(place: Path, out: Path, outputs: "Iterable[Output]") -> dict[Path, bytes]:
    """Where the outputs of a build go: the ledger lies with the content, all else in the output folder."""
    from ..files import linked

    ledger = linked(ledger_path(place))
    return {
        ledger if output.path == LEDGER else out / output.path: output.data for output in outputs
    }


def _inside(root: str) -> list[str]:
    names = [*FILES]
    for part, endings in PARTS:
        names += [f"{part}/{name}" for name in _listed(f"{root}/{part}") if name.endswith(endings)]
    return names


def beside() -> tuple[str, ...]:
    """The endings of what a course of one file may name and have beside it, or in media/ or fonts/."""
    from ..media.names import FONTS, KNOWN  # a folder needs none of them

    return (".csv", *(f".{kind}" for kind in (*KNOWN, *FONTS)))


def _beside(file: Path) -> list[str]:
    """The one file, its ledger, and every file beside it or in media/ or fonts/ whose name stands in it: others may belong to
    others. Where only capitals differ, or a few letters of the name of a table that is not there, it may be what is meant, and
    `check` can say so.
    """
    endings = beside()
    text = unicodedata.normalize("NFC", file.read_bytes().decode("utf-8", errors="replace"))
    lower = text.lower()

    def named(folder: Path) -> Iterator[str]:
        listed = [name for name in _listed(os.fspath(folder)) if name.lower().endswith(endings)]
        plain = {name: unicodedata.normalize("NFC", name) for name in listed}
        exact = {each.lower() for each in plain.values() if each in text}
        meant = _nearest(set(TABLE.findall(text)) - set(plain.values()), plain.values())
        for name, each in plain.items():
            if (
                each in text
                or each in meant
                or (each.lower() in lower and each.lower() not in exact)
            ):
                yield name

    within = [f"{part}/{name}" for part in ("media", "fonts") for name in named(file.parent / part)]
    return [file.name, ledger_name(file.name), *named(file.parent), *within]


def _nearest(wanted: Collection[str], there: Iterable[str]) -> set[str]:
    """The tables whose names are nearest to those of some that are not there."""
    from ..problems import nearest

    stems = {name.rpartition(".")[0]: name for name in there if name.endswith(".csv")}
    near = (nearest(name.rpartition(".")[0], stems) for name in wanted)
    return {stems[stem] for stem in near if stem}


def _listed(folder: str) -> list[str]:
    with contextlib.suppress(OSError):  # a course may lack any of them
        return sorted(os.listdir(folder))  # noqa: PTH208 - half the time of Path's
    return []


def _is_yaml(name: str) -> bool:
    return name.endswith((".yaml", ".yml"))
