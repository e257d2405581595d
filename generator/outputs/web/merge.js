"use strict";
/* What becomes of a learner's notes when the author has published new words: pure functions, no page.

   `merge(text, data)` takes the text that Anki exports (“Notes in Plain Text”) and what `update.py` says of the course, and gives
   the text to import and a report. It knows each note's new words, and short hashes (marks) of all that was ever published.

   - A field whose words were once published becomes the author's; one with words of the learner's own stays the learner's.
   - The learner's rows go back as they stand, in the learner's own order of fields; only cells that change are replaced.
   - Only notes that were in the export are written: Anki would make a new note of any other.
   - What nobody sees is no change: Anki's editor leaves `&nbsp;`, `<br>` and blanks behind. Published words are known as hashes only,
     so the learner's are brought to what may have been published (`forms`), and then compared; nothing is written for that alone. */

// --- marks -----------------------------------------------------------------------------------------

const ROUND = new Int32Array(64);
const START = new Int32Array(8);
// The constants of SHA-256 are the first 32 bits of the fractions of roots of the first primes.
for (let number = 2, found = 0; found < 64; number++) {
  let prime = true;
  for (let factor = 2; factor * factor <= number; factor++) if (number % factor === 0) prime = false;
  if (!prime) continue;
  const bits = (root) => ((root - Math.floor(root)) * 4294967296) | 0;
  ROUND[found] = bits(Math.cbrt(number));
  if (found < 8) START[found] = bits(Math.sqrt(number));
  found++;
}
const WORDS = new Int32Array(64);

/** The first 12 hexadecimal digits of the SHA-256 of a value, or "-" for an empty one: what `mark` of ledger.py gives. */
function mark(value) {
  if (!value) return "-";
  const [bytes, length] = utf8(value.replace(/\r\n?/g, "\n").normalize("NFC"));
  const blocks = ((length + 8) >> 6) + 1;
  bytes[length] = 0x80;
  const bits = new DataView(bytes.buffer);
  bits.setUint32(blocks * 64 - 8, Math.floor(length / 0x20000000));
  bits.setUint32(blocks * 64 - 4, length << 3);
  const state = Int32Array.from(START);
  for (let block = 0; block < blocks; block++) compress(state, bits, block * 64);
  const hex = (word) => (word >>> 0).toString(16).padStart(8, "0");
  return hex(state[0]) + hex(state[1]).slice(0, 4);
}

/** The bytes of a text with room for a last block, and how many they are; half a surrogate becomes U+FFFD. */
function utf8(text) {
  const bytes = new Uint8Array(text.length * 3 + 72);
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    let code = text.codePointAt(at);
    if (code > 0xffff) at++;
    else if (code >= 0xd800 && code < 0xe000) code = 0xfffd;
    if (code < 0x80) bytes[length++] = code;
    else {
      if (code < 0x800) bytes[length++] = 0xc0 | (code >> 6);
      else {
        if (code < 0x10000) bytes[length++] = 0xe0 | (code >> 12);
        else {
          bytes[length++] = 0xf0 | (code >> 18);
          bytes[length++] = 0x80 | ((code >> 12) & 63);
        }
        bytes[length++] = 0x80 | ((code >> 6) & 63);
      }
      bytes[length++] = 0x80 | (code & 63);
    }
  }
  return [bytes, length];
}

/** One block of SHA-256. */
function compress(state, bits, offset) {
  const turn = (word, by) => (word >>> by) | (word << (32 - by));
  for (let i = 0; i < 16; i++) WORDS[i] = bits.getInt32(offset + 4 * i);
  for (let i = 16; i < 64; i++) {
    const x = WORDS[i - 15];
    const y = WORDS[i - 2];
    const low = turn(x, 7) ^ turn(x, 18) ^ (x >>> 3);
    const high = turn(y, 17) ^ turn(y, 19) ^ (y >>> 10);
    WORDS[i] = (WORDS[i - 16] + low + WORDS[i - 7] + high) | 0;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; i++) {
    const big = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
    const one = (h + big + ((e & f) ^ (~e & g)) + ROUND[i] + WORDS[i]) | 0;
    const small = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
    const two = (small + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + one) | 0;
    d = c; c = b; b = a; a = (one + two) | 0;
  }
  [a, b, c, d, e, f, g, h].forEach((word, i) => { state[i] = (state[i] + word) | 0; });
}

