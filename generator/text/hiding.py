"""Which words the style of cards hides, as far as a selector says it by itself: `.answer`, `#more`, `span.x`."""

import functools
import re
from collections.abc import Iterator, Mapping

from ..frozen import dataclass
from ..late import late

# None of these looks at a letter twice, or a style that lacks a brace would take for ever.
COMMENT = late(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
AROUND = late(
    r"@[^{};]*(?:\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}|;|(?=[{}])|\Z)"
)  # @media and the like, which hold somewhere
RULE = late(r"(?<![^{}])([^{}]+)\{([^{}]*)\}")
SHOWS = late(r"(?:^|;)\s*(?:display|visibility)\s*:\s*([a-z-]+)", re.IGNORECASE)
ALONE = late(r"(?:\.card\s+)?([a-z][a-z0-9]*)?((?:[.#][\w-]+)*)", re.IGNORECASE)
ELSEWHERE = late(
    r"night_?mode|mobile|\.(?:win|mac|linux|ios|ipad|iphone|android|chrome)\b|:", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Rule:
    """Elements of a name (any, if it is empty) with all of these classes (`.x`) and ids (`#x`), and whether they are hidden. One
    that is not `sure` hangs on what stands around them.
    """

    name: str
    marks: frozenset[str]
    hides: bool
    sure: bool


@functools.lru_cache(maxsize=512)
def rules(style: str) -> tuple[Rule, ...]:
    """What a style hides and shows, in its order."""
    return tuple(_rules(AROUND.sub(" ", COMMENT.sub(" ", style))))


def _rules(style: str) -> Iterator[Rule]:
    for given, said in RULE.findall(style):
        found = SHOWS.findall(said)
        for selector in given.split(",") if found else ():
            whole = selector.strip()
            if ELSEWHERE.search(whole):
                continue
            own = ALONE.fullmatch(whole)
            last = own or ALONE.fullmatch(re.split(r"[\s>+~]+", whole)[-1])
            if last and last[0] not in ("", ".card"):
                marks = frozenset(re.findall(r"[.#][\w-]+", last[2]))
                hides = found[-1].lower() in ("none", "hidden")
                yield Rule((last[1] or "").lower(), marks, hides, sure=own is not None)


@functools.lru_cache(maxsize=512)
def part(style: str) -> str:
    """Of a style what hides or shows anything, as an element; empty where nothing of it hides."""
    if not any(rule.hides for rule in rules(style)):
        return ""
    plain = AROUND.sub(" ", COMMENT.sub(" ", style))
    found = (rule[0].strip() for rule in RULE.finditer(plain) if SHOWS.search(rule[2]))
    return f"<style>{' '.join(found)}</style>"


def hidden(style: str, name: str, attributes: Mapping[str, str]) -> tuple[bool, bool]:
    """Whether a style hides an element, and whether it may do so, which cannot be told."""
    marks = {f".{each}" for each in attributes.get("class", "").split()}
    marks.add(f"#{attributes.get('id', '')}")
    hides = maybe = False
    for rule in rules(style):
        if rule.marks <= marks and rule.name in ("", name):
            if rule.sure:
                hides, maybe = rule.hides, False
            elif rule.hides:
                maybe = True
    return hides, maybe and not hides
