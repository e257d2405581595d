// Shows an author the course as the server read it last, and the chosen card again whenever a file changed.
"use strict";

const one = (selector) => document.querySelector(selector);
const made = (tag, text, name) => Object.assign(document.createElement(tag), { textContent: text, className: name || "" });
const shown = { state: { cards: [], problems: [], edition: 0 }, id: decodeURIComponent(location.hash.slice(1)), view: "card" };

function place(at, text) {
  const button = made("button", text || `${at.path}:${at.line}:${at.column}`, "place");
  button.type = "button";
  button.onclick = () => open_(at);
  return button;
}

async function open_(at) {
  const asked = new URLSearchParams({ path: at.path, line: at.line, column: at.column });
  const answer = await fetch(`open?${asked}`, { method: "POST" });
  if (!answer.ok) say(`No editor was found to open ${at.path}:${at.line}:${at.column}; name one with --editor.`);
}

function say(text) {
  one("[data-status]").textContent = text;
}

function wanted(card) {
  const words = one("[data-search]").value.toLowerCase().split(/\s+/).filter(Boolean);
  const text = [card.id, card.kind, card.topic, ...card.faces, card.answers].join(" ").toLowerCase();
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
  if (inPlace) there.forEach((each, at) => { if (each !== wants[at]) each.replaceWith(wants[at]); });
  else {
    box.replaceChildren(...wants);
    current();
    one("nav [aria-current]")?.scrollIntoView({ block: "nearest" });
  }
  current();
}

function current() {
  for (const button of document.querySelectorAll("nav [aria-current]")) if (button.dataset.card !== shown.id) button.removeAttribute("aria-current");
  items.get(shown.id)?.element.firstChild.setAttribute("aria-current", "true");
}

function problems() {
  const found = shown.state.problems;
  const items = found.map((problem) => {
    const item = made("li", "", problem.severity);
    item.append(`${problem.message} [${problem.code}] `, place(problem));
    if (problem.hint) item.append(document.createElement("br"), made("small", problem.hint));
    return item;
  });
  one("[data-problems]").replaceChildren(...items);
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
  current();
  show();
}

// A frame keeps the place of the one before until it has come, so that nothing jumps.
function fill(frame, address, fits) {
  if (frame.getAttribute("src") === address) return;
  frame.onload = () => {
    if (fits) frame.style.height = `${frame.contentDocument.documentElement.scrollHeight + 2}px`;
    frame.dataset.of = shown.state.edition;
  };
  frame.src = address;
}

function show() {
  const card = shown.state.cards.find((each) => each.id === shown.id) || shown.state.cards[0];
  one("[data-shown]").hidden = !card;
  if (!card) return;
  one("[data-id]").textContent = card.id;
  const at = one("[data-place]");
  at.textContent = `${card.path}:${card.line}`;
  at.onclick = () => open_(card);
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
      const night = one("[data-night]").checked ? 1 : 0;
      fill(frame, `card/${encodeURIComponent(card.id)}?face=${face}&side=${side}&night=${night}&${shown.state.edition}`, true);
    }
  });
}

async function refresh() {
  const answer = await fetch("state");
  shown.state = await answer.json();
  const { title, sound, cards } = shown.state;
  one("[data-title]").textContent = title || "coursedeck preview";
  document.title = title ? `${title} – preview` : "coursedeck preview";
  const notes = cards.length === 1 ? "1 note" : `${cards.length} notes`;
  say(sound ? notes : cards.length ? "The course has errors; below are the last good cards." : "The course has errors.");
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
  for (const frame of document.querySelectorAll(".sides iframe")) {
    if (frame.contentDocument) frame.style.height = `${frame.contentDocument.documentElement.scrollHeight + 2}px`;
  }
});

const events = new EventSource("events");
// The chosen card first: the list takes longer.
events.onmessage = (event) => {
  shown.state.edition = Number(event.data);
  show();
  refresh();
};
events.onerror = () => say("The preview has ended: run coursedeck preview again.");
events.onopen = refresh;
