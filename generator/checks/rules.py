"""What makes a prompt good, as far as a program can see it: one plain function a rule.

A rule yields what it found; the runner stamps its id, level and hint, and honours the card's waivers. A rule's docstring is
its documentation: cards that fail it and cards that pass, which the tests hold it to.

Sources: Wozniak, *Twenty rules of formulating knowledge*; Matuschak, *How to write good prompts*. They give principles; the
thresholds are ours and stand in `course.yaml`, where an author can change them.
"""

import inspect
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator

from .. import walk
from ..codes import CODES, RULE, Code, Level
from ..frozen import dataclass
from ..kinds.all import AnyCard
from ..kinds.ask import Question
from ..kinds.base import Face, Waiver
from ..kinds.cloze import Cloze
from ..languages import primary
from ..late import late
from ..likeness import nearest
from ..model import Concept, Course
from ..notes import Note, notes_of
from ..problems import Problem, Span, did_you_mean
from ..text import clozes, scripts, to_asked, to_compared, to_counted, to_plain, to_untabled
from ..texts import Confidence, Line, Prose, Text, less_sure
from . import wording
from .near import first_near

PLACEHOLDER = late(r"\bYour [a-z ]{1,40} here\b")
# What changes a word beside it: a minus, a bracket, a sign of computing. Brackets around a remark are none.
SIGNED = late(r"[^\w\s.,;:!?'\"“”„‚‘’«»…–—()&/%°-]|(?<![\w-])[-−](?=\w)")
NO_WORD = late(r"[\W_]+")
IN_BRACKETS = late(r"\([^()]*\)")
KANA_ALONE = late(f"[{scripts.KANA}]")


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found: the card, the text to point to, what is wrong, and what to do if that is not what the rule says."""

    card: AnyCard
    text: Text
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A face as its reader meets it: the words that must be read before answering, and the answer, each as plain text and
    as a list of its words in lower case, in which each formula and each piece of code is one.
    """

    note: Note
    face: Face
    question: str
    question_words: list[str]
    answer: str
    answer_words: list[str]


def _asked(note: Note, face: Face) -> Asked:
    return Asked(
        note,
        face,
        to_plain(face.prompt),
        wording.words(to_compared(face.prompt)),
        to_plain(face.answer),
        wording.words(to_compared(face.answer)),
    )


def _length(text: Text, found: list[str], limit: int) -> int:
    """How many words of a text, which has these ones, are read in a row; 0 where they are surely no more than `limit`."""
    if len(found) <= limit:
        return 0
    counted = to_counted(text)
    return scripts.count(found if counted == to_compared(text) else wording.words(counted))


@dataclass(frozen=True, slots=True)
class Deck:
    """What a rule looks at: the course, its notes and their faces, made once. `words` is what the course's language
    looks for, where we know it.
    """

    course: Course
    notes: tuple[Note, ...]
    faces: tuple[Asked, ...]
    words: wording.Wording | None


