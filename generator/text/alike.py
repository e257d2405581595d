"""Two lines, one behind the other, of which their signs tell that they are two.

Most have both the same at the same place, however wide they are: the mark of an item, a speaker or a name before a colon, one sign
between two sides, a time of the day, some years, the cells of a table. Wrapped prose hardly ever has one of these twice in a row.
Of others one line tells by itself: a greeting, a definition, an item of a list that began with another sign, half of a word.
"""

import re

from ..late import late

# The mark of an item of what reads as no list. One that does stands in it too, since another sign may follow it.
MARKS = "•‣◦∙▪▫■□●○–—→⇒➔➜➤►▶✓✔✗✘✅❌☐☑★☆»†"
# What stands between two dashes within a sentence is no item.
ASIDE = r"[–—] .* [–—](?:[ ,;:.]|$)"
MARKED = late(
    rf"(?:[a-z0-9]{{1,2}}[.)]|[ivx]{{1,5}}[.)]|\((?:[a-z]|[ivx]{{1,5}}|[0-9]{{1,2}})\)|(?!{ASIDE})[{MARKS}]) ?\S|[-+*] \S|-[^\W\d]",
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
# A figure with others behind it, as statistics have them in a sentence: “t(38) = 2.10, p = .04”.
EQUALS = r"[^\s=]+(?: [^\s=]+){0,3} = "
FIGURE = r"[-−+]?[0-9]*[.,]?[0-9]+%?"
OF_FIGURES = late(rf"{EQUALS}{FIGURE}")
BEGINS = (
    late(rf"(?![a-zà-öø-ÿ]){LABEL}"),
    late(rf"{EQUALS}(?!{FIGURE}(?:[,;)]| (?:\(|(?:and|und|et)\b)))\S"),
    late(rf"[^\s.!?,;]+(?: (?!{ARROW} )[^\s.!?,;]+){{0,5}} {ARROW} (?!.* {ARROW}(?: |$))\S"),
    late(r"[0-9]{1,2}(?::|h)[0-9]{2}\b"),
    late(r"[0-9]{3,4} ?[-–/] ?[0-9]{2,4}\b"),
    ROW,
)
# The same, where lines are narrow.
NARROW = (
    late(LABEL),
    late(rf"{EQUALS}(?!.*[0-9],$)\S"),
    late(r"(?:(?![-–—/] )[^\s.!?]+ ){1,3}[-–—/] (?!.* [-–—/] )\S"),
    late(r"-?[0-9]"),
    late(r"[^|]+ \| [^|]"),
)
# “Liebe” and “lieber” are words of sentences too, and so is “dear” before some.
GREETING = late(
    r"(?:(?:Dear|Hi|Hello|Hallo|Guten Tag|Ch[eè]re?s?|Bonjour|Estimad[oa]s?|Querid[oa]s?|Gentile)\b"
    r"(?! (?:to|for|is|was|ist|war|à|aux?|por|es)\b)"
    r"|(?:Liebe[rs]?|Sehr geehrte[rs]?) (?:[A-ZÄÖÜ]|(?:alle|beide|liebe[rs]?)\b)(?!.* als ))[^.!?;:]{0,40}[,!]$"
)
DEFINED = late(r": +\S")
# Halves of a word that somebody broke at the end of a line by hand. A word of `JOINING` behind a hyphen lets it stand for a part
# that is left out: “pre- and post-war”, “Vor- und Nachteile”.
JOINING = (
    "and|or|to|nor|but|as|than|versus|vs|through|not|rather|instead|from|into|und|oder|bis|sowie|bzw|beziehungsweise|als|wie|noch"
    "|sondern|aber|auch|nicht|statt|von|en|of|et|ou|mais|puis|e|o|y|u|i|ma|pero|sino|och|og"
)
HALVES = late(
    rf"(?P<first>(?<![\w-])(?:\w+-)*[^\W\d_]+[a-zà-öø-ÿ])-[ ]*\n[ ]*(?P<second>(?!(?:{JOINING})\b)[a-zà-öø-ÿ]{{2,}}[\w’'-]*)"
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
