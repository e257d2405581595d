"""The course page: one file with all that a learner reads of the course, and its cards where they belong in the text.

It fetches nothing: style, script and pictures stand in it. Without its script it is a book whose cards turn; the script adds the
search, what tries a learner, and what lets a reader suggest other words to the author. Anki alone keeps a schedule. Cards have
their ids as anchors (`Link` on a card names them), everything else one with a colon in it, which no id has.
"""

import base64
import hashlib
import io
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from ... import languages, style
from ...citations import citer
from ...frozen import dataclass
from ...kinds.all import NOTE_TYPES
from ...labels import labels
from ...model import Claim, Concept, Course, Essay, Module
from ...notes import Note
from ...text import Tree, escaped, isolated, script_json, to_html, to_line
from ...text.html import field
from ...texts import Cite, Id, Line, Plain
from .. import pagedata
from ..pagedata import Data, Value, record
from . import cards
from .media import Media
from .parts import colours, filled, read
from .update import Json

T = TypeVar("T")
SCRIPTS = ("corrections.js", "course.js", "suggest.js")


@dataclass(frozen=True, slots=True)
class Page:
    """The page, and how many of the course's pictures and sounds have no room in it."""

    html: bytes
    without: int


def page(course: Course, notes: Sequence[Note], beside: Iterable[str] = ()) -> Page:
    """The whole page. `notes` are all of the course, in its order; `beside` are paths of what lies beside the page to be
    downloaded.
    """
    writer = _Writer(course, notes)
    body = io.BytesIO()
    for part in writer.body(beside):
        body.write(part.encode())
    about = course.about
    script = "\n".join(map(read, SCRIPTS)).rstrip("\n")
    parts = {
        "language": escaped(str(about.language)),
        "direction": languages.direction(about.language),
        "title": escaped(to_line(about.title)),
        "digest": base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        "style": f"{_style()}\n{writer.media.style()}",
        "course": escaped(about.identity),
        "script": script,
        "words": script_json(_words(course, notes)),
        **{f"say_{name}": escaped(said) for name, said in _said(writer.words).items()},
    }
    before, _, after = read("course.html").partition("{{body}}\n")
    whole = b"".join((filled(before, parts), body.getvalue(), filled(after, parts)))
    return Page(whole, len(writer.media.without))


def _said(words: Mapping[str, str]) -> dict[str, str]:
    """The words of the parts that the page's script shows."""
    return {
        "skip": words["page-skip"],
        "search": words["page-search"],
        "nothing": words["page-nothing"],
        "mixed": words["page-mixed"],
        "answer": words["answer"],
        "known": words["page-known"],
        "again": words["page-again"],
        "close": words["page-close"],
        "done": words["page-done"],
        "restore": words["page-restore"],
        "kept": words["page-kept"],
        "forgotten": words["page-forgotten"],
        "listen": words["page-listen"],
        "suggest": words["page-suggest"],
        "suggestions": words["page-suggestions"],
        "back": words["page-as-it-was"],
        "send": words["page-send"],
        "save": words["page-save"],
    }


def _words(course: Course, notes: Iterable[Note]) -> dict[str, Json]:
    """What a reader may word anew, for the page's script: of each note its guid and, as HTML, its fields with words of the
    author's. A field that shows a picture is left out.
    """
    known: dict[str, Json] = {}
    for note in notes:
        if fields := _worded(note):
            known[note.id] = {"guid": note.guid, "fields": fields}
    return {
        "file": f"{course.about.id}-corrections.txt",
        "version": str(course.about.version),
        "notes": known,
    }


def _worded(note: Note) -> dict[str, Json]:
    if not note.ours:
        return {}
    held = ((name, note.fields.get(name, "")) for name in NOTE_TYPES[note.kind].worded)
    return {name: value for name, value in held if value and "<img" not in value}


def _style() -> str:
    """The style of page and cards: colours first."""
    night = "@media screen and (prefers-color-scheme: dark)"
    accents = [f".{name} {{ --accent: {said}; }}" for name, said in style.DAY.accents.items()]
    at_night = [f".{name} {{ --accent: {said}; }}" for name, said in style.NIGHT.accents.items()]
    accents.append(f"{night} {{ {' '.join(at_night)} }}")
    own = NOTE_TYPES["ask"].css  # the same for all kinds
    return "\n".join([colours(), *accents, cards.style(own), read("course.css")])


# --- the text -------------------------------------------------------------------------------------


