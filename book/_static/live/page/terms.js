// Numbers that a page names as data, and conditions on them; nothing is run as code. "fig-5?power=0.03, cw, peak" is the
// height of that curve at that address of the figure, "fig-5, cw, here" what it shows now where the sliders stand. Two
// of them make a ratio, "A / B", and conditions are "A > B", "A = B ± 0.1", all of them with " & " between.

omcore.terms = (() => {
  "use strict";

  const { outputs, readings } = omcore.metadata;
  const { curves } = omcore.lines, { ASKED } = omcore.numbersTable;

  /** The figure of an address and the state that it says, or without "?" the one that is shown. */
  function stateOf(address) {
    const [name, query] = address.split("?"), figure = omcore.figures.all.find(({ spec }) => spec.name === name);
    return { spec: figure.spec, state: query === undefined ? figure.state : omcore.state.read(figure.spec, query).state };
  }

  /** The line that an address and some words name, its case, its output and its reading. */
  function lineOf([address, ...words]) {
    const { spec, state } = stateOf(address), output = words.find((word) => word in outputs);
    const cases = state.cases.filter((name) => words.includes(name)), reading = words.find((word) => readings.includes(word));
    const own = { ...state, cases: cases.length ? cases : state.cases, reading: reading ?? state.reading, y: output ? [output] : state.y };
    const all = ((!output && omcore.kinds[spec.kind]?.lines) || curves)(spec, own);
    return all.find((line) => words.every((word) => [line.case, line.output, line.reading].includes(word)));
  }

  const asked = (what, line) => (line ? ASKED[what]?.(line) ?? [line[what], "1"] : [NaN, "1"]); // of a case that is not shown

  /** A number, what is asked of a line, or the ratio of two, as [value, the name of its unit]. */
  function term(text) {
    const parts = text.split(" / ").map((part) => part.trim().split(", "));
    const [over, under] = parts.map((part) => (part.length > 1 ? asked(part.at(-1), lineOf(part.slice(0, -1))) : [Number(part[0]), "1"]));
    return under ? [over[0] / under[0], "1"] : over;
  }

  const SIGNS = { "<": (a, b) => a < b, ">": (a, b) => a > b, "=": (a, b, off) => Math.abs(a - b) <= off };

  const holds = (text) => text.split(" & ").every((part) => {
    const [left, sign, right, , off = 0] = part.split(/ ([<>=]) | ± /);
    return SIGNS[sign](term(left)[0], term(right)[0], Number(off));
  });

  /** What the browser keeps under a name, if it keeps anything at all. */
  const kept = (name) => ({
    read() { try { return JSON.parse(localStorage.getItem(`omcore: ${name}`)); } catch { return null; } },
    write(value) { try { localStorage.setItem(`omcore: ${name}`, JSON.stringify(value)); } catch { /* it refuses */ } },
  });

  return { stateOf, lineOf, term, holds, kept };
})();
