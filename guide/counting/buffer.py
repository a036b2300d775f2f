"""Numbers that are added up in memory and written now and then: reading a page writes nothing."""

from __future__ import annotations

import atexit
import logging
from collections import Counter
from collections.abc import Callable, Hashable, Mapping
from threading import Lock, Timer
from typing import Generic, TypeVar

from django.conf import settings
from django.db import Error, connection

K = TypeVar("K", bound=Hashable)

logger = logging.getLogger(__name__)


class Buffer(Generic[K]):
    """Numbers by key and name, until `write` has stored them.

    It never breaks what it counts. Numbers that could not be stored are kept and tried again
    with the next ones; past `most` keys, new ones are dropped. What a process had not stored
    yet when it was killed is lost: that is the price of a read that costs no write.
    """

    def __init__(
        self, write: Callable[[Mapping[K, Mapping[str, int]]], None], *, most: int = 5000
    ) -> None:
        self._write = write
        self._most = most
        self._lock = Lock()
        self._counted: dict[K, Counter[str]] = {}
        self._timer: Timer | None = None

    def add(self, key: K, name: str) -> None:
        """Add 1 to one number, in memory."""
        with self._lock:
            self._add(key, {name: 1})
            self._wind()

    def flush(self) -> None:
        """Store what was counted, or keep it for the next time."""
        with self._lock:
            counted, self._counted = self._counted, {}
        if not counted:
            return
        try:
            self._write(counted)
        except Error as error:
            logger.warning("Counts are kept for later, as they cannot be stored: %s", error)
            with self._lock:
                for key, numbers in counted.items():
                    self._add(key, numbers)

    def forget(self) -> None:
        """Drop what was counted: for tests, whose databases begin anew."""
        with self._lock:
            self._counted = {}

    def _add(self, key: K, numbers: Mapping[str, int]) -> None:
        if key in self._counted or len(self._counted) < self._most:
            self._counted.setdefault(key, Counter()).update(numbers)

    def _wind(self) -> None:
        """Start the timer that stores, if none runs: an idle process has no thread for this."""
        # After a fork the timer of the parent is there, but it does not run.
        if not settings.COUNTS_STORED_EVERY or (self._timer and self._timer.is_alive()):
            return
        if self._timer is None:
            atexit.register(self.flush)  # a worker that ends, as at every deploy
        self._timer = Timer(settings.COUNTS_STORED_EVERY, self._store)
        self._timer.daemon = True
        self._timer.start()

    def _store(self) -> None:
        try:
            self.flush()
        finally:
            connection.close()  # this thread's own, which nobody else would ever close
