"""A fuzzer of bad input: whatever any argument of any public function is, there is an answer, or an error of
omcore's that says what to give instead. Never a traceback from inside NumPy, a warning, an infinity.

What no array of numbers can be made of is never answered. That an odd array that passes is also answered
right is tried where the numbers are right and only their dress is odd.

Each call of ``CALLS`` is right as it stands. One argument at a time, or two, is replaced by what a
hurried reader, a broken file or a clumsy loop might give.
"""

import inspect
import random
import re
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

import omcore as om
from omcore.gaussian import (
    entanglement,
    epr,
    information,
    overlap,
    phase_space,
    states,
    symplectic,
    synchrony,
    witness,
)
from omcore.interop import tools
from trust.effort import effort

P = om.PAPER
S = om.solve(P)
SWEEP = om.solve(P.in_omega_m(Delta_c=np.array([0.0, 2.5, 3.0])))
SYSTEM = om.system(P)
GIVEN = dict(
    modes=("c", "a"), H=[[1.0, 0.2], [0.2, -1.0]], decay=[0.5, 0.4], photon_coupling=[1e-4, 0.0],
    drive=[3e3, 0.0], omega_m=1.0, gamma_m=1e-4, n_m=10.0,
)  # fmt: skip
FOUND = dict(
    modes=("c",), H=[[1.0]], decay=[0.5], coupling=[0.2], omega_m=1.0, gamma_m=1e-4, n_m=10.0
)
FIELDS = {n: getattr(P, n) for n in om.Parameters.__annotations__}
NUMBERS = {n: v for n, v in FIELDS.items() if n != "drive"}
GENERAL = dict(
    modes=("c", "a"), H=[[1.0, 0.2], [0.2, -1.0]], decay=[0.5, 0.4], coupling=[[0.1, 0.0], [0.0, 0.1]],
    omega_m=[1.0, 1.1], gamma_m=1e-3, n_m=1.0, squeezing=[[0.1, 0.0], [0.0, 0.0]], n=[0.2, 0.1], m=[0.1, 0.0],
    kerr=0.0, laser_linewidth=0.0, mirrors=("b1", "b2"), aliases={"light": "c"},
)  # fmt: skip
LINEAR = om.Linear(("c", "d"), -np.eye(5), np.eye(5), classical=("x",))
TWO = states.two_mode_squeezed(0.5)

