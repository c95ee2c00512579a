// Time in the window of a tree: the chart along its upper edge, the moment that is looked at, and the lineages that lived then.
const ROW_HEIGHTS = { era: 17, period: 23, epoch: 19, age: 16 };
const TICKS = 22;

const written = (age) => (Math.abs(age) >= 0.05 ? String(Math.round(age * 10) / 10) : age ? age.toPrecision(2) : "0");
const escaped = (text) => String(text).replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
const filled = (template, values) => template.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const wide = (text, size) => [...text].reduce((sum, letter) => sum + (letter > "\u2e7f" ? 1 : 0.58), 0) * size;

function chartHeight(units) {
  const ranks = new Set(units.map((unit) => unit[0]));
  return [...ranks].reduce((sum, rank) => sum + ROW_HEIGHTS[rank], 0) + TICKS;
}

// The chart for what is visible; names stay in sight as long as a part of their unit is, and finer units get names as one zooms.
function chartMarkup(units, axis, toScreen, width) {
  const parts = [];
  let [top, rank] = [0, ""];
  for (const [of, name, older, younger, color, ink] of units) {
    if (rank && of !== rank) top += ROW_HEIGHTS[rank];
    rank = of;
    const left = Math.max(0, toScreen(Math.min(older, axis.oldest)));
    const right = Math.min(width, toScreen(Math.max(younger, axis.youngest)));
    if (right <= left) continue;
    const [height, size] = [ROW_HEIGHTS[rank], rank === "period" ? 12.5 : 11];
    const title = `${escaped(name)}, ${written(older)}–${written(younger)} Ma`;
    parts.push(`<rect x="${left}" y="${top}" width="${right - left}" height="${height}" fill="${color}" class="unit"><title>${title}</title></rect>`);
    if (wide(name, size) + 6 <= right - left) {
      parts.push(`<text x="${(left + right) / 2}" y="${top + height / 2 + 0.35 * size}" font-size="${size}" fill="${ink}" text-anchor="middle">${escaped(name)}</text>`);
    }
  }
  top += ROW_HEIGHTS[rank] || 0;
  const perMyr = toScreen(0) - toScreen(1);
  const power = 10 ** Math.floor(Math.log10(64 / perMyr));
  const step = [1, 2, 5, 10].map((times) => times * power).find((size) => size * perMyr >= 63.9);
  for (let age = Math.floor(axis.oldest / step) * step; age >= axis.youngest - 1e-9; age -= step) {
    const x = toScreen(age);
    if (x < 12 || x > width - 12) continue;
    parts.push(`<path class="tick" d="M${x} ${top}v4"/><text class="number" x="${x}" y="${top + 16}" text-anchor="middle">${written(age)}</text>`);
  }
  parts.push(`<text class="number unit-name" x="${Math.min(width - 3, Math.max(40, toScreen(axis.youngest) + 38))}" y="${top + 16}" text-anchor="end">Ma</text>`);
  return parts.join("");
}

function unitAt(units, age) {
  const names = {};
  for (const [rank, name, older, younger] of units) {
    if (age <= older && (age > younger || younger === 0)) names[rank] = name;
  }
  return names.age || names.epoch || names.period || names.era || "";
}

// What each place was doing at a moment: known from fossils, a ghost, a folded group with something in it, or nothing.
function stateAt(place, age) {
  const [, kind, parent, , , from, own, last] = place;
  if (kind !== "clade" && age <= own && age >= last) return kind === "tip" ? "alive" : "inside";
  return parent >= 0 && age > own && age <= from ? "ghosting" : "";
}

function countsAt(steps, age) {
  if (!steps) return [0, 0];
  const [ages, known, ghosts] = steps;
  let [low, high] = [0, ages.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ages[middle] >= age) low = middle + 1;
    else high = middle;
  }
  return low ? [known[low - 1], ghosts[low - 1]] : [0, 0];
}

function aliveMarkup(places, age, words, fossils) {
  const lists = { alive: [], ghosting: [] };
  for (const place of places) {
    const state = stateAt(place, age);
    if (!state) continue;
    const [key, kind, , , , , , , tips, name] = place;
    if (!name) continue;
    const label = state === "inside" ? filled(words.inside, { name, n: tips })
      : state === "ghosting" && kind !== "tip" ? filled(words.towards, { name }) : name;
    lists[state === "ghosting" ? "ghosting" : "alive"].push(`<button type="button" data-pick="${escaped(key)}">${escaped(label)}</button>`);
  }
  const block = (title, items) => {
    if (!items.length) return "";
    const rest = items.length > 60 ? `<span>${filled(words.more, { n: items.length - 60 })}</span>` : "";
    return `<h4>${escaped(title)}</h4><p>${items.slice(0, 60).join(" ")} ${rest}</p>`;
  };
  if (!fossils) return block(words.lineages_then, [...lists.alive, ...lists.ghosting]);
  return block(words.with_fossils, lists.alive) + block(words.as_ghosts, lists.ghosting);
}
