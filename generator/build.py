"""The acts: check, build, print, release. Each gives what it made and what is wrong; none prints, and none writes."""

import datetime
import operator
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from . import cache
from .files import Output
from .frozen import dataclass
from .identity import minted
from .kinds.all import NOTE_TYPES
from .load import assemble, load
from .model import Course
from .notes import Note, notes_of
from .order import dues, forget
from .problems import Problem, Refusal, errors, in_order, so_many
from .published import ledger_file
from .published.guard import guard
from .published.ledger import Ledger, advance, freeze, released, tombstones, without_future
from .published.release import (
    blocking,
    hold_to_order,
    inserted,
    news_since,
    numbers,
    section,
    stamp,
    tables_of,
)
from .source.files import LEDGER, ledger_name, ledger_path, main_of, read_files
from .source.naming import written
from .source.places import placed
from .texts import Plain

if TYPE_CHECKING:
    from .leftovers import Leftovers
    from .outputs.apkg import Packages, Rows
    from .outputs.pdf import Choice
    from .outputs.typeset import Step

# What the next build compares its pages and its packages with.
PAGES_RECORD = f"{cache.CACHE}/pages.json"
PACKAGES_RECORD = f"{cache.CACHE}/packages.json"
COURSE_PAGE = "index.html"


# --- check ---------------------------------------------------------------------------------------


def check_folder(
    folder: Path, out: Path, now: int, only: str | None = None
) -> tuple[Course | None, list[Problem]]:
    """The course in a folder, or None, and all that is wrong with it, also against what was published.
    `now` is the clock, in seconds since 1970; `only` the one sort of outputs that is asked for.

    Raises Refusal when the ledger is damaged, lost or of the future.
    """
    course, found = load(folder)
    if course:
        forget()
        ledger = without_future(ledger_file.of(course, folder, out), now)
        beside = ledger_path(folder).is_file()
        held = _held(course, ledger, now, only, beside=beside)
        found = in_order(located([*found, *held], folder))
    return course, found


def errors_of(files: Mapping[str, bytes], published: Ledger, now: int) -> list[Problem]:
    """All errors that `check` would find in a course of these files; of characters that no font has, every one."""
    course, found = assemble(files, warnings=False)
    if course:
        found += _held(course, without_future(published, now), now, every=True)
    return in_order(placed(errors(found), files))


def _held(
    course: Course,
    ledger: Ledger,
    now: int,
    only: str | None = None,
    *,
    every: bool = False,
    beside: bool = False,
) -> Iterator[Problem]:
    """What a sound course has against it: from what was published, and from the outputs that are asked for. `beside` says whether
    the ledger lies with the course: where another one was published, there is else nothing to hold this one against.
    """
    held = guard(course, notes_of(course), ledger, now)
    yield from (problem for problem in held if beside or problem.code != "other-course")
    for sort in OUTPUTS:
        if only in (None, sort.name):
            yield from sort.faults(course, every)


def located(found: list[Problem], folder: Path) -> list[Problem]:
    """The same problems; those of a sign in a text, which only the files tell, are at that sign."""
    return list(placed(found, read_files(folder))) if any(p.sign for p in found) else found


