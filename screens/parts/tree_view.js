// The window in which a tree is explored. Panning, zooming and time stay here; folding, searching and choosing are asked of the server.
// A fold is shown before the answer comes: as a drawing that was here before, or as a triangle over the rows, which the answer closes up.
function treeWindow(root) {
  root.innerHTML = `<div class="bar"></div><div class="stage"><svg class="chart"></svg><div class="sky"></div><div class="moment" hidden><span></span></div><div class="told" hidden></div>
    <div class="card-slot"></div></div><div class="marks" aria-hidden="true"></div><div class="time-row"></div><div class="lived" aria-live="polite"></div><p class="quiet keys"></p>
    <details class="outline"><summary></summary><div></div></details>`;
  const part = (name) => root.querySelector(name);
  const [bar, stage, chart, sky, moment, slot] = [".bar", ".stage", ".chart", ".sky", ".moment", ".card-slot"].map(part);
  const [marks, timeRow, lived, list] = [".marks", ".time-row", ".lived", ".outline"].map(part);
  let data = {}, send = () => {}, places = [], axis = {}, svg = null, groups = [], shown = {}, numbers = new Map();
  let view = null, home = 1, time = null, hit = -1, anchor = null, planned = 0, asked = 0, room = 0, told = 0, dragged = false;

  const size = () => [sky.clientWidth || 1, sky.clientHeight || 1];
  const round = axis => Boolean(axis.middle);
  const toScreen = (age) => (axis.left + (axis.oldest - age) * axis.scale - view.x) * view.k;
  const toAge = (x) => axis.oldest - (x / view.k + view.x - axis.left) / axis.scale;
  const ask = (what) => send("asked", { ...what, n: ++asked });

  function start() {
    const [w, h] = data.about.size;
    const width = root.clientWidth;
    const most = document.fullscreenElement ? innerHeight - 190 : Math.max(340, innerHeight * (round(axis) ? 0.86 : 0.68));
    home = round(axis) ? Math.min(width / w, most / h) : Math.max(width / w, 0.85);
    sky.style.height = `${Math.round(Math.min(h * home, most))}px`;
    view = { x: round(axis) ? (w - width / home) / 2 : 0, y: 0, k: home };
  }

  function draw() {
    planned = 0;
    if (!svg) return;
    const [width, height] = size();
    const [w, h] = data.about.size;
    const clamp = (at, seen, whole) => (seen >= whole ? Math.min(0, Math.max(whole - seen, at)) : Math.min(whole - seen, Math.max(0, at)));
    view.x = round(axis) && width / view.k >= w ? (w - width / view.k) / 2 : clamp(view.x, width / view.k, w);
    view.y = clamp(view.y, height / view.k, h);
    svg.setAttribute("viewBox", `${view.x} ${view.y} ${width / view.k} ${height / view.k}`);
    if (axis.timed && !round(axis)) {
      const tall = chartHeight(data.about.units);
      chart.setAttribute("viewBox", `0 0 ${width} ${tall}`);
      chart.style.height = `${tall}px`;
      chart.innerHTML = chartMarkup(data.about.units, axis, toScreen, width);
    }
    chart.style.display = axis.timed && !round(axis) ? "" : "none";
    showMoment();
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
  let unsketch = null;
  const state = (about, folds) => [about.otherwise, ...[...folds].sort()].join("\n");
  function keep(drawing) {
    const now = state(data.about, data.about.folds);
    kept.delete(now);
    kept.set(now, [drawing, data.about, svg]);
    if (kept.size > 8) kept.delete(kept.keys().next().value);
  }
  function foresee(place) {
    const folds = new Set(data.about.folds);
    if (place[1] === "collapsed") folds.delete(place[0]);
    else folds.add(place[0]);
    const known = data.large ? null : kept.get(state(data.about, folds));
    if (known) {
      const focused = inFocus();
      data = { ...data, about: known[1] };
      show(known[0], false, false, known[2]);
      draw();
      setTime(time);
      search();
      if (focused && numbers.has(focused)) focusOn(numbers.get(focused));
    } else if (place[1] !== "collapsed") sketch(place);
  }
  function sketch(place) {
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
    unsketch = () => {
      fan.remove();
      for (const mark of hidden) mark?.removeAttribute("display");
      for (const [line, d] of across) line.setAttribute("d", d);
      unsketch = null;
    };
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
  function showMarks() { // what the marks mean stands below the window, where it is read however small the tree is
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
  }
  function afterDrawing(first, otherTree) {
    svg = sky.querySelector("svg");
    sky.classList.toggle("round", round(axis));
    showMarks();
    svg.style.cssText = "width:100%;height:100%;display:block";
    svg.setAttribute("preserveAspectRatio", "xMinYMin meet");
    groups = places.map(() => null);
    for (const group of svg.querySelectorAll("[data-n]")) groups[Number(group.dataset.n)] = group;
    const old = view, oldHome = home;
    start();
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
    unsketch?.();
    const changed = shown.drawing !== drawing;
    if (changed && ready) sky.replaceChildren(ready);
    if (changed && !ready) sky.innerHTML = drawing;
    shown.drawing = drawing;
    if (changed) afterDrawing(first, otherTree);
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
