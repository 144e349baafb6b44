// Maps over two fields, row by row between the frames of the page, which stays free: coarse rows first.

omcore.map = (() => {
  "use strict";

  const { outputs } = omcore.metadata;
  const { linesOf, axisOf, along: alongFor } = omcore.lines;
  const SLICE = 8; // ms of work between two frames

  /** The rows of a map, coarse ones first: 0, 8, 16, ... then those between. */
  function order(count) {
    const rows = [];
    for (const stride of [8, 4, 2, 1])
      for (let k = 0; k < count; k += stride) if (!rows.includes(k)) rows.push(k);
    return rows;
  }

  /** Compute maps and show them as they grow, so many milliseconds a frame; returns a function that stops it. */
  function maps(spec, state, show, done, work = SLICE) {
    const count = spec.points.maps, along = axisOf(spec, state, state.x, count);
    const up = axisOf(spec, state, state.over, count);
    const all = linesOf(spec, { ...state, y: state.y.slice(0, 1) }).map((line) => ({
      ...line, axis: along, up, here: atItsDot(line, state.x), values: new Float64Array(count * count).fill(NaN),
      status: new Array(count * count), filled: new Int16Array(count).fill(-1),
    }));
    const tasks = order(count).flatMap((row) => all.map((map) => [map, row]));
    let next = 0, request = 0;

    function slice() {
      const end = performance.now() + work;
      while (next < tasks.length && performance.now() < end) compute(...tasks[next++], state.x, along);
      show(all, next === tasks.length);
      if (next < tasks.length) request = requestAnimationFrame(slice);
      else done?.(all);
    }
    slice();
    return () => cancelAnimationFrame(request);
  }

  /** The number where a line is set, which is no point of the grid. */
  function atItsDot({ p, output, reading }, x) {
    const { page } = outputs[output];
    return omcore.sweep(p, x, [p[x]], [page], reading)[page][0];
  }

  function compute(map, row, x, along) {
    const count = along.values.length, page = outputs[map.output].page;
    const [up] = alongFor(map, map.up.name, map.up.values.subarray(row, row + 1));
    const p = { ...map.p, [map.up.name]: up };
    const found = omcore.sweep(p, x, alongFor(map, x, along.values), [page], map.reading);
    map.values.set(found[page], row * count);
    for (let k = 0; k < count; k++) map.status[row * count + k] = found.status[k];
    map.filled[row] = row;
  }

  /** The row that stands in for one that is not there yet: the nearest below. */
  function standIn(filled, row) {
    while (row > 0 && filled[row] < 0) row--;
    return row;
  }

  /** The largest number on some maps, as the top of a scale that moves by whole steps. */
  function top(all) {
    let highest = 0;
    for (const { values } of all) for (const v of values) if (v > highest) highest = v;
    const size = omcore.plot.roundStep(highest / 10 || 0.1);
    return size * Math.ceil((highest || 1) / size);
  }

  const canvas = document.createElement("canvas");

  /** A square picture as an address: the colour of each cell, row by row from below; clear where there is none. */
  function raster(count, colourOf) {
    const pixels = new ImageData(count, count);
    for (let n = 0; n < count * count; n++)
      pixels.data.set(colourOf(n) ?? [], 4 * ((count - 1 - Math.floor(n / count)) * count + (n % count)));
    canvas.width = canvas.height = count;
    canvas.getContext("2d").putImageData(pixels, 0, 0);
    return canvas.toDataURL();
  }

  /** The picture of a map: square roots on the scale, negative in its own colour, missing clear. */
  function picture(map, colours, highest) {
    const count = map.axis.values.length, scale = colours.scale.map(channels), negative = channels(colours.negative);
    return raster(count, (n) => {
      const row = Math.floor(n / count), from = standIn(map.filled, row) * count + (n % count), v = map.values[from];
      const isHatched = map.status[from] !== "stable" && (row + (n % count)) % 3 === 0; // a number all the same
      if (Number.isNaN(v) || isHatched) return undefined;
      return v < 0 ? negative : between(scale, Math.min(Math.sqrt(Math.max(v, 0) / highest), 1) * (scale.length - 1));
    });
  }

  const channels = (hex) => [1, 3, 5].map((k) => parseInt(hex.slice(k, k + 2), 16)).concat(255);

  function between(scale, place) {
    const k = Math.min(Math.floor(place), scale.length - 2), part = place - k;
    return scale[k].map((c, n) => c + part * (scale[k + 1][n] - c));
  }

  /** The bar beside the maps: colours and five numbers. */
  const bar = (colours, highest, name) => ({
    label: (write) => omcore.labels.output(name, write), colours: colours.scale,
    numbers: [0, 0.25, 0.5, 0.75, 1].map((place) => place ** 2 * highest),
  });

  return { maps, picture, raster, channels, between, top, bar };
})();
