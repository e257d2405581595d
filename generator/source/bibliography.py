"""`sources.yaml` in Hayagriva's form, as far as cards, checks and documents to adapt need it."""

import functools
import itertools
import re
from collections.abc import Iterator
from typing import Any

from ..late import late
from ..model import Work
from ..problems import Problem, sign
from ..text.tree import ADDRESS
from ..text.unread import hidden
from ..texts import Id, Plain
from .yaml import Listing, Mapping, Node, Scalar, read


def works(data: bytes | None, problems: list[Problem]) -> tuple[Work, ...]:
    """The works of `sources.yaml`, given by its bytes; none where there is no such file.

    Typst reads the file itself; here we need what a card shows.
    """
    if data is None:
        return ()
    node, found = _read(data)
    problems += found
    if node is None:
        return ()
    if not isinstance(node, Mapping):
        problems.append(
            Problem(node.span, "wrong-type", "sources.yaml takes keys, each with a work")
        )
        return ()
    problems += _hidden(node)
    return tuple(work for key, value in node.pairs if (work := _work(key, value, problems)))


@functools.lru_cache(maxsize=2)  # whether Typst reads it for sure is asked of the same file
def _read(data: bytes) -> tuple[Node | None, tuple[Problem, ...]]:
    """What stands in `sources.yaml`, and what is wrong with it as YAML."""
    problems: list[Problem] = []
    return read(data, "sources.yaml", problems), tuple(problems)


def _hidden(node: Node) -> Iterator[Problem]:
    """Signs that nobody can see, in any key or value: Typst takes some of them for words, and refuses others."""
    waiting = [node]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Listing):
            waiting.extend(reversed(each.items))
        elif isinstance(each, Mapping):
            waiting.extend(itertools.chain(*reversed([(value, key) for key, value in each.pairs])))
        elif not each.value.isascii():  # none of them is a sign of ASCII
            said = Plain(each.value, each.span)
            for found in hidden(said):
                where = sign(said, found.start, found.end)
                yield Problem(each.span, found.code, found.message, found.hint, where)


# Hayagriva's types of entries, and keys whose words it reads for sure:
# https://github.com/typst/hayagriva/blob/main/docs/file-format.md
TYPES = frozenset(
    (
        *(
            "article",
            "chapter",
            "entry",
            "anthos",
            "report",
            "thesis",
            "web",
            "scene",
            "artwork",
            "patent",
            "case",
        ),
        *(
            "newspaper",
            "legislation",
            "manuscript",
            "original",
            "post",
            "misc",
            "performance",
            "periodical",
        ),
        *(
            "proceedings",
            "book",
            "blog",
            "reference",
            "conference",
            "anthology",
            "repository",
            "thread",
            "video",
        ),
        *("audio", "exhibition"),
    )
)
EXAMPLE = {
    "type": "Book",
    "title": "Make It Stick: The Science of Successful Learning",
    "author": ["Brown, Peter C.", "Roediger, Henry L.", "McDaniel, Mark A."],
    "date": 2014,
    "publisher": "Harvard University Press",
}
# What a work may say, for editors; Hayagriva knows more keys than these.
SAID = {
    "type": "What it is: a book, an article, a page of the web.",
    "title": "Its title; in square brackets what it is, where its title is not known: [Studies of letting go of goals].",
    "author": "Who wrote it, “Surname, Given name”: one, or a list.",
    "date": "When it appeared: YYYY, YYYY-MM or YYYY-MM-DD.",
    "url": "Where it can be read: an address that begins with https:// or http://.",
    "note": "What there is to say of it.",
    "publisher": "Who published it.",
    "location": "Where it was published.",
    "edition": "Which edition it is.",
    "page-range": "Its pages within what it is part of: 10-19.",
    "volume": "Its volume.",
    "issue": "The issue of a journal.",
    "parent": "What it is part of: a work, or a list of works.",
}
TEXTS = frozenset(("title", "author", "publisher", "location", "edition", "note", "url"))
WORDS = re.compile(r"[^{}$\\]*[^\W\d_][^{}$\\]*")
DATE = re.compile(r"[1-9][0-9]{3}(-(0[1-9]|1[0-2])(-(0[1-9]|1[0-9]|2[0-8]))?)?")
DESCRIBED = re.compile(r"\[([^\[\]]+)\]")
PAGES = late(r"[1-9][0-9]{0,4}(-[1-9][0-9]{0,4})?")


