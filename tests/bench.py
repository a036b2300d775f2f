"""How fast the guide is, as ratios taken in one run: `make bench`.

Each case is one request through the whole WSGI application, or one call of the engine, in
this process, timed as CPU time. Cases take turns, round by round, so that a machine that
slows down slows all of them; the figure is the median over the rounds, and the ratio is to a
bare Django view in the same round. Nothing here passes or fails.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import process_time

import django

ROUNDS = 15
CALLS = 20
PEOPLE = 4000
Case = Callable[[], object]


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "legrelief.settings")
        django.setup()
        _load()
        _print(_measure(_cases()))
        _print_engine()
        _print_search()


def _load() -> None:
    from django.conf import settings
    from django.core.management import call_command

    settings.STORAGES["staticfiles"]["BACKEND"] = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
    )
    call_command("migrate", verbosity=0)
    call_command("load_guide", stdout=sys.stderr)


def _cases() -> dict[str, Case]:
    from django.http import HttpRequest, HttpResponse
    from django.test import Client
    from django.urls import path

    from guide.reading.live import forget
    from guide.urls import urlpatterns

    def hello(request: HttpRequest) -> HttpResponse:
        return HttpResponse("hello")

    urlpatterns.append(path("bench-hello/", hello))
    client = Client(headers={"host": "localhost"})

    def get(address: str) -> Case:
        def fetch() -> object:
            response = client.get(address)
            assert response.status_code == 200, address
            return response

        return fetch

    def cold(address: str) -> Case:
        fetch = get(address)

        def fetch_anew() -> object:
            forget()
            return fetch()

        return fetch_anew

    article = "/guide/ease-a-cramp/"
    return {
        "bare Django view": get("/bench-hello/"),
        "home": get("/"),
        "article": get(article),
        "article, nothing kept": cold(article),
        "stretch library": get("/stretches/"),
        "questions and answers": get("/faq/"),
        "search": get("/search/?q=cramp"),
        "start of the questionnaire": get("/check/legs/"),
    }


def _measure(cases: dict[str, Case]) -> dict[str, list[float]]:
    """Return, for each case, the milliseconds of CPU a call took in each round."""
    spent: dict[str, list[float]] = {name: [] for name in cases}
    for call in cases.values():
        call()
    for _ in range(ROUNDS):
        for name, call in cases.items():
            start = process_time()
            for _ in range(CALLS):
                call()
            spent[name].append((process_time() - start) / CALLS * 1000)
    return spent


def _print(spent: dict[str, list[float]]) -> None:
    base = next(iter(spent.values()))
    print(f"{'page':28}{'CPU ms':>10}{'x bare view':>14}")
    for name, times in spent.items():
        ratio = median(time / bare for time, bare in zip(times, base, strict=True))
        print(f"{name:28}{median(times):>10.2f}{ratio:>14.1f}")


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
