"""Files to write, and writing them: all of them, or none."""

import contextlib
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from .frozen import dataclass


@dataclass(frozen=True, slots=True)
class Output:
    """One file to write: its path under the output folder, its bytes, and what a person is told about it."""

    path: str
    data: bytes
    detail: str = ""

    @property
    def summary(self) -> str:
        """One line for a person: the path, what is in the file, its size."""
        size = f"{len(self.data) / 1024:,.0f} KB"
        return f"{self.path}: " + ", ".join(filter(None, (self.detail, size)))


def under(folder: Path, outputs: Iterable[Output]) -> dict[Path, bytes]:
    """The bytes of outputs by their whole paths, in the folder `folder`."""
    return {folder / output.path: output.data for output in outputs}


def with_line(text: bytes, start: str, line: str) -> bytes:
    """The text with this line in place of the one that begins with `start`, whose comma at the end stays.

    Raises ValueError where there is none.
    """
    at = text.index(f"\n{start}".encode()) + 1
    end = text.index(b"\n", at)
    return text[:at] + line.encode() + text[end - text[:end].endswith(b",") :]


def write(files: Mapping[Path, bytes]) -> None:
    """Write every file to a temporary name next to its target, then rename all, so that on a full disk the old files stay
    as they were. A file that holds these bytes already is not touched.

    Raises OSError when a file cannot be written.
    """
    import tempfile  # `check` writes nothing

    waiting: list[tuple[Path, Path]] = []
    new: list[Path] = []  # folders
    try:
        for target, data in files.items():
            if target.is_file() and target.read_bytes() == data:
                continue
            try:
                for folder in reversed((target.parent, *target.parent.parents)):
                    if not folder.exists():
                        folder.mkdir(exist_ok=True)
                        new.append(folder)
                handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
                waiting.append((Path(name), target))
                with os.fdopen(handle, "wb") as file:
                    file.write(data)
                Path(name).chmod(0o644)
            except OSError as error:  # which names the temporary file, or none
                raise OSError(error.errno, error.strerror, str(target)) from error
        while waiting:
            temporary, target = waiting[0]
            temporary.replace(target)
            waiting.pop(0)
        new = []
    finally:
        for temporary, _ in waiting:
            with contextlib.suppress(OSError):
                temporary.unlink()
        for folder in reversed(new):
            with contextlib.suppress(OSError):  # some of the files may be in it
                folder.rmdir()
