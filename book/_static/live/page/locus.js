// The eigenvalues of the drift matrix in the complex plane, along an axis and at one place of it. A kind of live
// figure; to be read beside drawings/kit/kinds.py.

omcore.kinds.locus = (() => {
  "use strict";

  const { fields, statuses } = omcore.metadata;
  const { axisOf, atPoint, along, beside, ownPlaces, gaps } = omcore.lines;
  const { remembered, edges, finer } = omcore.grids;
  const { labels, plot } = omcore, { number } = labels, { word } = omcore.numbersTable;
  const [STABLE, UNSTABLE] = statuses, GROUPS = 32, TOP = 2; // GROUPS: colours along a path; TOP: of the axis, above it light is alone

  /** A line for each case: roots[k] are its eigenvalues at point k, here those where it is set. */
  function lines(spec, state) {
    const all = atPoint(spec, state), grid = ownPlaces(axisOf(spec, state, state.x, spec.points.curves), all);
    const sweeps = all.map((line) => remembered((places) => Array.from(along(line, state.x, places), (value, k) =>
      omcore.eigenvalues({ ...line.p, [state.x]: value }, line.reading, k > 0))));
    const decays = ([[re]]) => re < 0, axis = finer(grid, sweeps.flatMap((at) => edges(grid.values, at, decays)));
    return all.map((line, n) => {
      const roots = sweeps[n](axis.values), [here] = sweeps[n]([line.p[state.x]]);
      const y = Float64Array.from(roots, ([[re]]) => re), status = roots.map((one) => (decays(one) ? STABLE : UNSTABLE));
      const place = line.p[state.x] / axis.factor;
      return { ...line, kind: "locus", axis, x: axis.shown, y, status, roots, here, place };
    });
  }

  const upper = (roots) => roots.filter(([, im]) => im > -1e-9);

  function scene(spec, state, [line], [faint], measured) {
    const all = measured.flatMap(({ roots, here }) => upper([...roots.flat(), ...here]));
    const ends = (part) => {
      const values = all.map((root) => root[part]);
      return plot.ends(part === 1 ? 0 : Math.min(...values), Math.max(...values));
    };
    const x = { ...ends(0), label: `Re ${labels.svg("\\lambda")}/${labels.svg(fields.omega_m.symbol)}` };
    const up = ends(1), y = { ...up, high: Math.min(TOP, up.high), label: `Im ${labels.svg("\\lambda")}/${labels.svg(fields.omega_m.symbol)}` };
    const size = Math.ceil(line.roots.length / GROUPS), { light, dark } = spec.colours.path;
    const part = (k) => upper(line.roots.slice(k * size, (k + 1) * size).flat());
    const clouds = light.map((colour, k) => ({ look: { light: colour, dark: dark[k] }, points: part(k) }));
    const start = faint && { faint: true, look: plot.NEUTRAL, points: upper(faint.roots.flat()) };
    const behind = start ? [start] : [];
    const spots = upper(line.here).map(([re, im]) => ({ x: re, y: im, look: spec.looks.here }));
    const band = [0, x.high], above = spots.filter((spot) => spot.y > y.high);
    const notes = above.map((spot) => ({ x: spot.x, y: 0.94 * y.high, text: `↑ ${number(spot.y)}` }));
    return { title: line.panel, x, y, lines: [], lanes: [], rule: 0, band, clouds: [...behind, ...clouds], spots: spots.filter((spot) => !above.includes(spot)), notes };
  }

  /** The bar beside the panels: the colours along the axis. */
  function bar(spec, state, [{ axis: { low, high, logarithmic } }]) {
    const place = (part) => (logarithmic ? low * (high / low) ** part : low + part * (high - low));
    const numbers = [0, 0.25, 0.5, 0.75, 1].map(place), { light: colours, dark } = spec.colours.path;
    return { label: (write) => labels.field(state.x, write), colours, dark, numbers };
  }

  const complex = ([re, im]) => `${number(re)} ${im < 0 ? "−" : "+"} ${number(Math.abs(im))}i`;

  const pair = ([re, im]) => number(re) + (im === 0 ? "" : ` ± ${number(Math.abs(im))}i`);

  /** What is under the pointer: the nearest eigenvalue, and where on the axis it belongs. */
  function under([line], [re, im], { x, y }) {
    const far = (root) => ((root[0] - re) / (x.high - x.low)) ** 2 + ((root[1] - im) / (y.high - y.low)) ** 2;
    let best = line.here[0], place = line.place;
    line.roots.forEach((roots, k) => upper(roots).forEach((root) => {
      if (far(root) < far(best)) [best, place] = [root, line.axis.shown[k]];
    }));
    const rate = `${complex(best)} ${labels.html(fields.omega_m.symbol)}`;
    return [{ x: best[0], dots: [[best[1], plot.NEUTRAL]] }, `<div>λ = ${rate}</div>
      <div>${labels.html(fields[line.axis.name].symbol)} = ${omcore.words.along(line.axis, place)}</div>`];
  }

  const columns = ["leading eigenvalue", "fluctuations grow"];

  /** A row for each case: its leading eigenvalue where it is set, and where one lies on the right. */
  function rows(state, all) {
    const at = ({ axis: { shown, name } }, { from, to }) => `${number(shown[from])} to ${omcore.words.along({ name }, shown[to])}`;
    return all.map((line) => ({ name: line.panel, cells: [{ value: line.here[0][0], text: `${pair(line.here[0])} ωₘ`, tail: "" },
      word(gaps(line.status).slice(0, 2).map((gap) => at(line, gap)).join(", ") || "nowhere")] }));
  }

  function table(state, all) {
    const name = (line, k, part) => `${part} λ${k + 1}/ωm, ${line.case}, ${beside(line.reading, line.pin)}`;
    const both = (line, k) => ["Re", "Im"].map((part) => name(line, k, part));
    const header = all.flatMap((line) => line.here.flatMap((_, k) => both(line, k)));
    const rows = Array.from(all[0].x, (x, k) => [x, ...all.flatMap((line) => line.roots[k].flat())]);
    return [[labels.field(state.x, labels.plain), ...header], rows];
  }

  return {
    lines, scene, bar, under, columns, rows, table, meaning: "eigenvalues of the drift matrix",
    whole: true, cased: false, uses: ["x", "reading"], note: "large dots: where the sliders stand, ↑ for those above; hatched: fluctuations grow",
  };
})();
