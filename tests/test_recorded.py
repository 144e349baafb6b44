"""No number of the ledger, the errata or a chapter's last cell has moved since it was recorded."""

import json
from pathlib import Path

import numpy as np
import pytest
import recorded

RECORD = json.loads(Path(__file__).with_name("recorded.json").read_text())


def flat(value):
    """All numbers of a nested record, in order; yes and no count as numbers."""
    if isinstance(value, dict):
        return [x for key in value for x in flat(value[key])]
    if isinstance(value, list):
        return [x for part in value for x in flat(part)]
    return [-1.0 if value is None else float(value)]


# Numbers that a search finds where its function is flat: as good as its own tolerance, no better.
POSITIONS = dict.fromkeys(range(9), 2e-6)  # of maxima
SEARCHED = {
    "1c-peak": POSITIONS, "1c-shift": POSITIONS, "4a-where": POSITIONS,
    "4a-tuned": dict.fromkeys(range(6), 1e-6),  # steep in the position of another maximum
    "4a-best": dict.fromkeys(range(6), 1e-3),  # on a ridge and on the margin, found by a simplex
    "06_stability": {42: 1e-11},  # W, a root
    "09_contangle": {30: 1e-6, 31: 1e-6},  # the least of a ratio over 36 parameters
    "10_fig1": {12: 2e-6, 13: 2e-6},  # a position, and how far it is from its rounded value
    "13_fig4": {3: 2e-6, 4: 2e-6},  # positions of maxima
}  # fmt: skip


def assert_unmoved(name, found, before):
    found, before = np.array(flat(found)), np.array(flat(before))
    assert found.shape == before.shape
    tolerance = 1e-12 + 1e-9 * np.abs(
        before
    )  # 1e-12 for differences of equal numbers, which are rounding
    for k, searched in SEARCHED.get(name, {}).items():
        tolerance[k : k + 1] = searched
    assert (np.abs(found - before) <= tolerance).all()


def test_the_ledger_has_not_moved():
    found = recorded.ledger()
    assert found.keys() == RECORD["ledger"].keys()
    for claim, values in found.items():
        assert_unmoved(claim, values, RECORD["ledger"][claim])


def test_the_effects_of_the_errata_have_not_moved():
    assert_unmoved("errata", recorded.errata(), RECORD["errata"])


@pytest.mark.parametrize("name", RECORD["chapters"])
def test_the_numbers_of_a_chapter_have_not_moved(name):
    assert_unmoved(name, recorded.chapter(name), RECORD["chapters"][name])


def test_a_chapter_leaves_numpy_as_it_was():
    """Else an example that another test file prints has other digits."""
    before = np.get_printoptions()
    recorded.chapter("08_entanglement")
    assert np.get_printoptions() == before
