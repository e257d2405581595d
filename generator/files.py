"""Files to write, and writing them: all of them, or none."""

import contextlib
import errno
import os
import stat
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from .frozen import dataclass
from .problems import Refusal


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


def write(files: Mapping[Path, bytes], sure: Callable[[], None] = lambda: None) -> None:
    """Write every file to a temporary name next to its target, then rename all, so that on a full disk the old files stay
    as they were. A file that holds these bytes already is not touched; another one keeps its mode. A link gives way to a file,
    so that nothing that is made for a folder lands elsewhere. `sure` is asked at the last moment, and stops it all by an exception.

    Raises OSError when a file cannot be written, or is marked as read-only; Refusal when a folder for it cannot be made.
    """
    waiting: deque[tuple[str, Path]] = deque()
    own = os.urandom(4).hex()  # in the temporary names
    new: list[Path] = []  # folders
    ready: set[Path] = set()  # likewise
    try:
        for target, data in files.items():
            if target.is_file() and target.read_bytes() == data:
                continue
            try:
                if (folder := target.parent) not in ready:
                    _make_folders(folder, new)
                    ready.add(folder)
                mode = _mode(target)
                name = f"{folder}/.{target.name}.{own}"
                with open(name, "xb", opener=_private) as file:
                    waiting.append((name, target))
                    file.write(data)
                os.chmod(name, mode)  # noqa: PTH101 - half the time of Path
            except OSError as error:
                raise _of(target, error) from error
        sure()
        while waiting:
            temporary, target = waiting[0]
            try:
                os.replace(temporary, target)  # noqa: PTH105 - likewise
            except OSError as error:
                raise _of(target, error) from error
            waiting.popleft()
        new = []
    finally:
        for temporary, _ in waiting:
            with contextlib.suppress(OSError):
                os.unlink(temporary)  # noqa: PTH108 - likewise
        for folder in reversed(new):
            with contextlib.suppress(OSError):  # some of the files may be in it
                folder.rmdir()


def _of(target: Path, error: OSError) -> OSError:
    """An error that names a file which is to be written, not its temporary one or none."""
    return OSError(error.errno, error.strerror, str(target))


def _private(name: str, flags: int) -> int:
    """Open a new file that nobody else may read, until it is known who may."""
    return os.open(name, flags, 0o600)


def _make_folders(folder: Path, new: list[Path]) -> None:
    """Make a folder and those that it is in, and add those that were not there to `new`.

    Raises Refusal where one cannot be made: that no file is there would not say why.
    """
    for each in reversed((folder, *folder.parents)):
        if not each.is_dir():
            try:
                each.mkdir(exist_ok=True)
            except OSError as error:
                why = "a file has that name" if each.exists() else error.strerror
                raise Refusal(f"the folder {each} cannot be made: {why}") from error
            new.append(each)


def _mode(target: Path) -> int:
    """The mode that a file has, or a new one gets. Raises OSError where it is marked as read-only, or is no file."""
    try:
        mode = target.lstat().st_mode
    except FileNotFoundError:
        return 0o644
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(mode):
        return 0o644
    if not mode & 0o222 or not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    return stat.S_IMODE(mode)


def linked(path: Path) -> Path:
    """The path itself or, where a link to a file stands there, the one to which it leads: what people write stays where they have
    it. A device, a pipe or a folder at its end is nobody's text: there the link gives way.
    """
    end = Path(os.path.realpath(path))
    return end if path.is_symlink() and (end.is_file() or not os.path.lexists(end)) else path


def write_back(new: Mapping[Path, bytes], read: Mapping[Path, bytes | None]) -> None:
    """Write new versions of files that were made of what was `read` of them, through links; a path that was not read is a new file.

    Raises Refusal, and writes nothing, where one of them holds something else by now; else as `write` does.
    """
    write({linked(path): data for path, data in new.items()}, lambda: refuse_changed(new, read))


def refuse_changed(new: Mapping[Path, bytes], read: Mapping[Path, bytes | None]) -> None:
    """Raises Refusal where a file holds neither what was `read` of it, None where there was none, nor what is to be written."""
    for path, data in new.items():
        now = path.read_bytes() if path.is_file() else None
        if now not in (read.get(path), data):
            if path in read:
                raise Refusal(
                    f"{path} changed meanwhile: nothing is written; run the command again"
                )
            raise Refusal(f"{path} is there already: nothing is written; move it away first")
