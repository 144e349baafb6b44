"""What the model assumes, and the physics that says whether it may: ``validity`` and what it asks."""

from .verdicts import Assumption, Assumptions, validity

__all__ = ["Assumption", "Assumptions", "validity"]
