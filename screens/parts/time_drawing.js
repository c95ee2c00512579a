// The pictures of the time machine on their canvases: finds on the moving Earth, the tree, and the curve of genera. Each draws one moment
// and knows nothing of buttons. Ages are in Ma; on every time axis the past is on the left.

const NAMES_ON_MAP = 9, RIPPLE_MS = 800, LATIN = /^[A-Z]/;

function inkOf(dark) {
  return dark
    ? { ink: "#efe7d8", paper: "#15130f", soft: "#8d8574", accent: "#e8a36a", ghost: "#8fc1d6", area: "#4d4639" }
    : { ink: "#2b2620", paper: "#faf6ee", soft: "#8f8468", accent: "#8c3b1f", ghost: "#2a6480", area: "#ddd0b4" };
}

// Makes a canvas as sharp as the screen; returns its context, in CSS pixels.
function fitted(canvas, width, height) {
  const sharp = Math.min(window.devicePixelRatio || 1, 2);
  const [w, h] = [Math.round(width * sharp), Math.round(height * sharp)];
  if (canvas.width !== w || canvas.height !== h) [canvas.width, canvas.height] = [w, h];
  const context = canvas.getContext("2d");
  context.setTransform(sharp, 0, 0, sharp, 0, 0);
  return context;
}

function timeX(age, width, oldest) {
  return width * (1 - age / oldest);
}

// ---- map -----------------------------------------------------------------------------------------------------------

// `spots`: place number, where it lay, its living finds, when it appeared (ms), whether it is chosen. Returns where each was drawn.
function drawFinds(context, view, spots, { dark, clock, serif, nameOf }) {
  const paint = inkOf(dark);
  const drawn = spots.map((spot) => ({ ...spot, at: pixelOf(view, eastOf(view, spot.where[0]), spot.where[1]) }));
  for (const spot of drawn) ripple(context, spot, clock, paint);
  for (const spot of drawn) {
    const [x, y] = spot.at, radius = 4.6 + Math.min(4, Math.log2(spot.finds.length) * 1.3);
    circle(context, x, y, radius + 4);
    context.globalAlpha = dark ? 0.35 : 0.22;
    context.fillStyle = spot.color;
    context.fill();
    context.globalAlpha = 1;
    circle(context, x, y, radius);
    context.fill();
    context.strokeStyle = paint.ink;
    context.lineWidth = 1.3;
    context.stroke();
    if (!spot.chosen) continue;
    circle(context, x, y, radius + 6);
    context.strokeStyle = paint.accent;
    context.lineWidth = 3;
    context.stroke();
  }
  drawNames(context, view, drawn, paint, serif, nameOf);
  return drawn;
}

function circle(context, x, y, radius) {
  context.beginPath();
  context.arc(x, y, radius, 0, 7);
}

function ripple(context, spot, clock, paint) {
  const share = (clock - spot.born) / RIPPLE_MS;
  if (!(share >= 0 && share < 1)) return;
  circle(context, ...spot.at, 5 + 26 * share);
  context.globalAlpha = 1 - share;
  context.strokeStyle = paint.accent;
  context.lineWidth = 2.5;
  context.stroke();
  context.globalAlpha = 1;
}

// Names beside their dots, the chosen one first, as long as there is room for them.
function drawNames(context, view, drawn, paint, serif, nameOf) {
  const taken = drawn.map(({ at: [x, y] }) => [x - 7, y - 7, x + 7, y + 7]);
  const free = (box) => box[0] > 2 && box[2] < view.width - 2 && !taken.some((one) => box[0] < one[2] && box[2] > one[0] && box[1] < one[3] && box[3] > one[1]);
  context.textBaseline = "middle";
  context.lineJoin = "round";
  let room = NAMES_ON_MAP;
  for (const spot of [...drawn].sort((a, b) => b.chosen - a.chosen)) {
    if (!room) return;
    const { text, italic } = nameOf(spot), [x, y] = spot.at;
    context.font = `${italic ? "italic " : ""}600 13px ${serif}`;
    const wide = context.measureText(text).width;
    const left = [x + 12, x - 12 - wide].find((start) => free([start, y - 8, start + wide, y + 8]));
    if (left === undefined) continue;
    taken.push([left, y - 8, left + wide, y + 8]);
    room -= 1;
    context.lineWidth = 4;
    context.strokeStyle = paint.paper;
    context.strokeText(text, left, y);
    context.fillStyle = paint.ink;
    context.fillText(text, left, y);
  }
}

