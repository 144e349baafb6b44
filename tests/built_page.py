"""The pages of the built book, how they are opened, and a visit to one: what their tests share."""

from pathlib import Path
from urllib.parse import urlsplit

from trust.effort import LONG

from book._ext.moved import MOVED

HTML = Path(__file__).parents[1] / "_build" / "html"
REDIRECT = HTML / "index.html"  # leads to book/index.html and holds nothing else
OLD = {HTML / "book" / f"{name}.html" for name in MOVED}  # lead to where their text is now
PAGES = sorted({*HTML.glob("book/**/*.html"), *HTML.glob("*.html")} - {REDIRECT, *OLD})
CHAPTERS = [page for page in PAGES if page.is_relative_to(HTML / "book")]
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
WAYS = [("file", "light"), ("http", "dark"), ("file", "dark"), ("http", "light")]


def named(page):
    return str(page.relative_to(HTML))


def ways(first):
    """Each page in one way, the next page in the next one; with ``make everything`` each in all four."""
    for number, page in enumerate(PAGES, first):
        for way in WAYS if LONG else [WAYS[number % len(WAYS)]]:
            yield page, *way


def said(way):
    page, *rest = way
    return "-".join((named(page), *rest))


STILL = """() => document.getAnimations()
    .filter((moving) => moving.effect.getComputedTiming().endTime < Infinity)
    .forEach((moving) => moving.finish())"""  # what fades in is judged when it is there


class Visit:
    """A page opened in a fresh browser window, with all that went wrong written down."""

    def __init__(self, browser, address, viewport=DESKTOP, scheme="light"):
        self.requests, self.errors = [], []
        self.tab = browser.new_page(viewport=viewport, color_scheme=scheme, reduced_motion="reduce")
        self.tab.on("request", lambda request: self.requests.append(request.url))
        self.tab.on("requestfailed", lambda request: self.errors.append(f"failed: {request.url}"))
        self.tab.on("response", self.note_status)
        self.tab.on("pageerror", lambda error: self.errors.append(f"page error: {error}"))
        self.tab.on("console", self.note_message)
        self.tab.goto(address, wait_until="load")
        self.tab.wait_for_function(
            "(window.MathJax?.startup?.promise ?? Promise.resolve()).then(() => 1)"
        )

    def note_status(self, response):
        if response.status >= 400:
            self.errors.append(f"{response.status}: {response.url}")

    def note_message(self, message):
        if message.type == "error":
            self.errors.append(f"console: {message.text} {message.location.get('url', '')}")

    def went_out(self):
        """Requests that left this machine."""
        outside = []
        for url in self.requests:
            parts = urlsplit(url)
            if (
                parts.scheme not in ("file", "data", "blob", "about")
                and parts.hostname != "127.0.0.1"
            ):
                outside.append(url)
        return outside

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.tab.close()
