"""The JSON Schema of a course's files, from the same annotations as the records, for editors that complete and check YAML."""

import types
import typing
from collections import abc
from typing import Any, Literal

from ..kinds.base import Card
from ..kinds.cases import DrawnCase
from ..kinds.sequence import Item
from ..kinds.sort import SortCase
from ..model import Concept
from ..texts import Cite, Id
from . import pairs
from .records import ID, TEXTS, Key, keys_of


def json_schema(record: type) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one file of a course, for editors that complete and check YAML."""
    definitions: dict[str, Any] = {}
    root = _schema_of(record, definitions)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **root, "$defs": definitions}


def _schema_of(type_: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    if type_ is Cite:
        text = {"type": "string"}
        one = {
            "type": "object",
            "minProperties": 1,
            "maxProperties": 1,
            "additionalProperties": text,
        }
        return {"anyOf": [text, one]}
    if type_ is Id:
        return {"type": "string", "pattern": f"^{ID.pattern}$"}
    if type_ in TEXTS:
        # YAML readers of editors see a bare 2006 as a number: we read it as the text that it is.
        return {"type": ["string", "number"]}
    if type_ is bool:
        return {"type": "boolean"}
    if type_ is int:
        return {"type": "integer", "minimum": 0}
    if type_ is float:
        return {"type": "number", "minimum": 0}
    origin = typing.get_origin(type_)
    if origin is Literal:
        return {"enum": list(typing.get_args(type_))}
    if origin is abc.Mapping:
        values = _schema_of(typing.get_args(type_)[1], definitions)
        return {"type": "object", "additionalProperties": values}
    if origin is tuple:
        return {"type": "array", "items": _schema_of(typing.get_args(type_)[0], definitions)}
    if origin in (types.UnionType, typing.Union):
        choices = [choice for choice in typing.get_args(type_) if choice is not type(None)]
        schemas = [_schema_of(choice, definitions) for choice in choices]
        if len(schemas) == 1:
            return schemas[0]
        return {"anyOf": [*schemas, pairs.SCHEMA]}  # the kinds of card, and what becomes cards
    if type_.__name__ not in definitions:
        definitions[type_.__name__] = {}  # a placeholder: a record may contain itself
        keys = keys_of(type_)
        definitions[type_.__name__] = {
            "type": "object",
            "description": " ".join((type_.__doc__ or "").split()),
            "properties": {key.name: _schema_of(key.type, definitions) for key in keys.values()},
            "required": [key.name for key in keys.values() if _must_be_there(key, type_)],
            "additionalProperties": False,
        }
    return {"$ref": f"#/$defs/{type_.__name__}"}


def _must_be_there(key: Key, record: type) -> bool:
    """Whether a record needs the key; the ids that `naming.py` gives may be left out."""
    named = issubclass(record, Card | Concept | Item | SortCase | DrawnCase)
    return key.required and not (named and key.name == "id")
