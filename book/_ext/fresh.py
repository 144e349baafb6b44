"""The built book follows its sources: the library's, and the table of contents.

The cache of Jupyter Book knows a notebook by its own text alone. Here the folder of the cache bears
a digest of all else that outputs depend on. Another library then means another cache, so notebooks
run again, and a changed setting, so Sphinx reads every page anew.
"""

import hashlib
import sys
from pathlib import Path

SETTINGS = ("book/_ext/sharp.py", "book/_ext/seconds.py")  # of the kernels


def digest(folder: Path) -> str:
    """Short digest of all that the outputs of a notebook depend on, besides the notebook."""
    state = hashlib.sha256(sys.version.encode())
    sources = ("omcore/**/*.py", "omcore/**/*.json", "book/drawings/**/*.py", "benchmarks/*.json")
    library = sorted(path for pattern in sources for path in folder.glob(pattern))
    others = [folder / name for name in ("requirements.txt", "constraints.txt", *SETTINGS)]
    for file in [*others, *library]:
        state.update(file.read_bytes())
    return state.hexdigest()[:12]


def set_cache(app, config):
    cache = Path(app.outdir).parent / ".jupyter_cache" / digest(Path(app.srcdir))
    config.nb_execution_cache_path = str(cache)


def remove_old_pages(app, exception):
    """Sphinx leaves the page of a chapter that was renamed or removed, where a reader may find it."""
    out = Path(app.outdir)
    current = app.env.found_docs | {"index", "search"}
    for page in [*out.glob("*.html"), *out.glob("book/**/*.html")]:
        if page.relative_to(out).with_suffix("").as_posix() not in current:
            page.unlink()


def setup(app):
    app.connect("config-inited", set_cache)
    app.connect("build-finished", remove_old_pages)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
