// Every steady state along an axis: the branches, the folds where two of them meet, and which are stable. A kind
// of live figure; to be read beside drawings/kit/kinds.py.
//
// A branch is a line as any other, with its number. Between two points with different numbers of branches there is a
// fold: halving closes in on it, and there the two branches that meet are joined.

omcore.kinds.branches = (() => {
  "use strict";

  const { outputs, fields, readings, statuses } = omcore.metadata;
  const { axisOf, linesOf, along, ownPlaces, gaps } = omcore.lines;
  const { remembered, edges, finer, where } = omcore.grids;
  const { number, unit } = omcore.labels, { cell, word } = omcore.numbersTable;
  const NONE = statuses[3], MOST = 5, HALVINGS = 14;

  // ---- from a state to numbers

  /** The branches of every case, each with its number, or null in the reading that has one. */
  function lines(spec, state) {
    const all = linesOf(spec, state), grid = ownPlaces(axisOf(spec, state, state.x, spec.points.curves), all);
    const numbers = all.map(({ reading }) => (reading === readings[0] ? Array.from({ length: MOST }, (_, k) => k) : [null]));
    const sweeps = all.map((line, n) => remembered((places) => columnsOf(line, state.x, places, numbers[n])));
    const stands = (column) => column.some(({ stable }) => stable), isThere = ({ status }) => status !== NONE;
    const axis = finer(grid, sweeps.flatMap((at) => edges(grid.values, at, stands)));
    return all.flatMap((line, n) => {
      const columns = sweeps[n](axis.values), of = (column, place) => ({ place, roots: column.filter(isThere) });
      const curve = strands(refined(columns.map((column, k) => of(column, axis.values[k])),
        (place) => of(sweeps[n]([place])[0], place)), axis.factor);
      return numbers[n].map((branch, k) => ({
        ...line, kind: "branches", branch, axis, x: axis.shown, curve,
        y: Float64Array.from(columns, (column) => column[k].y), status: columns.map((column) => column[k].status),
      })).filter(({ status }) => status.some((word) => word !== NONE));
    });
  }

  /** At each place a column of all branches: { q, y, stable, status }. */
  function columnsOf(line, x, places, numbers) {
    const { page } = outputs[line.output], values = along(line, x, places);
    const found = numbers.map((branch) => omcore.sweep(line.p, x, values, ["q", page], line.reading, branch));
    return places.map((_, k) => found.map(({ q, [page]: y, stable, status }) =>
      ({ q: q[k], y: y[k], stable: stable[k], status: status[k] })));
  }

  /** Columns of roots along the axis, and further ones on both sides of each fold, nearer and nearer. */
  function refined(columns, column) {
    return columns.flatMap((right, k) => {
      let left = columns[k - 1];
      if (!left || left.roots.length === right.roots.length) return [right];
      const before = [], after = [right];
      for (let turn = 0; turn < HALVINGS; turn++) {
        const middle = column((left.place + after[0].place) / 2);
        if (middle.roots.length === left.roots.length) before.push((left = middle));
        else after.unshift(middle);
      }
      return [...before, ...after];
    });
  }

  /** Columns joined to lines: { lines: [{ points: [[x, y, stable], ...] }], folds: [[x, y], ...] }. */
  function strands(columns, factor) {
    const all = [], folds = [];
    let open = [];
    for (const { place, roots } of columns) {
      const x = place / factor, points = roots.map(({ y, stable }) => [x, y, stable]);
      const ends = open.map((line) => line.q), kept = apart(ends, roots.length);
      const born = apart(roots.map(({ q }) => q), ends.length);
      for (const [i, j] of kept.pairs) { // two that end here are joined
        const [low, high] = [open[i].points.at(-1), open[j].points.at(-1)];
        open[i].points.push([high[0], high[1], false]);
        folds.push([low[0], (low[1] + high[1]) / 2]);
      }
      const left = open.filter((_, k) => kept.rest.includes(k)), next = new Array(roots.length);
      born.rest.forEach((k, n) => (next[k] = left[n] ?? started(all)));
      for (const [i, j] of born.pairs) {
        for (const k of [i, j]) next[k] = started(all);
        next[j].points.push([x, points[i][1], false]);
        folds.push([x, (points[i][1] + points[j][1]) / 2]);
      }
      next.forEach((line, k) => (line.points.push(points[k]), (line.q = roots[k].q)));
      open = next;
    }
    return { lines: all, folds };
  }

  const started = (all) => (all.push({ points: [], q: 0 }), all.at(-1));
  /** Which numbers of a rising list have no partner in one of so many: the nearest neighbours, two by two. */
  function apart(values, count) {
    const rest = values.map((_, k) => k), pairs = [];
    while (rest.length > count && rest.length > 1 && count > 0) {
      let best = 0;
      for (let n = 1; n + 1 < rest.length; n++)
        if (values[rest[n + 1]] - values[rest[n]] < values[rest[best + 1]] - values[rest[best]]) best = n;
      pairs.push(rest.splice(best, 2));
    }
    return { rest, pairs };
  }

  // ---- from numbers to a scene

  /** A line in pieces that are stable or not, so that each has its look; they share the points where they meet. */
  function pieces({ points }) {
    const found = [];
    points.forEach(([x, y, stable], k) => {
      const last = found.at(-1);
      if (last) (last.x.push(x), last.y.push(y));
      if (!last || last.stable !== stable) found.push({ x: [x], y: [y], stable });
    });
    return found;
  }

  function scene(spec, state, all, behind) {
    const whole = (some) => some.filter((line, k) => k === some.findIndex((one) => one.curve === line.curve));
    const drawn = [...whole(behind), ...whole(all)].flatMap((line) => line.curve.lines.flatMap(pieces)
      .map((piece) => ({ ...piece, faint: line.faint, pin: line.pin, plain: true, look: lookOf(spec, line, piece.stable) })));
    const spots = whole(all).flatMap(({ curve, look }) => curve.folds.map(([x, y]) => ({ x, y, look })));
    const lanes = whole(all.filter(({ pin }) => !pin)).map((line) => ({
      look: line.look,
      spans: gaps(together(all.filter((one) => one.curve === line.curve)))
        .map(({ from, to }) => [line.axis.shown[from], line.axis.shown[to]]),
    }));
    return { lines: drawn, spots, lanes };
  }

  const lookOf = (spec, line, stable) => spec.looks[stable ? "stable" : "unstable"] ?? line.look;

  /** The status of a point: "stable" where one of its branches is. */
  const together = (lines) => lines[0].status.map((_, k) =>
    (lines.some(({ status }) => status[k] === "stable") ? "stable" : lines[0].status[k]));

  const called = (line, k) => `branch ${(line.branch ?? 0) + 1}, ${line.status[k]}`;

  const columns = ["steady states", "folds at", "none is stable"], meaning = "branches of steady states";

  /** A row for each curve: how many steady states there are where it is set, its folds, and where none is stable. */
  function rows(state, all) {
    return [...new Set(all.map((line) => line.curve))].map((curve) => {
      const own = all.filter((line) => line.curve === curve), [{ axis, look, reading, p, case: name }] = own;
      const at = (v) => `${number(v)}${unit(fields[axis.name].shown.unit)}`, [gap] = gaps(together(own));
      const here = where(axis.values, p[axis.name]), there = own.filter(({ status }) => here < 0 || status[here] !== NONE);
      const folds = curve.folds.map(([x]) => number(x)).join(", "), ends = gap && `${number(axis.shown[gap.from])} to ${at(axis.shown[gap.to])}`;
      return { look, name: name === "given" ? reading : `${look.title}, ${reading}`,
        cells: [cell(there.length), word(folds && `${folds}${unit(fields[axis.name].shown.unit)}`), word(ends ?? "nowhere")] };
    });
  }

  const keys = () => ["stable", "unstable"], note = "dots: folds; hatched: no branch is stable";
  return { lines, scene, columns, rows, meaning, called, keys, note };
})();
