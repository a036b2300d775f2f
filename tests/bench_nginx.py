"""An article behind the shipped nginx, against the same bytes as a file: a part of `make bench`.

nginx runs with `deploy/nginx.conf`, over TLS, in front of the guide. It keeps a public page for the
second that the page allows. The file has the same bytes and stands beside it, in the same server,
with the same log. Both take turns, round by round; a ratio is the median over the rounds.
"""

from __future__ import annotations

import shutil
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from tests.bench_served import ARTICLE, GZIP, ROUNDS, Case, asked, serving
from tests.deploy_check import Reader, free_port, nginx, wait_for

FILE = "/page.html"
PLACE = """
    location = /page.html {
        root FOLDER;
        gzip_static on;
    }
"""
CASES = (
    Case("article, plain", "nginx", ARTICLE, {}),
    Case("article, gzip", "nginx", ARTICLE, GZIP),
)


def report(folder: Path) -> Iterator[str]:
    """Yield the lines of the table. The database in the environment must be filled."""
    wrk = shutil.which("wrk") or sys.exit("wrk is not installed.")
    if not shutil.which("nginx"):
        yield "Not measured in this run: nginx is not installed."
        return
    folder.chmod(0o755)  # nginx's workers are another user
    with serving("legrelief.wsgi") as (_, port):
        for headers, name in (({}, "page.html"), (GZIP, "page.html.gz")):
            request = urllib.request.Request(f"http://127.0.0.1:{port}{ARTICLE}", headers=headers)
            with urllib.request.urlopen(request) as answer:
                (folder / name).write_bytes(answer.read())
        secure, beside = free_port(), PLACE.replace("FOLDER", str(folder))
        with nginx(folder, free_port(), secure, [port], beside) as pid:
            wait_for(lambda: Reader(secure).get(FILE)[0] == 200)
            yield "| Behind nginx | requests/s | of the file | rate x file | CPU x file | Goal |"
            yield "| --- | --- | --- | --- | --- | --- |"
            for case in CASES:
                pairs = [
                    [
                        asked(wrk, one, pid, secure, "https")
                        for one in (case._replace(path=FILE), case)
                    ]
                    for _ in range(ROUNDS)
                ]
                file, page = (median(pair[place].rate for pair in pairs) for place in (0, 1))
                by_rate = median(page.rate / file.rate for file, page in pairs)
                by_cpu = median(page.cpu / file.cpu for file, page in pairs)
                yield (
                    f"| {case.name} | {page:,.0f} | {file:,.0f} | {by_rate:.2f} | {by_cpu:.2f} |"
                    " rate ≥ 0.7 |"
                )
