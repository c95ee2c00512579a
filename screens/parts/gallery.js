// The photographs and scans of a specimen: small pictures, and a viewer over the whole window. All words stand in the markup.
function showPhotograph(stage, item) {
  const image = document.createElement("img");
  const mark = document.createElement("i");
  const [width, height] = [Number(item.width), Number(item.height)];
  const focus = (item.focus || "").split(",").filter(Boolean).map(Number);
  let [scale, x, y, fit, whole] = [1, 0, 0, 1, false];
  image.alt = item.caption;
  image.draggable = false;
  image.src = item.small;
  mark.className = focus.length > 2 ? "focus-box" : "focus-point";
  mark.hidden = !focus.length;
  stage.replaceChildren(image, mark);
  const sharpen = () => {
    if (whole || fit * scale * devicePixelRatio * Math.max(width, height) <= 1280) return;
    whole = true;
    const sharp = new Image();
    sharp.src = item.full;
    sharp.decode().then(() => { image.src = sharp.src; }, () => { whole = false; });
  };
  const draw = () => {
    const room = stage.getBoundingClientRect();
    fit = Math.min(room.width / width, room.height / height, 4);
    const [w, h] = [width * fit * scale, height * fit * scale];
    const [overX, overY] = [Math.max(0, (w - room.width) / 2), Math.max(0, (h - room.height) / 2)];
    x = Math.min(overX, Math.max(-overX, x));
    y = Math.min(overY, Math.max(-overY, y));
    const [left, top] = [room.width / 2 + x - w / 2, room.height / 2 + y - h / 2];
    image.style.cssText = `width:${w}px;height:${h}px;left:${left}px;top:${top}px`;
    const [fx = 0, fy = 0, fw = 0, fh = 0] = focus;
    mark.style.cssText = `left:${left + (fx - fw / 2) * w}px;top:${top + (fy - fh / 2) * h}px;width:${fw * w}px;height:${fh * h}px`;
    sharpen();
  };
  const view = {
    drag: (dx, dy) => { x += dx; y += dy; draw(); },
    zoom: (factor, atX, atY) => {
      const before = scale;
      scale = Math.min(Math.max(scale * factor, 1), Math.max(16, 4 / fit));
      x = atX - (atX - x) * (scale / before);
      y = atY - (atY - y) * (scale / before);
      draw();
    },
    reset: () => { [scale, x, y] = [1, 0, 0]; draw(); },
    look: () => {
      const [fx, fy, fw = 0.25, fh = 0.25] = focus;
      const room = stage.getBoundingClientRect();
      scale = Math.max(1, Math.min(0.8 * room.width / (fw * width * fit), 0.8 * room.height / (fh * height * fit), 12));
      [x, y] = [(0.5 - fx) * width * fit * scale, (0.5 - fy) * height * fit * scale];
      draw();
    },
    resize: draw,
    hasFocus: focus.length > 1,
    close: () => {},
  };
  draw();
  return view;
}

export default function ({ parentElement, data }) {
  const frame = parentElement.querySelector(".gallery-frame");
  if (frame.dataset.markup === data.markup) return;
  frame.dataset.markup = data.markup;
  frame.innerHTML = data.markup;
  const dialog = frame.querySelector("dialog");
  const stage = dialog.querySelector(".viewer-stage");
  const items = [...frame.querySelectorAll(".thumb")];
  const part = (name) => dialog.querySelector(`[data-part="${name}"]`);
  let [view, now] = [null, 0];
  const tell = (name) => {
    for (const said of dialog.querySelectorAll("[data-say]")) said.hidden = said.dataset.say !== name;
  };
  const address = (key) => {
    const url = new URL(document.location);
    if (key) url.searchParams.set("media", key);
    else url.searchParams.delete("media");
    history.replaceState(history.state, "", url);
  };
  const show = (number) => {
    now = (number + items.length) % items.length;
    const item = items[now].dataset;
    view?.close();
    tell("");
    const scan = item.kind === "scan";
    view = scan ? showScan(stage, item, tell) : showPhotograph(stage, item);
    gestures(stage, view);
    stage.setAttribute("aria-label", item.caption);
    part("caption").textContent = item.caption;
    part("terms").textContent = item.terms;
    part("look").hidden = !view.hasFocus;
    part("save").href = scan ? item.full : "";
    part("save").hidden = !scan;
    part("help-photograph").hidden = scan;
    part("help-scan").hidden = !scan;
    for (const name of ["previous", "next"]) part(name).hidden = items.length < 2;
    if (!dialog.contains(dialog.getRootNode().activeElement)) stage.focus(); // what had it is hidden now
    address(item.key);
  };
  const open = (number) => {
    dialog.showModal();
    show(number);
    stage.focus();
  };
  const doings = {
    previous: () => show(now - 1),
    next: () => show(now + 1),
    closer: () => view.zoom(1.5, 0, 0),
    farther: () => view.zoom(1 / 1.5, 0, 0),
    whole: () => view.reset(),
    look: () => view.look(),
    close: () => dialog.close(),
  };
  for (const [name, action] of Object.entries(doings)) part(name).onclick = action;
  items.forEach((item, number) => { item.onclick = () => open(number); });
  dialog.onkeydown = (event) => {
    if (event.key === "PageUp") doings.previous();
    else if (event.key === "PageDown") doings.next();
    else if (event.key === "f" && view.hasFocus) doings.look();
    else if (event.key !== "Escape") { event.stopPropagation(); return; }
    event.stopPropagation();
  };
  dialog.onclose = () => {
    view?.close();
    view = null;
    stage.replaceChildren();
    address("");
    items[now].focus();
  };
  const resized = new ResizeObserver(() => { if (view && dialog.open) view.resize(); });
  resized.observe(stage);
  const asked = new URL(document.location).searchParams.get("media");
  const found = items.findIndex((item) => asked && item.dataset.key === asked);
  if (found >= 0) open(found);
  return () => resized.disconnect();
}
