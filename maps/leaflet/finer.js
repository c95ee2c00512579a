// The finer land: once the map is near enough, the squares that its window shows are fetched and laid over the coarse land,
// each with a sea of its own beneath all of them, so that nothing coarse looks out, and with the names of its towns. A square that does not come leaves the coarse land as it is.

(function () {
  "use strict";

  const { PAPER, Strokes, groundPane, pieces, shores, turnsShown, walked } = bonebedMap.shared;
  const NEAR = 5, AT_ONCE = 4;

  bonebedMap.finer = function (map, { url, side, per_degree, dark, ...naming }) {
    if (map.bonebedTiled) return;
    const paper = dark ? PAPER.dark : PAPER.light;
    const finer = { squares: new Map(), complete: false };
    const layer = L.layerGroup();
    const [sea, shore, ground] = [["bonebed-finer-sea", 243], ["bonebed-finer-shore", 244], ["bonebed-finer-land", 245]].map(([name, height]) => {
      const pane = groundPane(map, name, height);
      return { interactive: false, renderer: new Strokes({ padding: 0.6, pane: pane }), pane: pane };
    });
    const name = bonebedMap.towns(map, naming);
    map.bonebedFiner = finer;

    function look() {
      const near = map.getZoom() >= NEAR;
      if (near !== map.hasLayer(layer)) map[near ? "addLayer" : "removeLayer"](layer);
      const wanted = near ? inWindow(map, side) : [];
      finer.complete = near && wanted.every(([west, south]) => finer.squares.get(west + "_" + south)?.land);
      map.fire("bonebed:ground");
      name(wanted.map(([west, south]) => finer.squares.get(west + "_" + south) || {}));
      const missing = wanted.filter(([west, south]) => !finer.squares.has(west + "_" + south));
      const underWay = [...finer.squares.values()].filter((square) => square.asked).length;
      missing.slice(0, Math.max(0, AT_ONCE - underWay)).forEach(fetchSquare);
    }

    function fetchSquare([west, south]) {
      const name = west + "_" + south;
      finer.squares.set(name, { asked: true });
      fetch(url + "_" + name + ".json")
        .then((answer) => answer.ok ? answer.json() : Promise.reject(answer.status))
        .then(whenIdle)
        .then((given) => finer.squares.set(name, drawSquare(west, south, given)))
        .catch(() => finer.squares.set(name, {}))
        .finally(look);
    }

    function drawSquare(west, south, given) {
      const land = given.land.map((rings) => rings.map((ring) => walked(ring, per_degree)));
      const coasts = land.flat().flatMap((ring) => pieces(ring, alongEdge(west, south, side)));
      const edge = [[west, south], [west + side, south], [west + side, south + side], [west, south + side]];
      for (const turn of turnsShown(map)) {
        const turned = (lines) => lines.map((line) => line.map(([x, y]) => [y, x + turn]));
        const filled = (color) => ({ fill: true, fillOpacity: 1, fillColor: color, color: color, weight: 1.2 });
        L.polygon(turned([edge]), { ...sea, ...filled(paper.sea) }).addTo(layer);
        L.polyline(turned(coasts), { ...shore, ...shores(paper) }).addTo(layer);
        L.polygon(land.map(turned), { ...ground, ...filled(paper.land) }).addTo(layer);
        L.polyline(turned(coasts), { ...ground, color: paper.coast, weight: 0.8 }).addTo(layer);
      }
      return { land: land, borders: given.borders.map((line) => walked(line, per_degree)), towns: given.towns };
    }

    map.on("moveend zoomend resize", look);
    look();
  };

  // Finds that come for the same window are drawn first.
  function whenIdle(given) {
    return new Promise((resolve) => (window.requestIdleCallback || window.setTimeout)(() => resolve(given)));
  }

  // Corners of the squares that the window shows, those in its middle first.
  function inWindow(map, side) {
    const seen = map.getBounds(), middle = map.getCenter(), found = [], floor = (degrees) => Math.floor(degrees / side) * side;
    for (let x = floor(seen.getWest()); x < seen.getEast(); x += side) {
      for (let y = floor(seen.getSouth()); y < seen.getNorth(); y += side) {
        if (y < -90 || y >= 90) continue;
        found.push([floor(((x + 180) % 360 + 360) % 360 - 180), y, Math.hypot(x + side / 2 - middle.lng, y + side / 2 - middle.lat)]);
      }
    }
    return found.sort((one, other) => one[2] - other[2]);
  }

  // Land is closed along the edges of its square; there is no coast there.
  function alongEdge(west, south, side) {
    return ([x, y], [u, v]) => (x === u && (x === west || x === west + side)) || (y === v && (y === south || y === south + side));
  }
})();