// ---- tree ----------------------------------------------------------------------------------------------------------

// The rows of a clade: for each node its height between 0 and 1, a tip after the other, a fork in the middle of its branches.
function rowsOf(tree, within) {
  const rows = new Map(), children = new Map();
  within.forEach((number) => {
    const parent = tree[number].parent;
    if (children.has(parent)) children.get(parent).push(number); else children.set(parent, [number]);
  });
  const tips = within.filter((number) => tree[number].isTip);
  tips.forEach((number, row) => rows.set(number, (row + 0.5) / tips.length));
  for (const number of [...within].reverse()) {
    if (rows.has(number)) continue;
    const below = children.get(number);
    rows.set(number, (rows.get(below[0]) + rows.get(below[below.length - 1])) / 2);
  }
  return rows;
}

// `scene`: tree, within (numbers of nodes), rows, known and ghosts (sets of nodes alive), marked (set of nodes), root, oldest.
function drawTree(context, width, height, age, scene, { dark, serif, nameOf }) {
  const paint = inkOf(dark), top = 6, room = height - 12;
  const x = (ma) => timeX(ma, width, scene.oldest), y = (number) => top + scene.rows.get(number) * room;
  context.clearRect(0, 0, width, height);
  const [past, future] = [false, true].map((toCome) => drawnOnce(context, toCome ? "future" : "past", width, height, [dark, scene],
    (own) => wholeTree(own, width, height, scene, x, y, paint, dark, toCome)));
  const cut = Math.round(past.width * x(age) / width), rest = past.width - cut, scale = width / past.width;
  if (cut) context.drawImage(past, 0, 0, cut, past.height, 0, 0, cut * scale, height);
  if (rest) context.drawImage(future, cut, 0, rest, past.height, cut * scale, 0, rest * scale, height);
  markPath(context, scene, x, y, paint);
  alive(context, scene, age, x, y, paint);
  cursor(context, x(age), height, paint);
  namesOfLiving(context, width, age, scene, x, y, paint, serif, nameOf);
}

// All branches and ranges, in ink as far as they are past, faint where they are still to come.
function wholeTree(context, width, height, scene, x, y, paint, dark, toCome) {
  bands(context, width, height, scene, dark);
  const branches = new Path2D(), ranges = new Path2D();
  for (const number of scene.within) {
    const node = scene.tree[number], row = y(number);
    if (number !== scene.root) {
      const start = x(scene.tree[node.parent].age);
      branches.moveTo(start, y(node.parent));
      branches.lineTo(start, row);
      piece(branches, start, x(node.age), row);
    }
    if (node.isTip) piece(ranges, x(node.age), x(node.youngest), row);
  }
  stroke(context, branches, toCome ? paint.soft : paint.ink, toCome ? 0.8 : 1, toCome ? 0.3 : 0.6);
  stroke(context, ranges, toCome ? paint.soft : paint.ink, toCome ? 1.4 : 1.8, toCome ? 0.35 : 0.75);
}

function piece(path, from, to, row) {
  path.moveTo(from, row);
  path.lineTo(Math.max(to, from + 0.5), row);
}

function stroke(context, path, color, width, alpha, dashes = []) {
  context.globalAlpha = alpha;
  context.strokeStyle = color;
  context.lineWidth = width;
  context.setLineDash(dashes);
  context.stroke(path);
  context.setLineDash([]);
  context.globalAlpha = 1;
}

