"""Drawings of chapter 14: Figs. 5 and 6 of the paper."""
