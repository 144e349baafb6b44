"""The built book, as a reader meets it: from a file or a server, without a network.

Run after the build: `make test`, or `make book pages`.
"""

import functools
import re
import unicodedata
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup
from built_page import CHAPTERS, DESKTOP, HTML, PAGES, PHONE, REDIRECT, STILL, Visit, named
from contents import NUMBERED, PROJECTS

import omcore as om
from book._ext import fresh, seconds
from drawings.kit.style import DPI

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "book").glob("*.ipynb"))

each_page = pytest.mark.parametrize("page", PAGES, ids=named)
each_chapter = pytest.mark.parametrize("page", CHAPTERS, ids=named)
each_protocol = pytest.mark.parametrize("protocol", ["file", "http"])


@pytest.fixture(autouse=True, scope="session")
def built_book():
    if not CHAPTERS:
        pytest.fail("there is no book in _build/html; remedy: make book", pytrace=False)


# ---- what stands in the files


@functools.cache
def soup(page: Path) -> BeautifulSoup:
    return BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")


@pytest.mark.parametrize("name", om.__all__)
def test_the_library_page_has_an_anchor_for_each_public_name(name):
    assert soup(HTML / "book" / "api.html").find(id=f"omcore.{name}")


IMPORT = re.compile(r"from (omcore[\w.]*) import \(?([\w, ]*)")


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda notebook: notebook.stem)
def test_each_module_that_a_notebook_imports_has_its_place_on_a_page_of_modules(notebook):
    pages = [soup(page) for page in HTML.glob("book/modules*.html")]
    for room, names in IMPORT.findall(notebook.read_text("utf-8")):
        modules = [room, *(f"{room}.{name.split()[0]}" for name in names.split(", ") if name)]
        assert any(page.find(id=f"module-{m}") for page in pages for m in modules), room


@each_page
def test_nothing_is_loaded_from_elsewhere(page):
    loaded = [tag.get("src") for tag in soup(page).find_all(src=True)]
    loaded += [tag["href"] for tag in soup(page).find_all("link", href=True)]
    assert not [address for address in loaded if urlsplit(address).netloc]


@each_page
def test_a_page_with_formulas_says_what_it_is_without_scripts(page):
    formulas, said = soup(page).select(".math"), soup(page).select("noscript .without-scripts")
    assert bool(said) == bool(formulas) and all("TeX" in line.text for line in said)


@each_page
def test_no_control_waits_for_a_kernel(page):
    text = page.read_text(encoding="utf-8")
    for trace in ("vnd.jupyter.widget", "thebe", "require.min.js", "html-manager"):
        assert trace not in text


@each_page
def test_internal_links_lead_somewhere(page):
    broken = []
    for link in soup(page).find_all("a", href=True):
        parts = urlsplit(link["href"])
        if parts.scheme or parts.netloc:
            continue
        if "step" in link.get("class", []):  # a state of a figure: test_predictions.py tries each
            assert f'"name": "{parts.fragment.split("?")[0]}"' in str(
                [live["data-live"] for live in soup(page).select("[data-live]")]
            )
            continue
        target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
        fragment = unquote(parts.fragment)
        if not target.exists() or (
            fragment and target.suffix == ".html" and not soup(target).find(id=fragment)
        ):
            broken.append(link["href"])
    assert not broken


@each_page
def test_no_markup_stands_where_its_result_should(page):
    """A directive or a role that was not understood is printed as code, braces and all."""
    code = [element.get_text() for element in soup(page).select("article code")]
    assert not [text for text in code if re.match(r"\{[a-z:_-]+\}", text)]


def test_the_first_page_lists_every_chapter():
    links = soup(HTML / "book" / "index.html").select("article .toctree-wrapper a[href]")
    stems = {Path(urlsplit(link["href"]).path).stem for link in links}
    assert {*NUMBERED, *PROJECTS} <= stems


SIZE = re.compile(r"font(?:size=|size\": |\.size\": )([\d.]+)")
MEGABYTE = 1_000_000


def test_the_book_weighs_under_20_megabytes():
    assert sum(file.stat().st_size for file in HTML.rglob("*") if file.is_file()) < 20 * MEGABYTE


def test_of_mathjax_only_what_is_used_ships():
    """One input, one output with its font, and what says formulas aloud: a tenth of the package."""
    shipped = sum(
        file.stat().st_size for file in HTML.glob("_static/mathjax/**/*") if file.is_file()
    )
    assert shipped < 1.3 * MEGABYTE
    assert not list(HTML.glob("_static/**/*.map"))


