"""nbval runs the notebooks, and the build takes their outputs from its cache: none runs twice.

    python -m pytest -p book._ext.runs --nbval-lax --nbval-current-env book/*.ipynb

This plugin of pytest gives nbval's kernels the settings of the build, and puts a notebook of which
every cell has run into the cache of the build. With --new it leaves out what is there already.
"""

from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn, NbValidityError

ROOT = Path(__file__).parents[2]


def pytest_addoption(parser):
    parser.addoption("--new", action="store_true", help="leave out notebooks that are in the cache")


def pytest_configure(config):
    """The first process does this before it starts others, so that these find a cache."""
    from book._ext import fresh, seconds, sharp  # now that pytest has the paths of the settings

    app = SimpleNamespace(srcdir=ROOT, outdir=ROOT / "_build" / "html")
    settings = SimpleNamespace()
    for set_up in (sharp.set_kernel, fresh.set_cache, seconds.tell_kernels):
        set_up(app, settings)
    config.book_cache = get_cache(settings.nb_execution_cache_path)
    config.book_cache.list_cache_records()


def pytest_ignore_collect(collection_path, config):
    if config.option.new and collection_path.suffix == ".ipynb":
        with suppress(KeyError):
            config.book_cache.match_cache_notebook(nbformat.read(collection_path, 4))
            return True


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    result = yield  # goes no further if the cell fails
    item.cell.update(outputs=item.test_outputs, execution_count=item.cell_num + 1)
    notebook = item.parent.nb
    if item.cell is [cell for cell in notebook.cells if cell.cell_type == "code"][-1]:
        with suppress(NbValidityError):  # a cell before this one has failed
            bundle = CacheBundleIn(notebook, item.path)
            item.config.book_cache.cache_notebook_bundle(bundle, overwrite=True)
    return result
