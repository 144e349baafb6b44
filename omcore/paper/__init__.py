"""The paper held against the model: its numbers, its claims, its misprints."""
