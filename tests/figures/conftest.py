"""What tests of drawings run over: both readings of the steady state, and the three cases."""

from concurrent.futures import ThreadPoolExecutor

import pytest

import omcore as om


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem):
    """The sliders' tests in a thread: sliders ask whether a loop runs, as the browser's driver has one."""
    if pyfuncitem.path.name != "test_kit.py":
        return None
    given = {name: pyfuncitem.funcargs[name] for name in pyfuncitem._fixtureinfo.argnames}
    with ThreadPoolExecutor(1) as alone:
        alone.submit(pyfuncitem.obj, **given).result()
    return True


@pytest.fixture(params=om.MEAN_FIELDS)
def reading(request):
    return request.param


@pytest.fixture(params=om.CASES)
def case(request):
    return request.param
