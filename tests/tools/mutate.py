"""Spoil sound courses by chance, and hold what is promised against what comes of it.

    python tests/tools/mutate.py --count 20000 --built 2000 --seed 1

Each course takes one to four blows: a letter, a line, a value or a file is lost, doubled, moved or replaced. Then `check` must
end soon and without an exception, every problem must have a place in a file, and what passes must build its packages and print.
Every failure is told with its seed, and its course is written to `--keep`.
"""

import argparse
import contextlib
import random
import re
import signal
import sys
import time
import traceback
from collections import Counter
from pathlib import Path

from coursedeck.build import build_course, unprintable
from coursedeck.load import assemble
from coursedeck.outputs import typeset, typesetter
from coursedeck.problems import errors
from coursedeck.published.ledger import Ledger
from coursedeck.source.files import read_files

ROOT = Path(__file__).parents[2]
NOW = 1795600000
LONGEST = 5  # seconds that a check may take
KINDS = """\
id: kinds
title: Every kind, with *marks*
deck: Kinds
fonts: []
cards:
  - id: ask
    ask: |
      What does this print?

      ```python
      for i in range(3):  # twice
          print(i, f"{i}")
      ```
    answer: "`0 1 2`, with H~2~O and x^2^"
    more: |
      > Quoted

      | Sign | Name | $x$ |
      |------|-----:|:---:|
      | a    | b    | c   |
  - {id: formula, ask: "What is $\\\\frac{a}{b}$ of $5?", answer: "$$\\\\int_0^1 x\\\\,dx$$"}
  - {id: cloze, cloze: "The {{c1::**heart**::organ}} pumps $\\\\ce{H2O}$, not {{c2::air}}.", tags: [one, two]}
  - id: code
    cloze: |
      ```python cloze
      def {{c1::f}}(x):
          return {{c2::x * 2}}
      ```
  - {id: picture, ask: "What is this? ![A grey field](field.png)", answer: "~~No~~ [field](https://example.org)"}
  - pairs:
      - {Hund: dog, id: dog}
      - {Katze: "cat  # a pet", id: cat}
    to-left: What is it in German?
    left-language: de spoken
  - {pairs: words.csv, one-way: true}
  - id: list
    sequence:
      prompt: Which is missing?
      ordered: true
      items:
        - {id: one, text: First}
        - {id: two, text: "Second *one*"}
        - {id: three, text: Third, more: Last}
  - id: sorts
    sort:
      ask: Which is it?
      options: [Big, Small, Odd]
      cases:
        - {id: c1, case: An elephant, belongs: Big, why: It weighs tons.}
        - {id: c2, case: A mouse, belongs: Small, why: It weighs grams.}
        - {id: c3, case: Seven, belongs: Odd, why: Two does not go into it.}
  - id: cases
    cases:
      ask: What next?
      cases:
        - {id: a, case: It rains., answer: Go in., why: It is wet.}
        - {id: b, case: The sun shines., answer: Go out., why: It is warm.}
        - {id: c, case: "It “snows” –", answer: Stay., why: It is cold.}
"""
CSV = 'left,right,id\nrot,red,red\n"blau, hell",light blue,blue\n'
# What authors write, or paste, or hit by mistake.
SNIPPETS = [
    *"{}[]()<>&*_`~^$#|!\\:;,.?-+=%@'\"",
    *(
        "{{c1::",
        "}}",
        "{{c1::x}}",
        "::",
        "$$",
        "```",
        "~~~",
        "**",
        "***",
        "![](",
        "![a](b.png)",
        "](x)",
        "[x]{lang=de spoken}",
        "<b>",
        "</script>",
    ),
    *(
        "<!--",
        "&nbsp;",
        "\\\\",
        "\\frac",
        "\\ce{",
        "\\href{x}",
        "\\(",
        "\\[",
        "[sound:x]",
        "[[type:x]]",
        "[latex]",
        "{{Field}}",
    ),
    *(
        "\t",
        "\n",
        "\n\n",
        "    ",
        "\u00a0",
        "\u200b",
        "\u202e",
        "\ufeff",
        "\u0000",
        "\u0007",
        "\u2028",
        "\ud7ff",
        "\U0001f642",
    ),
    *(
        "ä",
        "e\u0301",
        "學",
        "한",
        "שלום",
        "مرحبا",
        "ไทย",
        "null",
        "yes",
        "~",
        "1e999",
        "0x1F",
        "2026-01-01",
        "-",
        "- ",
        "? ",
        "|",
        ">-",
    ),
    *(
        "&a",
        "*a",
        "!!python/object:x",
        "%YAML",
        "---\n",
        "...\n",
        "<<: *a",
        "# x",
        " #",
        ": ",
        "a" * 3000,
        "(" * 400,
        "* " * 200,
    ),
    *(
        "file:///etc/passwd",
        "javascript:alert(1)",
        "../../x.png",
        "C:\\x",
        "https://example.org/" + "x" * 300,
        "{{",
        "}",
        "{{c9999::x}}",
    ),
    *(
        "- id: x\n",
        "id: x\n",
        "cards: []\n",
        "title:\n",
        "ask: [a]\n",
        "more: {a: b}\n",
        "more: null\n",
        "answer: ''\n",
        "ask: .\n",
    ),
]
VALUE = re.compile(r"(?<=: )[^\n]+")


