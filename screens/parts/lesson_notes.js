// The second window of whoever presents: what to say, what comes next, and how long it has taken. It turns the pages too.
const began = (() => { try { return Number((sessionStorage.bonebedBegan ||= Date.now())); } catch { return Date.now(); } })();
let from = began;
setInterval(() => {
  const seconds = Math.max(0, Math.round((Date.now() - from) / 1000));
  at("clock").textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}, 500);
at("restart").addEventListener("click", () => { from = Date.now(); try { sessionStorage.bonebedBegan = from; } catch { /* for now */ } });
deck.listeners.push(() => {
  at("next-title").textContent = all[deck.step + 1]?.querySelector("h2").textContent || given.words.end;
});
others?.postMessage({ ask: true });
show(deck.step, deck.uncovered, true);