CALLS = {  # name: (function, its right arguments)
    "operating_points": (om.operating_points, {}),
    "Parameters": (om.Parameters, FIELDS),
    "Parameters.replace": (P.replace, FIELDS),
    "Parameters.in_omega_m": (P.in_omega_m, dict(kappa=0.5, Delta_c=2.5, G_a=0.4)),
    "Parameters[]": (P.replace(kappa=[1e7, 2e7]).__getitem__, dict(index=1)),
    "Parameters.shape": (lambda: P.shape, {}),
    "sagnac_shift": (om.sagnac_shift, dict(p=P)),
    "cavity_detunings": (om.cavity_detunings, dict(p=P)),
    "system": (om.system, dict(p=P)),
    "System": (om.System, GIVEN),
    "System, about its mean field": (om.System, FOUND),
    "System, with everything": (om.System, GENERAL),
    "System.replace": (om.System(**GENERAL).replace, dict(n=[0.3, 0.1], m=[0.2, 0.0],
                                                           squeezing=np.eye(2) / 9)),
    "System[]": (SYSTEM.along_branches().__getitem__, dict(index=0)),
    "System.index": (SYSTEM.index, dict(mode="a")),
    "System.without": (SYSTEM.without, dict(mode="cw")),
    "Solution.status": (lambda: S.status, {}),
    "Solution.physical": (lambda: S.physical, {}),
    "System.shape": (lambda: SYSTEM.shape, {}),
    "System.about": (SYSTEM.about, dict(field=S.mean_field)),
    "System.along_branches": (SYSTEM.along_branches, {}),
    "Linear": (om.Linear, dict(modes=("c",), A=-np.eye(3), D=np.eye(3), classical=("x",))),
    "Linear[]": (om.Linear(("c",), -np.ones((2, 1, 1)) * np.eye(2), np.eye(2)).__getitem__, dict(index=1)),
    "Linear.index": (LINEAR.index, dict(mode="d")),
    "Linear.with_noise": (LINEAR.with_noise, dict(w=np.ones(5), S=0.1)),
    "Linear.filtered": (LINEAR.filtered, dict(mode="c", at=0.5, width=0.1, efficiency=0.9, external=0.5,
                                              bath=(0.0, 0.0), name="f")),
    "Linear.conditioned": (LINEAR.conditioned, dict(mode="c", angle=0.3, efficiency=0.9, external=0.5)),
    "Linear.without": (LINEAR.without, dict(mode="d")),
    "Linear.spectrum": (LINEAR.spectrum, dict(omega=[0.0, 1.0])),
    "Solution.spectrum": (S.spectrum, dict(omega=np.array([0.0, 6.3e7]))),
    "occupation": (om.occupation, dict(omega=6e10, T=0.5)),
    "mean_field": (om.mean_field, dict(p=P, reading="self-consistent", branch=0)),
    "mean_field_branches": (om.mean_field_branches, dict(p=P)),
    "mean_field_flow": (om.mean_field_flow, dict(p=P, u=np.ones(8))),
    "MeanField.amplitude": (S.mean_field.amplitude, dict(mode="a")),
    "MeanField.quadratures": (S.mean_field.quadratures, {}),
    "MeanFieldBranches.amplitude": (om.mean_field_branches(P).amplitude, dict(mode="a")),
    "MeanFieldBranches.quadratures": (om.mean_field_branches(P).quadratures, {}),
    "MeanFieldBranches.branch": (om.mean_field_branches(P).branch, dict(k=0)),
    "drift_matrix": (om.drift_matrix, dict(p=P, field=S.mean_field)),
    "diffusion_matrix": (om.diffusion_matrix, dict(p=P)),
    "is_stable": (om.is_stable, dict(A=S.A)),
    "lyapunov": (om.lyapunov, dict(A=S.A, D=S.D)),
    "backward_residual": (om.backward_residual, dict(A=S.A, D=S.D, V=S.V)),
    "log_negativity": (om.log_negativity, dict(V=S.V, i="a", j="m", names=om.MODES)),
    "separability_margin": (om.separability_margin, dict(V=S.V, i=2, j=(3,), names=None)),
    "contangle": (om.contangle, dict(V=S.V, i="a", others=("cw", "m"), names=om.MODES)),
    "residual_contangle": (om.residual_contangle, dict(V=S.V, i=1, j=2, k=3, focus=2)),
    "log_negativity, two and two": (om.log_negativity, dict(V=S.V, i=(2, 1), j=(0, 3))),
    "steering": (om.steering, dict(V=S.V, i="m", j=("a", "cw"), names=om.MODES)),
    "purity": (om.purity, dict(V=S.V, modes=("a", "m"), names=om.MODES)),
    "entropy": (om.entropy, dict(V=S.V, modes=None, names=None)),
    "mutual_information": (om.mutual_information, dict(V=S.V, i=2, j=(1, 3), names=None)),
    "discord": (om.discord, dict(V=S.V, i="a", j=3, names=om.MODES)),
    "fidelity": (om.fidelity, dict(V1=TWO, V2=TWO + np.eye(4), u1=np.ones(4), u2=None)),
    "wigner": (om.wigner, dict(V=TWO, points=np.zeros((3, 4)), u=np.ones(4))),
    "synchronisation": (om.synchronisation, dict(V=TWO, i=0, j=1, u=np.ones(4), names=None)),
    "phase_synchronisation": (om.phase_synchronisation, dict(V=TWO, i="b", j="c", u=np.ones(4),
                                                             names=("b", "c"))),
    "conditioned": (om.conditioned, dict(A=-np.eye(4), D=np.eye(4), mode="m", angle=0.3, efficiency=0.9,
                                         external=0.8, bath=np.eye(2) / 2, names=("c", "m"))),
    "symplectic_eigenvalues": (om.symplectic_eigenvalues, dict(V=S.V)),
    "is_physical": (om.is_physical, dict(V=S.V, tolerance=1e-6)),
    "symplectic_form": (om.symplectic_form, dict(n_modes=2)),
    "solve": (om.solve, dict(p=P, reading="bare-detuning", branch=None)),
    "Solution.coupling": (S.coupling, dict(mode="driven")),
    "Solution.quanta": (S.quanta, dict(mode="m")),
    "Solution.effective_detuning": (S.effective_detuning, dict(mode="driven")),
    "Solution.without": (S.without, dict(mode="undriven")),
    "Solution.log_negativity": (S.log_negativity, dict(i="a", j="m")),
    "Solution.separability_margin": (S.separability_margin, dict(i="a", j="m")),
    "Solution.contangle": (S.contangle, dict(i="a", others=("cw", "m"))),
    "Solution.residual_contangle": (S.residual_contangle, dict(i="cw", j="a", k="m", focus=None)),
    "Solution.steering": (S.steering, dict(i="a", j="m")),
    "Solution.purity": (S.purity, dict(modes="m")),
    "Solution.entropy": (S.entropy, dict(modes=("driven", "m"))),
    "Solution.mutual_information": (S.mutual_information, dict(i="a", j="m")),
    "Solution.discord": (S.discord, dict(i="a", j="m")),
    "Solution.require_stable": (S.require_stable, {}),
    "sweep": (om.sweep, dict(p=P, Delta_c=[1e8, 2e8], outputs=("E_am",), progress=False, branch=None,
                             reading="self-consistent")),
    "evolve": (om.evolve, dict(p=P, t=[0.0, 1e-8], ramp=1e-8, V=np.eye(8), u=np.zeros(8))),
    "periodic": (om.periodic, dict(p=om.System(**FOUND), period=3.0, u=np.zeros(4), points=3)),
    "gradient": (om.gradient, dict(p=P, i="a", j="m", k=None, of="E", reading="self-consistent",
                                   branch=None)),
    "validity": (om.validity, dict(p=P, reading="bare-detuning", atoms=1e6, quality=3e7, linewidth=0.1,
                                   wander=60.0, intensity_noise=1e-17, absorbed=1e-3, circulation=1e-3)),
    "validity of a System": (om.validity, dict(p=om.System(**FOUND), frequency=[6e10], temperature=0.5)),
    "two_mode_squeezed": (states.two_mode_squeezed, dict(r=0.5, transmission=0.7)),
    "two_mode_squeezed_negativity": (states.two_mode_squeezed_negativity, dict(r=0.5, transmission=0.7)),
    "three_mode_squeezed": (states.three_mode_squeezed, dict(r=0.5)),
    "three_mode_squeezed_residual": (states.three_mode_squeezed_residual, dict(r=0.5)),
    "mixture_of_pairs": (states.mixture_of_pairs, dict(r=0.5)),
    "Convention": (tools.Convention, dict(order="xxpp", vacuum=1.0, base=2.0)),
    "to_convention": (tools.to_convention, dict(V=S.V, convention="thewalrus", modes=("a", "m"),
                                                names=om.MODES)),
    "from_convention": (tools.from_convention, dict(V=TWO, convention="qutip")),
    "mean_to_convention": (tools.mean_to_convention, dict(u=np.ones(8), convention="thewalrus", modes=None)),
    "mean_from_convention": (tools.mean_from_convention, dict(u=np.ones(4), convention="gabs-block")),
    "joint_noise": (epr.joint_noise, dict(V=TWO)),
    "bipartitions": (witness.bipartitions, dict(n_modes=3)),
    "noise_ratio": (witness.noise_ratio, dict(Z=np.eye(4), V=TWO)),
    "best_witness": (witness.best_witness, dict(V=TWO, start=np.eye(4), sharpness=(10,))),
}  # fmt: skip
# called so many times less often
DEAR = {"evolve": 5, "periodic": 5, "sweep": 10, "best_witness": 10, "validity": 3}

