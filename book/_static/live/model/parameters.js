// The parameters of the model, and what follows from them. To be read beside omcore/parameters.py and quantities.py.
//
// Parameters go by omcore's names, in SI units; one that is missing has the value of the paper. Beside them may stand
// what a System of omcore has besides, zero if it is missing, of the modes ccw, cw and a in this order:
//
//   n: [0.1, 0.1, 0], the occupation of each bath;
//   m, the squeezing of the baths, and squeezing, S in rad/s: symmetric, three rows of three complex numbers [re, im].

omcore.parameters = (() => {
  "use strict";

  const { constants, fields, drives, modes, paper, limits } = omcore.metadata;

  const OUTSIDE = { // what a value may not be, and what it must be
    any: [() => false],
    positive: [(x) => x <= 0, "must be positive"],
    nonnegative: [(x) => x < 0, "must not be negative"],
    fraction: [(x) => x < 0 || x > 1, "must lie between 0 and 1"],
  };

  /** quantities.checked: why a field may not have a value in SI units; "" if it may. */
  function refusal(name, value) {
    if (!Number.isFinite(value)) return "must be finite";
    if (Math.abs(value) > limits.LARGEST) return `must not exceed ${limits.LARGEST} in SI units`;
    const [isOutside, problem] = OUTSIDE[fields[name].sign];
    return isOutside(value) ? problem : "";
  }

  const three = (x, each) => Array.isArray(x) && x.length === 3 && x.every(each);
  const isComplex = (z) => Array.isArray(z) && z.length === 2 && z.every(Number.isFinite);
  const isSymmetric = (x) => three(x, (row) => three(row, isComplex))
    && x.every((row, i) => row.every(([re, im], j) => re === x[j][i][0] && im === x[j][i][1]));
  const isState = (n, m) => omcore.gaussian.isPhysical(omcore.linear.equilibrium({ n, m: m.flat(2), n_m: 0 }));
  const OF_SYSTEM = { // what else a System has, and what it must be
    n: [(n) => three(n, (x) => Number.isFinite(x) && x >= 0), "give three numbers that are not negative"],
    m: [(m, { n = [0, 0, 0] }) => isSymmetric(m) && isState(n, m), "give three symmetric rows of three [re, im], for one bath |m|² <= n(n + 1)"],
    squeezing: [isSymmetric, "give three symmetric rows of three [re, im] in rad/s"],
  };

  /** Parameters: those given, checked, and the paper's for the rest. */
  function parametersOf(given = {}) {
    for (const [name, value] of Object.entries(given)) {
      const field = fields[name];
      const [isRight, remedy] = OF_SYSTEM[name] ?? [];
      const why = name === "drive" ? (drives.includes(value) ? "" : `give ${drives.join(" or ")}`) : isRight ? (isRight(value, given) ? "" : remedy)
        : field === undefined ? `no parameter; use one of ${Object.keys(fields).join(", ")}, drive`
          : refusal(name, value) && `the ${field.meaning} ${refusal(name, value)}`;
      if (why) throw new RangeError(`${name} = ${value}: ${why}`);
    }
    return { ...paper, ...given };
  }

  /** Quantity.factor: the size of the unit in which a field is shown, in SI units. */
  const factor = (name, parameters = paper) =>
    fields[name].shown.factor ?? (parameters.omega_m ?? paper.omega_m);

  /** conventions.mode_index, with the aliases that the drive gives. */
  function modeIndex(name, drive) {
    if (name === "driven") return modes.indexOf(drive);
    if (name === "undriven") return 1 - modes.indexOf(drive);
    const index = modes.indexOf(name);
    if (index < 0) throw new RangeError(`mode = ${name}: use one of ${modes.join(", ")}, driven, undriven`);
    return index;
  }

  const omega0 = (p) => (2 * Math.PI * constants.c) / p.wavelength;

  /** Parameters.G_0 = (ω_0/R) √(ħ/mω_m), below Eq. 2. */
  const singlePhotonCoupling = (p) =>
    (omega0(p) / p.radius) * Math.sqrt(constants.hbar / (p.mass * p.omega_m));

  /** Parameters.drive_amplitude, ε = √(2κ_ext P/ħω_0), below Eq. 2. */
  const driveAmplitude = (p) =>
    Math.sqrt((2 * p.escape_efficiency * p.kappa * p.power) / (constants.hbar * omega0(p)));

  /** Parameters.n_m = 1/(exp(ħω_m/k_B T) - 1), below Eq. 6; zero at T = 0. */
  const phononNumber = (p) =>
    1 / Math.expm1((constants.hbar * p.omega_m) / (constants.Boltzmann * p.temperature));

  return { refusal, parametersOf, factor, modeIndex, omega0, singlePhotonCoupling, driveAmplitude, phononNumber };
})();
