// A virtual experiment: homodyne records of atoms and mirror, drawn at random, and the entanglement that is estimated
// from them. A kind of live figure; to be read beside drawings/seen/experiment.py.

omcore.kinds.experiment = (() => {
  "use strict";

  const { pointOf } = omcore.lines, { separabilityMargin, block } = omcore.gaussian, { labels, plot } = omcore, { cell } = omcore.numbersTable;
  const { SETTINGS, uniform, scatter, seenOf, fitted, margin } = omcore.homodyne;
  const { number, escape } = labels, [ATOMS, MIRROR] = [2, 3];
  const RUNS = 400, BINS = 40, TITLES = { raw: "as estimated", corrected: "corrected for bias" };

  // ---- experiment.py

  const inEach = (records) => Math.max(3, Math.floor(records / (2 * SETTINGS.length) + 0.5));

  /** estimates: what experiments with so many records each find, { raw, corrected }, always a full histogram. */
  function estimatesOf(V, records, efficiency, seed) {
    const next = uniform(seed), half = inEach(records), seen = seenOf(V, efficiency), raw = [], corrected = [];
    const from = (sums, freedom) => margin(fitted(sums.map((sum) => sum.map((x) => x / freedom)), efficiency));
    for (let run = 0; run < RUNS; run++) {
      const [one, two, means] = [half - 1, half - 1, 1].map((freedom) => seen.map((C) => scatter(C, freedom, next)));
      const whole = one.map((sum, k) => sum.map((x, i) => x + two[k][i] + means[k][i]));
      const found = from(whole, 2 * half - 1);
      raw.push(found);
      corrected.push(2 * found - (from(one, half - 1) + from(two, half - 1)) / 2);
    }
    return { raw, corrected };
  }

  let last = { key: "" }; // while a histogram fills, its estimates stay

  function experiments(spec, { set: { runs, ...set }, cases }) {
    const key = JSON.stringify([set, cases]);
    if (key === last.key) return last.all;
    const all = spec.cases.filter((name) => cases.includes(name)).map((name) => {
      const { temperature, drive, Delta_c, angular_velocity } = pointOf(spec, { set: { temperature: set.temperature } }, name);
      const V = Float64Array.from(omcore.covariance({ temperature, drive, Delta_c, angular_velocity }).flat());
      const rows = block(V, ATOMS, MIRROR), seed = 1000 * Math.floor(set.seed) + spec.cases.indexOf(name);
      return { name, truth: separabilityMargin(V, [ATOMS, MIRROR]), found: estimatesOf(rows, set.records, set.efficiency, seed) };
    });
    last = { key, all };
    return all;
  }

  // ---- the figure

  const runsOf = ({ set: { runs } }) => Math.min(RUNS, Math.max(1, Math.round(runs)));

  /** For each case two histograms, as estimated and corrected, as lines that go up and down at the edges of bins. */
  function lines(spec, state) {
    const all = experiments(spec, state), runs = runsOf(state);
    const known = all.flatMap(({ found }) => [...found.raw, ...found.corrected]).filter(Number.isFinite);
    const low = Math.min(0, ...known), size = (Math.max(0.01, ...known) - low) / BINS;
    const count = (values) => values.reduce((n, v) => (Number.isFinite(v) && n[Math.min(BINS - 1, Math.floor((v - low) / size))]++, n), Array(BINS).fill(0));
    const x = Array.from({ length: 2 * BINS + 2 }, (_, k) => low + size * Math.floor(k / 2));
    const axis = { name: "margin", low, high: low + size * BINS, values: x, shown: x };
    return Object.entries(TITLES).flatMap(([output, panel]) => all.map(({ name, truth, found }) => {
      const bins = count(found[output].slice(0, runs)), top = Math.max(...count(found[output]));
      return { kind: "experiment", case: name, reading: "", output, row: [], panel, axis, x, truth, top, runs, estimates: found[output].slice(0, runs), mean: of(found[output].slice(0, runs)).mean,
        y: Float64Array.from(x, (_, k) => (k % (2 * BINS + 1) ? bins[Math.floor((k - 1) / 2)] : 0)), look: spec.looks[name], status: ["stable"] };
    }));
  }

  function scene(spec, state, all, behind, measured) {
    const [{ axis, panel }] = all, ends = plot.ends(0, Math.max(...measured.filter(({ runs }) => runs).map(({ top }) => top)));
    const truth = ({ truth: x, look }) => ({ x: [x, x], y: [0, ends.high], look: { ...look, dashes: [2, 3] }, plain: true });
    return {
      title: panel, x: { low: axis.low, high: axis.high, label: `${labels.svg("E_{a-m}")}, unclipped` }, y: { ...ends, label: "experiments" },
      lanes: [], lines: [...all.map((line) => ({ ...line, plain: true, area: true })), ...all.map(truth)], rule: 0,
    };
  }

  const of = (values) => {
    const known = values.filter(Number.isFinite), mean = known.reduce((sum, v) => sum + v, 0) / known.length;
    return { mean, sd: Math.sqrt(known.reduce((sum, v) => sum + (v - mean) ** 2, 0) / known.length), lost: values.length - known.length };
  };

  function under(all, [x]) {
    const row = ({ look, estimates: values, truth }) => `<div>${escape(look.title)}: <b>${number(of(values).mean)} ± ${number(of(values).sd, 2)}</b>, true ${number(truth)}</div>`;
    return [{ x, dots: [] }, all.map(row).join("")];
  }

  const columns = ["mean and spread", "true"];

  /** A row for each histogram: what the experiments find on average, and what is true. */
  const rows = (state, all) => all.map(({ panel, look, estimates: values, truth }) => {
    const { mean, sd, lost } = of(values);
    return { panel, look, name: look.title, cells: [{ value: mean, text: `${number(mean)} ± ${number(sd, 2)}`, tail: lost ? `${lost} without an answer` : "" }, cell(truth)] };
  });

  function table(state, all) {
    const header = all.map(({ case: name, output }) => `${name}, ${TITLES[output]}`);
    return [["experiment", ...header], Array.from({ length: all[0].runs }, (_, k) => [k + 1, ...all.map(({ estimates: values }) => values[k])])];
  }

  const meaning = "histograms of estimates", note = "dotted: true values; upright line: below it not entangled";
  return { lines, scene, under, columns, rows, table, meaning, note, plays: "runs", whole: true, cased: true, ranged: false, pinned: false };
})();
