"""Gaussian states of any number of modes, from their covariance matrix; no resonator in sight."""
