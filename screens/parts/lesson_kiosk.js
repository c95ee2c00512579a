// A showcase: large targets, and home again after a minute in which nobody touched it. Nothing leads out of it, and while the server does not
// answer it stays where it is, so that no browser's page of errors is ever shown.
const showcase = JSON.parse(document.getElementById("given").textContent);
let idle = 0;

async function leave(href) {
  try {
    if ((await fetch(href, { cache: "no-store" })).ok) { location.replace(href); return; }
  } catch { /* the server rests; it is asked again after the next minute */ }
  wait();
}

function wait() {
  clearTimeout(idle);
  if (showcase.idle) idle = setTimeout(() => leave(showcase.home), showcase.idle * 1000);
}

for (const event of ["pointerdown", "keydown", "touchstart", "wheel"]) document.addEventListener(event, wait, { passive: true });
document.addEventListener("click", (event) => {
  const door = event.target.closest("a[href], [data-href]");
  if (!door) return;
  event.preventDefault();
  leave(door.dataset.href || door.href);
});
document.addEventListener("contextmenu", (event) => event.preventDefault());
window.addEventListener("error", () => leave(showcase.home));
wait();