RECORDS = {  # what the library makes and the reader reads; their fields are not arguments of his
    "MeanField", "MeanFieldBranches", "Solution", "Evolution", "Assumption", "Assumptions", "Quantity",
}  # fmt: skip
UNCHECKED = {  # of the library itself
    "System.of_arrays", "System.own", "System.of_mirrors", "System.is_paired", "System.is_simple",
    "System.is_quiet",
}  # fmt: skip


class Surprise:
    """An object of a class that nobody has heard of."""


def junk(rng, value):
    """Something wrong, or odd but right, in the place of a value."""
    array = np.asarray(value) if isinstance(value, (int, float, list, np.ndarray)) else np.ones(2)
    array = array if array.dtype.kind in "iufc" else np.ones(2)
    size = max(array.size, 1)
    things = [
        None, "x", "", "a", b"a", "NaN", ["a", "b"], [], [[]], (), {}, {"a": 1}, {1, 2}, True, False, 1j,
        Decimal("1.5"), Fraction(1, 2), 10**400, -(10**30), 0, -1, 1, 2, 99, 1.5, -0.0, float("nan"),
        float("inf"), -float("inf"), 1e300, -1e300, 1e-300, 5e-324, np.float32(1.5), np.longdouble(1.5),
        np.complex64(1), np.int8(-3), np.bool_(True), np.datetime64("2026-01-01"), np.timedelta64(1, "s"),
        np.array(["1", "2"]), np.array([1, None], object), np.array(1.0, object),
        np.array([1.0, "x"], object),
        [[1.0], [1.0, 2.0]], np.ma.masked_array([1.0, 2.0], [True, False]), np.ma.masked, np.nan * array,
        np.inf * np.ones(array.shape), array * 0, -array, array * 1e200, array * 1e-200, array.astype(object),
        array.astype(complex), array.astype(str), array.astype(bool), array[None], array[..., None],
        np.stack([array, array]), np.stack([array] * 3)[:0], array.ravel(), array.ravel()[:-1],
        np.zeros((0,)), np.zeros((2, 0)), np.zeros((0, 8, 8)), np.zeros((3, 0, 0)), np.ones((2, 3)),
        np.ones(size + 1), np.eye(3), np.eye(2), -np.eye(4), np.eye(8) * 1e-3, np.full((8, 8), 1e308),
        np.random.default_rng(rng.randrange(9)).normal(size=(8, 8)), Surprise(), Surprise, len, ...,
        slice(None),
        range(2), iter([1.0, 2.0]), (x for x in (1, 2)), S, S.mean_field, P, SYSTEM, SWEEP.mean_field,
        SWEEP.parameters, om.mean_field_branches(P), np.dtype(float), ("a",), ("a", "a"), ("m", "m", "m"),
        [0, 1, 2, 3, 4], np.array([0, 1]), np.int64(2), -5, "driven", "undriven", "ccw", ["cw", "ccw"],
    ]  # fmt: skip
    return rng.choice(things)


