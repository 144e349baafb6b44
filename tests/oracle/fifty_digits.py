"""Linear algebra in fifty digits: eigenvalues, the Lyapunov equation, logarithmic negativity."""

import mpmath as mp
import numpy as np

DIGITS = 50


def covariance_in_floats(A, D):
    """V of AV + VA^T = -D for arrays of floats, rounded once, at the end."""
    with mp.workdps(DIGITS):
        (V,) = lyapunov(mp.matrix(A.tolist()), [-mp.matrix(D.tolist())])
        return np.array(V.tolist(), float)


def negativity_in_floats(V, modes):
    """Of the first of the modes against the rest, for an array of floats."""
    with mp.workdps(DIGITS):
        return float(negativity(mp.matrix(V.tolist()), modes))


def eigenvalues(A):
    """Zeros of the characteristic polynomial, Faddeev and LeVerrier."""
    power, coefficients = mp.eye(len(A)), [mp.mpf(1)]
    for k in range(1, len(A) + 1):
        power = A * power
        coefficients.append(-sum(power[i, i] for i in range(len(A))) / k)
        for i in range(len(A)):
            power[i, i] += coefficients[-1]
    return mp.polyroots(coefficients, maxsteps=500, extraprec=250)


def lyapunov(A, sides):
    """The symmetric X with AX + XA^T = side, for each side: one elimination of n(n + 1)/2 unknowns."""
    n = len(A)
    pairs = [(i, j) for i in range(n) for j in range(i, n)]
    place = {pair: k for k, (i, j) in enumerate(pairs) for pair in ((i, j), (j, i))}
    rows = []
    for i, j in pairs:
        row = {}
        for k in range(n):
            for factor, unknown in ((A[i, k], place[k, j]), (A[j, k], place[i, k])):
                if factor:
                    row[unknown] = row.get(unknown, 0) + factor
        rows.append((row, [side[i, j] for side in sides]))
    solved = _eliminated(rows)
    return [
        mp.matrix([[solved[place[i, j]][k] for j in range(n)] for i in range(n)])
        for k in range(len(sides))
    ]


def _eliminated(rows):
    """Gauss and Jordan on sparse rows {column: value}, largest pivot of each column."""
    rows, solved = list(rows), {}
    for column in range(len(rows)):
        pivot = max(rows, key=lambda row: abs(row[0].get(column, 0)))
        rows.remove(pivot)
        solved[column] = pivot
        for row, side in rows:
            if column in row:
                factor = row.pop(column) / pivot[0][column]
                for k, value in pivot[0].items():
                    if k != column:
                        row[k] = row.get(k, 0) - factor * value
                side[:] = [a - factor * b for a, b in zip(side, pivot[1], strict=True)]
    for column in reversed(range(len(solved))):
        row, side = solved[column]
        for k, value in row.items():
            if k != column:
                side[:] = [a - value * b for a, b in zip(side, solved[k][1], strict=True)]
        side[:] = [a / row[column] for a in side]
    return {column: side for column, (_, side) in solved.items()}


def negativity(V, modes):
    """max(0, -ln 2 nu) of the first mode against the rest: smallest zero of det(M^2 + nu^2)."""
    rows = [2 * m + x for m in modes for x in (0, 1)]
    size = len(rows)
    M = mp.matrix(size, size)  # symplectic form, with the first mode's sign turned, times V
    for i, r in enumerate(rows):
        sign = (-1) ** (i % 2) * (-1 if i < 2 else 1)
        for j, s in enumerate(rows):
            M[i ^ 1, j] = -sign * V[r, s]
    square = M * M
    power, traces = square, []
    for _ in modes:
        traces.append(-sum(power[i, i] for i in range(size)) / 2 * (-1) ** len(traces))
        power = power * square
    e = [mp.mpf(1)]  # Newton's identities for the squares of nu
    for k in range(1, len(modes) + 1):
        e.append(sum((-1) ** (n - 1) * e[k - n] * traces[n - 1] for n in range(1, k + 1)) / k)
    roots = mp.polyroots([(-1) ** k * x for k, x in enumerate(e)], maxsteps=500, extraprec=250)
    return max(mp.mpf(0), -mp.log(4 * min(mp.re(x) for x in roots)) / 2)


def norm(M):
    return mp.mnorm(M, "f")
