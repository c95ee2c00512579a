// Drawing a box or an area on the map, by mouse and by finger. By keyboard, corners are typed beside the map.

window.bonebedAreas = (function () {
  "use strict";

  const { tell } = bonebedMap.shared;

  function areas(map, words) {
    const Bar = L.Control.extend({
      onAdd: function () {
        const bar = L.DomUtil.create("div", "leaflet-bar bb-draw");
        L.DomEvent.disableClickPropagation(bar);
        button(bar, "bb-box", words.draw_box, () => start(map, words, box));
        button(bar, "bb-polygon", words.draw_area, () => start(map, words, polygon));
        return bar;
      },
    });
    new Bar({ position: "topleft" }).addTo(map);
  }

  function button(bar, kind, title, chosen) {
    const link = L.DomUtil.create("a", "", bar);
    link.href = "#";
    link.title = title;
    link.setAttribute("role", "button");
    link.setAttribute("aria-label", title);
    L.DomUtil.create("span", kind, link);
    L.DomEvent.on(link, "click", (event) => { L.DomEvent.preventDefault(event); chosen(); });
    return link;
  }

  // While something is drawn the map stands still, and marks let the pen through.
  function start(map, words, tool) {
    if (map.bonebedPen) map.bonebedPen.stop();
    const container = map.getContainer();
    const drawn = L.featureGroup().addTo(map);
    const help = L.DomUtil.create("div", "bb-help", container);
    L.DomEvent.disableClickPropagation(help);
    help.setAttribute("role", "status");
    const leave = (event) => { if (event.key === "Escape") pen.stop(); };
    const pen = map.bonebedPen = {
      map: map, drawn: drawn, help: help, words: words, undo: [],
      stop: () => {
        pen.undo.forEach((one) => one());
        drawn.remove();
        help.remove();
        container.classList.remove("bb-drawing");
        document.removeEventListener("keydown", leave);
        map.dragging.enable();
        map.doubleClickZoom.enable();
        map.bonebedPen = null;
      },
      finish: (corners) => {
        pen.stop();
        tell(map, "area=" + corners.map((corner) => corner.map((number) => number.toFixed(4)).join(",")).join(";"));
      },
    };
    container.classList.add("bb-drawing");
    document.addEventListener("keydown", leave);
    map.closePopup();
    map.dragging.disable();
    map.doubleClickZoom.disable();
    tool(pen);
  }

  function explain(pen, text, ...buttons) {
    pen.help.replaceChildren(text + " ");
    for (const [label, chosen] of [...buttons, [pen.words.cancel, pen.stop]]) {
      const press = L.DomUtil.create("button", "", pen.help);
      press.type = "button";
      press.append(label);
      press.addEventListener("click", chosen);
    }
  }

  function box(pen) {
    const { map, drawn } = pen, container = map.getContainer();
    explain(pen, pen.words.how_box);
    let from = null, shape = null;
    const at = (event) => map.mouseEventToLatLng(event);
    const down = (event) => {
      if (event.target.closest(".leaflet-control, .bb-help")) return;
      from = at(event);
      shape = L.rectangle([from, from], { className: "bb-area", interactive: false, renderer: L.svg() }).addTo(drawn);
      event.preventDefault();
    };
    const move = (event) => { if (shape) shape.setBounds(L.latLngBounds(from, at(event))); };
    const up = () => {
      if (!shape) return;
      const bounds = shape.getBounds(), size = map.latLngToLayerPoint(bounds.getNorthEast()).subtract(map.latLngToLayerPoint(bounds.getSouthWest()));
      if (Math.abs(size.x) < 4 || Math.abs(size.y) < 4) {  // a press without a drag draws nothing
        shape.remove();
        shape = null;
        return;
      }
      pen.finish([[east(bounds.getWest()), bounds.getSouth()], [east(bounds.getEast()), bounds.getNorth()]]);
    };
    const pairs = [[container, "pointerdown", down], [document, "pointermove", move], [document, "pointerup", up], [document, "pointercancel", up]];
    pairs.forEach(([where, what, does]) => where.addEventListener(what, does));
    pen.undo.push(() => pairs.forEach(([where, what, does]) => where.removeEventListener(what, does)));
  }

  function polygon(pen) {
    const { map, drawn } = pen, corners = [];
    const shape = L.polygon([], { className: "bb-area", interactive: false, renderer: L.svg() }).addTo(drawn);
    const finish = () => {
      const least = Math.min(...corners.map(({ lng }) => lng));
      const turn = east(least) - least;
      pen.finish(corners.map(({ lat, lng }) => [lng + turn, lat]));
    };
    const tellHow = () => explain(pen, pen.words.how_area, ...(corners.length > 2 ? [[pen.words.finish, finish]] : []));
    const add = ({ latlng, originalEvent }) => {
      if (originalEvent && originalEvent.target.closest && originalEvent.target.closest(".leaflet-control, .bb-help")) return;
      const last = corners[corners.length - 1];
      if (last && map.latLngToContainerPoint(last).distanceTo(map.latLngToContainerPoint(latlng)) < 4) {
        if (corners.length > 2) finish();  // pressed twice at one place: done
        return;
      }
      if (corners.length > 2 && map.latLngToContainerPoint(corners[0]).distanceTo(map.latLngToContainerPoint(latlng)) < 12) return finish();
      corners.push(latlng);
      shape.setLatLngs(corners);
      L.circleMarker(latlng, { radius: 5, className: "bb-corner", interactive: false, renderer: L.svg() }).addTo(drawn);
      tellHow();
    };
    map.on("click", add);
    pen.undo.push(() => map.off("click", add));
    tellHow();
  }

  function east(longitude) {
    return ((longitude + 180) % 360 + 360) % 360 - 180;
  }

  return areas;
})();
