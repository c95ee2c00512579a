// The time machine: one moment, and the Earth, the tree, the curve, the card and the link that follow it. All comes with the page; only the
// outlines of the Earth are loaded beside it, once, and the counts of a clade when it is chosen.
//
// finds: key, name, older, younger, color, what it is, genus, outline, node, link.   places: longitude, latitude, plate, age of ground, name, finds.
// tree: parent, age, youngest, name, common name, link.   units: rank, name, older, younger, color, ink, facts.
const given = JSON.parse(document.getElementById("given").textContent);
const { words, finds, places } = given;
const OLDEST = given.oldest, MYR_A_SECOND = 12, STILL_STEP = 5, STILL_MS = 900, REST_MS = 350, CARD_MS = 700, NEAR_MYR = 4, MOST_LISTED = 5, FACTS_SHOWN = 2;
const at = (id) => document.getElementById(id);
const part = Object.fromEntries(["map", "tree", "curve", "strip", "clade", "number", "ago", "chips", "lineages", "legend", "world", "who", "count", "new", "gone",
  "finds_list", "lineages_list", "said", "tip", "mark", "play", "notes", "credit"].map((id) => [id, at(id)]));
const still = matchMedia("(prefers-reduced-motion: reduce)");
const style = getComputedStyle(document.documentElement);
const serif = style.getPropertyValue("--serif"), sans = getComputedStyle(document.body).fontFamily;
const fill = (template, values) => template.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const several = (key, n) => fill(words[`${key}_${n}`] || words[key], { n });
const element = (tag, text = "", name = "") => Object.assign(document.createElement(tag), { textContent: text, className: name });

const units = given.units.map(([rank, name, max, min, color, ink, facts]) => ({ rank, name, max, min, color, ink, facts }));
const periods = units.filter((unit) => unit.rank === "period");
const tree = given.tree.map(([parent, age, youngest, name, common, href]) => ({ parent, age, youngest, name, common, href, isTip: true }));
tree.forEach((node) => { if (node.parent >= 0) tree[node.parent].isTip = false; });
const numberOf = new Map(tree.map((node, number) => [node.name, number]));
const finder = new Map(finds.map((find, number) => [find[0], number]));

let age = given.start.at, clade = -1, chosen = -1, playing = 0, curve = given.curve, earth = null, dark = theme.isDark(), frame = 0, resting = 0, moving = false;
let room = null, scene = null, spots = [], shown = "", told = 0, lived = new Set(), said = "";
const born = new Map(), portraits = new Map(), handle = element("div", "", "handle");

const isWithin = (node, outer) => { while (node > outer) node = tree[node].parent; return node === outer; };
const belongs = (find) => clade < 0 || (find[8] >= 0 && isWithin(find[8], clade));
const living = (find) => find[2] >= age && find[3] <= age && belongs(find);
const unitAt = (rank) => units.find((unit) => unit.rank === rank && age <= unit.max && (age > unit.min || unit.min === 0));
const nodeName = (number) => (given.language === "zh" && tree[number].common) || tree[number].name;

// ---- words ---------------------------------------------------------------------------------------------------------

const whole = (ma) => Number(ma.toFixed(1));
// Chinese counts in ten thousands and hundred millions.
function numberWords(ma) {
  if (given.language !== "zh") return String(ma);
  return ma >= 100 ? `${Number((ma / 100).toFixed(4))}亿` : `${Number((ma * 100).toFixed(2))}万`;
}
const ageWords = (ma) => (ma < 0.5 ? words.today : given.language === "zh" ? `${numberWords(ma)}${words.ago}` : `${numberWords(ma)} ${words.ago}`);

const shortAge = (ma) => (given.language === "zh" ? ageWords(ma) : `${ma} Ma`);

function lineagesWords() {
  const [known, ghosts] = [scene.known.size, scene.ghosts.size];
  if (!known && !ghosts) return words.lineages_0;
  return `${several("lineages", known + ghosts)}${given.language === "zh" ? "，" : ", "}${several("ghosts", ghosts)}`;
}

// ---- the scene -----------------------------------------------------------------------------------------------------

// What stands on the tree for the chosen clade; which lineages cross the moment is counted as trees/lineages.py does.
function arrange() {
  const root = clade < 0 ? 0 : clade;
  const within = tree.map((_, number) => number).filter((number) => isWithin(number, root));
  const marked = new Set();
  for (let node = chosen < 0 ? -1 : finds[chosen][8]; node >= 0; node = tree[node].parent) marked.add(node);
  scene = { tree, within, rows: rowsOf(tree, within), root, marked, periods, oldest: OLDEST, known: new Set(), ghosts: new Set() };
}

