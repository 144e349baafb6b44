"""The figures: what they hold is right, what is unstable stays empty, and nothing is left open."""

import functools
import xml.etree.ElementTree as ElementTree

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.figure import Figure

import omcore as om
from omcore.figures import fig1c, fig2, fig3, fig4, fig5, schematics
from omcore.figures.style import CASE_STYLES, PAIR_STYLES, colour_scale
from omcore.figures.svg import spread
from omcore.paper.observables import R_peak

READINGS = ["self-consistent", "bare-detuning"]
CASES = ["stationary", "cw", "ccw"]
w = om.PAPER.omega_m

each_reading = pytest.mark.parametrize("reading", READINGS)
each_case = pytest.mark.parametrize("case", CASES)


# ---- Fig. 2


@each_reading
def test_fig2_peaks_lie_on_top_of_the_curves(reading):
    d = fig2.data(resolution=301, mean_field=reading)
    for case in CASES:
        position, height = d.peaks[case]
        curve = d.E[case]["a", "m"]
        assert curve.max() <= height <= curve.max() * 1.001
        assert position == pytest.approx(d.detuning[curve.argmax()], abs=0.02)


@each_reading
def test_fig2_entanglement_leaves_the_driven_mode_where_the_atoms_gain_it(reading):
    """Near Delta_a = -omega_m; spinning leaves next to nothing to the undriven mode."""
    d = fig2.data(resolution=401, mean_field=reading)
    near = abs(d.detuning + 1) < 0.4
    for case in CASES:
        assert d.E[case]["driven", "m"][near].min() < 0.7 * d.E[case]["driven", "m"].max()
        assert -1.3 < d.peaks[case][0] < -0.9
    lost = {case: d.E[case]["undriven", "m"][near].max() for case in CASES}
    assert max(lost["cw"], lost["ccw"]) < 0.2 * lost["stationary"]
    assert min(d.peaks["cw"][1], d.peaks["ccw"][1]) > 1.6 * d.peaks["stationary"][1]


def test_fig2_only_the_bare_reading_matches_the_couplings_better_when_spinning():
    """The paper's Fig. 2(d)-(f): |G_driven-m| near G_a when spinning, apart at rest."""
    apart = {}
    for reading in READINGS:
        balance = fig2.data(resolution=3, mean_field=reading).balance
        apart[reading] = {case: abs(ratio - 1) for case, ratio in balance.items()}
    bare, consistent = apart["bare-detuning"], apart["self-consistent"]
    assert max(bare["cw"], bare["ccw"]) < bare["stationary"]
    assert min(consistent["cw"], consistent["ccw"]) > consistent["stationary"]


@each_reading
def test_fig2_a_resonator_at_rest_does_not_know_the_direction(reading):
    rest, x = om.CASES["stationary"], np.linspace(-3, 1, 9)
    one = fig2.solution(rest, x, reading)
    other = fig2.solution(rest.replace(drive="cw"), x, reading)
    for pair in fig2.PAIRS:
        assert one.log_negativity(*pair) == pytest.approx(other.log_negativity(*pair), abs=1e-12)


# ---- Figs. 3 and 4, maps


def test_maps_have_kappa_along_x_and_gamma_a_along_y():
    d, maps = fig3.data(resolution=7), fig4.data_maps(resolution=7)
    kappa, gamma_a = d.rates[2], d.rates[5]
    q = fig3.points(om.PAPER)["ccw"].replace(kappa=kappa * w, gamma_a=gamma_a * w)
    assert q.Delta_a == -w and q.Delta_c == 2.5 * w
    assert d.E_am["ccw"][5, 2] == pytest.approx(om.solve(q).log_negativity("a", "m"), abs=1e-12)
    R = maps.R["ccw"]
    assert R[5, 2] == pytest.approx(om.solve(q).residual_contangle("driven", "a", "m"), abs=1e-12)
    assert d.paper == pytest.approx((38 / 63, 38 / 63))


def test_maps_are_empty_exactly_where_the_drift_matrix_is_unstable():
    d = fig3.data(resolution=25)
    assert 0 < np.isnan(d.E_am["cw"]).sum() < 60
    for case, q in fig3.points(om.PAPER).items():
        s = fig3.solution(q, d.rates, d.rates[:, None])
        assert np.array_equal(om.is_stable(s.A), np.isfinite(d.E_am[case]))


@each_reading
def test_fig3_spinning_wins_on_nearly_all_of_the_map(reading):
    d = fig3.data(resolution=41, mean_field=reading)
    assert d.larger_than_stationary("stationary") == 0
    assert min(d.larger_than_stationary(case) for case in ("cw", "ccw")) > 0.9


