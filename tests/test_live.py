"""The model in the browser is omcore's: the same numbers from the same parameters, in headless Chromium."""

import dataclasses
import functools
import json
import subprocess
import sys
from itertools import combinations

import numpy as np
import pytest
from live_page import FOLDER, NUMBERS, ROOT, W, drawn, extension, point, strong
from trust.effort import effort

import omcore as om
from drawings.kit.knobs import KNOBS
from drawings.kit.metadata import metadata, script
from omcore.outputs import OUTPUTS

PAIRS = [f"{i}-{j}" for i, j in combinations(om.MODES, 2)]
RNG_SEED = 20250301
POINTS = effort(500, 1000)  # for each of the two drives ...
HARD = POINTS // 5  # ... of which so many are picked for their branches


@pytest.fixture(scope="module")
def page(browser):
    """A blank page with the metadata and the model, and nothing else."""
    page = browser.new_page()
    live = extension()
    page.add_script_tag(content=script())
    for name in live.SCRIPTS:
        if name != live.METADATA:
            page.add_script_tag(path=FOLDER / name)
    yield page
    page.close()


# ---- parity


@functools.cache
def sample(drive):
    """Parameters of the test, every field within its slider, and some points with many steady states."""
    rng = np.random.default_rng(RNG_SEED + om.MODES.index(drive))
    easy, hard = drawn(rng, POINTS - HARD), strong(drive, HARD)
    join = lambda name: np.concatenate(
        [
            np.broadcast_to(x, n)
            for x, n in ((easy[name], POINTS - HARD), (getattr(hard, name), HARD))
        ]
    )
    return om.PAPER.replace(drive=drive, **{name: join(name) for name in NUMBERS})


@functools.cache
def beside(drive):
    """What a System has besides, of as many points: baths that are states, and squeezing past thresholds."""
    rng = np.random.default_rng(RNG_SEED + 7 + om.MODES.index(drive))
    m, squeezing = rng.normal(size=(2, POINTS, 3, 6)).view(complex)
    m, squeezing = (z + np.swapaxes(z, -1, -2) for z in (m, squeezing))
    n = 10 ** rng.uniform(-3, 1, (POINTS, 3))
    m[::5], n[::5, 0] = 0, 0  # some of them a vacuum
    low, high = np.sqrt(n), np.sqrt(n + 1)
    warm = np.arange(POINTS) % 5 > 0
    size = np.linalg.norm(m[warm] / (low[:, :, None] * high[:, None])[warm], 2, axis=(-1, -2))
    m[warm] *= (rng.uniform(0, 0.99, len(size)) / size)[:, None, None]  # a state below 1
    return {
        "n": n, "m": m, "squeezing": W * squeezing * 10 ** rng.uniform(-2, -0.3, (POINTS, 1, 1)),
    }  # fmt: skip


def as_rows(p, more=()):
    """The points of a sweep as objects for the page; complex numbers as pairs."""
    plain = lambda x: (np.stack([x.real, x.imag], -1) if np.iscomplexobj(x) else x).tolist()
    return [
        point(p, k) | {"drive": p.drive} | {name: plain(more[name][k]) for name in more}
        for k in range(p.shape[0])
    ]


OTHERS = ("steering_m_a", "steering_a_m", "information", "purity")
IN_THE_PAGE = """([points, readings, pairs, others]) => points.map(p => readings.map(reading => {
    const s = omcore.solve(p, reading), all = omcore.branches(p, reading);
    return {
        status: s.status, stable: s.stable, q: s.q, R: s.R, E: pairs.map(pair => s.E[pair]),
        coupling: s.couplings[p.drive], detuning: s.detunings[p.drive],
        branches: all.map(branch => branch.q), decays: all.map(branch => branch.stable),
        growth: omcore.eigenvalues(p, reading)[0][0],
        others: Object.values(omcore.sweep(p, "kappa", [p.kappa], others, reading)).slice(2).map(x => x[0]),
    };
}))"""


