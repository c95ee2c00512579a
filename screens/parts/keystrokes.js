// What the browser does for the form of a specimen, and for the text of a lesson: holds every keystroke until the server has it, draws the pins, knows the shortcuts.
// Texts lie in this browser's storage under the person and the draft; they go when the server has them, when the record is saved,
// and when the person signs out.
const PIN =
  '<svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true"><path d="M5 1.5h6M6 1.5v5L3.8 9.5h8.4L10 6.5v-5M8 9.5v5" ' +
  'fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round"/></svg>';
const LONGEST = 10_000; // milliseconds for which a press waits for the page to answer, once the button is there
const home = new URL(".", document.baseURI).pathname;
const prefix = (owner) => `bonebed-typed ${home} ${owner} `;

function read(key) {
  try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
}

function write(key, entry) {
  try {
    if (Object.keys(entry.fields).length) localStorage.setItem(key, JSON.stringify(entry));
    else localStorage.removeItem(key);
  } catch { /* no room, or storage is forbidden here: the server still gets what is typed when a field is left */ }
}

function stored(start) {
  try { return Object.keys(localStorage).filter((key) => key.startsWith(start)); } catch { return []; }
}

function tidy(data) {
  for (const key of stored(data.everything ? `bonebed-typed ${home}` : prefix(data.owner)))
    if (data.everything || data.gone.includes(key.split(" ").pop())) localStorage.removeItem(key);
}

// A page that is open holds a lock on its draft: so another tab does not take it for one that was left behind. Where the browser
// has no locks (they need HTTPS or this computer), only what this very tab left counts, and what nobody touched for ten minutes.
const TAB = (() => {
  try { return (sessionStorage.bonebedTab ||= Math.random().toString(36).slice(2)); } catch { return ""; }
})();

function holdLock(frame, own) {
  if (frame.own === own) return;
  frame.release?.();
  frame.left = new Set([...(frame.left || []), frame.own]);
  frame.own = own;
  navigator.locks?.request(own, () => new Promise((resolve) => { frame.release = resolve; }));
}

async function open(keys) {
  if (navigator.locks) return new Set((await navigator.locks.query()).held.map((lock) => lock.name));
  const young = (entry) => entry && entry.tab !== TAB && Date.now() - entry.at < 600_000;
  return new Set(keys.filter((key) => young(read(key))));
}

// After some faults Streamlit gives the connection up for good, and would leave the fields locked. The page is opened anew, where what was
// typed is offered again; where that happened only just now, Streamlit's notice stays and says what is wrong.
function openAnew() {
  try {
    if (Date.now() - (sessionStorage.bonebedOpenedAnew || 0) < 60_000) return;
    sessionStorage.bonebedOpenedAnew = Date.now();
  } catch { return; }
  location.reload();
}

function forgetWhenSigningOut() {
  if (window.bonebedForgets) return;
  window.bonebedForgets = true;
  document.addEventListener("click", (event) => {
    if (event.target.closest?.(".st-key-sign_out button")) tidy({ everything: true });
  });
}

const state = () => document.querySelector("[data-test-script-state]")?.dataset || {};

// Whether a button was pressed and the page has not answered yet. It begins to run only once the server has heard of it.
let pressedAt = 0;
document.addEventListener("click", (event) => { if (event.target.closest?.("button")) pressedAt = Date.now(); }, true);
function isAnswering() {
  const runs = state().testScriptState !== "notRunning";
  if (runs || Date.now() - pressedAt > LONGEST) pressedAt = 0;
  return runs || pressedAt > 0;
}

