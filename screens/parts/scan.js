// Draws GLB and STL scans with WebGL 2: surfaces, their colours and one texture each, lit from the eye. Drawn when something changes, not all the time.
const SIZES = { SCALAR: 1, VEC2: 2, VEC3: 3, VEC4: 4 };
const VERTEX = `#version 300 es
in vec3 position; in vec3 normal; in vec2 place; in vec4 color;
uniform mat4 model, world, seen;
out vec3 at, facing; out vec2 uv; out vec4 tint;
void main() {
  vec4 stands = world * model * vec4(position, 1.0);
  at = stands.xyz; uv = place; tint = color;
  facing = mat3(world) * (transpose(inverse(mat3(model))) * normal);
  gl_Position = seen * stands;
}`;
const FRAGMENT = `#version 300 es
precision highp float;
in vec3 at, facing; in vec2 uv; in vec4 tint;
uniform bool smooth_, textured; uniform sampler2D picture; uniform vec4 base;
out vec4 drawn;
void main() {
  vec3 n = normalize(smooth_ ? facing : cross(dFdx(at), dFdy(at)));
  vec3 eye = normalize(-at);
  if (dot(n, eye) < 0.0) n = -n;
  vec4 own = base * tint * (textured ? texture(picture, uv) : vec4(1.0));
  float lamp = max(dot(n, normalize(vec3(-0.45, 0.6, 0.9))), 0.0);
  float shine = pow(max(dot(n, normalize(eye + normalize(vec3(-0.45, 0.6, 0.9)))), 0.0), 30.0);
  drawn = vec4(own.rgb * (0.28 + 0.16 * (n.y + 1.0) + 0.62 * lamp) + 0.08 * shine, 1.0);
}`;
const times = (a, b) => Float32Array.from({ length: 16 }, (_, i) =>
  [0, 1, 2, 3].reduce((sum, k) => sum + a[k * 4 + (i % 4)] * b[(i >> 2) * 4 + k], 0));
const unit = () => Float32Array.of(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1);

function readStl(data) {
  const view = new DataView(data);
  const triangles = view.getUint32(80, true);
  const corners = new Float32Array(triangles * 9);
  for (let facet = 0; facet < triangles; facet++)
    for (let number = 0; number < 9; number++) corners[facet * 9 + number] = view.getFloat32(84 + facet * 50 + 12 + number * 4, true);
  const upright = Float32Array.of(1, 0, 0, 0, 0, 0, -1, 0, 0, 1, 0, 0, 0, 0, 0, 1); // STL has z upwards
  return { parts: [{ model: upright, corners, count: triangles * 3, base: [0.82, 0.78, 0.7, 1] }] };
}

function placeOf(node) {
  if (node.matrix) return Float32Array.from(node.matrix);
  const [x, y, z, w] = node.rotation || [0, 0, 0, 1];
  const [sx, sy, sz] = node.scale || [1, 1, 1];
  const [tx, ty, tz] = node.translation || [0, 0, 0];
  return Float32Array.of(
    (1 - 2 * (y * y + z * z)) * sx, 2 * (x * y + z * w) * sx, 2 * (x * z - y * w) * sx, 0,
    2 * (x * y - z * w) * sy, (1 - 2 * (x * x + z * z)) * sy, 2 * (y * z + x * w) * sy, 0,
    2 * (x * z + y * w) * sz, 2 * (y * z - x * w) * sz, (1 - 2 * (x * x + y * y)) * sz, 0, tx, ty, tz, 1);
}

function readGlb(data) {
  const length = new DataView(data).getUint32(12, true);
  const gltf = JSON.parse(new TextDecoder().decode(new Uint8Array(data, 20, length)));
  const start = 28 + length;
  const bytesOf = (number) => {
    const view = gltf.bufferViews[number];
    return new Uint8Array(data, start + view.byteOffset, view.byteLength);
  };
  const parts = [];
  const walk = (number, model) => {
    const node = gltf.nodes[number];
    const here = times(model, placeOf(node));
    for (const surface of node.mesh === undefined ? [] : gltf.meshes[node.mesh].primitives) {
      const material = gltf.materials?.[surface.material] || {};
      const own = material.pbrMetallicRoughness || {};
      const texture = gltf.textures?.[own.baseColorTexture?.index];
      const image = own.baseColorTexture?.texCoord ? undefined : gltf.images?.[texture?.source];
      const named = (name) => gltf.accessors[surface.attributes[name]];
      const indices = gltf.accessors[surface.indices];
      parts.push({
        model: here, mode: surface.mode, position: named("POSITION"), normal: named("NORMAL"), place: named("TEXCOORD_0"),
        color: named("COLOR_0"), indices, count: (indices || named("POSITION")).count, base: own.baseColorFactor || [1, 1, 1, 1],
        image: image && new Blob([bytesOf(image.bufferView)], { type: image.mimeType }), imageKey: texture?.source,
      });
    }
    for (const child of node.children || []) walk(child, here);
  };
  for (const root of gltf.scenes[gltf.scene || 0].nodes || []) walk(root, unit());
  return { parts, bytesOf, views: gltf.bufferViews };
}

