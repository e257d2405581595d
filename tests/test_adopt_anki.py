"""Edits that were made in the real Anki come back into the YAML, each in its place."""

import html
import random
import re
import shutil

import pytest
from adopting import field, lines_changed
from conftest import COURSES, DAY, WORKSHOP, run, some
from coursedeck.kinds.all import NOTE_TYPES
from coursedeck.load import assemble, load
from coursedeck.notes import media_name, notes_of
from coursedeck.source.files import read_files

pytestmark = pytest.mark.slow

MARKS = {
    "Zwiebel &amp; Co": "Zwiebel &amp; Co",
    "<b>fett</b>": "<strong>fett</strong>",
    "<i>schief</i>": "<em>schief</em>",
    "x<sub>2</sub>": "x<sub>2</sub>",
    "n<sup>3</sup>": "n<sup>3</sup>",
    "<code>f(x)</code>": "<code>f(x)</code>",
    "<s>alt</s>": "<s>alt</s>",
    '<a href="https://example.org/a">hier</a>': '<a href="https://example.org/a">hier</a>',
    r"\(a^2\)": r"\(a^2\)",
    "5 &lt; 6": "5 &lt; 6",
    "a*b*c": "a*b*c",
    "„neu“": "„neu“",
}
PROGRAM = {"Context", "Topic", "Source", "Accent", "Language", "Id", "Link", "List", "Options"}
DRAWN = {"Occlusion", "Image", "Labels", "Description", "Before", "After"}
SPLIT = re.compile(r"(<code>.*?</code>|<[^>]*>|\{\{c\d+::|::|\}\}|\\\(.*?\\\)|\[.*?\]|\s+)")
OWN = "GEHEIM"


def edited_in_anki(learner, seed, count):
    """Edits drawn by seed over every kind and field of a collection: of each the note's id, the field, and what it becomes."""
    col, rng = learner.col, random.Random(seed)  # noqa: S311 - the same each time
    fields = {}
    for id_ in col.find_notes(""):
        note = col.get_note(id_)
        for name in set(note.keys()) - PROGRAM - DRAWN:
            if note[name]:
                fields.setdefault((note.note_type()["name"], name), []).append(id_)
    kinds = {name for name, _ in fields}
    order, made, shared = sorted(fields), {}, set()  # what several notes show is edited once
    for number in range(count * 3):
        type_, name = order[number % len(order)]
        note = col.get_note(rng.choice(fields[type_, name]))
        again = (note["Id"], name) in made or (type_, name, note[name]) in shared
        if again or len(made) == count:
            continue
        parts = SPLIT.split(note[name])
        spots = [at for at, part in enumerate(parts) if re.fullmatch(r"\w{2,}", part)]
        if not spots or (type_, name) == ("Coursedeck sort", "Answer"):
            continue
        shared.add((type_, name, note[name]))
        at, (said, meant) = rng.choice(spots), rng.choice(list(MARKS.items()))
        anew, expected = list(parts), list(parts)
        how = rng.choice(["in its place", "behind it", "gone" if len(spots) > 1 else "behind it"])
        kept = {"in its place": "", "behind it": f"{parts[at]} ", "gone": ""}[how]
        anew[at] = kept + ("" if how == "gone" else said)
        expected[at] = kept + ("" if how == "gone" else meant)
        note[name] = "".join(anew)
        note["My notes"] = OWN
        note.add_tag(OWN)
        col.update_note(note)
        made[note["Id"], name] = "".join(expected)
    return made, kinds


def plain(value):
    """A field with its blanks as a browser shows them."""
    return " ".join(html.unescape(re.sub(r"\s+(?=</|$)|(?<=>)\s+", " ", value)).split())


def with_remarks(folder):
    """Give the course remarks before its entries, and one file other line ends."""
    for number, path in enumerate(sorted(folder.rglob("*.yaml"))):
        text = re.sub(r"(?m)^( +)- id: ", r"\1# remark\n\1- id: ", path.read_text("utf-8"))
        path.write_bytes((text.replace("\n", "\r\n") if number % 2 else text).encode())


def exported(learner, folder):
    """All that a learner has, as a package and as a text."""
    from anki.import_export_pb2 import ExportAnkiPackageOptions, ExportLimit

    package, text = folder / "mine.apkg", folder / "mine.txt"
    everything = ExportLimit(whole_collection={})
    learner.col.export_anki_package(
        out_path=str(package),
        options=ExportAnkiPackageOptions(with_scheduling=True, with_media=True),
        limit=everything,
    )
    learner.col.export_note_csv(
        out_path=str(text),
        limit=everything,
        with_html=True,
        with_tags=True,
        with_deck=True,
        with_notetype=True,
        with_guid=True,
    )
    return package, text


@pytest.mark.newest
@pytest.mark.parametrize(
    ("place", "seed"),
    some([(WORKSHOP, 0), (WORKSHOP, 1), (COURSES / "anatomy", 0)], 3),
    ids=lambda each: getattr(each, "name", None),
)
def test_fifty_edits_in_anki_change_their_places_in_the_yaml_alone(learner, tmp_path, place, seed):
    folder = tmp_path / "content"
    shutil.copytree(place, folder)
    with_remarks(folder)
    run("build", folder, "--out", tmp_path / "out", "--only", "anki", SOURCE_DATE_EPOCH=str(DAY))
    learner.imports(next((tmp_path / "out").glob(f"{load(folder)[0].about.id}.apkg")))
    edits, kinds = edited_in_anki(learner, seed, 50)
    assert len(edits) >= (50 if place == WORKSHOP else 25)
    assert place != WORKSHOP or kinds == {each.name for each in NOTE_TYPES.values()}
    before = read_files(folder)
    results = []
    for file in exported(learner, tmp_path):
        copy = tmp_path / file.name.replace(".", "-")
        shutil.copytree(folder, copy)
        said = run("adopt", file, copy, "--out", tmp_path / "out", "--yes")
        assert OWN not in said.output
        results.append(read_files(copy))
    assert results[0] == results[1]
    after = results[0]
    changed = {path: data for path, data in after.items() if data != before[path]}
    assert not any(OWN.encode() in data for data in changed.values())
    whole, left = said.stdout.splitlines()[-len(changed) - 1], said.stderr.splitlines()
    assert whole.startswith(f"{len(edits) - len(left)} corrections, {len(edits) - len(left)} taken")
    assert len(left) <= 2, left
    # The YAML differs on no line but those of the corrections.
    pairs = lines_changed(before, changed)
    assert len(pairs) <= len(edits)
    assert all("# remark" not in old for old, _ in pairs)
    # The course's notes are those of Anki, and no other field changed than those which show the same words.
    course, wrong = assemble(after)
    assert course, wrong
    notes = {note.id: note for note in notes_of(course)}
    unplaced = {line.split(": ")[1] for line in left}
    for (id_, name), value in edits.items():
        if f"{id_}, {name}" not in unplaced:
            assert plain(field(notes[id_], name)) == plain(value), (id_, name)
    files = {media_name(file) for file in course.files()}
    assert files == {media_name(file) for file in assemble(before)[0].files()}
