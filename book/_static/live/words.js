// One spoken sentence: what the curves do, where each is largest, where there is no steady state, and why.

var omcore = omcore || {};

omcore.words = (() => {
  "use strict";

  const { fields, outputs } = omcore.metadata;
  const { number, unit } = omcore.labels;
  const { gaps } = omcore.lines, { largest } = omcore.plot;

  const join = (items) => (items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`);
  const along = (axis, value) => `${number(value)}${unit(fields[axis.name].shown.unit)}`;
  const height = (output, value) => `${number(value)}${unit(outputs[output].unit)}`;

  /** Why there is no number, in a few words. */
  function why(status) {
    const [first] = omcore.reasons[status].split(/[:.]/);
    return first.charAt(0).toLowerCase() + first.slice(1);
  }

  function missing(status, axis) {
    const found = gaps(status), last = axis.shown.length - 1;
    if (!found.length) return "";
    if (found.length === 1 && found[0].from === 0 && found[0].to === last)
      return `no steady state anywhere: ${why(found[0].status)}`;
    const place = ({ from, to }) => (from === to ? `at ${along(axis, axis.shown[from])}`
      : `from ${along(axis, axis.shown[from])} to ${along(axis, axis.shown[to])}`);
    const more = found.length > 2 ? [`${found.length - 2} more stretches`] : [];
    const reasons = [...new Set(found.map((gap) => why(gap.status)))];
    return `no steady state ${join([...found.slice(0, 2).map(place), ...more])}: ${join(reasons)}`;
  }

  function ofCurve(line, _, all) {
    const top = largest(line.y), gap = missing(line.status, line.axis);
    const peak = top < 0 ? "" : line.y[top] === 0 ? "zero wherever there is a number"
      : `largest, ${height(line.output, line.y[top])}, at ${along(line.axis, line.x[top])}`;
    return `${named(line, all)}: ${[peak, gap].filter(Boolean).join("; ")}.`;
  }

  function ofMap(map, _, all) {
    const top = largest(map.values), count = map.axis.values.length;
    const stable = map.status.filter((word) => word === "stable").length / map.status.length;
    const gap = stable === 1 ? "" : `; ${Math.round(100 * (1 - stable))} % without a steady state`;
    if (top < 0) return `${named(map, all)}: no steady state anywhere: ${why(map.status[0])}.`;
    const [x, y] = [along(map.axis, map.axis.shown[top % count]), along(map.up, map.up.shown[Math.floor(top / count)])];
    return `${named(map, all)}: largest, ${height(map.output, map.values[top])}, at ${x} and ${y}${gap}.`;
  }

  const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

  /** What to call a line: its case or output, and its panel where there are several. */
  function named({ look, panel }, all) {
    const known = panel.startsWith(look.label) || all.every((line) => line.panel === panel);
    return capital(panel.startsWith(look.label) ? panel : known ? look.label : `${look.label}, ${panel}`);
  }

  /** What a figure shows, in one paragraph. */
  function sentence(state, all) {
    const drawn = join(state.y.map((output) => outputs[output].meaning));
    const axes = join([state.x, ...(state.over ? [state.over] : [])].map((name) => fields[name].meaning));
    const opening = `${drawn} against ${axes}.`;
    return [capital(opening), ...all.map(state.over ? ofMap : ofCurve)].join(" ");
  }

  /** What stands under the pointer, as HTML. */
  function under(place, rows) {
    const lines = rows.map(([label, output, value, status]) => {
      const text = Number.isFinite(value) ? height(output, value) : why(status);
      return `<div>${omcore.labels.escape(label)}: <b>${text}</b></div>`;
    });
    return place + lines.join("");
  }

  return { sentence, under, along };
})();
