"""The addresses that the book once had lead to where their text is now.

A small page stands at each. It goes on at once, takes along what stands behind the # (a saved state of a
figure), and has a link for browsers without scripts.
"""

from pathlib import Path

MOVED = {
    "10_fig1": "10_figures_1_2.html",
    "11_fig2": "10_figures_1_2.html#figure-2",
    "12_fig3": "11_figures_3_5.html",
    "13_fig4": "12_figure_4.html",
    "14_fig5": "11_figures_3_5.html#figure-5",
    "15_verdict": "14_verdict.html",
    "16_why": "13_why.html",
    "17_built": "built.html",
    "18_race": "who_wins.html",
    "19_sweep": "large_sweeps.html",
    "20_measures": "measures.html",
    "21_build": "other_systems.html",
    "22_evolution": "in_time.html",
    "23_quiet": "quiet.html",
    "24_seen": "seen.html",
    "25_sure": "sure.html",
    "26_elsewhere": "who_wins.html#who-wins-where",
}
PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>This page has moved</title>
<p>This page has moved: <a href="{place}">go on to its new place</a>.</p>
<script>
const place = new URL("{place}", location);
place.hash = location.hash || place.hash;
location.replace(place);
</script>
</html>
"""


def lead_on(app, exception):
    if exception or app.builder.format != "html":
        return
    for old, place in MOVED.items():
        page = Path(app.outdir) / "book" / f"{old}.html"
        page.write_text(PAGE.format(place=place), "utf-8")


def setup(app):
    app.connect("build-finished", lead_on, priority=900)  # after fresh.py has removed old pages
    return {"parallel_read_safe": True, "parallel_write_safe": True}
