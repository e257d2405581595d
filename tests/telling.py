"""Courses of one file that hold a text, and what an author is told of it, without what the rules for prompts have to say."""

import bisect
import functools
import inspect
import itertools

from coursedeck.load import assemble
from tables import with_each

HEAD = "title: T\ncards:\n"
OF_TEXTS = {
    *("not-read", "near-cloze", "cloze", "code-hint", "formula", "control-character", "no-kind"),
    *("wrong-type", "bad-key", "unknown-key", "bad-address", "joined-lines", "lone-sign"),
}


def told(written):
    """What is said of a file: line, column, code, message and hint of each problem."""
    _, found = assemble({"t.yaml": written.encode()})
    return [
        (each.span.line, each.span.column, each.code, each.message, each.hint)
        for each in found
        if each.code in OF_TEXTS or each.code.startswith("yaml")
    ]


def block(key, text):
    """A card with a text in a block, which begins on line 4 and in column 5."""
    lines = "".join(f"    {line}\n" for line in text.split("\n"))
    return f"{HEAD}- {key}: |\n{lines}" + "  answer: Sauer\n" * (key == "ask")


def told_of(texts, key="ask"):
    """Those of these texts of which something is said, and what, as `told` has it of the block of one alone. All are cards of one
    course, which is read once.
    """
    texts = list(texts)
    blocks = [block(key, text).removeprefix(HEAD) for text in texts]
    before = list(itertools.accumulate((each.count("\n") for each in blocks), initial=0))
    found = {}
    for line, *rest in told(HEAD + "".join(blocks)):
        at = bisect.bisect_right(before, line - HEAD.count("\n") - 1) - 1
        found.setdefault(texts[at], []).append((line - before[at], *rest))
    return found


def with_told(names, rows, ids=None, key="ask"):
    """As `with_each`, and `found` is what is said of the row's `text`, which is read together with those of all rows."""
    rows = list(rows)
    texts = rows if isinstance(names, str) else [row[names.index("text")] for row in rows]
    read = functools.cache(lambda: told_of(texts, key))

    def over_all(test):
        @functools.wraps(test)
        def given_what_is_told(text, **others):
            test(text=text, found=read().get(text, []), **others)

        own = inspect.signature(test)
        taken = [each for name, each in own.parameters.items() if name != "found"]
        given_what_is_told.__signature__ = own.replace(parameters=taken)
        return with_each(names, rows, ids)(given_what_is_told)

    return over_all


def joined(text):
    """Where a text is told to have lines that join."""
    return [found[:2] for found in told(block("ask", text)) if found[2] == "joined-lines"]
