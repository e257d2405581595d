"""What the commands lean on: what several of them do, print and read.

Only this file, the commands and `program.py` around them print or exit. What a function needs of the program it imports itself, so
that a command waits for nothing that it does not use.
"""

import contextlib
import itertools
import os
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .late import late
from .options import from_anki, refuse_unknown, sort_names

if TYPE_CHECKING:
    from .edits import Made
    from .files import Output
    from .incoming.anki import Brought
    from .load import Keyed
    from .model import Course
    from .problems import Problem
    from .uptodate import State


# --- what commands do alike -----------------------------------------------------------------------


def sound_course(
    folder: Path, files: "Mapping[str, bytes] | None" = None, key: "Keyed | None" = None
) -> "Course":
    """The course, of its files where they were read already, with the key that `key` gives it. When it has errors, tell all and
    exit with 1.
    """
    from .load import load

    course, found = load(folder, warnings=False, files=files, key=key)
    if course is None:
        report(found, folder)
        raise SystemExit(1)
    return course


def add_to_course(
    folder: Path, what: str, id_: str, add: "Callable[[Mapping[str, bytes]], dict[str, bytes]]"
) -> None:
    """Write what is added to a course that is sound, and say where it stands, which other files changed, and what comes next."""
    from .source.editor import SCHEMAS, referring
    from .source.files import read_files, root_of

    files = read_files(folder)
    sound_course(folder, files)
    made = add(files)
    if (root_of(folder) / SCHEMAS).is_dir():
        named = referring({**files, **made})
        made |= {path: data for path, data in named.items() if path not in files}
    write_into_course(folder, files, made)
    begins = re.compile(rf"id[\"']?: *[\"']?{id_}(?![\w-])".encode())
    for path, data in made.items():
        old, new, place = (
            files.get(path, b"").splitlines(),
            data.splitlines(),
            root_of(folder) / path,
        )
        alike = sum(
            1
            for _ in itertools.takewhile(lambda two: two[0] == two[1], zip(old, new, strict=False))
        )
        line = next((n for n, each in enumerate(new, 1) if n > alike and begins.search(each)), None)
        if line:
            say(f"{place}:{line}: the {what} “{id_}” stands here")
        else:
            say(f"{place}:{alike + 1}: changed" if old else f"{place}: written")
    say(
        f"Write your own words where it says “Your …”; `coursedeck check {typed(folder)}` names the places that are left."
    )


def typed(path: Path) -> str:
    """A path as it is typed into any terminal."""
    return f'"{path}"' if " " in str(path) else str(path)


def write_into_course(
    folder: Path, files: "Mapping[str, bytes]", made: "Mapping[str, bytes]"
) -> None:
    """Write new versions of a course's files that were made of these ones, unless one was changed meanwhile."""
    from .files import write_back
    from .source.files import root_of

    root = root_of(folder)
    write_back(*({root / path: data for path, data in each.items()} for each in (made, files)))


def keyed_course(folder: Path, out: Path, files: "Mapping[str, bytes]") -> "Course":
    """The course with the key under which its notes were built, or would be."""
    from .build import keyed, with_new_key
    from .published import ledger_file

    course = sound_course(folder, files)
    return (
        course
        if keyed(course, ledger_file.of(course, folder, out))
        else with_new_key(course, files)
    )


def bring(path: Path) -> "Brought":
    """The course that a file that came from Anki becomes."""
    from .build import new_key
    from .incoming.anki import brought
    from .outputs import glyphs

    def missing(text: str) -> list[str]:
        return [each for each in text if each not in glyphs.covered()]

    return brought(path.read_bytes(), path.name, key=new_key(), now=clock(), missing=missing)


