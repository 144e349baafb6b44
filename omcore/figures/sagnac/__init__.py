"""Drawings of chapter 1: the Sagnac shift, and what dispersion adds to it."""
