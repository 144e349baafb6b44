"""Drawings of chapter 15: the readings against the numbers of the paper."""
