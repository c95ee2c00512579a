// Then and now: the Earth of today beside that of an age, the same finds on both, and time that moves. Words come from Python.

const WAIT_MS = 450;      // after the last change, before the address follows
const MYR_A_SECOND = 12;
const STEP_MYR = 5;
const STEP_MS = 900;
const KM_OF_A_DEGREE = 111.195;
const STEP_KEYS = { ArrowLeft: 1, ArrowRight: -1, PageUp: 10, PageDown: -10 };

const fill = (template, values) => template.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const degrees = (value, plus, minus) => `${Math.abs(value).toFixed(1)}°${value >= 0 ? plus : minus}`;
const position = ([longitude, latitude]) => `${degrees(latitude, "N", "S")} ${degrees(longitude, "E", "W")}`;

function latin(element, text) {
  text.split("*").forEach((piece, at, pieces) => {
    if (at % 2 && pieces.length % 2) element.appendChild(document.createElement("em")).append(piece);
    else element.append(piece);
  });
  return element;
}

// Chinese counts in ten thousands and hundred millions.
const chineseAge = (age) => (age >= 100 ? `${age / 100}亿` : `${age * 100}万`);

export default function ({ parentElement, data, setTriggerValue }) {
  const frame = parentElement.querySelector(".earth-window");
  document.documentElement.lang = data.language;
  if (!frame.window) frame.window = makeWindow(frame);
  frame.window.take(data, (said) => setTriggerValue("asked", said));
}

