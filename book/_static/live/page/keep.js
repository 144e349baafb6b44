// What a reader did not ask for stands folded: to undo, to pin what is drawn and compare, to give an axis a range, and to
// let a slider move by itself. To be read beside _templates/live.html.

omcore.keep = (() => {
  "use strict";

  const { fields } = omcore.metadata, { PINS, axisOf, pinned } = omcore.lines, { ranged, canPin, unfit } = omcore.state;
  const { button, element, entry, valueAt } = omcore.controls, { labels } = omcore;
  const PERIOD = 8000, SPEEDS = [1, 2, 0.5]; // PERIOD: ms from one end of a slider to the other and back

  /** Make the buttons and fields of a figure work; returns the function by which they show the state. */
  function keep({ spec, part, state, change }) {
    const box = part("keep"), [undo, pin, whole, toggle, pace] = box.querySelectorAll("button");
    const isRanged = ranged(spec), axes = () => [state().x, state().over].filter((name) => isRanged.includes(name));

    // ---- pins

    /** What was pinned, in words, and a button that takes it away. */
    function item(set, k, all) {
      const one = element(`<span><b>${PINS[k]}</b> ${pinned(spec, set, labels.html)} </span>`);
      one.append(button("✕", (event) => {
        change({ pins: all.filter((other) => other !== set) }, event);
        box.firstElementChild.focus();
      }));
      one.lastElementChild.setAttribute("aria-label", `Remove ${PINS[k]}`);
      return one;
    }
    pin.hidden = !canPin(spec);
    pin.addEventListener("click", (event) => change({ pins: [...state().pins, state().set] }, event));

    // ---- ranges: two fields for each axis that is drawn

    const rows = [...box.querySelectorAll(".live-range")], entries = rows.map((row, n) => {
      const axis = () => axisOf(spec, state(), axes()[n], 2), ends = () => [axis().low, axis().high];
      return Array.from(row.querySelectorAll("input"), (input, k) => entry(input, row.querySelector("p"), {
        text: () => String(ends()[k]),
        stays: () => `${ends().map((v) => labels.number(v, 5)).join(" to ")} stays`,
        take(value, event) {
          const to = ends().with(k, value), why = unfit(axis(), to);
          if (!why) change({ range: { ...state().range, [axis().name]: to } }, event);
          return why;
        },
      }));
    });
    whole.hidden = !isRanged.length;
    whole.addEventListener("click", (event) => change({ range: {} }, event));

    // ---- play: the slider that was used last moves to and fro, until the reader touches anything

    let name = omcore.kinds[spec.kind]?.plays ?? spec.knobs[0], request = 0, begun = 0, speeds = [...SPEEDS], isAsked = false;

    toggle.hidden = pace.hidden = !name;
    function say() {
      if (!name) return; // nothing moves
      toggle.textContent = `${request ? "Pause" : "Play"} ${labels.plain(fields[name].symbol)}`;
      pace.textContent = `speed ${speeds[0]}×`;
    }
    function step(now) {
      const place = (((now - begun) * speeds[0]) / PERIOD) % 1, most = omcore.kinds[spec.kind]?.most?.(state(), name) ?? 1;
      const shown = valueAt(name, most * (1 - Math.abs(2 * place - 1)));
      request = requestAnimationFrame(step);
      change({ set: { ...state().set, [name]: shown * omcore.factor(name, state().set) } }, true);
    }
    function stop() {
      cancelAnimationFrame(request);
      request = 0;
      say();
    }
    toggle.addEventListener("click", (event) => {
      if (request) return stop();
      const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches && !isAsked;
      isAsked = true;
      if (isStill) return (part("said").textContent = "Less motion is asked for on this device; press again to play all the same.");
      begun = performance.now();
      change({}, event);
      request = requestAnimationFrame(step);
      say();
    });
    pace.addEventListener("click", () => (speeds.push(speeds.shift()), say()));
    const isOwn = ({ target, key = "Enter" }) => [toggle, pace].includes(target) && ["Enter", " "].includes(key);
    for (const touch of ["pointerdown", "keydown", "wheel"])
      addEventListener(touch, (event) => request && !isOwn(event) && stop(), { capture: true, passive: true });
    part("knobs").addEventListener("focusin", ({ target }) => target.name && !request && ((name = target.name), say()));
    say();

    let before = {};
    return () => {
      const { pins, range } = state(), names = axes(), key = JSON.stringify([names, range]);
      undo.disabled = !history.state?.depth;
      pin.disabled = pins.length === PINS.length;
      whole.disabled = !Object.keys(range).length;
      if (before.pins !== pins) part("pins").replaceChildren(...pins.map(item));
      if (before.key !== key) rows.forEach((row, n) => {
        row.hidden = !names[n];
        row.firstElementChild.innerHTML = names[n] ? labels.field(names[n], labels.html) : "";
        if (names[n]) entries[n].forEach(({ clear }) => clear());
      });
      before = { pins, key };
    };
  }

  return keep;
})();
