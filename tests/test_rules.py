"""The rules for prompts, held to the examples in their own documentation."""

import inspect
import json
import re
import textwrap

import pytest
import yaml
from conftest import SAUERTEIG
from coursedeck.checks.rules import RULES
from coursedeck.load import assemble
from coursedeck.source.files import read_files
from tables import with_each

MODULE = """
id: grundlagen
title: Grundlagen
deck: 1 Grundlagen
accent: amber
chapters: none
summary: A summary.
opening: [What is it?]
objectives: [{id: g-stufen, text: name it, outcome: fuehren}]
concepts:
- id: anstellgut
  name: A concept
  definition: Something.
  why: Therefore.
  example: So.
  sources: [backbuch]
  objectives: [g-stufen]
  cards:
"""


def drawing(title, labels=("Crust", "Crumb")):
    """A drawing with two labels, of which a title may tell one."""
    groups = "".join(
        f'<g data-mask="{n}"><title>{word}</title><rect x="0" y="{n * 40}" width="80" height="30"/></g>'
        for n, word in enumerate(labels, 1)
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 240" width="480" height="240">'
        f"<title>{title}</title><desc>Drawn for tests.</desc>{groups}</svg>"
    ).encode()


DRAWINGS = {
    "told.svg": drawing("A loaf and its crust"),
    "untold.svg": drawing("A loaf"),
    "letters.svg": drawing("A trace", ("P wave", "T wave")),
    "numbers.svg": drawing("A wall", ("Layer one", "Layer two")),
    "longer.svg": drawing("A wall", ("Wave", "T wave")),
}
COURSE = (SAUERTEIG / "course.yaml").read_bytes()
AROUND = {
    "course.yaml": COURSE.replace(b"language: de", b"language: en").replace(b", texte]", b"]"),
    "sources.yaml": (SAUERTEIG / "sources.yaml").read_bytes(),
}


def problems_of(cards):
    """What is said of a course, in English, whose only module has these cards."""
    shown = {name: data for name, data in DRAWINGS.items() if name in str(cards)}
    files = AROUND | {f"media/{name}": data for name, data in shown.items()}
    rows = [{"id": f"card-{number}", "lens": "part"} | card for number, card in enumerate(cards)]
    files["modules/grundlagen.yaml"] = (
        MODULE + textwrap.indent(yaml.safe_dump(rows, allow_unicode=True, sort_keys=False), "  ")
    ).encode()
    _, problems = assemble(files)
    return problems


def examples(rule, word):
    text = inspect.cleandoc(rule.documentation)
    found = re.search(rf"^{word}:\n((?:^[- ].*\n?)+)", text, re.MULTILINE)
    return yaml.safe_load(found[1]) if found else []


def codes(problems):
    return [problem.code for problem in problems]


ACROSS = {
    "overlap",
    "same-answer",
    "answer-just-shown",
    "answer-in-row",
}  # these need their failing cards together


@with_each("rule", RULES, ids=[rule.id for rule in RULES])
def test_each_failing_example_of_a_rule_fails_it_at_its_level(rule):
    failing = examples(rule, "fails")
    assert failing
    for cards in [failing] if rule.id in ACROSS else [[card] for card in failing]:
        found = [problem for problem in problems_of(cards) if problem.code == rule.id]
        assert found, cards
        assert {problem.level for problem in found} == {rule.level}
        assert all(problem.hint for problem in found)


@with_each("rule", RULES, ids=[rule.id for rule in RULES])
def test_the_passing_examples_of_a_rule_pass_every_rule(rule):
    passing = examples(rule, "passes")
    assert passing
    found = [p for p in problems_of(passing) if p.code in {each.id for each in RULES}]
    assert found == []


def test_a_rule_points_to_the_line_of_the_text_that_breaks_it():
    problem = next(
        p
        for p in problems_of([{"ask": "Describe creative tension.", "answer": "A pull"}])
        if p.code == "vague-verb"
    )
    line = (MODULE + "").count("\n") + 3
    assert (problem.span.path, problem.span.line) == ("modules/grundlagen.yaml", line)


