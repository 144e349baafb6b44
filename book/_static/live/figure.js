// A live figure: an element with data-live, its spec, becomes panels, controls and what can be taken away.
// One state, one way to change it, one frame that draws it.

var omcore = omcore || {};

omcore.figures = (() => {
  "use strict";

  const { fields, outputs, readings } = omcore.metadata;
  const { startOf, shared, curves, gaps } = omcore.lines;
  const { knob, list, tick, key, button, element, called } = omcore.controls;
  const { plot, labels, words, take } = omcore;
  const figures = [], timings = []; // timings: ms from an event to the frame that shows what it did
  const QUIET = 500; // ms without a change before the sentence is spoken and the address written

  const SHEET = `<div class="live-app"><div class="live-stay"><div class="live-panels"></div><div class="live-bar" hidden></div></div>
    <div class="live-legend"></div><div class="live-buttons live-presets"></div>
    <div class="live-lists"></div><div class="live-knobs"></div>
    <div class="live-buttons live-take"><span class="live-said" role="status"></span></div>
    <p class="live-words" aria-live="polite"></p>
    <details class="live-data"><summary>The data as a table</summary><div tabindex="0" role="region" aria-label="data"></div></details>
    <details class="live-code"><summary>The same in Python</summary><pre tabindex="0"></pre></details></div>`;

  function figure(host, spec) {
    const app = host.appendChild(element(SHEET)), part = (name) => app.querySelector(`.live-${name}`);
    let state = omcore.state.read(spec, omcore.state.parts(location.hash).get(spec.name));
    let shown = [], faint = null, stop = null, seen = false, request = 0, quiet = 0, stamp = 0;
    const panels = new Map(), shows = []; // shows: what each control does to show the state

    // ---- the state and its frame

    /** The one way to change the state. */
    function change(changes, event) {
      state = { ...state, ...changes };
      if (state.over === state.x) state.over = "";
      stamp ||= event?.timeStamp ?? 0;
      request ||= requestAnimationFrame(frame);
    }

    function frame() {
      request = 0;
      for (const show of shows) show();
      stop?.();
      stop = null;
      try {
        if (state.over) drawMaps();
        else drawCurves();
      } catch (error) {
        say(`No numbers: ${error.message}`);
        console.warn(error);
      }
      clearTimeout(quiet);
      quiet = setTimeout(settle, QUIET);
      if (stamp) afterPaint(stamp, (ms) => timings.push(ms));
      stamp = 0;
    }

    function drawCurves() {
      shown = curves(spec, state);
      part("bar").hidden = true;
      const key = JSON.stringify([state.x, state.y, state.reading, state.cases]);
      if (faint?.key !== key) faint = { key, lines: curves(spec, { ...state, set: startOf(spec).set }) };
      const every = [...shown, ...faint.lines];
      const moved = JSON.stringify(state.set) !== JSON.stringify(startOf(spec).set);
      const { axis } = shown[0], named = state.y.length > 1 ? commonName(state.y) : labels.output(state.y[0], labels.svg);
      layout((lines, title) => ({
        x: { ...axis, label: labels.field(state.x, labels.svg) },
        y: { ...plot.ends(...reach(spec.apart ? every.filter((l) => l.panel === title) : every)), label: named },
        title: panels.size > 1 || state.y.length > 1 ? title : "",
        lines: [...(moved ? faint.lines.filter((l) => l.panel === title).map((l) => ({ ...l, faint: true })) : []), ...lines],
        lanes: lanes(lines),
        rule: state.x in state.set ? state.set[state.x] / axis.factor : undefined,
      }), shown);
    }

    /** From the smallest to the largest number on some lines. */
    function reach(lines) {
      let low = 0, high = 0;
      for (const { y } of lines)
        for (const v of y) if (Number.isFinite(v)) (low = Math.min(low, v)), (high = Math.max(high, v));
      return [low, high];
    }

    const commonName = (names) => (names.every((name) => name.startsWith("E_")) ? "<tspan font-style=\"italic\">E</tspan>"
      : names.every((name) => name.startsWith("R")) ? "<tspan font-style=\"italic\">R</tspan>" : "");

    /** A lane for each case: where it has no steady state. */
    function lanes(lines) {
      const cases = new Map(lines.map((line) => [line.case, line]));
      return Array.from(cases.values(), ({ look, status, axis }) => ({
        look: state.y.length > 1 ? plot.NEUTRAL : look, spans: gaps(status).map(({ from, to }) => [axis.shown[from], axis.shown[to]]),
      }));
    }

    function drawMaps() {
      if (!seen) return;
      stop = omcore.map.maps(spec, state, (all) => {
        shown = all;
        const highest = omcore.map.top(all), p = shared(spec, state);
        const bar = part("bar");
        bar.hidden = false;
        bar.innerHTML = omcore.map.bar(spec.colours, highest, labels.output(state.y[0], labels.html));
        layout(([map], title) => ({
          x: { ...map.axis, label: labels.field(state.x, labels.svg) },
          y: { ...map.up, label: labels.field(state.over, labels.svg) },
          title, image: omcore.map.picture(map, spec.colours, highest), cells: map.axis.values.length,
          dot: [p[state.x] / map.axis.factor, p[state.over] / map.up.factor],
        }), all);
      }, () => settle());
    }

    /** Panels side by side where they have room, each with the scene of its lines. */
    function layout(sceneOf, lines) {
      const titles = [...new Set(lines.map((line) => line.panel))], box = part("panels");
      for (const [title, { host }] of panels) if (!titles.includes(title)) host.remove(), panels.delete(title);
      for (const title of titles) if (!panels.has(title)) panels.set(title, newPanel(box));
      titles.forEach((title) => box.append(panels.get(title).host));
      const room = box.clientWidth; // none where the page is printed, or the figure folded away
      if (room < 100) return;
      const columns = Math.max(1, Math.min(titles.length, Math.floor(room / (state.over ? 215 : 320)), 3));
      box.style.gridTemplateColumns = `repeat(${columns}, minmax(0, 1fr))`;
      const width = Math.floor((room - 8 * (columns - 1)) / columns), rows = Math.ceil(titles.length / columns);
      app.classList.toggle("tall", rows * 250 > 0.5 * innerHeight); // too tall to stay in view beside the sliders
      const height = Math.round(Math.min(330, Math.max(250, width * 0.75)));
      for (const title of titles) {
        const panel = panels.get(title);
        panel.lines = lines.filter((line) => line.panel === title);
        panel.host.setAttribute("aria-label", `${state.y.map((name) => outputs[name].meaning).join(", ")}: ${title}. What it shows is said below.`);
        panel.plot.draw(sceneOf(panel.lines, title), width, height);
      }
    }

    function newPanel(box) {
      const host = box.appendChild(element('<div class="live-panel" role="img"></div>'));
      const panel = { host, plot: plot(host), lines: [] };
      host.addEventListener("pointermove", (event) => look(panel, panel.plot.under(event)));
      host.addEventListener("pointerdown", (event) => look(panel, panel.plot.under(event)));
      host.addEventListener("pointerleave", () => panel.plot.point(null));
      return panel;
    }

    /** Values under the pointer. */
    function look(panel, place) {
      if (!place || !panel.lines.length) return panel.plot.point(null);
      const nearest = (axis, value) => axis.shown.reduce((best, v, k) => (Math.abs(v - value) < Math.abs(axis.shown[best] - value) ? k : best), 0);
      const { axis, up } = panel.lines[0], k = nearest(axis, place[0]), row = up ? nearest(up, place[1]) : 0;
      const at = row * axis.shown.length + k, number = (line) => (line.y ?? line.values)[at];
      const name = (line) => (panel.lines.length > 1 || !up ? line.look.label : "");
      const where = [[state.x, axis, k], ...(up ? [[state.over, up, row]] : [])]
        .map(([field, a, n]) => `<div>${labels.html(fields[field].symbol)} = ${words.along(a, a.shown[n])}</div>`).join("");
      const dots = panel.lines.filter((line) => !up && Number.isFinite(number(line))).map((line) => [number(line), line.look]);
      const rows = panel.lines.filter((line) => line.status[at]).map((line) => [name(line) || outputs[line.output].meaning, line.output, number(line), line.status[at]]);
      panel.plot.point({ x: axis.shown[k], dots }, words.under(where, rows));
    }

    /** When all is quiet: the sentence, the address, and what stands open. */
    function settle() {
      if (!shown.length || stop && shown.some((map) => map.filled?.includes(-1))) return;
      part("words").textContent = words.sentence(state, shown);
      const hash = omcore.state.address(location.hash, spec.name, omcore.state.write(spec, state));
      const anchor = !hash && !location.hash.includes("?") ? location.hash : hash; // a plain anchor stays
      if (anchor !== location.hash) history.replaceState(null, "", anchor || location.pathname + location.search);
      fill();
    }

    function fill() {
      if (!shown.length) return;
      if (part("data").open) part("data").lastChild.innerHTML = take.html(state, shown);
      if (part("code").open) part("code").lastChild.textContent = take.python(spec, state, shown);
    }

    const say = (text) => (part("said").textContent = text);

    // ---- controls

    function move(name, value, event) {
      change({ set: { ...state.set, [name]: value } }, event);
    }

    function addKnob(name) {
      const { box, show } = knob(name, move);
      part("knobs").append(box);
      shows.push(() => {
        const p = shared(spec, state), own = name === "Delta_c" && !(name in state.set) && spec.cases[0] !== "given";
        show(p[name], omcore.factor(name, p), own);
      });
    }

    function addList(words, options, key, value, changes) {
      const { box, show } = list(words, options, (chosen, event) => change(changes(chosen), event));
      part("lists").append(box);
      shows.push(() => show(value()));
    }

    function addLists() {
      const said = (name) => `${labels.output(name, labels.plain)}: ${outputs[name].meaning}`;
      const drawable = [...new Set(omcore.state.drawable(spec))];
      if (spec.outputs.length) addList("draw", drawable.map((name) => [name, said(name)]), "y", () => state.y[0], (y) => ({ y: [y] }));
      if (spec.axes.length) {
        addList("against", spec.axes.map((name) => [name, called(name)]), "x", () => state.x, (x) => ({ x }));
        const none = [["", "– (curves, no map)"]];
        addList("as a map, with upwards", [...none, ...spec.axes.map((name) => [name, called(name)])], "over", () => state.over, (over) => ({ over }));
      }
      addList("mean field", [...readings, "both"].map((name) => [name, name]), "reading", () => state.reading, (reading) => ({ reading }));
      if (spec.cases[0] === "given") {
        const drives = omcore.metadata.drives.map((name) => [name, name]);
        addList("driven", drives, "drive", () => state.set.drive ?? spec.drive, (drive) => ({ set: { ...state.set, drive } }));
      }
    }

    function addLegend() {
      if (spec.cases.length > 1)
        for (const name of spec.cases) {
          const { box, show } = tick(spec.looks[name], (on, event) =>
            change({ cases: spec.cases.filter((c) => (c === name ? on : state.cases.includes(c))) }, event));
          part("legend").append(box);
          shows.push(() => show(state.cases.includes(name), state.cases.length === 1));
        }
      if (spec.y.length > 1) spec.y.forEach((name) => part("legend").append(key(spec.looks[name])));
      part("legend").append(element('<span class="live-key">hatched: no steady state</span>'));
    }

    function addButtons() {
      for (const [name, preset] of Object.entries(spec.presets))
        part("presets").append(button(name, (event) =>
          change({ set: { ...spec.start, ...preset.set }, cases: [...preset.cases] }, event)));
      const copy = (what, text) => async (event) => {
        const done = await take.copy(text());
        say(done ? `${what} copied.` : `The browser refuses to copy; ${what.toLowerCase()} stands in the address or below.`);
      };
      const link = () => {
        settle();
        return location.href;
      };
      const save = (ending, type, text) => () => take.download(text(), `${spec.name}.${ending}`, type);
      const drawing = () => take.svg(Array.from(panels.values(), (panel) => panel.plot.svg));
      part("take").prepend(
        button("Reset", (event) => change(startOf(spec), event)),
        button("Copy link", copy("Link", link)),
        button("Copy as Python", copy("Python", () => take.python(spec, state, shown))),
        button("CSV", save("csv", "text/csv", () => take.csv(state, shown))),
        button("SVG", save("svg", "image/svg+xml", drawing)),
      );
      for (const name of ["data", "code"]) part(name).addEventListener("toggle", fill);
    }

    addLegend();
    addLists();
    spec.knobs.forEach(addKnob);
    addButtons();
    host.classList.add("live-on");
    new ResizeObserver(() => change({})).observe(part("panels"));
    new IntersectionObserver(([entry]) => {
      if (entry.isIntersecting && !seen) (seen = true), state.over && change({});
    }, { rootMargin: "400px" }).observe(host);
    frame();

    return {
      spec, host,
      get state() { return state; },
      get shown() { return shown; },
      get python() { return take.python(spec, state, shown); },
      get csv() { return take.csv(state, shown); },
      readAddress: () => change(omcore.state.read(spec, omcore.state.parts(location.hash).get(spec.name))),
      /** Sweeps that nobody sees, so that the browser has compiled the model before the first drag. */
      warm() {
        for (let k = 0; k < 3; k++) curves(spec, { ...state, over: "", set: { ...state.set, power: 0.03 + 0.001 * k } });
      },
    };
  }

  /** Milliseconds from an event until the frame after it is painted. */
  function afterPaint(start, told) {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => told(performance.now() - start);
    port2.postMessage(null);
  }

  function start() {
    const names = new Set();
    for (const host of document.querySelectorAll(".live[data-live]")) {
      const spec = JSON.parse(host.dataset.live);
      for (let k = 2, name = spec.name; names.has(spec.name); k++) spec.name = `${name}-${k}`;
      names.add(spec.name);
      figures.push(figure(host, spec));
    }
    addEventListener("hashchange", () => figures.forEach((f) => f.readAddress()));
    const asked = figures.find((f) => omcore.state.parts(location.hash).has(f.spec.name));
    asked?.host.scrollIntoView();
    const idle = globalThis.requestIdleCallback ?? ((run) => setTimeout(run, 200));
    idle(() => figures.forEach((f) => f.warm()));
  }

  document.addEventListener("DOMContentLoaded", start);
  return { all: figures, timings };
})();