function makeWindow(frame) {
  let data, tell, earth, other, age = 0, chosen = -1, kept = -1, playing = 0, asked = "", waiting = 0, signature = "";
  const part = (name) => frame.querySelector(`[data-part="${name}"]`);
  const canvases = () => ["now", "then"].map((name) => part(name));
  const shown = (name) => Boolean(frame.querySelector(`[data-show="${name}"]`)?.checked);
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");

  function take(given, send) {
    tell = send;
    data = given;
    if (frame.dataset.markup !== data.markup) {
      frame.dataset.markup = data.markup;
      frame.innerHTML = data.markup;
      build();
    }
    const wanted = JSON.stringify([data.earth, data.age, data.shown]);
    if (wanted !== asked) {
      asked = wanted;
      age = data.age;
      frame.querySelectorAll("[data-show]").forEach((box) => { box.checked = data.shown.includes(box.dataset.show); });
      if (still.matches) frame.querySelector('[data-show="steps"]').checked = true;
    }
    const now = JSON.stringify([data.places.length, data.finds.map((find) => find[0])]);
    if (now !== signature) {
      signature = now;
      kept = -1;
      chosen = data.places.findIndex((place) => place[7].some((find) => data.finds[find][0] === data.find));
      listFinds();
    }
    loadEarth(data.earth).then((loaded) => {
      earth = loaded;
      part("slider").max = String(last());
      draw();
    }, () => { part("status").textContent = data.words.broken; });
    loadOther();
    draw();
  }

  const last = () => earth.ages[earth.ages.length - 1];

  function loadOther() {
    if (shown("other") && data.other) loadEarth(data.other).then((loaded) => { other = loaded; draw(); }, () => {});
  }

  function build() {
    frame.onclick = (event) => {
      const deed = event.target.closest("[data-do]")?.dataset.do;
      if (deed === "play") play(!playing);
      if (deed === "older") move(step());
      if (deed === "younger") move(-step());
      if (deed === "keep") { kept = kept === chosen ? -1 : chosen; draw(); }
      const pick = event.target.closest("[data-pick]");
      if (pick) choose(Number(pick.dataset.pick));
    };
    part("slider").oninput = () => { play(false); go(Number(part("slider").value)); };
    part("slider").onkeydown = (event) => {
      const by = STEP_KEYS[event.key];
      if (!by) return;
      event.preventDefault();
      move(by);
    };
    frame.onchange = (event) => {
      if (!event.target.dataset.show) return;
      loadOther();
      draw();
      send();
    };
    canvases().forEach((canvas) => {
      canvas.onclick = (event) => choose(nearest(canvas, event));
      canvas.onmousemove = (event) => point(canvas, event);
      canvas.onmouseleave = () => { part("tip").hidden = true; };
      canvas.onkeydown = (event) => walk(event);
    });
    new ResizeObserver(draw).observe(frame);
  }

  const numberOf = (myr) => (data.language === "en" ? String(myr) : chineseAge(myr));
  const step = () => (shown("steps") || still.matches ? STEP_MYR : 1);

  function move(by) {
    play(false);
    go(Math.round(age) + by);
  }

  function go(to) {
    if (!earth) return;
    age = Math.max(0, Math.min(last(), to));
    draw();
    send();
  }

  // From old to young, as time went; begins anew at its end.
  function play(on) {
    const moved = playing;
    window.cancelAnimationFrame(playing);
    window.clearTimeout(playing);
    playing = 0;
    if (moved && !on) draw(); // as finely as at rest
    part("play").textContent = on ? data.words.pause : data.words.play;
    part("play").setAttribute("aria-pressed", String(on));
    if (!on || !earth) return send();
    if (age <= 0) age = data.from;
    let before = performance.now();
    const next = (time) => {
      if (!frame.isConnected) return;
      age = shown("steps") ? Math.ceil(age / STEP_MYR - 1e-9) * STEP_MYR - STEP_MYR : age - (time - before) / 1000 * MYR_A_SECOND;
      before = time;
      age = Math.max(0, age);
      draw();
      if (age <= 0) play(false);
      else wait();
    };
    const wait = () => {
      playing = shown("steps") ? window.setTimeout(() => next(performance.now()), STEP_MS) : window.requestAnimationFrame(next);
    };
    wait();
  }

  function send() {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(() => {
      if (playing) return;
      const on = [...frame.querySelectorAll("[data-show]")].filter((box) => box.checked).map((box) => box.dataset.show);
      const said = { age: Math.round(age * 2) / 2, shown: on, find: chosen < 0 ? "" : data.finds[data.places[chosen][7][0]][0] };
      asked = JSON.stringify([data.earth, said.age, on]);
      tell(said);
    }, WAIT_MS);
  }

  // ---- places ------------------------------------------------------------------------------------------------------

  function then(place) {
    return earth ? placeAt(earth, place, place[2], place[3], age) : null;
  }

  function inOther(place) {
    return other && shown("other") ? placeAt(other, place, place[4], place[5], age) : null;
  }

  function spot(canvas, place) {
    return canvas === part("now") ? [place[0], place[1]] : then(place);
  }

  function pixel(canvas, where) {
    return pixelOf(canvas.view, eastOf(canvas.view, where[0]), where[1]);
  }

  function nearest(canvas, event) {
    const box = canvas.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    let [best, found] = [14, -1];
    data.places.forEach((place, number) => {
      const where = spot(canvas, place);
      if (!where) return;
      const [px, py] = pixel(canvas, where);
      const apart = Math.hypot(px - x, py - y) - (lived(place) ? 2 : 0);
      if (apart < best) [best, found] = [apart, number];
    });
    return found;
  }

  function lived(place) {
    return place[7].some(livedThen);
  }

  function livedThen(number) {
    return data.finds[number][2] >= age && data.finds[number][3] <= age;
  }

  function choose(number) {
    chosen = number;
    draw();
    send();
  }

  function walk(event) {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (event.key === " ") { event.preventDefault(); play(!playing); }
    if (event.key === "Escape") choose(-1);
    if (!by || !data.places.length) return;
    event.preventDefault();
    choose((Math.max(chosen, by > 0 ? -1 : 0) + by + data.places.length) % data.places.length);
  }

  function point(canvas, event) {
    const number = nearest(canvas, event);
    const tip = part("tip");
    canvas.style.cursor = number < 0 ? "default" : "pointer";
    tip.hidden = number < 0;
    if (number < 0) return;
    const box = frame.getBoundingClientRect();
    const place = data.places[number];
    tip.replaceChildren(latin(document.createElement("span"), nameOf(place)));
    tip.style.left = `${Math.min(event.clientX - box.left + 12, box.width - 200)}px`;
    tip.style.top = `${event.clientY - box.top + 14}px`;
  }

  // A find of a very large catalogue stands for many and says how many.
  function countOf(place) {
    return place[7].reduce((sum, number) => sum + (data.finds[number][7] ?? 1), 0);
  }

  function nameOf(place) {
    const first = data.finds[place[7][0]][1];
    if (data.finds[place[7][0]][7]) return fill(data.words.counted, { n: countOf(place).toLocaleString() });
    return place[7].length > 1 ? `${first} ${fill(data.words.others, { n: place[7].length - 1 })}` : first;
  }

  // ---- drawing -----------------------------------------------------------------------------------------------------

  function draw() {
    if (!data || !frame.isConnected) return;
    const look = { dark: data.dark, borders: shown("borders"), plates: shown("plates"), latitudes: shown("latitudes"), words: data.words, quick: Boolean(playing) && !shown("steps") };
    for (const canvas of canvases()) {
      const width = Math.max(240, Math.floor(canvas.parentElement.clientWidth));
      const view = viewOf(width, canvas === part("now") ? data.middle : 20);
      const sharp = window.devicePixelRatio || 1;
      if (canvas.width !== Math.round(view.width * sharp) || canvas.height !== Math.round(view.height * sharp)) {
        [canvas.width, canvas.height] = [Math.round(view.width * sharp), Math.round(view.height * sharp)];
        canvas.style.height = `${view.height}px`;
      }
      canvas.view = view;
      const context = canvas.getContext("2d");
      context.setTransform(sharp, 0, 0, sharp, 0, 0);
      if (canvas === part("then")) drawEarth(context, earth, age, view, look);
      else drawToday(context, canvas, view, { ...look, quick: false }, sharp);
      drawPlaces(context, canvas);
    }
    sayTime();
    saySpread();
    sayChosen();
  }

  // Today's Earth stays as it is while time moves; it is drawn once and copied.
  function drawToday(context, canvas, view, look, sharp) {
    const key = JSON.stringify([view, look, sharp, data.earth, Boolean(earth)]);
    if (canvas.still?.key !== key) {
      const copy = document.createElement("canvas");
      [copy.width, copy.height] = [canvas.width, canvas.height];
      const onCopy = copy.getContext("2d");
      onCopy.setTransform(sharp, 0, 0, sharp, 0, 0);
      drawEarth(onCopy, earth, 0, view, look);
      canvas.still = { key, copy };
    }
    context.clearRect(0, 0, view.width, view.height);
    context.drawImage(canvas.still.copy, 0, 0, view.width, view.height);
  }

  function drawPlaces(context, canvas) {
    const ink = data.dark ? "#f3ecdd" : "#241f19";
    const order = data.places.map((_, number) => number).sort((a, b) => lived(data.places[a]) - lived(data.places[b]));
    for (const number of [...order.filter((one) => one !== chosen && one !== kept), kept, chosen]) {
      const place = data.places[number];
      const where = place && spot(canvas, place);
      if (!where) continue;
      const [x, y] = pixel(canvas, where);
      const far = canvas === part("then") ? inOther(place) : null;
      if (far) joined(context, canvas, where, far, ink);
      dot(context, x, y, place, ink);
      if (number === chosen || number === kept) ringed(context, x, y, number === chosen ? ink : data.accent);
    }
  }

  function dot(context, x, y, place, ink) {
    const alive = lived(place);
    context.beginPath();
    const [size, step] = data.finds[place[7][0]][7] ? [1.4, 0.15] : [2.6, 0.7];  // cells lie close to one another
    context.arc(x, y, (alive ? 1.6 : 1) * size + Math.min(3, Math.log2(countOf(place)) * step), 0, 7);
    context.globalAlpha = alive ? 1 : 0.55;
    context.fillStyle = data.finds[place[7].find(livedThen) ?? place[7][0]][4];
    context.strokeStyle = ink;
    context.lineWidth = alive ? 1.4 : 0.8;
    context.fill();
    context.stroke();
    context.globalAlpha = 1;
  }

  function ringed(context, x, y, color) {
    context.beginPath();
    context.arc(x, y, 11, 0, 7);
    context.strokeStyle = color;
    context.lineWidth = 2.4;
    context.stroke();
  }

  // The line to where the other model puts the same place; a small open square stands there.
  function joined(context, canvas, where, far, ink) {
    const [x, y] = pixel(canvas, where);
    const [east, target] = [eastOf(canvas.view, where[0]), eastOf(canvas.view, far[0])];
    const straight = Math.abs(east - target) < 180;
    const [u, v] = pixel(canvas, far);
    context.strokeStyle = ink;
    context.lineWidth = 1;
    if (straight) {
      context.beginPath();
      context.moveTo(x, y);
      context.lineTo(u, v);
      context.stroke();
    }
    context.strokeRect(u - 3, v - 3, 6, 6);
  }

  // ---- words -------------------------------------------------------------------------------------------------------

  function ageWords() {
    return age >= 0.5 ? fill(data.words.age, { age: numberOf(Math.round(age)) }) : data.words.today;
  }

  function sayTime() {
    const unit = data.intervals.find(([, older, younger]) => age <= older && (age > younger || younger === 0)) || ["", 0, 0, "#888", "#fff"];
    part("slider").value = String(age);
    part("slider").setAttribute("aria-valuetext", `${ageWords()}, ${unit[0]}`);
    part("when").textContent = ageWords();
    const chip = part("interval");
    chip.textContent = unit[0];
    chip.style.cssText = `background:${unit[3]};color:${unit[4]}`;
    const end = earth ? last() : data.from;
    if (part("strip").dataset.end !== String(end)) {
      part("strip").dataset.end = String(end);
      part("strip").replaceChildren(...data.intervals.filter(([, , younger]) => younger < end).map(([name, older, younger, color]) => {
        const piece = document.createElement("i");
        piece.style.cssText = `background:${color};flex:${Math.min(older, end) - younger}`;
        piece.title = name;
        return piece;
      }));
    }
  }

  function saySpread() {
    const missing = { no_plate: 0, not_yet: 0, unsaid: 0 };
    const apart = [];
    for (const place of earth ? data.places : []) {
      const where = then(place);
      if (!where) missing[place[2] < 0 ? "no_plate" : age > place[3] ? "not_yet" : "unsaid"] += countOf(place);
      const far = where && inOther(place);
      if (far) apart.push(degreesApart(where, far));
    }
    const total = Object.values(missing).reduce((sum, n) => sum + n, 0);
    const reasons = Object.keys(missing).filter((name) => missing[name]).map((name) => fill(data.words[name], { n: missing[name] }));
    part("missing").textContent = total ? fill(data.words.missing, { n: total, reasons: reasons.join("; ") }) : "";
    apart.sort((a, b) => a - b);
    const middle = apart[apart.length >> 1];
    part("spread").textContent = apart.length
      ? fill(data.words.spread, { degrees: middle.toFixed(1), km: Math.round(middle * KM_OF_A_DEGREE / 100) * 100, most: apart[apart.length - 1].toFixed(1) }) : "";
  }

  function sayChosen() {
    const card = part("card");
    const key = JSON.stringify([chosen, kept, Math.round(age * 10), shown("other"), Boolean(earth), Boolean(other), signature.length]);
    if (card.dataset.key === key) return;
    card.dataset.key = key;
    const place = data.places[chosen];
    if (!place) { card.textContent = data.words.choose; return; }
    const lines = [[data.words.now, position(place)], [ageWords(), then(place) ? position(then(place)) : data.words.none]];
    if (then(place) && inOther(place)) {
      lines.push([data.words.in_other, `${position(inOther(place))} (${degreesApart(then(place), inOther(place)).toFixed(1)}°)`]);
    }
    const from = data.places[kept];
    if (from && kept !== chosen) {
      const km = (a, b) => a && b ? fill(data.words.km, { km: Math.round(degreesApart(a, b) * KM_OF_A_DEGREE / 10) * 10 }) : data.words.none;
      lines.push([fill(data.words.apart, { name: nameOf(from).replaceAll("*", "") }),
        fill(data.words.then_now, { now: km(place, from), then: km(then(place), then(from)) })]);
    }
    const held = card.contains(frame.getRootNode().activeElement);
    const heading = latin(document.createElement("h3"), nameOf(place));
    const where = document.createElement("p");
    where.textContent = place[6];
    const list = document.createElement("dl");
    for (const [name, text] of lines) {
      list.appendChild(document.createElement("dt")).textContent = name;
      list.appendChild(document.createElement("dd")).textContent = text;
    }
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.do = "keep";
    button.textContent = kept === chosen ? data.words.kept : data.words.keep;
    card.replaceChildren(heading, where, list, records(place), button);
    if (held) button.focus({ preventScroll: true });
  }

  function records(place) {
    const list = document.createElement("ul");
    for (const number of place[7].slice(0, 8)) {
      const [, title, , , , words, href] = data.finds[number];
      const link = list.appendChild(document.createElement("li")).appendChild(document.createElement("a"));
      link.href = href;
      link.onclick = (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        history.pushState({}, "", new URL(href, document.location));
        window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
      };
      latin(link, title);
      link.parentElement.append(` ${words}`);
    }
    if (place[7].length > 8) list.appendChild(document.createElement("li")).textContent = fill(data.words.others, { n: place[7].length - 8 });
    return list;
  }

  function listFinds() {
    part("list").replaceChildren(...data.places.map((place, number) => {
      const button = document.createElement("button");
      button.type = "button";
      button.dataset.pick = String(number);
      latin(button, place[6] ? `${nameOf(place)}, ${place[6]}` : nameOf(place));
      const item = document.createElement("li");
      item.append(button);
      return item;
    }));
  }

  return { take };
}
