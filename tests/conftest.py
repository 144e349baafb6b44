"""What the tests of the built pages share: a Chromium without a network, and a local server."""

import functools
import http.server
import os
import re
import threading
from pathlib import Path

import pytest
from built_page import DESKTOP, HTML, PHONE, Visit, said, ways

import omcore.engine
from _ext.chromium import ARGUMENTS, NO_CHROMIUM, chromium

# `make everything` runs the tests of the chain once more on the plain route that a reader follows.
if os.environ.get("OMCORE_ENGINE") == "off":
    omcore.engine.PARTS.clear()

# The ledger takes ten seconds, and each process computes it once.
LEDGER = (
    "claims.py", "test_claims.py", "test_recorded.py", "test_verdict.py", "test_drawings.py",
    "test_robustness.py",
)  # fmt: skip
EACH_PAGE = ("test_live_chapters.py", "test_live_numbers.py")
# What takes long and is one piece comes first: no worker is left with it when the others have done.
FIRST = (
    *LEDGER, "test_pages_firefox.py", "test_live_chapters.py", "test_live_kinds.py", "test_live_input.py",
    "test_live_figures.py", "test_packaging.py", "test_lab.py", "test_sweeps_cluster.py", "test_memory.py",
    "test_derivation.py", "test_crosschecks.py", "test_properties.py", "test_live.py",
)  # fmt: skip
PAGES = ("test_pages.py", "test_pages_live.py", "test_pages_read.py")  # one visit serves all three


def sharing(test):
    """What is to stay with one worker: all that ask for the ledger, all of one page, else a file."""
    file, _, name = test.partition("::")
    page = re.search(r"\[(?:book/)?(\w+)", name)
    if page and Path(file).name in PAGES:
        return page[1]
    of_several = {name: "ledger" for name in LEDGER} | {name: "chapters" for name in EACH_PAGE}
    return of_several.get(Path(file).name, file)


def pytest_collection_modifyitems(items):
    place = lambda name: FIRST.index(name) if name in FIRST else len(FIRST)
    items.sort(key=lambda item: place(item.path.name))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """xdist's own loadgroup does nothing with pytest 9.2, which no longer reads what it writes."""
    from xdist.scheduler import LoadScopeScheduling

    config.option.loadscopereorder = False  # or files of many tests come first, not long ones
    scheduler = LoadScopeScheduling(config, log)
    scheduler._split_scope = sharing
    return scheduler


@pytest.fixture(scope="session")
def browser():
    """A headless Chromium. Without one the test is skipped, or fails if OMCORE_REQUIRE_BROWSER=1."""
    path = chromium()
    if path is None:
        give_up = pytest.fail if os.environ.get("OMCORE_REQUIRE_BROWSER") == "1" else pytest.skip
        give_up(NO_CHROMIUM)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def each_page(browser, tmp_path_factory):
    """Every live figure of the book on a page of its own, by (notebook, name)."""
    from live_page import Pages
    from test_live_chapters import PAGES

    figures = {
        (path.stem, figure.name): figure for path, found in PAGES.items() for figure in found
    }
    with Pages(browser, tmp_path_factory.mktemp("chapters"), figures) as pages:
        yield pages


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="session")
def server():
    """Address of the built book, served on this machine."""
    handler = functools.partial(QuietHandler, directory=HTML)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="session")
def address(request):
    """(page, protocol) -> its address: as a "file", or from the local server, "http"."""

    def address(page, protocol):
        if protocol == "file":
            return page.as_uri()
        return f"{request.getfixturevalue('server')}/{page.relative_to(HTML).as_posix()}"

    return address


# Opening a page takes longer than most looks at it. So one visit serves all tests of a desk, one all of
# a phone, file after file: first those that leave the page as it was, at last those that change it.


def visits(first, size, viewport):
    """A fixture: every page, opened once in a window of that size."""

    @pytest.fixture(scope="session", params=ways(first), ids=said)
    def visit(request, browser, address):
        page, protocol, scheme = request.param
        with Visit(browser, address(page, protocol), viewport, scheme) as visit:
            visit.page, visit.size = page, size
            yield visit

    return visit


desk = visits(0, "desk", DESKTOP)
phone = visits(
    1, "phone", PHONE
)  # where a desk has a file, this has a server, and the other way round


def pytest_terminal_summary(terminalreporter):
    skipped = terminalreporter.stats.get("skipped", [])
    if any(NO_CHROMIUM in str(report.longrepr) for report in skipped):
        terminalreporter.section("BROWSER TESTS DID NOT RUN", yellow=True)
        terminalreporter.line(NO_CHROMIUM)
