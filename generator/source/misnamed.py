"""What is told of files that are called nearly as those of a course, of which nothing is read; and of modules whose files have
names that no tag or package can have.
"""

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping

from ..late import late
from ..problems import Problem, Span
from .files import meant, nearly, nearly_within
from .records import ID, LONGEST_ID

# What a tag ends at or parts in Anki, a list of names at the command line, or what a file system forbids.
UNFIT = late(r"""[\s,:"<>|*?\\/]""")
LONGEST_NAME = 230  # bytes of UTF-8 in a package's name: file systems take 255, and as it is written it has a longer one


def as_called(files: Mapping[str, bytes], problems: list[Problem]) -> dict[str, bytes]:
    """The files of a course in a folder that are called as its files are: of the others nothing is read, and that is told."""
    called = {meant(name) for name in files}
    own = {name: data for name, data in files.items() if meant(name) == name}
    problems += [_unread(name, meant(name), own) for name in files if name not in own]
    for name in [*own]:
        if near := nearly(name, called):
            del own[name]
            message = f"nothing is read of this file; {near} is not there"
            hint = f"if it is meant, call it {near}; else give it a name that is less like it"
            problems.append(Problem(Span(name), "near-file", message, hint))
    problems += _nearly_within(own)
    return own


def _nearly_within(own: dict[str, bytes]) -> Iterator[Problem]:
    """What is wrong with files that lack their ending, each, and with folders that are nearly called as those of a course. They are
    taken out of its `own`.
    """
    told = set()
    for name in [*own]:
        if "/" in name and (right := nearly_within(name)):
            del own[name]
            folder, part = name.rpartition("/")[0], right.partition("/")[0]
            what, near = ("file", right) if folder.lower() == part else ("folder", part)
            if what == "folder" and folder in told:
                continue
            told.add(folder)
            message = f"nothing is read of this {what}; it is not called {near}"
            hint = f"if it is meant, call it {near}; else give it a name that is less like it"
            yield Problem(Span(name), "near-file", message, hint)


def unfit(names: Iterable[str], course: str) -> Iterator[Problem]:
    """What is wrong with the names of files of modules that stand in no list, and so are the ids of these: each becomes a part of
    tags and of the name of a package. What is no id and does no harm there stays, since learners may have its tags.
    """
    alike: dict[str, str] = {}
    for name in sorted(names, key=lambda name: not ID.fullmatch(name)):  # those that are ids first
        code, why = "module-name", "" if ID.fullmatch(name) else _unfit(name)
        if len(name) > LONGEST_ID or len(f"{course}-{name}.apkg".encode()) > LONGEST_NAME:
            code, why = "bad-id", f"it is longer than {LONGEST_ID} letters"
        first = alike.setdefault(unicodedata.normalize("NFC", name).casefold(), name)
        if not why and first != name:
            why = f"{first}.yaml differs in nothing but capitals"
        if why:
            said = " ".join(name.split())[:60]
            message = f"the file's name is the module's id, and “{said}” is none: {why}"
            hint = (
                "rename the file: lower-case letters, digits and single hyphens. Where learners have the module, that changes"
                " tags of its notes and the name of its package, and no id of a card"
            )
            yield Problem(Span(f"modules/{name}.yaml"), code, message, hint)


def _unfit(name: str) -> str:
    """Why a name cannot be a part of a tag and of a package's name; empty where it can."""
    if found := UNFIT.search(name):
        sign = found[0]
        return "it has a blank in it" if sign.isspace() else f"it has “{sign}” in it"
    if not name.isprintable():
        return "it has a sign in it that cannot be seen"
    return ""


def _unread(name: str, right: str, own: Collection[str]) -> Problem:
    """What is wrong with a file that has the name of a part of a course but for its ending, capitals or folder."""
    folder = right.rpartition("/")[0]
    hint = f"rename it to {right}"
    if name.rpartition("/")[0] != folder:
        hint = f"move it to {right}"
    if right in own:
        hint = f"{right} is there too: what counts belongs in that one"
        if folder:
            hint += f", or give this one a name of its own in {folder}/ that ends in .yaml"
    message = f"nothing is read of this file: it is not called {right}"
    return Problem(Span(name), "unread-file", message, hint)