def test_a_waiver_excuses_its_card_and_only_that():
    vague = {"ask": "Describe creative tension.", "answer": "A pull"}
    waived = vague | {"waive": [{"rule": "vague-verb", "reason": "a drawing is asked for"}]}
    found = [
        p
        for p in problems_of([waived, vague | {"ask": "Discuss the ladder."}])
        if p.code == "vague-verb"
    ]
    assert [p.message.partition(":")[0] for p in found] == ["card-1"]


def test_a_waiver_that_excuses_nothing_is_a_warning():
    card = {"ask": "What pulls between the two?", "answer": "Tension"}
    waived = card | {"waive": [{"rule": "yes-no", "reason": "none"}]}
    assert "unused-waiver" in codes(problems_of([waived]))


def test_a_waiver_of_a_rule_that_does_not_exist_is_an_error_with_the_nearest_name():
    card = {"ask": "What pulls between the two?", "answer": "Tension"}
    waived = card | {"waive": [{"rule": "yes-or-no", "reason": "none"}]}
    problem = next(p for p in problems_of([waived]) if p.code == "unknown-rule")
    assert problem.level == "error"
    assert "yes-no" in problem.hint


def test_a_threshold_of_the_course_decides():
    files = read_files(SAUERTEIG)
    _, before = assemble(files)
    files["course.yaml"] += b"thresholds: {question-words: 3}\n"
    _, after = assemble(files)
    assert "long-question" not in codes(before)
    assert "long-question" in codes(after)


def test_ids_of_rules_differ():
    assert len({rule.id for rule in RULES}) == len(RULES)


def test_words_that_the_card_gives_its_drawing_are_named_as_its_own():
    """They stand under `alt`, and not in the drawing."""
    card = {"diagram": {"image": "untold.svg", "prompt": "Which?", "alt": "A loaf with its crust"}}
    found = [p for p in problems_of([card]) if p.code == "answer-in-drawing"]
    (message,) = (p.message for p in found)
    assert message.startswith("card-0: the alternative text under `alt`, “A loaf with its crust”,")


# --- formulas and code ----------------------------------------------------------------------------

NEWTON = r"$$x_{n+1} = x_n - \frac{ {{c1::f(x_n)}} }{ {{c2::f'(x_n)}} }$$"
LISTING = "What does this print?\n\n```python\n" + "total = total + step * 2\n" * 6 + "```"
TABLE = (
    "By how much does it rise?\n\n| before | after |\n|---|---|\n"
    + "| 1 is low | 2 is high |\n" * 6
)


@pytest.mark.parametrize(
    "card",
    [
        {"cloze": NEWTON},
        {"cloze": "Of two functions, $(uv)' = u'v + {{c1::uv'}}$, and not ${{c2::u'v'}}$."},
        {"ask": "What is the derivative of $f(x) = e^{-x^2/2}$?", "answer": "$-x e^{-x^2/2}$"},
        {"ask": "What becomes of `f(x + h)` one step back?", "answer": "`f(x - h)`"},
        {
            "cloze": "A central difference:\n\n```rust cloze\n(f(x + h) - f({{c1::x - h}})) / 2.0\n```"
        },
    ],
)
def test_signs_that_a_formula_or_code_shares_with_another_give_nothing_away(card):
    assert "answer-in-question" not in codes(problems_of([card]))


@with_each(
    "card",
    [
        {"ask": "Why is $f(x)$ written as $f( x )$ here?", "answer": "$f(x)$"},
        {"ask": "What does `a -> b` say?", "answer": "`a->b`"},
        {"ask": "Where does `mut` stand in a binding?", "answer": "mut"},
        {"ask": "What is 5 less than 10?", "answer": "$5$"},
    ],
)
def test_the_same_formula_code_or_number_in_the_question_is_found(card):
    assert "answer-in-question" in codes(problems_of([card]))


