// What a reader takes hold of in a panel: the dotted line at the axis, the dot on a map, a resonance; and the numbers of
// an axis, along which a drag marks the stretch that is to fill it. A grip is a slider by pointer, finger and key. It sets
// one field, or two where it moves both ways: { names, at, shift }, with its place on the axes, by shift beside the value.

omcore.grips = (() => {
  "use strict";

  const { fields } = omcore.metadata, { element, stepped, tidy, spoken } = omcore.controls;
  const DIGITS = 4, SHORTEST = 8; // of a value that is set by hand; pixels of a stretch

  /** A drag of a node: begin(event) gives { move, drop, cancel }, or nothing where there is nothing to take. */
  function dragged(node, begin) {
    let hold;
    node.addEventListener("pointerdown", (event) => {
      hold = begin(event);
      if (hold) node.setPointerCapture(event.pointerId);
    });
    node.addEventListener("pointermove", (event) => hold?.move(event));
    for (const end of ["drop", "cancel"])
      node.addEventListener(end === "drop" ? "pointerup" : "pointercancel", (event) => (hold?.[end]?.(event), (hold = null)));
  }

  /** The grips of a panel; change(changes, event) sets what they set. Returns what shows those of a scene. */
  function grips(host, plot, change) {
    const all = [];
    let state;

    /** Set fields to values as shown, where omcore takes them; undefined leaves one as it is. */
    function put({ names }, values, event) {
      const set = { ...state.set };
      names.forEach((name, k) => {
        const value = tidy(values[k] * omcore.factor(name, set), 15);
        if (values[k] !== undefined && !omcore.refusal(name, value)) set[name] = value;
      });
      change({ set }, event);
    }

    function made() {
      const node = host.appendChild(element('<div class="live-grip" role="slider"></div>')), one = { node };
      dragged(node, (start) => {
        const { grip: { at, shift } } = one, { set } = state, pixels = at.map((place, k) => plot.pixel(k, place));
        return {
          move(event) {
            event.stopPropagation();
            const moved = [event.clientX - start.clientX, event.clientY - start.clientY];
            put(one.grip, pixels.map((pixel, k) => tidy(plot.value(k, pixel + moved[k]) - shift, DIGITS)), event);
          },
          cancel: (event) => state.set !== set && change({ set }, event), // the page was scrolled
        };
      });
      node.addEventListener("click", (event) => event.stopPropagation());
      node.addEventListener("keydown", (event) => {
        const { grip: { names, at, shift } } = one, way = names.length > 1 && /Up$|Down$/.test(event.key) ? 1 : 0;
        const to = stepped(names[way], at[way] - shift, event);
        if (to === undefined) return;
        event.preventDefault();
        put(one.grip, names.map((_, k) => (k === way ? to : undefined)), event);
      });
      return one;
    }

    /** isFirst(names) tells of which Tab shall find this one. */
    return (now, isFirst) => {
      const { grips: given, x, y } = plot.axes(), { top, bottom } = plot.frame();
      state = now;
      while (all.length > given.length) all.pop().node.remove();
      given.forEach(({ names, at, shift = 0 }, k) => {
        const { node } = Object.assign(all[k] ??= made(), { grip: { names, at, shift } }), isDot = names.length > 1;
        const said = (name, n) => `${omcore.labels.number(at[n] - shift, 6)} ${spoken(fields[name].shown.unit)}`.trim();
        const words = { label: names.map((name) => fields[name].meaning).join(" and "),
          valuetext: names.map(said).join(" and "), valuenow: at[0] - shift, valuemin: x.low, valuemax: x.high };
        for (const [name, value] of Object.entries(words)) node.setAttribute(`aria-${name}`, value);
        node.classList.toggle("dot", isDot);
        node.hidden = at.some((place, n) => !([x, y][n].low <= place && place <= [x, y][n].high));
        node.tabIndex = isFirst(names) ? 0 : -1;
        const size = isDot ? { top: plot.pixel(1, at[1]), height: 0 } : { top, height: bottom - top + 8 };
        node.style.cssText = `left: ${plot.pixel(0, at[0])}px; top: ${size.top}px; height: ${size.height}px`;
      });
    };
  }

  /** zoom({ field: [low, high] }, event) makes a stretch of an axis all of it. */
  function stretch(host, plot, zoom) {
    dragged(host, (start) => {
      const along = plot.along(start), axis = along && plot.axes()["xy"[along.axis]];
      if (!axis?.name || !axis.values) return undefined; // nothing is computed along it
      const pixel = (event) => along.pixel + [event.clientX - start.clientX, event.clientY - start.clientY][along.axis];
      const ends = (event) => [along.pixel, pixel(event)].map((one) => tidy(plot.value(along.axis, one), DIGITS + 1));
      const cancel = () => plot.point(null), isLong = (event) => Math.abs(pixel(event) - along.pixel) >= SHORTEST;
      return {
        cancel,
        move: (event) => isLong(event) && plot.mark(along.axis, ends(event)),
        drop(event) {
          const to = ends(event).sort((a, b) => a - b);
          if (!isLong(event)) return; // a tap reads the values there
          cancel();
          if (!omcore.state.unfit(axis, to)) zoom({ [axis.name]: to }, event);
        },
      };
    });
  }

  return Object.assign(grips, { stretch });
})();
