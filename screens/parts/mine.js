// My collection: the specimens that were starred, in an order of one's own, with notes; printed, handed in as a file, and opened again.
// Nothing but the keys of the specimens is sent to the server, which answers with their public records.
const given = JSON.parse(document.getElementById("given").textContent);
const at = (id) => document.getElementById(id);
const words = given.words;
const say = (text) => { at("said").textContent = text; };
const filled = (text, holes) => text.replace(/\{(\w+)\}/g, (hole, name) => holes[name] ?? hole);
const element = (tag, text = "", more = {}) => Object.assign(document.createElement(tag), { textContent: text }, more);
const records = {};
const done = [];
let mine = shelf.read();
let others = restored();

function restored() {
  try { return JSON.parse(sessionStorage.bonebedHandedIn).map(shelf.clean); } catch { return []; }
}

// Every change can be taken back; what is typed in a field the browser itself takes back.
function change(now, said) {
  done.push(JSON.stringify(mine));
  keep(now);
  draw();
  say(said);
}

function keep(now) {
  mine = now;
  if (!shelf.write(mine)) say(words.full);
}

const copy = () => JSON.parse(JSON.stringify(mine));

function move(from, to) {
  const now = copy(), [one] = now.items.splice(from, 1);
  now.items.splice(to, 0, one);
  change(now, filled(words.moved, { name: one.name, n: to + 1 }));
  const row = at("mine").children[to];
  (row.querySelector(to > from ? ".down:not(:disabled)" : ".up:not(:disabled)") || row.querySelector(".up:not(:disabled), .down:not(:disabled)"))?.focus();
}

function takeOut(place) {
  const now = copy(), [one] = now.items.splice(place, 1);
  if (one.note) now.taken_out.push(one);
  change(now, filled(words.taken_out, { name: one.name }));
  (at("mine").querySelectorAll(".out")[Math.min(place, now.items.length - 1)] || at("undo")).focus();
}

function draw() {
  at("name").value = mine.title;
  at("count").textContent = filled(words.n, { n: mine.items.length });
  at("undo").disabled = !done.length;
  for (const id of ["hand_in", "print", "link", "empty"]) at(id).disabled = !mine.items.length;
  at("mine").replaceChildren(...(mine.items.length ? mine.items.map(row) : [nothing()]));
  at("mine").querySelectorAll("textarea").forEach(fit);
  compare();
}

function nothing() {
  const box = element("li", "", { className: "nothing" });
  box.append(element("h2", words.nothing), element("p", words.how), element("a", words.look, { className: "button", href: given.look }));
  return box;
}

function row(one, place) {
  const line = element("li"), shown = element("div", "", { className: "shown" });
  const known = records[one.key];
  if (known) shown.innerHTML = known.html; // escaped by the server
  else shown.append(element("b", one.name), element("p", known === null ? words.missing : "", { className: "quiet" }));
  const note = element("textarea", one.note, { rows: 2, maxLength: 10000, placeholder: words.note_hint });
  note.setAttribute("aria-label", filled(words.note, { name: one.name }));
  note.addEventListener("input", () => { one.note = note.value; print.textContent = note.value; keep(mine); fit(note); });
  const print = element("p", one.note, { className: "sheet written" });
  const tools = element("div", "", { className: "moves" });
  for (const [name, sign, off, deed] of [["up", "↑", place === 0, () => move(place, place - 1)],
    ["down", "↓", place === mine.items.length - 1, () => move(place, place + 1)], ["out", "×", false, () => takeOut(place)]]) {
    const button = element("button", sign, { type: "button", className: name, disabled: off, title: filled(words[name], { name: one.name }) });
    button.setAttribute("aria-label", button.title);
    button.addEventListener("click", deed);
    tools.append(button);
  }
  line.append(shown, note, print, tools);
  return line;
}

function fit(note) {
  note.style.height = "auto";
  note.style.height = `${note.scrollHeight + 2}px`;
}

// Collections side by side: a row for each specimen, a column for each collection, a note in each cell.
function compare() {
  at("others").hidden = !others.length;
  try { sessionStorage.bonebedHandedIn = JSON.stringify(others); } catch { /* only for now */ }
  const chosen = new Map();
  for (const one of others) for (const item of one.items) chosen.set(item.key, { item, n: (chosen.get(item.key)?.n || 0) + 1 });
  const head = element("tr");
  head.append(element("th", words.specimen, { scope: "col" }), ...others.map(heading));
  const rows = [...chosen.values()].sort((a, b) => b.n - a.n).map(({ item, n }) => {
    const line = element("tr"), name = element("th", "", { scope: "row" });
    if (records[item.key]) name.innerHTML = records[item.key].html; else name.textContent = item.name;
    name.append(element("div", `${n} / ${others.length}`, { className: "count" }));
    line.append(name, ...others.map((one) => cell(one.items.find((other) => other.key === item.key))));
    return line;
  });
  at("table").replaceChildren(element("thead"), element("tbody"));
  at("table").tHead.append(head);
  at("table").tBodies[0].append(...rows);
}

