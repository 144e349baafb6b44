// Symbols and numbers as people write them. Symbols go by their LaTeX; kit/symbols.py wrote each as HTML, SVG and plain text.

omcore.labels = (() => {
  "use strict";

  const { fields, outputs, symbols } = omcore.metadata, RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";
  const [html, svg, plain] = [0, 1, 2].map((way) => (latex) => symbols[latex][way]);

  const escape = (text) =>
    String(text).replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);

  /** A number with a true minus sign and, where it is very large or small, a power of ten. */
  function number(value, digits = 3) {
    if (!Number.isFinite(value)) return "–";
    const size = Math.abs(value);
    let [mantissa, power] = value.toExponential(digits - 1).split("e");
    if (size !== 0 && (size < 1e-3 || size >= 1e5)) {
      const raised = Array.from(power.replace("+", ""), (c) => (c === "-" ? "⁻" : RAISED[c])).join("");
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
