"""Pages with live figures and nothing else, the scripts of the book without its theme; and samples, which are
drawn from the metadata of the fields.
"""

import dataclasses
import functools
import importlib.util
from pathlib import Path
from unittest.mock import patch
from urllib.parse import urlencode

import numpy as np
import pytest

import omcore as om
from drawings.kit.knobs import KNOBS
from drawings.kit.metadata import script
from drawings.kit.svg import Drawing

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "book" / "_static" / "live"
W = om.PAPER.omega_m


def extension():
    """The extension that puts the scripts on the pages, and knows their order."""
    spec = importlib.util.spec_from_file_location("live", ROOT / "book" / "_ext" / "live.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


PICTURE = Drawing("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>")


def html(figure):
    """A figure as a page holds it, with a small picture in place of the author's."""
    with patch.object(type(figure), "picture", lambda self: PICTURE):
        return figure.html()


def write(path, *figures, more=""):
    """A page that holds these figures and more HTML; its address, from a file."""
    live = extension()
    scripts = [
        f"<script>{script()}</script>"
        if name == live.METADATA
        else f'<script src="{(FOLDER / name).as_uri()}"></script>'
        for name in live.SCRIPTS
    ]
    style = f'<link rel="stylesheet" href="{(FOLDER / live.STYLE).as_uri()}">'
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>-</title>{style}'
    sheet = live.SHEET.read_text(encoding="utf-8")
    body = "".join(map(html, figures)) + more
    path.write_text(
        f"<!doctype html><html>{head}{''.join(scripts)}<body>{body}{sheet}</body></html>",
        encoding="utf-8",
    )
    return path.as_uri()


FRAMES = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


class Visit:
    """The page in a window of its own, with all that went wrong written down."""

    def __init__(self, browser, address, hash="", **options):
        still = {
            "reduced_motion": "reduce"
        }  # pages that stay open would cost the others their time
        self.context = browser.new_context(**still | options)
        self.tab, self.errors, self.requests = self.context.new_page(), [], []
        self.tab.on("pageerror", lambda error: self.errors.append(str(error)))
        self.tab.on(
            "console", lambda m: m.type in ("error", "warning") and self.errors.append(m.text)
        )
        self.tab.on("request", lambda request: self.requests.append(request.url))
        self.tab.goto(address + hash)
        if options.get("java_script_enabled", True):
            self.tab.evaluate(FRAMES)  # the panels have their size, and the figures fill them

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.context.close()

    def figure(self, name):
        number = self.tab.evaluate(
            "n => omcore.figures.all.findIndex(f => f.spec.name === n)", name
        )
        return self.tab.locator(".live").nth(number)

    def button(self, name, words):
        return self.figure(name).get_by_role("button", name=words, exact=True)

    def go(self, hash):
        """Another address, as if it were typed; until it is drawn."""
        self.tab.evaluate(
            """hash => new Promise((done) => {
                const { all } = omcore.figures, was = all.map((f) => [f.shown, JSON.stringify(f.state)]);
                history.replaceState(null, "", hash || "#"); // at once, before the page writes its own
                dispatchEvent(new PopStateEvent("popstate"));
                const isOld = (f, k) => JSON.stringify(f.state) !== was[k][1] && f.shown === was[k][0];
                let frames = 60; // a map that nobody has scrolled to stays as it is
                const look = () => requestAnimationFrame(all.some(isOld) && frames-- ? look : done);
                requestAnimationFrame(look);
            })""",
            hash,
        )

    def ask(self, name, what):
        """Something of a figure, once its frame is drawn."""
        return self.tab.evaluate(
            f"""async (name) => {{ // what throws here is told, not waited for without end
                await {FRAMES};
                const f = omcore.figures.all.find(f => f.spec.name === name);
                return {what};
            }}""",
            name,
        )

    def drawn(self, name):
        return self.ask(name, "[...f.host.querySelectorAll('.live-panels > div > svg > g:first-child')]"
                        ".map(g => g.innerHTML).join('')")  # fmt: skip

    def filled(self, name):
        """Scroll to a figure, and wait until it rests and a map has all its rows."""
        self.figure(name).scroll_into_view_if_needed()
        self.tab.wait_for_function(
            """name => {
                const { shown, isMoving } = omcore.figures.all.find((f) => f.spec.name === name);
                return !isMoving && shown.length && shown.every((map) => !map.filled?.includes(-1));
            }""",
            arg=name,
            timeout=60_000,
        )

    def python(self, name):
        """What the lines leave that a figure gives to be copied."""
        names = {}
        exec(self.ask(name, "f.python"), names)
        return names

    def said(self, name):
        """The sentence of a figure, as it is spoken once all is quiet: until it is that of what is shown."""
        self.filled(name)
        self.tab.wait_for_function(
            """name => {
                const f = omcore.figures.all.find((f) => f.spec.name === name);
                const words = f.host.querySelector(".live-words").textContent;
                return words === omcore.words.sentence(f.state, f.shown);
            }""",
            arg=name,
        )
        return self.figure(name).locator(".live-words").inner_text()

    def numbers(self, name):
        """The numbers below a figure: {row, with its panel before it: [cells]}."""
        rows = self.ask(
            name,
            """[...f.host.querySelectorAll(".live-numbers tbody")].flatMap((body) => {
                const panel = body.querySelector("[scope=rowgroup]")?.textContent;
                const text = (cell) => cell.textContent.replace(/\\s+/g, " ").trim();
                return [...body.querySelectorAll("tr:has(td)")].map(({ cells: [name, ...cells] }) =>
                    [[panel, text(name)].filter(Boolean).join(", "), cells.map(text)]);
            })""",
        )
        assert len(dict(rows)) == len(rows), "two rows of one name"
        return dict(rows)

    def reset(self, name):
        self.figure(name).get_by_role("button", name="Reset").click()
        same = "JSON.stringify(f.state.set) === JSON.stringify(f.spec.start)"
        assert self.ask(name, same)


class Pages:
    """Figures each on a page of its own, which opens when it is asked for: moving one costs nothing else.

    The methods of a Visit, which take the name of a figure first, go to its page.
    """

    def __init__(self, browser, folder, figures, **options):
        named = figures if isinstance(figures, dict) else {f.name: f for f in figures}
        self._browser, self._options, self._visits = browser, options, {}
        self.addresses = {
            key: write(folder / f"{k}.html", f) for k, (key, f) in enumerate(named.items())
        }
        self.current = None

    def of(self, name):
        """The visit to the page of a figure."""
        if name not in self._visits:
            self._visits[name] = Visit(self._browser, self.addresses[name], **self._options)
        self.current = self._visits[name]
        return self.current

    @property
    def tab(self):
        """The page that was asked for last."""
        return (self.current or self.of(next(iter(self.addresses)))).tab

    def __getattr__(self, method):
        of = lambda name: self.of(name.removeprefix("#").partition("?")[0])
        return lambda name, *rest: getattr(of(name), method)(name, *rest)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for visit in self._visits.values():
            visit.__exit__()
            assert not visit.errors
            assert all(url.startswith(("file:", "data:", "blob:")) for url in visit.requests)


def page_of(*figures, **options):
    """A fixture: Pages with these figures, on which nothing may go wrong."""

    @pytest.fixture(scope="module")
    def page(browser, tmp_path_factory):
        with Pages(browser, tmp_path_factory.mktemp("live"), figures, **options) as pages:
            yield pages

    return page


# ---- samples

NUMBERS = [field.name for field in dataclasses.fields(om.Parameters) if field.name != "drive"]


def drawn(rng, n, **given):
    """n values of every field, each within its slider; also zero where the field may be, and its default.

    What is ``given``, an array or a number, is in SI units.
    """
    values = {"omega_m": np.full(n, W)} | given
    for name in ["omega_m", *NUMBERS]:
        quantity, shown = om.QUANTITIES[name], KNOBS[name].shown
        default = om.Parameters.__dataclass_fields__[name].default
        if name in given:
            continue
        spread = np.geomspace if shown.logarithmic else np.linspace
        place, tried = spread(shown.lowest, shown.highest, 10_001), rng.uniform(size=n)
        value = rng.choice(place, n) * shown.factor(values["omega_m"])
        if quantity.sign == "nonnegative":
            value = np.where(tried < 0.08, 0.0, value)
        if default is not dataclasses.MISSING:
            value = np.where(tried > 0.5, default, value)
        values[name] = value
    return values


@functools.cache
def strong(drive, n):
    """n points with several steady states, with strong light and low losses, beyond the sliders.

    Those whose lowest is unstable and a higher one stable are rare; there the rule shows: they come first,
    then those with five.
    """
    rng, size = np.random.default_rng(20250301 + om.MODES.index(drive)), 40_000
    log = lambda low, high: 10 ** rng.uniform(low, high, size)
    light = {"power": log(-2, 0.5), "radius": log(-3.6, -2.4), "mass": log(-12, -9.5)}
    losses = {name: W * log(-1.5, 0.6) for name in ("kappa", "gamma_a")}
    p = om.PAPER.replace(drive=drive, **drawn(rng, size, **light, **losses))
    found = om.mean_field_branches(p)
    higher = ~found.stable[:, 0] & found.stable.any(-1)
    rank = np.isfinite(found.q).sum(-1) + 10 * higher
    return p[np.argsort(-rank, kind="stable")[:n]]


def point(p, k):
    """The k-th point of a sweep, all its numbers by name."""
    return {name: float(np.broadcast_to(getattr(p, name), p.shape)[k]) for name in NUMBERS}


def near(rng, share, **given):
    """A point between the paper's and one that is drawn, so far from it; what is given stays."""
    far = drawn(rng, 1)
    mixed = lambda name: (1 - share) * getattr(om.PAPER, name) + share * float(far[name][0])
    return {name: mixed(name) for name in NUMBERS} | given


def random_query(k, **given):
    """The k-th of some addresses: every field within its slider, or where there are several steady states."""
    rng = np.random.default_rng(k)
    values = near(rng, 0.5) if k % 2 else point(strong("cw", 20), k % 20)
    return urlencode(values | {"reading": "both" if k % 3 == 0 else "self-consistent"} | given)
