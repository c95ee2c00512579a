// Bonebed's part of a map in the browser: the land, the marks of finds, the bubbles that gather them, and one place.
// The Python side calls these functions through maps.basemap.Script. Text reaches the page only as text, never as HTML.

window.bonebedMap = (function () {
  "use strict";

  const PAPER = {
    light: { sea: "#cddfe4", land: "#f2e8d0", coast: "#9a8862", shore: ["#d8e6e8", "#e3eeec"], line: "#bcd2d8", plate: "#8c3b1f", ink: "#2b2a26" },
    dark: { sea: "#0f1d27", land: "#4a4738", coast: "#948a6b", shore: ["#142733", "#1b3442"], line: "#1d313e", plate: "#e8a27c", ink: "#ece7db" },
  };
  const SHORES = [13, 6];  // pixels: the sea grows lighter towards the land, as on engraved maps

  // A canvas whose lines may be drawn with several strokes, one upon the other: to project a coast takes longer than to draw it.
  const Strokes = L.Canvas.extend({
    _fillStroke: function (brush, line) {
      for (const [color, weight] of line.options.strokes || [[line.options.color, line.options.weight]]) {
        const options = Object.assign(Object.create(line.options), { color: color, weight: weight });
        L.Canvas.prototype._fillStroke.call(this, brush, { options: options });
      }
    },
  });

  function shores(paper) {
    return { weight: SHORES[0], strokes: SHORES.map((weight, at) => [paper.shore[at], weight]) };
  }

  // ---- the base map ----------------------------------------------------------------------------------------------

  function base(map, drawing) {
    const container = map.getContainer();
    const paper = drawing.dark ? PAPER.dark : PAPER.light;
    map.bonebedWest = drawing.center_longitude - 180;
    map.bonebedAncient = Boolean(drawing.ancient);
    container.classList.add("bb-map", drawing.dark ? "bb-dark" : "bb-light");
    container.classList.toggle("bb-picking", Boolean(drawing.picking));
    container.setAttribute("role", "region");
    container.setAttribute("aria-label", drawing.words.map);
    limitZoom(map);
    const show = () => drawing.view === "world" ? showWorld(map) : showPlace(map, drawing.view);
    show();  // before there is land, or it would be drawn twice
    drawWorld(map, paper);
    map.bonebedTiled = Boolean(drawing.tiles);
    if (drawing.tiles) L.tileLayer(drawing.tiles[0], { maxZoom: 18, attribution: escaped(drawing.tiles[1]) }).addTo(map);
    const edges = [[-85, map.bonebedWest], [85, map.bonebedWest + 360]];
    map.panInsideBounds(edges, { animate: false }).setMaxBounds(edges);  // which would else drift there, also beneath a pen
    addButtons(map, drawing.words, show);
    if (drawing.scale) L.control.scale({ imperial: false, position: "bottomleft", maxWidth: 90 }).addTo(map);
    if (drawing.legend) addLegend(map, drawing.words);
    if (drawing.ancient) nameLatitudes(map, drawing.words);
    map.bonebedCredit = L.control.attribution({ prefix: false, position: "bottomright" }).addAttribution(escaped(drawing.words.source)).addTo(map);
    turnWheelOnAfterFocus(map);
    focusWithoutScrolling(container);
    if (drawing.keep_view) keepView(map);
    if (drawing.areas) bonebedAreas(map, drawing.words);
    container.addEventListener("pointerdown", () => container.classList.add("bb-pointer"), true);
    container.addEventListener("keydown", () => container.classList.remove("bb-pointer"), true);
  }

  // The smallest zoom at which one world fills the width; no place is then shown twice, and no find is missing beside it.
  // It is kept apart from Leaflet's minZoom, which the clusters need whole and unchanged (markercluster 1.1.0 loses marks else).
  function limitZoom(map) {
    const limit = map._limitZoom;
    map._limitZoom = (zoom) => Math.max(leastZoom(map), limit.call(map, zoom));
    map.on("resize", () => {
      if (map.getZoom() < leastZoom(map)) map.setZoom(leastZoom(map), { animate: false });
    });
  }

  function leastZoom(map) {
    return Math.max(0, Math.ceil(Math.log2(Math.max(map.getSize().x, 1) / 256) * 4) / 4);
  }

  function showWorld(map) {
    map.setView([22, map.bonebedWest + 180], leastZoom(map), { animate: false });
  }

  function showPlace(map, view) {
    map.setView([view[0], wrapped(map, view[1])], Math.max(view[2], leastZoom(map)), { animate: false });
  }

  function drawWorld(map, paper) {
    const pane = groundPane(map, "bonebed-ground", 240);
    const quiet = { interactive: false, renderer: new Strokes({ padding: 0.6, pane: pane }), pane: pane };
    const lines = [];
    for (let east = -330; east <= 510; east += 30) lines.push([[-85, east], [85, east]]);
    for (let north = -60; north <= 60; north += 30) lines.push([[north, -360], [north, 540]]);
    L.polyline(lines, { ...quiet, color: paper.line, weight: 1, noClip: true }).addTo(map);
    if (map.bonebedAncient || !window.bonebedLand) return;
    drawLand(map, map, window.bonebedLand.map((rings) => rings.map((ring) => walked(ring, 100))), paper, quiet);
  }

  // The land lies beneath everything, and what is finer above what is coarser.
  function groundPane(map, name, height) {
    if (!map.getPane(name)) map.createPane(name).style.zIndex = height;
    return name;
  }

  // A line comes as steps from corner to corner, written as an encoded polyline; see maps.encoded_lines.
  function walked(text, perDegree) {
    const line = [];
    let at = 0, x = 0, y = 0;
    const step = () => {
      let number = 0, letter = 32;
      for (let bits = 0; letter >= 32; bits += 5) number |= ((letter = text.charCodeAt(at++) - 63) & 31) << bits;
      return number & 1 ? ~(number >> 1) : number >> 1;
    };
    while (at < text.length) line.push([(x += step()) / perDegree, (y += step()) / perDegree]);
    return line;
  }

  // Every polygon once for each turn of the globe that the map shows. Coasts lie beneath the land, so that no line is seen where pieces of
  // it meet.
  function drawLand(map, target, polygons, paper, quiet) {
    const turned = turnsShown(map).map((turn) => polygons.filter((polygon) => isOnMap(map, polygon[0], turn))
      .map((polygon) => polygon.map((ring) => ring.map(([x, y]) => [y, x + turn]))));
    const coasts = turnsShown(map).flatMap((turn, at) => turned[at].flat().flatMap((ring) => withoutSeams(ring, turn)));
    L.polyline(coasts, { ...quiet, ...shores(paper), strokes: [...shores(paper).strokes, [paper.coast, 2]] }).addTo(target);
    L.polygon(turned.flat(), { ...quiet, color: paper.land, weight: 1, fill: true, fillColor: paper.land, fillOpacity: 1 }).addTo(target);
  }

  function turnsShown(map) {
    return [-360, 0, 360].filter((turn) => turn + 180 > map.bonebedWest && turn - 180 < map.bonebedWest + 360);
  }

  // The edges of the map are those of one world; land that lies beyond them at this turn is not drawn.
  function isOnMap(map, ring, turn) {
    const [west, hair] = [map.bonebedWest - turn, 2];
    return ring.some(([x]) => x > west - hair) && ring.some(([x]) => x < west + 360 + hair);
  }

  // Outlines are closed along the date line and the South Pole; there is no coast there.
  function withoutSeams(ring, turn) {
    const seam = ([y, x]) => Math.abs(x - turn) > 179.98 || y < -89.9;
    return pieces(ring, (corner, before) => seam(corner) && seam(before));
  }

  // A ring in pieces, without the lines that are none, each told by its end and its beginning.
  function pieces(ring, isNone) {
    const found = [[]];
    ring.forEach((corner, at) => {
      if (at && isNone(corner, ring[at - 1])) found.push([]);
      found[found.length - 1].push(corner);
    });
    return found.filter((piece) => piece.length > 1);
  }

  function addButtons(map, words, home) {
    const zoom = L.control.zoom({ position: "topright", zoomInTitle: words.zoom_in, zoomOutTitle: words.zoom_out }).addTo(map);
    const least = () => zoom._zoomOutButton.classList.toggle("leaflet-disabled", map.getZoom() <= leastZoom(map));
    map.on("zoomend resize", least);
    least();
    const Home = L.Control.extend({
      onAdd: function () {
        const bar = L.DomUtil.create("div", "leaflet-bar bb-home");
        const button = L.DomUtil.create("a", "", bar);
        button.href = "#";
        button.title = words.whole;
        button.setAttribute("role", "button");
        button.setAttribute("aria-label", words.whole);
        L.DomUtil.create("span", "", button);
        L.DomEvent.disableClickPropagation(bar);
        L.DomEvent.on(button, "click", (event) => { L.DomEvent.preventDefault(event); home(); });
        return bar;
      },
    });
    new Home({ position: "topright" }).addTo(map);
  }

  function addLegend(map, words) {
    const Legend = L.Control.extend({
      onAdd: function () {
        const box = L.DomUtil.create("div", "bb-legend");
        for (const [kind, word] of [["bb-own", words.museum], ["bb-published", words.published]]) {
          const line = L.DomUtil.create("span", "bb-legend-line", box);
          L.DomUtil.create("i", "bb-mark " + kind, line);
          line.append(word);
        }
        return box;
      },
    });
    new Legend({ position: "bottomleft" }).addTo(map);
  }

  // A wheel that zooms would catch people who scroll the page past the map; it does so once the map is in use.
  function turnWheelOnAfterFocus(map) {
    map.scrollWheelZoom.disable();
    map.on("focus click dragstart zoomstart popupopen", () => map.scrollWheelZoom.enable());
    map.getContainer().addEventListener("mouseleave", () => map.scrollWheelZoom.disable());
  }

  // Leaflet focuses the map when it is pressed. The page around would scroll to it meanwhile, and the click would miss its dot.
  function focusWithoutScrolling(container) {
    container.focus = (options) => HTMLElement.prototype.focus.call(container, { preventScroll: true, ...options });
  }

  // ---- the ancient Earth -----------------------------------------------------------------------------------------

  // Where a find lay north or south says much of its climate; the lines are named along the left edge of the map.
  function nameLatitudes(map, words) {
    const names = [-60, -30, 0, 30, 60].map((north) => {
      const text = north === 0 ? words.equator : Math.abs(north) + "°" + (north > 0 ? "N" : "S");
      const icon = L.divIcon({ className: "bb-latitude", html: escaped(text), iconSize: null });
      return L.marker([north, map.bonebedWest], { icon: icon, interactive: false, keyboard: false }).addTo(map);
    });
    const follow = () => names.forEach((name) => name.setLatLng([name.getLatLng().lat, map.getBounds().getWest()]));
    map.on("moveend", follow);
    follow();
  }

  // Land of one age, and today's borders carried along with it; laid beneath the finds of the same layer.
  function ancient(layer, earth) {
    onceOnMap(layer, (map) => drawAncient(map, layer, earth));
  }

  function drawAncient(map, layer, earth) {
    const paper = earth.dark ? PAPER.dark : PAPER.light;
    const quiet = { interactive: false, renderer: new Strokes({ padding: 0.6 }) };
    drawLand(map, layer, earth.land, paper, quiet);
    for (const turn of turnsShown(map)) {
      const moved = (lines) => lines.map((line) => line.map(([x, y]) => [y, x + turn]));
      L.polyline(moved(earth.borders), { ...quiet, color: paper.coast, weight: 0.7, dashArray: "2 3" }).addTo(layer);
      L.polyline(moved(earth.plates), { ...quiet, color: paper.plate, weight: 1 }).addTo(layer);
    }
    for (const [from, to] of earth.apart) drawApart(map, layer, from, to, paper, quiet);
  }

  // From where the model puts a find to where another one does; the end is a small square.
  function drawApart(map, layer, [x, y], [u, v], paper, quiet) {
    const start = wrapped(map, x);
    const end = u + 360 * Math.round((start - u) / 360);
    L.polyline([[y, start], [v, end]], { ...quiet, color: paper.ink, weight: 1.2 }).addTo(layer);
    const icon = L.divIcon({ className: "bb-elsewhere", iconSize: [9, 9] });
    L.marker([v, end], { icon: icon, interactive: false, keyboard: false }).addTo(layer);
  }

  // ---- finds -----------------------------------------------------------------------------------------------------

  const FindMarker = L.Marker.extend({
    onAdd: function (map) {
      L.Marker.prototype.onAdd.call(this, map);
      const element = this.getElement();
      element.setAttribute("aria-label", this.options.label);
      element.addEventListener("focus", () => this.fire("mouseover", { latlng: this.getLatLng() }, true));
      element.addEventListener("blur", () => this.fire("mouseout", {}, true));
    },
  });

  function finds(layer, found) {
    onceOnMap(layer, (map) => {
      go(map, found.go);
      drawArea(map, layer, found.area);
      drawFinds(map, layer, found);
    });
  }

  function drawFinds(map, layer, found) {
    const group = found.gathered === false ? L.featureGroup() : clusters(map, found);
    const icons = found.palette.map((color) => ["bb-published", "bb-own"].map((kind) => markIcon(kind, color)));
    const marks = found.rows.map(([id, latitude, longitude, title, subtitle, color, own, href]) =>
      new FindMarker([onMap(latitude), wrapped(map, longitude)], {
        icon: icons[color][own],
        own: own,
        color: color,
        label: plain(title) + ". " + subtitle + ". " + (own ? found.words.museum : found.words.published),
        find: { id: id, title: title, subtitle: subtitle, href: href },
      })
    );
    if (group.addLayers) group.addLayers(marks);
    else marks.forEach((mark) => group.addLayer(mark));
    group.bindPopup((marker) => popup(marker.options.find, found.words), { minWidth: 170, maxWidth: 260 });
    group.on("popupopen", ({ popup: opened }) => {
      opened.getElement().querySelector(".leaflet-popup-close-button").setAttribute("aria-label", found.words.close);
    });
    addTooltip(group);
    clickWithEnter(group);
    group.addTo(layer);
    return group;
  }

  function clusters(map, found) {
    const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    const group = L.markerClusterGroup({
      maxClusterRadius: 42,
      showCoverageOnHover: false,
      spiderfyDistanceMultiplier: 1.3,
      animate: !still,
      spiderLegPolylineOptions: { weight: 1, color: found.color, opacity: 0.9 },
      iconCreateFunction: (cluster) => bubbleOfCluster(cluster, found, small(map)),
    });
    group.on("clusterclick clusterkeypress", (event) => {
      const key = event.originalEvent && event.originalEvent.key;
      if (key && key !== "Enter") return;
      tell(map, "finds=" + event.layer.getAllChildMarkers().map((mark) => encodeURIComponent(mark.options.find.id)).join(","));
    });
    return group;
  }

  function small(map) {
    return map.getSize().x < 600 ? 0.88 : 1;
  }

  function markIcon(kind, color) {
    return L.divIcon({
      className: "bb-find",
      html: '<i class="bb-mark ' + kind + '" style="--bb:' + color + '"></i>',
      iconSize: [24, 24],
      popupAnchor: [0, -6],
    });
  }

  function bubbleOfCluster(cluster, found, scale) {
    const [color, ink] = found.inks ? [found.palette, found.inks].map((list) => list[mostFrequent(cluster)]) : [found.color, found.ink];
    return bubble(cluster.getChildCount(), holdsOwn(cluster), color, ink, found.words, scale);
  }

  // A bubble is filled when it holds a specimen of the museum and hollow when it holds published finds only, as the marks are.
  function bubble(count, own, color, ink, words, scale) {
    const size = Math.round(scale * (count < 10 ? 28 : count < 100 ? 34 : count < 1000 ? 42 : count < 1e5 ? 50 : 58));
    const number = L.DomUtil.create("span", own ? "bb-own" : "bb-published");
    number.style.setProperty("--bb", color);
    number.style.setProperty("--bb-ink", ink);
    number.append(count < 1e6 ? String(count) : (count / 1e6).toFixed(2) + "M");
    L.DomUtil.create("span", "bb-unseen", number).append(" " + words.finds);
    return L.divIcon({ className: "bb-bubble", html: number.outerHTML, iconSize: [size, size] });
  }

  function mostFrequent(cluster) {
    const counts = new Map();
    for (const mark of cluster.getAllChildMarkers()) counts.set(mark.options.color, (counts.get(mark.options.color) || 0) + 1);
    return [...counts].sort(([one, a], [other, b]) => b - a || one - other)[0][0];
  }

  function holdsOwn(cluster) {
    if (cluster.bonebedCount !== cluster.getChildCount()) {
      cluster.bonebedCount = cluster.getChildCount();
      cluster.bonebedOwn = cluster._markers.some((marker) => marker.options.own) || cluster._childClusters.some(holdsOwn);
    }
    return cluster.bonebedOwn;
  }

  function addTooltip(group) {
    const tip = L.tooltip({ direction: "top", offset: [0, -10], className: "bb-tip" });
    group.on("mouseover", (event) => {
      const marker = event.propagatedFrom || event.layer;
      if (!group._map || !marker || !marker.options.find) return;
      tip.setContent(heading(marker.options.find)).setLatLng(marker.getLatLng());
      group._map.openTooltip(tip);
    });
    group.on("mouseout remove click popupopen", () => tip.remove());
  }

  // Leaflet opens the popup of a marker on Enter but tells nobody of a click; streamlit-folium only hears clicks.
  function clickWithEnter(group) {
    group.off("keypress", group._onKeyPress, group);
    group.on("keypress", (event) => {
      if (event.originalEvent.key !== "Enter") return;
      const marker = event.propagatedFrom || event.layer;
      marker.fire("click", { latlng: marker.getLatLng(), originalEvent: event.originalEvent }, true);
    });
  }

  // streamlit-folium gives Python the text of the popup. Its first words, which nobody sees, say which find it is.
  function popup(find, words) {
    const box = L.DomUtil.create("div", "bb-popup");
    const id = L.DomUtil.create("span", "bb-unseen", box);
    id.setAttribute("aria-hidden", "true");
    id.append("occurrence=" + encodeURIComponent(find.id) + "; ");
    box.append(heading(find));
    if (find.href) {
      const link = L.DomUtil.create("a", "", box);
      link.href = find.href;
      link.target = "_blank";  // Streamlit's frame may open a page, not replace the one around it
      link.rel = "noopener";
      link.append(words.open);
      if (!/^https?:$/.test(link.protocol)) link.remove();
    }
    return box;
  }

  function heading(find) {
    const box = L.DomUtil.create("div", "bb-heading");
    const title = L.DomUtil.create("strong", "", box);
    italics(find.title).forEach((piece) => title.append(piece));
    if (find.subtitle) L.DomUtil.create("span", "", box).append(find.subtitle);
    return box;
  }

  // Words between asterisks are Latin names.
  function italics(text) {
    const pieces = text.split("*");
    if (pieces.length % 2 === 0) return [text];
    return pieces.map((piece, at) => {
      if (at % 2 === 0) return piece;
      const name = document.createElement("em");
      name.append(piece);
      return name;
    });
  }

  function plain(text) {
    return italics(text).map((piece) => piece.textContent ?? piece).join("");
  }

  // ---- what the page is told, and tells ---------------------------------------------------------------------------

  // streamlit-folium gives Python the text of the popup of whatever was clicked or drawn last; here it gets ours.
  let told = 0;
  function tell(map, text) {
    const content = { innerText: text + "; " + (told += 1) };
    const messenger = { _popup: { _content: content }, getPopup: () => ({ getContent: () => content }) };
    map.fire("draw:created", { sourceTarget: messenger, latlng: null });
  }

  // Where somebody wants to be taken: a place that was looked up, or the view of a link. Each wish moves the map once.
  function go(map, wish) {
    if (!wish || wish.turn <= (map.bonebedTurn ?? -1)) return;
    map.bonebedTurn = wish.turn;
    if (wish.bounds) {
      const [[south, west], [north, east]] = wish.bounds;
      const from = wrapped(map, west);
      map.fitBounds([[south, from], [north, from + (east - west)]], { maxZoom: 7, animate: false, padding: [30, 30] });
    } else if (wish.view) showPlace(map, wish.view);
  }

  // The view becomes part of the page's address, so that its link opens the same view; no run of the page is needed for that.
  function keepView(map) {
    map.on("moveend", () => {
      const { lat, lng } = map.getCenter();
      try {
        const page = new URL(window.parent.location.href);
        const east = ((lng + 180) % 360 + 360) % 360 - 180;
        page.searchParams.set("view", [lat.toFixed(2), east.toFixed(2), map.getZoom().toFixed(2)].join(","));
        window.parent.history.replaceState(window.parent.history.state, "", page);
      } catch (error) { /* a map in a page of somebody else's keeps its view to itself */ }
    });
  }

  function drawArea(map, layer, outline) {
    if (!outline) return;
    for (const turn of turnsShown(map)) {
      const ring = outline.map(([x, y]) => [y, x + turn]);
      L.polygon(ring, { className: "bb-area", interactive: false, renderer: L.svg() }).addTo(layer);
    }
  }

  // Borders are fetched once somebody wants them. Where the finer land is there, its own are drawn instead.
  function borders(layer, { url, dark }) {
    onceOnMap(layer, (map) => {
      const paper = dark ? PAPER.dark : PAPER.light;
      const quiet = { interactive: false, renderer: L.canvas({ padding: 0.6 }), color: paper.coast, weight: 1, dashArray: "3 3" };
      const drawn = L.layerGroup().addTo(layer);
      const draw = () => {
        const finer = map.bonebedFiner;
        const lines = finer?.complete ? [...finer.squares.values()].flatMap((square) => square.borders || []) : window.bonebedBorders;
        drawn.clearLayers();
        for (const turn of turnsShown(map)) {
          L.polyline((lines || []).map((line) => line.map(([x, y]) => [y, x + turn])), quiet).addTo(drawn);
        }
      };
      map.on("bonebed:ground", draw);
      layer.once("remove", () => map.off("bonebed:ground", draw));
      draw();
      if (window.bonebedBorders) return;
      const script = document.createElement("script");
      script.src = url;
      script.onload = () => { if (layer._map) draw(); };
      document.body.append(script);
    });
  }

  // What the reader of a layer that draws itself asked for besides it: a place to be taken to, an area.
  function wishes(layer, given) {
    onceOnMap(layer, (map) => {
      go(map, given.go);
      drawArea(map, layer, given.area);
      withoutLegend(map, layer);
    });
  }

  // The legend tells discs from rings; a layer without either does without it.
  function withoutLegend(map, layer) {
    const marks = map.getContainer().classList;
    marks.add("bb-no-marks");
    layer.once("remove", () => marks.remove("bb-no-marks"));
  }

  // ---- formations -------------------------------------------------------------------------------------------------

  // The area over which a formation has yielded finds, with its name and number; a mark alone where all lie together.
  function formations(layer, found) {
    onceOnMap(layer, (map) => {
      go(map, found.go);
      drawArea(map, layer, found.area);
      withoutLegend(map, layer);
      const labels = [];
      for (const { name, label: said, count, color, hull, middle } of found.formations) {
        for (const turn of turnsShown(map)) {
          const ring = hull.map(([x, y]) => [y, x + turn]);
          const style = { color: color, weight: 2, fillColor: color, fillOpacity: 0.22, renderer: L.svg(), interactive: false };
          if (ring.length > 2) L.polygon(ring, style).addTo(layer);
          else if (ring.length === 2) L.polyline(ring, style).addTo(layer);
        }
        const label = L.DomUtil.create("span", "");
        label.style.setProperty("--bb", color);
        label.append(said, " ");
        L.DomUtil.create("b", "", label).append(String(count));
        const icon = L.divIcon({ className: "bb-formation", html: label.outerHTML, iconSize: null });
        const mark = L.marker([onMap(middle[1]), wrapped(map, middle[0])], { icon: icon, alt: said, riseOnHover: true }).addTo(layer);
        mark.bindTooltip(label.innerHTML, { className: "bb-tip", direction: "top", offset: [0, -8] });
        mark.getElement().setAttribute("aria-label", said + ": " + count);
        labels.push(mark);
        mark.on("click", () => tell(map, "formation=" + encodeURIComponent(name)));
        mark.on("keypress", (event) => { if (event.originalEvent.key === "Enter") tell(map, "formation=" + encodeURIComponent(name)); });
      }
      const thin = () => makeRoom(map, labels);
      const sized = new ResizeObserver(thin);  // names have no size until the frame is seen and its style sheet is there
      if (labels.length) sized.observe(labels[0].getElement().firstChild);
      map.on("moveend resize", thin);
      layer.once("remove", () => {
        map.off("moveend resize", thin);
        sized.disconnect();
      });
    });
  }

  function meet(one, other) {
    return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
  }

  // A name that would lie on that of a formation with more finds waits as a dot beneath the names until one comes nearer. A name at the
  // edge of the map is moved until it can be read.
  function makeRoom(map, labels) {
    const taken = [], edge = map.getContainer().getBoundingClientRect();
    for (const mark of labels) {
      const element = mark.getElement(), name = element.firstChild;
      element.classList.remove("bb-crowded");
      name.style.marginLeft = "";
      const free = name.getBoundingClientRect(), isSeen = free.left < edge.right && free.right > edge.left;
      const aside = isSeen ? Math.max(0, edge.left + 4 - free.left) - Math.max(0, free.right + 4 - edge.right) : 0;
      if (aside) name.style.marginLeft = aside + "px";
      const box = aside ? name.getBoundingClientRect() : free;
      const crowded = taken.some((other) => meet(box, other));
      element.classList.toggle("bb-crowded", crowded);
      if (crowded) name.style.marginLeft = "";
      mark.setZIndexOffset(crowded ? -1000 : 0);
      if (!crowded) taken.push(box);
    }
  }

  // ---- one place -------------------------------------------------------------------------------------------------

  function place(layer, found) {
    onceOnMap(layer, (map) => drawPlace(map, layer, found));
  }

  function drawPlace(map, layer, [latitude, longitude, uncertainty, color]) {
    const middle = [latitude, wrapped(map, longitude)];
    if (uncertainty) {
      const style = { color: color, weight: 2, fillColor: color, fillOpacity: 0.3, interactive: false };
      L.circle(middle, { ...style, radius: uncertainty, renderer: L.svg() }).addTo(layer);
    }
    const mark = L.marker(middle, { interactive: false, keyboard: false });
    const fit = () => mark.setIcon(markIcon(pixels(map, latitude, uncertainty) > 6 ? "bb-middle" : "bb-own", color));
    fit();
    mark.addTo(layer);
    map.on("zoomend", fit);
    mark.on("remove", () => map.off("zoomend", fit));
  }

  // A circle smaller than the mark would be hidden by it; then there is the mark alone until one comes near.
  function pixels(map, latitude, meters) {
    const across = 40075017 * Math.cos((latitude * Math.PI) / 180);
    return ((meters || 0) / across) * 256 * 2 ** map.getZoom();
  }

  // ---- small things ----------------------------------------------------------------------------------------------

  // Folium fills a layer before it lays it on the map.
  function onceOnMap(layer, draw) {
    forgetRemoved();
    if (layer instanceof L.Map) draw(layer);
    else if (layer._map) draw(layer._map);
    else layer.once("add", () => draw(layer._map));
  }

  // The map ends near the poles; what was found there stands at its edge.
  function onMap(latitude) {
    return Math.max(-84.5, Math.min(84.5, latitude));
  }

  function wrapped(map, longitude) {
    return ((longitude - map.bonebedWest) % 360 + 360) % 360 + map.bonebedWest;
  }

  // streamlit-folium keeps every layer that it ever removed; over a long lesson that would fill the memory.
  function forgetRemoved() {
    if (window.feature_group) window.feature_group = window.feature_group.filter((layer) => layer._map);
  }

  function escaped(text) {
    const box = document.createElement("span");
    box.append(text);
    return box.innerHTML;
  }

  return {
    base, ancient, finds, place, borders, formations, wishes,
    shared: { PAPER, Strokes, bubble, drawArea, drawFinds, go, groundPane, meet, onceOnMap, onMap, pieces, shores, small, tell, turnsShown, walked, wrapped },
  };
})();
