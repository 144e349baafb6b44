// Entanglement of all pairs of modes at a point, as a network. A kind of live figure.

omcore.kinds.pairs = (() => {
  "use strict";

  const { outputs, drives, statuses: [STABLE] } = omcore.metadata, { atPoint, byPanel, beside } = omcore.lines;
  const { labels, plot } = omcore, { number } = labels, { cell, word } = omcore.numbersTable, PAIRS = Object.keys(outputs).filter((name) => name.startsWith("E_"));
  const PLACES = { driven: [-1, 1], undriven: [1, 1], a: [-1, -1], m: [1, -1] }; // of the modes
  const WIDE = 60, WIDEST = 24; // pixels for E = 1, and at most

  /** A link for each pair in each case, from one mode to the other, with its E. */
  const lines = (spec, state) => atPoint(spec, state).flatMap((line) => {
    const { E, status } = omcore.solve(line.p, line.reading);
    return PAIRS.map((output) => {
      const { page } = outputs[output], ends = page.split("-").map((mode) => PLACES[mode]), look = spec.looks[output];
      return { ...line, kind: "pairs", output, look, ends, axis: { values: [0], shown: [0] }, x: [0], y: [E[page]], status: [status] };
    });
  });

  /** A link as wide as its pair is entangled. */
  function link({ ends: [[left, low], [right, high]], y: [E], look, faint }) {
    const drawn = E > 0 ? { ...look, dashes: [], wide: Math.min(WIDEST, 1 + WIDE * E) } : { ...plot.NEUTRAL, dashes: [2, 4], wide: 1 };
    return { faint, plain: true, x: [left, right], y: [low, high], look: drawn };
  }

  function scene(spec, state, all, behind) {
    const [{ panel, p, status }] = all, there = status[0] === STABLE, ends = { low: -1.5, high: 1.5, label: "", ticks: [] };
    const side = (drive) => `${drive === p.drive ? "driven" : "undriven"}, ${drive.toUpperCase()}`, other = drives.find((name) => name !== p.drive);
    const names = { driven: side(p.drive), undriven: side(other), a: "atoms", m: "mirror" }, nodes = Object.entries(PLACES);
    const some = (links) => links.filter(({ y: [E] }) => E > 0), between = ([from, to], k) => 0.66 * from[k] + 0.34 * to[k]; // where none crosses
    return {
      title: panel, x: ends, y: ends, lanes: [], band: there ? undefined : [-1.5, 1.5],
      lines: there ? [...some(behind), ...all].map(link) : [], spots: nodes.map(([, [x, y]]) => ({ x, y, look: plot.NEUTRAL })),
      notes: [...nodes.map(([mode, [x, y]]) => ({ x, y: 1.3 * y, text: names[mode] })),
        ...some(all).map(({ ends: at, y: [E] }) => ({ x: between(at, 0), y: between(at, 1), text: number(E, 2) }))],
    };
  }

  const under = (all, [x]) => [{ x, dots: [] }, all.map(({ look, y: [E] }) => `<div>${look.label}: <b>${number(E)}</b></div>`).join("")];

  const columns = ["entanglement"];

  /** A row for each pair that is entangled, and one for each case in which none is. */
  const rows = (state, all) => byPanel(all).flatMap(([panel, links]) => {
    const [{ status: [status] }] = links, some = links.filter(({ y: [E] }) => E > 0);
    if (!some.length) return [{ panel, name: "all pairs", cells: [word(status === STABLE ? "none" : status)] }];
    return some.map(({ look, y: [E] }) => ({ panel, look, name: look.label, cells: [cell(E)] }));
  });

  const table = (state, all) => [["case", "reading", "pair", "E_N", "status"],
    all.map(({ case: name, reading, pin, output, y, status }) => [name, beside(reading, pin), outputs[output].page, y[0], status[0]])];

  const note = "a link is as wide as its pair is entangled; dotted: not at all";
  return { lines, scene, under, columns, rows, table, meaning: "entanglement of all pairs", note, whole: true, cased: false, ranged: false, uses: ["reading"] };
})();
