// A deck of slides: next and back by key, clicker, button or swipe; a blank screen; full screen; and where one was is found again after a reload.
// Nothing is asked of the server while a lesson runs, but for a class that has been opened: without a network all goes on.
const given = JSON.parse(document.getElementById("given").textContent);
const at = (id) => document.getElementById(id);
const all = [...document.querySelectorAll(".slide")];
const stored = {
  get: (name) => { try { return JSON.parse(sessionStorage.getItem(`bonebed-lesson ${given.lesson} ${name}`)); } catch { return null; } },
  set: (name, value) => { try { sessionStorage.setItem(`bonebed-lesson ${given.lesson} ${name}`, JSON.stringify(value)); } catch { /* no storage here */ } },
};
const others = "BroadcastChannel" in window ? new BroadcastChannel(`bonebed-lesson ${given.lesson}`) : null;
const sentences = (parts) => parts.filter(Boolean).map((part) => part.trim().replace(/[.。]$/, "")).join(given.language === "zh" ? "。" : ". ");
const deck = { step: 0, uncovered: false, listeners: [] };

function show(step, uncovered = false, quietly = false) {
  step = Math.max(0, Math.min(step, all.length - 1));
  deck.step = step;
  deck.uncovered = uncovered && Boolean(all[step].querySelector(".answers"));
  all.forEach((slide, number) => { slide.hidden = number !== step; });
  const slide = all[step];
  slide.scrollTop = 0;
  at("when").innerHTML = slide.querySelector("template.when").innerHTML;
  at("where").textContent = slide.querySelector("template.where").content.textContent;
  if (at("count")) at("count").textContent = given.words.count.replace("{number}", step + 1).replace("{steps}", all.length);
  for (const [id, off] of [["back", step === 0], ["next", step === all.length - 1]]) if (at(id)) at(id).disabled = off;
  if (at("uncover")) at("uncover").hidden = !slide.querySelector(".answers") || deck.uncovered;
  uncover(slide, deck.uncovered);
  fit(slide);
  if (at("explore")) { at("explore").href = slide.dataset.link || "#"; at("explore").hidden = !slide.dataset.link; }
  history.replaceState(null, "", `${location.pathname}${location.search}#${step + 1}`);
  stored.set("step", step);
  document.title = `${slide.querySelector("h2").textContent} · ${given.title}`;
  if (!quietly) others?.postMessage({ step, uncovered: deck.uncovered });
  at("said").textContent = deck.uncovered ? uncoveredWords(slide) : sentences([at("count")?.textContent, slide.querySelector("h2").textContent]);
  keepFocus(slide);
  deck.listeners.forEach((listener) => listener());
}

// What is read out when the answer is shown: which one is right, and why.
function uncoveredWords(slide) {
  const right = [...slide.querySelectorAll('.answers li[data-right="1"] button span:nth-child(2)')].map((one) => one.textContent);
  return sentences([given.words.right, ...right, slide.querySelector(".because")?.textContent]);
}

// Who goes by key is not thrown back to the top of the page when the button that was pressed cannot be pressed any more.
let held = null;
document.addEventListener("focusin", (event) => { held = event.target; });
function keepFocus(slide) {
  if (!held || (held.isConnected && !held.disabled && held.offsetParent && document.activeElement === held)) return;
  if (document.activeElement && document.activeElement !== document.body && !document.activeElement.disabled && document.activeElement.offsetParent) return;
  const title = slide.querySelector("h2");
  title.tabIndex = -1;
  title.focus({ preventScroll: true });
}

// The type grows smaller where a step says much, so that nothing is cut; below the least size the slide scrolls.
const LEAST = 0.62;
function fit(slide = all[deck.step]) {
  slide.style.fontSize = "";
  if (innerWidth <= 760) return;
  for (let size = 1; size > LEAST && slide.scrollHeight > slide.clientHeight + 1; size -= 0.04) slide.style.fontSize = `${size}em`;
}
new ResizeObserver(() => fit()).observe(at("stage")); // also when the code of a class takes its place beneath

function uncover(slide, is) {
  slide.querySelectorAll(".answers li").forEach((line) => {
    const right = line.dataset.right === "1";
    line.classList.toggle("right", is && right);
    line.classList.toggle("wrong", is && !right);
    line.querySelector(".mark").textContent = is && right ? given.words.right : "";
    if (!is) line.querySelector("button").setAttribute("aria-pressed", "false");
  });
  const because = slide.querySelector(".because");
  if (because) because.hidden = !is;
}

function blank(is = at("blank").hidden) {
  at("blank").hidden = !is;
  if (is) at("blank").focus();
}

const fillScreen = () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen?.());
const moves = {
  ArrowRight: () => show(deck.step + 1), PageDown: () => show(deck.step + 1), " ": () => show(deck.step + 1),
  ArrowLeft: () => show(deck.step - 1), PageUp: () => show(deck.step - 1), Home: () => show(0), End: () => show(all.length - 1),
  a: () => show(deck.step, true), b: () => blank(), ".": () => blank(), f: fillScreen, t: theme.turn, n: () => at("notes")?.click(),
  j: () => (at("joining")?.hidden ? at("open") : at("qr"))?.click(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input")) return;
  if (!at("blank").hidden) { blank(false); event.preventDefault(); return; }
  if (event.key === " " && event.target.closest("button, a")) return;
  const move = moves[event.key] || moves[event.key.toLowerCase?.()];
  if (!move || (given.kiosk && "bfjnt.".includes(event.key.toLowerCase()))) return;
  event.preventDefault();
  move();
});
for (const [id, move] of [["back", () => show(deck.step - 1)], ["next", () => show(deck.step + 1)], ["uncover", () => show(deck.step, true)],
  ["full", fillScreen], ["black", () => blank()]])
  at(id)?.addEventListener("click", move);
at("blank").addEventListener("click", () => blank(false));

// A swipe with one finger turns the page; scrolling up and down does not.
let touched = null;
document.addEventListener("touchstart", (event) => { touched = event.touches.length === 1 ? event.touches[0] : null; }, { passive: true });
document.addEventListener("touchend", (event) => {
  if (!touched || event.target.closest(".answers, .bonebed-tree")) return;
  const [x, y] = [event.changedTouches[0].clientX - touched.clientX, event.changedTouches[0].clientY - touched.clientY];
  if (Math.abs(x) > 60 && Math.abs(x) > 2 * Math.abs(y)) show(deck.step + (x < 0 ? 1 : -1));
}, { passive: true });

// Alone, choosing an answer uncovers it; in front of a class the class answers first.
document.querySelectorAll(".answers button").forEach((button) =>
  button.addEventListener("click", () => {
    if (deck.leads?.()) return;
    button.closest(".answers").querySelectorAll("button").forEach((other) => other.setAttribute("aria-pressed", String(other === button)));
    const line = button.closest("li");
    show(deck.step, true);
    button.setAttribute("aria-pressed", "true");
    if (line.dataset.right !== "1") line.querySelector(".mark").textContent = given.words.wrong;
  }));
others?.addEventListener("message", ({ data }) => {
  if (data.ask) others.postMessage({ step: deck.step, uncovered: deck.uncovered });
  else if ("step" in data) show(data.step, data.uncovered, true);
});
window.addEventListener("hashchange", () => show(Number(location.hash.slice(1)) - 1));
show(location.hash ? Number(location.hash.slice(1)) - 1 || 0 : given.kiosk ? 0 : stored.get("step") || 0, false, true);