def deck_of(course: Course, notes: tuple[Note, ...]) -> Deck:
    """The course as the rules look at it: what came from Anki is as it is, and no style of ours."""
    own = tuple(note for note in notes if note.ours)
    faces = tuple(_asked(note, face) for note in own for face in note.faces)
    return Deck(course, own, faces, wording.LANGUAGES.get(primary(course.about.language)))


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: `id` is stable, `hint` says what to do."""

    id: str
    level: Level
    hint: str
    find: Callable[[Deck], Iterator[Finding]]

    @property
    def documentation(self) -> str:
        """What it is about, with examples."""
        return self.find.__doc__ or ""


RULES: list[Rule] = []


def rule(id_: str, level: Level, hint: str) -> Callable[..., Callable[[Deck], Iterator[Finding]]]:
    """Enter a function in the list of rules, and its id among the codes of problems."""

    def enter(find: Callable[[Deck], Iterator[Finding]]) -> Callable[[Deck], Iterator[Finding]]:
        RULES.append(Rule(id_, level, hint, find))
        CODES[id_] = Code(inspect.cleandoc(RULES[-1].documentation), hint, RULE, level)
        return find

    return enter


def run(course: Course, *, warnings: bool = True) -> Iterator[Problem]:
    """Every rule over every card, less what a waiver excuses; then the waivers that excused nothing. Without `warnings`,
    only what is an error.
    """
    wanted = [each for each in RULES if warnings or each.level == "error"]
    notes = notes_of(course)
    deck = deck_of(course, notes if wanted else ())  # it takes long to find all words
    used: set[tuple[str, str]] = set()
    known = {each.id for each in RULES}
    unwritten = list(placeholder(deck))
    blank = {finding.card.id for finding in unwritten}
    for each in wanted:
        for finding in unwritten if each.find is placeholder else each.find(deck):
            if finding.card.id in blank and each.find is not placeholder:
                continue  # what else is wrong with it goes with its words
            if any(_meant(waiver, known) == each.id for waiver in finding.card.waive):
                used.add((finding.card.id, each.id))
            else:
                message = f"{finding.card.id}: {finding.message}"
                yield Problem(finding.text.span, each.id, message, finding.hint or each.hint)
    for card in {note.card.id: note.card for note in notes if note.ours}.values():
        for waiver in card.waive:
            if waiver.rule not in known:
                free = known - {each.rule for each in card.waive}
                hint = did_you_mean(waiver.rule, free) or "`coursedeck rules` lists them"
                yield Problem(
                    waiver.rule.span, "unknown-rule", f"there is no rule “{waiver.rule}”", hint
                )
            elif warnings and (card.id, waiver.rule) not in used:
                message = f"{card.id}: the waiver of {waiver.rule} excuses nothing"
                yield Problem(waiver.rule.span, "unused-waiver", message, "remove it")


def _meant(waiver: Waiver, known: set[str]) -> str:
    """The rule that a waiver names, or misspells."""
    return waiver.rule if waiver.rule in known else nearest(waiver.rule, known)


def _contains(words: list[str], part: list[str]) -> bool:
    if part and part[0] not in words:  # most often so, and told at once
        return False
    return any(words[i : i + len(part)] == part for i in range(len(words) - len(part) + 1))


# --- the rules -----------------------------------------------------------------------------------


@rule("placeholder", "warning", "put your own words there, or delete the card")
def placeholder(deck: Deck) -> Iterator[Finding]:
    """A card has the words that `coursedeck new` writes to be replaced. No other rule speaks of such a card.

    fails:
    - {ask: Your question here, answer: Your answer here}
    passes:
    - {ask: "What is written on your door?", answer: Your name}
    """
    if not any("Your " in text for text in walk.texts(deck.course)):
        return  # which saves to look through each card
    for card in {note.card.id: note.card for note in deck.notes}.values():
        texts = (text for text in walk.texts(card) if "Your " in text)
        if found := next((text for text in texts if PLACEHOLDER.search(text)), None):
            words = _begun(" ".join(found.split()))
            yield Finding(card, found, f"“{words}” stands for words that are still to be written")


@rule("answer-in-question", "warning", "ask so that the answer has to be recalled")
def answer_in_question(deck: Deck) -> Iterator[Finding]:
    """The answer stands in the question: it is read off, not recalled. Named alternatives are fair, and so is a choice from a
    table. Where signs are a part of the answer, such as “-x” or “[2]”, they stand there too.

    fails:
    - {ask: "What does Senge call the pull of creative tension?", answer: Creative tension}
    - {cloze: "The {{c1::ladder}} of inference is a ladder."}
    passes:
    - {ask: "What does Senge call the pull between vision and reality?", answer: Creative tension}
    - {ask: "You dread the next meeting. Courage or fear?", answer: Fear}
    - {ask: "One is called advocacy, the other inquiry. Which of the two asks?", answer: Inquiry}
    """
    for each in deck.faces:
        if each.note.card.answer_in_sight:
            continue
        given = each.answer_words and _contains(each.question_words, each.answer_words)
        if (
            not given
            or (deck.words and deck.words.names_either(each.question, each.question_words))
            or not _stands_there(each)
        ):
            continue
        # One kana, such as a particle, stands in many a sentence.
        if not KANA_ALONE.fullmatch("".join(each.answer_words)):
            yield Finding(each.note.card, each.face.question, "the answer stands in the question")


def _stands_there(asked: Asked) -> bool:
    """Whether the words of an answer, which are in the question, are not those of its table alone, nor changed by a sign."""
    answer = to_compared(asked.face.answer).strip(" .!?,;:…“”„\"'«»").casefold()
    if SIGNED.search(answer) and answer not in to_compared(asked.face.prompt).casefold():
        return False
    return _contains(wording.words(to_untabled(asked.face.prompt)), asked.answer_words)


@rule("long-question", "warning", "cut it, or split the card")
def long_question(deck: Deck) -> Iterator[Finding]:
    """The question has more words than `question-words`. A formula or code within a line is one word; blocks of code, tables and
    the alternative texts of pictures have none. Of a cloze the longest of its questions is told.

    fails:
    - ask: >-
        When somebody who works in a large organization that has many departments and a long history of restructuring
        begins to wonder what really matters, which discipline is that?
      answer: Personal mastery
    passes:
    - {ask: "Which discipline begins with asking what really matters to you?", answer: Personal mastery}
    """
    limit = deck.course.about.thresholds.question_words
    found: dict[tuple[str, Span], tuple[int, Asked]] = {}
    for each in deck.faces:
        count = _length(each.face.prompt, each.question_words, limit)
        if count > limit:
            place = (each.note.id, each.face.question.span)
            if count > found.get(place, (0,))[0]:
                found[place] = (count, each)
    for count, each in found.values():
        message = f"the question has {count} words, over {limit}"
        yield Finding(each.note.card, each.face.question, message)


@rule("long-answer", "warning", "keep the answer; move the reason to `more`")
def long_answer(deck: Deck) -> Iterator[Finding]:
    """The answer has more words than `answer-words`, which are counted as those of a question.

    fails:
    - ask: What does a suspended assumption do?
      answer: >-
        It hangs in front of everybody in the room so that all of them can look at it, which means that it is neither
        dropped nor defended nor hidden, and so it can at last be tested.
    passes:
    - {ask: "What happens to a suspended assumption?", answer: It hangs where all can look at it.}
    """
    limits = deck.course.about.thresholds
    for each in deck.faces:
        count = _length(each.face.answer, each.answer_words, limits.answer_words)
        if limits.answer_words < count <= limits.answer_words_error:
            yield Finding(
                each.note.card,
                each.face.answer,
                f"the answer has {count} words, over {limits.answer_words}",
            )


@rule("far-too-long-answer", "warning", "ask for one thing")
def far_too_long_answer(deck: Deck) -> Iterator[Finding]:
    """The answer has more words than `answer-words-error`: nobody recalls that twice alike.

    fails:
    - ask: What is a learning organization?
      answer: >-
        One two three four five six seven eight nine ten one two three four five six seven eight nine ten
        one two three four five six seven eight nine ten one two three four five six seven eight nine ten
        one two three four five six seven eight nine ten one two three four five six seven eight nine ten eleven
    passes:
    - {ask: "Who learns in a learning organization?", answer: Its people}
    """
    limit = deck.course.about.thresholds.answer_words_error
    for each in deck.faces:
        count = _length(each.face.answer, each.answer_words, limit)
        if count > limit:
            yield Finding(
                each.note.card, each.face.answer, f"the answer has {count} words, over {limit}"
            )


@rule("many-deletions", "warning", "make two cards of it")
def many_deletions(deck: Deck) -> Iterator[Finding]:
    """A cloze hides more than `deletions` things.

    fails:
    - {cloze: "The sisters {{c1::Anna}}, {{c2::Berta}}, {{c3::Clara}} and {{c4::Dora}} live in the town hall of Graz."}
    passes:
    - {cloze: "A suspended assumption is neither dropped, nor {{c1::defended}}, nor {{c2::hidden}}."}
    """
    limit = deck.course.about.thresholds.deletions
    for note in deck.notes:
        if isinstance(note.card, Cloze) and len(list(clozes.deletions(note.card.cloze))) > limit:
            yield Finding(note.card, note.card.cloze, f"more than {limit} deletions in one cloze")


@rule("large-deletion", "warning", "hide one word or a short phrase")
def large_deletion(deck: Deck) -> Iterator[Finding]:
    """A deletion is more than `deleted-share-percent` of its sentence: nothing is left to answer from.

    fails:
    - {cloze: "Vision {{c1::is a picture of the future that you want}}."}
    passes:
    - {cloze: "Purpose is a heading; vision is a {{c1::place}} on that heading."}
    """
    limit = deck.course.about.thresholds.deleted_share_percent
    left = {(id(each.note), each.face.number): len(each.question_words) for each in deck.faces}
    for note in deck.notes:
        if not isinstance(note.card, Cloze):
            continue
        text = note.card.cloze
        found = clozes.deletions(text)
        hidden: Counter[int] = Counter()
        for deletion in found:
            said = deletion.words
            one = said.isascii() and said.isalnum()  # as most are
            hidden[deletion.number] += 1 if one else len(wording.words(to_plain(Line(said))))
        # A gap within a word parts it, and makes one more of it at most: so most sentences are surely long enough.
        if not any(each.hint for each in found) and all(
            count * 100 <= (left[id(note), number] - len(found)) * limit
            for number, count in hidden.items()
        ):
            continue
        whole = len(wording.words(to_plain(Prose(clozes.shown(text)))))
        for number, count in sorted(hidden.items()):
            if whole and count * 100 > whole * limit:
                yield Finding(note.card, text, f"c{number} hides {count} of {whole} words")


@rule("yes-no", "warning", "ask which, who, what, or name two alternatives")
def yes_no(deck: Deck) -> Iterator[Finding]:
    """A yes/no question: a guess is right half the time.

    fails:
    - {ask: "Is dialogue the same as discussion?", answer: They differ.}
    - {ask: "What of leaders who order growth?", answer: "No, growth is chosen."}
    passes:
    - {ask: "Which of the two settles on one view?", answer: Discussion}
    - {ask: "Is a shout in a meeting advocacy or inquiry?", answer: Advocacy}
    - {ask: "What is the chemical symbol of nobelium?", answer: "No"}
    - {ask: "May has how many days?", answer: "31"}
    """
    known = deck.words
    for each in deck.faces:
        if known is None or not isinstance(each.note.card, Question):
            continue
        if _is_yes_no(each, known):
            yield Finding(each.note.card, each.face.question, "a yes/no question")
        elif known.says_yes(each.answer, each.question_words):
            yield Finding(each.note.card, each.face.answer, "the answer begins with yes or no")


def _is_yes_no(each: Asked, known: wording.Wording) -> bool:
    """Whether the last sentence of a question, without what is quoted, opens like a yes/no question and names no
    alternative.
    """
    if known.yes_no.isdisjoint(each.question_words):
        return False
    last = wording.words((wording.sentences(wording.unquoted(each.question)) or [""])[-1])
    return known.opens_yes_no(last) and not known.names_either(each.question, last)


@rule("two-questions", "warning", "ask for one thing; make a second card of the other")
def two_questions(deck: Deck) -> Iterator[Finding]:
    """Two questions in one card: half right is neither right nor wrong. What somebody in the card says does not count, nor do
    tables, formulas and code.

    fails:
    - {ask: "Who drew the ladder of inference? Who spread it?", answer: Argyris drew it.}
    passes:
    - {ask: "A director answers “how sure are you?” and “why?” to everything. Advocacy or inquiry?", answer: Inquiry}
    """
    for each in deck.faces:
        if wording.questions(each.question) < 2:
            continue
        if wording.questions(wording.unquoted(to_asked(each.face.prompt))) > 1:
            yield Finding(each.note.card, each.face.question, "two questions in one")


@rule("set-answer", "warning", "make a sequence of it, so that each item is asked by itself")
def set_answer(deck: Deck) -> Iterator[Finding]:
    """The answer is a set of `list-items` or more: the whole is forgotten with its weakest part. Commas in brackets part no items,
    nor do those of a place, a date or an address, if the question asks for one and no “and” stands in the answer.

    fails:
    - {ask: "Which three conditions does dialogue need?", answer: "Suspension, colleagues and a facilitator"}
    passes:
    - {ask: "Who holds the context of a dialogue?", answer: A facilitator}
    """
    limit = deck.course.about.thresholds.list_items
    for each in deck.faces:
        if not isinstance(each.note.card, Question):
            continue
        bullets = "\n- " in each.face.answer
        if not bullets and sum(map(each.answer.count, ",;·、，；،؛")) < limit - 2:
            continue
        answer = IN_BRACKETS.sub(_unparted, to_compared(each.face.answer))
        comma = wording.COMMA if answer.isascii() else wording.OTHER_COMMA
        first = (wording.sentences(answer) or [""])[0]
        items = [
            part for part in re.split(rf"{comma.pattern}|\s(?:and|und|&)\s", first) if part.strip()
        ]
        marks = len(comma.findall(first))
        if deck.words and deck.words.clause:
            parts = items
            items = [p for p in parts if deck.words.clause.isdisjoint(wording.words(p))]
            marks -= len(parts) - len(items)
        listed = marks >= limit - 1 or (marks >= limit - 2 and len(items) >= limit)
        short = items and max(scripts.count(wording.words(item)) for item in items) <= 4
        one = deck.words and deck.words.asks_for_one(each.question, answer)
        if bullets or (listed and short and not one):
            yield Finding(each.note.card, each.face.answer, "the answer is a set")


def _unparted(remark: re.Match[str]) -> str:
    """A remark in brackets as words alone, of which no sign makes items."""
    return f"({NO_WORD.sub(' ', remark[0])})"


@rule("vague-verb", "warning", "ask a question that has one right answer")
def vague_verb(deck: Deck) -> Iterator[Finding]:
    """“Describe”, “discuss”, “explain”: no answer is the right one.

    fails:
    - {ask: "Describe creative tension.", answer: A pull}
    passes:
    - {ask: "What pulls between vision and reality?", answer: Creative tension}
    """
    for each in deck.faces:
        if deck.words is None:
            return
        if deck.words.vague.isdisjoint(each.question_words):
            continue
        for sentence in wording.sentences(wording.unquoted(each.question)):
            first = wording.first_word(sentence)
            if first in deck.words.vague:
                yield Finding(
                    each.note.card, each.face.question, f"“{first}” asks for no one answer"
                )


@rule("no-referent", "warning", "name who or what is meant: the card comes up alone")
def no_referent(deck: Deck) -> Iterator[Finding]:
    """The question points outside the card, or is a bare term.

    fails:
    - {ask: "What does the author say of vision?", answer: That it pulls}
    - {ask: "It pulls between two poles. What is meant?", answer: Creative tension}
    - {ask: "Creative tension?", answer: A pull}
    passes:
    - {ask: "What does Senge say pulls between vision and reality?", answer: Creative tension}
    - {ask: "What barks?", answer: A dog}
    - {ask: "What does the author of Faust make of the bet?", answer: A wager with God}
    """
    for each in deck.faces:
        if deck.words is None or not deck.words.pointers:
            return
        text, every = each.question, each.question_words
        # A question on a line of its own, under what it is about, is no bare term.
        alone = isinstance(each.note.card, Question) and "\n" not in each.face.question
        # A formula, which is one word of these, is more than a bare term.
        bare = alone and len(every) < 4 and len(wording.words(each.question)) < 4
        # A question word and what it asks of is a question, however short.
        bare = bare and not (len(every) > 1 and every[0] in deck.words.asking)
        if phrase := deck.words.nobody(text):
            yield Finding(each.note.card, each.face.question, f"“{phrase}” names nobody")
        elif deck.words.points(text, every):
            yield Finding(
                each.note.card, each.face.question, f"“{every[0]}” points to nothing on the card"
            )
        elif bare:
            yield Finding(each.note.card, each.face.question, "a bare term is not a question")


@rule("overlap", "warning", "ask for what tells the two apart, or drop one")
def overlap(deck: Deck) -> Iterator[Finding]:
    """Two cards ask in nearly the same words (share of common words at least `overlap-percent`): they get mixed up.

    fails:
    - {ask: "Who first drew the ladder of inference in his work?", answer: Argyris}
    - {ask: "Who first drew the ladder of inference in her work?", answer: Ross}
    passes:
    - {ask: "Who first drew the ladder of inference?", answer: Argyris}
    - {ask: "Whose Fieldbook page spread a seven-rung version of it?", answer: Ross}
    """
    limit = deck.course.about.thresholds.overlap_percent
    asked_once: list[Asked] = []
    for each in deck.faces:
        again = asked_once and asked_once[-1].note.card is each.note.card
        if not (each.note.card.question_repeats and again):
            asked_once.append(each)
    sets = list(_without_prompts(asked_once))
    for place, earlier in first_near(sets, limit):
        card = asked_once[place].note.card
        others = (asked_once[other] for other in earlier)
        twin = next((other for other in others if other.note.card.id != card.id), None)
        if twin:
            said = f"asks nearly what “{twin.note.card.id}” asks: “{_begun(twin.question)}”"
            yield Finding(card, asked_once[place].face.question, said)


def _begun(text: str) -> str:
    """The first whole words of a text, about sixty signs."""
    if len(text) <= 60:
        return text
    return (text[:60].rpartition(" ")[0] or text[:60]) + " …"


def _without_prompts(faces: list[Asked]) -> Iterator[frozenset[str]]:
    """The words of each question. A last paragraph that several questions share, such as that of rows of pairs, is one word: what
    they ask of is told by the rest.
    """
    parts = [each.face.question.rpartition("\n\n") for each in faces]
    shared = Counter(last for first, _, last in parts if first)
    for each, (first, _, last) in zip(faces, parts, strict=True):
        if first and shared[last] > 1:
            yield frozenset((*wording.words(to_compared(Prose(first))), last))
        else:
            yield frozenset(each.question_words)


@rule("same-answer", "warning", "ask from another side, or drop one")
def same_answer(deck: Deck) -> Iterator[Finding]:
    """The same answer on `same-answer` or more cards: it becomes the guess. Sorts and diagrams repeat theirs by nature.

    fails:
    - {ask: "Who drew the ladder of inference?", answer: Argyris}
    - {ask: "Whose are the defensive routines?", answer: Argyris.}
    - {ask: "Who calls it skilled incompetence?", answer: Argyris}
    passes:
    - {ask: "Who drew the ladder of inference?", answer: Argyris}
    - {ask: "Whose work on dialogue does Senge draw on?", answer: Bohm}
    - {ask: "What stands for a white king?", answer: ♔}
    - {ask: "What stands for a white queen?", answer: ♕}
    - {ask: "What stands for a brilliant move?", answer: "!!"}
    """
    limit = deck.course.about.thresholds.same_answer
    groups: dict[tuple[str, ...], list[Asked]] = defaultdict(list)
    for each in deck.faces:
        if not each.note.card.answer_repeats:
            # Signs alone, such as “♔”, are no words, and answers all the same.
            said = tuple(each.answer_words) or (to_compared(each.face.answer),)
            groups[said].append(each)
    for group in groups.values():
        if len({each.note.card.id for each in group}) >= limit:
            for each in group:
                message = f"“{each.answer}” is the answer of {len(group)} cards"
                yield Finding(each.note.card, each.face.answer, message)


@rule("low-confidence", "warning", "confirm the fact, or move it to the concept's `note`")
def low_confidence(deck: Deck) -> Iterator[Finding]:
    """A card says a fact that is less sure than the course's `confidence`.

    fails:
    - {ask: "How many mean commitment when they say so?", answer: One in ten, confidence: reported}
    passes:
    - {ask: "How many attitudes to a vision does Senge tell apart?", answer: Seven, confidence: confirmed}
    """
    bar = deck.course.about.thresholds.confidence
    for card, owner in {note.card.id: (note.card, note.owner) for note in deck.notes}.values():
        own: Confidence = owner.confidence if isinstance(owner, Concept) else "confirmed"
        level = card.confidence or own
        if less_sure(level, bar):
            yield Finding(card, card.id, f"a fact that is {level}, below the course's “{bar}”")
