"""What an author is told of code, lists and keys that YAML joins to the text beside them: where, and what to write."""

from coursedeck.load import assemble
from tables import with_each
from telling import HEAD, told

# --- code and lists whose lines YAML joins ---------------------------------------------------------


CODE = "```python\n    for i in range(3):\n        print(i)\n    ```"
WITH_CODE = {
    "folded": f">\n    {CODE}\n",
    "all in a line": ">-\n    ```python\n    a = 1\n    b = 2\n    ```\n",
    "without a language": ">\n    ```\n    a = 1\n      b = 2\n\n    ```\n",
    "tildes": ">\n    ~~~sh\n    ls\n      cd\n    ~~~\n",
    "with deletions": ">\n    ```python cloze\n    a = 1\n      b = 2\n    ```\n",
    "double quotes": f'"{CODE}"\n',
    "single quotes": f"'{CODE}'\n",
    "plain": "The loop\n    ```python\n    a = 1\n    ```\n",
    "behind words": ">-\n    This one.\n\n    ```python\n    a = 1\n    ```\n",
    "plain, behind words": "Use ```\n    a = 1\n    ```\n",
}


@with_each("written", WITH_CODE.values(), ids=WITH_CODE)
def test_code_whose_first_line_runs_into_another_is_an_error_told_at_that_line(written):
    course = f"{HEAD}- ask: Which loop?\n  answer: {written}"
    _, found = assemble({"t.yaml": course.encode()})
    (said,) = [each for each in found if each.level == "error"]
    lines = course.split("\n")
    first = next(at for at, line in enumerate(lines) if "```" in line or "~~~" in line)
    assert (said.span.line, said.code) == (first + 1, "not-read")
    assert "begins with |" in said.hint
    assert lines[first][said.span.column - 1 :].startswith(("```", "~~~"))


@with_each(
    "written",
    [
        "|\n    ```python\n    a = 1\n    b = 2\n    ```\n",
        ">\n    ```python\n\n    a = 1\n\n    b = 2\n\n    ```\n\n    That is it.\n",
        '"```python\\nfor i in x:\\n\\tprint(i)\\n```"\n',
        '"```python\\n\\\n    a = 1\\n\\\n    ```"\n',
        "It begins with ```` ``` ````,\n    and ends with it\n",
        ">-\n    Which is it:\n    ```a b``` or\n    ```c d```?\n",
    ],
    ids=["literal", "empty lines", "JSON", "written ends", "sign", "in the line"],
)
def test_code_whose_lines_stay_apart_is_not_told(written):
    assert told(f"{HEAD}- ask: Which loop?\n  answer: {written}") == []


def test_joined_code_hides_no_other_error_of_a_course():
    course = f"{HEAD}- ask: Which <b>loop</b>?\n  answer: {WITH_CODE['folded']}"
    assert [line for line, _, code, *_ in told(course) if code == "not-read"] == [3, 5]


ITEMS = {
    "folded": (">-\n    Which floats:\n    - iron\n    - cork\n", (6, 5)),
    "numbers": (">\n    1. fill the burette\n    2. add the indicator\n", (5, 5)),
    "plain": ("Which floats?\n    - iron\n    - cork\n", (5, 5)),
    "quoted": ('"Which floats:\n    1) iron\n    2) cork"\n', (5, 5)),
    "single": ("'Which floats:\n    • iron\n    • cork'\n", (5, 5)),
    "wrapped": (
        ">-\n    - a rather long item of a list that goes on for\n    some words\n    - another\n",
        (6, 5),
    ),
}


@with_each(("written", "place"), ITEMS.values(), ids=ITEMS)
def test_items_of_a_list_that_yaml_joins_are_told(written, place):
    ((*at, code, message, hint),) = told(f"{HEAD}- ask: {written}  answer: Sauer\n")
    assert (tuple(at), code) == (place, "joined-lines")
    assert "no list is read" in message
    assert "begins with |" in hint


def test_a_warning_of_a_list_hides_no_error_of_its_text():
    found = told(
        f"{HEAD}- ask: >-\n    Which <b>floats</b>:\n    - iron\n    - cork\n  answer: b\n"
    )
    assert {code for _, _, code, *_ in found} == {"joined-lines", "not-read"}


@with_each(
    "written",
    [
        "|\n    Which floats?\n\n    - iron\n    - cork\n",
        ">-\n    Which floats?\n\n    - iron\n\n    - cork\n",
        '"Which floats?\\n\\n\\\n    - iron\\n\\\n    - cork"\n',
        ">-\n    Which one was it that came so early in the\n    - or so they say - dark, as all others\n    - and why?\n",
        ">-\n    Was feiert man in den Ländern Europas am\n    1. Mai, wenn es warm wird, und was dann am\n    2. Juni?\n",
        ">-\n    What is $a\n    - b\n    - c$?\n",
        "What is left of it\n    - if anything?\n",
        ">-\n    Who reigned before Henry\n    8. and 9. of his name?\n",
    ],
    ids=["literal", "empty lines", "written", "dashes", "dates", "formula", "one", "number"],
)
def test_lines_that_begin_like_items_within_a_sentence_are_not_told(written):
    assert told(f"{HEAD}- ask: {written}  answer: Sauer\n") == []


# --- keys that are set in too far ------------------------------------------------------------------


SWALLOWED = {
    "literal": ("- ask: Which?\n  answer: |\n    uno\n    more: It is a number.\n", (6, 5)),
    "folded": ("- ask: Which?\n  answer: >-\n    uno\n    more: It is one.\n", (6, 5)),
    "deeper": ("- ask: Which?\n  answer: |\n    uno\n\n      lens: form\n", (7, 7)),
    "quoted": ('- ask: Which?\n  answer: "uno\n    more: dos"\n', (5, 5)),
    "two": ("- ask: Which?\n  answer: |\n    uno\n    more: dos\n    lens: form\n", (6, 5)),
    "cloze": ("- cloze: |\n    {{c1::Uno}} is it.\n    more: dos\n", (5, 5)),
    "card": ("- ask: Which?\n  answer: >-\n    uno\n    - ask: x\n      answer: y\n", (6, 7)),
}


@with_each(("written", "place"), SWALLOWED.values(), ids=SWALLOWED)
def test_a_key_that_a_text_has_swallowed_is_told(written, place):
    found = [each for each in told(HEAD + written) if "no key" in each[3]]
    ((*at, code, _, hint),) = found
    assert (tuple(at), code) == (place, "joined-lines")
    assert "set it in as far as" in hint


@with_each(
    "text",
    [
        "Read this letter.\n\n    answer: soon",
        "Read what stands there.\n\n    viel: much\n\n    more: mehr",
        "Which key has this?\n\n    ```yaml\n    lens: form\n    ```",
        "Which is wrong, and in which of all these letters, and\n    why: the first?",
        "more: is the comparative of much",
        "What is the plural of\n    lens: lenses or lens?",
        "Read the verses.\n\n    Dear Sir,\\\n    more: tomorrow.",
        "Which are they?\n    - ask: a verb\n    - answer: a noun",
        "What is told there?\n    sources: three letters.",
    ],
    ids=["letter", "words", "code", "sentence", "first", "plural", "verses", "list", "sources"],
)
def test_a_line_that_may_begin_with_a_word_and_a_colon_is_not_told(text):
    assert told(f"{HEAD}- ask: |\n    {text}\n  answer: Sauer\n") == []
