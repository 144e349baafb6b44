// The controls of a figure: legend, presets, lists, sliders and what can be taken away. Each shows the state and
// asks for a change of it; none keeps anything to itself.

omcore.desk = (() => {
  "use strict";

  const { paper, drives } = omcore.metadata;
  const { shared, isOwn, startOf, legendOf } = omcore.lines;
  const { knob, tick, key, button, element } = omcore.controls;
  const { take } = omcore;

  /**
   * Put the controls of a figure on its sheet. figure: { host, spec, part(name), state(), shown(), change(changes, event),
   * sheet(), settle() }. Returns the functions by which each control shows the state.
   */
  function desk(figure) {
    const { spec, part, state, change } = figure, clears = [], given = spec.cases[0] === "given", shows = [];
    const afresh = (changes, event) => (clears.forEach((clear) => clear()), change(changes, event)); // for all knobs
    const kind = omcore.kinds[spec.kind];
    const uses = (what) => omcore.kinds[state().view]?.uses?.includes(what) ?? true;

    /** Buttons for the views of a point, of which one is open and computed. */
    function views() {
      for (const [view, words] of Object.entries(spec.views)) {
        const box = button(words, (event) => change({ view, over: "" }, event));
        part("views").append(box);
        shows.push(() => box.setAttribute("aria-pressed", state().view === view));
      }
    }

    /** Cases to tick; and, anew for each view, what else its drawing needs to be read. */
    function legend() {
      const turned = (name, on) => spec.cases.filter((c) => (c === name ? on : state().cases.includes(c)));
      for (const name of spec.cases.length > 1 ? spec.cases : []) {
        const { box, show } = tick(spec.looks[name], (on, event) => change({ cases: turned(name, on) }, event));
        part("legend").append(box);
        shows.push(() => show(state().cases.includes(name), state().cases.length === 1, legendOf(spec, state()).cased));
      }
      const rest = part("legend").appendChild(element('<span class="live-keys"></span>'));
      let view;
      shows.push(() => {
        if (view === state().view) return;
        view = state().view;
        const { keys, note } = legendOf(spec, state());
        rest.replaceChildren(...keys.map((name) => key(spec.looks[name])), ...(note ? [element(`<span class="live-key">${note}</span>`)] : []));
      });
    }

    function presets() {
      const drawn = (y) => (omcore.state.drawable(spec).includes(y) ? { y: [y] } : {});
      const isSame = (a, b) => [...Object.keys({ ...a, ...b })].every((name) => String(a[name]) === String(b[name]));
      const all = Object.entries(spec.presets), isTold = all.some(([, { why }]) => why);
      for (const [name, { set, cases, y, why }] of all) {
        const changes = { set: { ...spec.start, ...set }, cases: [...cases], ...drawn(y) };
        const box = button(name, (event) => afresh({ ...changes }, event));
        part("presets").append(...(isTold ? [box, element(`<small>${why}</small>`)] : [box]));
        shows.push(() => box.setAttribute("aria-pressed", isSame(state().set, changes.set) && isSame({ ...state(), ...changes, set: 0 }, { ...state(), set: 0 })));
      }
      if (isTold) {
        const fold = element('<details class="live-fold"><summary>Presets <b></b></summary></details>'), list = part("presets");
        list.before(fold);
        fold.append(list);
        shows.push(() => (fold.querySelector("b").textContent = list.querySelector('[aria-pressed="true"]')?.textContent ?? ""));
      }
    }

    /** Each list: what it shows of the state, and what a choice changes. */
    function lists() {
      const other = (over) => state().over || spec.axes.find((name) => name !== over);
      const known = {
        y: [() => state().y[0], (y) => ({ y: [y] })],
        x: [() => state().x, (x) => ({ x, ...kind?.chosen?.(spec, x) })],
        over: [() => state().over, (over) => (over === state().x ? { over, x: other(over) ?? over } : { over })], // x gives way
        reading: [() => state().reading, (reading) => ({ reading })],
        drive: [() => state().set.drive ?? spec.drive, (drive) => ({ set: { ...state().set, drive } })],
      };
      part("lists").innerHTML = spec.lists;
      for (const select of part("lists").querySelectorAll("select")) {
        const { name, parentNode: box } = select, [shown, changes] = known[name];
        select.addEventListener("change", (event) => change(changes(select.value), event));
        shows.push(() => ((select.value = shown()), (box.hidden = !uses(name))));
      }
    }

    /** A field that leaves the sliders whose name, symbol or meaning has what is typed; Enter leads to the first of them. */
    function search() {
      const sliders = part("knobs"), [entry, said] = sliders.querySelector(".live-search").children;
      const typed = () => {
        const words = entry.value.trim().toLowerCase(), all = [...sliders.querySelectorAll(".live-knob")];
        const isHit = (one) => `${one.querySelector("[type=range]").name} ${one.firstElementChild.textContent}`.toLowerCase().includes(words);
        for (const one of all) one.classList.toggle("missed", !isHit(one));
        for (const fold of sliders.querySelectorAll("details")) fold.open = words && fold.querySelector(".live-knob:not(.missed)");
        said.textContent = words && `${all.filter(isHit).length} of ${all.length}`;
      };
      entry.addEventListener("input", typed);
      entry.addEventListener("keydown", ({ key: pressed }) => {
        if (pressed === "Enter") sliders.querySelector(".live-knob:not(.missed) [type=range]")?.focus();
        if (pressed === "Escape") (entry.value = ""), typed();
      });
    }

    function knobs() {
      part("knobs").innerHTML = spec.sliders;
      for (const box of part("knobs").querySelectorAll(".live-knob")) {
        const { name } = box.querySelector("[type=range]");
        let before = null; // what was set when a finger came down
        const { show, clear } = knob(box, {
          moved: (value, event) => change({ set: { ...state().set, [name]: value } }, event),
          held: () => (before = state().set),
          dropped: (event) => state().set !== before && change({ set: before }, event),
        });
        clears.push(clear);
        shows.push(() => {
          const p = shared(spec, state());
          show(p[name], omcore.factor(name, p), isOwn(spec, state(), name));
          box.hidden = kind?.moves?.(spec, state(), name) === false;
        });
      }
      if (part("knobs").querySelector(".live-search")) search();
    }

    function takeaways() {
      const said = part("said"), python = () => take.python(spec, state(), figure.shown());
      const copy = (what, text) => async () => {
        const done = navigator.clipboard?.writeText(text()).then(() => `${what} copied.`);
        said.textContent = await done?.catch(() => "") || "The browser refuses to copy.";
      };
      const save = (ending, type, content) => async () => {
        if (figure.shown().length) take.download(await content(), `${spec.name}.${ending}`, type);
        else said.textContent = "Nothing is drawn, so there is nothing to save.";
      };
      const here = () => (figure.settle(), location.href);
      part("take").prepend(
        button("Reset", (event) => afresh(startOf(spec), event)),
        button("Copy link", copy("Link", here)),
        button("Copy as Python", copy("Python", python)),
        button("CSV", save("csv", "text/csv", () => take.csv(state(), figure.shown()))),
        button("SVG", save("svg", "image/svg+xml", () => figure.sheet())),
        button("PNG", save("png", "image/png", () => omcore.sheet.png(figure.sheet()))),
        button("Copy embed line", copy("Embed line", () => omcore.show.line(figure, (figure.settle(), location.hash)))),
        ...(document.fullscreenEnabled ? [button("Full screen", () => omcore.show.present(figure.host))] : []),
      );
      if (!spec.laboratory) return;
      part("take").after(element(`<p class="live-elsewhere">${spec.laboratory.html}</p>`));
      const link = part("elsewhere").querySelector("a");
      if (link) shows.push(() => (link.href = inLaboratory(spec.laboratory)));
    }

    /** The address of the laboratory with what it takes of the state: fields, axes, cases, and what is drawn. */
    function inLaboratory({ view, cases }) {
      const { set: { drive = spec.drive, ...set }, x, y, over, reading, cases: shown } = state();
      const there = [...new Set(shown.filter((name) => name in cases).map((name) => (cases[name] === "given" ? drive : cases[name])))];
      const query = new URLSearchParams({ view, ...(reading && { x, over, reading, y: y[0] }), cases: there.join() || drives.join() });
      if (given && drive) set.Delta_c = shared(spec, state()).Delta_c;
      for (const [name, value] of Object.entries(set)) if (name in paper) query.set(name, value);
      return `laboratory.html#laboratory?${query}`;
    }

    for (const build of [views, legend, presets, lists, knobs, takeaways]) build();
    return [...shows, omcore.keep(figure)];
  }

  /** After the page's own link to its text, one to the first slider of its first figure. */
  function skip(host) {
    const link = element('<a href="#">Skip to the sliders of the figure</a>'), first = host?.querySelector(".live-knobs [type=range]");
    link.addEventListener("click", (event) => (event.preventDefault(), first.focus()));
    if (first) document.querySelector(".skip-link")?.append(link);
  }

  return Object.assign(desk, { skip });
})();
