"""How long a reader in JupyterLab waits while a slider moves: compute the data, draw, encode the picture.

    python benchmarks/redraw.py

The limit is 150 ms of CPU, which feels immediate; what rests is drawn exactly, and may take longer.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import sys
import time
from pathlib import Path

import omcore as om

sys.path.insert(0, str(Path(__file__).parents[1] / "book"))
from drawings.kit.canvas import Canvas
from drawings.kit.live import live
from omcore.outputs import COUPLINGS, PAIRS

LIMIT, REPEATS = 0.15, 5  # s, moves of which the middle counts
RATES = [(name, 0.05, 3, "log") for name in ("kappa", "gamma_a")]
FIGURES = {
    "Fig. 1(c)": live(("Delta_c", -2.5, 5), "E_am"),
    "Fig. 2": live("Delta_a", [PAIRS, COUPLINGS]),
    "Fig. 3, three maps": live(RATES[0], "E_am", over=RATES[1]),
    "Fig. 4(a)": live("Delta_a", "R"),
    "Fig. 4(b-d), three maps": live(RATES[0], "R", over=RATES[1]),
    "Fig. 5": live("temperature", [["E_am"], ["R"]]),
}


def seconds(figure, reading):
    """CPU of a move, each at another power, as a slider would have it; and of the exact drawing at rest."""
    canvas, moves = Canvas(), []
    canvas.whole(figure.draw(om.PAPER, reading))
    for k in range(REPEATS):
        p, start = om.PAPER.replace(power=0.03 + 0.002 * k), time.process_time()
        canvas.moving(figure.draw(p, reading, coarse=True))
        moves.append(time.process_time() - start)
    start = time.process_time()
    canvas.whole(figure.draw(p, reading))
    return sorted(moves)[REPEATS // 2], time.process_time() - start


if __name__ == "__main__":
    missed = []
    print(f"{'ms of CPU':24s}" + "".join(f"{m:>17s} {'at rest':>8s}" for m in om.MEAN_FIELDS))
    for name, figure in FIGURES.items():
        found = [seconds(figure, reading) for reading in om.MEAN_FIELDS]
        print(f"{name:24s}" + "".join(f"{a * 1e3:17.0f} {b * 1e3:8.0f}" for a, b in found))
        missed += [name] if max(moving for moving, _ in found) > LIMIT else []
    if missed:
        raise SystemExit(f"above {LIMIT * 1e3:.0f} ms: {', '.join(missed)}")