@pytest.mark.parametrize(
    ("other", "told"),
    [("Why is $f'(x_n)$ not zero?", False), ("Why is $f(x_n)$ not zero at the start?", True)],
)
def test_only_the_same_formula_on_another_card_shows_an_answer(other, told):
    found = problems_of(
        [
            {"ask": other, "answer": "It would divide by nothing."},
            {"ask": "What stands above the line in Newton's step?", "answer": "$f(x_n)$"},
        ]
    )
    assert ("answer-in-row" in codes(found)) is told


def test_questions_that_differ_in_a_formula_alone_ask_for_different_things():
    def asked(formula):
        return {"ask": f"Where is {formula} zero?", "answer": "So"}

    apart = problems_of([asked("$f(x)$"), asked("$f'(x)$")])
    same = problems_of([asked("$f(x)$"), asked("$f( x )$")])
    assert ("overlap" in codes(apart), "overlap" in codes(same)) == (False, True)


@pytest.mark.parametrize(
    "question", [LISTING, TABLE, f"What lies here? ![{'a row of words ' * 9}](a.png)"]
)
def test_code_tables_and_alternative_texts_are_not_counted_as_words_of_a_question(question):
    assert "long-question" not in codes(problems_of([{"ask": question, "answer": "So"}]))


def test_the_words_around_code_are_counted_and_a_long_question_of_a_cloze_is_told_once():
    words = "one two three four five six seven eight nine ten " * 3
    cloze = f"{words} {{{{c1::Anna}}}} and {{{{c2::Berta, the sister}}}}\n\n```\ncode\n```"
    found = [p.message for p in problems_of([{"cloze": cloze}]) if p.code == "long-question"]
    assert found == ["card-0: the question has 34 words, over 25"]


def test_code_is_not_counted_as_words_of_an_answer():
    answer = LISTING.replace("What does this print?", "Such a loop:")
    assert "long-answer" not in codes(problems_of([{"ask": "How do you add?", "answer": answer}]))


@with_each(
    ("question", "two"),
    [
        ("What is missing?\n\n| a | b |\n|---|---|\n| 1 | ? |", False),
        (r"For which $a$ is $a \overset{?}{=} b$ true at once?", False),
        ("What does `x?` return in Rust?", False),
        ("What does she ask for?\n\n> Who are you?", False),
        ("What does `x?` return? And who wrote it?", True),
    ],
)
def test_question_marks_of_tables_formulas_code_and_quotations_ask_nothing(question, two):
    assert ("two-questions" in codes(problems_of([{"ask": question, "answer": "So"}]))) is two


@pytest.mark.parametrize(
    ("answer", "is_set"),
    [
        ("`{x = 1, y = 2, z = 3}` in turn", False),
        ("$f(a, b, c, d)$", False),
        ("`x`, `y` and `z`", True),
    ],
)
def test_commas_of_code_and_formulas_make_no_set(answer, is_set):
    found = codes(problems_of([{"ask": "Which are they in this loop?", "answer": answer}]))
    assert ("set-answer" in found) is is_set


