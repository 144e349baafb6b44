"""Figs. 1(b), 6 and the parts of the model: SVG that shows computed numbers, and words to be read."""

from xml.etree import ElementTree

import pytest

import omcore as om
from drawings.fig1 import fig1b
from drawings.fig6 import fig6
from drawings.hamiltonian import parts

W = om.PAPER.omega_m
SVG = "{http://www.w3.org/2000/svg}"


def read(drawing):
    """Title, description, words of an SVG drawing, once it is seen that all can be read."""
    root = ElementTree.fromstring(drawing)
    assert root.get("role") == "img" and [root[0].tag, root[1].tag] == [f"{SVG}title", f"{SVG}desc"]
    texts = list(root.iter(f"{SVG}text"))
    assert texts and min(float(text.get("font-size")) for text in texts) >= 12
    assert len(root[1].text) > 60 and drawing._repr_svg_() == drawing
    return root[0].text, root[1].text, ["".join(text.itertext()) for text in texts]


def test_drawings_are_xml_with_text_alternatives_and_words_large_enough():
    drawings = fig1b.draw(om.PAPER), fig6.draw(), parts.draw()
    assert len({read(drawing)[0] for drawing in drawings}) == 3


def test_fig1b_places_the_resonances_where_the_sagnac_effect_puts_them(case):
    p = om.CASES[case]
    _, _, words = read(fig1b.draw(p))
    for detuning in (*om.cavity_detunings(p).values(), p.Delta_c, p.Delta_a):
        assert f"{detuning / W:.2f}".replace("-", "−") in words
    assert any(word.startswith("ΔF") for word in words) == (case != "stationary")


@pytest.mark.parametrize(
    "field, value", [("Delta_c", 1.7 * W), ("Delta_a", -0.6 * W), ("angular_velocity", 5e3)]
)
def test_drawings_follow_the_parameters(field, value):
    changed = om.PAPER.replace(**{field: value})
    assert fig1b.draw(changed) != fig1b.draw(om.PAPER)


def test_drawings_refuse_sweeps():
    sweep = om.PAPER.replace(Delta_a=[-W, 0.0])
    with pytest.raises(ValueError, match="single point"):
        fig1b.draw(sweep)


def test_the_parts_are_named_with_every_rate_of_the_hamiltonian_and_its_losses():
    said = " ".join(read(parts.draw())[2])
    for letter in ("ωccw", "ωcw", "ωm", "ωa", "G0", "Ga", "ε", "κ", "γa", "γm", "Ω"):
        assert letter in said, letter
