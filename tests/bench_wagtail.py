"""An article of the guide against the blog page of Wagtail's demo: `make bench-wagtail`.

The demo is no package, so a site of our own does its work (`tests/wagtail_peer`): the same menu,
way, pictures, blocks, authors, tags, settings and foot, asked for as often and in the same way.
How near it comes is counted and printed: the questions it asks of its database and its bytes lie
within a tenth of those of the demo, or there is no table. Wagtail comes fresh into a folder that
is thrown away, in the version of the demo. As in the demo, its pictures and addresses are kept in
memory and its HTML is not. All is served by gunicorn with two sync workers and takes turns, round
by round; a ratio is the median over the rounds.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from typing import Any

from tests import bench
from tests.bench_served import ARTICLE, ROOT, ROUNDS, Case, Round, asked, serving

# Commit 8e2b625 of wagtail/bakerydemo, /blog/bread-circuses/, after the first request.
DEMO = {"queries": 22, "bytes": 20_100}
PACKAGES = ("wagtail==7.4.4", "gunicorn", "whitenoise")
ENVIRONMENT = {**os.environ, "DJANGO_SETTINGS_MODULE": "peer.settings"}
PAGE = Case("Wagtail's blog page", "wagtail", "/blog/post/", {})
CASES = (
    Case("bare Django view", "hello", "/", {}),
    Case("article", "guide", ARTICLE, {}, "60"),
    Case("article, something else published", "cold", ARTICLE, {"X-After": "elsewhere"}, "11"),
    Case("article, a part of it published", "cold", ARTICLE, {"X-After": "a part"}, "11"),
    Case("article, first in a process", "cold", ARTICLE, {"X-After": "start"}, "11"),
    Case("article, drawn while asked for", "cold", ARTICLE, {"X-After": "deploy"}),
)


def main() -> None:
    wrk = shutil.which("wrk") or sys.exit("wrk is not installed.")
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        python = _peer(folder)
        likeness = _likeness(python, folder)
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
        bench.set_up()
        application = "django.core.wsgi:get_wsgi_application()"
        servers = {
            "wagtail": stack.enter_context(
                serving(application, environment=ENVIRONMENT, python=python, folder=folder)
            ),
            "hello": stack.enter_context(serving("tests.bench_hello")),
            "guide": stack.enter_context(serving("legrelief.wsgi")),
            "cold": stack.enter_context(serving("tests.bench_cold")),
        }
        rounds = [
            [asked(wrk, case, *servers[case.server]) for case in (PAGE, *CASES)]
            for _ in range(ROUNDS + 1)
        ][1:]  # the first one warms up
    print(likeness)
    _print(rounds)


def _peer(folder: Path) -> str:
    """Make the site, in a folder and with a Wagtail of its own; return what runs it."""
    subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
    python = str(folder / "venv" / "bin" / "python")
    subprocess.run([python, "-m", "pip", "install", "-q", *PACKAGES], check=True)
    shutil.copytree(ROOT / "tests" / "wagtail_peer", folder / "peer")
    for words in ("makemigrations peer", "migrate", "collectstatic --noinput"):
        _django(python, folder, *words.split(), "--verbosity", "0")
    _django(python, folder, "shell", "-c", "from peer.fill import main; main()")
    return python


def _likeness(python: str, folder: Path) -> str:
    """Say how near the page comes to that of the demo, or stop where it does not."""
    said = _django(python, folder, "shell", "-c", "from peer.count import main; main()")
    found: dict[str, Any] = json.loads(said.splitlines()[-1])
    for name, there in DEMO.items():
        if abs(found[name] / there - 1) > 0.1:
            sys.exit(f"The page has {found[name]} {name}, and the demo's has {there}.")
    return (
        f"{found['versions']}: {found['queries']} queries (the demo: {DEMO['queries']}), "
        f"{found['bytes'] / 1000:.1f} kB of HTML (the demo: {DEMO['bytes'] / 1000:.1f}).\n"
    )


def _django(python: str, folder: Path, *words: str) -> str:
    command = [python, "-m", "django", *words]
    done = subprocess.run(
        command, cwd=folder, env=ENVIRONMENT, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout


def _print(rounds: list[list[Round]]) -> None:
    """Print the table. A rate is that of the page over that of the peer's; CPU is turned over."""
    peer, *others = zip(*rounds, strict=True)
    print("| Page | requests/s | CPU ms | rate x Wagtail | Wagtail's CPU x | Goal |")
    print("| --- | --- | --- | --- | --- | --- |")
    for case, ours in zip((PAGE, *CASES), (peer, *others), strict=True):
        rate, cpu = (median(values) for values in zip(*ours, strict=True))
        by_rate = median(one.rate / base.rate for one, base in zip(ours, peer, strict=True))
        by_cpu = median(base.cpu / one.cpu for one, base in zip(ours, peer, strict=True))
        goal = case.goal and f"rate ≥ {case.goal}"
        print(f"| {case.name} | {rate:,.0f} | {cpu:.2f} | {by_rate:.1f} | {by_cpu:.1f} | {goal} |")


if __name__ == "__main__":
    main()
