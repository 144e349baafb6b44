"""The sessions of a course of four weeks: the chapters of each, and its exercises.

This table is the only one: the page for teachers shows it, and `make course` makes its folder from it.
"""

from typing import NamedTuple

from ..kit.tables import Table


class Session(NamedTuple):
    name: str  # of its files
    title: str
    chapters: tuple[str, ...]  # files of the book, in the order in which they are taught
    in_class: tuple[str, ...] = ()  # labels of exercises
    homework: tuple[str, ...] = ()


SESSIONS = (
    Session(
        "session-1", "The claims, and the Sagnac shift", ("01_sagnac",),
        ("ex-sagnac-hand",), ("ex-sagnac-dispersion",),
    ),
    Session(
        "session-2", "The Hamiltonian, and noise", ("02_hamiltonian", "03_langevin"),
        ("ex-hamiltonian-hand",), ("ex-langevin-kappa",),
    ),
    Session(
        "session-3", "Steady states, and how many there are", ("04_steady_state",),
        ("ex-steady-count",), ("ex-steady-hand",),
    ),
    Session(
        "session-4", "Linearisation, and stability", ("05_linearisation", "06_stability"),
        ("ex-linearisation-hand",), ("ex-06-omcore",),
    ),
    Session(
        "session-5", "The covariance matrix", ("07_covariance",),
        ("ex-07-hand",), ("ex-07-omcore",),
    ),
    Session(
        "session-6", "Entanglement of two modes, and Fig. 1", ("08_entanglement", "10_figures_1_2"),
        ("ex-1c-hand",), ("ex-08-omcore",),
    ),
    Session(
        "session-7", "Three modes, and heat", ("09_contangle", "12_figure_4", "11_figures_3_5"),
        ("ex-4-hand",), ("ex-5-open",),
    ),
    Session(
        "session-8", "Why the peak grows, and the verdict", ("13_why", "14_verdict"),
    ),
    Session("lab", "An afternoon in the computer room", ("chain",)),
)  # fmt: skip


def table():
    """The sessions as a table with links, for the page for teachers."""
    chapters = lambda names: "; ".join(f"{{doc}}`{name}`" for name in names)
    exercises = lambda labels: ", ".join(f"{{ref}}`{label}`" for label in labels) or "none"
    rows = [
        [one.name.replace("-", " "), chapters(one.chapters), *map(exercises, one[3:])]
        for one in SESSIONS
    ]
    return Table(["", "chapters", "in class", "homework"], rows)