function cornersOf(scan, part) {
  if (part.corners) return (number) => part.corners.subarray(number * 3, number * 3 + 3);
  const { bufferView, byteOffset = 0, componentType: type } = part.position;
  const bytes = scan.bytesOf(bufferView);
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const read = { 5120: "getInt8", 5121: "getUint8", 5122: "getInt16", 5123: "getUint16", 5125: "getUint32", 5126: "getFloat32" }[type];
  const size = { 5120: 1, 5121: 1, 5122: 2, 5123: 2, 5125: 4, 5126: 4 }[type];
  const most = part.position.normalized ? { 5120: 127, 5121: 255, 5122: 32767, 5123: 65535 }[type] : 1;
  const stride = scan.views[bufferView].byteStride || size * 3;
  if (type === 5126 && stride === 12) {
    const numbers = new Float32Array(bytes.buffer, bytes.byteOffset + byteOffset, part.position.count * 3);
    return (number) => numbers.subarray(number * 3, number * 3 + 3);
  }
  return (number) => [0, 1, 2].map((axis) => view[read](byteOffset + number * stride + axis * size, true) / most);
}

function extentOf(scan) {
  const [low, high] = [[Infinity, Infinity, Infinity], [-Infinity, -Infinity, -Infinity]];
  for (const part of scan.parts) {
    const corner = cornersOf(scan, part);
    const corners = part.position ? part.position.count : part.count;
    const m = part.model;
    for (let number = 0; number < corners; number++) {
      const [x, y, z] = corner(number);
      for (let axis = 0; axis < 3; axis++) {
        const at = m[axis] * x + m[4 + axis] * y + m[8 + axis] * z + m[12 + axis];
        if (at < low[axis]) low[axis] = at;
        if (at > high[axis]) high[axis] = at;
      }
    }
  }
  return { center: low.map((value, axis) => (value + high[axis]) / 2), radius: Math.hypot(...low.map((value, axis) => high[axis] - value)) / 2 || 1 };
}

function program(gl) {
  const made = gl.createProgram();
  for (const [kind, text] of [[gl.VERTEX_SHADER, VERTEX], [gl.FRAGMENT_SHADER, FRAGMENT]]) {
    const shader = gl.createShader(kind);
    gl.shaderSource(shader, text);
    gl.compileShader(shader);
    gl.attachShader(made, shader);
  }
  ["position", "normal", "place", "color"].forEach((name, at) => gl.bindAttribLocation(made, at, name));
  gl.linkProgram(made);
  if (!gl.getProgramParameter(made, gl.LINK_STATUS)) throw new Error(gl.getProgramInfoLog(made));
  return made;
}

function upload(gl, scan, draw) {
  const [buffers, textures] = [new Map(), new Map()];
  const buffer = (target, number, bytes) => {
    const key = `${target} ${number}`;
    if (!buffers.has(key)) {
      buffers.set(key, gl.createBuffer());
      gl.bindBuffer(target, buffers.get(key));
      gl.bufferData(target, bytes, gl.STATIC_DRAW);
    }
    gl.bindBuffer(target, buffers.get(key));
  };
  scan.parts.forEach((part, number) => {
    part.array = gl.createVertexArray();
    gl.bindVertexArray(part.array);
    ["position", "normal", "place", "color"].forEach((name, at) => {
      const from = part[name];
      if (!from) return;
      buffer(gl.ARRAY_BUFFER, from.bufferView, scan.bytesOf(from.bufferView));
      const integer = from.componentType !== gl.FLOAT;
      gl.enableVertexAttribArray(at);
      gl.vertexAttribPointer(at, SIZES[from.type], from.componentType, integer && Boolean(from.normalized), scan.views[from.bufferView].byteStride || 0, from.byteOffset || 0);
    });
    if (part.corners) {
      buffer(gl.ARRAY_BUFFER, `corners ${number}`, part.corners);
      gl.enableVertexAttribArray(0);
      gl.vertexAttribPointer(0, 3, gl.FLOAT, false, 0, 0);
    }
    if (part.indices) buffer(gl.ELEMENT_ARRAY_BUFFER, part.indices.bufferView, scan.bytesOf(part.indices.bufferView));
    gl.bindVertexArray(null);
    if (!part.image) return;
    if (!textures.has(part.imageKey)) {
      textures.set(part.imageKey, createImageBitmap(part.image).then((bitmap) => {
        const texture = gl.createTexture();
        gl.bindTexture(gl.TEXTURE_2D, texture);
        gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, bitmap);
        gl.generateMipmap(gl.TEXTURE_2D);
        return texture;
      }));
    }
    textures.get(part.imageKey).then((texture) => { part.texture = texture; draw(); }, () => {});
  });
}

