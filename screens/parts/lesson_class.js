// Whoever presents opens the class: devices follow along and answer, and what they answer is drawn beside the question.
const room = { now: stored.get("room"), tallying: 0 };
deck.leads = () => Boolean(room.now);

const send = (path, body) => fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

async function lead() {
  if (!room.now) return;
  try {
    const answer = await send(`${given.join}/${room.now.code}/lead`, { key: room.now.key, step: deck.step, shows_answer: deck.uncovered });
    if (answer.status === 404) shut();
  } catch { /* the network is gone: the lesson goes on here, and devices follow when it is back */ }
  tally();
}

async function tally() {
  clearTimeout(room.tallying);
  if (!room.now) return;
  const step = deck.step;
  try {
    const told = await (await fetch(`${given.join}/${room.now.code}/tally?key=${encodeURIComponent(room.now.key)}`)).json();
    at("devices").textContent = given.words.devices.replace("{n}", told.devices);
    if (step === deck.step) draw(all[step], told.tally);
  } catch { /* next time */ }
  room.tallying = setTimeout(tally, 1000);
}

function draw(slide, counts) {
  const most = Math.max(1, ...counts);
  slide.querySelectorAll(".answers li").forEach((line, choice) => {
    line.querySelector(".share").style.width = `${(100 * (counts[choice] || 0)) / most}%`;
    line.querySelector(".votes").textContent = counts[choice] ?? "";
  });
}

// The code fills the screen until the class has it, so that telephones can read it from the back row.
function enlarge(is = !at("joining").classList.contains("large")) {
  at("joining").classList.toggle("large", is);
  at("qr").setAttribute("aria-pressed", String(is));
  if (is) at("qr").focus();
}

function shut() {
  enlarge(false);
  room.now = null;
  stored.set("room", null);
  clearTimeout(room.tallying);
  at("joining").hidden = true;
  at("open").hidden = false;
  document.querySelectorAll(".share").forEach((bar) => { bar.style.width = "0"; });
  document.querySelectorAll(".votes").forEach((votes) => { votes.textContent = ""; });
}

function meet() {
  at("open").hidden = true;
  at("joining").hidden = false;
  at("code").textContent = room.now.code;
  at("address").textContent = room.now.address;
  at("qr").innerHTML = room.now.qr;
  lead();
}

at("open").addEventListener("click", async () => {
  const answer = await send(given.join, { lesson: given.lesson, language: given.language });
  if (!answer.ok) { alert((await answer.json()).error); return; }
  room.now = await answer.json();
  stored.set("room", room.now);
  meet();
  enlarge(true);
});
at("shut").addEventListener("click", () => {
  if (room.now) send(`${given.join}/${room.now.code}/lead`, { key: room.now.key, close: true });
  shut();
});
at("notes").addEventListener("click", () => window.open(given.notes, "bonebed-notes", "width=720,height=640"));
at("qr").addEventListener("click", () => enlarge());
deck.listeners.push(() => enlarge(false), lead);
if (room.now) meet();