def with_ids(course: Course, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The new bytes of the files in which ids were left out, by path. Where the course's own is among them, it gets a key too: the
    one under which it was built, or else a new one.

    Raises Refusal when the course would not be the same with its ids written down.
    """
    about, more = course.about, {}
    written_down = about.key and about.key.span != about.id.span
    if about.id in course.unnamed and not written_down:
        more = {about.id.span: [("key", str(about.key or new_key()))]}
    made = written(files, course.unnamed, more)
    after, _ = assemble({**files, **made}, warnings=False)
    if after is None or after.unnamed or _words(after) != _words(course):
        raise Refusal(f"the ids cannot be written into {', '.join(made)}: write them by hand")
    return made


def keyed(course: Course, published: Ledger) -> bool:
    """Whether it is settled what the guids of the course's notes are made of: by a key or, where it was built before every course
    got one, by the id that it has written down.
    """
    about, was = course.about, published.course
    if about.key or about.id in course.unnamed:
        return bool(about.key)
    return was == about.id or (not was and bool(published.notes)) or released(published)


def with_new_key(course: Course, files: Mapping[str, bytes]) -> Course:
    """The course with the key that its first build gives it; the ledger keeps it. Authors who never met may choose one id and one
    title, but not the same words in all files, of which the key is made: so that one first build is like another. A draft
    without an id gets one by chance, since many begin with the two lines of the docs.
    """
    about, ledger = course.about, ledger_name(main_of(files))
    sources = {path: data for path, data in files.items() if path != ledger}
    key = new_key() if about.id in course.unnamed else minted(str(about.id), sources)
    return replace(course, about=replace(about, key=Plain(key, about.id.span)))


def as_first_built(course: Course, files: Mapping[str, bytes]) -> Course:
    """The course as its first build would have it, if these files of it show none; a key by chance no one can foretell."""
    about = course.about
    if about.key or about.id in course.unnamed or ledger_name(main_of(files)) in files:
        return course
    return with_new_key(course, files)


def new_key() -> str:
    """A key that no other course has."""
    import secrets

    return secrets.token_hex(6)


def _words(course: Course) -> list[tuple[str, list[str]]]:
    """What the notes say, by their ids."""
    return [(note.id, note.all_fields()) for note in notes_of(course)]


# --- build ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Job:
    """What a build makes its outputs from. `published` is what learners have, `now` the clock in seconds since 1970,
    `earlier` the folder of an earlier build, from which outputs are taken whose ingredients are the same. `step` is told how far
    printing has come, which takes longest.
    """

    course: Course
    notes: Sequence[Note]
    published: Ledger
    now: int
    earlier: Path | None
    step: "Step | None" = None


@dataclass(frozen=True, slots=True)
class OutputSort:
    """A sort of output: the word of `build --only` that asks for it, and how a build makes it, or says what is wrong. `faults` are
    those of a sound course that only this sort of output minds: every one, or of a kind that is told once the first.
    """

    name: str
    make: Callable[[Job], tuple[list[Output], list[Problem]]]
    under: str = ""  # how the paths of this sort, and of no other, begin
    faults: Callable[[Course, bool], Iterable[Problem]] = lambda _, __: ()


def unprintable(course: Course, every: bool = False) -> list[Problem]:
    """What no font can print, in `every` text or in the first of a script, or else what fits no page."""
    from .outputs import fitting, glyphs

    return list(glyphs.problems(course, every=every)) or list(fitting.problems(course))


OUTPUTS = (
    OutputSort("anki", lambda j: (packages(j.course, j.notes, j.published, j.now, j.earlier), [])),
    OutputSort("page", lambda j: (course_page(j.course, j.notes), []), COURSE_PAGE),
    OutputSort(
        "print",
        lambda j: pages(j.course, j.notes, out=j.earlier, step=j.step),
        "print/",
        unprintable,
    ),
)


def build_course(
    course: Course,
    published: Ledger,
    now: int,
    *,
    only: str | None = None,
    earlier: Path | None = None,
    step: "Step | None" = None,
) -> tuple[list[Output], list[Problem]]:
    """Every output of the course, or those of one sort, and what is wrong; no outputs where that stops the build.

    The arguments are those of a `Job`.
    """
    notes = notes_of(course)
    found = in_order(guard(course, notes, published, now))
    if errors(found):
        return [], found
    outputs: list[Output] = []
    for sort in OUTPUTS:
        if only in (None, sort.name):
            made, wrong = sort.make(Job(course, notes, published, now, earlier, step))
            outputs += made
            found += wrong
    return ([] if errors(found) else outputs), found


def left_over(
    course: Course,
    out: Path,
    outputs: Iterable[Output],
    earlier: Mapping[str, set[str]],
    only: str | None = None,
) -> "Leftovers":
    """What earlier builds of the sorts asked for left in `out` and this one, which made these outputs, does not make. `earlier` has
    the digests of what they wrote, by path.
    """
    from .leftovers import leftovers, unrecorded

    made = {output.path: output.data for output in outputs}
    own = {path: seen for path, seen in earlier.items() if only in (None, _sort_of(path))}
    found = leftovers(out, own, made.keys())
    if LEDGER not in made:
        return found
    known = {*made, *earlier}
    unknown = unrecorded(
        out, str(course.about.id), known, lambda: ledger_file.decode(made[LEDGER]).notes
    )
    return replace(found, others=(*found.others, *unknown))


def _sort_of(path: str) -> str:
    found = (sort.name for sort in OUTPUTS if sort.under and path.startswith(sort.under))
    return next(found, OUTPUTS[0].name)


def packages(
    course: Course, notes: Sequence[Note], published: Ledger, now: int, out: Path | None = None
) -> list[Output]:
    """The Anki packages, the whole course first, the update page, and the ledger that goes with them.

    With `out`, the folder of an earlier build, packages are taken from there where their ingredients are the same; the
    last output is then the record that the next build compares with.
    """
    ledger = advance(published, course, notes, now=now, first=seconds(course.about.day))
    rows = _rows(course, ledger, notes)
    return _packages(course, ledger, rows, out)


def anki(course: Course, notes: Sequence[Note], ledger: Ledger) -> list[Output]:
    """The same for a ledger that knows the notes as they are."""
    return _packages(course, ledger, _rows(course, ledger, notes), None)


def _rows(course: Course, ledger: Ledger, notes: Iterable[Note]) -> "dict[str, list[Rows]]":
    """The rows of notes by the id of their module, for every module of the course."""
    from .outputs import apkg

    rows: dict[str, list[Rows]] = {str(module.id): [] for module in course.modules}
    due = dues(course)
    for note in notes:
        rows[note.module.id].append(apkg.rows(note, ledger, due))
    return rows


def _packages(
    course: Course, ledger: Ledger, rows: "Mapping[str, Sequence[Rows]]", out: Path | None
) -> list[Output]:
    """What the rows of all modules, by their ids, give, and with `out` the record of packages. Of the course, only what
    is said in `course.yaml`, its history and its drawings are needed.
    """
    from .outputs import apkg, collection

    earlier = cache.read(out, PACKAGES_RECORD) if out else {}
    with collection.room() as room:
        packages = apkg.Packages(course, ledger, room, created=seconds(course.about.day))
        outputs = [*_for_learners(packages, rows, earlier)]
    outputs.append(
        Output(LEDGER, ledger_file.encode(ledger), so_many(sum(map(len, rows.values())), "note"))
    )
    if out:
        made = {output.path: output.data for output in outputs}
        outputs.append(Output(PACKAGES_RECORD, cache.record(earlier, made)))
    return outputs


def _for_learners(
    packages: "Packages", rows: "Mapping[str, Sequence[Rows]]", earlier: cache.Kept
) -> Iterator[Output]:
    """What a learner imports: the course, each module, what was retired, and the page that merges an update. What
    `earlier` lacks is put there.
    """
    from .outputs.web import update

    course, ledger = packages.course, packages.ledger
    name = course.about.id
    every = [each for own in rows.values() for each in own]

    def packed(path: str, held: "Sequence[Rows]") -> Output:
        cards = sum(len(each.ordinals) for each in held)
        place = path, packages.key(held)
        if place not in earlier:
            earlier[place] = packages.package(held)
        return Output(
            path, earlier[place], f"{so_many(len(held), 'note')}, {so_many(cards, 'card')}"
        )

    yield packed(f"{name}.apkg", every)
    decks = {str(module.id) for module in course.modules if module.deck}
    for module, own in rows.items():
        if own and module in decks:  # the one module of a course of one file is the course
            yield packed(f"{name}-{module}.apkg", own)
    ended = tombstones(ledger, course).values()
    if ended:
        yield Output(
            f"{name}-retired.apkg", packages.retirements(ended), so_many(len(ended), "retired note")
        )
    # What was never released has no update; and the page knows our own note types only.
    if course.about.version and any(each.kind in NOTE_TYPES for each in every):
        yield Output("update.html", update.page(course, rows, ledger), "the update page")


def course_page(course: Course, notes: Sequence[Note]) -> list[Output]:
    """The page for a browser, with links to what a whole build puts beside it."""
    from .outputs.web import course as web

    name, shown = course.about.id, {note.module.id for note in notes}
    modules = [m.id for m in course.modules if m.deck and m.id in shown]
    beside = [f"{name}.apkg", *(f"{name}-{module}.apkg" for module in modules)]
    if course.about.version and any(note.ours for note in notes):
        beside.append("update.html")
    taught = (m.summary or m.named or m.essays for m in course.modules)
    if course.plan or course.about.outcomes or any(taught):
        beside += ["print/a4/outline.pdf", "print/letter/outline.pdf"]
    made = web.page(course, notes, beside)
    left = (
        f", {so_many(made.without, 'picture or sound', 'pictures or sounds')} left out"
        if made.without
        else ""
    )
    return [Output(COURSE_PAGE, made.html, f"the course page{left}")]


def pages(
    course: Course,
    notes: Sequence[Note],
    choice: "Choice | None" = None,
    out: Path | None = None,
    step: "Step | None" = None,
) -> tuple[list[Output], list[Problem]]:
    """The printed pages, and what could not be printed. `choice` is everything unless given: then with the documents for a word
    processor, which are else made where it names them.

    With `out`, the folder of an earlier build, pages are taken from there where their ingredients are the same; the
    last output is then the record that the next build compares with.
    """
    from .outputs import office, pdf, typeset

    earlier = cache.read(out, PAGES_RECORD) if out else {}
    made, found = pdf.printed(
        course, notes, choice or pdf.Choice(), earlier, step or typeset.unseen
    )
    if not errors(found) and (choice is None or office.NAME in choice.only):
        made |= office.documents(course, notes, choice or pdf.Choice(), earlier)
    outputs = [Output(path, data) for path, data in made.items()]
    if out and not errors(found):
        outputs.append(Output(PAGES_RECORD, cache.record(earlier, made)))
    return outputs, found


def built_here(course: Course, out: Path) -> bool:
    """Whether a build keeps its files in this folder: its record, or the package of the course."""
    return any(
        (out / each).exists() for each in (cache.CACHE, f"{course.about.id}.apkg", "update.html")
    )


def stale(files: Mapping[Path, bytes]) -> Iterator[Path]:
    """The files that are missing or hold something else than these bytes. Packages and PDFs are compared by what is in
    them.
    """
    from .outputs import packing
    from .published.package import same

    alike = {".apkg": same, ".pdf": packing.same}
    for path, data in files.items():
        old = path.read_bytes() if path.is_file() else None
        if old is None or not alike.get(path.suffix, operator.eq)(old, data):
            yield path


def seconds(date: str) -> int:
    """Midnight UTC of a date such as 2026-11-24, in seconds since 1970."""
    day = datetime.date.fromisoformat(date)
    return int(datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.UTC).timestamp())


# --- the ledger ----------------------------------------------------------------------------------


def rebuilt_ledger(course: Course, out: Path) -> Ledger:
    """A ledger made anew from the last packages in the output folder.

    Raises Refusal when the course's package is not there, or one was not made by coursedeck.
    """
    from .published.package import key_of, rebuilt

    whole = out / f"{course.about.id}.apkg"
    if not whole.is_file():
        raise Refusal(f"there is no {whole}: name the folder of the last packages with --out")
    held = ledger_file.packages(course, out)
    about, key = course.about, key_of(held[0])
    if key and not about.key:
        course = replace(course, about=replace(about, key=Plain(key, about.id.span)))
    return rebuilt(course, notes_of(course), held)


# --- release -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Release:
    """The course as released and what is written: `outputs` of a build, and the new texts of the main file and of the changelog.
    `redated` counts the notes with a new date among those that learners have.
    """

    course: Course
    outputs: tuple[Output, ...]
    course_file: str
    changelog: str
    redated: int


def release_course(
    files: Mapping[str, bytes],
    published: Ledger,
    *,
    version: str,
    now: int,
    changelog: str,
    rehearsal: str | None = None,
    step: "Step | None" = None,
) -> tuple[Release | None, list[Problem]]:
    """Release the course made of these files; or nothing, and what is wrong.

    In this order: the course is sound, agrees with what was published but for moves, gets version and date; the ledger
    is frozen; the version fits the news; all pages can be printed; the changelog tells the news. `now` is in seconds
    since 1970, `rehearsal` what `rehearse` printed, if it was run. Raises Refusal when the version does not fit or cannot
    be written in the main file, or other words were rehearsed.
    """
    numbers(version)
    before, found = assemble(files)
    if before is None:
        return None, found
    if not keyed(before, published):
        before = with_new_key(before, files)
    held = guard(before, notes_of(before), published, now)
    # The release has a date of its own, whatever stood there.
    found = blocking(in_order([*found, *(p for p in held if p.code != "late-date")]))
    if found:
        return None, found
    date = datetime.datetime.fromtimestamp(now, datetime.UTC).date().isoformat()
    main = main_of(files)
    course_file = stamp(files[main].decode(), before.about, version, date)
    course, found = assemble({**files, main: course_file.encode()})
    if course is None:
        return None, found
    notes = notes_of(course)
    ledger = advance(published, course, notes, now=now, first=seconds(course.about.day))
    news = news_since(notes, ledger)
    hold_to_order(str(before.about.version), version, news)
    tables = "" if rehearsal is None else tables_of(rehearsal, ledger)
    printed, found = pages(course, notes, step=step)
    if errors(found):
        return None, found
    made = anki(course, notes, freeze(ledger, course, notes, version))
    told = inserted(changelog, section(course, news, version, date, tables))
    redated = 0 if news.first else len(news.changed)
    outputs = (*made, *course_page(course, notes), *printed)
    return Release(course, outputs, course_file, told, redated), []
