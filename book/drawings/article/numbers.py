"""The numbers of the article as the texts that stand there: from the model, or from a stored search."""

import numpy as np
from IPython.display import display

import omcore as om
from omcore.assumptions import disc, laser
from omcore.paper.claims import CLAIMS, Number
from omcore.paper.mechanisms import at_equal_couplings, combinations, relinked
from omcore.paper.observables import E_am, E_am_peak
from omcore.paper.optima import found as best_places
from omcore.paper.robustness import record, sure
from omcore.paper.search import crossing
from omcore.steady_state import MEAN_FIELDS
from omcore.typography import as_written

from ..feasibility import heavier_disc
from ..kit.operating import with_both_sides
from ..kit.tables import Table
from ..quiet import laser_line
from ..quiet.filter_cavity import FLOOR
from ..seen import experiment
from ..seen import found as outside

SELF, BARE = MEAN_FIELDS
MODEL = {"self": SELF, "bare": BARE}
QUOTED = ("1c-peak", "1c-cw", "1c-ccw", "1c-shift", "4a", "4a-best", "4b", "4c", "4d", "5a", "5b")
OWN = {claim.id: claim for claim in CLAIMS}
REST = om.CASES["stationary"]


def put(**texts):
    """Keep texts by name in the outputs of a cell; in the book ``{glue:text}`` shows them in a sentence."""
    for name, text in texts.items():
        data = {"application/papermill.record/text/plain": repr(text)}
        mark = {"name": name, "mime_prefix": "application/papermill.record/"}
        display(data, raw=True, metadata={"scrapbook": mark})


def span(values, digits=2):
    """The smallest and the largest of some numbers.

    >>> span([0.304, 0.19, 0.25])
    '0.19 to 0.30'
    """
    return f"{min(values):.{digits}f} to {max(values):.{digits}f}"


def signed(x, digits=1):
    """A number with a sign of its own width: a hyphen is none.

    >>> signed(-1.1), signed(2.5)
    ('−1.1', '2.5')
    """
    return f"{x:.{digits}f}".replace("-", "−")


def grouped(x):
    """A large number to two digits.

    >>> grouped(74321.0)
    '74 000'
    """
    return f"{float(f'{x:.2g}'):,.0f}".replace(",", " ")


def parameters(p=om.PAPER):
    """What the model takes from the paper."""
    in_w = lambda x: f"{x / p.omega_m:.1f}"
    return {
        "omega_m": f"{p.omega_m / 1e6:.0f}", "rates": in_w(p.kappa), "power": f"{p.power * 1e3:.0f}",
        "T": f"{p.temperature * 1e3:.0f}", "rotation": f"{p.angular_velocity / 1e3:.0f}",
        "radius": f"{p.radius * 1e3:.1f}", "mass": f"{p.mass * 1e12:.0f}", "n": f"{p.refractive_index}",
        "shift": f"{om.sagnac_shift(p) / p.omega_m:.2f}", "atoms_at": signed(p.Delta_a / p.omega_m),
        "places": "{}, {} and {}".format(*(signed(q.Delta_c / p.omega_m) for q in om.CASES.values())),
    }  # fmt: skip


def claims():
    """What is quoted and what is found: names such as quoted_1c_cw and self_4a_ccw."""
    texts = {}
    for name in QUOTED:
        claim, short = OWN[name], name.replace("-", "_")
        for part, number in claim.quoted.items():
            texts[f"quoted_{short}_{part}"] = number.text.removesuffix(" K").replace("-", "−")
        for key, reading in MODEL.items():
            for part, value in claim.found()[reading].items():
                digits = 3 if name in ("4b", "4c", "4d") else 2
                texts[f"{key}_{short}_{part}"] = signed(value, digits)
    return texts


def claim_table():
    """Header and rows: every number that the paper quotes, and both readings of the steady state."""
    rows = []
    for claim in CLAIMS:
        numbers = {k: q for k, q in claim.quoted.items() if isinstance(q, Number)}
        if claim.variant_of or not numbers:
            continue
        found, said = claim.found(), claim.statement
        for part, number in numbers.items():
            values = (f"{found[reading][part]:.3g}" for reading in MEAN_FIELDS)
            rows.append([said, part, number.text, *values])
            said = ""
    return Table(["claim of the paper", "case", "quoted", *MEAN_FIELDS], rows)


def heat():
    """Temperatures in K at which half of E_am is left, each case at its operating point."""
    texts = {}
    for key, reading in MODEL.items():
        for case, q in om.CASES.items():
            level = E_am(q, reading) / 2
            left = lambda T, q=q, level=level, m=reading: E_am(q.replace(temperature=T), m) - level
            texts[f"{key}_half_{case}"] = (
                f"{crossing(left, 0.0, 1e-3, 4.0, points=81, shape=()):.2f}"
            )
    return texts


