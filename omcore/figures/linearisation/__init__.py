"""Drawings of chapter 5: the drift matrix and its eigenvalues."""
