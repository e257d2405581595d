"""New courses, and new modules, concepts and cards of one that is there."""

import itertools
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from ..identity import card_of
from ..late import late
from ..load import assemble
from ..media.names import FONTS, KNOWN
from ..problems import Refusal, did_you_mean, errors
from ..published import ledger_file
from ..source import yaml
from ..source.files import COURSE, ledger_name, main_of, read_files
from ..source.naming import Namer, slug
from ..source.records import ID
from ..source.write import appended, edited
from ..source.written import Value, document

# A small course with a card of each kind, which comes with the program.
EXAMPLE = Path(__file__).parents[1] / "example"
# Beside it, cards of each kind without words, and what one of them shows.
BLANK, PICTURE = EXAMPLE / "blank.yaml", "jar.svg"
COPY = "{} (copy)"
MODULE = late(r"modules/[^/]+\.yaml")
ATTRIBUTES = ".gitattributes"
ELSEWHERE = "while titles and all else that learners read may have any letters"
LEFT_BEHIND = "history.yaml"  # what became of what learners of the original have


def example(key: str) -> dict[str, bytes]:
    """The files of a course that begins as the example. It keeps the deck, since nobody has the original."""
    return copied(read_files(EXAMPLE), key, "{}")


def copied(files: Mapping[str, bytes], key: str, deck: str = COPY) -> dict[str, bytes]:
    """The files of a course that begins as a copy of another one: a fork, a translation.

    It has a key of its own, so that its notes are not the original's, and another deck, so that their cards do not mix; the
    author gives it a title and a deck of its own. What was published of the original stays behind.

    Raises Refusal where its main file cannot be edited.
    """

    def edit(course: Any) -> None:
        at = list(course).index("id") + 1 if "id" in course else 0
        if "key" in course:
            course["key"] = key
        else:
            course.insert(at, "key", key)
        course["deck"] = deck.format(course.get("deck") or course["title"])
        for gone in ("retired", "renamed"):  # where a course of one file has its history
            course.pop(gone, None)

    main = main_of(files)
    left = (LEFT_BEHIND, ledger_name(main))
    kept = {name: data for name, data in files.items() if name not in left}
    text = edited(files[main].decode("utf-8"), main, edit)
    made = {main: text.encode(), ATTRIBUTES: attributes()}
    return kept | made


def attributes() -> bytes:
    """The file by which git keeps the bytes of a course in any clone."""
    lines = [
        "# Line ends are LF everywhere: a drawing's name in Anki hangs on its bytes.",
        "* text=auto eol=lf",
        *(f"*.{ending} binary" for ending in ("apkg", "pdf", *KNOWN, *FONTS) if ending != "svg"),
    ]
    return ("\n".join(lines) + "\n").encode()


# --- parts of a course -----------------------------------------------------------------------------


def with_module(files: Mapping[str, bytes], id_: str) -> dict[str, bytes]:
    """The new bytes of the files of a course, by path, that has one more module, with a card to put one's own words into.

    Raises Refusal when the id is taken, or the course is one file.
    """
    main = main_of(files)
    path = f"modules/{id_}.yaml"
    if main != COURSE:
        raise Refusal(f"{main} is a course of one file: a folder with {COURSE} has modules")
    _refuse_taken(files, id_)
    if path in files:
        raise Refusal(f"{path} is there already: give the module another id")

    card = _card(_free(f"{id_}-1", _taken(files) | {id_}), "ask")
    made = {path: document({"id": id_, "title": _title(id_), "cards": [card]})}
    if "modules" in _read(files, main):  # without it, the files alone say which modules there are
        made |= _with(files, main, (), "modules", id_)
    return _sound(files, made)


def with_concept(files: Mapping[str, bytes], id_: str, module: str) -> dict[str, bytes]:
    """The same for one more concept of a module, the last one, with a card. Raises Refusal when the id is taken."""
    _refuse_taken(files, id_)
    card = _card(_free(f"{id_}-1", _taken(files) | {id_}), "ask")
    concept: dict[str, Value] = {"id": id_, "name": _title(id_), "cards": [card]}
    return _sound(files, _with(files, _path_of(files, module), (), "concepts", concept))


