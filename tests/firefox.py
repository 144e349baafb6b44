"""A headless Firefox, spoken to in WebDriver BiDi, which it has built in: no driver to install."""

import itertools
import json
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import websocket

NO_FIREFOX = (
    "no Firefox found, so the live figures were not drawn in it; "
    "remedy: sudo apt install firefox-esr, or FIREFOX=/path/to/browser make test"
)
PREFERENCES = {  # nothing is fetched on its own, and no name is resolved
    "network.dns.disabled": True,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "app.update.disabledForTesting": True,
    "browser.shell.checkDefaultBrowser": False,
    "services.settings.server": "data:,",
}
SECONDS = 60  # to wait for an answer
ARROW_RIGHT = "\ue014"  # as WebDriver writes keys
ARROW_LEFT = "\ue012"


def firefox() -> str | None:
    """Path of an installed Firefox: $FIREFOX, or the first known name on the PATH."""
    names = [os.environ.get("FIREFOX"), "firefox-esr", "firefox"]
    return next(filter(None, (shutil.which(name) for name in names if name)), None)


class Firefox:
    """One window with a profile of its own; ``errors`` holds what its pages complained of."""

    def __init__(self, path, width=1280, height=900):
        self._profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        lines = (
            f"user_pref({json.dumps(name)}, {json.dumps(v)});" for name, v in PREFERENCES.items()
        )
        Path(self._profile.name, "user.js").write_text("\n".join(lines), encoding="utf-8")
        self._process = subprocess.Popen(
            [path, "--headless", "--no-remote", "--remote-debugging-port=0", "--width", str(width),
             "--height", str(height), "--profile", self._profile.name],
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self._socket = websocket.create_connection(
            f"{self._address()}/session", timeout=SECONDS, suppress_origin=True
        )
        self._number, self.errors, self.requests = itertools.count(1), [], []
        self._send("session.new", capabilities={})
        events = ["log.entryAdded", "network.beforeRequestSent"]
        self._send("session.subscribe", events=events)
        self._window = self._send("browsingContext.getTree")["contexts"][0]["context"]

    def _address(self):
        """Where Firefox listens; it writes that into its profile."""
        file = Path(self._profile.name, "WebDriverBiDiServer.json")
        for _ in range(10 * SECONDS):
            if file.exists() and (text := file.read_text(encoding="utf-8")):
                server = json.loads(text)
                return f"ws://{server['ws_host']}:{server['ws_port']}"
            if self._process.poll() is not None:
                break
            time.sleep(0.1)
        raise RuntimeError(f"Firefox does not listen; it ended with {self._process.poll()}")

    def _send(self, method, **params):
        number = next(self._number)
        self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            message = json.loads(self._socket.recv())
            if message["type"] == "event":
                self._note(message["method"], message["params"])
            elif message["id"] != number:
                continue
            elif message["type"] == "error":
                raise RuntimeError(f"{method}: {message['message']}")
            else:
                return message["result"]

    def _note(self, event, params):
        if event == "log.entryAdded" and params["level"] == "error":
            self.errors.append(params["text"])
        elif event == "network.beforeRequestSent":
            self.requests.append(params["request"]["url"])

    def go(self, address):
        self._send("browsingContext.navigate", context=self._window, url=address, wait="complete")
        # On a busy machine the window may still answer for the page before, or for one half read.
        there = "document.readyState === 'complete' && location.href.split('#')[0]"
        while self.ask(there) != address.split("#")[0]:
            time.sleep(0.05)

    def ask(self, expression):
        """The value of a JavaScript expression, awaited; as JSON can hold it."""
        wrapped = f"Promise.resolve({expression}).then(JSON.stringify)"
        target = {"context": self._window}
        answer = self._send("script.evaluate", expression=wrapped, target=target, awaitPromise=True)
        if answer["type"] == "exception":
            raise RuntimeError(answer["exceptionDetails"]["text"])
        return json.loads(answer["result"].get("value", "null"))

    def press(self, key):
        """A key, as a reader presses it, where the focus is."""
        actions = [{"type": kind, "value": key} for kind in ("keyDown", "keyUp")]
        keys = {"type": "key", "id": "keyboard", "actions": actions}
        self._send("input.performActions", context=self._window, actions=[keys])

    def picture(self) -> str:
        """What the window shows, a PNG in base64."""
        return self._send("browsingContext.captureScreenshot", context=self._window)["data"]

    def close(self):
        self._socket.close()
        self._process.terminate()
        self._process.wait(SECONDS)
        self._profile.cleanup()
