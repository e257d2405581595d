"""Two lines, one behind the other, that are lines for what both have at the same place, however wide they are: the mark of an item,
a speaker or a name before a colon, one sign between two sides, a time of the day, some years. Wrapped prose hardly ever has one of
these twice in a row.
"""

import re

from .late import late

# The mark of an item of what reads as no list. One that does stands in it too, since another sign may follow it.
MARKS = "•‣◦∙▪▫■□●○–—→⇒➔➜➤►▶✓✔✗✘✅❌☐☑★☆»†"
MARKED = late(
    rf"(?:[a-z0-9]{{1,2}}[.)]|[ivx]{{1,5}}[.)]|\((?:[a-z]|[ivx]{{1,5}}|[0-9]{{1,2}})\)|[{MARKS}]) ?\S|[-+*] \S|-[^\W\d]",
    re.IGNORECASE,
)
# A list that goes on with another sign, such as “•”: it is none there.
MIXED = late(
    rf"^( *)(?:[-+*]|[0-9]{{1,9}}[.)]) [^\n]*\n(?P<next>\1[{MARKS}] ?\S[^\n]*|\1-[^\W\d][^\n]*)",
    re.MULTILINE,
)
ARROW = r"(?:→|⇒|↔|⇌|<?[-=]+>)"
# What both lines begin with. The words before the sign are few, and no sentence begins or ends among them.
ROW = late(
    r"\|[^|\n]*\|.*\|$|\+[-=+]{2,}\+$"
)  # of a table, or the line that another program sets between two
LABEL = r"(?!\[)(?:[^\s:.!?,;|]+ ){0,2}[^\s:.!?,;|]+: +\S"
BEGINS = (
    late(rf"(?![a-zà-öø-ÿ]){LABEL}"),
    late(r"[^\s=]+(?: [^\s=]+){0,3} = \S"),
    late(rf"[^\s.!?,;]+(?: [^\s.!?,;]+){{0,5}} {ARROW} (?!.* {ARROW}(?: |$))\S"),
    late(r"[0-9]{1,2}(?::|h)[0-9]{2}\b"),
    late(r"[0-9]{3,4} ?[-–/] ?[0-9]{2,4}\b"),
    ROW,
)
# The same, where lines are narrow.
NARROW = (
    late(LABEL),
    late(r"(?:[^\s.!?]+ ){1,3}[-–—/] (?!.* [-–—/] )\S"),
    late(r"-?[0-9]"),
    late(r"[^|]+ \| [^|]"),
)
GREETING = late(
    r"(?:Dear|Hi|Hello|Liebe[rs]?|Hallo|Sehr geehrte[rs]?|Guten Tag|Ch[eè]re?s?|Bonjour|Estimad[oa]s?|Querid[oa]s?|Gentile)\b"
    r"[^.!?;:]{0,40}[,!]$"
)
DEFINED = late(r": +\S")
# Halves of a word that somebody broke at the end of a line by hand. A word of `JOINING` behind a hyphen lets it stand for a part
# that is left out: “pre- and post-war”, “Vor- und Nachteile”.
JOINING = (
    "and|or|to|nor|but|as|than|versus|vs|through|und|oder|bis|sowie|bzw|beziehungsweise|als|wie"
    "|noch|en|of|et|ou|e|o|y|u|i|och|og"
)
HALVES = late(
    rf"(?P<first>(?<![\w-])[^\W\d_]+[a-zà-öø-ÿ])-[ ]*\n[ ]*(?P<second>(?!(?:{JOINING})\b)[a-zà-öø-ÿ]{{2,}}[\w’'-]*)"
)


def torn(found: re.Match[str]) -> tuple[str, str]:
    """What to say of the halves of a word, and what to write."""
    first, second = found["first"], found["second"]
    message = f"“{first}-{second}” is broken at the end of a line: learners see “{first}- {second}”"
    return message, f"write it on one line: {first}{second}, or {first}-{second}"


def alike(line: str, following: str, *, narrow: bool) -> bool:
    """Whether two lines are lines for what both have."""
    signs = (MARKED, *BEGINS, *NARROW) if narrow else (MARKED, *BEGINS)
    return (
        any(sign.match(line) and sign.match(following) for sign in signs)
        or bool(GREETING.match(line))
        or (narrow and bool(DEFINED.match(following)))
    )
