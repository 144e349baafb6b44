"""Sweeps with named axes: the call, what varies along what, and the blocks on disk."""

from .dataset import sweep

__all__ = ["sweep"]
