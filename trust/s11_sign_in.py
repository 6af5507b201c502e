#!/usr/bin/env python3
"""S11: who guesses a password gets few tries, the owner signs in meanwhile, and a wrong answer tells nothing."""

import http.client
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from trust.harness import PYTHON, ROOT, Site, environment, free_port, report, wait_until_up

EMAIL, PASSWORD = "ans@markerwaard.example", "zeven-groene-fietsen"
TRIES = 25
MOST = 14
"""Of them that may be judged: 5 free ones, and one after each wait of 1, 2, 4, 8, 16 and 30 seconds."""
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


def sign_in(site: Site, email: str, password: str, *, network: str) -> tuple[int, str]:
    """Status and page of one try from an address of this machine."""
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=20, source_address=(network, 0))
    try:
        connection.request("GET", "/werk/inloggen")
        form = connection.getresponse()
        cookie = form.headers["Set-Cookie"].split(";")[0]
        token = _TOKEN.search(form.read().decode())
        assert token, "no form"
        body = urlencode({"email": email, "password": password, "csrfmiddlewaretoken": token[1]})
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
        connection.request("POST", "/werk/inloggen", body, headers)
        answer = connection.getresponse()
        return answer.status, _TOKEN.sub("", answer.read().decode()).replace(email, "")
    finally:
        connection.close()


def check(control: bool) -> tuple[str, bool]:
    with tempfile.TemporaryDirectory(prefix="samenspel-trust-") as folder:
        data, port = Path(folder), free_port()
        settings = "trust.controls.no_patience" if control else None
        env = environment(data, settings) | {"SAMENSPEL_MUNICIPALITY": "GM9901"}
        words = [PYTHON, "-m", "samenspel", "account", EMAIL, "--name", "Ans", "--role", "administrator"]
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
    wrong = sign_in(site, EMAIL, "niet-het-goede", network="127.0.0.2")
    unknown = sign_in(site, "niemand@markerwaard.example", PASSWORD, network="127.0.0.3")
    judged = sum(sign_in(site, EMAIL, "niet-het-goede", network="127.0.0.4")[0] == 400 for _ in range(TRIES))
    owner, _ = sign_in(site, EMAIL, PASSWORD, network="127.0.0.5")
    met = judged <= MOST and owner == 302 and wrong == unknown
    same = "same-answer" if wrong == unknown else "answers-differ"
    return f"{judged}-of-{TRIES}-tries-judged-owner-{owner}-{same}", met


if __name__ == "__main__":
    report("S11", f"<={MOST}-tries-judged-owner-302-same-answer", check)
