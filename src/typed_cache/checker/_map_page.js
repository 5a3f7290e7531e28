/* This is what the page tells of a subject (a key, or a function on its side), and how it is found and pointed at. */

const [scroller, heads, map, details, search, only] =
  ["scroller", "heads", "map", "details", "search", "only"].map(id => document.getElementById(id));
let pinned = null;

function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

function counted(number, noun) {
  return number === 1 ? `1 ${noun}` : `${number} ${noun}s`;
}

function clientShown(client) {
  return client === null ? "not named in the source" : client === "" ? "the only client" : client;
}

/** Text that is broken after its signs rather than inside its words, where it has to be. */
function breakable(text) {
  return text.split(/(?<=[._:/-])/).flatMap((part, index) => index ? [make("wbr"), part] : [part]);
}

/** A template, its slots in colour. */
function template(text) {
  return text.split(/(\{\{|\}\}|\{[^{}]*\})/).filter(Boolean).flatMap(part =>
    part.length > 2 && part.startsWith("{") ? [make("wbr"), make("span", {className: "slot", textContent: part}), make("wbr")] : breakable(part));
}

// What the facts say about each subject

const subjects = new Map(), notesOf = new Map();

function functionId(side, touch) {
  return `${side} ${touch.path} ${touch.function}`;
}

function sideOf(touch) {
  return touch.role === "invalidates" ? "right" : "left";
}

facts.keys.forEach((key, number) => {
  subjects.set(`key ${number}`, {key});
  for (const touch of key.touches) {
    const id = functionId(sideOf(touch), touch);
    if (!subjects.has(id)) subjects.set(id, {name: touch.function, touches: []});
    subjects.get(id).touches.push([key, touch]);
  }
});
for (const note of facts.notes) {
  const touch = facts.keys[note.key].touches.find(other => other.function === note.function && other.line === note.line);
  for (const id of [`key ${note.key}`, ...(touch ? [functionId(sideOf(touch), touch)] : [])]) {
    notesOf.set(id, [...(notesOf.get(id) ?? []), note]);
  }
}

function matches(key, number) {
  if (only.checked && !notesOf.has(`key ${number}`)) return false;
  const wanted = search.value.trim().toLowerCase();
  const text = [key.template, clientShown(key.client),
    ...key.touches.flatMap(touch => [touch.function, touch.template, `${touch.path}:${touch.line}`])];
  return !wanted || text.some(part => part.toLowerCase().includes(wanted));
}

// What is told beside the picture

function tell(shown) {
  const all = facts.keys.length, functions = new Set(shown.flatMap(([key]) => key.touches.map(touch => `${touch.path} ${touch.function}`))).size;
  document.getElementById("count").textContent =
    `${shown.length === all ? "" : `${shown.length} of `}${counted(all, "key")}, ${counted(functions, "function")}`;
  if (shown.length) return;
  const wanted = search.value.trim(), empty = make("div", {className: "empty"});
  if (!all) empty.append(`No use of typed_cache.Cache found${facts.unreadable.length ? " in what could be read" : ""}.`);
  else {
    const what = only.checked ? "Nothing to look at" : "Nothing";
    empty.append(wanted ? `${what} has \u201c${wanted}\u201d in its key, client, functions or files.` : `${what}.`);
    const back = make("button", {type: "button", textContent: `Show all ${counted(all, "key")}`});
    back.addEventListener("click", () => { search.value = ""; only.checked = false; draw(); });
    empty.append(back);
  }
  map.append(empty);
  map.style.height = "auto";
}

function pin(id) {
  pinned = id;
  focus(id);
}

function focus(id) {
  map.classList.toggle("focused", id !== null);
  const lit = new Set(nodes.filter(node => node.id === id));
  for (const edge of edges) {
    const touches = edge.from.id === id || edge.to.id === id;
    edge.path.classList.toggle("lit", touches);
    if (touches) lit.add(edge.from).add(edge.to);
  }
  for (const node of nodes) {
    node.element.classList.toggle("lit", lit.has(node));
    node.element.classList.toggle("kept", node.id === pinned);
  }
  for (const note of document.querySelectorAll("button.note")) note.classList.toggle("kept", note.dataset.key === id);
  details.replaceChildren(...(id === null ? hint() : subjects.get(id).key ? keyDetails(subjects.get(id).key) : functionDetails(subjects.get(id))));
  for (const note of notesOf.get(id) ?? []) {
    details.append(make("p", {className: "note"}, make("span", {className: "mono"}, ...template(note.template)), make("br"), note.text));
  }
  details.scrollTop = details.parentElement.scrollTop = 0;
}

