// A device in the class: shows what is shown in front, and sends one answer. It waits for the server, and tries again when the network is gone.
const given = JSON.parse(document.getElementById("given").textContent);
const at = (id) => document.getElementById(id);
const now = { seen: 0, step: -1, chosen: null };
const slides = new Map();
// What this device answered, so that it is seen after a reload; gone with the tab.
const chosen = {
  key: (step) => `bonebed-answer ${given.room} ${step}`,
  get(step) { try { return JSON.parse(sessionStorage.getItem(chosen.key(step))); } catch { return null; } },
  set(step, choice) { try { sessionStorage.setItem(chosen.key(step), choice); } catch { /* only for now */ } },
};

async function follow() {
  try {
    // After a break the server is to answer at once, not when something changes.
    const answer = await fetch(`${given.room}/state?seen=${at("trouble").hidden ? now.seen : 0}`);
    if (answer.status === 404) return end();
    const told = await answer.json();
    now.seen = told.changes;
    if (told.step !== now.step) await bring(told.step);
    dress(told);
    at("trouble").hidden = true;
    follow();
  } catch {
    at("trouble").hidden = false;
    setTimeout(follow, 2000);
  }
}

// A slide is asked for once. Those to come are brought while the present one is looked at, so that a step needs no more than its number.
async function slide(step) {
  if (!slides.has(step)) {
    const answer = await fetch(`${given.room}/slides/${step}`);
    if (!answer.ok) throw new Error(answer.status);
    slides.set(step, await answer.text());
  }
  return slides.get(step);
}

async function ahead() {
  for (let next = 1; next < given.steps; next++) await slide((now.step + next) % given.steps).catch(() => null);
}

async function bring(step) {
  const html = await slide(step);
  at("stage").innerHTML = html;
  if (now.step < 0) setTimeout(ahead, 300);
  [now.step, now.chosen] = [step, chosen.get(step)];
  const shown = at("stage").querySelector(".slide");
  at("when").innerHTML = shown.querySelector("template.when").innerHTML;
  at("where").textContent = shown.querySelector("template.where").content.textContent;
  at("said").textContent = shown.querySelector("h2").textContent;
  scrollTo(0, 0);
  offerStar(shown);
  shown.querySelectorAll(".answers button").forEach((button, choice) => button.addEventListener("click", () => choose(choice)));
  press();
}

// A specimen that the class looks at can be kept in one's own collection.
function offerStar(shown) {
  const key = shown.dataset.link.startsWith("./specimen?") && new URL(shown.dataset.link, document.baseURI).searchParams.get("id");
  at("star").replaceChildren(...(key ? [makeStar(given.star, key, shown.querySelector(".museum-label b")?.textContent || key)] : []));
  paintStars(at("star"));
}

async function choose(choice) {
  const answer = await fetch(`${given.room}/answers`, {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ step: now.step, choice }) });
  if (!(await answer.json()).counts) return;
  now.chosen = choice;
  chosen.set(now.step, choice);
  press();
  at("said").textContent = given.words.sent;
}

function press() {
  at("stage").querySelectorAll(".answers button").forEach((button, number) => button.setAttribute("aria-pressed", String(number === now.chosen)));
}

function dress(told) {
  const lines = [...at("stage").querySelectorAll(".answers li")];
  lines.forEach((line, number) => {
    const right = told.right.includes(number);
    line.classList.toggle("right", told.shows_answer && right);
    line.classList.toggle("wrong", told.shows_answer && !right);
    line.querySelector("button").disabled = told.shows_answer;
    line.querySelector(".mark").textContent = !told.shows_answer ? "" : right ? given.words.right : number === now.chosen ? given.words.wrong : "";
  });
  const because = at("stage").querySelector(".because");
  if (because) { because.innerHTML = told.because; because.hidden = !told.shows_answer; }
}

function end() {
  at("stage").innerHTML = "";
  const over = document.createElement("div");
  over.className = "slide plain";
  over.append(Object.assign(document.createElement("h2"), { textContent: given.words.over }));
  at("stage").append(over);
  for (const id of ["when", "where", "star"]) at(id).replaceChildren();
}

follow();
