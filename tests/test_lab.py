"""`make lab` opens the first chapter in JupyterLab, for root too, and asks nothing."""

import os
import shlex
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FIRST = "book/01_sagnac.ipynb"
TOKEN = "test"


def command_of_make_lab() -> list[str]:
    """What `make lab` would run, after "jupyter"."""
    if not shutil.which("make"):
        pytest.skip("no make found; on Windows the README has the commands")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    shown = subprocess.run(
        ["make", "-n", "lab"], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    ).stdout.replace("\\\n", " ")
    (line,) = [line for line in shown.splitlines() if "/jupyter lab" in line]
    return shlex.split(line)[1:]


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """Address of JupyterLab as `make lab` starts it, with nobody's own settings."""
    home, port = tmp_path_factory.mktemp("lab"), free_port()
    own = (
        "JUPYTER_CONFIG_DIR",
        "JUPYTER_RUNTIME_DIR",
        "JUPYTERLAB_SETTINGS_DIR",
        "JUPYTERLAB_WORKSPACES_DIR",
    )
    environment = os.environ | {name: str(home / name.lower()) for name in own}
    extra = ["--no-browser", f"--ServerApp.port={port}", "--ServerApp.port_retries=0"]
    extra += ["--ServerApp.ip=127.0.0.1", f"--IdentityProvider.token={TOKEN}"]
    command = [sys.executable, "-m", "jupyter", *command_of_make_lab(), *extra]
    with (home / "log").open("w") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{address}/api/status?token={TOKEN}", server, home / "log")
        yield address
    finally:
        server.terminate()
        server.wait(timeout=30)


def wait_for(url, server, log, seconds=60):
    for _ in range(10 * seconds):
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(url):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    pytest.fail(f"JupyterLab did not start:\n{log.read_text()}", pytrace=False)


def test_it_starts_at_the_first_chapter(lab):
    with urllib.request.urlopen(f"{lab}/?token={TOKEN}") as page:
        assert page.url.split("?")[0] == f"{lab}/lab/tree/{FIRST}"
    with urllib.request.urlopen(f"{lab}/api/contents/{FIRST}?content=0&token={TOKEN}") as found:
        assert found.status == 200


def test_the_chapter_opens_and_no_news_are_offered(lab, browser):
    tab = browser.new_page()
    tab.goto(f"{lab}/?token={TOKEN}")
    notebook = tab.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")
    notebook.get_by_role("heading", level=1).wait_for(timeout=60_000)
    tab.wait_for_timeout(3000)  # the offer of news comes after the notebook
    asked = tab.locator(".Toastify__toast, .jp-Dialog").all_inner_texts()
    tab.close()
    assert not asked
