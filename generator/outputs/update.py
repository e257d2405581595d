"""The text update: new and changed notes for a learner who has notes and tags of their own in them.

Anki's text import finds each note by its guid and replaces only the fields that the file has. `My notes` stands last in
every note type and is left out, and there is no column of tags: both stay as the learner has them.
A text carries no pictures, so notes that show one come by package only.
"""

from collections.abc import Sequence

from ..kinds.all import NOTE_TYPES
from .apkg import Rows

HEAD = "#separator:tab\n#html:true\n#guid column:1\n#notetype column:2\n#deck column:3\n#if matches:update current\n"


def listed(rows: Sequence[Rows]) -> list[Rows]:
    """The notes that a text can carry."""
    return [each for each in rows if not each.media]


def text(rows: Sequence[Rows]) -> bytes:
    """The file. Every value is quoted: a guid may begin with `#`, which would make a comment of the line."""
    lines = [_line(each) for each in rows]
    # Old releases of Anki read no more cells than the first row has, unless they are told how many there are.
    kinds = {each.kind for each in rows}
    widest = max((len(NOTE_TYPES[kind].fields) for kind in kinds), default=1) - 1
    names = ["guid", "note type", "deck", *(f"field {n}" for n in range(1, widest + 1))]
    columns = "#columns:" + "\t".join(names) + "\n"
    return (HEAD + columns + "".join(lines)).encode()


def _line(each: Rows) -> str:
    own = each.fields.rpartition("\x1f")[0]  # all but the last field, the learner's
    values = f"{each.guid}\x1f{NOTE_TYPES[each.kind].name}\x1f{each.deck}\x1f{own}"
    return '"' + values.replace('"', '""').replace("\x1f", '"\t"') + '"\n'
