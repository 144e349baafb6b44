// The panels of a figure, side by side where they have room and else one at a time, and the values under the pointer.

omcore.panels = (() => {
  "use strict";

  const { fields, outputs } = omcore.metadata;
  const { labels, words, plot, grips, show: { zoom } } = omcore, { rowOf, beside } = omcore.lines, { nearest } = omcore.grids;
  const GAP = 8, NARROWEST = { curves: 265, rows: 180, maps: 180 }; // pixels
  const LOWEST = 200, TALLEST = 330, ABOVE = 130; // pixels: of a panel; of a window for its bar and one of colours
  const FOLDED = 640; // pixels for a figure that is folded away, so that it can be printed

  /** The panels inside an element; change: of the state, by who points at a panel that takes it. */
  function panels(box, change) {
    const known = new Map(); // title: { host, plot, lines }
    const tabs = box.previousElementSibling, again = () => show(...last);
    let chosen = "", last; // the panel that is seen where there is room for one alone; and what was shown last

    /** One panel for each title among the lines; sceneOf(lines, title) says what it shows. */
    function show(state, lines, sceneOf) {
      const titles = [...new Set(lines.map((line) => line.panel))];
      for (const [title, { host }] of known) if (!titles.includes(title)) host.remove(), known.delete(title);
      titles.forEach((title, k) => {
        if (!known.has(title)) known.set(title, made(state));
        const { host } = known.get(title); // in the order of the titles; one that is moved would lose the focus
        if (box.children[k] !== host) box.insertBefore(host, box.children[k]);
      });
      last = [state, lines, sceneOf];
      const { columns, height, alone } = layout(titles, lines, state), larger = zoom(box);
      const room = (box.clientWidth || FOLDED) / larger, width = Math.floor((room - GAP * (columns - 1)) / columns);
      box.style.gridTemplateColumns = `repeat(${columns}, minmax(0, 1fr))`;
      if (!titles.includes(chosen)) chosen = titles[0];
      offer(alone ? titles : []);
      const own = omcore.kinds[lines[0].kind];
      const drawn = own?.meaning ?? state.y.map((name) => outputs[name].meaning).join(", ");
      const held = new Set(); // what has a grip that Tab finds: one for each field
      for (const title of titles) {
        const panel = known.get(title);
        if (panel.state !== state) panel.plot.point(null); // what a finger pointed at was of another state
        Object.assign(panel, { state, lines: lines.filter((line) => line.panel === title) });
        panel.host.classList.toggle("behind", alone && title !== chosen);
        panel.plot.svg.setAttribute("aria-label", `${drawn}: ${title}. What it shows is said below.`);
        panel.plot.draw(sceneOf(panel.lines, title), width, height);
        const isSeen = !alone || title === chosen;
        panel.grips(state, (names) => isSeen && !held.has(`${names}`) && held.add(`${names}`));
      }
    }

    /** Columns, and a height that keeps all panels in the window with the slider in hand, or else one panel alone. */
    function layout(titles, lines, state) {
      const larger = zoom(box), room = (box.clientWidth || FOLDED) / larger, tall = innerHeight / larger;
      const rows = new Set(lines.map(rowOf)).size, across = titles.length / rows;
      const beside = getComputedStyle(box.closest(".live-app")).display === "grid"; // the controls
      const free = beside ? tall - ABOVE : 0.4 * tall; // a slider in the middle is free
      const kind = omcore.kinds[lines[0].kind]?.narrow || state.over ? "maps" : rows > 1 && across === 3 ? "rows" : "curves";
      const most = Math.floor(room / NARROWEST[kind]), whole = rows > 1 && across > 1 ? across : 3; // rows of three stay whole
      const columns = Math.max(1, most < whole && kind === "rows" ? 1 : Math.min(titles.length, most, whole));
      const height = Math.round(Math.min(larger > 1 ? tall : TALLEST, Math.max(LOWEST, (0.75 * room) / columns)));
      const fitting = Math.floor(free / Math.ceil(titles.length / columns)) - GAP;
      if (fitting >= LOWEST || titles.length === 1) return { columns, height: Math.min(height, Math.max(fitting, LOWEST)), alone: false };
      return { columns: 1, height: Math.min(TALLEST, Math.round(Math.min(0.75 * room, 0.4 * tall))), alone: true };
    }

    /** A button for each panel, where only one is seen. */
    function offer(titles) {
      const buttons = titles.map((title, k) => {
        const one = omcore.controls.button(title, () => ((chosen = title), again(), tabs.children[k].focus()));
        one.setAttribute("aria-pressed", title === chosen);
        return one;
      });
      if (tabs.textContent + chosen !== titles.join("") + tabs.dataset.chosen) tabs.replaceChildren(...buttons);
      tabs.dataset.chosen = chosen;
    }

    function made(state) {
      const host = box.appendChild(document.createElement("div"));
      host.className = "live-panel";
      host.tabIndex = 0;
      host.setAttribute("role", "group");
      const panel = { host, plot: plot(host), lines: [], state };
      panel.grips = grips(host, panel.plot, change);
      grips.stretch(host, panel.plot, (range, e) => change({ range: { ...panel.state.range, ...range } }, e));
      host.addEventListener("dblclick", (e) => change({ range: {} }, e));
      for (const event of ["pointermove", "pointerdown"])
        host.addEventListener(event, (e) => look(panel, panel.plot.under(e)));
      host.addEventListener("pointerleave", (e) => e.pointerType !== "touch" && panel.plot.point(null)); // a finger leaves at once
      return panel;
    }

    return { show, drawings: () => Array.from(known.values(), (panel) => panel.plot.svg) };
  }

  /** Values under the pointer, or the reason why there is none. */
  function look({ plot, lines, state }, place) {
    if (!place || !lines.length) return plot.point(null);
    const kind = omcore.kinds[lines[0].kind];
    if (kind?.under) return plot.point(...kind.under(lines, place, plot.axes()));
    const { axis, up } = lines[0], k = nearest(axis.shown, place[0]), row = up ? nearest(up.shown, place[1]) : 0;
    const at = row * axis.shown.length + k, value = (line) => (line.y ?? line.values)[at];
    const where = [[axis, k], ...(up ? [[up, row]] : [])].map(([{ name, shown }, n]) =>
      `<div>${labels.html(fields[name].symbol)} = ${words.along({ name }, shown[n])}</div>`);
    const known = lines.filter((line) => line.status[at] // a map may still be growing
      && !(kind && Number.isNaN(value(line)))); // and a branch may not be there
    const crossed = up ? [] : known.filter((line) => Number.isFinite(value(line)));
    const dots = crossed.map((line) => [value(line), line.look]);
    const name = ({ output, look }) => (up ? labels.html(outputs[output].symbol) : labels.escape(look.title));
    const rows = known.map((line) => words.row(beside(kind?.called?.(line, at) ?? name(line), line.pin), line.output, value(line), line.status[at]));
    plot.point({ x: axis.shown[k], dots }, [...where, ...rows].join(""));
  }

  return panels;
})();
