// What a reader has set lives in the address, so that it can be sent: #name?power=0.03&reading=both;other?x=kappa
// A number there is in SI units. What is unknown or no number is passed over; what omcore would refuse is moved to
// the nearest value that it takes.

var omcore = omcore || {};

omcore.state = (() => {
  "use strict";

  const { fields, outputs, drives, readings, paper } = omcore.metadata;
  const { startOf } = omcore.lines;
  const LARGEST = 1e50; // quantities.LARGEST
  const listed = (text) => text.split(",").filter((word) => word !== "");

  /** quantities.checked, but moved inside instead of refused; null for what is no number. */
  function allowed(name, value) {
    const { sign, shown } = fields[name];
    if (typeof value !== "number" || Number.isNaN(value)) return null;
    value = Math.max(-LARGEST, Math.min(LARGEST, value));
    if (sign === "positive" && value <= 0) return shown.lowest * omcore.factor(name);
    if (sign === "nonnegative" || sign === "fraction") value = Math.max(value, 0);
    return sign === "fraction" ? Math.min(value, 1) : value;
  }

  /** The parts of an address by the names of their figures. */
  function parts(hash) {
    const found = new Map();
    for (const part of hash.replace(/^#/, "").split(";")) {
      const [name, query] = part.split(/\?(.*)/s);
      if (query !== undefined) found.set(decoded(name), query);
    }
    return found;
  }

  function decoded(text) {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  }

  /** The state that an address gives a figure: its start, and what the address says of it. */
  function read(spec, query = "") {
    const state = startOf(spec), known = (list) => (value) => list.includes(value);
    for (const [key, text] of new URLSearchParams(query)) {
      if (key === "x" && [...spec.axes, spec.x[0]].includes(text)) state.x = text;
      else if (key === "over" && (text === "" || known(mapped(spec))(text))) state.over = text;
      else if (key === "y") state.y = oneOr(listed(text).filter(known(drawable(spec))), state.y);
      else if (key === "reading" && [...readings, "both"].includes(text)) state.reading = text;
      else if (key === "cases") state.cases = oneOr(spec.cases.filter(known(listed(text))), state.cases);
      else if (key === "drive" && drives.includes(text) && spec.knobs.length) state.set.drive = text;
      else if (Object.hasOwn(spec.quantities ?? paper, key) && key !== "drive") {
        const value = text.trim() === "" ? null : allowed(key, Number(text));
        if (value !== null) state.set[key] = value;
      }
    }
    if (state.over === state.x) state.over = "";
    return state;
  }

  const oneOr = (found, otherwise) => (found.length ? found : otherwise);
  const drawable = (spec) => [...Object.keys(outputs).filter((name) => spec.outputs.includes(name)), ...spec.y];
  const mapped = (spec) => (spec.over ? [spec.over[0]] : []).concat(spec.axes);

  /** The query that gives a state back: what differs from the start. */
  function write(spec, state) {
    const start = startOf(spec), query = new URLSearchParams();
    for (const key of ["x", "over", "reading"]) if (state[key] !== start[key]) query.set(key, state[key]);
    for (const key of ["y", "cases"])
      if (String(state[key]) !== String(start[key])) query.set(key, state[key].join(","));
    for (const [name, value] of Object.entries(state.set))
      if (value !== start.set[name]) query.set(name, String(value));
    return query.toString().replaceAll("%2C", ",");
  }

  /** An address with the query of one figure changed and all else as it is; an anchor gives way. */
  function address(hash, name, query) {
    const all = parts(hash);
    if (query) all.set(name, query);
    else all.delete(name);
    return all.size ? `#${Array.from(all, ([who, what]) => `${encodeURIComponent(who)}?${what}`).join(";")}` : "";
  }

  return { read, write, parts, address, allowed, drawable, mapped };
})();
