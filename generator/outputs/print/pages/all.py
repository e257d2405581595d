"""The table of all printed forms: the only one. Long ones stand first, so that no process ends long after the others."""

from . import book, calibration, cards, exam, facilitator, maps, outline, session, sheets
from .base import Form, has_notes, teaches

# Printed for one meeting that is asked for, and never with the rest.
PACK = Form("session", ("session",), session.data, session.documents, needs=session.is_chosen)
FORMS = (
    Form(
        "book",
        ("book",),
        book.data,
        book.documents,
        needs=teaches,
        lacks="no plan, outcomes, concepts or documents",
        large=True,
    ),
    Form(
        "facilitator",
        ("facilitator",),
        facilitator.data,
        facilitator.documents,
        needs=facilitator.has_plan_or_tools,
        lacks="no plan and no sheets to print",
    ),
    Form(
        "outline",
        ("outline",),
        outline.data,
        outline.documents,
        needs=teaches,
        lacks="no plan, outcomes, concepts or documents",
        large=True,
    ),
    Form(
        "maps",
        ("maps",),
        maps.data,
        maps.documents,
        needs=maps.has_maps,
        lacks="no concepts and no documents",
    ),
    Form("cards", cards.KINDS, cards.data, cards.documents, needs=has_notes, by_module=True),
    Form(
        "sheets",
        sheets.KINDS,
        sheets.data,
        sheets.documents,
        needs=has_notes,
        by_module=True,
        large=True,
    ),
    Form("exam", ("test",), exam.data, exam.documents, needs=has_notes, large=True),
    Form(
        "calibration",
        calibration.KINDS,
        calibration.data,
        calibration.documents,
        needs=has_notes,
    ),
    PACK,
)
# What may be asked for, each once.
NAMES = tuple(dict.fromkeys(n for form in FORMS if form is not PACK for n in form.names))
