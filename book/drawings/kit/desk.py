"""Lists and sliders of a live figure, as HTML that ``page/desk.js`` makes work."""

from html import escape

from .knobs import Knob
from .symbols import written

SEARCH = (
    '<label class="live-search">find a parameter <input type="search" placeholder="symbol or meaning">'
    '<small role="status"></small></label>'
)
GROUP = (  # title; sliders that stand open; how many are folded, and those
    '<fieldset class="live-group"><legend>{}</legend>{}'
    '<details class="live-fold"><summary>{} more</summary>{}</details></fieldset>'
)
# A unit behind a number, and as it is spoken, where that is not its name.
AFTER = {"1": "", "10⁹": " × 10⁹"}
SPOKEN = {"1": "", "omega_m": "omega m", "°": "degrees"}
OMEGA = r"\omega_m"


def slider(figure: str, name: str, knob: Knob) -> str:
    """A slider and its number, of which the scripts set the ends and the value.

    >>> from drawings.kit.knobs import KNOBS
    >>> 'aria-label="temperature of the mechanical bath, value in mK"' in slider(
    ...     "one", "temperature", KNOBS["temperature"]
    ... )
    True
    """
    unit, key = knob.shown.unit, f"live-{figure}-{name}"
    spoken = SPOKEN.get(unit, unit)
    value = f"{knob.meaning}, value" + (f" in {spoken}" if spoken else "")
    behind = written(OMEGA)[0] if unit == "omega_m" else AFTER.get(unit, f" {unit}")
    symbol = f'<span class="live-symbol">{written(knob.symbol)[0]}</span>'
    return f"""<div class="live-knob"><label for="{key}">{symbol}
      <small>{escape(knob.meaning)}</small></label>
    <span class="live-number"><input type="text" inputmode="decimal" autocomplete="off" spellcheck="false"
      aria-describedby="{key}-refused" aria-label="{escape(value)}"><span>{behind}</span></span>
    <p class="live-refused" id="{key}-refused" role="status"></p>
    <input type="range" id="{key}" name="{name}" step="any" aria-label="{escape(knob.meaning)}"></div>"""


def sliders(figure: str, knobs: dict[str, Knob], near=()) -> str:
    """All sliders; where some stand near, in groups by what they belong to, the others folded."""
    if not near:
        return "".join(slider(figure, name, knob) for name, knob in knobs.items())
    groups = {}
    for name, knob in knobs.items():
        some = groups.setdefault(knob.group, ([], []))
        some[name not in near].append(slider(figure, name, knob))
    return SEARCH + "".join(
        GROUP.format(title, "".join(near), len(far), "".join(far))
        for title, (near, far) in groups.items()
    )


def choice(figure: str, words: str, name: str, options: dict[str, str]) -> str:
    """A list, with {value: what it says}."""
    key = f"live-{figure}-list-{name}"
    inside = "".join(f'<option value="{v}">{escape(text)}</option>' for v, text in options.items())
    return f"""<div class="live-list"><label for="{key}">{words}</label>
      <select id="{key}" name="{name}">{inside}</select></div>"""


def named(quantity, unit: str) -> str:
    """A quantity in a list: its symbol, its unit and what it means.

    >>> from drawings.kit.knobs import KNOBS
    >>> named(KNOBS["power"], "mW"), named(KNOBS["kappa"], "omega_m")
    ('P (mW): power of the driving laser', 'κ/ωm: cavity amplitude decay rate')
    """
    plain = lambda latex: written(latex)[2]
    behind = {"omega_m": f"/{plain(OMEGA)}", "1": ""}.get(unit, f" ({unit})")
    return f"{plain(quantity.symbol)}{behind}: {quantity.meaning}"
