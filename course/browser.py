"""A tab of the installed Chromium, without a network: it prints, and says what only a page can compute."""

from contextlib import contextmanager

from book._ext.chromium import ARGUMENTS, NO_CHROMIUM, chromium

from . import pages

READY = "(window.MathJax?.startup?.promise ?? Promise.resolve()).then(() => 1)"


@contextmanager
def opened():
    """A tab of a browser that nobody sees."""
    if (path := chromium()) is None:
        raise pages.Missing(NO_CHROMIUM)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser.new_page(viewport={"width": 1000, "height": 900}, reduced_motion="reduce")
        browser.close()


def show(tab, file):
    """Open a file, and wait until its formulas are drawn."""
    tab.goto(file.as_uri(), wait_until="load")
    tab.wait_for_function(READY)


ANSWERS = """() => [...document.querySelectorAll("article .admonition")]
    .filter((box) => box.querySelector(".admonition-title")?.textContent === "Predict")
    .map((box) => {
        const form = box.querySelector(".predict"), input = form?.querySelector("input");
        if (!input) return "";
        if (input.type === "radio") input.checked = true;
        input.dispatchEvent(new Event("input", { bubbles: true }));
        form.querySelector("button").click();
        return form.querySelector("[role=status]").textContent;
    })"""
SHEETS = """() => (globalThis.omcore?.figures?.all ?? []).map((one) => {
        one.finish();
        return [one.host.closest("figure")?.id ?? "", one.sheet()];
    })"""


def read(tab, name: str) -> tuple[list[str], dict[str, str]]:
    """What the scripts of a chapter say: the answer to each of its predictions, its live figures as SVG."""
    show(tab, pages.BUILT / "book" / f"{name}.html")
    return tab.evaluate(ANSWERS), dict(tab.evaluate(SHEETS))
