// Symbols and numbers as people write them. The metadata gives symbols in LaTeX; here they become HTML, SVG
// or plain text.

omcore.labels = (() => {
  "use strict";

  const { fields, outputs } = omcore.metadata;
  const GREEK = {
    alpha: "α", Delta: "Δ", Omega: "Ω", omega: "ω", kappa: "κ", gamma: "γ", Gamma: "Γ", lambda: "λ", theta: "θ", eta: "η", tau: "τ", mu: "μ",
  };
  const GROUP = String.raw`\{(?:[^{}]|\{[^{}]*\})*\}|\\mathrm\{[^{}]*\}|\\?\w`;
  const SYMBOL = new RegExp(String.raw`([^_^]+)(?:([_^])(${GROUP}))?`, "g");
  const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

  /** LaTeX without its commands: \tilde\Delta is Δ̃. */
  const letters = (latex) => latex
    .replace(/\\math(?:rm|cal)/g, "").replace(/\\to\b ?/g, "→").replace(/\\,/g, "\u2009").replace(/[{}]/g, "").replace(/-/g, "–")
    .replace(/\\tilde\\?([A-Za-z]+)/g, (_, name) => `${GREEK[name] ?? name}\u0303`)
    .replace(/\\([A-Za-z]+)/g, (_, name) => GREEK[name] ?? name);

  /** A symbol as [letters, index, whether it is raised]. A raised digit is a letter of its own. */
  const pieces = (latex) => Array.from(latex.matchAll(SYMBOL), ([, base, place, index]) =>
    (place === "^" && /^\d$/.test(index)
      ? [letters(base) + SUPERSCRIPTS[index], "", false]
      : [letters(base), letters(index ?? ""), place === "^"]));

  const escape = (text) =>
    String(text).replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);

  const html = (latex) => pieces(latex)
    .map(([base, index, raised]) => {
      const tag = raised ? "sup" : "sub";
      return `<i>${escape(base)}</i>` + (index && `<${tag}>${escape(index)}</${tag}>`);
    }).join("");

  const svg = (latex) => pieces(latex).map(([base, index, raised]) => {
    const down = raised ? -5 : 3, small = `<tspan dy="${down}" font-size="0.75em">${escape(index)}</tspan>`;
    return `<tspan font-style="italic">${escape(base)}</tspan>`
      + (index && `${small}<tspan dy="${-down}">\u200b</tspan>`);
  }).join("");

  const plain = (latex) => pieces(latex).map(([base, index]) => base + index).join("");

  /** A number with a true minus sign and, where it is very large or small, a power of ten. */
  function number(value, digits = 3) {
    if (!Number.isFinite(value)) return "–";
    const size = Math.abs(value);
    let [mantissa, power] = value.toExponential(digits - 1).split("e");
    if (size !== 0 && (size < 1e-3 || size >= 1e5)) {
      const raised = Array.from(power.replace("+", ""), (c) => (c === "-" ? "⁻" : SUPERSCRIPTS[c])).join("");
      return `${Number(mantissa)} × 10${raised}`.replace("-", "−");
    }
    return String(Number(value.toPrecision(digits))).replace("-", "−");
  }

  /** What stands behind the symbol of a number: " (mW)", "/ω_m" or nothing. */
  function withUnit(symbol, unit, write) {
    if (unit === "omega_m") return `${write(symbol)}/${write(fields.omega_m.symbol)}`;
    return write(symbol) + (unit === "1" ? "" : ` (${unit})`);
  }

  const field = (name, write) => withUnit(fields[name].symbol, fields[name].shown.unit, write);
  const output = (name, write) => withUnit(outputs[name].symbol, outputs[name].unit, write);

  /** A unit to be read after a number. */
  const unit = (name) => ({ 1: "", omega_m: " ωₘ", "10⁹": " × 10⁹" })[name] ?? ` ${name}`;

  /** svg.spread: where to put labels, near their places, ``gap`` apart and between two ends. */
  function spread(places, gap, low, high) {
    const order = places.map((_, k) => k).sort((i, j) => places[i] - places[j]);
    const wanted = order.map((k, rank) => places[k] - gap * rank); // far enough apart where it never falls
    const last = high - gap / 2 - gap * (places.length - 1), found = [];
    order.forEach((k, rank) => {
      const middle = (Math.max(...wanted.slice(0, rank + 1)) + Math.min(...wanted.slice(rank))) / 2;
      found[k] = Math.max(low + gap / 2, Math.min(last, middle)) + gap * rank;
    });
    return found;
  }

  return { spread, escape, html, svg, plain, number, withUnit, field, output, unit };
})();