function bands(context, width, height, scene, dark) {
  context.globalAlpha = dark ? 0.16 : 0.2;
  for (const unit of scene.periods) {
    context.fillStyle = unit.color;
    const left = timeX(Math.min(unit.max, scene.oldest), width, scene.oldest);
    context.fillRect(left, 0, timeX(unit.min, width, scene.oldest) - left, height);
  }
  context.globalAlpha = 1;
}

// The way from the root to what is chosen.
function markPath(context, scene, x, y, paint) {
  const path = new Path2D();
  for (const number of scene.marked) {
    const node = scene.tree[number];
    if (!scene.rows.has(number)) continue;
    if (number !== scene.root && scene.rows.has(node.parent)) {
      path.moveTo(x(scene.tree[node.parent].age), y(node.parent));
      path.lineTo(x(scene.tree[node.parent].age), y(number));
      path.lineTo(x(node.age), y(number));
    }
    if (node.isTip) piece(path, x(node.age), x(node.youngest), y(number));
  }
  stroke(context, path, paint.accent, 2.6, 0.9);
}

// What crosses the moment: a full line with a dot where fossils are known, a dashed one with a ring where none are.
function alive(context, scene, age, x, y, paint) {
  const solid = new Path2D(), dashed = new Path2D();
  for (const number of scene.known) piece(solid, x(scene.tree[number].age), x(age), y(number));
  for (const number of scene.ghosts) piece(dashed, x(scene.tree[scene.tree[number].parent].age), x(age), y(number));
  stroke(context, solid, paint.accent, 2.6, 1);
  stroke(context, dashed, paint.ghost, 2.2, 1, [4, 3]);
  const small = scene.known.size + scene.ghosts.size > 40;
  for (const number of scene.ghosts) {
    circle(context, x(age), y(number), small ? 2.4 : 3.4);
    context.fillStyle = paint.paper;
    context.fill();
    context.strokeStyle = paint.ghost;
    context.lineWidth = 1.6;
    context.stroke();
  }
  context.fillStyle = paint.accent;
  for (const number of scene.known) {
    circle(context, x(age), y(number), small ? 2.8 : 4);
    context.fill();
  }
}

function cursor(context, x, height, paint) {
  context.fillStyle = paint.ink;
  context.fillRect(x - 0.75, 0, 1.5, height);
}

function namesOfLiving(context, width, age, scene, x, y, paint, serif, nameOf) {
  const at = x(age), left = at > width * 0.62;
  context.textBaseline = "middle";
  context.textAlign = left ? "right" : "left";
  context.lineJoin = "round";
  const taken = [];
  for (const number of [...scene.known].sort((a, b) => scene.marked.has(b) - scene.marked.has(a))) {
    const row = y(number);
    if (taken.some((one) => Math.abs(one - row) < 14)) continue;
    taken.push(row);
    const name = nameOf(number), start = at + (left ? -9 : 9);
    context.font = `${LATIN.test(name) ? "italic " : ""}600 12.5px ${serif}`;
    context.lineWidth = 4;
    context.strokeStyle = paint.paper;
    context.strokeText(name, start, row);
    context.fillStyle = scene.marked.has(number) ? paint.accent : paint.ink;
    context.fillText(name, start, row);
  }
  context.textAlign = "left";
}

// The node whose branch is nearest to a point; -1 where none is near.
function branchAt(px, py, width, height, scene) {
  let [best, found] = [12, -1];
  for (const number of scene.within) {
    const node = scene.tree[number], row = 6 + scene.rows.get(number) * (height - 12);
    const start = number === scene.root ? node.age : scene.tree[node.parent].age;
    const from = timeX(start, width, scene.oldest), to = timeX(node.isTip ? node.youngest : node.age, width, scene.oldest);
    const apart = Math.hypot(px - Math.max(from, Math.min(to, px)), (py - row) * 1.2);
    if (apart < best) [best, found] = [apart, number];
  }
  return found;
}

// ---- curve ---------------------------------------------------------------------------------------------------------