export default function ({ parentElement, data, setTriggerValue }) {
  const frame = parentElement.querySelector(".entry");
  const page = (window.bonebedEntry ||= {}); // outlives this element, which Streamlit makes anew when something appears above it
  frame.stop?.();
  tidy(data);
  if (!data.form) return;
  forgetWhenSigningOut();

  const own = prefix(data.owner) + data.draft;
  page.over = new Set([...(page.over || []), ...data.gone.map((draft) => prefix(data.owner) + draft)]);
  const about = { form: data.form, record: data.record, version: data.version, fields: {} };
  const box = (name) => document.querySelector(`.st-key-${data.form}_${name}`);
  const input = (name) => box(name)?.querySelector("input, textarea");
  const nameOf = (element) => {
    const around = element.closest?.(`[class*="st-key-${data.form}_"]`);
    const name = around && new RegExp(`st-key-${data.form}_(\\w+)`).exec(around.className)?.[1];
    return name in data.held ? name : "";
  };

  // What the server holds now need not be held here any longer.
  const entry = read(own) || { ...about, fields: {} };
  for (const [name, text] of Object.entries(entry.fields)) if (data.held[name] === text) delete entry.fields[name];
  write(own, entry);

  // What a page of this person left behind that is not open any more is handed over, to be offered again as a draft.
  const place = `${prefix(data.owner)}${data.form} ${data.record}`;
  const before = page.place === place ? page.own : "";
  [page.place, page.own] = [place, own];
  holdLock(frame, own);
  const left = stored(prefix(data.owner)).filter((key) => key !== own && !page.handed?.has(key));
  // The same page with a form that the server has only just opened: the connection was lost and is back. Go on where one was.
  const resumed = before && before !== own && data.fresh && !data.gone.includes(before.split(" ").pop()) ? before : "";
  if (resumed && !left.includes(resumed)) left.push(resumed);
  if (left.length)
    open(left).then((alive) => {
      const orphans = left.filter((key) => key === resumed || frame.left.has(key) || !alive.has(key));
      if (orphans.length) handOver(orphans);
    });
  // Not while the page answers a press: the run that takes these in would stop the one that was to save.
  const handOver = (orphans) => {
    const wanted = orphans.filter((key) => !page.handed?.has(key));
    if (!wanted.length || frame.own !== own) return;
    if (isAnswering()) { setTimeout(handOver, 100, orphans); return; }
    page.handed = new Set([...(page.handed || []), ...wanted]);
    setTriggerValue("left", wanted.map((key) => ({ ...about, draft: key.split(" ").pop(), resumed: key === resumed, ...read(key) })));
  };

  const hold = (field) => {
    const name = nameOf(field);
    if (!name || field.role === "combobox" || field.type === "checkbox") return;
    entry.fields[name] = field.value;
    [entry.tab, entry.at] = [TAB, Date.now()];
    write(own, entry);
  };
  const typed = (event) => hold(event.target);
  const here = document.activeElement; // somebody may have begun to type before this script was there
  if (!page.here && "value" in here && nameOf(here) && here.value !== data.held[nameOf(here)]) hold(here);
  page.here = true;

  // What first_keys.js asks until it is done: the button is pressed once it is there, the server has what was typed, and the page has
  // answered, for what a suggestion has just put into the form would be lost on the way. What was saved meanwhile is not saved again.
  const unsent = () => Object.keys(data.held).some((name) => {
    const field = input(name);
    const typed = field && field.role !== "combobox" && field.type !== "checkbox";
    return typed && field.value !== data.held[name].replace(/\r\n?/g, "\n");
  });
  const answer = page.answer = (wish) => {
    if (wish.own && wish.own !== own && page.over.has(wish.own)) return true;
    wish.own = own;
    pressedAt = Date.now();
    const button = document.querySelector(`.st-key-${wish.key} button`);
    if (!button || button.disabled || state().testConnectionState !== "CONNECTED") return false;
    wish.since ||= Date.now();
    if ((state().testScriptState !== "notRunning" || unsent()) && Date.now() - wish.since < LONGEST) return false;
    button.click();
    return true;
  };
  const pressed = (event) => {
    // A key that comes while Streamlit locks the field belongs to that field.
    if (event.key.length === 1 && document.activeElement === document.body && page.last?.isConnected && nameOf(page.last)) {
      page.last.disabled = false;
      page.last.focus();
    }
    if (event.altKey && event.code === "KeyP" && data.pins && nameOf(event.target)) pinHere(event.target);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  // A pin beside each field of the form that adds: reached with Alt+P from its field, so that Tab goes from field to field.
  const toggle = (name) => setTriggerValue("pinned", name);
  const pinHere = (field) => {
    field.blur(); // the pin takes the value that is typed
    toggle(nameOf(field));
    field.focus();
  };
  const pin = (name) => {
    const field = box(name);
    let button = field.querySelector(":scope > .pin");
    if (!button) {
      button = document.createElement("button");
      [button.type, button.className, button.tabIndex, button.innerHTML] = ["button", "pin", -1, PIN];
      field.append(button);
    }
    const [now, words] = [data.pins.pinned.includes(name), data.pins.words[name]];
    button.onclick = () => toggle(name);
    if (button.title === words && button.getAttribute("aria-pressed") === String(now)) return;
    button.title = words;
    button.setAttribute("aria-label", words);
    button.setAttribute("aria-pressed", now);
  };
  const set = (element, name, value) => {
    if (element && element.getAttribute(name) !== value) element.setAttribute(name, value);
  };
  // Without a connection Streamlit locks the fields and takes the cursor out; what is typed then is held here.
  const unlock = (field) => {
    field.disabled = false;
    const back = () => { if (field === page.last && document.activeElement === document.body) field.focus(); };
    back();
    requestAnimationFrame(back);
    setTimeout(back, 50);
  };
  const entered = (event) => { page.last = event.target; };
  const dress = () => {
    for (const name of Object.keys(data.held)) {
      const field = input(name);
      if (!field) continue;
      if (data.pins?.words[name]) pin(name);
      if (data.needed.includes(name)) set(field, "aria-required", "true");
      set(field, "aria-invalid", String(data.wrong.includes(name)));
      if (field.disabled && !data.locked.includes(name)) unlock(field);
    }
    const connection = state().testConnectionState;
    if (connection === "DISCONNECTED_FOREVER") openAnew();
    else if (connection !== "CONNECTED")
      document.querySelector("[role=dialog] button")?.click(); // Streamlit's notice covers the form; its head says that it is connecting
    set(document.querySelector(".st-key-save button"), "aria-keyshortcuts", "Control+Enter");
    set(document.querySelector(".st-key-next button"), "aria-keyshortcuts", "Control+Shift+Enter");
  };
  const watcher = new MutationObserver(dress);
  watcher.observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ["disabled"] });
  dress();

  const [name, turn] = data.focus;
  const go = (tries) => {
    const field = input(name);
    if (field && field.offsetParent && !field.disabled) field.focus();
    else if (tries) requestAnimationFrame(() => go(tries - 1));
  };
  if (name && page.turn !== `${data.form} ${turn}`) {
    page.turn = `${data.form} ${turn}`;
    go(120);
  }

  document.addEventListener("input", typed, true);
  document.addEventListener("keydown", pressed, true);
  document.addEventListener("focusin", entered, true);
  document.addEventListener("pointerdown", entered, true);
  frame.stop = () => {
    watcher.disconnect();
    document.removeEventListener("input", typed, true);
    document.removeEventListener("keydown", pressed, true);
    document.removeEventListener("focusin", entered, true);
    document.removeEventListener("pointerdown", entered, true);
  };
  return () => {
    frame.stop();
    if (page.answer === answer) page.answer = null;
    frame.release?.();
    frame.own = "";
  };
}