def mechanism():
    """The bright and the dark mode, light from both sides, and equal couplings."""
    texts, both = {}, REST.replace(counter_drive=0.5)
    bright = lambda s: combinations(s).without("dark")
    alone = lambda s: s.without("undriven")
    turned = lambda s: relinked(
        s, "undriven", mirror=-1
    )  # by half a turn, with the mean field as it was
    for key, reading in MODEL.items():
        x, rest = E_am_peak(REST, reading)
        field = om.mean_field(REST.in_omega_m(Delta_c=x), reading)
        plus, minus = (abs(field.alpha_ccw + sign * field.alpha_cw) ** 2 for sign in (1, -1))
        height = lambda p, f=None, m=reading: E_am_peak(p, m, f, keep=False)[1]
        equal = [at_equal_couplings(p, reading)[1] for p in om.CASES.values()]
        texts |= {
            f"{key}_rest": f"{rest:.3f}", f"{key}_dark": f"{minus / (plus + minus):.2f}",
            f"{key}_both": f"{height(both) / rest:.2f}", f"{key}_fast": f"{height(REST, alone) / rest:.2f}",
            f"{key}_without_dark": f"{height(REST, bright) / rest:.2f}",
            f"{key}_fifth": f"{height(REST.replace(counter_drive=0.2)) / rest:.2f}",
            f"{key}_turned": f"{E_am_peak(REST, reading, turned)[1] / rest:.2f}",
            f"{key}_equal": span([E / equal[0] for E in equal[1:]]),
        }  # fmt: skip
    R = best_places(SELF, "R")
    names = {"rest": "at rest", "cw": "CW", "ccw": "CCW", "bright": "its bright mode"}
    return texts | {f"R_{key}": f"{R[name][0].value:.4f}" for key, name in names.items()}


def digits():
    """What the printed digits leave open, and the choice of kappa, from the stored draws."""
    texts, (_, half_kappa) = {}, sure("V").fixed.values()
    for key, reading in MODEL.items():
        for name, part in (("4a", "cw"), ("1c-ccw", "ccw"), ("5a", "stationary")):
            low, *_, high = sorted(record()["digits"][reading][name]["parts"][part]["quantiles"])
            texts[f"{key}_digits_{name.replace('-', '_')}"] = f"{low:.2f} to {high:.2f}"
        texts[f"{key}_equal_at_half_kappa"] = f"{100 * half_kappa[reading]:.0f}"
    return texts


def noise():
    """Line widths in mHz that halve the best E_am and R, in both readings, and published floors over them."""
    halves = {"E_am": [], "R": []}
    for reading in MEAN_FIELDS:
        for q in with_both_sides(om.PAPER).values():
            for name, (half, _) in laser_line.widths(q, reading).items():
                halves[name].append(half)
    floors = [FLOOR / (x * laser_line.MILLIHERTZ) for x in halves["E_am"]]
    photons = sum(abs(om.mean_field(om.PAPER).amplitudes[:2]) ** 2)
    shot = laser.over_shot_noise(om.PAPER, laser_line.MILLIHERTZ * np.array(halves["E_am"]))
    return {
        "half_E": span(halves["E_am"]), "half_R": span(halves["R"]), "shot": span(shot),
        "floors": f"{min(floors):.0f} to {max(floors):.0f}", "photons": as_written(f"{photons:.0e}"),
    }  # fmt: skip


def seen():
    """What leaves the resonator, what probes see, and how many records it takes."""
    rows = {row[0]: row[1:] for row in outside.table()[1]}
    limits = np.array([[float(x) for x in row[5:]] for row in outside.table_of_limits()[1]])
    V = experiment.states()
    return {
        "leaves_cw": span(limits[:, 0]), "leaves_ccw": span(limits[:, 1]),
        "probes_cw": rows["two probes"][4], "probes_ccw": rows["two probes"][5],
        "records": grouped(experiment.needed(V["cw"], V["stationary"])),
        "records_any": grouped(experiment.needed(V["cw"])),
    }  # fmt: skip


def built(p=om.PAPER):
    """What the parameters of the paper would take."""
    atoms = [om.validity(q)["few atoms excited"].value for q in om.CASES.values()]
    heavier = heavier_disc.half_wave_mass() / p.mass
    return {
        "atoms": as_written(f"{min(atoms):.0e} to {max(atoms):.1e}"),
        "thickness": f"{1e9 * disc.thickness(p.mass, p.radius):.1f}", "heavier": f"{heavier:.0f}",
        "watts": f"{heavier * p.power:.0f}",
    }  # fmt: skip
