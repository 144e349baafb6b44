// Where the resonances of cavity and atoms lie, seen from the laser, and how wide they are. A kind of live figure; to be read
// beside drawings/fig1/fig1b.py.

omcore.kinds.resonances = (() => {
  "use strict";

  const { fields } = omcore.metadata, { pointOf, readingsOf, shownCases, drawnOf, beside } = omcore.lines, { sagnacShift } = omcore.resonator;
  const { labels, plot } = omcore, { number } = labels, { cell } = omcore.numbersTable, MARGIN = 0.9; // MARGIN: beside the outermost line
  const NAMES = { a: fields.Delta_a.symbol, cw: "\\Delta_\\mathrm{cw}", ccw: "\\Delta_\\mathrm{ccw}" };

  /** For each case a line for the atoms and for each cavity mode: its place, its half width, and a Lorentzian of height 1. */
  function lines(spec, state) {
    const all = drawnOf(state).flatMap(([one, pin]) => shownCases(spec, state).flatMap((name) => {
      const p = pointOf(spec, one, name), shift = sagnacShift(p), w = p.omega_m, title = name === "given" ? "" : spec.looks[name].title;
      const known = { a: [p.Delta_a, p.gamma_a], cw: [p.Delta_c + shift, p.kappa], ccw: [p.Delta_c - shift, p.kappa] };
      return Object.entries(known).map(([mode, [at, rate]]) => ({ kind: "resonances", case: name, reading: readingsOf(state)[0], output: mode, pin,
        row: [], panel: title, p, place: at / w, width: rate / w, shift: shift / w, driven: mode === p.drive, look: spec.looks[`mode ${mode}`], status: ["stable"] }));
    }));
    const places = [-1, 1, ...all.map(({ place }) => place)], { curves: count } = spec.points;
    const { low, high } = plot.ends(Math.min(...places) - MARGIN, Math.max(...places) + MARGIN);
    const values = Float64Array.from({ length: count }, (_, k) => low + (k * (high - low)) / (count - 1)), axis = { low, high, values, shown: values };
    return all.map((line) => ({ ...line, axis, x: values, y: values.map((x) => 1 / (1 + ((x - line.place) / line.width) ** 2)) }));
  }

  function scene(spec, state, all, behind, measured) {
    const { looks } = spec, [{ p, shift, panel }] = all, own = all.filter(({ pin }) => !pin), cavity = p.Delta_c / p.omega_m;
    const low = Math.min(...measured.map(({ axis }) => axis.low)), high = Math.max(...measured.map(({ axis }) => axis.high));
    const upright = (x, look, height = 1) => ({ x: [x, x], y: [0, height], look, plain: true });
    const arm = ({ place, look }) => ({ x: [cavity, place], y: [1.08, 1.08], look, plain: true });
    const flag = (name, x, look) => ({ name: labels.svg(name), x, value: x, look });
    const grip = ({ output, place }) => ({ names: [output === "a" ? "Delta_a" : "Delta_c"], at: [place], shift: output === "a" ? 0 : place - cavity });
    const grid = Array.from(all[0].x, (_, k) => low + (k * (high - low)) / (all[0].x.length - 1));
    const exact = (line) => { // over all of the axis, and with its top, which a grid would miss
      const x = [...grid, line.place].sort((a, b) => a - b);
      return { ...line, x, y: x.map((v) => 1 / (1 + ((v - line.place) / line.width) ** 2)), plain: true, area: line.driven && !line.faint && !line.pin };
    };
    return {
      title: panel || `${labels.plain("\\Delta_F")} = ${number(shift)} ωₘ, ${p.drive.toUpperCase()} mode driven`,
      x: { low, high, label: `frequency from the laser/${labels.svg(fields.omega_m.symbol)}` },
      y: { low: 0, high: 1.16, label: "", ticks: [] }, lanes: [],
      lines: [...behind, ...all].map(exact).concat(
        upright(0, looks.laser), [-1, 1].map((x) => upright(x, looks.sidebands, 0.7)), upright(cavity, looks.cavity),
        own.filter(({ output }) => output !== "a").map(arm)),
      flags: [...own.map(({ output, place, look }) => flag(NAMES[output], place, look)),
        flag(fields.Delta_c.symbol, cavity, looks.cavity)],
      grips: [{ names: ["Delta_c"], at: [cavity] }, ...own.map(grip)],
    };
  }

  function under(all, [x]) {
    const row = ({ output, place, width, look }) => `<div>${labels.html(NAMES[output])} = <b>${number(place)}</b> ± ${number(width)}</div>`;
    const dots = all.map(({ place, width, look }) => [1 / (1 + ((x - place) / width) ** 2), look]);
    return [{ x, dots }, `<div>${number(x)} ${labels.html(fields.omega_m.symbol)} from the laser</div>${all.map(row).join("")}`];
  }

  const columns = ["from the laser", "half width"];
  const rows = (state, all) => all.map(({ panel, look, pin, place, width }) =>
    ({ panel, look, name: beside(look.label, pin), cells: [cell(place, "omega_m"), cell(width, "omega_m")] }));

  function table(state, all) {
    const rows = all.map(({ case: name, output, pin, place, width, driven }) => [name, beside(output, pin), place, width, driven ? "yes" : "no"]);
    return [["case", "mode", "detuning/ωm", "half width/ωm", "driven"], rows];
  }

  const meaning = "resonances seen from the laser", keys = () => ["mode a", "mode ccw", "mode cw", "cavity", "laser", "sidebands"];
  return { lines, scene, under, columns, rows, table, meaning, keys, note: "filled: driven", whole: true, cased: false, ranged: false, uses: ["drive"] };
})();
