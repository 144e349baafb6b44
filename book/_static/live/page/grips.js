// What a reader takes hold of in a panel: the dotted line at the axis, the dot on a map, a resonance. A grip is a slider
// by pointer, finger and key. It sets one field, or two where it moves both ways: { names, at, shift }, with at its place
// on the axes, which lies by shift beside the value.

/** Along the numbers of an axis a drag marks the stretch that becomes the axis: zoom({ field: [low, high] }, event). */
omcore.stretch = (host, plot, zoom) => {
  const { tidy, clamp } = omcore.controls, SHORTEST = 8; // pixels
  let from = null; // { k: 0 across, 1 upwards, pixel }

  const at = ({ clientX, clientY }) => {
    const box = host.getBoundingClientRect(), { left, right, top, bottom } = plot.frame();
    const [x, y] = [clientX - box.left, clientY - box.top];
    return { k: y > bottom ? 0 : x < left ? 1 : -1, pixels: [clamp(x, left, right), clamp(y, top, bottom)] };
  };
  host.addEventListener("pointerdown", (event) => {
    const { k, pixels } = at(event), { name, values } = [plot.axes().x, plot.axes().y][k] ?? {};
    if (!name || !values || event.target.role === "slider") return; // no axis along which something is computed
    from = { k, pixel: pixels[k] };
    host.setPointerCapture(event.pointerId);
  });
  host.addEventListener("pointermove", (event) => from && plot.mark(from.k, from.pixel, at(event).pixels[from.k]));
  host.addEventListener("pointerup", (event) => {
    if (!from) return;
    const { k, pixel } = from, to = at(event).pixels[k], axis = [plot.axes().x, plot.axes().y][k];
    const ends = [pixel, to].map((place) => tidy(plot.scales()[k].back(place), 5)).sort((a, b) => a - b);
    if (Math.abs(to - pixel) >= SHORTEST && !omcore.state.unfit(axis, ends)) zoom({ [axis.name]: ends }, event);
    from = null;
    plot.point(null);
  });
  host.addEventListener("pointercancel", () => ((from = null), plot.point(null)));
};

omcore.grips = (() => {
  "use strict";

  const { fields } = omcore.metadata;
  const { element, stepped, tidy, clamp, spoken } = omcore.controls;
  const DIGITS = 4; // of a value that is set by hand

  /** The grips of a panel; change(changes, event) sets what they set. Returns what shows those of a scene. */
  function grips(host, plot, change) {
    const all = [];
    let state;

    const valueOf = ({ at, shift = 0 }, k) => at[k] - shift;

    /** Set fields to values as shown, where omcore takes them. */
    function put(values, event) {
      const inSI = Object.entries(values).map(([name, value]) => [name, tidy(value * omcore.factor(name, state.set), 15)]);
      change({ set: { ...state.set, ...Object.fromEntries(inSI.filter((one) => !omcore.refusal(...one))) } }, event);
    }

    function made() {
      const node = host.appendChild(element(`<div class="live-grip" role="slider"></div>`)), one = { node, grip: null };
      let from = null; // where it was taken: the pointer, the pixels of its place, and what was set
      node.addEventListener("pointerdown", ({ clientX, clientY, pointerId }) => {
        from = { pointer: [clientX, clientY], pixels: plot.scales().map(({ at }, k) => at(one.grip.at[k])), set: state.set };
        node.setPointerCapture(pointerId);
      });
      node.addEventListener("pointermove", (event) => {
        if (!from) return;
        event.stopPropagation();
        const { x, y } = plot.axes(), ends = [x, y], pointer = [event.clientX, event.clientY], scales = plot.scales();
        const place = (k) => scales[k].back(from.pixels[k] + pointer[k] - from.pointer[k]);
        const value = (k) => tidy(clamp(place(k), ends[k].low, ends[k].high) - (one.grip.shift ?? 0), DIGITS);
        put(Object.fromEntries(one.grip.names.map((name, k) => [name, value(k)])), event);
      });
      node.addEventListener("pointerup", () => (from = null));
      node.addEventListener("pointercancel", (event) => { // it scrolled the page
        if (from && state.set !== from.set) change({ set: from.set }, event);
        from = null;
      });
      node.addEventListener("click", (event) => event.stopPropagation());
      node.addEventListener("keydown", (event) => {
        const { names } = one.grip, k = names.length > 1 && /Up$|Down$/.test(event.key) ? 1 : 0;
        const to = stepped(names[k], valueOf(one.grip, k), event);
        if (to === undefined) return;
        event.preventDefault();
        put({ [names[k]]: to }, event);
      });
      return one;
    }

    /** Show the grips of what is drawn; isFirst(names) tells of which Tab shall find this one. */
    return (now, isFirst) => {
      const { grips: given, x, y } = plot.axes(), { top, bottom } = plot.frame(), [X, Y] = plot.scales();
      state = now;
      while (all.length > given.length) all.pop().node.remove();
      given.forEach((grip, k) => {
        const { node } = Object.assign(all[k] ??= made(), { grip }), { names, at } = grip, both = names.length > 1;
        const said = (name, n) => `${omcore.labels.number(valueOf(grip, n), 6)} ${spoken(fields[name].shown.unit)}`.trim();
        node.classList.toggle("both", both);
        node.hidden = at.some((place, n) => !([x, y][n].low <= place && place <= [x, y][n].high));
        node.tabIndex = isFirst(names) ? 0 : -1;
        Object.assign(node.style, { left: `${X.at(at[0])}px`, top: `${both ? Y.at(at[1]) : top}px`, height: both ? "" : `${bottom - top + 8}px` });
        const words = { label: names.map((name) => fields[name].meaning).join(" and "), valuetext: names.map(said).join(" and "),
          valuenow: valueOf(grip, 0), valuemin: x.low, valuemax: x.high };
        for (const [name, value] of Object.entries(words)) node.setAttribute(`aria-${name}`, value);
      });
    };
  }

  return grips;
})();
