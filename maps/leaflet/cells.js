// Cells of equal area, each with its shade and its numbers: all on one canvas, so that the whole Earth's appear at once.

bonebedMap.cells = (function () {
  "use strict";

  const { onceOnMap } = bonebedMap.shared;

  function cells(layer, drawn) {
    onceOnMap(layer, (map) => {
      const renderer = L.canvas({ padding: 0.3 });
      const edge = { renderer: renderer, weight: 0.6, color: "#6b5a45", fill: true, fillOpacity: 0.75 };
      const group = L.featureGroup();
      for (const [south, west, north, east, shade, ...numbers] of drawn.rows) {
        const turn = (west + east) / 2 < map.bonebedWest ? 360 : 0;
        const style = { ...edge, fillColor: drawn.shades[shade], numbers: numbers };
        group.addLayer(L.rectangle([[south, west + turn], [north, east + turn]], style));
      }
      group.bindTooltip((cell) => told(drawn.words, cell.options.numbers), { sticky: true, className: "bb-tip" });
      group.addTo(layer);
    });
  }

  function told(words, numbers) {
    const box = document.createElement("span");
    box.append(words.map((word, at) => word + ": " + numbers[at]).filter((_, at) => numbers[at]).join("; "));
    return box;
  }

  return cells;
})();