def test_a_page_speaks_of_the_rocket_only_where_it_stands():
    page = soup(HTML / "book" / "index.html")
    button = page.select_one("a[href*=mybinder]")
    assert ("rocket button" in page.find("article").get_text()) == bool(button)


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda notebook: notebook.stem)
def test_no_cell_and_no_page_takes_long(notebook):
    """Of the CPU, as the build measured it; why of the CPU, and why twice: book/_ext/seconds.py."""
    folder = HTML.parent / ".jupyter_cache" / fresh.digest(ROOT) / "seconds"
    taken = seconds.seconds(notebook, folder)
    assert taken, f"no build has run {notebook.stem} as it is now; remedy: make book"
    assert sum(taken.values()) < seconds.FAILS * seconds.CHAPTER, taken
    assert max(taken.values()) < seconds.FAILS * seconds.CELL, taken


@each_chapter
def test_every_figure_has_a_caption_and_every_image_a_description(page):
    article = soup(page).find("article")
    for image in article.find_all("img"):
        assert image.get("alt", "").strip(), f"no alternative text: {image['src']}"
    for image in article.select(".cell_output img"):
        assert image.find_parent("figure"), f"a computed image without a caption: {image['src']}"
    for figure in article.find_all("figure"):
        caption = figure.find("figcaption")
        assert caption and caption.get_text(strip=True), f"no caption: {figure.get('id')}"


def words_of(page):
    """What a page says, without code, formulas and the addresses of headings."""
    article = BeautifulSoup(str(soup(page).find("article")), "html.parser")
    for other in article.select("pre, code, script, style, .math, .headerlink"):
        other.decompose()
    return [*article.find_all(string=True), *(image["alt"] for image in article.select("img[alt]"))]


TOLD = [page for page in CHAPTERS if not re.match("api|modules|notation|bibliography", page.stem)]


@pytest.mark.parametrize("page", TOLD, ids=lambda page: page.stem)
def test_one_thing_has_one_name_and_numbers_are_written_as_people_do(page):
    """CW and CCW are cw and ccw in code only, and in the ids of claims; powers of ten are raised."""
    for said in words_of(page):
        assert not re.search(r"(?<![\w“-])c?cw\b(?!-)", said), said
        assert not re.search(r"\de[-+]?\d", said), said


@each_chapter
def test_imports_and_checks_are_folded_and_solutions_hold_their_code(page):
    article = soup(page).find("article")
    cells = article.select("div.cell")
    for cell in cells:
        code = cell.select_one("div.cell_input pre")
        lines = [line for line in code.get_text().splitlines() if line.strip()] if code else []
        imports = [line for line in lines if re.match(r"(from|import) ", line)]
        if lines[:1] == imports[:1] and 2 * len(imports) >= len(lines) > 0:
            assert code.find_parent("details"), f"imports that are not folded: {lines[0]}"
    if page.stem in {*NUMBERED, *PROJECTS}:
        assert cells[-1].select_one("details").get_text().count("assert ")
    for solution in article.select(".solution"):
        after = solution.find_next_sibling()
        assert not (after and after.select_one("details.hide")), (
            "a solution and its code are two folds"
        )


# ---- what a browser makes of them


def assert_clean(visit):
    visit.tab.wait_for_load_state("networkidle")
    assert not visit.went_out()
    assert not visit.errors


def test_page_opens_cleanly_without_a_network(desk):
    assert_clean(desk)


def test_page_opens_cleanly_on_a_phone(phone):
    assert_clean(phone)


@each_protocol
def test_the_first_page_leads_into_the_book(browser, address, protocol):
    with Visit(browser, address(REDIRECT, protocol)) as visit:
        visit.tab.wait_for_url("**/book/index.html")
        assert not visit.went_out()
        # A slow machine lets the browser ask for the icon that the redirect, not ours, does not name.
        assert not [error for error in visit.errors if "/favicon.ico" not in error]


def test_mathematics_is_typeset(desk):
    tab = desk.tab
    bare = "nodes => nodes.filter(n => !n.querySelector('mjx-container')).map(n => n.textContent)"
    assert tab.eval_on_selector_all(".math", bare) == []
    assert tab.locator("mjx-merror, [data-mjx-error]").count() == 0
    unknown = tab.locator("[data-mml-node=mtext][fill=red]")  # an unknown command in red
    assert unknown.count() == 0
    text = tab.evaluate(
        """() => {
            const copy = (document.querySelector("article") ?? document.body).cloneNode(true);
            copy.querySelectorAll("pre, code, script, mjx-container").forEach(n => n.remove());
            return copy.textContent;
        }"""
    )
    for raw in ("$", r"\(", r"\[", r"\frac", r"\begin"):
        assert raw not in text, f"{raw} stands in the text: {text[text.index(raw) - 40 :][:80]!r}"


