"""How long printing takes, as ratios measured side by side in one run: `python benchmarks/print.py [FOLDER] [ROUNDS]`.

Whole processes, as an author starts them, one after the other in each round; medians over the rounds. The yardstick
is `coursedeck check`, which reads the same course and prints nothing.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent


def seconds(*arguments: str) -> float:
    """How long one command takes."""
    start = time.perf_counter()
    command = [sys.executable, str(ROOT / "cli.py"), *arguments]
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def edited(folder: Path) -> None:
    """One letter more in the first question of the last module that has one."""
    file = [f for f in sorted((folder / "modules").iterdir()) if "ask: " in f.read_text("utf-8")][
        -1
    ]
    file.write_text(file.read_text("utf-8").replace("ask: ", "ask: O ", 1), "utf-8")


def measured(folder: Path) -> dict[str, float]:
    """One round."""
    with tempfile.TemporaryDirectory() as place:
        out, copy = Path(place) / "out", Path(place) / "content"
        shutil.copytree(folder, copy)
        build = ("build", str(copy), "--out", str(out))
        times = {
            "check": seconds("check", str(copy)),
            "print, all of it": seconds("print", str(copy), "--out", str(Path(place) / "print")),
            "print, one paper": seconds(
                "print", str(copy), "--paper", "a4", "--out", str(Path(place) / "a4")
            ),
            "build, the first": seconds(*build),
            "build, nothing changed": seconds(*build),
        }
        edited(copy)
        return times | {"build, one card edited": seconds(*build)}


def main() -> None:
    """Measure and print."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "content"
    rounds = [measured(folder) for _ in range(int(sys.argv[2]) if len(sys.argv) > 2 else 5)]
    medians = {name: statistics.median(times[name] for times in rounds) for name in rounds[0]}
    print(f"{os.cpu_count()} cores, {len(rounds)} rounds")
    for name, median in medians.items():
        print(f"{name:24} {median:6.2f} s  {median / medians['check']:6.1f} × check")


if __name__ == "__main__":
    main()
