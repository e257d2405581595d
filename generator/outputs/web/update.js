/* The page around `merge`: takes the file in, tells what will become of it, gives the new file back. Words of notes are only ever
   shown as plain text, never as HTML. */

const LIMIT = 100 * 1000 * 1000;
const SHOWN = 200; // more notes than this are counted, not listed
const ALL_BOXES = "Include HTML and media references, Include tags, Include note type name and Include unique identifier";
const PROBLEMS = {
  "large": "This file is larger than 100 MB. Choose the deck of the course in place of All Decks, after you have moved its cards out of other decks and filtered decks.",
  "package": "This is a package of Anki (.apkg or .colpkg), not its text. Export again, with the format Notes in Plain Text.",
  "not-text": "This is no text: a picture, perhaps; or another program has saved it, or it was cut short. Give this page the file of Anki’s export as it is, or export again.",
  "cut": "This file is not whole: it ends within a note, or a line of it lacks a part. Export again, and give the file to this page as it is.",
  "no-export": "This is not a file of Anki’s export Notes in Plain Text, or another program has saved it. Choose File › Export in Anki, with that format, and give the file to this page as it is.",
  "own-text": "This is the file that this page has saved. Import it in Anki; give this page the file of Anki’s export.",
  "old-text": "This is the old update file, not your export. Do not import it any more: export your notes as step 1 says.",
  "cards": "You exported cards. Choose Notes in Plain Text.",
  "empty": "There is no note in this file. Export again, with All Decks.",
  "no-html": "This export is without HTML, so that bold words, lists and pictures would be lost. Export again, with the box Include HTML and media references on.",
  "no-tags": "This export is without tags, so that your tags would be lost. Export again, with the box Include tags on.",
  "other-course": "None of the notes in this file is of this course. Choose the format Notes in Plain Text (not Cards), and All Decks. If it is of another course, take that course’s update page.",
  "newer": "Your notes have had an update of a newer version than this page is for. Take the newest update page.",
  "early": "The clock of this computer is wrong, or the author’s was. If you imported your words now, the package would be newer and could replace them. If it is this clock, set it right. Otherwise wait until the author’s time has come, and begin again at step 1; until then import nothing.",
  "fault": "This page has a fault of its own with your file. Nothing of yours has changed. Please tell the author, and do not import the package until then.",
  "boxes": `For some rows it is not sure which note they are, because a note was copied, its note type was changed, or you also have another course that was made from this one. Export again, with these boxes on: ${ALL_BOXES}.`,
};
const LEFT = {
  waits: ["retired, and open until you tick the box", "The author has withdrawn these cards. If you have added, moved or removed no field in the note types of this course, tick the box above: this update closes them then."],
  own: ["retired, but kept for what you wrote on them, or tagged", "The author has withdrawn these cards. They stay with you as they are."],
  closed: ["retired, but still open", "The author has withdrawn these cards. In your note type it is not sure which field closes them, and an empty one may be your own: suspend them, or delete them."],
  type: ["left as they are", `Two fields of your note type hold the same words, and it is not sure which is which. Your words are safe, but changes of the author’s did not come. Export again with these boxes on: ${ALL_BOXES}. If it stays so, empty the field that repeats the other.`],
  shape: ["left as they are", "The words of these notes stand in other fields than those of their note type. They are safe, but changes of the author’s did not come."],
  empty: ["not updated", "The first field of these notes is empty, and Anki does not import such a note. If it is one that you have put there, move that field from the first place (Tools › Manage Note Types › Fields); otherwise write something in it. Then begin again: the package may replace what else you wrote on them."],
};

