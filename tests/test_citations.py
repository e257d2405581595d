"""Where a card's fact comes from, in two short lines at its foot."""

from coursedeck.citations import LINES, in_full, on_a_card
from coursedeck.model import Work
from coursedeck.texts import Cite, Id, Plain
from tables import with_each

WORKS = [
    Work(id=Id("book"), type="book", title="A book", author=("Senge, Peter",), date="1990"),
    Work(
        id=Id("article"),
        type="article",
        title="The new work: building what lasts, and what there is to be learned about it",
        author=("Senge, Peter",),
        date="1990",
    ),
    Work(id=Id("long"), type="web", title="A site " + "of many words " * 12, author=("Smith, Q.",)),
]


def cites(*names):
    return [Cite(work=Id(name), at=Plain("ch. 1") if name == "book" else Plain()) for name in names]


@with_each(
    ("place", "named", "said"),
    [
        ("", [], ""),
        ("1. A notice, 1.2", [], "1. A notice, 1.2"),
        ("", ["book"], "Senge 1990, ch. 1"),
        ("1. A notice, 1.2", ["book"], "1. A notice, 1.2; Senge 1990, ch. 1"),
        ("", ["article"], f"Senge 1990, {WORKS[1].title}"),
        ("", ["book", "article"], "Senge 1990, ch. 1; Senge 1990, The new work"),
        ("", ["book", "article", "long"], "Senge 1990, ch. 1; Senge 1990, The new work; …"),
        ("", ["book"] * 7, "; ".join(["Senge 1990, ch. 1"] * 5 + ["…"])),
    ],
)
def test_subtitles_go_first_and_then_the_last_works(place, named, said):
    assert len(said) <= LINES
    assert on_a_card(WORKS)(place, cites(*named)) == said


def test_one_work_is_named_however_long_its_title_is():
    name = on_a_card(WORKS)("", cites("long"))
    assert name == f"Smith, {WORKS[2].title}"
    assert on_a_card(WORKS)("", cites("long", "book")) == f"{name}; …"


def test_paper_has_room_for_all_works_with_their_subtitles():
    said = in_full(WORKS)("1. A notice, 1.2", cites("book", "article", "long"))
    titles = [f"Senge 1990, {WORKS[1].title}", f"Smith, {WORKS[2].title}"]
    assert said == "; ".join(["1. A notice, 1.2", "Senge 1990, ch. 1", *titles])
