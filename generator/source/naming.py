"""Ids that an author left out.

What stands in for one is made of the words of what it names, so that a draft has the same ids in every build while those
words stay. `coursedeck check --fix` writes these very ids into the files: from then on words may change, cards may change
places and files their names.

Where the words of several give one id, a digest of them is added, and no place: whoever moves a card moves no id to another one.
What was built keeps its id, by the digests of words that the ledger keeps of a draft.
"""

import functools
import hashlib
import re
import unicodedata
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from collections.abc import Mapping as Dict
from typing import NamedTuple

from ..kinds.all import NOTE_TYPES
from ..late import late
from ..problems import Problem, Span
from ..text import ruby
from ..texts import Id
from . import pairs
from .files import LEDGER
from .write import Pairs, inserted_keys
from .yaml import Listing, Mapping, Node, Scalar

COURSE, CONCEPT, CARD = range(3)  # who gets the plain id where the words of several give the same
BUILT = late(
    rb'"id": "([^"\\]+)"'
)  # the ids in a ledger, and what it keeps of those that were left out
DRAFT = late(rb'^"([^"\\]+)": \{"named": "([0-9a-f]{16})"\}', re.MULTILINE)
ADDED = late(r"-(?:[0-9a-f]{4,64}|[0-9]+)$")  # what sets an id apart from others of the same words
LONGEST = 40  # letters of an id that is made of words
DELETION = late(r"\{\{c\d+::(.*?)(?:::.*?)?\}\}")
SHOWN = late(r"!\[[^\]]*\]\([^)]*\)")  # a picture or a sound, whose name may be the answer
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


class Request(NamedTuple):
    """An id that was left out. `space` is empty where it must differ from all others of the course, or the id of the card of whose
    others; `base` is the id that its words give, `first` a digest of the words and `whole` one of all that it names.
    """

    space: str
    rank: int
    base: str
    first: str
    whole: str

    @property
    def named(self) -> str:
        """Both digests, as the ledger keeps them."""
        return self.first[:8] + self.whole[:8]


def named(
    files: Dict[str, bytes], nodes: Dict[str, Node], main: str, problems: list[Problem]
) -> tuple[dict[str, Node], list[Id], dict[str, str]]:
    """The nodes with an id for all that has none; these ids, each with the place where it would be written; and digests of the
    words of each, by the id with that of its card before it. `files` are the bytes of all files, for CSV, and `nodes` the ones
    that are YAML, by path.
    """

    def tried(given: Sequence[str]) -> tuple[Namer, dict[str, Node]]:
        namer = Namer(files, nodes, given)
        return namer, {
            path: namer.course(main) if path == main else namer.within(node, path)
            for path, node in nodes.items()
        }

    namer, made = tried(())
    ids: list[str] = []
    if namer.requests:
        ids = _chosen(namer)
        namer, made = tried(ids)
    problems += namer.problems
    drafts = {
        f"{request.space}.{id_}".lstrip("."): request.named
        for request, id_ in zip(namer.requests, ids, strict=True)
        if request.rank != COURSE
    }
    return made, namer.unnamed, drafts


