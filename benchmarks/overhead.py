"""How many characters an author writes that are neither question nor answer: `python benchmarks/overhead.py [CARDS]`.

The same cards (25 unless said) in each form, with all that the file needs; line ends count. What coursedeck has is read by it, so
that every form of it makes as many notes as it should. yaml2anki's is as its README writes it, and read by nothing here.
"""

import sys
from collections.abc import Iterator

from coursedeck.load import assemble
from coursedeck.notes import notes_of
from coursedeck.problems import errors
from coursedeck.source.naming import written

Sides = tuple[str, str]
AT_MOST = {"question and answer": 30, "row of pairs": 12}


def questions(count: int) -> list[Sides]:
    """So many questions, each with its answer."""
    return [(f"What is the capital of the land called L{n}?", f"City {n}") for n in range(count)]


def words(count: int) -> list[Sides]:
    """So many words, each with another one."""
    return [(f"Wort{n}", f"word{n}") for n in range(count)]


def as_cards(sides: list[Sides], asked: str, answered: str, head: str) -> str:
    """A list of two keys a card."""
    return head + "".join(f"  - {asked}: {one}\n    {answered}: {two}\n" for one, two in sides)


def forms(count: int) -> Iterator[tuple[str, str, list[Sides], dict[str, str]]]:
    """What is counted, the form's name, the cards, and the files by their names."""
    asked, pairs = questions(count), words(count)
    one = as_cards(asked, "ask", "answer", "title: Lands\ncards:\n")
    yield "question and answer", "coursedeck", asked, {"cards.yaml": one}
    named = {path: data.decode() for path, data in with_ids({"cards.yaml": one}).items()}
    yield "", "coursedeck, after check --fix", asked, named
    other = as_cards(asked, "question", "answer", "deck_name: Lands\ncards:\n")
    yield "question and answer", "yaml2anki", asked, {"yaml2anki.yaml": other}
    head = "title: Words\ncards:\n  - pairs:\n"
    rows = head + "".join(f"    - {left}: {right}\n" for left, right in pairs)
    yield "row of pairs", "coursedeck, in YAML", pairs, {"cards.yaml": rows}
    table = "left,right\n" + "".join(f"{left},{right}\n" for left, right in pairs)
    short = "title: Words\ncards:\n  - pairs: words.csv\n"
    yield "row of pairs", "coursedeck, in CSV", pairs, {"cards.yaml": short, "words.csv": table}


def with_ids(files: dict[str, str]) -> dict[str, bytes]:
    """The files with ids, as `coursedeck check --fix` writes them."""
    held = {path: text.encode() for path, text in files.items()}
    course, _ = assemble(held)
    assert course  # noqa: S101
    return written(held, course.unnamed, {})


def main(count: int) -> None:
    """Print the table; fail where a form needs more than it may."""
    over = False
    print(f"characters a card that are neither question nor answer, {count} cards\n")
    for what, name, sides, files in forms(count):
        if "yaml2anki.yaml" not in files:
            course, found = assemble({path: text.encode() for path, text in files.items()})
            assert course and len(notes_of(course)) == count, errors(found)  # noqa: S101, PT018
        said = sum(map(len, files.values())) - sum(len(one) + len(two) for one, two in sides)
        limit = AT_MOST.get(what)
        over |= bool(limit and name.startswith("coursedeck") and said > limit * count)
        told = f"  (at most {limit})" if limit and name.startswith("coursedeck") else ""
        print(f"{what or 'the same':<20} {name:<30} {said / count:5.1f}{told}")
    raise SystemExit(over)


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 25)
