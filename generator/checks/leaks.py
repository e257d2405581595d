"""What gives an answer away: rules over what a learner sees with a card or just before it, not over its text alone.

A learner sees the context line, the options, the drawing with its other labels, the cards met just before, and on a study
sheet the heading and the questions around. Tags are on no template, so that nobody sees them in a review.
"""

import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from ..frozen import dataclass
from ..kinds.all import AnyCard
from ..kinds.base import Row, Setting
from ..kinds.cases import CasesCard
from ..kinds.diagram import Diagram
from ..kinds.pair import Pair
from ..kinds.sort import Sort, SortContent
from ..notes import Note, setting_of
from ..order import NEAR, places
from ..seen import (
    Answer,
    Seen,
    Stems,
    cards_seen,
    language_of,
    question_of,
    shown_answer,
)
from ..text import to_compared, to_line, to_plain
from ..text.stems import may_show, sentences, shows, stand_together, stems, tells_apart
from ..texts import Line, literal
from .rules import Deck, Finding, rule

IN_ORDER = 10  # percent of pairs of options that may be out of order where the rest is in order


@rule(
    "answer-just-shown",
    "warning",
    "take it out of the other card, ask in other words, or move one of the two to another module; "
    "where seeing it is no help, waive the rule",
)
def answer_just_shown(deck: Deck) -> Iterator[Finding]:
    """One of the five cards met before shows the answer: the first meeting needs no recall. The order is that of
    `coursedeck list --why`, which parts such cards where the module has room for it. The cards of one list or drawing
    lie as far apart as there is room, whatever this says. The words of a short answer give it away where they stand side by
    side. Of two cards one answer is named.

    fails:
    - {ask: "Who drew the ladder of inference?", answer: Argyris, more: It was new in 1974.}
    - {ask: "When did Argyris draw the ladder of inference?", answer: In 1974}
    passes:
    - {ask: "Who drew the ladder of inference?", answer: Argyris, more: It was new in 1974.}
    - {ask: "Which way does somebody move along the rungs?", answer: Upward}
    """
    several = len(deck.course.modules) > 1
    told: set[frozenset[str]] = set()
    for before, card, found in just_shown([place.card for place in places(deck.course)]):
        pair = frozenset((before.note.card.id, card.note.card.id))
        if len(pair) == 1 or pair in told or not _side_by_side(before, found):
            continue
        told.add(pair)
        said = (
            f"“{to_line(found.face.answer)}” has just been shown by “{before.note.id}”,"
            " which learners meet a little earlier"
        )
        hint = "take it out of the other card, or ask in other words"
        if several:
            hint += ", or move one of the two to another module"
        if not found.face.answer.span.path.endswith(".csv"):  # a row has no waiver
            hint += "; where seeing it is no help, waive the rule"
        yield Finding(
            card.note.card, found.face.answer, said, f"{hint} (order: `coursedeck list --why`)"
        )


def _side_by_side(before: Seen, answer: Answer) -> bool:
    """Whether a sentence of a card that shows an answer has its words as a phrase."""
    words, language = to_compared(answer.face.answer), answer.language
    return any(
        shows(each, answer.stems, language) and stand_together(each, words, language)
        for text in before.texts
        for each in sentences(text)
    )


def just_shown(ordered: Sequence[Seen]) -> Iterator[tuple[Seen, Seen, Answer]]:
    """In an order of first meetings, a card, one of the next five, and the answer that it takes from that one."""
    for place, card in enumerate(ordered):
        for before in ordered[max(0, place - NEAR) : place]:
            if found := shown_answer(before, card):
                yield before, card, found


@rule("answer-in-context", "warning", "ask from another side, or move the card to another module")
def answer_in_context(deck: Deck) -> Iterator[Finding]:
    """The context line on the front, or the deck's name, has the answer.

    fails:
    - {ask: "What comes before the advanced unit of a course?", answer: The Grundlagen}
    passes:
    - {ask: "What comes after the first unit of a course?", answer: The second}
    """
    language = language_of(deck.course)
    named = stems(deck.course.about.deck, language)  # on every card: one word of it says little

    def said(note: Note) -> Stems:
        line = stems(note.context, language)
        return line if note.module.mixed else line | stems(note.module.deck, language)

    for note, answer in _told_beside(said, cards_seen(deck.course)):
        alone = len(answer.stems) == 1
        if alone and answer.stems <= named:
            continue
        if answer.stems <= stems(note.context, language):
            message = f"the context line shows the answer: “{note.context}”"
        elif alone and to_plain(answer.face.answer).isdigit():
            continue  # the number of a deck
        else:
            message = f"the deck's name shows the answer: “{note.module.deck}”"
        yield Finding(note.card, answer.face.answer, message)


