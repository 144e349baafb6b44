"""To and from other tools: their conventions of Gaussian states, and Hamiltonians in SymPy."""
