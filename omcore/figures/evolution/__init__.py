"""Drawings of chapter 22: mean field and entanglement in time."""
