"""The table of all printed forms: the only one. Long ones stand first, so that no process ends long after the others."""

from . import calibration, cards, facilitator, maps, outline, session, sheets
from .base import Form, has_notes

# Printed for one meeting that is asked for, and never with the rest.
PACK = Form("session", ("session",), session.data, session.documents, needs=session.is_chosen)
FORMS = (
    Form("outline", ("outline",), outline.data, outline.documents, needs=outline.teaches),
    Form(
        "facilitator",
        ("facilitator",),
        facilitator.data,
        facilitator.documents,
        needs=facilitator.has_plan_or_tools,
    ),
    Form("maps", ("maps",), maps.data, maps.documents, needs=maps.has_maps),
    Form("cards", ("cards",), cards.data, cards.documents, needs=has_notes, by_module=True),
    Form("sheets", sheets.KINDS, sheets.data, sheets.documents, needs=has_notes, by_module=True),
    PACK,
    Form("calibration", ("cards",), calibration.data, calibration.documents, needs=has_notes),
)
# What may be asked for, each once.
NAMES = tuple(dict.fromkeys(n for form in FORMS if form is not PACK for n in form.names))