function count() {
  scene.known.clear();
  scene.ghosts.clear();
  for (const number of scene.within) {
    const node = tree[number];
    if (node.isTip && age <= node.age && age >= node.youngest) scene.known.add(number);
    else if (number !== scene.root && tree[node.parent].age >= age && age > node.age) scene.ghosts.add(number);
  }
}

function spotsNow(clock) {
  const now = [];
  places.forEach((place, number) => {
    const there = place[5].filter((find) => living(finds[find]) || find === chosen && belongs(finds[find]));
    const where = there.length && earth ? placeAt(earth, place, place[2], place[3], age) : null;
    if (!where) { born.delete(number); return; }
    if (!born.has(number)) born.set(number, still.matches ? -Infinity : clock);
    const isChosen = there.includes(chosen);
    now.push({ number, where, finds: there, color: finds[there[0]][4], born: born.get(number), chosen: isChosen });
  });
  return now;
}

// ---- drawing -------------------------------------------------------------------------------------------------------

function draw(clock) {
  frame = 0;
  count();
  spots = spotsNow(clock);
  drawMap(clock);
  drawTree(fitted(part.tree, ...room.tree), ...room.tree, age, scene, { dark, serif, nameOf: nodeName });
  const band = chosen < 0 ? null : [finds[chosen][2], finds[chosen][3]];
  drawCurve(fitted(part.curve, ...room.curve), ...room.curve, age, curve.bins, scene, { dark, sans, band });
  tell(clock);
  document.body.dataset.drawn = String(age);
  if (!playing && !still.matches && spots.some((spot) => clock - spot.born < RIPPLE_MS)) request();
}

// Asked of the page when it changes; to ask while it is drawn makes the browser lay it out in between.
function measure() {
  const sizeOf = (canvas) => [canvas.clientWidth, canvas.clientHeight];
  room = { map: part.map.parentElement.clientWidth, tree: sizeOf(part.tree), curve: sizeOf(part.curve), strip: part.strip.clientWidth };
}

function drawMap(clock) {
  const view = viewOf(room.map, 20);
  const context = fitted(part.map, view.width, view.height);
  drawEarth(context, earth, age, view, { dark, latitudes: true, unlabelled: true, quick: moving, words });
  spots = drawFinds(context, view, spots, { dark, clock, serif, nameOf: (spot) => {
    const find = finds[spot.chosen ? chosen : spot.finds[0]], [, common, isLatin] = given.genera[find[6]];
    const inChinese = given.language === "zh" && common;
    return { text: (inChinese || find[1]) + (spot.finds.length > 1 ? ` +${spot.finds.length - 1}` : ""), italic: isLatin && !inChinese };
  } });
}

const request = () => { if (!frame) frame = requestAnimationFrame(draw); };

// Texts change with the million years, while time runs the card only a few times a second, and long lists only when time rests.
function tell(clock) {
  const key = `${Math.round(age)} ${clade} ${chosen} ${curve.clade} ${Boolean(earth)}`;
  handle.style.transform = `translateX(${timeX(age, room.strip, OLDEST)}px)`;
  if (key === shown) return;
  const round = Math.round(age), unit = [unitAt("period"), unitAt("epoch"), unitAt("age")].filter(Boolean);
  tellNumber(round);
  tellChips(unit);
  if (playing && clock - told < CARD_MS) return;
  [shown, told] = [key, clock];
  part.strip.setAttribute("aria-valuenow", String(round));
  part.strip.setAttribute("aria-valuetext", `${ageWords(round)}, ${unit.map((one) => one.name).join(", ")}`);
  part.lineages.textContent = lineagesWords();
  tellCurve();
  tellWorld(unit);
  tellWho();
  tellTurns();
  rest();
}

// Even the same text anew would cost a layout of the page in every picture.
function tellNumber(round) {
  if (part.number.dataset.key === String(round)) return;
  part.number.dataset.key = String(round);
  part.number.textContent = round ? numberWords(round) : words.today;
  part.ago.textContent = round ? words.ago : "";
}

function tellChips(unit) {
  const key = unit.map((one) => one.name).join();
  if (part.chips.dataset.key === key) return;
  part.chips.dataset.key = key;
  part.chips.replaceChildren(...unit.map((one) => {
    const chip = element("span", one.name, "chip");
    Object.assign(chip.style, { background: one.color, color: one.ink });
    return chip;
  }));
}

