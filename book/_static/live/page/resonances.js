// Where the resonances of cavity and atoms lie, seen from the laser, and how wide they are. A kind of live figure; to be read
// beside drawings/fig1/fig1b.py.

omcore.kinds.resonances = (() => {
  "use strict";

  const { fields } = omcore.metadata, { pointOf, readingsOf, byPanel } = omcore.lines, { sagnacShift } = omcore.resonator;
  const { labels, plot } = omcore, { number } = labels, MARGIN = 0.9; // MARGIN: beside the outermost line
  const NAMES = { a: fields.Delta_a.symbol, cw: "\\Delta_\\mathrm{cw}", ccw: "\\Delta_\\mathrm{ccw}" };

  /** For each case a line for the atoms and for each cavity mode: its place, its half width, and a Lorentzian of height 1. */
  function lines(spec, state) {
    const all = spec.cases.filter((name) => state.cases.includes(name)).flatMap((name) => {
      const p = pointOf(spec, state, name), shift = sagnacShift(p), w = p.omega_m, title = name === "given" ? "" : spec.looks[name].title;
      const known = { a: [p.Delta_a, p.gamma_a], cw: [p.Delta_c + shift, p.kappa], ccw: [p.Delta_c - shift, p.kappa] };
      return Object.entries(known).map(([mode, [at, rate]]) => ({ kind: "resonances", case: name, reading: readingsOf(state)[0], output: mode,
        row: [], panel: title, p, place: at / w, width: rate / w, shift: shift / w, driven: mode === p.drive, look: spec.looks[`mode ${mode}`], status: ["stable"] }));
    });
    const places = [-1, 1, ...all.map(({ place }) => place)], { curves: count } = spec.points;
    const { low, high } = plot.ends(Math.min(...places) - MARGIN, Math.max(...places) + MARGIN);
    const values = Float64Array.from({ length: count }, (_, k) => low + (k * (high - low)) / (count - 1)), axis = { low, high, values, shown: values };
    return all.map((line) => ({ ...line, axis, x: values, y: values.map((x) => 1 / (1 + ((x - line.place) / line.width) ** 2)) }));
  }

  function scene(spec, state, all, behind, measured) {
    const { looks } = spec, [{ p, shift, panel }] = all, cavity = p.Delta_c / p.omega_m;
    const low = Math.min(...measured.map(({ axis }) => axis.low)), high = Math.max(...measured.map(({ axis }) => axis.high));
    const upright = (x, look, height = 1) => ({ x: [x, x], y: [0, height], look, plain: true });
    const arm = ({ place, look }) => ({ x: [cavity, place], y: [1.08, 1.08], look, plain: true });
    const flag = (name, x, look) => ({ name: labels.svg(name), x, value: x, look });
    const grid = Array.from(all[0].x, (_, k) => low + (k * (high - low)) / (all[0].x.length - 1));
    const exact = (line) => { // over all of the axis, and with its top, which a grid would miss
      const x = [...grid, line.place].sort((a, b) => a - b);
      return { ...line, x, y: x.map((v) => 1 / (1 + ((v - line.place) / line.width) ** 2)), plain: true, area: line.driven && !line.faint };
    };
    return {
      title: panel || `${labels.plain("\\Delta_F")} = ${number(shift)} ωₘ, ${p.drive.toUpperCase()} mode driven`,
      x: { low, high, label: `frequency from the laser/${labels.svg(fields.omega_m.symbol)}` },
      y: { low: 0, high: 1.16, label: "", ticks: [] }, lanes: [],
      lines: [...behind, ...all].map(exact).concat(
        upright(0, looks.laser), [-1, 1].map((x) => upright(x, looks.sidebands, 0.7)), upright(cavity, looks.cavity),
        all.filter(({ output }) => output !== "a").map(arm)),
      flags: [...all.map(({ output, place, look }) => flag(NAMES[output], place, look)),
        flag(fields.Delta_c.symbol, cavity, looks.cavity)],
    };
  }

  function under(all, [x]) {
    const row = ({ output, place, width, look }) => `<div>${labels.html(NAMES[output])} = <b>${number(place)}</b> ± ${number(width)}</div>`;
    const dots = all.map(({ place, width, look }) => [1 / (1 + ((x - place) / width) ** 2), look]);
    return [{ x, dots }, `<div>${number(x)} ${labels.html(fields.omega_m.symbol)} from the laser</div>${all.map(row).join("")}`];
  }

  function sentence(state, all) {
    const said = ({ look, place, width }) => `${look.label} at ${number(place)}, half width ${number(width)}`;
    const each = byPanel(all).map(([panel, own]) => {
      const [{ p, shift }] = own;
      return `${panel && `${panel}, `}${own.map(said).join("; ")}; the Sagnac shift is ${number(shift)}, the ${p.drive.toUpperCase()} mode is driven`;
    });
    return `Resonances seen from the laser, in units of the mechanical frequency: ${each.join("; ")}, and the sidebands lie at −1 and 1.`;
  }

  function table(state, all) {
    const rows = all.map(({ case: name, output, place, width, driven }) => [name, output, place, width, driven ? "yes" : "no"]);
    return [["case", "mode", "detuning/ωm", "half width/ωm", "driven"], rows];
  }

  const meaning = "resonances seen from the laser", keys = () => ["mode a", "mode ccw", "mode cw", "cavity", "laser", "sidebands"];
  return { lines, scene, under, sentence, table, meaning, keys, note: "filled: driven", whole: true, cased: false, uses: ["drive"] };
})();
