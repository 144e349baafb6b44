"""What tests of drawings run over: both readings of the steady state, and the three cases."""

import pytest

import omcore as om


@pytest.fixture(params=om.MEAN_FIELDS)
def reading(request):
    return request.param


@pytest.fixture(params=om.CASES)
def case(request):
    return request.param