function tellCurve() {
  const bin = curve.bins.find(([older, younger]) => age <= older && (age > younger || younger === 0));
  const piece = (name, label, value) => {
    const one = element("span", "", "key");
    one.append(element("i", "", name), `${label} `, element("b", value));
    return one;
  };
  const number = bin && bin[5] !== null ? `${bin[5].toFixed(1)} ± ${bin[6].toFixed(1)}` : curve.bins.some((one) => one[5] !== null) ? "–" : words.too_few;
  const told = [bin ? String(bin[3]) : "–", bin ? String(bin[4]) : "–", number];
  if (part.legend.dataset.key === told.join()) return;
  part.legend.dataset.key = told.join();
  const own = curve.bins.some((one) => one[5] !== null) ? words.sampled_own : words.sampled;
  part.legend.replaceChildren(element("span", words.genera, "quiet"), piece("raw", words.raw, told[0]), piece("through", words.through, told[1]), piece("sampled", own, told[2]));
}

// What is told of the age, its epoch and its period, the narrowest first.
function tellWorld(unit) {
  const facts = [...unit].reverse().flatMap((one) => one.facts.map((fact) => given.facts[fact]));
  const key = facts.join();
  if (part.world.dataset.key === key) return;
  part.world.dataset.key = key;
  const details = element("details"), list = element("ul");
  new Set(facts.map(([, source]) => source)).forEach((source) => list.append(element("li", source)));
  const paragraphs = facts.map(([text]) => element("p", text));
  details.append(element("summary", words.sources), ...paragraphs.slice(FACTS_SHOWN), list);
  part.world.replaceChildren(...paragraphs.slice(0, FACTS_SHOWN), ...(facts.length ? [details] : []));
}

// The animals of the moment, as outlines, those that differ first; each opens its find on the map.
function tellWho() {
  const alive = finds.map((_, number) => number).filter((number) => living(finds[number]));
  lived = new Set(alive);
  part.count.textContent = several("finds", alive.length);
  const byGenus = [...new Map(alive.map((number) => [finds[number][6], number])).values()];
  const seen = new Set(), first = [], others = [];
  for (const number of byGenus) (seen.has(finds[number][7]) ? others : first).push(number), seen.add(finds[number][7]);
  const parade = [...first, ...others].slice(0, 8);
  const key = parade.join() + chosen;
  if (part.who.dataset.key === key) return;
  part.who.dataset.key = key;
  if (!parade.length) { part.who.replaceChildren(element("p", words.nobody, "quiet")); return; }
  replaceFinds(part.who, parade.map((number) => {
    if (!portraits.has(number)) portraits.set(number, portraitOf(number));
    portraits.get(number).setAttribute("aria-pressed", String(number === chosen));
    return portraits.get(number);
  }));
}

// Who is on the button of a find is still on it when its list is made anew.
function replaceFinds(list, children) {
  const held = list.contains(document.activeElement) ? document.activeElement.dataset.find : undefined;
  list.replaceChildren(...children);
  if (held) list.querySelector(`[data-find="${held}"]`)?.focus({ preventScroll: true });
}

function portraitOf(number) {
  const button = element("button");
  button.type = "button";
  button.dataset.find = String(number);
  button.style.setProperty("--age", finds[number][4]);
  button.innerHTML = given.outlines[finds[number][7]];
  const [genus, common, isLatin] = given.genera[finds[number][6]];
  button.append(given.language === "zh" && common ? element("b", common) : element(isLatin ? "i" : "b", genus, genus.length > 13 ? "long" : ""));
  return button;
}

function tellTurns() {
  const tips = scene.within.filter((number) => tree[number].isTip);
  turn(part.new, tips, (node) => node.age);
  turn(part.gone, tips.filter((number) => tree[number].youngest > 0), (node) => node.youngest);
}

