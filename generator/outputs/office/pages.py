"""What stands in the documents that teachers adapt: the outline, each sheet, the script of each meeting, the tests and their keys.
All of it is the data of the printed pages, in the same order.
"""

import itertools
import string
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import cast

from ...citations import citer
from ...frozen import dataclass
from ...lessons import handouts
from ...text import Tree, formula
from ...text.tree import (
    Block,
    Emphasis,
    Formula,
    Image,
    Inline,
    Link,
    List,
    Paragraph,
    Strong,
    plain,
)
from ...texts import Cite, Id, Plain
from ..lessondata import USES, Asked, Meeting, Sheet, in_order, meeting, sheets
from ..pagedata import Base, Data, Drawing, Patched, base, drawings, taught
from ..print.pages import exam, outline
from ..print.pages.base import Selection, has_notes, teaches
from . import parts
from .parts import Choice, Document, Figure, Fill, Heading, Label, Part, Poster, Said

LETTERS = string.ascii_lowercase
ROW = 9.0  # millimetres, at least, to write a line by hand
FULL = 160.0  # millimetres of a page for a sheet to fill in
SMALL = 10  # points, in the tables of the outline
COUNTED = 21  # questions whose points stand beside each other
PICTURE = 110.0  # millimetres
CODE = 22.0  # millimetres, for the address to be read by a camera
POINT = 25.4 / 72  # millimetres
LETTER = parts.LETTERS * POINT


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture with what hides its labels, in words what it shows, and how many millimetres wide it is. In a line, `depth`
    millimetres of it are below the letters' feet.
    """

    shown: Patched
    drawing: Drawing
    told: str
    width: float
    depth: float = 0


@dataclass(frozen=True, slots=True)
class Page:
    """A document by its path under `docx/`, and its pictures by the names that it has for them, those of formulas by these."""

    path: str
    document: Document
    drawn: Mapping[str | Formula, Drawn]


def pages(selection: Selection) -> Iterator[Page]:
    """Every document of a selection."""
    course = selection.course
    writer = _Writer(selection)
    if teaches(selection):
        name, held = writer.say["outline"], writer.outline(outline.data(selection))
        yield writer.page("outline", name, held, writer.address())
    kept = {module.id for module in selection.modules}
    tools = {str(tool.id): tool for tool in course.tools}
    for sheet in sheets(course, [tool for tool in in_order(course) if tool.module in kept]):
        yield writer.page(f"handouts/{_id(sheet)}", _title(sheet.tool), writer.handout(sheet))
    for form in course.forms:
        for session in form.sessions:
            made = meeting(course, form, session)
            handed = [tools[each] for each in handouts(course, session)]
            script = writer.script(made, sheets(course, handed))
            yield writer.page(f"scripts/{session.id}", writer.meeting_name(made), script)
            for at, asked in made.asked.items():
                if len(asked) > 1:
                    name = "-".join(filter(None, (session.id, made.times[at].replace(":", "h"))))
                    held = writer.from_memory(made, at)
                    yield writer.page(f"handouts/questions/{name}", writer.say["from-memory"], held)
    if has_notes(selection):
        test = exam.data(selection)
        for version, questions in test.versions.items():
            name = f"{writer.say['test' if test.final else 'exam']} {version.upper()}"
            written = writer.test(test, name, questions)
            drawn = {
                q.id: writer.drawn(q.picture, test.pictures[q.picture.name])
                for q in questions
                if q.picture
            }
            yield writer.page(f"test-{version}", name, written, drawn)
            name = f"{name} · {writer.say['key']}"
            yield writer.page(f"test-{version}-key", name, writer.key(test, name, questions))


def _id(sheet: Sheet) -> str:
    return str(sheet.tool["id"])


def _title(data: Data) -> str:
    return plain(_tree(data["title"]))


def _tree(value: object) -> Tree:
    return cast("Tree", value)


def _trees(value: object) -> Sequence[Tree]:
    return cast("Sequence[Tree]", value)


def _rows(value: object) -> Sequence[Data]:
    return cast("Sequence[Data]", value)


def _inline(tree: Tree) -> tuple[Inline, ...]:
    """A text in the line of another."""
    found: list[Inline] = []
    for block in tree.blocks:
        match block:
            case Paragraph():
                own = block.children
            case Formula():
                own = (block,)
            case _:
                own = (plain(Tree((block,))),)
        found += [*([" "] if found else []), *own]
    return tuple(found)


def _joined(trees: Iterable[Tree], between: str) -> tuple[Inline, ...]:
    """Texts in one line."""
    found: list[Inline] = []
    for tree in trees:
        found += [*([between] if found else []), *_inline(tree)]
    return tuple(found)


def _text(*nodes: Inline) -> Tree:
    return Tree((Paragraph(nodes),))


def _list(trees: Sequence[Tree]) -> Block:
    return List(tuple(tree.blocks for tree in trees))


class _Writer:
    """Puts the data of pages in order, with the words that pages say by themselves."""

    def __init__(self, selection: Selection) -> None:
        self.course = selection.course
        self.base: Base = base(self.course)
        self.say = self.base.labels
        self.cited = citer(self.course.works)
        self.taught = taught(self.course, self.course.modules, "facilitator")
        self.activities = {
            str(each["id"]): each for m in self.taught.modules for each in _rows(m["activities"])
        }
        every = sheets(self.course, self.course.tools)
        self.uses = {_id(sheet): sheet.use for sheet in every}
        self.names = {_id(sheet): _inline(_tree(sheet.tool["title"])) for sheet in every}

    def page(
        self,
        path: str,
        title: str,
        held: Iterator[Part],
        drawn: Mapping[str, Drawn] | None = None,
    ) -> Page:
        """A document with its foot, and the pictures that its texts show beside those given."""
        about = self.course.about
        document = Document(
            title,
            ", ".join(map(str, about.authors)),
            str(about.language),
            str(about.day),
            f"{self.base.plain.title} · {title}",
            tuple(held),
        )
        shown = list(parts.drawn(document))
        named = {node.file for node in shown if isinstance(node, Image)}
        own: dict[str | Formula, Drawn] = {
            name: Drawn(
                Patched(name, "", ()),
                drawing,
                drawing.alt,
                min(parts.WIDE, drawing.wide * LETTER),
            )
            for name, drawing in (drawings(self.course, named) if named else {}).items()
        }
        formulas = {node: _formula(node) for node in shown if isinstance(node, Formula)}
        own |= {node: made for node, made in formulas.items() if made}
        own.update(drawn or {})
        return Page(f"{path}.docx", document, own)

    def drawn(self, picture: Patched, drawing: Drawing) -> Drawn:
        """The picture of a question, as large as on the printed test."""
        letters = drawing.letters * 7 * POINT
        wide = max(letters, min(PICTURE, 78 / drawing.ratio))
        return Drawn(picture, drawing, self.hidden(picture), min(130, wide))

    # --- the outline -----------------------------------------------------------------------------

    def outline(self, given: outline.Outline) -> Iterator[Part]:
        """The course on a few pages."""
        about, plan = self.base.about, given.taught.plan
        yield Label(self.say["outline"])
        yield Heading(1, _inline(_tree(about["title"])))
        yield from _tree(about["subtitle"]).blocks
        yield from _tree(about["description"]).blocks
        for label in ("audience", "prerequisites"):
            yield from self.part(label, _tree(about[label]).blocks)
        outcomes = [_tree(each["text"]) for each in _rows(about["outcomes"])]
        yield from self.part("outcomes", (_list(outcomes),) if outcomes else ())
        modules = given.taught.modules
        rows = tuple(self.module(each) for each in modules)
        yield from self.part("modules", self.listed(("module", "concepts"), rows))
        rows = tuple((_text(f"{d.number}. ", *_inline(d.title)), d.claim) for d in given.documents)
        yield from self.part("documents", self.listed(("documents", "claimed"), rows))
        if plan:
            forms = [self.meetings(form) for form in _rows(plan["forms"])]
            ways = [Paragraph((self.say["ways"],))] if len(forms) > 1 else []
            yield from self.part("plan", [*ways, *forms])
            yield from self.part("assessment", self.assessed(cast("Data", plan["assessment"])))
        yield from self.part("get-cards", self.to_the_cards(given.package))
        read = {str(each["work"]) for module in modules for each in _rows(module["readings"])}
        yield from self.part("readings", self.works(read))

    def part(self, label: str, held: Iterable[Part]) -> Iterator[Part]:
        """What stands under a heading; nothing where there is nothing."""
        parts_ = [*held]
        if parts_:
            yield Heading(2, (self.say[label],))
            yield from parts_

    def listed(self, heads: tuple[str, str], rows: tuple[tuple[Tree, ...], ...]) -> list[Part]:
        """Names with what there is to say of them; nothing where there are none."""
        return [parts.Sheet((50, 120), self.heads(*heads), rows, size=SMALL)] if rows else []

    def module(self, module: Data) -> tuple[Tree, Tree]:
        """A module by its name, beside its concepts and what to read."""
        chapters = _tree(module["chapters"]).blocks
        name = _text(Strong((f"{module['number']} · ", *_inline(_tree(module["title"])))))
        concepts = _joined([_tree(each["name"]) for each in _rows(module["concepts"])], " · ")
        readings = "; ".join(
            self.cited(Cite(work=Id(str(each["work"])), at=Plain(str(each["at"]))))
            for each in _rows(module["readings"])
        )
        held = [Paragraph(concepts)] if concepts else []
        if readings:
            held.append(Paragraph((Emphasis((f"{self.say['readings']}: {readings}",)),)))
        return Tree((*name.blocks, *chapters)), Tree(tuple(held))

    def meetings(self, form: Data) -> Part:
        """The meetings of a form, with room for their dates."""
        number, minutes, date = self.heads("number", "minutes", "date")
        return parts.Sheet(
            (12, 98, 25, 35),
            (number, _tree(form["title"]), minutes, date),
            tuple(
                (
                    _text(str(n)),
                    _tree(s["title"]),
                    _text(f"{s['minutes']} {self.say['min']}"),
                    Tree(),
                )
                for n, s in enumerate(_rows(form["sessions"]), 1)
            ),
            size=SMALL,
            whole=True,
        )

    def assessed(self, assessment: Data) -> Iterator[Part]:
        """How learners are assessed: what passes, and the parts with their weights."""
        yield Paragraph((f"{assessment['pass_percent']} % {self.say['passing-test']}",))
        rows = [
            (_tree(each["title"]), _text(f"{each['percent']} %"), _tree(each["about"]))
            for each in _rows(assessment["parts"])
        ]
        if rows:
            yield parts.Sheet(
                (45, 20, 105), self.heads("part", "weight", "what"), tuple(rows), size=SMALL
            )

    def to_the_cards(self, package: str) -> Iterator[Part]:
        """What the cards are, and how one gets them."""
        how, at = self.say["get-cards-how"].replace("FILE", package), self.base.address
        if at is None:
            yield Paragraph((f"{how} {self.say['get-cards-ask']}",))
        else:
            there = f"{how} {self.say['get-cards-there']} "
            yield Paragraph((there, Link((at.url,), at.url)))
            yield Figure(at.url)

    def address(self) -> dict[str, Drawn]:
        """The course's address for a telephone's camera."""
        at = self.base.address
        if at is None:
            return {}
        code = Drawing(svg=at.code, title="", alt=at.url, ratio=1, wide=1)
        return {at.url: Drawn(Patched(at.url, "", ()), code, at.url, CODE)}

    def works(self, ids: Collection[str]) -> Iterator[Part]:
        """Works with what is known of them, in the order of a bibliography."""
        read = [work for work in self.course.works if work.id in ids]
        for work in sorted(read, key=lambda work: (work.author, work.date, work.title)):
            who = "; ".join(work.author).removesuffix(".")
            said: list[Inline] = [f"{who}. " if who else "", Emphasis((work.title,)), "."]
            said += [f" {work.edition}."] if work.edition else []
            said += [f" {work.date[:4]}."] if work.date else []
            said += [f" {each}." for each in (work.within, work.publisher) if each]
            said += [" ", Link((work.url,), work.url)] if work.url else []
            yield Paragraph(tuple(said))

    # --- sheets ----------------------------------------------------------------------------------

    def handout(self, sheet: Sheet) -> Iterator[Part]:
        """A sheet to fill in, without its key."""
        tool = sheet.tool
        module = self.taught.names.get(str(tool["module"]), Tree())
        if module.blocks:
            yield Label(plain(module))
        yield Heading(1, _inline(_tree(tool["title"])))
        if sheet.signed:
            yield Fill(self.say["name" if sheet.signed == "name" else "circle-name"])
        yield from _tree(tool["about"]).blocks
        yield from self.to_fill(tool)

    def to_fill(self, tool: Data) -> Iterator[Part]:
        """The sheet itself, whichever form it has."""
        match tool:
            case {"ladder": {"rungs": rungs}}:
                yield self.ladder(_trees(rungs))
            case {"columns": {"columns": heads, "rows": int(count), "given": given}}:
                yield self.columns(_trees(heads), count, [_trees(row) for row in _list_of(given)])
            case {"chart": {"top": top, "between": between, "bottom": bottom}}:
                rows = [_tree(top), _text("↑"), *_trees(between), _text("↓"), _tree(bottom)]
                yield parts.Sheet((1,), (), tuple((row,) for row in rows), FULL / len(rows))
            case {"sort": {"options": options, "statements": statements}}:
                yield from self.to_sort(_trees(options), _rows(statements))
            case {"tally": {"columns": heads, "rows": rows, "notes": notes}}:
                yield self.tally(_trees(heads), _trees(rows))
                for note in _trees(notes):
                    yield from note.blocks
                    yield Fill()
            case {"script": {"script": steps}}:
                yield from self.steps(_rows(steps), 2)
            case {"wall": list(posters)} if posters:
                for at, poster in enumerate(_trees(posters)):
                    yield Poster(poster.blocks, first=at == 0)
            case {"cut": {"pieces": pieces, "times": int(times)}}:
                yield self.to_cut(_trees(pieces), times)
            case {"squares": int(side)}:
                across, down = parts.WIDE // side, int(FULL) // side
                yield parts.Sheet((1,) * across, (), ((Tree(),) * across,) * down, side)
            case _:
                pass

    def ladder(self, rungs: Sequence[Tree]) -> Part:
        """A ladder from its top, with room beside each rung."""
        numbered = list(enumerate(rungs, 1))[::-1]
        rows = tuple((_text(f"{n} · ", *_inline(rung)), Tree()) for n, rung in numbered)
        return parts.Sheet((62, 108), self.heads("rung", "answer"), rows, FULL / len(rows))

    def columns(self, heads: Sequence[Tree], count: int, given: Sequence[Sequence[Tree]]) -> Part:
        """Columns to write in, given rows first. A cell that is to be filled in is empty."""
        wide = len(heads)
        rows = [tuple(Tree() if plain(cell) == "_" else cell for cell in row) for row in given]
        rows = [row + (Tree(),) * (wide - len(row)) for row in rows]
        rows += [(Tree(),) * wide] * (count - len(given))
        return parts.Sheet((1,) * wide, tuple(heads), tuple(rows), max(ROW, FULL / count))

    def to_sort(self, options: Sequence[Tree], statements: Sequence[Data]) -> Iterator[Part]:
        """Cases to sort, with room for where each belongs."""
        yield Paragraph((f"{self.say['options']}: ", *_joined(options, " · ")))
        long = max((len(plain(option)) for option in options), default=0) > 20
        yield parts.Sheet(
            (12, 108, 50) if long else (12, 122, 36),
            self.heads("number", "cases", "answer"),
            tuple((_text(str(n)), _tree(s["case"]), Tree()) for n, s in enumerate(statements, 1)),
            ROW if long else 0,
        )

    def tally(self, heads: Sequence[Tree], rows: Sequence[Tree]) -> Part:
        """A table to count in."""
        blank = (Tree(),) * len(heads)
        return parts.Sheet(
            (2.4, *(1,) * len(heads)),
            (*self.heads("count"), *heads),
            tuple((row, *blank) for row in rows),
            max(ROW, FULL / 1.5 / len(rows)),
        )

    def to_cut(self, pieces: Sequence[Tree], times: int) -> Part:
        """Pieces to cut out."""
        every = [piece for piece in pieces for _ in range(times)]
        wide = 2 if len(every) > 6 else 1
        every += [Tree()] * (-len(every) % wide)
        rows = tuple(tuple(every[at : at + wide]) for at in range(0, len(every), wide))
        size = 11 if times > 1 else 17
        return parts.Sheet((1,) * wide, (), rows, FULL / len(rows), cut=True, size=size)

    def sort_key(self, tool: Data) -> Iterator[Part]:
        """Where the cases of a sheet belong, and why."""
        yield Heading(2, (f"{self.say['key']}: ", *_inline(_tree(tool["title"]))))
        statements = _rows(cast("Data", tool["sort"])["statements"])
        yield parts.Sheet(
            (12, 42, 116),
            self.heads("number", "answer", "reason"),
            tuple(
                (_text(str(n)), _text(Strong(_inline(_tree(s["belongs"])))), _tree(s["why"]))
                for n, s in enumerate(statements, 1)
            ),
        )

    def heads(self, *labels: str) -> tuple[Tree, ...]:
        """Labels as the head of a table."""
        return tuple(_text(_capital(self.say[each])) for each in labels)

    # --- scripts ---------------------------------------------------------------------------------

    def meeting_name(self, given: Meeting) -> str:
        """A meeting by its number and title."""
        return f"{self.say['session']} {given.number} · {_title(given.session)}"

    def script(self, given: Meeting, handed: Sequence[Sheet]) -> Iterator[Part]:
        """What a meeting is for and what to have ready, its steps with their clock, and the keys of its sheets."""
        session = given.session
        yield Label(f"{plain(given.form)} · {session['minutes']} {self.say['min']}")
        title = _inline(_tree(session["title"]))
        yield Heading(1, (f"{self.say['session']} {given.number} · ", *title))
        yield from self.labelled("objectives", (_list(_trees(session["objectives"])),))
        yield from self.labelled("before", _tree(session["before"]).blocks)
        yield from self.labelled("prepare", _tree(session["prepare"]).blocks)
        bring = [
            _text(*_inline(each.what), f" ({self.for_whom(each.use.copies, each.use.per)})")
            for each in given.brought
        ]
        yield from self.labelled("bring", (_list(bring),) if bring else ())
        yield from self.labelled("room", _tree(session["room"]).blocks)
        for use in USES:
            sheets_ = [
                _text(
                    *self.names.get(each.sheet, (each.sheet,)),
                    f" ({', '.join(self.for_whom(own.copies, own.per) for own in each.uses)})",
                )
                for each in given.handed
                if self.uses[each.sheet] == use
            ]
            yield from self.labelled(use, (_list(sheets_),) if sheets_ else ())
        yield from self.labelled("evidence", _tree(session["evidence"]).blocks)
        yield from self.labelled("after", _tree(session["after"]).blocks)
        yield Heading(2, (self.say["script"],))
        yield from self.steps(_rows(session["plan"]), 3, asked=given.asked, within=True)
        for sheet in handed:
            if sheet.tool["sort"] is not None:
                yield from self.sort_key(sheet.tool)

    def from_memory(self, given: Meeting, at: str) -> Iterator[Part]:
        """The questions from memory of a step, with room to answer."""
        yield Label(self.meeting_name(given))
        name = " · ".join(filter(None, (self.say["from-memory"], given.times[at])))
        yield Heading(1, (name,))
        for n, each in enumerate(given.asked[at], 1):
            yield List((each.question.blocks,), start=n)
            yield Fill(lines=2)

    def labelled(self, label: str, blocks: Sequence[Block]) -> Iterator[Part]:
        """Blocks under their label; nothing where there are none."""
        if blocks:
            yield Label(self.say[label])
            yield from blocks

    def for_whom(self, copies: int, per: str) -> str:
        """How many of something there are, and for whom."""
        return f"{copies} {self.say[f'per-{per}']}"

    def steps(
        self,
        steps: Sequence[Data],
        level: int,
        *,
        start: int = 0,
        asked: Mapping[str, Sequence[Asked]] | None = None,
        within: bool = False,
        minuted: bool = True,
    ) -> Iterator[Part]:
        """Steps, each under a heading with its minutes and the time since the meeting began. `within` a meeting, a step that names
        an activity is followed by the activity's own. They have a clock where their minutes hold, as `minuted` says.
        """
        clock = start
        for n, step in enumerate(steps):
            name = step["activity"]
            minutes = cast("int", step["minutes"])
            title = _tree(step["title"])
            if not title.blocks and name is not None:
                title = self.taught.steps.get(str(name), Tree())
            timed = f"{clock // 60}:{clock % 60:02} · {minutes} {self.say['min']}"
            if minuted:
                yield Heading(level, (timed, *((" · ", *_inline(title)) if title.blocks else ())))
            elif title.blocks:
                yield Heading(level, tuple(_inline(title)))
            yield from _tree(step["do"]).blocks
            yield from self.handed(step, len((asked or {}).get(str(n), ())))
            if (said := _tree(step["say"])).blocks:
                yield Label(self.say["say"])
                yield Said(said.blocks)
            for label in ("draw", "ask"):
                shown = _trees(step[label])
                yield from self.labelled(label, (_list(shown),) if shown else ())
            questions = (asked or {}).get(str(n), ())
            if questions:
                yield List(tuple(_with_answer(each) for each in questions), start=1)
            if within and name is not None:
                yield from self.activity(str(name), level + 1, clock, minutes)
            clock += minutes

    def activity(self, name: str, level: int, start: int, minutes: int) -> Iterator[Part]:
        """The steps of an activity that there are minutes for: all or the first ones, where these add up, else all without a
        clock. Where a script is handed out, it says all that the steps would say.
        """
        done = self.activities.get(name)
        if done is None or any(
            self.uses[str(each["sheet"])] == "script" for each in _rows(done["prints"])
        ):
            return
        steps = _rows(done["steps"])
        clock = itertools.accumulate(cast("int", step["minutes"]) for step in steps)
        fit = next((n for n, sum_ in enumerate(clock, 1) if sum_ == minutes), 0)
        kept = steps[:fit] if fit else steps
        yield from self.steps(kept, level, start=start, minuted=bool(fit))
        debrief = _trees(done["debrief"]) if len(kept) == len(steps) else ()
        yield from self.labelled("debrief-in-time", (_list(debrief),) if debrief else ())

    def handed(self, step: Data, questions: int) -> Iterator[Part]:
        """What a step and its activity need of sheets: a line for each of the things that are done with them. `questions` is how
        many the step asks from memory.
        """
        own = _rows(step.get("prints", ()))
        done = self.activities.get(str(step.get("activity")))
        named = {str(each["sheet"]) for each in own}
        theirs = _rows(done["prints"]) if done else ()
        prints = [*own, *(each for each in theirs if str(each["sheet"]) not in named)]
        for use in USES:
            line: list[Inline] = []
            for each in prints:
                sheet, whom = str(each["sheet"]), (cast("int", each["copies"]), str(each["per"]))
                if self.uses[sheet] == use:
                    line += ["; " if line else f"{self.say[use]}: "]
                    line += [*self.names.get(sheet, (sheet,)), f" ({self.for_whom(*whom)})"]
            more = [(self.say["from-memory"], "person")] if questions > 1 else []
            if step.get("test"):
                more += [(f"{self.say['test']} {each.upper()}", "pair") for each in exam.VERSIONS]
            for title, per in more if use == "hand-out" else ():
                line += ["; " if line else f"{self.say[use]}: "]
                line += [f"{title} ({self.for_whom(1, per)})"]
            if line:
                yield Paragraph(tuple(line))

    # --- tests -----------------------------------------------------------------------------------

    def test(
        self, test: exam.Exam, name: str, questions: Sequence[exam.Question]
    ) -> Iterator[Part]:
        """A version to write on, without its key."""
        yield self.about(test)
        yield Heading(1, (name,))
        yield Fill(self.say["name"])
        yield Fill(self.say["time"])
        total = sum(q.points for q in questions)
        passing = f", {test.passing} {self.say['passing']}" if test.passing else ""
        minutes = f"; {test.minutes} {self.say['min']}" if test.minutes else ""
        yield Paragraph((f"{self.say['exam-alone']} {self.points(total)}{passing}{minutes}.",))
        yield from self.scores([q.points for q in questions])
        for n, question in enumerate(questions, 1):
            yield from self.asked(question, n)

    def about(self, test: exam.Exam) -> Label:
        """What the test is about."""
        module = f" · {test.module.plain}" if test.module else ""
        return Label(f"{self.base.plain.title}{module}")

    def points(self, count: int) -> str:
        """So many points."""
        return f"{count} {self.say['point' if count == 1 else 'points']}"

    def scores(self, points: Sequence[int]) -> Iterator[Part]:
        """What is reached, question by question, to be filled in by whoever reads it."""
        columns = [(str(n), each) for n, each in enumerate(points, 1)]
        columns += [(self.say["sum"], sum(points))]
        for at in range(0, len(columns), COUNTED):
            held = columns[at : at + COUNTED]
            yield parts.Sheet(
                (2.4, *(1,) * (len(held) - 1), 1.4),
                (*self.heads("question"), *(_text(name) for name, _ in held)),
                (
                    (*self.heads("points"), *(_text(str(count)) for _, count in held)),
                    (*self.heads("reached"), *(Tree(),) * len(held)),
                ),
                size=9,
            )

    def asked(self, question: exam.Question, number: int) -> Iterator[Part]:
        """A question, with room to answer it."""
        yield Heading(2, (f"{number} · {self.points(question.points)}",))
        yield from question.question.blocks
        if question.choice:
            yield Choice(tuple(question.choice))
        if question.task:
            yield Paragraph((question.task,))
        if question.picture:
            yield Figure(question.id)
        if question.parts:
            each = self.points(question.points // len(question.parts))
            for letter, part in zip(LETTERS, question.parts, strict=False):
                own = "" if plain(part).startswith("(") else f"({letter}) "
                yield Paragraph((own, *_inline(part), f" ({each})"))
                yield Fill(lines=question.lines)
        elif question.items:
            for n in range(1, question.items + 1):
                yield Fill(str(n) if question.ordered else "–")
        elif not question.choice:
            yield Fill(lines=question.lines)

    def hidden(self, picture: Patched) -> str:
        """What may be said of a picture while its labels are hidden."""
        signs = ", ".join(dict.fromkeys(mask.sign for mask in picture.masks))
        told = [picture.told, f"{self.say['hidden-labels']} {signs}" if signs else ""]
        return ". ".join(filter(None, told)) + "."

    def key(self, test: exam.Exam, name: str, questions: Sequence[exam.Question]) -> Iterator[Part]:
        """The key of a version."""
        yield self.about(test)
        yield Heading(1, (name,))
        yield parts.Sheet(
            (12, 138, 20),
            self.heads("number", "answer", "points"),
            tuple(
                (
                    _text(str(n)),
                    self.answered(question, final=test.final),
                    _text(str(question.points)),
                )
                for n, question in enumerate(questions, 1)
            ),
        )

    def answered(self, question: exam.Question, *, final: bool) -> Tree:
        """The answer to a question, more about it, and where it is from."""
        keys = tuple(key.blocks for key in question.keys)
        answer = (List(keys, 1 if question.ordered else None),) if keys else question.key.blocks
        said = (
            question.source,
            "" if final else question.id,
        )  # only what comes from a card has an id
        source = " · ".join(filter(None, said))
        under = (Paragraph((Emphasis((source,)),)),) if source else ()
        return Tree((*answer, *question.more.blocks, *under))


def _formula(node: Formula) -> Drawn | None:
    """A formula as print draws it, with its TeX as its text alternative; None for one from Anki that cannot be drawn."""
    made = formula.drawn(node.tex, display=node.display)
    if made is None:
        return None
    drawing = Drawing(made.svg, "", node.tex, made.height / made.width, made.width)
    shown = Patched(node.tex, "", ())
    return Drawn(shown, drawing, node.tex, made.width * LETTER, made.depth * LETTER)


def _list_of(value: object) -> Sequence[object]:
    return cast("Sequence[object]", value)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _with_answer(asked: Asked) -> tuple[Block, ...]:
    return (*asked.question.blocks, Paragraph((Emphasis(_inline(asked.answer)),)))
