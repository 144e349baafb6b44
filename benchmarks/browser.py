"""How long the model in the browser takes for what a live figure draws: 3 curves of 241 points.

    python benchmarks/browser.py

In headless Chromium, one core. The first frame is that of a page just opened, whose code the browser has not
compiled yet; the others follow a slider. It fails where a limit that it prints is missed.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "book" / "_ext")]

from conftest import ARGUMENTS, NO_CHROMIUM, chromium
from live import FOLDER, METADATA, SCRIPTS

from omcore.metadata import script

LIMITS = {
    "a-m": 15.0,
    "R": 30.0,
    "all of solve": None,
}  # ms for 723 points, compiled; None: no limit
FRAMES = """output => {
    const points = 241, { cases, paper, readings } = omcore.metadata, times = [];
    const along = (_, k) => (-2.5 + (7.5 * k) / (points - 1)) * paper.omega_m;
    const x = Float64Array.from({ length: points }, along);
    for (let frame = 0; frame < 60; frame++) {
        const start = performance.now();
        for (const p of Object.values(cases)) {
            const moved = { ...p, power: p.power * (0.7 + 0.01 * frame) };  // a slider on its way
            if (output === "all of solve") for (const Delta_c of x) omcore.solve({ ...moved, Delta_c });
            else omcore.sweep(moved, "Delta_c", x, [output]);
        }
        times.push(performance.now() - start);
    }
    return times;
}"""


def frames(browser, output):
    """Milliseconds of each frame, in a page of its own."""
    page = browser.new_page()
    page.add_script_tag(content=script())
    for name in SCRIPTS:
        if name != METADATA:
            page.add_script_tag(path=ROOT / "book" / "_static" / FOLDER / name)
    times = page.evaluate(FRAMES, output)
    page.close()
    return times


if __name__ == "__main__":
    if (path := chromium()) is None:
        raise SystemExit(NO_CHROMIUM)
    from playwright.sync_api import sync_playwright

    missed = []
    print("3 curves of 241 points in Chromium, in ms\n")
    print(
        f"{'':14s}{'first':>8s}{'second':>8s}{'middle':>8s}{'slowest of the last 30':>24s}{'limit':>8s}"
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        for output, limit in LIMITS.items():
            times = frames(browser, output)
            middle = sorted(times)[len(times) // 2]
            print(
                f"{output:14s}{times[0]:8.1f}{times[1]:8.1f}{middle:8.1f}{max(times[30:]):24.1f}"
                f"{limit or '':>8}"
            )
            missed += [output] if limit and middle > limit else []
        browser.close()
    if missed:
        raise SystemExit(f"missed: {', '.join(missed)}")
