// Shows an author the course as the server read it last, and the chosen card again whenever a file changed.
"use strict";

const one = (selector) => document.querySelector(selector);
const made = (tag, text, name) => Object.assign(document.createElement(tag), { textContent: text, className: name || "" });
const shown = { state: { cards: [], problems: [], edition: 0 }, id: named(location.hash.slice(1)), view: "card" };
const ENDED = "The preview has ended: run coursedeck preview again.";

function named(hash) {
  try { return decodeURIComponent(hash); } catch { return ""; } // somebody wrote a lone %
}

function place(at, text) {
  const button = made("button", text || `${at.path}:${at.line}:${at.column}`, "place");
  button.type = "button";
  button.onclick = () => open_(at);
  return button;
}

async function open_(at) {
  const asked = new URLSearchParams({ path: at.path, line: at.line, column: at.column });
  const wrong = {
    404: `${at.path} is no file of the course.`,
    501: `No editor was found to open ${at.path}:${at.line}:${at.column}; name one with --editor.`,
    502: "The editor that --editor names did not start.",
  };
  try {
    const { ok, status } = await fetch(`open?${asked}`, { method: "POST" });
    if (!ok) say(wrong[status] || ENDED);
  } catch { say(ENDED); }
}

function say(text) {
  one("[data-status]").textContent = text;
}

// The card that is shown: the chosen one, or the first where it is not there.
function current() {
  const { cards } = shown.state;
  return cards.find((card) => card.id === shown.id) || cards[0];
}

// Changes a list. What has the keyboard keeps it, or, where it is gone, what came in its place has it.
function holding(list, change) {
  const buttons = () => [...list.querySelectorAll("button")], key = (button) => button.dataset.card || button.textContent;
  const held = document.activeElement, at = buttons().indexOf(held);
  change();
  if (at < 0 || document.activeElement === held) return;
  const now = buttons();
  const next = now.find((each) => key(each) === key(held)) || now[Math.min(at, now.length - 1)] || one("main");
  next.focus({ preventScroll: true });
}

