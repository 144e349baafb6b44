"""Live figures that are no curves, by omcore and matplotlib: branches, eigenvalues, matrices."""

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np

import omcore as om
from omcore.conventions import VACUUM_VARIANCE
from omcore.outputs import OUTPUTS
from omcore.stability import eigenvalues

from .curves import output_label
from .embed import RESOLUTION
from .knobs import axis_label
from .panels import name_quadratures, row_of_panels
from .style import BLACK, CASE_STYLES, CASE_TITLES, MIDDLE, UNSTABLE, WHITE, style

MOST = 5  # steady states of the paper's resonator
_EACH = """found = {}
for reading in $readings:
    for case in $cases:
        """
_SOLVED = f"$place\n{_EACH}s = om.solve(cases[case].replace($point), reading)\n"
SCRIPTS = {  # what a reader copies: Python that fills ``found``; take.js fills in what begins with $
    "curves": f"""$opening
{_EACH}s = om.solve(cases[case].replace($swept), reading)
$found
""",
    "branches": f"""$opening
{_EACH}for branch in range({MOST}) if reading == "{om.MEAN_FIELDS[0]}" else [None]:
            s = om.solve(cases[case].replace($swept), reading, branch)
            found[case, reading, "$y", branch] = $code
""",
    "locus": f"""from omcore.stability import eigenvalues
$opening
{_EACH}found[case, reading] = eigenvalues(cases[case].replace($swept), reading)
""",
    "matrix": f"{_SOLVED}        found[case, reading] = s.V\n",
    "noise": f"""from omcore.gaussian.epr import joint_noise
{_SOLVED}        if s.status == "stable":
            x = joint_noise(s.V[4:, 4:])
            found[case, reading, "atoms"], found[case, reading, "mirror"] = x.V[:2, :2], x.V[2:, 2:]
            found[case, reading, "both"] = x.plane
""",
    "spectrum": f"""import numpy as np
x = np.array([$shown])  # frequencies over omega_m
{_SOLVED}        if s.stable:
            S = s.spectrum(x * s.parameters.omega_m) * s.parameters.omega_m
            rows = {{"mirror": 6, "atoms": 4, "light": 0 if s.parameters.drive == "ccw" else 2}}
            found |= {{(case, reading, name): S[:, k, k] for name, k in rows.items()}}
""",
    "resonances": f"""$place
x = np.linspace($low, $high, {RESOLUTION["curves"]})  # frequency from the laser, in units of omega_m
{_EACH}p = cases[case].replace($point)
        places = om.cavity_detunings(p) | {{"a": p.Delta_a}}
        rates = {{"cw": p.kappa, "ccw": p.kappa, "a": p.gamma_a}}
        for mode, place in places.items():
            far = (x - place / p.omega_m) / (rates[mode] / p.omega_m)
            found[case, reading, mode] = 1 / (1 + far**2)
""",
    "winners": """import numpy as np
import omcore as om
from omcore.paper.freedoms import moved
from omcore.paper.winners import counts

cases = om.operating_points(om.PAPER.replace($changes))
x = np.array([$shown])  # detunings of the driven mode over omega_m
runners = {  # (name, reading): (case, share and phase of the second beam)
$runners
}

found = {}
for (name, reading), (case, share, phase) in runners.items():
    p = cases[case].replace(counter_drive=share, counter_drive_phase=phase)
    s = om.solve(moved(p, ("Delta_c",), [x]), reading)
    found[name, reading, "$y"] = np.where(counts(s, "$y"), $code, np.nan)
""",
}


def script(kind, lines) -> str:
    """Python that fills ``found`` with what a kind of figure draws of some lines, as ``SCRIPTS`` has it."""
    cases = '{"given": p}' if "given" in lines else "om.operating_points(p)"
    opening = "import numpy as np\nimport omcore as om\n$imports\np = om.PAPER$changed\n$axes\n"
    opening += f"cases = {cases}\n"
    for name, line in lines.items():
        if name != line.case:
            # that a case at rest is at rest need not be said
            said = [f"{n}={v!r}" for n, v in line.held.items() if n != "angular_velocity" or v]
            stays = f".replace({', '.join(said)})" if said else ""
            opening += f'cases["{name}"] = cases["{line.case}"]{stays}\n'
    place = opening.replace("$axes\n", "")  # a point has no axes
    return SCRIPTS[kind].replace("$opening", opening).replace("$place", place)


