"""What commands are given: the arguments and options that several share, and names out of tables of the program."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import click

FROM_ANKI = (".apkg", ".colpkg", ".txt", ".csv", ".tsv")


class Place(click.Path):
    """A path that is named: of an empty one, such as a variable that nobody set gives, Python makes the folder one stands in."""

    def __init__(self, **given: Any) -> None:
        """Make the type, whose values are paths."""
        super().__init__(path_type=Path, **given)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path. Fails where it has no name."""
        if not str(value).strip():
            self.fail("it is empty: name one", param, ctx)
        return super().convert(value, param, ctx)


def _of_course(_: click.Context, __: click.Parameter, given: Path) -> Path:
    """A course by its folder or its one file; course.yaml stands for its folder."""
    from .source.files import COURSE

    if given.name == COURSE and given.is_file():
        return given.parent
    if given.is_file() and given.suffix not in (".yaml", ".yml"):
        raise click.BadParameter(f"{given} is no course: give a folder, or a YAML file with cards")
    return given


def from_anki(path: Path) -> bool:
    """Whether a path is that of a file that came from Anki, or of a table."""
    return path.suffix.lower() in FROM_ANKI and not path.is_dir()


def _of_course_or_deck(context: click.Context, parameter: click.Parameter, given: Path) -> Path:
    """A course, or a deck of Anki's."""
    named = parameter.get_default(context) != given
    if named and not given.exists() and given.suffix not in (".yaml", ".yml"):
        raise click.BadParameter(f"there is no {given}")
    if given.is_file() and given.suffix not in (".yaml", ".yml") and not from_anki(given):
        raise click.BadParameter(
            f"{given} is none of the sorts that can be read: a course (a folder, or a YAML file with cards), or a deck or table ("
            f"{', '.join(FROM_ANKI)})"
        )
    return given if from_anki(given) else _of_course(context, parameter, given)


FOLDER = click.argument(
    "folder",
    default="content",
    type=Place(),
    metavar="[FOLDER|FILE]",
    callback=_of_course,
)
PRINTED = click.argument(
    "folder",
    default="content",
    type=Place(),
    metavar="[FOLDER|FILE]",
    callback=_of_course_or_deck,
)
FROM = click.option(
    "--from",
    "original",
    type=Place(),
    callback=lambda context, parameter, given: (
        given and _of_course_or_deck(context, parameter, given)
    ),
    help="The course to begin with a copy of, or the deck to bring along: .apkg, .colpkg, .txt, .csv, .tsv.",
)
OUT = click.option(
    "--out",
    default="decks",
    type=Place(file_okay=False),
    help="Where the outputs go.",
)


class Listed(click.Option):
    """An option that takes words of a table in the program. The table is imported for `--help` only, and by the command itself:
    a command that needs no table does not wait for it.
    """

    def __init__(
        self, names: Sequence[str], *, words: Callable[[], Iterable[str]], **given: Any
    ) -> None:
        """Make the option; `words` gives what it takes."""
        super().__init__(names, **given)
        self.words = words

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The option's line in `--help`, with the words that it takes."""
        record = super().get_help_record(ctx)
        return record and (record[0], f"{record[1]} One of: {', '.join(self.words())}.")


def sort_names() -> list[str]:
    """The sorts of output that `build --only` takes."""
    from .build import OUTPUTS

    return [sort.name for sort in OUTPUTS]


def form_names() -> tuple[str, ...]:
    """The printed forms that `print --only` takes, and the documents for a word processor."""
    from .outputs import office
    from .outputs.print.pages.all import NAMES

    return (*NAMES, office.NAME)


def kind_names() -> list[str]:
    """The kinds of card that `new card --kind` takes."""
    from .kinds.all import NOTE_TYPES

    return list(NOTE_TYPES)


def paper_names() -> tuple[str, ...]:
    """The sizes of paper that `print --paper` takes."""
    from .outputs.papers import PAPERS

    return PAPERS


def refuse_unknown(given: tuple[str, ...], known: Iterable[str], option: str) -> None:
    """Refuse the first of the given names that is not known, with the one that may be meant."""
    from .problems import did_you_mean

    for name in given:
        if name not in known:
            hint = did_you_mean(name, known) or "one of: " + ", ".join(known)
            raise click.UsageError(f"{option} {name}: not known; {hint}")
