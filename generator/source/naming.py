"""Ids that an author left out.

What stands in for one is made of the words of what it names, so that a draft has the same ids in every build while those
words stay. `coursedeck check --fix` writes these very ids into the files: from then on words may change, cards may change
places and files their names.
"""

import functools
import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Mapping as Dict

from ..kinds.all import NOTE_TYPES
from ..problems import Problem, Span
from ..text import ruby
from ..texts import Id
from . import pairs
from .files import LEDGER
from .write import Pairs, inserted_keys
from .yaml import Listing, Mapping, Node, Scalar

LONGEST = 40  # letters of an id that is made of words
DELETION = re.compile(r"\{\{c\d+::(.*?)(?:::.*?)?\}\}")
SHOWN = re.compile(r"!\[[^\]]*\]\([^)]*\)")  # a picture or a sound, whose name may be the answer
PARTS = ("items", "cases")  # what of a card's content has ids of its own

Change = Callable[[Node], Node]


def slug(text: str) -> str:
    """The words of a text as an id; empty where it has no Latin letter and no digit."""
    plain = unicodedata.normalize("NFKD", DELETION.sub(r"\1", ruby.without(text)).casefold())
    made = ""
    for word in re.findall("[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c))):
        if made and len(made) + 1 + len(word) > LONGEST:
            break
        made = f"{made}-{word}".lstrip("-")
    return made[:LONGEST]


class Namer:
    """Gives ids to what has none, in the files of a course. `unnamed` are those that it gave, each with the place where it would be
    written.
    """

    def __init__(
        self, files: Dict[str, bytes], nodes: Dict[str, Node], problems: list[Problem]
    ) -> None:
        """`files` are the bytes of all files, for CSV, and `nodes` the ones that are YAML, by path."""
        self.files = files
        self.nodes = nodes
        self.problems = problems
        self.unnamed: list[Id] = []
        self._tables: set[str] = set()
        self._counts: dict[tuple[int, str], int] = defaultdict(int)

    def course(self, main: str) -> Node:
        """The node of the main file, with an id made of its title, or else of its name, and ids in all that it holds."""
        node = self.nodes[main]
        if not isinstance(node, Mapping):
            return node
        title = next(
            (v.value for k, v in node.pairs if k.value == "title" and isinstance(v, Scalar)), ""
        )
        if not _has_id(node):
            node = self._with_id(node, slug(title) or main.rpartition(".")[0], self.taken)
        return self.within(node, main)

    def within(self, node: Node, path: str) -> Node:
        """The node of a file, with ids for its concepts and cards, and a card for each row of pairs."""
        cards = functools.partial(self._cards, path=path)
        owner = functools.partial(_changed, changes={"cards": cards})
        return _changed(
            node,
            {
                "cards": cards,
                "claims": _each(owner),
                "concepts": _each(lambda each: owner(self._concept(each))),
            },
        )

    @functools.cached_property
    def taken(self) -> set[str]:
        """All ids in all files, of whatever sort, and those of cards that were retired or renamed."""
        written = {id_ for node in self.nodes.values() for id_ in _ids(node)}
        tables = (data for path, data in self.files.items() if path.endswith(".csv"))
        return written.union(*map(pairs.ids_in, tables))

    def _concept(self, node: Node) -> Node:
        return self._named(node, ("name",))

    def _cards(self, node: Node, path: str) -> Node:
        if not isinstance(node, Listing):
            return node
        return Listing(
            tuple(card for each in node.items for card in self._card(each, path)), node.span
        )

    def _card(self, node: Node, path: str) -> Sequence[Node]:
        if not isinstance(node, Mapping):
            return [node]
        given = {key.value: value for key, value in node.pairs}
        if pairs.PAIRS in given:
            rows = pairs.rows_of(given[pairs.PAIRS], path, self.files, self.problems, self._tables)
            named = [(row, row.id or self._new(_words(row), row.span, self.taken)) for row in rows]
            return pairs.cards_of(node, named, self.problems)
        kind = next(filter(NOTE_TYPES.__contains__, given), "fields")
        card = node if "id" in given else self._named(node, (kind,))
        with_parts = kind != "fields" and isinstance(given.get(kind), Mapping)
        return [_changed(card, {kind: self._content}) if with_parts else card]

    def _content(self, node: Node) -> Node:
        """The content of a card; ids of its items or cases differ from each other."""
        taken = set(_ids(node))

        def item(each: Node) -> Node:
            return self._named(each, ("text", "case"), taken)

        return _changed(node, dict.fromkeys(PARTS, _each(item)))

    def _named(self, node: Node, keys: Iterable[str], taken: set[str] | None = None) -> Node:
        """A node with an id of the first words under one of the keys, if it has none. `taken` is what it may not be: unless
        given, any id of the course.
        """
        if not isinstance(node, Mapping) or _has_id(node):
            return node
        return self._with_id(node, _first_text(node, keys), self.taken if taken is None else taken)

    def _with_id(self, node: Mapping, words: str, taken: set[str]) -> Mapping:
        id_ = self._new(words, node.span, taken)
        return node._replace(pairs=((Scalar("id", id_.span), id_), *node.pairs))

    def _new(self, words: str, span: Span, taken: set[str]) -> Scalar:
        made = base = self._id_of(words)
        while made in taken:
            self._counts[id(taken), base] += 1
            made = f"{base}-{self._counts[id(taken), base] + 1}"
        taken.add(made)
        self.unnamed.append(Id(made, span))
        return Scalar(made, span)

    def _id_of(self, words: str) -> str:
        """An id of words. Alternative texts and names of files, which may hold the answer, are only in its digest; but the drafts
        of an earlier version had them, and one that was built keeps the id that its ledger knows.
        """
        digest = hashlib.sha256(words.encode()).hexdigest()
        known = slug(words)
        plain = slug(SHOWN.sub(" ", words))
        if plain == known or f'"id": "{known}"'.encode() in self._ledger:
            return known or f"c-{digest[:8]}"  # of a script that ids cannot be written in
        return f"{plain}-{digest[:4]}" if plain else f"c-{digest[:8]}"

    @functools.cached_property
    def _ledger(self) -> bytes:
        return b"".join(data for path, data in self.files.items() if path.endswith(LEDGER))


def _has_id(node: Mapping) -> bool:
    return any(key.value == "id" for key, _ in node.pairs)


def _changed(node: Node, changes: Dict[str, Change]) -> Node:
    """A mapping in which the values of some keys are changed; any other node as it is."""
    if not isinstance(node, Mapping):
        return node
    pairs = tuple((k, changes[k.value](v) if k.value in changes else v) for k, v in node.pairs)
    return node._replace(pairs=pairs)


def _each(change: Change) -> Change:
    """The change of every item of a list."""

    def over(node: Node) -> Node:
        if not isinstance(node, Listing):
            return node
        return Listing(tuple(change(item) for item in node.items), node.span)

    return over


def _ids(node: Node) -> Iterator[str]:
    """What stands under `id` anywhere in a node, and the ids of cards that are gone (`card`, `from`)."""
    waiting = [node]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Listing):
            waiting.extend(each.items)
        elif isinstance(each, Mapping):
            for key, value in each.pairs:
                if not isinstance(value, Scalar):
                    waiting.append(value)
                elif key.value in ("id", "card", "from"):
                    yield value.value


