// V in closed form: the mirror knows light and matter only through one response function. To be read beside
// engine/response.py and stability.py.
//
// The mirror displaces the light, the light pushes back: χ(s) = b†(s - M)⁻¹b = e(s)/c(s). Light and matter alone keep
// their vacuum; what the mirror makes of it are the correlations x = <qz>, y = <pz>, Q = <q²>, P = <p²>,
// N = <zz†> - 1/2 and S = <zzᵀ>. In the eigenbasis r_k of M, Σ r_k = b, with poles l_k: x = Σ ξ_k r_k, and all the
// others follow from the ξ_k and Q.

omcore.response = (() => {
  "use strict";

  const { limits } = omcore.metadata;
  const { plus, minus, times, over, scaled, conj, square, dot } = omcore.complex;
  const { characteristic, adjugateTimes, complexHorner, horner, routh } = omcore.polynomials, { complexRoots, solve } = omcore.roots;
  const { lightOperator, couplings } = omcore.systems;
  const { driftMatrix, diffusion, isStable, norm, backwardResidual, lyapunov } = omcore.linear;
  const tally = { closed: 0, general: 0 }, V = new Float64Array(64); // V: filled anew at each point, as are
  const equations = Array.from({ length: 7 }, () => new Float64Array(8));

  /** Response.of: c = det(s - M), u = adj(s - M) b, and a = (s² + γs + 1) |c|² + 2 Im(e c*) = det(s - A). */
  function respond(system, { alpha, q }) {
    const M = lightOperator(system, q), b = couplings(system, alpha), c = characteristic(M), u = adjugateTimes(M, c, b);
    const back = b.map(conj), e = u.map((vector) => dot(vector, back)), a = [0, 0, 0, 0, 0, 0, 0, 0, 0];
    for (let j = 0; j < 4; j++)
      for (let k = 0; k < 4; k++) {
        const passive = c[j][0] * c[k][0] + c[j][1] * c[k][1];
        a[j + k] += passive;
        a[j + k + 1] += system.gamma * passive;
        a[j + k + 2] += passive;
        if (k < 3) a[j + k] += 2 * (e[k][1] * c[j][0] - e[k][0] * c[j][1]);
      }
    return { system, M, b, c, u, a };
  }

  /** Response.decays: Routh's table of det(s - A); in doubt, eigenvalues. */
  function decays(felt) {
    const isWide = felt.c.some((one) => square(one) > limits.WIDE ** 6), verdict = isWide ? 0 : routh(felt.a, limits.DOUBT);
    return verdict === 0 ? isStable(drift(felt), eigenvalues(felt)) : verdict > 0;
  }

  const drift = ({ M, b, system }) => driftMatrix(M, b, system.gamma);

  /** stability.eigenvalues: the zeros of det(s - A), by Aberth's Newton steps, from those without the mirror. */
  function eigenvalues({ a, c, system }) {
    const apart = 1e-3 * (1 + Math.abs(c[2][0]) + Math.abs(c[2][1])), mirror = [-system.gamma / 2, 1];
    const s = [...complexRoots(c), mirror].flatMap((l) => [l, conj(l)])
      .map((l, k) => plus(l, [apart * Math.cos(k + 0.5), apart * Math.sin(k + 0.5)]));
    for (let turn = 0, moved = 1; turn < 100 && moved > 1e-30; turn++) {
      moved = 0;
      for (let k = 0; k < 8; k++) {
        const here = s[k], [value, slope] = complexHorner(a, here), newton = over(value, slope);
        let x = 0, y = 0; // Σ 1/(s_k - s_j)
        for (let j = 0; j < 8; j++) {
          const re = here[0] - s[j][0], im = here[1] - s[j][1], size = re * re + im * im;
          if (size > 0) (x += re / size), (y -= im / size);
        }
        const step = over(newton, minus([1, 0], times(newton, [x, y])));
        if (!Number.isFinite(step[0] + step[1])) continue;
        s[k] = minus(here, step);
        moved = Math.max(moved, square(step) / square(s[k]));
      }
    }
    return s;
  }

  // ---- the covariance matrix

  /** covariance at a point that is stable; null where rounding has swamped its vacuum. */
  function covariance(felt) {
    const A = drift(felt), D = diffusion(felt.system);
    assembled(correlations(felt));
    const residual = backwardResidual(A, D, V);
    if (residual <= limits.ROUNDING) tally.closed++;
    else { // where poles coincide the sums lose digits
      const general = lyapunov(A, D);
      tally.general++;
      if (!(residual <= backwardResidual(A, D, general))) V.set(general);
    }
    return norm(V) * norm(A) <= limits.UNRESOLVED * norm(D) ? V : null;
  }

  /** _correlations: what the mirror makes of the vacuum. */
  function correlations(felt) {
    const { b, c, u } = felt, pole = complexRoots(c), back = b.map(conj);
    const r = pole.map((l, k) => { // adj(l_k - M) b / Π (l_k - l_j)
      const gap = times(minus(l, pole[(k + 1) % 3]), minus(l, pole[(k + 2) % 3]));
      return [0, 1, 2].map((i) => over(plus(u[0][i], times(l, plus(u[1][i], times(l, u[2][i])))), gap));
    });
    const { xi, Q } = weights(felt, pole, r.map((vector) => dot(vector, back)));
    const columns = [0, 1, 2].map((i) => [r[0][i], r[1][i], r[2][i]]), conjugates = columns.map((column) => column.map(conj));
    const x = columns.map((column) => dot(column, xi)), late = xi.map((one, k) => plus(times(one, pole[k]), [Q, 0]));
    const y = columns.map((column) => scaled(-1, dot(column, late)));
    const s = [[], [], []], n = [[], [], []]; // (ξ_j + ξ_k)/(l_j + l_k), and with conjugates of the second
    for (let j = 0; j < 3; j++)
      for (let k = 0; k < 3; k++) {
        s[j].push(over(plus(xi[j], xi[k]), plus(pole[j], pole[k])));
        n[j].push(over(plus(xi[j], conj(xi[k])), plus(pole[j], conj(pole[k]))));
      }
    const S = (i, j) => form(columns[i], s, columns[j]), N = (i, j) => form(columns[i], n, conjugates[j]);
    return { N, S, x, y, Q, P: Q + 2 * dot(x, back)[1] };
  }

  /** -Σ_jk a_j w_jk b_k */
  function form(a, w, b) {
    let re = 0, im = 0;
    for (let j = 0; j < 3; j++) {
      const [x, y] = dot(w[j], b);
      re -= a[j][0] * x - a[j][1] * y;
      im -= a[j][0] * y + a[j][1] * x;
    }
    return [re, im];
  }

  /** _weights: the ξ_k and Q, seven real linear equations. */
  function weights({ system: { gamma, n_m } }, pole, c) {
    const rows = equations.slice(), last = rows[6];
    for (let k = 0; k < 3; k++) {
      const l = pole[k], late = [l[0] - gamma, l[1]], re = rows[k], im = rows[3 + k], energy = times(c[k], late);
      let own = minus([-1, 0], times(late, l)); // a_k - 1 - (l_k - γ) l_k
      for (let j = 0; j < 3; j++) {
        const first = over([c[j][1], -c[j][0]], plus(l, pole[j])); // -i c_j/(l_k + l_j), what ξ_j adds
        const second = over([c[j][1], c[j][0]], plus(l, conj(pole[j]))); // i c_j*/(l_k + l_j*), what ξ_j* adds
        re[j] = first[0] + second[0];
        re[3 + j] = second[1] - first[1];
        im[j] = first[1] + second[1];
        im[3 + j] = first[0] - second[0];
        own = plus(own, plus(first, second));
      }
      re[k] += own[0];
      re[3 + k] -= own[1];
      im[k] += own[1];
      im[3 + k] += own[0];
      [re[6], re[7], im[6], im[7]] = [-late[0], 0, -late[1], 0.5];
      [last[k], last[3 + k]] = [2 * energy[1], 2 * energy[0]];
    }
    last[6] = 2 * (c[0][1] + c[1][1] + c[2][1]) - gamma;
    last[7] = -gamma * (n_m + 0.5);
    const found = solve(rows);
    return { xi: [0, 1, 2].map((k) => [found[k], found[3 + k]]), Q: found[6] };
  }

  /** _assembled: V of the quadratures from the correlations of amplitudes. */
  function assembled({ N, S, x, y, Q, P }) {
    const put = (i, j, value) => (V[8 * i + j] = V[8 * j + i] = value);
    for (let i = 0; i < 3; i++) {
      for (let j = i; j < 3; j++) {
        const [re, im] = N(i, j), [s, si] = S(i, j), n = re + (i === j ? 0.5 : 0), ni = i === j ? 0 : im;
        put(2 * i, 2 * j, n + s), put(2 * i + 1, 2 * j + 1, n - s);
        put(2 * i, 2 * j + 1, si - ni), put(2 * i + 1, 2 * j, si + ni);
      }
      for (let part = 0; part < 2; part++)
        put(2 * i + part, 6, Math.SQRT2 * x[i][part]), put(2 * i + part, 7, Math.SQRT2 * y[i][part]);
    }
    put(6, 6, Q), put(7, 7, P);
  }

  return { respond, decays, eigenvalues, covariance, tally };
})();
