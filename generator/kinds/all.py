"""The list of all kinds of card: the only one."""

import typing
from typing import TYPE_CHECKING

from .ask import Question
from .cases import CasesCard
from .cloze import Cloze
from .diagram import Diagram
from .kept import Kept
from .notetype import NoteType
from .pair import Pair
from .sequence import SequenceCard
from .sort import Sort

if TYPE_CHECKING:
    from .base import Kind

AnyCard = Question | Cloze | Pair | SequenceCard | Sort | Diagram | CasesCard | Kept

# Those of our own. A note that came from Anki brings its note type along, which stands in the course.
KINDS: "tuple[type[Kind], ...]" = tuple(k for k in typing.get_args(AnyCard) if k is not Kept)
NOTE_TYPES: dict[str, NoteType] = {kind.kind: kind.note_type for kind in KINDS}