def make_outputs(
    folder: Path,
    out: Path,
    only: str | None,
    *,
    earlier: Path | None,
    files: "Mapping[str, bytes] | None" = None,
) -> "tuple[Course, list[Output], list[str]]":
    """The course, the outputs of a build, and the lines of warnings that it told. When there are errors, tell them and exit
    with 1. `files` are those of the folder, where they were read already.
    """
    from .build import as_first_built, build_course, keyed, with_new_key
    from .problems import errors
    from .published import ledger_file
    from .source.files import LEDGER, read_files

    refuse_unknown((only,) if only else (), sort_names(), "--only")
    files = read_files(folder) if files is None else files
    # Where version 1.0.0 left a ledger, the course has notes already, without a key.
    course = sound_course(folder, files, None if (out / LEDGER).is_file() else as_first_built)
    now = clock()
    published = ledger_file.never_back(ledger_file.of(course, folder, out), folder, now)
    if not keyed(course, published):
        course = with_new_key(course, files)
    with progress("printing") as step:
        outputs, found = build_course(course, published, now, only=only, earlier=earlier, step=step)
    told = report(found, folder)
    if errors(found):
        raise SystemExit(1)
    return course, outputs, told


def compare_outputs(folder: Path, out: Path, only: str | None) -> None:
    """Compare the files in `out` with what the content gives, and fail when they differ."""
    from .build import stale
    from .problems import so_many
    from .source.files import destinations

    _, outputs, _ = make_outputs(folder, out, only, earlier=None)
    old = list(stale(destinations(folder, out, outputs)))
    warn(f"{path}: not what {folder} gives" for path in old)
    if old:
        raise click.ClickException("run `coursedeck build` and commit what it writes")
    say(f"{so_many(len(outputs), 'file is', 'files are')} what {folder} gives")


def in_colour() -> bool:
    """Whether what is printed may have colours: on a terminal, unless the user set NO_COLOR."""
    import sys

    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def answers() -> bool:
    """Whether somebody can be asked: questions and answers go through a terminal."""
    import sys

    return sys.stdin.isatty() and sys.stdout.isatty()


def chosen(shown: Mapping[str, str], *, asks: bool, yes: bool) -> list[str]:
    """Print each text, with what keeps it from being taken, if anything does; return those of the others that the user wants: all
    with `yes`, or those of which they say so when asked.
    """
    wanted = []
    for each, why_not in shown.items():
        say(f"{each}\n    {why_not}" if why_not else each, coloured=in_colour())
        if why_not:
            continue
        if asks:
            answer = _answered("take it (y, n, all, quit)?")
            if answer == "quit":
                break
            yes, asks = answer in ("yes", "all"), answer != "all"
        if yes:
            wanted.append(each)
    return wanted


ANSWERS = ("yes", "no", "all", "quit")


def _answered(question: str) -> str:
    """What the user answers, one of `ANSWERS`, which they may write in capitals, or with its first letter alone. Whoever stops the
    program in place of an answer has nothing written.
    """

    def meant(said: str) -> str:
        word = said.strip().lower()
        found = next((each for each in ANSWERS if word in (each[0], each)), "")
        if not found:
            raise click.UsageError("answer y, n, all or quit")
        return found

    try:
        return str(click.prompt(question, value_proc=meant, prompt_suffix=" "))
    except click.Abort:
        say()
        raise click.ClickException("stopped: nothing is written") from None


SOON = 1.0  # seconds in which work may end before anyone is told how far it has come


@contextlib.contextmanager
def progress(
    label: str, now: Callable[[], float] = time.monotonic
) -> Iterator[Callable[[int, int], None]]:
    """What is told how many parts of a work are done, and of how many, and shows it: a bar on standard error, once the work takes
    longer than `SOON`; nothing in a pipe, nor on a terminal that cannot or shall not be painted.
    """
    import sys

    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    shown = sys.stderr.isatty() and not plain
    started = now()
    bar: Any = None
    with contextlib.ExitStack() as stack:

        def step(done: int, of: int) -> None:
            nonlocal bar
            if shown and bar is None and now() - started > SOON:
                bar = click.progressbar(length=of, label=label, file=sys.stderr, show_pos=True)
                stack.enter_context(bar)
            if bar is not None:
                if of != bar.length or done < bar.pos:  # another pass, with parts of its own
                    bar.length, bar.pos, bar.finished = of, 0, False
                bar.update(done - bar.pos)

        yield step


def until_stopped(act: Callable[[], None]) -> None:
    """Do what ends only when the user ends it: Ctrl+C is how, and no error. What lasts has its memory cleared up."""
    import gc

    gc.enable()
    with contextlib.suppress(KeyboardInterrupt):
        act()


