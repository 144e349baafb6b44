"""The device that a live figure is about, at the point where it is set: the numbers that its drawing follows.

To be read beside ``page/device.js``, which finds the same for what a reader has set. The drawing itself is
``device_svg``.
"""

import numpy as np
from scipy.constants import hbar

import omcore as om
from omcore.conventions import VACUUM_VARIANCE, opposite

from .style import PAIR_STYLES

MODES, PAIRS = ("ccw", "cw", "a"), tuple("-".join(pair) for pair in PAIR_STYLES)
NAMES = {"ccw": "CCW", "cw": "CW", "a": "atoms", "m": "mirror"}
# How many times ring and rim are slowed down; and rad/s, at most.
RING, RIM, FASTEST = 3e4, 2e7, 12.0
# Quanta that are dark, decades from there to full brightness, and the faintest that is not dark.
DARK, DECADES, FAINTEST = 1e6, 5, 0.05
# Pixels: radius of the ring, and by how far its rim goes out for a factor ten.
RADIUS, PER_DECADE = 52, 2.0
# Pixels of a link; and E that is not written.
PER_E, THINNEST, THICKEST, SMALL = 60.0, 0.6, 30.0, 0.001
# Pixels: the ends of the axis of frequencies, its height, and that of the tops of its lines.
LEFT, RIGHT, AXIS, TOP = 8, 232, 162, 68
# Pixels of a mechanical frequency that has room for its name.
ROOM = 20


def drawn(p: om.Parameters, reading="self-consistent") -> tuple[dict[str, float], dict[str, str]]:
    """The numbers that the drawing follows, and the words in it.

    Without a steady state there is no light, no breathing and no link, and the resonances are those of a
    rim at rest.

    >>> numbers, words = drawn(om.PAPER)
    >>> round(numbers["turn"], 3), round(numbers["E-a-m"], 2), words["E-a-m"], words["laser-ccw"]
    (1.0, 8.17, '0.136', 'laser 40 mW')
    """
    s = om.solve(p, reading)
    known, why, w, turning = (
        bool(s.stable),
        str(s.status),
        float(p.omega_m),
        float(p.angular_velocity),
    )
    amplitudes = {mode: s.mean_field.amplitude(mode) for mode in MODES}
    quanta = {mode: float(abs(z) ** 2) if known else 0.0 for mode, z in amplitudes.items()}
    q, Q = (float(s.mean_field.q), float(s.V[6, 6])) if known else (0.0, 0.0)
    push = PER_DECADE * float(np.log10(1 + q))
    share = {p.drive: 1 - p.counter_drive, opposite(p.drive): p.counter_drive, "a": 0}
    power = {mode: float(share[mode] * p.power) for mode in MODES}
    E = {pair: float(s.log_negativity(*pair.split("-"))) if known else 0.0 for pair in PAIRS}
    at, lines = resonances(p, q)
    numbers = {
        "turn": float(np.clip(turning / RING, -FASTEST, FASTEST)),
        "sense": float(np.sign(turning)),
        "breath": min(w / RIM, FASTEST),
        "push": push,
        "tremble": max(0.0, 1 + float(np.log10(Q / VACUUM_VARIANCE))) if known else 0.0,
        **{mode: brightness(n) for mode, n in quanta.items()},
        **{f"laser-{mode}": float(P > 0) for mode, P in power.items()},
        **{f"E-{pair}": thickness(value) for pair, value in E.items()},
        **lines,
    }
    words = {
        "where": f"Δc = {number(p.Delta_c / w)} ωₘ",
        "spin": f"Ω = {number(turning / 1e3)} krad/s" if turning else "at rest",
        "rim": pushed(p, q, push) if known else f"{why}: no steady state",
        "none": "" if known else "no steady state",
        "driven": NAMES[p.drive],
        "undriven": NAMES[opposite(p.drive)],
        "role-driven": "driven" if p.counter_drive < 1 else "undriven",
        "role-undriven": "driven, too" if p.counter_drive else "undriven",
        **{
            mode: f"{NAMES[mode]} {number(n)}" if known else NAMES[mode]
            for mode, n in quanta.items()
        },
        **{f"at-{mode}": f"{NAMES[mode]} {number(x)}" for mode, x in at.items()},
        **{
            f"laser-{mode}": f"laser {number(P * 1e3)} mW" if P else "" for mode, P in power.items()
        },
        **{f"E-{pair}": written(value) for pair, value in E.items()},
    }
    words["sentence"] = sentence(words, E, "" if known else why, power, turning)
    return numbers, words


