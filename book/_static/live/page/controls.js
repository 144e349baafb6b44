// Sliders with a number field, and lists: native elements, so that keyboard, touch and screen readers know them.
// Arrows move a slider by a step, with Shift by a tenth of one, Page Up and Down by ten; Home and End go to the
// ends. In a number field those that point up and down do the same.

omcore.controls = (() => {
  "use strict";

  const { fields } = omcore.metadata;
  const { escape, unit, number } = omcore.labels;
  const STEPS = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 };
  const SLACK = 8; // pixels that a finger may tremble

  function element(text) {
    const template = document.createElement("template");
    template.innerHTML = text.trim();
    return template.content.firstElementChild;
  }

  /** A number without the dust of binary fractions. */
  const tidy = (value, digits) => Number(value.toPrecision(digits));
  const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

  /** The two ways between a value of a field, as shown, and its place on a slider. */
  const ways = ({ shown: { logarithmic } }) => (logarithmic ? [Math.log10, (v) => 10 ** v] : [(v) => v, (v) => v]);

  /** A value so many steps from one, on the grid of tenths of a step; one beyond an end of the slider does not turn back. */
  function after(name, value, steps) {
    const { lowest, highest, step } = fields[name].shown, fine = step / 10, [f, g] = ways(fields[name]), here = f(value);
    if (!Number.isFinite(here)) return steps > 0 ? lowest : value; // a zero has no place on a logarithmic slider
    const to = Math.round((here + steps * step) / fine) * fine;
    return tidy(g(clamp(to, Math.min(f(lowest), here), Math.max(f(highest), here))), 6);
  }

  /** The value at a place on a slider, 0 to 1, on the grid of its steps. */
  function valueAt(name, part) {
    const { lowest, highest, step, logarithmic } = fields[name].shown, [f, g] = ways(fields[name]), low = f(lowest);
    const to = low + Math.round((part * (f(highest) - low)) / step) * step;
    return tidy(g(clamp(to, low, f(highest))), logarithmic ? 4 : 6);
  }

  /** What a key makes of a value; undefined if it is none that steps, or leads to an end. */
  function stepped(name, value, { key, shiftKey, altKey, ctrlKey, metaKey }) {
    const { lowest, highest } = fields[name].shown;
    if (altKey || ctrlKey || metaKey) return undefined;
    if (key in STEPS) return after(name, value, STEPS[key] * (shiftKey ? 0.1 : 1));
    return { Home: lowest, End: highest }[key];
  }

  /** What is typed into a field: take(number, event) says why it refuses one, or "". */
  function entry(input, refused, { text, stays, take }) {
    function refuse(reason) {
      refused.textContent = reason && `“${input.value.trim()}” is refused: ${reason}. ${stays()}.`;
      if (reason) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    }

    /** Show the value again, and forget what was refused. */
    function clear() {
      refuse("");
      input.value = text();
    }

    /** Take what was typed; whether it could be taken. */
    function typed(event) {
      if (input.value.trim() === "" || input.value === text()) return clear(), true;
      const { value, why } = omcore.numbers.read(input.value), reason = why ?? take(value, event);
      if (reason) refuse(reason);
      return !reason;
    }

    input.addEventListener("change", typed);
    input.addEventListener("keydown", ({ key }) => key === "Escape" && clear());
    return { clear, typed };
  }

  const spoken = (name) => ({ 1: "", omega_m: "omega m", "°": "degrees" })[name] ?? name;

  /**
   * A slider over a field and its number, which kit/desk.py wrote. moved(value, event) is told the new value in SI units;
   * held() that a finger is on the slider, and dropped(event) that what it moved since was not meant. The slider keeps
   * what it is given to the last digit, and rounds only what its reader moves. The field refuses what is no number or
   * what omcore would refuse, and says why.
   */
  function knob(box, { moved, held, dropped }) {
    const range = box.querySelector("[type=range]"), input = box.querySelector("[type=text]"), { name } = range;
    const field = fields[name], { lowest, highest, unit: shownIn } = field.shown, [f] = ways(field);
    const low = f(lowest), high = f(highest);
    Object.assign(range, { min: low, max: high });
    let si = NaN, factor = 1, own = false, value = NaN; // value: as shown, in units of factor; own: of each case

    /** A new value from the reader, as shown. */
    function give(shown, event) {
      const to = tidy(shown * factor, 15);
      show(to, factor);
      clear();
      moved(to, event);
    }

    // ---- the slider

    const slide = (place, event) => give(valueAt(name, (place - low) / (high - low)), event);

    function press(event) {
      const to = stepped(name, value, event);
      if (to === undefined) return;
      event.preventDefault();
      give(to, event);
    }

    range.addEventListener("keydown", press);

    // A finger that scrolls the page may begin on a slider: it moves the value once it has gone along the slider, or
    // when it is lifted; what scrolls instead is cancelled by the browser.
    let from = null; // where a finger came down, until it moves the value

    range.addEventListener("pointerdown", ({ pointerType, clientX }) => {
      from = pointerType === "mouse" ? null : clientX;
      held();
    });
    range.addEventListener("pointermove", ({ clientX }) => Math.abs(clientX - from) > SLACK && (from = null));
    range.addEventListener("input", (event) => from === null && slide(range.valueAsNumber, event));
    range.addEventListener("pointerup", (event) => {
      if (from !== null) slide(range.valueAsNumber, event);
      from = null;
    });
    range.addEventListener("pointercancel", (event) => {
      from = null;
      show(si, factor, own);
      dropped(event);
    });

    // ---- the number

    const { clear, typed } = entry(input, box.querySelector(".live-refused"), {
      text: () => (own ? "" : String(tidy(value, 5))),
      stays: () => (own ? "Each case keeps its own" : `${number(value, 5)}${unit(shownIn)} stays`),
      take(shown, event) {
        const reason = omcore.refusal(name, tidy(shown * factor, 15)).replace("must", `the ${field.meaning} must`);
        if (!reason) give(shown, event);
        return reason;
      },
    });
    input.addEventListener("keydown", (event) => {
      if (!/^(Arrow(Up|Down)|Page(Up|Down))$/.test(event.key)) return;
      if (typed(event)) press(event);
      else event.preventDefault();
    });

    /** Show a value in SI units; isOwn: each case has its own, and this is the one it would start from. */
    function show(to, size, isOwn = false) {
      const isSame = to === si && size === factor && isOwn === own;
      [si, factor, own, value] = [to, size, isOwn, to / size];
      range.value = clamp(f(value), low, high);
      range.setAttribute("aria-valuetext", own ? "each case has its own" : `${number(value, 6)} ${spoken(shownIn)}`);
      input.placeholder = own ? "own" : "";
      if (!isSame) clear(); // what is being typed, or was refused, stands until the value is another
    }

    return { show, clear };
  }

  const sample = (look) => `<svg width="34" height="10" aria-hidden="true"><path class="line" d="M1 5H33" fill="none"
    stroke="${look.light}" style="--dark: ${look.dark}" stroke-dasharray="${look.dashes.join(" ")}"/></svg>`;

  /** A piece of a line, and what it stands for. */
  const key = (look) => element(`<span class="live-tick">${sample(look)} ${escape(look.label)}</span>`);

  /** The same with a box to tick; the last one that is ticked stays so. isDrawn: its line has that look. */
  function tick(look, ticked) {
    const box = element(`<label class="live-tick"><input type="checkbox" checked>${sample(look)} ${escape(look.label)}</label>`);
    const [input, line] = box.children;
    input.addEventListener("change", (event) => ticked(input.checked, event));
    return { box, show: (on, last, isDrawn) => ((input.checked = on), (input.disabled = on && last), (line.style.display = isDrawn ? "" : "none")) };
  }

  function button(words, pressed) {
    const box = element(`<button type="button">${escape(words)}</button>`);
    box.addEventListener("click", pressed);
    return box;
  }

  return { knob, tick, key, sample, button, element, entry, stepped, valueAt, tidy, clamp, spoken };
})();
