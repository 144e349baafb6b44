// One panel: axes, curves, stretches without a steady state, a map, and values under the pointer. Its own
// SVG, written anew at each update, which takes less than a millisecond. To be read beside kit/svg.py.
//
// A scene is plain data, in the units of the axes:
//   x, y: { low, high, logarithmic, label }     label: a symbol as SVG, from labels.js
//   title: words above
//   lines: [{ x, y, look, faint, pin, plain, area }] look: { light, dark, dashes, label }; plain: no dot on its peak;
//                                               pin: a letter, by which a thin line was pinned;
//                                               area: filled down to the axis, or inside of a closed line
//   lanes: [{ look, spans: [[from, to], ...] }] where a line has no steady state
//   rule: a place on x that is marked
//   image, cells: the address of a map's picture, and how many cells it has on a side
//   dot: [x, y]
//   grips: [{ names, at, shift }], fields that are set by hand: see grips.js
//   band: [from, to] on x, hatched
//   squares: [{ x, y, colour }], one unit wide
//   flags: [{ x, name, value, look }], names and numbers above the panel, with a line down to their places
//   notes: [{ x, y, text }], words at places
//   equal: whether a unit is as long on both axes
//   clouds: [{ points: [[x, y], ...], look, faint }] and spots: [{ x, y, look }], small dots and large ones

