// What a reader takes away: the lines of omcore that give the same numbers, the data, the drawing.

var omcore = omcore || {};

omcore.take = (() => {
  "use strict";

  const { fields, outputs } = omcore.metadata;
  const { axisOf, readingsOf } = omcore.lines;
  const { plain } = omcore.labels;
  const MISSING = "no quantum state"; // where omcore refuses to give entanglement

  const argument = ([name, value]) => `${name}=${typeof value === "string" ? `"${value}"` : value}`;
  const tuple = (names) => `(${names.map((name) => `"${name}"`).join(", ")}${names.length === 1 ? "," : ""})`;

  /** An axis as a line of NumPy. */
  function spread(spec, state, name, letter, count) {
    const { values, logarithmic } = axisOf(spec, state, name, count);
    const call = logarithmic ? "geomspace" : "linspace";
    return `${letter} = np.${call}(${values[0]}, ${values.at(-1)}, ${count})  # ${name} in ${fields[name].unit}`;
  }

  /** Python that fills ``found``: {(case, reading, output): array}, to the last digits what is drawn. */
  function python(spec, state, all) {
    const { over } = state, given = spec.cases[0] === "given", count = over ? spec.points.maps : spec.points.curves;
    const names = over ? state.y.slice(0, 1) : state.y, { Delta_c, ...rest } = state.set;
    const own = Delta_c === undefined || state.x === "Delta_c" || over === "Delta_c" ? [] : [["Delta_c", Delta_c]];
    const first = [...(given && spec.drive ? [["drive", spec.drive]] : []), ...Object.entries(rest)];
    const changes = Object.entries(Object.fromEntries(first)).filter(([name]) => name !== "drive" || given);
    const refused = all.some(({ status, y, values }) =>
      status.some((word, k) => word === MISSING && Number.isNaN((y ?? values)[k])));
    const moved = (name, letter) => `${name}=${letter}${name === "angular_velocity" && !given ? ' * (case != "stationary")' : ""}`;
    const swept = [...own.map(argument), moved(state.x, "x"), ...(over ? [moved(over, "y[:, None]")] : [])].join(", ");
    const texts = names.map((name) => `"${name}": ${outputs[name].code}`);
    const called = ["eigenvalues", "sagnac_shift"].filter((name) => texts.join().includes(`${name}(`));
    const from = { eigenvalues: "omcore.stability", sagnac_shift: "omcore" };
    return [
      "import numpy as np", "import omcore as om", ...called.map((name) => `from ${from[name]} import ${name}`), "",
      `p = om.PAPER${changes.length ? `.replace(${changes.map(argument).join(", ")})` : ""}`,
      spread(spec, state, state.x, "x", count), ...(over ? [spread(spec, state, over, "y", count)] : []),
      given ? 'cases = {"given": p}' : "cases = om.operating_points(p)", "",
      "found = {}",
      `for reading in ${tuple(readingsOf(state))}:`,
      `    for case in ${tuple(spec.cases.filter((name) => state.cases.includes(name)))}:`,
      `        s = om.solve(cases[case].replace(${swept}), reading)`,
      ...(refused ? guarded(names) : names.map((name) => `        found[case, reading, "${name}"] = ${outputs[name].code}`)),
      "",
    ].join("\n");
  }

  /** The same where the bath is too cold for the model: entanglement is asked for at the other points only. */
  const guarded = (names) => [
    "        every, s = s, s[s.status != \"no quantum state\"]",
    ...names.flatMap((name) => (/log_neg|residual/.test(outputs[name].code)
      ? [`        values = np.full(every.stable.shape, np.nan)`,
        `        values[every.status != "no quantum state"] = ${outputs[name].code}`]
      : [`        values = ${outputs[name].code.replace(/\bs\./g, "every.")}`])
      .concat(`        found[case, reading, "${name}"] = values`)),
  ];

  const axisName = (name) => omcore.labels.field(name, plain);
  const column = ({ look, case: name, reading, output }) =>
    `${omcore.labels.output(output, plain)}, ${look.label}${look.label.includes(name) ? "" : `, ${name}`}, ${reading}`;

  /** Header and rows: for curves a column each and one for its status, for maps a row each point. */
  function table(state, all) {
    if (state.over) {
      const header = [axisName(state.x), axisName(state.over), "case", "reading", omcore.labels.output(state.y[0], plain), "status"];
      const rows = all.flatMap((map) => Array.from(map.values, (value, k) => {
        const count = map.axis.values.length;
        return [map.axis.shown[k % count], map.up.shown[Math.floor(k / count)], map.case, map.reading, value, map.status[k]];
      }));
      return [header, rows];
    }
    const header = [axisName(state.x), ...all.flatMap((line) => [column(line), "status"])];
    const rows = Array.from(all[0].x, (x, k) => [x, ...all.flatMap((line) => [line.y[k], line.status[k]])]);
    return [header, rows];
  }

  const cell = (value) => (typeof value === "number" ? (Number.isNaN(value) ? "" : String(value))
    : /[",]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

  const csv = (state, all) => {
    const [header, rows] = table(state, all);
    return [header, ...rows].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
  };

  /** The table as HTML; of a map every fifth point along each axis. */
  function html(state, all) {
    const { escape, number } = omcore.labels, [header, rows] = table(state, all);
    const count = all[0].axis.values.length, some = state.over ? (_, k) => k % count % 5 === 0 && Math.floor(k / count) % count % 5 === 0 : () => true;
    const line = (row, tag) => `<tr>${row.map((v) => `<${tag}>${typeof v === "number" ? number(v, 5) : escape(v)}</${tag}>`).join("")}</tr>`;
    return `<table><thead>${line(header, "th")}</thead><tbody>${rows.filter(some).map((row) => line(row, "td")).join("")}</tbody></table>`;
  }

  /** The panels as one drawing that stands alone: on white, without what the page adds. */
  function svg(panels) {
    const width = Math.max(...panels.map((p) => p.clientWidth));
    let top = 0;
    const inner = panels.map((panel) => {
      const copy = panel.cloneNode(true);
      copy.querySelectorAll(".cross").forEach((node) => node.remove());
      copy.querySelectorAll(".line").forEach((node) => node.setAttribute("stroke-width", 2));
      copy.querySelectorAll(".faint").forEach((node) => node.setAttribute("stroke-opacity", 0.3));
      copy.setAttribute("y", top);
      top += panel.clientHeight;
      return new XMLSerializer().serializeToString(copy);
    });
    return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${top}" viewBox="0 0 ${width} ${top}">`
      + `<rect width="100%" height="100%" fill="#fff"/>${inner.join("")}</svg>`;
  }

  /** Hand a text over as a file. */
  function download(text, name, type) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1e4);
  }

  /** Put a text where it can be pasted; true if the browser let us. */
  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const area = document.body.appendChild(document.createElement("textarea"));
      area.value = text;
      area.select();
      const done = document.execCommand("copy");
      area.remove();
      return done;
    }
  }

  return { python, csv, html, svg, download, copy, table };
})();
