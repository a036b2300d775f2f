"""What Lighthouse says of the guide, served as in production: `make lighthouse`.

Each page is loaded as on a slow phone. The table goes to docs/lighthouse.md, and everything
that Lighthouse found to var/lighthouse/. Figures wobble with the machine, so nothing here
passes or fails; tests hold what does not wobble.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django

ROOT = Path(__file__).resolve().parent.parent
COMMAND = ROOT / "tests" / "npm" / "node_modules" / ".bin" / "lighthouse"
RAW = ROOT / "var" / "lighthouse"
REPORT = ROOT / "docs" / "lighthouse.md"
FLAGS = "--headless --no-sandbox --disable-gpu --disable-background-networking"
PAGES = {
    "home": "/",
    "an article": "/guide/ease-a-cramp/",
    "a stretch": "/stretches/wall-calf-straight-knee/",
    "a step of the questionnaire": "/check/legs/q/now/",
    "questions and answers": "/faq/",
    "cramp now": "/cramp/",
}
#: A run may miss the start of the page; it then has no scores.
TRIES = 4
HEAD = """# What Lighthouse says

Written by `make lighthouse`, with Lighthouse {version}: each page as on a slow phone, out of
100. The server is that of `make serve`: gunicorn, static files compressed, no debugging.

A step of the questionnaire asks search engines to stay out, so that nobody lands in the middle.
That costs it SEO points, and is meant.

"""


def main() -> None:
    if not COMMAND.exists():
        sys.exit("Lighthouse is not installed: run `npm ci` in tests/npm.")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "legrelief.settings")
    django.setup()
    from tests.conftest import CHROMIUM
    from tests.served import served

    RAW.mkdir(parents=True, exist_ok=True)
    os.environ["CHROME_PATH"] = CHROMIUM or sys.exit("Chromium is not installed.")
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as server:
        found = {name: audited(name, server.origin + path) for name, path in PAGES.items()}
    text = "\n".join(report(found))
    REPORT.write_text(text, encoding="utf-8")
    print(text)


def audited(name: str, address: str) -> dict[str, Any]:
    """Load a page in Lighthouse, again when it could not, and return all that it says."""
    file = RAW / f"{name.replace(' ', '-')}.json"
    options = ["--quiet", "--output=json", f"--output-path={file}", f"--chrome-flags={FLAGS}"]
    for _ in range(TRIES):
        subprocess.run([COMMAND, address, *options], check=False, timeout=180)
        found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        if "runtimeError" not in found:
            return found
    sys.exit(f"Lighthouse could not load {address}: {found['runtimeError']['message']}")


def report(found: dict[str, dict[str, Any]]) -> Iterator[str]:
    first = next(iter(found.values()))
    titles = [category["title"] for category in first["categories"].values()]
    yield HEAD.format(version=first["lighthouseVersion"])[:-1]
    yield f"| Page | {' | '.join(titles)} | Largest paint | Requests | Bytes |"
    yield "| --- |" + " --- |" * (len(titles) + 3)
    for name, result in found.items():
        scores = [round(100 * one["score"]) for one in result["categories"].values()]
        audits = result["audits"]
        sent = audits["network-requests"]["details"]["items"]
        paint = audits["largest-contentful-paint"]["displayValue"].replace("\u00a0", " ")
        weight = f"{sum(one['transferSize'] for one in sent):,}"
        yield f"| {name} | {' | '.join(map(str, scores))} | {paint} | {len(sent)} | {weight} |"
    yield ""
    missed = [f"- {name}: {title}" for name, result in found.items() for title in short(result)]
    yield from ["What cost points:", "", *missed, ""] if missed else ["Nothing cost a point.", ""]


def short(result: dict[str, Any]) -> Iterator[str]:
    """Name what cost a page points."""
    for category in result["categories"].values():
        for one in category["auditRefs"]:
            audit = result["audits"][one["id"]]
            if one["weight"] and audit["score"] is not None and audit["score"] < 0.9:
                yield f"{category['title']}: {audit['title'].rstrip('.')} (`{one['id']}`)"


if __name__ == "__main__":
    main()