@with_each(
    ("question", "answer", "is_set"),
    [
        ("Where was Goethe born?", "Frankfurt am Main, Hesse, Germany", False),
        ("When did Goethe die?", "On Thursday, 22 March 1832, in Weimar", False),
        ("What is the address of Holmes?", "221B Baker Street, London, NW1", False),
        ("Which test is it?", "t-test (p < 0.05, p < .01, p < .001)", False),
        ("Why did Rome fall?", "Overstretch, so Gibbon, among others, thought", False),
        (
            "Which test?",
            "Welch, by default (it was, until 2010, the other, older one), here, now",
            False,
        ),
        ("Where do lions live?", "Africa, India and Iran", True),
        ("Goethe, the poet: where was he born?", "Frankfurt am Main, Hesse, Germany", False),
        ("When did he, who wrote “Faust”, die?", "On Thursday, 22 March 1832, in Weimar", False),
        ("Goethe died in which town, and when?", "Weimar, Thuringia, 1832", True),
        ("Goethe died when?", "On Thursday, 22 March 1832, in Weimar", False),
        ("He loved it. Since when? Say so.", "Thursday, 22 March 1832, in Weimar", False),
        ("At which address did Holmes live?", "221B Baker Street, London, NW1", False),
        ("Name the address of Holmes.", "221B Baker Street, London, NW1", False),
        ("What happens when demand falls?", "Prices drop, stocks rise, jobs go", True),
        ("When demand falls, what happens?", "Prices drop, stocks rise, jobs go", True),
        ("Name three things that happen when it rains.", "Mud, floods, rainbows", True),
        ("Which three trees grow where it is wet?", "Alder, willow, poplar", True),
        ("Who says “Where are we?” in it?", "Anna, Bert, Carl", True),
        ("When it rains, it pours. Which words rhyme?", "Rain, gain, pain", True),
        ("Which colours has the flag?", "Black, red, gold", True),
        ("Which three does it need?", "Suspension, colleagues (two), a facilitator", True),
    ],
)
def test_commas_of_a_place_a_date_or_a_remark_make_no_set(question, answer, is_set):
    found = codes(problems_of([{"ask": question, "answer": answer}]))
    assert ("set-answer" in found) is is_set


@with_each(
    ("question", "answer", "is_set"),
    [
        ("Wo wurde Goethe geboren?", "Frankfurt am Main, Hessen, Deutschland", False),
        ("Wann ist er gestorben?", "Donnerstag, 22. März 1832, Weimar", False),
        ("Was entsteht, wo Platten sich treffen?", "Berge, Gräben, Vulkane", True),
        ("Woran erkennt man, wann der Teig reif ist?", "Geruch, Blasen, Volumen", True),
        ("Wie lautet die Anschrift?", "Gasse 5, 99423 Weimar, Thüringen", False),
    ],
)
def test_a_german_question_asks_for_what_its_own_word_asks(question, answer, is_set):
    card = f"title: K\nlanguage: de\ncards: [{{ask: '{question}', answer: '{answer}'}}]"
    _, problems = assemble({"cards.yaml": card.encode()})
    assert ("set-answer" in codes(problems)) is is_set


TABLE = "| group | n |\n|---|---|\n| Adults | 10 |\n| Children | 20 |"


@with_each(
    ("question", "answer", "told"),
    [
        ("What is the value of |x| for x < 0?", "-x", False),
        ("What does x[1:2] return for x=[1,2]?", "[2]", False),
        ("What does +x give for x < 0?", "−x", False),
        (f"Which group is larger?\n\n{TABLE}", "Children", False),
        (f"Of which group do children make 20?\n\n{TABLE}", "Children", True),
        ("Which list is [1, 2] in Python?", "[1, 2]", True),
        ("Which is the well-known rule?", "Well-known", True),
        ("What does Senge call creative tension?", "“Creative tension”.", True),
    ],
)
def test_an_answer_stands_in_the_question_with_its_signs_and_beside_tables(question, answer, told):
    found = codes(problems_of([{"ask": question, "answer": answer}]))
    assert ("answer-in-question" in found) is told


@with_each(
    ("answer", "is_set"),
    [
        ("Ihre Fähigkeit, das zu schaffen, was ihnen wichtig ist.", False),
        ("Dass man sieht, was man tut, und es ändert.", False),
        ("Mut, Ruhe, Geduld und Zeit", True),
        ("Mut, Ruhe, Geduld und Zeit, um zu üben", True),
    ],
)
def test_commas_before_clauses_make_no_set_in_german(answer, is_set):
    cards = f"title: K\nlanguage: de\ncards: [{{ask: Was braucht wer übt?, answer: '{answer}'}}]"
    _, problems = assemble({"cards.yaml": cards.encode()})
    assert ("set-answer" in codes(problems)) is is_set


