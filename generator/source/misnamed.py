"""What is told of files that are called nearly as those of a course, of which nothing is read."""

from collections.abc import Collection, Mapping

from ..problems import Problem, Span
from .files import meant, nearly


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
    return own


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
