"""A note type of Anki's as a file of a course: what print and checks read of it, and the rest as Anki keeps it."""

import json
from collections.abc import Mapping
from typing import Any

from ..source.written import Value

# What Anki has of everything, and what fits no other collection than its own.
FIELD_USUAL: Mapping[str, object] = {
    "sticky": False,
    "rtl": False,
    "font": "Arial",
    "size": 20,
    "description": "",
    "plainText": False,
    "collapsed": False,
    "excludeFromSearch": False,
    "preventDeletion": False,
    "tag": None,
    "media": [],
}
TEMPLATE_USUAL: Mapping[str, object] = {
    "bqfmt": "",
    "bafmt": "",
    "bfont": "",
    "bsize": 0,
    "did": None,
}
LEFT_OUT = frozenset(
    [
        "id",
        "mod",
        "usn",
        "ord",
        "name",
        "qfmt",
        "afmt",
        "did",
        "css",
        "type",
        "sortf",
        "flds",
        "tmpls",
        "req",
        "tags",
        "vers",
    ]
)


def described(id_: int, model: Mapping[str, Any]) -> dict[str, Value]:
    """A note type by its id, as a course has it, of what Anki keeps of it."""
    made: dict[str, Value] = {"id": str(id_), "name": str(model["name"])}
    if model.get("type"):
        made["cloze"] = True
    if model.get("sortf"):
        made["sort-field"] = int(model["sortf"])
    made["fields"] = [
        {"name": str(field["name"]), **_rest(field, FIELD_USUAL, ids=True)}
        for field in model["flds"]
    ]
    made["templates"] = [
        {
            "name": str(template["name"]),
            "front": str(template["qfmt"]),
            "back": str(template["afmt"]),
            **_rest(template, TEMPLATE_USUAL, ids=True),
        }
        for template in model["tmpls"]
    ]
    if model.get("css"):
        made["css"] = str(model["css"])
    return made | _rest(model, {"latexsvg": False}, ids=False)


def _rest(held: Mapping[str, Any], usual: Mapping[str, object], *, ids: bool) -> dict[str, Value]:
    """What else Anki keeps of something, where it is not what it has of everything."""
    skipped = LEFT_OUT - {"id"} if ids else LEFT_OUT
    rest = {
        name: value
        for name, value in held.items()
        if name not in skipped and not (name in usual and usual[name] == value)
    }
    if rest.get("id", 0) is None:
        del rest["id"]
    return {"anki": json.dumps(rest, ensure_ascii=False, sort_keys=True)} if rest else {}
