"""The same by other ways: derived by machine, and solved by independent routes."""
