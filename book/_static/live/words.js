// One spoken sentence: what the curves do, where each is largest, where there is no steady state, and why.

var omcore = omcore || {};

omcore.words = (() => {
  "use strict";

  const { fields, outputs } = omcore.metadata;
  const { labels } = omcore, { number, unit } = labels;
  const { gaps, isBare } = omcore.lines, { largest } = omcore.plot;

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

  function ofCurve(line, k, all) {
    const top = largest(line.y), axis = line.axis;
    const peak = top < 0 ? "" : line.y[top] === 0 ? "zero wherever there is a number"
      : `largest at ${along(axis, line.x[top])}, ${height(line.output, line.y[top])}`;
    const first = all.findIndex((other) => other.case === line.case && other.reading === line.reading) === k;
    return [peak, first && !isBare([line.output]) ? missing(line.status, axis) : ""].filter(Boolean).join("; ");
  }

  function ofMap(map) {
    const top = largest(map.values), count = map.axis.values.length;
    if (top < 0) return "none anywhere";
    const none = map.status.filter((word) => word !== "stable").length / map.status.length;
    const x = along(map.axis, map.axis.shown[top % count]), y = along(map.up, map.up.shown[Math.floor(top / count)]);
    const part = none ? `; none on ${none < 0.01 ? "less than 1" : Math.round(100 * none)} % of it` : "";
    return `largest at ${x} and ${y}, ${height(map.output, map.values[top])}${part}`;
  }

  const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

  /** Each line by its name, under that of its panel where there are several. */
  function told(all, say) {
    const titles = [...new Set(all.map((line) => line.panel))];
    const texts = all.map((line, k) => [line, say(line, k, all)]).filter(([, text]) => text);
    if (texts.every(([line]) => line.panel.startsWith(line.look.title)))
      return texts.map(([line, text]) => `${capital(line.panel)}: ${text}.`);
    return titles.map((title) => {
      const inside = texts.filter(([line]) => line.panel === title)
        .map(([line, text]) => `${line.look.label}: ${text}`);
      return `${titles.length > 1 ? `${capital(title)}. ` : ""}${inside.map(capital).join(". ")}.`;
    });
  }

  /** Why something is missing, said once for all lines. */
  function reasons(all) {
    const lit = all.filter(({ output }) => !isBare([output]));
    const found = new Set(lit.flatMap(({ status }) => [...status]).filter((word) => word && word !== "stable"));
    return found.size ? [`"None" is no steady state: ${join([...found].map(why))}.`] : [];
  }

  /** What a figure shows, in one paragraph. */
  function sentence(state, all) {
    const own = omcore.kinds?.[all[0].kind]?.sentence;
    if (own) return own(state, all);
    const drawn = join(state.y.map((output) => outputs[output].meaning));
    const axes = join([state.x, ...(state.over ? [state.over] : [])].map((name) => fields[name].meaning));
    const opening = `${drawn} against ${axes}.`;
    return [capital(opening), ...told(all, state.over ? ofMap : ofCurve), ...reasons(all)].join(" ");
  }

  /** A row of what stands under the pointer, from HTML to HTML: a number, or why there is none. */
  function row(name, output, value, status) {
    const text = Number.isFinite(value) ? height(output, value) : why(status);
    return `<div>${name}: <b>${text}</b></div>`;
  }

  return { sentence, row, along };
})();
