"""The colours of cards and printed pages.

A module has an accent, for thin rules, the context line and deletions, never for long text. The contrast of every colour with
its paper is at least 4.5 to 1.
"""

from .frozen import dataclass


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of day or night, as `#rrggbb`; accents by name."""

    paper: str
    ink: str
    muted: str
    accents: dict[str, str]


DAY = Theme(
    paper="#fbfaf7",
    ink="#20242c",
    muted="#5d6470",
    accents={
        "slate": "#4a5568",
        "teal": "#0b6e63",
        "violet": "#6b3fa0",
        "amber": "#9a4f00",
        "blue": "#1d5fa8",
        "rose": "#a02c4c",
    },
)
NIGHT = Theme(
    paper="#1a1c20",
    ink="#e8e4da",
    muted="#9aa0ab",
    accents={
        "slate": "#a9b4c4",
        "teal": "#5fd0bf",
        "violet": "#c3a2f0",
        "amber": "#f0b061",
        "blue": "#82b8f5",
        "rose": "#f294ab",
    },
)


# What colours code: for each kind of piece (`text/code.py`) an accent, and the colour of what is of less weight for notes.
CODE = {"word": "violet", "text": "teal", "number": "amber", "name": "blue"}


def code_colours(theme: Theme) -> dict[str, str]:
    """The colours of code by the kinds of its pieces."""
    return {kind: theme.accents[name] for kind, name in CODE.items()} | {"note": theme.muted}


def css_variables() -> str:
    """The colours as CSS for Anki's cards: `nightMode` is set by desktop and iOS, `night_mode` by AnkiDroid."""
    rules = [_ground(".card", DAY), _ground(".card.nightMode, .card.night_mode", NIGHT)]
    for name, colour in DAY.accents.items():
        rules.append(f".coursedeck.{name} {{ --accent: {colour}; }}")
        rules.append(
            f".nightMode .coursedeck.{name}, .night_mode .coursedeck.{name} "
            f"{{ --accent: {NIGHT.accents[name]}; }}"
        )
    return "\n".join(rules)


def _ground(selector: str, theme: Theme) -> str:
    code = "".join(f" --{kind}: {colour};" for kind, colour in code_colours(theme).items())
    return f"{selector} {{ --paper: {theme.paper}; --ink: {theme.ink}; --muted: {theme.muted};{code} }}"
