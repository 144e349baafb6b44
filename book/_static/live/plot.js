// One panel: axes, curves, stretches without a steady state, a map, and values under the pointer. Its own SVG,
// written anew at each update, which takes less than a millisecond.
//
// A scene is plain data, in the units of the axes:
//   x, y: { low, high, logarithmic, label }     label: what labels.js writes as SVG
//   lines: [{ x, y, look, faint }]              look: { light, dark, dashes, label }
//   lanes: [{ look, spans: [[from, to], ...] }] where a line has no steady state
//   rule: a place on x, marked; image: the address of a map's picture of so many
//   cells a side; dot: [x, y]

var omcore = omcore || {};

omcore.plot = (() => {
  "use strict";

  const { escape, number } = omcore.labels;
  const INK = "#1a1a1a", GRID = "#e2e2e2", LANE = 9, FONT = 12;
  const NEUTRAL = { light: "#8a8a8a", dark: "#9a9a9a", dashes: [], label: "" }; // of hatching that is no one line's
  let panels = 0;

  /** Round numbers on an axis, about so many. */
  function ticks({ low, high, logarithmic }, count) {
    const found = [];
    if (logarithmic && high / low > 5) {
      for (let k = Math.floor(Math.log10(low)); k <= Math.log10(high); k++)
        for (const m of high / low > 1e3 ? [1] : [1, 2, 5]) found.push(m * 10 ** k);
      return found.filter((t) => t >= low * 0.999 && t <= high * 1.001);
    }
    const step = roundStep((high - low) / count);
    for (let k = Math.ceil(low / step - 1e-9); k * step <= high + 1e-9 * step; k++) found.push(k * step);
    return found;
  }

  /** 1, 2 or 5 times a power of ten, not below the size given. */
  function roundStep(size) {
    const power = 10 ** Math.floor(Math.log10(size)), ratio = size / power;
    return power * (ratio <= 1 ? 1 : ratio <= 2 ? 2 : ratio <= 5 ? 5 : 10);
  }

  /** Ends of an axis for numbers from low to high: zero is inside, and they move by whole ticks only. */
  function ends(low, high) {
    if (!(high > low)) [low, high] = low > 0 ? [0, low] : low < 0 ? [low, 0] : [0, 1];
    low = Math.min(low, 0);
    high = Math.max(high, 0);
    const step = roundStep((high - low) / 6);
    return { low: low < 0 ? step * Math.floor(low / step) : 0, high: step * Math.ceil((high * 1.02) / step) };
  }

  /** From a value to a pixel. */
  function scale({ low, high, logarithmic }, from, to) {
    const f = logarithmic ? Math.log : (v) => v, a = f(low), k = (to - from) / (f(high) - a);
    const g = logarithmic ? Math.exp : (v) => v;
    return { at: (v) => from + k * (f(v) - a), back: (pixel) => g(a + (pixel - from) / k) };
  }

  const hatched = ({ image, lanes = [] }) => (image ? [{ look: NEUTRAL }] : lanes);

  const paint = (look) => `stroke="${look.light}" style="--dark: ${look.dark}"`;

  function curve({ x, y, look, faint }, X, Y) {
    let d = "", pen = false;
    for (let k = 0; k < y.length; k++) {
      if (!Number.isFinite(y[k])) pen = false;
      else {
        const height = Math.max(-1e4, Math.min(1e4, Y.at(y[k])));
        d += `${pen ? "L" : "M"}${X.at(x[k]).toFixed(1)} ${height.toFixed(1)}`;
        if (!pen) d += "h0.01"; // a point that stands alone shows, too
        pen = true;
      }
    }
    const dashes = look.dashes.length && !faint ? ` stroke-dasharray="${look.dashes.join(" ")}"` : "";
    return `<path class="${faint ? "faint" : "line"}" d="${d}" ${paint(look)}${dashes}/>`;
  }

  /** The number of the largest entry; -1 if there is none. */
  function largest(values) {
    let best = -1;
    values.forEach((v, k) => {
      if (Number.isFinite(v) && (best < 0 || v > values[best])) best = k;
    });
    return best;
  }

  /** A dot on the largest number of a curve, unless that is zero. */
  function peak({ x, y, look, faint }, X, Y) {
    const k = faint ? -1 : largest(y);
    return k < 0 || y[k] === 0 ? "" : `<circle class="peak" cx="${X.at(x[k]).toFixed(1)}" cy="${Y.at(y[k]).toFixed(1)}"
      r="3.5" fill="${look.light}" stroke="none" style="--dark: ${look.dark}"/>`;
  }

  /** A panel inside an element. */
  function plot(host) {
    const id = `live-${++panels}`;
    host.innerHTML = `<svg aria-hidden="true" xmlns="http://www.w3.org/2000/svg" font-size="${FONT}"
      font-family="system-ui, sans-serif"><g></g><g class="cross"></g></svg><div class="live-values" hidden></div>`;
    const svg = host.firstChild, [body, cross] = svg.children, values = host.lastChild;
    let X, Y, scene, frame;

    function draw(next, width, height) {
      scene = next;
      const { x, y, lines = [], lanes = [], title = "" } = scene, below = lanes.length * LANE;
      frame = { left: 54, right: width - 12, top: title ? 24 : 8, bottom: height - 42 - below };
      X = scale(x, frame.left, frame.right);
      Y = scale(y, frame.bottom, frame.top);
      svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
      svg.setAttribute("width", width);
      svg.setAttribute("height", height);
      const area = `x="${frame.left}" y="${frame.top}" width="${frame.right - frame.left}" height="${frame.bottom - frame.top}"`;
      body.innerHTML = [
        `<defs><clipPath id="${id}"><rect ${area}/></clipPath>${hatched(scene).map(hatching).join("")}</defs>`,
        title && `<text x="${(frame.left + frame.right) / 2}" y="15" text-anchor="middle" fill="${INK}">${escape(title)}</text>`,
        scene.image ? picture(area) : "",
        axes(width, height, below),
        `<g clip-path="url(#${id})" fill="none" stroke-linecap="round" stroke-linejoin="round">`,
        ...lines.map((line) => curve(line, X, Y) + peak(line, X, Y)), "</g>",
        ...lanes.map(lane),
        scene.rule !== undefined && inside(scene.rule) ? upright(scene.rule, "rule") : "",
        scene.dot && inside(scene.dot[0]) ? dot(...scene.dot, { light: "#fff" }, "spot") : "",
      ].join("");
    }

    const inside = (value) => value >= scene.x.low && value <= scene.x.high;

    /** A map's picture: its outer points stand on the axes, so half a cell of each is cut off. */
    function picture(area) {
      const cell = (size) => size / (scene.cells - 1);
      const width = frame.right - frame.left, height = frame.bottom - frame.top;
      return `<rect ${area} fill="url(#${id}-0)" opacity="0.5"/><g clip-path="url(#${id})"><image x="${frame.left - cell(width) / 2}"
        y="${frame.top - cell(height) / 2}" width="${width + cell(width)}" height="${height + cell(height)}"
        preserveAspectRatio="none" href="${scene.image}" style="image-rendering: pixelated"/></g>`;
    }

    /** Hatching at an angle of its own for each lane. */
    const hatching = ({ look }, k) => `<pattern id="${id}-${k}" width="5" height="5" patternUnits="userSpaceOnUse"
      patternTransform="rotate(${[45, -45, 0, 90][k % 4]})"><path d="M0 0V5" stroke-width="3" ${paint(look)}/></pattern>`;

    function lane({ spans }, k) {
      const y = frame.bottom + 2 + k * LANE;
      return spans.map(([from, to]) => {
        const left = Math.max(X.at(from), frame.left), right = Math.min(X.at(to), frame.right);
        return `<rect class="unstable" x="${left.toFixed(1)}" y="${y}" width="${Math.max(right - left, 1.5).toFixed(1)}"
          height="${LANE - 2}" fill="url(#${id}-${k})"/>`;
      }).join("");
    }

    function axes(width, height, below) {
      const out = [], grid = scene.image ? 0 : 1, bottom = frame.bottom + below + 3;
      let free = -1; // from here on there is room for a label
      for (const t of ticks(scene.x, Math.max(3, width / 65))) {
        const text = number(t), half = 4 * text.length, label = X.at(t) - half > free ? text : "";
        if (label) free = X.at(t) + half;
        out.push(`<path class="grid" d="M${X.at(t).toFixed(1)} ${frame.bottom}V${grid ? frame.top : frame.bottom + 4}" stroke="${GRID}"/>
          <text x="${X.at(t).toFixed(1)}" y="${bottom + 12}" text-anchor="middle" fill="${INK}">${label}</text>`);
      }
      for (const t of ticks(scene.y, Math.max(3, height / 55)))
        out.push(`<path class="grid" d="M${frame.left} ${Y.at(t).toFixed(1)}H${grid ? frame.right : frame.left - 4}" stroke="${GRID}"/>
          <text x="${frame.left - 6}" y="${(Y.at(t) + 4).toFixed(1)}" text-anchor="end" fill="${INK}">${number(t)}</text>`);
      out.push(`<path class="axis" d="M${frame.left} ${frame.top}V${frame.bottom}H${frame.right}" fill="none" stroke="${INK}"/>`);
      out.push(`<text x="${(frame.left + frame.right) / 2}" y="${height - 6}" text-anchor="middle" fill="${INK}">${scene.x.label}</text>`);
      out.push(`<text transform="translate(12 ${(frame.top + frame.bottom) / 2}) rotate(-90)" text-anchor="middle" fill="${INK}">${scene.y.label}</text>`);
      return out.join("");
    }

    const upright = (value, name) =>
      `<path class="${name}" d="M${X.at(value).toFixed(1)} ${frame.top}V${frame.bottom}" stroke="${INK}"/>`;

    const dot = (x, y, look, name) => `<circle class="${name}" cx="${X.at(x).toFixed(1)}" cy="${Y.at(y).toFixed(1)}"
      r="4" fill="${look.light}" stroke="${INK}" style="--dark: ${look.dark ?? look.light}"/>`;

    /** The cross of hairs at a place, with the text that belongs to it; none if there is no place. */
    function point(place, text) {
      values.hidden = !place;
      cross.innerHTML = "";
      if (!place) return;
      cross.innerHTML = upright(place.x, "rule") + place.dots.map(([y, look]) => dot(place.x, y, look, "mark")).join("");
      values.innerHTML = text;
      const x = X.at(place.x), left = x < (frame.left + frame.right) / 2;
      values.style.left = left ? `${x + 12}px` : "auto";
      values.style.right = left ? "auto" : `${host.clientWidth - x + 12}px`;
    }

    /** Where the pointer is, in the units of the axes; null outside of them. */
    function under(event) {
      const box = svg.getBoundingClientRect(), x = event.clientX - box.left, y = event.clientY - box.top;
      if (!X || x < frame.left || x > frame.right || y < frame.top || y > frame.bottom) return null;
      return [X.back(x), Y.back(y)];
    }

    return { draw, point, under, svg };
  }

  return Object.assign(plot, { ends, roundStep, largest, NEUTRAL });
})();
