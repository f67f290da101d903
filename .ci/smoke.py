"""Clones the commit, starts the demo with one command, signs in, looks at the desk and the indicators, stops."""

import http.cookiejar
import json
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 420


def free_port() -> int:
    """A port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(address: str, process: "subprocess.Popen[bytes]") -> None:
    """Until the address answers."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if process.poll() is not None:
            sys.exit(f"the demo stopped with {process.returncode}")
        try:
            urllib.request.urlopen(address, timeout=5).read()  # noqa: S310
        except OSError:
            time.sleep(1)
        else:
            return
    sys.exit("the demo did not answer")


def look(port: int, data: Path) -> None:
    """Sign in as the Digitalisation Service and open its pages."""
    base = f"http://127.0.0.1:{port}"
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    told = json.loads((data / "demo-accounts.json").read_text(encoding="utf-8"))
    account = told["accounts"][0]
    page = browser.open(f"{base}/sign-in/").read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token is not None, "the sign-in page has no form"
    form = {"csrfmiddlewaretoken": token[1], "username": account["username"], "password": account["password"]}
    answer = browser.open(f"{base}/sign-in/", urllib.parse.urlencode(form).encode())
    assert answer.geturl().endswith("/desk/"), answer.geturl()
    year, month, day = (int(part) for part in told["today"].split("-"))
    assert f"{day}.\u00a0{month}.\u00a0{year}" in answer.read().decode(), "the calendar does not stand on the last day"
    for path in ("/", "/indicators/", "/organisation/units/", "/training/sessions/"):
        assert browser.open(f"{base}{path}").status == 200, path


def main() -> None:
    """Clone, start, look, stop; twice, because both must work again when run twice."""
    with tempfile.TemporaryDirectory(prefix="kazipot-smoke-") as folder:
        clone, data, port = Path(folder) / "clone", Path(folder) / "data", free_port()
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        for turn in ("first", "second"):
            begun = time.monotonic()
            command = [str(clone / "kazipot"), "demo", "--people", "100", "--port", str(port), "--data", str(data)]
            process = subprocess.Popen(command)
            try:
                wait_for(f"http://127.0.0.1:{port}/", process)
                look(port, data)
                print(f"{turn} start: {time.monotonic() - begun:.0f} s", flush=True)
            finally:
                process.send_signal(signal.SIGTERM)
                process.wait(timeout=30)


if __name__ == "__main__":
    main()
