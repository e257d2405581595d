"""Courses of notes that came from Anki, and what their cards say."""

from coursedeck.load import assemble
from coursedeck.source.written import document
from coursedeck.text import to_plain

TYPE = {
    "id": "1700000000001",
    "name": "Type",
    "fields": [{"name": "Front"}, {"name": "Back"}],
    "templates": [
        {"name": "One", "front": "{{Front}}", "back": "{{FrontSide}}<hr id=answer>{{Back}}"},
        {"name": "Two", "front": "{{Back}}", "back": "{{FrontSide}}<hr id=answer>{{Front}}"},
    ],
}
CLOZE = {
    "id": "1700000000002",
    "name": "Cloze",
    "cloze": True,
    "fields": [{"name": "Text"}],
    "templates": [{"name": "C", "front": "{{cloze:Text}}", "back": "{{cloze:Text}}"}],
}

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'


def course_of(*cards, types=(TYPE, CLOZE), files=()):
    made = {
        "course.yaml": document({"id": "c", "title": "Course"}),
        "modules/m.yaml": document({"title": "M", "cards": list(cards)}),
        **{f"note-types/{each['name'].lower()}.yaml": document(each) for each in types},
        **{f"anki-media/{name}": data for name, data in files},
    }
    course, found = assemble(made)
    assert course, found
    return course


def card(note, id_="x", **fields):
    return {"id": id_, "note": note, "guid": id_, "fields": fields}


def faces(note):
    return [(to_plain(face.question), to_plain(face.answer)) for face in note.faces]


def only(front="{{Front}}", back="{{FrontSide}}<hr id=answer>{{Back}}", **more):
    return TYPE | {"templates": [{"name": "One", "front": front, "back": back}]} | more
