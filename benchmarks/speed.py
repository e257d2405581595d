"""How long coursedeck takes beside the least that the job can cost and beside two of its peers.

    python benchmarks/speed.py [--sizes 200,5000,20000] [--rounds 5] [--peers FOLDER] [--write docs/performance.md]

Whole processes, as an author starts them, one after the other in each round, so that a busy machine slows all alike.
Figures are medians over the rounds: seconds of CPU time with that of child processes, the ratio to the floor of the same
round, and the largest process in MB. All run from compiled bytecode, as what pip installed does. `--peers` names a folder
for an environment of their own, made when it is missing.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import courses

HERE = Path(__file__).parent
# Courses of odd shapes, each with half and the whole of what there is much of.
SHAPES = (
    ("1,000 modules of 5 cards", "modules", 1000),
    ("5,000 cards and 5,000 sources", "sources", 5000),
    ("100 KB of open quotes in one card", "quotes", 100_000),
    ("100 KB of open brackets", "brackets", 100_000),
    ("100 KB of open clozes", "clozes", 100_000),
)
FLOOR = 5000  # plain cards to whose floor these are compared
PEERS = ("markdown-anki-decks==1.1.1", "click<8.2", "anki-yaml-tool==0.4.0")
COURSEDECK = [sys.executable, "-m", "coursedeck"]


@dataclass(frozen=True)
class Run:
    """What one process took: seconds of CPU, megabytes."""

    cpu: float
    memory: float


def run(*command: str, ends: tuple[int, ...] = (0,)) -> Run:
    """Run a command to its end, which must be one of `ends`."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) not in ends:
        raise SystemExit(f"failed: {' '.join(command)}")
    return Run(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def edited(folder: Path, number: int) -> None:
    """One letter more in the first question of one module."""
    file = folder / "modules" / "module-1.yaml"
    file.write_text(file.read_text("utf-8").replace("Which ", f"Which q{number} ", 1), "utf-8")


def rounds(size: int, count: int, peers: Path | None) -> Iterator[dict[str, Run]]:
    """What each command took, round by round."""
    with tempfile.TemporaryDirectory() as place:
        work = Path(place)
        folder, out = work / "course", work / "out"
        courses.make(folder, size)
        courses.for_peers(work / "peers", size)
        build = [*COURSEDECK, "build", str(folder), "--only", "anki", "--out", str(out)]
        for number in range(count):
            shutil.rmtree(out, ignore_errors=True)
            took = {
                '`python -c "import click"`': run(sys.executable, "-c", "import click"),
                "floor": run(
                    sys.executable, str(HERE / "floor.py"), str(folder), str(work / "f.apkg")
                ),
                "check": run(*COURSEDECK, "check", str(folder), "--out", str(out)),
                "build, cold": run(*build),
                "build, nothing changed": run(*build),
            }
            edited(folder, number)
            took["build, one card edited"] = run(*build)
            if peers:
                decks, made = str(work / "peers" / "decks"), str(work / "made")
                Path(made).mkdir(exist_ok=True)
                took["markdown-anki-decks"] = run(str(peers / "bin" / "mdankideck"), decks, made)
                deck = [
                    "--file",
                    str(work / "peers" / "deck.yaml"),
                    "--output",
                    str(work / "p.apkg"),
                ]
                took["anki-yaml-tool"] = run(str(peers / "bin" / "anki-yaml-tool"), "build", *deck)
            yield took


def table(size: int, took: list[dict[str, Run]]) -> str:
    """The medians as a Markdown table."""
    lines = [
        f"### {size:,} cards",
        "",
        "| | CPU s | times the floor | MB |",
        "|---|---|---|---|",
    ]
    for name in took[0]:
        cpu = statistics.median(each[name].cpu for each in took)
        ratio = statistics.median(each[name].cpu / each["floor"].cpu for each in took)
        memory = statistics.median(each[name].memory for each in took)
        lines.append(f"| {name} | {cpu:.2f} | {ratio:.2f} | {memory:.0f} |")
    nothing = "build, nothing changed"
    click = '`python -c "import click"`'
    ratio = statistics.median(each[nothing].cpu / each[click].cpu for each in took)
    lines += ["", f"Nothing changed: {ratio:.2f} times `import click`."]
    return "\n".join(lines)


def shapes(count: int) -> str:
    """What checking and building from nothing take for courses of odd shapes, as a Markdown table, with the ratio to the floor of
    `FLOOR` plain cards in the same round; the last three have faults, so that their build only checks.
    """
    lines = [
        "### Odd shapes",
        "",
        f"The floor is that of {FLOOR:,} cards.",
        "",
        "| | check, CPU s | times the floor | times half as much | build, CPU s | times the floor | times half as much | MB |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name, shape, much in SHAPES:
        took: dict[tuple[str, int], list[Run]] = {}
        with tempfile.TemporaryDirectory() as place:
            for size in (much // 2, much):
                courses.main(shape, size, Path(place) / str(size))
            courses.make(Path(place) / "plain", FLOOR)
            for number in range(count):
                floor = (str(HERE / "floor.py"), f"{place}/plain", f"{place}/f.apkg")
                took.setdefault(("floor", FLOOR), []).append(run(sys.executable, *floor))
                for size in (much // 2, much):
                    out = ("--only", "anki", "--out", f"{place}/{size}-{number}")
                    for act, *more in (("check",), ("build", *out)):
                        ran = run(*COURSEDECK, act, f"{place}/{size}", *more, ends=(0, 1))
                        took.setdefault((act, size), []).append(ran)
        cells = []
        for act in ("check", "build"):
            half, whole = (
                statistics.median(each.cpu for each in took[act, size])
                for size in (much // 2, much)
            )
            pairs = zip(took[act, much], took["floor", FLOOR], strict=True)
            ratio = statistics.median(each.cpu / floor.cpu for each, floor in pairs)
            cells += [f"{whole:.2f}", f"{ratio:.2f}", f"{whole / half:.2f}"]
        memory = max(each.memory for each in took["build", much])
        lines.append(f"| {name} | {' | '.join(cells)} | {memory:.0f} |")
    return "\n".join(lines)


def environment(folder: Path) -> Path:
    """The peers' own environment."""
    if not folder.exists():
        venv.create(folder, with_pip=True)
        subprocess.run([folder / "bin" / "pip", "install", "--quiet", *PEERS], check=True)
    return folder


def main() -> None:
    """Measure, print, and put the tables where the docs have them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="200,5000,20000")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--peers", type=Path)
    parser.add_argument("--write", type=Path)
    given = parser.parse_args()
    peers = environment(given.peers) if given.peers else None
    with tempfile.TemporaryDirectory() as bytecode:
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = bytecode
        list(rounds(100, 1, peers))  # compiles what the others run
        made = measured(given, peers)
    print(made)
    if given.write:
        head, mark, _ = given.write.read_text("utf-8").partition(
            "<!-- made by benchmarks/speed.py -->"
        )
        given.write.write_text(f"{head}{mark}\n\n{made}\n", "utf-8")


def measured(given: argparse.Namespace, peers: Path | None) -> str:
    """All tables."""
    sizes = [int(size) for size in given.sizes.split(",")]
    tables = [table(size, list(rounds(size, given.rounds, peers))) for size in sizes]
    return "\n\n".join([*tables, shapes(given.rounds)])


if __name__ == "__main__":
    main()