/** The words of a field without its HTML and the braces of clozes. Nothing in it is run or loaded. */
function plain(html) {
  const held = new DOMParser().parseFromString(html.replace(/<(br|\/p|\/li|\/div)\b[^>]*>/gi, "\n$&"), "text/html").body;
  held.querySelectorAll("script, style").forEach((each) => each.remove());
  held.querySelectorAll("img").forEach((each) => each.replaceWith(` [${each.getAttribute("src") || "picture"}] `));
  const words = held.textContent.replace(/\{\{c\d+::(.*?)(?:::.*?)?\}\}/gs, "$1");
  return words.replace(/\n\s*/g, "\n").trim();
}

/** A moment in seconds since 1970, by the clock on the wall. */
const moment = (seconds) => new Date(seconds * 1000).toLocaleString("en-GB", { dateStyle: "long", timeStyle: "medium" });

/** An element with text and elements in it. */
function element(name, given, ...inside) {
  const made = document.createElement(name);
  Object.assign(made, given);
  made.append(...inside);
  return made;
}

/** How words of the course are shown: in its language, while the page's own is English, and the way that they run. */
const theirs = { lang: document.querySelector("h1").lang, dir: "auto" };

const notes = (count) => (count === 1 ? "1 note" : `${count} notes`);

/** Names of notes under a heading that opens; nothing where there is none. */
function part(list, heading, explained, inner = () => []) {
  if (!list.length) return [];
  const shown = list.slice(0, SHOWN).map((note) => element("div", { className: "note" },
    element("h4", theirs, plain(note.title), " ", element("span", { className: "id" }, plain(note.title) === note.id ? "" : note.id)),
    ...inner(note)));
  const more = list.length > SHOWN ? [element("p", {}, `And ${list.length - SHOWN} more.`)] : [];
  const under = explained ? [element("p", { className: "quiet" }, explained)] : [];
  return [element("details", {}, element("summary", {}, `${notes(list.length)} ${heading}`), ...under, ...shown, ...more)];
}

/** The words of a field, or two versions of them beside each other, each under who they are of. */
function pair(field, one, left, other, right) {
  const side = (label, words) => element("div", {}, element("dt", {}, label), element("dd", theirs, words || "(empty)"));
  const first = side(`${field}: ${one}`, left);
  return element("dl", { className: "pair" }, first, ...(other ? [side(other, right)] : []));
}

const FIELD = "My notes, or a field of your own";

/** All that the report says, as elements. */
function parts(report) {
  const told = report.told;
  const open = told.filter((note) => !note.left);
  const changed = open.filter((note) => note.changed.length && !note.retired);
  const both = open.filter((note) => note.both.length);
  const kept = open.filter((note) => note.kept.length || note.ownTags.length);
  const missing = open.filter((note) => note.missing.length);
  const yours = (fields, tags) => [
    ...fields.map(({ name, learner }) => pair(name || FIELD, "yours", plain(learner))),
    ...(tags.length ? [pair("Tags", "yours", tags.join(" "))] : []),
  ];
  const held = (note) => (note.left === "own" ? yours([...note.kept, ...note.both], note.ownTags) : []);
  const left = Object.keys(LEFT).flatMap((why) => part(told.filter((note) => note.left === why), ...LEFT[why], held));
  return [
    ...part(changed, "that the author has changed", "", (note) =>
      note.changed.map(({ name, learner, author }) => pair(name, "until now", plain(learner), "from now on", plain(author)))),
    ...part(both, "that you and the author have both changed", "Your words stay. Look at these cards once: the author’s new question may not go with an answer of yours. If you like the author’s words better, copy them.", (note) =>
      note.both.map(({ name, learner, author }) => pair(name, "yours", plain(learner), "the author’s", plain(author)))),
    ...part(kept, "with something of your own, which stays", "", (note) => yours(note.kept, note.ownTags)),
    ...part(open.filter((note) => note.retired && note.changed.length), "retired, and closed by this update", "The author has withdrawn these cards. Their questions will be blank, and step 3 says how to remove them. If they should stay, write something in My notes before you export."),
    ...left,
    ...part(missing, "without a field of the author’s", "Your note type has no such field any more, or it is not sure which it is.", (note) =>
      note.missing.map(({ name, author }) => pair(name, "the author’s", plain(author)))),
    ...part(report.gone, "missing from your file", "You have deleted them or given them another note type, or the export left them out. If you deleted them: the package brings them back, and you can suspend them then."),
    ...part(report.fresh, "that the package will bring as new", ""),
  ];
}

