"""What is looked at last on the built pages: with all parts unfolded, and by axe-core, which is given them
without what stands inside formulas and drawings.
"""

from pathlib import Path

import axe_playwright_python
from built_page import STILL
from test_pages import CUT, UNFOLD
from trust.effort import LONG


def test_no_line_of_code_and_no_table_is_cut(desk):
    desk.tab.evaluate(UNFOLD)
    assert desk.tab.evaluate(CUT) == []


AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
# What stands inside formulas and drawings takes axe minutes, and has tests of its own; of the words of
# code one of each colour is enough, and of the numbers of a live figure the first rows.
EMPTIED = """() => {
    for (const formula of document.querySelectorAll("mjx-container")) formula.textContent = "x";
    const drawings = document.querySelectorAll(".live-panel svg, [role=img] svg");
    for (const drawing of drawings) drawing.replaceChildren();
    for (const row of document.querySelectorAll(".live tr:nth-child(n + 4)")) row.remove();
    const seen = new Set(), again = [];
    for (const word of document.querySelectorAll("pre span")) {
        const ground = getComputedStyle(word.closest("pre")).backgroundColor, kind = word.className + ground;
        if (seen.has(kind)) again.push(word);
        seen.add(kind);
    }
    for (const word of again) word.replaceWith(...word.childNodes); // all at once: one layout
}"""
# Contrast takes axe four times as long as all other rules together. It judges the first three words that
# look alike: by element, class, ink, size, and every ground and opacity below them.
INKED = """() => {
    const grounds = new Map([[null, ""]]), seen = new Map();
    for (const node of document.documentElement.querySelectorAll("*")) {
        const style = getComputedStyle(node), clear = "rgba(0, 0, 0, 0)";
        const own = [style.backgroundColor, style.backgroundImage, style.opacity].join();
        const below = grounds.get(node.parentElement) ?? "";
        grounds.set(node, own === `${clear},none,1` ? below : `${below} ${own}`);
        const hasWords = [...node.childNodes].some(one => one.nodeType === 3 && one.data.trim());
        const isSeen = node.checkVisibility({ opacityProperty: true, visibilityProperty: true });
        if (!isSeen || !hasWords && !node.matches("input, select, textarea, button")) continue;
        const looks = [node.tagName, node.className, style.color, style.fontSize, style.fontWeight];
        const key = [...looks, grounds.get(node)].join(), times = (seen.get(key) ?? 0) + 1;
        seen.set(key, times);
        if (times <= 3) node.dataset.inked = "";
    }
    axe.configure({ rules: [{ id: "color-contrast", selector: "[data-inked]" }] });
}"""
RUN = "options => axe.run(document, options).then(found => found.violations)"


def test_axe_finds_nothing_serious(desk):
    """Of axe-core's rules none of a serious or critical impact is broken."""
    tab = desk.tab
    tab.evaluate(UNFOLD)
    tab.evaluate(EMPTIED)
    tab.evaluate(STILL)
    tab.evaluate(AXE.read_text(encoding="utf-8"))
    if not LONG:
        tab.evaluate(INKED)
    found = tab.evaluate(RUN, {"resultTypes": ["violations"], "preload": False})
    bad = [broken for broken in found if broken["impact"] in ("serious", "critical")]
    assert not bad, [(v["id"], [n["html"][:120] for n in v["nodes"][:3]]) for v in bad]
