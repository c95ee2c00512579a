// The moving Earth: loads the frames that maps/palaeogeography/frames.py makes, turns plates to any age, and draws them on a canvas.
// It knows nothing of finds or of buttons; whoever shows it brings those. Longitudes and latitudes are in degrees, ages in Ma.
//
// Projection: Equal Earth; Šavrič, B., Patterson, T. and Jenny, B. 2018, International Journal of Geographical Information Science 33: 454-465.

const RADIANS = Math.PI / 180;
const EARTH_PAINTS = {
  light: { sea: "#e4ebea", land: "#d9cfb6", coast: "#8f8468", line: "#c3cfce", plate: "#8c3b1f", border: "#8f8468", ink: "#4a4a44", rim: "#b9b3a2" },
  dark: { sea: "#171d21", land: "#43463b", coast: "#85886f", line: "#2e383e", plate: "#e8a36a", border: "#85886f", ink: "#b9b6a8", rim: "#474a45" },
};

const kept = new Map();

// The frames of a model; asked for once.
function loadEarth(address) {
  if (!kept.has(address)) {
    const loading = fetch(address).then((answer) => {
      if (!answer.ok) throw new Error(String(answer.status));
      return answer.json();
    }).then(readEarth);
    loading.catch(() => kept.delete(address));
    kept.set(address, loading);
  }
  return kept.get(address);
}

function readEarth(frames) {
  const onSphere = ([plate, oldest, rings]) => ({ plate, oldest, rings: rings.map(vectorsOf) });
  return {
    ages: frames.ages,
    rotations: unpacked(frames.rotations, frames.ages.length),
    turned: new Map(),
    turnedFor: null,
    land: frames.land.map(onSphere),
    borders: frames.borders.map(onSphere),
    plates: frames.plates.map(onSphere),
  };
}

// The four numbers of each plate and age, which come as how their steps change from age to age, all low bytes before all high ones.
function unpacked(packed, ages) {
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0)), count = bytes.length / 2;
  const numbers = new Int16Array(count);
  for (let at = 0; at < count; at++) numbers[at] = bytes[at] | bytes[count + at] << 8;
  for (const _twice of [0, 1])
    for (let at = 4; at < count; at++) if (at % (4 * ages) >= 4) numbers[at] += numbers[at - 4];
  return numbers;
}

function vectorsOf(hundredths) {
  const vectors = new Float32Array(hundredths.length * 1.5);
  for (let at = 0; at < hundredths.length / 2; at++) {
    const [longitude, latitude] = [hundredths[2 * at] / 100 * RADIANS, hundredths[2 * at + 1] / 100 * RADIANS];
    vectors[3 * at] = Math.cos(latitude) * Math.cos(longitude);
    vectors[3 * at + 1] = Math.cos(latitude) * Math.sin(longitude);
    vectors[3 * at + 2] = Math.sin(latitude);
  }
  return vectors;
}

// The rotation of a plate at an age, as a quaternion; null where the model does not say. Each is worked out once an age.
function rotationAt(earth, plate, age) {
  if (earth.turnedFor !== age) [earth.turnedFor, earth.turned] = [age, new Map()];
  if (!earth.turned.has(plate)) earth.turned.set(plate, turnOf(earth, plate, age));
  return earth.turned.get(plate);
}

function turnOf(earth, plate, age) {
  const ages = earth.ages;
  if (plate < 0 || age < 0 || age > ages[ages.length - 1]) return null;
  let older = ages.findIndex((one) => one >= age);
  const end = frameAt(earth, plate, older);
  if (ages[older] === age || !end) return end;
  const start = frameAt(earth, plate, older - 1);
  return start && slerp(start, end, (age - ages[older - 1]) / (ages[older] - ages[older - 1]));
}

function frameAt(earth, plate, number) {
  const from = 4 * (plate * earth.ages.length + number);
  const four = earth.rotations.subarray(from, from + 4);
  const length = Math.hypot(...four);
  return length ? Array.from(four, (part) => part / length) : null;
}

function slerp(start, end, share) {
  let cosine = start.reduce((sum, part, at) => sum + part * end[at], 0);
  const sign = cosine < 0 ? -1 : 1;
  const angle = Math.acos(Math.min(1, Math.abs(cosine)));
  if (angle < 1e-6) return end;
  const [one, other] = [Math.sin((1 - share) * angle) / Math.sin(angle), sign * Math.sin(share * angle) / Math.sin(angle)];
  return start.map((part, at) => one * part + other * end[at]);
}

function matrixOf([w, x, y, z]) {
  return [
    1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y),
    2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x),
    2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y),
  ];
}