@with_each(
    ("asked", "bare"),
    [
        ("What barks?", False),
        ("Who wrote Faust?", False),
        ("Why?", True),
        ("Creative tension?", True),
    ],
)
def test_a_question_word_and_what_it_asks_of_are_a_question(asked, bare):
    found = codes(problems_of([{"ask": asked, "answer": "A dog"}]))
    assert ("no-referent" in found) is bare


def test_a_formula_alone_is_no_bare_term():
    found = codes(problems_of([{"ask": r"$\int_0^1 x^2\,dx = ?$", "answer": "A third"}]))
    assert "no-referent" not in found


def found_by(rule, ask, answer="A dog", language="en"):
    card = json.dumps({"ask": ask, "answer": answer}, ensure_ascii=False)
    text = f"title: K\nlanguage: {language}\ncards:\n- {card}\n"
    _, problems = assemble({"cards.yaml": text.encode()})
    return rule in codes(problems)


@with_each(
    ("ask", "answer", "language"),
    [
        ("What is the chemical symbol of nobelium?", "No", "en"),
        ("Which answer does German give for “no”?", "No man's land is Niemandsland", "en"),
        ("Which series has a minister named Hacker?", "Yes Minister", "en"),
        ("Which scent did Chanel bring out first?", "No. 5", "en"),
        ("Was heißt „no“ im Deutschen?", "Nein", "de"),
        ("Wer spricht im Bundestag?", "Ja-Sager", "de"),
        ("虫歯をなおす人はだれですか。", "はいしゃさん", "ja"),
        ("May has how many days?", "31", "en"),
        ("What ended in Europe? May 1945.", "The war", "en"),
        ("Will Smith played which film agent in 1997?", "Agent J", "en"),
        ("May is followed by which month?", "June", "en"),
    ],
)
def test_a_word_of_a_yes_no_question_alone_makes_none(ask, answer, language):
    assert not found_by("yes-no", ask, answer, language)


@with_each(
    ("ask", "answer", "language"),
    [
        ("What of leaders who order growth?", "No, growth is chosen.", "en"),
        ("What of leaders who order growth?", "No – growth is chosen.", "en"),
        ("What of leaders who order growth?", "“No”: growth is chosen.", "en"),
        ("Leaders order growth, in Senge’s eyes?", "No.", "en"),
        ("Was ist mit Wachstum auf Befehl?", "Nein; es wird gewählt.", "de"),
        ("これは駅ですよね。", "はい、駅です。", "ja"),
        ("May a driver stop on the hard shoulder?", "In need only", "en"),
        ("Will Germany phase out coal?", "In 2038", "en"),
    ],
)
def test_what_says_yes_or_no_or_asks_for_it_is_told(ask, answer, language):
    assert found_by("yes-no", ask, answer, language)


@with_each(
    ("ask", "language"),
    [
        ("IT stands for which field of work?", "en"),
        ("ER ist die Abkürzung welches Teils der Zelle?", "de"),
        ("Which is older, the Aeneid or the text of Homer?", "en"),
        ("What did the author Jane Austen never sign?", "en"),
        ("Who answers to the authorities of a port?", "en"),
        ("What did the textile industry of Lyon weave?", "en"),
        ("Was dachte der Autor der Buddenbrooks über Lübeck?", "de"),
    ],
)
def test_what_is_named_on_the_card_is_no_pointer_to_nothing(ask, language):
    assert not found_by("no-referent", ask, language=language)


