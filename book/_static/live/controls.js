// Sliders with a number field, and lists: native elements, so that keyboard, touch and screen readers know them.
// Arrows move a slider by a step, with Shift by a tenth of one, Page Up and Down by ten; Home and End lead to the ends.

var omcore = omcore || {};

omcore.controls = (() => {
  "use strict";

  const { fields } = omcore.metadata;
  const { escape, html, field, unit, number } = omcore.labels;
  const STEPS = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 };
  const tidy = (value, digits) => Number(value.toPrecision(digits));
  let made = 0;

  function element(text) {
    const template = document.createElement("template");
    template.innerHTML = text.trim();
    return template.content.firstElementChild;
  }

  /**
   * A slider over a field of Parameters. moved(value, event) is told the new value in SI units. The slider
   * shows what it is given to the last digit, and rounds only what its reader moves.
   */
  function knob(name, moved) {
    const { symbol, meaning, shown } = fields[name], id = `live-knob-${++made}`, said = unit(shown.unit);
    const f = shown.logarithmic ? Math.log10 : (v) => v, g = shown.logarithmic ? (v) => 10 ** v : (v) => v;
    const low = f(shown.lowest), high = f(shown.highest);
    const box = element(`<div class="live-knob">
      <label for="${id}"><span class="live-symbol">${html(symbol)}</span> <small>${escape(meaning)}</small></label>
      <span class="live-number"><input type="number" step="any" inputmode="decimal"
        aria-label="${escape(`${meaning}, value in ${spoken(shown.unit)}`)}"><span>${unitAsHtml(shown.unit)}</span></span>
      <input type="range" id="${id}" name="${name}" min="${low}" max="${high}" step="any">
    </div>`);
    const range = box.querySelector("[type=range]"), entry = box.querySelector("[type=number]");
    let factor = 1, place = 0; // place: the value as shown, f of it on the slider

    const give = (value, event) => moved(tidy(value * factor, 15), event);
    const steps = (count) => {
      const fine = shown.step / 10, to = Math.min(high, Math.max(low, f(place) + count * shown.step));
      return tidy(g(Math.abs(count) === 1 || Math.abs(count) === 10 || count % 1 ? Math.round(to / fine) * fine : to), 6);
    };

    range.addEventListener("input", (event) => {
      const snapped = low + Math.round((range.valueAsNumber - low) / shown.step) * shown.step;
      give(tidy(g(Math.min(high, snapped)), shown.logarithmic ? 4 : 6), event);
    });
    range.addEventListener("keydown", (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      if (event.key === "Home" || event.key === "End") give(event.key === "Home" ? shown.lowest : shown.highest, event);
      else if (event.key in STEPS) give(steps(STEPS[event.key] * (event.shiftKey ? 0.1 : 1)), event);
      else return;
      event.preventDefault();
    });
    entry.addEventListener("change", (event) => {
      const value = entry.value.trim() === "" ? null : omcore.state.allowed(name, entry.valueAsNumber * factor);
      if (value === null) show(place * factor, factor, box.classList.contains("own"));
      else moved(tidy(value, 15), event);
    });

    /** Show a value in SI units; own: each case has its own, and this is the one it would start from. */
    function show(value, size, own = false) {
      factor = size;
      place = value / factor;
      box.classList.toggle("own", own);
      range.value = f(Math.max(place, Number.MIN_VALUE)) === -Infinity ? low : f(shown.logarithmic ? Math.max(place, 1e-300) : place);
      range.setAttribute("aria-valuetext", own ? "each case has its own" : `${number(place, 6)} ${spoken(shown.unit)}`);
      entry.value = own ? "" : tidy(place, 5);
      entry.placeholder = own ? "own" : "";
    }

    range.setAttribute("aria-label", meaning);
    return { box, show };
  }

  const spoken = (name) => ({ 1: "", omega_m: "omega m", "°": "degrees" })[name] ?? name;
  const unitAsHtml = (name) => (name === "omega_m" ? html(fields.omega_m.symbol) : escape(unit(name)));

  /** A list to choose from; options: [[value, words], ...]. */
  function list(words, options, chosen) {
    const id = `live-list-${++made}`;
    const box = element(`<div class="live-list"><label for="${id}">${escape(words)}</label><select id="${id}">${options
      .map(([value, text]) => `<option value="${escape(value)}">${escape(text)}</option>`).join("")}</select></div>`);
    const select = box.querySelector("select");
    select.addEventListener("change", (event) => chosen(select.value, event));
    return { box, select, show: (value) => (select.value = value) };
  }

  const stroke = (look) => `<svg width="34" height="10" aria-hidden="true"><path class="line" d="M1 5H33" fill="none"
    stroke="${look.light}" style="--dark: ${look.dark}" stroke-dasharray="${look.dashes.join(" ")}"/></svg>`;

  /** A piece of a line, and what it stands for. */
  const key = (look) => element(`<span class="live-tick">${stroke(look)} ${escape(look.label)}</span>`);

  /** The same with a box to tick. */
  function tick(look, ticked) {
    const box = element(`<label class="live-tick"><input type="checkbox" checked>${stroke(look)} ${escape(look.label)}</label>`);
    const input = box.querySelector("input");
    input.addEventListener("change", (event) => ticked(input.checked, event));
    return { box, show: (on, last) => ((input.checked = on), (input.disabled = on && last)) };
  }

  function button(words, pressed) {
    const box = element(`<button type="button">${escape(words)}</button>`);
    box.addEventListener("click", (event) => pressed(event, box));
    return box;
  }

  return { knob, list, tick, key, button, element };
})();
