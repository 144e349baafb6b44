"""Seconds of CPU that each cell takes, measured when the build runs it and kept beside the cache.

The limits are of CPU and not of the clock, so that other work on the machine does not fail a build. It
is felt all the same, since two programs share the memory and the halves of a core, and a processor
may be old: so the tests fail at twice what is wanted here.
"""

import hashlib
import json
import os
from pathlib import Path

CELL, CHAPTER = 5.0, 15.0  # wanted, in seconds of CPU
FAILS = 2  # times as much fails a test
FOLDER = "OMCORE_SECONDS"  # variable of the environment by which the build tells its kernels

# ---- in a kernel


def watch(shell):
    """Notes what each cell takes, threads and finished processes with it. Only in a kernel of the build."""
    if FOLDER not in os.environ:
        return
    folder, done, began = Path(os.environ[FOLDER]), [], None
    folder.mkdir(parents=True, exist_ok=True)

    def begin(info):
        nonlocal began
        began = spent()

    def end(result):
        if began is not None:  # else it is the line that called this function
            done.append(result.info.raw_cell)
            (folder / name_of(done)).write_text(str(spent() - began))

    shell.events.register("pre_run_cell", begin)
    shell.events.register("post_run_cell", end)


def spent() -> float:
    """Seconds of CPU of this process and of those that it has waited for."""
    return sum(os.times()[:4])


def name_of(sources) -> str:
    """The file of a cell's seconds, named by the code of the notebook up to its end."""
    return hashlib.sha256("\0".join(sources).encode()).hexdigest()[:16]


# ---- in the build


def folder_of(config) -> Path:
    """Beside the cache, which book/_ext/fresh.py ties to the library."""
    return Path(config.nb_execution_cache_path) / "seconds"


def seconds(notebook: Path, folder: Path) -> dict[str, float] | None:
    """Id of each cell that runs: what it took. None if no build has run this very code."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    cells = [c for c in cells if c["cell_type"] == "code" and "".join(c["source"]).strip()]
    sources = ["".join(c["source"]) for c in cells]
    files = [folder / name_of(sources[: k + 1]) for k in range(len(cells))]
    if not all(file.exists() for file in files):
        return None
    return {c["id"]: float(file.read_text()) for c, file in zip(cells, files, strict=True)}


def tell_kernels(app, config):
    os.environ[FOLDER] = str(folder_of(config))
    hook = f"__import__('runpy').run_path({str(Path(__file__))!r})['watch'](get_ipython())"
    settings = Path(os.environ["IPYTHONDIR"]) / "profile_default" / "ipython_kernel_config.py"
    settings.write_text(f"c.InteractiveShellApp.exec_lines = [{hook!r}]\n", encoding="utf-8")


def say(app, exception):
    """Prints every notebook, the dearest first, and its dearest cell."""
    pages = (Path(app.env.doc2path(name)) for name in sorted(app.env.found_docs))
    folder = folder_of(app.config)
    taken = {page.stem: seconds(page, folder) for page in pages if page.suffix == ".ipynb"}
    taken = {name: cells for name, cells in taken.items() if cells}
    total = {name: sum(cells.values()) for name, cells in taken.items()}
    print(f"\nSeconds of CPU; a page should take {CHAPTER:g} at most and a cell {CELL:g}:")
    for name in sorted(taken, key=total.get, reverse=True):
        cell = max(taken[name], key=taken[name].get)
        much = " !" if total[name] > CHAPTER or taken[name][cell] > CELL else ""
        print(f"  {total[name]:5.1f}  {name:18} cell {cell}: {taken[name][cell]:.1f}{much}")
    print(f"  {sum(total.values()):5.1f}  together")


def setup(app):
    # After book/_ext/fresh.py has said where the cache is, and sharp.py where the kernels' settings are.
    app.connect("config-inited", tell_kernels, priority=900)
    app.connect("build-finished", say, priority=950)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
