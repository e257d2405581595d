"""The schemas that editors get: they take in form what `check` takes, and name what is wrong."""

import json

import pytest
import yaml
from conftest import SAUERTEIG, WORKSHOP, run
from coursedeck.kinds.all import NOTE_TYPES
from coursedeck.load import assemble, load
from coursedeck.source.editor import RECORDS, referring
from coursedeck.source.files import read_files
from jsonschema import Draft202012Validator

pytestmark = pytest.mark.slow

TYPE = {
    "id": "1700000000001",
    "name": "Type",
    "fields": [{"name": "Front"}],
    "templates": [{"name": "One", "front": "{{Front}}", "back": ""}],
}
FILES = {
    "course": "course.yaml",
    "module": "modules/*.yaml",
    "essay": "essays/*.yaml",
    "plan": "plan.yaml",
    "tools": "tools.yaml",
    "sources": "sources.yaml",
    "history": "history.yaml",
    "note-type": "note-types/*.yaml",
}


class Editor(yaml.CSafeLoader):
    """YAML as editors read it: since YAML 1.2, a date is a text."""


Editor.yaml_implicit_resolvers = {
    sign: [pair for pair in pairs if not pair[0].endswith("timestamp")]
    for sign, pairs in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


@pytest.fixture(scope="module")
def schemas():
    made = {sort: json.loads(run("schema", sort).stdout) for sort in RECORDS}
    for schema in made.values():
        Draft202012Validator.check_schema(schema)
    return made


def as_read(text):
    return yaml.load(text, Loader=Editor)  # noqa: S506 - a safe one


def faults(schema, value):
    """What is wrong, each as its path and what the validator says."""
    found = Draft202012Validator(schema).iter_errors(value)
    return [f"/{'/'.join(map(str, each.absolute_path))}: {each.message}" for each in found]


@pytest.mark.parametrize("sort", FILES)
def test_the_schema_of_a_file_takes_the_courses_that_check_takes_and_no_other_key(schemas, sort):
    paths = [*SAUERTEIG.glob(FILES[sort]), *WORKSHOP.glob(FILES[sort])]
    values = [as_read(path.read_text("utf-8")) for path in paths]
    others = {"history": {"retired": [{"card": "a.b", "reason": "So."}]}, "note-type": TYPE}
    assert values or sort in others
    for value in values or [others[sort]]:
        assert faults(schemas[sort], value) == []
        (said,) = faults(schemas[sort], value | {"colour": "red"})
        assert ("is not of type 'object'" if sort == "sources" else "'colour' was un") in said


@pytest.mark.parametrize(
    ("work", "sound"),
    [
        ("{type: Book, title: T}", True),
        ("{type: article, title: T, date: 2006-05, parent: {type: periodical, title: P}}", True),
        ("{type: Web, title: T, url: {value: 'https://example.org', date: 2020-01-01}}", True),
        ("{type: Web, title: T, url: 'https://example.org'}", True),
        ("{type: Web, title: T, url: 'ftp://example.org'}", False),
        ("{type: Book}", False),
        ("{title: T}", False),
        ("T", False),
    ],
)
def test_a_schema_and_check_agree_on_a_work(schemas, work, sound):
    text = f"a-work: {work}\n"
    files = {
        "course.yaml": b"{id: c, title: T}",
        "modules/m.yaml": b"{title: M, cards: [{ask: Why?, answer: So., sources: [a-work]}]}",
    }
    course, wrong = assemble({**files, "sources.yaml": text.encode()}, warnings=False)
    assert (course is not None) == sound, wrong
    assert (faults(schemas["sources"], as_read(text)) == []) == sound


def test_the_files_of_a_new_course_and_what_is_added_name_their_schemas(tmp_path):
    folder = tmp_path / "bread"
    run("new", "course", folder)
    run("new", "module", "dough", folder)
    for path in (
        folder / "course.yaml",
        folder / "modules/basics.yaml",
        folder / "modules/dough.yaml",
    ):
        line, _, rest = path.read_text("utf-8").partition("\n")
        schema = path.parent / line.removeprefix("# yaml-language-server: $schema=")
        assert faults(json.loads(schema.read_text("utf-8")), as_read(rest)) == []
    assert load(folder)[0]


def test_every_key_says_what_it_is_and_every_kind_shows_a_card(schemas):
    for schema in schemas.values():
        for record in schema["$defs"].values():
            assert record["description"]
            assert all(key["description"] for key in record["properties"].values())
    kinds = [each for each in schemas["cards"]["$defs"].values() if "examples" in each]
    assert len(kinds) == len(NOTE_TYPES)
    for kind in kinds:
        assert faults(schemas["cards"], {"title": "T", "cards": kind["examples"]}) == []


def test_a_misspelt_key_of_a_card_is_named(schemas):
    card = {"ask": "Why?", "awnser": "So."}
    said = "\n".join(faults(schemas["cards"], {"title": "T", "cards": [card]}))
    assert "/cards/0: Additional properties are not allowed ('awnser' was unexpected)" in said
    assert "/cards/0: 'answer' is a required property" in said


ASK = "ask: Why is it so?"
SORT = "sort: {ask: Which is it?, options: [A, B], cases: [{case: One., belongs: A, why: W.}, {case: Two., belongs: B, why: V.}]}"
EACH = "{case: One., answer: A., why: X.}, {case: Two., answer: B., why: Y.}, {case: Three., answer: C., why: Z.}"
CASES = f"cases: {{ask: What now?, cases: [{EACH}]}}"
SEQUENCE = "sequence: {prompt: The two. Which is missing?, ordered: true, items: [{text: One}, {text: Two}]}"
PAIR = "pair: {left: Dog, right: Hund}"
# A card each: a name, the card, and whether it is one.
CARDS = {
    "a question": (f"{{{ASK}, answer: So.}}", True),
    "a cloze": ("{cloze: 'It is {{c1::so}} and no other way, they say.'}", True),
    "a pair": (f"{{{PAIR}}}", True),
    "a sequence": (f"{{{SEQUENCE}}}", True),
    "a sort": (f"{{{SORT}}}", True),
    "cases": (f"{{{CASES}}}", True),
    "rows of pairs": ("{pairs: [{Dog: Hund}, {Cat: Katze}]}", True),
    "rows with a question": ("{pairs: [{Dog: Hund}], to-right: In German?}", True),
    "rows one way": ("{pairs: [{Dog: Hund}], one-way: true}", True),
    "an id": (f"{{id: why-so, {ASK}, answer: So.}}", True),
    "an id of digits": (f"{{id: 2020, {ASK}, answer: So.}}", True),
    "an id in capitals": (f"{{id: Why, {ASK}, answer: So.}}", False),
    "an id with a blank": (f"{{id: why so, {ASK}, answer: So.}}", False),
    "an id with two hyphens": (f"{{id: why--so, {ASK}, answer: So.}}", False),
    "an answer of a number": (f"{{{ASK}, answer: 2006}}", True),
    "an answer of a decimal": (f"{{{ASK}, answer: 1.5}}", True),
    "an answer that is true": (f"{{{ASK}, answer: true}}", True),
    "an answer that is null": (f"{{{ASK}, answer: null}}", False),
    "an answer that is a tilde": (f"{{{ASK}, answer: ~}}", False),
    "an answer left empty": (f"{{{ASK}, answer: ''}}", False),
    "an answer of blanks": (f"{{{ASK}, answer: '  '}}", False),
    "an answer that is a list": (f"{{{ASK}, answer: [a, b]}}", False),
    "an answer that is keys": (f"{{{ASK}, answer: {{a: b}}}}", False),
    "no answer": (f"{{{ASK}}}", False),
    "no question": ("{answer: So.}", False),
    "no content": ("{id: a}", False),
    "nothing": ("{}", False),
    "a misspelt key": (f"{{{ASK}, awnser: So.}}", False),
    "another key": (f"{{{ASK}, answer: So., colour: red}}", False),
    "two kinds": (f"{{{ASK}, answer: So., {PAIR}}}", False),
    "a text for a card": ("Why?", False),
    "a list for a card": ("[Why?]", False),
    "more": (f"{{{ASK}, answer: So., more: Because.}}", True),
    "a lens": (f"{{{ASK}, answer: So., lens: part}}", True),
    "a lens that there is not": (f"{{{ASK}, answer: So., lens: whole}}", False),
    "what is asked for": (f"{{{ASK}, answer: So., asks: reason}}", True),
    "what is never asked for": (f"{{{ASK}, answer: So., asks: luck}}", False),
    "a confidence": (f"{{{ASK}, answer: So., confidence: confirmed}}", True),
    "a confidence that there is not": (f"{{{ASK}, answer: So., confidence: high}}", False),
    "tags": (f"{{{ASK}, answer: So., tags: [one, two]}}", True),
    "a tag alone": (f"{{{ASK}, answer: So., tags: one}}", False),
    "a waiver": (f"{{{ASK}, answer: So., waive: [{{rule: same-answer, reason: So.}}]}}", True),
    "a waiver without a reason": (f"{{{ASK}, answer: So., waive: [{{rule: same-answer}}]}}", False),
    "a pair of one side": ("{pair: {left: Dog}}", False),
    "a pair of three sides": ("{pair: {left: Dog, right: Hund, up: Wow}}", False),
    "a side of two lines": ('{pair: {left: "Dog\\nCat", right: Hund}}', False),
    "a side that ends its line": ('{pair: {left: "Dog\\n", right: Hund}}', True),
    "a pair in a language": ("{pair: {left: Dog, right: Hund, right-language: de}}", True),
    "a sequence without order": (f"{{{SEQUENCE.replace('ordered: true, ', '')}}}", False),
    "an order that is a word": (f"{{{SEQUENCE.replace('true', 'maybe')}}}", False),
    "an item that is a text": (f"{{{SEQUENCE.replace('{text: Two}', 'Two')}}}", False),
    "an item with more": (f"{{{SEQUENCE.replace('text: Two', 'text: Two, more: M.')}}}", True),
    "a case without a reason": (f"{{{CASES.replace(', why: Z.', '')}}}", False),
    "a case of a sort without a place": (f"{{{SORT.replace('belongs: B, ', '')}}}", False),
    "options that are a text": (f"{{{SORT.replace('[A, B]', 'A')}}}", False),
    "rows that are a number": ("{pairs: 5}", False),
    "rows that are keys": ("{pairs: {Dog: Hund}}", False),
    "a question in a block": ("\n    ask: |-\n      Why?\n\n      And how?\n    answer: So.", True),
    "a question in a fold": ("\n    ask: >-\n      Why is\n      it so?\n    answer: So.", True),
    "a question of a date": ("{ask: 2020-01-02, answer: So.}", True),
}
HEADS = {
    "a title of a number": ("title: 1984\n", True),
    "no title": ("", False),
    "a title of two lines": ('title: "T\\nU"\n', False),
    "a language": ("title: T\nlanguage: de\n", True),
    "another key of the file": ("title: T\ncolour: red\n", False),
}


def test_there_are_sixty_variants():
    assert len(CARDS) + len(HEADS) >= 60


def agreed(schemas, text, sound):
    course, wrong = assemble({"t.yaml": text.encode()}, warnings=False)
    assert (course is not None) == sound, wrong
    said = faults(schemas["cards"], as_read(text))
    assert (said == []) == sound, said


@pytest.mark.parametrize("name", CARDS)
def test_a_schema_and_check_agree_on_a_card(schemas, name):
    card, sound = CARDS[name]
    agreed(schemas, f"title: T\ncards:\n  - {card.lstrip()}\n", sound)


@pytest.mark.parametrize("name", HEADS)
def test_a_schema_and_check_agree_on_a_file(schemas, name):
    head, sound = HEADS[name]
    agreed(schemas, f"{head}cards: [{{{ASK}, answer: So.}}]\n", sound)


def test_the_schema_of_a_module_finds_what_check_finds(schemas):
    value = as_read((SAUERTEIG / "modules" / "grundlagen.yaml").read_text("utf-8"))
    value["accent"] = "lila"
    del value["title"]
    value["concepts"][0]["cards"][0] |= {"lens": "bedeutung"}
    value["objectives"][0]["id"] = "G Stufen"
    assert sorted(each.partition(":")[0] for each in faults(schemas["module"], value)) == [
        "/",
        "/accent",
        "/concepts/0/cards/0/lens",
        "/objectives/0/id",
    ]


def test_schemas_lie_in_the_course_and_each_of_its_files_names_its_own(course_folder):
    before = read_files(course_folder)
    run("schema", "--write", course_folder)
    after = read_files(course_folder)
    for path, data in after.items():
        if path.endswith(".yaml"):
            line, _, rest = data.decode().partition("\n")
            assert rest.encode() == before[path]
            named = line.removeprefix("# yaml-language-server: $schema=")
            schema = json.loads((course_folder / path).parent.joinpath(named).read_text("utf-8"))
            assert faults(schema, as_read(rest)) == []
        else:
            assert data == before[path]
    run("schema", "--write", course_folder)
    assert read_files(course_folder) == after
    assert load(course_folder)[1] == load(SAUERTEIG)[1]
    assert "--write" in run("schema", code=2).stderr


def test_a_schema_takes_the_place_of_a_link_and_what_it_led_to_stays(course_folder, tmp_path):
    mine = tmp_path / "mine.json"
    mine.write_text("mine")
    folder = course_folder / "schema"
    folder.mkdir()
    (folder / "cards.json").symlink_to(mine)
    (folder / "course.json").symlink_to(tmp_path / "nowhere.json")
    run("schema", "--write", course_folder)
    assert mine.read_text() == "mine"
    assert not (tmp_path / "nowhere.json").exists()
    assert "$schema" in json.loads((folder / "cards.json").read_text("utf-8"))


def test_no_schema_is_written_where_their_folder_is_a_link_that_leads_out(course_folder, tmp_path):
    before = read_files(course_folder)
    (tmp_path / "else").mkdir()
    (course_folder / "schema").symlink_to(tmp_path / "else")
    assert "leads out" in run("schema", "--write", course_folder, code=1).stderr
    assert [*(tmp_path / "else").iterdir()] == []
    assert read_files(course_folder) == before


def test_a_file_that_changes_while_schemas_are_written_stays(course_folder, monkeypatch):
    about = course_folder / "course.yaml"

    def referring_late(files):
        about.write_bytes(about.read_bytes() + b"# saved meanwhile\n")
        return referring(files)

    monkeypatch.setattr("coursedeck.source.editor.referring", referring_late)
    assert "changed meanwhile" in run("schema", "--write", course_folder, code=1).stderr
    assert about.read_bytes().endswith(b"# saved meanwhile\n")
    assert not (course_folder / "schema").exists()


def test_a_schema_of_a_file_that_there_is_not_is_wrong_usage():
    assert "'tools'" in run("schema", "decks", code=2).stderr
