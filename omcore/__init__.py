"""omcore: entanglement in a spinning optomechanical resonator with an atomic ensemble.

    Parameters -> System -> mean field -> drift and diffusion -> covariance -> entanglement

Each arrow is one function; ``solve`` is all of them. See ``omcore.conventions`` for units,
the order of the modes and the variance of the vacuum.
"""

from .conventions import MODES
from .conventions import MatrixError, ModeError, ParameterError, UnitWarning, UnstableError
from .quantities import Quantity
from .parameters import QUANTITIES, Parameters
from .baths import occupation
from .cases import CASES, PAPER, operating_points
from .systems import System
from .resonator import cavity_detunings, sagnac_shift, system
from .steady_state import MEAN_FIELDS, MeanField, mean_field
from .branches import MeanFieldBranches, mean_field_branches
from .models import Linear
from .linear import diffusion_matrix, drift_matrix, is_stable, lyapunov
from .engine.series import backward_residual
from .gaussian.symplectic import is_physical, symplectic_eigenvalues, symplectic_form
from .gaussian.entanglement import (
    contangle,
    log_negativity,
    residual_contangle,
    separability_margin,
)
from .gaussian.information import discord, entropy, mutual_information, purity, steering
from .gaussian.overlap import fidelity
from .gaussian.phase_space import wigner
from .gaussian.synchrony import phase_synchronisation, synchronisation
from .conditional import conditioned
from . import filters  # noqa: F401, which gives Linear its methods filtered and conditioned
from .solution import STATUS, Solution, solve
from .outputs import Output
from .evolution import Evolution, evolve, mean_field_flow
from .gradients import gradient
from .floquet import PeriodicState, periodic
from .sweeps import sweep
from .assumptions import Assumption, Assumptions, validity

__version__ = "0.1.0"

__all__ = [
    # what goes in
    "PAPER", "CASES", "operating_points", "Parameters", "Quantity", "QUANTITIES",
    "occupation",
    # the chain, arrow by arrow
    "sagnac_shift", "cavity_detunings", "system", "System", "Linear", "MEAN_FIELDS",
    "mean_field", "mean_field_branches", "mean_field_flow", "MeanField", "MeanFieldBranches",
    "drift_matrix", "diffusion_matrix", "is_stable", "lyapunov", "backward_residual",
    "log_negativity", "separability_margin", "contangle", "residual_contangle",
    "steering", "purity", "entropy", "mutual_information", "discord",
    "fidelity", "wigner", "synchronisation", "phase_synchronisation",
    "symplectic_eigenvalues", "is_physical", "conditioned",
    # the chain in one call
    "solve", "Solution", "STATUS", "sweep", "Output", "evolve", "Evolution",
    "periodic", "PeriodicState",
    # its derivatives, and what it assumes
    "gradient", "validity", "Assumptions", "Assumption",
    # conventions and errors
    "MODES", "symplectic_form",
    "ParameterError", "ModeError", "MatrixError", "UnstableError", "UnitWarning",
]  # fmt: skip
