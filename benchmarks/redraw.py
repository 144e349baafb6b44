"""How long a reader waits after moving a slider: compute the data, draw, and encode the picture.

    python benchmarks/redraw.py

The limits are 200 ms for curves, which feels immediate, and 2 s for maps of 101 x 101 points.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import io
import sys
import time
from pathlib import Path

import omcore as om

sys.path.insert(0, str(Path(__file__).parents[1] / "book"))
from drawings.fig1 import fig1c
from drawings.fig3 import fig3
from drawings.fig4 import fig4
from drawings.kit.live import live
from omcore.outputs import COUPLINGS, PAIRS

POINTS = 101


def redraws():
    """Name -> (limit in seconds, what a slider does)."""
    return {
        "Fig. 1(c)": (0.2, lambda p, m: fig1c.draw(fig1c.data(p, POINTS, m))),
        "Fig. 2, live": (0.6, live("Delta_a", [PAIRS, COUPLINGS]).draw),
        "Fig. 4(a), live": (0.2, live("Delta_a", "R").draw),
        "Fig. 5, live": (0.2, live("temperature", [["E_am"], ["R"]]).draw),
        "Fig. 3, three maps": (2.0, lambda p, m: fig3.draw(fig3.data(p, POINTS, m))),
        "Fig. 4(b-d), three maps": (2.0, lambda p, m: fig4.draw_maps(fig4.data_maps(p, POINTS, m))),
    }


def seconds(redraw, reading, repeats=5):
    """The middle of several runs, each at another power, as a slider would have it."""
    times = []
    for k in range(repeats):
        start = time.perf_counter()
        figure = redraw(om.PAPER.replace(power=0.03 + 0.002 * k), reading)
        figure.savefig(io.BytesIO(), format="png")
        times.append(time.perf_counter() - start)
    return sorted(times)[repeats // 2]


if __name__ == "__main__":
    missed = []
    print(f"{'':26s}{'limit':>8s}  {'self-consistent':>16s}  {'bare-detuning':>14s}")
    for name, (limit, redraw) in redraws().items():
        both = [seconds(redraw, reading) for reading in om.MEAN_FIELDS]
        print(
            f"{name:26s}{limit * 1e3:5.0f} ms  {both[0] * 1e3:13.0f} ms  {both[1] * 1e3:11.0f} ms"
        )
        missed += [name] if max(both) > limit else []
    if missed:
        raise SystemExit(f"missed: {', '.join(missed)}")
