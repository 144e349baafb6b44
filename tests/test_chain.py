"""The lab in which a student writes the whole chain: its length, and whether its checks notice an error."""

import re

import nbformat
import pytest
from test_book import ROOT, cells

from drawings.chain import checks

LAB = ROOT / "book" / "chain.ipynb"
CODE = [cell.source for cell in cells(LAB, "code")]
SOLUTION = re.compile(
    r"^ *### BEGIN SOLUTION\n(.*?)^ *### END SOLUTION\n?", re.MULTILINE | re.DOTALL
)
STEPS = [source for source in CODE if SOLUTION.search(source)]


def run(change=lambda source: source, until="own = "):
    """The cells down to one that begins so, each changed."""
    found = {}
    for source in CODE:
        if source.startswith(until):
            return found
        exec(change(source), found)
    raise AssertionError(f"no cell begins with {until!r}")


def test_the_chain_has_sixty_lines():
    lines = [
        line
        for source in STEPS
        for line in source.splitlines()
        if line.strip() and "###" not in line
    ]
    assert len(STEPS) == 8 and len(lines) <= 60


SLIPS = {  # of students, and the step whose check must say so
    "2 * np.pi * c / p.wavelength": ("c / p.wavelength", "rates"),
    "* (1 - 1 / n**2)": ("", "rates"),
    "2 * p.kappa * p.power": ("p.kappa * p.power", "rates"),
    "for sign in (-1, 1))": ("for sign in (1, -1))", "light"),
    "1j * p.G_a": ("p.G_a", "light"),
    "- G_0 * q) for sign": ("+ G_0 * q) for sign", "light"),
    "sum(abs(light(p, q)[:2]) ** 2)": ("sum(abs(light(p, q)) ** 2)", "steady_state"),
    "np.sqrt(2) * G_0 * alpha": ("G_0 * alpha", "drift"),
    "(-G.imag, G.real), (G.real": ("(G.imag, G.real), (G.real", "drift"),
    "[[0, 1], [-1, 0]]": ("[[0, 1], [1, 0]]", "drift"),
    "if np.linalg.eigvals(A).real.max() >= 0:": ("if False:", "covariance"),
    "2 * n_m + 1": ("n_m + 1", "covariance"),
    "- 2 * det(V[:2, 2:])": ("+ 2 * det(V[:2, 2:])", "entanglement"),
    "-np.log(2 * nu)": ("-np.log2(2 * nu)", "entanglement"),
    "        return np.nan\n": ("        return 0.0\n", "entanglement"),
}


@pytest.mark.parametrize("right", SLIPS)
def test_the_check_of_a_step_notices_a_slip(right):
    wrong, step = SLIPS[right]
    (source,) = (source for source in STEPS if right in source)
    assert source.startswith(f"def {step}(")
    with pytest.raises(AssertionError, match=r"times what it must be|is .* must be zero|no number"):
        run(lambda cell: cell.replace(right, wrong))


def test_the_checks_pass_with_the_solutions_and_name_a_factor(capsys):
    right = run()
    assert "right at" in capsys.readouterr().out
    with pytest.raises(AssertionError, match="a factor 1/2"):
        checks.check(lambda p: right["rates"](p)[0] / 2, lambda p: right["rates"](p)[0])
    with pytest.raises(AssertionError, match="the shape is"):
        checks.check(right["rates"], lambda p: right["rates"](p)[0])


def test_a_student_who_writes_nothing_is_told_at_the_first_step():
    empty = lambda source: SOLUTION.sub("    raise NotImplementedError\n", source)
    with pytest.raises(NotImplementedError):
        run(empty)
    assert nbformat.read(LAB, 4).cells[0].source.startswith("# Lab")