class Namer:
    """Gives ids to what has none, in the files of a course: those that it is `given`, in their order, or else what stands for them.
    `requests` are what it gave them to, `unnamed` the same ids, each with the place where it would be written.
    """

    def __init__(
        self, files: Dict[str, bytes], nodes: Dict[str, Node], given: Sequence[str] = ()
    ) -> None:
        """`files` are the bytes of all files, for CSV, and `nodes` the ones that are YAML, by path."""
        self.files = files
        self.nodes = nodes
        self.given = given
        self.problems: list[Problem] = []
        self.unnamed: list[Id] = []
        self.requests: list[Request] = []
        self.within_cards: dict[str, set[str]] = {}  # the written ids of items and cases, by card
        self._tables: set[str] = set()

    def course(self, main: str) -> Node:
        """The node of the main file, with an id made of its title, or else of its name, and ids in all that it holds."""
        node = self.nodes[main]
        if not isinstance(node, Mapping):
            return node
        title = next(
            (v.value for k, v in node.pairs if k.value == "title" and isinstance(v, Scalar)), ""
        )
        if not _has_id(node):
            base = slug(title) or main.rpartition(".")[0]
            node = _with_id(node, self._new(Request("", COURSE, base, "", ""), node.span))
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
        return self._named(node, ("name",), rank=CONCEPT)

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
            named = [(row, row.id or self._of_row(row)) for row in rows]
            return pairs.cards_of(node, named, self.problems)
        kind = next(filter(NOTE_TYPES.__contains__, given), "fields")
        card = node if "id" in given else self._named(node, (kind,))
        with_parts = kind != "fields" and isinstance(given.get(kind), Mapping)
        if not with_parts:
            return [card]
        own = next(
            (v.value for k, v in _pairs(card) if k.value == "id" and isinstance(v, Scalar)), ""
        )
        return [_changed(card, {kind: functools.partial(self._content, card=own)})]

    def _content(self, node: Node, card: str) -> Node:
        """The content of a card; ids of its items or cases differ from each other."""
        self.within_cards[card] = set(_ids(node))

        def item(each: Node) -> Node:
            return self._named(each, ("text", "case"), space=card)

        return _changed(node, dict.fromkeys(PARTS, _each(item)))

    def _named(self, node: Node, keys: Iterable[str], *, rank: int = CARD, space: str = "") -> Node:
        """A node with an id of the first words under one of the keys, if it has none."""
        if not isinstance(node, Mapping) or _has_id(node):
            return node
        words = _first_text(node, keys)
        said = words if rank == CONCEPT else "\x1f".join(_said(node))
        return _with_id(node, self._new(self._request(words, said, rank, space), node.span))

    def _of_row(self, row: pairs.Row) -> Scalar:
        words = _words(row)
        said = "\x1f".join([*_said(row.left), *_said(row.right)])
        return self._new(self._request(words, said), row.span)

    def _request(self, words: str, said: str, rank: int = CARD, space: str = "") -> Request:
        return Request(space, rank, self._id_of(words), _digest(words), _digest(said))

    def _new(self, request: Request, span: Span) -> Scalar:
        at = len(self.requests)
        made = self.given[at] if self.given else _stand_in(at)
        self.requests.append(request)
        self.unnamed.append(Id(made, span))
        return Scalar(made, span)

    def _id_of(self, words: str) -> str:
        """An id of words. Alternative texts and names of files, which may hold the answer, are only in its digest; but the drafts
        of an earlier version had them, and one that was built keeps the id that its ledger knows.
        """
        digest = _digest(words)
        known = slug(words)
        plain = slug(SHOWN.sub(" ", words))
        if plain == known or known in self.built:
            return known or f"c-{digest[:8]}"  # of a script that ids cannot be written in
        return f"{plain}-{digest[:4]}" if plain else f"c-{digest[:8]}"

    @functools.cached_property
    def built(self) -> set[str]:
        """The ids of notes that the ledger knows."""
        return {found.decode() for found in BUILT.findall(self._ledger)}

    @functools.cached_property
    def drafts(self) -> dict[str, str]:
        """What the ledger keeps of the words of ids that were left out, by these."""
        return {id_.decode(): said.decode() for id_, said in DRAFT.findall(self._ledger)}

    @functools.cached_property
    def _ledger(self) -> bytes:
        return b"".join(data for path, data in self.files.items() if path.endswith(LEDGER))


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()


def _stand_in(at: int) -> str:
    """What stands for the id of a request that has none yet; no author can write it."""
    return f"\0{at}"


def _with_id(node: Mapping, id_: Scalar) -> Mapping:
    return node._replace(pairs=((Scalar("id", id_.span), id_), *node.pairs))


# --- which id each gets --------------------------------------------------------------------------


def _chosen(namer: Namer) -> list[str]:
    """The ids for all requests of a namer, in their order. Those of items hang on that of their card, which comes first."""
    spaces: dict[str, list[int]] = {"": []}
    for at, request in enumerate(namer.requests):
        spaces.setdefault(request.space, []).append(at)
    made: dict[int, str] = {}
    for space, places in spaces.items():
        card = made[int(space[1:])] if space[:1] == "\0" else space
        ahead = f"{card}." if space else ""
        taken = namer.within_cards[space] if space else namer.taken
        inside = [id_.removeprefix(ahead) for id_ in namer.built if id_.startswith(ahead)]
        built = set(inside) if space else {id_.partition(".")[0] for id_ in inside}
        drafts = {
            id_.removeprefix(ahead): said
            for id_, said in namer.drafts.items()
            if id_.startswith(ahead) and ("." in id_) == bool(space)
        }
        made |= _in_space({at: namer.requests[at] for at in places}, taken, drafts, built)
    return [made[at] for at in range(len(namer.requests))]


