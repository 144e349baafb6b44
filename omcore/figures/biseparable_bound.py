"""A witness of genuine tripartite entanglement: noise below what any biseparable state allows."""

from dataclasses import dataclass

import matplotlib.pyplot as plt
import numpy as np
from scipy.optimize import minimize

from ..conventions import mode_indices, symplectic_form
from ..parameters import PAPER, Parameters, operating_points
from ..solution import solve
from .style import CASE_STYLES, quantity_label, style

TRIPLE = ("driven", "a", "m")
TEMPERATURES = (5e-3, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0)  # in K
SHARPNESS = (10, 100, 1e3, 1e4)  # of the smooth minimum, in turn
SMALL = 1e-9  # added to Z, so that it has an inverse
CUTS = [([2 * k, 2 * k + 1], [i for i in range(6) if i // 2 != k]) for k in range(3)]


@dataclass(frozen=True)
class Data:
    """Noise over the biseparable bound against temperature, for each case.

    temperature : array (n,), in K
    ratio : case -> array (n,); below 1, the state is genuinely tripartite entangled
    """

    mean_field: str
    temperature: np.ndarray
    ratio: dict[str, np.ndarray]


def least_noise(Z):
    """The least tr(Z V) of all quantum states, and a V (pure) that has it.

    By Williamson's theorem it is the sum of the symplectic eigenvalues of Z.

    >>> least, V = least_noise(np.diag([4.0, 1.0]))
    >>> print(f"{least:.3f}", np.diag(V).round(3))
    2.000 [0.25 1.  ]
    """
    values, axes = np.linalg.eigh(Z)
    root, inverse = (axes * values ** (s / 2) @ axes.T for s in (1, -1))
    frequencies, modes = np.linalg.eigh(1j * root @ symplectic_form(len(Z) // 2) @ root)
    modulus = (modes * np.abs(frequencies) @ modes.conj().T).real
    return np.abs(frequencies).sum() / 2, inverse @ modulus @ inverse / 2


def bounds(Z):
    """Least tr(Z V) of product states over each of the three cuts, and such a V for each.

    >>> [round(float(x), 9) for x in bounds(np.eye(6))[0]]
    [3.0, 3.0, 3.0]
    """
    least, states = [], []
    for cut in CUTS:
        total, V = 0.0, np.zeros((6, 6))
        for rows in cut:
            part, V[np.ix_(rows, rows)] = least_noise(Z[np.ix_(rows, rows)])
            total += part
        least.append(total)
        states.append(V)
    return np.array(least), np.array(states)


def noise_ratio(Z, V):
    """tr(Z V) over its least value among biseparable states: below 1, V is of none of them.

    >>> print(f"{noise_ratio(np.eye(6), np.eye(6) / 2):.3f}")
    1.000
    """
    return float(np.trace(Z @ V) / bounds(Z)[0].min())


def witness(V, start=None, sharpness=SHARPNESS):
    """The positive Z with the smallest ``noise_ratio``: found by descent, proved by its value.

    >>> Z = witness(np.eye(6) / 2, sharpness=(10,))
    >>> noise_ratio(Z, np.eye(6) / 2) > 0.999
    True
    """

    def objective(x, beta):  # ln tr(ZV) - ln(smooth minimum over the cuts), with Z = L Lᵀ
        L = x.reshape(6, 6)
        least, states = bounds(L @ L.T + SMALL * np.eye(6))
        weights = (least / least.min()) ** -beta
        noise = np.sum(L * (V @ L))
        pull = np.einsum("k,kij->ij", weights / weights.sum() / least, states)
        value = np.log(noise / least.min()) + np.log(weights.sum()) / beta
        return value, (2 * (V / noise - pull) @ L).ravel()

    x = np.random.default_rng(0).normal(size=36) if start is None else np.linalg.cholesky(start).ravel()
    for beta in sharpness:
        x = minimize(objective, x, args=(beta,), jac=True, method="L-BFGS-B", options={"maxiter": 250}).x
        x /= np.linalg.norm(x)
    L = x.reshape(6, 6)
    return L @ L.T + SMALL * np.eye(6)


def triple(p: Parameters, mean_field="self-consistent"):
    """Covariance matrix (6, 6) of the driven mode, the atoms and the mirror.

    >>> triple(PAPER).shape
    (6, 6)
    """
    s = solve(p, mean_field).require_stable()
    rows = np.ravel([[2 * k, 2 * k + 1] for k in mode_indices(TRIPLE, drive=p.drive)])
    return s.V[np.ix_(rows, rows)]


def data(p: Parameters = PAPER, temperature=TEMPERATURES, mean_field="self-consistent") -> Data:
    """Follow the best witness while the bath warms up.

    >>> d = data(temperature=[5e-3])
    >>> all(ratio[0] < 0.99 for ratio in d.ratio.values())
    True
    """
    ratio = {}
    for case, q in operating_points(p).items():
        Z, found = None, []
        for T in temperature:
            V = triple(q.replace(temperature=T), mean_field)
            Z = witness(V, Z, SHARPNESS if Z is None else SHARPNESS[-1:])
            found.append(noise_ratio(Z, V))
        ratio[case] = np.array(found)
    return Data(mean_field, np.array(temperature), ratio)


def draw(d: Data):
    """The ratio over temperature; the line at 1 is the bound."""
    with style():
        figure, axis = plt.subplots(figsize=(6.2, 3.6))
        axis.axhline(1, color="#555555", linewidth=1)
        for case, ratio in d.ratio.items():
            axis.plot(d.temperature, ratio, marker="o", markersize=4, **CASE_STYLES[case])
        axis.set(xlabel=quantity_label("temperature"), ylabel="noise over the biseparable bound")
        axis.legend()
        plt.close(figure)
    return figure
