"""What an update did to a learner's collection, told by plain SQL.

A second opinion: it imports nothing of coursedeck, and knows nothing of ledgers, marks or columns. All that it is given are
collections of Anki: the learner's before and after, and those of newcomers who imported what was published.
"""

import contextlib
import sqlite3
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

# A side is a collection: `was` and `now` are the learner's, `new` is a newcomer's to the update; newcomers to the versions that the
# learner had are `had`, and `last` is the last of them. A tag counts as a field of its own, named `#tag`.
TABLES = """
CREATE TABLE note (side TEXT, guid TEXT, mod INT, shape TEXT, cards INT);
CREATE TABLE word (side TEXT, guid TEXT, field TEXT, value TEXT);
CREATE TABLE cosmetic (field TEXT);  -- for a change of these alone, no package replaces a note
CREATE INDEX note_of ON note (guid, side);
CREATE INDEX word_at ON word (guid, field, side, value);
"""
NOTES = (
    "SELECT guid, mid, mod, flds, tags, (SELECT count() FROM cards WHERE nid = notes.id) FROM notes"
)

# The notes that the learner had or that are published now. `changed`: the author changed it since; `newer`: the package's has a
# later date than the learner's; `touched`: the learner's has the date of no package; `reshaped`: the learner changed its type's
# fields.
KNOWN = """
CREATE TABLE known AS
SELECT each.guid, w.guid NOT NULL AS had, n.guid NOT NULL AS published,
  each.guid IN (SELECT guid FROM note WHERE side IN ('had', 'new')) AS ours, n.cards IS 0 AS retired,
  a.guid IS NULL AS absent, ifnull(n.mod > w.mod, 0) AS newer,
  EXISTS (SELECT field, value FROM word WHERE guid = each.guid AND side = 'new' AND field NOT IN cosmetic
    EXCEPT SELECT field, value FROM word WHERE guid = each.guid AND side = 'last')
  OR EXISTS (SELECT field, value FROM word WHERE guid = each.guid AND side = 'last' AND field NOT IN cosmetic
    EXCEPT SELECT field, value FROM word WHERE guid = each.guid AND side = 'new') AS changed,
  w.mod NOT IN (SELECT mod FROM note WHERE guid = each.guid AND side = 'had') AS touched,
  w.shape NOT IN (SELECT shape FROM note WHERE guid = each.guid AND side = 'had') AS reshaped
FROM (SELECT DISTINCT guid FROM note WHERE side IN ('was', 'new')) AS each
LEFT JOIN note AS w ON w.guid = each.guid AND w.side = 'was'
LEFT JOIN note AS a ON a.guid = each.guid AND a.side = 'now'
LEFT JOIN note AS n ON n.guid = each.guid AND n.side = 'new'
"""
# Their fields with the words before (`w`), after (`a`) and for a newcomer (`n`), NULL where there are none. `own` are words of the
# learner's: never published in that field.
PLACE = """
CREATE TABLE place AS
SELECT known.*, each.field, w.value AS w, a.value AS a, n.value AS n, w.value NOT NULL AND NOT EXISTS (
    SELECT 1 FROM word AS p WHERE p.guid = each.guid AND p.field = each.field
    AND p.side IN ('had', 'new') AND p.value = w.value) AS own
FROM (SELECT DISTINCT guid, field FROM word WHERE side IN ('was', 'new')) AS each
JOIN known USING (guid)
LEFT JOIN word AS w ON w.guid = each.guid AND w.field = each.field AND w.side = 'was'
LEFT JOIN word AS a ON a.guid = each.guid AND a.field = each.field AND a.side = 'now'
LEFT JOIN word AS n ON n.guid = each.guid AND n.field = each.field AND n.side = 'new'
"""
# The notes that something of a learner's binds to the collection, though they are retired: Anki itself sets leech and marked.
BOUND = """
CREATE TABLE bound AS SELECT DISTINCT guid FROM place
WHERE own AND (w <> '' OR n NOT NULL) AND field NOT IN ('#leech', '#marked')
"""
# What became of each field. The learner's words stay, all others become the newcomer's. Exceptions are announced to learners: a
# package replaces a note that the author changed after the learner, and leaves alone one that the learner touched after the author
# or whose type has other fields; the page leaves a retired note alone on which the learner wrote.
FATE = """
CREATE TABLE fate AS SELECT guid, field, w, a, CASE
  WHEN NOT had AND retired AND absent THEN 'same'
  WHEN a IS iif(own OR NOT published, w, n) THEN
    CASE WHEN NOT had THEN 'new' WHEN own AND ours AND w <> '' THEN 'kept'
    WHEN own OR NOT published OR w IS n THEN 'same' WHEN retired THEN 'closed' ELSE 'arrived' END
  WHEN :removes AND retired AND absent AND newer AND NOT reshaped THEN iif(own AND w <> '', 'replaced', 'closed')
  WHEN own AND NOT :keeps AND newer AND changed AND NOT reshaped AND a IS n THEN 'replaced'
  WHEN NOT own AND had AND a IS w AND NOT :mends AND (
    reshaped OR NOT newer AND (touched OR field IN cosmetic)) THEN iif(retired, 'open', 'held')
  WHEN NOT own AND had AND a IS w AND :mends AND retired AND guid IN bound THEN 'open'
  WHEN own OR NOT published OR w IS n THEN 'lost'
  ELSE 'missed' END AS fate
FROM place
"""
FATES = """
SELECT fate, iif(fate IN ('closed', 'open'), count(DISTINCT guid), count()) FROM fate GROUP BY fate
"""
CARD = (
    "id, nid, did, ord, type, queue, due, ivl, factor, reps, lapses, left, odue, odid, flags, data"
)
# What may not be, and how to find it: each row found is a promise broken.
BROKEN = {
    "words of the learner's are lost": "SELECT guid, field, w, a FROM fate WHERE fate = 'lost'",
    "a change did not arrive": "SELECT guid, field, w, a FROM fate WHERE fate = 'missed'",
    "a review is lost": "SELECT * FROM was.revlog EXCEPT SELECT * FROM now.revlog",
    "a review came from nowhere": "SELECT * FROM now.revlog EXCEPT SELECT * FROM was.revlog",
    "a card is not as it was": f"""
        SELECT * FROM (SELECT {CARD} FROM was.cards EXCEPT SELECT {CARD} FROM now.cards)
        WHERE nid NOT IN (SELECT id FROM was.notes WHERE guid NOT IN (SELECT guid FROM now.notes)
        AND guid IN (SELECT guid FROM fate WHERE fate = 'closed'))""",  # noqa: S608  names above
    "a card did not arrive": """
        SELECT guid, ord FROM new.cards JOIN new.notes ON nid = notes.id
        WHERE guid NOT IN (SELECT guid FROM fate WHERE fate NOT IN ('same', 'arrived', 'new'))
        EXCEPT SELECT guid, ord FROM now.cards JOIN now.notes ON nid = notes.id""",
    "a note is there twice": "SELECT guid FROM now.notes GROUP BY guid HAVING count() > 1",
    "a note came from nowhere": "SELECT guid FROM now.notes EXCEPT SELECT guid FROM known",
    "the file is damaged": "SELECT * FROM pragma_integrity_check(100, 'now') WHERE integrity_check <> 'ok'",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many notes the learner had, what became of fields by the word of `FATE`, how many notes are new, the reviews before and
    after, and each promise that was broken, with what it was broken on. Of retired notes (`closed`, `open`) notes are counted.
    """

    notes: int
    fates: Mapping[str, int]
    new: int
    reviews: tuple[int, int]
    broken: tuple[tuple[str, str], ...]


def judge(
    was: Path,
    now: Path,
    *,
    had: Sequence[Path],
    new: Path,
    keeps: bool,
    mends: bool,
    removes: bool,
    cosmetic: Collection[str],
) -> Verdict:
    """Hold a learner's collection before and after an update against what learners are promised.

    `had` are collections of newcomers to each version that the learner had, in order; `new` is one of a newcomer to the
    update. `keeps`: all words of the learner's must be there; `mends`: each change must arrive where the learner had none;
    `removes`: retired notes may be gone. For a change of `cosmetic` fields alone a package replaces no note.
    All files are of closed collections. Raises sqlite3.Error where one is none.
    """
    renamed: dict[tuple[int, str], str] = {}
    for path in had:
        renamed |= _renamed(_fields(path), _fields(new))
    with contextlib.closing(sqlite3.connect(":memory:")) as db:
        db.create_collation("unicase", _unicase)
        db.executescript(TABLES)
        db.executemany("INSERT INTO cosmetic VALUES (?)", [(field,) for field in cosmetic])
        for side, path in (("was", was), ("now", now), ("new", new)):
            db.execute(f"ATTACH ? AS {side}", (str(path),))
            _read(db, side, path, renamed)
        for path in had:
            _read(db, "had", path, renamed)
        _read(db, "last", had[-1], renamed)
        for made in (KNOWN, PLACE, BOUND):
            db.execute(made)
        db.execute(FATE, {"keeps": keeps, "mends": mends, "removes": removes})

        def count(sql: str) -> int:
            (number,) = db.execute(f"SELECT count() FROM {sql}").fetchone()  # noqa: S608  of the words below
            return int(number)

        return Verdict(
            notes=count("was.notes"),
            fates=dict(db.execute(FATES)),
            new=count("now.notes WHERE guid NOT IN (SELECT guid FROM was.notes)"),
            reviews=(count("was.revlog"), count("now.revlog")),
            broken=tuple(
                (what, " · ".join(map(str, row)))
                for what, sql in BROKEN.items()
                for row in db.execute(sql)
            ),
        )


Names = Mapping[int, list[str]]  # of fields, in their order, by note type


def _fields(path: Path) -> Names:
    names: dict[int, list[str]] = {}
    with contextlib.closing(sqlite3.connect(path)) as file:
        file.create_collation("unicase", _unicase)
        for type_, name in file.execute("SELECT ntid, name FROM fields ORDER BY ntid, ord"):
            names.setdefault(type_, []).append(name)
    return names


def _renamed(old: Names, new: Names) -> dict[tuple[int, str], str]:
    """What newcomers find under another name now, by note type and the name that it had: nothing published changes its place."""
    return {
        (type_, was): now
        for type_ in old.keys() & new.keys()
        for was, now in zip(old[type_], new[type_], strict=True)
        if was != now
    }


def _read(
    db: sqlite3.Connection, side: str, path: Path, renamed: Mapping[tuple[int, str], str]
) -> None:
    """Enter the notes of a collection, and their fields and tags, as those of a side."""
    names = {
        type_: [renamed.get((type_, name), name) for name in own]
        for type_, own in _fields(path).items()
    }
    notes, words = [], []
    with contextlib.closing(sqlite3.connect(path)) as file:
        file.create_collation("unicase", _unicase)
        for guid, type_, mod, fields, tags, cards in file.execute(NOTES):
            shape = names[type_]
            notes.append((side, guid, mod, "\x1f".join(shape), cards))
            words += [(side, guid, *word) for word in zip(shape, fields.split("\x1f"), strict=True)]
            words += [(side, guid, f"#{tag}", tag) for tag in {*tags.lower().split()}]
    db.executemany("INSERT INTO note VALUES (?, ?, ?, ?, ?)", notes)
    db.executemany("INSERT INTO word VALUES (?, ?, ?, ?)", words)


def _unicase(one: str, other: str) -> int:
    """Anki's own order of names."""
    one, other = one.casefold(), other.casefold()
    return (one > other) - (one < other)
