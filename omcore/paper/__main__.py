"""``python -m omcore.paper`` prints the ledger."""

from .claims import main

main()
