// A drawing that stands alone, as one SVG on white: the panels below one another, what their lines and colours mean,
// the caption, and every parameter.

omcore.sheet = (() => {
  "use strict";

  const { fields, paper, symbols } = omcore.metadata;
  const { labels } = omcore, { tag, INK } = omcore.plot, { PINS, pointOf, shownCases, pinned, legendOf } = omcore.lines;
  const NARROWEST = 440, EDGE = 12, LINE = 17, LETTER = 6.4, SAMPLE = 34; // pixels; LETTER: of the mean letter

  /** A piece of text, as SVG and as plain letters, by which its width is guessed. */
  const words = (text) => ({ svg: labels.escape(text), plain: text });
  const written = (write) => ({ svg: write(labels.svg), plain: write(labels.plain) });
  const long = ({ plain, look }) => LETTER * plain.length + (look ? SAMPLE + 6 : 0);

  /** Pieces on lines that are no wider than width; so many pixels between two pieces. */
  function lines(pieces, width, between) {
    const all = [];
    let room = 0;
    for (const piece of pieces) {
      if (!all.length || long(piece) > room) all.push([]), (room = width);
      all.at(-1).push({ ...piece, x: EDGE + width - room });
      room -= long(piece) + between;
    }
    return all;
  }

  /** A text as pieces of a line each. */
  function wrapped(all, width) {
    const found = [];
    for (const word of all.split(" ").filter(Boolean))
      if (found.length && LETTER * (found.at(-1).length + 1 + word.length) <= width) found.push(`${found.pop()} ${word}`);
      else found.push(word);
    return found.map(words);
  }

  const text = (x, y, content) => tag("text", { x, y, fill: INK }, content);

  function drawn({ x, svg, look }, y) {
    if (!look) return text(x, y, svg);
    const dashes = look.dashes.length ? look.dashes.join(" ") : undefined;
    const sample = { d: `M${x} ${y - 4}h${SAMPLE}`, stroke: look.light, stroke_width: 2, stroke_dasharray: dashes };
    return tag("path", sample) + text(x + SAMPLE + 6, y, svg);
  }

  // ---- what it says

  function legend(spec, state, isMoved) {
    const { cased, keys, note } = legendOf(spec, state), shown = shownCases(spec, state);
    const names = [...(cased && !state.over && spec.cases.length > 1 ? shown : []), ...keys];
    const notes = [...(note ? [note] : []), ...(isMoved ? ["faint: as it starts"] : [])];
    const pins = state.pins.map((set, k) => `${PINS[k]}, thin: ${pinned(spec, set, labels.plain)}`);
    return [...names.map((name) => ({ ...words(spec.looks[name].label), look: spec.looks[name] })), ...[...notes, ...pins].map(words)];
  }

  /** The caption of a figure of the page, with its formulas in letters; "" where it has none. */
  function caption(host) {
    const there = host.closest("figure")?.querySelector("figcaption");
    if (!there) return "";
    const copy = there.cloneNode(true);
    copy.querySelectorAll(".headerlink").forEach((link) => link.remove());
    copy.querySelectorAll("mjx-container").forEach((node) => node.replaceWith(node.textContent)); // as it is read aloud
    return copy.textContent.replace(/\\\((.*?)\\\)/g, (_, latex) => symbols[latex]?.[2] ?? latex).replace(/\s+/g, " ").trim();
  }

  /** What every field is set to, and for each case where they differ. */
  function parameters(spec, state) {
    const names = Object.keys(spec.quantities ?? paper).filter((name) => fields[name]?.shown);
    const at = omcore.kinds[state.view]?.pointOf ?? pointOf;
    const cases = shownCases(spec, state).map((name) => [name, at(spec, state, name)]);
    const each = names.map((name) => {
      const { symbol, shown } = fields[name], all = new Map(); // the number: the cases that have it
      for (const [one, p] of cases) {
        const value = `${labels.number(p[name] / omcore.factor(name, p), 6)}${labels.unit(shown.unit)}`;
        all.set(value, [...(all.get(value) ?? []), spec.looks[one]?.title]);
      }
      const one = ([value, who]) => (all.size === 1 ? value : `${value} (${who.join(", ")})`);
      const values = Array.from(all, one).join(", ");
      return written((write) => `${write(symbol)} = ${values}`);
    });
    const [[first, p]] = cases, side = first === "given" && p.drive ? [`${p.drive.toUpperCase()} mode driven`] : [];
    const reading = state.reading && state.reading !== "both" ? [`mean field ${state.reading}`] : [];
    return [words("As set:"), ...each, ...[...side, ...reading].map(words)];
  }

  // ---- on the sheet

  /** A bar of colours with its numbers, as figure.js has it in the page. */
  function bar({ label, colours, numbers }, y, width) {
    const stops = colours.map((colour, k) => tag("stop", { offset: String(k / (colours.length - 1)), stop_color: colour }));
    const long = Math.min(260, width - 2 * EDGE), name = written(label), from = EDGE + LETTER * name.plain.length + 12;
    const place = (k) => from + (k * long) / (numbers.length - 1);
    return tag("defs", {}, tag("linearGradient", { id: "bar" }, stops.join("")))
      + text(EDGE, y + 10, name.svg) + tag("rect", { x: from, y, width: long, height: 12, fill: "url(#bar)" })
      + numbers.map((value, k) => tag("text", { x: place(k), y: y + 27, text_anchor: "middle", fill: INK }, labels.number(value))).join("");
  }

  /** figure: { host, spec, state, drawings, bar, isMoved }; the panels as they are, without what the page adds. */
  function sheet(figure) {
    const { host, spec, state, drawings } = figure;
    const width = Math.max(NARROWEST, ...drawings.map((panel) => panel.clientWidth)), parts = [];
    let height = 0;
    for (const panel of drawings) {
      const copy = panel.cloneNode(true), each = (name, ...given) =>
        copy.querySelectorAll(name).forEach((node) => node.setAttribute(...given));
      copy.querySelector(".cross").remove();
      each(".line", "stroke-width", 2);
      each(".pinned", "stroke-width", 1);
      each(".faint", "stroke-width", 2);
      each(".faint", "stroke-opacity", 0.3);
      each(".cloud", "stroke-linecap", "round");
      copy.setAttribute("y", height);
      height += panel.clientHeight;
      parts.push(new XMLSerializer().serializeToString(copy));
    }
    if (figure.bar) parts.push(bar(figure.bar, height + 8, width)), (height += 2.5 * LINE);
    const put = (name, pieces, between) => {
      const rows = lines(pieces, width - 2 * EDGE, between);
      const inside = rows.map((row, k) => row.map((piece) => drawn(piece, height + (k + 1) * LINE)).join(""));
      parts.push(tag("g", { class: name }, inside.join("")));
      height += rows.length * LINE + (rows.length ? 8 : 0);
    };
    put("legend", legend(spec, state, figure.isMoved), 18);
    put("caption", wrapped(caption(host), width - 2 * EDGE), 0);
    const fitting = (piece) => (long(piece) > width - 2 * EDGE ? wrapped(piece.plain, width - 2 * EDGE) : [piece]);
    put("parameters", parameters(spec, state).flatMap(fitting), 14);
    const size = `width="${width}" height="${height}"`, look = 'font-size="12" font-family="system-ui, sans-serif"';
    return `<svg xmlns="http://www.w3.org/2000/svg" ${size} viewBox="0 0 ${width} ${height}" ${look}>`
      + `<rect ${size} fill="#fff"/>${parts.join("")}</svg>`;
  }

  /** The same in pixels, twice as many, for where no drawing can be shown. */
  async function png(svg) {
    const image = Object.assign(new Image(), { src: `data:image/svg+xml,${encodeURIComponent(svg)}` });
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: 2 * image.width, height: 2 * image.height });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return new Promise((done) => canvas.toBlob(done));
  }

  return Object.assign(sheet, { png });
})();
