"""Drawings of chapter 10: Fig. 1 of the paper."""
