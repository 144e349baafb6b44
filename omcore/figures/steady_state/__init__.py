"""Drawings of chapter 4: the branches of the steady state, in both readings."""