function turn(list, tips, ageOf) {
  const near = tips.filter((number) => Math.abs(ageOf(tree[number]) - age) <= NEAR_MYR)
    .sort((a, b) => Math.abs(ageOf(tree[a]) - age) - Math.abs(ageOf(tree[b]) - age));
  const key = near.join();
  if (list.dataset.key === key) return;
  list.dataset.key = key;
  const lines = near.slice(0, MOST_LISTED).map((number) => {
    const line = element("li"), link = element("a", "", "");
    link.href = tree[number].href;
    link.append(given.language === "zh" && tree[number].common ? tree[number].common : element("i", tree[number].name));
    line.append(link, " ", element("span", shortAge(whole(ageOf(tree[number])))));
    return line;
  });
  if (near.length > MOST_LISTED) lines.push(element("li", fill(words.more, { n: near.length - MOST_LISTED }), "quiet"));
  list.replaceChildren(...(lines.length ? lines : [element("li", words.no_new, "quiet")]));
}

// ---- at rest -------------------------------------------------------------------------------------------------------

// The sentence that is read out, the lists and the link follow when nothing moves.
function rest() {
  clearTimeout(resting);
  if (!playing) resting = setTimeout(settle, REST_MS);
}

function settle() {
  if (moving) request();
  moving = false;
  const asked = new URLSearchParams({ lang: given.language, at: String(Number(age.toFixed(1))) });
  if (clade >= 0) asked.set("clade", tree[clade].name);
  if (chosen >= 0) asked.set("specimen", finds[chosen][0]);
  history.replaceState(null, "", `${location.pathname}?${asked}`);
  const stop = given.language === "zh" ? "。" : ". ";
  const names = [unitAt("period"), unitAt("epoch"), unitAt("age")].filter(Boolean).map((one) => one.name);
  const offMap = [...lived].length - spots.reduce((sum, spot) => sum + spot.finds.filter((find) => lived.has(find)).length, 0);
  const sentence = [`${ageWords(Math.round(age))}${given.language === "zh" ? "，" : ", "}${names.join(given.language === "zh" ? "，" : ", ")}`,
    several("finds", lived.size) + (offMap > 0 && earth ? `${given.language === "zh" ? "，" : ", "}${fill(words.off_map, { n: offMap })}` : ""), lineagesWords()].join(stop) + stop.trim();
  if (sentence !== said) part.said.textContent = said = sentence;
  replaceFinds(part.finds_list, [...lived].map((number) => {
    const button = element("button", finds[number][1], "plain");
    button.type = "button";
    button.dataset.find = String(number);
    const line = element("li");
    line.append(button, ` ${finds[number][5]}`);
    return line;
  }));
  part.lineages_list.replaceChildren(...[...scene.known, ...scene.ghosts].filter((number) => tree[number].name).map((number) => {
    const link = element("a", tree[number].name), line = element("li");
    link.href = tree[number].href;
    line.append(link, tree[number].common ? ` ${tree[number].common}` : "", scene.ghosts.has(number) ? ` (${words.ghost})` : "");
    return line;
  }));
}

// ---- moving --------------------------------------------------------------------------------------------------------

function go(to) {
  age = Math.max(0, Math.min(OLDEST, to));
  moving = true;
  rest();
  request();
}

function move(to) {
  if (playing) play(false);
  go(to);
}

// From old to young, as time went; begins anew at its end. Without motion, in steps.
function play(on) {
  cancelAnimationFrame(playing);
  clearTimeout(playing);
  clearTimeout(resting);  // else a step just before would end the quick drawing while time runs
  playing = 0;
  part.play.innerHTML = given.icons[on ? "pause" : "play"];
  const label = on ? words.pause : words.play;
  for (const name of ["aria-label", "title"]) part.play.setAttribute(name, label);
  document.body.classList.toggle("playing", on);
  if (!on) { shown = ""; request(); return; }
  moving = !still.matches;
  if (age <= 0) age = OLDEST;
  let before = performance.now();
  const wait = () => { playing = still.matches ? setTimeout(() => next(performance.now()), STILL_MS) : requestAnimationFrame(next); };
  const next = (time) => {
    const passed = Math.min(250, time - before) / 1000 * MYR_A_SECOND;
    before = time;
    age = Math.max(0, still.matches ? Math.ceil(age / STILL_STEP - 1e-9) * STILL_STEP - STILL_STEP : age - passed);
    cancelAnimationFrame(frame);
    draw(time);
    if (age <= 0) play(false); else wait();
  };
  wait();
}

// From one boundary of the ages of the chart to the next; back means older.
function leap(back) {
  const bounds = units.filter((unit) => unit.rank === "age").map((unit) => Math.min(unit.max, OLDEST)).concat(0).sort((a, b) => a - b);
  move(back ? bounds.find((bound) => bound > age + 1e-6) ?? OLDEST : bounds.findLast((bound) => bound < age - 1e-6) ?? 0);
}

