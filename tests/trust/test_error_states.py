"""A program may ask NumPy to raise at every underflow: that is no business of a function that it calls."""

import numpy as np
import pytest

import omcore as om
from omcore.gaussian.witness import best_witness
from trust.test_bad_input import CALLS, arrays_of, call, numbers
from trust.test_no_false_numbers import SWEEPS, points


@pytest.mark.parametrize("name", CALLS)
def test_no_function_minds_what_the_program_does_about_underflow(name):
    function, right = CALLS[name]
    expected = numbers(call(function, right))
    with np.errstate(all="raise"):
        found = numbers(call(function, right))
    assert np.array_equal(found, expected, equal_nan=True)


@pytest.mark.parametrize("name", SWEEPS)
def test_nor_anywhere_in_a_sweep(name):
    p = points(name)[:200]
    with np.errstate(all="raise"):
        s = om.solve(p)
        om.gradient(p, "driven", "m"), om.lyapunov(s.A, s.D), om.validity(p)
        s.steering("a", "m"), s.entropy(), s.residual_contangle("driven", "a", "m")
        best_witness(s.V[np.flatnonzero(s.physical)[0]][2:, 2:], sharpness=(1e4,))
        om.evolve(p[0], [0.0, 1e-7])


@pytest.mark.parametrize("precision", [np.float16, np.float32])
@pytest.mark.parametrize("name", [name for name, (_, right) in CALLS.items() if arrays_of(right)])
def test_numbers_of_less_precision_are_taken_or_refused_without_a_warning(name, precision):
    """A V in float32 may be no state any more; then it is told so, and no cast overflows."""
    function, right = CALLS[name]
    for argument, value in arrays_of(right).items():
        with np.errstate(all="ignore"):
            value = np.array(value)
            single = value.astype(np.complex64 if np.iscomplexobj(value) else precision)
        try:
            with np.errstate(all="raise"):
                call(function, right | {argument: single})
        except (om.MatrixError, om.ParameterError):
            pass


def test_a_long_double_that_no_float_holds_is_refused():
    huge = np.longdouble("1e4000")
    with np.errstate(all="raise"):
        with pytest.raises(om.ParameterError, match="must be finite"):
            om.PAPER.replace(power=huge)
        with pytest.raises(om.MatrixError, match="give it in units in which it is smaller"):
            om.is_stable(huge * np.eye(2))
