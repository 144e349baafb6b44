"""The article: its numbers are computed, none is typed in."""

import re

import nbformat
import pytest
from test_book import ROOT

from drawings.article import numbers

PAGE = nbformat.read(ROOT / "book" / "article.ipynb", as_version=4)
TEXT = "\n".join(cell.source for cell in PAGE.cells if cell.cell_type == "markdown")
PLACED = re.findall(r"{glue:text}`(\w+)`", TEXT)


@pytest.fixture(scope="module")
def found():
    groups = "parameters", "claims", "heat", "mechanism", "digits", "noise", "seen", "built"
    return {k: v for name in groups for k, v in getattr(numbers, name)().items()}


def test_no_number_is_typed_in():
    text = re.sub(r"\$\$.*?\$\$|{[\w:]+}`[^`]*`|\]\([^)]*\)", "", TEXT, flags=re.DOTALL)
    text = re.sub(r"[_^]\d|sqrt2", "", text)  # of symbols, as G_0
    assert not re.findall(r".*\d.*", text)


def test_every_number_is_made_and_none_is_idle_but_those_of_claims(found):
    assert set(PLACED) <= set(found)
    idle = set(found) - set(PLACED) - set(numbers.claims())
    assert {name.partition("_")[0] for name in idle} <= {"self", "bare", "R"}, idle


def test_what_is_said_in_words_holds(found):
    """A word such as "nearly twice" is a number, too."""
    x = {name: float(text) for name, text in found.items() if re.fullmatch(r"[\d.]+", text)}
    for key in numbers.MODEL:
        assert all(1.7 < x[f"{key}_1c_{case}_{case}"] < 1.95 for case in ("cw", "ccw")), (
            "almost twofold"
        )
        best = [x[f"{key}_4a_best_{case}"] for case in ("cw", "ccw")]
        assert all(3.5 < ratio < 4.5 for ratio in best) and max(best) / min(best) < 1.03, (
            "about fourfold"
        )
        assert x[f"{key}_both"] > x[f"{key}_fast"] > x[f"{key}_1c_ccw_ccw"], (
            "more than any rotation"
        )
        assert all(float(e) > 1.5 for e in found[f"{key}_equal"].split(" to ")), (
            "most of it remains"
        )
        assert x[f"{key}_5b_stationary"] > 2 > x["quoted_5b_stationary"]
    assert (
        x["bare_1c_cw_cw"] == x["quoted_1c_cw_cw"]
        and x["bare_1c_ccw_ccw"] == x["quoted_1c_ccw_ccw"]
    )
    assert max(x["self_5a_cw"], x["self_5a_ccw"]) < x["self_5a_stationary"], "it ends earlier"
    assert max(x["self_half_stationary"], 0) < min(x["self_half_cw"], x["self_half_ccw"]), (
        "half lasts longer"
    )
    assert x["R_cw"] > 4 * x["R_rest"] and x["R_bright"] > x["R_cw"]
