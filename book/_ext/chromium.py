"""The installed Chromium, for whatever opens pages: tests, benchmarks, and what is printed."""

import os
import shutil

NO_CHROMIUM = (
    "no Chromium found; remedy: sudo apt install chromium, or set CHROMIUM=/path/to/browser"
)
ARGUMENTS = [
    "--no-sandbox",  # CI runs as root, and the pages are our own
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # the network cable, pulled
]


def chromium() -> str | None:
    """Path of an installed Chromium: $CHROMIUM, or the first known name on the PATH."""
    names = [os.environ.get("CHROMIUM"), "chromium", "chromium-browser", "google-chrome"]
    return next(filter(None, (shutil.which(name) for name in names if name)), None)
