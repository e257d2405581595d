"use strict";
/* Other words for an author's texts, as a text that `coursedeck adopt` reads: in the form of Anki's “Notes in Plain Text”, with the
   guid of each note and columns named after fields. Pure functions, no page. Nothing stands in it but what was worded anew. */

/** The text of corrections, each `{ guid, id, field, words, was }` with words as HTML, made on the page of a version. A cell is empty
    where a field stays as it is. What the author's words were stands in a column of its own where that is known, so that it can
    be seen whether they have changed since. */
function asCorrections(list, version) {
  const fields = [...new Set(list.map((each) => each.field))].sort();
  const notes = new Map();
  for (const { guid, id, field, words, was } of list) {
    if (!notes.has(guid)) notes.set(guid, { __proto__: null, guid, Id: id });
    notes.get(guid)[field] = words;
    notes.get(guid)[`was:${field}`] = was; // no field of Anki's has a colon in its name
  }
  const known = fields.filter((field) => list.some((each) => each.field === field && each.was));
  const names = ["guid", "Id", ...fields, ...known.map((field) => `was:${field}`)];
  const cell = (value) => `"${value.replace(/\r\n?/g, "\n").replace(/"/g, '""')}"`;
  const rows = [...notes.values()].map((note) => names.map((name) => cell(note[name] || "")).join("\t"));
  const head = ["#separator:tab", "#html:true", "#guid column:1", `#columns:${names.join("\t")}`];
  return [...head, ...(version ? [`#version:${version}`] : []), ...rows, ""].join("\n");
}

/** What learners worded anew in fields of these names, from the report of `merge`: never My notes, tags, or fields of their own. A
    field that the author reworded is left out where the note had older words elsewhere, since it answers to those; else it is not
    known which words it answers to. */
function wordedAnew(report, names) {
  const shown = (html) => (html.match(/<img\b[^>]*>|\[sound:[^\]]*\]/gi) || []).join(" "); // pictures of their own stay theirs
  return report.told.filter((note) => !note.retired && !note.left).flatMap(({ guid, id, changed, kept, both }) =>
    [...kept.map((each) => ({ ...each, was: each.author })), ...(changed.length ? [] : both)]
      .filter(({ name, learner, author }) => names.has(name) && author && learner.trim() && shown(learner) === shown(author))
      .map(({ name, learner, was }) => ({ guid, id, field: name, words: learner, was })));
}
