// Numbers as people type and paste them: with a point or a comma, any minus sign, spaces between thousands, and
// powers of ten as in 1e-3, 1.5·10^3 or 1.5 × 10⁻³. What can be read in two ways is refused, and nothing is guessed.

omcore.numbers = (() => {
  "use strict";

  const LONGEST = 64; // characters
  const MINUS = /[\u02d7\u2010-\u2015\u2212\u2796\ufe58\ufe63]/g;
  const UNSEEN = /[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;
  const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹", SIGNS = { "⁻": "-", "⁺": "+" };
  const WHOLE = String.raw`(?<whole>\d+|\d{1,3}(?: \d{3})+)?`, PART = String.raw`(?:(?<mark>[.,])(?<part>\d*))?`;
  const POWER = String.raw`(?: ?(?:e|[x×*·⋅∙] ?10 ?(?:\^|\*\*)) ?(?<power>[-+]? ?\d+))?`;
  const NUMBER = new RegExp(`^(?<sign>[-+]?) ?${WHOLE}${PART}${POWER}$`, "i");

  const lowered = (_, raised) => `10^${Array.from(raised, (c) => SIGNS[c] ?? RAISED.indexOf(c)).join("")}`;

  /** The same in the characters of a plain keyboard. */
  const plain = (text) => text
    .replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)) // of full width
    .replace(/10([⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)$/, lowered)
    .replace(UNSEEN, "").replace(MINUS, "-").replace(/\s+/g, " ").trim()
    .replace(/^([-+]? ?)10 ?(?=\^|\*\*)/, "$11·10"); // a power alone

  /** A text as { value }, or { why }: the reason why it is refused, and what to type. */
  function read(text) {
    if (text.length > LONGEST) return { why: `it has more than ${LONGEST} characters` };
    const found = NUMBER.exec(plain(text))?.groups ?? {}, { sign, whole = "", mark, part = "", power = "0" } = found;
    if (!whole && !part)
      return { why: /\d.*[.,].*[.,]/.test(text) ? "it has more than one point or comma; leave thousands unmarked"
        : "it is no number; type digits, as in −0.5 or 1e-3" };
    if (mark === "," && part.length === 3 && /^[1-9]\d{0,2}$/.test(whole))
      return { why: `it can be ${whole}.${part} or ${whole}${part}; type one of these` };
    const value = Number(`${sign}${whole}.${part}e${power}`.replaceAll(" ", ""));
    if (!Number.isFinite(value)) return { why: "it is too large for a computer" };
    if (value === 0 && /[1-9]/.test(whole + part)) return { why: "it is too small for a computer; zero is 0" };
    return { value: value + 0 }; // no negative zero
  }

  return { read };
})();
