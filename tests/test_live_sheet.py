"""What is taken away from a live figure, drawing and data, and its colours on a dark page."""

import csv
import io
import xml.etree.ElementTree as xml

import numpy as np
import pytest
from live_page import page_of
from test_live_noise import OF_EACH_KIND

from drawings.kit.embed import looks, on_dark
from drawings.kit.knobs import KNOBS
from drawings.kit.live import live
from omcore.outputs import COUPLINGS, PAIRS

SVG = "{http://www.w3.org/2000/svg}"
GROUND = "#121212"  # of the theme's dark pages
THEME = f""":root {{
    --pst-color-background: {GROUND}; --pst-color-text-base: #ced6dd; --pst-color-text-muted: #9ca4af;
    --pst-color-border: #48566b; --pst-color-surface: #222832; --pst-color-primary: #528fe4; }}"""
LINES = {
    f"line {k}": ("stationary", {"power": 1e-3 * k}) for k in (1, 2, 3)
}  # with looks of their own
FIGURES = (
    live(("Delta_c", -2.5, 5), "E_am", ["power", "Delta_c"], reading="both", name="curves", extra=LINES),
    live("Delta_a", [PAIRS, COUPLINGS, ["R_driven", "R_a", "R_m"]], ["power"], name="many"),
    live(("kappa", 0.05, 3, "log"), "R", ["power"], over=("gamma_a", 0.05, 3, "log"), name="map"),
    *OF_EACH_KIND,
)  # fmt: skip
NAMES = [figure.spec["name"] for figure in FIGURES]


page = page_of(*FIGURES)


def saved(page, name):
    """The drawing of a figure as it is saved, and all its words."""
    page.filled(name)
    with page.tab.expect_download() as download:
        page.figure(name).get_by_role("button", name="SVG").click()
    root = xml.fromstring(download.value.path().read_text(encoding="utf-8"))
    return root, " ".join("".join(text.itertext()) for text in root.iter(f"{SVG}text"))


# ---- the drawing


def test_a_saved_drawing_has_legend_caption_and_every_parameter(page):
    caption = "Fig. 9 What is drawn & how, in units of \\(\\omega_m\\)."
    page.figure("curves").evaluate(
        """(host, caption) => {
            const figure = document.createElement("figure"), words = document.createElement("figcaption");
            host.replaceWith(figure);
            words.innerHTML = "<a class='headerlink'>#</a>";
            words.prepend(caption);
            figure.append(host, words);
        }""",
        caption,
    )
    page.go("#curves?power=0.02")
    root, words = saved(page, "curves")
    for look in page.ask("curves", "f.spec.cases.map(c => f.spec.looks[c])"):
        assert look["label"] in words
        strokes = [
            path.get("stroke") for path in root.find(f"{SVG}g[@class='legend']").iter(f"{SVG}path")
        ]
        assert look["light"] in strokes
    for part in ("hatched: no steady state", "faint: as it starts"):
        assert part in words
    said = " ".join(root.find(f"{SVG}g[@class='caption']").itertext())
    assert said == "Fig. 9 What is drawn & how, in units of ωm."
    words = words.replace("\u200b", "")
    for name, quantity in KNOBS.items():
        assert f"{page.tab.evaluate('s => omcore.labels.plain(s)', quantity.symbol)} = " in words, (
            name
        )
    assert "P = 20 mW (stationary, CW driven, CCW driven), 1 mW (line 1), " in words, (
        "what a line holds"
    )
    assert (
        "Δc = 1 ωₘ (stationary, line 1, line 2, line 3), −1 ωₘ (CW driven), 2.5 ωₘ (CCW driven)"
        in words
    )
    page.go("#curves?")


@pytest.mark.parametrize("name", NAMES)
def test_every_kind_is_saved_with_its_words_on_the_sheet(page, name):
    root, words = saved(page, name)
    width, height = float(root.get("width")), float(root.get("height"))
    assert "As set:" in words and "–" not in root.find(f"{SVG}g[@class='parameters']").itertext()
    for group in ("legend", "caption", "parameters"):
        for text in root.find(f"{SVG}g[@class='{group}']").iter(f"{SVG}text"):
            letters = len("".join(text.itertext()))
            assert float(text.get("x")) + 4 * letters < width and float(text.get("y")) < height
    if name in ("map", "locus", "matrix"):
        assert len(root.findall(f".//{SVG}linearGradient/{SVG}stop")) >= 32, (
            "the bar of its colours"
        )
    if name == "map":
        assert any(
            image.get("href", "").startswith("data:image/png") for image in root.iter(f"{SVG}image")
        )