/** What the update is for, and what it is not for, in a sentence. */
function sentence({ report, text }) {
  const count = (...why) => report.told.filter((note) => why.includes(note.left)).length;
  const [waiting, stuck] = [count("waits"), count("closed", "empty")];
  const rest = report.known - report.written - waiting - stuck;
  const retired = `${waiting === 1 ? "is" : "are"} retired: tick the box below to close ${waiting === 1 ? "it" : "them"}`;
  const others = [
    ...(waiting ? [`${waiting} ${waiting === 1 ? "other" : "others"} ${retired}`] : []),
    ...(stuck ? [`${stuck} ${stuck === 1 ? "other" : "others"} cannot be updated: see below`] : []),
    ...(rest ? [waiting || stuck ? "the rest needs nothing" : "the others need nothing"] : []),
  ].join("; ");
  if (!text) {
    const first = waiting ? `${waiting} of your notes ${retired}. Without the tick there` : "There";
    return `${first} is nothing to import from here: go on with the package in step 3.${stuck ? ` Of your notes, ${stuck} cannot be updated: see below.` : ""}`;
  }
  if (report.taken && !waiting && !stuck) {
    const done = report.fresh.length ? "You have imported this update: go on with the package in step 3." : "You have taken this update; nothing is left to do.";
    return `${done} Only if the author has given out this version a second time, import a new file:`;
  }
  return `The update is for ${others ? report.written : "all"} of them${others && `; ${others}`}. What you wrote stays.`;
}

/** A button that saves a text as a file. */
function saving(said, text, name, className = "") {
  const url = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  const save = element("button", { type: "button", className }, said);
  save.addEventListener("click", () => element("a", { href: url, download: name }).click());
  return save;
}

/** The question that the file cannot answer: an empty `Retired` looks like an empty field of the learner's own. Where a card of the
    note type was closed before, its reason stands there, and nothing is asked. */
function question(made, name) {
  const box = element("input", { type: "checkbox", id: "sure", checked: !made.vouched });
  box.addEventListener("change", () => show(made.vouched || made.unvouched, name, "#sure"));
  return [
    element("p", {}, element("label", {}, box, " Close the retired cards: I have added, moved or removed no field in the note types of this course.")),
    element("p", { className: "quiet" }, "The file cannot tell, since an empty field of your own looks like an empty one of ours. If you did change fields, tick this only where Tools › Manage Note Types › Fields shows ", element("em", {}, "Retired"), " right after ", element("em", {}, "Id"), ". Without the tick the cards stay open; ", element("code", {}, name.replace(/-update-.*/, "-retired.apkg")), ", imported after step 3, closes those that it can, and keeps what you wrote."),
  ];
}