/** A value as it stands; without blanks and empty lines at its ends; and so with every no-break space a blank. */
function forms(value) {
  if (!/^\s|\s$|&nbsp;|\u00a0|<br ?\/?>$|<\/div>$/i.test(value)) return [value];
  const ended = value.replace(/&nbsp;/g, "\u00a0").replace(/^\s+/, "")
    .replace(/(?:\s|<br ?\/?>|<div>(?:\s|<br ?\/?>)*<\/div>)+$/i, "");
  return [value, ended, ended.replace(/\u00a0/g, " ")];
}

// --- the file --------------------------------------------------------------------------------------

const HEAD = /#(separator|html|guid column|notetype column|deck column|tags column|columns|notetype|deck|tags|if matches):([^\n]*)\n?/y;
const CELL = /[^\t\n]*/y;

/** An export: its head lines by name, its rows of cells, and whether it is whole. */
function read(text) {
  let at = text.startsWith("\uFEFF") ? 1 : 0;
  const head = new Map();
  for (;;) {
    HEAD.lastIndex = at;
    const line = HEAD.exec(text);
    if (!line) break;
    head.set(line[1], line[2].replace(/[\r ]+$/, ""));
    at = HEAD.lastIndex;
  }
  const rows = rowsOf(text, at);
  // Anki ends each row with a line end, the last too, and makes all as wide as the widest.
  const whole = rows !== undefined && text.endsWith("\n") && rows.every((row) => row.length === rows[0].length);
  return { head, rows, whole };
}

/** The rows from a place on; nothing where a quote stays open. A cell between quotes may hold tabs, line ends and doubled quotes. */
function rowsOf(text, at) {
  const rows = [];
  let cells = [];
  while (at < text.length) {
    let cell = "";
    const quoted = text[at] === '"';
    if (quoted) {
      for (at++; ; at += 2) {
        const quote = text.indexOf('"', at);
        if (quote < 0) return undefined;
        cell += text.slice(at, quote);
        at = quote;
        if (text[at + 1] !== '"') break;
        cell += '"';
      }
      at++;
    }
    CELL.lastIndex = at;
    const rest = CELL.exec(text)[0];
    at += rest.length;
    cells.push(quoted ? cell : at < text.length && text[at] === "\t" ? rest : rest.replace(/\r$/, ""));
    if (text[at++] === "\t") {
      if (at < text.length) continue;
      cells.push("");
    }
    if (cells.length > 1 || cells[0] !== "") rows.push(cells);
    cells = [];
  }
  return rows;
}

/** The text to import. All rows are as wide as the widest, since the tags stand in one column. */
function written(rows) {
  if (!rows.length) return ""; // Anki calls a file without rows an error
  const widest = Math.max(...rows.map((row) => row.cells.length));
  const quoted = (cell) => `"${cell.replace(/"/g, '""')}"`;
  const lines = rows.map(({ guid, type, cells, tags }) => {
    const padding = new Array(widest - cells.length).fill("");
    return [guid, type, ...cells, ...padding, tags.join(" ")].map(quoted).join("\t");
  });
  const head = ["separator:tab", "html:true", "guid column:1", "notetype column:2"];
  head.push(`tags column:${widest + 3}`, "if matches:update current");
  return [...head.map((line) => `#${line}`), ...lines, ""].join("\n");
}

// --- which note a row is ---------------------------------------------------------------------------

const EMPTY = ["-"]; // the marks of a field that never held a word

/** What `data` says, made ready to be asked. */
function prepared(data) {
  const marks = new Map();
  const marked = (value) => {
    if (!marks.has(value)) marks.set(value, mark(value));
    return marks.get(value);
  };
  const notes = data.notes.map((note) => {
    const { fields: names, title: titled } = data.types[note.kind];
    const past = names.map((_, i) => (note.past[i] ? note.past[i].split(" ") : EMPTY));
    const where = new Map(); // the one field that a value belongs to, by its mark
    past.forEach((known, i) => {
      for (const each of known) if (each !== "-") where.set(each, where.has(each) ? -1 : i);
      // The present words' mark is the last: most cells hold just those, and need not be hashed.
      if (note.fields[i]) marks.set(note.fields[i], known[known.length - 1]);
    });
    const tagsPast = new Set(note.tagsPast.split(" "));
    const fields = names.map((_, i) => note.fields[i] || "");
    return { ...note, names, past, where, tagsPast, fields, titled, title: fields[titled] };
  });
  const byId = new Map();
  for (const note of notes) {
    for (const each of note.past[note.names.indexOf("Id")]) {
      byId.set(each, [...(byId.get(each) || []), note]);
    }
  }
  return { notes, marked, byId, byGuid: new Map(notes.map((note) => [note.guid, note])) };
}

