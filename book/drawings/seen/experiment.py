"""A virtual experiment: how surely a number of homodyne records tells how entangled atoms and mirror are."""

from types import SimpleNamespace

import numpy as np

import omcore as om
from omcore.conventions import VACUUM_VARIANCE
from omcore.gaussian.homodyne import (
    SETTINGS,
    estimated_covariance,
    estimated_margin,
    fitted,
    quadratures,
)
from omcore.gaussian.parties import part

from ..kit import knobs
from ..kit.curves import CASE_LINES, written
from ..kit.knobs import Knob, Shown
from ..kit.models import Model
from ..kit.panels import legend_below, row_of_panels
from ..kit.style import CASE_STYLES, GUIDE, style

RUNS = 400  # experiments of a full histogram
BINS = 40
SURE = 5.0  # standard deviations
KNOBS = {
    "records": Knob("N", "1", "number of records", "positive", Shown("1", 1e2, 1e6, 0.02, True)),
    "efficiency": Knob(r"\eta", "1", "efficiency of both detectors", "fraction", Shown("1", 0.05, 1.0, 0.01)),
    "runs": Knob("n", "1", "number of experiments", "positive", Shown("1", 1.0, float(RUNS), 1.0)),
    "seed": Knob("s", "1", "seed of the random numbers", "positive", Shown("1", 1.0, 99.0, 1.0)),
    "temperature": knobs.KNOBS["temperature"],
}  # fmt: skip
START = {"records": 1e4, "efficiency": 1.0, "runs": float(RUNS), "seed": 1.0,
         "temperature": om.PAPER.temperature}  # fmt: skip
PANELS = {"raw": "as estimated", "corrected": "corrected for bias"}


def states(p=om.PAPER):
    """V of atoms and mirror, (4, 4), at the operating points."""
    return {case: part(om.solve(q).V, [2, 3]) for case, q in om.operating_points(p).items()}


def scatter(root, freedom, runs, rng):
    """Sums of squares of normal pairs with the covariance root rootᵀ, array (runs, ..., 2, 2), by Bartlett.

    Each is that of ``freedom`` pairs about nothing, or of one pair more about their mean.
    """
    T = np.zeros((runs, *root.shape))
    shape = T.shape[:-2]
    T[..., 0, 0] = np.sqrt(rng.chisquare(freedom, shape))
    T[..., 1, 0] = rng.normal(size=shape)
    T[..., 1, 1] = np.sqrt(rng.chisquare(freedom - 1, shape)) if freedom > 1 else 0.0
    L = root @ T
    return L @ L.mT


def in_each(records):
    """Records in each half of each setting, at least 3, of so many in all."""
    return max(3, int(np.floor(records / (2 * len(SETTINGS)) + 0.5)))


def estimates(V, records, efficiency=1.0, runs=RUNS, seed=0):
    """Margins of separability that experiments with so many records each would find.

    raw, corrected : arrays (runs,); NaN where the estimated V is not positive
    """
    rng, half = np.random.default_rng(seed), in_each(records)
    Q = quadratures(SETTINGS)
    seen = efficiency * V + (1 - efficiency) * VACUUM_VARIANCE * np.eye(4)
    root = np.linalg.cholesky(Q @ seen @ Q.mT)
    first, second = (scatter(root, half - 1, runs, rng) for _ in range(2))
    whole = first + second + scatter(root, 1, runs, rng)  # the last: by how much their means differ
    parts = zip((first, second, whole), (half - 1, half - 1, 2 * half - 1), strict=True)
    a, b, all_ = (estimated_margin(fitted(S / n, efficiency=efficiency)) for S, n in parts)
    return SimpleNamespace(raw=all_, corrected=2 * all_ - (a + b) / 2)


def margins(records, efficiency=1.0):
    """The estimate from records (k, count, 2), and the one corrected by their halves."""
    half = records.shape[-2] // 2
    parts = records[..., :half, :], records[..., half:, :], records
    a, b, all_ = (estimated_margin(estimated_covariance(r, efficiency=efficiency)) for r in parts)
    return all_, 2 * all_ - (a + b) / 2


def bootstrap(records, efficiency=1.0, draws=400, seed=0):
    """Margins, array (draws,), of sets drawn anew, with replacement, from the records of each setting."""
    rng, (k, count, _) = np.random.default_rng(seed), records.shape
    drawn = rng.integers(count, size=(draws, k, count))
    again = records[np.arange(k)[:, None], drawn]
    return estimated_margin(estimated_covariance(again, efficiency=efficiency))


def spread(V, efficiency=1.0, records=1e6, runs=4000, seed=0):
    """Standard deviation of the estimated margin, times the root of the number of records."""
    used = 2 * len(SETTINGS) * in_each(records)
    return float(np.std(estimates(V, records, efficiency, runs, seed).raw) * np.sqrt(used))


