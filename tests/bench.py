"""How fast the guide is, as ratios taken in one run: `make bench`.

Pages over HTTP, the engine of the questionnaire, and search. What it prints goes to
docs/performance.md as well. Nothing here passes or fails: a machine may be busy.
"""

from __future__ import annotations

import io
import os
import random
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from statistics import median
from time import process_time

import django

from tests import bench_growth, bench_nginx, bench_served

ROUNDS = 15
PEOPLE = 4000
REPORT = Path(__file__).resolve().parent.parent / "docs" / "performance.md"
HEAD = """# How fast the guide is

Written by `make bench`: figures of one run, on one machine with {cores} cores. Compare the ratios,
not the milliseconds. Nothing passes or fails by them, as a machine may be busy.

## Pages

{method}
The bare view is Django with one view and no middleware. The last five rows are what an article
costs while the process does not keep it, each as if it were so before every request:

- *Something else published*: the process hears of a publish that the article is not made of. One
  query tells it so, and the page stays.
- *A part of it published*: one section of the article came out, and the article was drawn with it.
  The process hears of it, and finds the drawn page.
- *First in a process*: everything that was kept or built is forgotten. That comes once for a page,
  after a start. The drawn page is found by the query that asks for the state of the guide.
- *Drawn while asked for*: what a page costs that was not drawn ahead. That is so after a new
  release until `manage.py draw_pages` has run, when a planned day has come until its timer has, and
  for pages past the first forty that one publish changes.

{pages}

## Behind nginx

{fronting}
{front}

## More to read

{growing}
{growth}

{by_hand}
{wagtail}
## The questionnaire and search

The engine assesses the answers of people who answer page by page. Searches are among made-up
sections, as uneven as a language.

```
{rest}
```

## What is held by tests

- Queries: an article, a list and a search ask at most four questions when nothing is kept, however
  much there is, and none when they are (`tests/views/test_queries.py`).
- Growth: no list of what is to be read has more bytes, or reads more rows, when more is published
  (`tests/views/test_queries.py`).
- Weight: an article is at most 5 requests and 45 kB, the font included, and all but the two longest
  are at most 18 kB without it (`tests/views/test_weight.py`).
- A drawn page is byte for byte what its view shows, costs one query, and is not handed out once
  something on it is published (`tests/test_drawn_pages.py`).
- A publish makes anew only the pages that are made of it, and each then reads as if nothing had
  been kept (`tests/reading/test_asked.py`).
- Kept pages take 12 MB of a process at most (`tests/test_kept_pages.py`).
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
        set_up()
        pages = "\n".join(bench_served.table(bench_served.measured()))
        print(pages)
        front = "\n".join(bench_nginx.report(Path(folder)))
        print(front)
        growth = "\n".join(bench_growth.report(Path(folder)))
        print(growth)
        with also_kept() as rest:
            _print_engine()
            _print_search()
    method, fronting, growing = (
        (module.__doc__ or "").partition("\n\n")[2]
        for module in (bench_served, bench_nginx, bench_growth)
    )
    known = {"cores": os.cpu_count(), "method": method, "pages": pages}
    known |= {"fronting": fronting, "front": front, "growing": growing, "growth": growth}
    known |= {"wagtail": kept("Against Wagtail"), "by_hand": kept("Measured by hand")}
    REPORT.write_text(HEAD.format(**known, rest=rest.getvalue().strip()), encoding="utf-8")


def kept(title: str) -> str:
    """Return a part of the report that this does not measure, as it is: of Wagtail, which
    `make bench-wagtail` does, and what was measured once."""
    part = re.search(rf"## {title}\n.*?\n(?=## )", REPORT.read_text(), re.DOTALL)
    assert part, title
    return part[0]


@contextmanager
def also_kept() -> Iterator[io.StringIO]:
    """Keep what is printed, and print it in the end."""
    said = io.StringIO()
    with redirect_stdout(said):
        yield said
    print(said.getvalue())


def set_up() -> None:
    """Fill the database that the environment names."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "legrelief.settings")
    django.setup()
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("migrate", verbosity=0)
    call_command("load_guide", stdout=sys.stderr)


def _print_engine() -> None:
    """Print how many answer sets the engine assesses in a second of CPU time, on one core.

    The sets are those of people who answer page by page. Most of them end calm, which
    is the longest work: every sign that could change the result is looked at.
    """
    from guide.reading import questionnaires
    from guide.reading.live import live
    from guide.triage import assess
    from guide.triage.people import somebody

    for slug in ("legs", "child"):
        _, flow = questionnaires.flow(live(), slug)
        choose = random.Random(1).choice  # people to try, not secrets
        people = [somebody(flow, choose) for _ in range(PEOPLE)]
        spent = []
        for _ in range(ROUNDS):
            start = process_time()
            for answers in people:
                assess(flow, answers)
            spent.append(process_time() - start)
        rate = PEOPLE / median(spent)
        print(f"engine, {slug:6}{rate:>10,.0f} answer sets a second (at least 20,000)")


def _print_search() -> None:
    from tests.bench_search import print_search

    print_search()


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    main()