/** The fields whose published words stand in cells: pairs of field and column. An id, which a retirement puts into
    the first field as well, stands in `Id` where it stands once: that field is never empty. */
function sightings(note, cells, marked) {
  const seen = [];
  const id = note.names.indexOf("Id");
  cells.forEach((cell, column) => {
    if (!cell) return;
    const found = marked(cell);
    let field = note.where.get(found);
    if (field === -1 && note.past[id].includes(found) && cells.indexOf(cell) === cells.lastIndexOf(cell)) field = id;
    if (field >= 0) seen.push([field, column]);
  });
  return seen;
}

const LIKE_AN_ID = /^[a-z0-9][a-z0-9.-]{0,199}$/i;

/** The note of a row without guid: it holds the note's `Id` and words of two more of its fields; "unsure" where little else is
    known or two notes fit alike, and nothing where no note does. One that was retired holds its `Id` twice, and few other words. */
function noteOf(cells, course) {
  const found = new Map(); // in how many cells
  for (const cell of cells) {
    if (!LIKE_AN_ID.test(cell)) continue;
    for (const note of course.byId.get(course.marked(cell)) || []) found.set(note, (found.get(note) || 0) + 1);
  }
  const ranked = [...found].map(([note, times]) => {
    const fields = new Set(sightings(note, cells, course.marked).map(([field]) => field));
    fields.delete(note.names.indexOf("Id"));
    return { note, score: fields.size + (times > 1 ? 1 : 0) };
  }).sort((one, other) => other.score - one.score);
  if (!ranked.length || !ranked[0].score) return undefined;
  const tie = ranked.length > 1 && ranked[1].score === ranked[0].score;
  return ranked[0].score < 2 || tie ? "unsure" : ranked[0].note;
}

/** The course's rows, and those that cannot be told apart. */
function recognised(table, course) {
  const { head } = table;
  const there = (name) => (head.has(`${name} column`) ? 1 : 0);
  // Counted by the lines that are there: Anki 23.10 writes wrong numbers into them.
  const lead = there("guid") + there("notetype") + there("deck");
  const rows = [];
  const refused = [];
  const times = new Map();
  let strangers = 0;
  for (const row of table.rows) {
    const cells = row.slice(lead, -1);
    // A tag may stand twice, where the learner gave one the name of another.
    const tags = [...new Set(row[row.length - 1].split(" ").filter(Boolean))];
    const note = head.has("guid column") ? course.byGuid.get(row[0]) : noteOf(cells, course);
    if (note === "unsure") refused.push({ why: "unsure", title: cells[0] });
    else if (!note) strangers += course.bears(tags);
    else {
      times.set(note, (times.get(note) || 0) + 1);
      rows.push({ note, cells, tags, type: there("notetype") ? row[there("guid")] : "" });
    }
  }
  const once = rows.filter((row) => times.get(row.note) === 1);
  times.forEach((count, note) => {
    if (count > 1) refused.push({ why: "twice", title: note.title });
  });
  return { rows: once, refused, strangers, known: new Set(times.keys()) };
}

// --- which column is which field -------------------------------------------------------------------

// In so many rows the words of a field stand in another column because it was moved; in fewer, a learner may keep a copy there.
const MOVED = 3;

/** The column of each field in one of the learner's note types, -1 where it is not known; nothing where two columns have the same
    claim to a field. Past the last field that was seen, an empty field of the learner's looks like an empty one of ours, and like the
    cells with which Anki makes all rows as wide as the widest: there `Retired` alone is known, if the learner is `sure` of it. */
function layout(rows, marked, sure) {
  const { names } = rows[0].note;
  const width = Math.max(...rows.map((row) => row.cells.length));
  const votes = names.map(() => new Array(width).fill(0));
  for (const row of rows) {
    row.seen = sightings(row.note, row.cells, marked);
    for (const [field, column] of row.seen) votes[field][column]++;
  }
  const mine = names.indexOf("My notes");
  const columns = votes.map((each, field) => {
    const most = Math.max(...each);
    if (!most || field === mine) return -1;
    return each.filter((count) => count === most).length > 1 ? -2 : each.indexOf(most);
  });
  if (columns.includes(-2)) return undefined;
  columns.forEach((column, field) => {
    const rivals = columns.map((other, i) => (other === column && i !== field ? votes[i][column] : 0));
    if (column >= 0 && Math.max(...rivals) >= votes[field][column]) columns[field] = -1;
  });
  const seen = columns.slice();
  names.forEach((_, field) => {
    if (field === mine) return;
    if (seen[field] === -1) columns[field] = between(field, seen, rows, width, sure);
    else if (votes[field][seen[field]] < MOVED && copied(field, seen, names)) columns[field] = expected(field, seen);
  });
  return columns;
}

