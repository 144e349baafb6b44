"""Drawings of chapter 18: a fair race."""
