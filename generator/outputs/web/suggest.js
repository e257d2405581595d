/* The course page's way of mending it: a reader words fields of a card anew. Suggestions stay in this browser until they are saved as
   a file for the author (`corrections.js`). */
(() => {
  const one = (what, within = document) => within.querySelector(what);
  const dialog = one(".suggest"), boxes = one("[data-boxes]", dialog), listed = one("[data-list]", dialog);
  const place = `coursedeck:${document.body.dataset.course}:words`;
  const element = (name, given, ...inside) => {
    const made = Object.assign(document.createElement(name), given);
    made.append(...inside);
    return made;
  };
  // What the page knows of each note; the suggestions, by field by the note's id: what is said, and the author's words of which it was
  // made; and whether the browser keeps them.
  let data, words, remembers = true;
  // A card may have any name, such as `constructor`, which every other object has from its prototype.
  const parsed = (text) => JSON.parse(text, (_, each) => (each && !Array.isArray(each) && typeof each === "object" ? { __proto__: null, ...each } : each));
  function begin() {
    if (data) return;
    data = parsed(document.getElementById("page:words").textContent);
    read();
  }
  function read() {
    let kept = null;
    try { kept = remembers && localStorage.getItem(place); } catch { remembers = false; }
    if (remembers) try { words = parsed(kept); } catch { words = null; /* something else */ }
    words ||= parsed("{}");
    for (const [id, fields] of Object.entries(words)) {
      for (const [field, each] of Object.entries(fields)) {
        if (typeof each === "string") fields[field] = { said: each, was: "" }; // as earlier pages kept it
        const said = fields[field]?.said;
        if (typeof said !== "string" || [undefined, said].includes(before(id, field))) forget(id, field);
      }
    }
  }
  /** The words of today, as a browser writes them; nothing where there is no such field. */
  function before(id, field) {
    const held = document.createElement("template"); // in which nothing runs and nothing is loaded
    const now = data.notes[id]?.fields[field];
    held.innerHTML = now || "";
    return now && held.innerHTML;
  }
  function forget(id, field) {
    delete words[id]?.[field];
    if (words[id] && !Object.keys(words[id]).length) delete words[id];
  }
  /** Keep new words of a field, or none; what another window of this page has kept meanwhile stays. */
  function keep(id, field, said) {
    read();
    if (said === undefined) forget(id, field);
    else (words[id] ||= parsed("{}"))[field] = { said, was: words[id]?.[field]?.was ?? data.notes[id].fields[field] };
    try { localStorage.setItem(place, JSON.stringify(words)); } catch { remembers = false; }
    tell();
  }
  function tell() {
    const ids = Object.keys(words), mine = one(".mine");
    mine.hidden = !ids.length;
    one("span", mine).textContent = ids.length;
    one("[data-some]", dialog).hidden = !ids.length;
    listed.replaceChildren(...ids.map((id) => {
      const button = element("button", { type: "button", className: "plain" }, id);
      button.addEventListener("click", () => show(id));
      return element("li", {}, button);
    }));
  }
  /** A field with its words to be changed, as in Anki's editor. Its name may have blanks, so that its place makes the id. */
  function box(id, field, at) {
    const label = element("span", { className: "label", id: `page:field-${at}`, lang: "en" }, field);
    const back = element("button", { type: "button", className: "plain" }, boxes.dataset.back);
    const text = element("div", { className: "words", dir: "auto" });
    try { text.contentEditable = "plaintext-only"; } catch { text.contentEditable = "true"; }
    for (const [name, value] of [["role", "textbox"], ["aria-multiline", "true"], ["aria-labelledby", label.id]]) text.setAttribute(name, value);
    const write = (said) => { text.innerHTML = said; back.hidden = said === before(id, field); };
    text.addEventListener("input", () => {
      const said = text.innerHTML.replace(/<br>$/, ""), same = said === before(id, field) || !text.textContent.trim();
      keep(id, field, same ? undefined : said);
      back.hidden = said === before(id, field);
    });
    back.addEventListener("click", () => { keep(id, field); write(before(id, field)); text.focus(); });
    write(words[id]?.[field]?.said || before(id, field));
    return element("div", { className: "field" }, element("p", {}, label, back), text);
  }
  /** The fields of a note; without one, the suggestions alone. */
  function show(id) {
    begin();
    const fields = id ? Object.keys(data.notes[id].fields) : [];
    boxes.replaceChildren(...(id ? [element("p", { className: "quiet" }, id)] : []), ...fields.map((field, at) => box(id, field, at)));
    tell();
    if (!dialog.open) dialog.showModal();
    dialog.scrollTop = 0;
    if (id) one(".words", boxes).focus();
  }
  one("[data-save]", dialog).addEventListener("click", () => {
    const list = Object.entries(words).flatMap(([id, fields]) =>
      Object.entries(fields).map(([field, { said, was }]) => ({ guid: data.notes[id].guid, id, field, words: said, was })));
    const url = URL.createObjectURL(new Blob([asCorrections(list, data.version)], { type: "text/plain" }));
    element("a", { href: url, download: data.file }).click();
  });
  one("[data-close]", dialog).addEventListener("click", () => dialog.close());
  one(".mine button").addEventListener("click", () => show(""));
  // A card gets its control when it is turned, and before that nothing stands in the way.
  document.addEventListener("toggle", (event) => {
    const card = event.target, note = card.matches?.("details.card[open]") && card.closest(".note[data-words]");
    if (!note || one(":scope > .reword", card)) return;
    const button = element("button", { type: "button", className: "plain reword" }, `✎ ${dialog.getAttribute("aria-label")}`);
    button.addEventListener("click", () => show(note.id));
    card.append(button);
  }, true);
  addEventListener("storage", (event) => { // another window of this page has kept some
    if (event.key !== place) return;
    begin();
    read();
    tell();
  });
  try { if (localStorage.getItem(place)) { begin(); tell(); } } catch { /* nothing kept */ }
})();