/** The column where the neighbours of a field in the published order say that it stands, when both say the same; else -1. Before the
    first field that was seen the edge is a neighbour; after the last there is none on the right. */
function expected(field, seen) {
  let before = field - 1;
  let after = field + 1;
  while (before >= 0 && seen[before] < 0) before--;
  while (after < seen.length && seen[after] < 0) after++;
  const column = before >= 0 ? seen[before] + field - before : field;
  return after < seen.length && column === seen[after] + field - after ? column : -1;
}

/** Whether words of a field stand where they were copied to, such as into `My notes`: its own column is between its neighbours all the
    same, nothing else is there, and where they stand no other field is missing. */
function copied(field, seen, names) {
  const column = expected(field, seen);
  if (column < 0 || seen.includes(column)) return false;
  const others = seen.map((at, other) => (other === field ? -1 : at));
  return !names.some((name, other) => seen[other] === -1 && name !== "My notes" && expected(other, others) === seen[field]);
}

/** The column of a field of which no published word is in the export: where its neighbours say, when no other field stands there, and
    no learner's words stand where the field was always empty. */
function between(field, seen, rows, width, sure) {
  const { names } = rows[0].note;
  const id = field - 1;
  const vouched = sure && names[field] === "Retired" && names[id] === "Id" && seen[id] >= 0; // whatever stands further right
  const column = vouched ? seen[id] + 1 : expected(field, seen);
  if (column < 0 || column >= width || seen.includes(column)) return -1;
  const always = (note) => note.past[field].length === 1 && note.past[field][0] === "-";
  return rows.some((row) => row.cells[column] && always(row.note)) ? -1 : column;
}

/** Whether a row's cells stand in other columns than those of its note type: most of the words seen are elsewhere. */
function outOfShape(row, columns) {
  const wrong = row.seen.filter(([field, column]) => columns[field] >= 0 && columns[field] !== column);
  return 2 * wrong.length > row.seen.length;
}

// --- the merge -------------------------------------------------------------------------------------

/** The cells of a row merged with its note, and what was changed, kept, and changed by both. */
function mergedCells(row, columns, marked) {
  const { note } = row;
  const cells = row.cells.slice();
  const told = { cells, changed: [], kept: [], both: [], missing: [] };
  const taken = new Set();
  const ids = note.past[note.names.indexOf("Id")]; // no words of the learner's, wherever they stand
  note.names.forEach((name, field) => {
    const column = columns[field];
    // Anki skips a row whose first cell is empty: a note that was retired has its id there, whichever field the learner put first.
    const author = note.fields[field] || (note.retired && column === 0 ? note.id : "");
    if (column === -1) {
      if (author && name !== "My notes" && !(author === note.id && row.cells.includes(author))) told.missing.push({ name, author });
      return;
    }
    taken.add(column);
    const learner = row.cells[column];
    if (marked(learner) === marked(author)) return;
    const past = column === 0 ? [...note.past[field], ...ids] : note.past[field];
    const seen = forms(learner).map(marked);
    if (!past.includes(seen[0]) && forms(author).some((form) => seen.includes(marked(form)))) return;
    if (seen.some((each) => past.includes(each))) {
      cells[column] = author;
      told.changed.push({ name, learner, author });
    } else if (author || note.where.get(seen[0]) !== -1) { // else words of other fields, which name no column
      (note.past[field].length > 1 ? told.both : told.kept).push({ name, learner, author });
    }
  });
  // Words that several fields of a note share name no column, and are the author's all the same.
  const published = new Set([...ids, ...note.past.filter((_, field) => columns[field] === -1).flat()]);
  row.cells.forEach((learner, column) => {
    if (!taken.has(column) && forms(learner).every(Boolean) && !published.has(marked(learner))) told.kept.push({ name: "", learner, author: "" });
  });
  return told;
}

/** The learner's tags with the author's: those that the author took away go. An author's tag that the learner took away comes back,
    since nothing tells it from one that is new. */
