"""Commands about what learners have: `ledger`, `rehearse`, `release`."""

from pathlib import Path

import click

from ..options import FOLDER, OUT, Place
from ..terminal import (
    clock,
    ledger_read,
    make_outputs,
    progress,
    report,
    say,
    sound_course,
    text_of,
    warn,
    write_outputs,
)


@click.command()
@FOLDER
@OUT
@click.option("--resolve", "how", flag_value="resolve", help="Mend a conflict that a merge left.")
@click.option(
    "--rebuild", "how", flag_value="rebuild", help="Make it anew from the last packages in --out."
)
def ledger(folder: Path, out: Path, how: str | None) -> None:
    """Look at the ledger of the course in FOLDER, or mend it.

    \b
    Example:
      coursedeck ledger --resolve
    """
    from ..build import rebuilt_ledger
    from ..files import write_back
    from ..problems import so_many
    from ..published import ledger_file
    from ..source.files import ledger_path

    path = ledger_path(folder)
    read = {path: path.read_bytes() if path.is_file() else None}
    if how == "resolve":
        data = read[path]
        if data is None:
            raise click.ClickException(f"there is no {path}: nothing is in conflict")
        held = ledger_file.resolve(data)
        if versions := ledger_file.parted(data):
            say(
                f"both sides have released ({', '.join(sorted(versions))}): the next changelog tells the changes of both"
            )
    elif how == "rebuild":
        held = rebuilt_ledger(sound_course(folder), out)
    else:
        held = ledger_file.of(sound_course(folder), folder, out)
    if how:
        write_back({path: ledger_file.encode(held)}, read)
    retired = sum(bool(entry.retired) for entry in held.notes.values())
    say(f"{path}: {so_many(len(held.notes) - retired, 'note')}, {retired} retired")
    if how:
        say("now run `coursedeck build`")


@click.command()
@FOLDER
@OUT
@click.option(
    "--published",
    default="published",
    type=Place(file_okay=False),
    help="What learners have: the packages of each version, in a folder of its name.",
)
def rehearse(folder: Path, out: Path, published: Path) -> None:
    """Try the update to FOLDER as it stands on learners of every kind, in the real Anki, before it is released.

    Prints a table for the changelog; fails when a promise to learners is broken. Needs `pip install "coursedeck[anki]"`.

    \b
    Example:
      coursedeck rehearse content --published published > rehearsal.md
    """
    from ..problems import so_many
    from ..published.ledger_file import decode
    from ..published.release import sign
    from ..source.files import LEDGER

    try:
        from ..rehearsal.rehearse import as_markdown, kept, rehearse
    except ModuleNotFoundError as error:
        raise click.ClickException(
            f'a rehearsal needs {error.name}: run `pip install "coursedeck[anki]"`'
        ) from error
    course, outputs, _ = make_outputs(folder, out, "anki", earlier=None)
    made = {output.path: output.data for output in outputs}
    trials = rehearse(kept(published, course.about.id), made, course.about.id)
    broken = [line for trial in trials for line in trial.broken]
    if not broken:
        say(sign(decode(made[LEDGER])))
    say(as_markdown(trials), nl=False)
    warn(broken)
    if broken:
        raise click.ClickException(
            f"{so_many(len(broken), 'broken promise')} to learners: do not release this"
        )


def _version(_: click.Context, __: click.Parameter, given: str) -> str:
    from ..problems import Refusal
    from ..published.release import numbers

    try:
        numbers(given)
    except Refusal as error:
        raise click.BadParameter(str(error)) from None
    return given


@click.command()
@click.argument("version", callback=_version)
@FOLDER
@OUT
@click.option(
    "--changelog",
    default="CHANGELOG.md",
    type=Place(dir_okay=False),
    help="The file that tells learners what is new.",
)
@click.option(
    "--rehearsed",
    type=Place(exists=True, dir_okay=False),
    help="What `rehearse` printed of these same words, for the changelog.",
)
def release(version: str, folder: Path, out: Path, changelog: Path, rehearsed: Path | None) -> None:
    """Release FOLDER as VERSION: stamp it, freeze the ledger, write the changelog, build everything.

    Refuses on any error or warning, and on a version that does not fit what changed.

    \b
    Example:
      coursedeck release 1.1.0
    """
    from ..build import release_course
    from ..files import Output
    from ..published import ledger_file
    from ..published.diff import reasons_since_release, redated
    from ..source.files import main_of, read_files, root_of

    files = read_files(folder)
    course = sound_course(folder, files)
    now = clock()
    published = ledger_file.never_back(ledger_file.of(course, folder, out), folder, now)
    why = reasons_since_release(course, folder, out)
    told = changelog.read_bytes() if changelog.is_file() else None
    with progress("printing") as step:
        made, found = release_course(
            files,
            published,
            version=version,
            now=now,
            changelog=text_of(changelog),
            rehearsal=text_of(rehearsed) if rehearsed else None,
            step=step,
        )
    if made is None:
        report(found, folder)
        raise click.ClickException("nothing is released while anything is wrong")
    stamped = root_of(folder) / main_of(files)
    texts = {changelog: made.changelog.encode(), stamped: made.course_file.encode()}
    read = ledger_read(folder, files) | {changelog: told, stamped: files[main_of(files)]}
    write_outputs(made.course, folder, out, made.outputs, read=read, more=texts)
    for path, data in texts.items():
        say(Output(path.as_posix(), data).summary)
    if made.redated:
        say(redated(made.redated, why))
