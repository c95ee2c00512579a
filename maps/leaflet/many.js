// Very many finds: the server gathers what the window shows, and each move of the map asks for the new window alone.
// Bubbles are marks as elsewhere; dots and hexagons are painted on one canvas, which a mouse and a finger can point at.

bonebedMap.many = (function () {
  "use strict";

  const { bubble, drawArea, drawFinds, go, onceOnMap, onMap, small, tell, wrapped } = bonebedMap.shared;

  function many(layer, asked) {
    onceOnMap(layer, (map) => {
      go(map, asked.go);
      drawArea(map, layer, asked.area);
      const shown = { group: null, asking: null };
      const renew = () => ask(map, layer, asked, shown);
      map.on("moveend resize", renew);
      layer.once("remove", () => {
        map.off("moveend resize", renew);
        if (shown.asking) shown.asking.abort();
        if (shown.legend) shown.legend.remove();
      });
      renew();
    });
  }

  async function ask(map, layer, asked, shown) {
    if (shown.asking) shown.asking.abort();
    const asking = shown.asking = new AbortController();
    const bounds = map.getBounds();
    const edges = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth(), map.getZoom()];
    const url = asked.url + "&window=" + edges.map((edge) => edge.toFixed(4)).join(",");
    try {
      const answer = await fetch(url, { signal: asking.signal, credentials: "same-origin" });
      if (!answer.ok) throw new Error(String(answer.status));
      const window_ = await answer.json();
      if (asking.signal.aborted || !layer._map) return;
      const group = draw(map, layer, asked, window_, shown);
      if (shown.group) layer.removeLayer(shown.group);
      shown.group = group;
      map.getContainer().dataset.drawn = String(window_.count);
      say(map, "");
    } catch (error) {
      if (error.name !== "AbortError") say(map, asked.words.failed);
    }
  }

  function say(map, text) {
    const box = map.bonebedSaid || (map.bonebedSaid = L.DomUtil.create("div", "bb-said", map.getContainer()));
    box.setAttribute("role", "status");
    box.textContent = text;
    box.hidden = !text;
  }

  function draw(map, layer, asked, answer, shown) {
    if (answer.kind === "finds") return drawFinds(map, layer, { ...asked, ...answer });
    const group = L.featureGroup();
    if (answer.kind === "bubbles") drawBubbles(map, group, asked, answer);
    else if (answer.kind === "dots") new Painted(asked, answer, paintDots).addTo(group);
    else drawHexagons(map, group, asked, answer, shown);
    return group.addTo(layer);
  }

  function drawBubbles(map, group, asked, answer) {
    for (const [latitude, longitude, count, sites, own, color, cells] of answer.bubbles) {
      const [fill, ink] = asked.inks ? [asked.palette[color], asked.inks[color]] : [asked.color, asked.ink];
      const mark = L.marker([onMap(latitude), wrapped(map, longitude)], {
        icon: bubble(count, own, fill, ink, asked.words, small(map)),
        alt: told(asked, count, sites, color),
      });
      mark.bindTooltip(escaped(told(asked, count, sites, color)), { className: "bb-tip", direction: "top", offset: [0, -14] });
      const closer = () => {
        tell(map, "cells=" + answer.across + ":" + cells);
        map.setView(mark.getLatLng(), Math.min(map.getZoom() + 2, map.getMaxZoom()));
      };
      mark.on("click", closer);
      mark.on("keypress", (event) => { if (event.originalEvent.key === "Enter") closer(); });
      group.addLayer(mark);
    }
    if (answer.rows.length) drawFinds(map, group, { ...asked, ...answer, gathered: false });
  }

  function told(asked, count, sites, color) {
    const text = asked.words.so_many.replace("{finds}", count.toLocaleString()).replace("{places}", sites.toLocaleString());
    const most = asked.classes && asked.classes[color];
    return most ? text + " " + asked.words.mostly.replace("{what}", most) : text;
  }

  // ---- a canvas ------------------------------------------------------------------------------------------------

  const Painted = L.Layer.extend({
    initialize: function (asked, answer, paint) {
      this._asked = asked;
      this._answer = answer;
      this._paint = paint;
    },
    onAdd: function (map) {
      this._canvas = L.DomUtil.create("canvas", "bb-painted leaflet-zoom-hide");
      map.getPanes().overlayPane.append(this._canvas);
      const size = map.getSize(), fine = window.devicePixelRatio || 1;
      Object.assign(this._canvas, { width: size.x * fine, height: size.y * fine });
      Object.assign(this._canvas.style, { width: size.x + "px", height: size.y + "px" });
      L.DomUtil.setPosition(this._canvas, map.containerPointToLayerPoint([0, 0]));
      const brush = this._canvas.getContext("2d");
      brush.scale(fine, fine);
      this._marks = this._paint(map, brush, this._asked, this._answer);
      this._tip = L.tooltip({ direction: "top", offset: [0, -8], className: "bb-tip" });
      map.on("mousemove", this._point, this);
      map.on("click", this._choose, this);
    },
    onRemove: function (map) {
      this._canvas.remove();
      this._tip.remove();
      map.off("mousemove", this._point, this);
      map.off("click", this._choose, this);
      map.getContainer().classList.remove("bb-pointing");
    },
    _at: function (point) {
      let best = null, nearest = Infinity;
      for (const mark of this._marks) {
        const far = Math.hypot(mark.x - point.x, mark.y - point.y);
        if (far < nearest && far <= mark.reach) [best, nearest] = [mark, far];
      }
      return best;
    },
    _point: function (event) {
      const mark = this._at(event.containerPoint);
      this._map.getContainer().classList.toggle("bb-pointing", Boolean(mark));
      if (!mark) this._tip.remove();
      else this._map.openTooltip(this._tip.setContent(escaped(mark.told())).setLatLng(this._map.containerPointToLatLng([mark.x, mark.y])));
    },
    _choose: function (event) {
      const mark = this._at(event.containerPoint);
      if (mark && mark.tells) tell(this._map, mark.tells);
    },
  });

  // What a mark tells is written when it is pointed at: numbers in the reader's way take a second for ten thousand of them.
  function paintDots(map, brush, asked, answer) {
    const [paper, ink] = asked.dark ? ["#23262a", "#ece7db"] : ["#fbf8f1", "#2b2a26"];
    const marks = [];
    for (const [latitude, longitude, count, sites, own, color, cell] of answer.dots) {
      const { x, y } = map.latLngToContainerPoint([onMap(latitude), wrapped(map, longitude)]);
      const size = answer.across ? 2.6 : count > 1 ? 5.5 : 4;
      brush.beginPath();
      brush.arc(x, y, size, 0, 2 * Math.PI);
      brush.fillStyle = own ? asked.palette[color] : paper;
      brush.fill();
      brush.lineWidth = own ? 0.8 : 2;
      brush.strokeStyle = own ? ink : asked.palette[color];
      brush.stroke();
      const tells = answer.across ? "cells=" + answer.across + ":" + cell : "near=" + longitude + "," + latitude;
      marks.push({ x: x, y: y, reach: size + 3, told: () => told(asked, count, sites, color), tells: tells });
    }
    return marks;
  }

  // ---- density -------------------------------------------------------------------------------------------------

  function drawHexagons(map, group, asked, answer, shown) {
    const stepOf = (count) => answer.steps.filter((least) => count >= least).length - 1;
    const paint = (map_, brush) => {
      const side = answer.side * 2 ** (map_.getZoom() - answer.zoom);
      return answer.hexagons.map(([latitude, longitude, count, sites]) => {
        const { x, y } = map_.latLngToContainerPoint([latitude, wrapped(map_, longitude)]);
        brush.beginPath();
        for (let corner = 0; corner < 6; corner += 1) {
          const angle = Math.PI / 6 + (corner * Math.PI) / 3;
          brush.lineTo(x + side * 0.97 * Math.cos(angle), y + side * 0.97 * Math.sin(angle));
        }
        brush.closePath();
        brush.globalAlpha = 0.9;
        brush.fillStyle = asked.ramp[stepOf(count)];
        brush.fill();
        return { x: x, y: y, reach: side, told: () => told({ ...asked, classes: null }, count, sites, 0) };
      });
    };
    new Painted(asked, answer, paint).addTo(group);
    if (shown.legend) shown.legend.remove();
    shown.legend = density(asked.ramp, answer.steps, asked.words).addTo(map);
  }

  function density(ramp, steps, words) {
    const Legend = L.Control.extend({
      onAdd: function () {
        const box = L.DomUtil.create("div", "bb-legend bb-density");
        box.append(words.in_hexagon);
        steps.forEach((least, at) => {
          const line = L.DomUtil.create("span", "bb-legend-line", box);
          L.DomUtil.create("i", "bb-step", line).style.background = ramp[at];
          const next = steps[at + 1];
          line.append(next === undefined ? least + "+" : next - 1 === least ? String(least) : least + "–" + (next - 1));
        });
        return box;
      },
    });
    return new Legend({ position: "bottomleft" });
  }

  function escaped(text) {
    const box = document.createElement("span");
    box.append(text);
    return box.innerHTML;
  }

  return many;
})();