function mergedTags(row, course) {
  const { note } = row;
  const same = (one) => (other) => one.toLowerCase() === other.toLowerCase();
  const given = row.tags.filter((tag) => !course.marksOf(tag));
  const theirs = (tag) => note.tags.some(same(tag));
  const kept = given.filter((tag) => theirs(tag) || !note.tagsPast.has(course.marked(tag)));
  const added = note.tags.filter((tag) => !given.some(same(tag)));
  const own = kept.filter((tag) => !theirs(tag));
  return { tags: [...kept, ...added], own, changed: added.length > 0 || kept.length < given.length };
}

// Anki sets these by itself or with one key: no reason to keep a card that was retired.
const PASSING = new Set(["leech", "marked"]);

/** What becomes of one row: the row to write if there is one, and what to tell of it. */
function mergedRow(row, columns, course) {
  const { note } = row;
  const asItStands = !columns || outOfShape(row, columns);
  const fields = asItStands
    ? { cells: row.cells, changed: [], kept: [], both: [], missing: [] }
    : mergedCells(row, columns, course.marked);
  const tags = mergedTags(row, course);
  const { guid, id, retired } = note;
  // The author has no words for a retired note any more; those of the learner's that name it stand where the layout says.
  const named = asItStands ? -1 : columns[note.titled];
  const title = retired ? row.cells[Math.max(named, 0)] : note.title;
  const told = { guid, id, title, retired, ...fields, ownTags: tags.own, left: "" };
  if (asItStands) told.left = columns ? "shape" : "type";
  const wrote = fields.kept.length + fields.both.length > 0;
  if (note.retired && fields.changed.length) {
    const open = note.names.indexOf("Retired");
    const bound = wrote || tags.own.some((tag) => !PASSING.has(tag.toLowerCase()));
    if (bound || columns[open] < 0) {
      // A card with a learner's words on it stays open, and so does one whose note type hides where to close it.
      Object.assign(told, { cells: row.cells, changed: [], missing: [], left: bound ? "own" : "closed" });
      if (!bound) return { told };
      tags.tags = row.tags.filter((tag) => !course.marksOf(tag));
      tags.changed = false;
    }
  }
  const changed = told.changed.length > 0 || tags.changed;
  const mine = told.left !== "" || wrote || tags.own.length > 0 || fields.missing.length > 0;
  if (!changed && !mine) return { told };
  if (!told.cells[0]) return { told: { ...told, changed: [], left: "empty" } }; // Anki skips such a row
  const tagged = (again) => [
    ...tags.tags,
    ...(mine ? [course.tag("mine") + again] : []),
    ...(changed ? [course.tag("changed") + again] : []),
  ];
  // Anki leaves a row alone that is just like the note, with the note's old date, and a package would then replace it. With a mark
  // that it did not have, every row that is written gets a new date, and no package that is there now can touch it.
  const alike = (one, other) => one.sort().join(" ").toLowerCase() === other.sort().join(" ").toLowerCase();
  const like = told.changed.length === 0 && alike(tagged(""), [...row.tags]);
  const type = row.type || String(course.types[note.kind].id);
  return { told, again: !changed && row.tags.some((tag) => course.marksOf(tag) === course.version), row: { guid: note.guid, date: note.mod, retired, type, cells: told.cells, tags: tagged(like ? "::again" : "") } };
}

/** Numbers of a version, to be compared; what was never released comes after all. */
function order(version) {
  const numbers = /^(\d+)\.(\d+)\.(\d+)$/.exec(version);
  return numbers ? numbers.slice(1).reduce((sum, each) => sum * 100000 + Number(each), 0) : Infinity;
}

/** Whether rows bear the mark of a newer version than the page is for. Of those that the page knows, or else of any: another course of
    the same id, which the learner has as well, has versions of its own. */
function newer(table, found, course) {
  const tags = found.rows.length ? found.rows.map((row) => row.tags) : table.rows.map((row) => row[row.length - 1].split(" "));
  return tags.flat().some((tag) => {
    const version = course.marksOf(tag);
    return version && order(version) < Infinity && order(version) > order(course.version);
  });
}