@pytest.fixture(
    scope="module", params=[(r, more) for more in (False, True) for r in om.MEAN_FIELDS], ids=str
)
def both(request, page):
    """What omcore and the page make of the same points, in one reading, with vacua or with all that a System
    has besides: lists of arrays, one a drive.
    """
    (reading, full), runs = request.param, []
    for drive in ("cw", "ccw"):
        p, more = sample(drive), beside(drive) if full else {}
        found = page.evaluate(IN_THE_PAGE, [as_rows(p, more), [reading], PAIRS, OTHERS])
        there = {key: [point[0][key] for point in found] for key in found[0][0]}
        runs.append((p, om.solve(om.system(p).replace(**more) if full else p, reading), there))
    return runs


def assert_close(here, there, relative=0.0, absolute=0.0):
    here, there = np.asarray(here, float), np.asarray(there, float)
    assert np.array_equal(np.isnan(here), np.isnan(there))
    np.testing.assert_allclose(there, here, rtol=relative, atol=absolute)


def test_the_sample_holds_what_is_difficult():
    count = dict.fromkeys(("several", "five", "higher", "unstable", "cold"), 0)
    for p in map(sample, om.CASES.keys() - {"stationary"}):
        branches, s = om.mean_field_branches(p), om.solve(p)
        states = np.isfinite(branches.q).sum(-1)
        for name, here in (("several", states > 1), ("five", states == 5), ("unstable", ~s.stable),
                           ("higher", s.stable & (s.mean_field.q != branches.q[:, 0])),
                           ("cold", p.temperature == 0)):  # fmt: skip
            count[name] += here.sum()
    least = {"several": 300, "five": 100, "higher": 20, "unstable": 100, "cold": 100}
    assert all(1000 * count[name] >= POINTS * least[name] for name in least), count


@pytest.mark.parametrize("name", NUMBERS)
def test_the_sample_moves_every_field(name):
    """A field that is born tomorrow, too: it is drawn from its slider, and differs at most of the points."""
    for p in map(sample, ("cw", "ccw")):
        values = np.broadcast_to(getattr(p, name), p.shape)
        assert (values != getattr(om.PAPER, name)).sum() > 0.3 * POINTS and len(
            np.unique(values)
        ) > 0.2 * POINTS


def test_both_agree_on_stability_and_on_why_there_is_no_number(both):
    """No point is excused: none of the sample grows or decays at less than 1e-12 of omega_m, where rounding
    decides, but those without any damping or light, which both call unstable.
    """
    for p, s, there in both:
        growth = np.linalg.eigvals(s.A).real.max(-1) / p.omega_m
        decided = (np.abs(growth) > 1e-12) | (p.gamma_m == 0)
        assert decided.all()
        assert s.stable.tolist() == there["stable"]
        assert s.status.tolist() == there["status"]


def test_both_find_the_same_branches_and_take_the_same_one(both):
    for _, s, there in both:
        assert_close(s.mean_field.q, there["q"], relative=1e-9)
        if s.reading == "self-consistent":
            fields = om.mean_field_branches(s.parameters)
            for k, q in enumerate(there["branches"]):
                if (np.diff(q) < 1e-3 * np.array(q[1:])).any() and s.system.is_paired:
                    continue  # beside a threshold, where rounding decides on pairs
                assert_close(fields.q[k][np.isfinite(fields.q[k])], q, relative=1e-8)
                assert fields.stable[k, : len(q)].tolist() == there["decays"][k]


def test_both_find_the_same_entanglement_of_every_pair(both):
    for _, s, there in both:
        known, E = s.status == "stable", np.full((len(s.stable), len(PAIRS)), np.nan)
        for k, pair in enumerate(PAIRS):
            E[known, k] = s[known].log_negativity(*pair.split("-"))
        assert_close(E, there["E"], absolute=1e-8 if s.system.is_paired else 1e-9)


def test_both_find_the_same_residual_contangle(both):
    for _, s, there in both:
        known, R = s.status == "stable", np.full(len(s.stable), np.nan)
        R[known] = s[known].residual_contangle("driven", "a", "m")
        assert_close(R, there["R"], absolute=1e-9)