def _words(row: pairs.Row) -> str:
    """The words that name a row: its left side, or the right one where that alone has letters that ids can be written in."""
    left = row.left.value
    right = row.right.value if isinstance(row.right, Scalar) else ""
    return left if slug(left) or not slug(right) else right


def _first_text(node: Node, keys: Iterable[str]) -> str:
    """The first text under one of the keys of a mapping."""
    given = {key.value: value for key, value in node.pairs} if isinstance(node, Mapping) else {}
    found: Node | None = next((given[key] for key in keys if key in given), None)
    while found and not isinstance(found, Scalar):
        if isinstance(found, Mapping):
            found = next((value for key, value in found.pairs if key.value != "id"), None)
        else:
            found = next(iter(found.items), None)
    return found.value if found else ""


# --- writing them down ---------------------------------------------------------------------------


def written(
    files: Dict[str, bytes], unnamed: Iterable[Id], more: Dict[Span, Pairs]
) -> dict[str, bytes]:
    """The new bytes of the files in which ids were left out, by path, with these ids written in; all else stays as it is.
    `more` are other keys to write under an id, by its place.
    """
    by_file: dict[str, list[Id]] = defaultdict(list)
    for id_ in unnamed:
        by_file[id_.span.path].append(id_)
    made = {}
    for path, ids in by_file.items():
        text = files[path].decode("utf-8")
        if path.endswith(".csv"):
            text = pairs.with_ids(text, {id_.span.line: str(id_) for id_ in ids})
        else:
            places = {id_.span: [("id", str(id_)), *more.get(id_.span, ())] for id_ in ids}
            text = inserted_keys(text, places)
        made[path] = text.encode()
    return made