/** Why an export cannot be used, as one word, or nothing. */
function problem(table) {
  const { head, rows, whole } = table;
  if (!head.has("separator") && !head.has("html")) return "no-export";
  // A spreadsheet fills each line up with the signs between its cells, and has its own way with the words.
  if (/[\t,;"]/.test((head.get("separator") || "") + (head.get("html") || ""))) return "not-text";
  if (head.has("if matches")) return head.has("columns") ? "old-text" : "own-text"; // no export says what to do with notes
  if (!whole) return "cut";
  if (!rows.length) return "empty";
  const bare = !["guid", "notetype", "deck", "tags"].some((name) => head.has(`${name} column`));
  if (bare && rows.every((row) => row.length === 2)) return "cards";
  if (head.get("html") !== "true") return "no-html";
  if (!head.has("tags column")) return "no-tags";
  return "";
}

/** The text to import (empty where there is nothing to import) and the report; or the problem as one word, where "boxes" asks for an
    export with all boxes, since it is not sure which note or note type some rows belong to. `sure` is a learner who says that
    `Retired` stands right after `Id`: without it, nothing is written where an empty column may be the learner's own. */
function merge(text, data, sure = false) {
  const table = read(text);
  const root = `${data.course}::`;
  // Anki keeps the case in which it saw a tag first.
  const below = (prefix, tag) => tag.slice(0, prefix.length).toLowerCase() === prefix.toLowerCase();
  const course = {
    ...prepared(data),
    types: data.types,
    version: data.version,
    tag: (word) => `${root}${word}::${data.version}`,
    // The version of one of our marks; nothing for another tag.
    marksOf: (tag) => (below(root, tag) && /^(?:mine|changed)::([^:]+)/i.exec(tag.slice(root.length)) || [])[1],
    bears: (tags) => (tags.some((tag) => below(`${root}lens::`, tag)) ? 1 : 0),
  };
  const wrong = problem(table);
  if (wrong) return { problem: wrong };
  const found = recognised(table, course);
  if (!found.refused.length && newer(table, found, course)) return { problem: "newer" };
  if (!found.rows.length && !found.refused.length) return { problem: "other-course" };

  const groups = new Map();
  for (const row of found.rows) {
    const key = `${row.note.kind}\n${row.type}`;
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(row);
  }
  const told = [];
  const rows = [];
  let again = 0;
  for (const group of groups.values()) {
    const columns = layout(group, course.marked, sure);
    for (const row of group) {
      // Where rows of two note types stand mixed, only the name of each tells into which a row must go back.
      if (columns && !row.type && outOfShape(row, columns)) {
        found.refused.push({ why: "shape", title: row.note.title });
        continue;
      }
      const made = mergedRow(row, columns, course);
      told.push(made.told);
      if (made.row) rows.push(made.row);
      if (made.again) again++;
    }
  }
  if (found.refused.length) return { problem: "boxes", refused: found.refused };
  // Anki dates what it imports by its clock: before this moment, in seconds since 1970, a package would be newer and replace it.
  const latest = rows.reduce((newest, row) => Math.max(newest, row.date), 0);
  const taken = rows.length > 0 && again === rows.length; // all that is left of this update is a new date
  const report = { rows: table.rows.length, written: rows.length, taken, latest, strangers: found.strangers, told };
  // Anki shows the first rows before it imports them: not those that a retirement empties.
  rows.sort((one, other) => one.retired - other.retired);
  return { text: written(rows), report: { ...report, ...absent(found.known, course, data.modules) } };
}

/** The notes that a package brings though they are not in the export: new ones, and those that the learner has deleted, or keeps where
    the export did not look. Only of modules that the learner has, and of new ones where that is the whole course. `lacking` are the decks
    of modules of which nothing is in the file, though others are: the learner may have them where the export did not look. */
function absent(known, course, names) {
  const had = [...known].filter((note) => !note.retired);
  const modules = new Set(had.map((note) => note.module));
  const newest = Math.max(...had.map((note) => order(note.since)));
  const living = course.notes.filter((note) => !note.retired);
  const before = new Set(living.filter((note) => order(note.since) <= newest).map((note) => note.module));
  // Whoever has every module that there was takes the whole course, and gets modules that are new.
  const whole = modules.size > 0 && [...before].every((module) => modules.has(module));
  const missing = living.filter((note) => !known.has(note) && (whole || modules.has(note.module)));
  const told = ({ guid, id, title }) => ({ guid, id, title });
  return {
    known: known.size,
    lacking: modules.size ? Object.keys(names).filter((each) => before.has(each) && !modules.has(each)).map((each) => names[each]) : [],
    gone: missing.filter((note) => order(note.since) <= newest).map(told),
    fresh: missing.filter((note) => order(note.since) > newest).map(told),
  };
}
