"""``python -m omcore.paper`` prints the ledger."""

from .claims import main

if __name__ == "__main__":
    main()
