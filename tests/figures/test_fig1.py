"""Figs. 1(a), 1(b) and 6: the drawings show the computed numbers, and refuse what they cannot show."""

import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest

import omcore as om
from drawings.fig1 import fig1a, fig1b, fig1c
from drawings.fig6 import fig6
from drawings.kit.style import PAIR_STYLES

w = om.PAPER.omega_m


def read(drawing):
    """Title, description, words of an SVG drawing."""
    root = ElementTree.fromstring(drawing)
    space = {"s": "http://www.w3.org/2000/svg"}
    assert (
        root.get("role") == "img" and root[0].tag.endswith("title") and root[1].tag.endswith("desc")
    )
    words = ["".join(text.itertext()) for text in root.iterfind(".//s:text", space)]
    return root[0].text, root[1].text, words


def drawings(p=om.PAPER):
    return fig1a.draw(om.solve(p)), fig1b.draw(p), fig6.draw()


def test_drawings_are_xml_with_text_alternatives_and_words_large_enough():
    titles = set()
    for drawing in drawings():
        title, description, words = read(drawing)
        assert len(description) > 60 and words
        titles.add(title)
        sizes = [
            float(e.get("font-size"))
            for e in ElementTree.fromstring(drawing).iter()
            if e.tag.endswith("text")
        ]
        assert min(sizes) >= 12
        assert drawing._repr_svg_() == drawing
    assert len(titles) == 3


def test_fig1a_shows_the_computed_numbers_and_edges_as_wide(reading):
    s = om.solve(om.PAPER, reading)
    _, description, words = read(fig1a.draw(s))
    for pair in PAIR_STYLES:
        E = s.log_negativity(*pair)
        number = f"{E:.4f}" if E > 0 else "0"
        assert number in words and f"{PAIR_STYLES[pair]['label']} {number}" in description
    width = fig1a.PIXELS_PER_E * s.log_negativity("a", "m")
    assert f'stroke-width="{width:.2f}"' in fig1a.draw(s)


def test_fig1a_says_when_there_is_no_steady_state():
    _, _, words = read(fig1a.draw(om.solve(om.PAPER.replace(Delta_c=0.0))))
    assert words.count("–") == 6 and "Unstable: no steady state" in words


def test_fig1b_places_the_resonances_where_the_sagnac_effect_puts_them():
    for p in om.CASES.values():
        _, _, words = read(fig1b.draw(p))
        for detuning in (*om.cavity_detunings(p).values(), p.Delta_c, p.Delta_a):
            assert f"{detuning / w:.2f}".replace("-", "−") in words
    assert not any(word.startswith("ΔF") for word in read(fig1b.draw(om.CASES["stationary"]))[2])


@pytest.mark.parametrize(
    "field, value", [("Delta_c", 1.7 * w), ("Delta_a", -0.6 * w), ("angular_velocity", 5e3)]
)
def test_drawings_follow_the_parameters(field, value):
    changed = om.PAPER.replace(**{field: value})
    assert fig1b.draw(changed) != fig1b.draw(om.PAPER)
    assert fig1a.draw(om.solve(changed)) != fig1a.draw(om.solve(om.PAPER))


def test_drawings_refuse_sweeps():
    sweep = om.PAPER.replace(Delta_a=[-w, 0.0])
    with pytest.raises(ValueError, match="single point"):
        fig1a.draw(om.solve(sweep))
    with pytest.raises(ValueError, match="single point"):
        fig1b.draw(sweep)


def test_a_resonator_at_rest_peaks_alike_from_both_sides_and_far_apart_it_saturates():
    spun = fig1c.rotation(angular_velocity=np.array([1.0, 3e5]))
    for height in spun.E_am.values():
        assert height[0] == pytest.approx(spun.at_rest, rel=1e-3)
    assert spun.E_am["cw"][1] == pytest.approx(spun.E_am["ccw"][1], rel=1e-2)


def test_the_peaks_lie_on_top_of_the_curves(reading):
    d = fig1c.data(resolution=301, reading=reading)
    for case, (position, height) in d.peaks.items():
        top = np.nanmax(d.E_am[case])
        assert top <= height < 1.001 * top
        assert position == pytest.approx(d.detuning[np.nanargmax(d.E_am[case])], abs=0.03)
    assert d.enhancement["stationary"] == 1 < min(d.enhancement["cw"], d.enhancement["ccw"])