def with_card(
    files: Mapping[str, bytes], id_: str, module: str, concept: str, kind: str
) -> dict[str, bytes]:
    """The same for one more card of a kind, the last one of a concept or, where `concept` is empty, of the module itself. `module`
    is empty in a course of one file. Raises Refusal when the id is taken, or no such concept is there.
    """
    _refuse_taken(files, id_)
    path = _path_of(files, module)

    way = _way_to(concept, _read(files, path), path) if concept else ()
    made = _with(files, path, way, "cards", _card(id_, kind))
    shown = f"media/{PICTURE}"
    if kind == "diagram" and shown not in files:
        made[shown] = (EXAMPLE / shown).read_bytes()
    return _sound(files, made)


def _read(files: Mapping[str, bytes], path: str) -> dict[str, Any]:
    """What a file of a sound course says."""
    node = yaml.read(files[path], path, [])
    said: dict[str, Any] = yaml.plain(node) if node else {}
    return said


def _with(
    files: Mapping[str, bytes], path: str, way: Sequence[str | int], key: str, value: Value
) -> dict[str, bytes]:
    text = files[path].decode("utf-8")
    return {path: appended(text, path, way, key, value).encode()}


def _way_to(concept: str, said: Mapping[str, Any], path: str) -> tuple[str, int]:
    """Where in a file a concept stands. Raises Refusal when it is not there."""
    given = [each.get("id") for each in said.get("concepts") or ()]
    if concept in given:
        return "concepts", given.index(concept)
    known = [each for each in given if each is not None]
    hint = did_you_mean(concept, known) or "it has " + (", ".join(known) or "none")
    if None in given:
        hint = "some have no id yet; `coursedeck check --fix` gives them one"
    raise Refusal(f"{path} has no concept “{concept}”: {hint}")


def _path_of(files: Mapping[str, bytes], module: str) -> str:
    """The file of a module; a course of one file has but that."""
    main = main_of(files)
    if main != COURSE and module:
        raise Refusal(f"{main} is a course of one file, without modules: leave out --module")
    if main != COURSE:
        return main
    known = [path[len("modules/") : -len(".yaml")] for path in files if MODULE.fullmatch(path)]
    if module not in known:
        there = ", ".join(known)
        if not module:
            raise Refusal(f"--module is missing, which says where it belongs: {there}")
        hint = did_you_mean(module, known) or f"there are: {there}"
        raise Refusal(f"there is no module “{module}”: {hint}")
    return f"modules/{module}.yaml"


def _taken(files: Mapping[str, bytes]) -> set[str]:
    """All ids of a course, and those that learners have of it."""
    found = {path: yaml.read(files[path], path, []) for path in files if path.endswith(".yaml")}
    nodes = {path: node for path, node in found.items() if node is not None}
    ledger = files.get(ledger_name(main_of(files)))
    had = ledger_file.decode(ledger).notes.values() if ledger else ()
    return Namer(files, nodes).taken | {card_of(entry.id) for entry in had}


def _refuse_taken(files: Mapping[str, bytes], id_: str) -> None:
    """Raises Refusal when something has the id, or it is none."""
    if not ID.fullmatch(id_):
        instead = slug(id_)
        hint = f"such as {instead}" if instead else ELSEWHERE
        raise Refusal(
            f"“{id_}” is not an id: lower-case letters from a to z, digits and single hyphens, {hint}"
        )
    taken = _taken(files)
    if id_ in taken:
        raise Refusal(f"“{id_}” is there already: give another id, such as {_free(id_, taken)}")


def _free(id_: str, taken: Collection[str]) -> str:
    numbers = itertools.count(2)
    made = id_
    while made in taken:
        made = f"{id_}-{next(numbers)}"
    return made


def _title(id_: str) -> str:
    words = id_.replace("-", " ")
    return words[:1].upper() + words[1:]


def _card(id_: str, kind: str) -> dict[str, Any]:
    """A card of a kind under this id, without words of its own."""
    cards = _read({BLANK.name: BLANK.read_bytes()}, BLANK.name)["cards"]
    found: dict[str, Any] = next(each for each in cards if kind in each)
    return {"id": id_} | found


def _sound(files: Mapping[str, bytes], made: dict[str, bytes]) -> dict[str, bytes]:
    """What was made, if the course stays sound with it."""
    course, found = assemble({**files, **made}, warnings=False)
    if course is None:
        raise Refusal(f"this cannot be written into {', '.join(made)}: {errors(found)[0]}")
    return made
