// Choosing what a photograph is about: a click marks a point, a drag draws a box, arrow keys move it, Backspace takes it away.
export default function ({ parentElement, data, setStateValue }) {
  const frame = parentElement.querySelector(".focus-frame");
  if (frame.dataset.src !== data.src) {
    frame.dataset.src = data.src;
    frame.innerHTML = '<div class="focus-stage" tabindex="0" role="application"><img draggable="false"><i hidden></i></div>';
    frame.querySelector("img").src = data.src;
    frame.given = data.focus || [];
  }
  const stage = frame.querySelector(".focus-stage");
  const mark = frame.querySelector("i");
  stage.setAttribute("aria-label", data.label);
  frame.querySelector("img").alt = data.label;
  let [focus, from] = [frame.given, null];
  const draw = () => {
    const [x = 0, y = 0, w = 0, h = 0] = focus;
    mark.hidden = !focus.length;
    mark.className = w ? "focus-box" : "focus-point";
    mark.style.cssText = `left:${100 * (x - w / 2)}%;top:${100 * (y - h / 2)}%;width:${100 * w}%;height:${100 * h}%`;
  };
  const choose = (next, final) => {
    focus = frame.given = next;
    draw();
    if (final) setStateValue("focus", next.map((part) => Math.round(part * 1e4) / 1e4));
  };
  const at = (event) => {
    const box = stage.getBoundingClientRect();
    const part = (value) => Math.min(1, Math.max(0, value));
    return [part((event.clientX - box.left) / box.width), part((event.clientY - box.top) / box.height)];
  };
  const drawn = (to) => {
    const [w, h] = [Math.abs(to[0] - from[0]), Math.abs(to[1] - from[1])];
    return w < 0.02 || h < 0.02 ? to : [(to[0] + from[0]) / 2, (to[1] + from[1]) / 2, w, h];
  };
  stage.onpointerdown = (event) => {
    stage.setPointerCapture(event.pointerId);
    from = at(event);
  };
  stage.onpointermove = (event) => { if (from) choose(drawn(at(event)), false); };
  stage.onpointerup = (event) => {
    if (!from) return;
    choose(drawn(at(event)), true);
    from = null;
  };
  stage.onpointercancel = () => { from = null; };
  stage.onkeydown = (event) => {
    const moves = { ArrowLeft: [-0.02, 0], ArrowRight: [0.02, 0], ArrowUp: [0, -0.02], ArrowDown: [0, 0.02] };
    const [dx, dy] = moves[event.key] || [];
    if (event.key === "Backspace" || event.key === "Delete") choose([], true);
    else if (dx === undefined) return;
    else {
      const [x, y, ...size] = focus.length ? focus : [0.5, 0.5];
      choose([Math.min(1, Math.max(0, x + dx)), Math.min(1, Math.max(0, y + dy)), ...size], true);
    }
    event.preventDefault();
  };
  draw();
}
