"""The faces of a card: a text says on paper what it says in Anki, whatever its signs are and wherever it stands."""

import pytest
from coursedeck.kinds.base import Setting
from coursedeck.kinds.cases import CasesCard, CasesContent, DrawnCase
from coursedeck.kinds.pair import Pair, PairContent
from coursedeck.kinds.sequence import Item, SequenceCard, SequenceContent
from coursedeck.kinds.sort import Sort, SortCase, SortContent
from coursedeck.labels import labels
from coursedeck.text import in_language, to_plain, to_tree
from coursedeck.text.tree import List, Strong, Tree, inlines, plain
from coursedeck.texts import Id, Line, Prose
from hypothesis import given
from hypothesis import strategies as st
from tables import with_each

SIGNS = ["C++", "/ˈwɔːtə/", "&", "%", "!", "+ 5 °C", "- 5 °C", "* wild", "1) one", "3. Mai", "```"]
SIGNS += [
    "> 5",
    "# one",
    "the end \\",
    "~~~ x",
    "$",
    "**bold** word",
    "C\\*",
    "[x]",
    "　",
    "漢字{かんじ}",
]
TOKENS = [*"ab*`~^_$\\()[]+-> {}!|#.€漢", "**", "1.", "3)", "word", " x ", "://", "]("]
LINES = st.lists(st.sampled_from(TOKENS), min_size=1, max_size=6).map(lambda t: "".join(t).strip())
SETTING = Setting(pictures={}, labels=labels("en"))


def faces(card):
    return [face for part in card.parts(SETTING) for face in part.faces]


def pair(line, **more):
    sides = PairContent(left=line, right=Line("right"), to_right=Line("Which?"), **more)
    return Pair(id=Id("a"), pair=sides)


def sort(line):
    case = SortCase(id=Id("one"), case=Prose("A case."), belongs=line, why=Prose("Why."))
    return Sort(
        id=Id("a"), sort=SortContent(ask=line, options=(line, Line("other")), cases=(case,))
    )


def sequence(line, *, ordered):
    items = (Item(id=Id("one"), text=line), Item(id=Id("two"), text=Line("other")))
    return SequenceCard(
        id=Id("a"), sequence=SequenceContent(prompt=line, ordered=ordered, items=items)
    )


def cases(line):
    case = DrawnCase(id=Id("one"), case=Prose("A case."), answer=Prose("x"), why=Prose("Why."))
    return CasesCard(id=Id("a"), cases=CasesContent(ask=line, cases=(case,)))


def says_what_it_says(line):
    """Each kind that shows a line beside other texts, and what its face must say."""
    said = to_plain(line)
    shown = {
        f"{said} Which?": faces(pair(line))[0].question,
        f"A case. {said} {said} other": faces(sort(line))[0].question,
        f"{said} … other": faces(sequence(line, ordered=True))[0].question,
        f"{said} {said} …": faces(sequence(line, ordered=False))[1].question,
        f"A case. {said}": faces(cases(line))[0].question,
    }
    for words, question in shown.items():
        assert to_plain(question) == " ".join(words.split())
    assert to_plain(faces(pair(line))[0].prompt) == f"{said} Which?".strip()


@with_each("line", SIGNS)
def test_signs_in_a_line_stay_what_they_are_beside_other_texts(line):
    says_what_it_says(Line(line))


@pytest.mark.slow
@given(LINES)
def test_a_face_says_what_its_texts_say(line):
    says_what_it_says(Line(line))


@with_each("line", SIGNS)
def test_what_is_given_is_strong_whatever_its_edges_are(line):
    for question in (faces(pair(Line(line)))[0].question, faces(cases(Line(line)))[0].question):
        assert any(isinstance(node, Strong) for node in inlines(to_tree(question).blocks))


@with_each("line", SIGNS)
def test_options_and_items_are_as_many_as_the_author_wrote(line):
    for card in (sort(Line(line)), sequence(Line(line), ordered=True)):
        last = to_tree(faces(card)[-1].question).blocks[-1]
        assert isinstance(last, List)
        assert len(last.items) == 2


def test_neighbours_in_a_list_keep_their_numbers():
    items = tuple(Item(id=Id(f"n-{n}"), text=Line(f"- {n}")) for n in range(6))
    card = SequenceCard(
        id=Id("a"), sequence=SequenceContent(prompt=Line("p"), ordered=True, items=items)
    )
    (listed,) = to_tree(faces(card)[4].question).blocks[1:]
    marks = [f"{listed.mark(n)} {plain(Tree(item))}" for n, item in enumerate(listed.items)]
    assert marks == ["3. - 2", "4. - 3", "5. …", "6. - 5"]


@with_each("line", SIGNS)
def test_a_side_in_another_language_says_the_same(line):
    assert to_plain(in_language(Line(line), "ja")) == to_plain(Line(line))
