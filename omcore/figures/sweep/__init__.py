"""Drawings of chapter 19: sweeps with named axes."""
