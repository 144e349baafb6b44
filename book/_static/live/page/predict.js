// Predictions and tasks. A reader chooses, places a number or draws a curve, and is then shown the answer and how far
// off it was; a task ticks itself off when what the figures show meets it. book/_ext/predict.py writes their elements
// into the page, with the answers as data for terms.js. The browser keeps them until its reader begins again.

omcore.predict = (() => {
  "use strict";

  const { stateOf, lineOf, term, holds, kept } = omcore.terms, { largest } = omcore.plot, { axisOf } = omcore.lines;
  const { number, unit } = omcore.labels;
  const parts = (text) => text.split(" ; "), mean = (values) => values.reduce((sum, v) => sum + v, 0) / values.length;

  // ---- forms: what a form holds of its inputs, and its answer { text, marks }, a share of each slider

  function choice({ choose }, options) {
    const truths = parts(choose), size = (text) => term(text.split(/ [<>=] /)[0]).map((v, k) => (k ? unit(v) : number(v))).join("");
    const right = () => (/ [<>=] /.test(choose) ? truths.findIndex(holds) : largest(truths.map((text) => term(text)[0])));
    return { value: ({ checked }) => checked, show: (input, on) => (input.checked = on), isWhole: (values) => values.includes(true),
      answer(values) {
        const is = right(), sizes = [...new Set(truths.map(size))].join(", ");
        return { text: `${values[is] ? "Yes" : "No"}: ${options[is].parentNode.textContent.trim()} (${sizes}).`, marks: [] };
      } };
  }

  function sliders({ place, draw, name: names = "", unit: shownIn = "1", from = 0, to, scale }, inputs) {
    const f = scale === "log" ? Math.log10 : Number, g = scale === "log" ? (v) => 10 ** v : Number, low = f(from), high = f(to);
    const words = draw?.split(", "), said = (v) => `${number(v)}${unit(shownIn)}`, round = (v) => Number(v.toPrecision(3));
    const { spec, state } = draw ? stateOf(words[0]) : {}, axis = draw && axisOf(spec, state, state.x, inputs.length);
    inputs.forEach((input, k) => {
      Object.assign(input, { min: low, max: high, value: (low + high) / 2 });
      if (draw) input.previousElementSibling.textContent = number(axis.shown[k]);
      if (draw) input.setAttribute("aria-label", `at ${omcore.words.along(axis, axis.shown[k])}`);
    });
    const onCurve = ({ x, y }) => Array.from(axis.shown, (place) => y[largest(Array.from(x, (v) => -Math.abs(v - place)))]);
    return { value: ({ valueAsNumber }) => round(g(valueAsNumber)), isWhole: (values) => values.every(Number.isFinite),
      show(input, value) {
        input.value = f(value ?? g((low + high) / 2));
        input.nextElementSibling.textContent = value === undefined ? "?" : said(value);
      },
      answer(values) {
        const truths = draw ? onCurve(lineOf(words)) : parts(place).map((text) => term(text)[0]);
        const far = (v, k) => (scale === "log" ? `a factor of ${number(Math.max(v / values[k], values[k] / v))}` : said(Math.abs(v - values[k])));
        const each = truths.map((v, k) => `${parts(names)[k] || "It"} is ${said(v)}; you are ${far(v, k)} away.`);
        const off = truths.map((v, k) => Math.abs(v - values[k])).filter(Number.isFinite);
        return { text: draw ? `You are ${said(mean(off))} away on average.` : each.join(" "), marks: truths.map((v) => (f(v) - low) / (high - low)) };
      } };
  }

  /** A pointer that is pulled over upright sliders draws with all of them. */
  function drawn(inputs, event) {
    const box = inputs.map((input) => input.getBoundingClientRect()), k = box.findIndex(({ left, right }) => event.clientX >= left && event.clientX < right);
    if (k < 0 || !(event.buttons & 1)) return;
    const { min, max } = inputs[k], { bottom, height } = box[k];
    inputs[k].value = Number(min) + ((bottom - event.clientY) / height) * (max - min);
    inputs[k].dispatchEvent(new Event("input", { bubbles: true }));
  }

  function prediction(box) {
    const inputs = [...box.querySelectorAll("input")], { choose, place, draw } = box.dataset, store = kept(choose ?? place ?? draw);
    const form = (choose ? choice : sliders)(box.dataset, inputs), [tell, again] = box.querySelectorAll("button");
    let now = store.read();
    if (now?.values?.length !== inputs.length || !form.isWhole(now.values)) now = null;

    function keep(next) {
      store.write((now = next));
      show();
    }
    function show() {
      const { text, marks } = now?.isTold ? form.answer(now.values) : { text: "", marks: [] };
      inputs.forEach((input, k) => {
        form.show(input, now?.values[k]);
        input.parentNode.classList.toggle("told", Number.isFinite(marks[k]));
        input.parentNode.style.setProperty("--answer", marks[k] ?? 0);
      });
      tell.disabled = !now || now.isTold;
      again.hidden = !now;
      box.querySelector("[role=status]").textContent = text;
    }
    box.addEventListener("input", () => keep({ values: inputs.map(form.value), isTold: false }));
    if (draw) for (const name of ["pointerdown", "pointermove"]) box.addEventListener(name, (event) => drawn(inputs, event));
    tell.addEventListener("click", () => keep({ ...now, isTold: true }));
    again.addEventListener("click", () => keep(null));
    for (const input of inputs) input.disabled = false;
    tell.parentNode.hidden = false;
    show();
  }

  function tasks(box) {
    const inputs = [...box.querySelectorAll("input")], conditions = parts(box.dataset.tasks), store = kept(box.dataset.tasks);
    const [, again] = box.querySelectorAll("button"), keep = (next) => (store.write(next), show(next));
    let done = [];
    function show(next) {
      done = Array.isArray(next) ? next : [];
      inputs.forEach((input, k) => (input.checked = done.includes(k)));
      box.querySelector("[role=status]").textContent = done.length ? `${done.length} of ${inputs.length} found.` : "";
    }
    document.addEventListener("settled", () => {
      const met = conditions.flatMap((text, k) => (!done.includes(k) && holds(text) ? [k] : []));
      if (met.length) keep([...done, ...met]);
    });
    again.addEventListener("click", () => keep([]));
    again.parentNode.hidden = false;
    show(store.read());
  }

  document.addEventListener("DOMContentLoaded", () => {
    for (const box of document.querySelectorAll(".predict")) (box.dataset.tasks ? tasks : prediction)(box);
  });
})();