def test_both_find_the_same_steering_information_and_purity(both):
    for _, s, there in both:
        known, found = s.status == "stable", np.full((len(s.stable), len(OTHERS)), np.nan)
        found[known] = np.transpose([OUTPUTS[name].of(s[known]) for name in OTHERS])
        page = np.array(there["others"], float)
        assert_close(found[:, :3], page[:, :3], absolute=2e-8)
        A, slowest = s.A[known], np.linalg.eigvals(s.A[known]).real.max(-1)
        known_to = (
            np.finfo(float).eps * np.linalg.norm(A, axis=(-1, -2)) / -slowest
        )  # V, as A rounds
        assert (np.abs(found[known, 3] - page[known, 3]) <= 1e-9 + 10 * known_to).all()
        assert np.isnan(page[~known]).all()
        seen = (np.nan_to_num(found) > 0).any(0)
        assert seen[2:].all()
        assert seen[0] or isinstance(
            s.parameters, om.System
        )  # atoms hardly ever steer, warm ones never


def test_both_find_the_same_couplings_detunings_and_growth(both):
    for p, s, there in both:
        w = p.omega_m
        assert_close(abs(s.coupling("driven")) / w, there["coupling"] / w, relative=1e-9)
        detuning = s.effective_detuning("driven") / w
        assert_close(detuning, there["detuning"] / w, relative=1e-12, absolute=1e-9)
        growth = np.linalg.eigvals(s.A).real.max(-1) / w
        assert_close(growth, there["growth"], absolute=1e-9 * (np.abs(s.A).max() / w.min()))


# ---- the ways to ask


def test_what_is_missing_is_the_papers(page):
    s, there = om.solve(om.PAPER), page.evaluate("omcore.solve()")
    assert there["E"]["a-m"] == pytest.approx(s.log_negativity("a", "m"), abs=1e-12)
    assert there["E"]["driven-m"] == there["E"]["m-ccw"] == there["E"]["ccw-m"]
    assert (
        there["R"]
        == min(there["residual"].values())
        == pytest.approx(s.residual_contangle("driven", "a", "m"), abs=1e-12)
    )
    assert there["phonons"] == pytest.approx(s.quanta("m"), rel=1e-9)
    found = page.evaluate("omcore.solve({drive: 'cw', Delta_c: -63e6}).E")
    cw = om.solve(om.CASES["cw"])
    assert found["driven-a"] == found["cw-a"] == pytest.approx(cw.log_negativity("driven", "a"))


def test_a_sweep_is_its_points(page):
    x = om.PAPER.omega_m * np.linspace(-2, 5, 41)
    s = om.solve(om.PAPER.replace(Delta_c=x))
    there = page.evaluate(
        """x => Object.fromEntries(
            Object.entries(omcore.sweep({}, "Delta_c", x, ["a-m", "R", "q", "phonons"]))
                .map(([name, values]) => [name, Array.from(values)]))""",
        x.tolist(),
    )
    assert s.stable.tolist() == [bool(x) for x in there["stable"]] and not s.stable.all()
    assert_close(s.log_negativity("a", "m"), there["a-m"], absolute=1e-12)
    assert_close(s.residual_contangle("driven", "a", "m"), there["R"], absolute=1e-12)
    assert_close(s.mean_field.q, there["q"], relative=1e-12)
    assert_close(s.quanta("m"), there["phonons"], relative=1e-9)


def test_any_branch_can_be_asked_for_and_one_too_many_says_so(page):
    w = om.PAPER.omega_m
    p = om.PAPER.replace(kappa=0.1 * w, G_a=0, angular_velocity=0, Delta_c=w, power=0.03)
    given = {
        name: getattr(p, name) for name in ("kappa", "G_a", "angular_velocity", "Delta_c", "power")
    }
    for branch in range(3):
        s = om.solve(p, branch=branch)
        there = page.evaluate("([p, k]) => omcore.solve(p, 'self-consistent', k)", [given, branch])
        assert there["q"] == pytest.approx(s.mean_field.q, rel=1e-9)
        assert there["stable"] == s.stable and there["status"] == s.status
        assert bool(there["reason"]) == (not s.stable)
    there = page.evaluate("p => omcore.solve(p, 'self-consistent', 3)", given)
    assert there["status"] == "no such branch" and np.isnan(there["R"])


