"""Pages over HTTP, against a bare Django view on the same server: a part of `make bench`.

Each case has `wrk` ask for one address on loopback for a few seconds. gunicorn serves with two sync
workers, as `make serve` does. Cases take turns, round by round, so that a machine that slows down
slows all of them; a ratio is the median over the rounds of the ratio to the bare view in the same
round. CPU is that of the server alone, and wobbles least.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 5
SECONDS = 3
CONNECTIONS = 8
TICKS = os.sysconf("SC_CLK_TCK")
ARTICLE = "/guide/ease-a-cramp/"
GZIP = {"Accept-Encoding": "gzip"}


class Case(NamedTuple):
    """One address of one server, and what the issue asks of it."""

    name: str
    server: str
    path: str
    headers: dict[str, str]
    goal: str = ""


class Round(NamedTuple):
    """Requests a second, and milliseconds of the server's CPU for each."""

    rate: float
    cpu: float


CASES = (
    Case("bare Django view", "hello", "/", {}),
    Case("article, plain", "guide", ARTICLE, {}, "rate 0.95"),
    Case("article, gzip", "guide", ARTICLE, GZIP, "rate 0.95"),
    Case("article, brotli", "guide", ARTICLE, {"Accept-Encoding": "br"}, "rate 0.95"),
    Case("article, 304", "guide", ARTICLE, {"If-None-Match": "*"}, "rate 1.1"),
    Case("home", "guide", "/", {}, "rate 0.9"),
    Case("stretch library", "guide", "/stretches/", {}, "rate 0.9"),
    Case("search", "guide", "/search/?q=cramp", {}, "rate 0.9"),
    Case("step of the questionnaire", "guide", "/check/legs/q/now/", {}, "CPU 10"),
    Case("article, something else published", "cold", ARTICLE, {"X-After": "elsewhere"}, "CPU 8"),
    Case("article, a part of it published", "cold", ARTICLE, {"X-After": "a part"}, "CPU 8"),
    Case("article, first in a process", "cold", ARTICLE, {"X-After": "start"}, "CPU 8"),
    Case("article, first, gzip", "cold", ARTICLE, {"X-After": "start", **GZIP}, "CPU 8"),
    Case("article, drawn while asked for", "cold", ARTICLE, {"X-After": "deploy"}),
)
APPLICATIONS = {
    "hello": "tests.bench_hello",
    "guide": "legrelief.wsgi",
    "cold": "tests.bench_cold",
}


def measured() -> dict[str, list[Round]]:
    """Return every case's rounds. The database in the environment must be filled."""
    wrk = shutil.which("wrk") or sys.exit("wrk is not installed.")
    found: dict[str, list[Round]] = {case.name: [] for case in CASES}
    with ExitStack() as stack:
        servers = {
            name: stack.enter_context(serving(application))
            for name, application in APPLICATIONS.items()
        }
        for number in range(ROUNDS + 1):
            for case in CASES:
                once = asked(wrk, case, *servers[case.server])
                if number:  # the first round warms up
                    found[case.name].append(once)
    return found


@contextmanager
def serving(
    application: str,
    workers: int = 2,
    environment: dict[str, str] | None = None,
    python: str = sys.executable,
    folder: Path = ROOT,
) -> Iterator[tuple[int, int]]:
    """Serve an application with sync workers; yield the master's process id and the port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [python, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}"]
    command += ["--workers", str(workers), "--no-control-socket", "--log-level", "error"]
    process = subprocess.Popen(command, cwd=folder, env=environment)
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5).close()
                break
            except OSError:
                time.sleep(0.1)
        yield process.pid, port
    finally:
        process.terminate()
        process.wait(timeout=30)


def asked(wrk: str, case: Case, pid: int, port: int, scheme: str = "http") -> Round:
    """Have a case asked for as fast as it is answered."""
    address = f"{scheme}://127.0.0.1:{port}{case.path}"
    headers = [part for name, value in case.headers.items() for part in ("-H", f"{name}: {value}")]
    command = [wrk, "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", *headers, address]
    before = spent(pid)
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    used = spent(pid) - before
    assert "Non-2xx" not in said, said
    requests = int(re.search(r"(\d+) requests in", said)[1])  # type: ignore[index]
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1])  # type: ignore[index]
    return Round(rate, used / requests * 1000)


def spent(pid: int) -> float:
    """Return the seconds of CPU that a process and its children have used."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    stats = [Path(f"/proc/{one}/stat").read_text().rpartition(")")[2] for one in [pid, *children]]
    return sum(sum(map(int, stat.split()[11:13])) for stat in stats) / TICKS


def table(found: dict[str, list[Round]]) -> Iterator[str]:
    """Return the lines of the table: each case, and its ratios to the first one."""
    bare = found[CASES[0].name]
    yield "| Page | requests/s | CPU ms | rate x bare | CPU x bare | Goal |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for case in CASES:
        rounds = found[case.name]
        rate, cpu = (median(values) for values in zip(*rounds, strict=True))
        pairs = list(zip(rounds, bare, strict=True))
        by_rate = median(one.rate / base.rate for one, base in pairs)
        by_cpu = median(one.cpu / base.cpu for one, base in pairs)
        goal = case.goal.replace("rate ", "rate ≥ ").replace("CPU ", "CPU ≤ ")
        yield f"| {case.name} | {rate:,.0f} | {cpu:.2f} | {by_rate:.2f} | {by_cpu:.2f} | {goal} |"