omcore.plot = (() => {
  "use strict";

  const { escape, number, spread } = omcore.labels;
  const INK = "#1a1a1a", GRID = "#e2e2e2", FONT = 12;
  const LANE = 9, FLAG = 50, ROOM = 52; // pixels: height of a stretch and of flags, width of a flag
  const NEUTRAL = { light: "#8a8a8a", dark: "#9a9a9a", dashes: [], label: "" }; // of what is no one line's
  const FAR = 1e4; // pixels; beyond it browsers draw no line
  const DECADES = 6; // of a logarithmic axis, as in kit/curves.py
  let panels = 0;

  // ---- pieces of SVG

  /** An element; underscores become hyphens, undefined leaves an attribute out. */
  function tag(name, attributes, content = "") {
    const given = Object.entries(attributes).map(([key, value]) =>
      (value === undefined ? "" : ` ${key.replace("_", "-")}="${typeof value === "number" ? short(value) : value}"`));
    return `<${name}${given.join("")}>${content}</${name}>`;
  }

  const short = (pixels) => Math.round(10 * pixels) / 10;
  /** A tick with digits enough to tell it from the next; a power of ten alone. */
  function round(tick, { low, high }) {
    const spare = Math.log10(Math.max(Math.abs(low), Math.abs(high)) / (high - low));
    return number(tick, 3 + Math.max(0, Math.floor(spare))).replace(/^1 × /, "");
  }
  const text = (x, y, content, anchor = "middle") => tag("text", { x, y, text_anchor: anchor, fill: INK }, content);
  const path = (name, d, colour = INK) => tag("path", { class: name, d, stroke: colour, fill: "none" });

  /** A colour for white paper, and in the style sheet's hands another for a dark page. */
  const stroke = (look) => ({ stroke: look.light, style: `--dark: ${look.dark}` });
  const fill = (look) => ({ fill: look.light, style: `--dark: ${look.dark}` });

  // ---- axes

  /** 1, 2 or 5 times a power of ten, not below the size given. */
  function roundStep(size) {
    const power = 10 ** Math.floor(Math.log10(size)), ratio = size / power;
    return power * (ratio <= 1 ? 1 : ratio <= 2 ? 2 : ratio <= 5 ? 5 : 10);
  }

  /** Ends of an axis for numbers from low to high: zero is inside, and they move by whole ticks only. */
  function ends(low, high) {
    if (low === high) high = low === 0 ? 1 : Math.max(low, 0);
    low = Math.min(low, 0);
    const step = roundStep((high - low) / 6);
    return { low: step * Math.floor(low / step) + 0, high: step * Math.ceil((1.02 * high) / step) };
  }

  /** Ends of a logarithmic axis: whole decades below a number; what is zero has no place on it. */
  function decades(high) {
    const top = high > 0 ? Math.ceil(Math.log10(high)) : 0;
    return { low: 10 ** (top - DECADES), high: 10 ** top, logarithmic: true };
  }

  /** The two axes of so many pixels with units of one length: the one with room to spare reaches farther. */
  function alike([x, across], [y, up]) {
    const unit = Math.max((x.high - x.low) / across, (y.high - y.low) / up);
    const around = (axis, pixels) => {
      const middle = (axis.low + axis.high) / 2, half = (unit * pixels) / 2;
      return { ...axis, low: middle - half, high: middle + half };
    };
    return { x: around(x, across), y: around(y, up) };
  }

  /** Round numbers on an axis, about so many; on a logarithmic one 1, 2, 5, 10, ... */
  function ticks({ low, high, logarithmic }, count) {
    const found = [];
    if (logarithmic && high / low > 5) {
      for (let k = Math.floor(Math.log10(low)); k <= Math.log10(high); k++)
        for (const m of high / low > 1e3 ? [1] : [1, 2, 5]) found.push(m * 10 ** k);
      return found.filter((t) => t >= 0.999 * low && t <= 1.001 * high);
    }
    const step = roundStep((high - low) / count);
    for (let k = Math.ceil(low / step - 1e-9); k <= high / step + 1e-9; k++) found.push(k * step);
    return found.length > 1 || count > 20 ? found : ticks({ low, high }, 2 * count); // one number is no scale
  }

  /** From a value to a pixel, and back. */
  function scale({ low, high, logarithmic }, from, to) {
    const f = logarithmic ? Math.log : (v) => v, g = logarithmic ? Math.exp : (v) => v;
    const start = f(low), k = (to - from) / (f(high) - start);
    return { at: (v) => from + k * (f(v) - start), back: (pixel) => g(start + (pixel - from) / k) };
  }

  /** The number of the largest entry; -1 if there is none. */
  function largest(values) {
    let best = -1;
    values.forEach((v, k) => {
      if (Number.isFinite(v) && (best < 0 || v > values[best])) best = k;
    });
    return best;
  }

  // ---- a panel

  const EMPTY = `<svg role="img" xmlns="http://www.w3.org/2000/svg" font-size="${FONT}"
    font-family="system-ui, sans-serif"><g></g><g class="cross"></g></svg>
    <div class="live-values" hidden></div>`;

  /** A panel inside an element: draw a scene, point at a place in it, tell what is under the pointer. */
  function plot(host) {
    host.innerHTML = EMPTY;
    const id = `live-${++panels}`, svg = host.querySelector("svg"), values = host.lastElementChild;
    const [body, cross] = svg.children;
    let scene, frame, X, Y;

    function draw(given, width, height) {
      scene = { title: "", lines: [], lanes: [], clouds: [], spots: [], squares: [], flags: [], grips: [], notes: [], ...given };
      const below = scene.lanes.length * LANE, top = (scene.title ? 24 : 8) + (scene.flags.length ? FLAG : 0);
      frame = { left: 54, right: width - 12, top, bottom: height - 42 - below };
      if (scene.equal)
        Object.assign(scene, alike([scene.x, frame.right - frame.left], [scene.y, frame.bottom - frame.top]));
      X = scale(scene.x, frame.left, frame.right);
      Y = scale(scene.y, frame.bottom, frame.top);
      for (const [name, value] of Object.entries({ viewBox: `0 0 ${width} ${height}`, width, height }))
        svg.setAttribute(name, value);
      const clipped = { clip_path: `url(#${id})`, stroke_linecap: "round", stroke_linejoin: "round" };
      body.innerHTML = tag("defs", {}, tag("clipPath", { id }, area({})) + hatchings())
        + title(width)
        + tag("g", clipped, (scene.image ? picture() : "") + (scene.band ? band(...scene.band) : "")
          + scene.squares.map(square).join(""))
        + across(width, frame.bottom + below + 15) + upwards(height) + names(height)
        + tag("g", clipped, scene.lines.map((line) => curve(line) + peak(line)).join("") + dots())
        + scene.lanes.map(lane).join("") + flags(width) + tag("g", { class: "note" }, scene.notes.map((one) => text(X.at(one.x), Y.at(one.y) + 4, one.text)).join(""))
        + (inside(scene.rule) ? upright(scene.rule) : "")
        + (inside(scene.dot?.[0]) ? dot("spot", ...scene.dot, { fill: "#fff" }) : "");
    }

    /** Above the frame, in letters as large as a narrow panel bears. */
    function title(width) {
      const size = Math.min(13, (width - 8) / (0.52 * scene.title.length)), half = 0.26 * size * scene.title.length;
      const x = Math.max(half + 4, Math.min((frame.left + frame.right) / 2, width - half - 4));
      return tag("text", { x, y: 15, text_anchor: "middle", fill: INK, font_size: size }, escape(scene.title));
    }

    const inside = (x) => x >= scene.x.low && x <= scene.x.high;
    const box = () =>
      ({ x: frame.left, y: frame.top, width: frame.right - frame.left, height: frame.bottom - frame.top });
    const area = (more) => tag("rect", { ...box(), ...more });
    const upright = (x) => path("rule", `M${short(X.at(x))} ${frame.top}V${frame.bottom}`);
    const dot = (name, x, y, paint) =>
      tag("circle", { class: name, cx: X.at(x), cy: Y.at(y), r: 4, stroke: INK, ...paint });

    function curve({ x, y, look, faint, pin, area: isFilled }) {
      let d = "", pen = false;
      for (let k = 0; k < y.length; k++) {
        const place = Y.at(y[k]), here = Number.isFinite(place); // a zero has no place on a logarithmic axis
        if (here) {
          const height = Math.max(-FAR, Math.min(FAR, place));
          d += `${pen ? "L" : "M"}${short(X.at(x[k]))} ${short(height)}`;
          if (!pen) d += "h0.01"; // a point that stands alone shows, too
        }
        pen = here;
      }
      const dashes = look.dashes.length && !faint ? look.dashes.join(" ") : undefined;
      const name = faint ? "faint" : pin ? "pinned" : "line", base = `V${frame.bottom}H${short(X.at(x[0]))}Z`;
      const ground = { class: "area", d: d + (x[0] === x.at(-1) ? "Z" : base), fill_opacity: 0.15, ...fill(look) };
      return (isFilled ? tag("path", ground) : "") + tag("path", { class: name, d, fill: "none", stroke_dasharray: dashes, ...stroke(look) });
    }

    /** A dot on the largest number of a curve, unless that is zero or where the axis ends; the letter of one that was pinned. */
    function peak({ x, y, look, faint, pin, plain }) {
      const k = faint || (plain && !pin) ? -1 : largest(y);
      if (pin) return k < 0 ? "" : text(X.at(x[k]) + 4, Math.max(Y.at(y[k]) - 4, frame.top + FONT), pin, "start");
      return k <= 0 || k === y.length - 1 || y[k] === 0 ? "" : dot("peak", x[k], y[k], { r: 3.5, stroke: "none", ...fill(look) });
    }

    function dots() {
      const points = (all) => all.map(([x, y]) => `M${short(X.at(x))} ${short(Y.at(y))}h0.01`).join("");
      const cloud = ({ points: all, look, faint }) => tag("path", { class: faint ? "faint" : "cloud", d: points(all),
        stroke_width: 3.5, stroke_opacity: faint ? 0.3 : 1, ...stroke(look) });
      const spot = ({ x, y, look }) => dot("big", x, y, { r: 5, stroke: "#fff", ...fill(look) });
      return scene.clouds.map(cloud).join("") + scene.spots.map(spot).join("");
    }

    /** Names and numbers side by side above the panel, and a line from each to its place. */
    function flags(width) {
      const places = scene.flags.map(({ x }) => X.at(x)), at = spread(places, ROOM, 0, width), { top } = frame;
      return scene.flags.map(({ name, value, look }, k) => {
        const line = tag("path", { d: `M${short(at[k])} ${top - 16}L${short(places[k])} ${top - 2}`, ...stroke(look) });
        return tag("g", { class: "flag", ...fill(look) }, line + text(at[k], top - 36, name) + text(at[k], top - 21, number(value)));
      }).join("");
    }

    // ---- where nothing is drawn

    /** Hatching at an angle of its own for each lane, and one behind a map. */
    function hatchings() {
      const looks = scene.image || scene.band ? [NEUTRAL] : scene.lanes.map((one) => one.look);
      return looks.map((look, k) => {
        const turned = `rotate(${[45, -45, 0, 45][k % 4]})`, size = { width: k % 4 === 3 ? 10 : 5, height: 5 };
        const stripe = tag("path", { d: "M0 0V5", stroke_width: 3, ...stroke(look) });
        const units = { patternUnits: "userSpaceOnUse", patternTransform: turned };
        return tag("pattern", { id: `${id}-${k}`, ...size, ...units }, stripe);
      }).join("");
    }

    function lane({ spans }, k) {
      const look = { y: frame.bottom + 2 + k * LANE, height: LANE - 2, fill: `url(#${id}-${k})` };
      return spans.map(([from, to]) => {
        const x = Math.max(X.at(from), frame.left), width = Math.max(Math.min(X.at(to), frame.right) - x, 1.5);
        return tag("rect", { class: "unstable", x, width, ...look });
      }).join("");
    }

    function square({ x, y, colour }) {
      const [left, top] = [X.at(x - 0.5), Y.at(y - 0.5)];
      const size = { width: X.at(x + 0.5) - left + 0.5, height: Y.at(y + 0.5) - top + 0.5 };
      return tag("rect", { class: "square", x: left, y: top, ...size, fill: colour });
    }

    function band(from, to) {
      const x = X.at(from), width = Math.max(X.at(to) - x, 0);
      return tag("rect", { ...box(), class: "unstable", x, width, fill: `url(#${id}-0)`, opacity: 0.5 });
    }

    /** A map's picture: its outer points stand on the axes, so half a cell of each is cut off. */
    function picture() {
      const { x, y, width, height } = box(), cell = { x: width / (scene.cells - 1), y: height / (scene.cells - 1) };
      const place = { x: x - cell.x / 2, y: y - cell.y / 2, width: width + cell.x, height: height + cell.y };
      const how = { preserveAspectRatio: "none", style: "image-rendering: pixelated", href: scene.image };
      return area({ fill: `url(#${id}-0)`, opacity: 0.5 }) + tag("image", { ...place, ...how });
    }

    // ---- axes and their names

    function across(width, y) {
      let free = -1; // from here on there is room for a label
      const end = scene.image ? frame.bottom + 4 : frame.top;
      if (scene.x.ticks) return scene.x.ticks.map(([t, label]) => text(X.at(t), y, label)).join("");
      return ticks(scene.x, Math.max(3, width / 65)).map((t) => {
        const x = X.at(t), label = round(t, scene.x), half = 4 * label.length, fits = x - half > free;
        const place = Math.min(x, width - half); // the last one stays inside
        if (fits) free = x + half;
        return path("grid", `M${short(x)} ${frame.bottom}V${end}`, GRID) + (fits ? text(place, y, label) : "");
      }).join("");
    }

    function upwards(height) {
      const end = scene.image ? frame.left - 4 : frame.right;
      const named = (scene.y.ticks ?? []).map(([t, label]) => text(frame.left - 6, Y.at(t) + 4, label, "end"));
      if (scene.y.ticks) return named.join("");
      return ticks(scene.y, Math.max(3, height / 55)).map((t) => {
        const y = Y.at(t);
        const line = path("grid", `M${frame.left} ${short(y)}H${end}`, GRID);
        return line + text(frame.left - 6, y + 4, round(t, scene.y), "end");
      }).join("");
    }

    function names(height) {
      const corner = path("axis", `M${frame.left} ${frame.top}V${frame.bottom}H${frame.right}`);
      const turned = `translate(12 ${short((frame.top + frame.bottom) / 2)}) rotate(-90)`;
      return corner + text((frame.left + frame.right) / 2, height - 6, scene.x.label)
        + tag("g", { transform: turned }, text(0, 0, scene.y.label));
    }

    // ---- the pointer

    /** Hairs at a place, dots where they cross the curves, and the text that belongs there; null: none. */
    function point(place, words) {
      values.hidden = !place;
      cross.innerHTML = place
        ? upright(place.x) + place.dots.filter(([y]) => Number.isFinite(Y.at(y)))
          .map(([y, look]) => dot("mark", place.x, y, fill(look))).join("") : "";
      if (!place) return;
      values.innerHTML = words;
      const x = X.at(place.x), toTheRight = x < (frame.left + frame.right) / 2;
      const left = x * enlarged();
      values.style.left = toTheRight ? `${left + 12}px` : "auto";
      values.style.right = toTheRight ? "auto" : `${host.clientWidth - left + 12}px`;
    }

    const enlarged = () => svg.clientWidth / svg.viewBox.baseVal.width; // as on a full screen

    /** Where the pointer is, in the units of the axes; null outside of them. */
    function under(event) {
      const at = svg.getBoundingClientRect(), size = enlarged();
      const x = (event.clientX - at.left) / size, y = (event.clientY - at.top) / size;
      const low = frame && frame.bottom + scene.lanes.length * LANE; // hatching has its reasons, too
      const outside = !X || x < frame.left || x > frame.right || y < frame.top || y > low;
      return outside ? null : [X.back(x), Y.back(y)];
    }

    // Below, axis is 0 across and 1 upwards.

    const pixel = (axis, value) => [X, Y][axis].at(value);
    const value = (axis, at) => [X, Y][axis].back(axis ? Math.min(frame.bottom, Math.max(frame.top, at)) : Math.min(frame.right, Math.max(frame.left, at)));

    /** The axis among whose numbers the pointer is, { axis, pixel }; undefined elsewhere. */
    function along(event) {
      const at = svg.getBoundingClientRect(), x = event.clientX - at.left, y = event.clientY - at.top;
      if (y > frame.bottom && x > frame.left) return { axis: 0, pixel: x };
      return x < frame.left && y < frame.bottom ? { axis: 1, pixel: y } : undefined;
    }

    /** Mark a stretch of an axis between two values. */
    function mark(axis, ends) {
      const [from, to] = ends.map((end) => pixel(axis, end)).sort((a, b) => a - b), size = to - from;
      cross.innerHTML = area({ class: "stretch", ...(axis ? { y: from, height: size } : { x: from, width: size }) });
    }

    return { draw, point, under, along, mark, pixel, value, svg, axes: () => scene, frame: () => frame };
  }

  return Object.assign(plot, { ends, decades, roundStep, largest, tag, NEUTRAL, INK });
})();