const deeds = {
  ArrowLeft: () => move(Math.round(age) + 1), ArrowDown: () => move(Math.round(age) + 1),
  ArrowRight: () => move(Math.round(age) - 1), ArrowUp: () => move(Math.round(age) - 1),
  PageDown: () => leap(true), PageUp: () => leap(false), Home: () => move(OLDEST), End: () => move(0),
  " ": () => play(!playing),
};

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("select, input, textarea")) return;
  if (event.key === " " && event.target.closest("button, a, summary")) return;
  if (event.target === part.map && walk(event)) return;
  if (event.key === "t" || event.key === "T") theme.turn();
  if (event.key === "f" || event.key === "F") at("full").click();
  if (event.key === "Escape" && chosen >= 0) choose(-1);
  if (!deeds[event.key]) return;
  event.preventDefault();
  deeds[event.key]();
});

function walk(event) {
  const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  const list = [...lived];
  if (!by || !list.length) return false;
  event.preventDefault();
  const from = list.indexOf(chosen);
  choose(list[(from < 0 && by < 0 ? list.length - 1 : from + by + list.length) % list.length]);
  return true;
}

// ---- choosing ------------------------------------------------------------------------------------------------------

function choose(number) {
  if (part.mark.contains(document.activeElement)) part.map.focus({ preventScroll: true });
  chosen = number === chosen ? -1 : number;
  arrange();
  tellMark();
  shown = "";
  request();
}

function tellMark() {
  part.mark.hidden = chosen < 0;
  if (chosen < 0) return;
  const find = finds[chosen], place = places.find((one) => one[5].includes(chosen));
  const title = element("b", find[1]), record = element("a", words.record), close = element("button", "×");
  record.href = find[9];
  close.type = "button";
  for (const name of ["aria-label", "title"]) close.setAttribute(name, words.clear);
  close.onclick = () => choose(-1);
  title.append(makeStar(given.star, find[0], find[1]));
  part.mark.replaceChildren(close, title, element("span", find[5]), element("span", place ? place[4] : ""), record);
  paintStars(part.mark);
}

async function chooseClade(number) {
  clade = number;
  part.clade.value = number < 0 ? "" : tree[number].name;
  if (number >= 0 && part.clade.value === "") part.clade.add(new Option(tree[number].name, tree[number].name, true, true));
  if (chosen >= 0 && !belongs(finds[chosen])) { chosen = -1; tellMark(); }
  arrange();
  shown = "";
  request();
  const name = number < 0 ? "" : tree[number].name;
  if (curve.clade === name) return;
  try {
    const answer = await fetch(`${given.curves}?clade=${encodeURIComponent(name)}`);
    if (!answer.ok) throw new Error(String(answer.status));
    const counted = await answer.json();
    if (counted.clade !== (clade < 0 ? "" : tree[clade].name)) return;
    curve = counted;
  } catch { part.said.textContent = words.no_curve; }
  shown = "";
  request();
}

part.clade.append(...given.clades.map(([number, depth]) => {
  const { name, common } = tree[number];
  return new Option(`${" ".repeat(Math.min(depth, 12))}${given.language === "zh" && common ? `${common} ${name}` : common ? `${name} (${common})` : name}`, name);
}));
part.clade.onchange = () => chooseClade(numberOf.get(part.clade.value) ?? -1);

// A branch chooses its clade; a tip the find of its genus, if there is one.
part.tree.onclick = (event) => {
  let number = branchAt(event.offsetX, event.offsetY, ...room.tree, scene);
  if (number < 0) return;
  if (tree[number].isTip) {
    const ofGenus = finds.findIndex((find) => find[8] === number);
    if (ofGenus >= 0) { if (!living(finds[ofGenus])) move((finds[ofGenus][2] + finds[ofGenus][3]) / 2); choose(ofGenus); }
    return;
  }
  while (number > 0 && !tree[number].name) number = tree[number].parent;
  chooseClade(number === 0 ? -1 : number);
};
part.tree.onmousemove = (event) => {
  const number = branchAt(event.offsetX, event.offsetY, ...room.tree, scene);
  part.tree.style.cursor = number < 0 ? "default" : "pointer";
  part.tree.title = number < 0 ? "" : [tree[number].name, tree[number].common].filter(Boolean).join(" · ");
};

