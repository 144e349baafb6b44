// One spoken sentence: what the curves do, where each is largest, where there is no steady state, and why.

omcore.words = (() => {
  "use strict";

  const { fields, outputs } = omcore.metadata;
  const { labels } = omcore, { number, unit } = labels;
  const { finite, gaps, called, isBare } = omcore.lines, { largest } = omcore.plot;

  const join = (items) =>
    (items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`);
  const along = (axis, value) => `${number(value)}${unit(fields[axis.name].shown.unit)}`;
  const height = (output, value) => `${number(value)}${unit(outputs[output].unit)}`;

  /** Why there is no number, in a few words. */
  function why(status) {
    const [first] = omcore.reasons[status].split(/[:.]/);
    return first.charAt(0).toLowerCase() + first.slice(1);
  }

  /** Where there is no steady state, in words; "" where there is one everywhere. */
  function missing(status, axis) {
    const found = gaps(status), last = axis.shown.length - 1;
    if (!found.length) return "";
    if (found.length === 1 && found[0].from === 0 && found[0].to === last) return "none anywhere";
    const place = ({ from, to }) => (from === to ? `at ${along(axis, axis.shown[from])}`
      : `from ${number(axis.shown[from])} to ${along(axis, axis.shown[to])}`);
    const more = found.length > 2 ? [`on ${found.length - 2} more stretches`] : [];
    return `none ${join([...found.slice(0, 2).map(place), ...more])}`;
  }

  /** Where a curve becomes zero for good; "" where it does not. */
  function ended({ x, y, axis }) {
    const last = y.findLastIndex((v) => v !== 0) + 1; // the first of the zeros at the end
    return last > 0 && last < y.length && y[last - 1] > 0 ? `zero from ${along(axis, x[last])}` : "";
  }

  /** The number where a line is set; "" where that is not on the axis. */
  function here({ x, y, axis, output, here: k }) {
    if (k < 0) return "";
    return `as set at ${along(axis, x[k])}, ${Number.isFinite(y[k]) ? height(output, y[k]) : "none"}`;
  }

  function ofCurve(line, isFirst) {
    const top = largest(line.y), axis = line.axis, place = along(axis, line.x[top]);
    const peak = top < 0 ? "" : line.y[top] === 0 ? "zero wherever there is a number"
      : Number.isNaN(finite(line)[top]) ? `without bound towards ${place}`
        : `largest at ${place}, ${height(line.output, line.y[top])}`;
    return [peak, here(line), ended(line), isFirst ? missing(line.status, axis) : ""].filter(Boolean).join(", ");
  }

  function ofMap(map) {
    const top = largest(map.values), count = map.axis.values.length;
    if (top < 0) return "none on this grid";
    const isMissing = (word) => word !== "stable" && !isBare([map.output]);
    const none = map.status.filter(isMissing).length / map.status.length;
    const x = along(map.axis, map.axis.shown[top % count]), y = along(map.up, map.up.shown[Math.floor(top / count)]);
    const part = none ? `, none on ${none < 0.01 ? "less than 1" : Math.round(100 * none)} % of it` : "";
    const dot = Number.isFinite(map.here) ? height(map.output, map.here) : "none";
    return `largest of ${count} by ${count} points at ${x} and ${y}, ${height(map.output, map.values[top])}, at its dot ${dot}${part}`;
  }

  const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

  /** Each line by its name; of outputs that are drawn together, the one that is largest. */
  function told(all, say) {
    const first = all.filter(({ again }) => !again), panels = [...new Set(first.map((line) => line.panel))], known = new Set();
    return panels.flatMap((panel) => {
      const inside = first.filter((line) => line.panel === panel);
      return (inside[0].row.length > 1 ? [highest(inside)] : inside).map((line, k) => {
        const { label, title } = line.look, key = `${line.case}; ${line.reading}`;
        const isFirst = !isBare([line.output]) && !known.has(key);
        if (isFirst) known.add(key);
        const name = panel.startsWith(title) ? panel : panels.length > 1 && k === 0 ? `${panel}, ${label}` : label;
        const text = say(line, isFirst);
        return text && `${name}, ${text}`;
      }).filter(Boolean);
    });
  }

  function highest(lines) {
    const top = ({ y }) => y[largest(y)] ?? -Infinity;
    return lines.reduce((best, line) => (top(line) > top(best) ? line : best));
  }

  /** Why something is missing, said once for all lines. */
  function reasons(all) {
    const lit = all.filter(({ output }) => !isBare([output]));
    const found = new Set(lit.flatMap(({ status }) => [...status]).filter((word) => word && word !== "stable"));
    return found.size ? [`"none" is no steady state, since ${join([...found].map(why))}`] : [];
  }

  /** What a figure shows, in one sentence. */
  function sentence(state, drawn) {
    const all = drawn.filter(({ pin }) => !pin), own = omcore.kinds[all[0].kind]?.sentence;
    if (own) return own(state, all);
    const what = join([...new Set(all.map((line) => called(line.row)))]);
    const axes = join([state.x, ...(state.over ? [state.over] : [])].map((name) => fields[name].meaning));
    const parts = [...told(all, state.over ? ofMap : ofCurve), ...reasons(all)];
    return `${capital(`${what} against ${axes}`)}: ${parts.join("; ")}.`;
  }

  /** A row of what stands under the pointer, from HTML to HTML: a number, or why there is none. */
  function row(name, output, value, status) {
    const text = Number.isFinite(value) ? height(output, value) : why(status);
    return `<div>${name}: <b>${text}</b></div>`;
  }

  return { sentence, row, along };
})();
