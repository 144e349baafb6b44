"""The figures of the paper, one module each: `data` computes arrays, `draw` makes a Figure."""
