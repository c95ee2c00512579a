// Light or dark: as the visitor turned it, kept in this browser for all light pages; else as the system has it. Who draws on a canvas
// listens for "bonebed-theme".
const theme = {
  key: "bonebed-theme",
  isDark: () => getComputedStyle(document.documentElement).getPropertyValue("--is-dark").trim() === "1",
  turn() {
    const now = theme.isDark() ? "light" : "dark";
    document.documentElement.dataset.theme = now;
    try { localStorage.setItem(theme.key, now); } catch { /* only for now */ }
    dispatchEvent(new Event(theme.key));
  },
};
try { const kept = localStorage.getItem(theme.key); if (kept) document.documentElement.dataset.theme = kept; } catch { /* no storage here */ }
document.getElementById("dark")?.addEventListener("click", theme.turn);
