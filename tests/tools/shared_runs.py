"""Find the stretches of words that a folder has in common with a source text.

    python tests/tools/shared_runs.py SOURCE.txt content --words 8 --allow "The Name of a Book"

Only words count: not case, punctuation, line breaks, emphasis or the marks of a cloze. A stretch is reported when,
without the allowed names and titles in it, it is at least as long as `--words`. Exits with 1 if there is any, with 2 if
there was nothing to compare.
"""

import argparse
import re
import sys
from pathlib import Path

CLOZE = re.compile(r"\{\{c\d+::(.*?)(?:::[^{}]*)?\}\}", re.DOTALL)
TAG = re.compile(r"<[^<>]*>")
MARKED_UP = {".svg", ".html", ".xml"}
WORD = re.compile(r"[^\W_]+(?:’[^\W_]+)*")


def words_of(text):
    """The words of a text, each with its line."""
    line, place = 1, 0
    for match in WORD.finditer(text.replace("'", "’")):
        line += text.count("\n", place, match.start())
        place = match.start()
        yield match[0].casefold().replace("isation", "ization"), line


def grams(words, length):
    return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}


def covered(words, phrases):
    """The places of the words that belong to one of the phrases."""
    return {
        start + i
        for phrase in phrases
        for start in range(len(words) - len(phrase) + 1)
        if words[start : start + len(phrase)] == phrase
        for i in range(len(phrase))
    }


def shared_runs(source, text, length=8, allowed=()):
    """Every stretch of the text, as line and words, whose words stand in the source in this order."""
    known = grams([word for word, _ in words_of(source)], length)
    found = list(words_of(text))
    words = [word for word, _ in found]
    free = covered(words, [[word for word, _ in words_of(phrase)] for phrase in allowed])
    start = end = 0
    for i in range(len(words) + 1):
        if i + length <= len(words) and tuple(words[i : i + length]) in known:
            start, end = (start if i < end else i), i + length
        elif end and i == end - length + 1:
            if len(set(range(start, end)) - free) >= length:
                yield found[start][1], words[start:end]
            start = end = 0


def text_of(path):
    """What can be read in a file; nothing if it is not a text."""
    try:
        text = path.read_text("utf-8")
    except UnicodeDecodeError:
        return ""
    if path.suffix in MARKED_UP:
        text = TAG.sub(lambda tag: "\n" * tag[0].count("\n") + " ", text)
    return CLOZE.sub(r"\1", text)


def main(args=None):
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("source", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--words", type=int, default=8, help="the shortest stretch that counts (8)")
    parser.add_argument(
        "--allow", action="append", default=[], help="a name or title; may be repeated"
    )
    given = parser.parse_args(args)
    source = given.source.read_text("utf-8")
    files = {path: text_of(path) for path in sorted(given.folder.rglob("*")) if path.is_file()}
    files = {path: text for path, text in files.items() if text}
    if not files or len(list(words_of(source))) < given.words:
        parser.error("nothing to compare")
    count = 0
    for path, text in files.items():
        for line, run in shared_runs(source, text, given.words, given.allow):
            count += 1
            sys.stdout.write(f"{path}:{line}: {len(run)} words: {' '.join(run)}\n")
    sys.stdout.write(f"{count} shared runs of {given.words} or more words in {len(files)} files\n")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())