def schema() -> dict[str, Any]:
    """The JSON Schema of `sources.yaml`, for editors: a work under each key."""
    forms: dict[str, dict[str, Any]] = {
        "type": {"enum": [form for each in sorted(TYPES) for form in (each.title(), each)]},
        "url": {"anyOf": [{"type": "string", "pattern": "^https?://"}, {"type": "object"}]},
        "date": {"anyOf": [{"type": "integer"}, {"type": "string"}]},
        "parent": {"type": ["object", "array"]},
    }
    any_form = {"type": ["string", "number", "object", "array"]}
    work = {
        "type": "object",
        "description": "A work that the course cites, in Hayagriva's form.",
        "properties": {
            name: forms.get(name, any_form) | {"description": said} for name, said in SAID.items()
        },
        "required": ["type", "title"],
        "examples": [EXAMPLE],
    }
    return {
        "type": "object",
        "description": "The works that the course cites, each under the key by which texts name it.",
        "minProperties": 1,
        "additionalProperties": {"$ref": "#/$defs/Work"},
        "$defs": {"Work": work},
    }


def sure(data: bytes) -> bool:
    """Whether Hayagriva reads these works for sure, since all in them is plain. Of others only Hayagriva itself can tell."""
    node, _ = _read(data)
    works = [value for _, value in node.pairs] if isinstance(node, Mapping) else []
    return all(_sure(key.value, entry) for work in works for key, entry in _pairs(work))


def _pairs(node: Node) -> tuple[tuple[Scalar, Node], ...]:
    return node.pairs if isinstance(node, Mapping) else ()


def _sure(key: str, entry: Node) -> bool:
    if isinstance(entry, Listing) and key == "author":
        return all(not isinstance(each, Listing) and _sure(key, each) for each in entry.items)
    if isinstance(entry, Mapping):
        names = {name.value for name, _ in entry.pairs}
        if (key, names) in (("author", {"name"}), ("serial-number", {"doi"})):
            return WORDS.fullmatch(_plain(entry.pairs[0][1])) is not None
        return key == "parent" and all(_sure(name.value, each) for name, each in entry.pairs)
    value = _plain(entry)
    match key:
        case "type":
            return value.lower() in TYPES
        case "date":
            return DATE.fullmatch(value) is not None
        case "page-range" | "volume" | "issue":
            return PAGES.fullmatch(value) is not None
        case _:
            return key in TEXTS and WORDS.fullmatch(value) is not None


def _work(key: Scalar, value: Node, problems: list[Problem]) -> Work | None:
    if not isinstance(value, Mapping):
        problems.append(Problem(key.span, "wrong-type", f"“{key.value}” takes keys and values"))
        return None
    entries = {name.value: entry for name, entry in value.pairs}
    for needed in ("type", "title"):
        if needed not in entries:
            problems.append(
                Problem(key.span, "missing-key", f"the work “{key.value}” needs “{needed}”")
            )
            return None
    url = _plain(entries.get("url"))
    if url and not ADDRESS.fullmatch(url):
        problems.append(
            Problem(
                entries["url"].span,
                "bad-address",
                f"“{url[:60]}” is no address that a page may lead to",
                "write a whole one that begins with https:// or http://",
            )
        )
    for name, entry in entries.items():
        if _plain(entry).count("$") > 1:
            problems.append(
                Problem(
                    entry.span,
                    "bad-bibliography",
                    f"between two dollar signs in “{name}”, Hayagriva reads a formula",
                    "write amounts in words, or with the sign of the currency spelled out: USD 5",
                )
            )
    title = _plain(entries["title"])
    described = DESCRIBED.fullmatch(title)
    return Work(
        id=Id(key.value, key.span),
        type=_plain(entries["type"]),
        title=described[1] if described else title,
        author=_authors(entries.get("author")),
        date=_plain(entries.get("date")),
        url=url,
        note=_plain(entries.get("note")),
        edition=_plain(entries.get("edition")),
        publisher=_plain(entries.get("publisher")),
        within=_within(entries),
        untitled=described is not None,
        span=key.span,
    )


def _within(entries: dict[str, Node]) -> str:
    """Where a work appeared: what it is part of, its volume and issue there, its pages."""
    parent = entries.get("parent")
    if isinstance(parent, Listing):
        parent = next(iter(parent.items), None)
    own = {name.value: entry for name, entry in _pairs(parent)} if parent else {}
    said = {each: _plain(own.get(each) or entries.get(each)) for each in ("volume", "issue")}
    number = said["volume"] + (f"({said['issue']})" if said["issue"] else "")
    pages = _plain(entries.get("page-range")).replace("-", "–")
    return ", ".join(filter(None, (_plain(own.get("title")), number, pages)))


def _authors(node: Node | None) -> tuple[str, ...]:
    if isinstance(node, Listing):
        return tuple(filter(None, map(_plain, node.items)))
    return (_plain(node),) if node else ()


def _plain(node: Node | None) -> str:
    """A scalar's text; of a mapping such as `{value: …}` or `{name: …}`, that of its main key."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Mapping):
        entries = {key.value: value for key, value in node.pairs}
        return next((_plain(entries[key]) for key in ("value", "name") if key in entries), "")
    return ""