function hint() {
  if (!facts.keys.length) return [make("p", {className: "fine", textContent: "There is nothing to point at."})];
  return [make("p", {className: "fine", textContent: "Point at a key or a function to see what it belongs to; click to keep it, Escape to let it go."})];
}

function row(list, term, ...content) {
  list.append(make("dt", {textContent: term, className: term}), make("dd", {}, ...content));
}

function place(touch) {
  return make("small", {}, ...breakable(`${touch.path}:${touch.line}`), touch.by_handle ? ", by a handle" : "");
}

function keyDetails(key) {
  const list = make("dl");
  row(list, "client", clientShown(key.client));
  row(list, "expiry", key.expiry);
  list.append(make("div", {className: "rule"}));
  for (const touch of key.touches) row(list, touch.role, ...breakable(touch.function), place(touch));
  for (const other of key.meets) row(list, "can be", make("span", {className: "mono"}, ...template(facts.keys[other].template)));
  return [make("h2", {className: "mono"}, ...template(key.template)), list];
}

function functionDetails({name, touches}) {
  const list = make("dl");
  touches.forEach(([key, touch], index) => {
    if (index) list.append(make("div", {className: "rule"}));
    row(list, touch.role, make("span", {className: "mono"}, ...template(touch.template)), place(touch));
    row(list, "client", clientShown(key.client));
    row(list, "expiry", key.expiry);
  });
  return [make("h2", {}, ...breakable(name)), list];
}

function listNotes() {
  const card = document.getElementById("notes"), {notes, unreadable} = facts;
  if (notes.length) card.append(make("h2", {textContent: `To look at: ${notes.length}`}));
  else if (facts.keys.length) {
    card.append(make("h2", {textContent: "Nothing to look at"}),
      make("p", {className: "fine", textContent: "Every entry expires or is invalidated, and every invalidation reaches one."}));
  }
  for (const note of notes) {
    const shown = make("button", {className: "note", type: "button"}, make("span", {className: "mono"}, ...template(note.template)),
      make("br"), note.text, make("small", {}, ...breakable(`${note.path}:${note.line}`)));
    shown.dataset.key = `key ${note.key}`;
    shown.addEventListener("click", event => {
      event.stopPropagation();
      if (!show(`key ${note.key}`)) { search.value = ""; draw(); show(`key ${note.key}`); }
    });
    card.append(shown);
  }
  if (unreadable.length) card.append(make("h2", {textContent: `Not read: ${counted(unreadable.length, "file")}`}));
  for (const fault of unreadable) card.append(make("p", {className: "fine", textContent: fault}));
  card.hidden = !card.childElementCount;
}

/** Keep a subject and bring it into sight; return whether it is in the picture. */
function show(id) {
  const node = nodes.find(other => other.id === id);
  if (!node) return false;
  pin(id);
  node.element.scrollIntoView({block: "center"});
  return true;
}

function follow() {
  const asked = new URLSearchParams(location.hash.slice(1));
  if (asked.has("find")) { search.value = asked.get("find"); draw(); }
  if (asked.has("key")) show(`key ${asked.get("key")}`);
}

function drawAnew() {
  scroller.scrollTop = 0;
  draw();
}

search.addEventListener("input", drawAnew);
only.addEventListener("change", drawAnew);
addEventListener("resize", draw);
addEventListener("hashchange", follow);
document.addEventListener("click", event => { if (pinned && !event.target.closest("aside, header")) pin(null); });
document.addEventListener("keydown", event => { if (event.key === "Escape" && pinned) pin(null); });
listNotes();
draw();
follow();
scroller.focus({preventScroll: true});
