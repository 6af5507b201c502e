"""Pages of the front door under load, and what a first visit weighs.

Load: wrk on the same machine, 16 requests in flight, the demo municipality on SQLite, 2 web processes. Peers in the
same run: the accessibility page (the same frame without a search: what Django and the frame cost by themselves) and a
static file (what the server costs by itself). Rounds are interleaved; the median is shown with the extremes.
"""

import gzip
import json
import re
import statistics
import subprocess
import tempfile
from urllib.parse import quote_plus, urljoin

from bench.harness import table
from trust.harness import ROOT, Site, demo_site

IN_FLIGHT, SECONDS, ROUNDS = 16, 6, 5
QUESTIONS = (
    "iemand die met mijn moeder wil wandelen",
    "ik zit hele dagen alleen",
    "ik snap die brief van de gemeente niet",
    "waar kan ik samen eten",
    "mijn zoon wil voetballen maar we hebben weinig geld",
    "computerhulp",
    "iets met muziek",
    "mijn man is overleden",
)
SCRIPT = """
local bodies = {%s}
local n = 0
request = function()
  n = n + 1
  local form = {["Content-Type"] = "application/x-www-form-urlencoded"}
  return wrk.format("POST", "/zoeken", form, bodies[n %% #bodies + 1])
end
"""
DONE = """
done = function(summary, latency)
  local wrong = summary.errors
  io.write(string.format('\\nFIGURES {"rate": %f, "p50": %f, "p95": %f, "p99": %f, "bad": %d, "all": %d}\\n',
    summary.requests / summary.duration * 1e6, latency:percentile(50) / 1000, latency:percentile(95) / 1000,
    latency:percentile(99) / 1000, wrong.status + wrong.read + wrong.timeout + wrong.connect, summary.requests))
end
"""


def load(site: Site, path: str, script: str) -> dict[str, float]:
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
        file.write(script + DONE)
        file.flush()
        said = subprocess.run(
            ["wrk", "-t1", f"-c{IN_FLIGHT}", f"-d{SECONDS}s", "-s", file.name, f"http://127.0.0.1:{site.port}{path}"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    figures: dict[str, float] = json.loads(said.split("FIGURES ")[1])
    return figures


def postcode() -> str:
    lines = (ROOT / "samenspel/demo/markerwaard/postcodes.csv").read_text().splitlines()
    return lines[1].split(",")[0]


def weigh(site: Site, path: str) -> tuple[int, int]:
    """Bytes on the wire of a first visit (compressed as the server sends it) and the number of requests."""
    asked = {"accept-encoding": "gzip, br"}
    _, headers, body = site.get(path, headers=asked)
    text = gzip.decompress(body) if headers.get("content-encoding") == "gzip" else body
    files = {
        urljoin(path, found)
        for found in re.findall(r'(?:href|src)="([^"]+\.(?:css|js|svg|woff2?|png))"', text.decode())
    }
    weights = [len(body)] + [len(site.get(file, headers=asked)[2]) for file in files]
    return sum(weights), len(weights)


def main() -> None:
    place = postcode()
    bodies = ", ".join(f'"vraag={quote_plus(q)}&plaats={place}"' for q in QUESTIONS)
    with demo_site() as site:
        style = re.findall(r'href="(/static/[^"]+\.css)"', site.get("/")[2].decode())[0]
        cases = {
            "results page (POST /zoeken)": ("/zoeken", SCRIPT % bodies),
            "home page": ("/", ""),
            "peer: frame only (/toegankelijkheid)": ("/toegankelijkheid", ""),
            "peer: static file": (style, ""),
        }
        for path, script in cases.values():
            load(site, path, script)
        found: dict[str, list[dict[str, float]]] = {name: [] for name in cases}
        for _ in range(ROUNDS):
            for name, (path, script) in cases.items():
                found[name].append(load(site, path, script))
        rows = []
        for name, rounds in found.items():
            rates = [r["rate"] for r in rounds]
            middle = {key: statistics.median(r[key] for r in rounds) for key in ("rate", "p50", "p95", "p99")}
            rows.append(
                [name, f"{middle['rate']:.0f} ({min(rates):.0f}-{max(rates):.0f})"]
                + [f"{middle[key]:.1f}" for key in ("p50", "p95", "p99")]
                + [f"{sum(r['bad'] for r in rounds):.0f} of {sum(r['all'] for r in rounds):.0f}"]
            )
        table(
            f"Pages, {IN_FLIGHT} in flight, {ROUNDS} rounds of {SECONDS} s",
            ["page", "requests/s, median (extremes)", "p50 ms", "p95 ms", "p99 ms", "failed"],
            rows,
        )
        weights = {path: weigh(site, path) for path in ("/", "/zoeken?thema=meet")}
        table(
            "First visit",
            ["page", "kB on the wire", "requests"],
            [[path, f"{size / 1000:.1f}", count] for path, (size, count) in weights.items()],
        )


if __name__ == "__main__":
    main()
