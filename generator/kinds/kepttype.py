"""A note type that came from Anki, as it is: Anki would call every note a conflict whose type has other fields or templates."""

import functools
import json
from dataclasses import field
from typing import Any

from ..frozen import dataclass
from ..text.filenames import named_in
from ..texts import Exact, Html, Plain, Record
from .notetype import IMAGE_OCCLUSION


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class KeptField(Record):
    """A field of a note type.

    name: Its name in Anki.
    anki: What else Anki keeps of it, as a JSON object. Leave it as it came.
    """

    name: Exact
    anki: Exact = Exact()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class KeptTemplate(Record):
    """A template of a note type.

    name: Its name in Anki.
    front: The front, in Anki’s template language.
    back: The back, in Anki’s template language.
    anki: What else Anki keeps of it, as a JSON object. Leave it as it came.
    """

    name: Exact
    front: Html
    back: Html
    anki: Exact = Exact()

    @property
    def id(self) -> int | None:
        """The id by which Anki knows it, if it has one."""
        found = extra(self.anki).get("id")
        return found if isinstance(found, int) else None

    @property
    def browser(self) -> str:
        """What Anki's browser lists as the question, where that is not the front."""
        return str(extra(self.anki).get("bqfmt", ""))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class KeptType(Record):
    """A note type that came from Anki. Its id, its fields and its templates are public for ever.

    id: The number that the note type has in Anki.
    name: Its name in Anki.
    cloze: Whether it makes clozes: a card for each number of a deletion.
    sort-field: The place of the field by which Anki sorts, counted from 0.
    fields: The fields, in their order.
    templates: The templates, in their order; a type of clozes has one.
    css: The style of its cards.
    anki: What else Anki keeps of it, as a JSON object. Leave it as it came.
    """

    handle: str = field(default="", metadata={"key": False})
    id_: Plain
    name: Exact
    cloze: bool = False
    sort_field: int = 0
    fields_: tuple[KeptField, ...]
    templates: tuple[KeptTemplate, ...]
    css: Exact = Exact()
    anki: Exact = Exact()

    @property
    def id(self) -> int:
        """The model id."""
        return int(self.id_)

    @property
    def kind(self) -> str:
        """What the ledger calls it."""
        return str(self.id_)

    @property
    def fields(self) -> tuple[str, ...]:
        """All field names in order."""
        return tuple(str(each.name) for each in self.fields_)

    @property
    def occlusion(self) -> bool:
        """Whether Anki draws boxes over a picture."""
        return extra(self.anki).get("originalStockKind") == IMAGE_OCCLUSION

    @property
    def more(self) -> str:
        """All that Anki takes over of it beside names, templates and style, as text, to tell whether it changed."""
        anki = [str(field.anki) for field in self.fields_]
        anki += [str(template.anki) for template in self.templates]
        return (
            json.dumps([*anki, self.sort_field, str(self.anki)]) if any(anki) or self.anki else ""
        )

    def files(self) -> frozenset[str]:
        """The names of the files that its style and templates show."""
        return named_in(
            "\n".join([self.css, *(text for t in self.templates for text in (t.front, t.back))])
        )


@functools.cache
def extra(anki: str) -> dict[str, Any]:
    """What else Anki keeps of something; nothing where the text is no JSON object."""
    try:
        found = json.loads(anki) if anki else {}
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
