"""What the undriven mode does: its two links, scaled or cut one by one, at a mean field that stays.

The undriven mode is linked to the atoms by G_a and to the mirror by its amplitude. It belongs to a
loop, driven mode - atoms - undriven mode - mirror, so signs count.
"""

from ..solution import Solution, solve


def relinked(s: Solution, mirror=1.0, atoms=1.0) -> Solution:
    """A solution at Parameters with the links of its undriven mode scaled in A; the mean field stays.

    ``mirror=-1`` turns the sign of its amplitude, 0 takes its light away; ``atoms=0`` cuts it off the atoms.

    >>> import omcore as om
    >>> s = om.solve(om.CASES["stationary"])
    >>> links = {"as it is": {}, "sign turned": {"mirror": -1.0}, "no link to the atoms": {"atoms": 0.0}}
    >>> {k: float(relinked(s, **link).log_negativity("a", "m").round(3)) for k, link in links.items()}
    {'as it is': 0.071, 'sign turned': 0.142, 'no link to the atoms': 0.131}
    """
    system = s.system.about(s.mean_field)
    undriven, a = (system.index(mode) for mode in ("undriven", "a"))
    H, coupling = system.H.copy(), system.coupling.copy()
    H[..., undriven, a] *= atoms
    H[..., a, undriven] *= atoms
    coupling[..., undriven] *= mirror
    return solve(system._changed(lambda array, own: array, H=H, coupling=coupling))


def with_couplings(s: Solution, factor) -> Solution:
    """A solution with the couplings of all light to the mirror scaled in A; detunings and mean field stay.

    >>> import omcore as om
    >>> s = om.solve(om.PAPER)
    >>> print(f"{abs(with_couplings(s, 0.5).coupling('driven') / s.coupling('driven')):.2f}")
    0.50
    """
    system = s.system.about(s.mean_field)
    return solve(system._changed(lambda array, own: array, coupling=factor * system.coupling))
