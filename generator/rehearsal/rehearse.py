"""Learners of every kind and every published version take an update in every way, in real Anki; what became of it, as tables."""

import contextlib
import itertools
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from ..frozen import dataclass
from ..late import late
from ..problems import Refusal, so_many
from ..published.ledger import COSMETIC
from ..published.package import of_package
from ..published.release import numbers
from .judge import Verdict, judge
from .learner import ANKI, KINDS, WAYS, Kind, Learner, Update, Way

Files = Mapping[str, bytes]  # by their names
COLUMNS = {
    "kept": "own words kept",
    "replaced": "own words replaced: announced",
    "arrived": "changes arrived",
    "held": "changes held back: announced",
    "closed": "retired notes closed",
    "open": "retired notes left: announced",
}
DATA = late(r'<script type="application/json" id="data">(.*?)</script>', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Trial:
    """One learner who took the update in one way: the versions that they had, and what became of it."""

    had: str
    kind: Kind
    way: Way
    verdict: Verdict
    complaints: tuple[str, ...]

    @property
    def broken(self) -> list[str]:
        """Each promise that was broken, as a line."""
        lines = [f"{what}: {on}" for what, on in self.verdict.broken]
        lines += [f"Anki's own check: {line}" for line in self.complaints]
        return [f"{self.had}, {self.kind.name}, {self.way.name}: {line}" for line in lines]


def kept(folder: Path, course: str) -> dict[str, Files]:
    """The packages that learners of a course have, by version from the first on, from a folder that has a folder for each.

    Raises Refusal when there is none, when one lacks the course's package, or holds one that is not ours.
    """
    found: dict[str, Files] = {}
    for version in sorted({path.parent.name for path in folder.glob("*/*.apkg")}, key=numbers):
        files = {path.name: path.read_bytes() for path in (folder / version).glob("*.apkg")}
        if f"{course}.apkg" not in files:
            raise Refusal(f"{folder / version} has no {course}.apkg")
        for data in files.values():
            of_package(data)
        found[version] = files
    if not found:
        raise Refusal(
            f"{folder} has no published version: keep the packages of each there, such as"
            f" {folder / '1.0.0' / course}.apkg"
        )
    return found


def rehearse(published: Mapping[str, Files], made: Files, course: str) -> list[Trial]:
    """Try an update on learners of every kind, in every way: those of each published version, and those who took all of them.

    `made` are the packages and the update page of a build, `course` is the course's id.
    """
    starts: list[tuple[str, ...]] = [(version,) for version in published]
    starts += [tuple(published)] if len(published) > 1 else []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for version, files in {**published, "new": made}.items():
            (folder / version).mkdir()
            for path, data in files.items():
                (folder / version / path).write_bytes(data)
        with contextlib.redirect_stdout(None):  # where Anki says that it was slow
            return [
                trial
                for had, kind in itertools.product(starts, KINDS)
                if (package := _package(course, kind, [published[v] for v in had], made))
                for trial in _trials(folder, had, kind, package, f"{course}-retired.apkg")
            ]


def _package(course: str, kind: Kind, had: Iterable[Files], made: Files) -> str:
    """The package that such a learner takes: of the course, or of the largest module that was and is published, if there is one."""
    whole = f"{course}.apkg"
    if not kind.module:
        return whole
    modules = {name for name in made if name.endswith(".apkg")} - {whole, f"{course}-retired.apkg"}
    common = modules.intersection(*had)
    return max(common, key=lambda name: (len(made[name]), name), default="")


def _trials(
    folder: Path, had: Sequence[str], kind: Kind, package: str, retired: str
) -> Iterator[Trial]:
    """A learner who had these versions of a package takes its new one in each way."""
    new = folder / "new"
    page = DATA.search((new / "update.html").read_text("utf-8"))
    ended = new / retired if (new / retired).is_file() else None
    update = Update(new / package, ended, page[1] if page else "")
    every = [update.package, *([ended] if ended else [])]
    old = [folder / version / package for version in had]
    newcomers = [_newcomer(folder, [each]) for each in old]
    was, now = folder / "was.anki2", folder / "now.anki2"
    shutil.copy(newcomers[0], was)
    # They touch notes after the dates of what they had, and before those of the update or after these.
    last = _newest(newcomers[-1])
    with Learner(was) as learner:
        learner.had(zip(old[1:], map(_newest, newcomers[1:]), strict=True))
        before = learner.dates()
        kind.does(learner)
        learner.touched(before, 1 + (_newest(_newcomer(folder, every)) if kind.after else last))
    for way in WAYS:
        if way.removes and not ended:
            continue
        shutil.copy(was, now)
        with Learner(now) as learner:
            for step in way.steps:
                step(learner, update)
        verdict = judge(
            was,
            now,
            had=newcomers,
            new=_newcomer(folder, every if way.mends or way.removes else [update.package]),
            keeps=way.keeps,
            mends=way.mends,
            removes=way.removes,
            cosmetic=COSMETIC,
        )
        with Learner(now) as learner:
            complaints = tuple(learner.complaints())
        yield Trial(", then ".join(had), kind, way, verdict, complaints)


def _newcomer(folder: Path, packages: Sequence[Path]) -> Path:
    """The collection of someone who imported just these packages; made once."""
    name = " ".join(f"{path.parent.name} {path.stem}" for path in packages)
    file = folder / f"{name}.anki2"
    if not file.exists():
        with Learner(file) as learner:
            for package in packages:
                learner.imports(package)
    return file


def _newest(file: Path) -> int:
    """The date of the newest note in a collection, in seconds since 1970."""
    with Learner(file) as learner:
        return max(learner.dates().values())


def as_markdown(trials: Sequence[Trial]) -> str:
    """A table for the learners of each version, which folds away in a browser."""
    heads = ["learner", "way", "notes", *COLUMNS.values(), "new notes", "lost", "reviews"]
    parts = []
    for had, own in itertools.groupby(trials, key=lambda trial: trial.had):
        rows = [*own]
        lost = sum(len(trial.broken) for trial in rows)
        title = f"From {had} in Anki {ANKI}: {so_many(len(rows), 'trial')}, {lost} lost"
        lines = ["| " + " | ".join(heads) + " |", "|---|---|" + "--:|" * (len(heads) - 2)]
        lines += [_row(trial) for trial in rows]
        table = "\n".join(lines)
        parts.append(f"<details><summary>{title}</summary>\n\n{table}\n\n</details>\n")
    return "\n".join(parts)


def _row(trial: Trial) -> str:
    verdict = trial.verdict
    before, after = verdict.reviews
    counts = [verdict.notes, *(verdict.fates.get(fate, 0) for fate in COLUMNS), verdict.new]
    cells = [f"{count:,}" for count in (*counts, len(trial.broken))]
    return f"| {trial.kind.name} | {trial.way.name} | {' | '.join(cells)} | {before} → {after} |"
