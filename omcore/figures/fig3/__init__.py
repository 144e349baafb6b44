"""Drawings of chapter 12: Fig. 3 of the paper."""
