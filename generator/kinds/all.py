"""The list of all kinds of card: the only one."""

import typing
from typing import TYPE_CHECKING

from .ask import Question
from .cases import CasesCard
from .cloze import Cloze
from .diagram import Diagram
from .notetype import NoteType
from .pair import Pair
from .sequence import SequenceCard
from .sort import Sort

if TYPE_CHECKING:
    from .base import Kind

AnyCard = Question | Cloze | Pair | SequenceCard | Sort | Diagram | CasesCard

KINDS: "tuple[type[Kind], ...]" = typing.get_args(AnyCard)
NOTE_TYPES: dict[str, NoteType] = {kind.kind: kind.note_type for kind in KINDS}
