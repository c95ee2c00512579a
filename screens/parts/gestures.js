// What hand, wheel and keys do to a picture or a scan: drag, zoom, start again. `view` has drag(dx, dy, moves), zoom(factor, x, y) and reset().
function gestures(stage, view) {
  const fingers = new Map();
  const middle = () => {
    const all = [...fingers.values()];
    const x = all.reduce((sum, one) => sum + one.x, 0) / all.length;
    const y = all.reduce((sum, one) => sum + one.y, 0) / all.length;
    return { x, y, apart: all.length > 1 ? Math.hypot(all[0].x - all[1].x, all[0].y - all[1].y) : 0 };
  };
  const inside = (point) => {
    const box = stage.getBoundingClientRect();
    return [point.x - box.left - box.width / 2, point.y - box.top - box.height / 2];
  };
  stage.onpointerdown = (event) => {
    if (event.target.closest("button")) return;
    stage.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  };
  stage.onpointermove = (event) => {
    if (!fingers.has(event.pointerId)) return;
    const before = middle();
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    const now = middle();
    view.drag(now.x - before.x, now.y - before.y, fingers.size > 1 || event.shiftKey || event.buttons === 2);
    if (before.apart && now.apart) view.zoom(now.apart / before.apart, ...inside(now));
  };
  stage.onpointerup = stage.onpointercancel = (event) => fingers.delete(event.pointerId);
  stage.oncontextmenu = (event) => event.preventDefault();
  stage.onwheel = (event) => {
    event.preventDefault();
    view.zoom(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0018)), ...inside({ x: event.clientX, y: event.clientY }));
  };
  stage.ondblclick = (event) => view.zoom(2, ...inside({ x: event.clientX, y: event.clientY }));
  stage.onkeydown = (event) => {
    const step = 40;
    const moves = { ArrowLeft: [step, 0], ArrowRight: [-step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] };
    if (moves[event.key]) view.drag(...moves[event.key], event.shiftKey);
    else if (event.key === "+" || event.key === "=") view.zoom(1.3, 0, 0);
    else if (event.key === "-") view.zoom(1 / 1.3, 0, 0);
    else if (event.key === "0") view.reset();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
}