def each_version(folder: Path, act: Callable[[], None]) -> None:
    """Do something now and whenever a file of the course changes, until the user ends it. What is wrong is told, and the next
    change waited for.
    """
    from .problems import Refusal
    from .watch import versions

    def all_of_them() -> None:
        for _ in versions(folder):
            try:
                act()
            except SystemExit:
                pass  # it told what is wrong
            except click.ClickException as error:
                error.show()
            except (Refusal, OSError) as error:
                click.ClickException(str(error)).show()

    until_stopped(all_of_them)


def ledger_read(folder: Path, files: "Mapping[str, bytes]") -> "dict[Path, bytes | None]":
    """The ledger among the files that a command read of a course, by its whole path; None where there was none."""
    from .source.files import ledger_path

    path = ledger_path(folder)
    return {path: files.get(path.name)}


def _write_unless_changed(
    files: "Mapping[Path, bytes]", read: "Mapping[Path, bytes | None]"
) -> None:
    """Write files, unless another command has written one of those that were `read` meanwhile: of two builds and releases at once,
    the ledger would else know one only, and learners have both.
    """
    from .files import linked, refuse_changed, write

    was = {linked(path): data for path, data in read.items()}
    compared = {path: data for path, data in files.items() if path in was}
    write(files, lambda: refuse_changed(compared, was))


def write_edited(state: "State", made: "Made") -> None:
    """Write what an edit of texts changed, then what the next build has to know of it, and say so."""
    from .files import write
    from .source.files import destinations

    folder, out = state.folder, state.out
    _write_unless_changed(destinations(folder, out, made.outputs), ledger_read(folder, state.files))
    write({out / path: data for path, data in made.records.items()})
    _tell_all(folder, out, made.outputs)
    if not made.outputs:
        say(f"{out}: nothing to do")


def write_outputs(
    course: "Course",
    folder: Path,
    out: Path,
    outputs: "Sequence[Output]",
    *,
    read: "Mapping[Path, bytes | None]",
    only: str | None = None,
    warnings: Iterable[str] = (),
    state: "State | None" = None,
    more: "Mapping[Path, bytes] | None" = None,
) -> None:
    """Write outputs and `more`, remove what earlier builds wrote and this one does not make, and say so. `read` are the files
    that nobody may have changed since, the ledger first. `state` is what the build started from; without one, the files as they
    stand once all is written.
    """
    from .build import left_over
    from .cache import CACHE
    from .files import linked, write
    from .leftovers import of_others, refuse_strange, remove
    from .source.files import LEDGER, destinations, ledger_path
    from .uptodate import State, digests

    key, id_ = course.about.identity, str(course.about.id)
    before = state or State(folder, out, "")
    seen = before.earlier(key)
    below = [output for output in outputs if output.path != LEDGER]
    refuse_strange(out, below, seen)
    lost = of_others(out, below, before.of_others(key, id_))
    left = left_over(course, out, outputs, seen, only)
    texts = {linked(path): data for path, data in (more or {}).items()}
    _write_unless_changed(destinations(folder, out, outputs) | texts, read)
    earlier = out / LEDGER  # where version 1.0.0 had it
    taken = not folder.is_file() and read.get(ledger_path(folder)) is None  # from there
    if taken and earlier.exists() and not earlier.samefile(ledger_path(folder)):
        earlier.unlink()
    remove(out, left.ours)
    state = state or State(folder, out, "")
    warn([*lost, *left.lines])
    made = digests((output.path, output.data) for output in outputs)
    told = [*warnings, *left.lines]
    record = state.record(key, id_, made, told, left.others)
    write({out / state.path: record})
    _tell_all(folder, out, [output for output in outputs if not output.path.startswith(CACHE)])
    tell_cleared(course)
    for path in left.ours:
        say(f"{path}: removed, since this build does not make it")


def _tell_all(folder: Path, out: Path, outputs: "Sequence[Output]") -> None:
    """Print a line for each file that a build wrote; the ledger lies with the content."""
    from dataclasses import replace

    from .source.files import LEDGER, ledger_path

    tell(out, (output for output in outputs if output.path != LEDGER))
    for output in outputs:
        if output.path == LEDGER:
            say(replace(output, path=ledger_path(folder).as_posix()).summary)


# --- what they print ------------------------------------------------------------------------------