// As in the course page: H2O finds H₂O, and Munchen München.
function fold(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

function wanted(card) {
  const words = fold(one("[data-search]").value).split(/\s+/).filter(Boolean);
  const text = fold([card.id, card.kind, card.topic, ...card.faces, card.answers].join(" "));
  const module = one("[data-module]").value;
  return words.every((word) => text.includes(word)) && (!module || card.module === module)
    && (!one("[data-wrong]").checked || card.problems.length > 0);
}

// A list of a thousand cards takes a browser long to lay out: an item is made anew where its card changed.
const items = new Map();
function item(card) {
  const said = JSON.stringify([card.faces[0], card.kind, card.problems.length > 0]), kept = items.get(card.id);
  if (kept?.said === said) return kept.element;
  const button = made("button", "", card.problems.length ? "wrong" : "");
  button.append(made("span", card.faces[0]), made("small", `${card.id} · ${card.kind}`));
  button.type = "button";
  button.onclick = () => choose(card.id);
  button.dataset.card = card.id;
  const element = document.createElement("li");
  element.append(button);
  items.set(card.id, { said, element });
  return element;
}

function list() {
  const wants = shown.state.cards.filter(wanted).map(item), box = one("[data-cards]"), there = [...box.children];
  const inPlace = wants.length === there.length && wants.every((each, at) => each === there[at] || !each.isConnected);
  if (inPlace) holding(box, () => there.forEach((each, at) => { if (each !== wants[at]) each.replaceWith(wants[at]); }));
  else holding(box, () => box.replaceChildren(...wants));
  mark();
  if (!inPlace) toCurrent();
}

function mark() {
  const id = current()?.id;
  for (const button of document.querySelectorAll("nav [aria-current]")) if (button.dataset.card !== id) button.removeAttribute("aria-current");
  items.get(id)?.element.firstChild.setAttribute("aria-current", "true");
}

// The current card into sight in the list, if that scrolls by itself.
function toCurrent() {
  const nav = one("nav"), at = one("nav [aria-current]");
  const top = at ? at.offsetTop - nav.offsetTop - nav.scrollTop : 0;
  if (top < 0 || top > nav.clientHeight - (at?.offsetHeight || 0)) nav.scrollTop += top - nav.clientHeight / 3;
}

function problems() {
  const found = shown.state.problems;
  const items = found.map((problem) => {
    const item = made("li", "", problem.severity);
    item.append(`${problem.message} [${problem.code}] `, place(problem));
    if (problem.hint) item.append(document.createElement("br"), made("small", problem.hint));
    return item;
  });
  const box = one("[data-problems]");
  holding(box, () => box.replaceChildren(...items));
  one("[data-count]").textContent = `${found.length} ${found.length === 1 ? "problem" : "problems"}`;
  one(".problems").hidden = !found.length;
}

function modules() {
  const select = one("[data-module]"), kept = select.value;
  const names = [...new Set(shown.state.cards.map((card) => card.module))];
  select.replaceChildren(new Option("All", ""), ...names.map((name) => new Option(name)));
  select.value = names.includes(kept) ? kept : "";
}

function choose(id) {
  shown.id = id;
  history.replaceState(null, "", `#${encodeURIComponent(id)}`);
  mark();
  show();
}

function fit(frame) {
  const page = frame.contentDocument?.documentElement;
  if (page) frame.style.height = `${page.offsetHeight + 2}px`; // what scrolls is never lower than the frame
}

// A frame keeps the place of the one before until it has come, so that nothing jumps.
function fill(frame, address, fits) {
  if (frame.getAttribute("src") === address) return;
  frame.onload = () => {
    if (fits) fit(frame);
  };
  frame.src = address;
}

function show() {
  const card = current();
  one("[data-shown]").hidden = !card;
  if (!card) return;
  one("[data-id]").textContent = card.id;
  const at = one("[data-place]");
  at.textContent = card.line ? `${card.path}:${card.line}` : card.path;
  at.setAttribute("aria-disabled", !card.line); // not known until the course is sound again
  at.onclick = () => card.line && open_(card);
  for (const part of document.querySelectorAll("div[data-of]")) part.hidden = part.dataset.of !== shown.view;
  for (const button of document.querySelectorAll("[data-view]")) button.setAttribute("aria-pressed", button.dataset.view === shown.view);
  if (shown.view === "card") sides(card);
  else {
    const address = shown.view === "paper" ? `paper/${encodeURIComponent(card.id)}?${shown.state.edition}` : `book?${shown.state.edition}#${encodeURIComponent(card.id)}`;
    fill(one(`[data-of="${shown.view}"] iframe`), address, false);
  }
}

function sides(card) {
  const box = one('[data-of="card"]');
  box.classList.toggle("phone", one("[data-phone]").checked);
  while (box.children.length > card.faces.length) box.lastChild.remove();
  card.faces.forEach((_, face) => {
    if (!box.children[face]) {
      const row = made("div", "", "sides");
      for (const side of ["front", "back"]) {
        const figure = document.createElement("figure"), frame = document.createElement("iframe");
        frame.dataset.side = side;
        figure.append(document.createElement("figcaption"), frame);
        row.append(figure);
      }
      box.append(row);
    }
    for (const figure of box.children[face].children) {
      const frame = figure.querySelector("iframe"), side = frame.dataset.side;
      const name = card.faces.length > 1 ? `${side}, ${face + 1} of ${card.faces.length}` : side;
      figure.querySelector("figcaption").textContent = name;
      frame.title = `${card.id}: ${name}`;
      const [night, phone] = ["night", "phone"].map((each) => (one(`[data-${each}]`).checked ? 1 : 0));
      fill(frame, `card/${encodeURIComponent(card.id)}?face=${face}&side=${side}&night=${night}&phone=${phone}&${shown.state.edition}`, true);
    }
  });
}

let asked = 0, answered = 0;
async function refresh() {
  const turn = ++asked;
  let state;
  try {
    state = await (await fetch("state")).json();
  } catch { return; } // the events tell
  if (turn < answered) return; // a later one came before
  answered = turn;
  shown.state = state;
  const { title, read, sound, cards } = state;
  one("[data-title]").textContent = title || "coursedeck preview";
  document.title = title ? `${title} – preview` : "coursedeck preview";
  if (!read) say("Reading the course…");
  else if (sound) say(`${cards.length} ${cards.length === 1 ? "note" : "notes"}`);
  else say(cards.length ? "The course has errors; below are the last good cards." : "The course has errors.");
  problems();
  modules();
  list();
  show();
}

for (const name of ["search", "module", "wrong"]) one(`[data-${name}]`).oninput = list;
for (const name of ["night", "phone"]) one(`[data-${name}]`).oninput = show;
for (const button of document.querySelectorAll("[data-view]")) {
  button.onclick = () => {
    shown.view = button.dataset.view;
    show();
  };
}
addEventListener("resize", () => {
  document.querySelectorAll(".sides iframe").forEach(fit);
});

// A browser has six connections for all pages of a server: a page that nobody sees takes none.
let events;
function listen() {
  events?.close();
  if (document.hidden) return;
  events = new EventSource("events");
  // The chosen card first: the list takes longer.
  events.onmessage = (event) => {
    shown.state.edition = Number(event.data);
    show();
    refresh();
  };
  events.onerror = () => say(ENDED);
  events.onopen = refresh;
}
document.addEventListener("visibilitychange", listen);
listen();
