"""Drawings of chapter 16: what makes the peak of the atom-mirror entanglement grow."""
