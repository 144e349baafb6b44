// What a reader has set lives in the address, so that it can be sent: #name?power=0.03&reading=both;other?x=kappa
// A number there is in SI units. Anyone can write an address: it may say what the controls can say, and whatever
// else it says is left out, with a reason.

omcore.state = (() => {
  "use strict";

  const { outputs, drives, readings, paper } = omcore.metadata;
  const { startOf, isBare } = omcore.lines;
  const LONGEST = 8000, QUOTED = 40; // characters: of an address that is read, of a part of it that is said again

  const quoted = (text) => (text.length > QUOTED ? `${text.slice(0, QUOTED)}…` : text);

  /** The queries of an address by the names of their figures, and what is left out. */
  function parts(hash, names) {
    const queries = new Map(), left = [];
    if (!hash.includes("?")) return { queries, left }; // the anchor of a section
    if (hash.length > LONGEST) return { queries, left: [`all of it, since it has more than ${LONGEST} characters`] };
    for (const part of hash.replace(/^#/, "").split(";").filter(Boolean)) {
      const [who, query] = part.split(/\?(.*)/s), name = decoded(who);
      if (query === undefined) left.push(`${quoted(name)} (it has no “?”)`);
      else if (!names.includes(name)) left.push(`${quoted(part)} (no figure of this page is called “${quoted(name)}”)`);
      else if (queries.has(name)) left.push(`${quoted(part)} (the figure is named twice)`);
      else queries.set(name, query);
    }
    return { queries, left };
  }

  function decoded(text) {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  }

  /** What the lists of a figure can choose. */
  const choices = (spec) => new Map(Object.entries({
    x: [...spec.axes, spec.x[0]],
    view: Object.keys(spec.views),
    over: spec.kind === "curves" ? ["", ...mapped(spec)] : [],
    reading: isBare([...spec.y, ...spec.outputs]) ? [] : [...readings, "both"],
    drive: spec.side ? drives : [],
  }));

  /** What a query says of one thing, as { value }, or { why }: the reason why it is left out. */
  function said(spec, key, text) {
    const may = choices(spec).get(key), names = text.split(",");
    if (may) return may.includes(text) ? { value: text } : { why: "the figure does not offer it" };
    if (key === "y") {
      const unknown = names.find((name) => !drawable(spec).includes(name));
      if (unknown !== undefined) return { why: `the figure does not draw “${quoted(unknown)}”` };
      if (names.length === 1) return { value: names };
      return some(spec.y, names) ?? { why: "the figure draws one of them at a time" };
    }
    if (key === "cases") return some(spec.cases, names) ?? { why: `give each once, of ${spec.cases.join(", ")}` };
    if (!Object.hasOwn(spec.quantities ?? paper, key)) return { why: "the figure does not know it" };
    const { value, why } = omcore.numbers.read(text), reason = why ?? omcore.refusal(key, value);
    return reason ? { why: reason } : { value };
  }

  /** Some of a list, in its order, each named once; undefined for anything else. */
  function some(list, names) {
    const value = list.filter((name) => names.includes(name));
    return value.length === names.length ? { value } : undefined;
  }

  /** The state that a query gives a figure: its start, and what the query says of it; and what is left out. */
  function read(spec, query = "") {
    const state = startOf(spec), left = [], known = new Set();
    for (const [key, text] of new URLSearchParams(query)) {
      const { value, why } = known.has(key) ? { why: "it is given twice" } : said(spec, key, text);
      known.add(key);
      if (why) left.push(`${quoted(key)} = ${quoted(text)} (${why})`);
      else if (key in state) state[key] = value;
      else state.set[key] = value;
    }
    if (state.over !== "" && (state.over === state.x || state.view !== spec.kind)) {
      left.push(`over = ${state.over} (${state.over === state.x ? "it is along the axis already" : "this view has no map"})`);
      state.over = "";
    }
    return { state, left };
  }

  const drawable = (spec) => [...Object.keys(outputs).filter((name) => spec.outputs.includes(name)), ...spec.y];
  const mapped = (spec) => (spec.over ? [spec.over[0]] : []).concat(spec.axes);

  /** The query that gives a state back: what differs from the start. */
  function write(spec, state) {
    const start = startOf(spec), query = new URLSearchParams();
    for (const key of ["view", "x", "over", "reading"]) if (state[key] !== start[key]) query.set(key, state[key]);
    for (const key of ["y", "cases"])
      if (String(state[key]) !== String(start[key])) query.set(key, state[key].join(","));
    for (const [name, value] of Object.entries(state.set))
      if (value !== start.set[name]) query.set(name, String(value));
    return query.toString().replaceAll("%2C", ",");
  }

  /** An address with the query of one figure of a page changed, and those of the others as they are. */
  function address(hash, name, query, names) {
    const { queries } = parts(hash, names);
    if (query) queries.set(name, query);
    else queries.delete(name);
    return queries.size ? `#${Array.from(queries, ([who, what]) => `${encodeURIComponent(who)}?${what}`).join(";")}` : "";
  }

  return { read, write, parts, address, drawable };
})();