// Where a place of today lay: [longitude, latitude], or null.
function placeAt(earth, [longitude, latitude], plate, oldest, age) {
  const rotation = age > oldest ? null : rotationAt(earth, plate, age);
  if (!rotation) return null;
  const [x, y, z] = vectorsOf([longitude * 100, latitude * 100]);
  const m = matrixOf(rotation);
  const [east, north, up] = [0, 3, 6].map((row) => m[row] * x + m[row + 1] * y + m[row + 2] * z);
  return [Math.atan2(north, east) / RADIANS, Math.asin(Math.max(-1, Math.min(1, up))) / RADIANS];
}

function degreesApart([a, b], [c, d]) {
  const half = Math.sin((d - b) * RADIANS / 2) ** 2 + Math.cos(b * RADIANS) * Math.cos(d * RADIANS) * Math.sin((c - a) * RADIANS / 2) ** 2;
  return 2 * Math.asin(Math.sqrt(Math.min(1, half))) / RADIANS;
}

// ---- projection ----------------------------------------------------------------------------------------------------

const A1 = 1.340264, A2 = -0.081106, A3 = 0.000893, A4 = 0.003796;
const HALF_WIDTH = 2.7066, HALF_HEIGHT = 1.3174;

const SLOPE = Math.sqrt(3) / 2, WIDENING = 2 * Math.sqrt(3) * RADIANS / 3;

// From longitude east of the middle (which may run beyond 180) and latitude to pixels.
function pixelOf(view, east, north) {
  const [across, down] = bandOf(view, Math.sin(north * RADIANS));
  return [view.width / 2 + east * across, down];
}

// Of a latitude, by its sine: pixels for a degree of longitude, and pixels from the top.
function bandOf(view, sine) {
  const theta = Math.asin(SLOPE * sine), square = theta * theta, sixth = square * square * square;
  const across = WIDENING * Math.cos(theta) / (9 * A4 * sixth * square + 7 * A3 * sixth + 3 * A2 * square + A1);
  return [across * view.scale, view.height / 2 - theta * (A1 + A2 * square + sixth * (A3 + A4 * square)) * view.scale];
}

function eastOf(view, longitude) {
  return ((longitude - view.middle + 540) % 360 + 360) % 360 - 180;
}

// A view that fits a canvas; heights follow from widths.
function viewOf(width, middle) {
  const scale = (width - 4) / (2 * HALF_WIDTH);
  return { width, height: Math.round(2 * HALF_HEIGHT * scale + 4), scale, middle };
}

// ---- drawing -------------------------------------------------------------------------------------------------------

// Draws sea, land, borders, plates and latitudes at an age. `look`: dark, borders, plates, latitudes, unlabelled (all but the equator),
// quick (no coastline, at half the time, while it moves); words.equator.
function drawEarth(context, earth, age, view, look) {
  const paints = look.dark ? EARTH_PAINTS.dark : EARTH_PAINTS.light;
  context.save();
  context.clearRect(0, 0, view.width, view.height);
  rim(context, view);
  context.fillStyle = paints.sea;
  context.fill();
  context.save();
  context.clip();
  context.lineJoin = "round";
  drawGrid(context, view, paints);
  if (earth) {
    const land = pathOf(earth, earth.land, age, view, true);
    if (!look.quick) {
      context.strokeStyle = paints.coast;
      context.lineWidth = 1.8;
      context.stroke(land);
    }
    context.fillStyle = context.strokeStyle = paints.land;
    context.lineWidth = 0.7;  // hides the seams along which land was cut
    context.fill(land);
    if (!look.quick) context.stroke(land);
    if (look.borders) line(context, pathOf(earth, earth.borders, age, view, false), paints.border, 0.8, [2, 3]);
    if (look.plates) line(context, pathOf(earth, earth.plates, age, view, true), paints.plate, 0.7, []);
  }
  context.restore();
  rim(context, view);
  context.strokeStyle = paints.rim;
  context.lineWidth = 1;
  context.stroke();
  if (look.latitudes) drawLatitudes(context, view, paints, look);
  context.restore();
}

function line(context, path, color, width, dashes) {
  context.strokeStyle = color;
  context.lineWidth = width;
  context.setLineDash(dashes);
  context.stroke(path);
  context.setLineDash([]);
}

function pathOf(earth, pieces, age, view, closed) {
  const path = new Path2D();
  for (const piece of pieces) {
    const rotation = age > piece.oldest ? null : rotationAt(earth, piece.plate, age);
    if (!rotation) continue;
    const matrix = matrixOf(rotation);
    for (const ring of piece.rings) addRing(path, unrolled(coarse(ring, view), matrix, view, closed), view, closed);
  }
  return path;
}

