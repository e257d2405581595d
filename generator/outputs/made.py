"""Which PDFs need not be made again: those kept under the same path and the same key of all that they are made from."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ..cache import Kept
from . import typeset
from .typesetter import Batch


class Made:
    """The PDFs of one run, on each of the papers. `cache` has those of earlier runs, by path and key (`typeset.key`), and gets
    the new ones.
    """

    def __init__(self, cache: Kept, papers: tuple[str, ...]) -> None:
        self.cache = cache
        self.papers = papers
        self.keys: dict[str, str] = {}

    def missing(self, batches: Iterable[Batch]) -> Iterator[Batch]:
        """The documents that have to be made, because one of their papers is not there."""
        for batch in batches:
            self.keys.update((each.path, typeset.key(batch, each)) for each in batch.documents)
            left = [d for d in batch.documents if not self.cache.keys() >= {*self._places(d.path)}]
            if left:
                yield replace(batch, documents=tuple(left))

    def add(self, path: str, pdfs: Iterable[bytes]) -> None:
        """Keep a document that was made: one PDF a paper, in their order."""
        self.cache.update(zip(self._places(path), pdfs, strict=True))

    def all(self) -> dict[str, bytes]:
        """Every PDF by its path, such as `print/a4/outline.pdf`, the kept ones and the new ones."""
        places = (place for path in self.keys for place in self._places(path))
        return {place[0]: self.cache[place] for place in places}

    def _places(self, path: str) -> list[tuple[str, str]]:
        return [(f"print/{paper}/{path}", self.keys[path]) for paper in self.papers]
