"""Drawings of chapter 3: noise, of light and of the mirror."""
