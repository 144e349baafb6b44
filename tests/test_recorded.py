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


def assert_unmoved(found, before):
    # 1e-12 is left to differences of equal numbers, which are rounding.
    assert np.allclose(flat(found), flat(before), rtol=1e-9, atol=1e-12)


def test_the_ledger_has_not_moved():
    assert_unmoved(recorded.ledger(), RECORD["ledger"])


def test_the_effects_of_the_errata_have_not_moved():
    assert_unmoved(recorded.errata(), RECORD["errata"])


@pytest.mark.parametrize("name", recorded.CHAPTERS)
def test_the_numbers_of_a_chapter_have_not_moved(name):
    assert_unmoved(recorded.chapter(name), RECORD["chapters"][name])