def seeds():
    """The sound courses: files by path."""
    field = next(iter(sorted((ROOT / "tests" / "courses" / "workshop" / "media").glob("*.svg"))))
    png = bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000040000000308020000003b963991"
        "0000001449444154789c63aca8a860800126062480c2010034a4016e7f2e03080000000049454e44ae426082"
    )
    one = {"cards.yaml": KINDS.encode(), "words.csv": CSV.encode(), "field.png": png}
    drawn = {**one, "media/drawn.svg": field.read_bytes()}
    drawn["cards.yaml"] += (
        b"  - {id: drawn, diagram: {image: drawn.svg, prompt: Which is hidden?}}\n"
    )
    folders = [read_files(ROOT / "tests" / "courses" / name) for name in ("sauerteig", "workshop")]
    return [one, drawn, folders[0]] * 6 + [folders[1]]


def spoilt(files, chance):
    """A course after one to four blows."""
    made = dict(files)
    for _ in range(chance.choice((1, 1, 1, 2, 2, 3, 4))):
        path = chance.choice([p for p in made if p.endswith((".yaml", ".csv"))] * 8 + [*made])
        blow = chance.choice(BLOWS)
        made[path] = blow(made[path], chance)
        if chance.random() < 0.02:
            made.pop(path)
        elif chance.random() < 0.02:
            made[path + chance.choice((".png", ".yaml", "~", "é"))] = made.pop(path)
        if not made:
            return dict(files)
    return made


def on_text(blow):
    """A blow at a text, as one at its bytes."""

    def at(data, chance):
        text = data.decode("utf-8", errors="surrogateescape")
        return blow(text, chance).encode("utf-8", errors="surrogateescape") if text else data

    return at


def on_lines(blow):
    return on_text(lambda text, chance: "".join(blow(text.splitlines(keepends=True), chance)))


@on_text
def insert(text, chance):
    at = chance.randrange(len(text) + 1)
    return text[:at] + chance.choice(SNIPPETS) + text[at:]


@on_text
def within_a_value(text, chance):
    found = [*VALUE.finditer(text)]
    if not found:
        return text
    value = chance.choice(found)
    at = chance.randint(value.start(), value.end())
    return text[:at] + chance.choice(SNIPPETS) + text[at:]


@on_text
def replace_value(text, chance):
    found = [*VALUE.finditer(text)]
    if not found:
        return text
    value = chance.choice(found)
    other = chance.choice(
        [*SNIPPETS, chance.choice(found)[0], "[]", "{}", "''", '""', "null", "0", "true"]
    )
    return text[: value.start()] + other + text[value.end() :]


@on_text
def delete_letters(text, chance):
    at = chance.randrange(len(text))
    return text[:at] + text[at + chance.choice((1, 1, 1, 2, 5, 20)) :]


@on_text
def cut(text, chance):
    return text[: chance.randrange(len(text))]


@on_lines
def delete_line(lines, chance):
    lines.pop(chance.randrange(len(lines)))
    return lines


