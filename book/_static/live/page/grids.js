// What an even grid steps over: edges of stability, where a number becomes zero, and peaks. To be read beside
// drawings/kit/grids.py.
//
// at(places) gives an object for each place: what is known of the point there.

omcore.grids = (() => {
  "use strict";

  const HALVINGS = 12, TURNS = 12, SECTION = (3 - Math.sqrt(5)) / 2; // the smaller part of a golden section
  const SMALL = 1e-4; // of the largest number on a curve: a peak that stands out by less is drawn as it is
  const SAME = 1e-9; // nearer than this, relative to their size, two places are one

  /** at(places) that solves no place twice. */
  function remembered(at) {
    const known = new Map();
    return (places) => {
      const fresh = Array.from(places).filter((place) => !known.has(place));
      if (fresh.length) at(fresh).forEach((point, k) => known.set(fresh[k], point));
      return Array.from(places, (place) => known.get(place));
    };
  }

  /** grids.edges: both sides of each place where neighbours are of two kinds. */
  function edges(x, at, kind) {
    const points = at(x), all = [];
    for (let k = 1; k < x.length; k++)
      if (kind(points[k]) !== kind(points[k - 1])) all.push({ low: x[k - 1], high: x[k], below: kind(points[k - 1]) });
    for (let turn = 0; turn < HALVINGS && all.length; turn++) {
      const middles = all.map(({ low, high }) => (low + high) / 2);
      at(middles).forEach((point, n) => (all[n][kind(point) === all[n].below ? "low" : "high"] = middles[n]));
    }
    return all.flatMap(({ low, high }) => [low, high]);
  }

  /** grids.peaks: where a number is largest between its neighbours on x, by golden sections. */
  function peaks(x, at, name) {
    const y = Float64Array.from(at(x), (point) => point[name]), all = tops(y).map((k) => ({
      low: Number.isFinite(y[k - 1]) ? x[k - 1] : x[k], top: x[k], height: y[k],
      high: Number.isFinite(y[k + 1]) ? x[k + 1] : x[k],
    }));
    for (let turn = 0; turn < TURNS && all.length; turn++) {
      const far = all.map(({ low, top, high }) => (high - top > top - low ? "high" : "low"));
      const probes = all.map((one, n) => one.top + SECTION * (one[far[n]] - one.top));
      at(probes).forEach((point, n) => {
        const one = all[n], near = far[n] === "high" ? "low" : "high";
        if (point[name] > one.height) Object.assign(one, { [near]: one.top, top: probes[n], height: point[name] });
        else one[far[n]] = probes[n];
      });
    }
    return all.map(({ top }) => top);
  }

  /** The numbers of the points that no neighbour exceeds, and that stand out. */
  function tops(y) {
    const size = SMALL * y.reduce((most, v) => (Math.abs(v) > most ? Math.abs(v) : most), 0), found = [];
    y.forEach((v, k) => {
      const falls = [v - y[k - 1], v - y[k + 1]]; // NaN where there is no neighbour
      if (!falls.some((fall) => fall < 0) && falls.some((fall) => fall > size)) found.push(k);
    });
    return found;
  }

  /** An axis with further places, those that it has already and those beyond its ends left out. */
  function finer(axis, places) {
    const { values, factor } = axis, all = Array.from(values);
    for (const place of places.filter((v) => v > values[0] && v < values.at(-1)))
      if (where(all, place) < 0) all.push(place);
    const found = Float64Array.from(all).sort();
    return { ...axis, values: found, shown: found.map((v) => v / factor) };
  }

  /** The number of a place among others; -1 if it is none of them. */
  const where = (values, place) => values.findIndex((v) => Math.abs(v - place) <= SAME * Math.abs(place));

  /** The number of the place that is nearest to another. */
  const nearest = (values, place) =>
    values.reduce((best, v, k) => (Math.abs(v - place) < Math.abs(values[best] - place) ? k : best), 0);

  return { remembered, edges, peaks, finer, where, nearest };
})();
