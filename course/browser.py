"""A tab of the installed Chromium, without a network: it prints, and says what only a page can compute."""

from contextlib import contextmanager
from pathlib import Path

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
WHOLE = """(name) => {
        const { shown } = omcore.figures.all.find((one) => one.spec.name === name);
        return shown.length && shown.every((map) => !map.filled?.includes(-1));
    }"""


def read(tab, name: str) -> tuple[list[str], dict[str, str]]:
    """What the scripts of a chapter say: the answer to each prediction, its live figures as SVG by label."""
    show(tab, pages.BUILT / "book" / f"{name}.html")
    answers, drawings = tab.evaluate(ANSWERS), {}
    labels = {place: label for label, place in pages.targets().items()}
    names = tab.evaluate(
        "() => (globalThis.omcore?.figures?.all ?? []).map((one) => one.spec.name)"
    )
    for live, host in zip(names, tab.locator(".live-on").all(), strict=True):
        host.scroll_into_view_if_needed()  # a map is drawn when it is seen
        tab.wait_for_function(WHOLE, arg=live)
        with tab.expect_download() as saved:
            host.get_by_role("button", name="SVG", exact=True).click()
        place = host.evaluate("(host) => host.closest('figure')?.id")
        drawings[labels.get(f"book/{name}.html#{place}")] = Path(saved.value.path()).read_text(
            "utf-8"
        )
    return answers, drawings
