"""Notebooks that are not in the cache are run before the pages are read, one on each core.

The build itself runs one after the other. What is run here it finds in the cache, and what fails here
is not in the cache: the build then runs it again and says why it fails.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from jupyter_cache.executors.utils import single_nb_execution

AT_ONCE = 4  # at most: a kernel takes some 300 MB


def run_ahead(app, env, docnames):
    if app.config.nb_execution_mode != "cache":
        return
    cache = get_cache(app.config.nb_execution_cache_path)
    pages = (Path(env.doc2path(name)) for name in docnames)
    notebooks = {page: nbformat.read(page, 4) for page in pages if page.suffix == ".ipynb"}
    changed = [page for page, notebook in notebooks.items() if not known(cache, notebook)]

    def run(page):
        limit = app.config.nb_execution_timeout
        return single_nb_execution(notebooks[page], str(page.parent), limit, allow_errors=False)

    with ThreadPoolExecutor(min(AT_ONCE, os.cpu_count() or 1)) as pool:
        for page, result in zip(changed, pool.map(run, changed), strict=True):
            print(f"{page.stem} {'failed' if result.err else 'was run'}", flush=True)
            if not result.err:
                bundle = CacheBundleIn(result.nb, page, data={"execution_seconds": result.time})
                cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)


def known(cache, notebook) -> bool:
    try:
        cache.match_cache_notebook(notebook)
    except KeyError:
        return False
    return True


def setup(app):
    app.connect("env-before-read-docs", run_ahead)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