@rule("answer-in-heading", "warning", "name the concept otherwise, or ask from another side")
def answer_in_heading(deck: Deck) -> Iterator[Finding]:
    """The heading over the card's row on a study sheet, which is the name of its concept, has the answer.

    fails:
    - {ask: "Which word stands for an idea?", answer: A concept}
    passes:
    - {ask: "Which word stands for a belief?", answer: An opinion}
    """
    language = language_of(deck.course)

    def said(note: Note) -> Stems:
        return stems(to_compared(note.topic), language)

    for note, answer in _told_beside(said, cards_seen(deck.course)):
        if not isinstance(note.card, Diagram):
            message = f"on a study sheet the heading shows the answer: “{to_line(note.topic)}”"
            yield Finding(note.card, answer.face.answer, message)


def _told_beside(
    said: Callable[[Note], Stems], cards: Iterable[Seen]
) -> Iterator[tuple[Note, Answer]]:
    """The answers that stand in what is said beside their card, each with its note; `said` gives the stems of that."""
    for each in cards:
        words = said(each.note)
        for answer in each.answers:
            if answer.stems <= words:
                yield each.note, answer


@rule("answer-in-row", "warning", "put the two farther apart, or ask from another side")
def answer_in_row(deck: Deck) -> Iterator[Finding]:
    """One of the five questions before or after a card's on a study sheet shows the answer.

    fails:
    - {ask: "Who drew the ladder of inference?", answer: Chris Argyris}
    - {ask: "In which year did Chris Argyris publish his book on theories?", answer: In 1974}
    passes:
    - {ask: "Who drew the ladder of inference?", answer: Chris Argyris}
    - {ask: "Which way does somebody move along the rungs?", answer: Upward}
    """
    setting = setting_of(deck.course)
    for _, group in itertools.groupby(cards_seen(deck.course), key=lambda each: each.note.module):
        own = [each for each in group if each.note.ours]
        rows = [row for card in _by_card(own) for row in _rows(card, setting)]
        said = "\n".join(row.question for row in rows).lower()
        for place, row in enumerate(rows):
            for answer in row.asked:
                if not (may_show(said, answer.stems) and row.asks(answer)):
                    continue
                around = rows[max(0, place - NEAR) : place + NEAR + 1]
                if shown := next(
                    (r.card.id for r in around if r is not row and r.shows(answer)), None
                ):
                    message = f"on a study sheet the question of “{shown}” shows the answer"
                    yield Finding(row.card, answer.face.answer, message)


@dataclass(frozen=True, slots=True, eq=False)
class _Row:
    """A row of a study sheet: what its card asks for, and the words of the row's question."""

    card: AnyCard
    row: Row
    question: str
    asked: Sequence[Answer]

    def asks(self, answer: Answer) -> bool:
        """Whether an answer of the card is one of this row's."""
        told = " ".join(
            map(to_compared, [self.row.answer, *(item.text for item in self.row.items)])
        )
        return shows(told, answer.stems, answer.language)

    def shows(self, answer: Answer) -> bool:
        """Whether one sentence of the question has the answer."""
        wanted, language = answer.stems, answer.language
        if answer.alone or not shows(self.question, wanted, language):
            return False
        return any(shows(each, wanted, language) for each in sentences(self.question))


def _by_card(cards: Iterable[Seen]) -> Iterator[list[Seen]]:
    """The cards of a module that stand in rows of words, those of one card of the course together."""
    for _, members in itertools.groupby(cards, key=lambda each: each.note.card.id):
        own = list(members)
        if not isinstance(own[0].note.card, Diagram):
            yield own


def _rows(own: list[Seen], setting: Setting) -> Iterator[_Row]:
    """The rows of a card. Of cards of cases nothing is asked here: their answers are names that any question may use."""
    card = own[0].note.card
    asked = [] if isinstance(card, CasesCard) else [a for each in own for a in each.answers]
    for row in card.rows({each.note.id: each.note.faces for each in own}, setting):
        first = own[0].note.faces[0]
        question = question_of(card, first) if isinstance(card, Pair) else to_compared(row.question)
        yield _Row(card, row, question, asked)


