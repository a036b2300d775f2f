"""What every test stands on: throwaway static files, Chromium, and an honest count of skips."""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator, Iterator
from copy import copy
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from guide.counting.pages import buffer as views
from guide.counting.searches import buffer as searches
from guide.models import Edition
from guide.publishing.dump import dump
from guide.publishing.fixtures import load
from guide.publishing.search import refresh
from guide.reading.live import forget
from tests.scheduling import FilesOnce

# Playwright runs an event loop in the test's own thread, where Django would refuse the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

REQUIRE_ALL = os.environ.get("REQUIRE_ALL") == "1"
CHROMIUM = os.environ.get("CHROMIUM") or next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
VNU = Path(__file__).parent / "npm" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
MISSING = {
    "browser": None if CHROMIUM else "Chromium is not installed (or name it: CHROMIUM=path)",
    "vnu": None if shutil.which("java") and VNU.exists() else "Java or tests/npm is not installed",
    "postgres": None if os.environ.get("TEST_DATABASE_URL") else "TEST_DATABASE_URL is not set",
    "redis": None if os.environ.get("TEST_CACHE_URL") else "TEST_CACHE_URL is not set",
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip, with the reason, what this machine cannot run."""
    for item in items:
        for marker, reason in MISSING.items():
            if reason and item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> FilesOnce:
    # What empties the database comes last, as pytest-django has put it.
    config.option.loadscopereorder = False
    return FilesOnce(config, log)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """With REQUIRE_ALL=1, a skipped test is a failed one."""
    report = yield
    if REQUIRE_ALL and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.longrepr = f"REQUIRE_ALL=1 allows no skip. {reason}"
    return report


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The system's Chromium; no sandbox, as continuous integration runs it as root."""
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": ["--no-sandbox"]}


@pytest.fixture(scope="session", autouse=True)
def plain_static_files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Static files by their own names, without collecting them first."""
    with override_settings(
        STATIC_ROOT=tmp_path_factory.mktemp("static"),
        STORAGES={
            "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        },
    ):
        yield


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """A password hash is slow by design, and tests make many people."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(scope="session", autouse=True)
def counts_stored_when_told() -> Iterator[None]:
    """No thread writes to the database of a test."""
    with override_settings(COUNTS_STORED_EVERY=0):
        yield


@pytest.fixture(autouse=True)
def _nothing_of_another_test() -> None:
    cache.key_prefix = uuid4().hex  # not cleared: another process may be using it
    forget()
    views.forget()
    searches.forget()


class Loaded(NamedTuple):
    """What the fixtures of the project become: editions, and the files of a dump."""

    editions: list[Edition]
    dumped: Path


@pytest.fixture(scope="session")
def loaded(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Loaded:
    """Load and dump the real guide once, and leave no row of it in the database."""
    dumped = tmp_path_factory.mktemp("dumped")
    with django_db_blocker.unblock(), transaction.atomic():
        load(settings.BASE_DIR / "fixtures")
        dump(dumped)
        editions = list(Edition.objects.order_by("pk"))
        transaction.set_rollback(True)
    for edition in editions:
        edition.pk = None
    return Loaded(editions, dumped)


@pytest.fixture
def guide(loaded: Loaded, db: None) -> list[Edition]:
    """The real guide, published: readers need only the editions."""
    return Edition.objects.bulk_create(copy(edition) for edition in loaded.editions)


@pytest.fixture
def searchable(guide: list[Edition]) -> list[Edition]:
    """The real guide, published and found by a search."""
    refresh()
    return guide
