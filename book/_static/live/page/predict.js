// Predictions and tasks. A reader chooses, places a number or draws a curve, and is then shown the answer and how far
// off it was; a task ticks itself off when what the figures show meets it. book/_ext/predict.py writes their elements
// into the page, with the answers as data for terms.js. The browser keeps them until its reader begins again.

omcore.predict = (() => {
  "use strict";

  const { stateOf, lineOf, term, holds, kept } = omcore.terms, { largest } = omcore.plot, { axisOf } = omcore.lines;
  const { number, unit } = omcore.labels;
  const parts = (text) => text.split(" ; "), mean = (values) => values.reduce((sum, v) => sum + v, 0) / values.length;

  // ---- forms: value(input), show(input, value), and answer(values), { text, marks }: a place on each slider

  function choice({ choose }, inputs) {
    const truths = parts(choose), size = (text) => term(text.split(/ [<>=] /)[0]), said = ([v, name]) => number(v) + unit(name);
    return {
      value: ({ checked }) => checked, show: (input, on) => (input.checked = on),
      answer(values) {
        const is = / [<>=] /.test(choose) ? truths.findIndex(holds) : largest(truths.map((text) => size(text)[0]));
        const sizes = [...new Set(truths.map((text) => said(size(text))))].join(", ");
        return { text: `${values[is] ? "Yes" : "No"}: ${inputs[is].parentNode.textContent.trim()} (${sizes}).`, marks: [] };
      },
    };
  }

  function sliders({ place, draw, name = "", unit: shownIn = "1", scale }, inputs) {
    const isLog = scale === "log", f = isLog ? Math.log10 : Number, g = isLog ? (v) => 10 ** v : Number, words = draw?.split(", ");
    const said = (v) => `${number(v)}${unit(shownIn)}`, far = (v, guess) => (isLog ? `a factor of ${number(Math.max(v / guess, guess / v))}` : said(Math.abs(v - guess)));
    const { spec, state } = draw ? stateOf(words[0]) : {}, axis = draw && axisOf(spec, state, state.x, inputs.length);
    if (draw) inputs.forEach((input, k) => (input.previousElementSibling.textContent = omcore.words.along(axis, axis.shown[k])));
    const onCurve = ({ x, y }) => Array.from(axis.shown, (at) => y[omcore.grids.nearest(x, at)]);
    return {
      value: ({ valueAsNumber }) => Number(g(valueAsNumber).toPrecision(3)),
      show(input, value) {
        input.value = value === undefined ? (Number(input.min) + Number(input.max)) / 2 : f(value);
        input.nextElementSibling.textContent = value === undefined ? "?" : said(value);
        input.setAttribute("aria-valuetext", value === undefined ? "nothing yet" : said(value));
      },
      answer(values) {
        const truths = draw ? onCurve(lineOf(words)) : parts(place).map((text) => term(text)[0]);
        const off = truths.map((v, k) => Math.abs(v - values[k])).filter(Number.isFinite);
        const each = truths.map((v, k) => `${parts(name)[k] || "It"} is ${said(v)}; you are ${far(v, values[k])} away.`);
        const { min, max } = inputs[0], marks = truths.map((v) => (f(v) - min) / (max - min));
        return { text: draw ? `You are ${said(mean(off))} away on average.` : each.join(" "), marks };
      },
    };
  }

  /** A pointer that is pulled over upright sliders draws with all of them. */
  function drawn(input, { buttons, clientX, clientY }) {
    const { left, right, top, bottom, height } = input.getBoundingClientRect();
    if (!(buttons & 1) || clientX < left || clientX >= right || clientY < top || clientY > bottom) return;
    input.value = Number(input.min) + ((bottom - clientY) / height) * (input.max - input.min);
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function prediction(box) {
    const inputs = [...box.querySelectorAll("input")], { choose, place, draw } = box.dataset, store = kept(choose ?? place ?? draw);
    const form = (choose ? choice : sliders)(box.dataset, inputs), [tell, again] = box.querySelectorAll("button");

    function keep(now) {
      const isThere = now?.values?.length === inputs.length && now.values.every((v) => Number.isFinite(Number(v)));
      const { text, marks } = isThere && now.isTold ? form.answer(now.values) : { text: "", marks: [] };
      store.write(isThere ? now : null);
      inputs.forEach((input, k) => {
        form.show(input, isThere ? now.values[k] : undefined);
        input.parentNode.classList.toggle("told", Number.isFinite(marks[k]));
        input.parentNode.style.setProperty("--answer", marks[k] ?? 0);
      });
      tell.disabled = !isThere || now.isTold;
      again.hidden = !isThere;
      box.querySelector("[role=status]").textContent = text;
    }
    const mine = (isTold) => keep({ values: inputs.map(form.value), isTold });
    box.addEventListener("input", () => mine(false));
    for (const name of draw ? ["pointerdown", "pointermove"] : [])
      box.addEventListener(name, (event) => inputs.forEach((input) => drawn(input, event)));
    tell.addEventListener("click", () => mine(true));
    again.addEventListener("click", () => keep(null));
    keep(store.read());
  }

  function tasks(box) {
    const inputs = [...box.querySelectorAll("input")], store = kept(box.dataset.tasks);
    const isMet = parts(box.dataset.tasks).map((text) => () => holds(text));
    function keep(done) {
      store.write(done);
      inputs.forEach((input, k) => (input.checked = done?.[k] === true));
      const found = inputs.filter(({ checked }) => checked).length;
      box.querySelector("[role=status]").textContent = found ? `${found} of ${inputs.length} found.` : "";
    }
    document.addEventListener("settled", () => keep(inputs.map(({ checked }, k) => checked || isMet[k]())));
    box.querySelector("button:last-of-type").addEventListener("click", () => keep(null));
    keep(store.read());
  }

  document.addEventListener("DOMContentLoaded", () => {
    for (const box of document.querySelectorAll(".predict")) {
      box.querySelector(".predict-tell").hidden = false;
      (box.dataset.tasks ? tasks : prediction)(box);
    }
  });
})();
