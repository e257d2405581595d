"""A citation in a few words, as notes and pages have it: “Senge 2006, ch. 8”."""

import functools
from collections import Counter
from collections.abc import Callable, Iterable

from .model import Work
from .texts import Cite, Id

Citer = Callable[[Cite], str]
SourceOf = Callable[[str, Iterable[Cite]], str]
LINES = 100  # characters: two short lines at the foot of a card, on a phone too


def citer(works: Iterable[Work], *, brief: bool = False) -> Citer:
    """A function that gives a citation in a few words: “Senge 2006, ch. 8”.

    The title helps where author and year would not: a work without a year, or an article beside a book of one year.
    A `brief` one is without its subtitle.
    """
    by_id = {work.id: work for work in works}
    heads = {work.id: _who_and_when(work) for work in by_id.values()}
    shared = Counter(heads.values())

    @functools.cache
    def head_of(id_: Id) -> str:
        if id_ not in by_id:
            return str(id_)
        work, head = by_id[id_], heads[id_]
        twin = shared[head] > 1 and work.type.lower() != "book"
        title = work.title.partition(": ")[0] if brief else work.title
        return f"{head}, {title}" if work.author and (not work.date or twin) else head

    def cited(cite: Cite) -> str:
        head = head_of(cite.work)
        return f"{head}, {cite.at}" if cite.at and cite.work in by_id else head

    return cited


def in_full(works: Iterable[Work]) -> SourceOf:
    """A function that gives all of where a fact comes from: a place, which may be empty, and citations."""
    cited = citer(works)
    return lambda place, cites: "; ".join([*filter(None, [place]), *map(cited, cites)])


def on_a_card(works: Iterable[Work]) -> SourceOf:
    """A function that gives, in two short lines, where a card's fact comes from: a place, which may be empty, and citations.

    Where all of it is too long, subtitles go first, then the last works; “…” says that the course knows more.
    """
    works = tuple(works)
    whole, brief = in_full(works), citer(works, brief=True)

    def source(place: str, cites: Iterable[Cite]) -> str:
        cites = tuple(cites)
        first = [place] if place else []
        all_ = whole(place, cites)
        if len(all_) <= LINES:
            return all_
        parts = [*first, *map(brief, cites)]
        some = ("; ".join([*parts[:number], "…"]) for number in range(len(parts) - 1, 0, -1))
        fitting = (said for said in ("; ".join(parts), *some) if len(said) <= LINES)
        return next(fitting, f"{parts[0]}; …" if len(parts) > 1 else parts[0])

    return source


def _who_and_when(work: Work) -> str:
    names = [author.partition(",")[0] for author in work.author]
    who = " & ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
    if len(names) > 3:
        who = f"{names[0]} et al."
    return f"{who or work.title} {work.date[:4]}".strip()