def _in_space(
    requests: Dict[int, Request], taken: Iterable[str], drafts: Dict[str, str], built: set[str]
) -> dict[int, str]:
    """An id for each request that no other has. `drafts` are those of the last build with digests of their words, `built` all that
    it had.
    """
    space = _Space(requests, set(taken))
    space.keep_by_words(drafts)
    space.keep_by_number(built - drafts.keys())
    for rank in (COURSE, CONCEPT, CARD):
        space.make(rank)
    return space.made


class _Space:
    """Requests whose ids must differ from each other. `gone` are ids that no other may have, `made` what each got, by its place."""

    def __init__(self, requests: Dict[int, Request], gone: set[str]) -> None:
        self.requests = requests
        self.gone = gone
        self.made: dict[int, str] = {}

    def _give(self, at: int, id_: str) -> None:
        self.made[at] = id_
        self.gone.add(id_)

    def _waiting(self) -> list[tuple[int, Request]]:
        return [(at, each) for at, each in self.requests.items() if at not in self.made]

    def keep_by_words(self, drafts: Dict[str, str]) -> None:
        """Give what was built its id: what says the very same, then the same words, then what may be the same, reworded."""
        same = [(id_, said) for id_, said in drafts.items()]
        words = [(id_, said[:8]) for id_, said in drafts.items()]
        reworded = [
            (id_, key) for id_ in drafts for key in dict.fromkeys((id_, ADDED.sub("", id_)))
        ]
        self._keep(same, lambda each: each.named)
        self._keep(words, lambda each: each.first[:8])
        self._keep(reworded, lambda each: each.base)

    def _keep(self, drafts: Iterable[tuple[str, str]], key_of: Callable[[Request], str]) -> None:
        known: dict[str, deque[str]] = defaultdict(deque)
        for id_, key in drafts:
            known[key].append(id_)
        for at, each in self._waiting():
            ids = known[key_of(each)]
            while ids and ids[0] in self.gone:
                ids.popleft()
            if ids:
                self._give(at, ids.popleft())

    def keep_by_number(self, built: Collection[str]) -> None:
        """Give the ids of an earlier version, which numbered those of the same words in their order, and kept no words."""
        counts: Counter[str] = Counter()
        for at, each in self._waiting():
            id_ = each.base
            while id_ in self.gone:
                counts[each.base] += 1
                id_ = f"{each.base}-{counts[each.base] + 1}"
            if id_ in built:
                self._give(at, id_)

    def make(self, rank: int) -> None:
        """Give a new id to all of a rank that have none: that of their words, or one apart where it is not theirs alone."""
        groups: dict[str, list[tuple[int, Request]]] = defaultdict(list)
        for at, each in self._waiting():
            if each.rank == rank:
                groups[each.base].append((at, each))
        for base, group in groups.items():
            if len(group) == 1 and base not in self.gone:
                self._give(group[0][0], base)
            else:
                self._make_apart(base, group)

    def _make_apart(self, base: str, group: Sequence[tuple[int, Request]]) -> None:
        """Give ids with a digest of the words, or of all that is said where the words are the same too. Only of those that say the
        very same the order counts, since it cannot be told which is which.
        """
        words = Counter(words for words, _ in {(each.first, each.whole) for _, each in group})
        said = {each: each.first if words[each.first] == 1 else each.whole for _, each in group}
        digests = set(said.values())
        length = next(
            (
                length
                for length in (4, 8, 16)
                if len({digest[:length] for digest in digests}) == len(digests)
                and self.gone.isdisjoint(f"{base}-{digest[:length]}" for digest in digests)
            ),
            64,
        )
        counts: Counter[str] = Counter()
        for at, each in group:
            id_ = plain = "-".join(
                filter(None, (base, said[each][:length]))
            )  # a title has no digest
            while id_ in self.gone:
                counts[plain] += 1
                id_ = f"{plain}-{counts[plain] + 1}"
            self._give(at, id_)


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


def _pairs(node: Node) -> Sequence[tuple[Scalar, Node]]:
    return node.pairs if isinstance(node, Mapping) else ()


def _said(node: Node) -> Iterator[str]:
    """All that a node says, but for ids."""
    waiting = [node]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Listing):
            waiting.extend(reversed(each.items))
        elif isinstance(each, Mapping):
            waiting.extend(value for key, value in reversed(each.pairs) if key.value != "id")
        else:
            yield each.value


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
