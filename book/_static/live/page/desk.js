// The controls of a figure: legend, presets, lists, sliders and what can be taken away. Each shows the state and
// asks for a change of it; none keeps anything to itself.

omcore.desk = (() => {
  "use strict";

  const { fields, outputs, readings, drives } = omcore.metadata;
  const { shared, isOwn, startOf, isBare, legendOf } = omcore.lines;
  const { knob, list, tick, key, button, element } = omcore.controls;
  const { labels, take } = omcore;

  /**
   * Put the controls of a figure on its sheet. figure: { host, spec, part(name), state(), shown(), change(changes, event),
   * sheet(), settle() }. Returns the functions by which each control shows the state.
   */
  function desk(figure) {
    const { spec, part, state, change } = figure, clears = [], given = spec.cases[0] === "given", shows = [];
    const afresh = (changes, event) => (clears.forEach((clear) => clear()), change(changes, event)); // for all knobs
    const kind = omcore.kinds[spec.kind], bare = isBare([...spec.y, ...spec.outputs]);

    function legend() {
      const { cased, keys, note } = legendOf(spec);
      const turned = (name, on) => spec.cases.filter((c) => (c === name ? on : state().cases.includes(c)));
      for (const name of spec.cases.length > 1 ? spec.cases : []) {
        const { box, show } = tick(spec.looks[name], (on, event) => change({ cases: turned(name, on) }, event), cased);
        part("legend").append(box);
        shows.push(() => show(state().cases.includes(name), state().cases.length === 1));
      }
      for (const name of keys) part("legend").append(key(spec.looks[name]));
      if (note) part("legend").append(element(`<span class="live-key">${note}</span>`));
    }

    function presets() {
      const drawn = (y) => (omcore.state.drawable(spec).includes(y) ? { y: [y] } : {});
      for (const [name, { set, cases, y }] of Object.entries(spec.presets))
        part("presets").append(button(name, (event) =>
          afresh({ set: { ...spec.start, ...set }, cases: [...cases], ...drawn(y) }, event)));
      part("presets").append(...(kind?.actions?.({ part, state, change }) ?? []));
    }

    /** A list, what it shows of the state, and what a choice changes. */
    function choice(words, options, shown, changes) {
      const { box, show } = list(words, options, (chosen, event) => change(changes(chosen), event));
      part("lists").append(box);
      shows.push(() => show(shown()));
    }

    function lists() {
      const called = (name, write, of) => `${write(name, labels.plain)}: ${of[name].meaning}`;
      const named = (names, ...how) => names.map((name) => [name, called(name, ...how)]);
      const plain = (names) => names.map((name) => [name, name]);
      if (spec.outputs.length) {
        const drawable = named(omcore.state.drawable(spec), labels.output, outputs);
        choice("draw", drawable, () => state().y[0], (y) => ({ y: [y] }));
      }
      if (spec.axes.length) {
        const axes = named(spec.axes, labels.field, fields);
        choice("against", axes, () => state().x, (x) => ({ x, ...kind?.chosen?.(spec, x) }));
        const none = ["", "– (curves, no map)"];
        const other = (over) => state().over || spec.axes.find((name) => name !== over);
        const turned = (over) => (over === state().x ? { over, x: other(over) ?? over } : { over }); // x gives way
        if (spec.kind === "curves") choice("as a map, with upwards", [none, ...axes], () => state().over, turned);
      }
      if (bare && !kind?.driven) return; // of the light nothing is seen
      if (!bare) choice("mean field", plain([...readings, "both"]), () => state().reading, (reading) => ({ reading }));
      const side = () => state().set.drive ?? spec.drive, sides = drives.map((name) => [name, `${name.toUpperCase()} mode`]);
      if (given) choice("driven", sides, side, (drive) => ({ set: { ...state().set, drive } }));
    }

    function knobs() {
      for (const name of spec.knobs) {
        let before = null; // what was set when a finger came down
        const { box, show, clear } = knob(name, {
          moved: (value, event) => change({ set: { ...state().set, [name]: value } }, event),
          held: () => (before = state().set),
          dropped: (event) => state().set !== before && change({ set: before }, event),
        });
        part("knobs").append(box);
        clears.push(clear);
        shows.push(() => {
          const p = shared(spec, state());
          show(p[name], omcore.factor(name, p), isOwn(spec, state(), name));
          box.hidden = kind?.moves?.(spec, state(), name) === false;
        });
      }
    }

    function takeaways() {
      const said = part("said"), python = () => take.python(spec, state(), figure.shown());
      const copy = (what, text) => async () => {
        const done = await take.copy(text());
        said.textContent = done ? `${what} copied.` : "The browser refuses to copy.";
      };
      const save = (ending, type, content) => async () => {
        if (figure.shown().length) take.download(await content(), `${spec.name}.${ending}`, type);
        else said.textContent = "Nothing is drawn, so there is nothing to save.";
      };
      const link = () => (figure.settle(), location.href);
      part("take").prepend(
        button("Reset", (event) => afresh(startOf(spec), event)),
        button("Copy link", copy("Link", link)),
        button("Copy as Python", copy("Python", python)),
        button("CSV", save("csv", "text/csv", () => take.csv(state(), figure.shown()))),
        button("SVG", save("svg", "image/svg+xml", () => figure.sheet())),
        button("PNG", save("png", "image/png", () => omcore.sheet.png(figure.sheet()))),
        button("Copy embed line", copy("Embed line", () => omcore.show.line(figure, (figure.settle(), location.hash)))),
        ...(document.fullscreenEnabled ? [button("Full screen", () => omcore.show.present(figure.host))] : []),
      );
    }

    for (const build of [legend, presets, lists, knobs, takeaways]) build();
    return [...shows, omcore.keep(figure)];
  }

  return desk;
})();
