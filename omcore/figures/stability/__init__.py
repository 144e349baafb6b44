"""Drawings of chapter 6: where the system has a steady state."""
