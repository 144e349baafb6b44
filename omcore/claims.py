"""``python -m omcore.claims`` prints the ledger, which lives in ``omcore.paper.claims``."""

from .paper.claims import CLAIMS, Claim, Number, Shape, ledger, main

__all__ = ["CLAIMS", "Claim", "Number", "Shape", "ledger", "main"]

if __name__ == "__main__":
    main()
