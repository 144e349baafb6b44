"""Roots, extrema and blocks of points; no physics in sight."""