@each_reading
def test_the_detunings_printed_in_the_captions_leave_one_drive_unstable_or_idle(reading):
    d = fig3.data(resolution=9, mean_field=reading, cavity=fig3.CAPTION)
    assert np.isnan(d.E_am["ccw"]).all() and np.isnan(d.larger_than_stationary("ccw"))
    assert np.nanmax(d.E_am["cw"]) < 0.05
    a = fig4.data(resolution=21, mean_field=reading, cavity=fig4.CAPTION)
    assert np.isnan(a.R["cw"]).all() and np.isnan(a.peaks["cw"]).all()
    assert np.nanmax(a.R["ccw"], initial=0) < 1e-5


@each_reading
def test_fig4_maxima_of_the_maps_are_not_read_off_the_grid(reading):
    coarse = fig4.data_maps(resolution=3, mean_field=reading)
    fine = fig4.data_maps(resolution=61, mean_field=reading)
    for case in CASES:
        assert coarse.peaks[case] == fine.peaks[case]
        assert np.nanmax(fine.R[case]) <= fine.peaks[case][2] < 1.02 * np.nanmax(fine.R[case])
        assert fine.peaks[case][1] == pytest.approx(fig3.RANGE[0])  # the slower the atoms, the more


def test_fig4_maps_take_one_atomic_detuning_or_one_for_each_case():
    atoms = {"stationary": -1.5, "cw": -1.1, "ccw": -0.8}
    each = fig4.data_maps(resolution=3, atoms=atoms)
    same = fig4.data_maps(resolution=3, atoms=-1.1)
    assert np.array_equal(each.R["cw"], same.R["cw"], equal_nan=True)
    assert not np.array_equal(each.R["ccw"], same.R["ccw"], equal_nan=True)


def test_fig4_the_peak_is_near_minus_one_in_the_bare_reading_only():
    bare, consistent = (fig4.data(resolution=3, mean_field=r).peaks for r in READINGS[::-1])
    assert all(abs(bare[case][0] + 1) < 0.2 for case in ("cw", "ccw"))
    assert all(abs(consistent[case][0] + 1) > 0.7 for case in ("cw", "ccw"))


@each_reading
def test_fig4_at_rest_the_largest_R_is_at_a_positive_detuning(reading):
    d = fig4.data(resolution=3, mean_field=reading)
    x, anywhere = R_peak(om.CASES["stationary"], reading, fig4.RANGE)
    assert x > 1.5 and anywhere > 1.8 * d.peaks["stationary"][1]
    assert d.enhancement["cw"] > d.enhancement["ccw"] > d.enhancement["stationary"] == 1


# ---- Fig. 5


@functools.cache
def ends(reading):
    return fig5.data(resolution=41, mean_field=reading)


def at_temperature(case, T, reading):
    return om.solve(om.CASES[case].replace(temperature=np.asarray(T)), reading)


@each_reading
@each_case
def test_fig5_below_its_end_there_is_entanglement_and_above_it_exactly_none(case, reading):
    d = ends(reading)
    around = np.array([1 - 1e-6, 1 + 1e-6])
    below, above = at_temperature(case, d.E_vanishes[case] * around, reading).log_negativity(
        "a", "m"
    )
    assert below > 0 == above
    s = at_temperature(case, d.R_vanishes[case] * around, reading)
    below, above = s.residual_contangle("driven", "a", "m")
    assert below > 0 == above
    visible = at_temperature(case, d.R_invisible[case], reading).residual_contangle(
        "driven", "a", "m"
    )
    assert visible == pytest.approx(1e-4, rel=1e-6)
    assert d.R_invisible[case] < d.R_vanishes[case]
    assert np.array_equal(d.R[case] > 0, d.temperature < d.R_vanishes[case])


@each_reading
def test_fig5_margin_is_the_logarithmic_negativity_before_clipping(reading):
    s = at_temperature("cw", np.linspace(0.01, 4, 9), reading)
    for others in (["m"], ["driven", "m"]):
        margin = s.separability_margin("a", others)
        assert s.log_negativity("a", others) == pytest.approx(np.maximum(margin, 0), abs=1e-12)


@each_reading
def test_fig5_spinning_ends_E_am_earlier_and_R_later(reading):
    d = ends(reading)
    for case in ("cw", "ccw"):
        assert d.E_vanishes[case] < d.E_vanishes["stationary"]
        assert d.R_vanishes[case] > d.R_vanishes["stationary"]
        assert d.R_invisible[case] > d.R_invisible["stationary"]


def test_fig5_without_light_there_is_no_end():
    d = fig5.data(om.PAPER.replace(power=0.0), resolution=3)
    assert np.isnan([*d.E_vanishes.values(), *d.R_vanishes.values(), *d.R_invisible.values()]).all()
    fig5.draw(d)


# ---- all of them

