// Sliders with a number field, and lists: native elements, so that keyboard, touch and screen readers know them.
// Arrows move a slider by a step, with Shift by a tenth of one, Page Up and Down by ten; Home and End go to the
// ends.

var omcore = omcore || {};

omcore.controls = (() => {
  "use strict";

  const { fields } = omcore.metadata;
  const { escape, html, unit, number } = omcore.labels;
  const STEPS = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 };
  let made = 0;

  function element(text) {
    const template = document.createElement("template");
    template.innerHTML = text.trim();
    return template.content.firstElementChild;
  }

  /** A number without the dust of binary fractions. */
  const tidy = (value, digits) => Number(value.toPrecision(digits));
  const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

  const spoken = (name) => ({ 1: "", omega_m: "omega m", "°": "degrees" })[name] ?? name;
  const written = (name) => (name === "omega_m" ? html(fields.omega_m.symbol) : escape(unit(name)));

  const KNOB = (id, name, { symbol, meaning, shown }, low, high) => `<div class="live-knob">
    <label for="${id}"><span class="live-symbol">${html(symbol)}</span> <small>${escape(meaning)}</small></label>
    <span class="live-number"><input type="number" step="any" inputmode="decimal"
      aria-label="${escape(`${meaning}, value${shown.unit === "1" ? "" : ` in ${spoken(shown.unit)}`}`)}"><span>${written(shown.unit)}</span></span>
    <input type="range" id="${id}" name="${name}" min="${low}" max="${high}" step="any"
      aria-label="${escape(meaning)}"></div>`;

  /**
   * A slider over a field of Parameters. moved(value, event) is told the new value in SI units. The slider keeps
   * what it is given to the last digit, and rounds only what its reader moves.
   */
  function knob(name, moved) {
    const field = fields[name], { lowest, highest, step, logarithmic, unit: shownIn } = field.shown;
    const f = logarithmic ? Math.log10 : (v) => v, g = logarithmic ? (v) => 10 ** v : (v) => v; // along the slider
    const low = f(lowest), high = f(highest);
    const box = element(KNOB(`live-knob-${++made}`, name, field, low, high));
    const range = box.querySelector("[type=range]"), entry = box.querySelector("[type=number]");
    let value = lowest, factor = 1, own = false; // value: as shown, in units of factor

    const give = (shown, event) => moved(tidy(shown * factor, 15), event);

    /** So many steps from here, on the grid of tenths of a step. */
    function after(steps) {
      const fine = step / 10, to = Math.round((f(value) + steps * step) / fine) * fine;
      return tidy(g(clamp(to, low, high)), 6);
    }

    range.addEventListener("input", (event) => {
      const to = low + Math.round((range.valueAsNumber - low) / step) * step;
      give(tidy(g(clamp(to, low, high)), logarithmic ? 4 : 6), event);
    });

    range.addEventListener("keydown", (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      if (event.key === "Home") give(lowest, event);
      else if (event.key === "End") give(highest, event);
      else if (event.key in STEPS) give(after(STEPS[event.key] * (event.shiftKey ? 0.1 : 1)), event);
      else return;
      event.preventDefault();
    });

    entry.addEventListener("change", (event) => {
      const typed = entry.value.trim() === "" ? null : omcore.state.allowed(name, entry.valueAsNumber * factor);
      if (typed === null) show(value * factor, factor, own);
      else moved(tidy(typed, 15), event);
    });

    /** Show a value in SI units; isOwn: each case has its own, and this is the one it would start from. */
    function show(si, size, isOwn = false) {
      [value, factor, own] = [si / size, size, isOwn];
      range.value = clamp(f(value), low, high);
      range.setAttribute("aria-valuetext", own ? "each case has its own" : `${number(value, 6)} ${spoken(shownIn)}`);
      entry.value = own ? "" : tidy(value, 5);
      entry.placeholder = own ? "own" : "";
    }

    return { box, show };
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
  function tick(look, ticked, isDrawn) {
    const box = element(`<label class="live-tick"><input type="checkbox" checked>${isDrawn ? sample(look) : ""}
      ${escape(look.label)}</label>`);
    const input = box.querySelector("input");
    input.addEventListener("change", (event) => ticked(input.checked, event));
    return { box, show: (on, last) => ((input.checked = on), (input.disabled = on && last)) };
  }

  function button(words, pressed) {
    const box = element(`<button type="button">${escape(words)}</button>`);
    box.addEventListener("click", pressed);
    return box;
  }

  return { knob, list, tick, key, button, element };
})();
