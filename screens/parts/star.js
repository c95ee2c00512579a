// Stars: a visitor's own collection of specimens, held in this browser's storage and nowhere else. `shelf` reads and writes it.
const shelf = {
  key: `bonebed-collection ${new URL(".", document.baseURI).pathname}`,
  read() {
    try { return shelf.clean(JSON.parse(localStorage.getItem(shelf.key))); } catch { return shelf.clean(null); }
  },
  write(now) {
    try { localStorage.setItem(shelf.key, JSON.stringify(now)); return true; } catch { return false; }
  },
  // What a file or the storage holds, as a collection; what does not belong in one is left out.
  clean(given) {
    const text = (value, most) => (typeof value === "string" ? value.slice(0, most) : "");
    const items = (list) => {
      const seen = new Set();
      return (Array.isArray(list) ? list : []).slice(0, 500)
        .map((one) => ({ key: text(one?.key, 200), name: text(one?.name, 200), note: text(one?.note, 10000) }))
        .filter((one) => one.key && !seen.has(one.key) && seen.add(one.key));
    };
    return { bonebed: "collection", version: 1, title: text(given?.title, 120), items: items(given?.items), taken_out: items(given?.taken_out).slice(-50) };
  },
  has: (key) => shelf.read().items.some((one) => one.key === key),
  // Puts a specimen in or takes it out; a note comes back with its specimen. Returns whether it is in now.
  toggle(key, name) {
    const now = shelf.read();
    const there = now.items.find((one) => one.key === key);
    if (there) {
      now.items = now.items.filter((one) => one !== there);
      if (there.note) now.taken_out.push(there);
    } else {
      const note = now.taken_out.find((one) => one.key === key)?.note || "";
      now.taken_out = now.taken_out.filter((one) => one.key !== key);
      now.items.push({ key, name, note });
    }
    shelf.write(now);
    return !there;
  },
};

function paintStars(root) {
  const stars = root.querySelectorAll("[data-star]");
  if (!stars.length) return;
  const kept = new Set(shelf.read().items.map((one) => one.key));
  stars.forEach((star) => star.setAttribute("aria-pressed", String(kept.has(star.dataset.star))));
}

function pressStar(star) {
  const kept = shelf.toggle(star.dataset.star, star.dataset.starName);
  dispatchEvent(new Event("bonebed-collection"));
  const old = document.getElementById("bonebed-star-said");
  const said = old || document.createElement("div");
  said.id = "bonebed-star-said";
  said.setAttribute("role", "status");
  said.style.cssText = "position:fixed;left:50%;bottom:1.2rem;transform:translateX(-50%);z-index:99999;background:#2b2620;color:#faf6ee;" +
    "padding:.6rem 1.1rem;border-radius:6px;font:16px/1.4 system-ui,sans-serif;box-shadow:0 4px 16px rgb(0 0 0/.35)";
  const link = Object.assign(document.createElement("a"), { href: star.dataset.mine, textContent: `${star.dataset.opens} (${shelf.read().items.length})` });
  link.style.cssText = "color:#f0b583;margin-left:.6rem";
  said.replaceChildren(kept ? star.dataset.kept : star.dataset.out, link);
  if (!old) document.body.append(said);
  clearTimeout(window.bonebedStarSaid);
  window.bonebedStarSaid = setTimeout(() => said.remove(), 8000);
}

// A star for a page that draws its own specimens, from the markup that the server gave it.
function makeStar(markup, key, name) {
  const star = document.createRange().createContextualFragment(markup).firstElementChild;
  [star.dataset.star, star.dataset.starName] = [key, name];
  star.setAttribute("aria-label", name + star.getAttribute("aria-label"));
  star.addEventListener("click", () => pressStar(star));
  return star;
}

// Stars show the same in every part of the page and in every tab.
function watchStars(root) {
  const paint = () => paintStars(root);
  addEventListener("bonebed-collection", paint);
  addEventListener("storage", paint);
  paint();
  return () => { removeEventListener("bonebed-collection", paint); removeEventListener("storage", paint); };
}