def test_covariance_and_eigenvalues_are_those_of_the_library(page):
    s = om.solve(om.PAPER)
    np.testing.assert_allclose(page.evaluate("omcore.covariance()"), s.V, atol=1e-12)
    assert np.isnan(page.evaluate("omcore.covariance({Delta_c: 0})")).all()
    values = np.array(page.evaluate("omcore.eigenvalues()")) @ [1, 1j]
    expected = np.linalg.eigvals(s.A / om.PAPER.omega_m)
    assert all(abs(expected - value).min() < 1e-12 for value in values)


def test_two_modes_may_be_equal(page):
    """At rest, the atoms cut off, where the closed form of the library divides by zero."""
    p = om.CASES["stationary"].replace(G_a=0.0)
    s = om.solve(p)
    there = page.evaluate("omcore.solve({G_a: 0, angular_velocity: 0, Delta_c: 63e6})")
    assert there["E"]["driven-m"] == pytest.approx(s.log_negativity("driven", "m"), abs=1e-12)
    assert there["E"]["driven-m"] > 0.01


@pytest.mark.parametrize("power", [0.0, 0.04])
def test_light_that_grows_by_itself_has_its_branches_here_too(page, power):
    """The undriven mode, coupled to nothing, is squeezed past its threshold: its sign is free."""
    p = om.PAPER.replace(power=power, G_a=0.0, angular_velocity=0.0)
    S = np.zeros((3, 3), complex)
    S[1, 1] = 1.5j * p.kappa
    rows = as_rows(p.replace(power=[power]), {"squeezing": S[None]})
    there = page.evaluate("p => omcore.branches(p)", rows[0])
    fields = om.mean_field_branches(om.system(p).replace(squeezing=S))
    assert_close(fields.q[np.isfinite(fields.q)], [field["q"] for field in there], relative=1e-9)
    sizes = lambda z: sorted(np.abs(z))
    assert sizes([complex(*field["amplitudes"]["cw"]) for field in there]) == pytest.approx(
        sizes(fields.amplitude("cw")[np.isfinite(fields.q)]), rel=1e-9
    )
    assert len(there) >= 5 and sizes(fields.amplitude("cw"))[-1] > 1e4


