"""omcore: entanglement in a spinning optomechanical resonator with an atomic ensemble.

    Parameters -> System -> mean field -> drift and diffusion -> covariance -> entanglement

Each arrow is one function; ``solve`` is all of them. See ``omcore.conventions`` for units,
the order of the modes and the variance of the vacuum.
"""

from .conventions import MODES, symplectic_form
from .quantities import Quantity
from .parameters import CASES, PAPER, QUANTITIES, Parameters, operating_points
from .sagnac import cavity_detunings, sagnac_shift
from .systems import System
from .resonator import system
from .steady_state import (
    MEAN_FIELDS,
    MeanField,
    MeanFieldBranches,
    mean_field,
    mean_field_branches,
    mean_field_flow,
)
from .fluctuations import diffusion_matrix, drift_matrix, is_stable, optomechanical_couplings
from .covariance import backward_residual, lyapunov
from .gaussian.symplectic import is_physical, symplectic_eigenvalues
from .gaussian.entanglement import (
    contangle,
    log_negativity,
    residual_contangle,
    separability_margin,
)
from .gaussian.steering import steering
from .gaussian.information import entropy, mutual_information, purity
from .solution import STATUS, Solution, solve
from .sweeps import sweep
from .evolution import Evolution, evolve
from .gradients import gradient
from .assumptions import Assumption, Assumptions, validity
from .errors import MatrixError, ModeError, ParameterError, UnitWarning, UnstableError

__version__ = "0.1.0"

__all__ = [
    # what goes in
    "PAPER", "CASES", "operating_points", "Parameters", "Quantity", "QUANTITIES",
    # the chain, arrow by arrow
    "sagnac_shift", "cavity_detunings", "system", "System", "MEAN_FIELDS",
    "mean_field", "mean_field_branches", "mean_field_flow", "MeanField", "MeanFieldBranches",
    "drift_matrix", "diffusion_matrix", "optomechanical_couplings", "is_stable",
    "lyapunov", "backward_residual",
    "log_negativity", "separability_margin", "contangle", "residual_contangle",
    "steering", "purity", "entropy", "mutual_information",
    "symplectic_eigenvalues", "is_physical",
    # the chain in one call
    "solve", "Solution", "STATUS", "sweep", "evolve", "Evolution",
    # its derivatives, and what it assumes
    "gradient", "validity", "Assumptions", "Assumption",
    # conventions and errors
    "MODES", "symplectic_form",
    "ParameterError", "ModeError", "MatrixError", "UnstableError", "UnitWarning",
]  # fmt: skip