def test_a_chapter_loads_under_two_and_a_half_megabytes(desk):
    """Before the next test asks for the pictures that it did not need."""
    paths = {unquote(urlsplit(u).path) for u in desk.requests if u.startswith(("file:", "http:"))}
    served = [HTML / path.removeprefix(str(HTML)).lstrip("/") for path in paths]
    weight = sum(file.stat().st_size for file in served)
    assert weight < 2.5 * MEGABYTE, weight


def test_images_load(desk):
    """Those under live figures, too, which a browser leaves out until they are seen."""
    empty = """async images => {
        for (const image of images) image.loading = "eager";
        await Promise.allSettled(images.map(image => image.decode()));
        return images.filter(image => !image.naturalWidth).map(image => image.src);
    }"""
    assert desk.tab.eval_on_selector_all("article img", empty) == []


def test_page_fits_a_phone(phone):
    width = phone.tab.evaluate("document.documentElement.scrollWidth")
    too_wide = phone.tab.evaluate(
        """() => [...document.querySelectorAll("article *")]
            .filter(n => n.getBoundingClientRect().right > innerWidth + 1)
            .slice(0, 5).map(n => n.outerHTML.slice(0, 90))"""
    )
    assert width <= PHONE["width"], f"{width} px wide, perhaps because of: {too_wide}"


def test_page_fits_the_narrowest_phone(phone):
    phone.tab.set_viewport_size({"width": 320, "height": PHONE["height"]})
    width = phone.tab.evaluate("document.documentElement.scrollWidth")
    phone.tab.set_viewport_size(PHONE)
    assert width <= 320


STOPS = 3  # of the Tab key, from the top of a page to the link, and from there to the slider


def test_a_link_at_the_top_leads_to_the_first_slider(desk):
    tab = desk.tab
    if not tab.locator(".live-knobs [type=range]").count():
        return
    tab.evaluate("() => (document.activeElement.blur(), scrollTo(0, 0))")
    here = lambda: tab.evaluate("document.activeElement.textContent")
    for _ in range(STOPS):
        tab.keyboard.press("Tab")
        if "Skip to the sliders" in here():
            break
    assert "Skip to the sliders" in here()
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.type") == "range"
    first = "document.activeElement === document.querySelector('.live-knobs [type=range]')"
    assert tab.evaluate(first)


def test_formulas_are_no_stops_of_the_tab_key_and_are_read_aloud(desk):
    tab = desk.tab
    assert tab.locator("mjx-container[tabindex]:not([display])").count() == 0
    assert tab.locator("mjx-container:not(:has(mjx-assistive-mml math))").count() == 0


LATER = {"08_entanglement", "10_figures_1_2"}  # what a chapter must say before its first figure


def test_a_chapter_reaches_its_first_figure_within_a_screen_and_a_half(desk):
    if desk.page.stem in {*NUMBERED, *PROJECTS} - LATER:
        top = desk.tab.locator("article figure").first.bounding_box()["y"]
        assert top <= 1.5 * DESKTOP["height"]


def test_pictures_have_the_dots_of_dense_screens(desk):
    coarse = desk.tab.eval_on_selector_all(
        "article figure img[style*='--drawn'][src$='.png']",
        "all => all.filter(i => i.naturalWidth < 1.9 * i.getBoundingClientRect().width).map(i => i.src)",
    )
    assert coarse == []


FIGURES = ROOT / "book" / "drawings"
SIZES = [float(size) for f in FIGURES.rglob("*.py") for size in SIZE.findall(f.read_text("utf-8"))]
SMALLEST = min(SIZES) * DPI / 72  # pixels of the smallest letters, as the figures are drawn
LETTERS = """smallest => [...document.querySelectorAll("article figure img")].map(i => {
    if (!i.clientWidth) return Infinity;
    const drawn = parseFloat(i.style.getPropertyValue("--drawn"));
    return (drawn ? smallest / drawn : 12 / i.naturalWidth) * i.getBoundingClientRect().width;
})"""  # 12: the smallest letters of a drawing in SVG, in kit.svg


def test_letters_in_pictures_are_9_pixels_high_on_a_phone(phone):
    """A picture that would be smaller on the screen is scrolled in its frame."""
    heights = phone.tab.evaluate(LETTERS, SMALLEST)
    assert all(height >= 9 for height in heights), heights
    assert phone.tab.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


# ---- from here on the page is changed