def test_it_evolves_with_baths_squeezing_and_the_lasers_noise(page):
    p = om.PAPER.replace(laser_linewidth=1e-3)
    one = {name: values[1] for name, values in beside("ccw").items()} | {"n": np.full(3, 0.4)}
    one["m"], one["squeezing"] = 0.2 * one["m"] / abs(one["m"]).max(), 0.1 * one["squeezing"]
    t = np.linspace(0, 4e-7, 5)
    e = om.evolve(om.system(p).replace(**one), t)
    rows = as_rows(p.replace(power=[p.power]), {name: x[None] for name, x in one.items()})
    found = page.evaluate(
        """([p, t, phonons]) => {
            const rows = [];
            const seen = (_, u, V) => rows.push([Array.from(u.slice(0, 8)), Array.from(V)]);
            omcore.evolution.evolve(p, t, 0, phonons, seen);
            return rows;
        }""",
        [rows[0], t.tolist(), p.n_m],
    )
    for (u, V), mean, exact in zip(found, e.u, e.V, strict=True):
        np.testing.assert_allclose(u, mean, rtol=1e-6, atol=1e-6 * np.abs(e.u).max())
        np.testing.assert_allclose(np.reshape(V, (8, 8)), exact, rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize(
    "given",
    [
        "{Kappa: 1}",
        "{kappa: 0}",
        "{power: -1}",
        "{counter_drive: 2}",
        "{drive: 'up'}",
        "{mass: NaN}",
        "{escape_efficiency: 1.1}",
        "{laser_linewidth: -1}",
        "{n: [1, 1]}",
        "{n: [0, 0, -1]}",
        "{m: [[[0.1, 0], [0, 0], [0, 0]], [[0, 0], [0, 0], [0, 0]], [[0, 0], [0, 0], [0, 0]]]}",
        "{m: 0.1}",
        "{squeezing: [[[0, 0], [1, 0], [0, 0]], [[2, 0], [0, 0], [0, 0]], [[0, 0], [0, 0], [0, 0]]]}",
        "{squeezing: [[0, 1, 0], [1, 0, 0], [0, 0, 0]]}",
    ],
)
def test_what_omcore_refuses_the_page_refuses(page, given):
    name = given.strip("{").split(":")[0]
    message = page.evaluate(
        f"(() => {{ try {{ omcore.solve({given}) }} catch (e) {{ return e.message }} }})()"
    )
    assert message.startswith(f"{name} = ")


# ---- what is said once


@pytest.mark.parametrize("name", NUMBERS)
def test_every_field_says_how_it_is_shown(name):
    """The slider holds the paper's value, on one of its steps; a rate over omega_m need not be that round."""
    quantity, shown = om.QUANTITIES[name], KNOBS[name].shown
    factor = shown.factor(om.PAPER.omega_m)
    value = getattr(om.PAPER, name) / factor
    assert shown.lowest <= value <= shown.highest
    assert 20 <= round(shown.steps) <= 500 and shown.steps == pytest.approx(round(shown.steps))
    if shown.unit == "omega_m":
        assert quantity.unit == "rad/s"
    here = dataclasses.replace(shown, highest=value).steps
    assert name in ("kappa", "gamma_a") or here == pytest.approx(round(here), abs=1e-6)
    for end in (shown.lowest, shown.highest):  # both ends may be set
        om.PAPER.replace(**{name: end * factor})


def test_the_page_knows_what_the_library_says(page):
    known = page.evaluate("omcore.metadata")
    assert known == json.loads(json.dumps(metadata()))
    assert known["paper"] == {name: getattr(om.PAPER, name) for name in (*NUMBERS, "drive")}
    for name in NUMBERS:
        quantity, field = KNOBS[name], known["fields"][name]
        said = (field["symbol"], field["unit"], field["meaning"], field["sign"])
        assert said == (quantity.symbol, quantity.unit, quantity.meaning, quantity.sign)
        factor = page.evaluate("name => omcore.factor(name)", name)
        assert factor == quantity.shown.factor(om.PAPER.omega_m)


# ---- on the pages


PATHS = {"ext": "_ext", "book": "", "static": "_static"}
CONF = (
    "import sys; sys.path[:0] = [{ext!r}, {book!r}]; "
    "extensions = ['live']; html_static_path = [{static!r}]"
)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Two pages, one of which asks for the model."""
    folder = tmp_path_factory.mktemp("site")
    paths = {name: str(ROOT / "book" / where) for name, where in PATHS.items()}
    (folder / "conf.py").write_text(CONF.format(**paths), encoding="utf-8")
    (folder / "index.rst").write_text("Without\n=======\n\n.. toctree::\n\n   live\n")
    (folder / "live.rst").write_text("With\n====\n\n.. raw:: html\n\n   <p data-live></p>\n")
    command = [sys.executable, "-m", "sphinx", "-q", "-W", folder, folder / "html"]
    subprocess.run(command, check=True, cwd=ROOT)
    return folder / "html"


def test_a_page_that_asks_for_the_model_has_it_even_as_a_file(browser, site):
    page = browser.new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto((site / "live.html").as_uri())
    E = om.solve(om.PAPER).log_negativity("a", "m")
    assert page.evaluate("omcore.solve().E['a-m']") == pytest.approx(E, abs=1e-12)
    page.goto((site / "index.html").as_uri())
    assert page.evaluate("typeof omcore") == "undefined"
    assert not errors
    page.close()


def test_the_extension_lists_every_script():
    live = extension()
    assert sorted(live.SCRIPTS) == sorted(
        [live.METADATA, *(f.relative_to(FOLDER).as_posix() for f in FOLDER.rglob("*.js"))]
    )
