"use strict";
(() => {
  const all = (what, within = document) => [...within.querySelectorAll(what)];
  const one = (what, within = document) => within.querySelector(what);
  const HANDFUL = 10, HITS = 40;

  // --- cards that a learner has set aside: in this browser, or, where it keeps nothing, until the page is closed
  const place = "coursedeck:" + document.body.dataset.course;
  let known = new Set(), remembers = true;
  const read = () => {
    let kept;
    try { kept = remembers && localStorage.getItem(place); } catch { forgets(); }
    if (remembers) try { known = new Set(JSON.parse(kept)); } catch { /* something else */ }
  };
  const forgets = () => {
    remembers = false;
    one("[data-kept]").hidden = true;
    one("[data-forgotten]").hidden = false;
  };
  // What another window of this page has kept meanwhile stays.
  const keep = change => {
    read();
    change();
    try { localStorage.setItem(place, JSON.stringify([...known])); } catch { forgets(); }
    mark();
  };
  addEventListener("storage", () => { read(); mark(); });
  const cards = new Map(); // the elements of each card of Anki's: of a card of cases, one a case
  for (const each of all("details.card")) {
    const key = each.dataset.card;
    cards.set(key, [...(cards.get(key) || []), each]);
  }
  const within = where => [...new Set(all("details.card", where).map(each => each.dataset.card))];
  function mark() {
    for (const [key, each] of cards) each.forEach(card => card.classList.toggle("known", known.has(key)));
    for (const button of all("main [data-try]")) {
      const keys = within(section(button)), aside = keys.filter(key => known.has(key)).length;
      button.nextElementSibling.textContent = `${aside ? `✓ ${aside} / ` : ""}${keys.length}`;
    }
  }
  const section = button => document.getElementById(button.dataset.try);

  // --- to try oneself
  const trial = one(".trial"), holder = one("[data-card]", trial), does = action => one(`[data-do=${action}]`, trial);
  let where, queue, total, turned, shown;
  function mixed(list) {
    for (let i = list.length - 1; i > 0; i--) {
      const j = Math.floor(Math.random() * (i + 1));
      [list[i], list[j]] = [list[j], list[i]];
    }
    return list;
  }
  function begin(button) {
    where = button;
    queue = mixed(within(section(button)).filter(key => !known.has(key)));
    if (section(button).matches("main")) queue.length = Math.min(queue.length, HANDFUL);
    total = queue.length;
    if (!trial.open) trial.showModal();
    next();
  }
  function next() {
    const over = !queue.length;
    one("[data-end]", trial).hidden = !over;
    one(".does", trial).hidden = holder.hidden = over;
    one("[data-count]", trial).textContent = total ? `${Math.min(total - queue.length + 1, total)} / ${total}` : "";
    if (over) return does("restore").focus();
    const faces = cards.get(queue[0]);
    shown = faces[Math.floor(Math.random() * faces.length)];
    side(false);
  }
  function side(back) {
    turned = back;
    const copy = one(back ? ":scope > .face" : "summary > .face", shown).cloneNode(true);
    for (const each of all(".hint", copy)) each.open = false;
    holder.className = "card";
    holder.replaceChildren(copy);
    const module = shown.closest(".module");
    holder.classList.add(...(module ? [module.classList[1]] : []));
    does("turn").hidden = back;
    does("again").hidden = does("known").hidden = !back;
    holder.focus({ preventScroll: true });
    trial.scrollTop = 0;
  }
  const acts = {
    turn: () => side(true),
    again: () => { queue.push(queue.shift()); next(); },
    known: () => { keep(() => known.add(queue.shift())); next(); },
    restore: () => { keep(() => within(section(where)).forEach(key => known.delete(key))); begin(where); },
    close: () => trial.close(),
  };
  trial.addEventListener("click", event => {
    const button = event.target.closest("[data-do]");
    if (button) acts[button.dataset.do]();
    else if (event.target.closest("a")) {
      where = null; // the link leads elsewhere
      trial.close();
    }
    else if (event.target.closest("[data-card]") && !event.target.closest("button, audio, .hint") && !turned) side(true);
  });
  trial.addEventListener("keydown", event => {
    if (event.target.closest("button, a, audio, .hint") && !"12".includes(event.key)) return;
    if (event.ctrlKey || event.metaKey || event.altKey || holder.hidden) return;
    if (!turned && (event.key === " " || event.key === "Enter")) side(true);
    else if (turned && event.key === "1") acts.again();
    else if (turned && event.key === "2") acts.known();
    else return;
    event.preventDefault();
  });
  trial.addEventListener("close", () => where?.focus({ preventScroll: true }));
  document.addEventListener("click", event => {
    const button = event.target.closest("[data-try]"), say = event.target.closest(".say"), open = event.target.closest("details.card > .face");
    if (button) begin(button);
    else if (say) {
      const said = new SpeechSynthesisUtterance(say.value);
      said.lang = say.lang;
      speechSynthesis.cancel();
      speechSynthesis.speak(said);
      event.preventDefault();
    } else if (open && !event.target.closest("a, button, audio, .hint") && String(getSelection()) === "") open.parentNode.open = false;
  });

  // --- search
  const bar = one(".bar"), input = one("input", bar), results = one(".results"), hits = one(".hits"), nothing = one("[data-nothing]");
  const fold = text => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const line = text => text.replace(/\s+/g, " ").trim();
  const words = part => { // formulas as a line of signs
    if (!one("math", part)) return part.textContent;
    const copy = part.cloneNode(true);
    for (const each of all("math", copy)) each.replaceWith(each.getAttribute("alttext"));
    return copy.textContent;
  };
  const items = part => (part.matches("ol, ul") ? [...part.children] : [part]).map(words).join(" · ");
  let index;
  function entries() {
    const found = [];
    for (const each of all(".module, .concept, .essay, .claim, .note, [id^='activity:'], [id^='work:']")) {
      const note = each.matches(".note"), activity = each.id.startsWith("activity:");
      const head = one(note ? "summary .coursedeck" : ":scope > h2, :scope > h3, :scope > h4, :scope > p", each) || each;
      const own = note ? all(".face", each) : activity ? [each.parentNode]
        : [...each.children].filter(part => !part.matches("section, .claim, .cards, .links, .try"));
      const title = line(note ? all(":scope > :not(.context)", head).map(items).join(" ") : words(head));
      const module = each.closest(".module");
      found.push({
        id: each.id, title, module: module && module !== each ? line(words(one("h2", module))) : "",
        head: fold(title), text: fold(own.map(words).join(" ")), lesser: note ? 0.5 : module ? 0 : 0.7,
      });
    }
    return found;
  }
  function search() {
    index = index || entries();
    const asked = fold(input.value).split(/\s+/).filter(Boolean);
    const weight = each => asked.filter(word => each.head.includes(word)).length - each.lesser;
    const found = asked.length ? index.filter(each => asked.every(word => each.text.includes(word))) : [];
    found.sort((a, b) => weight(b) - weight(a));
    hits.replaceChildren(...found.slice(0, HITS).map(each => {
      const item = document.createElement("li"), link = document.createElement("a"), under = document.createElement("span");
      link.href = "#" + each.id;
      link.textContent = each.title.length > 140 ? each.title.slice(0, 140).replace(/\s*\S*$/, "…") : each.title;
      under.className = "quiet";
      under.textContent = each.module;
      link.append(under);
      item.append(link);
      return item;
    }));
    results.hidden = !asked.length;
    nothing.hidden = found.length > 0;
  }
  input.addEventListener("input", search);
  bar.addEventListener("keydown", event => { if (event.key === "Escape") { input.value = ""; search(); input.focus(); } });
  document.addEventListener("click", event => {
    if (!bar.contains(event.target) || event.target.closest(".hits a")) results.hidden = true;
  });
  input.addEventListener("focus", () => { if (input.value) search(); });

  bar.hidden = !cards.size && !one(".concept");
  one("button", bar).hidden = !cards.size;
  for (const each of all(".try")) each.hidden = false;
  if ("speechSynthesis" in window) for (const each of all(".say")) {
    each.hidden = false;
    each.setAttribute("aria-label", document.body.dataset.listen);
  }
  read();
  mark();

  // --- what the style sheet leaves for later is laid out bit by bit, and at once where a link may lead into it
  const later = all(".concept, .essay");
  const lay = count => { for (const each of later.splice(0, count)) each.style.contentVisibility = "visible"; };
  const goOn = () => {
    lay(4);
    if (later.length) idle(goOn);
  };
  const idle = self.requestIdleCallback ?? (act => setTimeout(act, 50));
  addEventListener("click", () => lay(later.length), true);
  if (location.hash) lay(later.length);
  else addEventListener("load", () => idle(goOn));
})();
