#!/usr/bin/env python3
"""S12: who reads questions proves twice who they are: nothing opens before, a code works once, guesses have to wait."""

import base64
import hashlib
import hmac
import http.client
import re
import struct
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from trust.harness import PYTHON, ROOT, Site, environment, free_port, report, wait_until_up

EMAIL, PASSWORD = "ans@markerwaard.example", "zeven-groene-fietsen"
GUESSES, MOST = 25, 12
"""Of the guesses that may be judged: 5 free ones, and one after each wait of 1, 2, 4, 8, 16 and 30 seconds."""
AT_ONCE = 8
"""Browsers that send one right code at the same moment, to both processes of the server; too few to be slowed down."""
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
_SECRET = re.compile(r"<code>([A-Z2-7]{16,})</code>")


@dataclass
class Browser:
    """A browser at an address of this machine; it keeps its cookies."""

    port: int
    network: str
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, path: str, form: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Status, where it leads, and the page; a form is sent with the token of the page itself."""
        if form is None:
            return self._ask("GET", path, "")
        token = _TOKEN.search(self._ask("GET", path, "")[2])
        return self._ask("POST", path, urlencode({**form, "csrfmiddlewaretoken": token[1] if token else ""}))

    def _ask(self, method: str, path: str, body: str) -> tuple[int, str, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60, source_address=(self.network, 0))
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            for cookie in answer.headers.get_all("Set-Cookie") or []:
                name, _, value = cookie.split(";")[0].partition("=")
                self.cookies[name] = value
            return answer.status, answer.headers.get("Location", ""), answer.read().decode()
        finally:
            connection.close()


def first_step(site: Site, number: int) -> Browser:
    browser = Browser(site.port, f"127.0.1.{number}")
    browser.ask("/werk/inloggen", {"email": EMAIL, "password": PASSWORD})
    return browser


def shown(secret: str) -> str:
    """What the app shows now (RFC 6238)."""
    digest = hmac.new(base64.b32decode(secret), struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 10**6:06}"


def check(control: bool) -> tuple[str, bool]:
    with tempfile.TemporaryDirectory(prefix="samenspel-trust-") as folder:
        data, port = Path(folder), free_port()
        settings = "trust.controls.careless_codes" if control else None
        env = environment(data, settings) | {"SAMENSPEL_MUNICIPALITY": "GM9901"}
        words = [PYTHON, "-m", "samenspel", "account", EMAIL, "--name", "Ans", "--role", "connector"]
        subprocess.run(words, env=env, cwd=ROOT, input=f"{PASSWORD}\n", text=True, check=True)
        process = subprocess.Popen([PYTHON, "-m", "samenspel", "serve", "--port", str(port)], env=env, cwd=ROOT)
        try:
            site = Site(port, data, process, env)
            wait_until_up(site)
            return _measured(site)
        finally:
            process.terminate()
            process.wait(timeout=20)


def _measured(site: Site) -> tuple[str, bool]:
    owner = first_step(site, 1)
    before = sum(owner.ask(path)[0] == 200 for path in ("/werk/", "/werk/vragen", "/werk/inrichten"))
    secret = _SECRET.search(owner.ask("/werk/account/app")[2])
    assert secret, "no secret on the page"
    owner._ask("POST", "/werk/account/app", urlencode({"code": shown(secret[1]), "csrfmiddlewaretoken": _own(owner)}))
    waiting = [first_step(site, 10 + number) for number in range(AT_ONCE)]
    time.sleep(31 - time.time() % 30)  # the code that set it up was used, and so was its moment
    code = shown(secret[1])
    with ThreadPoolExecutor(AT_ONCE) as crowd:
        answers = list(crowd.map(lambda one: one.ask("/werk/inloggen/code", {"code": code}), waiting))
    inside = sum(status == 302 and goes_to == "/werk/" for status, goes_to, _ in answers)
    guesser = first_step(site, 2)
    judged = sum("klopt niet" in guesser.ask("/werk/inloggen/code", {"code": "000000"})[2] for _ in range(GUESSES))
    met = before == 0 and judged <= MOST and inside == 1
    return f"{before}-pages-before-{judged}-of-{GUESSES}-guesses-judged-{inside}-of-{AT_ONCE}-in-by-one-code", met


def _own(browser: Browser) -> str:
    """A token for a form, without loading the page that makes another secret."""
    token = _TOKEN.search(browser.ask("/werk/account")[2])
    assert token, "no form"
    return token[1]


if __name__ == "__main__":
    report("S12", f"0-pages-before-<={MOST}-guesses-judged-1-in-by-one-code", check)