// `bins`: rows of older and younger age, finds, raw, range-through, standardised, its error. The last is a small number where the others
// are large, so that it has a scale of its own, on the right.
function drawCurve(context, width, height, age, bins, scene, { dark, sans, band }) {
  const paint = inkOf(dark), x = (ma) => timeX(Math.min(ma, scene.oldest), width, scene.oldest);
  context.clearRect(0, 0, width, height);
  const curves = drawnOnce(context, "curves", width, height, [dark, bins, scene], (own) => allCurves(own, width, height, bins, scene, x, paint, dark, sans));
  context.drawImage(curves, 0, 0, width, height);
  if (band) {
    context.globalAlpha = 0.3;
    context.fillStyle = paint.accent;
    context.fillRect(x(band[0]), 0, Math.max(2, x(band[1]) - x(band[0])), height);
    context.globalAlpha = 1;
  }
  cursor(context, x(age), height, paint);
}

function allCurves(context, width, height, bins, scene, x, paint, dark, sans) {
  const floor = height - 4, scaled = (most) => (genera) => floor - genera / most * (height - 12);
  const most = Math.max(4, ...bins.flatMap((bin) => [bin[3], bin[4]])) * 1.12, y = scaled(most);
  bands(context, width, height, scene, dark);
  const area = new Path2D();
  area.moveTo(0, floor);
  bins.forEach(([older, younger, , raw]) => { area.lineTo(x(older), y(raw)); area.lineTo(x(younger), y(raw)); });
  area.lineTo(width, floor);
  context.globalAlpha = 0.85;
  context.fillStyle = paint.area;
  context.fill(area);
  context.globalAlpha = 1;
  const through = new Path2D();
  bins.forEach(([older, younger, , , lasting], at) => { through[at ? "lineTo" : "moveTo"](x(older), y(lasting)); through.lineTo(x(younger), y(lasting)); });
  stroke(context, through, paint.ink, 2, 0.9);
  scaleOf(context, most, y, paint.ink, sans, paint.paper);
  const mostSampled = Math.max(0, ...bins.map((bin) => (bin[5] === null ? 0 : bin[5] + bin[6]))) * 1.12;
  if (!mostSampled) return;
  sampled(context, bins, x, scaled(mostSampled), paint);
  scaleOf(context, mostSampled, scaled(mostSampled), paint.ghost, sans, paint.paper, width);
}

function sampled(context, bins, x, y, paint) {
  context.fillStyle = paint.ghost;
  const line = new Path2D();
  let open = false;
  for (const [older, younger, , , , genera, error] of bins) {
    if (genera === null) { open = false; continue; }
    const middle = (x(older) + x(younger)) / 2;
    context.globalAlpha = 0.3;
    context.fillRect(x(older), y(genera + error), x(younger) - x(older), Math.max(1, y(genera - error) - y(genera + error)));
    context.globalAlpha = 1;
    line[open ? "lineTo" : "moveTo"](middle, y(genera));
    open = true;
    circle(context, middle, y(genera), 3);
    context.fill();
  }
  stroke(context, line, paint.ghost, 2, 1, [5, 3]);
}

// A scale at the left with lines across, or at a right end, in the colour of what it measures.
function scaleOf(context, most, y, color, sans, paper, right = 0) {
  const step = [0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000].find((one) => most / one <= 4 && (right || one >= 1)) || 10000;
  context.font = `${right ? "600 " : ""}11px ${sans}`;
  context.textBaseline = "bottom";
  context.textAlign = right ? "right" : "left";
  [context.fillStyle, context.strokeStyle, context.lineWidth] = [color, paper, 4];
  for (let genera = step; genera < most; genera += step) {
    context.globalAlpha = right ? 1 : 0.25;
    context.fillRect(right && right - 8, y(genera), right ? 8 : context.canvas.width, right ? 1.4 : 0.7);
    context.globalAlpha = right ? 1 : 0.85;
    const at = [String(Number(genera.toFixed(1))), right ? right - 3 : 3, y(genera) - 1];
    if (right) context.strokeText(...at);
    context.fillText(...at);
  }
  context.textAlign = "left";
  context.globalAlpha = 1;
}
