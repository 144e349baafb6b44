"""Drawings of chapter 13: Fig. 4 of the paper."""
