r"""Symbols, which the library has in LaTeX, as a page writes them: in HTML, in SVG and in plain letters."""

import re
from html import escape

import omcore as om
from omcore.outputs import OUTPUTS

from .knobs import KNOBS, QUADRATURES

GREEK = {
    "alpha": "α", "Delta": "Δ", "Omega": "Ω", "omega": "ω", "kappa": "κ", "gamma": "γ", "Gamma": "Γ",
    "lambda": "λ", "theta": "θ", "eta": "η", "tau": "τ", "mu": "μ",
}  # fmt: skip
GROUP = r"\{(?:[^{}]|\{[^{}]*\})*\}|\\mathrm\{[^{}]*\}|\\?\w"
SYMBOL = re.compile(rf"([^_^]+)(?:([_^])({GROUP}))?")
RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
OTHERS = (  # that a kind of figure has on its axes or in its words
    r"\Delta", r"\Delta_F", r"\Delta_\mathrm{cw}", r"\Delta_\mathrm{ccw}",
    r"\lambda", "E_N", "E_{a-m}", "S", "V", "t",
)  # fmt: skip


def letters(latex) -> str:
    r"""LaTeX without its commands.

    >>> letters(r"\tilde\Delta"), letters(r"\mathrm{a\to m}")
    ('Δ̃', 'a→m')
    """
    greek = lambda found: GREEK.get(found[1], found[1])
    text = re.sub(r"\\math(rm|cal)", "", latex)
    text = re.sub(r"\\to\b ?", "→", text).replace(r"\,", "\u2009")
    text = re.sub("[{}]", "", text).replace("-", "–")
    text = re.sub(r"\\tilde\\?([A-Za-z]+)", lambda found: greek(found) + "\u0303", text)
    return re.sub(r"\\([A-Za-z]+)", greek, text)


def pieces(latex) -> list[tuple[str, str, bool]]:
    """Each letter with its index, and whether that is raised; a raised digit is a letter of its own.

    >>> pieces("E_{a-m}"), pieces("r^2")
    ([('E', 'a–m', False)], [('r²', '', False)])
    """
    found = []
    for base, place, index in SYMBOL.findall(latex):
        if place == "^" and index.isdecimal():
            found.append((letters(base) + RAISED[int(index)], "", False))
        else:
            found.append((letters(base), letters(index), place == "^"))
    return found


def written(latex) -> tuple[str, str, str]:
    r"""A symbol in HTML, in SVG and in plain letters.

    >>> html, svg, plain = written(r"\omega_m")
    >>> html, plain
    ('<i>ω</i><sub>m</sub>', 'ωm')
    """
    html = svg = plain = ""
    for base, index, raised in pieces(latex):
        html += f"<i>{escape(base)}</i>"
        svg += f'<tspan font-style="italic">{escape(base)}</tspan>'
        plain += base + index
        if index:
            tag, down = ("sup", -5) if raised else ("sub", 3)
            html += f"<{tag}>{escape(index)}</{tag}>"
            svg += f'<tspan dy="{down}" font-size="0.75em">{escape(index)}</tspan>'
            svg += f'<tspan dy="{-down}">\u200b</tspan>'
    return html, svg, plain


def known() -> dict[str, tuple[str, str, str]]:
    """All symbols of the library, and what else a page writes, by their LaTeX."""
    outputs = [output.symbol for output in OUTPUTS.values()]
    stems = [re.split("[_^]", symbol)[0].replace("|", "") for symbol in outputs]
    quadratures = [symbol.replace(r"\delta", "").strip() for symbol in QUADRATURES]
    quantities = [q.symbol for q in (*om.QUANTITIES.values(), *KNOBS.values())]
    return {s: written(s) for s in (*quantities, *outputs, *stems, *quadratures, *OTHERS)}