@with_each(
    ("ask", "language"),
    [
        ("It pulls between two poles. What is meant?", "en"),
        ("IT PULLS BETWEEN TWO POLES. WHAT IS MEANT?", "en"),
        ("What does the author say of vision?", "en"),
        ("What does the author of this book say of vision?", "en"),
        ("What does the text, in short, say?", "en"),
        ("Was sagt der Autor über Visionen?", "de"),
        ("Was meint der Autor des Buches damit?", "de"),
    ],
)
def test_what_the_card_does_not_name_is_told(ask, language):
    assert found_by("no-referent", ask, language=language)


# --- drawings, phrases, decks ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("image", "told"), [("letters.svg", False), ("numbers.svg", False), ("longer.svg", True)]
)
def test_single_letters_and_numbers_tell_the_labels_of_a_drawing_apart(image, told):
    card = {"diagram": {"image": image, "prompt": "What stands under the mask?"}}
    assert ("answer-in-drawing" in codes(problems_of([card]))) is told


def test_an_alternative_text_that_shows_a_label_is_named_as_such_at_its_line():
    diagram = {"image": "untold.svg", "prompt": "What stands here?", "alt": "A loaf and its crust"}
    found = [p for p in problems_of([{"diagram": diagram}]) if p.code == "answer-in-drawing"]
    named = "card-0: the alternative text under `alt`, “A loaf and its crust”, shows “Crust”"
    assert [p.message for p in found] == [named]
    assert found[0].span.line == MODULE.count("\n") + 6


@with_each(
    ("said", "shown"),
    [
        ("In this view the right atrium is left out.", False),
        ("To the left, behind the right atrium, lies the aorta.", False),
        ("Blood enters the left atrium.", True),
        ("It is left of the atrium.", True),
    ],
)
def test_a_short_answer_is_shown_where_its_words_stand_side_by_side(said, shown):
    cards = [
        {"ask": "Which valve has three leaves?", "answer": "Tricuspid", "more": said},
        {
            "ask": "Where do the veins of the lungs end?",
            "answer": "In the left atrium",
            "more": "No tricuspid there.",  # so that neither order of the two is free of leaks
        },
    ]
    assert ("answer-just-shown" in codes(problems_of(cards))) is shown


def test_two_cards_that_show_each_other_are_told_once_with_what_an_author_can_do():
    cards = [
        {
            "ask": "Where do the lungs' veins end?",
            "answer": "Left atrium",
            "more": "Not the mitral valve.",
        },
        {"ask": "What closes it?", "answer": "Mitral valve", "more": "Below the left atrium."},
    ]
    found = [p for p in problems_of(cards) if p.code == "answer-just-shown"]
    assert len(found) == 1
    assert "ask in other words" in found[0].hint
    assert "waive" in found[0].hint
    assert "more cards between" not in found[0].hint


def test_who_has_one_module_is_not_told_to_move_a_card_to_another():
    cards = [
        {"ask": "Who drew the ladder?", "answer": "Argyris", "more": "It was new in 1974."},
        {"ask": "When did Argyris draw the ladder?", "answer": "In 1974"},
    ]
    text = json.dumps({"title": "Ladders", "cards": cards})
    (found,) = (p for p in assemble({"a.yaml": text.encode()})[1] if p.code == "answer-just-shown")
    assert "module" not in found.hint
    assert "`coursedeck list --why`" in found.hint


def test_a_question_that_is_quoted_ends_with_a_whole_word():
    ask = "Why do you wear gloves, goggles and a long coat when you dilute {} sulphuric acid?"
    cards = [{"ask": ask.format(how), "answer": how.upper()} for how in ("strong", "weak")]
    (found,) = (p for p in problems_of(cards) if p.code == "overlap")
    assert found.message.endswith("“Why do you wear gloves, goggles and a long coat when you …”")


@pytest.mark.parametrize(
    ("answer", "told"), [("1", False), ("Grundlagen", True), ("1 Grundlagen", True)]
)
def test_a_number_alone_is_not_shown_by_that_of_a_deck(answer, told):
    card = {"ask": "What comes before the advanced unit of a course?", "answer": answer}
    assert ("answer-in-context" in codes(problems_of([card]))) is told
