"""Commands that write into the files of an author: `new course`, `new module`, `new concept`, `new card`, `adopt`."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..options import FOLDER, FROM, OUT, Listed, Place, from_anki, kind_names, refuse_unknown
from ..terminal import (
    add_to_course,
    answers,
    bring,
    chosen,
    clock,
    in_colour,
    keyed_course,
    say,
    sound_course,
    typed,
    warn,
    write_into_course,
)

if TYPE_CHECKING:
    from ..model import Course
    from ..problems import Problem


@click.group()
def new() -> None:
    """Begin something new: a course, or a module, a concept or a card of one.

    \b
    Example:
      coursedeck new course mein-kurs --from content
      coursedeck new card why-bread-rises bread --module basics
    """


@new.command("course")
@click.argument("folder", type=Place())
@FROM
def new_course(folder: Path, original: Path | None) -> None:
    """Begin a course in FOLDER: with an example of each kind of card, as a copy of another course (a fork, a translation), or
    from a deck of Anki's.

    Learners can have a course and its copy: the copy has an identity of its own. Of a deck, all notes stay the ones that learners
    have, with their note types, their files, tags and decks.

    \b
    Example:
      coursedeck new course bread
      coursedeck new course mein-kurs --from content
      coursedeck new course spanish --from Spanish.apkg
    """
    import secrets

    from ..files import write
    from ..incoming.new import copied, example
    from ..problems import so_many
    from ..source.editor import for_editors
    from ..source.files import read_files

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise click.ClickException(f"{folder} is there already: name a new folder")
    if original is None:
        made = for_editors(example(secrets.token_hex(6)))
        write({folder / name: data for name, data in made.items()})
        say(f"{folder}: {so_many(len(made), 'file')}, an example with a card of each kind")
        say(
            f"Put your own words in their place; `coursedeck preview {typed(folder)}` shows the cards meanwhile."
        )
        return
    if from_anki(original):
        held = bring(original)
        write({folder / name: data for name, data in held.files.items()})
        for line in held.told:
            say(line)
        say(
            f"{folder}: {so_many(len(held.files), 'file')}; `coursedeck check {typed(folder)}` looks at them"
        )
        return
    sound_course(original)
    made = copied(read_files(original), secrets.token_hex(6))
    write({folder / name: data for name, data in made.items()})
    say(
        f"{folder}: {so_many(len(made), 'file')}; now give the course a title and a deck of its own"
    )


@new.command("module")
@click.argument("id_", metavar="ID")
@FOLDER
def new_module(id_: str, folder: Path) -> None:
    """Add a module to the course in FOLDER, with a card to put your own words into.

    \b
    Example:
      coursedeck new module ovens bread
    """
    from ..incoming.new import with_module

    add_to_course(folder, "module", id_, lambda files: with_module(files, id_))


@new.command("concept")
@click.argument("id_", metavar="ID")
@FOLDER
@click.option("--module", required=True, help="The module that it belongs to.")
def new_concept(id_: str, folder: Path, module: str) -> None:
    """Add a concept to a module, behind those that it has, with a card to put your own words into.

    \b
    Example:
      coursedeck new concept steam bread --module ovens
    """
    from ..incoming.new import with_concept

    add_to_course(folder, "concept", id_, lambda files: with_concept(files, id_, module))


@new.command("card")
@click.argument("id_", metavar="ID")
@FOLDER
@click.option(
    "--module", default="", help="The module that it belongs to; a course of one file has none."
)
@click.option(
    "--concept", default="", help="The concept that it belongs to; without one, the module itself."
)
@click.option(
    "--kind", default="ask", cls=Listed, words=kind_names, metavar="KIND", help="The kind of card."
)
def new_card(id_: str, folder: Path, module: str, concept: str, kind: str) -> None:
    """Add a card, behind those that are there, with words to put your own in their place.

    \b
    Example:
      coursedeck new card why-steam bread --module ovens --concept steam --kind cloze
    """
    from ..incoming.new import with_card

    refuse_unknown((kind,), kind_names(), "--kind")
    add_to_course(folder, "card", id_, lambda files: with_card(files, id_, module, concept, kind))


@click.command()
@click.argument("file", type=Place(exists=True, dir_okay=False))
@FOLDER
@OUT
@click.option("--yes", is_flag=True, help="Take every correction without asking.")
def adopt(file: Path, folder: Path, out: Path, yes: bool) -> None:
    """Take corrections that were made in Anki into the YAML of the course in FOLDER. FILE is a package (.apkg, .colpkg) or “Notes
    in Plain Text” (.txt) with HTML and unique identifiers.

    Shows each change word by word and asks; in a pipe it only shows. My notes, own fields, tags, decks and notes of others never
    come along.

    \b
    Example:
      coursedeck adopt corrected.apkg content
      coursedeck adopt reviewer.txt content --yes
    """
    from ..build import errors_of
    from ..incoming.adopt import adopted, notes_in, tried
    from ..incoming.corrections import as_text, found
    from ..notes import notes_of
    from ..problems import so_many
    from ..published import ledger_file
    from ..source.files import read_files

    files = read_files(folder)
    course = keyed_course(folder, out, files)
    came = notes_in(file.read_bytes(), file.name, notes_of(course))
    ledger, now = ledger_file.of(course, folder, out), clock()
    back = found(course, ledger, came)

    def wrong(given: Mapping[str, bytes]) -> "list[Problem]":
        return errors_of(given, ledger, now)

    made, refused = tried(files, back.corrections, wrong, course.unnamed)
    shown = {as_text(each, colour=in_colour()): each for each in back.corrections}
    why = {text: refused.get(each, "") for text, each in shown.items()}
    asks = not yes and answers()
    taken = [shown[each] for each in chosen(why, asks=asks, yes=yes)]
    told: list[str] = []
    if len(taken) + len(refused) < len(shown):
        made, told = adopted(files, taken, wrong, course.unnamed)
    write_into_course(folder, files, made)
    warn([*back.told, *told])
    left = len(shown) - len(refused) - len(taken)
    said = f"{so_many(len(shown), 'correction')}, {len(taken) - len(told)} taken"
    say(f"{said}, {left} left" if left and asks else said)
    _say_written(folder, files, made, course)
    if back.corrections and not yes and not asks:
        say("nothing is written: --yes takes them all")


def _say_written(
    folder: Path, files: "Mapping[str, bytes]", made: "Mapping[str, bytes]", course: "Course"
) -> None:
    """Name the files that corrections changed, and the ids that were written down beside them."""
    from ..incoming.adopt import written_down
    from ..source.files import root_of

    for path in made:
        say(f"{root_of(folder) / path}: changed")
    if ids := written_down(files, made, course.unnamed):
        say(f"written down too, since they hung on the words: id {', '.join(ids)}")
