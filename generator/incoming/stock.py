"""The note types of a table, which does not say what they look like: those that come with Anki as they are there, any other as a
plain one.
"""

from collections.abc import Sequence
from typing import Any

from ..kinds.notetype import IMAGE_OCCLUSION
from ..late import late

CLOZE = late(r"\{\{c[0-9]+::")
OCCLUSION = "image-occlusion:"
STYLE = ".card { font-family: arial; font-size: 20px; text-align: center; }\n"
BACK = "{{FrontSide}}\n<hr id=answer>\n"
# The fronts of second cards, by the names of Anki's own note types that have one, for fields of these places.
REVERSED = {
    "Basic (and reversed card)": "{{{{{1}}}}}",
    "Basic (optional reversed card)": "{{{{#{2}}}}}{{{{{1}}}}}{{{{/{2}}}}}",
}
# Anki's image occlusion. Its editor knows fields by their tags; the first four it needs.
FIELDS = ("Occlusion", "Image", "Header", "Back Extra", "Comments")
OCCLUDED = """\
{{#Header}}<div>{{Header}}</div>{{/Header}}
<div style="display: none">{{cloze:Occlusion}}</div>
<div id="err"></div>
<div id="image-occlusion-container">
    {{Image}}
    <canvas id="image-occlusion-canvas"></canvas>
</div>
<script>
try {
    anki.imageOcclusion.setup();
} catch (exc) {
    document.getElementById("err").innerHTML = `Error loading image occlusion. Is your Anki version up to date?<br><br>${exc}`;
}
</script>
"""
UNCOVERED = """
<div><button id="toggle">Toggle Masks</button></div>
{{#Back Extra}}<div>{{Back Extra}}</div>{{/Back Extra}}
"""
OCCLUSION_STYLE = """\
#image-occlusion-canvas {
    --inactive-shape-color: #ffeba2;
    --active-shape-color: #ff8e8e;
    --inactive-shape-border: 1px #212121;
    --active-shape-border: 1px #212121;
    --highlight-shape-color: #ff8e8e00;
    --highlight-shape-border: 1px #ff8e8e;
}
"""


def model(name: str, fields: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[str, Any]:
    """A note type as Anki's JSON, for notes with these values of its fields."""
    if any(OCCLUSION in row[0] for row in rows):
        return _occlusion(name, fields)
    clozes = _clozes(fields, rows)
    if clozes:
        front = "\n".join(f"{{{{cloze:{field}}}}}" for field in clozes)
        shown = [f"{front}\n{_others([f for f in fields if f not in clozes])}"]
        fronts = [front]
    else:
        fronts, shown = [f"{{{{{fields[0]}}}}}"], [BACK + _others(fields[1:])]
        second = REVERSED.get(name, "")
        if second and len(fields) > second.count("{2}"):
            fronts.append(second.format(*fields, *[""] * 3))
            shown.append(f"{BACK}{{{{{fields[0]}}}}}")
    return _made(name, fields, list(zip(fronts, shown, strict=True)), cloze=bool(clozes))


def _clozes(fields: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """The fields with deletions: the first one, or any that most notes have them in."""
    counts = [sum(bool(CLOZE.search(row[at])) for row in rows) for at in range(len(fields))]
    return [
        field
        for at, (field, count) in enumerate(zip(fields, counts, strict=True))
        if count and (at == 0 or 2 * count > len(rows))
    ]


def _others(fields: Sequence[str]) -> str:
    return "\n".join(f"{{{{#{f}}}}}<div>{{{{{f}}}}}</div>{{{{/{f}}}}}" for f in fields)


def _occlusion(name: str, fields: Sequence[str]) -> dict[str, Any]:
    own = [*FIELDS, *(field for field in fields[len(FIELDS) :] if field not in FIELDS)]
    made = _made(name, own, [(OCCLUDED, OCCLUDED + UNCOVERED)], cloze=True)
    for tag, field in enumerate(made["flds"][: len(FIELDS)]):
        field |= {"tag": tag, "preventDeletion": tag < 4}
    css = OCCLUSION_STYLE + STYLE
    return made | {"css": css, "originalStockKind": IMAGE_OCCLUSION}


def _made(
    name: str, fields: Sequence[str], templates: Sequence[tuple[str, str]], *, cloze: bool
) -> dict[str, Any]:
    return {
        "name": name,
        "type": int(cloze),
        "mod": 0,
        "flds": [{"name": field} for field in fields],
        "tmpls": [
            {"name": f"Card {n}", "qfmt": front, "afmt": back}
            for n, (front, back) in enumerate(templates, 1)
        ],
        "css": STYLE + ".cloze { font-weight: bold; }\n",
    }