function cell(item) {
  const shown = element("td", item ? item.note || words.chosen : "–", { className: !item ? "none" : item.note ? "" : "quiet" });
  if (!item) shown.setAttribute("aria-label", words.not_chosen);
  return shown;
}

function heading(one, place) {
  const head = element("th", "", { scope: "col" });
  const button = (word, deed) => {
    const made = element("button", words[word], { type: "button" });
    made.addEventListener("click", deed);
    return made;
  };
  head.append(element("b", one.title || words.unnamed), element("div", filled(words.n, { n: one.items.length }), { className: "count" }),
    button("make_mine", () => { change({ ...one, taken_out: mine.taken_out }, words.replaced); ask(); }),
    button("add_mine", () => {
      const now = copy(), more = one.items.filter((item) => !now.items.some((own) => own.key === item.key)).slice(0, given.most - now.items.length);
      now.items.push(...more);
      change(now, filled(words.joined, { n: more.length }));
    }),
    button("put_away", () => { others.splice(place, 1); compare(); }));
  return head;
}

async function take(files) {
  const bad = [];
  for (const file of files) {
    try {
      const read = file.size < 6_000_000 && JSON.parse(await file.text());
      if (read?.bonebed !== "collection" || !Array.isArray(read.items)) throw new Error();
      others.push({ ...shelf.clean(read), taken_out: [] });
    } catch { bad.push(file.name); }
  }
  compare();
  say(bad.map((name) => filled(words.bad_file, { name })).join(" "));
  if (others.length) at("others").scrollIntoView({ block: "nearest" });
  await ask();
}

// The public records of all that is shown here.
async function ask() {
  const keys = [...new Set([mine, ...others].flatMap((one) => one.items.map((item) => item.key)))].filter((key) => !(key in records));
  for (let from = 0; from < keys.length; from += given.most) {
    const wanted = keys.slice(from, from + given.most);
    try {
      const answer = await fetch(given.records, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(wanted) });
      if (!answer.ok) return;
      const told = await answer.json();
      for (const key of wanted) records[key] = told[key] || null;
    } catch { return; /* without the server, names and notes are still here */ }
  }
  if (keys.length && !at("mine").contains(document.activeElement)) draw();
}

function save() {
  const { taken_out: _gone, ...handed } = mine;
  const made = new Blob([JSON.stringify(handed, null, 1)], { type: "application/json" });
  const link = element("a", "", { href: URL.createObjectURL(made), download: `${(mine.title || words.file).replace(/[\\/:*?"<>|\s]+/g, "-")}.bonebed.json` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

// A link holds keys, names and the title behind the #, which browsers do not send to the server.
function link() {
  const list = JSON.stringify({ title: mine.title, items: mine.items.map(({ key, name }) => ({ key, name })) });
  return `${location.pathname}${location.search}#${encodeURIComponent(list)}`;
}

async function copyLink() {
  const address = new URL(link(), location.origin).href;
  try { await navigator.clipboard.writeText(address); say(words.copied); } catch { say(address); }
}

function fromLink() {
  if (location.hash.length < 2) return;
  try {
    const read = shelf.clean(JSON.parse(decodeURIComponent(location.hash.slice(1))));
    if (read.items.length) others.push(read);
  } catch { /* somebody else's # */ }
  history.replaceState(null, "", location.pathname + location.search);
}

at("name").addEventListener("input", () => { mine.title = at("name").value; keep(mine); });
at("hand_in").addEventListener("click", save);
at("open").addEventListener("click", () => at("files").click());
at("files").addEventListener("change", async () => { await take([...at("files").files]); at("files").value = ""; });
at("print").addEventListener("click", () => { at("printed_name").textContent = mine.title; print(); });
addEventListener("beforeprint", () => { at("printed_name").textContent = mine.title; });
at("link").addEventListener("click", copyLink);
at("empty").addEventListener("click", () => change(shelf.clean(null), words.emptied));
at("undo").addEventListener("click", () => { keep(shelf.clean(JSON.parse(done.pop()))); draw(); say(words.undone); ask(); });
addEventListener("storage", (event) => { if (event.key === shelf.key) { mine = shelf.read(); draw(); ask(); } });
addEventListener("hashchange", () => { fromLink(); compare(); ask(); });
fromLink();
draw();
ask();
