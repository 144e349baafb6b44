"""Drawings of chapter 8: the entanglement of two modes."""
