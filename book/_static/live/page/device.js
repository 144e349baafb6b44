// The device that a figure is about, at the point where it is set: the numbers that its drawing follows and the words
// in it. The drawing comes with the page, and the style sheet moves it. To be read beside drawings/kit/device.py.

omcore.device = (() => {
  "use strict";

  const { constants: { hbar }, statuses: [STABLE] } = omcore.metadata, { pointOf, readingsOf } = omcore.lines;
  const { number } = omcore.labels, { sagnacShift } = omcore.resonator, { singlePhotonCoupling } = omcore.parameters;
  const { RING, RIM, FASTEST, DARK, DECADES, FAINTEST, RADIUS, PER_DECADE, PER_E, THINNEST, THICKEST, SMALL,
    LEFT, RIGHT, ROOM, NAMES, MODES, PAIRS } = omcore.metadata.device;
  const LATE = 1e9; // milliseconds: a motion that is so far on can run backwards, too

  const clamp = (value, low, high) => Math.min(high, Math.max(low, value));
  const brightness = (quanta) => (quanta ? clamp(Math.log10(quanta / DARK) / DECADES, FAINTEST, 1) : 0);
  const thickness = (E) => (E ? clamp(PER_E * E, THINNEST, THICKEST) : 0);
  const written = (E) => (E ? (E >= SMALL ? E.toFixed(3) : `< ${SMALL}`) : "");

  /** device.drawn: the numbers that the drawing follows, and the words in it. */
  function drawn(p, reading) {
    const s = omcore.solve(p, reading), known = s.status === STABLE, other = p.drive === "ccw" ? "cw" : "ccw";
    const w = p.omega_m, turning = p.angular_velocity, q = known ? s.q : 0, push = PER_DECADE * Math.log10(1 + q);
    const quanta = (mode) => (known ? s.amplitudes[mode][0] ** 2 + s.amplitudes[mode][1] ** 2 : 0);
    const noise = known ? omcore.covariance(p, reading)[6][6] : 0;
    const power = { [p.drive]: (1 - p.counter_drive) * p.power, [other]: p.counter_drive * p.power };
    const { at, lines } = resonances(p, q);
    const numbers = {
      turn: clamp(turning / RING, -FASTEST, FASTEST), sense: Math.sign(turning),
      breath: Math.min(w / RIM, FASTEST), push, tremble: known ? Math.max(0, 1 + Math.log10(2 * noise)) : 0, ...lines,
    };
    const words = {
      where: `Δc = ${number(p.Delta_c / w)} ωₘ`, spin: turning ? `Ω = ${number(turning / 1e3)} krad/s` : "at rest",
      rim: known ? pushed(p, q, push) : `${s.status}: no steady state`, none: known ? "" : "no steady state",
      driven: NAMES[p.drive], "role-driven": p.counter_drive < 1 ? "driven" : "undriven",
      undriven: NAMES[other], "role-undriven": p.counter_drive ? "driven, too" : "undriven",
    };
    for (const mode of MODES) {
      numbers[mode] = brightness(quanta(mode));
      numbers[`laser-${mode}`] = Number(power[mode] > 0);
      words[mode] = known ? `${NAMES[mode]} ${number(quanta(mode))}` : NAMES[mode];
      words[`at-${mode}`] = `${NAMES[mode]} ${number(at[mode])}`;
      words[`laser-${mode}`] = power[mode] ? `laser ${number(power[mode] * 1e3)} mW` : "";
    }
    for (const pair of PAIRS) {
      numbers[`E-${pair}`] = thickness(s.E[pair]); // NaN without a steady state: no link
      words[`E-${pair}`] = written(s.E[pair]);
    }
    return { numbers, words: { ...words, sentence: sentence(words, s, power, turning) } };
  }

  /** device.resonances: where they are, in units of ω_m, and where and how wide they are drawn. */
  function resonances(p, q) {
    const w = p.omega_m, shift = sagnacShift(p), cavity = p.Delta_c - singlePhotonCoupling(p) * q;
    const at = { ccw: (cavity - shift) / w, cw: (cavity + shift) / w, a: p.Delta_a / w };
    const all = Object.values(at), beyond = Math.max(1, (3 * p.kappa) / w);
    const low = Math.min(-1.6, ...all.map((x) => x - beyond)), high = Math.max(1.6, ...all.map((x) => x + beyond));
    const scale = (RIGHT - LEFT) / (high - low), place = (x) => LEFT + scale * (x - low);
    const lines = { minus: place(-1), zero: place(0), plus: place(1), apart: Number(scale > ROOM) };
    for (const [mode, x] of Object.entries(at)) {
      lines[`at-${mode}`] = place(x);
      lines[`wide-${mode}`] = (scale * (mode === "a" ? p.gamma_a : p.kappa)) / w;
    }
    return { at, lines };
  }

  /** device.pushed: by how much the rim goes out, and how much farther it is drawn. */
  function pushed(p, q, push) {
    const x = q * Math.sqrt(hbar / (p.mass * p.omega_m)), fold = (push * p.radius) / RADIUS / x;
    return x ? `rim +${number(x * 1e12, 2)} pm, drawn ${number(fold, 2)}-fold` : "rim not pushed";
  }

  /** device.sentence: the description that is spoken, at most 40 words. */
  function sentence({ ccw, cw, a }, { status, E }, power, turning) {
    const sense = turning > 0 ? "counter-clockwise" : "clockwise", speed = number(Math.abs(turning) / 1e3);
    const lit = MODES.filter((mode) => power[mode]).map((mode) => NAMES[mode]).join(" and ");
    const ring = turning ? `Ring turning ${sense} at ${speed} krad/s` : "Ring at rest";
    const device = `${ring}, ${lit ? `laser on ${lit}` : "no laser"}.`;
    if (status !== STABLE) return `${device} No steady state (${status}), so neither light nor links are drawn.`;
    const top = PAIRS.reduce((best, pair) => (E[pair] > E[best] ? pair : best));
    const pair = top.split("-").map((mode) => NAMES[mode] ?? mode).join("–");
    const link = E[top] ? `Strongest link: ${pair}, E = ${number(E[top])}.` : "No links.";
    return `${device} Photons: ${ccw}, ${cw}. Excitations: ${a}. ${link}`;
  }

  /** The device of a figure: a function that shows a state. change: of the state, by who chooses a case. */
  function device(host, spec, change) {
    const box = host.querySelector(".live-device"), cases = [...box.querySelectorAll(".device-case input")];

    const pace = () => box.getAnimations({ subtree: true }).forEach((motion) => {
      if (motion.currentTime < LATE / 2) motion.currentTime += LATE;
      motion.updatePlaybackRate(Number(getComputedStyle(motion.effect.target).getPropertyValue("--pace")));
    });

    for (const one of cases) one.addEventListener("change", (event) => change({ device: one.value }, event));
    box.querySelector("button").addEventListener("click", ({ target }) =>
      target.setAttribute("aria-pressed", target.ariaPressed !== "true"));
    box.addEventListener("animationstart", pace);
    new IntersectionObserver(([{ isIntersecting, boundingClientRect: { height } }]) => {
      box.classList.toggle("away", !isIntersecting); // what is not seen does not move
      host.style.setProperty("--device", `${height}px`); // what stays in view stands below it
    }).observe(box);

    return (state) => {
      const name = state.cases.includes(state.device) ? state.device : state.cases[0];
      const { numbers, words } = drawn(pointOf(spec, state, name), readingsOf(state)[0]);
      for (const [key, value] of Object.entries(numbers)) box.style.setProperty(`--${key}`, value);
      for (const place of box.querySelectorAll("[data-say]")) place.textContent = words[place.dataset.say];
      box.querySelector("[role=img]").setAttribute("aria-label", words.sentence);
      for (const one of cases) {
        one.checked = one.value === name;
        one.parentElement.hidden = !state.cases.includes(one.value);
      }
      pace();
    };
  }

  return Object.assign(device, { drawn });
})();
