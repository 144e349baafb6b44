"""How long a live figure takes in the browser: the model alone, and a drag from the event to the drawn frame.

    python benchmarks/browser.py

In headless Chromium, one core; 3 curves of 241 points, or a map of 61 x 61 for each of 3 cases. The first
frame of the model is that of a page just opened, whose code the browser has not compiled yet; a drag begins
after the page has had a second, as with a reader. It fails where a limit that it prints is missed.
"""

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / folder) for folder in ("tests", "book", "book/_ext")]

from conftest import ARGUMENTS, NO_CHROMIUM, chromium
from live import FOLDER, METADATA, SCRIPTS
from live_page import write
from test_live_chapters import PAGES

from drawings.evolution import switched_on
from drawings.kit.live import live
from drawings.kit.metadata import script

LOCUS = next(one for found in PAGES.values() for one in found if one.kind == "locus")
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


RATES = [(name, 0.05, 3, "log") for name in ("kappa", "gamma_a")]
DRAGS = {  # of a figure: its first slider, or the one that is named
    "E_am": (live(("Delta_c", -2.5, 5), "E_am", ["power"]), ""),
    "R": (live("Delta_a", "R", ["power"]), ""),
    "E_am, both readings": (live(("Delta_c", -2.5, 5), "E_am", ["power"], reading="both"), ""),
    "map of R": (live(RATES[0], "R", ["power"], over=RATES[1]), ""),
    "eigenvalues": (LOCUS, ""),
    "in time, the cursor": (switched_on.LIVE, "time"),
    "in time, the power": (switched_on.LIVE, "power"),
}
MIDDLE, MOST = 30.0, 100.0  # ms from an event to the end of its frame: the median, and of every one
WATCH = """() => {
    window.times = [];
    addEventListener("input", ({ timeStamp }) => requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel(); // which is heard when the frame is painted
        port1.onmessage = () => times.push(performance.now() - timeStamp);
        port2.postMessage(null);
    }), true);
}"""


def drag(browser, figure, name):
    """Milliseconds from each event of a drag over a whole slider to the end of its frame; of a map, to its
    last row, once.
    """
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    with tempfile.TemporaryDirectory() as folder:
        page.goto(write(Path(folder) / "page.html", figure))
    page.wait_for_timeout(1000)
    slider = page.locator(f"input[type=range]{name and f'[name={name}]'}").first
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    place = lambda part: (box["x"] + 8 + part * (box["width"] - 16), box["y"] + box["height"] / 2)
    page.evaluate(WATCH)
    page.mouse.move(*place(0.0))
    page.mouse.down()
    for step in range(1, 101):
        page.mouse.move(*place(0.01 * step))
        page.wait_for_timeout(20)
    page.mouse.up()
    page.wait_for_timeout(500)
    times = page.evaluate("times")
    if figure.spec["over"]:
        times += page.evaluate(MAP)
    page.close()
    return times


MAP = """() => new Promise(done => {
    const { spec, state } = omcore.figures.all[0], start = performance.now();
    omcore.map.maps(spec, state, () => {}, () => done([performance.now() - start]));
})"""


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
        print(f"\nA drag, from the event to the end of its frame, in ms; limits {MIDDLE}, {MOST}\n")
        print(f"{'':22s}{'middle':>8s}{'slowest':>9s}{'frames':>8s}")
        for name, (figure, field) in DRAGS.items():
            times = drag(browser, figure, field)
            *times, whole = times if figure.spec["over"] else (*times, None)
            middle = sorted(times)[len(times) // 2]
            print(f"{name:22s}{middle:8.1f}{max(times):9.1f}{len(times):8d}")
            if whole:
                print(f"{'  all of its rows':22s}{whole:8.1f}")
            missed += [f"drag of {name}"] if middle > MIDDLE or max(times) > MOST else []
        browser.close()
    if missed:
        raise SystemExit(f"missed: {', '.join(missed)}")
