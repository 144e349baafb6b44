"""Drawings of chapter 11: Fig. 2 of the paper."""