SAME = {  # the same numbers in another dress: the answer may not change
    "a list": lambda x: x.tolist(),
    "columns first": np.asfortranarray,
    "read-only": lambda x: (x.setflags(write=False), x)[1],
    "not contiguous": lambda x: np.repeat(x[..., None], 2, -1)[..., 0],
    "long doubles": lambda x: x.astype(np.clongdouble if np.iscomplexobj(x) else np.longdouble),
    "big-endian": lambda x: x.astype(x.dtype.newbyteorder(">")),
    "a subclass": lambda x: x.view(type("Sub", (np.ndarray,), {})),
}

REMEDY = re.compile(
    r"\b(give|use|add|name|pick|lower|choose|take|put|start|install|ask|leave|call|divide)\b"
)


def call(function, arguments):
    arguments = dict(arguments)
    positional = []
    if function is om.sweep:
        pytest.importorskip("xarray")
        positional = [arguments.pop("p")]
    if getattr(function, "__name__", "") == "__getitem__":
        positional = [arguments.pop("index")]
    return function(*positional, **arguments)


def numbers(result):
    """All floats in a result, flat."""
    if isinstance(result, dict):
        parts = list(result.values())
    elif isinstance(result, (om.Solution,)):
        parts = [result.V, result.stable]
    elif hasattr(result, "data_vars"):
        parts = [result[name].values for name in ("E_am",) if name in result]
    elif isinstance(result, (tuple, list)):
        parts = list(result)
    elif isinstance(result, (np.ndarray, np.generic, float, int)):
        array = np.asarray(result)
        return array.ravel().astype(complex) if array.dtype.kind in "iufcb" else np.zeros(0)
    else:
        return np.zeros(0)
    return np.concatenate([np.zeros(0), *map(numbers, parts)])


