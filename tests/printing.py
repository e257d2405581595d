"""Printing for tests: what was printed once in a run is not printed again, and one process prints for all tests of a worker.

Tests print the same pages a hundred times over, since a release prints the whole course. All is printed anew in those that ask for
`printed_anew`, and in processes of their own: that the same comes out each time, in any folder, process or hour, is what
`test_build.py` says, and what lets all others share. Where only the rest of a release is looked at, `blank_pages` has none printed.
"""

import fcntl
import hashlib
import os
import pickle
import subprocess
import sys
import threading
from pathlib import Path

from coursedeck.outputs import typeset
from coursedeck.outputs.typesetter import Batch, Result

FED = typeset._fed  # what has it printed outside of tests
SERVE = "from coursedeck.outputs import typesetter; typesetter.serve()"


def blank(waiting, finished) -> dict[str, Result]:
    """What `typeset` is given where nobody looks at pages: files that hold none."""
    made: dict[str, Result] = {}
    while batch := waiting.get():
        made |= {
            document.path: (b"%PDF-1.7\n",) * len(batch.papers) for document in batch.documents
        }
        finished.put(len(batch.documents))
    return made


class Printer:
    """Prints in a process that lasts, where Typst knows its fonts and what it laid out; keeps it all in a folder of the run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.process: subprocess.Popen[bytes] | None = None
        self.alone = threading.Lock()
        self.environment = os.environ | typeset.FRUGAL  # before any test changes it

    def feed(self, waiting, finished) -> dict[str, Result]:
        """What `typeset` has one of its processes do."""
        made: dict[str, Result] = {}
        while batch := waiting.get():
            results = self.printed(batch)
            made |= {document.path: r for document, r in zip(batch.documents, results, strict=True)}
            finished.put(len(results))
        return made

    def printed(self, batch: Batch) -> list[Result]:
        """The PDFs of a batch, from the folder if they are there."""
        with (self.folder / _digest(batch)).open("a+b") as place:
            fcntl.flock(place, fcntl.LOCK_EX)  # another worker may be printing the same
            place.seek(0)
            if held := place.read():
                return pickle.loads(held)  # noqa: S301 - written below
            with self.alone:
                results = self._asked(batch)
            place.write(pickle.dumps(results))
            return results

    def _asked(self, batch: Batch) -> list[Result]:
        if self.process is None:
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-c", SERVE],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                cwd=self.folder,
                env=self.environment,
            )
        pickle.dump(batch, self.process.stdin)
        self.process.stdin.flush()
        return pickle.load(self.process.stdout)  # noqa: S301 - from the process above

    def ends(self) -> None:
        """Nothing that tests start outlives them."""
        if self.process:
            self.process.communicate()


def _digest(batch: Batch) -> str:
    """The same digest gives the same PDFs; a folder of fonts has another name each time, and digests for the names in it."""
    fonts = sorted(p.name for p in Path(batch.fonts).iterdir()) if batch.fonts else []
    parts = batch.template, batch.data, batch.date, batch.papers, batch.documents, fonts
    return hashlib.sha256(repr(parts).encode()).hexdigest()