MODULES = [
    (fig1c.data, fig1c.draw),
    (fig2.data, fig2.draw),
    (fig3.data, fig3.draw),
    (fig4.data, fig4.draw),
    (fig4.data_maps, fig4.draw_maps),
    (fig5.data, fig5.draw),
]
each_figure = pytest.mark.parametrize(
    "data, draw", MODULES, ids=lambda f: f"{f.__module__[15:]}.{f.__name__}"
)


def arrays(value):
    """All arrays in a Data, however deep."""
    if isinstance(value, np.ndarray):
        return [value]
    values = (
        value.values()
        if isinstance(value, dict)
        else vars(value).values()
        if hasattr(value, "mean_field")
        else []
    )
    return [array for part in values for array in arrays(part)]


@each_reading
@each_figure
def test_resolution_and_reading_are_honoured_and_the_figure_is_closed(data, draw, reading):
    d = data(resolution=7, mean_field=reading)
    assert d.mean_field == reading
    assert {n for array in arrays(d) for n in array.shape} == {7}
    before = plt.get_fignums()
    figure = draw(d)
    assert isinstance(figure, Figure) and plt.get_fignums() == before
    assert figure.get_facecolor() == (1, 1, 1, 1)
    figure.draw_without_rendering()
    words = " ".join(text.get_text() for text in figure.findobj(plt.Text))
    assert reading in words


@each_figure
def test_a_figure_follows_its_parameters_and_shows_a_system_that_is_unstable_throughout(data, draw):
    usual, dimmed = data(resolution=5), data(om.PAPER.replace(power=0.02), 5)
    assert any(
        not np.array_equal(a, b, equal_nan=True)
        for a, b in zip(arrays(usual), arrays(dimmed), strict=True)
    )
    if data is not fig1c.data:  # which demands a peak
        draw(data(om.PAPER.replace(power=50.0), 5)).draw_without_rendering()


def test_each_case_and_each_pair_has_a_colour_and_a_line_of_its_own():
    for styles in (CASE_STYLES, PAIR_STYLES):
        for key in ("color", "linestyle", "label"):
            assert len({str(look[key]) for look in styles.values()}) == len(styles)


def test_the_colour_scale_spans_all_panels():
    scale = colour_scale([np.array([0.1, np.nan]), np.array([np.nan]), np.array([0.4, 0.2])])
    assert (scale.vmin, scale.vmax) == (0, 0.4)
    assert colour_scale([np.array([np.nan])]).vmax == 1


# ---- drawings


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
    return schematics.fig1a(om.solve(p)), schematics.fig1b(p), schematics.fig6()


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


@each_reading
def test_fig1a_shows_the_computed_numbers_and_edges_as_wide(reading):
    s = om.solve(om.PAPER, reading)
    _, description, words = read(schematics.fig1a(s))
    for pair in fig2.PAIRS:
        E = s.log_negativity(*pair)
        number = f"{E:.4f}" if E > 0 else "0"
        assert number in words and f"{PAIR_STYLES[pair]['label']} {number}" in description
    width = schematics.PIXELS_PER_E * s.log_negativity("a", "m")
    assert f'stroke-width="{width:.2f}"' in schematics.fig1a(s)


def test_fig1a_says_when_there_is_no_steady_state():
    _, _, words = read(schematics.fig1a(om.solve(om.PAPER.replace(Delta_c=0.0))))
    assert words.count("–") == 6 and "Unstable: no steady state" in words


def test_fig1b_places_the_resonances_where_the_sagnac_effect_puts_them():
    for p in om.CASES.values():
        _, _, words = read(schematics.fig1b(p))
        for detuning in (*om.cavity_detunings(p).values(), p.Delta_c, p.Delta_a):
            assert f"{detuning / w:.2f}".replace("-", "−") in words
    assert not any(
        word.startswith("ΔF") for word in read(schematics.fig1b(om.CASES["stationary"]))[2]
    )


@pytest.mark.parametrize(
    "field, value", [("Delta_c", 1.7 * w), ("Delta_a", -0.6 * w), ("angular_velocity", 5e3)]
)
def test_drawings_follow_the_parameters(field, value):
    changed = om.PAPER.replace(**{field: value})
    assert schematics.fig1b(changed) != schematics.fig1b(om.PAPER)
    assert schematics.fig1a(om.solve(changed)) != schematics.fig1a(om.solve(om.PAPER))


def test_drawings_refuse_sweeps():
    sweep = om.PAPER.replace(Delta_a=[-w, 0.0])
    with pytest.raises(ValueError, match="single point"):
        schematics.fig1a(om.solve(sweep))
    with pytest.raises(ValueError, match="single point"):
        schematics.fig1b(sweep)


def test_labels_are_spread_without_leaving_the_drawing():
    for places in ([100, 100, 100, 100], [380, 385, 5, 8], [50, 200, 210, 300]):
        found = spread(places, 50)
        assert np.diff(np.sort(found)).min() >= 50 - 1e-9
        assert found.min() >= 25 and found.max() <= 365