function camera(turn, tilt, distance, shift, extent, aspect) {
  const [c, s, ct, st] = [Math.cos(turn), Math.sin(turn), Math.cos(tilt), Math.sin(tilt)];
  const turned = times(Float32Array.of(1, 0, 0, 0, 0, ct, st, 0, 0, -st, ct, 0, 0, 0, 0, 1), Float32Array.of(c, 0, -s, 0, 0, 1, 0, 0, s, 0, c, 0, 0, 0, 0, 1));
  const [to, back] = [unit(), unit()];
  extent.center.forEach((value, axis) => { to[12 + axis] = -value; });
  [shift[0], shift[1], -distance].forEach((value, axis) => { back[12 + axis] = value; });
  const [near, far, f] = [Math.max(distance - extent.radius * 1.5, distance / 200), distance + extent.radius * 3, 1 / Math.tan(0.35)];
  const seen = Float32Array.of(f / aspect, 0, 0, 0, 0, f, 0, 0, 0, 0, (far + near) / (near - far), -1, 0, 0, (2 * far * near) / (near - far), 0);
  return [times(back, times(turned, to)), seen];
}

function showScan(stage, item, tell) {
  const canvas = document.createElement("canvas");
  const gl = canvas.getContext("webgl2", { antialias: true });
  const nothing = { drag() {}, zoom() {}, reset() {}, resize() {}, close() {}, hasFocus: false };
  stage.replaceChildren(canvas);
  if (!gl) { stage.replaceChildren(); tell("no-webgl"); return nothing; }
  let [scan, extent, used, turn, tilt, closeness, shift, asked] = [null, null, null, 0.6, 0.35, 1, [0, 0], 0];
  const draw = () => {
    if (!asked && scan) asked = requestAnimationFrame(() => { asked = 0; paint(); });
  };
  const paint = () => {
    const [width, height] = [stage.clientWidth, stage.clientHeight];
    if (!width || !height) return;
    [canvas.width, canvas.height] = [width * devicePixelRatio, height * devicePixelRatio];
    gl.viewport(0, 0, canvas.width, canvas.height);
    gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
    const aspect = width / height;
    const [world, seen] = camera(turn, tilt, (extent.radius * 3.1) / Math.min(1, aspect) / closeness, shift, extent, aspect);
    const at = (name) => gl.getUniformLocation(used, name);
    gl.uniformMatrix4fv(at("world"), false, world);
    gl.uniformMatrix4fv(at("seen"), false, seen);
    for (const part of scan.parts) {
      gl.bindVertexArray(part.array);
      gl.uniformMatrix4fv(at("model"), false, part.model);
      gl.uniform4fv(at("base"), part.base);
      gl.uniform1i(at("smooth_"), part.normal ? 1 : 0);
      gl.uniform1i(at("textured"), part.texture ? 1 : 0);
      gl.bindTexture(gl.TEXTURE_2D, part.texture || null);
      gl.vertexAttrib4f(3, 1, 1, 1, 1);
      if (part.indices) gl.drawElements(part.mode ?? 4, part.count, part.indices.componentType, part.indices.byteOffset || 0);
      else gl.drawArrays(part.mode ?? 4, 0, part.count);
    }
  };
  tell("loading");
  fetch(item.full, { credentials: "same-origin" })
    .then((answer) => { if (!answer.ok) throw new Error(answer.status); return answer.arrayBuffer(); })
    .then((data) => {
      const read = item.format === "glb" ? readGlb(data) : readStl(data);
      extent = extentOf(read);
      used = program(gl);
      gl.useProgram(used);
      gl.enable(gl.DEPTH_TEST);
      scan = read;
      upload(gl, scan, draw);
      tell("");
      draw();
    })
    .catch(() => tell("broken"));
  return {
    drag: (dx, dy, moves) => {
      const size = (extent?.radius || 1) * 2.4 / closeness / stage.clientHeight;
      if (moves) shift = [shift[0] + dx * size, shift[1] - dy * size];
      else [turn, tilt] = [turn + dx * 0.008, Math.min(1.57, Math.max(-1.57, tilt + dy * 0.008))];
      draw();
    },
    zoom: (factor) => { closeness = Math.min(40, Math.max(0.3, closeness * factor)); draw(); },
    reset: () => { [turn, tilt, closeness, shift] = [0.6, 0.35, 1, [0, 0]]; draw(); },
    resize: draw,
    hasFocus: false,
    close: () => { scan = null; gl.getExtension("WEBGL_lose_context")?.loseContext(); },
  };
}