/** What is shown of a merge: one sentence, and all there is to it. */
function show(made, name, focus = "h3") {
  const result = document.getElementById("result");
  const head = (words) => element("h3", { tabIndex: -1 }, words);
  const inside = [];
  if (made.problem) {
    inside.push(head(made.wait ? "Not yet" : "This file cannot be used"), element("p", {}, PROBLEMS[made.problem]));
    if (made.wait) inside.push(element("p", {}, `It is ${moment(made.wait.now)} on this computer, and this update is of ${moment(made.wait.until)}.`));
    if (made.refused) inside.push(element("ul", {}, ...made.refused.slice(0, 12).map((each) => element("li", theirs, plain(each.title)))));
    result.replaceChildren(element("div", { className: "told" }, ...inside));
  } else {
    const { report, text } = made;
    inside.push(head(`${notes(report.known)} of this course${report.known < report.rows ? `, among ${report.rows}` : ""} in your file`));
    if (made.days) inside.push(element("p", {}, `This export is ${made.days === 1 ? "1 day" : `${made.days} days`} old. Did you edit since? Then export again.`));
    if (report.lacking.length) {
      const decks = report.lacking.flatMap((deck, at) => [at ? ", “" : "“", element("span", theirs, deck), "”"]);
      const [it, there] = report.lacking.length === 1 ? ["it", "there"] : ["any of them", "in them"];
      inside.push(element("p", {}, "Nothing of ", ...decks, ` is in your file. If you have ${it} in Anki, export again with All Decks: the package would replace what you wrote ${there}.`));
    }
    inside.push(element("p", {}, sentence(made)));
    if (made.vouched || made.unvouched) inside.push(...question(made, name));
    if (text) {
      inside.push(saving("Save the file to import", text, name), element("p", { className: "quiet" }, "It is called ", element("code", {}, name), ", and goes where your browser puts downloads."));
    }
    if (made.worded.length) {
      const fields = made.worded.length === 1 ? "one" : made.worded.length;
      inside.push(
        element("p", {}, `You have put ${fields} of the author’s fields into words of your own: to suggest them for the course, save them as a file for the author, in which nothing else of yours stands.`),
        saving("Save the suggestions", asCorrections(made.worded, made.version), name.replace(/-update-.*/, "-corrections.txt"), "second"),
      );
    }
    if (made.brought) {
      inside.push(element("p", { className: "quiet" }, `${notes(made.brought)} of this course came from Anki with note types of their own, which this page does not know: the package replaces those that the author has changed, with what you wrote on them. Copy such words first.`));
    }
    if (report.strangers) {
      inside.push(element("p", { className: "quiet" }, `${notes(report.strangers)} more with this course’s tags are not known to this page: copies of your own, notes of a newer version, or of another course that was made from this one. They stay as they are.`));
    }
    result.replaceChildren(element("div", { className: "told" }, ...inside), ...parts(report));
  }
  result.querySelector(focus).focus();
}

/** The merge of a file that was given, or why it cannot be. */
async function taken(file, data) {
  if (file.size > LIMIT) return { problem: "large" };
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (!bytes.length) return { problem: "empty" };
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return { problem: "package" };
  let text;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return { problem: "not-text" };
  }
  const made = merge(text, data);
  if (made.problem) return made;
  const open = made.report.told.some((note) => note.left === "closed");
  const vouched = open ? merge(text, data, true) : made;
  const wait = { now: Math.floor(Date.now() / 1000), until: vouched.report.latest };
  if (wait.until > wait.now) return { problem: "early", wait };
  made.days = vouched.days = Math.max(0, Math.floor((Date.now() - file.lastModified) / 86_400_000));
  made.brought = vouched.brought = data.brought;
  made.version = vouched.version = data.version;
  const fields = new Set(Object.values(data.types).flatMap((type) => type.worded));
  for (const each of [made, vouched]) each.worded = wordedAnew(each.report, fields);
  if (vouched.text !== made.text) {
    [made.vouched, vouched.unvouched] = [vouched, made];
    const closable = new Set(vouched.report.told.filter((note) => !note.left).map((note) => note.guid));
    for (const note of made.report.told) if (note.left === "closed" && closable.has(note.guid)) note.left = "waits";
  }
  return made;
}

{
  const data = JSON.parse(document.getElementById("data").textContent);
  const input = document.getElementById("file");
  const drop = document.getElementById("drop");
  const take = async (file) => {
    if (!file) return;
    const made = await taken(file, data).catch(() => ({ problem: "fault" }));
    show(made, `${data.course}-update-${data.version}.txt`);
  };
  input.disabled = false;
  input.addEventListener("change", () => take(input.files[0]));
  // A file that misses the frame would otherwise be opened in place of the page.
  for (const name of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.toggle("over", name === "dragover");
      if (name === "drop") take(event.dataTransfer.files[0]);
    });
  }
}