def report(found: "list[Problem]", folder: Path) -> list[str]:
    """Print problems for a person, and how many there are; return the printed lines."""
    if not found:
        return []  # the folder need not be looked through for links
    from .build import located
    from .problems import as_text
    from .source.files import leading_out, root_of

    if from_anki(folder):
        lines = as_text(_of_deck(found, folder), None)
    else:
        lines = as_text(located(found, folder), root_of(folder), leading_out(folder))
    warn(lines)
    return lines


def _of_deck(found: "list[Problem]", deck: Path) -> "list[Problem]":
    """Problems of a deck that no course was made of: they name the deck, since nobody has a course's files, and what is to be
    done needs one.
    """
    from dataclasses import replace

    from .outputs.unprinted import LOOK
    from .problems import Span

    course = f"make a course of it first: coursedeck new course FOLDER --from {deck.name}"
    return [
        replace(
            each,
            span=Span(deck.name),
            hint=each.hint if each.hint in ("", LOOK) else f"{course}; then {each.hint}",
        )
        for each in found
    ]


def warn(lines: Iterable[str]) -> None:
    """Print lines to standard error, so that what a command gives can be piped on."""
    for line in lines:
        say(line, err=True)


COLOUR = late("(\x1b\\[(?:0|31|32)m)")  # the signs between which words are red or green


def say(text: str = "", *, err: bool = False, nl: bool = True, coloured: bool = False) -> None:
    """Print a text: the one door to the terminal, which nothing that a text quotes can steer. What is `coloured` stays so."""
    if not text.isprintable():  # else there is nothing to import for: many commands are quick
        from .problems import visible

        parts = COLOUR.split(text) if coloured else [text]
        text = "".join(each if n % 2 else visible(each) for n, each in enumerate(parts))
    click.echo(text, err=err, nl=nl)


def tell(out: Path, outputs: "Iterable[Output]") -> None:
    """Print a line for each file that was written."""
    for output in outputs:
        say(f"{out}/{output.summary}")


def tell_cleared(course: "Course") -> None:
    """Print which files told of place, device or people, and what; nothing where none did."""
    cleared = [
        f"media/{file.name} ({', '.join(file.told)})" for file in course.files() if file.told
    ]
    if cleared:
        say(
            "what these tell is left out of packages and pages; the files themselves keep it: "
            + ", ".join(cleared)
        )


def show_edits(
    files: "Mapping[str, bytes]", made: "Mapping[str, bytes]", *, err: bool = False
) -> None:
    """Print what differs in new versions of files, as `diff -u` does; with `err` to standard error."""
    from difflib import unified_diff

    for path, data in made.items():
        old, new = (each.decode("utf-8").splitlines() for each in (files.get(path, b""), data))
        for line in unified_diff(old, new, path, path, lineterm="", n=1):
            say(line, err=err)


def print_json(value: object) -> None:
    """Print a value as JSON, for programs: in UTF-8 or, where the output has another encoding, in ASCII."""
    import json
    import sys

    encoding = getattr(sys.stdout, "encoding", "") or ""
    others = encoding.lower().replace("-", "") != "utf8"
    click.echo(json.dumps(value, ensure_ascii=others, indent=1))  # for programs: nothing is changed


# --- what they read -------------------------------------------------------------------------------


def text_of(path: Path) -> str:
    """The text of a file, with its own line ends; empty when there is no such file yet."""
    try:
        return path.read_bytes().decode("utf-8") if path.is_file() else ""
    except UnicodeDecodeError as error:
        from .problems import Refusal

        raise Refusal(f"{path} is not UTF-8: save it so") from error


def clock() -> int:
    """The clock, or SOURCE_DATE_EPOCH where a build sets it (reproducible-builds.org) to an earlier moment, in seconds since
    1970. Another computer's clock may be a little ahead of this one.
    """
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if given and not re.fullmatch(r"[0-9]{1,10}", given):
        raise click.UsageError("SOURCE_DATE_EPOCH is a number of seconds since 1970")
    now = int(time.time())
    if int(given or 0) > now + 86_400:
        raise click.UsageError(
            "SOURCE_DATE_EPOCH is later than today: Anki would overwrite what learners write until then"
        )
    return min(int(given or now), now)