function nearest(event) {
  let [best, found] = [16, null];
  for (const spot of spots) {
    const apart = Math.hypot(spot.at[0] - event.offsetX, spot.at[1] - event.offsetY);
    if (apart < best) [best, found] = [apart, spot];
  }
  return found;
}
part.map.onclick = (event) => {
  const spot = nearest(event);
  if (!spot) { if (chosen >= 0) choose(-1); return; }
  choose(spot.finds[(spot.finds.indexOf(chosen) + 1) % spot.finds.length]);
};
part.map.onmousemove = (event) => {
  const spot = nearest(event);
  part.map.style.cursor = spot ? "pointer" : "default";
  part.tip.hidden = !spot;
  if (!spot) return;
  part.tip.replaceChildren(element("i", spot.finds.slice(0, 5).map((find) => finds[find][1]).join(", ")), ` ${places[spot.number][4]}`);
  Object.assign(part.tip.style, { left: `${Math.min(event.offsetX + 14, room.map - 220)}px`, top: `${part.map.offsetTop + event.offsetY + 16}px` });
};
part.map.onmouseleave = () => { part.tip.hidden = true; };
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-find]");
  if (button) { play(false); choose(Number(button.dataset.find)); }
});

// ---- slider --------------------------------------------------------------------------------------------------------

function buildStrip() {
  for (const rank of ["period", "epoch", "age"]) {
    const row = element("div", "", `row ${rank}`);
    for (const unit of units.filter((one) => one.rank === rank)) {
      const older = Math.min(unit.max, OLDEST), band = element("span", rank === "age" ? "" : unit.name);
      Object.assign(band.style, { left: `${100 * (1 - older / OLDEST)}%`, width: `${100 * (older - unit.min) / OLDEST}%`, background: unit.color, color: unit.ink });
      band.title = unit.name;
      row.append(band);
    }
    part.strip.append(row);
  }
  const ticks = element("div", "", "ticks");
  for (let ma = 250; ma >= 0; ma -= 50) {
    const tick = element("span", ma ? numberWords(ma) : words.today);
    tick.style.left = `${100 * (1 - ma / OLDEST)}%`;
    ticks.append(tick);
  }
  part.strip.append(ticks, handle);
  part.strip.setAttribute("aria-valuemin", "0");
  part.strip.setAttribute("aria-valuemax", String(OLDEST));
  fitNames();
}

// A name that has no room is left out rather than cut.
function fitNames() {
  part.strip.querySelectorAll(".row span").forEach((band) => { band.classList.toggle("narrow", false); });
  const narrow = [...part.strip.querySelectorAll(".row span")].filter((band) => band.scrollWidth > band.clientWidth + 1);
  narrow.forEach((band) => band.classList.add("narrow"));
}

const toAge = (event) => {
  const box = part.strip.getBoundingClientRect();
  return Math.round((1 - (event.clientX - box.left) / box.width) * OLDEST * 2) / 2;
};
part.strip.onpointerdown = (event) => {
  part.strip.setPointerCapture(event.pointerId);
  part.strip.focus({ preventScroll: true });
  move(toAge(event));
};
part.strip.onpointermove = (event) => { if (part.strip.hasPointerCapture(event.pointerId)) move(toAge(event)); };

part.play.onclick = () => play(!playing);
at("older").onclick = () => deeds.ArrowLeft();
at("younger").onclick = () => deeds.ArrowRight();
at("full").onclick = () => { if (document.fullscreenElement) document.exitFullscreen(); else document.documentElement.requestFullscreen?.(); };
function repaint() {
  dark = theme.isDark();
  measure();
  fitNames();
  request();
}
addEventListener(theme.key, repaint);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
const watch = new ResizeObserver(repaint);
for (const one of [document.body, part.map.parentElement, part.tree, part.curve, part.strip]) watch.observe(one);

// ---- beginning -----------------------------------------------------------------------------------------------------

buildStrip();
if (given.start.notes.length) {
  part.notes.hidden = false;
  part.notes.textContent = given.start.notes.join(" ");
}
part.credit.append(` ${given.citation}`, given.left_out ? ` ${fill(words.left_out, { n: given.left_out })}` : "");
clade = numberOf.get(given.start.clade) ?? -1;
chosen = finder.get(given.start.specimen) ?? -1;
measure();
arrange();
chooseClade(clade);
tellMark();
loadEarth(given.earth).then((loaded) => { earth = loaded; born.clear(); shown = ""; request(); }, () => {
  part.notes.hidden = false;
  part.notes.textContent = words.broken;
});
watchStars(document);