@on_lines
def double_line(lines, chance):
    at = chance.randrange(len(lines))
    return [*lines[:at], lines[at], *lines[at:]]


@on_lines
def swap_lines(lines, chance):
    one, two = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[two] = lines[two], lines[one]
    return lines


@on_lines
def shift_line(lines, chance):
    at = chance.randrange(len(lines))
    lines[at] = (
        lines[at][2:] if chance.random() < 0.5 else chance.choice((" ", "  ", "\t")) + lines[at]
    )
    return lines


def spoil_bytes(data, chance):
    made = bytearray(data)
    for _ in range(chance.choice((1, 1, 3, 10)) if made else 0):
        made[chance.randrange(len(made))] = chance.randrange(256)
    return bytes(made)


BLOWS = [
    *[insert, within_a_value, replace_value] * 4,
    delete_letters,
    delete_letters,
    cut,
    delete_line,
    delete_line,
    double_line,
    swap_lines,
    shift_line,
    spoil_bytes,
]


@contextlib.contextmanager
def at_most(seconds):
    """An error where what stands in it takes longer, in seconds of the processor."""

    def stop(*_):
        message = f"over {seconds} s"
        raise TimeoutError(message)

    signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def checked(files):
    """The course or None, and what `check` says; what is wrong with that is raised."""
    with at_most(LONGEST):
        course, problems = assemble(files)
    for problem in problems:
        span, lines = problem.span, files.get(problem.span.path, b"").count(b"\n") + 1
        named = span.path in files or any(path.startswith(span.path) for path in files)
        if (
            not (named or problem.code in UNPLACED)
            or not 1 <= span.line <= lines + 1
            or span.column < 1
        ):
            message = f"not located: {span} {problem.code} {problem.message}"
            raise AssertionError(message)
        if not problem.message or "\n" in problem.message:
            message = f"no message: {problem!r}"
            raise AssertionError(message)
    return course, problems


UNPLACED = {"no-file", "no-course", "unknown-media"}  # of files that are not there


def in_this_process(batches, _):
    """What `typeset` does, without processes of its own, which start slowly."""
    made = {}
    for batch in batches:
        results = typesetter.compiled(batch)
        made |= {d.path: r for d, r in zip(batch.documents, results, strict=True)}
    return made


def built(course):
    """Build the packages of a sound course and print it; what is wrong is raised."""
    with at_most(10 * LONGEST):
        if any(True for _ in unprintable(course)):
            return False
        for only in ("anki", "print"):
            _, found = build_course(course, Ledger(), NOW, only=only)
            if wrong := errors(found):
                message = f"passed check, failed {only}: {wrong[0]}"
                raise AssertionError(message)
    return True


def one(seed, courses, build):
    """Spoil one course. What came of it in a word, its files, and what went wrong."""
    chance = random.Random(seed)  # noqa: S311
    files = spoilt(chance.choice(courses), chance)
    try:
        course, problems = checked(files)
        if course is None or errors(problems):
            return "refused", files, ""
        return ("built" if built(course) else "unprintable") if build else "passed", files, ""
    except Exception:  # noqa: BLE001 - whatever it is, it is to be told
        return "failed", files, traceback.format_exc()


def run(first, count, most_built, *, tell=print):
    """Spoil so many courses, beginning with a seed; how often what came of it, and the seeds that failed."""
    courses = seeds()
    told, failed = Counter(), {}
    for seed in range(first, first + count):
        word, files, wrong = one(seed, courses, told["built"] < most_built)
        told[word] += 1
        if wrong:
            failed[seed] = files, wrong
            tell(f"seed {seed}: {wrong.splitlines()[-1][:300]}")
    return told, failed


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=20000)
    parser.add_argument("--built", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    typeset.typeset = in_this_process
    began = time.process_time()
    told, failed = run(given.seed, given.count, given.built)
    for seed, (files, wrong) in failed.items():
        if given.keep:
            for path, data in files.items():
                place = given.keep / str(seed) / path.replace("..", "_")
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(data)
            (given.keep / str(seed) / "TRACEBACK").write_text(wrong)
    print(dict(told), f"{time.process_time() - began:.0f} s")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
