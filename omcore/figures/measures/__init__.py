"""Drawings of chapter 20: other measures of the same covariance matrix."""
