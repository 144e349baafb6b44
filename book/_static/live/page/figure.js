// A live figure: an element with data-live, its spec, becomes panels, controls and what can be taken away.
// One state, one way to change it, one frame that draws it.

omcore.figures = (() => {
  "use strict";

  const { startOf, shared, isOwn, curves, finite, rowOf, gaps, isBare } = omcore.lines;
  const { plot, labels, words, take, state: address } = omcore;
  const all = [];
  const QUIET = 500; // ms without a change before the sentence is spoken and the address written

  const TOLD = 3; // of what an address says in vain
  const sheet = () => document.getElementById("live-app").content.firstElementChild; // of _templates/live.html

  /** A figure in an element, from its spec and the state that its address gives it. */
  function figure(host, spec, state) {
    const app = host.appendChild(sheet().cloneNode(true)), part = (name) => app.querySelector(`.live-${name}`);
    const panels = omcore.panels(part("panels"), change), kindOf = ({ view }) => omcore.kinds[view] ?? { lines: curves };
    let shown = [], behind = null, seen = false; // behind: the lines of the start, faintly
    let bar; // of colours, where there is one
    const device = spec.device && omcore.device(host, spec, change);
    let request = 0, quiet = 0, stop = null; // stop: ends a map that is still growing
    let isMoving = false; // the reader moves something, and its kind is less exact until it rests
    let isHeld = false, isNews = false; // a gesture is under way; what it changed is to be one entry of the history

    // ---- the state and its frame

    /** The one way to change the state. */
    function change(changes, event) {
      state = { ...state, ...changes };
      if (state.over === state.x) state.over = "";
      if (event) (isNews = true), (part("note").textContent = "");
      isMoving = event && kindOf(state).rests;
      stop?.(); // what is still growing belongs to the old state
      stop = null;
      request ||= requestAnimationFrame(() => frame());
    }

    /** work: milliseconds for a map in each frame. */
    function frame(work) {
      request = 0;
      for (const show of shows) show();
      let failure = "";
      try {
        if (state.over) drawMaps(work);
        else drawCurves();
        if (device) device(state);
      } catch (error) { // at values so extreme that the model has no numbers
        failure = `No numbers here: ${error.message}`;
        shown = [];
        part("words").textContent = "";
      }
      part("failure").textContent = failure;
      place(part("stay"), part("numbers"));
      part("said").textContent = "";
      app.classList.toggle("failed", failure !== "");
      host.classList.toggle("live-moved", isChanged());
      clearTimeout(quiet);
      quiet = setTimeout(settle, QUIET);
    }

    /** The numbers stay in view with the panels, where controls stand beside these and the window has room for both. */
    function place(stay, numbers) {
      const isThere = numbers.parentNode === stay, end = parseFloat(getComputedStyle(stay).top) + stay.offsetHeight;
      const hasRoom = end + (isThere ? 0 : numbers.offsetHeight) < innerHeight && getComputedStyle(app).display === "grid";
      if (hasRoom && !isThere) stay.append(numbers);
      if (isThere && !hasRoom) part("desk").after(numbers);
    }

    /** When all is quiet: the sentence, the address, and what stands open. */
    function settle() {
      if (!isDrawn() || isGrowing()) return;
      if (isMoving) {
        isMoving = false;
        frame();
        clearTimeout(quiet); // all is said below
      }
      part("words").textContent = words.sentence(state, shown);
      if (!isHeld) record();
      fill();
      host.dispatchEvent(new Event("settled", { bubbles: true }));
    }

    /** What the reader has changed becomes the address, and one step back. */
    function record() {
      const hash = address.address(location.hash, spec.name, address.write(spec, state), names());
      const anchor = !hash && !location.hash.includes("?"), depth = history.state?.depth ?? 0; // of a section: it stays
      if (!anchor && hash !== location.hash)
        history[isNews ? "pushState" : "replaceState"]({ depth: depth + isNews }, "", hash || location.pathname + location.search);
      isNews = false;
      for (const show of shows) show();
    }

    /** Is what is shown that of the state, or is a frame to come? */
    const isDrawn = () => shown.length > 0 && !request;
    const isChanged = () => address.write(spec, state) !== "";
    const isGrowing = () => shown.some((line) => line.filled?.includes(-1));

    function fill() {
      if (!isDrawn()) return;
      if (part("data").open) part("data").lastElementChild.innerHTML = take.html(state, shown);
      if (part("code").open) part("code").lastElementChild.textContent = take.python(spec, state, shown);
    }

    // ---- curves

    function drawCurves() {
      const kind = kindOf(state);
      shown = kind.lines(spec, state, isMoving);
      showBar(kind.bar?.(spec, state, shown));
      showNumbers();
      const key = JSON.stringify([state.view, state.x, state.y, state.reading, state.cases, state.range]), { axis } = shown[0];
      if (behind?.key !== key) behind = { key, lines: kind.lines(spec, { ...state, set: startOf(spec).set, pins: [] }) };
      const moved = isMoved();
      const { given } = spec.lines, titled = shown.some(({ row, panel }) => (!given && row.length > 1) || panel !== shown[0].panel);
      panels.show(state, shown, (lines, panel) => {
        const { row, title } = lines[0], isHere = (line) => line.panel === panel;
        const faint = behind.lines.filter((line) => moved && isHere(line)).map((line) => ({ ...line, faint: true }));
        const inRow = (line) => rowOf(line) === rowOf(lines[0]);
        const measured = [...shown, ...behind.lines].filter(spec.apart ? isHere : inRow);
        const own = kind.scene?.(spec, state, lines, faint, measured), [low, high] = reach(measured);
        if (kind.whole) return own;
        const place = shared(spec, state)[state.x] / axis.factor;
        return {
          title: titled ? title : "",
          x: { ...axis, label: labels.field(state.x, labels.svg) },
          y: { ...(lines[0].again ? plot.decades(high) : plot.ends(low, high)), label: nameOf(row) },
          lines: [...faint, ...lines].map((line) => (finite(line) === line.y ? line : { ...line, plain: true })),
          lanes: lanes(lines),
          rule: isOwn(spec, state, state.x) ? undefined : place,
          grips: lines.every(({ held }) => state.x in held) ? [] : [{ names: [state.x], at: [place] }],
          ...own,
        };
      });
    }

    const showNumbers = () => (part("numbers").innerHTML = omcore.numbersTable.html(state, shown));
    const isMoved = () => JSON.stringify(state.set) !== JSON.stringify(startOf(spec).set);

    /** The bar of colours, where there is one. */
    function showBar(given) {
      bar = given;
      part("bar").hidden = !bar;
      if (bar) part("bar").innerHTML = barOf(bar);
    }

    /** A lane for each case: where it has no steady state. */
    function lanes(lines) {
      const own = lines.filter(({ pin }) => !pin && !isBare(lines[0].row));
      const cases = new Map(own.map((line) => [line.case, line]));
      return Array.from(cases.values(), ({ look, status, axis }) => ({
        look: lines[0].row.length > 1 ? plot.NEUTRAL : look,
        spans: gaps(status).map(({ from, to }) => [axis.shown[from], axis.shown[to]]),
      }));
    }

    // ---- maps

    function drawMaps(work) {
      if (seen) stop = omcore.map.maps(spec, state, showMaps, settle, work);
    }

    function showMaps(maps) {
      shown = maps;
      showNumbers();
      const highest = omcore.map.top(maps);
      showBar(omcore.map.bar(spec.colours, highest, state.y[0]));
      panels.show(state, maps, ([map], title) => ({
        title,
        x: { ...map.axis, label: labels.field(state.x, labels.svg) },
        y: { ...map.up, label: labels.field(state.over, labels.svg) },
        image: omcore.map.picture(map, spec.colours, highest),
        cells: map.axis.values.length,
        ...dotOf(map),
      }));
    }

    /** Where a map is set: each case has a dot of its own, which is moved unless its line holds it. */
    function dotOf({ p, axis, up, held, pin }) {
      const names = [state.x, state.over], dot = [p[state.x] / axis.factor, p[state.over] / up.factor];
      return { dot, grips: pin || names.some((name) => name in held) ? [] : [{ names, at: dot }] };
    }

    // ---- set up

    const shows = omcore.desk({
      host, spec, part, change, settle, state: () => state, shown: () => shown,
      sheet: () => omcore.sheet({ host, spec, state, drawings: panels.drawings(), bar, isMoved: !state.over && isMoved() }),
    });
    app.addEventListener("focusin", () => isHeld || record()); // another control is another change
    app.addEventListener("pointerdown", () => (record(), (isHeld = true)), { capture: true });
    for (const end of ["pointerup", "pointercancel"])
      addEventListener(end, () => isHeld && ((isHeld = false), (quiet = setTimeout(settle, QUIET))));
    for (const name of ["data", "code"]) part(name).addEventListener("toggle", fill);
    part("data").lastElementChild.setAttribute("aria-label", `data of ${spec.name}`);
    host.classList.add("live-on");
    new ResizeObserver(() => change({})).observe(part("panels"));
    addEventListener("resize", () => change({})); // of the height, too
    const near = ([entry]) => {
      if (entry.isIntersecting && !seen) (seen = true), state.over && change({});
    };
    new IntersectionObserver(near, { rootMargin: "400px" }).observe(host);
    frame();

    return {
      spec, host,
      get state() { return state; },
      get shown() { return shown; },
      get isMoving() { return isMoving; },
      get python() { return take.python(spec, state, shown); },
      get csv() { return take.csv(state, shown); },
      change,
      /** For paper, say and draw at once what its reader has set. */
      finish() {
        if (!isChanged()) return;
        if (!isDrawn() || isGrowing()) {
          seen = true;
          stop?.();
          cancelAnimationFrame(request);
          frame(Infinity);
        }
        settle();
      },
      /** Say what of an address is left out. */
      tell(left) {
        const more = left.length > TOLD ? [`and ${left.length - TOLD} more`] : [];
        part("note").textContent = left.length ? `Left out of the address: ${[...left.slice(0, TOLD), ...more].join("; ")}.` : "";
      },
      /** Sweeps that nobody sees, so that the browser has compiled the model before the first drag. */
      warm() {
        const first = startOf(spec);
        const at = (power) => kindOf(first).lines(spec, { ...first, over: "", set: { ...first.set, power } });
        [0.03, 0.031, 0.032].forEach(at);
      },
    };
  }

  /** A bar of colours with numbers below it, as HTML; dark: its colours on a dark page, where they are others. */
  function barOf({ label, colours, dark, numbers }) {
    const ground = (all) => `linear-gradient(to right, ${all.join(",")})`, below = numbers.map((value) => `<span>${labels.number(value)}</span>`);
    return `<span class="live-bar-label">${label(labels.html)}</span><div><i style="--ground: ${ground(colours)}; --dark: ${ground(dark ?? colours)}"></i>
      <div class="live-bar-numbers">${below.join("")}</div></div>`;
  }

  /** From the smallest to the largest number on some lines, and zero. */
  function reach(lines) {
    const all = lines.flatMap((line) => Array.from(finite(line)).filter(Number.isFinite));
    return [Math.min(0, ...all), Math.max(0, ...all)];
  }

  /** The vertical axis of one output, or of several of a kind. */
  function nameOf(names) {
    if (names.length === 1) return labels.output(names[0], labels.svg);
    const { outputs } = omcore.metadata, letter = ({ symbol }) => symbol.split(/[_^]/)[0].replaceAll("|", "");
    const kinds = new Set(names.map((name) => `${letter(outputs[name])} ${outputs[name].unit}`));
    const [symbol, unit] = [...kinds][0].split(" ");
    return kinds.size === 1 ? labels.withUnit(symbol, unit, labels.svg) : "";
  }

  const names = () => all.map((one) => one.spec.name);

  /** What the address gives each figure, { state, left }; the first one says what is for none of them. */
  function readAddress(specs) {
    const { queries, left } = address.parts(location.hash, specs.map((spec) => spec.name));
    const found = specs.map((spec) => address.read(spec, queries.get(spec.name)));
    if (found.length) found[0].left.unshift(...left);
    return { queries, found };
  }

  function setUp() {
    const hosts = [...document.querySelectorAll(".live[data-live]")], specs = [];
    for (const { dataset } of hosts) {
      const spec = JSON.parse(dataset.live);
      Object.assign(omcore.metadata.fields, spec.quantities); // of a figure that has no resonator
      Object.assign(omcore.metadata.symbols, spec.symbols);
      for (let k = 2, name = spec.name; specs.some((one) => one.name === spec.name); k++) spec.name = `${name}-${k}`;
      specs.push(spec);
    }
    const { queries, found } = readAddress(specs);
    specs.forEach((spec, k) => all.push(figure(hosts[k], spec, found[k].state)));
    all.forEach((one, k) => one.tell(found[k].left));
    omcore.show.alone(all);
    history.replaceState({ depth: 0, ...history.state }, "");
    addEventListener("popstate", () => { // a link to a section leaves the figures as they are; the start is an entry, too
      if (!location.hash.includes("?") && !history.state) return;
      const { queries, found } = readAddress(specs);
      const isNew = (one, { state }) => address.write(one.spec, state) !== address.write(one.spec, one.state);
      all.forEach((one, k) => (isNew(one, found[k]) && one.change(found[k].state), one.tell(found[k].left)));
      all.find((one) => queries.has(one.spec.name))?.host.querySelector(".live-panels").scrollIntoView({ block: "nearest" });
    });
    addEventListener("beforeprint", () => all.forEach((one) => one.finish()));
    omcore.desk.skip(all[0]?.host);
    all.find((one) => queries.has(one.spec.name))?.host.scrollIntoView();
    const idle = globalThis.requestIdleCallback ?? ((run) => setTimeout(run, 200));
    idle(() => all.forEach((one) => one.warm()));
  }

  document.addEventListener("DOMContentLoaded", setUp);
  return { all };
})();