def resonances(p, q):
    """Where the resonances are, in units of omega_m, and where and how wide they are drawn."""
    w = p.omega_m
    at = {mode: float((Delta - p.G_0 * q) / w) for mode, Delta in om.cavity_detunings(p).items()}
    at["a"] = float(p.Delta_a / w)
    beyond = max(1.0, 3 * float(p.kappa / w))
    low = min(-1.6, *(x - beyond for x in at.values()))
    high = max(1.6, *(x + beyond for x in at.values()))
    scale = (RIGHT - LEFT) / (high - low)
    place = lambda x: LEFT + scale * (x - low)
    lines = {"minus": place(-1), "zero": place(0), "plus": place(1), "apart": float(scale > ROOM)}
    for mode, x in at.items():
        lines[f"at-{mode}"] = place(x)
        lines[f"wide-{mode}"] = scale * float((p.gamma_a if mode == "a" else p.kappa) / w)
    return at, lines


def brightness(quanta) -> float:
    """From 0 to 1 over ``DECADES``; what is there at all is never quite dark."""
    return float(np.clip(np.log10(quanta / DARK) / DECADES, FAINTEST, 1)) if quanta else 0.0


def thickness(E) -> float:
    """Pixels of a link: in proportion to E, and at least a hairline where there is any."""
    return min(max(PER_E * E, THINNEST), THICKEST) if E else 0.0


def written(E) -> str:
    """An entanglement beside its link."""
    return (f"{E:.3f}" if E >= SMALL else f"< {SMALL}") if E else ""


def pushed(p, q, push) -> str:
    """By how much the rim goes out, and how much farther it is drawn."""
    x = q * np.sqrt(hbar / (p.mass * p.omega_m))
    fold = push * p.radius / RADIUS / x if x else 0
    return f"rim +{number(x * 1e12, 2)} pm, drawn {number(fold, 2)}-fold" if x else "rim not pushed"


def sentence(words, E, why, power, turning) -> str:
    """The description that is spoken, at most 40 words; why: there is no steady state."""
    sense = "counter-clockwise" if turning > 0 else "clockwise"
    ring = (
        f"Ring turning {sense} at {number(abs(turning) / 1e3)} krad/s"
        if turning
        else "Ring at rest"
    )
    laser = " and ".join(NAMES[mode] for mode, P in power.items() if P)
    device = f"{ring}, {f'laser on {laser}' if laser else 'no laser'}."
    if why:
        return f"{device} No steady state ({why}), so neither light nor links are drawn."
    top = max(E, key=E.get)
    pair = "–".join(NAMES.get(mode, mode) for mode in top.split("-"))
    link = f"Strongest link: {pair}, E = {number(E[top])}." if E[top] else "No links."
    return f"{device} Photons: {words['ccw']}, {words['cw']}. Excitations: {words['a']}. {link}"


def number(value, digits=3) -> str:
    """As ``labels.number`` of the page writes it.

    >>> number(5.589e9), number(-1.1), number(0.0)
    ('5.59 × 10⁹', '−1.1', '0')
    """
    mantissa, power = f"{value:.{digits - 1}e}".split("e")
    if value and not 1e-3 <= abs(value) < 1e5:
        raised = str(int(power)).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
        return f"{float(mantissa):g} × 10{raised}".replace("-", "−", 1)
    return f"{float(f'{mantissa}e{power}'):g}".replace("-", "−")
