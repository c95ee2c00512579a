// A showcase: four tours, large targets, and home again after a minute in which nobody touched it. Nothing leads out of it.
let idle = 0;
const wait = () => { clearTimeout(idle); idle = setTimeout(() => location.replace(given.home), given.idle * 1000); };
for (const event of ["pointerdown", "keydown", "touchstart", "wheel"]) document.addEventListener(event, wait, { passive: true });
document.addEventListener("contextmenu", (event) => event.preventDefault());
window.addEventListener("error", () => location.replace(given.home));
wait();
