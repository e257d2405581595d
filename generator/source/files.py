"""The files of a course: those of a folder, or of one file with what it names beside it. And where a build puts its outputs."""

import contextlib
import os
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ..late import late

if TYPE_CHECKING:
    from ..files import Output

COURSE = "course.yaml"
LEDGER = "ledger.json"  # what was published, written by the build
FILES = (COURSE, "plan.yaml", "tools.yaml", "sources.yaml", "history.yaml", LEDGER)
TABLE = late(r"\bpairs: *[\"']?([^\n\"',}]+\.csv)")  # where a file of cards names one
TYPES, KEPT = "note-types", "anki-media"  # what came from Anki with its notes
YAML = re.compile(r"\.ya?ml(\.txt)?$", re.IGNORECASE)  # some editors add .txt to what they save
SLIP = 0.85  # how like (`likeness.ratio`) the name of a file is to that of one which is not there: a letter apart
PARTS = (
    ("modules", (".yaml", ".csv")),
    ("essays", (".yaml", ".csv")),
    ("media", ("",)),
    ("fonts", ("",)),
    (TYPES, (".yaml",)),
    (KEPT, ("",)),
)
OF_YAML = ("modules", "essays", TYPES)
OF_COURSE = frozenset(part for part, _ in PARTS)
NEARLY = 0.75  # likewise of a folder, of whose files one is asked what is in it
READ = 1 << 16  # bytes of it
FIRST = {part[0] for part in OF_YAML}
LONG = range(4, 13)  # as many letters as a folder that is nearly called so may have
# What stands in a file of one of these folders, and in next to no file that others keep beside a course.
OF_PART = late(rb"^(cards|concepts|claims|templates):(\s|$)", re.MULTILINE)


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


def meant(name: str) -> str:
    """What a file of a course in a folder would have to be called to be a part of it, where it is called otherwise: its name has
    another ending or other capitals, or it lies in a folder below `modules/` or `essays/`. Else its name as it is.
    """
    folder, _, own = name.rpartition("/")
    part = folder.partition("/")[0].lower()
    if any(_of_others(each) for each in name.split("/")[1:]):
        return name
    right = YAML.sub(".yaml", own)
    if not folder:
        return right.lower() if right.lower() in FILES else name
    return f"{part}/{right}" if part in OF_YAML and right.endswith(".yaml") else name


def _of_others(name: str) -> bool:
    """Whether a file or folder within a course is called as other programs call theirs: `_quarto.yml`, `node_modules`."""
    return name.startswith("_") or name == "node_modules"


def nearly(name: str, names: Collection[str]) -> str:
    """The file of a course, not among its `names`, that one beside course.yaml is nearly called as; nothing where there is none."""
    if "/" in name or name in FILES or not YAML.search(name):
        return ""
    stem = YAML.sub("", name.lower())
    free = [each.partition(".")[0] for each in FILES if each not in (*names, LEDGER)]
    alike = [each for each in free if abs(len(each) - len(stem)) < 2]  # “resources” are others
    from ..likeness import nearest

    return f"{near}.yaml" if (near := nearest(stem, alike, SLIP)) else ""


def nearly_within(name: str) -> str:
    """What a file would have to be called to be a part of a course, where only its ending lacks or its folder is nearly called as
    one of a course; nothing where it is not so. What is in it says whether it is meant.
    """
    folder, _, own = name.rpartition("/")
    if folder.lower() in OF_YAML:
        own = own.removesuffix(".txt")
        return "" if "." in own or _of_others(own) else f"{folder.lower()}/{own}.yaml"
    part = nearly_folder(folder) if YAML.search(own) else ""
    return f"{part}/{YAML.sub('.yaml', own)}" if part else ""


def nearly_folder(name: str) -> str:
    """The folder of a course that one beside course.yaml is nearly called as: `module`, `Essay`; nothing where there is none, or
    where more stands behind the name of one, as in `modules-2025`.
    """
    plain = name.lower().strip("_- ")
    if name[:1].lower() not in FIRST or len(name) not in LONG or "/" in name or name in OF_COURSE:
        return ""
    from ..likeness import nearest

    near = nearest(plain, OF_YAML, NEARLY)
    return "" if near and plain != near and plain.startswith(near) else near


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
    """What a course in a folder may be made of; and what is called nearly so, of which `check` says that nothing is read."""
    names, listed = [*FILES], _listed(root)
    more = [name for name in listed if name not in (*FILES, *OF_YAML)]
    for part, endings in PARTS:
        within = [f"{part}/{name}" for name in _listed(f"{root}/{part}")]
        names += [name for name in within if name.endswith(endings)]
        if part in OF_YAML:
            more += [name for name in within if not name.endswith(endings)]
    return [*names, *_misnamed(root, more, listed)] if COURSE in listed else names


def _misnamed(root: str, names: Iterable[str], listed: Collection[str]) -> Iterator[str]:
    """Which of the names in a course's folder, and of those below them, are called nearly as a file of it."""
    for name in names:
        if meant(name) != name or nearly(name, listed):
            if not _same(f"{root}/{name}", f"{root}/{meant(name)}"):
                yield name
        elif name.partition("/")[0].lower() in OF_YAML and not (
            left_behind(name.rpartition("/")[2]) or _of_others(name.rpartition("/")[2])
        ):
            path = f"{root}/{name}"
            if os.path.isdir(path) and not os.path.islink(path):  # noqa: PTH112, PTH114
                below = [f"{name}/{each}" for each in _listed(path)]
                yield from _misnamed(root, below, listed)
            elif _meant_within(root, name):
                yield name
        elif nearly_folder(name) and not os.path.islink(f"{root}/{name}"):  # noqa: PTH114
            below = [f"{name}/{each}" for each in _listed(f"{root}/{name}")]
            yield from (each for each in below if _meant_within(root, each))


def _meant_within(root: str, name: str) -> bool:
    """Whether a file is what `nearly_within` takes it for, by what is in it, and the part that it would be is not there."""
    right, path = nearly_within(name), Path(root, name)
    if not right or Path(root, right).exists() or not path.is_file():
        return False
    with contextlib.suppress(OSError), path.open("rb") as file:
        return bool(OF_PART.search(file.read(READ)))
    return False


def _same(path: str, other: str) -> bool:
    """Whether both are one file: where a disk takes capitals for small letters, it is read after all."""
    return path != other and os.path.exists(other) and os.path.samefile(path, other)  # noqa: PTH110, PTH121


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
    from ..likeness import nearest

    stems = {name.rpartition(".")[0]: name for name in there if name.endswith(".csv")}
    near = (nearest(name.rpartition(".")[0], stems) for name in wanted)
    return {stems[stem] for stem in near if stem}


def _listed(folder: str) -> list[str]:
    with contextlib.suppress(OSError):  # a course may lack any of them
        return sorted(os.listdir(folder))  # noqa: PTH208 - half the time of Path's
    return []


def _is_yaml(name: str) -> bool:
    return name.endswith((".yaml", ".yml"))
