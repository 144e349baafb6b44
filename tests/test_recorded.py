"""No number of the ledger and the errata has moved; those of the chapters: ``make notebooks``."""

from recorded import RECORD, assert_unmoved, errata, ledger


def test_the_ledger_has_not_moved():
    found = ledger()
    assert found.keys() == RECORD["ledger"].keys()
    for claim, values in found.items():
        assert_unmoved(claim, values, RECORD["ledger"][claim])


def test_the_effects_of_the_errata_have_not_moved():
    assert_unmoved("errata", errata(), RECORD["errata"])
