// The moving Earth: loads the frames that maps/palaeogeography/frames.py makes, turns plates to any age, and draws them on a canvas.
// It knows nothing of finds or of buttons; whoever shows it brings those. Longitudes and latitudes are in degrees, ages in Ma.
//
// Projection: Equal Earth; Šavrič, B., Patterson, T. and Jenny, B. 2018, International Journal of Geographical Information Science 33: 454-465.

const RADIANS = Math.PI / 180;
const EARTH_PAINTS = {
  light: { sea: "#cddfe4", deep: "#a9c6cf", shore: ["#d8e6e8", "#e3eeec"], land: "#f2e8d0", coast: "#8a7850", line: "#b4ccd3", plate: "#8c3b1f", border: "#a08f6c", ink: "#3d4344", rim: "#8fa5ab" },
  dark: { sea: "#12242f", deep: "#0a151d", shore: ["#173040", "#1f3e4e"], land: "#504c3b", coast: "#a0956f", line: "#1f3543", plate: "#e8a36a", border: "#8d8467", ink: "#c3c4ba", rim: "#3b4c55" },
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

function frameAt({ rotations, ages }, plate, number) {
  const from = 4 * (plate * ages.length + number);
  const w = rotations[from], x = rotations[from + 1], y = rotations[from + 2], z = rotations[from + 3];
  const length = Math.sqrt(w * w + x * x + y * y + z * z);
  return length ? [w / length, x / length, y / length, z / length] : null;
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

// What stays the same while time runs is drawn once for each canvas and then copied. `parts`: what the picture depends on.
const lastingPictures = new WeakMap();
function drawnOnce(context, name, width, height, parts, draw) {
  const sharp = context.getTransform().a, whole = [width, height, sharp, ...parts];
  if (!lastingPictures.has(context.canvas)) lastingPictures.set(context.canvas, new Map());
  const held = lastingPictures.get(context.canvas), old = held.get(name);
  if (old && whole.every((part, at) => part === old.whole[at])) return old.canvas;
  const canvas = Object.assign(document.createElement("canvas"), { width: Math.round(width * sharp), height: Math.round(height * sharp) });
  const own = canvas.getContext("2d");
  own.setTransform(sharp, 0, 0, sharp, 0, 0);
  draw(own);
  held.set(name, { whole, canvas });
  return canvas;
}

// Draws sea, land, borders, plates and latitudes at an age. `look`: dark, borders, plates, latitudes, unlabelled (all but the equator),
// quick (no shores and fewer points of the coast, while it moves); words.equator.
function drawEarth(context, earth, age, view, look) {
  const paints = look.dark ? EARTH_PAINTS.dark : EARTH_PAINTS.light, { width, height } = view;
  context.save();
  context.clearRect(0, 0, width, height);
  context.drawImage(drawnOnce(context, "sea", width, height, [look.dark, view.middle], (own) => drawSea(own, view, paints)), 0, 0, width, height);
  context.lineJoin = "round";
  context.globalCompositeOperation = "source-atop";  // nothing beyond the rim; to clip with it costs far more
  if (earth) {
    const land = pathOf(earth, earth.land, age, view, true, look.quick);
    if (!look.quick) {  // the sea grows lighter towards the land, as on engraved maps
      line(context, land, paints.shore[0], width / 75, []);
      line(context, land, paints.shore[1], width / 150, []);
    }
    line(context, land, paints.coast, 2, []);
    context.fillStyle = context.strokeStyle = paints.land;
    context.lineWidth = 0.7;  // hides the seams along which land was cut
    context.fill(land);
    context.stroke(land);
    if (look.borders) line(context, pathOf(earth, earth.borders, age, view, false), paints.border, 0.8, [2, 3]);
    if (look.plates) line(context, pathOf(earth, earth.plates, age, view, true), paints.plate, 0.7, []);
  }
  context.globalCompositeOperation = "source-over";
  const marks = [look.dark, view.middle, look.latitudes, look.unlabelled, look.words?.equator];
  context.drawImage(drawnOnce(context, "rim", width, height, marks, (own) => {
    rim(own, view);
    own.strokeStyle = paints.rim;
    own.lineWidth = 1;
    own.stroke();
    if (look.latitudes) drawLatitudes(own, view, paints, look);
  }), 0, 0, width, height);
  context.restore();
}

function drawSea(context, view, paints) {
  rim(context, view);
  context.fillStyle = seaOf(context, view, paints);
  context.fill();
  context.clip();
  drawGrid(context, view, paints);
}

// Lighter in the middle, as a globe in the light of a window.
function seaOf(context, view, paints) {
  const shade = context.createRadialGradient(view.width / 2, view.height * 0.4, 0, view.width / 2, view.height / 2, view.width * 0.56);
  shade.addColorStop(0, paints.sea);
  shade.addColorStop(0.6, paints.sea);
  shade.addColorStop(1, paints.deep);
  return shade;
}

function line(context, path, color, width, dashes) {
  context.strokeStyle = color;
  context.lineWidth = width;
  context.setLineDash(dashes);
  context.stroke(path);
  context.setLineDash([]);
}

function pathOf(earth, pieces, age, view, closed, quick = false) {
  const path = new Path2D(), step = (quick ? 0.8 : 0.3) / view.scale;
  for (const piece of pieces) {
    const rotation = age > piece.oldest ? null : rotationAt(earth, piece.plate, age);
    if (!rotation) continue;
    const matrix = fromMiddle(matrixOf(rotation), view.middle * RADIANS);
    for (const ring of piece.rings) addRing(path, unrolled(coarse(ring, step), matrix, closed), view, closed);
  }
  return path;
}

// A turn after which longitudes run from the middle of the map.
function fromMiddle(m, middle) {
  const [cosine, sine] = [Math.cos(middle), Math.sin(middle)];
  return m.map((part, at) => (at < 3 ? cosine * part + sine * m[at + 3] : at < 6 ? cosine * part - sine * m[at - 3] : part));
}

// What of a ring can be seen at the size of a view: points that lie nearer than `step` to the line between their neighbours are left out,
// before anything is worked out. A ring is kept for the steps of moving and of resting.
// Douglas, D. H. and Peucker, T. K. 1973, Cartographica 10: 112-122.
const thinned = new WeakMap();
function coarse(vectors, step) {
  if (!thinned.has(vectors)) thinned.set(vectors, new Map());
  const held = thinned.get(vectors), known = held.get(step);
  if (known) return known;
  if (held.size > 3) held.clear();
  const last = vectors.length / 3 - 1, wanted = new Uint8Array(last + 1), open = [[0, last]];
  wanted[0] = wanted[last] = 1;
  while (open.length) {
    const [from, to] = open.pop();
    let [furthest, between] = [step, -1];
    for (let at = from + 1; at < to; at++) {
      const apart = fromLine(vectors, at, from, to);
      if (apart > furthest) [furthest, between] = [apart, at];
    }
    if (between < 0) continue;
    wanted[between] = 1;
    open.push([from, between], [between, to]);
  }
  const found = vectors.filter((_, at) => wanted[Math.floor(at / 3)]);
  held.set(step, found);
  return found;
}

// How far a point of a ring lies from the straight line between two others, on a sphere of radius 1.
function fromLine(vectors, at, from, to) {
  const [x, y, z] = [0, 1, 2].map((part) => vectors[3 * to + part] - vectors[3 * from + part]);
  const [a, b, c] = [0, 1, 2].map((part) => vectors[3 * at + part] - vectors[3 * from + part]);
  const share = Math.max(0, Math.min(1, (a * x + b * y + c * z) / (x * x + y * y + z * z || 1)));
  return Math.hypot(a - share * x, b - share * y, c - share * z);
}

// The bands of `bandOf` for a map of the scale 1, from the South Pole to the North; between them straight lines do, within a thousandth of
// a pixel.
const BANDS = 2048, widths = new Float64Array(BANDS + 2), rises = new Float64Array(BANDS + 2);
for (let at = 0; at <= BANDS + 1; at++)
  [widths[at], rises[at]] = bandOf({ scale: 1, height: 0 }, Math.min(1, 2 * at / BANDS - 1));

// A ring or line turned, without jumps: longitudes, and where its latitudes lie among the bands; a ring that runs around a pole is closed
// along it. One room for all rings, which is used anew for each.
const ringRoom = { longitudes: new Float64Array(0), bands: new Float64Array(0) };
function unrolled(vectors, m, closed) {
  const points = vectors.length / 3;
  if (ringRoom.bands.length < points + 2) [ringRoom.longitudes, ringRoom.bands] = [new Float64Array(2 * points + 2), new Float64Array(2 * points + 2)];
  const { longitudes, bands } = ringRoom;
  let before = 0, west = Infinity, east = -Infinity, up = 0, count = 0;
  for (let at = 0; at < vectors.length; at += 3) {
    const x = vectors[at], y = vectors[at + 1], z = vectors[at + 2];
    let longitude = Math.atan2(m[3] * x + m[4] * y + m[5] * z, m[0] * x + m[1] * y + m[2] * z) / RADIANS;
    if (at && Math.abs(before - longitude) > 180) longitude += 360 * Math.round((before - longitude) / 360);
    before = longitude;
    if (longitude < west) west = longitude;
    if (longitude > east) east = longitude;
    const sine = Math.max(-1, Math.min(1, m[6] * x + m[7] * y + m[8] * z));
    up += sine;
    longitudes[count] = longitude;
    bands[count++] = (sine + 1) * BANDS / 2;
  }
  if (closed && Math.abs(before - longitudes[0]) > 180)
    for (const longitude of [before, longitudes[0]]) [longitudes[count], bands[count++]] = [longitude, up > 0 ? BANDS : 0];
  return { count, west, east };
}

// Where it leaves the map on one side it is drawn once more on the other; the rim cuts off what is too much.
function addRing(path, { count, west, east }, view, closed) {
  const { longitudes, bands } = ringRoom, middle = view.width / 2, equator = view.height / 2, scale = view.scale;
  for (let turn = -360 * Math.ceil((east - 180) / 360); turn <= -360 * Math.floor((west + 180) / 360); turn += 360) {
    for (let at = 0; at < count; at++) {
      const band = Math.floor(bands[at]), share = bands[at] - band;
      const x = middle + (longitudes[at] + turn) * scale * (widths[band] + share * (widths[band + 1] - widths[band]));
      const y = equator + scale * (rises[band] + share * (rises[band + 1] - rises[band]));
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
