"""What makes the plain route of the chain faster or more exact; not needed to follow ``solve``.

One line turns a part off, ``omcore.engine.PARTS.discard("response")``, and the plain route of the
reading path does the same work: slower, and with fewer digits where the problem is ill-conditioned.
"""

PARTS = {
    "series",  # the Lyapunov equation by a doubled series, all points at once; else SciPy, one by one
    "displacements",  # the branches of the mean field by polynomials, all points at once; else one by one
    "response",  # V and stability from the response function of light; else from A and D
    "blocks",  # long sweeps in blocks that stay in the cache; else at one go
}
"""The parts that are on."""
