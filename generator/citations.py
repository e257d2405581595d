"""A citation in a few words, as notes and pages have it: “Senge 2006, ch. 8”."""

import functools
from collections import Counter
from collections.abc import Callable, Iterable

from .model import Work
from .texts import Cite, Id

Citer = Callable[[Cite], str]


def citer(works: Iterable[Work]) -> Citer:
    """A function that gives a citation in a few words: “Senge 2006, ch. 8”.

    The title helps where author and year would not: a work without a year, or an article beside a book of one year.
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
        return f"{head}, {work.title}" if work.author and (not work.date or twin) else head

    def cited(cite: Cite) -> str:
        head = head_of(cite.work)
        return f"{head}, {cite.at}" if cite.at and cite.work in by_id else head

    return cited


def _who_and_when(work: Work) -> str:
    names = [author.partition(",")[0] for author in work.author]
    who = " & ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
    if len(names) > 3:
        who = f"{names[0]} et al."
    return f"{who or work.title} {work.date[:4]}".strip()
