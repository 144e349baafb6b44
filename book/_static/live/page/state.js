// What a reader has set lives in the address, so that it can be sent: #name?power=0.03&reading=both;other?x=kappa
// A number there is in SI units, but range=power,0,50 as its axis shows it; what was pinned, between commas, are
// queries of their own: pins=power%3D0.02,kappa%3D1e7. Anyone can write an address: it may say what the controls can say, and whatever
// else it says is left out, with a reason.

omcore.state = (() => {
  "use strict";

  const { outputs, drives, readings, paper } = omcore.metadata;
  const { PINS, startOf, axisOf, isBare } = omcore.lines;
  const NEAREST = 1e-4; // that the ends of an axis may be, relative to their size
  const LONGEST = 8000, QUOTED = 40; // characters: of an address that is read, of a part of it that is said again

  const quoted = (text) => (text.length > QUOTED ? `${text.slice(0, QUOTED)}…` : text);

  /** The queries of an address by the names of their figures, and what is left out. */
  function parts(hash, names) {
    const queries = new Map(), left = [];
    if (!hash.includes("?")) return { queries, left }; // the anchor of a section
    if (hash.length > LONGEST) return { queries, left: [`all of it, since it has more than ${LONGEST} characters`] };
    for (const part of hash.replace(/^#/, "").split(";").filter(Boolean)) {
      const [who, query] = part.split(/\?(.*)/s), name = new URLSearchParams(`name=${who}`).get("name"); // whatever it is, it is decoded
      if (query === undefined) left.push(`${quoted(name)} (it has no “?”)`);
      else if (!names.includes(name)) left.push(`${quoted(part)} (no figure of this page is called “${quoted(name)}”)`);
      else if (queries.has(name)) left.push(`${quoted(part)} (the figure is named twice)`);
      else queries.set(name, query);
    }
    return { queries, left };
  }

  /** What the lists of a figure can choose. */
  const choices = (spec) => new Map(Object.entries({
    x: [...spec.axes, spec.x[0]],
    view: Object.keys(spec.views),
    over: spec.kind === "curves" ? ["", ...mapped(spec)] : [],
    reading: isBare([...spec.y, ...spec.outputs]) ? [] : [...readings, "both"],
    drive: spec.side ? drives : [], device: spec.device ? spec.cases : [],
  }));

  /** The fields whose axes a reader can give a range, and whether what is set can be pinned. */
  const ranged = (spec) => (omcore.kinds[spec.kind]?.ranged === false ? [] : [...new Set([spec.x[0], ...mapped(spec)])]);
  const canPin = (spec) => omcore.kinds[spec.kind]?.pinned !== false;

  /** Why an axis cannot reach from low to high, as shown; "" if it can. */
  function unfit({ name, logarithmic }, [low, high]) {
    if (!(low < high)) return "its first end must lie below the last";
    if (high - low < NEAREST * Math.max(Math.abs(low), Math.abs(high))) return "its ends lie too near one another";
    if (logarithmic && low <= 0) return "a logarithmic axis begins above zero";
    return [low, high].map((value) => omcore.refusal(name, value * omcore.factor(name))).join("");
  }

  /** The ranges of axes from name, low, high, name, ...; { value } or { why } as below. */
  function rangesOf(spec, [name, low = "", high = "", ...more]) {
    if (!ranged(spec).includes(name)) return { why: `“${quoted(name)}” is no axis that has a range` };
    const ends = [low, high].map(omcore.numbers.read), value = ends.map((end) => end.value);
    const why = ends.find((end) => end.why)?.why ?? unfit(axisOf(spec, startOf(spec), name, 2), value);
    const rest = why ? { why } : more.length ? rangesOf(spec, more) : { value: {} };
    return rest.why ? rest : { value: { [name]: value, ...rest.value } };
  }

  /** What was pinned, of which each holds what is set and nothing else. */
  function pinsOf(spec, texts) {
    const all = texts.map((text) => read(spec, text)), isPlain = ({ state, left }) =>
      !left.length && write(spec, state) === write(spec, { ...startOf(spec), set: state.set });
    if (!canPin(spec) || texts.length > PINS.length) return { why: `of this figure ${canPin(spec) ? PINS.length : 0} are kept` };
    return all.every(isPlain) ? { value: all.map(({ state }) => state.set) } : { why: "one of them holds more than values" };
  }

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
    if (key === "range") return rangesOf(spec, names);
    if (key === "pins") return pinsOf(spec, names);
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
    for (const key of ["view", "x", "over", "reading", "device"]) if (state[key] !== start[key]) query.set(key, state[key]);
    for (const key of ["y", "cases"])
      if (String(state[key]) !== String(start[key])) query.set(key, state[key].join(","));
    for (const [name, value] of Object.entries(state.set))
      if (value !== start.set[name]) query.set(name, String(value));
    if (Object.keys(state.range).length) query.set("range", Object.entries(state.range).flat(2).join(","));
    if (state.pins.length) query.set("pins", state.pins.map((set) => write(spec, { ...start, set })).join(","));
    return query.toString().replaceAll("%2C", ",");
  }

  /** An address with the query of one figure of a page changed, and those of the others as they are. */
  function address(hash, name, query, names) {
    const { queries } = parts(hash, names);
    if (query) queries.set(name, query);
    else queries.delete(name);
    return queries.size ? `#${Array.from(queries, ([who, what]) => `${encodeURIComponent(who)}?${what}`).join(";")}` : "";
  }

  return { read, write, parts, address, drawable, ranged, canPin, unfit };
})();
