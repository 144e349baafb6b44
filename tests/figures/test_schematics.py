"""Figs. 1(a), 1(b), 6 and the parts of the model: SVG that shows computed numbers, and words to be read."""

from xml.etree import ElementTree

import pytest

import omcore as om
from drawings.fig1 import fig1a, fig1b
from drawings.fig6 import fig6
from drawings.hamiltonian import parts
from drawings.kit.style import PAIR_STYLES

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
    drawings = fig1a.draw(om.solve(om.PAPER)), fig1b.draw(om.PAPER), fig6.draw(), parts.draw()
    assert len({read(drawing)[0] for drawing in drawings}) == 4


def test_fig1a_shows_the_computed_numbers_and_edges_as_wide(reading):
    s = om.solve(om.PAPER, reading)
    _, description, words = read(fig1a.draw(s))
    for pair, look in PAIR_STYLES.items():
        E = s.log_negativity(*pair)
        number = f"{E:.4f}" if E > 0 else "0"
        assert number in words and f"{look['label']} {number}" in description
    width = fig1a.PIXELS_PER_E * s.log_negativity("a", "m")
    assert f'stroke-width="{width:.2f}"' in fig1a.draw(s)


def test_fig1a_says_when_there_is_no_steady_state():
    _, _, words = read(fig1a.draw(om.solve(om.PAPER.replace(Delta_c=0.0))))
    assert words.count("–") == 6 and "Unstable: no steady state" in words


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
    assert fig1a.draw(om.solve(changed)) != fig1a.draw(om.solve(om.PAPER))


def test_drawings_refuse_sweeps():
    sweep = om.PAPER.replace(Delta_a=[-W, 0.0])
    for draw in (lambda: fig1a.draw(om.solve(sweep)), lambda: fig1b.draw(sweep)):
        with pytest.raises(ValueError, match="single point"):
            draw()


def test_the_parts_are_named_with_every_rate_of_the_hamiltonian_and_its_losses():
    said = " ".join(read(parts.draw())[2])
    for letter in ("ωccw", "ωcw", "ωm", "ωa", "G0", "Ga", "ε", "κ", "γa", "γm", "Ω"):
        assert letter in said, letter