class _Writer:
    """Writes the parts of the page. What is said of the course is what its learners may see (`record`)."""

    def __init__(self, course: Course, notes: Sequence[Note]) -> None:
        self.course = course
        self.words = labels(course.about.language)
        self.runs = languages.direction(course.about.language)
        self.media = Media(course)
        self.cited = citer(course.works)
        self.works = {work.id: work for work in course.works}
        self.notes = {
            owner: list(own) for owner, own in itertools.groupby(notes, key=lambda n: n.owner)
        }
        self.taught = pagedata.taught(course, course.modules, "learner")
        self.concepts = {c.id for module in course.modules for c in module.named}
        self.later = _turned(
            (str(before), str(concept.id))
            for module in course.modules
            for concept in module.named
            for before in concept.builds_on
        )
        self.claims = _turned(
            (str(claim.to), (str(claim.id), f"{essay.number}, {claim.place}"))
            for essay in course.essays
            for claim in essay.claims
        )
        self.citing: dict[str, dict[str, str]] = {}  # links by the works that they cite

    def body(self, beside: Iterable[str]) -> Iterator[str]:
        """All of it, in pieces."""
        about = record(self.course.about, "learner")
        yield from self._contents()
        yield '<main id="page:main" tabindex="-1">\n'
        yield from self._about(about, beside)
        whole = len(self.course.modules) == 1 and not self.course.modules[0].deck
        for module, said in zip(self.course.modules, self.taught.modules, strict=True):
            yield from self._module(module, said, whole=whole)
        yield from self._sources()
        yield "</main>\n"

    def _contents(self) -> Iterator[str]:
        titles = ((f"module:{m.id}", m.accent, m.title) for m in self.course.modules)
        numbers = pagedata.numbers(self.course)
        said = self.words["contents"]
        yield f'<nav class="contents" aria-label="{escaped(said)}">\n<ol>\n'
        for module, (anchor, accent, title) in zip(self.course.modules, titles, strict=True):
            number = f'<span class="number">{numbers[module.id]}</span> ' if module.deck else ""
            yield f'<li class="{accent}"><a href="#{anchor}">{number}{self._html(title)}</a></li>\n'
        if self.works:
            yield f'<li><a href="#page:sources">{escaped(self.words["sources"])}</a></li>\n'
        yield "</ol>\n</nav>\n"

    def _about(self, about: Data, beside: Iterable[str]) -> Iterator[str]:
        words = self.words
        yield f'<header class="about">\n<h1>{self._rich(about["title"])}</h1>\n'
        yield self._paragraph(about["subtitle"], "subtitle")
        yield self._paragraph(about["description"], "lead")
        facts = [
            ", ".join(map(str, _list(about["authors"]))),
            " ".join(filter(None, (words["version"], str(about["version"]))))
            if about["version"]
            else "",
            str(about["date"]),
        ]
        said = " · ".join(escaped(fact) for fact in facts if fact)
        rights = self._rich(about["license"])
        yield f'<p class="quiet">{" · ".join(filter(None, (said, rights)))}</p>\n'
        yield from self._labelled(words["audience"], about.get("audience"))
        yield from self._labelled(words["prerequisites"], about.get("prerequisites"))
        yield from self._labelled(words["how-to-use"], about.get("how_to_use"))
        outcomes = [part["text"] for part in _parts(about.get("outcomes"))]
        yield from self._list(words["outcomes"], outcomes)
        files = list(beside)
        if files:
            yield f'<p class="label files">{escaped(words["page-downloads"])}</p>\n<ul class="files">\n'
            for path in files:
                yield f'<li><a href="{escaped(path)}" download>{escaped(path)}</a></li>\n'
            yield "</ul>\n"
        yield (
            '<p class="mine" hidden><button type="button" class="second">'
            f'{escaped(words["page-suggestions"])}</button> <span class="quiet"></span></p>\n'
        )
        yield "</header>\n"

    def _module(self, module: Module, said: Data, *, whole: bool) -> Iterator[str]:
        words = self.words
        yield f'<section class="module {module.accent}" id="module:{module.id}">\n'
        if whole:
            yield f'<h2 class="whole">{escaped(words["page-cards"])}</h2>\n'
        else:
            above = f"{words['module']} {said['number']}" if module.deck else words["module"]
            chapters = self._rich(said["chapters"])
            yield f'<p class="label">{" · ".join(filter(None, (escaped(above), chapters)))}</p>\n'
            yield f"<h2>{self._rich(said['title'])}</h2>\n"
        if any(concept.cards for concept in module.concepts) or module.essays:
            yield (
                f'<p class="try" hidden><button type="button" data-try="module:{module.id}">'
                f'{escaped(words["page-try"])}</button> <span class="quiet"></span></p>\n'
            )
        yield self._paragraph(said["summary"], "lead")
        objectives = [part["text"] for part in _parts(said["objectives"])]
        yield from self._list(words["objectives"], objectives)
        yield from self._list(words["opening"], _list(said["opening"]))
        named = {str(part["id"]): part for part in _parts(said["concepts"])}
        for concept in module.concepts:
            yield from self._concept(module, concept, named.get(str(concept.id), {}))
        essays = {essay.id: essay for essay in self.course.essays}
        if any(id_ in essays for id_ in module.essays):
            yield f"<h3>{escaped(words['documents'])}</h3>\n"
        for id_ in module.essays:
            if id_ in essays:
                yield from self._essay(essays[id_])
        yield from self._lesser(said)
        yield "</section>\n"

    def _concept(self, module: Module, concept: Concept, said: Data) -> Iterator[str]:
        """A concept, its pictures and its cards; of cards that stand under no concept, these alone."""
        words = self.words
        own = self.notes.get(concept, [])
        if not said:
            anchor, name = f"module:{module.id}", self._html(module.title)
            yield from self._cards(own, anchor, name, self._works(concept.sources, anchor, name))
            return
        anchor, name = f"concept:{concept.id}", self._html(_capital(concept.name))
        works = self._works(concept.sources, anchor, name)
        yield f'<section class="concept" id="{anchor}">\n<h3>{self._rich(said["name"])}</h3>\n'
        yield self._paragraph(said["definition"], "definition")
        yield from self._labelled(words["why"], said["why"])
        yield from self._labelled(words["example"], said["example"])
        different = [
            f"<strong>{self._rich(each['name'])}</strong>: {self._rich(each['difference'])}"
            for each in _parts(said["not"])
        ]
        yield from self._listed(words["not"], different)
        yield from self._labelled(words["credit"], said["credit"])
        yield from self._labelled(words["note"], said["note"])
        for image in concept.images():
            yield self._figure(str(image))
        standing = words[concept.confidence] if concept.confidence != "confirmed" else ""
        links = [
            (words["sources"], [*works, standing]),
            (words["page-builds-on"], map(self._to_named, map(str, concept.builds_on))),
            (words["page-leads-to"], map(self._to_named, self.later.get(str(concept.id), ()))),
            (words["page-claims"], self._to_claims(str(concept.id))),
        ]
        yield from self._links(links)
        yield from self._cards(own, anchor, name, works)
        yield "</section>\n"

    def _essay(self, essay: Essay) -> Iterator[str]:
        words = self.words
        said = record(essay, "learner")
        yield f'<section class="essay" id="essay:{essay.id}">\n'
        yield f"<h4>{essay.number}. {self._rich(said['title'])}</h4>\n"
        facts = [
            str(essay.label),
            f"{essay.words} {words['words']}" if essay.words is not None else "",
            f"{essay.pages} {words['page' if essay.pages == 1 else 'pages']}"
            if essay.pages is not None
            else "",
            words[essay.cut],
            words["descriptive"] if essay.descriptive else "",
        ]
        yield f'<p class="quiet">{escaped(" · ".join(filter(None, facts)))}</p>\n'
        yield self._paragraph(said["about"], "")
        yield self._paragraph(said["cut_note"], "quiet")
        yield from self._links([(words["names"], map(self._rich, _list(said["names"])))])
        for claim, told in zip(essay.claims, _parts(said["claims"]), strict=True):
            yield from self._claim(essay, claim, told)
        yield "</section>\n"

    def _claim(self, essay: Essay, claim: Claim, said: Data) -> Iterator[str]:
        words = self.words
        anchor = f"claim:{claim.id}"
        place = f"{str(claim.place).replace('-', '–')} · {words[claim.kind]}"
        yield f'<div class="claim" id="{anchor}">\n'
        yield f'<p>{self._rich(said["text"])} <span class="quiet">{escaped(place)}</span></p>\n'
        yield from self._labelled(words["support"], said["support"])
        yield from self._links([(words["concepts"], [self._to_named(str(claim.to))])])
        where = f"{essay.number}. {escaped(to_line(essay.title))}, {claim.place}"
        yield from self._cards(self.notes.get(claim, []), anchor, where, ())
        yield "</div>\n"

    def _lesser(self, said: Data) -> Iterator[str]:
        """What a module has beside its concepts: of an activity what it is for, not how it goes."""
        words = self.words
        mistaken = [each["belief"] for each in _parts(said["misconceptions"])]
        yield from self._list(words["mistakes"], mistaken, "h3")
        activities = [
            f'<span id="activity:{escaped(str(each["id"]))}"><strong>{self._rich(each["title"])}</strong></span>'
            f' <span class="quiet">{each["minutes"]} {escaped(words["min"])} · {self._rich(each["group"])}</span>'
            f"<br>{self._rich(each['purpose'])}"
            for each in _parts(said["activities"])
        ]
        yield from self._listed(words["activities"], activities, "h3")
        yield from self._list(words["questions"], _list(said["questions"]), "h3")
        yield from self._list(words["field-tasks"], _list(said["field_tasks"]), "h3")
        readings = [
            f"{self._to_work(str(each['work']), str(each['at']))}. {self._rich(each['note'])}"
            for each in _parts(said["readings"])
        ]
        yield from self._listed(words["readings"], readings, "h3")

    def _sources(self) -> Iterator[str]:
        """The works, each with links to where it is cited."""
        words = self.words
        if not self.works:
            return
        yield f'<section class="sources" id="page:sources">\n<h2>{escaped(words["sources"])}</h2>\n'
        yield '<ul class="works">\n'
        for id_, work in self.works.items():
            who = escaped("; ".join(work.author).removesuffix("."))
            title = escaped(work.title)
            title = f"[{title}]" if work.untitled else f"<cite>{title}</cite>"
            if work.url.startswith(("https://", "http://")):
                title = f'<a href="{escaped(work.url)}">{title}</a>'
            said = ". ".join(filter(None, (who, title, escaped(work.date[:4]))))
            back = self.citing.get(str(id_), {})
            cited = [f'<a href="#{anchor}">{name}</a>' for anchor, name in back.items()]
            yield f'<li id="work:{id_}"><p>{said}.</p>\n'
            yield from self._links([(words["page-cited"], cited)])
            yield "</li>\n"
        yield "</ul>\n</section>\n"

    # --- cards ---

    def _cards(
        self, notes: Sequence[Note], anchor: str, name: str, works: Sequence[str]
    ) -> Iterator[str]:
        """The cards of a concept or claim, closed, behind links to each. On a card, the name of what it asks about and its works
        are links; `works` are those of a card that names none.
        """
        if not notes:
            return
        links = " ".join(
            f'<a href="#{note.id}">{number}</a>' for number, note in enumerate(notes, 1)
        )
        yield f'<p class="links to-cards"><span class="label">{escaped(self.words["page-cards"])}</span> {links}</p>\n'
        owner = f'<a href="#{anchor}">{name}</a>'
        usual = "; ".join(works)
        yield '<div class="cards">\n'
        for note in notes:
            mark = " data-words" if _worded(note) else ""
            yield f'<div class="note" id="{note.id}"{mark}>\n'
            fields = self._with_links(note, owner, usual) if note.ours else None
            foot = (
                ""
                if note.ours
                else f'<p class="source">{owner} · <a href="#{note.id}">{note.id}</a></p>'
            )
            for number, face in enumerate(note.faces):
                if number == 1:  # the others of the same note are leafed through
                    said = f"<bdi>{len(note.faces) - 1} {escaped(self.words['page-more'])}</bdi>"
                    yield f'<details class="more"><summary>{said}</summary>'
                sides = cards.card_html(note, face, self.media.address, fields)
                yield self._card(f"{note.id} {face.ordinal}", sides.front, sides.back + foot)
            yield "</details></div>\n" if len(note.faces) > 1 else "</div>\n"
        yield "</div>\n"

    def _with_links(self, note: Note, owner: str, usual: str) -> dict[str, str]:
        """A note's fields, in which what it asks about, its works and its id are links."""
        topic, works = owner, usual
        if note.card.sources:
            cited = note.card.sources
            works = "; ".join(self._works(cited, note.id, escaped(note.id)))
        if note.essay:
            works = "; ".join(filter(None, (owner, works)))
            topic = f'<a href="#essay:{note.essay.id}">{note.fields["Topic"] or self._html(note.essay.title)}</a>'
        return {**note.fields, "Topic": topic, "Source": works, "Link": f"#{note.id}"}

    def _card(self, key: str, front: str, back: str) -> str:
        return (
            f'<details class="card" data-card="{key}"><summary><div class="face">{front}</div>'
            f'<span class="turn">{self.words["question"]}</span></summary>'
            f'<div class="face">{back}</div></details>\n'
        )

    # --- links ---

    def _works(self, cites: Iterable[Cite], anchor: str, name: str) -> list[str]:
        """Links to works, which will link back to an anchor by its name."""
        found = []
        for cite in cites:
            said = escaped(self.cited(cite))
            if cite.work in self.works:
                back = self.citing.setdefault(str(cite.work), {})
                back.setdefault(anchor, name)
                said = f'<a href="#work:{cite.work}">{said}</a>'
            found.append(said)
        return found

    def _to_work(self, id_: str, at: str) -> str:
        said = escaped(self.cited(Cite(work=Id(id_), at=Plain(at))))
        return f'<a href="#work:{escaped(id_)}">{said}</a>' if id_ in self.works else said

    def _to_named(self, id_: str) -> str:
        """A link to a concept or a module."""
        sort = "concept" if id_ in self.concepts else "module"
        name = self.taught.names.get(id_)
        return f'<a href="#{sort}:{escaped(id_)}">{self._rich(name) or escaped(id_)}</a>'

    def _to_claims(self, id_: str) -> list[str]:
        found = self.claims.get(id_, ())
        return [f'<a href="#claim:{claim}">{escaped(place)}</a>' for claim, place in found]

    def _links(self, rows: Iterable[tuple[str, Iterable[str]]]) -> Iterator[str]:
        for name, links in rows:
            said = ", ".join(filter(None, links))
            if said:
                yield f'<p class="links"><span class="label">{escaped(name)}</span> {said}</p>\n'

    # --- texts ---

    def _html(self, text: Line) -> str:
        return self._shown(to_html(text))

    def _shown(self, html: str) -> str:
        return cards.text_html(isolated(html, self.runs), self.media.address)

    def _rich(self, value: Value) -> str:
        """A text as HTML, without a paragraph's tags where it is one alone."""
        if isinstance(value, Tree):
            return self._shown(field(value))
        return "" if value is None else escaped(str(value))

    def _paragraph(self, value: Value, name: str) -> str:
        """A text as paragraphs, in an element of this class; nothing of an empty one."""
        said = self._rich(value)
        return (
            f'<div class="{name or "text"}" dir="auto">{_paragraphs(said)}</div>\n' if said else ""
        )

    def _labelled(self, name: str, value: Value) -> Iterator[str]:
        said = self._rich(value)
        if said:
            yield self._named_text(name, said)

    def _named_text(self, name: str, said: str) -> str:
        """A text, given as HTML, under its name."""
        label = f'<p class="label">{escaped(name)}</p>'
        return f'<div class="text" dir="auto">{label}{_paragraphs(said)}</div>\n'

    def _list(self, name: str, values: Iterable[Value], head: str = "p") -> Iterator[str]:
        yield from self._listed(name, map(self._rich, values), head)

    def _listed(self, name: str, items: Iterable[str], head: str = "p") -> Iterator[str]:
        """A list under its name, from HTML."""
        every = list(items)
        if every:
            kind = ' class="label"' if head == "p" else ""
            said = "".join(f'<li dir="auto">{item}</li>' for item in every)
            yield f"<{head}{kind}>{escaped(name)}</{head}>\n<ul>{said}</ul>\n"

    def _figure(self, name: str) -> str:
        picture = next((each for each in self.course.pictures if each.name == name), None)
        if picture is None:
            return ""
        drawn = pagedata.drawings(self.course, {name})[name]
        held = ' class="photo"' if picture.photo else ""
        address = self.media.address(name) or cards.NOTHING
        image = f'<img src="{address}" alt="{escaped(drawn.alt)}"{held}>'
        title = f"<figcaption>{escaped(drawn.title)}</figcaption>" if drawn.title else ""
        return f"<figure>{image}{title}</figure>\n"


def _capital(name: Line) -> Line:
    """The name of a concept, as a card has it."""
    return Line(name[:1].upper() + name[1:], name.span)


def _paragraphs(said: str) -> str:
    """HTML of a text, a single paragraph in its tags too."""
    return (
        said
        if said.startswith(("<p>", "<ul>", "<ol", "<table", "<block", "<pre"))
        else f"<p>{said}</p>"
    )


def _list(value: Value) -> Sequence[Value]:
    return value if isinstance(value, list) else []


def _parts(value: Value) -> list[Data]:
    return [each for each in _list(value) if isinstance(each, dict)]


def _turned(pairs: "Iterable[tuple[str, T]]") -> "dict[str, list[T]]":
    """Whatever stands second in pairs, by what stands first."""
    found: dict[str, list[T]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found
