// Hears Ctrl+Enter on the pages with the form of a specimen, from the first moment on and as long as the page is open. What a press
// asks for waits until the form's help (keystrokes.js) is there and says that the form can be saved. It ends when the page is left,
// and where one is asked to choose between two versions: that page says itself why nothing is saved yet.
(() => {
  let wish = null;
  const page = () => /\/(add|amend)\/?$/.exec(location.pathname)?.[1];
  const watch = () => {
    if (wish && (location.pathname !== wish.at || document.querySelector(".st-key-settle"))) wish = null;
    if (!wish) return;
    if (window.bonebedEntry?.answer?.(wish)) wish = null;
    else setTimeout(watch, 30); // a timer, for a tab behind another draws no frames
  };
  addEventListener("keydown", (event) => {
    if (!page() || event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (event.repeat) return;
    document.activeElement?.blur(); // sends what is typed in the field before the button is pressed
    const waiting = wish;
    wish = { key: event.shiftKey && page() === "add" ? "next" : "save", at: location.pathname };
    if (!waiting) setTimeout(watch);
  }, true);
})();
