"""Each address that the book once had, opened: the reader arrives where its text is now."""

import json

import pytest
from built_page import DESKTOP, HTML
from contents import BOOK

from book._ext.moved import MOVED

INSIDE = {
    "11_fig2": "Fig. 2: where the entanglement goes",
    "14_fig5": "Fig. 5: heat",
    "26_elsewhere": "Who wins elsewhere?",
}  # pages that are now a part of another
HEADING = """() => {
    const part = document.getElementById(location.hash.slice(1)) ?? document.querySelector("article");
    const heading = part.matches("section") ? part.querySelector("h1, h2") :
        part.closest("section")?.querySelector("h1, h2") ?? part.querySelector("h1");
    const { top } = heading.getBoundingClientRect();
    return [heading.firstChild.textContent, heading.textContent, top];
}"""


def expected(old):
    page = MOVED[old].split(".html")[0]
    first = json.loads((BOOK / f"{page}.ipynb").read_text("utf-8"))["cells"][0]["source"][0]
    return INSIDE.get(old, first.removeprefix("# ").strip())


@pytest.mark.parametrize("old", MOVED)
def test_an_old_address_leads_to_the_heading_of_its_text(browser, old):
    tab = browser.new_page(viewport=DESKTOP, reduced_motion="reduce")
    tab.goto((HTML / "book" / f"{old}.html").as_uri())
    tab.wait_for_url(f"**/book/{MOVED[old]}", wait_until="load")
    _, said, top = tab.evaluate(HEADING)
    assert expected(old) in said
    assert top < DESKTOP["height"], "the heading is in sight"
    tab.close()


def test_the_saved_state_of_a_figure_is_taken_along(browser):
    tab = browser.new_page(viewport=DESKTOP)
    tab.goto((HTML / "book" / "11_fig2.html").as_uri() + "#fig-2?G_a=25200000")
    tab.wait_for_url("**/book/10_figures_1_2.html#fig-2?G_a=25200000", wait_until="load")
    tab.wait_for_function(
        "() => omcore.figures.all.find((f) => f.spec.name === 'fig-2')?.state.set.G_a === 25200000"
    )
    tab.close()


def test_without_scripts_a_link_leads_on(browser):
    tab = browser.new_page(java_script_enabled=False)
    tab.goto((HTML / "book" / "26_elsewhere.html").as_uri())
    tab.get_by_role("link").click()
    tab.wait_for_url("**/book/who_wins.html#who-wins-where")
    tab.close()
