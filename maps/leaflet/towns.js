// Names of towns on the map of today: those of the squares that finer.js fetched, the nearer the more, and never one upon another.

bonebedMap.towns = (function () {
  "use strict";

  const { groundPane, meet, wrapped } = bonebedMap.shared;
  const FONT = "13px sans-serif", HALF = 8, STILL = 300;
  // Where a name may stand, in pixels from its dot: how far to the right its left end, in widths of the name and then in pixels, and how far down.
  const BESIDE = [[0, 5, 0], [-1, -5, 0], [-0.5, 0, 14], [-0.5, 0, -14], [-0.5, 0, 30], [-0.5, 0, -30]];

  // Gives the function that names the towns of some squares in the window, once the map stands still and its finds are drawn.
  function towns(map, { chinese, credit }) {
    const pane = groundPane(map, "bonebed-towns", 450), group = L.layerGroup();
    map.getPane(pane).style.pointerEvents = "none";
    const brush = document.createElement("canvas").getContext("2d");
    brush.font = FONT;
    let waiting = 0;

    function name(listed) {
      group.clearLayers();
      const taken = [], finds = marksOf(map);
      for (const [latin, ours, north, east, zoom] of listed.sort((one, other) => one[4] - other[4])) {
        if (zoom > map.getZoom()) break;
        const text = (chinese && ours) || latin, at = L.latLng(north, wrapped(map, east));
        const free = placed(map.latLngToContainerPoint(at), brush.measureText(text).width).filter((box) => !taken.some((other) => meet(box, other)));
        const box = free.find((one) => !finds.some((other) => meet(one, other))) || free[0];
        if (!box) continue;
        taken.push(box);
        group.addLayer(L.marker(at, { pane: pane, interactive: false, keyboard: false, icon: labelled(text, box) }));
      }
    }

    return (squares) => {
      const listed = squares.flatMap((square) => square.towns || []), some = listed.length > 0;
      map.bonebedCredit[some ? "addAttribution" : "removeAttribution"](credit);
      if (!some) group.clearLayers();
      group.addTo(map);
      window.clearTimeout(waiting);
      waiting = window.setTimeout(() => name(listed), some ? STILL : 0);
    };
  }

  function placed({ x, y }, width) {
    return BESIDE.map(([widths, across, down]) => {
      const [left, middle] = [widths * width + across, y + down];
      return { left: x + left, right: x + left + width, top: middle - HALF, bottom: middle + HALF, across: left, down: down };
    });
  }

  function marksOf(map) {
    const edge = map.getContainer().getBoundingClientRect();
    return [...map.getPane("markerPane").querySelectorAll(".bb-bubble, .bb-mark")].map((mark) => {
      const { left, right, top, bottom } = mark.getBoundingClientRect();
      return { left: left - edge.left, right: right - edge.left, top: top - edge.top, bottom: bottom - edge.top };
    });
  }

  function labelled(text, { across, down }) {
    const name = L.DomUtil.create("span");
    name.append(text);
    Object.assign(name.style, { left: across + "px", top: down + "px" });
    return L.divIcon({ className: "bb-town", html: name.outerHTML, iconSize: null });
  }

  return towns;
})();