def bare(text):
    """Letters alone: a formula is set in letters of its own, with spaces of its own."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def test_folded_parts_unfold(desk):
    folded = desk.tab.locator("article .admonition.dropdown, article .admonition.toggle-hidden")
    for part in folded.all():
        inside = part.locator(".toggle-hidden, section, p:not(.admonition-title)").last
        assert not inside.is_visible()
        button = part.locator("button.toggle-button").first
        title = part.locator(".admonition-title").first.inner_text()
        label = button.get_attribute("aria-label")
        assert bare(label) == bare(f"Show or hide: {title}")
        button.click()
        assert inside.is_visible()


UNFOLD = """() => {
    document.querySelectorAll("article details").forEach(fold => { fold.open = true; });
    document.querySelectorAll(".toggle-hidden").forEach(fold => fold.classList.remove("toggle-hidden"));
}"""
CUT = """() => [...document.querySelectorAll("article pre, article table, article :has(> table)")]
    .filter(box => box.clientWidth && box.scrollWidth > box.clientWidth + 1 && !box.closest(".live-app"))
    .map(box => `${box.scrollWidth} > ${box.clientWidth}: ${box.textContent.trim().slice(0, 50)}`)"""


# ---- visits of their own


def test_the_ledger_needs_no_sideways_scrolling_on_a_phone(browser):
    with Visit(browser, (HTML / "book" / "ledger.html").as_uri(), viewport=PHONE) as visit:
        visit.tab.evaluate(UNFOLD)
        assert visit.tab.evaluate(CUT) == []
        names = "cells => cells.map(c => getComputedStyle(c, '::before').content)"
        shown = visit.tab.eval_on_selector_all("table.cards td[data-label]", names)
        assert shown and "none" not in shown


INKS = """() => ["mjx-container", "article p", "article a", "pre span"].map(name =>
    getComputedStyle(document.querySelector(name)).color)"""


def test_paper_has_the_inks_of_the_light_theme(browser):
    """A formula, too, which takes the colour of the text."""
    with Visit(browser, (HTML / "book" / "03_langevin.html").as_uri()) as visit:
        tab, inks = visit.tab, {}
        for media, scheme, theme in (
            ("screen", "light", "light"),
            ("screen", "dark", "dark"),
            ("print", "dark", "light"),
            ("screen", "dark", "dark"),
        ):
            tab.emulate_media(media=media, color_scheme=scheme, reduced_motion="reduce")
            tab.wait_for_function(f"document.documentElement.dataset.theme === '{theme}'")
            tab.wait_for_timeout(200)  # colours fade
            tab.evaluate(STILL)
            inks[media, scheme] = tab.evaluate(INKS)
        assert inks["print", "dark"] == inks["screen", "light"] != inks["screen", "dark"]


UNPRINTED = """() => [...document.querySelectorAll("article :is(.solution p, details:not(.live-code) pre)")]
    .filter(part => !part.checkVisibility({opacityProperty: true, visibilityProperty: true}))
    .map(part => part.textContent.slice(0, 40))"""


def test_a_chapter_prints_with_its_solutions_and_all_of_its_code(browser):
    with Visit(browser, (HTML / "book" / "13_why.html").as_uri()) as visit:
        tab = visit.tab
        tab.emulate_media(media="print")
        tab.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert tab.evaluate(UNPRINTED) == []
        assert tab.evaluate(CUT) == []
        assert tab.pdf().startswith(b"%PDF")
        tab.evaluate("dispatchEvent(new Event('afterprint'))")
        tab.emulate_media(media="screen")
        assert tab.locator("article .solution p:not(.admonition-title)").first.is_hidden()


@each_protocol
def test_search_finds_a_chapter(browser, address, protocol):
    page = CHAPTERS[0]
    word = max(re.findall(r"\w+", soup(page).find("h1").get_text()), key=len)
    with Visit(browser, address(HTML / "search.html", protocol) + "?q=" + word) as visit:
        visit.tab.wait_for_selector("#search-results li a")
        visit.tab.wait_for_load_state("networkidle")
        links = visit.tab.eval_on_selector_all(
            "#search-results li a", "all => all.map(a => a.href)"
        )
        assert any(page.name in link for link in links)
        assert not visit.went_out()
        assert not visit.errors


@pytest.mark.parametrize("word, protocol", [
    ("Sagnac", "file"), ("kappa", "http"), ("fluctuations", "file"),
])  # fmt: skip
def test_excerpts_of_the_search_are_text(browser, address, word, protocol):
    with Visit(browser, address(HTML / "search.html", protocol) + "?q=" + word) as visit:
        tab = visit.tab
        tab.wait_for_function(
            "document.querySelector('.search-summary')?.innerText.includes('finished')"
        )
        shown = tab.eval_on_selector_all("#search-results li", "all => all.map(li => li.innerText)")
        assert shown and not [line for line in shown if re.search(r"[\\$]|_\{|```|import ", line)]
        bare = tab.locator("#search-results li:not(:has(p.context, a + span))")
        assert bare.all_inner_texts() == []
        assert not visit.errors
