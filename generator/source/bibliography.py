"""`sources.yaml` in Hayagriva's form, as far as cards and checks need it."""

from ..model import Work
from ..problems import Problem
from ..text.tree import ADDRESS
from ..texts import Id
from .yaml import Listing, Mapping, Node, Scalar, read


def works(data: bytes | None, problems: list[Problem]) -> tuple[Work, ...]:
    """The works of `sources.yaml`, given by its bytes; none where there is no such file.

    Typst reads the file itself; here we need what a card shows.
    """
    if data is None:
        return ()
    node = read(data, "sources.yaml", problems)
    if node is None:
        return ()
    if not isinstance(node, Mapping):
        problems.append(
            Problem(node.span, "wrong-type", "sources.yaml takes keys, each with a work")
        )
        return ()
    return tuple(work for key, value in node.pairs if (work := _work(key, value, problems)))


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
    return Work(
        id=Id(key.value, key.span),
        type=_plain(entries["type"]),
        title=_plain(entries["title"]),
        author=_authors(entries.get("author")),
        date=_plain(entries.get("date")),
        url=url,
        note=_plain(entries.get("note")),
        span=key.span,
    )


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