@style()
def branches(figure, p, reading, points):
    """Every steady state along the axis of a live figure; dots, so that none is joined to a wrong one."""
    numbers = range(MOST) if reading == om.MEAN_FIELDS[0] else [None]
    values = figure.x.values(p, 4 * (points - 1) + 1)
    drawing, axis = plt.subplots(figsize=(6.4, 4.2))
    for line in figure.lines.values():
        swept = line.sweep(p, **{figure.x.name: values})
        for branch in numbers:
            s = om.solve(swept, reading, branch)
            y = OUTPUTS[figure.y[0]].of(s)
            for stable, color in ((True, BLACK), (False, MIDDLE)):
                shown = np.where(s.stable == stable, y, np.nan)
                name = ("unstable", "stable")[stable] if not branch else None
                axis.plot(values / figure.x.unit(p), shown, ".", ms=3, color=color, label=name)
    axis.set(xlabel=axis_label(figure.x.name), ylabel=output_label(figure.y[0]))
    axis.set_xscale(figure.x.scale)
    axis.legend()
    return drawing


@style()
def locus(figure, p, reading, points):
    """Eigenvalues along the axis, coloured by it, and large dots where p stands; a panel for each case."""
    values = figure.x.values(p, points)
    drawing, axes = row_of_panels(len(figure.lines), figsize=(0.6 + 2.6 * len(figure.lines), 3.8))
    for axis, (case, line) in zip(axes, figure.lines.items(), strict=True):
        q = line.at(p)
        path = eigenvalues(line.sweep(p, **{figure.x.name: values}), reading)
        shade = np.repeat(values / figure.x.unit(p), path.shape[-1])
        dots = axis.scatter(path.real, path.imag, c=shade, s=7, cmap="viridis", linewidths=0)
        here = eigenvalues(q, reading)
        axis.plot(here.real, here.imag, "o", color=BLACK, markersize=6, markeredgecolor=WHITE)
        axis.axvline(0, color=BLACK, linewidth=1)
        axis.axvspan(0, max(0.05, axis.get_xlim()[1]), zorder=0, **UNSTABLE)
        axis.set(xlabel=r"Re $\lambda / \omega_m$", title=_title(case))
    axes[0].set(ylabel=r"Im $\lambda / \omega_m$", ylim=(-0.1, None))
    drawing.colorbar(dots, ax=axes, label=axis_label(figure.x.name), fraction=0.03)
    return drawing


def matrix(figure, p, reading, points):
    """The covariance matrix of each case at p."""
    return draw_grids({c: om.solve(line.at(p), reading).V for c, line in figure.lines.items()})


@style()
def draw_grids(V):
    """A grid for each case of V, less the vacuum; red is positive, blue negative."""
    grids = {case: v - VACUUM_VARIANCE * np.eye(len(v)) for case, v in V.items()}
    entries = np.abs([grid for grid in grids.values() if np.isfinite(grid).any()])
    largest = np.nanmax(entries) if entries.size else 1.0
    norm = mpl.colors.SymLogNorm(0.05, vmin=-largest, vmax=largest)
    figure, axes = row_of_panels(len(V), figsize=(0.7 + 2.5 * len(V), 4.1))
    for axis, (case, grid) in zip(axes, grids.items(), strict=True):
        image = axis.imshow(grid, cmap="RdBu_r", norm=norm)
        axis.set_title(_title(case), color=CASE_STYLES.get(case, {}).get("color", BLACK))
        name_quadratures(axis)
        if not np.isfinite(grid).any():
            axis.text(3.5, 3.5, "unstable", ha="center")
    ticks = [t for t in (-0.5, -0.1, 0, 0.1, 0.5) if abs(t) <= largest]
    bar = figure.colorbar(image, ax=axes, ticks=ticks, location="bottom", aspect=40, shrink=0.6)
    bar.set_ticklabels([f"{t:g}" for t in ticks])
    bar.set_label(r"$V - \frac{1}{2}$")
    return figure


def _title(line):
    """A case in short, a line beside the cases by its name, and p alone without one."""
    return CASE_TITLES.get(line, line if line != "given" else "")
