"""What `coursedeck explain` and `coursedeck rules` say of the codes of problems."""

import inspect
import textwrap
from collections.abc import Iterator

from .checks.rules import RULES
from .codes import CODES
from .problems import Refusal, did_you_mean


def explain(code: str) -> str:
    """What a code means and what to do. Raises Refusal, with the nearest code, when there is no such code."""
    if code not in CODES:
        hint = did_you_mean(code, CODES) or "`coursedeck check` shows codes in brackets"
        raise Refusal(f"there is no code “{code}”: {hint}")
    known = CODES[code]
    meaning = textwrap.indent(known.meaning, "  ")
    return f"{code} ({known.level})\n\n{meaning}\n\nWhat to do: {known.hint}\nMore: {known.docs}"


def rules() -> Iterator[str]:
    """Every rule for prompts: its id, level and hint on a line, then what it is about, with examples."""
    for rule in RULES:
        about = textwrap.indent(inspect.cleandoc(rule.documentation), "    ")
        yield f"{rule.id} ({rule.level}): {rule.hint}\n{about}\n"
