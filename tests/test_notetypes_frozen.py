"""The note types are public for ever: every id, and every name with its place, as first released.

Anki turns all notes of a type into conflicts when a field or template is added, removed or moved, and makes a second note
type beside the learner's. If a test here fails, mend the note type and not the table. What may change is the *name* of a
spare field or template, once, when it is taken into use.
"""

import json
import sqlite3
import zipfile
from io import BytesIO

import pytest
from author import Author, one_of_each, take
from coursedeck.kinds.all import NOTE_TYPES
from tables import with_each

FROZEN = {
    "ask": (
        1_795_522_400_001,
        "Coursedeck question",
        [
            (1_795_522_400_001_000, "Question"),
            (1_795_522_400_001_001, "Answer"),
            (1_795_522_400_001_002, "Detail"),
            (1_795_522_400_001_003, "Context"),
            (1_795_522_400_001_004, "Topic"),
            (1_795_522_400_001_005, "Source"),
            (1_795_522_400_001_006, "Accent"),
            (1_795_522_400_001_007, "Language"),
            (1_795_522_400_001_008, "Id"),
            (1_795_522_400_001_009, "Retired"),
            (1_795_522_400_001_010, "Spare 1"),
            (1_795_522_400_001_011, "Spare 2"),
            (1_795_522_400_001_012, "Link"),
            (1_795_522_400_001_013, "My notes"),
        ],
        [
            (1_795_522_400_501_000, "Question"),
            (1_795_522_400_501_001, "Spare"),
        ],
    ),
    "cloze": (
        1_795_522_400_002,
        "Coursedeck cloze",
        [
            (1_795_522_400_002_000, "Text"),
            (1_795_522_400_002_001, "Detail"),
            (1_795_522_400_002_002, "Context"),
            (1_795_522_400_002_003, "Topic"),
            (1_795_522_400_002_004, "Source"),
            (1_795_522_400_002_005, "Accent"),
            (1_795_522_400_002_006, "Language"),
            (1_795_522_400_002_007, "Id"),
            (1_795_522_400_002_008, "Retired"),
            (1_795_522_400_002_009, "Spare 1"),
            (1_795_522_400_002_010, "Spare 2"),
            (1_795_522_400_002_011, "Link"),
            (1_795_522_400_002_012, "My notes"),
        ],
        [
            (1_795_522_400_502_000, "Cloze"),
        ],
    ),
    "pair": (
        1_795_522_400_003,
        "Coursedeck pair",
        [
            (1_795_522_400_003_000, "Left"),
            (1_795_522_400_003_001, "Right"),
            (1_795_522_400_003_002, "Ask right"),
            (1_795_522_400_003_003, "Ask left"),
            (1_795_522_400_003_004, "Detail"),
            (1_795_522_400_003_005, "Context"),
            (1_795_522_400_003_006, "Topic"),
            (1_795_522_400_003_007, "Source"),
            (1_795_522_400_003_008, "Accent"),
            (1_795_522_400_003_009, "Language"),
            (1_795_522_400_003_010, "Id"),
            (1_795_522_400_003_011, "Retired"),
            (1_795_522_400_003_012, "Spare 1"),
            (1_795_522_400_003_013, "Spare 2"),
            (1_795_522_400_003_014, "Link"),
            (1_795_522_400_003_015, "My notes"),
        ],
        [
            (1_795_522_400_503_000, "Left to right"),
            (1_795_522_400_503_001, "Right to left"),
            (1_795_522_400_503_002, "Spare"),
        ],
    ),
    "sequence": (
        1_795_522_400_004,
        "Coursedeck sequence",
        [
            (1_795_522_400_004_000, "Item"),
            (1_795_522_400_004_001, "Prompt"),
            (1_795_522_400_004_002, "Before"),
            (1_795_522_400_004_003, "After"),
            (1_795_522_400_004_004, "List"),
            (1_795_522_400_004_005, "Detail"),
            (1_795_522_400_004_006, "Context"),
            (1_795_522_400_004_007, "Topic"),
            (1_795_522_400_004_008, "Source"),
            (1_795_522_400_004_009, "Accent"),
            (1_795_522_400_004_010, "Language"),
            (1_795_522_400_004_011, "Id"),
            (1_795_522_400_004_012, "Retired"),
            (1_795_522_400_004_013, "Spare 1"),
            (1_795_522_400_004_014, "Spare 2"),
            (1_795_522_400_004_015, "Link"),
            (1_795_522_400_004_016, "My notes"),
        ],
        [
            (1_795_522_400_504_000, "Item"),
            (1_795_522_400_504_001, "Spare"),
        ],
    ),
    "sort": (
        1_795_522_400_005,
        "Coursedeck sort",
        [
            (1_795_522_400_005_000, "Case"),
            (1_795_522_400_005_001, "Question"),
            (1_795_522_400_005_002, "Options"),
            (1_795_522_400_005_003, "Answer"),
            (1_795_522_400_005_004, "Detail"),
            (1_795_522_400_005_005, "Context"),
            (1_795_522_400_005_006, "Topic"),
            (1_795_522_400_005_007, "Source"),
            (1_795_522_400_005_008, "Accent"),
            (1_795_522_400_005_009, "Language"),
            (1_795_522_400_005_010, "Id"),
            (1_795_522_400_005_011, "Retired"),
            (1_795_522_400_005_012, "Spare 1"),
            (1_795_522_400_005_013, "Spare 2"),
            (1_795_522_400_005_014, "Link"),
            (1_795_522_400_005_015, "My notes"),
        ],
        [
            (1_795_522_400_505_000, "Case"),
            (1_795_522_400_505_001, "Spare"),
        ],
    ),
    "diagram": (
        1_795_522_400_006,
        "Coursedeck diagram",
        [
            (1_795_522_400_006_000, "Occlusion"),
            (1_795_522_400_006_001, "Image"),
            (1_795_522_400_006_002, "Header"),
            (1_795_522_400_006_003, "Back Extra"),
            (1_795_522_400_006_004, "Comments"),
            (1_795_522_400_006_005, "Context"),
            (1_795_522_400_006_006, "Topic"),
            (1_795_522_400_006_007, "Source"),
            (1_795_522_400_006_008, "Accent"),
            (1_795_522_400_006_009, "Language"),
            (1_795_522_400_006_010, "Id"),
            (1_795_522_400_006_011, "Retired"),
            (1_795_522_400_006_012, "Labels"),
            (1_795_522_400_006_013, "Description"),
            (1_795_522_400_006_014, "Link"),
            (1_795_522_400_006_015, "My notes"),
        ],
        [
            (1_795_522_400_506_000, "Diagram"),
        ],
    ),
    "cases": (
        1_795_522_400_007,
        "Coursedeck cases",
        [
            (1_795_522_400_007_000, "Case 1"),
            (1_795_522_400_007_001, "Case 2"),
            (1_795_522_400_007_002, "Case 3"),
            (1_795_522_400_007_003, "Case 4"),
            (1_795_522_400_007_004, "Case 5"),
            (1_795_522_400_007_005, "Case 6"),
            (1_795_522_400_007_006, "Question"),
            (1_795_522_400_007_007, "Answer 1"),
            (1_795_522_400_007_008, "Answer 2"),
            (1_795_522_400_007_009, "Answer 3"),
            (1_795_522_400_007_010, "Answer 4"),
            (1_795_522_400_007_011, "Answer 5"),
            (1_795_522_400_007_012, "Answer 6"),
            (1_795_522_400_007_013, "Why 1"),
            (1_795_522_400_007_014, "Why 2"),
            (1_795_522_400_007_015, "Why 3"),
            (1_795_522_400_007_016, "Why 4"),
            (1_795_522_400_007_017, "Why 5"),
            (1_795_522_400_007_018, "Why 6"),
            (1_795_522_400_007_019, "Detail"),
            (1_795_522_400_007_020, "Context"),
            (1_795_522_400_007_021, "Topic"),
            (1_795_522_400_007_022, "Source"),
            (1_795_522_400_007_023, "Accent"),
            (1_795_522_400_007_024, "Language"),
            (1_795_522_400_007_025, "Id"),
            (1_795_522_400_007_026, "Retired"),
            (1_795_522_400_007_027, "Spare 1"),
            (1_795_522_400_007_028, "Spare 2"),
            (1_795_522_400_007_029, "Link"),
            (1_795_522_400_007_030, "My notes"),
        ],
        [
            (1_795_522_400_507_000, "Cases"),
            (1_795_522_400_507_001, "Spare"),
        ],
    ),
}


