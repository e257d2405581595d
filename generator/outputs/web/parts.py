"""What all pages for a browser are made of: the files beside this one, what stands for the names in them, and the colours."""

import functools
import re
from collections.abc import Mapping
from pathlib import Path

from ... import style

ACCENT = "blue"
RULES = {"day": "#dcd8cf", "night": "#3a3d44"}  # hair rules between the parts of the page


def filled(template: str, parts: Mapping[str, str]) -> bytes:
    """A part of the page with what stands for the names in braces."""
    return re.sub(r"\{\{(\w+)\}\}", lambda found: parts[found[1]].rstrip("\n"), template).encode()


def colours() -> str:
    """The colours of day and night as CSS."""
    day = _ground(style.DAY, RULES["day"])
    night = _ground(style.NIGHT, RULES["night"])
    return f":root {{ {day} }}\n@media screen and (prefers-color-scheme: dark) {{ :root {{ {night} }} }}"


def _ground(theme: style.Theme, rule: str) -> str:
    named = {
        "paper": theme.paper,
        "ink": theme.ink,
        "muted": theme.muted,
        "accent": theme.accents[ACCENT],
        "rule": rule,
    }
    return " ".join(f"--{name}: {colour};" for name, colour in named.items())


@functools.cache
def read(name: str) -> str:
    """A file of this folder."""
    return (Path(__file__).parent / name).read_text("utf-8")
