"""Drawings of chapter 21: other systems of the family."""