def needed(V, other=None, efficiency=1.0, **how):
    """Records of each state that tell two margins apart, or one from zero, by ``SURE`` deviations."""
    margin = lambda state: float(om.separability_margin(state, 0, 1))
    gap = margin(V) - (margin(other) if other is not None else 0.0)
    both = [state for state in (V, other) if state is not None]
    return (SURE / gap) ** 2 * sum(spread(state, efficiency, **how) ** 2 for state in both)


def table():
    """Header and rows: records that show entanglement, or tell cases apart, at three efficiencies."""
    V, rows = states(), []
    pairs = {
        "at rest is entangled": ("stationary", None),
        "CW is entangled": ("cw", None),
        "CCW is entangled": ("ccw", None),
        "CW from at rest": ("cw", "stationary"),
        "CCW from at rest": ("ccw", "stationary"),
        "CCW from CW": ("ccw", "cw"),
    }
    for name, (one, other) in pairs.items():
        found = [needed(V[one], V.get(other), eta) for eta in (1.0, 0.5, 0.1)]
        rows.append([name, *(f"{float(f'{n:.2g}'):,.0f}".replace(",", " ") for n in found)])
    return ["", r"$\eta = 1$", r"$\eta = 0.5$", r"$\eta = 0.1$"], rows


def table_of_bias(case="stationary", sizes=(200, 500, 1000, 2000, 5000, 20_000), runs=4000):
    """Header and rows: what experiments of several sizes find on average, as estimated and corrected."""
    V, rows = states()[case], []
    for N in sizes:
        e = estimates(V, N, runs=runs, seed=3)
        found = np.nanmean(e.raw), np.nanmean(e.corrected), np.nanstd(e.raw)
        rows.append([N, *(f"{x:.3f}" for x in found), f"{np.mean(np.isnan(e.corrected)):.1%}"])
    return ["records", "as estimated", "corrected", "spread", "no answer"], rows


def data(p=om.PAPER, records=START["records"], efficiency=1.0, runs=RUNS, seed=1):
    """Estimates of each case, and its true margin.

    found : case -> estimates; true : case -> margin
    """
    V = states(p)
    found = {
        case: estimates(v, records, efficiency, RUNS, [int(seed), k])
        for k, (case, v) in enumerate(V.items())
    }
    for one in found.values():
        one.raw, one.corrected = one.raw[: int(runs)], one.corrected[: int(runs)]
    return SimpleNamespace(
        found=found, true={case: float(om.separability_margin(v, 0, 1)) for case, v in V.items()}
    )


@style()
def draw(d):
    """Two histograms of each case, as estimated and corrected; dotted: the true margins."""
    figure, axes = row_of_panels(2)
    all_ = np.concatenate([getattr(one, name) for one in d.found.values() for name in PANELS])
    bins = np.linspace(*np.nanpercentile(all_, [0, 100]), BINS + 1)
    for axis, (name, title) in zip(axes, PANELS.items(), strict=True):
        for case, one in d.found.items():
            counts, _ = np.histogram(getattr(one, name), bins)
            axis.stairs(counts, bins, **CASE_STYLES[case], linewidth=1.5)
            axis.axvline(d.true[case], **GUIDE | {"color": CASE_STYLES[case]["color"]})
        axis.set(title=title, xlabel=r"estimated $-\ln2\tilde\nu$ of atoms and mirror")
    axes[0].set_ylabel("experiments")
    legend_below(figure, axes[0])
    return figure


def moved(records, efficiency, runs, seed, temperature):
    """The drawing at what a reader has set."""
    return draw(data(om.PAPER.replace(temperature=temperature), records, efficiency, runs, seed))


SCRIPT = """import numpy as np
import omcore as om
from omcore.gaussian.homodyne import estimated_covariance, estimated_margin, homodyne_records

points = om.operating_points(om.PAPER.replace($changes))
rng, half = np.random.default_rng(int($seed)), max(3, int($records / 20 + 0.5))
margin = lambda records: estimated_margin(estimated_covariance(records, efficiency=$efficiency))

found = {}  # other random numbers than those of the page
for case in $cases:
    V, raw, corrected = om.solve(points[case]).V[4:, 4:], [], []
    for _ in range(min(400, max(1, round($runs)))):
        x = homodyne_records(V, 2 * half, efficiency=$efficiency, seed=rng)
        raw.append(margin(x))
        corrected.append(2 * raw[-1] - (margin(x[:, :half]) + margin(x[:, half:])) / 2)
    found[case, "raw"], found[case, "corrected"] = np.array(raw), np.array(corrected)
"""

LIVE = Model(
    kind="experiment",
    alt="Histograms of the estimated entanglement of atoms and mirror over many virtual experiments",
    quantities=KNOBS,
    start=START,
    styles=CASE_STYLES,
    drawing=moved,
    script=SCRIPT,
    extra=written(CASE_LINES),
)
"""The figure with sliders, for ``live``."""