// What of a ring can be seen at the size of a view: points nearer to one another than a pixel are left out, before anything is worked out.
const thinned = new WeakMap();
function coarse(vectors, view) {
  const step = 1 / view.scale, held = thinned.get(vectors);
  if (held?.step === step) return held.vectors;
  const kept = [], last = vectors.length - 3;
  let before = null;
  for (let at = 0; at <= last; at += 3) {
    const [x, y, z] = [vectors[at], vectors[at + 1], vectors[at + 2]];
    if (before && at < last && Math.abs(x - before[0]) + Math.abs(y - before[1]) + Math.abs(z - before[2]) < step) continue;
    before = [x, y, z];
    kept.push(x, y, z);
  }
  const found = Float32Array.from(kept);
  thinned.set(vectors, { step, vectors: found });
  return found;
}

// A ring or line turned, without jumps, as longitudes and sines of latitudes; a ring that runs around a pole is closed along it.
function unrolled(vectors, m, view, closed) {
  const points = [];
  let before = 0, west = Infinity, east = -Infinity, up = 0;
  for (let at = 0; at < vectors.length; at += 3) {
    const x = vectors[at], y = vectors[at + 1], z = vectors[at + 2];
    let longitude = eastOf(view, Math.atan2(m[3] * x + m[4] * y + m[5] * z, m[0] * x + m[1] * y + m[2] * z) / RADIANS);
    if (at) longitude += 360 * Math.round((before - longitude) / 360);
    before = longitude;
    if (longitude < west) west = longitude;
    if (longitude > east) east = longitude;
    const sine = Math.max(-1, Math.min(1, m[6] * x + m[7] * y + m[8] * z));
    up += sine;
    points.push(longitude, sine);
  }
  if (closed && Math.abs(before - points[0]) > 180) {
    const pole = up > 0 ? 1 : -1;
    points.push(before, pole, points[0], pole);
  }
  return { points, west, east };
}

// Where it leaves the map on one side it is drawn once more on the other; the rim cuts off what is too much.
function addRing(path, { points, west, east }, view, closed) {
  const bands = new Float64Array(points.length);
  for (let at = 0; at < points.length; at += 2) [bands[at], bands[at + 1]] = bandOf(view, points[at + 1]);
  for (let turn = -360 * Math.ceil((east - 180) / 360); turn <= -360 * Math.floor((west + 180) / 360); turn += 360) {
    for (let at = 0; at < points.length; at += 2) {
      const x = view.width / 2 + (points[at] + turn) * bands[at], y = bands[at + 1];
      if (at) path.lineTo(x, y); else path.moveTo(x, y);
    }
    if (closed) path.closePath();
  }
}

function rim(context, view) {
  context.beginPath();
  for (let north = -90; north <= 90; north += 3) context.lineTo(...pixelOf(view, -180, north));
  for (let north = 90; north >= -90; north -= 3) context.lineTo(...pixelOf(view, 180, north));
  context.closePath();
}

function drawGrid(context, view, paints) {
  const path = new Path2D();
  for (let east = -150; east <= 150; east += 30) {
    for (let north = -90; north <= 90; north += 5) path[north > -90 ? "lineTo" : "moveTo"](...pixelOf(view, east, north));
  }
  line(context, path, paints.line, 0.7, []);
}

const TROPIC = 23.44;  // today's tilt of the axis

function drawLatitudes(context, view, paints, look) {
  context.font = "11px sans-serif";
  context.textBaseline = "bottom";
  for (const [north, name, dashes] of [[0, look.words.equator, []], [TROPIC, "", [3, 4]], [-TROPIC, "", [3, 4]],
    [30, "30°N", []], [-30, "30°S", []], [60, "60°N", []], [-60, "60°S", []]]) {
    const path = new Path2D();
    path.moveTo(...pixelOf(view, -180, north));
    path.lineTo(...pixelOf(view, 180, north));
    context.globalAlpha = north ? 0.45 : 0.8;
    line(context, path, paints.ink, north ? 0.7 : 1.1, dashes);
    context.globalAlpha = 1;
    if (!name || (north && look.unlabelled)) continue;
    const [x, y] = pixelOf(view, -180, north);
    context.lineWidth = 3;
    context.strokeStyle = paints.sea;
    context.strokeText(name, x + 9, y - 1);
    context.fillStyle = paints.ink;
    context.fillText(name, x + 9, y - 1);
  }
}