@rule(
    "answer-in-drawing", "warning", "rename the drawing or the label, or take the label's mask off"
)
def answer_in_drawing(deck: Deck) -> Iterator[Finding]:
    """The drawing's title, which is its alternative text, the one under `alt`, or another of its labels has the masked one.
    Single letters and numbers tell labels apart.

    fails:
    - {diagram: {image: told.svg, prompt: "What stands under the mask?"}}
    passes:
    - {diagram: {image: untold.svg, prompt: "What stands under the mask?"}}
    """
    language = language_of(deck.course)
    for note in deck.notes:
        if not isinstance(note.card, Diagram) or not note.picture:
            continue
        title = stems(note.picture.title, language)
        alt = note.card.diagram.alt
        name = "the alternative text under `alt`" if alt else "the drawing's title"
        for number in sorted({mask.number for mask in note.picture.masks}):
            label, others = _labels(note, number)
            asked = stems(label, language)
            if not asked:
                continue
            if asked <= title and not tells_apart(label, note.picture.title):
                message = f"{name}, “{note.picture.title}”, shows “{label}”"
                hint = "say what kind of picture it is and name none of its labels: “The apparatus for a titration”"
                yield Finding(note.card, alt or note.card.diagram.image, message, hint)
            elif other := next(
                (o for o in others if asked <= stems(o, language) and not tells_apart(label, o)),
                None,
            ):
                message = f"while “{label}” is masked, “{other}” shows it"
                yield Finding(note.card, note.card.diagram.image, message)


def _labels(note: Note, number: int) -> tuple[str, list[str]]:
    """The words under a mask of a note's drawing, and those of its other labels."""
    masks = note.picture.masks if note.picture else ()
    own = " ".join(to_plain(Line(literal(m.label))) for m in masks if m.number == number)
    return own, [to_plain(Line(literal(m.label))) for m in masks if m.number != number]


@rule("never-right", "warning", "add a case of it, or drop the option")
def never_right(deck: Deck) -> Iterator[Finding]:
    """An option that is the answer of no case of the course: it is soon known to be there for show.

    fails:
    - sort:
        ask: Which of the three is it?
        options: [Advocacy, Inquiry, Silence]
        cases:
          - {id: a, case: "“I want this road.”", belongs: Inquiry, why: So.}
          - {id: b, case: "“Where would you drive?”", belongs: Advocacy, why: So.}
    passes:
    - sort:
        ask: Which of the two is it?
        options: [Advocacy, Inquiry]
        cases:
          - {id: a, case: "“Where would you drive?”", belongs: Inquiry, why: So.}
          - {id: b, case: "“I want this road.”", belongs: Advocacy, why: So.}
    """
    groups: defaultdict[frozenset[str], list[Sort]] = defaultdict(list)
    for card in _sorts(deck):
        groups[frozenset(card.sort.options)].append(card)
    for cards in groups.values():
        right = {case.belongs for card in cards for case in card.sort.cases}
        for card in cards:
            for option in card.sort.options:
                if option not in right:
                    yield Finding(card, option, f"“{option}” is never right")


@rule("options-in-order", "warning", "put the cases in another order")
def options_in_order(deck: Deck) -> Iterator[Finding]:
    """The cases of a sort come in the order of its options: the place gives the answer.

    fails:
    - sort:
        ask: Which of the two is it?
        options: [Advocacy, Inquiry]
        cases:
          - {id: a, case: "“I want this road.”", belongs: Advocacy, why: So.}
          - {id: b, case: "“Where would you drive?”", belongs: Inquiry, why: So.}
    passes:
    - sort:
        ask: Which of the two is it?
        options: [Advocacy, Inquiry]
        cases:
          - {id: a, case: "“Where would you drive?”", belongs: Inquiry, why: So.}
          - {id: b, case: "“I want this road.”", belongs: Advocacy, why: So.}
    - sort:
        ask: Which of the two is it?
        options: [Advocacy, Inquiry]
        cases:
          - {id: a, case: "“My plan is cheaper.”", belongs: Advocacy, why: So.}
          - {id: b, case: "“How did you count?”", belongs: Inquiry, why: So.}
          - {id: c, case: "“What else have they seen?”", belongs: Inquiry, why: So.}
          - {id: d, case: "“It takes half an hour.”", belongs: Advocacy, why: So.}
    """
    for card in _sorts(deck):
        numbers = list(_numbers(card.sort))
        first = list(dict.fromkeys(numbers))
        # Where options come twice or more, all of one before all of the next are an order, and A, B, B, A is none.
        again = len(numbers) >= 2 * len(first)
        if _in_order(first) and (not again or _in_order(numbers)):
            message = "the cases come in the order of the options"
            yield Finding(card, card.sort.ask, message)


def _in_order(numbers: Sequence[int]) -> bool:
    pairs = [(one, other) for one, other in itertools.combinations(numbers, 2) if one != other]
    turned = sum(one > other for one, other in pairs)
    return bool(pairs) and turned * 100 <= len(pairs) * IN_ORDER


def _numbers(given: SortContent) -> Iterator[int]:
    return (
        given.options.index(case.belongs) for case in given.cases if case.belongs in given.options
    )


def _sorts(deck: Deck) -> Iterator[Sort]:
    cards = {note.card.id: note.card for note in deck.notes}.values()
    return (card for card in cards if isinstance(card, Sort))
