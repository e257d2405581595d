"""What git remembers of a file or a folder. Nothing else runs git.

A repository may come from a stranger, and its settings can name programs: to verify signatures, to filter what is checked out, to
compare files, to fetch what is missing. So only git's plumbing is asked, which runs none of them but what would watch the files,
and is told not to; and it may fetch nothing.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from ..problems import Refusal

ALONE = {
    "GIT_ALLOW_PROTOCOL": "",  # of a clone without all objects, git would fetch the others
    "GIT_NO_LAZY_FETCH": "1",  # the same, told sooner, for those that know it
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_LITERAL_PATHSPECS": "1",  # a file may be called as a pattern of others
}
PATCH = ("--root", "-r", "-p", "-U0", "--no-color", "--no-ext-diff", "--no-textconv")
FILES = (b"100644", b"100755")  # links and submodules have other modes


def _said(folder: Path, *words: str, given: bytes = b"") -> bytes:
    """What git says in a folder; nothing where it fails or where no repository is. Raises OSError where one is and no git."""
    if not _in_repository(folder):
        return b""  # to start git takes longer than to look
    import subprocess  # a build of what git need not be asked about goes without

    command = ["git", "--no-pager", "-c", "core.fsmonitor=", *words]
    done = subprocess.run(  # noqa: S603
        command, cwd=folder, input=given, capture_output=True, check=False, env=os.environ | ALONE
    )
    return b"" if done.returncode else done.stdout


def _in_repository(folder: Path) -> bool:
    """Whether git may find a repository from here. A file of the name that a bare one has only costs git's start."""
    around = folder.resolve()
    signs = (each / name for each in (around, *around.parents) for name in (".git", "HEAD"))
    # Unlike that of `Path`, this raises nothing where a folder may not be looked into.
    return "GIT_DIR" in os.environ or any(map(os.path.exists, signs))


def _commits(folder: Path, name: str, *words: str) -> bytes:
    return _said(folder, "rev-list", *words, "HEAD", "--", name)


def knows(folder: Path, name: str) -> bool:
    """Whether git has, or had, a file of this name in the folder. Raises OSError where a repository is and no git."""
    return bool(_commits(folder, name, "--max-count=1"))


def lines(folder: Path, name: str) -> list[str]:
    """The lines that were ever written into a file on the way to what is checked out, each after a “+”, among others.

    Raises OSError where a repository is and no git.
    """
    commits = _commits(folder, name)
    if not commits:
        return []
    told = _said(
        folder, "diff-tree", "--stdin", *PATCH, "--submodule=short", "--", name, given=commits
    )
    return told.decode("utf-8", errors="replace").split("\n")


def committed(folder: Path, name: str) -> bytes:
    """A file as it was last committed; empty where it is not. Raises OSError where a repository is and no git."""
    return _said(folder, "cat-file", "blob", f"HEAD:./{name}")


def files_at(folder: Path, revision: str, wanted: Callable[[str], bool]) -> dict[str, bytes]:
    """The files below a folder at a revision, by path: those of the wanted paths.

    Raises Refusal where git has none, or OSError where a repository is and no git.
    """
    tree = f"{revision}:./"
    id_ = _said(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", tree).decode()
    listed = _said(folder, "ls-tree", "-r", "-z", "--full-tree", id_.strip()) if id_ else b""
    found = {}
    for entry in listed.split(b"\0")[:-1]:
        about, _, path = entry.partition(b"\t")
        mode, _, blob = about.split()
        if mode in FILES and wanted(os.fsdecode(path)):
            found[os.fsdecode(path)] = blob
    held = _said(
        folder, "cat-file", "--batch", given=b"".join(b"%s\n" % each for each in found.values())
    )
    made = dict(zip(found, _blobs(held), strict=False))
    if not made or made.keys() != found.keys():
        raise Refusal(f"git has no folder {folder} at the revision “{revision}”")
    return made


def _blobs(held: bytes) -> Iterator[bytes]:
    """The files that `cat-file --batch` gives one after another, up to one that git lacks."""
    at = 0
    while at < len(held):
        end = held.index(b"\n", at)
        *_, kind, size = held[at:end].split()
        if kind != b"blob":
            return
        at = end + 1 + int(size)
        yield held[end + 1 : at]
        at += 1
