// What a reader did not ask for stands folded: to undo, to pin what is drawn and compare, to give an axis a range, and
// to let a slider move by itself.

omcore.keep = (() => {
  "use strict";

  const { fields } = omcore.metadata, { PINS, axisOf, pinned } = omcore.lines, { ranged, canPin, unfit } = omcore.state;
  const { button, element, entry, valueAt, spoken } = omcore.controls, { labels } = omcore;
  const PERIOD = 8000, SPEEDS = [1, 2, 0.5]; // PERIOD: ms from one end of a slider to the other and back

  const RANGE = (name, id) => `<div class="live-range" role="group" aria-label="range of ${labels.escape(fields[name].meaning)}">
    <span>${labels.field(name, labels.html)}</span>${["from", "to"].map((word) => ` <label>${word} <input type="text" inputmode="decimal"
    autocomplete="off" aria-describedby="${id}"></label>`).join("")}<p class="live-refused" id="${id}" role="status"></p></div>`;

  /** The buttons of a figure and its fields; each shows the state by a function that is returned. */
  function keep({ spec, part, state, change }) {
    const buttons = element('<div class="live-buttons"></div>');
    part("keep").append(buttons);

    function undo() {
      const box = button("Undo", () => history.back());
      buttons.append(box);
      return () => (box.disabled = !history.state?.depth);
    }

    function pins() {
      const pin = button("Pin what is drawn", (event) => change({ pins: [...state().pins, state().set] }, event));
      let before;
      const item = (set, k, all) => {
        const box = element(`<span><b>${PINS[k]}</b> ${pinned(spec, set, labels.html)} </span>`);
        box.append(button("✕", (event) => (change({ pins: all.filter((one) => one !== set) }, event), part("keep").firstElementChild.focus())));
        box.lastElementChild.setAttribute("aria-label", `Remove ${PINS[k]}`);
        return box;
      };
      if (canPin(spec)) buttons.append(pin);
      return () => {
        pin.disabled = state().pins.length === PINS.length;
        if (before !== state().pins) part("pins").replaceChildren(...state().pins.map(item));
        before = state().pins;
      };
    }

    /** Two fields for each axis that is drawn. */
    function ranges() {
      const box = element('<div class="live-ranges"></div>'), whole = button("Whole axis", (event) => change({ range: {} }, event));
      const axis = (name) => axisOf(spec, state(), name, 2), ends = (name) => [axis(name).low, axis(name).high];
      let built = "", fresh = [];
      const row = (name) => {
        const one = element(RANGE(name, `${spec.name}-${name}-refused`)), refused = one.querySelector("p");
        one.querySelectorAll("input").forEach((input, k) => {
          const { clear } = entry(input, refused, {
            text: () => String(ends(name)[k]),
            stays: () => `${ends(name).map((v) => labels.number(v, 5)).join(" to ")} stays`,
            take(value, event) {
              const to = ends(name).with(k, value), why = unfit(axis(name), to);
              if (!why) change({ range: { ...state().range, [name]: to } }, event);
              return why;
            },
          });
          fresh.push(clear);
        });
        return one;
      };
      part("keep").append(box);
      if (ranged(spec).length) buttons.append(whole);
      return () => {
        const names = [state().x, state().over].filter((name) => ranged(spec).includes(name)), { range } = state();
        const now = JSON.stringify([names, names.map(ends)]);
        whole.disabled = !Object.keys(range).length;
        if (built.split("],")[0] !== now.split("],")[0]) (fresh = []), box.replaceChildren(...names.map(row));
        if (built !== now) fresh.forEach((clear) => clear());
        built = now;
      };
    }

    /** The slider that was used last moves to and fro, until the reader touches anything. */
    function play() {
      let name = spec.knobs[0], request = 0, begun = 0, speed = 0, asked = false;
      const box = button("Play", toggle), pace = button("speed 1×", () => show((speed = (speed + 1) % SPEEDS.length)));
      function show() {
        box.textContent = `${request ? "Pause" : "Play"} ${labels.plain(fields[name].symbol)}`;
        pace.textContent = `speed ${SPEEDS[speed]}×`;
      }
      function step(now) {
        const part = (((now - begun) * SPEEDS[speed]) / PERIOD) % 1;
        const most = omcore.kinds[spec.kind]?.most?.(state(), name) ?? 1; // of the slider
        request = requestAnimationFrame(step);
        change({ set: { ...state().set, [name]: valueAt(name, most * (1 - Math.abs(2 * part - 1))) * omcore.factor(name, state().set) } });
      }
      function stop() {
        cancelAnimationFrame(request);
        request = 0;
        show();
      }
      function toggle(event) {
        if (request) return stop();
        const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches && !asked;
        asked = true;
        if (isStill) return (part("said").textContent = "Less motion is asked for on this device; press again to play all the same.");
        begun = performance.now();
        change({ set: { ...state().set } }, event);
        request = requestAnimationFrame(step);
        show();
      }
      const isOwn = ({ target, key = "Enter" }) => [box, pace].includes(target) && ["Enter", " "].includes(key);
      for (const touch of ["pointerdown", "keydown", "wheel"])
        addEventListener(touch, (event) => request && !isOwn(event) && stop(), { capture: true, passive: true });
      part("knobs").addEventListener("focusin", ({ target }) => (request || (name = target.name || name), show()));
      if (name) buttons.append(box, pace), show();
      return () => {};
    }

    return [undo(), pins(), ranges(), play()];
  }

  return keep;
})();