# ---- the data


@pytest.mark.parametrize("name", NAMES)
def test_a_file_opens_in_a_spreadsheet_and_names_no_column_twice(page, name):
    page.filled(name)
    text = page.ask(name, "f.csv")
    assert text.startswith("\ufeff") and text.count("\ufeff") == 1
    header, *rows = csv.reader(io.StringIO(text[1:]))
    assert len(set(header)) == len(header), header
    assert all(len(row) == len(header) for row in rows) and rows
    assert not any("NaN" in row or "Infinity" in row for row in rows)


def test_the_csv_button_saves_the_data_under_the_name_of_the_figure(page):
    page.filled("curves")
    with page.tab.expect_download() as download:
        page.figure("curves").get_by_role("button", name="CSV").click()
    assert download.value.suggested_filename == "curves.csv"
    assert download.value.path().read_bytes().decode() == page.ask("curves", "f.csv")


@pytest.mark.parametrize("name", ["curves", "many"])
def test_a_file_holds_every_point_as_drawn(page, name):
    header, *rows = csv.reader(io.StringIO(page.ask(name, "f.csv")[1:]))
    columns = dict(zip(header, zip(*rows, strict=True), strict=True))
    x, *_ = columns.values()
    drawn = page.ask(
        name, "f.shown.map(l => [l.output, l.case, l.reading, Array.from(l.x), Array.from(l.y)])"
    )
    for output, case, reading, places, values in drawn:
        label = page.tab.evaluate("n => omcore.labels.output(n, omcore.labels.plain)", output)
        there = [float(v) if v else np.nan for v in columns[f"{label}, {case}, {reading}"]]
        assert [float(v) for v in x] == places
        np.testing.assert_array_equal(there, np.array(values, float))


# ---- in the dark


def test_a_colour_without_a_twin_on_a_dark_page_is_refused():
    with pytest.raises(ValueError, match="#123456.*ON_DARK"):
        looks({"new": {"color": "#123456", "linestyle": "-", "label": "new"}})
    assert on_dark("#000000") != "#000000"


def luminance(colour):
    """Relative luminance of "rgb(...)" or "#..." as WCAG has it."""
    if colour.startswith("#"):
        parts = [int(colour[k : k + 2], 16) for k in (1, 3, 5)]
    else:
        parts = [float(part) for part in colour[colour.index("(") + 1 : -1].split(",")[:3]]
    linear = [
        v / 12.92 if v <= 0.03928 else ((v + 0.055) / 1.055) ** 2.4 for v in np.array(parts) / 255
    ]
    return float(np.dot([0.2126, 0.7152, 0.0722], linear))


def contrast(one, other):
    low, high = sorted(map(luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


PAINTED = """host => [...host.querySelectorAll(
    ".live-panel svg :is(path, circle, text, tspan, .flag), .live-legend svg path"
)].filter(n => !n.matches(".grid, .area, .hidden")).flatMap(n => {
    const style = getComputedStyle(n), colours = [];
    const isText = n.matches("text, tspan"), isDot = n.matches("circle");
    if (!isText && !isDot && style.stroke !== "none") colours.push(style.stroke);
    if ((isText || isDot) && style.fill !== "none") colours.push(style.fill);
    return colours.map(colour => [n.tagName + "." + (n.getAttribute("class") ?? ""), colour]);
})"""


@pytest.mark.parametrize("name", NAMES)
def test_every_line_dot_and_letter_is_seen_on_a_dark_page(page, name):
    page.filled(name)
    sheet = page.tab.add_style_tag(content=THEME)
    page.tab.evaluate("document.documentElement.dataset.theme = 'dark'")
    painted = {tuple(pair) for pair in page.figure(name).evaluate(PAINTED)}
    page.tab.evaluate("delete document.documentElement.dataset.theme")
    sheet.evaluate("node => node.remove()")
    assert len(painted) > 2
    assert not {pair for pair in painted if contrast(pair[1], GROUND) < 3}


def test_a_bar_has_the_colours_of_its_dots_in_the_dark(page):
    bar, dots = page.ask("locus", """[f.host.querySelector(".live-bar div > i"),
        ...f.host.querySelector(".live-panel").querySelectorAll(".cloud")].reduce(([bar, dots], node, k) => {
            const dark = node.style.getPropertyValue("--dark").trim();
            return k ? [bar, [...dots, dark]] : [dark, dots];
        }, ["", []])""")  # fmt: skip
    assert len(dots) == 32 and all(colour in bar for colour in dots)
