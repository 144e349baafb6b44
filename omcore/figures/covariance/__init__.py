"""Drawings of chapter 7: the covariance matrix, and other routes to it."""
