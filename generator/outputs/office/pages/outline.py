"""The course on a few pages."""

from collections.abc import Collection, Iterable, Iterator
from typing import cast

from ....citations import Citer, citer
from ....text import Tree
from ....text.tree import Emphasis, Inline, Link, Paragraph, Strong
from ....texts import Cite, Id, Plain
from ...pagedata import Data, Drawing, Patched
from ...print.pages import outline
from ...print.pages.base import Selection, teaches
from ..parts import SMALL, Figure, Fine, Heading, Label, Part, Sheet
from .base import Drawn, Page, Pictures, Shared
from .texts import inline, joined, listed, rows, text, tree

CODE = 22.0  # millimetres, for the address to be read by a camera


def pages(shared: Shared, selection: Selection) -> Iterator[Page]:
    """One for the course, where there is more than cards."""
    if teaches(selection):
        held = _outline(shared, outline.data(selection))
        yield shared.page("outline", shared.say["outline"], held, _address(shared))


def _outline(shared: Shared, given: outline.Outline) -> Iterator[Part]:
    """What stands on these pages."""
    about, plan, say = shared.base.about, given.taught.plan, shared.say
    yield Label(say["outline"])
    yield Heading(1, inline(tree(about["title"])))
    yield from tree(about["subtitle"]).blocks
    yield from tree(about["description"]).blocks
    for label in ("audience", "prerequisites"):
        yield from _part(shared, label, tree(about[label]).blocks)
    outcomes = [tree(each["text"]) for each in rows(about["outcomes"])]
    yield from _part(shared, "outcomes", (listed(outcomes),) if outcomes else ())
    modules, cited = given.taught.modules, citer(shared.course.works)
    held = tuple(_module(shared, each, cited) for each in modules)
    yield from _part(shared, "modules", _table(shared, ("module", "concepts"), held))
    held = tuple((text(f"{d.number}. ", *inline(d.title)), d.claim) for d in given.documents)
    yield from _part(shared, "documents", _table(shared, ("documents", "claimed"), held))
    if plan:
        forms = [_meetings(shared, form) for form in rows(plan["forms"])]
        ways = [Paragraph((say["ways"],))] if len(forms) > 1 else []
        yield from _part(shared, "plan", [*ways, *forms])
        assessment = cast("Data", plan["assessment"])
        yield from _part(shared, "assessment", _assessed(shared, assessment))
    yield from _part(shared, "get-cards", _to_the_cards(shared, given.package))
    read = {str(each["work"]) for module in modules for each in rows(module["readings"])}
    yield from _part(shared, "readings", _works(shared, read))


def _part(shared: Shared, label: str, held: Iterable[Part]) -> Iterator[Part]:
    """What stands under a heading; nothing where there is nothing."""
    parts = [*held]
    if parts:
        yield Heading(2, (shared.say[label],))
        yield from parts


def _table(
    shared: Shared, heads: tuple[str, str], held: tuple[tuple[Tree, ...], ...]
) -> list[Part]:
    """Names with what there is to say of them; nothing where there are none."""
    return [Sheet((40, 130), shared.heads(*heads), held, size=SMALL)] if held else []


def _module(shared: Shared, module: Data, cited: Citer) -> tuple[Tree, Tree]:
    """A module by its name, beside its concepts and what to read."""
    chapters = tree(module["chapters"]).blocks
    name = text(Strong((f"{module['number']} · ", *inline(tree(module["title"])))))
    concepts = joined([tree(each["name"]) for each in rows(module["concepts"])], " · ")
    readings = "; ".join(
        cited(Cite(work=Id(str(each["work"])), at=Plain(str(each["at"]))))
        for each in rows(module["readings"])
    )
    held = [Paragraph(concepts)] if concepts else []
    if readings:
        held.append(Paragraph((Emphasis((f"{shared.say['readings']}: {readings}",)),)))
    return Tree((*name.blocks, *chapters)), Tree(tuple(held))


def _meetings(shared: Shared, form: Data) -> Part:
    """The meetings of a form, with room for their dates."""
    number, minutes, date = shared.heads("number", "minutes", "date")
    return Sheet(
        (12, 98, 25, 35),
        (number, tree(form["title"]), minutes, date),
        tuple(
            (
                text(str(n)),
                tree(s["title"]),
                text(f"{s['minutes']} {shared.say['min']}"),
                Tree(),
            )
            for n, s in enumerate(rows(form["sessions"]), 1)
        ),
        size=SMALL,
        whole=True,
    )


def _assessed(shared: Shared, assessment: Data) -> Iterator[Part]:
    """How learners are assessed: what passes, and the parts with their weights."""
    yield Paragraph((f"{assessment['pass_percent']} % {shared.say['passing-test']}",))
    held = [
        (tree(each["title"]), text(f"{each['percent']} %"), tree(each["about"]))
        for each in rows(assessment["parts"])
    ]
    if held:
        heads = shared.heads("part", "weight", "what")
        yield Sheet((45, 20, 105), heads, tuple(held), size=SMALL)


def _to_the_cards(shared: Shared, package: str) -> Iterator[Part]:
    """What the cards are, and how one gets them."""
    how, at = shared.say["get-cards-how"].replace("FILE", package), shared.base.address
    if at is None:
        yield Paragraph((f"{how} {shared.say['get-cards-ask']}",))
    else:
        there = f"{how} {shared.say['get-cards-there']} "
        yield Paragraph((there, Link((at.url,), at.url)))
        yield Figure(at.url)


def _address(shared: Shared) -> Pictures:
    """The course's address for a telephone's camera."""
    at = shared.base.address
    if at is None:
        return {}
    code = Drawing(svg=at.code, title="", alt=at.url, ratio=1, wide=1)
    return {at.url: Drawn(Patched(at.url, "", ()), code, at.url, CODE)}


def _works(shared: Shared, ids: Collection[str]) -> Iterator[Part]:
    """Works with what is known of them, in the order of a bibliography."""
    read = [work for work in shared.course.works if work.id in ids]
    for work in sorted(read, key=lambda work: (work.author, work.date, work.title)):
        who = "; ".join(work.author).removesuffix(".")
        title = f"[{work.title}]" if work.untitled else Emphasis((work.title,))
        said: list[Inline] = [f"{who}. " if who else "", title, "."]
        said += [f" {work.edition}."] if work.edition else []
        said += [f" {work.date[:4]}."] if work.date else []
        said += [f" {each}." for each in (work.within, work.publisher) if each]
        said += [" ", Link((work.url,), work.url)] if work.url else []
        yield Fine((Paragraph(tuple(said)),))