def test_there_are_these_note_types_and_no_others():
    assert list(NOTE_TYPES) == list(FROZEN)


@with_each("kind", FROZEN)
def test_ids_names_and_order_are_as_first_released(kind):
    note_type = NOTE_TYPES[kind]
    number, name, fields, templates = FROZEN[kind]
    assert (note_type.id, note_type.name) == (number, name)
    assert [(note_type.field_id(i), f) for i, f in enumerate(note_type.fields)] == fields
    assert [(template.id, template.name) for template in note_type.templates] == templates


def test_no_id_is_given_twice():
    ids = [
        number for _, _, fields, templates in FROZEN.values() for number, _ in fields + templates
    ]
    assert len(ids) == len(set(ids))


def test_the_ids_stand_in_the_package_itself():
    package = Author(one_of_each()).publish()["course.apkg"]
    connection = sqlite3.connect(":memory:")
    with zipfile.ZipFile(BytesIO(package)) as archive:
        connection.deserialize(archive.read("collection.anki2"))
    ((models,),) = connection.execute("select models from col").fetchall()
    packed = [
        (
            int(model["id"]),
            model["name"],
            [(field["id"], field["name"]) for field in model["flds"]],
            [(template["id"], template["name"]) for template in model["tmpls"]],
        )
        for model in json.loads(models).values()
    ]
    assert sorted(packed) == sorted(FROZEN.values())


@pytest.mark.slow
def test_anki_keeps_the_ids(learner):
    take(learner, Author(one_of_each()).publish()["course.apkg"])
    for number, name, fields, templates in FROZEN.values():
        model = learner.col.models.get(number)
        assert model["name"] == name
        assert [(field["id"], field["name"]) for field in model["flds"]] == fields
        assert [(template["id"], template["name"]) for template in model["tmpls"]] == templates


def test_the_learners_own_field_stands_last_and_is_left_empty():
    for note in Author(one_of_each()).notes().values():
        assert NOTE_TYPES[note.kind].fields[-1] == "My notes"
        assert note.all_fields()[-1] == ""
