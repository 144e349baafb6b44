"""Drawings of chapter 19: a million points."""
