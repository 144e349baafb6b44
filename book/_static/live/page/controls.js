// Sliders with a number field, and lists: native elements, so that keyboard, touch and screen readers know them.
// Arrows move a slider by a step, with Shift by a tenth of one, Page Up and Down by ten; Home and End go to the
// ends. In a number field those that point up and down do the same.

omcore.controls = (() => {
  "use strict";

  const { fields } = omcore.metadata;
  const { escape, html, unit, number } = omcore.labels;
  const STEPS = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 };
  const SLACK = 8; // pixels that a finger may tremble
  let made = 0;

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
  const written = (name) => (name === "omega_m" ? html(fields.omega_m.symbol) : escape(unit(name)));

  const KNOB = (id, name, { symbol, meaning, shown }, low, high) => `<div class="live-knob">
    <label for="${id}"><span class="live-symbol">${html(symbol)}</span> <small>${escape(meaning)}</small></label>
    <span class="live-number"><input type="text" inputmode="decimal" autocomplete="off" spellcheck="false"
      aria-describedby="${id}-refused"
      aria-label="${escape(`${meaning}, value${shown.unit === "1" ? "" : ` in ${spoken(shown.unit)}`}`)}"><span>${written(shown.unit)}</span></span>
    <p class="live-refused" id="${id}-refused" role="status"></p>
    <input type="range" id="${id}" name="${name}" min="${low}" max="${high}" step="any"
      aria-label="${escape(meaning)}"></div>`;

  /**
   * A slider over a field of Parameters, and its number. moved(value, event) is told the new value in SI units; held()
   * that a finger is on the slider, and dropped(event) that what it moved since was not meant. The slider keeps what it
   * is given to the last digit, and rounds only what its reader moves. The field refuses what is no number or what
   * omcore would refuse, and says why.
   */
  function knob(name, { moved, held, dropped }) {
    const field = fields[name], { lowest, highest, unit: shownIn } = field.shown, [f] = ways(field);
    const low = f(lowest), high = f(highest);
    const box = element(KNOB(`live-knob-${++made}`, name, field, low, high));
    const range = box.querySelector("[type=range]"), input = box.querySelector("[type=text]");
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

    // A finger that scrolls the page may begin on a slider. It moves the value once it has gone along the slider, or
    // when it leaves where it came down.
    let finger = null; // { x, y: where it came down, at: place on the slider, along, far }

    range.addEventListener("pointerdown", (event) => {
      finger = event.pointerType === "mouse" ? null : { x: event.clientX, y: event.clientY, at: NaN, along: false, far: false };
      held();
    });
    range.addEventListener("pointermove", (event) => {
      if (!finger) return;
      const along = Math.abs(event.clientX - finger.x), across = Math.abs(event.clientY - finger.y);
      finger.far ||= Math.max(along, across) > SLACK;
      finger.along ||= along > SLACK && along > across;
    });
    range.addEventListener("input", (event) => {
      const place = range.valueAsNumber;
      if (!finger || finger.along) return slide(place, event);
      finger.at = place;
      show(si, factor, own);
    });
    range.addEventListener("pointerup", (event) => {
      const tapped = finger && !finger.far && !Number.isNaN(finger.at), place = finger?.at;
      finger = null;
      if (tapped) slide(place, event);
    });
    range.addEventListener("pointercancel", (event) => {
      finger = null;
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

    return { box, show, clear };
  }

  /** A list to choose from; options: [[value, words], ...]. */
  function list(words, options, chosen) {
    const id = `live-list-${++made}`;
    const option = ([value, text]) => `<option value="${escape(value)}">${escape(text)}</option>`;
    const box = element(`<div class="live-list"><label for="${id}">${escape(words)}</label>
      <select id="${id}">${options.map(option).join("")}</select></div>`);
    const select = box.querySelector("select");
    select.addEventListener("change", (event) => chosen(select.value, event));
    return { box, show: (value) => (select.value = value) };
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

  return { knob, list, tick, key, sample, button, element, entry, stepped, valueAt, tidy, clamp, spoken };
})();
