// One spoken sentence, of at most forty words, about every curve that is drawn; and why there is no number.

omcore.words = (() => {
  "use strict";

  const { fields, outputs } = omcore.metadata;
  const { labels } = omcore, { number, unit } = labels;
  const { called } = omcore.lines;

  const MOST = 40; // words of a sentence
  const join = (items) =>
    (items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`);
  const along = (axis, value) => `${number(value)}${unit(fields[axis.name].shown.unit)}`;

  // ---- the sentence

  /** What a figure shows, in one sentence that is not long: each curve by its name, or what all of them have in common. */
  function sentence(state, all) {
    const { numbersTable } = omcore, columns = numbersTable.columns(state, all), rows = numbersTable.rows(state, all);
    const own = omcore.kinds[all[0].kind]?.columns && omcore.kinds[all[0].kind].meaning;
    const drawn = own ?? join([...new Set(all.map((line) => called(line.row)))]);
    const axes = [state.x, ...(state.over ? [state.over] : [])].map((name) => fields[name]?.meaning);
    const title = own ?? `${drawn} against ${join(axes)}`;
    const named = (say) => rows.map(({ panel, name, cells }) => `${[panel, name].filter(Boolean).join(", ")}, ${say(cells)}`).join("; ");
    const whole = (cells) => cells.map(({ text, tail }, k) => [columns[k], text, tail].filter(Boolean).join(" ")).join(", ");
    const heads = (cells) => cells.map(({ text }) => text).join(", ");
    const short = `${join(columns)}: ${named(heads)}`, ways = [`${title}: ${named(whole)}`,
      ...[`, ${short}`, `: ${spread(rows, columns)}`].flatMap((rest) => [title + rest, drawn + rest]), spread(rows, columns)];
    return `${ways.find((text) => text.split(/\s+/).length <= MOST) ?? ways.at(-1)}.`.replace(/^./, (first) => first.toUpperCase());
  }

  /** How many curves there are, and between which numbers they lie. */
  function spread(rows, columns) {
    const between = (k) => {
      const known = rows.map(({ cells }) => cells[k]).filter(({ value }) => Number.isFinite(value)).sort((a, b) => a.value - b.value);
      const none = known.length < rows.length ? ` (${rows.length - known.length} without a number)` : "";
      return known.length ? `from ${known[0].text} to ${known.at(-1).text}${none}` : "none has a number";
    };
    return `${rows.length} curves, ${columns.map((name, k) => `${name} ${between(k)}`).join(", ")}`;
  }

  // ---- where there is no number

  /** Why there is no number, in a few words. */
  const why = (status) => omcore.reasons[status].split(/[:.]/)[0].replace(/^./, (first) => first.toLowerCase());

  /** A row of what stands under the pointer, from HTML to HTML: a number, or why there is none. */
  function row(name, output, value, status) {
    const text = Number.isFinite(value) ? `${number(value)}${unit(outputs[output].unit)}` : why(status);
    return `<div>${name}: <b>${text}</b></div>`;
  }

  return { sentence, row, along };
})();