@pytest.mark.filterwarnings("ignore::omcore.UnitWarning")
@pytest.mark.parametrize("name", CALLS)
def test_bad_input_is_refused_with_a_remedy_or_answered_right(name):
    function, right = CALLS[name]
    rng = random.Random(name)
    call(function, right)  # as it stands it is right
    for _ in range(effort(10, 250) * len(right) // DEAR.get(name, 1)):
        wrong = dict(right)
        for argument in rng.sample(sorted(right), min(len(right), rng.choice([1, 1, 1, 2]))):
            wrong[argument] = junk(rng, right[argument])
        given = {k: v for k, v in wrong.items() if v is not right[k]}
        try:
            result = call(function, wrong)
        except (om.ParameterError, om.ModeError, om.MatrixError, om.UnstableError) as error:
            text = str(error)
            assert REMEDY.search(text), f"{name}({given}) has no remedy: {text}"
        except IndexError as error:
            assert name.endswith("[]"), f"{name}({given}): {error!r}"
        except Exception as error:
            raise AssertionError(f"{name}({given}): {error!r}") from error
        else:
            found = numbers(result)
            for value in given.values():
                if isinstance(
                    value, (bytes, Decimal, Fraction, Surprise, np.datetime64, set, complex)
                ):
                    raise AssertionError(f"{name}({given}) is taken for right: {result!r}")
            assert name == "backward_residual" or not np.isinf(found).any(), (
                f"{name}({given}) gives {result!r}"
            )


def arrays_of(right):
    return {k: v for k, v in right.items() if isinstance(v, (list, np.ndarray)) and k != "modes"}


@pytest.mark.parametrize("dress", SAME)
@pytest.mark.parametrize("name", [name for name, (_, right) in CALLS.items() if arrays_of(right)])
def test_the_same_numbers_in_another_dress_give_the_same_answer(name, dress):
    function, right = CALLS[name]
    expected = numbers(call(function, right))
    for argument, value in arrays_of(right).items():
        changed = right | {argument: SAME[dress](np.array(value))}
        assert np.allclose(
            numbers(call(function, changed)), expected, rtol=1e-12, equal_nan=True
        ), argument


class Measured(np.ndarray):
    """Numbers with a unit, as astropy and unyt have them."""

    unit = "mW"


class Quantity:
    """The same as pint has them, no array itself; or a DataArray, which says so in its ``attrs``."""

    def __init__(self, array, **said):
        self.array = array
        vars(self).update(said)

    def __array__(self, dtype=None, copy=None):
        return np.asarray(self.array, dtype)


CARRIED = {
    "astropy": lambda x: x.view(Measured),
    "a list of astropy": lambda x: [x.view(Measured)] * 2,
    "pint": lambda x: Quantity(x, units="milliwatt"),
    "a DataArray": lambda x: Quantity(x, attrs={"units": "mW"}),
    "a DataArray of pint": lambda x: Quantity(x, attrs={}, data=Quantity(x, units="milliwatt")),
    "a list of DataArrays": lambda x: [Quantity(x, attrs={"units": "mW"})] * 2,
}
NUMBERED = {
    name: [
        n
        for n, v in right.items()
        if isinstance(v, (float, list, np.ndarray)) and n not in ("modes", "index")
    ]
    for name, (_, right) in CALLS.items()
}


@pytest.mark.parametrize("kind", CARRIED)
@pytest.mark.parametrize("name", [name for name in CALLS if NUMBERED[name]])
def test_no_number_is_stripped_of_a_unit_of_its_own(name, kind):
    function, right = CALLS[name]
    for argument in NUMBERED[name]:
        given = CARRIED[kind](np.array(right[argument]))
        with pytest.raises(
            (om.ParameterError, om.MatrixError), match="brings the unit m.*; .*give"
        ):
            call(function, right | {argument: given})


def test_a_unit_that_is_the_fields_own_is_no_hindrance():
    """As on the coordinates of a sweep."""
    assert P.replace(power=Quantity(0.02, attrs={"units": "W"})) == P.replace(power=0.02)
    assert P.replace(kappa=Quantity(3e7, unit="rad / s")) == P.replace(kappa=3e7)
    assert P.in_omega_m(kappa=Quantity(0.5, attrs={"units": "1"})) == P.in_omega_m(kappa=0.5)
    assert om.purity(Quantity(S.V, attrs={"units": "1"})) == om.purity(S.V)
    with pytest.raises(om.ParameterError, match="brings the unit rad/s, where a ratio to omega_m"):
        P.in_omega_m(kappa=Quantity(3e7, attrs={"units": "rad/s"}))


def public():
    """All that a reader can call, found by looking."""
    modules = (entanglement, epr, information, overlap, phase_space, states, symplectic, synchrony,
               witness, tools)  # fmt: skip
    for name in om.__all__:
        member = getattr(om, name)
        if inspect.isfunction(member):
            yield name
        elif inspect.isclass(member) and not issubclass(member, (Exception, Warning)):
            yield name
            for method in dir(member):
                function = inspect.getattr_static(member, method)
                if not method.startswith("_") and inspect.isroutine(inspect.unwrap(function)):
                    yield f"{name}.{method}"
    for module in modules:
        for name, member in vars(module).items():
            if (
                inspect.isfunction(member)
                and member.__module__ == module.__name__
                and name[0] != "_"
            ):
                yield name


def test_every_public_function_is_tried():
    inside = {  # made for the library's own use
        "whitened_form", "symmetric_states", "quantum_states", "measured_states", "blurred",
        "lowest_bound", "why_unphysical", "rounding", "left_over", "one_matrix",
        "singular_values", "largest_singular_value", "checked_mean", "quadratures", "log_gaussian",
    }  # fmt: skip
    tried = {name.split(",")[0] for name in CALLS} | RECORDS | UNCHECKED | inside
    # or tried as those of a Solution, or where they belong
    alike = ("Assumption", "Assumptions", "Quantity", "Evolution", "PeriodicState", "Output")
    records = {name for name in public() if name.split(".")[0] in alike}
    assert set(public()) <= tried | records, set(public()) - tried - records
