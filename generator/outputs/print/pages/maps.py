"""A page for the wall for each module."""

from collections.abc import Iterator

from ....model import Concept, Essay, Module
from ....text import to_tree
from ...pagedata import Data, concept_names, hidden, images, pictures
from ...typeset import Document
from .base import Selection


def data(selection: Selection) -> Data:
    """A map for each module. Numbers are those of the whole course."""
    course = selection.course
    numbers = {module.id: number for number, module in enumerate(course.modules)}
    names = concept_names(course)
    essays = {essay.id: essay for essay in course.essays}
    by_name = {picture.name: picture for picture in course.pictures}

    def page(module: Module) -> Data:
        shown = [by_name[name] for name in images(module) if name in by_name][:2]
        return {
            "id": module.id,
            "title": to_tree(module.title),
            "number": numbers[module.id],
            "accent": module.accent,
            "summary": to_tree(module.summary),
            "pictures": [hidden(picture, ()) for picture in shown],
            "concepts": [_concept(concept, names) for concept in module.concepts],
            "documents": [_document(essays[id_]) for id_ in module.essays if id_ in essays],
        }

    return {
        "pictures": pictures(course, selection.modules),
        "maps": [page(module) for module in selection.modules],
    }


def _concept(concept: Concept, names: Data) -> Data:
    return {
        "name": to_tree(concept.name),
        "definition": to_tree(concept.definition),
        "builds": [names[id_] for id_ in concept.builds_on if id_ in names],
    }


def _document(essay: Essay) -> Data:
    return {
        "number": essay.number,
        "title": to_tree(essay.title),
        "about": to_tree(essay.about),
        "relations": sorted({claim.relation for claim in essay.claims}),
    }


def documents(_: Selection) -> Iterator[Document]:
    """All maps in one."""
    yield Document("maps.pdf", measure="measures()")
