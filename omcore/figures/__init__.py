"""Drawings, imported by nothing else: a room for each chapter, named as the chapter, and ``kit``.

In each module ``data`` computes and ``draw`` draws. A room takes from the library and from the
kit, never from another room.
"""

from ..extras import require

require("figures", "matplotlib")
