// The window in which a tree is explored. Panning, zooming and time stay here; folding, searching and choosing are asked of the server.
// A fold is shown before the answer comes: as a drawing that was here before, with triangles over the rows of what is folded beside, which the answer closes up.
const MOST_KEPT = 16;
function treeWindow(root) {
  root.innerHTML = `<div class="bar"></div><div class="stage"><svg class="chart"></svg><div class="sky"></div><div class="moment" hidden><span></span></div><div class="told" hidden></div><p class="thinned" role="status" hidden></p><div class="measure" hidden aria-hidden="true"></div>
    <div class="card-slot"></div></div><div class="marks" aria-hidden="true"></div><div class="time-row"></div><div class="lived" aria-live="polite"></div><p class="quiet keys"></p>
    <details class="outline"><summary></summary><div></div></details>`;
  const part = (name) => root.querySelector(name), thinned = part(".thinned");
  const [bar, stage, chart, sky, moment, slot] = [".bar", ".stage", ".chart", ".sky", ".moment", ".card-slot"].map(part);
  const [marks, timeRow, lived, list] = [".marks", ".time-row", ".lived", ".outline"].map(part);
  let data = {}, send = () => {}, places = [], axis = {}, svg = null, groups = [], shown = {}, numbers = new Map();
  let view = null, home = 1, time = null, hit = -1, anchor = null, planned = 0, asked = 0, room = 0, told = 0, dragged = false;

  // the size of the window is kept, for to ask it of a drawing that has just come lays out all of its names once more
  let box = [1, 1];
  const size = () => box;
  new ResizeObserver(() => {
    if (sky.clientWidth) box = [sky.clientWidth, sky.clientHeight];
    plan();
  }).observe(sky);
  const round = axis => Boolean(axis.middle);
  const toScreen = (age) => (axis.left + (axis.oldest - age) * axis.scale - view.x) * view.k;
  const toAge = (x) => axis.oldest - (x / view.k + view.x - axis.left) / axis.scale;
  const ask = (what) => send("asked", { ...what, n: ++asked });

  function start(width = root.clientWidth) {
    const [w, h] = data.about.size;
    const most = document.fullscreenElement ? innerHeight - 190 : Math.max(340, innerHeight * (round(axis) ? 0.86 : 0.68));
    home = round(axis) ? roundHome(Math.min(width / w, most / h), [width, most]) : Math.max(width / w, 0.85);
    const [top, bottom] = edges(1, home);
    box = [Math.max(1, width - 2), Math.round(Math.min((bottom - top) * home, most))];
    sky.style.height = `${box[1]}px`;
    view = { x: round(axis) ? (w - width / home) / 2 : 0, y: 0, k: home };
  }

  function draw() {
    planned = 0;
    if (!svg) return;
    const [width, height] = size();
    const clamp = (at, seen, [first, last]) => {
      if (seen < last - first) return Math.min(last - seen, Math.max(first, at));
      return round(axis) ? (first + last - seen) / 2 : Math.min(first, Math.max(last - seen, at));
    };
    view.x = clamp(view.x, width / view.k, edges(0, view.k));
    view.y = clamp(view.y, height / view.k, edges(1, view.k));
    svg.setAttribute("viewBox", `${view.x} ${view.y} ${width / view.k} ${height / view.k}`);
    if (axis.timed && !round(axis)) {
      const tall = chartHeight(data.about.units);
      chart.setAttribute("viewBox", `0 0 ${width} ${tall}`);
      chart.style.height = `${tall}px`;
      chart.innerHTML = chartMarkup(data.about.units, axis, toScreen, width);
    }
    thinNames();
    showMeasure();
    chart.style.display = axis.timed && !round(axis) ? "" : "none";
    showMoment();
  }
  function showMeasure() { // a bar of a round length, for branches that are no times
    const bar = part(".measure"), pixels = axis.scale * view.k;
    bar.hidden = !axis.lengths || axis.timed;
    if (bar.hidden) return;
    const most = 110 / pixels, power = 10 ** Math.floor(Math.log10(most));
    const length = power * [5, 2, 1].find((step) => step * power <= most);
    bar.style.width = `${length * pixels}px`;
    bar.textContent = Number(length.toPrecision(3));
  }
  const plan = () => { planned ||= requestAnimationFrame(draw); };

  function keepAddress() {
    clearTimeout(told);
    told = setTimeout(() => {
      const address = new URL(location);
      const moved = Math.abs(view.k - home) > 0.01 * home || view.x > 1 || view.y > 1;
      if (moved) address.searchParams.set("view", [view.x, view.y, view.k].map((n) => +n.toFixed(3)).join("~"));
      else address.searchParams.delete("view");
      if (address.href !== location.href) history.replaceState(history.state, "", address);
    }, 500);
  }

  function zoom(factor, atX, atY) {
    const k = Math.min(12, Math.max(Math.min(home, size()[1] / data.about.size[1], size()[0] / data.about.size[0]) * 0.9, view.k * factor));
    view.x += atX / view.k - atX / k;
    view.y += atY / view.k - atY / k;
    view.k = k;
    plan();
    keepAddress();
    if (data.large) unfoldWhatIsNear();
  }
  let near = 0;
  function unfoldWhatIsNear() {
    clearTimeout(near);
    near = setTimeout(() => {
      const [width, height] = size();
      const seen = places.filter(([, kind, , , y]) => kind === "collapsed" && y > view.y && y < view.y + height / view.k);
      const middle = view.y + height / view.k / 2;
      if (view.k > 1.7 * home && seen.length) {
        const keys = seen.sort((one, other) => other[8] - one[8]).slice(0, 4).map((place) => place[0]);
        const nearest = places.filter((place) => place[1] !== "clade").sort((one, other) => Math.abs(one[4] - middle) - Math.abs(other[4] - middle))[0];
        anchor = { key: nearest[0], x: 0, y: (nearest[4] - view.y) * view.k, rest: true };
        ask({ act: "unfold", keys });
      } else if (view.k < 0.75 * home && data.about.opened) ask({ act: "refold" });
    }, 260);
  }
  const zoomMiddle = (factor) => zoom(factor, size()[0] / 2, size()[1] / 2);
  function fit() {
    const [width, height] = size();
    const [w, h] = data.about.size;
    view = { x: 0, y: 0, k: Math.min(width / w, height / h) };
    if (view.k > 0.97 * home) view.k = home;
    plan();
    keepAddress();
  }
  function goTo(number) {
    const place = places[number];
    if (!place) return;
    const [width, height] = size();
    view.k = Math.max(view.k, round(axis) ? 1 : home);
    view.x = round(axis) ? place[3] - width / view.k / 2 : Math.min(view.x, place[3] - 40 / view.k);
    if (!round(axis) && place[3] > view.x + (0.7 * width) / view.k) view.x = place[3] - (0.4 * width) / view.k;
    if (place[4] < view.y + 20 || place[4] > view.y + height / view.k - 20 || round(axis)) view.y = place[4] - height / view.k / 2;
    plan();
    keepAddress();
  }

  // --- names around a circle: where all of them would be too small to read, one in so many is shown, larger
  const [LEAST, READ] = [8.5, 10.5];
  let rim = [], letters = 12, apart = 0, naming = "";
  function takeRim() {
    naming = "";
    const ends = round(axis) ? groups.filter((group, number) => group?.querySelector(".label") && places[number][1] !== "clade") : [];
    rim = ends.map((group) => {
      const text = group.querySelector(".label"), x = Number(text.getAttribute("x"));
      text.dataset.turned ??= text.getAttribute("transform") || "";
      const spoke = (Number(/rotate\(([-\d.]+)\)/.exec(text.parentNode.getAttribute("transform"))[1]) * Math.PI) / 180;
      const wide = 0.5 * READ * places[Number(group.dataset.n)][9].length + 12;
      return { group, text, x, wide, start: Math.abs(x), along: [Math.abs(Math.cos(spoke)), Math.abs(Math.sin(spoke))] };
    });
    if (!rim.length) return;
    letters = Number(rim[0].text.querySelector("tspan")?.getAttribute("font-size")) || 12;
    apart = (1.85 * Math.PI * Math.min(...rim.map(({ start }) => start))) / rim.length;
  }
  const grownAt = (k) => (rim.length && letters * k < LEAST ? READ / (letters * k) : 1);
  function roundHome(whole, rooms) { // so small that the larger names have their place around it
    if (grownAt(whole) === 1) return whole;
    const fitting = rim.flatMap(({ start, wide, along }) => rooms.map((room, side) => (room / 2 / Math.max(along[side], 0.01) - wide) / start));
    return Math.max(0.4 * whole, Math.min(whole, ...fitting));
  }
  function edges(side, k) { // of what is drawn, from left to right or from top to bottom, with the names that were made larger
    const whole = data.about.size[side];
    if (grownAt(k) === 1) return [0, whole];
    const reach = Math.max(...rim.map(({ start, wide, along }) => (start + wide / k) * along[side])), middle = axis.middle[side];
    return [Math.min(0, middle - reach), Math.max(whole, middle + reach)];
  }
  function thinNames() {
    const grown = grownAt(view.k), step = grown === 1 ? 1 : Math.max(1, Math.ceil((1.15 * READ) / (apart * view.k)));
    const now = `${step} ${grown.toFixed(2)}`;
    if (now === naming) return;
    naming = now;
    svg.classList.toggle("thin", grown > 1);
    svg.classList.toggle("tiny", grown > 2.4);
    svg.style.setProperty("--grown", grown);
    rim.forEach(({ group, text, x }, number) => {
      group.classList.toggle("unnamed", number % step > 0);
      const larger = grown > 1 ? `translate(${x} 0) scale(${grown}) translate(${-x} 0)` : "";
      text.setAttribute("transform", `${text.dataset.turned} ${larger}`);
    });
    thinned.hidden = step === 1;
    thinned.textContent = step === 1 ? "" : filled(data.words.thinned, { n: step });
  }

  // --- the moment in time
  function showMoment() {
    if (!axis.timed || time === null) {
      moment.hidden = true;
      svg?.querySelector(".moment-ring")?.remove();
      return;
    }
    if (round(axis)) {
      let ring = svg.querySelector(".moment-ring");
      if (!ring) {
        ring = document.createElementNS("http://www.w3.org/2000/svg", "circle");
        ring.setAttribute("class", "moment-ring");
        svg.append(ring);
      }
      ring.setAttribute("cx", axis.middle[0]);
      ring.setAttribute("cy", axis.middle[1]);
      ring.setAttribute("r", Math.max(0, axis.core + (axis.oldest - time) * axis.scale));
      moment.hidden = true;
      return;
    }
    const x = toScreen(time);
    moment.hidden = x < 0 || x > size()[0];
    moment.style.left = `${x}px`;
  }
  function setTime(age, { tell = false } = {}) {
    time = age === null ? null : Math.min(axis.oldest, Math.max(axis.youngest, Math.round(age * 10) / 10));
    const words = data.words;
    groups.forEach((group, number) => {
      const state = time === null || !group ? "" : stateAt(places[number], time) || "away";
      for (const name of ["alive", "inside", "ghosting", "away"]) group?.classList.toggle(name, name === state);
    });
    const slider = timeRow.querySelector("input");
    if (slider && time !== null) slider.value = -time;
    const output = timeRow.querySelector("output");
    if (output) {
      const when = time === null ? "" : time === 0 ? words.now : filled(words.at, { age: written(time) });
      const [known, ghosts] = countsAt(data.about.alive, time);
      const unit = time === null ? "" : unitAt(data.about.units, time);
      output.innerHTML = time === null ? "" : `<b>${escaped(when)}</b>${unit ? ` · ${escaped(unit)}` : ""} · ${escaped(filled(axis.fossils ? words.alive : words.lineages, { known, ghosts, n: known + ghosts }))}`;
      slider.setAttribute("aria-valuetext", output.textContent);
      timeRow.querySelector("button").hidden = time === null;
    }
    lived.innerHTML = time === null ? "" : aliveMarkup(places, time, words, axis.fossils);
    showMoment();
    if (tell) ask({ act: "time", time });
  }
  function timeTools() {
    const key = axis.timed ? `${axis.oldest}/${axis.youngest}/${data.language}` : "";
    if (timeRow.dataset.key === key) return;
    timeRow.dataset.key = key;
    timeRow.innerHTML = axis.timed
      ? `<label><span>${escaped(data.words.time)}</span><input type="range" min="${-axis.oldest}" max="${-axis.youngest}" step="0.1" value="${-axis.oldest}"></label><output></output><button type="button" hidden>${escaped(data.words.no_time)}</button>`
      : "";
    if (!axis.timed) return;
    const slider = timeRow.querySelector("input");
    slider.oninput = () => setTime(-Number(slider.value));
    slider.onchange = () => setTime(-Number(slider.value), { tell: true });
    timeRow.querySelector("button").onclick = () => setTime(null, { tell: true });
  }
  chart.onpointerdown = (event) => {
    const from = chart.getBoundingClientRect().left;
    chart.setPointerCapture(event.pointerId);
    chart.onpointermove = (move) => setTime(toAge(move.clientX - from));
    chart.onpointerup = (up) => {
      chart.onpointermove = chart.onpointerup = null;
      setTime(toAge(up.clientX - from), { tell: true });
    };
    setTime(toAge(event.clientX - from));
  };

  // --- hands
  const fingers = new Map();
  const spread = () => {
    const [one, other] = [...fingers.values()];
    return [Math.hypot(one.x - other.x, one.y - other.y), (one.x + other.x) / 2, (one.y + other.y) / 2];
  };
  sky.onpointerdown = (event) => {
    if (event.button) return;
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    dragged = false;
  };
  sky.onpointermove = (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    const [dx, dy] = [event.clientX - before.x, event.clientY - before.y];
    if (!dragged && Math.hypot(dx, dy) < 5) return;
    if (!dragged) {
      dragged = true;
      sky.setPointerCapture(event.pointerId);
      sky.classList.add("dragged");
    }
    const box = sky.getBoundingClientRect();
    if (fingers.size === 2) {
      const [was] = spread();
      fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
      const [is, x, y] = spread();
      zoom(is / was, x - box.left, y - box.top);
      return;
    }
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    view.x -= dx / view.k;
    view.y -= dy / view.k;
    plan();
    keepAddress();
  };
  sky.onpointerup = sky.onpointercancel = (event) => {
    fingers.delete(event.pointerId);
    sky.classList.remove("dragged");
  };
  sky.addEventListener("wheel", (event) => {
    // the page scrolls as ever until somebody has taken hold of the tree
    if (!event.ctrlKey && !stage.contains(root.getRootNode().activeElement)) return;
    event.preventDefault();
    const box = sky.getBoundingClientRect();
    zoom(Math.exp(-event.deltaY * 0.0016), event.clientX - box.left, event.clientY - box.top);
  }, { passive: false });

  function fold(key) {
    const place = places[numbers.get(key)];
    if (!place) return;
    anchor = { key, x: (place[3] - view.x) * view.k, y: (place[4] - view.y) * view.k };
    foresee(place);
    ask({ act: place[1] === "collapsed" ? "unfold" : "fold", keys: [key] });
  }

  // --- what a fold will look like, before the server says so
  const kept = new Map();
  let undo = [];
  const state = (about) => [about.otherwise, ...[...about.opens].sort(), "", ...[...about.folds].sort()].join("\n");
  function keep(drawing) {
    const now = state(data.about);
    kept.delete(now);
    kept.set(now, { drawing, about: data.about, svg });
    if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value);
  }
  function foresee(place) {
    const [key, kind] = place, shut = kind !== "collapsed";
    const [folds, opens] = [new Set(data.about.folds), new Set(data.about.opens)];
    if (shut) folds.add(key), opens.delete(key);
    else folds.delete(key), data.large && opens.add(key);
    const wanted = { ...data.about, folds: [...folds], opens: [...opens] };
    const near = nearest(wanted);
    if (near && near.drawing !== shown.drawing) {
      const focused = inFocus();
      data = { ...data, about: near.about };
      show(near.drawing, false, false, near.svg);
      draw();
      setTime(time);
      search();
      if (focused && numbers.has(focused)) focusOn(numbers.get(focused));
      for (const lacking of near.lacking) sketch(places[numbers.get(lacking)]);
    } else if (shut) sketch(place);
    data = { ...data, about: { ...data.about, folds: wanted.folds, opens: wanted.opens } };
  }
  function nearest(wanted) { // of the drawings that were here, the one from which fewest groups are still to be folded
    let best = null;
    for (const one of kept.values()) {
      const bare = { ...wanted, folds: [] };
      if (state({ ...one.about, folds: [] }) !== state(bare) || !one.about.folds.every((key) => wanted.folds.includes(key))) continue;
      const open = new Set(one.about.places.filter((place) => place[1] === "clade").map((place) => place[0]));
      const lacking = wanted.folds.filter((key) => open.has(key));
      if (!best || lacking.length < best.lacking.length || (lacking.length === best.lacking.length && one.drawing === shown.drawing)) best = { ...one, lacking };
    }
    return best;
  }
  function sketch(place) {
    if (!groups[numbers.get(place[0])]) return;
    const top = numbers.get(place[0]), below = new Set();
    let last = top;
    while (places[last + 1]?.[2] >= top) below.add(places[++last][0]);
    const within = (mark) => below.has(mark.dataset.fold ?? mark.dataset.pick);
    const hidden = [...groups.slice(top + 1, last + 1), ...[...svg.querySelectorAll(".joint, .novelty")].filter(within)];
    for (const mark of hidden) mark?.setAttribute("display", "none");
    const across = round(axis) ? [] : [...groups[top].querySelectorAll("path.branch, path.hit")].map((line) => [line, line.getAttribute("d")]);
    for (const [line, d] of across) line.setAttribute("d", d.replace(/M[^M]*V[^M]*$/, ""));
    const rows = places.slice(top + 1, last + 1).map((one) => one[4]);
    const end = axis.left + (axis.oldest - place[7]) * axis.scale;
    const fan = document.createElementNS("http://www.w3.org/2000/svg", "path");
    const drawn = { class: "fan", fill: "currentColor", stroke: "currentColor", "fill-opacity": 0.2, d: `M${place[3]} ${place[4]}L${end} ${Math.min(...rows)}V${Math.max(...rows)}Z` };
    for (const [name, value] of Object.entries(drawn)) fan.setAttribute(name, value);
    if (!round(axis)) groups[top].append(fan);
    undo.push(() => {
      fan.remove();
      for (const mark of hidden) mark?.removeAttribute("display");
      for (const [line, d] of across) line.setAttribute("d", d);
    });
  }
  root.onclick = (event) => {
    if (dragged && sky.contains(event.target)) {
      dragged = false;
      return;
    }
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const target = event.target.closest("[data-fold], [data-do], [data-act], [data-pick], a[href], [data-name]");
    if (!target) {
      if (sky.contains(event.target)) stage.focus({ preventScroll: true });
      return;
    }
    const { fold: folded, do: deed, act, pick, name } = target.dataset;
    if (target.matches("summary button")) event.preventDefault();
    if (target.hasAttribute("href")) {
      event.preventDefault();
      history.pushState({}, "", new URL(target.getAttribute("href"), document.location));
      dispatchEvent(new PopStateEvent("popstate", { state: {} }));
    } else if (folded !== undefined) fold(folded);
    else if (deed) ({ farther: () => zoomMiddle(1 / 1.4), closer: () => zoomMiddle(1.4), fit, full })[deed]();
    else if (act === "fold") fold(target.dataset.key);
    else if (act) ask({ act, key: target.dataset.key });
    else send("chosen", pick ?? name);
  };
  function full() {
    if (document.fullscreenElement) document.exitFullscreen();
    else root.requestFullscreen?.();
  }
  document.addEventListener("fullscreenchange", () => { if (root.isConnected && svg) { start(); plan(); } });

  // --- keys
  function focusOn(number) {
    const group = groups[number];
    if (!group) return;
    groups.forEach((other) => other?.setAttribute("tabindex", "-1"));
    group.setAttribute("tabindex", "0");
    group.focus({ preventScroll: true });
    const [, , , x, y] = places[number];
    const [width, height] = size();
    const [sx, sy] = [(x - view.x) * view.k, (y - view.y) * view.k];
    if (sx < 0 || sx > width - 60 || sy < 12 || sy > height - 12) goTo(number);
  }
  const childrenOf = (number) => places.map((place, index) => [place, index]).filter(([place, index]) => place[2] === number && index !== number);
  function walk(key) {
    const at = Number(root.getRootNode().activeElement?.closest?.("[data-n]")?.dataset.n ?? -1);
    if (at < 0) return focusOn(0);
    const place = places[at];
    if (key === "ArrowLeft") return focusOn(Math.max(0, place[2]));
    const by = (one, other) => one[0][4] - other[0][4];
    if (key === "ArrowRight") {
      if (place[1] === "collapsed") return fold(place[0]);
      return focusOn(childrenOf(at).sort(by)[0]?.[1] ?? at);
    }
    const beside = childrenOf(place[2]).sort(by);
    const where = beside.findIndex(([, index]) => index === at) + (key === "ArrowDown" ? 1 : -1);
    return focusOn(beside[where]?.[1] ?? place[2]);
  }
  stage.tabIndex = -1;
  root.onkeydown = (event) => {
    if (event.target.matches("input, textarea") || event.ctrlKey || event.metaKey || event.altKey) return;
    const group = event.target.closest?.("[data-n]");
    const deeds = { "+": () => zoomMiddle(1.25), "=": () => zoomMiddle(1.25), "-": () => zoomMiddle(0.8), 0: fit, "/": () => bar.querySelector(".find").focus() };
    if (event.key.startsWith("Arrow") && stage.contains(event.target)) walk(event.key);
    else if (group && event.key === "Enter") send("chosen", group.dataset.name);
    else if (group && event.key === " ") fold(group.dataset.name);
    else if (event.key === "Escape" && stage.contains(event.target)) event.target.blur();
    else if (deeds[event.key] && (stage.contains(event.target) || event.target === document.body || event.key === "/")) deeds[event.key]();
    else return;
    event.preventDefault();
  };
  document.addEventListener("keydown", function anywhere(event) { // where nothing has the focus, the keys are the tree's
    if (!root.isConnected) document.removeEventListener("keydown", anywhere);
    else if (event.target === document.body) root.onkeydown(event);
  });

  // --- what was new on a branch, told when its mark is pointed at or its group has the focus
  const tip = part(".told");
  function tell(mark) {
    tip.hidden = !mark;
    if (!mark) return;
    tip.textContent = mark.dataset.new;
    const [at, within] = [mark.getBoundingClientRect(), stage.getBoundingClientRect()];
    const left = Math.min(at.right - within.left + 6, within.width - tip.offsetWidth - 8);
    tip.style.left = `${Math.max(4, left)}px`;
    tip.style.top = `${Math.max(2, at.top - within.top - tip.offsetHeight - 4)}px`;
  }
  sky.onpointerover = (event) => {
    tell(event.target.closest(".novelty"));
    const group = event.target.closest("[data-n]");
    if (!group || group.querySelector("title")) return;
    const title = document.createElementNS("http://www.w3.org/2000/svg", "title");
    title.textContent = group.getAttribute("aria-label");
    group.prepend(title);
  };
  sky.onpointerleave = () => tell(null);
  sky.addEventListener("focusin", (event) => {
    const group = event.target.closest("[data-n]");
    if (group?.matches(":focus-visible")) tell(svg.querySelector(`.novelty[data-of="${group.dataset.n}"]`));
  });
  sky.addEventListener("focusout", () => tell(null));

  // --- search
  function search() {
    const input = bar.querySelector(".find");
    const text = input.value.trim().toLowerCase();
    groups.forEach((group, number) => group?.classList.toggle("found", Boolean(text) && (places[number][9].toLowerCase().includes(text) || data.found.includes(places[number][0]))));
  }
  function nextHit() {
    if (!data.found.length) {
      bar.querySelector(".hits").textContent = data.query ? data.words.none : "";
      return;
    }
    hit = (hit + 1) % data.found.length;
    bar.querySelector(".hits").textContent = filled(data.words.hits, { n: hit + 1, all: data.found.length });
    goTo(numbers.get(data.found[hit]));
  }
  function searchTools() {
    const input = bar.querySelector(".find");
    if (!input || input.onkeydown) return;
    input.oninput = search;
    input.onsearch = () => { if (!input.value && data.query) ask({ act: "search", query: "" }); };
    input.onkeydown = (event) => {
      if (event.key === "Escape") { input.value = ""; search(); stage.focus(); }
      if (event.key !== "Enter") return;
      if (input.value.trim() === data.query) nextHit();
      else ask({ act: "search", query: input.value.trim() });
    };
  }

  function put(name, place, markup) {
    if (shown[name] === markup) return false;
    shown[name] = markup;
    place.innerHTML = markup;
    return true;
  }
  const legends = new WeakMap();
  function showMarks() { // what the marks mean stands below the window, where it is read however small the tree is
    if (legends.has(svg)) return marks.replaceChildren(...legends.get(svg));
    marks.replaceChildren();
    const legend = svg.querySelector(".legend");
    for (const item of legend ? [...legend.children] : []) {
      const small = document.createElementNS(svg.namespaceURI, "svg");
      small.setAttribute("class", "bonebed-tree");
      item.setAttribute("transform", "translate(1 11)");
      small.append(item);
      marks.append(small);
      const box = item.getBBox();
      small.setAttribute("width", Math.ceil(box.x + box.width) + 3);
      small.setAttribute("height", 22);
    }
    legend?.remove();
    legends.set(svg, [...marks.children]);
  }
  function afterDrawing(first, otherTree, width) {
    svg = sky.querySelector("svg");
    sky.classList.toggle("round", round(axis));
    showMarks();
    svg.style.cssText = "width:100%;height:100%;display:block";
    svg.setAttribute("preserveAspectRatio", "xMinYMin meet");
    groups = places.map(() => null);
    for (const group of svg.querySelectorAll("[data-n]")) groups[Number(group.dataset.n)] = group;
    takeRim();
    const old = view, oldHome = home;
    start(width);
    const kept = first ? (new URL(location).searchParams.get("view") || "").split("~").map(Number) : [];
    if (kept.length === 3 && kept.every(Number.isFinite) && kept[2] > 0) view = { x: kept[0], y: kept[1], k: kept[2] };
    else if (old && !otherTree) {
      view = { x: old.x, y: old.y, k: anchor?.rest ? home : old.k * (home / oldHome) };
      let at = anchor ? places[numbers.get(anchor.key)] : null;
      if (anchor?.rest) view.x = 0;
      if (at) {
        view.y = at[4] - anchor.y / view.k;
        if (!anchor.rest) view.x = at[3] - anchor.x / view.k;
      }
    } else if (first) {
      const chosen = places.findIndex((_, number) => groups[number]?.classList.contains("selected"));
      if (chosen >= 0) goTo(chosen);
    }
    anchor = null;
  }

  const inFocus = () => root.getRootNode().activeElement?.closest?.("[data-n]")?.dataset.name;
  function show(drawing, first, otherTree, ready = null) {
    [places, axis] = [data.about.places, data.about.axis];
    numbers = new Map(places.map((place, number) => [place[0], number]));
    while (undo.length) undo.pop()();
    const width = root.clientWidth;
    const changed = shown.drawing !== drawing;
    if (changed && ready) sky.replaceChildren(ready);
    if (changed && !ready) sky.innerHTML = drawing;
    shown.drawing = drawing;
    if (changed) afterDrawing(first, otherTree, width);
    keep(drawing);
    return changed;
  }

  return (given, sender) => {
    const first = !svg, before = data;
    [data, send] = [given, sender];
    document.documentElement.lang = data.language;
    const [tools, drawing, card, outline] = data.markup.split("<!--part-->");
    const focused = inFocus();
    if (bar.dataset.language !== data.language) {
      bar.dataset.language = data.language;
      put("tools", bar, tools);
      root.querySelector(".keys").textContent = data.words.keys;
      list.querySelector("summary").textContent = data.words.list;
    }
    searchTools();
    axis = data.about.axis;
    timeTools();
    const changed = show(drawing, first, before.about && (before.focus !== data.focus || before.about.form !== data.about.form || before.about.tree !== data.about.tree));
    stage.classList.toggle("low", box[1] < 330);
    if (put("card", slot, card) && !first && slot.firstElementChild) slot.scrollIntoView({ block: "nearest" });
    list.ontoggle = () => { if (list.open) put("outline", list.querySelector("div"), outline); };
    list.ontoggle();
    draw();
    if (first || before.time !== data.time || changed) setTime(data.time === null && time !== null && before.time === data.time ? time : data.time);
    if (data.query !== (before.query || "")) {
      bar.querySelector(".find").value = data.query;
      hit = -1;
      nextHit();
    }
    search();
    if (changed && focused && numbers.has(focused)) focusOn(numbers.get(focused));
    const width = Math.round(root.clientWidth / 50) * 50;
    if (width && width !== room && Math.abs(width - data.about.room) > 75) {
      room = width;
      ask({ act: "room", width });
    }
  };
}

export default function ({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".tree-view");
  root.explorer ||= treeWindow(root);
  root.explorer(data, setTriggerValue);
}
