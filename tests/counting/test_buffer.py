from __future__ import annotations

import threading
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from guide.counting.buffer import Buffer
from guide.counting.rows import add_up
from guide.models import PageCount

DAY = date(2026, 11, 25)


class Store:
    """Remembers what a buffer has written; fails while it is told to."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[str, int]] = {}
        self.broken = False

    def write(self, counted: Mapping[str, Mapping[str, int]]) -> None:
        if self.broken:
            raise OperationalError("attempt to write a readonly database")
        for key, numbers in counted.items():
            row = self.rows.setdefault(key, {})
            for name, number in numbers.items():
                row[name] = row.get(name, 0) + number


@pytest.fixture
def store() -> Store:
    return Store()


def test_numbers_are_added_up_in_memory_and_written_once(store: Store) -> None:
    buffer = Buffer(store.write)
    for name in ("views", "views", "yes"):
        buffer.add("/", name)
    assert store.rows == {}
    buffer.flush()
    buffer.flush()
    assert store.rows == {"/": {"views": 2, "yes": 1}}


def test_what_cannot_be_written_is_kept_for_later(store: Store) -> None:
    buffer = Buffer(store.write)
    store.broken = True
    buffer.add("/", "views")
    buffer.flush()
    buffer.add("/", "views")
    store.broken = False
    buffer.flush()
    assert store.rows == {"/": {"views": 2}}


def test_memory_stays_small_however_many_keys_there_are(store: Store) -> None:
    buffer = Buffer(store.write, most=3)
    store.broken = True
    for number in range(10):
        buffer.add(f"/{number}/", "views")
        buffer.flush()
    buffer.add("/0/", "views")
    store.broken = False
    buffer.flush()
    assert store.rows == {"/0/": {"views": 2}, "/1/": {"views": 1}, "/2/": {"views": 1}}


def test_no_number_is_lost_between_threads(store: Store) -> None:
    buffer = Buffer(store.write)

    def count() -> None:
        for number in range(1000):
            buffer.add("/", "views")
            if number % 100 == 0:
                buffer.flush()

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    buffer.flush()
    assert store.rows == {"/": {"views": 4000}}


def test_a_while_after_the_first_number_they_are_written_by_themselves(
    store: Store, settings: Any
) -> None:
    settings.COUNTS_STORED_EVERY = 0.01
    written = threading.Event()

    def write(counted: Mapping[str, Mapping[str, int]]) -> None:
        store.write(counted)
        written.set()

    buffer = Buffer(write)
    for _ in range(2):
        written.clear()
        buffer.add("/", "views")
        assert written.wait(timeout=30)
    assert store.rows == {"/": {"views": 2}}


@pytest.mark.django_db
def test_rows_are_made_and_added_to_in_one_batch() -> None:
    PageCount.objects.create(page="/faq/", day=DAY, views=5, no=1)
    counted = {("/faq/", DAY): {"views": 2, "yes": 1}, ("/", DAY): {"views": 3}}
    add_up(PageCount, ("page", "day"), counted)
    rows = PageCount.objects.order_by("page").values_list("page", "views", "yes", "no")
    assert list(rows) == [("/", 3, 0, 0), ("/faq/", 7, 1, 1)]


@pytest.mark.django_db
def test_a_batch_is_one_statement_however_long_it_is() -> None:
    counted = {(f"/{number}/", DAY): {"views": 1} for number in range(500)}
    with CaptureQueriesContext(connection) as queries:
        add_up(PageCount, ("page", "day"), counted)
    assert PageCount.objects.count() == 500
    assert sum("INSERT" in query["sql"] for query in queries) == 1
