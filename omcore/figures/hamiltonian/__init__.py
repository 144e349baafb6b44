"""Drawings of chapter 2: photons, and the atoms that they excite."""
