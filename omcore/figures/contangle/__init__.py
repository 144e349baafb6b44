"""Drawings of chapter 9: the entanglement of three modes."""
